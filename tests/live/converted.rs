//! Histories that were converted, run by what they were converted for: after every migration, up and down, the catalogue is
//! that of the source. Whether a down undoes its up is the law's business; here a down does what the source's does.

use crate::case;
use crate::cluster::{Database, Server};
use crate::corpus;
use crate::node::{self, Node, Project};
use crate::past::{reasons, text};
use crate::runner::{self, Runner, TARGETS};
use crate::trail::{fresh, some};
use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use transmigrate::convert::{self, Conversion, Converted, Downs, Origin};
use transmigrate::diag::Level;
use transmigrate::emit::{Job, Options, Templates};
use transmigrate::invert::{self, Backfill, Undo, Verdict};
use transmigrate::ir::{Dialect, History, Tool};
use transmigrate::schema::Replay;
use transmigrate::source::SourceTree;
use transmigrate::tools::{self, Given};
use transmigrate::verify::{Catalogue, ColumnOrder, compare};

/// Cases of tools whose migrations are scripts, all of which SQL can say.
const SCRIPTS: [(Tool, &str); 6] = [
    (Tool::Knex, "knex/no-transaction"),
    (Tool::Knex, "knex/raw-sql"),
    (Tool::Sequelize, "sequelize/constraints"),
    (Tool::Sequelize, "sequelize/transactions"),
    (Tool::Typeorm, "typeorm/enums"),
    (Tool::Typeorm, "typeorm/transaction-modes"),
];

/// What is known and cannot be mended yet: a case, a target and a part of what goes wrong.
///
/// node-pg-migrate keeps when a migration ran in the time zone of its own session, which that migration sets; a later one in a
/// zone further west seems to have run before it.
const KNOWN: [(&str, &str, &str); 1] = [("session-settings", "node-pg-migrate", "is preceding already run migration")];

#[test]
fn converted_histories_do_what_the_source_does() {
    let Some(server) = Server::from_environment() else { return };
    assert!(node::is_installed(), "the tools are not installed: run `npm ci` in tests/judge, as test.sh does");
    runner::are_installed().unwrap_or_else(|error| panic!("{error}"));
    let mut report = Report::default();
    corpus::each(
        cases(),
        || None,
        |node, case| {
            let mut one = Report::default();
            let ended = walk(&server, node, case, &mut one);
            one.failures.extend(ended.err());
            if !one.failures.is_empty() {
                // Whatever it has open is open no more.
                *node = None;
            }
            Ok(one)
        },
        |case, one| {
            report.add(case, one.unwrap_or_else(|error| Report { failures: vec![error], ..Report::default() }));
        },
    );
    eprint!("{}", report.summary());
    assert!(report.failures.is_empty(), "{}\n{}", report.failures.join("\n"), report.summary());
    let tallies = report.targets.values().filter(|tally| tally.ups > 0 && tally.downs > 0);
    assert!(std::env::var_os("LIVE_CASE").is_some() || tallies.count() > 0, "something is run");
}

/// A case that waits for its turn.
struct Waiting {
    tool: Tool,
    folder: PathBuf,
    /// Where it stands among the cases of Prisma; `None` for one of another tool.
    number: Option<usize>,
}

impl Waiting {
    /// Every target for a case of another tool, two for one of Prisma in turn, which keeps the test short; `LIVE_TARGET`
    /// names one that all are to meet, or says `all`.
    fn targets(&self) -> Vec<&'static str> {
        let wanted = std::env::var("LIVE_TARGET").unwrap_or_default();
        let chosen = |at: usize| match self.number {
            Some(number) if wanted.is_empty() => [0, 3].iter().any(|step| (number + step) % TARGETS.len() == at),
            _ => ["", "all", TARGETS[at]].contains(&wanted.as_str()),
        };
        (0..TARGETS.len()).filter(|at| chosen(*at)).map(|at| TARGETS[at]).collect()
    }
}

/// Every case of Prisma and the chosen ones of the others; those that `LIVE_CASE` names a part of if it is set.
fn cases() -> VecDeque<Waiting> {
    let wanted = std::env::var("LIVE_CASE").unwrap_or_default();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let prisma = walkdir::WalkDir::new(corpus.join("prisma")).min_depth(1).max_depth(1).sort_by_file_name();
    let prisma = prisma.into_iter().flatten().map(walkdir::DirEntry::into_path);
    let prisma = prisma.enumerate();
    let prisma = prisma.map(|(number, folder)| Waiting { tool: Tool::Prisma, folder, number: Some(number) });
    let scripts = SCRIPTS.iter();
    let scripts = scripts.map(|(tool, path)| Waiting { tool: *tool, folder: corpus.join(path), number: None });
    scripts.chain(prisma).filter(|case| case.folder.to_string_lossy().contains(&wanted)).collect()
}

/// Takes one case through its targets. `Err` when there is no going on.
fn walk(server: &Server, node: &mut Option<Node>, case: &Waiting, report: &mut Report) -> Result<(), String> {
    let node = match node {
        Some(node) => node,
        none => none.insert(Node::start()?),
    };
    let (prelude, known) = case::keys(&case.folder)?;
    let past = Past::read(case)?;
    let truth = past.run(server, node, case, &prelude)?;
    // A database that is as it was before the first migration serves the next target as well.
    let mut spare = None;
    for target in case.targets() {
        let trail = Trail { server, prelude: &prelude, past: &past, truth: &truth, target };
        let mut tally = Tally::default();
        let found = trail.run(node, &mut spare, &mut tally);
        report.targets.entry(target).or_default().add(&tally);
        let expected = KNOWN.iter().find(|(name, of, _)| case.folder.ends_with(name) && *of == target);
        let found = match (found, expected) {
            (Err(error), Some((_, _, part))) if error.contains(part) => {
                // What was open is open no more.
                node.close()?;
                Ok(())
            }
            (Ok(()), Some((_, _, part))) => Err(format!("is said to be known, and does not show: {part}")),
            (found, _) => found,
        };
        if let Err(error) = found
            && !known.iter().any(|known| error.contains(known))
        {
            // Harmless when nothing is open.
            let _ = node.close();
            report.failures.push(format!("{target}: {error}"));
        }
    }
    Ok(())
}

/// A history and what undoes it.
struct Past {
    tree: SourceTree,
    history: History,
    undos: Vec<Undo>,
}

impl Past {
    fn read(case: &Waiting) -> Result<Self, String> {
        let tool = tools::lookup(case.tool).ok_or("its tool is not supported")?;
        let tree = tools::open(&case.folder).map_err(|error| error.to_string())?;
        let places = tool.find(&tree).value;
        let place = places.iter().find(|place| place.own).or(places.first()).ok_or("no history found")?.clone();
        let read = tool.read(&tree, &place, Given { dialect: Some(Dialect::Postgres), base: None });
        let history = read.map_err(|findings| format!("cannot be read: {}", reasons(&findings)))?.value;
        let undos = invert::undo(&history, Backfill::Refuse).value;
        Ok(Past { tree, history, undos })
    }

    /// Runs the history as its own tool does: the catalogue before the first migration, and after each.
    fn run(
        &self,
        server: &Server,
        node: &mut Node,
        case: &Waiting,
        prelude: &[String],
    ) -> Result<Vec<Catalogue>, String> {
        let mut live = fresh(server, prelude)?;
        let mut states = vec![live.catalogue()?];
        if case.tool == Tool::Prisma {
            for migration in &self.history.migrations {
                live.run(&text(&self.tree, migration.file)?).map_err(|error| format!("the source: {error}"))?;
                live.renew()?;
                states.push(live.catalogue()?);
            }
            return Ok(states);
        }
        let project = Project::copy(&case.folder)?;
        let name = match case.tool {
            Tool::Knex => "knex",
            Tool::Sequelize => "sequelize",
            Tool::Typeorm | Tool::Prisma => "typeorm",
        };
        node.open(name, &project.folder, &server.address(&live))?;
        for _ in &self.history.migrations {
            node.up().map_err(|error| format!("the source: {error}"))?;
            states.push(live.catalogue()?);
        }
        node.close()?;
        Ok(states)
    }

    fn convert(&self, target: &str) -> Result<Conversion, String> {
        let found = convert::lookup(target)?;
        let last = match self.undos.last() {
            Some(undo) => undo.made.from.clone(),
            None => Replay::on(&self.history).schema,
        };
        let options = Options::default();
        let templates = Templates::built_in()?;
        let job = Job { tree: &self.tree, history: &self.history, last: &last, options: &options, templates };
        convert::convert(found.target(), &job, &self.undos, Downs::Keep)
    }
}

/// One history on its way through one target.
struct Trail<'a> {
    server: &'a Server,
    prelude: &'a [String],
    past: &'a Past,
    /// What the source has made, before the first migration and after each.
    truth: &'a [Catalogue],
    target: &'static str,
}

impl Trail<'_> {
    fn run(&self, node: &mut Node, spare: &mut Option<Database>, tally: &mut Tally) -> Result<(), String> {
        let converted = self.past.convert(self.target)?;
        if let Some(loss) = converted.findings.iter().find(|finding| finding.level >= Level::Warning) {
            tally.lost += 1;
            return match loss.code {
                // Code that SQL cannot say, and a text that the tool changes.
                "C001" | "C006" => Ok(()),
                _ => Err(loss.message.clone()),
            };
        }
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        for (path, text) in &converted.files {
            let path = folder.path().join(path);
            let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
            made.and_then(|()| std::fs::write(&path, text)).map_err(|error| error.to_string())?;
        }
        let names: Vec<String> = converted.migrations.iter().flat_map(|one| one.new.clone()).collect();
        let (server, target) = (self.server, self.target);
        let mut runner = Runner { target, server, node, folder: folder.path(), files: &converted.files };
        let mut live = self.database(spare)?;
        runner.open(&live, &names)?;
        self.ups(&mut runner, &mut live, &converted, tally)?;
        self.downs(&mut runner, &mut live, &converted, tally)?;
        runner.close()?;
        *spare = (live.catalogue()? == self.truth[0]).then_some(live);
        self.at_once(&mut runner, spare, &names)
    }

    fn database(&self, spare: &mut Option<Database>) -> Result<Database, String> {
        spare.take().map_or_else(|| fresh(self.server, self.prelude), Ok)
    }

    fn ups(
        &self,
        runner: &mut Runner<'_>,
        live: &mut Database,
        converted: &Conversion,
        tally: &mut Tally,
    ) -> Result<(), String> {
        for (one, truth) in converted.migrations.iter().zip(&self.truth[1..]) {
            for name in &one.new {
                runner.up(live, name).map_err(|error| format!("{name}: the up fails: {error}"))?;
                tally.ups += 1;
            }
            let found = compare(truth, &live.catalogue()?, ColumnOrder::Counts);
            told(&one.old, "up: ", found)?;
        }
        Ok(())
    }

    /// Goes back, as far as there are downs that lead to where the up came from.
    fn downs(
        &self,
        runner: &mut Runner<'_>,
        live: &mut Database,
        converted: &Conversion,
        tally: &mut Tally,
    ) -> Result<(), String> {
        let all = converted.migrations.iter().zip(&self.past.undos).zip(self.truth.windows(2));
        for ((one, undo), truth) in all.rev() {
            if one.origin == Origin::Refused {
                tally.refused += 1;
                return self.refused(runner, live, one);
            }
            let undoes = matches!(undo.written, None | Some(Verdict::Undoes));
            let is_made = one.origin == Origin::Made;
            for name in one.new.iter().rev() {
                let mut ran = runner.down(live, name);
                if ran.is_err() && is_made {
                    // It may stumble over rows that it does not claim to bring back.
                    live.empty()?;
                    ran = runner.down(live, name);
                }
                match ran {
                    Ok(()) => tally.downs += 1,
                    Err(_) if !undoes => return Ok(()),
                    Err(error) => return Err(format!("{name}: the down fails: {error}")),
                }
            }
            if !undoes {
                return Ok(());
            }
            let found = compare(&truth[0], &live.catalogue()?, ColumnOrder::Ignored);
            told(&one.old, "down: ", found)?;
        }
        Ok(())
    }

    /// A refused down stops with our message and changes nothing.
    fn refused(&self, runner: &mut Runner<'_>, live: &mut Database, one: &Converted) -> Result<(), String> {
        let name = one.new.last().ok_or("a migration has no name")?;
        let before = live.catalogue()?;
        match runner.down(live, name) {
            Ok(()) => return Err(format!("{name}: the refused down runs")),
            Err(error) if !error.contains("no down for") => {
                return Err(format!("{name}: the refused down stops with another message: {error}"));
            }
            Err(_) => {}
        }
        let found = compare(&before, &live.catalogue()?, ColumnOrder::Counts);
        told(&one.old, "the refused down changes: ", found)
    }

    /// A tool that runs all that is pending in one transaction comes to the same by that.
    fn at_once(&self, runner: &mut Runner<'_>, spare: &mut Option<Database>, names: &[String]) -> Result<(), String> {
        let Some(truth) = self.truth.last().filter(|_| runner.spans_migrations()) else { return Ok(()) };
        let mut live = self.database(spare)?;
        runner.open(&live, names)?;
        runner.all().map_err(|error| format!("all at once: {error}"))?;
        runner.close()?;
        told("all", "at once: ", compare(truth, &live.catalogue()?, ColumnOrder::Counts))
    }
}

/// `Err` with the first few of what was found, if anything was.
fn told(name: &str, kind: &str, found: Vec<String>) -> Result<(), String> {
    match found.is_empty() {
        true => Ok(()),
        false => {
            Err(some(kind, found).into_iter().map(|line| format!("{name}: {line}")).collect::<Vec<_>>().join("\n  "))
        }
    }
}

/// What one target came to.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    ups: usize,
    downs: usize,
    refused: usize,
    /// Histories with something that the target cannot be told.
    lost: usize,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.ups += other.ups;
        self.downs += other.downs;
        self.refused += other.refused;
        self.lost += other.lost;
    }
}

/// What came of all cases.
#[derive(Default)]
struct Report {
    targets: BTreeMap<&'static str, Tally>,
    failures: Vec<String>,
}

impl Report {
    fn add(&mut self, case: &Waiting, other: Report) {
        let name = case.folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (target, tally) in &other.targets {
            self.targets.entry(target).or_default().add(tally);
        }
        self.failures.extend(other.failures.into_iter().map(|failure| format!("{name} / {failure}")));
        self.failures.sort();
    }

    fn summary(&self) -> String {
        let line = |(target, tally): (&&str, &Tally)| {
            format!(
                "{target}: {} ups, {} downs, {} refused downs; {} histories with a loss\n",
                tally.ups, tally.downs, tally.refused, tally.lost
            )
        };
        self.targets.iter().map(line).collect()
    }
}
