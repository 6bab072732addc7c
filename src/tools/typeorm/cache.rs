//! The tables that TypeORM's query runner keeps: it loads a table for the first method that names it and goes by that from
//! then on, changing its copy with each method, while SQL passes it by. Source: `getCachedTable` and `replaceCachedTable` of
//! `BaseQueryRunner`, and `PostgresQueryRunner` (typeorm 0.3.31 and 1.1.1). What a script holds of them the shim keeps up.
//!
//! A run of several migrations keeps them all along; here each migration begins with none, as if it were run by itself.

use super::model::Table;

/// A table's schema and name.
pub(super) type Path = (String, String);

/// The tables that are kept, each by what it was called when it was found.
#[derive(Debug, Default)]
pub(super) struct Cache {
    tables: Vec<(Path, Table)>,
    /// The one whose instance the next call is on.
    called_on: Option<Path>,
}

impl Cache {
    /// The one of that name.
    pub(super) fn table(&self, path: &Path) -> Option<&Table> {
        self.tables.iter().find(|(own, _)| own == path).map(|(_, table)| table)
    }

    /// Keeps a table that a method was called on by its name.
    pub(super) fn keep(&mut self, path: Path, table: Table) {
        match self.tables.iter_mut().find(|(own, _)| *own == path) {
            Some((_, kept)) => *kept = table,
            None => self.tables.push((path, table)),
        }
    }

    /// The same for one that a script handed over. `replaces` is whether the method makes a copy that takes the place of
    /// whatever is kept under the name; others change the instance, which may be the very one that is kept.
    pub(super) fn keep_instance(&mut self, path: &Path, table: Table, replaces: bool) {
        let is_kept = replaces || self.called_on.as_ref() == Some(path);
        let kept = self.tables.iter_mut().find(|(own, _)| own == path && is_kept);
        if let Some((_, kept)) = kept {
            *kept = table;
        }
    }

    /// The next call goes by what a script holds of a table that is kept, with whatever the script has made of it.
    pub(super) fn goes_by(&mut self, path: Path, held: Table) {
        if let Some((_, kept)) = self.tables.iter_mut().find(|(own, _)| *own == path) {
            *kept = held.known_from(kept);
            self.called_on = Some(path);
        }
    }

    /// A call is over.
    pub(super) fn is_called(&mut self) {
        self.called_on = None;
    }

    /// Keeps the table of that name no longer.
    pub(super) fn forget(&mut self, path: &Path) {
        self.tables.retain(|(own, _)| own != path);
    }

    /// Begins anew with what a script was given for its question.
    pub(super) fn begin(&mut self, tables: Vec<(Path, Table)>) {
        self.tables = tables;
    }
}
