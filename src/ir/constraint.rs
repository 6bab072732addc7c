//! Table constraints.

use super::{Expr, Name};
use serde::{Deserialize, Serialize};

/// A table constraint; column constraints become these too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constraint {
    /// Its name; `None` only in an operation whose author left it to the database. Replay works it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it says.
    pub kind: ConstraintKind,
    /// Whether its check can be put off to the end of the transaction.
    #[serde(default)]
    pub deferrable: Deferrable,
    /// `NOT VALID`: existing rows were not checked.
    #[serde(default)]
    pub not_valid: bool,
    /// Whether it is a part of its column's definition, where that makes a difference: SQLite drops it with the column, which
    /// it does not drop otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inline: bool,
}

impl Constraint {
    /// Whether it is on a column, as its names tell; a check is on the column in whose definition it stands.
    pub fn is_on(&self, column: &str) -> bool {
        let has = |columns: &[String]| columns.iter().any(|own| own == column);
        match &self.kind {
            ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => has(&key.columns),
            ConstraintKind::ForeignKey(key) => has(&key.columns),
            ConstraintKind::Check { column: own, .. } => own.as_deref() == Some(column),
            ConstraintKind::Exclusion(_) => false,
        }
    }
}

/// What a constraint says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConstraintKind {
    /// `PRIMARY KEY`.
    PrimaryKey(KeyColumns),
    /// `UNIQUE`.
    Unique(KeyColumns),
    /// `FOREIGN KEY`.
    ForeignKey(ForeignKey),
    /// `CHECK`.
    Check {
        /// The expression, without the outer parentheses.
        expr: Expr,
        /// `NO INHERIT`.
        #[serde(default)]
        no_inherit: bool,
        /// The column in whose definition it was written; it decides the name that the database derives.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        column: Option<String>,
    },
    /// `EXCLUDE`.
    Exclusion(Exclusion),
}

/// The key of a primary key or unique constraint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyColumns {
    /// The key columns in order; empty with `using_index` until replay fills them in.
    pub columns: Vec<String>,
    /// `INCLUDE (…)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// `NULLS NOT DISTINCT`.
    #[serde(default)]
    pub nulls_not_distinct: bool,
    /// `USING INDEX name`: an index that becomes the constraint's. `None` in a replayed schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub using_index: Option<String>,
    /// `WITH (…)`: what stands in the parentheses; MySQL's options of the index, as they stand behind the columns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// `USING INDEX TABLESPACE name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<String>,
}

/// What a statement says of the kind of constraint that it drops.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is the constraint of that kind
pub enum ConstraintWord {
    PrimaryKey,
    ForeignKey,
    Check,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The referencing columns.
    pub columns: Vec<String>,
    /// The name of the index that comes with it, as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<String>,
    /// In a table's definition, how many of its indexes stood before it: the one that comes with it is put there (MySQL,
    /// MariaDB).
    #[serde(default, skip_serializing_if = "is_first")]
    pub position: usize,
    /// The referenced table.
    pub references: Name,
    /// The referenced columns; empty when left to the primary key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub referenced: Vec<String>,
    /// `MATCH`.
    #[serde(default)]
    pub matching: Match,
    /// `ON DELETE`.
    #[serde(default)]
    pub on_delete: ReferentialAction,
    /// `ON UPDATE`.
    #[serde(default)]
    pub on_update: ReferentialAction,
}

fn is_first(position: &usize) -> bool {
    *position == 0
}

/// How a foreign key treats partly null keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// `MATCH SIMPLE`, the default.
    #[default]
    Simple,
    /// `MATCH FULL`.
    Full,
}

/// What a foreign key does when its target goes or changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferentialAction {
    /// `NO ACTION`, the default.
    #[default]
    NoAction,
    /// `RESTRICT`.
    Restrict,
    /// `CASCADE`.
    Cascade,
    /// `SET NULL`, of the named columns or, when empty, of all.
    SetNull(Vec<String>),
    /// `SET DEFAULT`, likewise.
    SetDefault(Vec<String>),
}

/// An exclusion constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// `USING method`; `None` is the default, `btree`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// Each element with its operator: the index key, and the text behind `WITH`.
    pub elements: Vec<(super::IndexKey, String)>,
    /// `INCLUDE (…)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// `WHERE (…)`, without the outer parentheses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<Expr>,
}

/// Whether a constraint's check can be put off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deferrable {
    /// `NOT DEFERRABLE`, the default.
    #[default]
    No,
    /// `DEFERRABLE INITIALLY IMMEDIATE`.
    Immediate,
    /// `DEFERRABLE INITIALLY DEFERRED`.
    Deferred,
}
