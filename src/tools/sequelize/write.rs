//! Downs as a user of Sequelize writes them.

use super::{Sequelize, build};
use crate::ir::Op;
use crate::js::Parameter;
use crate::sql::postgres;
use crate::tools::script::{Desk, Handle, Lines, Meaning, Uses, Writing, Written, nested, sql_string};

/// How Sequelize's downs are written.
pub(super) struct Writer;

impl Writing for Writer {
    fn meaning(&self) -> &dyn Meaning {
        &Sequelize
    }

    /// `sequelize-cli` gives the query interface; umzug gives an object whose `context` is what the project chose: the query
    /// interface, an instance of Sequelize, or an object that holds one of them.
    fn handle(&self, of: Uses<'_>) -> Option<Handle> {
        let context =
            |fields: &[(String, String)]| fields.iter().find(|(key, _)| key == "context").map(|(_, name)| name.clone());
        let uses = |expression: &str| mentions(of.text, expression);
        match (of.parameter, of.up) {
            (Parameter::Object(fields), _) => {
                let name = context(fields)?;
                // What shows how it is used is the up's own name for it.
                let shown = match of.up {
                    Parameter::Object(fields) => context(fields)?,
                    Parameter::Named(up) => format!("{up}.context"),
                    Parameter::None | Parameter::Other => return None,
                };
                of_kind(&name, &shown, &uses)
            }
            (Parameter::Named(name), Parameter::Object(fields)) => {
                of_kind(&format!("{name}.context"), &context(fields)?, &uses)
            }
            (Parameter::Named(name), Parameter::Named(up)) if uses(&format!("{up}.context")) => {
                of_kind(&format!("{name}.context"), &format!("{up}.context"), &uses)
            }
            (Parameter::Named(name), Parameter::Named(up)) => of_kind(name, up, &uses),
            (Parameter::Named(name), Parameter::None) => of_kind(name, name, &uses),
            (Parameter::Named(_) | Parameter::None | Parameter::Other, _) => None,
        }
    }

    fn parameters(&self, typed: bool) -> &'static str {
        if typed { "queryInterface: import('sequelize').QueryInterface" } else { "queryInterface" }
    }

    fn default_schema(&self) -> Option<&str> {
        Some("public")
    }

    fn statements(&self, ops: &[Op], desk: &Desk<'_>) -> Result<Vec<Written>, String> {
        let written = |op| Written { ops: 1, built: build::statement(op, desk), sql: vec![query(op, desk)] };
        Ok(ops.iter().map(written).collect())
    }

    fn in_transaction(&self, statements: Vec<Lines>, desk: &Desk<'_>) -> Option<Lines> {
        let head = format!("{}.transaction(async (transaction) => {{", desk.handle.sql);
        Some(nested(head, statements, "await", desk.end(), "})"))
    }
}

/// The handle that `name` is, told from how `shown`, which is the same in the up, is used.
fn of_kind(name: &str, shown: &str, uses: &dyn Fn(&str) -> bool) -> Option<Handle> {
    // What else a context may hold is the project's own.
    if uses(&format!("{shown}.queryInterface")) {
        let builder = format!("{name}.queryInterface");
        return Some(Handle { sql: format!("{builder}.sequelize"), builder });
    }
    if uses(&format!("{shown}.getQueryInterface")) || uses(&format!("{shown}.query")) {
        return Some(Handle { builder: format!("{name}.getQueryInterface()"), sql: name.to_owned() });
    }
    Some(Handle { builder: name.to_owned(), sql: format!("{name}.sequelize") })
}

/// Whether a text holds an expression, whole words only.
fn mentions(text: &str, expression: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    text.match_indices(expression).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(|c| is_part(c) || c == '.') && !after.is_some_and(is_part)
    })
}

/// An operation as SQL. Nothing in it is replaced, because nothing to replace is given.
fn query(op: &Op, desk: &Desk<'_>) -> Lines {
    let sql = sql_string(&postgres::print(op), desk.style.quote);
    let option = if desk.own_transaction { ", { transaction }" } else { "" };
    vec![(0, format!("{}.query({sql}{option})", desk.handle.sql))]
}
