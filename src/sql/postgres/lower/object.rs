//! Objects as statements name them, whatever their kind, and the small clauses that many statements share.

use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;

/// The kinds of object by the words that stand for them; longer ones first where one begins another.
pub(super) const KINDS: &[(&str, ObjectKind)] = &[
    ("ACCESS METHOD", ObjectKind::AccessMethod),
    ("AGGREGATE", ObjectKind::Aggregate),
    ("CAST", ObjectKind::Cast),
    ("COLLATION", ObjectKind::Collation),
    ("CONVERSION", ObjectKind::Conversion),
    ("DATABASE", ObjectKind::Database),
    ("DOMAIN", ObjectKind::Domain),
    ("EVENT TRIGGER", ObjectKind::EventTrigger),
    ("EXTENSION", ObjectKind::Extension),
    ("FOREIGN DATA WRAPPER", ObjectKind::ForeignDataWrapper),
    ("FOREIGN TABLE", ObjectKind::ForeignTable),
    ("FUNCTION", ObjectKind::Function),
    ("GROUP", ObjectKind::Role),
    ("INDEX", ObjectKind::Index),
    ("LARGE OBJECT", ObjectKind::LargeObject),
    ("PROCEDURAL LANGUAGE", ObjectKind::Language),
    ("LANGUAGE", ObjectKind::Language),
    ("MATERIALIZED VIEW", ObjectKind::MaterializedView),
    ("OPERATOR CLASS", ObjectKind::OperatorClass),
    ("OPERATOR FAMILY", ObjectKind::OperatorFamily),
    ("OPERATOR", ObjectKind::Operator),
    ("POLICY", ObjectKind::Policy),
    ("PROCEDURE", ObjectKind::Procedure),
    ("PUBLICATION", ObjectKind::Publication),
    ("ROLE", ObjectKind::Role),
    ("ROUTINE", ObjectKind::Routine),
    ("RULE", ObjectKind::Rule),
    ("SCHEMA", ObjectKind::Schema),
    ("SEQUENCE", ObjectKind::Sequence),
    ("SERVER", ObjectKind::Server),
    ("STATISTICS", ObjectKind::Statistics),
    ("SUBSCRIPTION", ObjectKind::Subscription),
    ("TABLESPACE", ObjectKind::Tablespace),
    ("TABLE", ObjectKind::Table),
    ("TEXT SEARCH CONFIGURATION", ObjectKind::TextSearchConfiguration),
    ("TEXT SEARCH DICTIONARY", ObjectKind::TextSearchDictionary),
    ("TEXT SEARCH PARSER", ObjectKind::TextSearchParser),
    ("TEXT SEARCH TEMPLATE", ObjectKind::TextSearchTemplate),
    ("TRANSFORM", ObjectKind::Transform),
    ("TRIGGER", ObjectKind::Trigger),
    ("TYPE", ObjectKind::Type),
    ("USER MAPPING", ObjectKind::UserMapping),
    ("USER", ObjectKind::Role),
    ("VIEW", ObjectKind::View),
];

/// The kind that the next words stand for, eaten.
pub(super) fn kind(c: &mut Cursor<'_>) -> Parse<ObjectKind> {
    let found = KINDS.iter().find(|(words, _)| c.eat(words));
    found.map(|(_, kind)| *kind).ok_or_else(|| c.stop("a kind of object"))
}

/// An object of that kind as `DROP`, `COMMENT ON` and `ALTER` name it.
pub(super) fn object(c: &mut Cursor<'_>, kind: ObjectKind) -> Parse<ObjectRef> {
    use ObjectKind as K;
    let mut object = match kind {
        K::Function | K::Procedure | K::Routine | K::Aggregate => {
            let mut object = ObjectRef::new(kind, c.qualified_type()?);
            if c.is_mark(0, "(") {
                let inner = c.parens()?;
                object.args = Some(inner.clean(0, inner.tokens().len()));
            }
            object
        }
        K::Type | K::Domain => ObjectRef::new(kind, c.qualified_type()?),
        K::Trigger | K::Policy | K::Rule => {
            let name = c.name()?;
            c.expect("ON")?;
            ObjectRef::on(kind, name, c.qualified()?)
        }
        K::Operator => {
            let name = operator(c)?;
            let inner = c.parens()?;
            ObjectRef { args: Some(inner.clean(0, inner.tokens().len())), ..ObjectRef::new(kind, name) }
        }
        K::OperatorClass | K::OperatorFamily => {
            let name = c.qualified()?;
            c.expect("USING")?;
            ObjectRef { args: Some(format!("USING {}", c.name()?)), ..ObjectRef::new(kind, name) }
        }
        K::Cast => {
            let inner = c.parens()?;
            let args = inner.clean(0, inner.tokens().len());
            ObjectRef { args: Some(args), ..ObjectRef::new(kind, Name::bare("")) }
        }
        K::Transform => {
            c.expect("FOR")?;
            let data_type = c.qualified_type()?;
            c.expect("LANGUAGE")?;
            ObjectRef { args: Some(format!("LANGUAGE {}", c.name()?)), ..ObjectRef::new(kind, data_type) }
        }
        K::UserMapping => {
            c.expect("FOR")?;
            let user = role(c)?;
            c.expect("SERVER")?;
            ObjectRef { args: Some(format!("SERVER {}", c.name()?)), ..ObjectRef::new(kind, Name::bare(user)) }
        }
        K::LargeObject => ObjectRef::new(kind, Name::bare(c.number()?)),
        K::Role => ObjectRef::new(kind, Name::bare(role(c)?)),
        K::Column | K::Constraint | K::DomainConstraint | K::Event => return Err(c.stop("another kind of object")),
        K::Schema
        | K::Extension
        | K::Publication
        | K::Subscription
        | K::EventTrigger
        | K::ForeignDataWrapper
        | K::Server
        | K::Language
        | K::AccessMethod
        | K::Database
        | K::Tablespace => ObjectRef::new(kind, Name::bare(c.name()?)),
        K::Table
        | K::Index
        | K::View
        | K::MaterializedView
        | K::ForeignTable
        | K::Sequence
        | K::Statistics
        | K::Collation
        | K::Conversion
        | K::TextSearchConfiguration
        | K::TextSearchDictionary
        | K::TextSearchParser
        | K::TextSearchTemplate => ObjectRef::new(kind, c.qualified()?),
    };
    // `f ( )` has an argument list, and it is empty.
    if let Some(args) = &mut object.args {
        *args = args.trim().to_string();
    }
    Ok(object)
}

/// `schema.+` or `+`.
fn operator(c: &mut Cursor<'_>) -> Parse<Name> {
    let schema = if c.is_mark(1, ".") {
        let schema = c.name()?;
        c.skip(1);
        Some(schema)
    } else {
        None
    };
    if c.kind(0) != Some(TokenKind::Operator) {
        return Err(c.stop("an operator"));
    }
    let name = c.text(0).to_string();
    c.skip(1);
    Ok(Name { schema, name })
}

/// `CASCADE` or `RESTRICT`, when written.
pub(super) fn behaviour(c: &mut Cursor<'_>) -> Behaviour {
    match c.eat_any(&["CASCADE", "RESTRICT"]) {
        Some("CASCADE") => Behaviour::Cascade,
        _ => Behaviour::Restrict,
    }
}

/// A role: its name folded, or one of the words that stand for one, in upper case.
pub(super) fn role(c: &mut Cursor<'_>) -> Parse<String> {
    let words = ["CURRENT_USER", "CURRENT_ROLE", "SESSION_USER", "PUBLIC", "USER"];
    match c.eat_any(&words) {
        Some(word) => Ok(word.to_string()),
        None => c.name(),
    }
}
