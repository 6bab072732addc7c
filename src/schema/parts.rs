//! The names and texts inside an object, one after the other, so that each can be looked at or changed.

use super::Object;
use crate::ir::{ConstraintKind, DataType, IndexKey, KeyPart, Name, TypeName};

/// What a name stands for.
#[derive(Clone, Copy)]
pub(super) enum Role {
    /// A table, view, sequence or index.
    Relation,
    /// A type.
    Type,
    /// A function or procedure.
    Routine,
}

/// Every name inside an object that stands for another.
pub(super) fn names(object: &mut Object, see: &mut dyn FnMut(Role, &mut Name)) {
    let data_type = |data_type: &mut DataType, see: &mut dyn FnMut(Role, &mut Name)| {
        if let TypeName::User(name) = &mut data_type.name {
            see(Role::Type, name);
        }
    };
    match object {
        Object::Table(state) => {
            for column in &mut state.table.columns {
                data_type(&mut column.data_type, see);
            }
            for constraint in &mut state.table.constraints {
                if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
                    see(Role::Relation, &mut key.references);
                }
            }
            if let Some(partition) = &mut state.table.partition_of {
                see(Role::Relation, &mut partition.parent);
            }
            for parent in &mut state.table.inherits {
                see(Role::Relation, parent);
            }
            if let Some(of_type) = &mut state.table.of_type {
                data_type(of_type, see);
            }
        }
        Object::Index(state) => {
            see(Role::Relation, &mut state.index.table);
            if let Some(parent) = &mut state.attached_to {
                see(Role::Relation, parent);
            }
        }
        Object::Sequence(sequence) => {
            if let Some((table, _)) = &mut sequence.owned_by {
                see(Role::Relation, table);
            }
        }
        Object::Trigger(state) => {
            see(Role::Relation, &mut state.trigger.table);
            if let Some(from) = &mut state.trigger.from {
                see(Role::Relation, from);
            }
            if let Some(function) = &mut state.trigger.function {
                see(Role::Routine, function);
            }
        }
        Object::Policy(policy) => see(Role::Relation, &mut policy.table),
        Object::Publication(publication) => {
            for member in &mut publication.tables {
                see(Role::Relation, &mut member.table);
            }
        }
        Object::Domain(domain) => data_type(&mut domain.data_type, see),
        Object::Composite(composite) => {
            for attribute in &mut composite.attributes {
                data_type(&mut attribute.data_type, see);
            }
        }
        Object::Routine(state) => {
            super::routine::types(&mut state.routine, &mut |name| see(Role::Type, name));
        }
        Object::Defined(state) => {
            if let Some(on) = &mut state.definition.object.on {
                see(Role::Relation, on);
            }
        }
        Object::View(_) | Object::Enum(_) | Object::Schema(_) | Object::Extension(_) | Object::Defaults { .. } => {}
    }
}

/// What a text is.
#[derive(Clone, Copy)]
pub(super) enum TextKind {
    /// An expression.
    Expr,
    /// A whole query.
    Query,
}

/// Every text inside an object that the database keeps by reference (a routine's quoted body it does not).
pub(super) fn texts(object: &mut Object, see: &mut dyn FnMut(TextKind, &mut String)) {
    let key = |key: &mut IndexKey, see: &mut dyn FnMut(TextKind, &mut String)| {
        if let KeyPart::Expr(expr) = &mut key.part {
            see(TextKind::Expr, &mut expr.0);
        }
    };
    match object {
        Object::Table(state) => {
            for column in &mut state.table.columns {
                for expr in [&mut column.default, &mut column.generated].into_iter().flatten() {
                    see(TextKind::Expr, &mut expr.0);
                }
            }
            for constraint in &mut state.table.constraints {
                match &mut constraint.kind {
                    ConstraintKind::Check { expr, .. } => see(TextKind::Expr, &mut expr.0),
                    ConstraintKind::Exclusion(exclusion) => {
                        for (element, _) in &mut exclusion.elements {
                            key(element, see);
                        }
                        if let Some(predicate) = &mut exclusion.predicate {
                            see(TextKind::Expr, &mut predicate.0);
                        }
                    }
                    ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_) | ConstraintKind::ForeignKey(_) => {}
                }
            }
        }
        Object::View(state) => {
            see(TextKind::Query, &mut state.view.query);
            for default in state.defaults.values_mut() {
                see(TextKind::Expr, &mut default.0);
            }
        }
        Object::Index(state) => {
            for element in &mut state.index.keys {
                key(element, see);
            }
            if let Some(predicate) = &mut state.index.predicate {
                see(TextKind::Expr, &mut predicate.0);
            }
        }
        Object::Trigger(state) => {
            if let Some(when) = &mut state.trigger.when {
                see(TextKind::Expr, &mut when.0);
            }
        }
        Object::Policy(policy) => {
            for expr in [&mut policy.using, &mut policy.check].into_iter().flatten() {
                see(TextKind::Expr, &mut expr.0);
            }
        }
        Object::Domain(domain) => {
            if let Some(default) = &mut domain.default {
                see(TextKind::Expr, &mut default.0);
            }
            for check in &mut domain.checks {
                if let ConstraintKind::Check { expr, .. } = &mut check.kind {
                    see(TextKind::Expr, &mut expr.0);
                }
            }
        }
        Object::Routine(state) => {
            for argument in &mut state.routine.arguments {
                if let Some(default) = &mut argument.default {
                    see(TextKind::Expr, &mut default.0);
                }
            }
        }
        Object::Publication(publication) => {
            for filter in publication.tables.iter_mut().filter_map(|member| member.filter.as_mut()) {
                see(TextKind::Expr, &mut filter.0);
            }
        }
        Object::Sequence(_)
        | Object::Enum(_)
        | Object::Composite(_)
        | Object::Schema(_)
        | Object::Extension(_)
        | Object::Defaults { .. }
        | Object::Defined(_) => {}
    }
}
