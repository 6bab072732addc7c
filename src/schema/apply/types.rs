//! Enums, domains, composite types.

use super::{Doing, Existing, cascade};
use crate::ir::{AttributeChange, Behaviour, Domain, DomainChange, Enum, Name};
use crate::schema::{Id, Object, Part, derive, rename_value};

fn enum_named(doing: &mut Doing<'_>, name: &Name) -> Option<(Id, Enum)> {
    let id = doing.schema.type_named(name);
    let entry = id.as_ref().and_then(|id| doing.schema.get(id)).cloned();
    match (id, entry.as_ref().map(|entry| &entry.object)) {
        (Some(id), Some(Object::Enum(found))) => Some((id, found.clone())),
        _ => {
            doing.conflict(format!("enum {name} does not exist here"));
            None
        }
    }
}

pub(super) fn add_value(
    doing: &mut Doing<'_>,
    name: &Name,
    value: &str,
    before: Option<&str>,
    after: Option<&str>,
    if_not_exists: bool,
) {
    let Some((id, found)) = enum_named(doing, name) else { return };
    if found.values.iter().any(|other| other == value) {
        if !if_not_exists {
            doing.conflict_on(&id, format!("enum {name} has the value {value} already"));
        }
        return;
    }
    let place = |wanted: &str| found.values.iter().position(|other| other == wanted);
    let position = match (before, after) {
        (Some(wanted), _) => place(wanted),
        (None, Some(wanted)) => place(wanted).map(|at| at + 1),
        (None, None) => Some(found.values.len()),
    };
    let Some(position) = position else {
        if found.is_open() {
            return;
        }
        let wanted = before.or(after).unwrap_or_default();
        doing.conflict_on(&id, format!("enum {name} has no value {wanted}"));
        return;
    };
    edit(doing, &id, |values| values.insert(position, value.to_owned()));
}

pub(super) fn rename_value(doing: &mut Doing<'_>, name: &Name, from: &str, to: &str) {
    let Some((id, found)) = enum_named(doing, name) else { return };
    if !found.values.iter().any(|other| other == from) {
        if found.is_open() {
            return;
        }
        doing.conflict_on(&id, format!("enum {name} has no value {from}"));
        return;
    }
    if found.values.iter().any(|other| other == to) {
        doing.conflict_on(&id, format!("enum {name} has the value {to} already"));
        return;
    }
    edit(doing, &id, |values| {
        for value in values {
            if value == from {
                to.clone_into(value);
            }
        }
    });
    rename_value::enum_value(doing.schema, &id, from, to);
}

fn edit(doing: &mut Doing<'_>, id: &Id, change: impl FnOnce(&mut Vec<String>)) {
    doing.schema.edit(id, |entry| {
        if let Object::Enum(found) = &mut entry.object {
            change(&mut found.values);
        }
    });
}

pub(super) fn create_domain(doing: &mut Doing<'_>, written: &Domain) {
    let mut domain = written.clone();
    let mut named = Vec::new();
    for mut check in std::mem::take(&mut domain.checks) {
        if check.name.is_none() {
            check.name = Some(derive::domain_check_name(&domain.name.name, &named));
        }
        named.push(check);
    }
    domain.checks = named;
    let id = Id::Type(doing.schema.home(&domain.name));
    doing.create(id, Object::Domain(domain), Existing::Conflicts);
}

pub(super) fn alter_domain(doing: &mut Doing<'_>, name: &Name, change: &DomainChange) {
    let id = doing.schema.type_named(name);
    let entry = id.as_ref().and_then(|id| doing.schema.get(id)).cloned();
    let (Some(id), Some(Object::Domain(domain))) = (id, entry.as_ref().map(|entry| &entry.object)) else {
        doing.conflict(format!("domain {name} does not exist here"));
        return;
    };
    let mut domain = domain.clone();
    let has = |wanted: &str| domain.checks.iter().position(|check| check.name.as_deref() == Some(wanted));
    match change {
        DomainChange::SetDefault(expr) => domain.default = Some(expr.clone()),
        DomainChange::DropDefault => domain.default = None,
        DomainChange::SetNotNull => domain.not_null = true,
        DomainChange::DropNotNull => domain.not_null = false,
        DomainChange::AddConstraint(constraint) => {
            let mut constraint = constraint.clone();
            if constraint.name.is_none() {
                constraint.name = Some(derive::domain_check_name(&domain.name.name, &domain.checks));
            }
            domain.checks.push(constraint);
        }
        DomainChange::DropConstraint { name, if_exists, .. } => match has(name) {
            Some(at) => {
                domain.checks.remove(at);
            }
            None if *if_exists => {}
            None => doing.conflict(format!("constraint {name} on domain {} does not exist here", domain.name)),
        },
        DomainChange::RenameConstraint { from, to } => match has(from) {
            Some(at) => domain.checks[at].name = Some(to.clone()),
            None => doing.conflict(format!("constraint {from} on domain {} does not exist here", domain.name)),
        },
        DomainChange::ValidateConstraint(name) => match has(name) {
            Some(at) => domain.checks[at].not_valid = false,
            None => doing.conflict(format!("constraint {name} on domain {} does not exist here", domain.name)),
        },
    }
    doing.schema.edit(&id, |entry| {
        entry.object = Object::Domain(domain);
        match change {
            DomainChange::DropConstraint { name, .. } => {
                entry.comments.remove(&Part::Constraint(name.clone()));
            }
            DomainChange::RenameConstraint { from, to } => {
                if let Some(text) = entry.comments.remove(&Part::Constraint(from.clone())) {
                    entry.comments.insert(Part::Constraint(to.clone()), text);
                }
            }
            _ => {}
        }
    });
}

pub(super) fn alter_composite(doing: &mut Doing<'_>, name: &Name, change: &AttributeChange) {
    let id = doing.schema.type_named(name);
    let entry = id.as_ref().and_then(|id| doing.schema.get(id)).cloned();
    let (Some(id), Some(Object::Composite(composite))) = (id, entry.as_ref().map(|entry| &entry.object)) else {
        doing.conflict(format!("composite type {name} does not exist here"));
        return;
    };
    let mut composite = composite.clone();
    let has = |wanted: &str| composite.attributes.iter().position(|attribute| attribute.name == wanted);
    match change {
        AttributeChange::Add { attribute, .. } => match has(&attribute.name) {
            Some(_) => doing.conflict(format!("attribute {} of {name} exists already", attribute.name)),
            None => composite.attributes.push(attribute.clone()),
        },
        AttributeChange::Drop { name: gone, if_exists, behaviour } => match has(gone) {
            Some(at) => {
                composite.attributes.remove(at);
                if *behaviour == Behaviour::Cascade {
                    for dependant in cascade::dependants(doing.schema, &id, Some(gone)) {
                        cascade::drop_part(doing.schema, &dependant.id, &dependant.part);
                    }
                }
            }
            None if *if_exists => {}
            None => doing.conflict(format!("attribute {gone} of {name} does not exist here")),
        },
        AttributeChange::Alter { attribute, .. } => match has(&attribute.name) {
            Some(at) => composite.attributes[at] = attribute.clone(),
            None => doing.conflict(format!("attribute {} of {name} does not exist here", attribute.name)),
        },
        AttributeChange::Rename { from, to, .. } => match has(from) {
            Some(at) => composite.attributes[at].name = to.clone(),
            None => doing.conflict(format!("attribute {from} of {name} does not exist here")),
        },
    }
    doing.schema.edit(&id, |entry| {
        entry.object = Object::Composite(composite);
        match change {
            AttributeChange::Drop { name, .. } => {
                entry.comments.remove(&Part::Column(name.clone()));
            }
            AttributeChange::Rename { from, to, .. } => {
                if let Some(text) = entry.comments.remove(&Part::Column(from.clone())) {
                    entry.comments.insert(Part::Column(to.clone()), text);
                }
            }
            AttributeChange::Add { .. } | AttributeChange::Alter { .. } => {}
        }
    });
}
