//! Whether two states are the same, and how they differ.

use super::canonical::{canonical, without_texts};
use super::{Entry, Id, Object, Schema};
use crate::ir::{Constraint, ConstraintKind, Table};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// One difference between two states, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The object.
    pub id: Id,
    /// What differs, with the names.
    pub message: String,
    /// Whether it differs for certain. Otherwise only texts do, and they may mean the same.
    pub certain: bool,
}

/// How `found_in` differs from `wanted_in`, temporary objects and the order of a table's columns aside: PostgreSQL cannot
/// place a column.
pub fn differences(wanted_in: &Schema, found_in: &Schema) -> Vec<Difference> {
    let mut all = Vec::new();
    for change in wanted_in.changes(found_in) {
        if change.id.is_temporary() {
            continue;
        }
        let mut say = |message: String, certain| all.push(Difference { id: change.id.clone(), message, certain });
        match (change.before, change.after) {
            (Some(_), None) => say(format!("{} is missing", change.id), true),
            (None, Some(_)) => say(format!("{} is left over", change.id), true),
            (Some(wanted), Some(found)) => {
                let (wanted, found) =
                    (Side { schema: wanted_in, entry: wanted }, Side { schema: found_in, entry: found });
                if let Some((message, certain)) = entry_difference(change.id, wanted, found) {
                    say(format!("{}: {message}", change.id), certain);
                }
            }
            (None, None) => {}
        }
    }
    all
}

/// An object in one of the states that are compared.
#[derive(Clone, Copy)]
struct Side<'a> {
    schema: &'a Schema,
    entry: &'a Entry,
}

/// What differs in one object, and whether that is certain: texts may be worded differently and mean the same.
fn entry_difference(id: &Id, wanted: Side<'_>, found: Side<'_>) -> Option<(String, bool)> {
    if wanted.entry == found.entry {
        return None;
    }
    if wanted.entry.object != found.entry.object {
        let [one, other] = [wanted, found].map(|side| canonical(side.schema, id, &side.entry.object));
        if one != other {
            let message = match (&one, &other) {
                (Object::Table(one), Object::Table(other)) => table_difference(&one.table, &other.table),
                (Object::Extension(_), Object::Extension(_)) => "the extension's version or schema differs".to_owned(),
                (Object::View(one), Object::View(other)) => format!("it differs{}", how(&one.view, &other.view)),
                (Object::Index(one), Object::Index(other)) => format!("it differs{}", how(&one.index, &other.index)),
                (Object::Enum(one), Object::Enum(other)) => format!("it differs{}", how(one, other)),
                (Object::Domain(one), Object::Domain(other)) => format!("it differs{}", how(one, other)),
                (Object::Composite(one), Object::Composite(other)) => format!("it differs{}", how(one, other)),
                (Object::Sequence(one), Object::Sequence(other)) => format!("it differs{}", how(one, other)),
                (Object::Policy(one), Object::Policy(other)) => format!("it differs{}", how(one, other)),
                (Object::Trigger(one), Object::Trigger(other)) => {
                    format!("it differs{}", how(&one.trigger, &other.trigger))
                }
                (Object::Routine(one), Object::Routine(other)) => {
                    format!("it differs{}", how(&one.routine, &other.routine))
                }
                _ => "its definition differs".to_owned(),
            };
            return Some((message, without_texts(one) != without_texts(other)));
        }
    }
    let (wanted, found) = (wanted.entry, found.entry);
    let what = if wanted.comment != found.comment || wanted.comments != found.comments {
        "a comment differs"
    } else if wanted.grants != found.grants {
        "its grants differ"
    } else if wanted.owner != found.owner {
        "its owner differs"
    } else {
        return None;
    };
    Some((what.to_owned(), true))
}

fn table_difference(wanted: &Table, found: &Table) -> String {
    for column in &wanted.columns {
        match found.columns.iter().find(|other| other.name == column.name) {
            None => return format!("column {} is missing", column.name),
            Some(other) if other != column => return format!("column {} differs{}", column.name, how(column, other)),
            Some(_) => {}
        }
    }
    for column in &found.columns {
        if !wanted.columns.iter().any(|other| other.name == column.name) {
            return format!("column {} is left over", column.name);
        }
    }
    if let Some(constraint) = wanted.constraints.iter().find(|constraint| !found.constraints.contains(constraint)) {
        let named = |other: &&Constraint| constraint.name.is_some() && other.name == constraint.name;
        return match found.constraints.iter().find(named) {
            None => format!("{} is missing", called(constraint)),
            Some(other) => format!("{} differs{}", called(constraint), how(constraint, other)),
        };
    }
    if let Some(constraint) = found.constraints.iter().find(|constraint| !wanted.constraints.contains(constraint)) {
        return format!("{} is left over", called(constraint));
    }
    format!("its settings differ{}", how(wanted, found))
}

/// A constraint by its name, or by what it is where it has none.
fn called(constraint: &Constraint) -> String {
    let on = |what: &str, columns: &[String]| format!("{what} on {}", columns.join(", "));
    match (&constraint.name, &constraint.kind) {
        (Some(name), _) => format!("constraint {name}"),
        (None, ConstraintKind::PrimaryKey(key)) => on("the primary key", &key.columns),
        (None, ConstraintKind::Unique(key)) => on("a unique key", &key.columns),
        (None, ConstraintKind::ForeignKey(key)) => on("a foreign key", &key.columns),
        (None, ConstraintKind::Check { expr, .. }) => format!("a check of {}", shown(&Value::String(expr.0.clone()))),
        (None, ConstraintKind::Exclusion(_)) => "an exclusion constraint".to_owned(),
    }
}

/// The longest value that is shown, in characters.
const SHOWN: usize = 60;

/// The first thing that differs between two definitions: ` in default: 'a' instead of 'b'`; empty when it cannot be
/// shown.
fn how(wanted: &impl Serialize, found: &impl Serialize) -> String {
    let (Ok(wanted), Ok(found)) = (serde_json::to_value(wanted), serde_json::to_value(found)) else {
        return String::new();
    };
    let mut path = Vec::new();
    let Some((wanted, found)) = first_difference(&wanted, &found, &mut path) else { return String::new() };
    let place = path.last().map(|key| format!(" in {}", key.replace('_', " "))).unwrap_or_default();
    format!("{place}: {} instead of {}", shown(&found), shown(&wanted))
}

fn first_difference(one: &Value, other: &Value, path: &mut Vec<String>) -> Option<(Value, Value)> {
    match (one, other) {
        (one, other) if one == other => None,
        (Value::Object(map), Value::Object(second)) => {
            let keys: BTreeSet<&String> = map.keys().chain(second.keys()).collect();
            let key = keys.into_iter().find(|key| map.get(*key) != second.get(*key))?;
            path.push(key.clone());
            let value = |map: &serde_json::Map<String, Value>| map.get(key).cloned().unwrap_or(Value::Null);
            first_difference(&value(map), &value(second), path)
        }
        (Value::Array(list), Value::Array(second)) if list.len() == second.len() => {
            let (one, other) = list.iter().zip(second).find(|(one, other)| one != other)?;
            first_difference(one, other, path)
        }
        _ => Some((one.clone(), other.clone())),
    }
}

/// A value for people.
fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => return "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let bare = |item: &Value| shown(item).trim_matches('`').to_owned();
            items.iter().map(bare).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = text.chars().take(SHOWN).collect();
    if cut.len() < text.len() { format!("`{cut}…`") } else { format!("`{cut}`") }
}
