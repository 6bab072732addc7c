//! Answers from the state that the history has built: `hasTable`, `hasColumn` (knex 3.3.0
//! `lib/dialects/postgres/schema/pg-compiler.js`: both ask `information_schema` in the given schema or the current one).

use super::raw::HARMLESS;
use super::schema;
use crate::js::{Call, Value};
use crate::schema::{Id, Key, Object, Schema};
use crate::tools::script::State;

/// The answer to the one question in a chain; `None` when the state cannot tell.
pub(super) fn answer(calls: &[Call], state: &State<'_>) -> Option<Value> {
    let (first, rest) = calls.split_first()?;
    if first.name != "schema" {
        return None;
    }
    let home = schema::schema(rest).ok()?;
    let mut asked = None;
    for call in rest {
        match call.name.as_str() {
            name if schema::QUESTIONS.contains(&name) && asked.is_none() => asked = Some(call),
            "withSchema" => {}
            name if HARMLESS.contains(&name) => {}
            _ => return None,
        }
    }
    let asked = asked?;
    let home = match home {
        Some(home) => home,
        None => state.schema().search_path().first()?.clone(),
    };
    let id = Id::Relation(Key::new(home, asked.arg(0)?.text()?));
    match asked.name.as_str() {
        "hasTable" => has_table(state.schema(), &id),
        _ => has_column(state.schema(), &id, asked.arg(1)?.text()?),
    }
    .map(Value::Bool)
}

/// Tables and views count, materialized views do not.
fn has_table(schema: &Schema, id: &Id) -> Option<bool> {
    match schema.get(id) {
        Some(entry) if entry.is_unsure() || schema.doubt.is_some() => None,
        Some(entry) => Some(match &entry.object {
            Object::Table(_) => true,
            Object::View(state) => !state.view.materialized,
            _ => false,
        }),
        None => absent(schema),
    }
}

fn has_column(schema: &Schema, id: &Id, column: &str) -> Option<bool> {
    match schema.get(id) {
        Some(entry) if entry.is_unsure() || schema.doubt.is_some() => None,
        Some(entry) => match &entry.object {
            Object::Table(state) => {
                let found = state.table.columns.iter().any(|known| known.name == column);
                (found || state.columns_known).then_some(found)
            }
            _ => None,
        },
        None => absent(schema),
    }
}

/// That something is not there is known only while every statement was understood.
fn absent(schema: &Schema) -> Option<bool> {
    schema.knows_names().then_some(false)
}
