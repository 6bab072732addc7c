//! Answers from the state that the history has built: `hasTable`, `hasColumn` (knex 3.3.0
//! `lib/dialects/postgres/schema/pg-compiler.js`: both ask `information_schema` in the given schema or the current one).

use super::raw::HARMLESS;
use super::schema;
use crate::ir::Dialect;
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
    let name = asked.arg(0)?.text()?;
    if state.dialect == Dialect::Sqlite {
        return on_sqlite(state.schema(), &asked.name, name, asked.arg(1)).map(Value::Bool);
    }
    let id = Id::Relation(Key::new(home, name));
    match asked.name.as_str() {
        "hasTable" => has_table(state.schema(), &id),
        _ => has_column(state.schema(), &id, asked.arg(1)?.text()?),
    }
    .map(Value::Bool)
}

/// The answer on SQLite: `hasTable` asks `sqlite_master` for a table of just that name, `hasColumn` a pragma that goes by
/// names in any spelling and knows views too (`lib/dialects/sqlite3/schema/sqlite-compiler.js`).
fn on_sqlite(schema: &Schema, question: &str, name: &str, column: Option<&Value>) -> Option<bool> {
    if schema.doubt.is_some() {
        return None;
    }
    let exact = question == "hasTable";
    let is_it = |id: &&Id| match id {
        Id::Relation(key) if exact => key.name == name,
        Id::Relation(key) => key.name.eq_ignore_ascii_case(name),
        _ => false,
    };
    let Some(id) = schema.iter().map(|(id, _)| id).find(is_it) else { return absent(schema) };
    let entry = schema.get(id).filter(|entry| !entry.is_unsure())?;
    match &entry.object {
        Object::Table(_) if exact => Some(true),
        _ if exact => Some(false),
        Object::Table(state) => {
            let column = column?.text()?;
            let found = state.table.columns.iter().any(|known| known.name.eq_ignore_ascii_case(column));
            (found || state.columns_known).then_some(found)
        }
        _ => None,
    }
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
