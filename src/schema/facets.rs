//! What hangs on objects: comments, grants, owners.

use super::{Entry, GrantKey, Granted, Id, Object, Part, Schema, apply, privileges};
use crate::ir::{Grant, Grantable, ObjectKind, ObjectRef};

/// The object that a statement names, and the part of it, if it can be found.
pub(super) fn target(schema: &Schema, object: &ObjectRef) -> Option<(Id, Part)> {
    let whole = |id: Id| Some((id, Part::Whole));
    let name = &object.name;
    match object.kind {
        ObjectKind::Column => {
            let on = object.on.as_ref()?;
            let id = schema.relation(on).or_else(|| schema.type_named(on))?;
            Some((id, Part::Column(name.name.clone())))
        }
        ObjectKind::Constraint => Some((schema.relation(object.on.as_ref()?)?, Part::Constraint(name.name.clone()))),
        ObjectKind::DomainConstraint => {
            Some((schema.type_named(object.on.as_ref()?)?, Part::Constraint(name.name.clone())))
        }
        ObjectKind::Index => match schema.relation(name) {
            Some(id) => whole(id),
            None => constraint_index(schema, name),
        },
        ObjectKind::Table | ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::Sequence => {
            whole(schema.relation(name)?)
        }
        ObjectKind::Type | ObjectKind::Domain => whole(schema.type_named(name).or_else(|| defined(schema, object))?),
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine => {
            whole(super::routine::named(schema, object).or_else(|| defined(schema, object))?)
        }
        ObjectKind::Trigger if object.on.is_none() => whole(apply::trigger_named(schema, &name.name)?),
        ObjectKind::Trigger => match schema.relation(object.on.as_ref()?)? {
            Id::Relation(key) => whole(Id::Trigger(key, name.name.clone())).filter(|(id, _)| schema.has(id)),
            _ => None,
        },
        ObjectKind::Policy => match schema.relation(object.on.as_ref()?)? {
            Id::Relation(key) => whole(Id::Policy(key, name.name.clone())).filter(|(id, _)| schema.has(id)),
            _ => None,
        },
        ObjectKind::Schema => whole(Id::Schema(name.name.clone())).filter(|(id, _)| schema.has(id)),
        ObjectKind::Extension => whole(Id::Extension(name.name.clone())).filter(|(id, _)| schema.has(id)),
        ObjectKind::Publication => whole(Id::Publication(name.name.clone())).filter(|(id, _)| schema.has(id)),
        _ => whole(defined(schema, object)?),
    }
}

/// The index behind a key constraint is commented on and renamed like any other.
fn constraint_index(schema: &Schema, name: &crate::ir::Name) -> Option<(Id, Part)> {
    let home = schema.home(name);
    schema.users(&Id::Schema(home.schema.clone())).find_map(|id| {
        let found = schema.table(id)?.table.constraints.iter().any(|c| c.name.as_deref() == Some(&home.name));
        found.then(|| (id.clone(), Part::Constraint(home.name.clone())))
    })
}

/// An object of a rarer kind.
pub(super) fn defined(schema: &Schema, object: &ObjectRef) -> Option<Id> {
    let id = defined_id(schema, object);
    if schema.has(&id) {
        return Some(id);
    }
    let mut found = schema.iter().map(|(id, _)| id).filter(
        |id| matches!(id, Id::Defined { kind, name, .. } if *kind == object.kind && name.name == object.name.name),
    );
    let first = found.next()?;
    found.next().is_none().then(|| first.clone())
}

/// The identity that an object of a rarer kind gets.
pub(super) fn defined_id(schema: &Schema, object: &ObjectRef) -> Id {
    let on = object.on.as_ref().and_then(|on| match schema.relation(on) {
        Some(Id::Relation(key)) => Some(key),
        _ => None,
    });
    let in_schema = !matches!(
        object.kind,
        ObjectKind::Role
            | ObjectKind::EventTrigger
            | ObjectKind::Server
            | ObjectKind::ForeignDataWrapper
            | ObjectKind::Language
            | ObjectKind::Cast
            | ObjectKind::UserMapping
            | ObjectKind::Subscription
            | ObjectKind::Database
            | ObjectKind::Tablespace
            | ObjectKind::AccessMethod
            | ObjectKind::Transform
            | ObjectKind::LargeObject
    );
    let mut name = schema.home(&object.name);
    if !in_schema {
        name.schema.clear();
    }
    let args = object.args.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    Id::Defined { kind: object.kind, name, on, args: args.to_lowercase() }
}

/// Sets or removes a comment; false when the object is not there.
pub(super) fn comment(schema: &mut Schema, object: &ObjectRef, text: Option<&str>) -> bool {
    let Some((id, part)) = target(schema, object) else { return false };
    // The index behind a constraint has a comment of its own beside the constraint's.
    let part = match (&part, object.kind) {
        (Part::Constraint(name), ObjectKind::Index) => Part::Default(name.clone()),
        _ => part,
    };
    let text = text.filter(|text| !text.is_empty()).map(str::to_owned);
    schema.edit_facets(&id, |entry| match part {
        Part::Whole => entry.comment = text,
        part => {
            match text {
                Some(text) => entry.comments.insert(part, text),
                None => entry.comments.remove(&part),
            };
        }
    });
    true
}

/// The objects that a grant is about; false beside them when one was not found.
fn granted_on(schema: &Schema, on: &Grantable) -> (Vec<Id>, bool) {
    match on {
        Grantable::Objects(objects) => {
            let found: Vec<Option<Id>> =
                objects.iter().map(|object| target(schema, object).map(|(id, _)| id)).collect();
            let all = found.iter().zip(objects).all(|(found, object)| {
                found.is_some()
                    || (object.kind == ObjectKind::Sequence && apply::identity_of(schema, &object.name).is_some())
            });
            (found.into_iter().flatten().collect(), all)
        }
        Grantable::AllInSchema { kind, schemas } => {
            let ids = schema.iter().filter(|(id, entry)| {
                id.schema().is_some_and(|home| schemas.iter().any(|wanted| wanted == home))
                    && match (kind, &entry.object) {
                        (ObjectKind::Table, Object::Table(_) | Object::View(_)) => true,
                        (ObjectKind::Sequence, Object::Sequence(_)) => true,
                        (ObjectKind::Function, Object::Routine(state)) => {
                            state.routine.kind == crate::ir::RoutineKind::Function
                        }
                        (ObjectKind::Procedure, Object::Routine(state)) => {
                            state.routine.kind == crate::ir::RoutineKind::Procedure
                        }
                        (ObjectKind::Routine, Object::Routine(_)) => true,
                        _ => false,
                    }
            });
            (ids.map(|(id, _)| id.clone()).collect(), true)
        }
        Grantable::Future { kind, schemas, roles } => (privileges::defaults_of(schema, *kind, schemas, roles), true),
        Grantable::Roles(_) => (Vec::new(), true),
    }
}

/// The identity columns about whose sequences a grant is.
fn identities(schema: &Schema, on: &Grantable) -> Vec<(Id, String)> {
    match on {
        Grantable::Objects(objects) => objects
            .iter()
            .filter(|object| object.kind == ObjectKind::Sequence && target(schema, object).is_none())
            .filter_map(|object| apply::identity_of(schema, &object.name))
            .collect(),
        Grantable::AllInSchema { kind: ObjectKind::Sequence, schemas } => schema
            .iter()
            .filter(|(id, _)| id.schema().is_some_and(|home| schemas.iter().any(|wanted| wanted == home)))
            .filter_map(|(id, entry)| Some((id, entry.object.as_table()?)))
            .flat_map(|(id, state)| {
                let with_identity = state.table.columns.iter().filter(|column| column.identity.is_some());
                with_identity.map(move |column| (Id::clone(id), column.name.clone()))
            })
            .collect(),
        Grantable::AllInSchema { .. } | Grantable::Roles(_) | Grantable::Future { .. } => Vec::new(),
    }
}

/// Grants or revokes on the sequence of an identity column; its privileges are kept with the table.
fn grant_on_identity(schema: &mut Schema, (id, column): &(Id, String), grant: &Grant, revoke: bool) {
    let all = ["USAGE", "SELECT", "UPDATE"];
    let names = grant.privileges.iter().flat_map(|(privilege, _)| match privilege.starts_with("ALL") {
        true => all.to_vec(),
        false => vec![privilege.as_str()],
    });
    let names: Vec<String> = names.map(|name| format!("{OF_SEQUENCE}{name}")).collect();
    let Some(entry) = schema.get(id) else { return };
    let others: Vec<&String> =
        grant.grantees.iter().filter(|role| !privileges::is_owner(schema, entry, role)).collect();
    schema.edit_facets(id, |entry| {
        for (grantee, name) in others.iter().flat_map(|role| names.iter().map(move |name| (*role, name))) {
            let key = GrantKey { grantee: grantee.clone(), privilege: name.clone(), column: column.clone() };
            if revoke {
                take_back(entry, key, grant.grant_option);
            } else {
                let had = entry.grants.get(&key) == Some(&Granted::WithOption);
                let now = if grant.grant_option || had { Granted::WithOption } else { Granted::Yes };
                entry.grants.insert(key, now);
            }
        }
    });
}

/// Before a privilege on the sequence of an identity column, among those on the column's table.
pub(super) const OF_SEQUENCE: &str = "SEQUENCE ";

/// What `ALL` stands for on an object. Source: PostgreSQL 15, table 5.2.
fn all_privileges(object: &Object) -> &'static [&'static str] {
    match object {
        Object::Table(_) | Object::View(_) | Object::Defaults { kind: ObjectKind::Table, .. } => {
            &["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
        }
        Object::Sequence(_) | Object::Defaults { kind: ObjectKind::Sequence, .. } => &["USAGE", "SELECT", "UPDATE"],
        Object::Routine(_) | Object::Defaults { kind: ObjectKind::Function, .. } => &["EXECUTE"],
        Object::Schema(_) | Object::Defaults { kind: ObjectKind::Schema, .. } => &["USAGE", "CREATE"],
        Object::Defined(state) => match state.definition.object.kind {
            ObjectKind::Database => &["CREATE", "CONNECT", "TEMPORARY"],
            ObjectKind::Tablespace => &["CREATE"],
            ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine | ObjectKind::Aggregate => &["EXECUTE"],
            _ => &["USAGE"],
        },
        _ => &["USAGE"],
    }
}

/// Grants or revokes; false when something that it names was not found.
pub(super) fn grant(schema: &mut Schema, grant: &Grant, revoke: bool) -> bool {
    for identity in identities(schema, &grant.on) {
        grant_on_identity(schema, &identity, grant, revoke);
    }
    let (ids, all_found) = granted_on(schema, &grant.on);
    for id in ids {
        privileges::make_room(schema, &id);
        let Some(entry) = schema.get(&id) else { continue };
        let mut keys = Vec::new();
        for (privilege, columns) in &grant.privileges {
            let names: Vec<&str> = if privilege.starts_with("ALL") {
                if columns.is_empty() {
                    all_privileges(&entry.object).to_vec()
                } else {
                    vec!["SELECT", "INSERT", "UPDATE", "REFERENCES"]
                }
            } else {
                vec![privilege]
            };
            let columns: Vec<&str> =
                if columns.is_empty() { vec![""] } else { columns.iter().map(String::as_str).collect() };
            for name in &names {
                for column in &columns {
                    // What an unknown owner may do is not a matter of grants.
                    let others = |role: &&String| {
                        privileges::is_stated_owner(entry, role) || !privileges::is_owner(schema, entry, role)
                    };
                    for grantee in grant.grantees.iter().filter(others) {
                        keys.push(GrantKey {
                            grantee: grantee.clone(),
                            privilege: (*name).to_owned(),
                            column: (*column).to_owned(),
                        });
                    }
                }
            }
        }
        schema.edit_facets(&id, |entry| {
            for key in keys {
                if revoke {
                    take_back(entry, key, grant.grant_option);
                } else {
                    let had = entry.grants.get(&key).copied();
                    let with_option = grant.grant_option || had == Some(Granted::WithOption);
                    let now = if with_option { Granted::WithOption } else { Granted::Yes };
                    if now == Granted::Yes && has_by_default(entry, &key) {
                        // Saying it changes nothing, unless it had been taken away.
                        if had != Some(Granted::Yes) {
                            entry.grants.remove(&key);
                        }
                    } else {
                        entry.grants.insert(key, now);
                    }
                }
            }
        });
        privileges::tidy(schema, &id);
    }
    all_found
}

fn take_back(entry: &mut Entry, key: GrantKey, option_only: bool) {
    match entry.grants.get(&key) {
        Some(Granted::WithOption) if option_only && has_by_default(entry, &key) => {
            entry.grants.remove(&key);
        }
        Some(Granted::WithOption) if option_only => {
            entry.grants.insert(key, Granted::Yes);
        }
        _ if option_only => {}
        Some(Granted::Yes | Granted::WithOption | Granted::Perhaps) => {
            if has_by_default(entry, &key) {
                entry.grants.insert(key.clone(), Granted::Revoked);
            } else {
                entry.grants.remove(&key);
            }
            if key.column.is_empty() {
                entry.grants.retain(|other, _| {
                    other.grantee != key.grantee || other.privilege != key.privilege || other.column.is_empty()
                });
            }
        }
        Some(Granted::Revoked) => {}
        None if has_by_default(entry, &key) => {
            entry.grants.insert(key, Granted::Revoked);
        }
        None => {}
    }
}

/// Whether a role has a privilege that nobody granted: an owner has all on the whole; `PUBLIC` may execute routines,
/// use types and use the schema `public`.
pub(super) fn has_by_default(entry: &Entry, key: &GrantKey) -> bool {
    if key.column.is_empty() && privileges::is_stated_owner(entry, &key.grantee) {
        return true;
    }
    key.grantee == "PUBLIC"
        && match &entry.object {
            Object::Routine(_) => key.privilege == "EXECUTE",
            Object::Enum(_) | Object::Domain(_) | Object::Composite(_) => key.privilege == "USAGE",
            Object::Defaults { kind: ObjectKind::Function, everywhere: true } => key.privilege == "EXECUTE",
            Object::Defaults { kind: ObjectKind::Type, everywhere: true } => key.privilege == "USAGE",
            // Before version 15 it was CREATE too.
            Object::Schema(name) => name == "public" && key.privilege == "USAGE",
            Object::Defined(state) => match state.definition.object.kind {
                ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine => key.privilege == "EXECUTE",
                ObjectKind::Type | ObjectKind::Domain | ObjectKind::Language => key.privilege == "USAGE",
                _ => false,
            },
            _ => false,
        }
}
