//! Functions and procedures, triggers, policies.

use super::{DataType, Expr, Name};
use serde::{Deserialize, Serialize};

/// Function or procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum RoutineKind {
    Function,
    Procedure,
}

/// A function or procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Routine {
    /// Which of the two.
    pub kind: RoutineKind,
    /// Its name.
    pub name: Name,
    /// Its arguments in order.
    pub arguments: Vec<Argument>,
    /// `RETURNS …`: the text behind it (`trigger`, `SETOF users`, `TABLE (a integer)`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<String>,
    /// Everything behind the argument list as written, `RETURNS` included.
    pub rest: String,
    /// `LANGUAGE`, lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The body: the unescaped string behind `AS`, or the text of an SQL-standard body, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Whether the body is SQL-standard (`RETURN …`, `BEGIN ATOMIC … END`), so that the database tracks what it uses.
    #[serde(default)]
    pub atomic: bool,
}

/// An argument of a routine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Argument {
    /// `IN`, `OUT`, `INOUT`, `VARIADIC`.
    #[serde(default)]
    pub mode: ArgumentMode,
    /// Its name, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its type.
    pub data_type: DataType,
    /// The type as written, `SETOF` and `%TYPE` included.
    pub type_text: String,
    /// `DEFAULT` or `=`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Expr>,
}

/// An argument's direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ArgumentMode {
    #[default]
    In,
    Out,
    InOut,
    Variadic,
}

/// A trigger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// Its name.
    pub name: String,
    /// The table or view.
    pub table: Name,
    /// `CONSTRAINT TRIGGER`.
    #[serde(default)]
    pub constraint: bool,
    /// `BEFORE`, `AFTER` or `INSTEAD OF`.
    pub timing: String,
    /// The events in order, upper case (`INSERT`, `UPDATE`, `DELETE`, `TRUNCATE`), each with the columns of
    /// `UPDATE OF` (empty: any).
    pub events: Vec<(String, Vec<String>)>,
    /// Constraint triggers: `FROM table`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Name>,
    /// `DEFERRABLE …`.
    #[serde(default)]
    pub deferrable: super::Deferrable,
    /// `REFERENCING …`: the text behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referencing: Option<String>,
    /// `FOR EACH ROW` rather than `STATEMENT`.
    pub each_row: bool,
    /// `WHEN (…)`, without the parentheses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Expr>,
    /// The function that it calls; `None` for one that has a body of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<Name>,
    /// Its arguments as written, one a piece.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<String>,
    /// `BEGIN … END`, or one statement, as written, where it calls no function.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// `DEFINER =`: the text behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definer: Option<String>,
    /// `FOLLOWS` or `PRECEDES`, and the trigger of the same table and event that it names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<(String, String)>,
}

/// A row-security policy. In `ALTER POLICY` what is `None` or empty is left as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Its name.
    pub name: String,
    /// Its table.
    pub table: Name,
    /// `AS RESTRICTIVE`.
    #[serde(default)]
    pub restrictive: bool,
    /// `FOR`: `ALL`, `SELECT`, `INSERT`, `UPDATE`, `DELETE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub command: Option<String>,
    /// `TO`: role names folded, `PUBLIC`, `CURRENT_USER` and the like in upper case; empty is `PUBLIC`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// `USING (…)`, without the parentheses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub using: Option<Expr>,
    /// `WITH CHECK (…)`, without the parentheses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub check: Option<Expr>,
}
