//! The judge: for every case of the tools whose migrations are programs, the real tool runs the history on a real
//! server, and after every migration, up and down, the catalogue is what replay says. A written down does what we say of
//! it, and the down that is filled into an empty one leads back, run by the tool itself.

use crate::case;
use crate::catalogue::{Catalogue, ColumnOrder, compare};
use crate::cluster::{Database, Server};
use crate::node::{self, Node, Project};
use crate::past::reasons;
use crate::trail::{fresh, some};
use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use transmigrate::invert::{self, Backfill, Undo, Verdict};
use transmigrate::ir::{Dialect, Down, Grade, Migration, Tool};
use transmigrate::schema::{Replay, Schema};
use transmigrate::sql::postgres;
use transmigrate::tools::{self, DownFile, Given};

/// How many cases run at a time, each with a Node process.
const THREADS: usize = 2;

/// The tools and their folders in the corpus.
const TOOLS: [(Tool, &str); 3] = [(Tool::Knex, "knex"), (Tool::Sequelize, "sequelize"), (Tool::Typeorm, "typeorm")];

#[test]
fn replay_is_what_the_tools_do() {
    let Some(server) = Server::from_environment() else { return };
    assert!(node::is_installed(), "the tools are not installed: run `npm ci` in tests/judge, as test.sh does");
    let waiting = Mutex::new(cases());
    let report = Mutex::new(Report::default());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                let mut node = None;
                // A panic inside a case is caught below, so no lock is ever poisoned.
                while let Some(case) = waiting.lock().ok().and_then(|mut cases| cases.pop_front()) {
                    let one = catch_unwind(AssertUnwindSafe(|| judge(&server, &mut node, &case)));
                    let one = one.unwrap_or_else(|_| {
                        node = None;
                        Report::failed("panicked".into())
                    });
                    if let Ok(mut report) = report.lock() {
                        report.add(&case, one);
                    }
                }
            });
        }
    });
    let report = report.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
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
        name: "knex",
        folder: Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/knex").join(name),
    };
    let leads = |verdict: Verdict| ToldDown::Leads(Box::new(Schema::new("public")), Some(verdict));
    let told = |names: [&str; 2], downs: [ToldDown; 2]| Told {
        names: names.map(str::to_owned).into(),
        folder: "migrations".into(),
        steps: downs.into_iter().map(|down| ToldStep { after: Schema::new("public"), down }).collect(),
        filled: BTreeMap::new(),
    };
    let names = ["20231101080000_all_forms.js", "20231102080000_dropped.js"];
    let right = told(names, [leads(Verdict::Differs(vec!["nothing".into()])), ToldDown::None]);
    let misread = told(["first", "second"], [ToldDown::None, ToldDown::None]);
    let wrong = told(names, [ToldDown::None, leads(Verdict::Undoes)]);
    let mut filled = told(names, [ToldDown::None, ToldDown::None]);
    let text =
        "exports.up = knex => knex.schema.table('plain', t => t.dropTimestamps());\nexports.down = async () => {};";
    let file = DownFile { path: names[1].into(), text: text.into(), ours: false, meant: false, barred: None };
    filled.filled.insert(1, file);
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
struct Waiting {
    tool: Tool,
    /// The tool's folder in the corpus.
    name: &'static str,
    folder: PathBuf,
}

/// Every case of the tools, those that `LIVE_CASE` names a part of if it is set.
fn cases() -> VecDeque<Waiting> {
    let wanted = std::env::var("LIVE_CASE").unwrap_or_default();
    let of_tool = |(tool, name): (Tool, &'static str)| {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
        let folders = walkdir::WalkDir::new(corpus).min_depth(1).max_depth(1).sort_by_file_name();
        let folders = folders.into_iter().flatten().map(walkdir::DirEntry::into_path);
        folders.map(move |folder| Waiting { tool, name, folder })
    };
    let cases = TOOLS.into_iter().flat_map(of_tool);
    cases.filter(|case| case.folder.to_string_lossy().contains(&wanted)).collect()
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
    // What is not read says nothing.
    let known = if report.unread == 0 { known } else { Vec::new() };
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
    let told = Told::of(case)?;
    report.unread += usize::from(told.is_none());
    run(server, node, case, prelude, told, report)
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
    match told {
        Some(told) if !told.filled.is_empty() => filled(trail, &told, report),
        _ => Ok(()),
    }
}

/// Takes a case through its history once more, with the downs that we fill in, run by the tool.
fn filled(mut trail: Trail<'_>, told: &Told, report: &mut Report) -> Result<(), String> {
    trail.renew()?;
    for file in told.filled.values() {
        let path = trail.project.folder.join(&told.folder).join(&file.path);
        std::fs::write(&path, &file.text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    trail.open()?;
    for number in 0..trail.names.len() {
        let before = trail.live.catalogue()?;
        trail.up(number)?;
        if !told.filled.contains_key(&number) {
            continue;
        }
        report.filled += 1;
        let after = trail.live.catalogue()?;
        let mut found = match trail.down(number) {
            Ok(()) => some("the filled down: ", compare(&before, &trail.live.catalogue()?, ColumnOrder::Ignored)),
            Err(error) => vec![format!("the filled down fails: {error}")],
        };
        let ran = found.is_empty();
        if ran {
            trail.up(number)?;
            let again = compare(&after, &trail.live.catalogue()?, ColumnOrder::Ignored);
            found.extend(some("up again after the filled down: ", again));
        }
        let name = &trail.names[number];
        report.failures.extend(found.into_iter().map(|failure| format!("{name}: {failure}")));
        if !ran {
            break;
        }
    }
    trail.node.close()
}

/// What the library says of a history.
struct Told {
    /// Its migrations' names in order.
    names: Vec<String>,
    /// The history's folder below the project's root.
    folder: String,
    steps: Vec<ToldStep>,
    /// The files with a down filled in, by the migration's number: those without one, where we have one to offer.
    filled: BTreeMap<usize, DownFile>,
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
    /// Reads a case; `None` while its tool is not supported.
    fn of(case: &Waiting) -> Result<Option<Self>, String> {
        let Some(tool) = tools::lookup(case.tool) else { return Ok(None) };
        let tree = tools::open(&case.folder).map_err(|error| error.to_string())?;
        let places = tool.find(&tree).value;
        let place = places.iter().find(|place| place.own).or(places.first()).ok_or("no history found")?;
        let read = tool.read(&tree, place, Given { dialect: Some(Dialect::Postgres), base: None });
        let history = read.map_err(|findings| format!("cannot be read: {}", reasons(&findings)))?.value;
        let undos = invert::undo(&history, Backfill::Refuse).value;
        let mut filled = BTreeMap::new();
        for (number, (migration, undo)) in history.migrations.iter().zip(&undos).enumerate() {
            let lacks = matches!(migration.down, Down::Missing | Down::Empty(_));
            if lacks && !matches!(undo.made.grade, Grade::Refused(_)) {
                let file = tool.down(&tree, place, migration, &undo.made)?;
                if file.barred.is_none() {
                    filled.insert(number, file);
                }
            }
        }
        let mut replay = Replay::on(&history.default_schema, &history.base);
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
        Ok(Some(Told { names, folder: place.folder.clone(), steps, filled }))
    }
}

/// A case under way.
struct Trail<'a> {
    server: &'a Server,
    node: &'a mut Node,
    case: &'a Waiting,
    prelude: &'a [String],
    project: Project,
    /// Where the tool runs it.
    live: Database,
    /// Another database with nothing but the prelude, to build schemas in.
    empty: Database,
    /// The migrations in the tool's order.
    names: Vec<String>,
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

    fn up(&mut self, number: usize) -> Result<(), String> {
        let (ran, wanted) = (self.node.up(), &self.names[number]);
        match ran {
            Ok(Some(name)) if name == *wanted => Ok(()),
            Ok(name) => Err(format!("{wanted}: the tool runs {name:?} instead")),
            Err(error) => Err(format!("{wanted}: the up fails: {error}")),
        }
    }

    fn down(&mut self, number: usize) -> Result<(), String> {
        let wanted = &self.names[number];
        match self.node.down()? {
            Some(name) if name == *wanted => Ok(()),
            name => Err(format!("{name:?} is undone, not {wanted}")),
        }
    }

    /// A new database that stands behind the first `count` migrations.
    fn rebuild(&mut self, count: usize) -> Result<(), String> {
        self.renew()?;
        self.open()?;
        (0..count).try_for_each(|number| self.up(number))
    }

    /// A new database and a new copy of the project: Node keeps what it has loaded, with the connections that it holds.
    fn renew(&mut self) -> Result<(), String> {
        self.node.close()?;
        self.live = fresh(self.server, self.prelude)?;
        self.project = Project::copy(&self.case.folder)?;
        Ok(())
    }

    fn open(&mut self) -> Result<(), String> {
        let address = self.server.address(&self.live);
        self.names = self.node.open(self.case.name, &self.project.folder, &address)?;
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
struct Report {
    cases: usize,
    migrations: usize,
    downs: usize,
    /// Downs that we filled in.
    filled: usize,
    /// States that replay is not certain of.
    uncertain: usize,
    /// Cases whose tool is not supported.
    unread: usize,
    failures: Vec<String>,
}

impl Report {
    fn failed(what: String) -> Self {
        Report { failures: vec![what], ..Report::default() }
    }

    fn add(&mut self, case: &Waiting, other: Report) {
        let name = case.folder.file_name().unwrap_or_default().to_string_lossy();
        self.cases += other.cases;
        self.migrations += other.migrations;
        self.downs += other.downs;
        self.filled += other.filled;
        self.uncertain += other.uncertain;
        self.unread += other.unread;
        let failures = other.failures.into_iter().map(|failure| format!("{}/{name} / {failure}", case.name));
        self.failures.extend(failures);
        self.failures.sort();
    }

    fn summary(&self) -> String {
        format!(
            "{} cases of the real tools, {} migrations, {} written downs, {} filled in; {} uncertain states; {} cases of tools that are not read; {} failures",
            self.cases,
            self.migrations,
            self.downs,
            self.filled,
            self.uncertain,
            self.unread,
            self.failures.len()
        )
    }
}
