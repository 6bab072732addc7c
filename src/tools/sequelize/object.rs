//! Schemas, databases, enums, functions and triggers (6.37.8: `dialects/postgres/query-generator.js`).

use super::escape::quoted;
use super::names::{Table, quote};
use super::reading::{fails, is_nothing, is_set, list, option, text, text_option, unknown};
use crate::js::{Call, Piece, Value};
use crate::tools::script::{Unclear, in_body};

/// `createSchema(name)`.
pub(super) fn create_schema(call: &Call) -> Result<Vec<String>, Unclear> {
    // With `IF NOT EXISTS` from server version 9.2 on, which the tool has asked for by then.
    Ok(vec![format!("CREATE SCHEMA IF NOT EXISTS {};", quote(text(call.arg(0), "the schema's name")?))])
}

/// `dropSchema(name)`.
pub(super) fn drop_schema(call: &Call) -> Result<Vec<String>, Unclear> {
    Ok(vec![format!("DROP SCHEMA IF EXISTS {} CASCADE;", quote(text(call.arg(0), "the schema's name")?))])
}

/// `dropEnum(name)`.
pub(super) fn drop_enum(call: &Call) -> Result<Vec<String>, Unclear> {
    let name = text(call.arg(0), "the enum's name")?.replace('\'', "");
    Ok(vec![format!("DROP TYPE IF EXISTS {}; ", quote(&name))])
}

/// `createFunction(name, params, returns, language, body, options, { force, variables })`.
pub(super) fn create_function(call: &Call) -> Result<Vec<String>, Unclear> {
    let name = text(call.arg(0), "the function's name")?;
    let params = parameters(call.arg(1))?;
    let returns = text(call.arg(2), "what the function returns")?;
    let language = text(call.arg(3), "the function's language")?;
    let body = match call.arg(4) {
        Some(Value::Mixed(pieces)) => pieces.iter().map(body_piece).collect(),
        given => text(given, "the function's body")?.to_owned(),
    };
    if [name, returns, language, &body].contains(&"") {
        return Err(fails("`createFunction` lacks a name, a type, a language or a body"));
    }
    let options = call.arg(6);
    let mut variables = Vec::new();
    if let Some(given) = option(options, "variables")? {
        for variable in list(given, "the function's variables")? {
            let name = text(variable.get("name"), "a variable's name")?;
            let of = text(variable.get("type"), "a variable's type")?;
            let default = match option(Some(variable), "default")? {
                Some(default) => format!(" := {}", super::reading::printed(default, "a variable's default")?),
                None => String::new(),
            };
            variables.push(format!("DECLARE {name} {of}{default};"));
        }
    }
    let start = if is_set(options, "force")? { "CREATE OR REPLACE FUNCTION" } else { "CREATE FUNCTION" };
    let (variables, expanded) = (variables.join(" "), expanded(call.arg(5))?);
    Ok(vec![format!(
        "{start} {name}({params}) RETURNS {returns} AS $func$ {variables} BEGIN {body} END; $func$ language '{language}'{expanded};"
    )])
}

fn body_piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(text) => text.clone(),
        Piece::Hole(hole) => in_body(hole),
    }
}

/// `dropFunction(name, params)`.
pub(super) fn drop_function(call: &Call) -> Result<Vec<String>, Unclear> {
    let name = text(call.arg(0), "the function's name")?;
    Ok(vec![format!("DROP FUNCTION {name}({}) RESTRICT;", parameters(call.arg(1))?)])
}

/// `renameFunction(before, params, after)`.
pub(super) fn rename_function(call: &Call) -> Result<Vec<String>, Unclear> {
    let before = text(call.arg(0), "the function's name")?;
    let after = text(call.arg(2), "the function's new name")?;
    Ok(vec![format!("ALTER FUNCTION {before}({}) RENAME TO {after};", parameters(call.arg(1))?)])
}

/// `createTrigger(table, name, timing, events, function, params, options)`.
pub(super) fn create_trigger(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let name = text(call.arg(1), "the trigger's name")?;
    let (constraint, timing) = match text(call.arg(2), "the trigger's timing")? {
        "after" => ("", "AFTER"),
        "before" => ("", "BEFORE"),
        "instead_of" => ("", "INSTEAD OF"),
        "after_constraint" => ("CONSTRAINT ", "AFTER"),
        other => return Err(fails(format_args!("'{other}' is no timing of a trigger"))),
    };
    let given = call.arg(3).ok_or_else(|| fails("the trigger names no event"))?;
    let events: Vec<&Value> = match given {
        Value::List(events) => events.iter().collect(),
        Value::Object(fields) => fields.iter().map(|(_, event)| event).collect(),
        other => return Err(unknown("the trigger's events", other)),
    };
    let mut words = Vec::new();
    for event in events {
        words.push(match text(Some(event), "the trigger's event")? {
            "insert" => "INSERT",
            "update" => "UPDATE",
            "delete" => "DELETE",
            "truncate" => "TRUNCATE",
            other => return Err(fails(format_args!("'{other}' is no event of a trigger"))),
        });
    }
    if words.is_empty() {
        return Err(fails("the trigger names no event"));
    }
    let function = text(call.arg(4), "the trigger's function")?;
    let (params, expanded) = (parameters(call.arg(5))?, expanded(call.arg(6))?);
    let expanded = if expanded.is_empty() { expanded } else { format!(" {expanded}") };
    Ok(vec![format!(
        "CREATE {constraint}TRIGGER {} {timing} {} ON {}{expanded} EXECUTE PROCEDURE {function}({params});",
        quote(name),
        words.join(" OR "),
        table.quoted()
    )])
}

/// `dropTrigger(table, name)`.
pub(super) fn drop_trigger(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let name = text(call.arg(1), "the trigger's name")?;
    Ok(vec![format!("DROP TRIGGER {} ON {} RESTRICT;", quote(name), table.quoted())])
}

/// `renameTrigger(table, before, after)`.
pub(super) fn rename_trigger(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let before = text(call.arg(1), "the trigger's name")?;
    let after = text(call.arg(2), "the trigger's new name")?;
    Ok(vec![format!("ALTER TRIGGER {} ON {} RENAME TO {};", quote(before), table.quoted(), quote(after))])
}

/// `createDatabase(name, options)`.
pub(super) fn create_database(call: &Call) -> Result<Vec<String>, Unclear> {
    let mut sql = format!("CREATE DATABASE {}", quote(text(call.arg(0), "the database's name")?));
    for (name, words) in
        [("encoding", "ENCODING"), ("collate", "LC_COLLATE"), ("ctype", "LC_CTYPE"), ("template", "TEMPLATE")]
    {
        if let Some(value) = text_option(call.arg(1), name)? {
            sql += &format!(" {words} = {}", quoted(value));
        }
    }
    Ok(vec![sql + ";"])
}

/// `dropDatabase(name)`.
pub(super) fn drop_database(call: &Call) -> Result<Vec<String>, Unclear> {
    Ok(vec![format!("DROP DATABASE IF EXISTS {};", quote(text(call.arg(0), "the database's name")?))])
}

/// `_expandFunctionParamList`.
fn parameters(value: Option<&Value>) -> Result<String, Unclear> {
    let value = value.filter(|value| !is_nothing(Some(value)));
    let params = list(value.ok_or_else(|| fails("the list of parameters is missing"))?, "the list of parameters")?;
    let mut all = Vec::new();
    for param in params {
        let of = option(Some(param), "type")?.ok_or_else(|| fails("a parameter has no type"))?;
        let mut parts = Vec::new();
        for name in ["direction", "name"] {
            parts.extend(text_option(Some(param), name)?);
        }
        parts.push(text(Some(of), "a parameter's type")?);
        all.push(parts.join(" "));
    }
    Ok(all.join(", "))
}

/// `expandOptions`.
fn expanded(value: Option<&Value>) -> Result<String, Unclear> {
    match value.filter(|value| !is_nothing(Some(value))) {
        None => Ok(String::new()),
        Some(Value::Object(fields)) if fields.is_empty() => Ok(String::new()),
        Some(value) => {
            let words = list(value, "the options")?.iter();
            Ok(words.map(|word| text(Some(word), "an option")).collect::<Result<Vec<_>, _>>()?.join(" "))
        }
    }
}
