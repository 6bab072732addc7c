//! Settings, transactions, and statements that leave no trace.

use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// From behind `SET`.
pub(super) fn set(c: &mut Cursor<'_>) -> Parse<Op> {
    let sql = c.sql();
    let local = c.eat("LOCAL");
    if !local {
        if c.are("SESSION CHARACTERISTICS") {
            return Ok(Op::Transaction { verb: "SET".into(), sql });
        }
        c.eat("SESSION");
    }
    if c.is("TRANSACTION") {
        return Ok(Op::Transaction { verb: "SET".into(), sql });
    }
    let aliases = [
        ("TIME ZONE", "timezone"),
        ("CATALOG", "catalog"),
        ("SCHEMA", "search_path"),
        ("NAMES", "client_encoding"),
        ("ROLE", "role"),
        ("SESSION AUTHORIZATION", "session_authorization"),
        ("AUTHORIZATION", "session_authorization"),
        ("CONSTRAINTS", "constraints"),
        ("XML OPTION", "xmloption"),
    ];
    let alias = aliases.iter().find(|(words, _)| !c.is_mark(words.split(' ').count(), "=") && c.eat(words));
    let name = match alias {
        Some((_, name)) => name.to_string(),
        None => {
            let name = c.dotted()?.join(".");
            if !c.eat_mark("=") {
                c.expect("TO")?;
            }
            name
        }
    };
    let value = c.rest();
    if value.at_end() && name != "client_encoding" {
        return Err(c.stop("a value"));
    }
    let default = value.tokens().len() == 1 && value.is("DEFAULT");
    let value = if default { None } else { Some(value.clean(0, value.tokens().len())) };
    Ok(Op::SetParameter { name, value, local, sql })
}

/// From behind `RESET`.
pub(super) fn reset(c: &mut Cursor<'_>) -> Parse<Op> {
    let name = match c.eat_any(&["ALL", "TIME ZONE", "SESSION AUTHORIZATION", "TRANSACTION ISOLATION LEVEL"]) {
        Some("ALL") => "all".to_string(),
        Some("TIME ZONE") => "timezone".to_string(),
        Some("SESSION AUTHORIZATION") => "session_authorization".to_string(),
        Some(_) => "transaction_isolation".to_string(),
        None => c.dotted()?.join("."),
    };
    c.end()?;
    Ok(Op::SetParameter { name, value: None, local: false, sql: c.sql() })
}

/// The words that start a statement about the transaction.
pub(super) const TRANSACTION: &[&str] = &[
    "BEGIN",
    "START TRANSACTION",
    "COMMIT",
    "END",
    "ROLLBACK",
    "ABORT",
    "SAVEPOINT",
    "RELEASE",
    "PREPARE TRANSACTION",
];

/// The words that start a statement that changes neither schema nor rows.
pub(super) const MAINTENANCE: &[&str] = &[
    "LOCK",
    "ANALYZE",
    "ANALYSE",
    "VACUUM",
    "REINDEX",
    "CLUSTER",
    "NOTIFY",
    "LISTEN",
    "UNLISTEN",
    "DISCARD",
    "CHECKPOINT",
    "PREPARE",
    "DEALLOCATE",
];

/// The whole statement, which starts with that word.
pub(super) fn transaction(c: &Cursor<'_>, word: &str) -> Op {
    let verb = word.split(' ').next().unwrap_or(word).to_string();
    Op::Transaction { verb, sql: c.sql() }
}

/// From behind `EXPLAIN`, which shows a statement's plan, and with `ANALYZE` runs it.
pub(super) fn explain(c: &Cursor<'_>) -> Parse<Op> {
    let mut head = *c;
    let runs = if c.is_mark(0, "(") {
        let options = head.parens()?;
        options
            .commas()
            .iter_mut()
            .any(|option| option.label().is_ok_and(|name| name == "analyze" || name == "analyse"))
    } else {
        c.is("ANALYZE") || c.is("ANALYSE")
    };
    if runs { Err(c.refuse("EXPLAIN ANALYZE runs the statement")) } else { Ok(Op::Query { sql: c.sql() }) }
}
