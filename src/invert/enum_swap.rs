//! An enum that loses values: another type takes its place. A check comes first, which stops the script with a sentence
//! that says what to do when a row still holds a value that goes.

use super::note::Note;
use crate::ir::{Behaviour, Column, Enum, Name, ObjectKind, ObjectRef, Op};
use crate::schema::{Id, Object, Schema};
use crate::sql::postgres::{quote_identifier, quote_name};

/// What an error that such a statement raises starts with.
const REFUSED: &str = "transmigrate: refused";

/// What the type that goes is called meanwhile.
fn swapped_name(from: &Schema, to: &Schema, wanted: &Enum) -> Name {
    let mut name = format!("{}_old", wanted.name.name);
    while from.type_named(&wanted.name.sibling(&name)).is_some() || to.type_named(&wanted.name.sibling(&name)).is_some()
    {
        name.push('_');
    }
    wanted.name.sibling(name)
}

/// Puts the earlier type in the place of the later one, before the columns move over: what to look at before, the
/// operations, and what to know of that.
pub(super) fn begin(from: &Schema, to: &Schema, id: &Id) -> (Option<Op>, Vec<Op>, Option<Note>) {
    let (Some(now), Some(entry)) = (from.get(id), to.get(id)) else { return (None, Vec::new(), None) };
    let (Object::Enum(now), Object::Enum(wanted)) = (&now.object, &entry.object) else {
        return (None, Vec::new(), None);
    };
    let gone: Vec<&String> = now.values.iter().filter(|value| !wanted.values.contains(value)).collect();
    let (check, note) = check(id, &columns_of(from, to, id), &gone);
    let away = Op::Rename {
        object: ObjectRef::new(ObjectKind::Type, wanted.name.clone()),
        to: swapped_name(from, to, wanted).name,
        if_exists: false,
    };
    (check, vec![away, Op::CreateEnum { definition: wanted.clone() }], note)
}

/// What comes before a column moves from one enum to another that has not all of its values; `None` when one of them is
/// no enum.
pub(super) fn before_moving(
    from: &Schema,
    to: &Schema,
    table: &Name,
    now: &Column,
    wanted: &Column,
) -> Option<(Option<Op>, Option<Note>)> {
    let found = |schema: &Schema, column: &Column| {
        let id = schema.type_named(column.data_type.user()?)?;
        match &schema.get(&id)?.object {
            Object::Enum(found) => Some((id, found.values.clone())),
            _ => None,
        }
    };
    let ((_, now_values), (id, values)) = (found(from, now)?, found(to, wanted)?);
    let gone: Vec<&String> = now_values.iter().filter(|value| !values.contains(value)).collect();
    Some(check(&id, &[(table.clone(), now.clone())], &gone))
}

fn check(id: &Id, columns: &[(Name, Column)], gone: &[&String]) -> (Option<Op>, Option<Note>) {
    if gone.is_empty() {
        return (None, None);
    }
    let values: Vec<String> = gone.iter().map(|value| format!("'{value}'")).collect();
    let values = values.join(" or ");
    let note = Note::Held(values, id.to_string());
    (values_are_gone(columns, gone), Some(note))
}

/// The columns that are of a type on either side; those of partitions are looked at with their parents.
fn columns_of(from: &Schema, to: &Schema, id: &Id) -> Vec<(Name, Column)> {
    let is_of = |schema: &Schema, column: &Column| {
        column.data_type.user().and_then(|name| schema.type_named(name)).as_ref() == Some(id)
    };
    let mut columns = Vec::new();
    for user in from.users(id) {
        let (Some(now), Some(wanted)) = (from.table(user), to.table(user)) else { continue };
        if now.table.partition_of.is_some() {
            continue;
        }
        for column in now.table.columns.iter().filter(|column| is_of(from, column)) {
            let stays = wanted.table.columns.iter().any(|other| other.name == column.name && is_of(to, other));
            if stays && column.generated.is_none() {
                columns.push((now.table.name.clone(), column.clone()));
            }
        }
    }
    columns
}

/// Takes the later type away, once no column is of it.
pub(super) fn end(from: &Schema, to: &Schema, id: &Id) -> Vec<Op> {
    let Some(Object::Enum(wanted)) = to.get(id).map(|entry| &entry.object) else { return Vec::new() };
    vec![Op::Drop {
        object: ObjectRef::new(ObjectKind::Type, swapped_name(from, to, wanted)),
        if_exists: false,
        behaviour: Behaviour::Restrict,
        concurrently: false,
    }]
}

/// Stops when a column of an enum still holds a value that is about to go. `None` when there is nothing to look at.
fn values_are_gone(columns: &[(Name, Column)], values: &[&String]) -> Option<Op> {
    let quoted: Vec<String> = values.iter().map(|value| literal(value)).collect();
    let (list, words) = (quoted.join(", "), quoted.join(" or "));
    let mut body = String::new();
    for (table, column) in columns {
        let (table, name) = (quote_name(table), quote_identifier(&column.name));
        // As text: a value that was added in the same transaction cannot be used as one of the type yet.
        let held = match column.data_type.dimensions {
            0 => format!("{name}::text IN ({list})"),
            _ => format!("{name}::text[] && ARRAY[{list}]"),
        };
        let message = format!("{REFUSED}: rows of {table} still hold {words} in {name}; change them first");
        body.push_str(&stop_if(&format!("SELECT 1 FROM {table} WHERE {held}"), &message));
        // Somebody may have set another default since, which would be taken away without a word.
        let (Some(default), false) = (&column.default, values.is_empty()) else { continue };
        let uses = pattern(values);
        if values.iter().all(|value| !default.0.contains(value.as_str())) {
            let query = format!(
                "SELECT 1 FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum\n        \
                 WHERE d.adrelid = {}::regclass AND a.attname = {} AND pg_get_expr(d.adbin, d.adrelid) ~ {uses}",
                literal(&table),
                literal(&column.name)
            );
            let message = format!("{REFUSED}: the default of {name} in {table} is {words}; change it first");
            body.push_str(&stop_if(&query, &message));
        }
    }
    let mut tag = "$check$".to_owned();
    while body.contains(&tag) {
        tag.insert(1, 'x');
    }
    (!columns.is_empty()).then(|| Op::Query { sql: format!("DO {tag}\nBEGIN\n{body}END\n{tag}") })
}

/// Stops with a message when a query finds a row.
fn stop_if(query: &str, message: &str) -> String {
    let message = literal(&message.replace('%', "%%"));
    format!(
        "    IF EXISTS ({query}) THEN\n        RAISE EXCEPTION {message} USING ERRCODE = 'restrict_violation';\n    END IF;\n"
    )
}

/// A regular expression for the values of an enum in an expression, alone or in an array.
fn pattern(values: &[&String]) -> String {
    let escaped = values.iter().map(|value| {
        let plain = |c: char| c.is_alphanumeric() || c == '_' || c == ' ';
        let doubled = value.replace('\'', "''");
        doubled.chars().flat_map(|c| (!plain(c)).then_some('\\').into_iter().chain([c])).collect::<String>()
    });
    let escaped: Vec<String> = escaped.collect();
    literal(&format!("[{{,'\"]({})[}},'\"]", escaped.join("|")))
}

/// A string; an escaped one where a backslash in it might escape.
fn literal(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    if doubled.contains('\\') { format!("E'{}'", doubled.replace('\\', "\\\\")) } else { format!("'{doubled}'") }
}
