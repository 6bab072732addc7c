//! A table that is made anew, since `ALTER TABLE` has no word for most changes: another is made, filled and given the name.
//! Source: "Making Other Kinds Of Table Schema Changes" in SQLite's documentation of `ALTER TABLE`.

use super::text::{ident, name};
use crate::ir::{Behaviour, Insert, InsertSource, Name, ObjectKind, ObjectRef, Op, Table};

/// A table that is made anew.
#[derive(Clone, Debug)]
pub struct Rebuild<'a> {
    /// The name of the table as it is now.
    pub old: &'a Name,
    /// What it becomes.
    pub new: &'a Table,
    /// The name that the new one has until the old one is gone.
    pub meanwhile: String,
    /// The columns that get values, each with the expression over the old table.
    pub values: &'a [(String, String)],
}

/// The operations that make a table anew: made, filled, the old one dropped, renamed. Foreign keys must be off.
pub fn rebuild(of: &Rebuild<'_>) -> Vec<Op> {
    let meanwhile = Name::bare(&of.meanwhile);
    let mut table = of.new.clone();
    table.name = meanwhile.clone();
    let mut ops = vec![Op::CreateTable { table, if_not_exists: false }];
    if !of.values.is_empty() {
        let columns: Vec<String> = of.values.iter().map(|(column, _)| column.clone()).collect();
        let into: Vec<String> = columns.iter().map(|column| ident(column)).collect();
        let from: Vec<&str> = of.values.iter().map(|(_, expr)| expr.as_str()).collect();
        let sql = format!(
            "INSERT INTO {} ({}) SELECT {} FROM {}",
            name(&meanwhile),
            into.join(", "),
            from.join(", "),
            name(of.old)
        );
        let insert = Insert {
            table: meanwhile.clone(),
            columns,
            source: InsertSource::Query,
            on_conflict: false,
            updates: Vec::new(),
            sql,
        };
        ops.push(Op::Insert { insert });
    }
    let old = ObjectRef::new(ObjectKind::Table, of.old.clone());
    ops.push(Op::Drop { object: old, if_exists: false, behaviour: Behaviour::Restrict, concurrently: false });
    let object = ObjectRef::new(ObjectKind::Table, meanwhile);
    ops.push(Op::Rename { object, to: of.new.name.name.clone(), if_exists: false });
    ops
}
