//! Operations on rows.

use super::{Expr, Name};
use serde::{Deserialize, Serialize};

/// An `INSERT` that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Insert {
    /// Into what.
    pub table: Name,
    /// The columns as written; empty is all, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// Where the rows come from.
    pub source: InsertSource,
    /// Whether there is an `ON CONFLICT`.
    #[serde(default)]
    pub on_conflict: bool,
    /// The columns that `ON CONFLICT … DO UPDATE` sets; empty when it does nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updates: Vec<String>,
    /// The whole statement as written.
    pub sql: String,
}

/// Where an `INSERT` has its rows from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InsertSource {
    /// `VALUES`: each row's expressions (`DEFAULT` among them).
    Rows(Vec<Vec<Expr>>),
    /// A query.
    Query,
    /// `DEFAULT VALUES`.
    Defaults,
}

/// Statements that change rows and nothing else, as a whole: `UPDATE`, `DELETE`, `COPY`, data-modifying `WITH`, and
/// `DO` blocks that hold nothing but such statements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writes {
    /// Each table that is written, in order of first mention.
    pub writes: Vec<Write>,
    /// The whole statement as written.
    pub sql: String,
}

/// One table that a statement writes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Write {
    /// How.
    pub kind: WriteKind,
    /// Which.
    pub table: Name,
    /// The columns that are set, for `UPDATE`; empty otherwise or when that cannot be told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
}

/// How a statement writes a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum WriteKind {
    Insert,
    Update,
    Delete,
    Truncate,
}
