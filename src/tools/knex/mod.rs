//! Knex 3.x: migrations are programs that say what to do to builders; what runs is a chain of calls. Here each chain
//! becomes the SQL that Knex's own compilers for PostgreSQL or SQLite make of it, which our SQL reader then understands like
//! any other.
//!
//! The compilers follow knex 3.3.0 function by function; `cases/` holds what the real one sent for scripts of our own.

mod answer;
mod bridge;
mod build;
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
mod remake;
mod rows;
mod schema;
mod select;
mod sqlite;
mod table;
mod target;
#[cfg(test)]
mod tests;
mod token;
mod value;
mod view;
mod write;

pub(super) use bridge::KnexBridge;

use super::script::fill;
use super::{DownFile, Given, Place, Tool};
use crate::diag::{Finding, Outcome};
use crate::invert::MadeDown;
use crate::ir::{self, History, Migration};
use crate::source::SourceTree;
use compile::Config;
use meaning::Calls;
use write::Writer;

pub(super) use target::Files;

/// Knex.
pub(super) struct Knex;

impl Tool for Knex {
    fn tool(&self) -> ir::Tool {
        ir::Tool::Knex
    }

    fn find(&self, tree: &SourceTree) -> Outcome<Vec<Place>> {
        find::find(tree)
    }

    fn read(&self, tree: &SourceTree, place: &Place, given: Given) -> Result<Outcome<History>, Vec<Finding>> {
        find::read(tree, place, given)
    }

    fn down(
        &self,
        tree: &SourceTree,
        place: &Place,
        migration: &Migration,
        made: &MadeDown,
    ) -> Result<DownFile, String> {
        let writer = Writer { meaning: Calls { config: Config::of(made.before.dialect()) } };
        Ok(fill(tree, place, migration, made, &writer))
    }
}
