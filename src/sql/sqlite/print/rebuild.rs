//! A table that is made anew, since `ALTER TABLE` has no word for most changes: another is made, filled and given the name.
//! Source: "Making Other Kinds Of Table Schema Changes" in SQLite's documentation of `ALTER TABLE`.

use super::text::{ident, name};
use crate::ir::{Behaviour, Insert, InsertSource, Name, ObjectKind, ObjectRef, Op, Table, Write, WriteKind, Writes};

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
    /// Whether both count their rows (`AUTOINCREMENT`), so that the new one goes on where the old one was.
    pub counts: bool,
}

/// Where SQLite keeps the highest key that a table ever had.
const COUNTERS: &str = "sqlite_sequence";

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
    if of.counts {
        ops.extend(counters(&of.meanwhile, &of.old.name));
    }
    let old = ObjectRef::new(ObjectKind::Table, of.old.clone());
    ops.push(Op::Drop { object: old, if_exists: false, behaviour: Behaviour::Restrict, concurrently: false });
    let object = ObjectRef::new(ObjectKind::Table, meanwhile);
    ops.push(Op::Rename { object, to: of.new.name.name.clone(), if_exists: false });
    ops
}

/// Gives one table the counter of another. There is one only where a row was ever put in.
fn counters(table: &str, other: &str) -> [Op; 2] {
    let text = |name: &str| format!("'{}'", name.replace('\'', "''"));
    let (table, other) = (text(table), text(other));
    let delete = Writes {
        writes: vec![Write { kind: WriteKind::Delete, table: Name::bare(COUNTERS), columns: Vec::new() }],
        sql: format!("DELETE FROM {COUNTERS} WHERE name = {table}"),
    };
    let insert = Insert {
        table: Name::bare(COUNTERS),
        columns: vec!["name".to_owned(), "seq".to_owned()],
        source: InsertSource::Query,
        on_conflict: false,
        updates: Vec::new(),
        sql: format!("INSERT INTO {COUNTERS} (name, seq) SELECT {table}, seq FROM {COUNTERS} WHERE name = {other}"),
    };
    [Op::Delete { write: delete }, Op::Insert { insert }]
}

/// Whether an operation changes the counters of tables alone.
pub fn is_about_counters(op: &Op) -> bool {
    match op {
        Op::Insert { insert } => insert.table.name == COUNTERS,
        Op::Delete { write } => write.writes.iter().all(|write| write.table.name == COUNTERS),
        _ => false,
    }
}

/// How many operations, from the first on, make a table anew; 0 when they do something else.
pub fn is_rebuild(ops: &[&Op]) -> usize {
    let [Op::CreateTable { table, .. }, rest @ ..] = ops else { return 0 };
    let fills = |op: &Op| match op {
        Op::Insert { insert } => insert.table == table.name || is_about_counters(op),
        op => is_about_counters(op),
    };
    let filled = rest.iter().take_while(|op| fills(op)).count();
    match &rest[filled..] {
        [Op::Drop { object: old, .. }, Op::Rename { object, to, .. }, ..]
            if old.kind == ObjectKind::Table && object.name == table.name && *to == old.name.name =>
        {
            3 + filled
        }
        _ => 0,
    }
}
