//! Whether two states are the same, and how they differ.

use super::{Entry, Id, Object, Schema};
use crate::ir::Table;

/// One difference between two states, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The object.
    pub id: Id,
    /// What differs, with the names.
    pub message: String,
}

/// How `found` differs from `wanted`, temporary objects and the order of a table's columns aside: PostgreSQL cannot
/// place a column.
pub fn differences(wanted: &Schema, found: &Schema) -> Vec<Difference> {
    let mut all = Vec::new();
    for change in wanted.changes(found) {
        if change.id.is_temporary() {
            continue;
        }
        let mut say = |message: String| all.push(Difference { id: change.id.clone(), message });
        match (change.before, change.after) {
            (Some(_), None) => say(format!("{} is missing", change.id)),
            (None, Some(_)) => say(format!("{} is left over", change.id)),
            (Some(wanted), Some(found)) => {
                if let Some(message) = entry_difference(wanted, found) {
                    say(format!("{}: {message}", change.id));
                }
            }
            (None, None) => {}
        }
    }
    all
}

fn entry_difference(wanted: &Entry, found: &Entry) -> Option<String> {
    if wanted == found {
        return None;
    }
    match (&wanted.object, &found.object) {
        (Object::Table(one), Object::Table(other)) => {
            let (mut one, mut other) = (one.clone(), other.clone());
            unorder(&mut one.table);
            unorder(&mut other.table);
            if one != other {
                return Some(table_difference(&one.table, &other.table));
            }
        }
        (Object::Domain(one), Object::Domain(other)) => {
            let (mut one, mut other) = (one.clone(), other.clone());
            one.checks.sort_by(|a, b| a.name.cmp(&b.name));
            other.checks.sort_by(|a, b| a.name.cmp(&b.name));
            if one != other {
                return Some("its definition differs".to_owned());
            }
        }
        (Object::Extension(one), Object::Extension(other))
            if one.name == other.name && (one.version != other.version || one.schema != other.schema) =>
        {
            return Some("the extension's version or schema differs".to_owned());
        }
        (Object::Extension(one), Object::Extension(other)) if one.name == other.name => {}
        (one, other) if one != other => return Some("its definition differs".to_owned()),
        _ => {}
    }
    if wanted.comment != found.comment || wanted.comments != found.comments {
        return Some("a comment differs".to_owned());
    }
    if wanted.grants != found.grants {
        return Some("its grants differ".to_owned());
    }
    if wanted.owner != found.owner && wanted.owner.is_some() {
        return Some("its owner differs".to_owned());
    }
    None
}

/// Sorts what has no order that counts.
fn unorder(table: &mut Table) {
    table.columns.sort_by(|one, other| one.name.cmp(&other.name));
    table.constraints.sort_by(|one, other| one.name.cmp(&other.name));
    table.with.sort();
    for column in &mut table.columns {
        column.options.sort();
    }
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
