//! A history with everything that is to be tried on a server: each migration's own text, and the down that we make of
//! it. Reads through the library, so that what is tried is what a user gets.

use transmigrate::diag::Finding;
use transmigrate::invert::{self, Backfill, Undo, Verdict};
use transmigrate::ir::{Dialect, Down, Grade, History, Migration, Tool};
use transmigrate::schema;
use transmigrate::source::{FileId, SourceTree};
use transmigrate::sql::postgres;
use transmigrate::tools::{self, Given, Place};

/// A history and its downs.
pub struct Past {
    /// What the library read.
    pub history: History,
    /// Its migrations in order.
    pub steps: Vec<Step>,
}

/// One migration.
pub struct Step {
    /// Its name.
    pub name: String,
    /// The text of its `migration.sql`.
    pub up: String,
    /// The text of the down that we make, as it would be written.
    pub down: String,
    /// The text of the down that somebody wrote, and what the library says of it.
    pub written: Option<(String, Option<Verdict>)>,
    /// How sure the made down is said to be.
    pub grade: Grade,
}

impl Past {
    /// Works out every down of a history. `Err` when the library cannot, which it always should.
    pub fn new(tree: &SourceTree, place: &Place, history: History) -> Result<Self, String> {
        let tool = tools::lookup(Tool::Prisma).ok_or("Prisma is not supported")?;
        let undos = invert::undo(&history, Backfill::Refuse).value;
        if undos.len() != history.migrations.len() {
            return Err(format!("{} migrations but {} downs", history.migrations.len(), undos.len()));
        }
        let step = |(migration, undo): (&Migration, Undo)| -> Result<Step, String> {
            let Undo { made, written, .. } = undo;
            let written = match &migration.down {
                Down::Written(file, _) => Some((text(tree, *file)?, written)),
                Down::Missing | Down::Empty(_) => None,
            };
            let (up, down) = (text(tree, migration.file)?, tool.down(tree, place, migration, &made)?.text);
            Ok(Step { name: migration.name.clone(), up, down, written, grade: made.grade })
        };
        let steps = history.migrations.iter().zip(undos).map(step).collect::<Result<_, _>>()?;
        Ok(Past { history, steps })
    }

    /// Whether replay says everything for certain after `count` migrations; only then can it be held against a server.
    pub fn is_certain(&self, count: usize) -> bool {
        schema::replay(&self.history, count).value.is_certain()
    }

    /// A script that builds, on an empty database, the schema that replay says is there after `count` migrations.
    pub fn schema(&self, count: usize) -> String {
        let ops = schema::replay(&self.history, count).value.to_ops();
        ops.iter().map(|op| postgres::print(op) + "\n;\n").collect()
    }
}

/// Reads the only PostgreSQL history of a folder; of several, the project's own. `Err` when there is none.
pub fn read(tree: &SourceTree) -> Result<(Place, History), String> {
    let tool = tools::lookup(Tool::Prisma).ok_or("Prisma is not supported")?;
    let mut places = tool.find(tree).value;
    if places.len() > 1 {
        places.retain(|place| place.own);
    }
    let place = places.first().ok_or("no history found")?;
    Ok((place.clone(), read_at(tree, place, Some(Dialect::Postgres))?))
}

/// Reads the history at a place. `Err` with the reasons when it cannot be read.
pub fn read_at(tree: &SourceTree, place: &Place, dialect: Option<Dialect>) -> Result<History, String> {
    let tool = tools::lookup(Tool::Prisma).ok_or("Prisma is not supported")?;
    let read = tool.read(tree, place, Given { dialect, base: None });
    read.map(|outcome| outcome.value).map_err(|findings| reasons(&findings))
}

/// The text of a migration's file.
pub fn text(tree: &SourceTree, file: FileId) -> Result<String, String> {
    tree.read(file).map(str::to_owned).map_err(|problem| format!("{problem:?}"))
}

/// What findings say, in one sentence: the reason where there is one.
pub fn reasons(findings: &[Finding]) -> String {
    let words = |finding: &Finding| finding.why.clone().unwrap_or_else(|| finding.message.clone());
    findings.iter().map(words).collect::<Vec<_>>().join("; ")
}
