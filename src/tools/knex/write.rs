//! Downs as a user of Knex writes them.

use super::build;
use super::meaning::Calls;
use crate::ir::Dialect;
use crate::ir::Op;
use crate::js::Parameter;
use crate::sql::postgres;
use crate::tools::script::{Desk, Handle, Lines, Meaning, Stage, Uses, Writing, Written, lite, nested, sql_string};

/// How Knex's downs are written.
pub(in crate::tools) struct Writer {
    /// What its calls mean.
    pub(super) meaning: Calls,
}

impl Writing for Writer {
    fn meaning(&self) -> &dyn Meaning {
        &self.meaning
    }

    fn handle(&self, of: Uses<'_>) -> Option<Handle> {
        match of.parameter {
            Parameter::Named(name) => Some(Handle { builder: name.clone(), sql: name.clone() }),
            Parameter::None | Parameter::Object(_) | Parameter::Other => None,
        }
    }

    fn parameters(&self, typed: bool) -> &'static str {
        if typed { "knex: import('knex').Knex" } else { "knex" }
    }

    fn statements(&self, stages: &[Stage<'_>], desk: &Desk<'_>) -> Result<Vec<Written>, String> {
        let groups = build::groups(stages, desk).into_iter();
        let mut rest = stages;
        let written = groups.map(|(count, built)| {
            let (these, others) = rest.split_at(count.min(rest.len()));
            rest = others;
            let sql = match self.meaning.config.dialect {
                Dialect::Sqlite => lite::statements(these).iter().map(|sql| Ok(plain_raw(sql, desk))).collect(),
                _ => these.iter().map(|stage| raw(stage.op, desk)).collect::<Result<Vec<Lines>, String>>(),
            }?;
            Ok(Written { ops: count, built: built.map(|built| vec![built]), sql })
        });
        written.collect()
    }

    fn in_transaction(&self, statements: Vec<Lines>, desk: &Desk<'_>) -> Option<Lines> {
        let head = format!("{}.transaction(async (trx) => {{", desk.handle.builder);
        Some(nested(head, statements, "await", desk.end(), "})"))
    }
}

/// What has Knex's methods: the transaction, where there is one.
pub(super) fn knex<'d>(desk: &'d Desk<'_>) -> &'d str {
    if desk.own_transaction { "trx" } else { &desk.handle.builder }
}

/// An operation as SQL. In it `?` stands for a binding, unless an odd number of backslashes comes before it, all of which
/// go (`positionBindings` in knex 3.3.0, `lib/dialects/postgres/index.js`).
fn raw(op: &Op, desk: &Desk<'_>) -> Result<Lines, String> {
    raw_sql(&postgres::print(op), desk)
}

/// A statement of SQLite's, in which nothing stands for anything else as long as no values are given.
fn plain_raw(sql: &str, desk: &Desk<'_>) -> Lines {
    vec![(0, format!("{}.raw({})", knex(desk), sql_string(sql, desk.style.quote)))]
}

/// The same for a text of SQL.
pub(super) fn raw_sql(sql: &str, desk: &Desk<'_>) -> Result<Lines, String> {
    if sql.contains("\\?") {
        return Err("knex.raw cannot send a backslash in front of a question mark".to_owned());
    }
    let sql = sql.replace('?', "\\?");
    Ok(vec![(0, format!("{}.raw({})", knex(desk), sql_string(&sql, desk.style.quote)))])
}
