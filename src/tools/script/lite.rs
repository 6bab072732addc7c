//! SQLite's drivers: they take one statement at a time, with values for its `?`; and what downs must not do within a
//! transaction.

use super::{Stage, Unclear};
use crate::ir::{ConstraintKind, Dialect, ObjectKind, Op};
use crate::js::Value;
use crate::schema::{Object, Schema};
use crate::sql::lex::TokenKind;
use crate::sql::rules::SQLITE;
use crate::sql::split::split_by;
use crate::sql::sqlite;

/// A statement as a driver gets it, its values written as constants. What stands in strings, names and comments is no place
/// for one.
pub(in crate::tools) fn with_values(
    sql: &str,
    values: &[Value],
    spell: impl Fn(&Value) -> Result<String, Unclear>,
) -> Result<String, Unclear> {
    let pieces = split_by(&SQLITE, sql);
    if pieces.statements.len() > 1 {
        // sqlite3 runs the first and says nothing; better-sqlite3 runs none.
        return Err(Unclear::new("several statements in one text, of which the driver runs one at most"));
    }
    let (mut out, mut count, mut from) = (String::new(), 0, 0);
    for token in pieces.statements.iter().flat_map(|statement| &statement.tokens) {
        if token.kind != TokenKind::Param {
            continue;
        }
        let place = token.text(sql);
        if place != "?" {
            return Err(Unclear::new(format!("a place for a value that is called {place}")));
        }
        let value = values.get(count).ok_or_else(|| Unclear::new("a place for a value that is not given"))?;
        out.push_str(sql.get(from..token.start).unwrap_or_default());
        out.push_str(&spell(value)?);
        (count, from) = (count + 1, token.end);
    }
    if count < values.len() {
        return Err(Unclear::new("a statement with more values than places for them"));
    }
    out.push_str(sql.get(from..).unwrap_or_default());
    Ok(out)
}

/// The statements that say operations, one text each.
pub(in crate::tools) fn statements(stages: &[Stage<'_>]) -> Vec<String> {
    let ops: Vec<&Op> = stages.iter().map(|stage| stage.op).collect();
    let text = sqlite::print_together(&ops);
    let pieces = split_by(&SQLITE, &text);
    let one = |statement: &crate::sql::split::Statement| {
        let (first, last) = (statement.tokens.first()?, statement.tokens.last()?);
        text.get(first.start..last.end).map(str::to_owned)
    };
    pieces.statements.iter().filter_map(one).collect()
}

/// The operations, those together that one statement says.
pub(in crate::tools) fn apart<'s, 'o>(stages: &'s [Stage<'o>]) -> Vec<&'s [Stage<'o>]> {
    let mut found = Vec::new();
    let mut rest = stages;
    while !rest.is_empty() {
        let ops: Vec<&Op> = rest.iter().map(|stage| stage.op).collect();
        let (these, others) = rest.split_at(sqlite::in_one_statement(&ops).clamp(1, rest.len()));
        found.push(these);
        rest = others;
    }
    found
}

/// Whether operations are one statement, which cannot be taken apart.
pub(super) fn is_one(stages: &[Stage<'_>]) -> bool {
    let ops: Vec<&Op> = stages.iter().map(|stage| stage.op).collect();
    stages.first().is_some_and(|first| first.at.before.dialect() == Dialect::Sqlite)
        && sqlite::in_one_statement(&ops) == ops.len()
}

/// A table that is dropped while others refer to it. As long as foreign keys are on, SQLite deletes its rows first, and does
/// to the rows that refer to them what their keys say; within a transaction they cannot be turned off. Source: SQLite's
/// documentation of foreign keys, 5, and of `PRAGMA foreign_keys`.
pub(super) fn dropped_under(stages: &[Stage<'_>]) -> Option<String> {
    stages.iter().find_map(|stage| match stage.op {
        Op::Drop { object, .. } if object.kind == ObjectKind::Table => {
            let name = &object.name.name;
            is_referred_to(&stage.at.before, name).then(|| name.clone())
        }
        _ => None,
    })
}

/// Whether a foreign key of another table leads to a table.
fn is_referred_to(schema: &Schema, name: &str) -> bool {
    schema.iter().any(|(_, entry)| match &entry.object {
        Object::Table(state) if !state.table.name.name.eq_ignore_ascii_case(name) => {
            state.table.constraints.iter().any(|constraint| match &constraint.kind {
                ConstraintKind::ForeignKey(key) => key.references.name.eq_ignore_ascii_case(name),
                _ => false,
            })
        }
        _ => false,
    })
}
