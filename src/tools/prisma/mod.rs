//! Prisma Migrate up to version 7: a folder of folders, each with a `migration.sql`; no downs of its own. A `down.sql`
//! beside it is the convention of Prisma's own guide ("generating down migrations").

mod config;
mod datasource;
mod default_schema;
mod find;
mod mysql;
mod read;
mod schema;
mod target;
mod write;

pub use schema::{SchemaFile, schema_prisma};

use super::{DownFile, Given, Place, Tool, base};
use crate::diag::{Finding, Outcome};
use crate::emit::{Templates, words};
use crate::invert::MadeDown;
use crate::ir::{self, Down, History, Migration};
use crate::source::SourceTree;

/// The file of a migration's statements.
const UP: &str = "migration.sql";
/// The file of the statements that undo it.
const DOWN: &str = "down.sql";
/// The file that says for which database a history was written.
const LOCK: &str = "migration_lock.toml";

pub(super) use target::Writer;

/// Prisma.
pub(super) struct Prisma;

impl Tool for Prisma {
    fn tool(&self) -> ir::Tool {
        ir::Tool::Prisma
    }

    fn find(&self, tree: &SourceTree) -> Outcome<Vec<Place>> {
        find::find(tree)
    }

    fn read(&self, tree: &SourceTree, place: &Place, given: Given) -> Result<Outcome<History>, Vec<Finding>> {
        read::read(tree, place, given)
    }

    fn down(
        &self,
        tree: &SourceTree,
        place: &Place,
        migration: &Migration,
        made: &MadeDown,
    ) -> Result<DownFile, String> {
        let path = format!("{}/{DOWN}", migration.name);
        let full = join(&place.folder, &path);
        let text = tree.find(&full).and_then(|file| tree.read(file).ok());
        let preface = text.and_then(write::preface);
        // What somebody noted in a file without statements stays, above what we add.
        let kept = match &migration.down {
            _ if preface.is_some() => preface.unwrap_or_default(),
            Down::Empty(_) => text.unwrap_or_default(),
            Down::Missing | Down::Written(..) => "",
        };
        let made = write::down_text(&migration.name, made, Templates::built_in()?)?;
        let meant = text.is_some_and(|text| text.contains(words::MEANT));
        let filled = if kept.trim().is_empty() { made } else { format!("{}\n\n{made}", kept.trim_end()) };
        // A folder that cannot be entered is listed as a file that cannot be read.
        let barred = tree.find(parent(&full)).map(|_| "its folder cannot be entered".to_owned());
        Ok(DownFile { path, text: filled, ours: preface.is_some(), meant, barred })
    }
}

/// The path of `name` in `folder`, both below the root.
fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The folder that holds `path`; the root's own is `..`, as files beside the root are listed.
fn parent(path: &str) -> &str {
    match path.rsplit_once('/') {
        Some((parent, _)) => parent,
        None if path.is_empty() => "..",
        None => "",
    }
}
