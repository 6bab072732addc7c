//! Whether two states are the same, and how they differ.

use super::{Entry, Id, Key, Object, Schema, apply};
use crate::ir::{Name, Table};
use crate::sql::query;

/// One difference between two states, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The object.
    pub id: Id,
    /// What differs, with the names.
    pub message: String,
}

/// How `found_in` differs from `wanted_in`, temporary objects and the order of a table's columns aside: PostgreSQL cannot
/// place a column.
pub fn differences(wanted_in: &Schema, found_in: &Schema) -> Vec<Difference> {
    let mut all = Vec::new();
    for change in wanted_in.changes(found_in) {
        if change.id.is_temporary() {
            continue;
        }
        let mut say = |message: String| all.push(Difference { id: change.id.clone(), message });
        match (change.before, change.after) {
            (Some(_), None) => say(format!("{} is missing", change.id)),
            (None, Some(_)) => say(format!("{} is left over", change.id)),
            (Some(wanted), Some(found)) => {
                if let Some(message) = entry_difference((wanted_in, wanted), (found_in, found)) {
                    say(format!("{}: {message}", change.id));
                }
            }
            (None, None) => {}
        }
    }
    all
}

fn entry_difference((wanted_in, wanted): (&Schema, &Entry), (found_in, found): (&Schema, &Entry)) -> Option<String> {
    if wanted == found {
        return None;
    }
    match (&wanted.object, &found.object) {
        (Object::Table(one), Object::Table(other)) => {
            let (mut one, mut other) = (one.clone(), other.clone());
            settle(wanted_in, &mut one.table);
            settle(found_in, &mut other.table);
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
    if wanted.owner != found.owner {
        return Some("its owner differs".to_owned());
    }
    None
}

/// Sorts what has no order that counts, and writes the defaults that draw from a sequence in one way.
fn settle(schema: &Schema, table: &mut Table) {
    for column in &mut table.columns {
        if let Some(sequence) = column.default.as_ref().and_then(|default| drawn_from(schema, &default.0)) {
            column.default = Some(apply::nextval(&Name::from(&sequence)));
        }
    }
    table.columns.sort_by(|one, other| one.name.cmp(&other.name));
    table.constraints.sort_by(|one, other| one.name.cmp(&other.name));
    table.with.sort();
    for column in &mut table.columns {
        column.options.sort();
    }
}

/// The sequence, of an expression that is nothing but its `nextval`.
fn drawn_from(schema: &Schema, default: &str) -> Option<Key> {
    let head = default.get(..default.find('(')?)?.trim().to_ascii_lowercase();
    let rest = default.get(default.find('(')?..)?.trim_start_matches('(').strip_suffix(')')?;
    let plain = ["nextval", "pg_catalog.nextval"].contains(&head.as_str()) && !rest.contains(['(', '+', '|', ',']);
    let uses = query::expr_uses(default).filter(|_| plain)?;
    match (uses.sequences.first().map(|name| schema.relation(name))??, uses.sequences.len()) {
        (Id::Relation(key), 1) => Some(key),
        _ => None,
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
