//! How a replayed object is identified, whatever a statement calls it.

use crate::ir::{Name, ObjectKind};
use std::fmt;

/// A schema and a name in it, both resolved.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The schema; [`TEMPORARY`] for temporary objects.
    pub schema: String,
    /// The name.
    pub name: String,
}

/// The schema name under which temporary objects are kept.
pub const TEMPORARY: &str = "pg_temp";

impl Key {
    /// A key from its two parts.
    pub fn new(schema: impl Into<String>, name: impl Into<String>) -> Self {
        Key { schema: schema.into(), name: name.into() }
    }
}

/// An object's identity. Relations (tables, views, sequences, indexes) share one name space, as in PostgreSQL.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Id {
    /// A schema.
    Schema(String),
    /// An extension.
    Extension(String),
    /// An enum, domain, composite or other type.
    Type(Key),
    /// A function or procedure, with its input types as [`signature`](super::routine::signature) writes them.
    Routine(Key, String),
    /// A table, view, materialized view, sequence or index.
    Relation(Key),
    /// A trigger on a relation.
    Trigger(Key, String),
    /// A policy on a table.
    Policy(Key, String),
    /// A publication.
    Publication(String),
    /// What objects made from now on are born with: default privileges.
    Defaults {
        /// Whose objects; `None`: those of whoever runs the migrations.
        role: Option<String>,
        /// In which schema; `None`: in all.
        schema: Option<String>,
        /// Table, sequence, function, type or schema.
        kind: ObjectKind,
    },
    /// An object of a rarer kind.
    Defined {
        /// Its kind.
        kind: ObjectKind,
        /// Its name.
        name: Key,
        /// The relation that it belongs to, for a rule.
        on: Option<Key>,
        /// Its arguments, for an aggregate or operator.
        args: String,
    },
}

impl Id {
    /// Whether it lives for one session only.
    pub fn is_temporary(&self) -> bool {
        match self {
            Id::Type(key)
            | Id::Routine(key, _)
            | Id::Relation(key)
            | Id::Trigger(key, _)
            | Id::Policy(key, _)
            | Id::Defined { name: key, .. } => key.schema == TEMPORARY,
            Id::Schema(_) | Id::Extension(_) | Id::Publication(_) | Id::Defaults { .. } => false,
        }
    }

    /// The schema that it lives in, if it lives in one.
    pub fn schema(&self) -> Option<&str> {
        match self {
            Id::Type(key)
            | Id::Routine(key, _)
            | Id::Relation(key)
            | Id::Trigger(key, _)
            | Id::Policy(key, _)
            | Id::Defined { name: key, .. } => Some(&key.schema),
            Id::Schema(_) | Id::Extension(_) | Id::Publication(_) | Id::Defaults { .. } => None,
        }
    }

    /// Its own name; empty for default privileges, which have none.
    pub fn name(&self) -> &str {
        match self {
            Id::Type(key) | Id::Routine(key, _) | Id::Relation(key) | Id::Defined { name: key, .. } => &key.name,
            Id::Schema(name)
            | Id::Extension(name)
            | Id::Trigger(_, name)
            | Id::Policy(_, name)
            | Id::Publication(name) => name,
            Id::Defaults { .. } => "",
        }
    }

    /// The relation that a trigger, policy or rule belongs to.
    pub fn owner(&self) -> Option<&Key> {
        match self {
            Id::Trigger(on, _) | Id::Policy(on, _) => Some(on),
            Id::Defined { on, .. } => on.as_ref(),
            Id::Schema(_)
            | Id::Extension(_)
            | Id::Type(_)
            | Id::Routine(..)
            | Id::Relation(_)
            | Id::Publication(_)
            | Id::Defaults { .. } => None,
        }
    }
}

/// For people, without the schema where it is `public`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.schema == "public" || self.schema == TEMPORARY || self.schema.is_empty() {
            f.write_str(&self.name)
        } else {
            write!(f, "{}.{}", self.schema, self.name)
        }
    }
}

impl From<&Key> for Name {
    fn from(key: &Key) -> Name {
        Name::in_schema(&key.schema, &key.name)
    }
}

/// For people: the name, with what it belongs to.
impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Id::Schema(name) => write!(f, "schema {name}"),
            Id::Extension(name) => write!(f, "extension {name}"),
            Id::Publication(name) => write!(f, "publication {name}"),
            Id::Defaults { schema: Some(schema), kind, .. } => {
                write!(f, "the default privileges on each {kind} in {schema}")
            }
            Id::Defaults { schema: None, kind, .. } => write!(f, "the default privileges on each {kind}"),
            Id::Type(key) => write!(f, "type {key}"),
            Id::Routine(key, args) => write!(f, "function {key}({args})"),
            Id::Relation(key) => write!(f, "{key}"),
            Id::Trigger(on, name) => write!(f, "trigger {name} on {on}"),
            Id::Policy(on, name) => write!(f, "policy {name} on {on}"),
            Id::Defined { kind, name, on: Some(on), .. } => write!(f, "{kind} {} on {on}", name.name),
            Id::Defined { kind, name, on: None, .. } => write!(f, "{kind} {name}"),
        }
    }
}
