//! Columns and their types.

use super::Name;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An expression, as the text that was written (comments and outer blanks removed), without outer parentheses where
/// the grammar asks for them anyway.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Expr(pub String);

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A type's name: the dialect's own, or one that the history defined.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeName {
    /// A type of the dialect itself under its canonical name: `integer`, `timestamp with time zone`, `jsonb`; and the
    /// pseudo types `smallserial`, `serial`, `bigserial` where they were written (a column in a [`Schema`]
    /// never has one: replay turns it into the integer type, its default and its sequence).
    ///
    /// [`Schema`]: crate::schema::Schema
    Builtin(String),
    /// Any other type: an enum, a domain, a composite type, an extension's type.
    User(Name),
}

/// A type with its arguments.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DataType {
    /// The element type.
    pub name: TypeName,
    /// What stands in the parentheses, piece by piece: `["10", "2"]` of `numeric(10,2)`; `interval`'s fields
    /// (`YEAR TO MONTH`) come first, as one piece. Empty when there were none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<String>,
    /// Array dimensions; 0 is no array. PostgreSQL does not keep declared bounds, nor do we.
    #[serde(default)]
    pub dimensions: u8,
}

impl DataType {
    /// A type of the dialect without arguments.
    pub fn builtin(name: &str) -> Self {
        DataType { name: TypeName::Builtin(name.into()), args: Vec::new(), dimensions: 0 }
    }

    /// The user-defined type's name, if it is one.
    pub fn user(&self) -> Option<&Name> {
        match &self.name {
            TypeName::User(name) => Some(name),
            TypeName::Builtin(_) => None,
        }
    }
}

/// A column's definition. Constraints written inline stand in the table's list instead, `NOT NULL` stays here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    pub data_type: DataType,
    /// `COLLATE`, when written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<Name>,
    /// `CHARACTER SET`, lower case, when written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// Whether NULL is refused.
    #[serde(default)]
    pub not_null: bool,
    /// `DEFAULT`; `None` is no default (`DEFAULT NULL` is the expression `NULL`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Expr>,
    /// `GENERATED ALWAYS AS (…)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated: Option<Expr>,
    /// Whether that is `VIRTUAL` rather than `STORED`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_virtual: bool,
    /// `AUTOINCREMENT`, `AUTO_INCREMENT`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub auto_increment: bool,
    /// `ON UPDATE`: what it is set to when its row changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_update: Option<Expr>,
    /// `COMMENT` where it is a part of the definition: the string as written, quotes included.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// MariaDB's `CHECK (…)` that is a part of the column and no constraint of its table, without the parentheses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Expr>,
    /// `INVISIBLE`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub invisible: bool,
    /// `GENERATED … AS IDENTITY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<Identity>,
    /// `STORAGE`, upper case, when set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage: Option<String>,
    /// `COMPRESSION`, lower case, when set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compression: Option<String>,
    /// `SET STATISTICS n`, when set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistics: Option<i32>,
    /// `SET (n_distinct = …)`: attribute options by name, when set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<(String, String)>,
}

impl Column {
    /// A nullable column with nothing but a name and a type.
    pub fn new(name: impl Into<String>, data_type: DataType) -> Self {
        Column {
            name: name.into(),
            data_type,
            collation: None,
            charset: None,
            not_null: false,
            default: None,
            generated: None,
            is_virtual: false,
            auto_increment: false,
            on_update: None,
            comment: None,
            check: None,
            invisible: false,
            identity: None,
            storage: None,
            compression: None,
            statistics: None,
            options: Vec::new(),
        }
    }
}

/// An identity column's own part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// `ALWAYS` rather than `BY DEFAULT`.
    pub always: bool,
    /// The options of its sequence.
    #[serde(default)]
    pub options: SequenceOptions,
    /// `SEQUENCE NAME`, in the table's schema; `None`: as the table and the column give it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<String>,
}

/// A sequence's options; `None` is the database's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SequenceOptions {
    /// `AS type`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_type: Option<DataType>,
    /// `INCREMENT BY`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub increment: Option<String>,
    /// `MINVALUE`; `Some(None)` cannot be told from `NO MINVALUE`, which is the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// `MAXVALUE`, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// `START WITH`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// `CACHE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache: Option<String>,
    /// `CYCLE`.
    #[serde(default)]
    pub cycle: bool,
}

/// Where a column is put.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnPosition {
    /// `FIRST`.
    First,
    /// `AFTER` that column.
    After(String),
}

/// One `ALTER COLUMN` action: what the column becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColumnChange {
    /// `TYPE …`.
    Type {
        /// The type it becomes.
        data_type: DataType,
        /// `COLLATE`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        collation: Option<Name>,
        /// `USING`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        using: Option<Expr>,
    },
    /// `SET DEFAULT`.
    SetDefault(Expr),
    /// `DROP DEFAULT`.
    DropDefault,
    /// `SET NOT NULL`.
    SetNotNull,
    /// `DROP NOT NULL`.
    DropNotNull,
    /// `SET EXPRESSION AS (…)` (PostgreSQL 17).
    SetExpression(Expr),
    /// `DROP EXPRESSION`.
    DropExpression {
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `ADD GENERATED … AS IDENTITY`.
    AddIdentity(Identity),
    /// `SET GENERATED …`, `SET <sequence option>`, `RESTART`.
    SetIdentity {
        /// `SET GENERATED ALWAYS` / `BY DEFAULT`, when given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        always: Option<bool>,
        /// The sequence options, when given.
        #[serde(default)]
        change: super::SequenceChange,
    },
    /// `DROP IDENTITY`.
    DropIdentity {
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `SET STORAGE`.
    SetStorage(String),
    /// `SET COMPRESSION`; `default` takes it away.
    SetCompression(String),
    /// `SET STATISTICS`; -1 takes it away.
    SetStatistics(i32),
    /// `SET (name = value, …)`.
    SetOptions(Vec<(String, String)>),
    /// `RESET (name, …)`.
    ResetOptions(Vec<String>),
    /// `MODIFY`, `CHANGE`: all of the definition anew.
    Redefine {
        /// What it becomes; under another name with `CHANGE`.
        column: Box<Column>,
        /// Where it goes; `None`: it stays.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        position: Option<ColumnPosition>,
    },
}
