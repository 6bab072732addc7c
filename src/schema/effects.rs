//! What calling a function of the history's own does: known when its body is understood and only reads or writes rows.

use super::{Id, Object, Schema};
use crate::ir::{Insert, Name, Op, Step, Write, WriteKind};
use crate::source::FileId;
use crate::sql::postgres;

/// How deep functions may call functions.
const DEEPEST: usize = 8;

/// The tables that calling `functions` writes; or why that is not known.
pub(super) fn of(schema: &Schema, functions: &[Name]) -> Result<Vec<Write>, String> {
    let mut writes = Vec::new();
    called(schema, functions, 0, &mut writes)?;
    Ok(writes)
}

fn called(schema: &Schema, functions: &[Name], depth: usize, writes: &mut Vec<Write>) -> Result<(), String> {
    for name in functions {
        let unknown = || format!("calls function {name} whose effects are not known");
        let found = schema.routines(name);
        if found.is_empty() && super::derive::extension_of_function(&name.name).is_some() {
            continue;
        }
        if found.is_empty() || depth > DEEPEST {
            return Err(unknown());
        }
        for id in found {
            body(schema, &id, depth, writes).ok_or_else(unknown)?;
        }
    }
    Ok(())
}

fn body(schema: &Schema, id: &Id, depth: usize, writes: &mut Vec<Write>) -> Option<()> {
    let entry = schema.get(id)?;
    let Object::Routine(state) = &entry.object else { return None };
    if entry.doubt.is_some() {
        return None;
    }
    let text = state.routine.body.as_deref()?;
    let script = match state.routine.language.as_deref()? {
        "sql" if !state.routine.atomic => text.to_owned(),
        "plpgsql" => format!("DO $transmigrate${text}$transmigrate$"),
        _ => return None,
    };
    steps(schema, &postgres::lower(&script, FileId::default()).value.steps, depth, writes)
}

fn steps(schema: &Schema, all: &[Step], depth: usize, writes: &mut Vec<Write>) -> Option<()> {
    for step in all {
        match &step.op {
            Op::Query { .. } | Op::Maintenance { .. } => {}
            Op::Insert { insert: Insert { table, .. } } => {
                writes.push(Write { kind: WriteKind::Insert, table: table.clone(), columns: Vec::new() });
            }
            Op::Update { write } | Op::Delete { write } | Op::Write { write } => {
                writes.extend(write.writes.iter().cloned());
            }
            Op::Truncate { tables, .. } => writes.extend(tables.iter().map(|table| Write {
                kind: WriteKind::Truncate,
                table: table.clone(),
                columns: Vec::new(),
            })),
            Op::Call { functions, then, .. } => {
                called(schema, functions, depth + 1, writes).ok()?;
                steps(schema, then, depth, writes)?;
            }
            _ => return None,
        }
    }
    Some(())
}
