//! The judge: for every case of the tools whose migrations are programs, the real tool runs the history on a real
//! server, and after every migration, up and down, the catalogue is what replay says. A written down does what we say of
//! it; what our own downs do in its place is `filled`'s.

use crate::case;
use crate::cluster::{Database, Server};
use crate::corpus::{self, tool_name};
use crate::filled::{self, Filled};
use crate::node::{self, Node, Project};
use crate::past::reasons;
use crate::trail::{fresh, some};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use transmigrate::invert::{self, Backfill, Undo, Verdict};
use transmigrate::ir::{Dialect, Down, Grade, History, Migration, Tool};
use transmigrate::schema::{Replay, Schema};
use transmigrate::source::SourceTree;
use transmigrate::sql::postgres;
use transmigrate::tools::{self, DownPlan, Given, Place, Tool as Entry};
use transmigrate::verify::{Catalogue, ColumnOrder, compare};

#[test]
fn replay_is_what_the_tools_do() {
    let Some(server) = Server::from_environment() else { return };
    assert!(node::is_installed(), "the tools are not installed: run `npm ci` in tests/judge, as test.sh does");
    let mut report = Report::default();
    let waiting = |tool: Tool, folder: &Path| Waiting { tool, folder: folder.to_owned(), dialect: Dialect::Postgres };
    corpus::each(
        corpus::cases(&corpus::SCRIPT_TOOLS),
        || None,
        |node, (tool, folder)| Ok(judge(&server, node, &waiting(*tool, folder))),
        |(tool, folder), one| report.add(&waiting(*tool, folder), one.unwrap_or_else(Report::failed)),
    );
    assert!(report.migrations > 0, "there are cases to try");
    eprintln!("{}", report.summary());
    assert!(report.failures.is_empty(), "{}\n{}", report.failures.join("\n"), report.summary());
}

/// The judge is shown to fire: what it is told of these cases is wrong, and each is told apart.
#[test]
fn the_judge_finds_what_is_wrong() {
    let Some(server) = Server::from_environment() else { return };
    assert!(node::is_installed(), "the tools are not installed: run `npm ci` in tests/judge, as test.sh does");
    let case = |name: &str| Waiting {
        tool: Tool::Knex,
        folder: Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/knex").join(name),
        dialect: Dialect::Postgres,
    };
    let leads = |verdict: Verdict| ToldDown::Leads(Box::new(Schema::new("public")), Some(verdict));
    let told = |names: [&str; 2], downs: [ToldDown; 2]| Told {
        names: names.map(str::to_owned).into(),
        steps: downs.into_iter().map(|down| ToldStep { after: Schema::new("public"), down }).collect(),
        filled: None,
    };
    let names = ["20231101080000_all_forms.js", "20231102080000_dropped.js"];
    let right = told(names, [leads(Verdict::Differs(vec!["nothing".into()])), ToldDown::None]);
    let misread = told(["first", "second"], [ToldDown::None, ToldDown::None]);
    let wrong = told(names, [ToldDown::None, leads(Verdict::Undoes)]);
    let mut filled = told(names, [ToldDown::None, ToldDown::None]);
    let text =
        "exports.up = knex => knex.schema.table('plain', t => t.dropTimestamps());\nexports.down = async () => {};";
    let files = [(format!("migrations/{}", names[1]), text.to_owned())].into();
    filled.filled = Some(Filled { files, grades: [(1, Grade::Exact)].into() });
    let wrongs = [
        (misread, "the tool runs"),
        (right, "20231101080000_all_forms.js: the written down undoes it, but is said not to: nothing"),
        (wrong, "20231101080000_all_forms.js: replay: column order of public.by_object is gone"),
        (filled, "20231102080000_dropped.js: the filled down: column public.plain.created_at is gone"),
    ];
    let mut node = Node::start().unwrap_or_else(|error| panic!("{error}"));
    for (told, expected) in wrongs {
        let mut report = Report::default();
        let ended = run(&server, &mut node, &case("timestamps"), &[], Some(told), &mut report);
        report.failures.extend(ended.err());
        assert!(report.failures.iter().any(|f| f.starts_with(expected)), "{expected}: {:#?}", report.failures);
        // Whatever went wrong, nothing stays open.
        node.close().unwrap_or_else(|error| panic!("{error}"));
    }
}

/// A case that waits for its turn.
pub struct Waiting {
    pub tool: Tool,
    pub folder: PathBuf,
    /// The database that it is for.
    pub dialect: Dialect,
}

fn judge(server: &Server, node: &mut Option<Node>, case: &Waiting) -> Report {
    let mut report = Report { cases: 1, ..Report::default() };
    let known = match case::keys(&case.folder) {
        Ok((prelude, known)) => {
            if let Err(error) = walk(server, node, case, &prelude, &mut report) {
                report.failures.push(error);
                // Whatever it has open is open no more.
                *node = None;
            }
            known
        }
        Err(error) => return Report::failed(error),
    };
    for known in &known {
        let before = report.failures.len();
        report.failures.retain(|failure| !failure.contains(known));
        if report.failures.len() == before {
            report.failures.push(format!("is said to be known, and does not show: {known}"));
        }
    }
    report
}

/// Takes one case through its history. `Err` when there is no going on.
fn walk(
    server: &Server,
    node: &mut Option<Node>,
    case: &Waiting,
    prelude: &[String],
    report: &mut Report,
) -> Result<(), String> {
    let node = match node {
        Some(node) => node,
        none => none.insert(Node::start()?),
    };
    let told = Told::of(case, report)?;
    run(server, node, case, prelude, Some(told), report)
}

/// Takes one case through its history, and holds what it is told of it against what happens.
fn run(
    server: &Server,
    node: &mut Node,
    case: &Waiting,
    prelude: &[String],
    told: Option<Told>,
    report: &mut Report,
) -> Result<(), String> {
    let project = Project::copy(&case.folder)?;
    let mut trail = Trail {
        server,
        node,
        case,
        prelude,
        project,
        files: BTreeMap::new(),
        live: fresh(server, prelude)?,
        empty: fresh(server, prelude)?,
        names: Vec::new(),
    };
    trail.open()?;
    if let Some(told) = &told
        && told.names != trail.names
    {
        return Err(format!("the tool runs {:?}, we read {:?}", trail.names, told.names));
    }
    for number in 0..trail.names.len() {
        report.migrations += 1;
        let found = trail.step(number, told.as_ref().map(|told| &told.steps[number]), report)?;
        let name = &trail.names[number];
        report.failures.extend(found.into_iter().map(|failure| format!("{name}: {failure}")));
    }
    trail.node.close()?;
    match told.and_then(|told| told.filled) {
        Some(filled) => {
            trail.files = filled.files;
            filled::run(trail, &filled.grades, report)
        }
        None => Ok(()),
    }
}

/// What the library says of a history.
struct Told {
    /// Its migrations' names in order.
    names: Vec<String>,
    steps: Vec<ToldStep>,
    /// The project with our downs.
    filled: Option<Filled>,
}

/// What it says of one migration.
struct ToldStep {
    /// The state after it.
    after: Schema,
    down: ToldDown,
}

/// What it says of the down that somebody wrote.
enum ToldDown {
    /// There is none that does anything.
    None,
    /// The state that it leads to, and whether that is the state before.
    Leads(Box<Schema>, Option<Verdict>),
}

impl Told {
    /// Reads a case.
    fn of(case: &Waiting, report: &mut Report) -> Result<Self, String> {
        let (_, _, _, history) = history(case, &case.folder)?;
        let undos = invert::undo(&history, Backfill::Refuse).value;
        let mut replay = Replay::on(&history);
        let step = |(migration, undo): (&Migration, Undo)| {
            replay.migration(&migration.up.steps, &mut |_| {});
            let down = match &migration.down {
                Down::Written(_, script) => {
                    let mut back = Replay::from(replay.schema.clone());
                    back.migration(&script.steps, &mut |_| {});
                    ToldDown::Leads(Box::new(back.schema), undo.written)
                }
                Down::Missing | Down::Empty(_) => ToldDown::None,
            };
            ToldStep { after: replay.schema.clone(), down }
        };
        let steps = history.migrations.iter().zip(undos).map(step).collect();
        let names = history.migrations.iter().map(|migration| migration.name.clone()).collect();
        Ok(Told { names, steps, filled: Some(Filled::of(case, report)?) })
    }
}

/// Reads the history of a case, which stands in a folder.
pub fn history(case: &Waiting, folder: &Path) -> Result<(&'static dyn Entry, SourceTree, Place, History), String> {
    let tool = tools::lookup(case.tool).ok_or("its tool is not supported")?;
    let tree = tools::open(folder).map_err(|error| error.to_string())?;
    let places = tool.find(&tree).value;
    let place = places.iter().find(|place| place.own).or(places.first()).ok_or("no history found")?.clone();
    let read = tool.read(&tree, &place, Given { dialect: asked(case), base: None });
    let history = read.map_err(|findings| format!("cannot be read: {}", reasons(&findings)))?.value;
    Ok((tool, tree, place, history))
}

/// The dialect that is asked for: SQLite is to be found from the project's settings.
fn asked(case: &Waiting) -> Option<Dialect> {
    Some(case.dialect).filter(|dialect| *dialect == Dialect::Postgres)
}

/// A case under way.
pub struct Trail<'a> {
    server: &'a Server,
    pub node: &'a mut Node,
    case: &'a Waiting,
    prelude: &'a [String],
    project: Project,
    /// What its files hold that are not as in the case, by their paths below its folder.
    files: BTreeMap<String, String>,
    /// Where the tool runs it.
    pub live: Database,
    /// Another database with nothing but the prelude, to build schemas in.
    empty: Database,
    /// The migrations in the tool's order.
    pub names: Vec<String>,
}

impl Trail<'_> {
    /// Runs the next migration up, down and up, and says what is not as it was told. `Err` when there is no going on.
    fn step(&mut self, number: usize, told: Option<&ToldStep>, report: &mut Report) -> Result<Vec<String>, String> {
        let before = self.live.catalogue()?;
        self.up(number)?;
        let after = self.live.catalogue()?;
        let mut failures = Vec::new();
        if let Some(told) = told {
            failures.extend(self.replayed("replay", &after, &told.after, report));
        }
        if told.is_some_and(|told| matches!(told.down, ToldDown::None)) {
            return Ok(failures);
        }
        report.downs += 1;
        let ran = self.down(number);
        let down = self.live.catalogue()?;
        let found = match &ran {
            Ok(()) => compare(&before, &down, ColumnOrder::Ignored),
            Err(error) => vec![format!("it fails: {error}")],
        };
        if let Some(ToldStep { down: ToldDown::Leads(schema, verdict), .. }) = told {
            if ran.is_ok() {
                failures.extend(self.replayed("replay of the down", &down, schema, report));
            }
            failures.extend(disagreement(verdict.as_ref(), &found));
        }
        let again = ran.is_ok() && self.node.up().is_ok();
        if again && found.is_empty() {
            let again = compare(&after, &self.live.catalogue()?, ColumnOrder::Ignored);
            failures.extend(some("up again: ", again));
        }
        // What follows starts from exactly what the ups alone have made, column order included.
        if !again || self.live.catalogue()? != after {
            self.rebuild(number + 1)?;
        }
        Ok(failures)
    }

    pub fn up(&mut self, number: usize) -> Result<(), String> {
        let (ran, wanted) = (self.node.up(), &self.names[number]);
        match ran {
            Ok(Some(name)) if name == *wanted => Ok(()),
            Ok(name) => Err(format!("{wanted}: the tool runs {name:?} instead")),
            Err(error) => Err(format!("{wanted}: the up fails: {error}")),
        }
    }

    pub fn down(&mut self, number: usize) -> Result<(), String> {
        let wanted = &self.names[number];
        match self.node.down()? {
            Some(name) if name == *wanted => Ok(()),
            name => Err(format!("{name:?} is undone, not {wanted}")),
        }
    }

    /// A new database that stands behind the first `count` migrations.
    pub fn rebuild(&mut self, count: usize) -> Result<(), String> {
        self.renew()?;
        self.open()?;
        (0..count).try_for_each(|number| self.up(number))
    }

    /// A new database and a new copy of the project: Node keeps what it has loaded, with the connections that it holds.
    pub fn renew(&mut self) -> Result<(), String> {
        self.node.close()?;
        self.live = fresh(self.server, self.prelude)?;
        self.project = Project::copy(&self.case.folder)?;
        for (path, text) in &self.files {
            let path = self.project.folder.join(path);
            std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
        }
        Ok(())
    }

    pub fn open(&mut self) -> Result<(), String> {
        let address = self.server.address(&self.live);
        self.names = self.node.open(tool_name(self.case.tool), &self.project.folder, &address)?;
        Ok(())
    }

    /// Builds a state that replay tells of in the empty database, and compares it with a catalogue.
    fn replayed(&mut self, what: &str, found: &Catalogue, told: &Schema, report: &mut Report) -> Vec<String> {
        if !told.is_certain() {
            report.uncertain += 1;
            return vec![format!("{what} is not certain")];
        }
        let script: String = told.to_ops().iter().map(|op| postgres::print(op) + "\n;\n").collect();
        let built = self.empty.trial(|empty| {
            empty.run(&script)?;
            empty.run("RESET ALL")?;
            empty.catalogue()
        });
        match built {
            Ok(built) => some(&format!("{what}: "), compare(found, &built, ColumnOrder::Counts)),
            Err(error) => vec![format!("{what}: the schema cannot be built: {error}")],
        }
    }
}

/// What the library says of a written down, held against what it was found to leave different.
fn disagreement(verdict: Option<&Verdict>, found: &[String]) -> Vec<String> {
    match (verdict, found) {
        (Some(Verdict::Undoes), []) | (Some(Verdict::Unknown(_)), _) | (Some(Verdict::Differs(_)), [_, ..]) => {
            Vec::new()
        }
        (Some(Verdict::Undoes), found) => some("the written down is said to undo it, but ", found.to_vec()),
        (Some(Verdict::Differs(said)), []) => {
            vec![format!("the written down undoes it, but is said not to: {}", said.join("; "))]
        }
        (None, _) => vec!["the written down was not judged".into()],
    }
}

/// What came of one or several cases.
#[derive(Default)]
pub struct Report {
    pub cases: usize,
    pub migrations: usize,
    pub downs: usize,
    /// Downs that we filled in, by how sure they are said to be.
    exact: usize,
    schema_only: usize,
    refused: usize,
    /// The statements in them, by the tools' own methods and as SQL.
    built: usize,
    raw: usize,
    /// Migrations whose down cannot be taken out or filled in, with the reason.
    pub barred: Vec<String>,
    /// States that replay is not certain of.
    uncertain: usize,
    pub failures: Vec<String>,
}

impl Report {
    pub fn failed(what: String) -> Self {
        Report { failures: vec![what], ..Report::default() }
    }

    pub fn add(&mut self, case: &Waiting, other: Report) {
        let name = case.folder.file_name().unwrap_or_default().to_string_lossy();
        self.cases += other.cases;
        self.migrations += other.migrations;
        self.downs += other.downs;
        self.exact += other.exact;
        self.schema_only += other.schema_only;
        self.refused += other.refused;
        self.built += other.built;
        self.raw += other.raw;
        self.barred
            .extend(other.barred.into_iter().map(|barred| format!("{}/{name} / {barred}", tool_name(case.tool))));
        self.uncertain += other.uncertain;
        let failures = other.failures.into_iter().map(|failure| format!("{}/{name} / {failure}", tool_name(case.tool)));
        self.failures.extend(failures);
        self.failures.sort();
    }

    /// Counts a down that is filled in.
    pub fn count(&mut self, plan: &DownPlan) {
        match plan.made().grade {
            Grade::Exact => self.exact += 1,
            Grade::SchemaOnly(_) => self.schema_only += 1,
            Grade::Refused(_) => self.refused += 1,
        }
        // It opens with the first line that is ours.
        let ours = plan.text.split_once("made by transmigrate").map_or("", |(_, ours)| ours);
        let ours = ours.lines().take(plan.made().ops.len() * 20 + 20);
        for line in ours.map(str::trim).filter(|line| line.starts_with("await ") || line.starts_with("return ")) {
            match line.contains(".raw(") || line.contains(".query(") {
                true => self.raw += 1,
                false => self.built += 1,
            }
        }
    }

    pub fn summary(&self) -> String {
        format!(
            "{} cases of the real tools, {} migrations, {} written downs; {} uncertain states; filled in: {} exact, {} schema only, {} refused, {} statements by the tools' methods, {} as SQL; {} not filled in{}; {} failures",
            self.cases,
            self.migrations,
            self.downs,
            self.uncertain,
            self.exact,
            self.schema_only,
            self.refused,
            self.built,
            self.raw,
            self.barred.len(),
            self.barred.iter().map(|barred| format!("\n  {barred}")).collect::<String>(),
            self.failures.len()
        )
    }
}
