//! Row operations (6.37.8: `query-generator.js` `bulkInsertQuery`, `insertQuery`, `updateQuery`, `deleteQuery`). What the
//! tool sends as parameters is spelled where it stands.

use super::condition::{Values, bound, clause, of_delete};
use super::escape::{escape, is_method};
use super::names::{Table, quote};
use super::reading::{fails, fields, is_nothing, is_set, list, option, text, unknown};
use super::types::Type;
use crate::js::{Call, Value};
use crate::tools::script::{Unclear, hole};

/// `bulkInsert(table, records, options, attributes)`.
pub(super) fn bulk_insert(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let records = call.arg(1).ok_or_else(|| fails("no rows are given"))?;
    let (options, attributes) = (call.arg(2), call.arg(3));
    if let (Value::Hole(rows), None) = (records, options.and_then(|options| options.get("updateOnDuplicate"))) {
        // Rows of which neither the number nor the columns are known.
        let conflict = if is_set(options, "ignoreDuplicates")? { " ON CONFLICT DO NOTHING" } else { "" };
        return Ok(vec![format!("INSERT INTO {} SELECT * FROM {}{conflict};", table.quoted(), hole(rows))]);
    }
    let records = list(records, "the list of rows")?;
    if records.is_empty() {
        return Err(fails("there are no rows to insert"));
    }
    let mut columns: Vec<&str> = Vec::new();
    for record in records {
        for (key, _) in fields(record, "a row")? {
            if !columns.contains(&key.as_str()) {
                columns.push(key);
            }
        }
    }
    let mut types = Vec::new();
    for column in &columns {
        types.push(column_type(attributes, column)?);
    }
    let mut tuples = Vec::new();
    for record in records {
        let mut values = Vec::new();
        for (column, of) in columns.iter().zip(&types) {
            // A row that lacks a column gets NULL there, not the default.
            let value = record.get(column).unwrap_or(&Value::Undefined);
            let serial =
                attribute(attributes, column).is_some_and(|a| a.get("autoIncrement") == Some(&Value::Bool(true)));
            values.push(if serial && is_nothing(Some(value)) {
                "DEFAULT".to_owned()
            } else {
                escape(value, of.as_ref())
                    .map_err(|unclear| Unclear::new(format!("column {column}: {}", unclear.why)))?
            });
        }
        tuples.push(format!("({})", values.join(",")));
    }
    let quoted = columns.iter().map(|column| quote(column)).collect::<Vec<_>>().join(",");
    let mut sql = format!("INSERT INTO {} ({quoted}) VALUES {}", table.quoted(), tuples.join(","));
    if let Some(update) = option(options, "updateOnDuplicate")? {
        let keys = option(options, "upsertKeys")?.ok_or_else(|| fails("`updateOnDuplicate` needs `upsertKeys`"))?;
        let condition = clause(options.and_then(|options| options.get("conflictWhere")), Values::Escaped)?;
        let condition = if condition.is_empty() { condition } else { format!(" {condition}") };
        sql += &format!(" ON CONFLICT ({}){condition} DO UPDATE SET {}", names(keys)?, excluded(update)?);
    }
    if is_set(options, "ignoreDuplicates")? {
        sql += " ON CONFLICT DO NOTHING";
    }
    if attributes.is_some()
        && matches!(option(options, "returning")?, Some(returned) if !matches!(returned, Value::List(_)))
    {
        return Err(Unclear::new("`returning` with a map of attributes"));
    }
    sql += &returning(options)?;
    Ok(vec![sql + ";"])
}

/// `insert(instance, table, values, options)`, without an instance.
pub(super) fn insert(call: &Call) -> Result<Vec<String>, Unclear> {
    without_instance(call)?;
    let table = Table::read(call.arg(1))?;
    let values = fields(call.arg(2).ok_or_else(|| fails("no values are given"))?, "the values")?;
    let options = call.arg(3);
    let (mut columns, mut spelled) = (Vec::new(), Vec::new());
    for (key, value) in values {
        columns.push(quote(key));
        spelled.push(parameter(value)?);
    }
    let mut conflict = String::new();
    if let Some(update) = option(options, "updateOnDuplicate")? {
        let keys = option(options, "upsertKeys")?.ok_or_else(|| fails("`updateOnDuplicate` needs `upsertKeys`"))?;
        let condition = clause(options.and_then(|options| options.get("conflictWhere")), Values::Escaped)?;
        let condition = if condition.is_empty() { condition } else { format!(" {condition}") };
        let update = match list(update, "`updateOnDuplicate`")? {
            [] => "DO NOTHING".to_owned(),
            _ => format!("DO UPDATE SET {}", excluded(update)?),
        };
        conflict = format!(" ON CONFLICT ({}){condition} {update}", names(keys)?);
    }
    if is_set(options, "ignoreDuplicates")? {
        conflict += " ON CONFLICT DO NOTHING";
    }
    let returning = returning(options)?;
    Ok(vec![if columns.is_empty() {
        format!("INSERT INTO {}{conflict} DEFAULT VALUES{returning};", table.quoted())
    } else {
        let (columns, spelled) = (columns.join(","), spelled.join(","));
        format!("INSERT INTO {} ({columns}) VALUES ({spelled}){conflict}{returning};", table.quoted())
    }])
}

/// `bulkUpdate(table, values, where, options, attributes)`.
pub(super) fn bulk_update(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let values = fields(call.arg(1).ok_or_else(|| fails("no values are given"))?, "the values")?;
    let (options, attributes) = (call.arg(3), call.arg(4));
    let mut set = Vec::new();
    for (key, value) in values {
        let of = column_type(attributes, key)?;
        let spelled = match of {
            Some(of) if !is_method(value) => escape(value, Some(&of))?,
            _ => parameter(value)?,
        };
        set.push(format!("{}={spelled}", quote(key)));
    }
    if set.is_empty() {
        return Err(fails("there is nothing to update"));
    }
    let condition = clause(call.arg(2), Values::Bound)?;
    let sql = format!("UPDATE {} SET {} {condition}{}", table.quoted(), set.join(","), returning(options)?);
    Ok(vec![sql.trim().to_owned()])
}

/// `bulkDelete(table, where, options)`.
pub(super) fn bulk_delete(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let options = call.arg(2);
    if options.and_then(|options| options.get("truncate")) == Some(&Value::Bool(true)) {
        return Ok(vec![truncate(&table, options)?]);
    }
    if is_set(options, "limit")? {
        return Err(fails("a delete with a limit needs a model"));
    }
    let condition = of_delete(call.arg(1))?;
    let condition = if condition.is_empty() { condition } else { format!(" WHERE {condition}") };
    Ok(vec![format!("DELETE FROM {}{condition}", table.quoted())])
}

fn truncate(table: &Table, options: Option<&Value>) -> Result<String, Unclear> {
    let restart = if is_set(options, "restartIdentity")? { " RESTART IDENTITY" } else { "" };
    let cascade = if is_set(options, "cascade")? { " CASCADE" } else { "" };
    Ok(format!("TRUNCATE {}{restart}{cascade}", table.quoted()))
}

/// `increment(model, table, where, amounts, extra, options)` and `decrement`.
pub(super) fn arithmetic(call: &Call, operator: char) -> Result<Vec<String>, Unclear> {
    without_instance(call)?;
    let table = Table::read(call.arg(1))?;
    let mut set = Vec::new();
    for (key, amount) in fields(call.arg(3).ok_or_else(|| fails("no amounts are given"))?, "the amounts")? {
        let key = quote(key);
        set.push(format!("{key}={key}{operator} {}", escape(amount, None)?));
    }
    if let Some(extra) = call.arg(4).filter(|extra| !is_nothing(Some(extra))) {
        for (key, value) in fields(extra, "the further values")? {
            set.push(format!("{}={}", quote(key), escape(value, None)?));
        }
    }
    let condition = clause(call.arg(2), Values::Escaped)?;
    let condition = if condition.is_empty() { condition } else { format!(" {condition}") };
    let options = call.arg(5);
    let returning = match options.and_then(|options| options.get("returning")) {
        None => " RETURNING *".to_owned(),
        Some(_) => returning(options)?,
    };
    Ok(vec![format!("UPDATE {} SET {}{condition}{returning}", table.quoted(), set.join(","))])
}

fn without_instance(call: &Call) -> Result<(), Unclear> {
    match call.arg(0) {
        None | Some(Value::Null) => Ok(()),
        Some(_) => Err(Unclear::new("a row operation with a model's instance")),
    }
}

/// A value that the tool sends as a parameter, unless it is an expression.
fn parameter(value: &Value) -> Result<String, Unclear> {
    if is_method(value) { escape(value, None) } else { bound(value) }
}

fn returning(options: Option<&Value>) -> Result<String, Unclear> {
    Ok(match option(options, "returning")? {
        None => String::new(),
        Some(Value::List(names)) if !names.is_empty() => {
            let names = names.iter().map(|name| text(Some(name), "a returned column").map(quote));
            format!(" RETURNING {}", names.collect::<Result<Vec<_>, _>>()?.join(","))
        }
        Some(_) => " RETURNING *".into(),
    })
}

fn names(value: &Value) -> Result<String, Unclear> {
    let names = list(value, "a list of columns")?.iter().map(|name| text(Some(name), "a column").map(quote));
    Ok(names.collect::<Result<Vec<_>, _>>()?.join(","))
}

fn excluded(value: &Value) -> Result<String, Unclear> {
    let names = list(value, "`updateOnDuplicate`")?.iter();
    let names = names.map(|name| text(Some(name), "a column").map(|name| format!("{0}=EXCLUDED.{0}", quote(name))));
    Ok(names.collect::<Result<Vec<_>, _>>()?.join(","))
}

/// A column's entry in the map of attributes.
fn attribute<'a>(attributes: Option<&'a Value>, column: &str) -> Option<&'a Value> {
    attributes.and_then(|attributes| attributes.get(column))
}

/// The type that the map of attributes gives a column; a class that was not made an instance of has no say.
fn column_type(attributes: Option<&Value>, column: &str) -> Result<Option<Type>, Unclear> {
    let Some(of) = attribute(attributes, column).and_then(|attribute| attribute.get("type")) else { return Ok(None) };
    match of {
        Value::Made(class, fields) if class == "DataType" => {
            let called = fields.iter().any(|(key, _)| key == "args");
            if called { Type::read(of).map(Some) } else { Ok(None) }
        }
        Value::Text(_) => Ok(None),
        other => Err(unknown("the type of a column", other)),
    }
}
