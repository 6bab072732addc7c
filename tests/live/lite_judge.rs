//! The judge on SQLite: for every case of `corpus/<tool>-sqlite` the real tool runs the history on a real database, and
//! after every migration, up and down, the catalogue is what replay says; what the written downs are said to do they do;
//! and the downs that we fill in lead back. Needs no server, but the tools with their native package.

use crate::corpus::tool_name;
use crate::filled::Filled;
use crate::judge::{Report, Waiting, history};
use crate::lite::{contents, copy, definitions, loosely, rebuilt};
use crate::node::{self, Node, Project};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use transmigrate::invert::{self, Backfill, Verdict};
use transmigrate::ir::{Dialect, Down, Grade, Tool};
use transmigrate::schema::{Replay, Schema};

/// The tools' own tables.
const BOOKS: [&str; 5] = ["knex_migrations", "knex_migrations_lock", "SequelizeMeta", "migrations", "typeorm_metadata"];

#[test]
fn replay_is_what_the_tools_do_on_sqlite() {
    if !is_ready() {
        return;
    }
    let mut report = Report::default();
    let mut node = Node::start().unwrap_or_else(|error| panic!("{error}"));
    for case in cases() {
        let mut own = Report::default();
        own.cases = 1;
        for judge in [written, filled] {
            if let Err(error) = judge(&case, &mut node, &mut own) {
                own.failures.push(error);
            }
            node.close().unwrap_or_else(|error| panic!("{error}"));
        }
        report.add(&case, own);
    }
    assert!(report.migrations > 0 || std::env::var_os("LIVE_CASE").is_some(), "there are cases to try");
    eprintln!("{}", report.summary());
    assert!(report.failures.is_empty(), "{}\n{}", report.failures.join("\n"), report.summary());
}

/// Whether the native package is there; says so loudly when it is not.
fn is_ready() -> bool {
    let built = node::folder().join("node_modules/better-sqlite3/build/Release/better_sqlite3.node");
    let ready = node::is_installed() && built.is_file();
    if !ready {
        let how = "SQLite's tools are not installed: run `npm ci --ignore-scripts && npm rebuild better-sqlite3` in tests/judge";
        assert!(std::env::var("VERIFY").as_deref() != Ok("required"), "{how}");
        eprintln!("SKIPPED: {how}");
    }
    ready
}

/// Every case, those that `LIVE_CASE` names a part of if it is set.
fn cases() -> Vec<Waiting> {
    let wanted = std::env::var("LIVE_CASE").unwrap_or_default();
    let mut found = Vec::new();
    for tool in [Tool::Knex, Tool::Sequelize, Tool::Typeorm] {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(format!("{}-sqlite", tool_name(tool)));
        let folders = walkdir::WalkDir::new(corpus).min_depth(1).max_depth(1).sort_by_file_name();
        let folders = folders.into_iter().flatten().map(walkdir::DirEntry::into_path);
        let folders = folders.filter(|folder| folder.to_string_lossy().contains(&wanted));
        found.extend(folders.map(|folder| Waiting { tool, folder, dialect: Dialect::Sqlite }));
    }
    found
}

/// A case under way: a project that the tool has open on a database.
struct Under<'a> {
    case: &'a Waiting,
    node: &'a mut Node,
    project: Project,
    place: tempfile::TempDir,
    names: Vec<String>,
}

impl<'a> Under<'a> {
    /// Opens it, with these texts in place of its own files.
    fn open(case: &'a Waiting, node: &'a mut Node, files: &BTreeMap<String, String>) -> Result<Self, String> {
        let project = Project::copy(&case.folder)?;
        for (path, text) in files {
            std::fs::write(project.folder.join(path), text).map_err(|error| error.to_string())?;
        }
        let place = tempfile::tempdir().map_err(|error| error.to_string())?;
        let database = serde_json::json!({ "file": place.path().join("data.db") });
        let names = node.open(tool_name(case.tool), &project.folder, &database)?;
        Ok(Under { case, node, project, place, names })
    }

    /// What is in the database, without the tool's own tables.
    fn state(&self) -> Result<Connection, String> {
        let live = Connection::open(self.file()).map_err(|error| error.to_string())?;
        let state = copy(&live);
        for table in BOOKS {
            state.execute_batch(&format!("DROP TABLE IF EXISTS \"{table}\"")).map_err(|error| error.to_string())?;
        }
        Ok(state)
    }

    /// All that is in the database.
    fn whole(&self) -> Result<Connection, String> {
        Connection::open(self.file()).map(|live| copy(&live)).map_err(|error| error.to_string())
    }

    /// Puts all of it back.
    fn put_back(&self, saved: &Connection) -> Result<(), String> {
        let mut live = Connection::open(self.file()).map_err(|error| error.to_string())?;
        let backup = rusqlite::backup::Backup::new(saved, &mut live);
        let done = backup.and_then(|backup| backup.run_to_completion(1000, std::time::Duration::ZERO, None));
        done.map_err(|error| error.to_string())
    }

    fn file(&self) -> PathBuf {
        self.place.path().join("data.db")
    }

    /// Puts the rows in that the case has for the time before a migration.
    fn rows(&self, name: &str) -> Result<(), String> {
        let Ok(rows) = std::fs::read_to_string(self.case.folder.join(format!("rows/{name}.sql"))) else {
            return Ok(());
        };
        let live = Connection::open(self.file()).map_err(|error| error.to_string())?;
        live.execute_batch(&rows).map_err(|error| format!("{name}: its rows: {error}"))
    }

    fn up(&mut self, name: &str) -> Result<(), String> {
        match self.node.up()? {
            Some(ran) if ran == name => Ok(()),
            ran => Err(format!("the tool runs {ran:?} instead")),
        }
    }
}

/// Takes a case through its history as it is written.
fn written(case: &Waiting, node: &mut Node, report: &mut Report) -> Result<(), String> {
    let (_, _, _, history) = history(case, &case.folder)?;
    if history.dialect != Dialect::Sqlite {
        return Err(format!("its database is taken for {:?}", history.dialect));
    }
    let undos = invert::undo(&history, Backfill::Refuse).value;
    let mut under = Under::open(case, node, &BTreeMap::new())?;
    let named: Vec<String> = history.migrations.iter().map(|migration| migration.name.clone()).collect();
    if named != under.names {
        return Err(format!("the tool runs {:?}, we read {named:?}", under.names));
    }
    let mut replay = Replay::on(&history);
    for (migration, undo) in history.migrations.iter().zip(undos) {
        let name = &migration.name;
        report.migrations += 1;
        under.rows(name)?;
        let before = under.state()?;
        under.up(name).map_err(|error| format!("{name}: the up fails: {error}"))?;
        replay.migration(&migration.up.steps, &mut |_| {});
        let after = under.state()?;
        let mut found = replayed("replay", &after, &replay.schema);
        if let Down::Written(_, script) = &migration.down {
            report.downs += 1;
            let mut back = Replay::from(replay.schema.clone());
            back.migration(&script.steps, &mut |_| {});
            let saved = under.whole()?;
            match under.node.down() {
                Ok(_) => {
                    let down = under.state()?;
                    found.extend(replayed("replay of the down", &down, &back.schema));
                    let undoes = loosely(definitions(&before)) == loosely(definitions(&down));
                    found.extend(disagreement(undo.written.as_ref(), undoes));
                    let again = under.up(name);
                    if again.is_err() && !matches!(undo.written, Some(Verdict::Undoes)) {
                        under.put_back(&saved)?;
                    } else {
                        again.map_err(|error| format!("{name}: up again fails: {error}"))?;
                    }
                    if definitions(&under.state()?) != definitions(&after) {
                        return Err(format!("{name}: up again leads elsewhere"));
                    }
                }
                Err(error) => {
                    if matches!(undo.written, Some(Verdict::Undoes) | None) {
                        found.push(format!("the written down is said to undo it, but fails: {error}"));
                    }
                    under.put_back(&saved)?;
                }
            }
        }
        report.failures.extend(found.into_iter().map(|failure| format!("{name}: {failure}")));
    }
    Ok(())
}

/// Takes a case through its history with the downs that we fill in.
fn filled(case: &Waiting, node: &mut Node, report: &mut Report) -> Result<(), String> {
    let filled = Filled::of(case, report)?;
    let mut under = Under::open(case, node, &filled.files)?;
    for (number, name) in under.names.clone().iter().enumerate() {
        under.rows(name)?;
        let before = under.state()?;
        under.up(name).map_err(|error| format!("{name}: filled, its up fails: {error}"))?;
        let after = under.state()?;
        let Some(grade) = filled.grades.get(&number) else { continue };
        let ran = under.node.down();
        let down = under.state()?;
        let mut fail = |what: String| report.failures.push(format!("{name}: {what}"));
        if let Grade::Refused(_) = grade {
            match ran {
                Ok(_) => fail("the refused down runs".into()),
                Err(error) if !error.contains("no down for ") => fail(format!("the refused down stops with {error}")),
                Err(_) if contents(&after) != contents(&down) => fail("the refused down changes something".into()),
                Err(_) => {}
            }
            continue;
        }
        if let Err(error) = ran {
            fail(format!("the filled down fails: {error}"));
            return Ok(());
        }
        differ("the filled down", &loosely(definitions(&before)), &loosely(definitions(&down)))
            .into_iter()
            .for_each(&mut fail);
        if *grade == Grade::Exact {
            differ("rows after the filled down", &loosely(contents(&before)), &loosely(contents(&down)))
                .into_iter()
                .for_each(&mut fail);
        }
        under.up(name).map_err(|error| format!("{name}: up again after the filled down: {error}"))?;
    }
    drop(under.project);
    Ok(())
}

/// What of a state that replay tells of is not so.
fn replayed(what: &str, found: &Connection, told: &Schema) -> Vec<String> {
    if !told.is_certain() {
        return vec![format!("{what} is not certain")];
    }
    differ(what, &definitions(found), &definitions(&rebuilt(told)))
}

/// Lines that one of two lists has and the other has not; the first is what is, or was.
fn differ(what: &str, one: &[String], other: &[String]) -> Vec<String> {
    let missing = one.iter().filter(|line| !other.contains(line)).map(|line| format!("{what}: without {line}"));
    let more = other.iter().filter(|line| !one.contains(line)).map(|line| format!("{what}: with {line}"));
    let mut found: Vec<String> = missing.chain(more).collect();
    if found.is_empty() && one != other {
        found.push(format!("{what}: another order:\n{one:#?}\n{other:#?}"));
    }
    found
}

/// What the library says of a written down, held against whether it leads back.
fn disagreement(verdict: Option<&Verdict>, undoes: bool) -> Option<String> {
    match (verdict, undoes) {
        (Some(Verdict::Undoes), false) => Some("the written down is said to undo it, but does not".to_owned()),
        (Some(Verdict::Differs(said)), true) => {
            Some(format!("the written down undoes it, but is said not to: {}", said.join("; ")))
        }
        (None, _) => Some("the written down was not judged".to_owned()),
        _ => None,
    }
}
