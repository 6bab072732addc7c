//! How statements name an object of any kind, and the statements that need no more than that: `DROP`, `RENAME`,
//! `SET SCHEMA`, `OWNER TO`, `COMMENT`.

use super::text::{ident, literal, name, role};
use crate::ir::{Behaviour, Name, ObjectKind, ObjectRef};

/// `IF EXISTS `, or nothing.
pub(super) fn if_exists(if_exists: bool) -> &'static str {
    if if_exists { "IF EXISTS " } else { "" }
}

/// ` CASCADE`, or nothing for the default.
pub(super) fn behaviour(behaviour: Behaviour) -> &'static str {
    match behaviour {
        Behaviour::Cascade => " CASCADE",
        Behaviour::Restrict => "",
    }
}

/// `DROP …`.
pub(super) fn drop(object: &ObjectRef, guard: bool, then: Behaviour, concurrently: bool) -> String {
    let concurrently = if concurrently { "CONCURRENTLY " } else { "" };
    let then = behaviour(then);
    match part_of(object) {
        Some((head, part)) => format!("{head} DROP {part} {}{}{then}", if_exists(guard), ident(&object.name.name)),
        None => {
            format!("DROP {} {concurrently}{}{}{then}", object.kind.keywords(), if_exists(guard), designation(object))
        }
    }
}

/// `ALTER … RENAME TO …`.
pub(super) fn rename(object: &ObjectRef, to: &str, guard: bool) -> String {
    match part_of(object) {
        Some((head, part)) => format!("{head} RENAME {part} {} TO {}", ident(&object.name.name), ident(to)),
        None => format!("{} RENAME TO {}", alter(object, guard), ident(to)),
    }
}

/// `ALTER … SET SCHEMA …`.
pub(super) fn set_schema(object: &ObjectRef, schema: &str, guard: bool) -> String {
    format!("{} SET SCHEMA {}", alter(object, guard), ident(schema))
}

/// `ALTER … OWNER TO …`.
pub(super) fn set_owner(object: &ObjectRef, owner: &str) -> String {
    format!("{} OWNER TO {}", alter(object, false), role(owner))
}

/// `COMMENT ON … IS …`.
pub(super) fn comment(object: &ObjectRef, text: Option<&str>) -> String {
    format!("COMMENT ON {} IS {}", reference(object), text.map_or("NULL".into(), literal))
}

/// The kind and the object: `TABLE "users"`, `TRIGGER "sync" ON "users"`, `FUNCTION "f"(integer)`.
pub(super) fn reference(object: &ObjectRef) -> String {
    format!("{} {}", object.kind.keywords(), designation(object))
}

/// `ALTER TABLE "users"`.
fn alter(object: &ObjectRef, guard: bool) -> String {
    format!("ALTER {} {}{}", object.kind.keywords(), if_exists(guard), designation(object))
}

/// For what is altered as a part of something else: how the statement begins, and the part's keyword.
fn part_of(object: &ObjectRef) -> Option<(String, &'static str)> {
    let on = object.on.as_ref()?;
    match object.kind {
        ObjectKind::Column => Some((format!("ALTER TABLE {}", name(on)), "COLUMN")),
        ObjectKind::Constraint => Some((format!("ALTER TABLE {}", name(on)), "CONSTRAINT")),
        ObjectKind::DomainConstraint => Some((format!("ALTER DOMAIN {}", name(on)), "CONSTRAINT")),
        _ => None,
    }
}

/// The object without its kind.
pub(super) fn designation(object: &ObjectRef) -> String {
    let args = object.args.as_deref().map(str::trim);
    match (object.kind, &object.on) {
        (ObjectKind::Column, Some(on)) => format!("{}.{}", name(on), ident(&object.name.name)),
        (ObjectKind::DomainConstraint, Some(on)) => format!("{} ON DOMAIN {}", name(&object.name), name(on)),
        (_, Some(on)) => format!("{} ON {}", name(&object.name), name(on)),
        (ObjectKind::Operator, None) => format!("{} ({})", operator(&object.name), args.unwrap_or_default()),
        (ObjectKind::OperatorClass | ObjectKind::OperatorFamily, None) => {
            format!("{} {}", name(&object.name), preceded("USING", args.unwrap_or_default()))
        }
        (ObjectKind::Cast, None) => enclosed(args.unwrap_or(&object.name.name)),
        (ObjectKind::UserMapping, None) => format!("FOR {} {}", role(&object.name.name), args.unwrap_or_default()),
        (ObjectKind::Transform, None) => format!("FOR {} {}", name(&object.name), args.unwrap_or_default()),
        (ObjectKind::LargeObject, None) => object.name.name.clone(),
        (_, None) => match args {
            Some(args) => format!("{}({args})", name(&object.name)),
            None => name(&object.name),
        },
    }
}

/// An operator takes no quotes; its schema does.
fn operator(operator: &Name) -> String {
    match &operator.schema {
        Some(schema) => format!("{}.{}", ident(schema), operator.name),
        None => operator.name.clone(),
    }
}

/// The text with a keyword before it, whether or not it has it already.
fn preceded(word: &str, text: &str) -> String {
    let first = text.split_ascii_whitespace().next().unwrap_or_default();
    if first.eq_ignore_ascii_case(word) || text.is_empty() { text.to_owned() } else { format!("{word} {text}") }
}

/// The text in parentheses, whether or not it has them already.
fn enclosed(text: &str) -> String {
    if text.starts_with('(') && text.ends_with(')') { text.to_owned() } else { format!("({text})") }
}
