//! What an operation changes of rows beside what it says: columns that are set to the moment whenever their row changes, and
//! what functions of the history's own do.

use crate::invert::Loss;
use crate::ir::{ConstraintKind, Dialect, ObjectKind, Op, TypeName, Write, WriteKind};
use crate::schema::{Id, Object, Schema, TableState};

/// What may not come back of that.
pub(in crate::invert) fn fallout(before: &Schema, op: &Op) -> Vec<Loss> {
    if !matches!(before.dialect(), Dialect::Mysql | Dialect::Mariadb) {
        return Vec::new();
    }
    let mut lost = called(before, op);
    match op {
        Op::Update { write } | Op::Write { write } | Op::Delete { write } => {
            lost.extend(write.writes.iter().flat_map(|one| moments(before, one)));
        }
        Op::Insert { insert } if insert.on_conflict => {
            let write = Write { kind: WriteKind::Update, table: insert.table.clone(), columns: Vec::new() };
            lost.extend(moments(before, &write));
        }
        Op::AddConstraint { on, constraint } => {
            if let (ConstraintKind::PrimaryKey(key), Some((id, state))) = (&constraint.kind, table(before, &on.table)) {
                let columns = state.table.columns.iter().filter(|column| key.columns.contains(&column.name));
                let is_moment = |name: &TypeName| matches!(name, TypeName::Builtin(name) if name == "timestamp");
                let filled = columns.filter(|column| !column.not_null && is_moment(&column.data_type.name));
                lost.extend(filled.map(|column| {
                    let text = format!("values NULL of column {id}.{}, which became the time of the run", column.name);
                    Loss::values(&id, &column.name, text)
                }));
            }
        }
        _ => {}
    }
    lost
}

fn table<'s>(schema: &'s Schema, name: &crate::ir::Name) -> Option<(Id, &'s TableState)> {
    let id = schema.relation(name)?;
    let state = schema.table(&id)?;
    Some((id, state))
}

/// The columns that an update of a table sets although it does not say so.
fn moments(before: &Schema, write: &Write) -> Vec<Loss> {
    let Some((id, state)) = table(before, &write.table).filter(|_| write.kind == WriteKind::Update) else {
        return Vec::new();
    };
    let set = state.table.columns.iter().filter(|column| column.on_update.is_some());
    let unsaid = set.filter(|column| !write.columns.iter().any(|own| own.eq_ignore_ascii_case(&column.name)));
    let loss = |column: &crate::ir::Column| {
        let text = format!("former values of column {id}.{}, which is set whenever a row changes", column.name);
        Loss::values(&id, &column.name, text)
    };
    unsaid.map(loss).collect()
}

/// What functions of the history's own may do that an operation calls.
fn called(before: &Schema, op: &Op) -> Vec<Loss> {
    let text = match op {
        Op::Insert { insert } => &insert.sql,
        Op::Update { write } | Op::Delete { write } | Op::Write { write } => &write.sql,
        Op::Query { sql } | Op::SetParameter { sql, .. } => sql,
        Op::CreateTable { table, .. } => match &table.as_query {
            Some(query) => query,
            None => return Vec::new(),
        },
        _ => return Vec::new(),
    };
    let text = text.to_lowercase();
    let functions = before.iter().filter_map(|(_, entry)| match &entry.object {
        Object::Defined(state) if state.definition.object.kind == ObjectKind::Function => {
            Some(state.definition.object.name.name.to_lowercase())
        }
        _ => None,
    });
    let named = functions.filter(|name| text.contains(name.as_str()));
    named.map(|name| Loss::other(format!("what function {name} changes"))).collect()
}
