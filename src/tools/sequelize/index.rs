//! Indexes and constraints (6.37.8: `query-generator.js` `addIndexQuery`, `getConstraintSnippet`).

use super::attribute::deferrable;
use super::condition::{Values, clause, items};
use super::escape::{is_method, method};
use super::names::{Table, quote, quote_path, underscore};
use super::reading::{fails, is_set, list, option, printed, text, text_option, unknown};
use crate::js::{Call, Value};
use crate::tools::script::Unclear;

/// `addIndex(table, fields, options)`, `addIndex(table, { fields, … })`.
pub(super) fn add(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let (fields, options) = match call.arg(1) {
        Some(fields @ Value::List(_)) => (Some(fields), call.arg(2)),
        options => (options.and_then(|options| options.get("fields")), options),
    };
    let fields = list(fields.ok_or_else(|| fails("the index has no fields"))?, "the fields of an index")?;
    let operator = text_option(options, "operator")?;
    let parts = fields.iter().map(|field| part(field, operator)).collect::<Result<Vec<_>, _>>()?;
    let name = match options.and_then(|options| options.get("name")) {
        Some(name) if name.truth() != Some(false) => text(Some(name), "the index's name")?.to_owned(),
        Some(_) => return Err(fails("the index's name is empty")),
        None => {
            let mut names = Vec::new();
            for field in fields {
                names.push(named(field)?);
            }
            underscore(&format!("{}_{}", index_prefix(&table, options)?, names.join("_")))
        }
    };
    let kind = text_option(options, "type")?;
    let unique = is_set(options, "unique")? || kind.is_some_and(|kind| kind.eq_ignore_ascii_case("unique"));
    let mut sql = String::from("CREATE");
    if unique {
        sql += " UNIQUE";
    }
    sql += " INDEX";
    if is_set(options, "concurrently")? {
        sql += " CONCURRENTLY";
    }
    sql += &format!(" {} ON {}", quote_path(&name), table.quoted_path());
    if let Some(method) = text_option(options, "using")? {
        sql += &format!(" USING {method}");
    }
    sql += &format!(" ({})", parts.join(", "));
    if let Some(condition) = option(options, "where")? {
        let condition = clause(Some(condition), Values::Escaped)?;
        if !condition.is_empty() {
            sql += &format!(" {condition}");
        }
    }
    Ok(vec![sql])
}

/// What an index's name starts with: the option, or the table. A fourth argument of `addIndex` never gets there.
fn index_prefix(table: &Table, options: Option<&Value>) -> Result<String, Unclear> {
    let given = option(options, "prefix")?;
    Ok(match given {
        Some(Value::Text(text)) => text.replace('.', "_").replace(['"', '\''], ""),
        Some(Value::Object(_)) => match given.and_then(|given| given.get("tableName")) {
            Some(name) => text(Some(name), "the table's name")?.to_owned(),
            None => "[object Object]".into(),
        },
        Some(other) => return Err(unknown("the index's name", other)),
        None if table.object => table.name.clone(),
        None => table.name.replace('.', "_").replace(['"', '\''], ""),
    })
}

/// A field in an index's name; an expression has none.
fn named(field: &Value) -> Result<String, Unclear> {
    match field {
        Value::Text(name) => Ok(name.clone()),
        // `attribute` was copied to `name` before the name is made.
        Value::Object(_) => match option(Some(field), "attribute")?.or(option(Some(field), "name")?) {
            Some(name) => printed(name, "the field's name"),
            None => Ok(String::new()),
        },
        _ => Ok(String::new()),
    }
}

fn part(field: &Value, operator: Option<&str>) -> Result<String, Unclear> {
    if is_method(field) {
        return method(field);
    }
    let own = match field {
        Value::Text(name) => {
            return Ok(operator.map_or_else(|| quote(name), |operator| format!("{} {operator}", quote(name))));
        }
        Value::Object(_) => field,
        other => return Err(unknown("the field of an index", other)),
    };
    let name = option(Some(own), "attribute")?.or(option(Some(own), "name")?);
    let mut sql = quote(text(Some(name.ok_or_else(|| fails("the index field has no name"))?), "the field's name")?);
    if let Some(collation) = text_option(Some(own), "collate")? {
        sql += &format!(" COLLATE {}", quote(collation));
    }
    if let Some(operator) = text_option(Some(own), "operator")?.or(operator) {
        sql += &format!(" {operator}");
    }
    if let Some(order) = text_option(Some(own), "order")? {
        sql += &format!(" {order}");
    }
    Ok(sql)
}

/// `removeIndex(table, name or fields, options)`.
pub(super) fn remove(call: &Call) -> Result<Vec<String>, Unclear> {
    let name = match call.arg(1).ok_or_else(|| fails("no index is named"))? {
        Value::Text(name) => name.clone(),
        Value::List(fields) => {
            let table = Table::read(call.arg(0))?;
            let fields = fields.iter().map(|field| printed(field, "the field of an index"));
            underscore(&format!("{}_{}", table.in_string(), fields.collect::<Result<Vec<_>, _>>()?.join("_")))
        }
        Value::Object(_) => {
            return Err(fails("an index is removed by its name or a list of its fields, not by an object"));
        }
        other => return Err(unknown("the index's name", other)),
    };
    let concurrently = if is_set(call.arg(2), "concurrently")? { "CONCURRENTLY " } else { "" };
    Ok(vec![format!("DROP INDEX {concurrently}IF EXISTS {}", quote_path(&name))])
}

/// `addConstraint(table, options)`; `addConstraint(table, fields, options)` is what version 5 took.
pub(super) fn add_constraint(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let quoted_table = table.quoted_path();
    let (fields, options) = match call.arg(1) {
        Some(fields @ Value::List(_)) => (Some(fields), call.arg(2)),
        options => (options.and_then(|options| options.get("fields")), options),
    };
    let fields = list(fields.ok_or_else(|| fails("the constraint has no fields"))?, "the fields of a constraint")?;
    let options = options.ok_or_else(|| fails("the constraint has no type"))?;
    let columns = fields.iter().map(constrained).collect::<Result<Vec<_>, _>>()?;
    let (listed, joined) = (columns.join(", "), columns.join("_"));
    let kind = text_option(Some(options), "type")?.ok_or_else(|| fails("the constraint has no type"))?.to_uppercase();
    let given = text_option(Some(options), "name")?;
    let name = |suffix: &str| quote(&given.map_or_else(|| format!("{quoted_table}_{joined}_{suffix}"), str::to_owned));
    let mut sql = match kind.as_str() {
        "UNIQUE" => format!("CONSTRAINT {} UNIQUE ({listed})", name("uk")),
        "PRIMARY KEY" => format!("CONSTRAINT {} PRIMARY KEY ({listed})", name("pk")),
        "CHECK" => {
            let condition = items(options.get("where"), Values::Escaped, " AND ")?;
            format!("CONSTRAINT {} CHECK ({condition})", name("ck"))
        }
        "FOREIGN KEY" => foreign_key(options, &listed, name)?,
        "DEFAULT" => return Err(fails("default constraints are for SQL Server only")),
        other => return Err(fails(format_args!("{other} is no type of constraint"))),
    };
    if kind != "CHECK"
        && let Some(when) = option(Some(options), "deferrable")?
    {
        sql += &format!(" {}", deferrable(when)?);
    }
    Ok(vec![format!("ALTER TABLE {quoted_table} ADD {sql};")])
}

fn foreign_key(options: &Value, columns: &str, name: impl Fn(&str) -> String) -> Result<String, Unclear> {
    let missing = || fails("`references` with `table` and `field` has to be given");
    let references = option(Some(options), "references")?.ok_or_else(missing)?;
    let table = Table::read(references.get("table").ok_or_else(missing).map(Some)?)?;
    let keys = match (references.get("field"), references.get("fields")) {
        (Some(key), _) => quote(text(Some(key), "the referenced column")?),
        (None, Some(keys)) => {
            let keys = list(keys, "the referenced columns")?.iter();
            let keys = keys.map(|key| text(Some(key), "the referenced column").map(quote));
            keys.collect::<Result<Vec<_>, _>>()?.join(", ")
        }
        (None, None) => return Err(missing()),
    };
    let own = name(&format!("{}_fk", table.in_string()));
    let mut sql = format!("CONSTRAINT {own} FOREIGN KEY ({columns}) REFERENCES {} ({keys})", table.quoted());
    for (option, words) in [("onUpdate", "ON UPDATE"), ("onDelete", "ON DELETE")] {
        if let Some(action) = text_option(Some(options), option)? {
            sql += &format!(" {words} {}", action.to_uppercase());
        }
    }
    Ok(sql)
}

fn constrained(field: &Value) -> Result<String, Unclear> {
    match field {
        Value::Text(name) => Ok(quote(name)),
        made if is_method(made) => method(made),
        Value::Object(_) => {
            let name = option(Some(field), "attribute")?.or(option(Some(field), "name")?);
            Ok(quote(text(Some(name.ok_or_else(|| fails("the field has no name"))?), "the field's name")?))
        }
        other => Err(unknown("the field of a constraint", other)),
    }
}

/// `removeConstraint(table, name)`.
pub(super) fn remove_constraint(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let name = text(call.arg(1), "the constraint's name")?;
    Ok(vec![format!("ALTER TABLE {} DROP CONSTRAINT {}", table.quoted_path(), quote_path(name))])
}
