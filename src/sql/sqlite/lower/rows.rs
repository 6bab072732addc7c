//! Statements that change rows: which tables and columns they write. Queries inside them are not looked into.

use super::atom;
use crate::ir::{Insert, InsertSource, Name, Op, Write, WriteKind, Writes};
use crate::sql::cursor::{Cursor, Parse};

/// A statement that starts with `INSERT`, `REPLACE`, `UPDATE`, `DELETE` or `WITH`.
pub(super) fn rows(c: &mut Cursor<'_>) -> Parse<Op> {
    let sql = c.sql();
    let is_with = c.eat("WITH");
    if is_with {
        let verbs = ["SELECT", "VALUES", "INSERT", "REPLACE", "UPDATE", "DELETE"];
        c.until(|c| verbs.iter().any(|verb| c.is(verb)));
        if c.is("SELECT") || c.is("VALUES") {
            return Ok(Op::Query { sql });
        }
    }
    match c.expect_any(&["INSERT", "REPLACE", "UPDATE", "DELETE FROM"])? {
        "INSERT" if c.eat("OR REPLACE") => insert(c, sql, true),
        "REPLACE" => insert(c, sql, true),
        "INSERT" => insert(c, sql, false),
        "UPDATE" => update(c, sql),
        _ => {
            let table = target(c)?;
            if !c.at_end() && !["WHERE", "RETURNING", "ORDER", "LIMIT"].iter().any(|word| c.is(word)) {
                return Err(c.stop("WHERE"));
            }
            let writes = vec![Write { kind: WriteKind::Delete, table, columns: Vec::new() }];
            Ok(Op::Delete { write: Writes { writes, sql } })
        }
    }
}

/// `name [AS alias] [INDEXED BY name | NOT INDEXED]`.
fn target(c: &mut Cursor<'_>) -> Parse<Name> {
    let table = atom::qualified(c)?;
    if table.name.to_ascii_lowercase().starts_with("sqlite_") && !table.name.eq_ignore_ascii_case("sqlite_sequence") {
        return Err(c.refuse(format!("writes the system's own table {table}")));
    }
    if c.eat("AS") {
        atom::name(c)?;
    }
    if c.eat("INDEXED BY") {
        atom::name(c)?;
    } else {
        c.eat("NOT INDEXED");
    }
    Ok(table)
}

/// `OR IGNORE` and the like; whether one was there.
fn alternative(c: &mut Cursor<'_>) -> bool {
    c.eat_any(&["OR ROLLBACK", "OR ABORT", "OR FAIL", "OR IGNORE", "OR REPLACE"]).is_some()
}

fn update(c: &mut Cursor<'_>, sql: String) -> Parse<Op> {
    if c.are("OR REPLACE") {
        return Err(c.refuse("UPDATE OR REPLACE deletes rows too"));
    }
    alternative(c);
    let table = target(c)?;
    c.expect("SET")?;
    let columns = set_columns(c)?;
    let writes = vec![Write { kind: WriteKind::Update, table, columns }];
    Ok(Op::Update { write: Writes { writes, sql } })
}

/// The columns on the left sides behind `SET`.
fn set_columns(c: &mut Cursor<'_>) -> Parse<Vec<String>> {
    let ends = |c: &Cursor<'_>| {
        let distinct = c.position().checked_sub(1).is_some_and(|before| c.slice(before, before + 1).is("DISTINCT"));
        c.is("WHERE")
            || c.is("RETURNING")
            || c.is("ORDER")
            || c.is("LIMIT")
            || c.are("ON CONFLICT")
            || (c.is("FROM") && !distinct)
    };
    let clause = c.until(ends);
    let mut columns: Vec<String> = Vec::new();
    for mut piece in clause.commas() {
        let names = match piece.is_mark(0, "(") {
            true => atom::names_in_parens(&mut piece)?,
            false => vec![atom::name(&mut piece)?],
        };
        piece.expect_mark("=")?;
        for name in names {
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
    }
    if columns.is_empty() { Err(clause.stop("a column")) } else { Ok(columns) }
}

/// From behind `INSERT [OR REPLACE]` or `REPLACE`.
fn insert(c: &mut Cursor<'_>, sql: String, replaces: bool) -> Parse<Op> {
    let mut on_conflict = alternative(c);
    c.expect("INTO")?;
    let table = target(c)?;
    let columns = if c.is_mark(0, "(") { atom::names_in_parens(c)? } else { Vec::new() };
    let ends = |c: &Cursor<'_>| c.are("ON CONFLICT") || c.is("RETURNING");
    let mut source = if c.eat("DEFAULT VALUES") {
        InsertSource::Defaults
    } else if c.eat("VALUES") {
        let row = |c: &mut Cursor<'_>| c.parens()?.commas().iter().map(Cursor::expression).collect::<Parse<Vec<_>>>();
        InsertSource::Rows(c.list(row)?)
    } else if ["SELECT", "WITH"].iter().any(|word| c.is(word)) {
        c.until(ends);
        InsertSource::Query
    } else {
        return Err(c.stop("VALUES or a query"));
    };
    if !c.at_end() && !ends(c) {
        // What stands behind VALUES is more of a query.
        if !["UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT"].iter().any(|word| c.is(word)) {
            return Err(c.stop("ON CONFLICT, RETURNING or the end of the statement"));
        }
        c.until(ends);
        source = InsertSource::Query;
    }
    let mut updates = Vec::new();
    while c.eat("ON CONFLICT") {
        on_conflict = true;
        c.until(|c| c.are("DO UPDATE SET") || c.are("DO NOTHING"));
        if c.eat("DO UPDATE SET") {
            for column in set_columns(c)? {
                if !updates.contains(&column) {
                    updates.push(column);
                }
            }
            if c.eat("WHERE") {
                c.until(ends);
            }
        } else {
            c.expect("DO NOTHING")?;
        }
    }
    if replaces {
        let kinds = [WriteKind::Delete, WriteKind::Insert];
        let writes = kinds.map(|kind| Write { kind, table: table.clone(), columns: Vec::new() }).into();
        return Ok(Op::Write { write: Writes { writes, sql } });
    }
    Ok(Op::Insert { insert: Insert { table, columns, source, on_conflict, updates, sql } })
}
