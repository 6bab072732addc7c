//! Sequelize on SQLite (6.37.8 `dialects/sqlite`; each call was seen with sqlite3 6.0.1): what `ALTER TABLE` has no word for
//! is done by making the table anew. Where a column is removed, changed or renamed, the new one comes from what the tool
//! asks of the old one, and what it does not ask is lost: indexes, checks, triggers, what a foreign key does, `AUTOINCREMENT`.

mod column;
mod remake;
mod rows;

use super::index;
use super::names::Table;
use super::query;
use super::reading::{fails, is_set, list, option, text};
use crate::js::{Call, Value};
use crate::schema::{Id, Object, Schema};
use crate::tools::script::{State, Unclear, lite};
use column::Field;

/// The statements of a call, in order.
pub(super) fn statements(call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
    let Some(method) = call.name.strip_prefix("queryInterface.") else {
        return others(call);
    };
    super::meaning::injected(call)?;
    let sent = match method {
        "createTable" => create(call)?,
        "dropTable" => vec![format!("DROP TABLE IF EXISTS {}", name(call.arg(0))?)],
        "dropAllTables" => return drop_all(call, state),
        "renameTable" => vec![format!("ALTER TABLE {} RENAME TO {}", name(call.arg(0))?, name(call.arg(1))?)],
        "addColumn" => add_column(call)?,
        "removeColumn" => remake::remove(call, state)?,
        "changeColumn" => remake::change(call, state)?,
        "renameColumn" => remake::rename(call, state)?,
        "addConstraint" => remake::constrain(call, state)?,
        "addIndex" => add_index(call)?,
        "removeIndex" => index::remove(call)
            .map(|sent| sent.into_iter().map(|sql| sql.replacen("CONCURRENTLY ", "", 1)).collect())?,
        "bulkInsert" | "insert" | "bulkUpdate" | "bulkDelete" | "increment" | "decrement" => rows::rows(method, call)?,
        "createSchema" | "dropSchema" => return Err(Unclear::new("a schema, of which SQLite has one")),
        method if QUESTIONS.contains(&method) => Vec::new(),
        other => return Err(Unclear::new(format!("what `queryInterface.{other}` does on SQLite is not known"))),
    };
    // The tool takes one statement at a time, and what stands behind it is left out by the driver.
    sent.iter().map(|sql| lite::with_values(sql, &[], |_| Err(Unclear::new("a value")))).collect()
}

/// The methods that ask and change nothing.
static QUESTIONS: [&str; 14] = [
    "describeTable",
    "showAllTables",
    "showIndex",
    "tableExists",
    "showConstraint",
    "showConstraints",
    "showAllSchemas",
    "getForeignKeyReferencesForTable",
    "getForeignKeysForTables",
    "assertTableHasColumn",
    "databaseVersion",
    "fetchDatabaseVersion",
    "rawSelect",
    "select",
];

fn others(call: &Call) -> Result<Vec<String>, Unclear> {
    match call.name.as_str() {
        "sequelize.sql" => {
            let sql = query::sql(call)?;
            Ok(vec![lite::with_values(&sql, &[], |_| Err(Unclear::new("a value")))?])
        }
        _ => super::meaning::others(call),
    }
}

/// The name of a table in quotes.
fn name(given: Option<&Value>) -> Result<String, Unclear> {
    Ok(quote(&table(given)?))
}

/// The name of a table. With a schema, that is a part of the name.
fn table(given: Option<&Value>) -> Result<String, Unclear> {
    let table = Table::read(given)?;
    match table.schema {
        Some(schema) => Ok(format!("{schema}.{}", table.name)),
        None => Ok(table.name),
    }
}

/// `quoteIdentifier`: quotes inside are dropped, not doubled.
fn quote(name: &str) -> String {
    format!("`{}`", name.replace('`', ""))
}

/// `createTable(name, attributes, options)`.
fn create(call: &Call) -> Result<Vec<String>, Unclear> {
    let options = call.arg(2);
    if option(options, "schema")?.is_some() {
        return Err(Unclear::new("a schema, of which SQLite has one"));
    }
    let given = match call.arg(1) {
        None | Some(Value::Null) => &[],
        Some(given) => super::reading::fields(given, "the list of columns")?,
    };
    let mut fields: Vec<Field> = Vec::new();
    for (key, value) in given {
        let field =
            Field::given(key, value).map_err(|unclear| Unclear::new(format!("column {key}: {}", unclear.why)))?;
        match fields.iter_mut().find(|known| known.name == field.name) {
            Some(known) => *known = field,
            None => fields.push(field),
        }
    }
    Ok(vec![column::create_table(&table(call.arg(0))?, &fields, &unique_keys(options)?)])
}

/// `uniqueKeys`, of which those count that say that they are an index of their own, as all do that are given by hand.
fn unique_keys(options: Option<&Value>) -> Result<String, Unclear> {
    let Some(unique) = option(options, "uniqueKeys")? else { return Ok(String::new()) };
    let Value::Object(keys) = unique else { return Err(super::reading::unknown("`uniqueKeys`", unique)) };
    let mut sql = String::new();
    for (_, key) in keys {
        let columns =
            list(key.get("fields").ok_or_else(|| fails("a unique key has no fields"))?, "the fields of a key")?;
        let columns = columns.iter().map(|column| text(Some(column), "a field of a key").map(quote));
        sql += &format!(", UNIQUE ({})", columns.collect::<Result<Vec<_>, _>>()?.join(", "));
    }
    Ok(sql)
}

/// `addColumn(table, name, attribute)`.
fn add_column(call: &Call) -> Result<Vec<String>, Unclear> {
    let column = text(call.arg(1), "the column's name")?;
    let field = Field::given(column, call.arg(2).ok_or_else(|| fails("no definition is given"))?)?;
    let sql = format!("ALTER TABLE {} ADD {} {}", name(call.arg(0))?, quote(column), field.sql());
    Ok(vec![column::with_boolean_defaults(&sql)])
}

/// `addIndex`: SQLite knows neither a method nor an operator, and makes an index at once.
fn add_index(call: &Call) -> Result<Vec<String>, Unclear> {
    let options = if matches!(call.arg(1), Some(Value::List(_))) { call.arg(2) } else { call.arg(1) };
    rows::is_plain(call)?;
    for key in ["using", "operator"] {
        if is_set(options, key)? {
            return Err(Unclear::new(format!("an index with `{key}`")));
        }
    }
    let sent = index::add(call)?;
    Ok(sent.into_iter().map(|sql| sql.replacen("INDEX CONCURRENTLY ", "INDEX ", 1)).collect())
}

/// `dropAllTables({ skip })`.
fn drop_all(call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
    if !state.schema().is_certain() {
        return Err(Unclear::new("which tables there are is not known for certain"));
    }
    let skip = match option(call.arg(0), "skip")? {
        Some(skip) => list(skip, "`skip`")?,
        None => &[],
    };
    let tables = state.schema().iter().filter_map(|(id, entry)| match (id, &entry.object) {
        (Id::Relation(key), Object::Table(_)) => Some(&key.name),
        _ => None,
    });
    let kept = |name: &&String| !skip.iter().any(|skip| skip.text() == Some(name));
    let mut sent = vec!["PRAGMA foreign_keys = OFF".to_owned()];
    sent.extend(tables.filter(kept).map(|name| format!("DROP TABLE IF EXISTS {}", quote(name))));
    sent.push("PRAGMA foreign_keys = ON".to_owned());
    Ok(sent)
}

/// The answer to a question; `None` when the state cannot tell.
pub(super) fn answer(call: &Call, state: &State<'_>) -> Option<Value> {
    let schema = state.schema();
    match call.name.strip_prefix("queryInterface.")? {
        "describeTable" => {
            let name = table(call.arg(0)).ok()?;
            match has_table(schema, &name) {
                // The tool says so with an error.
                Some(false) if !is_there(schema, &name) => Some(Value::Null),
                _ => remake::describe(schema, &name),
            }
        }
        "tableExists" => has_table(schema, &table(call.arg(0)).ok()?).map(Value::Bool),
        "showAllTables" if schema.is_certain() => {
            let tables = schema.iter().filter_map(|(id, entry)| match (id, &entry.object) {
                (Id::Relation(key), Object::Table(_)) => Some(Value::Text(key.name.clone())),
                _ => None,
            });
            Some(Value::List(tables.collect()))
        }
        _ => None,
    }
}

/// Whether there is something of that name, in whatever spelling.
fn is_there(schema: &Schema, name: &str) -> bool {
    schema.iter().any(|(id, _)| matches!(id, Id::Relation(key) if key.name.eq_ignore_ascii_case(name)))
}

/// It asks `sqlite_master` for a table of just that name.
fn has_table(schema: &Schema, name: &str) -> Option<bool> {
    let found = schema.iter().find(|(id, _)| matches!(id, Id::Relation(key) if key.name == name));
    match found {
        _ if schema.doubt.is_some() => None,
        Some((_, entry)) if entry.is_unsure() => None,
        Some((_, entry)) => Some(matches!(entry.object, Object::Table(_))),
        None => schema.knows_names().then_some(false),
    }
}
