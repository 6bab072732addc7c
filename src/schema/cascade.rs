//! What goes with what: dependants of an object or column, and dropping with everything that goes too.

use super::{Entry, Id, Object, Part, Schema, TableState, family, keys};
use crate::ir::{Name, ObjectKind};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A part of an object that uses another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependant {
    /// The object that uses it.
    pub id: Id,
    /// The part of it that does.
    pub part: Part,
    /// Whether it goes by itself when the other goes, without `CASCADE`.
    pub automatic: bool,
}

/// What uses `id`, or with `column` just that column of it. The object itself is left out.
pub fn dependants(schema: &Schema, id: &Id, column: Option<&str>) -> Vec<Dependant> {
    let mut found = BTreeSet::new();
    for user in schema.users(id) {
        let Some(entry) = schema.get(user) else { continue };
        for used in entry.uses.iter().filter(|used| used.id == *id) {
            if column.is_none() || used.column.as_deref() == column {
                let automatic = goes_by_itself(schema, user, &entry.object, id, column);
                found.insert(Dependant { id: user.clone(), part: used.part.clone(), automatic });
            }
        }
    }
    found.into_iter().collect()
}

/// PostgreSQL's automatic dependencies: indexes, owned sequences, triggers, policies, rules and partitions go with
/// their table; publications lose the table.
fn goes_by_itself(schema: &Schema, user: &Id, object: &Object, on: &Id, column: Option<&str>) -> bool {
    match object {
        Object::Index(_) | Object::Sequence(_) => matches!(on, Id::Relation(_)),
        Object::Publication(_) => column.is_none() && matches!(on, Id::Relation(_) | Id::Schema(_)),
        Object::Trigger(_) | Object::Policy(_) | Object::Defined(_) if user.owner().is_some() => {
            column.is_none() && matches!(on, Id::Relation(key) if user.owner() == Some(key))
        }
        Object::Defined(_) => matches!(on, Id::Relation(_)),
        Object::Defaults { .. } => true,
        Object::Table(state) => {
            column.is_none()
                && state
                    .table
                    .partition_of
                    .as_ref()
                    .is_some_and(|partition| schema.relation(&partition.parent).as_ref() == Some(on))
        }
        _ => false,
    }
}

/// The rules that would stop a drop without `CASCADE`, if what their words name is what they use. Where the drop was not
/// stopped they stay.
pub(super) fn rules_in_the_way(schema: &Schema, id: &Id, column: Option<&str>) -> Vec<(Id, Arc<Entry>)> {
    let rule = |dependant: Dependant| match &dependant.id {
        Id::Defined { kind: ObjectKind::Rule, .. } if !dependant.automatic => {
            schema.get(&dependant.id).cloned().map(|entry| (dependant.id, entry))
        }
        _ => None,
    };
    dependants(schema, id, column).into_iter().filter_map(rule).collect()
}

/// Puts rules in again whose relation is there.
pub(super) fn keep_rules(schema: &mut Schema, rules: Vec<(Id, Arc<Entry>)>) {
    for (id, entry) in rules {
        if id.owner().is_some_and(|on| schema.has(&Id::Relation(on.clone()))) {
            schema.put(id, Arc::unwrap_or_clone(entry));
        }
    }
}

/// Takes `id` out with everything that goes too.
pub(super) fn drop_object(schema: &mut Schema, id: &Id) {
    let Some(entry) = schema.get(id).cloned() else { return };
    let going = dependants(schema, id, None);
    schema.take(id);
    if let Object::Index(state) = &entry.object
        && let (Some(table), Some(name)) = (schema.relation(&state.index.table), &state.index.name)
    {
        let name = name.clone();
        schema.edit(&table, |entry| {
            if let Object::Table(state) = &mut entry.object {
                forget_index(state, &name);
            }
        });
    }
    for dependant in going {
        drop_part(schema, &dependant.id, &dependant.part);
    }
    if let (Object::Table(_) | Object::View(_), Id::Relation(_)) = (&entry.object, id) {
        for attached in schema.attached(id) {
            drop_object(schema, &attached);
        }
    }
}

/// Takes one part of an object out, with everything that goes too.
pub(super) fn drop_part(schema: &mut Schema, id: &Id, part: &Part) {
    let Some(entry) = schema.get(id) else { return };
    match (&entry.object, part) {
        (Object::Table(_), Part::Column(column)) => drop_column(schema, id, &column.clone()),
        (Object::Table(_), Part::Constraint(name)) => drop_constraint(schema, id, &name.clone()),
        (Object::Table(_), Part::Default(column)) => {
            let column = column.clone();
            schema.edit(id, |entry| {
                if let Object::Table(state) = &mut entry.object
                    && let Some(found) = state.table.columns.iter_mut().find(|found| found.name == column)
                {
                    found.default = None;
                }
            });
        }
        (Object::View(_), Part::Default(column)) => {
            let column = column.clone();
            schema.edit(id, |entry| {
                if let Object::View(state) = &mut entry.object {
                    state.defaults.remove(&column);
                }
            });
        }
        (Object::Domain(_), Part::Constraint(name)) => {
            let name = name.clone();
            schema.edit(id, |entry| {
                if let Object::Domain(domain) = &mut entry.object {
                    domain.checks.retain(|check| check.name.as_deref() != Some(&name));
                }
            });
        }
        (Object::Composite(_), Part::Column(column)) => {
            let column = column.clone();
            schema.edit(id, |entry| {
                if let Object::Composite(composite) = &mut entry.object {
                    composite.attributes.retain(|attribute| attribute.name != column);
                }
            });
        }
        (Object::Publication(_), Part::Constraint(table)) => {
            let table = table.clone();
            schema.edit(id, |entry| {
                if let Object::Publication(publication) = &mut entry.object {
                    publication.tables.retain(|member| member.table.to_string() != table);
                }
            });
        }
        (Object::Publication(_), Part::Default(home)) => {
            let home = home.clone();
            schema.edit(id, |entry| {
                if let Object::Publication(publication) = &mut entry.object {
                    publication.schemas.retain(|name| *name != home);
                }
            });
        }
        _ => drop_object(schema, &id.clone()),
    }
}

/// Takes a column out of a table, with the constraints, indexes and sequences on it and all other dependants.
pub(super) fn drop_column(schema: &mut Schema, id: &Id, column: &str) {
    let Some(state) = schema.table(id) else { return };
    let own: Vec<Part> = match schema.get(id) {
        Some(entry) => entry
            .uses
            .iter()
            .filter(|used| used.id == *id && used.column.as_deref() == Some(column))
            .map(|used| used.part.clone())
            .collect(),
        None => return,
    };
    if !state.table.columns.iter().any(|found| found.name == column) {
        return;
    }
    let going = dependants(schema, id, Some(column));
    schema.edit(id, |entry| {
        if let Object::Table(state) = &mut entry.object {
            state.table.columns.retain(|found| found.name != column);
            state.inherited.remove(&Part::Column(column.to_owned()));
        }
        entry.comments.remove(&Part::Column(column.to_owned()));
        entry.grants.retain(|key, _| key.column != column);
    });
    for part in own {
        if part != Part::Column(column.to_owned()) && part != Part::Whole {
            drop_part(schema, id, &part);
        }
    }
    for dependant in going {
        drop_part(schema, &dependant.id, &dependant.part);
    }
    for child in children(schema, id) {
        if family::goes_along(schema, &child, &Part::Column(column.to_owned())) {
            drop_column(schema, &child, column);
        }
    }
}

/// Takes a constraint out of a table, with the foreign keys that rest on it.
pub(super) fn drop_constraint(schema: &mut Schema, id: &Id, name: &str) {
    let resting = keys::resting_on(schema, id, name);
    let constraint = schema
        .table(id)
        .and_then(|state| state.table.constraints.iter().find(|found| found.name.as_deref() == Some(name)).cloned());
    let below: Vec<(Id, String)> = match &constraint {
        Some(constraint) => children(schema, id)
            .into_iter()
            .filter_map(|child| family::share_of(schema, &child, constraint).map(|share| (child, share)))
            .collect(),
        None => Vec::new(),
    };
    schema.edit(id, |entry| {
        if let Object::Table(state) = &mut entry.object {
            state.table.constraints.retain(|found| found.name.as_deref() != Some(name));
            state.inherited.remove(&Part::Constraint(name.to_owned()));
            forget_index(state, name);
        }
        entry.comments.remove(&Part::Constraint(name.to_owned()));
        // And the one on its index.
        entry.comments.remove(&Part::Default(name.to_owned()));
    });
    for (child, share) in below {
        if family::goes_along(schema, &child, &Part::Constraint(share.clone())) {
            drop_constraint(schema, &child, &share);
        }
    }
    for (table, key) in resting {
        drop_constraint(schema, &table, &key);
    }
}

/// An index of the table is gone: it is not clustered on it any more, and has no rows' identity by it.
fn forget_index(state: &mut TableState, name: &str) {
    if let Some((_, index)) = &mut state.replica_identity
        && index.as_deref() == Some(name)
    {
        *index = None;
    }
    if state.cluster_on.as_deref() == Some(name) {
        state.cluster_on = None;
    }
}

/// The partitions and inheriting tables of a table that hold columns of their own.
pub(crate) fn children(schema: &Schema, id: &Id) -> Vec<Id> {
    let is_parent = |name: &Name| schema.relation(name).as_ref() == Some(id);
    schema
        .users(id)
        .filter(|user| {
            schema.table(user).is_some_and(|state| {
                state.table.partition_of.as_ref().is_some_and(|partition| is_parent(&partition.parent))
                    || state.table.inherits.iter().any(is_parent)
            })
        })
        // In a circle, which only an impossible history has, nothing is below anything.
        .filter(|child| *child != id && !family::ancestors(schema, id).contains(*child))
        .cloned()
        .collect()
}
