//! Steps as people would say them: names without the schema that bare names mean anyhow, constraints and indexes by the
//! names that the database would give them.

use super::now;
use super::session::localise;
use super::stage::{Between, walk};
use crate::ir::{Constraint, ConstraintKind, Name, Op, Step};
use crate::schema::{Id, Object, Schema};
use serde_json::Value;
use std::mem::discriminant;

/// The same steps, from a state. `default_schema` is the one that bare names mean; `whole`: they are one transaction.
pub fn prepared(steps: &[Step], from: &Schema, default_schema: &str, whole: bool) -> Prepared {
    let mut prepared = Prepared::default();
    let mut reworded = false;
    walk(steps, from, |group, [before, after], states| {
        // What one of them was called, another is not.
        let mut taken = Vec::new();
        prepared.steps.extend(group.iter().map(|own| {
            let mut step = own.clone();
            bare(&mut step.op, before, default_schema);
            now::say(&mut step.op, before);
            if whole {
                localise(&mut step.op);
            }
            reworded |= step.op != own.op;
            name(&mut step.op, before, after, &mut taken);
            step
        }));
        prepared.states.extend(states);
    });
    // Objects are kept as they were said: other words lead to other states. A name that the database gives does not.
    if reworded {
        prepared.states.clear();
    }
    prepared
}

/// Steps as people would say them.
#[derive(Default)]
pub struct Prepared {
    /// The steps.
    pub steps: Vec<Step>,
    /// The states on either side of each; empty where they have to be worked out anew.
    pub states: Vec<Between>,
}

/// Takes away the schema of names that mean the same without it.
fn bare(op: &mut Op, before: &Schema, default_schema: &str) {
    if let Op::Attempt { steps, .. } = op {
        return steps.iter_mut().for_each(|step| bare(&mut step.op, before, default_schema));
    }
    let is_usual = before.search_path().first().is_some_and(|first| first == default_schema);
    let has_steps =
        matches!(op, Op::When { .. } | Op::Call { .. } | Op::Code { .. } | Op::ByRows { .. } | Op::Sql { .. });
    if !is_usual || has_steps {
        return;
    }
    let Ok(mut value) = serde_json::to_value(&*op) else { return };
    if shorten(&mut value, before, default_schema)
        && let Ok(shorter) = serde_json::from_value(value)
    {
        *op = shorter;
    }
}

/// Does so in all names of a value; whether there was one.
fn shorten(value: &mut Value, before: &Schema, default_schema: &str) -> bool {
    match value {
        Value::Object(fields) => {
            let named = |key: &str| fields.get(key).and_then(Value::as_str);
            if let (2, Some(schema), Some(name)) = (fields.len(), named("schema"), named("name")) {
                let is_it = schema == default_schema && means_the_same(before, schema, name);
                if is_it {
                    fields.remove("schema");
                }
                return is_it;
            }
            fields.values_mut().fold(false, |found, value| shorten(value, before, default_schema) | found)
        }
        Value::Array(values) => {
            values.iter_mut().fold(false, |found, value| shorten(value, before, default_schema) | found)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}

fn means_the_same(schema: &Schema, home: &str, name: &str) -> bool {
    let (long, short) = (Name::in_schema(home, name), Name::bare(name));
    schema.relation(&long) == schema.relation(&short)
        && schema.type_named(&long) == schema.type_named(&short)
        && schema.routines(&long) == schema.routines(&short)
}

/// Gives constraints and indexes that have none the names that the database gives them.
fn name(op: &mut Op, before: &Schema, after: &Schema, taken: &mut Vec<String>) {
    match op {
        Op::CreateTable { table, .. } => {
            let Some(id) = after.relation(&table.name).filter(|id| !before.has(id)) else { return };
            let Some(made) = certain_table(after, &id) else { return };
            let mut left: Vec<&Constraint> = made.constraints.iter().collect();
            for constraint in &table.constraints {
                left.retain(|other| constraint.name.is_none() || other.name != constraint.name);
            }
            for constraint in table.constraints.iter_mut().filter(|one| one.name.is_none()) {
                let like = |made: &&&Constraint| discriminant(&made.kind) == discriminant(&constraint.kind);
                let only = left.iter().filter(like).count() == 1;
                let is_it = |made: &&Constraint| is_it(made, constraint) || (only && like(&made));
                if let Some(at) = left.iter().position(is_it) {
                    constraint.name.clone_from(&left.remove(at).name);
                }
            }
        }
        Op::AddConstraint { on, constraint } if constraint.name.is_none() => {
            let Some(id) = after.relation(&on.table) else { return };
            let (Some(made), Some(former)) = (certain_table(after, &id), certain_table(before, &id)) else { return };
            let is_taken = |name: &Option<String>| name.as_ref().is_some_and(|name| taken.contains(name));
            let mut fresh = made.constraints.iter().filter(|one| !former.constraints.contains(one));
            if let Some(found) = fresh.find(|made| is_it(made, constraint) && !is_taken(&made.name)) {
                constraint.name.clone_from(&found.name);
                taken.extend(found.name.clone());
            }
        }
        Op::CreateIndex { index, .. } if index.name.is_none() => {
            let mut fresh = before.changes(after).into_iter().filter(|change| change.before.is_none());
            let table = after.relation(&index.table);
            // Those of a table's partitions come with its own.
            let made = fresh.find_map(|change| match &change.after?.object {
                Object::Index(state) if after.relation(&state.index.table) == table => Some(state.index.name.clone()),
                _ => None,
            });
            if let Some(made) = made {
                index.name = made;
            }
        }
        _ => {}
    }
}

/// A table of which nothing is in doubt.
fn certain_table<'s>(schema: &'s Schema, id: &Id) -> Option<&'s crate::ir::Table> {
    schema.get(id).filter(|entry| entry.doubt.is_none())?;
    schema.table(id).map(|state| &state.table)
}

/// Whether a constraint is another but for its name, and for the column that gives it one.
fn is_it(made: &Constraint, said: &Constraint) -> bool {
    let plain = |constraint: &Constraint| {
        let mut plain = Constraint { name: None, ..constraint.clone() };
        if let ConstraintKind::Check { column, .. } = &mut plain.kind {
            *column = None;
        }
        plain
    };
    plain(made) == Constraint { name: said.name.clone(), ..plain(said) }
}
