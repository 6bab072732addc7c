//! Which key a foreign key rests on. PostgreSQL decides when the foreign key is made: of the indexes that fit it takes the
//! one with the lowest number, which is the oldest. That one cannot go without the foreign key, so it is the oldest among
//! those that are there at any later time. Source: `transformFkeyCheckAttrs` in PostgreSQL's `tablecmds.c` and
//! `RelationGetIndexList` in `relcache.c`, checked against 15.

use super::{Dependant, Entry, Id, Object, Part, Schema, dependants, key_names};
use crate::ir::{Constraint, ConstraintKind, Deferrable, ForeignKey, Index, KeyPart};
use std::collections::BTreeSet;

/// What a foreign key rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// A primary key or unique constraint of a table.
    Constraint(Id, String),
    /// A unique index.
    Index(Id),
}

/// The name under which the age of an index or extension itself is kept.
const ITSELF: &str = "";

/// Gives an age to an extension, and to the indexes of an entry, that have none; a key constraint that was renamed keeps its age.
pub(super) fn settle_ages(entry: &mut Entry, clock: &mut u64) {
    let names: Vec<String> = match &entry.object {
        Object::Index(_) | Object::Extension(_) => vec![ITSELF.to_owned()],
        _ => key_names(entry).into_iter().map(str::to_owned).collect(),
    };
    let gone: Vec<String> = entry.ages.keys().filter(|name| !names.contains(name)).cloned().collect();
    let ages: Vec<u64> = gone.iter().filter_map(|name| entry.ages.remove(name)).collect();
    let came: Vec<String> = names.into_iter().filter(|name| !entry.ages.contains_key(name)).collect();
    for name in &came {
        *clock += 1;
        let renamed = if came.len() == 1 && ages.len() == 1 { ages.first().copied() } else { None };
        entry.ages.insert(name.clone(), renamed.unwrap_or(*clock));
    }
}

/// The keys that a table has when its `CREATE TABLE` is done are older than any other index on it.
pub(super) fn are_oldest(entry: &mut Entry) {
    for age in entry.ages.values_mut() {
        *age = 0;
    }
}

/// Whether an index was there before an extension; of the indexes of a table's constraints that is not told.
pub(super) fn is_older(index: &Entry, extension: &Entry) -> bool {
    let (Some(one), Some(other)) = (index.ages.get(ITSELF), extension.ages.get(ITSELF)) else { return false };
    one < other
}

/// An index became a constraint's.
pub(super) fn becomes_constraint(index: &Entry, table: &mut Entry, constraint: &str) {
    if let Some(age) = index.ages.get(ITSELF) {
        table.ages.insert(constraint.to_owned(), *age);
    }
}

/// The key that a foreign key rests on, as far as replay knows the keys. `own` is the table that is just being put into
/// the state under its identity.
pub(super) fn under(schema: &Schema, own: (&Id, &Entry), foreign: &ForeignKey) -> Option<Key> {
    let id = schema.relation(&foreign.references).or_else(|| {
        let Object::Table(state) = &own.1.object else { return None };
        (state.table.name == foreign.references).then(|| own.0.clone())
    })?;
    let entry = if id == *own.0 { own.1 } else { schema.get(&id)? };
    let state = entry.object.as_table()?;
    let wanted: BTreeSet<&str> = foreign.referenced.iter().map(String::as_str).collect();
    let age = |name: &str| entry.ages.get(name).copied().unwrap_or(u64::MAX);
    let constraint = (state.table.constraints.iter())
        .filter(|constraint| constraint.deferrable == Deferrable::No)
        .filter_map(|constraint| Some((key_columns(constraint)?, constraint.name.as_deref()?)))
        .filter(|(columns, _)| *columns == wanted)
        .map(|(_, name)| (age(name), name))
        .min_by_key(|(age, _)| *age);
    if let Some((0, name)) = constraint {
        return Some(Key::Constraint(id.clone(), name.to_owned()));
    }
    let index = schema
        .indexes(&id)
        .filter(|(_, state)| index_columns(&state.index).is_some_and(|columns| columns == wanted))
        .map(|(index, _)| (schema.get(index).and_then(|entry| entry.ages.get(ITSELF)).copied(), index))
        .min_by_key(|(age, _)| age.unwrap_or(u64::MAX));
    match (constraint, index) {
        (Some((one, name)), Some((other, _))) if one <= other.unwrap_or(u64::MAX) => {
            Some(Key::Constraint(id.clone(), name.to_owned()))
        }
        (Some((_, name)), None) => Some(Key::Constraint(id.clone(), name.to_owned())),
        (_, Some((_, index))) => Some(Key::Index(index.clone())),
        (None, None) => None,
    }
}

/// The foreign keys that rest on the key constraint `name` of `id`.
pub(crate) fn resting_on(schema: &Schema, id: &Id, name: &str) -> Vec<(Id, String)> {
    let wanted = Key::Constraint(id.clone(), name.to_owned());
    let mut found = Vec::new();
    for user in schema.users(id).chain([id]) {
        let Some(entry) = schema.get(user) else { continue };
        let Some(other) = entry.object.as_table() else { continue };
        for constraint in &other.table.constraints {
            if let (ConstraintKind::ForeignKey(key), Some(key_name)) = (&constraint.kind, &constraint.name)
                && schema.relation(&key.references).as_ref() == Some(id)
                && under(schema, (user, entry), key).as_ref() == Some(&wanted)
            {
                found.push((user.clone(), key_name.clone()));
            }
        }
    }
    found
}

/// The foreign keys that rest on the index `id`.
pub(crate) fn resting_on_index(schema: &Schema, id: &Id) -> Vec<(Id, String)> {
    if !matches!(schema.get(id).map(|entry| &entry.object), Some(Object::Index(_))) {
        return Vec::new();
    }
    let foreign = |dependant: Dependant| match dependant.part {
        Part::Constraint(name) => Some((dependant.id, name)),
        _ => None,
    };
    dependants(schema, id, None).into_iter().filter_map(foreign).collect()
}

fn key_columns(constraint: &Constraint) -> Option<BTreeSet<&str>> {
    match &constraint.kind {
        ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => {
            Some(key.columns.iter().map(String::as_str).collect())
        }
        _ => None,
    }
}

/// The columns of an index that a foreign key can rest on.
fn index_columns(index: &Index) -> Option<BTreeSet<&str>> {
    if !index.unique || index.predicate.is_some() {
        return None;
    }
    index
        .keys
        .iter()
        .map(|key| match &key.part {
            KeyPart::Column(column) => Some(column.as_str()),
            KeyPart::Expr(_) => None,
        })
        .collect()
}
