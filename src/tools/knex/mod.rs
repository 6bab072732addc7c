//! Knex 3.x: migrations are programs that say what to do to builders; what runs is a chain of calls. Here each chain
//! becomes the SQL that Knex's own compilers for PostgreSQL make of it, which our SQL reader then understands like any other.
//!
//! The compilers follow knex 3.3.0 function by function; `cases/` holds what the real one sent for scripts of our own.

mod answer;
mod column;
mod compile;
mod condition;
mod find;
mod join;
mod key;
mod knexfile;
mod meaning;
mod query;
mod raw;
mod rows;
mod schema;
mod select;
mod table;
#[cfg(test)]
mod tests;
mod token;
mod value;
mod view;

use super::{DownFile, Place, Tool};
use crate::diag::{Finding, Outcome};
use crate::invert::MadeDown;
use crate::ir::{self, Dialect, History, Migration};
use crate::source::SourceTree;

/// Knex.
pub(super) struct Knex;

impl Tool for Knex {
    fn tool(&self) -> ir::Tool {
        ir::Tool::Knex
    }

    fn find(&self, tree: &SourceTree) -> Outcome<Vec<Place>> {
        find::find(tree)
    }

    fn read(
        &self,
        tree: &SourceTree,
        place: &Place,
        dialect: Option<Dialect>,
    ) -> Result<Outcome<History>, Vec<Finding>> {
        find::read(tree, place, dialect)
    }

    /// Downs stand in the migrations' own files, which are not written yet.
    fn down(&self, tree: &SourceTree, _: &Place, migration: &Migration, _: &MadeDown) -> Result<DownFile, String> {
        let path = tree.file(migration.file).map(|file| file.name().to_owned()).unwrap_or_default();
        let text = tree.read(migration.file).unwrap_or_default().to_owned();
        Ok(DownFile { path, text, ours: false, barred: Some("Knex's files are not written yet".to_owned()) })
    }
}
