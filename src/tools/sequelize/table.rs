//! Tables and columns (6.37.8: `query-interface.js`, `dialects/postgres/query-generator.js`).

use super::attribute::{Attribute, Place, create_enum, enum_end, mapped};
use super::escape::quoted;
use super::names::{Table, quote};
use super::reading::{fails, fields, is_set, list, option, text, text_option, unknown};
use crate::ir::ConstraintKind;
use crate::js::{Call, Value};
use crate::schema::{Id, Key};
use crate::tools::script::{State, Unclear};

/// `createTable(name, attributes, options)`.
pub(super) fn create(call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
    let mut table = Table::read(call.arg(0))?;
    let attributes = match call.arg(1) {
        None | Some(Value::Null) => &[],
        Some(given) => fields(given, "the list of columns")?,
    };
    let options = call.arg(2);
    let schema = text_option(options, "schema")?;
    let mut read = Vec::new();
    for (key, value) in attributes {
        let attribute = Attribute::read(value).map_err(|unclear| about(key, unclear))?;
        read.push((attribute.field()?.unwrap_or(key), attribute));
    }
    // The enums' own schema: `extractTableDetails(table, options)` when they are looked up and made.
    let mut home = table.clone();
    home.schema = table.schema.clone().or(schema.map(str::to_owned));
    let mut statements = enums(&home, &read, options, state)?;
    if table.schema.is_none() {
        table.schema = schema.map(str::to_owned);
        table.object |= schema.is_some();
    }
    let (mut columns, mut keys, mut comments) = (Vec::new(), Vec::new(), String::new());
    if let Some(Value::Text(comment)) = option(options, "comment")? {
        comments += &format!("; COMMENT ON TABLE {} IS {}", table.quoted(), quoted(comment));
    } else if let Some(comment) = option(options, "comment")? {
        return Err(unknown("the table's comment", comment));
    }
    let without_keys = is_set(options, "withoutForeignKeyConstraints")?;
    let mut definitions: Vec<(&str, &Attribute<'_>, String)> = Vec::new();
    for (column, attribute) in &read {
        let place = Place { table: &table, column, alone: false, without_keys };
        let sql = attribute.sql(&place).map_err(|unclear| about(column, unclear))?;
        match definitions.iter_mut().find(|(known, ..)| known == column) {
            Some((_, of, known)) => (*of, *known) = (attribute, sql),
            None => definitions.push((column, attribute, sql)),
        }
    }
    for (column, attribute, mut definition) in definitions {
        if let Some(at) = definition.find("COMMENT ") {
            let text = quoted(&definition[at + "COMMENT ".len()..]);
            comments += &format!("; COMMENT ON COLUMN {}.{} IS {text}", table.quoted(), quote(column));
            definition.truncate(at);
        }
        if definition.contains("PRIMARY KEY") {
            keys.push(quote(column));
        }
        let definition = mapped(&table, column, &definition);
        columns.push(format!("{} {}", quote(column), attribute.filled(&definition)));
    }
    let mut body = columns.join(", ");
    body += &unique_keys(options)?;
    if !keys.is_empty() {
        body += &format!(", PRIMARY KEY ({})", keys.join(","));
    }
    statements.push(format!("CREATE TABLE IF NOT EXISTS {} ({body}){comments};", table.quoted()));
    Ok(statements)
}

/// `uniqueKeys`: their names are dropped on PostgreSQL.
fn unique_keys(options: Option<&Value>) -> Result<String, Unclear> {
    let mut sql = String::new();
    let Some(unique) = option(options, "uniqueKeys")? else { return Ok(sql) };
    let all: Vec<&Value> = match unique {
        Value::Object(fields) => fields.iter().map(|(_, key)| key).collect(),
        Value::List(keys) => keys.iter().collect(),
        other => return Err(unknown("`uniqueKeys`", other)),
    };
    for key in all {
        if key.get("customIndex").is_some() && !is_set(Some(key), "customIndex")? {
            continue;
        }
        let columns = key.get("fields").ok_or_else(|| fails("a unique key has no `fields`"))?;
        let columns = list(columns, "the columns of a unique key")?.iter();
        let columns = columns.map(|column| text(Some(column), "the column of a unique key").map(quote));
        sql += &format!(", UNIQUE ({})", columns.collect::<Result<Vec<_>, _>>()?.join(", "));
    }
    Ok(sql)
}

/// `ensureEnums`. The tool looks every enum up but, without a model, only minds what it found for the first: if that
/// type is there, it makes none of them.
fn enums(
    table: &Table,
    columns: &[(&str, Attribute<'_>)],
    options: Option<&Value>,
    state: &State<'_>,
) -> Result<Vec<String>, Unclear> {
    let force = matches!(options.and_then(|options| options.get("force")), Some(Value::Bool(true)));
    let mut statements = Vec::new();
    let mut first = true;
    for (column, attribute) in columns {
        let Some(definition) = attribute.enum_definition() else { continue };
        if first {
            first = false;
            if state.schema().has(&Id::Type(Key::new(table.schema(), table.enum_name(column)))) {
                break;
            }
        }
        let name = table.quoted_enum(column);
        let drop = if force { format!("DROP TYPE IF EXISTS {name}; ") } else { String::new() };
        statements.push(drop + &create_enum(&name, &definition));
    }
    Ok(statements)
}

/// Says of which column a reason speaks.
fn about(column: &str, unclear: Unclear) -> Unclear {
    Unclear::new(format!("column {column}: {}", unclear.why))
}

/// `addColumn(table, name, attribute)`.
pub(super) fn add_column(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let column = text(call.arg(1), "the column's name")?;
    let attribute = Attribute::read(call.arg(2).ok_or_else(|| fails("no definition is given"))?)?;
    let place = Place { table: &table, column, alone: true, without_keys: false };
    let definition = mapped(&table, column, &attribute.sql(&place)?);
    let mut sql = String::new();
    if let Some(values) = attribute.enum_definition() {
        sql += &create_enum(&table.quoted_enum(column), &values);
    }
    sql += &format!("ALTER TABLE {} ADD COLUMN {} {definition};", table.quoted_in_schema(), quote(column));
    Ok(vec![attribute.filled(&sql)])
}

/// `removeColumn(table, name)`.
pub(super) fn remove_column(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let column = text(call.arg(1), "the column's name")?;
    Ok(vec![format!("ALTER TABLE {} DROP COLUMN {};", table.quoted_in_schema(), quote(column))])
}

/// `renameColumn(table, before, after)`: the tool describes the table first, and fails where there is no such column.
pub(super) fn rename_column(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let before = text(call.arg(1), "the column's name")?;
    let after = text(call.arg(2), "the column's new name")?;
    Ok(vec![format!("ALTER TABLE {} RENAME COLUMN {} TO {};", table.quoted(), quote(before), quote(after))])
}

/// `changeColumn(table, name, attribute)`.
pub(super) fn change_column(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let name = text(call.arg(1), "the column's name")?;
    let attribute = Attribute::read(call.arg(2).ok_or_else(|| fails("no definition is given"))?)?;
    let place = Place { table: &table, column: name, alone: true, without_keys: false };
    let given = attribute.sql(&place)?;
    let column = attribute.field()?.unwrap_or(name);
    let values = attribute.enum_definition();
    if values.as_ref().is_some_and(|values| values.contains(crate::ir::HOLE)) {
        return Err(Unclear::new(format!("column {column}: the values of its enum are only known in a real run")));
    }
    if given.replacen(attribute.of.sql(), "", 1).contains(crate::ir::HOLE) {
        return Err(Unclear::new(format!("column {column}: its default is only known in a real run")));
    }
    let alter = |rest: &str| format!("ALTER TABLE {} ALTER COLUMN {rest};", table.quoted());
    let quoted_column = quote(column);
    let mut definition = mapped(&table, column, &given);
    let mut sql = String::new();
    if definition.contains("NOT NULL") {
        sql += &alter(&format!("{quoted_column} SET NOT NULL"));
        definition = definition.replacen("NOT NULL", "", 1).trim().to_owned();
    } else if !definition.contains("REFERENCES") {
        sql += &alter(&format!("{quoted_column} DROP NOT NULL"));
    }
    if definition.contains("DEFAULT") {
        let default = after_default(&definition, "DEFAULT ").ok_or_else(|| fails("the default is empty"))?;
        sql += &alter(&format!("{quoted_column} SET DEFAULT {}", &definition[default]));
        if let Some(rest) = after_default(&definition, "DEFAULT") {
            definition.replace_range(rest.start - "DEFAULT".len()..rest.end, "");
            definition = definition.trim().to_owned();
        }
    } else if !definition.contains("REFERENCES") {
        sql += &alter(&format!("{quoted_column} DROP DEFAULT"));
    }
    if given.starts_with("ENUM(") {
        let end = enum_end(&given).ok_or_else(|| fails("the enum has no values"))?;
        let kind = table.quoted_enum(column);
        sql += &create_enum(&kind, &given[..end]);
        definition += &format!(" USING ({quoted_column}::{kind})");
    }
    if let Some(start) = unique_end(&definition) {
        definition.truncate(start);
        sql += &format!("ALTER TABLE {}  ADD UNIQUE ({quoted_column});", table.quoted());
    }
    match definition.find("REFERENCES") {
        Some(at) => {
            let reference = &definition[at..];
            sql += &format!("ALTER TABLE {}  ADD FOREIGN KEY ({quoted_column}) {reference};", table.quoted());
        }
        None => sql += &alter(&format!("{quoted_column} TYPE {definition}")),
    }
    Ok(vec![attribute.filled(&sql)])
}

/// What follows `word` up to a semicolon, where that is anything.
fn after_default(definition: &str, word: &str) -> Option<std::ops::Range<usize>> {
    let mut from = 0;
    while let Some(found) = definition[from..].find(word) {
        let start = from + found + word.len();
        let end = definition[start..].find(';').map_or(definition.len(), |end| start + end);
        if end > start {
            return Some(start..end);
        }
        from = start;
    }
    None
}

/// Where `/UNIQUE;*$/` matches.
fn unique_end(definition: &str) -> Option<usize> {
    definition.trim_end_matches(';').strip_suffix("UNIQUE").map(str::len)
}

/// `dropTable(name, options)`.
pub(super) fn drop(call: &Call) -> Result<Vec<String>, Unclear> {
    let table = Table::read(call.arg(0))?;
    let cascade = is_set(call.arg(1), "cascade")? || is_set(call.arg(1), "force")?;
    Ok(vec![format!("DROP TABLE IF EXISTS {}{};", table.quoted(), if cascade { " CASCADE" } else { "" })])
}

/// `dropAllTables({ skip })`: the foreign keys of all tables in the default schema, then the tables.
pub(super) fn drop_all(call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
    if !state.schema().is_certain() {
        return Err(Unclear::new("which tables there are is not known for certain"));
    }
    let skip = match option(call.arg(0), "skip")? {
        Some(skip) => list(skip, "`skip`")?,
        None => &[],
    };
    let tables = state.schema().iter().filter_map(|(id, entry)| match id {
        Id::Relation(key) if key.schema == "public" => entry.object.as_table().map(|table| (key, table)),
        _ => None,
    });
    let (mut keys, mut drops) = (Vec::new(), Vec::new());
    for (key, found) in tables {
        let table = quote(&key.name);
        for constraint in &found.table.constraints {
            if let (ConstraintKind::ForeignKey(_), Some(name)) = (&constraint.kind, &constraint.name) {
                keys.push(format!("ALTER TABLE {table} DROP CONSTRAINT {};", quote(name)));
            }
        }
        if !skip.iter().any(|skip| skip.text() == Some(&key.name)) {
            drops.push(format!("DROP TABLE IF EXISTS {table} CASCADE;"));
        }
    }
    keys.extend(drops);
    Ok(keys)
}

/// `renameTable(before, after)`.
pub(super) fn rename(call: &Call) -> Result<Vec<String>, Unclear> {
    let (before, after) = (Table::read(call.arg(0))?, Table::read(call.arg(1))?);
    Ok(vec![format!("ALTER TABLE {} RENAME TO {};", before.quoted(), after.quoted())])
}
