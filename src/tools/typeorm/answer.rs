//! The query runner's questions, answered from the state that the history has built.

use super::State;
use super::cache::Cache;
use super::load::{self, Found};
use super::model::Table;
use super::spell::Speller;
use crate::ir::Name;
use crate::js::{Call, Value};
use crate::schema::{Id, Key, Object, Schema};
use crate::sql::query::Catalogue;

/// What is asked of the query runner and sends nothing that changes the database: its own methods, of which `getTable` and
/// `getTables` begin anew with what it keeps, and `keptTable`, which the shim asks for itself.
pub(super) const QUESTIONS: [&str; 12] = [
    "keptTable",
    "hasTable",
    "hasColumn",
    "hasSchema",
    "hasDatabase",
    "getTable",
    "getTables",
    "getCurrentSchema",
    "getCurrentDatabase",
    "getVersion",
    "getSchemas",
    "getDatabases",
];

/// The answer; `None` when the state cannot tell.
pub(super) fn answer(speller: Speller<'_>, call: &Call, state: &State<'_>) -> Option<Value> {
    let schema = state.schema();
    if call.hole().is_some() {
        return None;
    }
    match call.name.strip_prefix("queryRunner.")? {
        "hasTable" => has_table(schema, &path_of(speller, call.arg(0)?)?).map(Value::Bool),
        "hasColumn" => {
            let column = match call.arg(1)? {
                Value::Text(name) => name.clone(),
                made => made.get("name")?.text()?.to_owned(),
            };
            has_column(schema, &path_of(speller, call.arg(0)?)?, &column).map(Value::Bool)
        }
        "hasSchema" => {
            let name = call.arg(0)?.text()?;
            let found = schema.has(&Id::Schema(name.to_owned()));
            let known = found || schema.doubt.is_none() && !schema.may_have(&Name::bare(name));
            known.then_some(Value::Bool(found))
        }
        // These make the query runner forget what it kept before.
        "getTable" => {
            let found = load::table(speller, schema, call.arg(0)?.text()?);
            let kept = match &found {
                Found::Table(table) => vec![(**table).clone()],
                Found::Absent | Found::Unknown => Vec::new(),
            };
            keep(speller, state, kept);
            match found {
                Found::Table(table) => Some(table.plain()),
                Found::Absent => Some(Value::Undefined),
                Found::Unknown => None,
            }
        }
        // What the shim asks for itself, to keep up what a script holds.
        "keptTable" => {
            let path = speller.parse_path(call.arg(0)?.text()?);
            state.memory.with(|cache: &mut Cache| cache.table(&path).map(Table::plain))
        }
        "getTables" => {
            let found = tables(speller, schema, call.arg(0));
            // Asked for all of them, it keeps those that it had ("Don't cache in this case").
            if call.arg(0).is_some_and(|paths| paths.truth() != Some(false)) {
                keep(speller, state, found.clone().unwrap_or_default());
            }
            Some(Value::List(found?.iter().map(Table::plain).collect()))
        }
        "getCurrentSchema" => Some(Value::Text(schema.search_path().first()?.clone())),
        "getSchemas" | "getDatabases" => Some(Value::List(Vec::new())),
        _ => None,
    }
}

/// Schema and name of a table given by its path or as an instance.
fn path_of(speller: Speller<'_>, value: &Value) -> Option<(String, String)> {
    match value {
        Value::Text(path) => Some(speller.parse_path(path)),
        Value::Made(..) => Some(speller.parse(&Table::read(value)?.ok()?)),
        _ => None,
    }
}

/// Whether a table or view is there, as `information_schema.tables` shows it; `None` when that cannot be told.
pub(super) fn has_table(schema: &Schema, (home, name): &(String, String)) -> Option<bool> {
    let id = Id::Relation(Key::new(home, name));
    match schema.get(&id) {
        Some(entry) if schema.doubt.is_some() || entry.is_unsure() => None,
        Some(entry) => Some(match &entry.object {
            Object::Table(_) => true,
            Object::View(state) => !state.view.materialized,
            _ => false,
        }),
        None if schema.doubt.is_some() || load::elsewhere(schema, home) || schema.may_have(&Name::bare(name)) => None,
        None => Some(false),
    }
}

fn has_column(schema: &Schema, (home, name): &(String, String), column: &str) -> Option<bool> {
    let id = Id::Relation(Key::new(home, name));
    let Some(entry) = schema.get(&id) else {
        return has_table(schema, &(home.clone(), name.clone())).filter(|found| !found);
    };
    if schema.doubt.is_some() || entry.is_unsure() || entry.outside.is_some() {
        return None;
    }
    let columns = schema.columns(&Name::in_schema(home, name))?;
    Some(columns.iter().any(|other| other == column))
}

fn keep(speller: Speller<'_>, state: &State<'_>, tables: Vec<Table>) {
    let tables = tables.into_iter().map(|table| (speller.parse(&table), table)).collect();
    state.memory.with(|cache: &mut Cache| cache.begin(tables));
}

fn tables(speller: Speller<'_>, schema: &Schema, paths: Option<&Value>) -> Option<Vec<Table>> {
    let paths: Vec<String> = match paths {
        Some(paths) => super::model::texts(paths)?,
        None if !schema.knows_names() => return None,
        None => {
            let tables = schema.iter().filter_map(|(id, entry)| match (id, &entry.object) {
                (Id::Relation(key), Object::Table(_)) => Some(format!("{}.{}", key.schema, key.name)),
                _ => None,
            });
            tables.collect()
        }
    };
    let mut found = Vec::new();
    for path in paths {
        match load::table(speller, schema, &path) {
            Found::Table(table) => found.push(*table),
            Found::Absent => {}
            Found::Unknown => return None,
        }
    }
    Some(found)
}
