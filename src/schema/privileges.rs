//! What objects are born with: their owner, and the privileges that `ALTER DEFAULT PRIVILEGES` gives them.

use super::{Entry, GrantKey, Granted, Id, Object, Schema};
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

/// Whether a role is the owner that was said, so that what is granted to it or taken from it can be told from what an
/// owner has anyway.
pub(super) fn is_stated_owner(entry: &Entry, role: &str) -> bool {
    kind(&entry.object).is_some() && role != SUPERUSER && entry.owner.as_deref() == Some(role)
}

/// What becomes of an object's privileges when another role gets it: those of the old owner become the new one's, and
/// what the new one had been granted is among what an owner has. Source: `aclnewowner`, PostgreSQL 15. False where the
/// new owner is not known by name, and takes over more or less than an owner has.
fn hand_over(entry: &mut Entry, owner: Option<&String>) -> bool {
    let had = |role: Option<&String>| -> Vec<(GrantKey, Granted)> {
        let whole = entry.grants.iter().filter(|(key, _)| key.column.is_empty() && Some(&key.grantee) == role);
        whole
            .filter(|(_, granted)| **granted != Granted::Perhaps)
            .map(|(key, granted)| (key.clone(), *granted))
            .collect()
    };
    let (old, new) = (had(entry.owner.as_ref()), had(owner));
    let Some(owner) = owner.filter(|owner| *owner != SUPERUSER) else {
        return old.iter().all(|(_, granted)| *granted == Granted::Yes);
    };
    for (key, _) in old.iter().chain(&new) {
        entry.grants.remove(key);
    }
    for (key, granted) in old {
        let granted_anew = new.iter().any(|(other, _)| other.privilege == key.privilege);
        if granted == Granted::WithOption || (granted == Granted::Revoked && !granted_anew) {
            entry.grants.insert(GrantKey { grantee: owner.clone(), ..key }, granted);
        }
    }
    for (key, granted) in new {
        if granted == Granted::WithOption {
            entry.grants.insert(key, granted);
        }
    }
    true
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
            let mut is_known = true;
            schema.edit_facets(&one, |entry| {
                if entry.owner != owner && kind(&entry.object).is_some() {
                    is_known = hand_over(entry, owner.as_ref());
                }
                entry.owner.clone_from(&owner);
            });
            if !is_known {
                let why = "it was given to another owner after the rights of the one before had been changed";
                super::doubt::mark(schema, &one, &why.into());
            }
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
