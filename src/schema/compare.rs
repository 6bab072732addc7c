//! Whether two states are the same, and how they differ.

use super::canonical::{canonical, without_texts};
use super::{Entry, Id, Object, Schema};
use crate::ir::Table;

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
            Some(other) if other != column => return format!("column {} differs", column.name),
            Some(_) => {}
        }
    }
    for column in &found.columns {
        if !wanted.columns.iter().any(|other| other.name == column.name) {
            return format!("column {} is left over", column.name);
        }
    }
    for constraint in &wanted.constraints {
        let name = constraint.name.as_deref().unwrap_or_default();
        match found.constraints.iter().find(|other| other.name == constraint.name) {
            None => return format!("constraint {name} is missing"),
            Some(other) if other != constraint => return format!("constraint {name} differs"),
            Some(_) => {}
        }
    }
    for constraint in &found.constraints {
        if !wanted.constraints.iter().any(|other| other.name == constraint.name) {
            return format!("constraint {} is left over", constraint.name.as_deref().unwrap_or_default());
        }
    }
    "its settings differ".to_owned()
}
