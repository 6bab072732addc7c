//! A whole history.

use super::{Dialect, Op};
use crate::diag::Finding;
use crate::source::{FileId, Span};
use serde::{Deserialize, Serialize};

/// The tool that wrote a history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Tool {
    Prisma,
    Typeorm,
    Knex,
    Sequelize,
}

/// A history: every migration in the order in which the tool runs them.
#[derive(Clone, Debug)]
pub struct History {
    /// The tool that wrote it.
    pub tool: Tool,
    /// Its dialect.
    pub dialect: Dialect,
    /// The schema that bare names mean; `public` unless the history shows another.
    pub default_schema: String,
    /// What was there before the first migration: every replay begins with it, and nothing undoes it. Empty for a history
    /// that begins on an empty database.
    pub base: Vec<Step>,
    /// The migrations in order.
    pub migrations: Vec<Migration>,
}

/// One migration.
#[derive(Clone, Debug)]
pub struct Migration {
    /// The tool's own name for it; Prisma's is the folder's.
    pub name: String,
    /// The file that holds its up.
    pub file: FileId,
    /// What it does.
    pub up: Script,
    /// What undoes it.
    pub down: Down,
    /// How the tool runs it.
    pub transaction: TransactionMode,
    /// How the tool undoes it.
    pub down_transaction: TransactionMode,
}

/// Operations in order, with the comments that stood between them.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// The steps.
    pub steps: Vec<Step>,
    /// Comments that belong to no statement (a `/* Warnings */` block, a file's last lines), each with its place.
    pub notes: Vec<(String, Span)>,
}

/// One operation and where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The operation.
    #[serde(flatten)]
    pub op: Op,
    /// The statement's place.
    #[serde(skip)]
    pub at: Span,
    /// Whether it is of the same statement as the step before it.
    #[serde(skip)]
    pub joined: bool,
    /// The comments directly before the statement, without their markers, one line a piece.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

impl Step {
    /// A step without notes.
    pub fn new(op: Op, at: Span) -> Self {
        Step { op, at, joined: false, notes: Vec::new() }
    }
}

/// A migration's down.
#[derive(Clone, Debug)]
pub enum Down {
    /// There is none.
    Missing,
    /// There is one and it says nothing.
    Empty(FileId),
    /// Somebody wrote one.
    Written(FileId, Script),
}

/// How sure a made down is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grade {
    /// Schema and rows come back as they were.
    Exact,
    /// The schema comes back; what rows or values do not is listed, one piece an entry.
    SchemaOnly(Vec<String>),
    /// No down can be vouched for; why, one reason an entry.
    Refused(Vec<Finding>),
}

/// How the tool runs a migration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransactionMode {
    /// As one simple query: one implicit transaction unless the text controls it itself (Prisma on PostgreSQL).
    Implicit,
    /// In a transaction that the tool opens.
    Wrapped,
    /// In a transaction that the script opens by itself, all of it.
    Explicit,
    /// Statement by statement.
    None,
}
