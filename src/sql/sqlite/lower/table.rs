//! `CREATE TABLE`.

use super::{atom, column, constraint};
use crate::ir::{Op, Persistence, Table};
use crate::sql::cursor::{Cursor, Parse};

/// From behind `CREATE [TEMP] TABLE`.
pub(super) fn create(c: &mut Cursor<'_>, persistence: Persistence) -> Parse<Op> {
    let if_not_exists = c.eat("IF NOT EXISTS");
    let mut table = Table::new(atom::qualified(c)?);
    if table.name.name.to_ascii_lowercase().starts_with("sqlite_") {
        return Err(c.refuse("table of the system"));
    }
    table.persistence = persistence;
    if c.eat("AS") {
        if !["SELECT", "VALUES", "WITH"].iter().any(|word| c.is(word)) {
            return Err(c.stop("a query"));
        }
        table.as_query = Some(c.rest().value()?);
        return Ok(Op::CreateTable { table, if_not_exists });
    }
    elements(&c.parens()?, &mut table)?;
    while !c.at_end() {
        if !table.options.is_empty() {
            c.expect_mark(",")?;
        }
        let option = c.expect_any(&["WITHOUT ROWID", "STRICT"])?;
        table.options.push((option.to_owned(), String::new()));
    }
    Ok(Op::CreateTable { table, if_not_exists })
}

fn elements(inner: &Cursor<'_>, table: &mut Table) -> Parse<()> {
    let mut in_constraints = false;
    for mut piece in inner.commas() {
        if !in_constraints && !constraint::starts(&piece) {
            let (column, constraints) = column::definition(&mut piece)?;
            table.columns.push(column);
            table.constraints.extend(constraints);
        }
        // The commas between constraints may be left out.
        while constraint::starts(&piece) {
            in_constraints = true;
            table.constraints.push(constraint::of_table(&mut piece, &mut table.columns)?);
        }
        piece.end()?;
    }
    if table.columns.is_empty() { Err(inner.stop("a column")) } else { Ok(()) }
}
