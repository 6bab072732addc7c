//! What TypeORM keeps of views and generated columns in `typeorm_metadata`. Its methods read and write rows there
//! (`createView` with `syncWithMetadata`, `dropView`, stored columns in `createTable`, `dropTable`, `addColumn` and
//! `dropColumn`; `driver/postgres/PostgresQueryRunner.js` of typeorm 0.3.31 and 1.1.1). The rows themselves are not
//! followed; a step says in its notes what it keeps, and what it keeps is undone by the same methods or not at all.

use crate::ir::Migration;
use crate::js;
use crate::source::SourceTree;
use crate::tools::{DownFile, Place};
use std::collections::BTreeSet;

/// With what a note begins.
const MARK: &str = "kept in typeorm_metadata: ";

/// Something that rows are kept of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kept {
    /// A view of that name, without its schema.
    View(String),
    /// A stored column: the table's name without its schema, and the column's.
    Column(String, String),
}

impl Kept {
    /// The statement that goes with it, with a note of it.
    pub fn note(&self, sql: &str) -> String {
        let words = match self {
            Kept::View(name) => serde_json::json!([name]),
            Kept::Column(table, column) => serde_json::json!([table, column]),
        };
        format!("-- {MARK}{words}\n{sql}")
    }

    fn read(note: &str) -> Option<Self> {
        let words: Vec<String> = serde_json::from_str(note.strip_prefix(MARK)?).ok()?;
        match &words[..] {
            [name] => Some(Kept::View(name.clone())),
            [table, column] => Some(Kept::Column(table.clone(), column.clone())),
            _ => None,
        }
    }
}

/// What a migration's up keeps, or keeps no longer.
pub(super) fn kept(migration: &Migration) -> BTreeSet<Kept> {
    migration.up.steps.iter().flat_map(|step| &step.notes).filter_map(|note| Kept::read(note)).collect()
}

/// Why a down that was filled in may not keep what it should. SQL keeps nothing; and of a column that comes back it is
/// certain that there was a row only where an earlier file tells of it, and none gives the table or the column another
/// name, of which TypeORM keeps nothing either.
pub(super) fn lost(tree: &SourceTree, place: &Place, kept: &BTreeSet<Kept>, filled: &DownFile) -> Option<String> {
    let outline = js::outline(&filled.path, &filled.text).ok()?;
    let body = filled.text.get(outline.down?.function?.body.span)?;
    if body.contains(".query(") {
        let why = "SQL in the down would leave typeorm_metadata as it is, where TypeORM keeps views and stored columns";
        return Some(why.to_owned());
    }
    if !body.contains("asExpression") {
        return None;
    }
    let earlier = tree.files().filter(|(_, file)| file.folder() == place.folder && file.name() <= &filled.path[..]);
    let texts: Vec<&str> = earlier.filter_map(|(id, _)| tree.read(id).ok()).collect();
    let unsure = |one: &&Kept| match one {
        Kept::View(_) => false,
        Kept::Column(table, column) => {
            let kept = |text: &str| ["asExpression", "typeorm_metadata"].iter().any(|word| text.contains(word));
            let told = texts.iter().any(|text| text.contains(column) && kept(text));
            let renamed = |text: &str| {
                let text = text.to_lowercase();
                (text.contains("renametable") || text.contains("rename to")) && text.contains(&table.to_lowercase())
                    || (text.contains("renamecolumn") || text.contains("rename column"))
                        && text.contains(&column.to_lowercase())
            };
            !told || texts.iter().any(|text| renamed(text))
        }
    };
    let Some(Kept::Column(table, column)) = kept.iter().find(unsure) else { return None };
    Some(format!("whether typeorm_metadata has a row for the stored column {table}.{column} is not known"))
}
