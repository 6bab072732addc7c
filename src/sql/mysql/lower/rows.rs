//! Statements that change rows: which tables and columns they write. Queries inside them are not looked into.

use super::atom;
use crate::ir::{Expr, Insert, InsertSource, Op, Write, WriteKind, Writes};
use crate::sql::cursor::{Cursor, Parse};

/// The words that a statement about rows begins with.
pub(super) const VERBS: &[&str] = &["INSERT", "REPLACE", "UPDATE", "DELETE"];

/// A statement that starts with one of those.
pub(super) fn rows(c: &mut Cursor<'_>) -> Parse<Op> {
    let sql = atom::whole(c);
    match c.expect_any(VERBS)? {
        "INSERT" => insert(c, sql, false),
        "REPLACE" => insert(c, sql, true),
        "UPDATE" => update(c, sql),
        _ => delete(c, sql),
    }
}

/// From behind `TRUNCATE`.
pub(super) fn truncate(c: &mut Cursor<'_>) -> Parse<Op> {
    let sql = atom::whole(c);
    c.eat("TABLE");
    let table = atom::qualified(c)?;
    c.end()?;
    Ok(Op::Truncate { tables: vec![table], sql })
}

fn update(c: &mut Cursor<'_>, sql: String) -> Parse<Op> {
    c.eat("LOW_PRIORITY");
    c.eat("IGNORE");
    let table = atom::qualified(c)?;
    if c.eat("AS") || atom::is_name(c) {
        atom::name(c)?;
    }
    if !c.eat("SET") {
        return Err(c.refuse("UPDATE of several tables"));
    }
    let columns = set_columns(c, &["WHERE", "ORDER BY", "LIMIT"])?.into_iter().map(|(column, _)| column).collect();
    let writes = vec![Write { kind: WriteKind::Update, table, columns: each_once(columns) }];
    Ok(Op::Update { write: Writes { writes, sql } })
}

fn delete(c: &mut Cursor<'_>, sql: String) -> Parse<Op> {
    while c.eat_any(&["LOW_PRIORITY", "QUICK", "IGNORE"]).is_some() {}
    if !c.eat("FROM") {
        return Err(c.refuse("DELETE from several tables"));
    }
    let table = atom::qualified(c)?;
    if c.eat("AS") || atom::is_name(c) && !c.is("RETURNING") {
        atom::name(c)?;
    }
    if !c.at_end() && !["WHERE", "ORDER", "LIMIT", "RETURNING"].iter().any(|word| c.is(word)) {
        return Err(c.refuse("DELETE from several tables"));
    }
    let writes = vec![Write { kind: WriteKind::Delete, table, columns: Vec::new() }];
    Ok(Op::Delete { write: Writes { writes, sql } })
}

fn each_once(names: Vec<String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// The columns on the left sides behind `SET`, each with its value, up to one of some words.
fn set_columns(c: &mut Cursor<'_>, ends: &[&str]) -> Parse<Vec<(String, Expr)>> {
    let clause = c.until(|c| ends.iter().any(|words| c.are(words)));
    let one = |mut piece: Cursor<'_>| {
        let mut column = atom::name(&mut piece)?;
        if piece.eat_mark(".") {
            column = atom::name(&mut piece)?;
        }
        if !piece.eat_mark("=") {
            piece.expect_mark(":=")?;
        }
        Ok((column, piece.rest().expression()?))
    };
    let columns = clause.commas().into_iter().map(one).collect::<Parse<Vec<_>>>()?;
    if columns.is_empty() { Err(clause.stop("a column")) } else { Ok(columns) }
}

/// From behind `INSERT` or `REPLACE`.
fn insert(c: &mut Cursor<'_>, sql: String, replaces: bool) -> Parse<Op> {
    c.eat_any(&["LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY"]);
    let mut on_conflict = c.eat("IGNORE");
    c.eat("INTO");
    let table = atom::qualified(c)?;
    let is_query = |c: &Cursor<'_>| ["SELECT", "WITH", "TABLE"].iter().any(|word| c.is(word));
    let queries = c.is_mark(0, "(") && ["SELECT", "WITH"].iter().any(|word| c.is_at(1, word));
    let mut columns = Vec::new();
    if c.is_mark(0, "(") && !queries {
        columns = if c.is_mark(1, ")") { drop(c.parens()?) } else { atom::names_in_parens(c)? };
    }
    let ends = ["ON DUPLICATE KEY UPDATE", "RETURNING"];
    let source = if c.eat_any(&["VALUES", "VALUE"]).is_some() {
        let row = |c: &mut Cursor<'_>| c.parens()?.commas().iter().map(Cursor::expression).collect::<Parse<Vec<_>>>();
        InsertSource::Rows(c.list(row)?)
    } else if columns.is_empty() && c.eat("SET") {
        let (names, values) = set_columns(c, &ends)?.into_iter().unzip();
        columns = names;
        InsertSource::Rows(vec![values])
    } else if is_query(c) || queries {
        c.until(|c| ends.iter().any(|words| c.are(words)));
        InsertSource::Query
    } else {
        return Err(c.stop("VALUES or a query"));
    };
    let mut updates = Vec::new();
    if !replaces && c.eat("ON DUPLICATE KEY UPDATE") {
        on_conflict = true;
        updates = each_once(set_columns(c, &["RETURNING"])?.into_iter().map(|(column, _)| column).collect());
    }
    if !c.at_end() && !c.is("RETURNING") {
        return Err(c.stop("ON DUPLICATE KEY UPDATE or the end of the statement"));
    }
    if replaces {
        let kinds = [WriteKind::Delete, WriteKind::Insert];
        let writes = kinds.map(|kind| Write { kind, table: table.clone(), columns: Vec::new() }).into();
        return Ok(Op::Write { write: Writes { writes, sql } });
    }
    Ok(Op::Insert { insert: Insert { table, columns, source, on_conflict, updates, sql } })
}

/// No columns, for `INSERT INTO t () VALUES ()`.
fn drop(_: Cursor<'_>) -> Vec<String> {
    Vec::new()
}
