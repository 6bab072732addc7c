//! The live law: on a real server, for every migration of every case, the down that we make leads back to the catalogue
//! before, and the up leads on again; a refused down stops and changes nothing; a down graded exact brings the rows
//! back; what replay says is there is there; and a written down does what we say of it.

use crate::case::Case;
use crate::cluster::Server;
use crate::past::{Past, Step};
use crate::trail::Trail;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use transmigrate::ir::{Dialect, Down, Grade, History, Migration, Script, Tool, TransactionMode};
use transmigrate::source::FileId;

/// How many cases run at a time.
const THREADS: usize = 2;

#[test]
fn downs_restore_what_was() {
    let Some(server) = Server::from_environment() else { return };
    let waiting = Mutex::new(cases());
    let report = Mutex::new(Report::default());
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                // A panic inside a case is caught below, so no lock is ever poisoned.
                while let Some(folder) = waiting.lock().ok().and_then(|mut cases| cases.pop_front()) {
                    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    let one = catch_unwind(AssertUnwindSafe(|| Report::of_folder(&server, &folder)));
                    let one = one.unwrap_or_else(|panic| Report::failed(format!("panicked: {}", words(&*panic))));
                    if let Ok(mut report) = report.lock() {
                        report.add(&name, one);
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

/// The law is shown to fire: these downs are not what they claim to be, and each is told apart.
#[test]
fn the_law_finds_what_is_wrong() {
    let Some(server) = Server::from_environment() else { return };
    let table = "CREATE TABLE t (a integer, b text); CREATE TABLE u (a integer)";
    let lost = || Grade::SchemaOnly(vec!["column u.a loses its values".into()]);
    let wrong: [(&str, &str, &str, Grade, &str); 8] = [
        (table, "ALTER TABLE t ADD c date", "", Grade::Exact, "down: column public.t.c is too many"),
        (table, "DROP TABLE t", "CREATE TABLE t (a integer)", lost(), "down: column public.t.b is gone"),
        (
            table,
            "DROP TABLE t",
            "CREATE TABLE t (a integer, b oops)",
            lost(),
            "the down fails: type \"oops\" does not exist",
        ),
        (table, "DROP TABLE t", "CREATE TABLE t (a integer, b text)", Grade::Exact, "rows of t do not come back"),
        (table, "DELETE FROM t", "", lost(), "rows of t do not come back"),
        (table, "CREATE TABLE v ()", "DROP TABLE v", Grade::Refused(Vec::new()), "the refused down runs"),
        (
            table,
            "CREATE SCHEMA s",
            "DROP SCHEMA s; COMMIT; SELECT 1 / 0",
            Grade::Refused(Vec::new()),
            "the refused down changes: schema s is gone",
        ),
        (table, "", "", Grade::Exact, "replay: table public.t is gone"),
    ];
    for (before, up, down, grade, expected) in wrong {
        let step = |name: &str, up: &str, down: &str, grade| Step {
            name: name.into(),
            up: up.into(),
            down: down.into(),
            written: None,
            grade,
        };
        let steps = vec![step("1", before, "DROP TABLE t, u", Grade::Exact), step("2", up, down, grade)];
        let case = Case { prelude: Vec::new(), known: Vec::new(), past: Past { history: nothing(steps.len()), steps } };
        let failures = Report::of_case(&server, &case).failures;
        assert!(
            failures.iter().any(|failure| failure.starts_with(&format!("2: {expected}"))),
            "{expected}: {failures:#?}"
        );
    }
}

/// A history of empty migrations.
fn nothing(count: usize) -> History {
    let migration = |number: usize| Migration {
        name: number.to_string(),
        file: FileId(0),
        up: Script::default(),
        down: Down::Missing,
        transaction: TransactionMode::Implicit,
        down_transaction: TransactionMode::Implicit,
    };
    let migrations = (1..=count).map(migration).collect();
    History {
        tool: Tool::Prisma,
        dialect: Dialect::Postgres,
        default_schema: "public".into(),
        base: Vec::new(),
        migrations,
    }
}

/// Every folder with a `case.toml` under `corpus/prisma`, those that `LIVE_CASE` names a part of if it is set.
fn cases() -> VecDeque<PathBuf> {
    let wanted = std::env::var("LIVE_CASE").unwrap_or_default();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/prisma");
    let folders = walkdir::WalkDir::new(corpus).sort_by_file_name().into_iter().flatten();
    let folders = folders
        .filter(|entry| entry.file_name() == "case.toml")
        .filter_map(|entry| entry.path().parent().map(Path::to_owned));
    folders.filter(|folder| folder.to_string_lossy().contains(&wanted)).collect()
}

/// What came of one or several cases.
#[derive(Default)]
pub struct Report {
    pub migrations: usize,
    pub exact: usize,
    pub schema_only: usize,
    pub refused: usize,
    pub order_only: usize,
    /// Downs that stumbled over rows they do not claim to restore, and were judged on empty tables.
    pub emptied: usize,
    /// Migrations that were also tried with rows in the tables.
    pub with_rows: usize,
    pub failures: Vec<String>,
}

impl Report {
    fn of_folder(server: &Server, folder: &Path) -> Self {
        match Case::open(folder) {
            Ok(case) => Report::of_case(server, &case),
            Err(error) => Report::failed(format!("cannot be read: {error}")),
        }
    }

    fn of_case(server: &Server, case: &Case) -> Self {
        let mut report = Report::default();
        match Trail::start(server, case) {
            Ok(mut trail) => {
                for (number, step) in case.past.steps.iter().enumerate() {
                    if let Err(error) = trail.step(number, &mut report) {
                        report.failures.push(format!("{}: {error}", step.name));
                        break;
                    }
                }
            }
            Err(error) => report.failures.push(format!("the prelude fails: {error}")),
        }
        for known in &case.known {
            let before = report.failures.len();
            report.failures.retain(|failure| !failure.contains(known));
            if report.failures.len() == before {
                report.failures.push(format!("is said to be known, and does not show: {known}"));
            }
        }
        report
    }

    fn failed(what: String) -> Self {
        Report { failures: vec![what], ..Report::default() }
    }

    fn add(&mut self, case: &str, other: Report) {
        self.migrations += other.migrations;
        self.exact += other.exact;
        self.schema_only += other.schema_only;
        self.refused += other.refused;
        self.order_only += other.order_only;
        self.emptied += other.emptied;
        self.with_rows += other.with_rows;
        self.failures.extend(other.failures.into_iter().map(|failure| format!("{case} / {failure}")));
        self.failures.sort();
    }

    fn summary(&self) -> String {
        format!(
            "{} migrations: {} exact, {} schema only, {} refused; {} came back in another column order, {} judged on empty tables, {} tried with rows; {} failures",
            self.migrations,
            self.exact,
            self.schema_only,
            self.refused,
            self.order_only,
            self.emptied,
            self.with_rows,
            self.failures.len()
        )
    }
}

/// What a panic said.
fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    text.unwrap_or("without words").to_owned()
}
