//! What came of the conversions, as a table of sources and targets.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

/// What came of some conversions from one tool to one target.
#[derive(Default)]
pub struct Cell {
    /// Conversions.
    pub cases: usize,
    /// Migrations of the histories that were run.
    pub migrations: usize,
    /// Those whose up leads to what the source's own does.
    pub ups: usize,
    /// Downs that were run.
    pub downs: usize,
    /// Those that lead to what they should.
    pub downs_right: usize,
    /// Migrations that stop as it is said.
    pub stopped: usize,
    /// Migrations behind one that stops or fails.
    pub unreached: usize,
    /// What is wrong.
    pub failures: Vec<String>,
    /// Tables whose rows are not what they should be, unless they are others each time: each with the failure.
    pub rows: Vec<(String, String)>,
    /// What deviates and is said to.
    pub meant: Vec<String>,
    /// How long it took.
    pub time: Duration,
}

impl Cell {
    /// Something is wrong with a migration.
    pub fn fail(&mut self, migration: &str, what: String) {
        self.failures.push(format!("{migration}: {what}"));
    }

    /// The same for several things.
    pub fn all(&mut self, migration: &str, found: Vec<String>) {
        found.into_iter().for_each(|what| self.fail(migration, what));
    }

    /// The rows of tables are not what they should be.
    pub fn rows(&mut self, migration: &str, direction: &str, found: Vec<(String, String)>) {
        self.rows.extend(found.into_iter().map(|(table, what)| (table, format!("{migration}: {direction}: {what}"))));
    }

    /// Takes out what is said to deviate, and remembers that it showed.
    pub fn expect(&mut self, deviates: &[String]) {
        let (meant, failures) = std::mem::take(&mut self.failures)
            .into_iter()
            .partition(|failure| deviates.iter().any(|deviates| is_said(deviates, failure)));
        (self.meant, self.failures) = (meant, failures);
    }

    /// Whether what is said to deviate did.
    pub fn shows(&self, deviates: &str) -> bool {
        self.meant.iter().any(|meant| is_said(deviates, meant))
    }

    fn add(&mut self, other: Cell) {
        self.meant.extend(other.meant);
        self.cases += other.cases;
        self.migrations += other.migrations;
        self.ups += other.ups;
        self.downs += other.downs;
        self.downs_right += other.downs_right;
        self.stopped += other.stopped;
        self.unreached += other.unreached;
        self.failures.extend(other.failures);
        self.time += other.time;
    }
}

/// Whether a sentence, with ` … ` between the parts of it that count, is about a failure.
fn is_said(deviates: &str, failure: &str) -> bool {
    let mut rest = failure;
    deviates.split(" … ").all(|part| match rest.split_once(part) {
        Some((_, behind)) => {
            rest = behind;
            true
        }
        None => false,
    })
}

/// Everything, by source and target.
#[derive(Default)]
pub struct Report {
    cells: BTreeMap<(&'static str, String), Cell>,
    /// What is wrong with cases before anything is converted.
    failures: Vec<String>,
}

impl Report {
    /// Adds what came of one conversion.
    pub fn add(&mut self, source: &'static str, target: String, cell: Cell) {
        self.cells.entry((source, target)).or_default().add(cell);
    }

    /// Something is wrong with a whole case.
    pub fn fail(&mut self, what: String) {
        self.failures.push(what);
    }

    /// How many migrations were run.
    pub fn migrations(&self) -> usize {
        self.cells.values().map(|cell| cell.migrations).sum()
    }

    /// Everything that is wrong, in order.
    pub fn failures(&self) -> Vec<&str> {
        let all = self.failures.iter().chain(self.cells.values().flat_map(|cell| &cell.failures));
        let mut all: Vec<&str> = all.map(String::as_str).collect();
        all.sort_unstable();
        all
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<10} {:<18} {:>6} {:>10} {:>7} {:>11} {:>8} {:>10} {:>6} {:>7} {:>5}",
            "from", "to", "cases", "migrations", "ups", "downs", "stopped", "unreached", "meant", "failed", "s"
        )?;
        for ((source, target), cell) in &self.cells {
            let downs = format!("{}/{}", cell.downs_right, cell.downs);
            let (failed, seconds) = (cell.failures.len(), cell.time.as_secs());
            writeln!(
                f,
                "{source:<10} {target:<18} {:>6} {:>10} {:>7} {downs:>11} {:>8} {:>10} {:>6} {failed:>7} {seconds:>5}",
                cell.cases,
                cell.migrations,
                cell.ups,
                cell.stopped,
                cell.unreached,
                cell.meant.len()
            )?;
        }
        write!(f, "{} failures", self.failures().len())
    }
}
