//! Indexes.

use super::{Expr, Name};
use serde::{Deserialize, Serialize};

/// An index that is not a constraint's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its name, without a schema: it lives in its table's. `None` only in an operation whose author left it to
    /// the database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The table or materialized view.
    pub table: Name,
    /// `ON ONLY`.
    #[serde(default)]
    pub only: bool,
    /// `UNIQUE`.
    #[serde(default)]
    pub unique: bool,
    /// `USING method`, lower case; `None` is the default. `fulltext` and `spatial` are MySQL's `FULLTEXT` and `SPATIAL`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The keys in order.
    pub keys: Vec<IndexKey>,
    /// `INCLUDE (…)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// `NULLS NOT DISTINCT`.
    #[serde(default)]
    pub nulls_not_distinct: bool,
    /// `WITH (…)`: storage parameters by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<(String, String)>,
    /// `TABLESPACE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<String>,
    /// `WHERE`, without outer parentheses if the whole was in them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<Expr>,
    /// Whether it came with a foreign key, so that it goes when another index does for that (MySQL, MariaDB).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub implied: bool,
}

/// One key of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexKey {
    /// The column or expression.
    pub part: KeyPart,
    /// How much of it, in characters or bytes as its type has it: `name(10)`; `None` is all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
    /// `COLLATE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<Name>,
    /// The operator class, with its parameters as written (`gist_trgm_ops(siglen=32)`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator_class: Option<String>,
    /// `ASC` or `DESC`, when written (`ASC` on a method that has no order is an error, so it is never added).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<SortOrder>,
    /// `NULLS FIRST` or `NULLS LAST`, when written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nulls: Option<NullsOrder>,
}

/// What an index key indexes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyPart {
    /// A column.
    Column(String),
    /// An expression, without outer parentheses.
    Expr(Expr),
}

/// Sort order of an index key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortOrder {
    /// `ASC`.
    Asc,
    /// `DESC`.
    Desc,
}

/// Where an index key puts nulls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NullsOrder {
    /// `NULLS FIRST`.
    First,
    /// `NULLS LAST`.
    Last,
}
