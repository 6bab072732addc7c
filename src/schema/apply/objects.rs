//! Indexes, views, sequences, routines, triggers, policies, extensions, and the rarer kinds.

use super::{Doing, Existing, facets, table};
use crate::ir::{Definition, Index, Name, ObjectRef, Policy, Routine, RoutineKind, SequenceChange, Trigger, View};
use crate::schema::{
    DefinedState, Id, IndexState, Inherited, Key, Object, Part, RoutineState, Schema, TriggerState, ViewState, derive,
    family, routine, signature,
};

pub(super) fn create_index(doing: &mut Doing<'_>, written: &Index, if_not_exists: bool) {
    let Some(table) = doing.relation(&written.table, false) else { return };
    let Id::Relation(table_key) = &table else { return };
    let mut index = written.clone();
    let name = match &index.name {
        Some(name) => name.clone(),
        None => derive::index_name(doing.schema, table_key, &index),
    };
    index.name = Some(name.clone());
    let id = Id::Relation(Key::new(&table_key.schema, name));
    // What ON ONLY leaves out shows in the partitions' indexes.
    index.only = false;
    let object = Object::Index(IndexState { index: index.clone(), attached_to: None });
    if doing.create(id.clone(), object, Existing::or_kept(if_not_exists)) && !written.only {
        family::index_to_partitions(doing.schema, &table, &id, &index);
    }
}

pub(super) fn alter_index(doing: &mut Doing<'_>, name: &Name, set: &[(String, String)], if_exists: bool) {
    let Some(id) = doing.relation(name, if_exists) else { return };
    doing.schema.edit(&id, |entry| {
        if let Object::Index(state) = &mut entry.object {
            for (name, value) in set {
                if value.is_empty() {
                    state.index.with.retain(|(found, _)| found != name);
                } else {
                    table::set_option(&mut state.index.with, name, value);
                }
            }
        }
    });
}

pub(super) fn attach_index(doing: &mut Doing<'_>, name: &Name, child: &Name) {
    // The index of a key is attached under the key's name.
    let key = |doing: &Doing<'_>, name: &Name| {
        let object = ObjectRef::new(crate::ir::ObjectKind::Index, name.clone());
        match facets::target(doing.schema, &object) {
            Some((id, Part::Constraint(key))) => Some((id, key)),
            _ => None,
        }
    };
    match (key(doing, name), key(doing, child)) {
        (None, None) => {}
        (Some(_), Some((table, key))) => {
            table::edit(doing, &table, |state| {
                state.inherited.insert(Part::Constraint(key), Inherited::Only);
            });
            return;
        }
        (Some((id, _)), None) | (None, Some((id, _))) => {
            let why = format!("an index was attached to {name} that is not of its kind");
            crate::schema::doubt::mark(doing.schema, &id, &why.into());
            return;
        }
    }
    let (Some(parent), Some(child)) = (doing.relation(name, false), doing.relation(child, false)) else { return };
    let Some(parent) = family::index_name(doing.schema, &parent) else { return };
    doing.schema.edit(&child, |entry| {
        if let Object::Index(state) = &mut entry.object {
            state.attached_to = Some(parent);
        }
    });
}

pub(super) fn create_view(doing: &mut Doing<'_>, view: &View, or_replace: bool, if_not_exists: bool) {
    let id = Id::Relation(doing.home_of(&view.name, view.temporary));
    let columns = if view.columns.is_empty() {
        doing.schema.readings.columns(doing.schema, &view.query)
    } else {
        Some(view.columns.clone())
    };
    if let Some(entry) = doing.schema.get(&id)
        && or_replace
        && !matches!(&entry.object, Object::View(found) if !found.view.materialized)
    {
        doing.conflict(format!("{id} is not a view"));
        return;
    }
    let defaults = match doing.schema.get(&id).map(|entry| &entry.object) {
        Some(Object::View(found)) if or_replace => found.defaults.clone(),
        _ => Default::default(),
    };
    let object = Object::View(ViewState { view: view.clone(), columns, defaults });
    let existing = if or_replace { Existing::Replaced } else { Existing::or_kept(if_not_exists) };
    if or_replace && doing.schema.has(&id) {
        crate::schema::rename::freeze_stars(doing.schema, &id);
    }
    if doing.create(id.clone(), object, existing) && or_replace {
        // The users of the view may see other columns now.
        let users: Vec<Id> = doing.schema.users(&id).cloned().collect();
        for user in users {
            doing.schema.refresh(&user);
        }
    }
}

/// A refresh fills a materialized view, or empties it.
pub(super) fn refresh_view(doing: &mut Doing<'_>, name: &Name, with_no_data: bool) {
    let Some(id) = doing.relation(name, false) else { return };
    let changes = matches!(
        doing.schema.get(&id).map(|entry| &entry.object),
        Some(Object::View(state)) if state.view.materialized && state.view.with_no_data != with_no_data
    );
    if changes {
        doing.schema.edit(&id, |entry| {
            if let Object::View(state) = &mut entry.object {
                state.view.with_no_data = with_no_data;
            }
        });
    }
}

pub(super) fn alter_sequence(doing: &mut Doing<'_>, name: &Name, change: &SequenceChange, if_exists: bool) {
    if doing.schema.relation(name).is_none()
        && let Some((table, column)) = identity_of(doing.schema, name)
    {
        table::edit(doing, &table, |state| {
            let found = state.table.columns.iter_mut().find(|found| found.name == column);
            if let Some(identity) = found.and_then(|found| found.identity.as_mut()) {
                super::column::change_options(&mut identity.options, change);
            }
        });
        return;
    }
    let Some(id) = doing.relation(name, if_exists) else { return };
    let target = match &change.owned_by {
        Some(Some((table, column))) => {
            if doing.relation(table, false).is_none() {
                return;
            }
            Some(Some((table.clone(), column.clone())))
        }
        other => other.clone(),
    };
    doing.schema.edit(&id, |entry| {
        if let Object::Sequence(sequence) = &mut entry.object {
            super::column::change_options(&mut sequence.options, change);
            if let Some(owned_by) = target {
                sequence.owned_by = owned_by;
            }
            if let Some(logged) = change.logged {
                sequence.unlogged = !logged;
            }
        }
    });
}

/// The identity column whose sequence has that name.
pub(in crate::schema) fn identity_of(schema: &Schema, name: &Name) -> Option<(Id, String)> {
    let home = schema.home(name);
    schema.users(&Id::Schema(home.schema.clone())).find_map(|id| {
        let state = schema.table(id)?;
        let column = state.table.columns.iter().find(|column| {
            let usual = || derive::derived_sequence_name(&state.table.name.name, &column.name);
            let identity = column.identity.as_ref();
            identity.is_some_and(|identity| identity.sequence.clone().unwrap_or_else(usual) == home.name)
        })?;
        Some((id.clone(), column.name.clone()))
    })
}

pub(super) fn create_routine(doing: &mut Doing<'_>, written: &Routine, or_replace: bool) {
    let mut routine = written.clone();
    let is_known = routine::resolve(doing.schema, &mut routine);
    let id = Id::Routine(doing.schema.home(&written.name), signature(&routine.arguments));
    let object = Object::Routine(RoutineState { routine, altered: Vec::new() });
    doing.create(id.clone(), object, Existing::or_replaced(or_replace));
    if !is_known {
        let why = "its signature names a column's type with %TYPE, and that type is not known";
        crate::schema::doubt::mark(doing.schema, &id, &why.into());
    }
}

pub(super) fn alter_routine(doing: &mut Doing<'_>, object: &ObjectRef, attributes: &str) {
    match routine::named(doing.schema, object) {
        Some(id) => doing.schema.edit(&id, |entry| {
            if let Object::Routine(state) = &mut entry.object {
                state.altered.push(attributes.to_owned());
            }
        }),
        None => doing.missing(object),
    }
}

pub(super) fn create_trigger(doing: &mut Doing<'_>, trigger: &Trigger, or_replace: bool) {
    let Some(Id::Relation(key)) = doing.relation(&trigger.table, false) else { return };
    let id = Id::Trigger(key, trigger.name.clone());
    let object = Object::Trigger(TriggerState { trigger: trigger.clone(), state: None });
    doing.create(id, object, Existing::or_replaced(or_replace));
}

pub(super) fn create_policy(doing: &mut Doing<'_>, policy: &Policy) {
    let Some(Id::Relation(key)) = doing.relation(&policy.table, false) else { return };
    let mut policy = policy.clone();
    policy.roles = stored_roles(&policy.roles);
    doing.create(Id::Policy(key, policy.name.clone()), Object::Policy(policy), Existing::Conflicts);
}

/// The roles as the server keeps them: beside `PUBLIC`, which is also what none means, it ignores all others.
fn stored_roles(written: &[String]) -> Vec<String> {
    if written.iter().any(|role| role == "PUBLIC") { Vec::new() } else { written.to_vec() }
}

pub(super) fn alter_policy(doing: &mut Doing<'_>, change: &Policy) {
    let Some(Id::Relation(key)) = doing.relation(&change.table, false) else { return };
    let id = Id::Policy(key, change.name.clone());
    if !doing.schema.has(&id) {
        doing.conflict(format!("{id} does not exist here"));
        return;
    }
    doing.schema.edit(&id, |entry| {
        if let Object::Policy(policy) = &mut entry.object {
            if !change.roles.is_empty() {
                policy.roles = stored_roles(&change.roles);
            }
            if change.using.is_some() {
                policy.using.clone_from(&change.using);
            }
            if change.check.is_some() {
                policy.check.clone_from(&change.check);
            }
        }
    });
}

pub(super) fn alter_extension(doing: &mut Doing<'_>, name: &str, change: &str) {
    let id = Id::Extension(name.to_owned());
    if !doing.schema.has(&id) {
        doing.conflict(format!("extension {name} does not exist here"));
        return;
    }
    let why = format!("it was changed by ALTER EXTENSION {name} {change}");
    crate::schema::doubt::mark(doing.schema, &id, &why.into());
}

pub(super) fn define(doing: &mut Doing<'_>, definition: &Definition, or_replace: bool, if_not_exists: bool) {
    let id = facets::defined_id(doing.schema, &definition.object);
    let object = Object::Defined(DefinedState { definition: definition.clone(), altered: Vec::new() });
    let existing = if or_replace { Existing::Replaced } else { Existing::or_kept(if_not_exists) };
    doing.create(id, object, existing);
}

pub(super) fn alter_definition(doing: &mut Doing<'_>, object: &ObjectRef, sql: &str) {
    match facets::defined(doing.schema, object) {
        Some(id) => doing.schema.edit(&id, |entry| {
            if let Object::Defined(state) = &mut entry.object {
                state.altered.push(sql.to_owned());
            }
        }),
        None => doing.missing(object),
    }
}

/// The keyword of a routine.
pub(in crate::schema) fn routine_kind(routine: &Routine) -> crate::ir::ObjectKind {
    match routine.kind {
        RoutineKind::Function => crate::ir::ObjectKind::Function,
        RoutineKind::Procedure => crate::ir::ObjectKind::Procedure,
    }
}
