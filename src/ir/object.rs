//! The objects beside tables: views, types, sequences, extensions, publications; and how any object is named.

use super::{Constraint, DataType, Expr, Name, SequenceOptions};
use serde::{Deserialize, Serialize};
use std::fmt;

/// What kind of thing a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is the thing of that name
pub enum ObjectKind {
    Table,
    Column,
    Constraint,
    DomainConstraint,
    Index,
    View,
    MaterializedView,
    ForeignTable,
    Sequence,
    /// Any user-defined type, when the statement says just `TYPE`.
    Type,
    Domain,
    Function,
    Procedure,
    /// `ROUTINE`: function, procedure or aggregate.
    Routine,
    Aggregate,
    Trigger,
    Policy,
    Rule,
    Schema,
    Extension,
    Publication,
    Subscription,
    Statistics,
    Collation,
    Conversion,
    Cast,
    Operator,
    OperatorClass,
    OperatorFamily,
    TextSearchConfiguration,
    TextSearchDictionary,
    TextSearchParser,
    TextSearchTemplate,
    EventTrigger,
    ForeignDataWrapper,
    Server,
    UserMapping,
    Language,
    Transform,
    AccessMethod,
    Role,
    Database,
    Tablespace,
    LargeObject,
    Event,
}

impl ObjectKind {
    /// Whether it belongs to the server and not to the database.
    pub fn is_of_server(self) -> bool {
        matches!(self, ObjectKind::Role | ObjectKind::Database | ObjectKind::Tablespace)
    }

    /// The keywords that stand for it in SQL: `MATERIALIZED VIEW`.
    pub fn keywords(self) -> &'static str {
        use ObjectKind::*;
        match self {
            Table => "TABLE",
            Column => "COLUMN",
            Constraint | DomainConstraint => "CONSTRAINT",
            Index => "INDEX",
            View => "VIEW",
            MaterializedView => "MATERIALIZED VIEW",
            ForeignTable => "FOREIGN TABLE",
            Sequence => "SEQUENCE",
            Type => "TYPE",
            Domain => "DOMAIN",
            Function => "FUNCTION",
            Procedure => "PROCEDURE",
            Routine => "ROUTINE",
            Aggregate => "AGGREGATE",
            Trigger => "TRIGGER",
            Policy => "POLICY",
            Rule => "RULE",
            Schema => "SCHEMA",
            Extension => "EXTENSION",
            Publication => "PUBLICATION",
            Subscription => "SUBSCRIPTION",
            Statistics => "STATISTICS",
            Collation => "COLLATION",
            Conversion => "CONVERSION",
            Cast => "CAST",
            Operator => "OPERATOR",
            OperatorClass => "OPERATOR CLASS",
            OperatorFamily => "OPERATOR FAMILY",
            TextSearchConfiguration => "TEXT SEARCH CONFIGURATION",
            TextSearchDictionary => "TEXT SEARCH DICTIONARY",
            TextSearchParser => "TEXT SEARCH PARSER",
            TextSearchTemplate => "TEXT SEARCH TEMPLATE",
            EventTrigger => "EVENT TRIGGER",
            ForeignDataWrapper => "FOREIGN DATA WRAPPER",
            Server => "SERVER",
            UserMapping => "USER MAPPING",
            Language => "LANGUAGE",
            Transform => "TRANSFORM",
            AccessMethod => "ACCESS METHOD",
            Role => "ROLE",
            Database => "DATABASE",
            Tablespace => "TABLESPACE",
            LargeObject => "LARGE OBJECT",
            Event => "EVENT",
        }
    }
}

/// For people: the keywords in lower case.
impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.keywords().to_lowercase())
    }
}

/// An object as a statement names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObjectRef {
    /// What the statement says it is.
    pub kind: ObjectKind,
    /// Its name. For a column, constraint, trigger, policy or rule the bare name of that, its table being `on`.
    pub name: Name,
    /// The table (or view, or domain) that it belongs to, for the kinds that belong to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Name>,
    /// A routine's, aggregate's or operator's argument list: the text between the parentheses; `None` when there were
    /// no parentheses. For casts and the like, the text that names them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub args: Option<String>,
}

impl ObjectRef {
    /// An object that needs nothing but its name.
    pub fn new(kind: ObjectKind, name: Name) -> Self {
        ObjectRef { kind, name, on: None, args: None }
    }

    /// An object that belongs to a table.
    pub fn on(kind: ObjectKind, name: impl Into<String>, table: Name) -> Self {
        ObjectRef { kind, name: Name::bare(name), on: Some(table), args: None }
    }
}

/// For people: `column users.age`, `trigger sync on users`, `function f(integer)`.
impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.on, self.kind) {
            (Some(on), ObjectKind::Column) => write!(f, "column {on}.{}", self.name),
            (Some(on), kind) => write!(f, "{kind} {} on {on}", self.name),
            (None, kind) => {
                write!(f, "{kind} {}", self.name)?;
                match &self.args {
                    Some(args) => write!(f, "({args})"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// A view or materialized view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its name.
    pub name: Name,
    /// `MATERIALIZED`.
    #[serde(default)]
    pub materialized: bool,
    /// `TEMPORARY`.
    #[serde(default)]
    pub temporary: bool,
    /// `RECURSIVE`.
    #[serde(default)]
    pub recursive: bool,
    /// The column names in parentheses; empty when there were none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// `WITH (…)`: options by name (`security_barrier`, `security_invoker`, storage parameters).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<(String, String)>,
    /// The query as written, without `AS`.
    pub query: String,
    /// `WITH … CHECK OPTION`: `LOCAL` or `CASCADED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check_option: Option<String>,
    /// `WITH NO DATA`.
    #[serde(default)]
    pub with_no_data: bool,
    /// `USING method`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// `TABLESPACE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<String>,
}

/// An enum type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enum {
    /// Its name.
    pub name: Name,
    /// Its values in order, unescaped.
    pub values: Vec<String>,
}

/// A domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Its name.
    pub name: Name,
    /// The type that it narrows.
    pub data_type: DataType,
    /// `COLLATE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<Name>,
    /// `DEFAULT`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Expr>,
    /// `NOT NULL`.
    #[serde(default)]
    pub not_null: bool,
    /// Its check constraints.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Constraint>,
}

/// One `ALTER DOMAIN` action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is the action of that name
pub enum DomainChange {
    SetDefault(Expr),
    DropDefault,
    SetNotNull,
    DropNotNull,
    AddConstraint(Constraint),
    DropConstraint { name: String, if_exists: bool, behaviour: super::Behaviour },
    RenameConstraint { from: String, to: String },
    ValidateConstraint(String),
}

/// A composite type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composite {
    /// Its name.
    pub name: Name,
    /// Its attributes in order.
    pub attributes: Vec<Attribute>,
}

/// An attribute of a composite type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type.
    pub data_type: DataType,
    /// `COLLATE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<Name>,
}

/// A sequence that stands by itself (an identity column's is part of the column).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// Its name.
    pub name: Name,
    /// Its options.
    #[serde(default)]
    pub options: SequenceOptions,
    /// `OWNED BY table.column`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<(Name, String)>,
    /// `TEMPORARY`.
    #[serde(default)]
    pub temporary: bool,
    /// `UNLOGGED`.
    #[serde(default)]
    pub unlogged: bool,
}

/// What `ALTER SEQUENCE` changes; `None` is left as it was, the inner `None` is `NO …`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // each is the option of that name
pub struct SequenceChange {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_type: Option<DataType>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub increment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<Option<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cycle: Option<bool>,
    /// `OWNED BY`; the inner `None` is `OWNED BY NONE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<Option<(Name, String)>>,
    /// `RESTART`; the inner `None` restarts at the start value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart: Option<Option<String>>,
    /// `SET LOGGED` / `SET UNLOGGED`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logged: Option<bool>,
}

/// An extension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Its name.
    pub name: String,
    /// `SCHEMA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// `VERSION`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `CASCADE`.
    #[serde(default)]
    pub cascade: bool,
}

/// A publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// Its name.
    pub name: String,
    /// `FOR ALL TABLES`.
    #[serde(default)]
    pub all_tables: bool,
    /// `FOR TABLE …`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<PublicationTable>,
    /// `FOR TABLES IN SCHEMA …`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub schemas: Vec<String>,
    /// `WITH (…)`: options by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<(String, String)>,
}

/// A table in a publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationTable {
    /// The table.
    pub table: Name,
    /// `ONLY`: without it the tables that inherit from it come too. Replay makes them members of their own.
    #[serde(default)]
    pub only: bool,
    /// The columns that are published; empty is all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// `WHERE (…)`, without the outer parentheses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<Expr>,
}

/// An object of a rarer kind, kept as the statement that makes it: aggregates, casts, collations, event triggers,
/// foreign tables, operators, rules, servers, statistics, text search objects, range and base types, roles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// The object.
    pub object: ObjectRef,
    /// The whole statement as written, without `OR REPLACE` and `IF NOT EXISTS`, without the closing semicolon.
    pub sql: String,
}

/// Privileges granted or taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The privileges in upper case, each with the columns it is limited to (empty: all). `ALL` is one of them.
    /// Empty when roles are granted, which `on` then says.
    pub privileges: Vec<(String, Vec<String>)>,
    /// On what.
    pub on: Grantable,
    /// To or from whom; `PUBLIC` in upper case, role names folded.
    pub grantees: Vec<String>,
    /// `WITH GRANT OPTION` / `GRANT OPTION FOR`.
    #[serde(default)]
    pub grant_option: bool,
    /// `GRANTED BY role`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<String>,
}

/// What privileges can be granted on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grantable {
    /// Named objects; `ON x` without a keyword is a [`ObjectKind::Table`].
    Objects(Vec<ObjectRef>),
    /// `ALL TABLES` (sequences, functions, …) `IN SCHEMA …`.
    AllInSchema {
        /// Table, sequence, function, procedure or routine.
        kind: ObjectKind,
        /// The schemas.
        schemas: Vec<String>,
    },
    /// Membership in roles.
    Roles(Vec<String>),
    /// `ALTER DEFAULT PRIVILEGES`: objects that are made from now on.
    Future {
        /// Table, sequence, function, type or schema.
        kind: ObjectKind,
        /// `IN SCHEMA`; empty: in all.
        schemas: Vec<String>,
        /// `FOR ROLE`: whose objects; empty: those of whoever runs it.
        roles: Vec<String>,
    },
}
