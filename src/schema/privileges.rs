//! What objects are born with: their owner, and the privileges that `ALTER DEFAULT PRIVILEGES` gives them.

use super::{Entry, Granted, Id, Object, Schema};
use crate::ir::ObjectKind;
use std::collections::BTreeSet;

/// The role that an installation starts with.
pub(crate) const SUPERUSER: &str = "postgres";

impl Schema {
    /// An object as it is when it was just made, by the role that the session has now.
    pub(crate) fn newborn(&self, id: &Id, object: Object) -> Entry {
        self.newborn_of(id, object, self.role.clone(), &BTreeSet::new())
    }

    /// The same for an owner who is known otherwise, before the default privileges among `later` are there.
    pub(crate) fn newborn_of(&self, id: &Id, object: Object, owner: Option<String>, later: &BTreeSet<Id>) -> Entry {
        let mut entry = Entry::new(object);
        let Some(kind) = kind(&entry.object) else { return entry };
        entry.owner = owner;
        if id.is_temporary() {
            return entry;
        }
        let first = Id::Defaults { role: None, schema: None, kind: ObjectKind::Table };
        let defaults = self.objects.range(first..).take_while(|(id, _)| matches!(***id, Id::Defaults { .. }));
        for (default, given) in defaults {
            let Id::Defaults { role, schema, kind: of } = &**default else { continue };
            let here = *of == kind && schema.as_deref().is_none_or(|schema| id.schema() == Some(schema));
            // Whoever runs the migrations may be any role.
            if !here || later.contains(&**default) || (*role != entry.owner && entry.owner.is_some()) {
                continue;
            }
            for (key, granted) in &given.grants {
                let granted = if *role == entry.owner { *granted } else { Granted::Perhaps };
                entry.grants.entry(key.clone()).or_insert(granted);
            }
        }
        entry
    }
}

/// The kind under which default privileges know an object; `None` when it has no owner of its own.
fn kind(object: &Object) -> Option<ObjectKind> {
    Some(match object {
        Object::Table(_) | Object::View(_) => ObjectKind::Table,
        Object::Sequence(_) => ObjectKind::Sequence,
        Object::Routine(_) => ObjectKind::Function,
        Object::Enum(_) | Object::Domain(_) | Object::Composite(_) => ObjectKind::Type,
        Object::Schema(_) => ObjectKind::Schema,
        Object::Publication(_) => ObjectKind::Publication,
        Object::Extension(_)
        | Object::Index(_)
        | Object::Trigger(_)
        | Object::Policy(_)
        | Object::Defaults { .. }
        | Object::Defined(_) => return None,
    })
}

/// The role that a statement names; `None`: the one that runs the migrations.
fn role_named(schema: &Schema, role: &str) -> Option<String> {
    match role {
        "CURRENT_USER" | "CURRENT_ROLE" | "USER" => schema.role.clone(),
        "SESSION_USER" => None,
        role => Some(role.to_owned()),
    }
}

/// Whether a role, as a statement names it, owns an object. Where the owner is whoever runs the migrations it may be
/// `postgres`: taking back what an owner was granted would take his own rights away, and a superuser needs none.
pub(super) fn is_owner(schema: &Schema, entry: &Entry, role: &str) -> bool {
    kind(&entry.object).is_some()
        && (role_named(schema, role) == entry.owner || (entry.owner.is_none() && role == SUPERUSER))
}

/// Gives an object to a role, and a table's own sequences with it.
pub(super) fn set_owner(schema: &mut Schema, id: &Id, role: &str) {
    let owner = role_named(schema, role);
    let own: Vec<Id> = schema.users(id).chain([id]).cloned().collect();
    for one in own {
        let follows = match schema.get(&one).map(|entry| &entry.object) {
            Some(Object::Sequence(sequence)) => {
                sequence.owned_by.as_ref().is_some_and(|(table, _)| schema.relation(table).as_ref() == Some(id))
            }
            _ => false,
        };
        if follows || one == *id {
            schema.edit_facets(&one, |entry| entry.owner.clone_from(&owner));
        }
    }
}

/// The default privileges that a statement is about.
pub(super) fn defaults_of(schema: &Schema, kind: ObjectKind, schemas: &[String], roles: &[String]) -> Vec<Id> {
    let roles: Vec<Option<String>> = match roles {
        [] => vec![schema.role.clone()],
        roles => roles.iter().map(|role| role_named(schema, role)).collect(),
    };
    let schemas: Vec<Option<String>> = match schemas {
        [] => vec![None],
        schemas => schemas.iter().cloned().map(Some).collect(),
    };
    let all = roles.iter().flat_map(|role| schemas.iter().map(move |schema| (role.clone(), schema.clone())));
    all.map(|(role, schema)| Id::Defaults { role, schema, kind }).collect()
}

/// Default privileges are there when something is said of them.
pub(super) fn make_room(schema: &mut Schema, id: &Id) {
    if let Id::Defaults { schema: home, kind, .. } = id
        && !schema.has(id)
    {
        schema.put(id.clone(), Entry::new(Object::Defaults { kind: *kind, everywhere: home.is_none() }));
    }
}

/// And they are not there when they give nothing.
pub(super) fn tidy(schema: &mut Schema, id: &Id) {
    if matches!(id, Id::Defaults { .. }) && schema.get(id).is_some_and(|entry| entry.grants.is_empty()) {
        schema.take(id);
    }
}
