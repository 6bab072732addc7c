//! How statements name an object and its parts, and the statements about what hangs on it: comments, owner, grants.

use super::{Entry, GrantKey, Granted, Id, Object, Part, Schema, apply, derive, facets};
use crate::ir::{ArgumentMode, Behaviour, Grant, Grantable, Name, ObjectKind, ObjectRef, Op, Routine};
use std::collections::{BTreeMap, BTreeSet};

/// The statements' name for a routine.
pub(crate) fn routine_ref(routine: &Routine) -> ObjectRef {
    let args: Vec<&str> = routine
        .arguments
        .iter()
        .filter(|argument| argument.mode != ArgumentMode::Out)
        .map(|argument| argument.type_text.as_str())
        .collect();
    ObjectRef { kind: apply::routine_kind(routine), name: routine.name.clone(), on: None, args: Some(args.join(", ")) }
}

/// The statements' name for an object.
pub fn reference(id: &Id, object: &Object) -> ObjectRef {
    match object {
        Object::Schema(name) => ObjectRef::new(ObjectKind::Schema, Name::bare(name)),
        Object::Extension(extension) => ObjectRef::new(ObjectKind::Extension, Name::bare(&extension.name)),
        Object::Enum(found) => ObjectRef::new(ObjectKind::Type, found.name.clone()),
        Object::Domain(domain) => ObjectRef::new(ObjectKind::Domain, domain.name.clone()),
        Object::Composite(composite) => ObjectRef::new(ObjectKind::Type, composite.name.clone()),
        Object::Routine(state) => routine_ref(&state.routine),
        Object::Table(state) => ObjectRef::new(ObjectKind::Table, state.table.name.clone()),
        Object::View(state) if state.view.materialized => {
            ObjectRef::new(ObjectKind::MaterializedView, state.view.name.clone())
        }
        Object::View(state) => ObjectRef::new(ObjectKind::View, state.view.name.clone()),
        Object::Sequence(sequence) => ObjectRef::new(ObjectKind::Sequence, sequence.name.clone()),
        Object::Index(state) => {
            let name = match id {
                Id::Relation(key) => key.name.clone(),
                _ => state.index.name.clone().unwrap_or_default(),
            };
            ObjectRef::new(ObjectKind::Index, state.index.table.sibling(name))
        }
        Object::Trigger(state) => ObjectRef::on(ObjectKind::Trigger, &state.trigger.name, state.trigger.table.clone()),
        Object::Policy(policy) => ObjectRef::on(ObjectKind::Policy, &policy.name, policy.table.clone()),
        Object::Publication(publication) => ObjectRef::new(ObjectKind::Publication, Name::bare(&publication.name)),
        Object::Defaults { kind, .. } => ObjectRef::new(*kind, Name::bare("")),
        Object::Defined(state) => state.definition.object.clone(),
    }
}

/// The reference by which a comment on a part is made.
pub(crate) fn part_reference(id: &Id, object: &Object, part: &Part) -> ObjectRef {
    let owner = reference(id, object);
    match (part, object) {
        (Part::Whole, _) => owner,
        (Part::Column(name), _) => ObjectRef::on(ObjectKind::Column, name, owner.name),
        (Part::Constraint(name), Object::Domain(_)) => ObjectRef::on(ObjectKind::DomainConstraint, name, owner.name),
        (Part::Constraint(name), _) => ObjectRef::on(ObjectKind::Constraint, name, owner.name),
        (Part::Default(name), _) => ObjectRef::new(ObjectKind::Index, owner.name.sibling(name)),
    }
}

/// The operations that make the comments, owner and grants of an object that was just made, before the default
/// privileges among `later`.
pub(crate) fn facets_of(target: &Schema, id: &Id, entry: &Entry, later: &BTreeSet<Id>) -> Vec<Op> {
    let mut bare = target.newborn_of(id, entry.object.clone(), None, later);
    if matches!(&entry.object, Object::Sequence(sequence) if sequence.owned_by.is_some()) {
        // Its owner is that of its table.
        bare.owner.clone_from(&entry.owner);
    }
    facet_changes(id, &bare, entry)
}

/// The operations that turn what hangs on `from` into what hangs on `to`.
pub fn facet_changes(id: &Id, from: &Entry, to: &Entry) -> Vec<Op> {
    let mut ops = Vec::new();
    let follows = matches!(&to.object, Object::Sequence(sequence) if sequence.owned_by.is_some());
    if from.owner != to.owner && !follows {
        let owner = to.owner.clone().unwrap_or_else(|| "CURRENT_USER".to_owned());
        ops.push(Op::SetOwner { object: reference(id, &to.object), owner });
    }
    if from.comment != to.comment {
        ops.push(Op::Comment { object: reference(id, &to.object), text: to.comment.clone() });
    }
    for part in from.comments.keys().chain(to.comments.keys()).collect::<BTreeSet<_>>() {
        if from.comments.get(part) != to.comments.get(part) {
            let object = part_reference(id, &to.object, part);
            ops.push(Op::Comment { object, text: to.comments.get(part).cloned() });
        }
    }
    ops.extend(grant_changes(id, from, to));
    ops
}

fn grant_changes(id: &Id, from: &Entry, to: &Entry) -> Vec<Op> {
    /// Privileges that one statement can carry: same role, same direction, same option.
    type Group = BTreeMap<(Option<String>, u8, String, bool), BTreeMap<String, Vec<String>>>;
    let mut group: Group = BTreeMap::new();
    let mut add = |order: u8, key: &GrantKey, option: bool| {
        let of_sequence = key.privilege.strip_prefix(facets::OF_SEQUENCE);
        let column = of_sequence.map(|_| key.column.clone());
        let privilege = of_sequence.unwrap_or(&key.privilege).to_owned();
        let columns =
            group.entry((column, order, key.grantee.clone(), option)).or_default().entry(privilege).or_default();
        if !key.column.is_empty() && of_sequence.is_none() {
            columns.push(key.column.clone());
        }
    };
    for key in from.grants.keys().chain(to.grants.keys()).collect::<BTreeSet<_>>() {
        let (was, is) = (from.grants.get(key), to.grants.get(key));
        if was == is {
            continue;
        }
        let default = facets::has_by_default(to, key);
        match is {
            Some(Granted::Yes) if was == Some(&Granted::WithOption) => add(0, key, true),
            Some(Granted::Yes) => add(1, key, false),
            Some(Granted::WithOption) => add(1, key, true),
            Some(Granted::Revoked) => add(0, key, false),
            // Nothing can be said that makes it so; the proof finds it missing.
            Some(Granted::Perhaps) => {}
            // Back to how it was before anyone said anything.
            None if default && was == Some(&Granted::WithOption) => add(0, key, true),
            None if default => add(1, key, false),
            None => add(0, key, false),
        }
    }
    let on = match id {
        Id::Defaults { role, schema, kind } => Grantable::Future {
            kind: *kind,
            schemas: schema.iter().cloned().collect(),
            roles: role.iter().cloned().collect(),
        },
        _ => {
            let object = reference(id, &to.object);
            Grantable::Objects(vec![match object.kind {
                ObjectKind::View | ObjectKind::MaterializedView => ObjectRef { kind: ObjectKind::Table, ..object },
                _ => object,
            }])
        }
    };
    group
        .into_iter()
        .filter_map(|((column, order, grantee, grant_option), privileges)| {
            let on = match &column {
                Some(column) => Grantable::Objects(vec![identity_reference(&to.object, column)?]),
                None => on.clone(),
            };
            let grant = Grant {
                privileges: privileges.into_iter().collect(),
                on,
                grantees: vec![grantee],
                grant_option,
                granted_by: None,
            };
            Some(if order == 0 { Op::Revoke { grant, behaviour: Behaviour::Restrict } } else { Op::Grant { grant } })
        })
        .collect()
}

/// The sequence of an identity column; `None` when the column is none any more.
fn identity_reference(table: &Object, column: &str) -> Option<ObjectRef> {
    let state = table.as_table()?;
    let identity = state.table.columns.iter().find(|found| found.name == column)?.identity.as_ref()?;
    let usual = || derive::derived_sequence_name(&state.table.name.name, column);
    let name = state.table.name.sibling(identity.sequence.clone().unwrap_or_else(usual));
    Some(ObjectRef::new(ObjectKind::Sequence, name))
}
