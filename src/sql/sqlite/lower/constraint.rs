//! Constraints, of tables and of columns.

use super::atom;
use crate::ir::{Column, Constraint, ConstraintKind, Deferrable, ForeignKey, KeyColumns, Match, ReferentialAction};
use crate::sql::cursor::{Cursor, Parse};

/// Whether a table constraint starts here.
pub(super) fn starts(c: &Cursor<'_>) -> bool {
    ["CONSTRAINT", "CHECK", "UNIQUE", "PRIMARY KEY", "FOREIGN KEY"].iter().any(|words| c.are(words))
}

/// `[CONSTRAINT name] …` of a table with these columns.
pub(super) fn of_table(c: &mut Cursor<'_>, columns: &mut [Column]) -> Parse<Constraint> {
    let name = if c.eat("CONSTRAINT") { Some(atom::name(c)?) } else { None };
    let mut deferrable = Deferrable::No;
    // One that counts can only be printed with its column.
    let mut inline = false;
    let kind = match c.expect_any(&["CHECK", "UNIQUE", "PRIMARY KEY", "FOREIGN KEY"])? {
        "CHECK" => check(c, None)?,
        "UNIQUE" => ConstraintKind::Unique(key(c)?.0),
        "PRIMARY KEY" => {
            let (key, counts) = key(c)?;
            let is_it = |column: &&mut Column| key.columns.iter().any(|name| name.eq_ignore_ascii_case(&column.name));
            if let (true, Some(column)) = (counts, columns.iter_mut().find(is_it)) {
                column.auto_increment = true;
                inline = true;
            }
            ConstraintKind::PrimaryKey(key)
        }
        _ => {
            let own = atom::names_in_parens(c)?;
            c.expect("REFERENCES")?;
            let (key, when) = references(c, own)?;
            deferrable = when;
            ConstraintKind::ForeignKey(key)
        }
    };
    no_conflict_clause(c)?;
    Ok(Constraint { name, kind, deferrable, not_valid: false, inline })
}

/// `(a, b, … [AUTOINCREMENT])`, and whether it counts.
fn key(c: &mut Cursor<'_>) -> Parse<(KeyColumns, bool)> {
    let mut columns = Vec::new();
    let mut counts = false;
    let inner = c.parens()?;
    for mut piece in inner.commas() {
        columns.push(atom::name(&mut piece)?);
        piece.eat("ASC");
        counts = piece.eat("AUTOINCREMENT");
        piece.end()?;
    }
    if columns.is_empty() {
        return Err(inner.stop("a column"));
    }
    Ok((KeyColumns { columns, ..KeyColumns::default() }, counts))
}

/// What stands behind `CHECK`.
pub(super) fn check(c: &mut Cursor<'_>, column: Option<&str>) -> Parse<ConstraintKind> {
    let expr = c.parens()?.expression()?;
    Ok(ConstraintKind::Check { expr, no_inherit: false, column: column.map(str::to_owned) })
}

/// A stop at `ON CONFLICT`, which nothing here has a place for.
pub(super) fn no_conflict_clause(c: &Cursor<'_>) -> Parse<()> {
    if c.are("ON CONFLICT") { Err(c.refuse("constraint with a conflict clause")) } else { Ok(()) }
}

/// What stands behind `REFERENCES`.
pub(super) fn references(c: &mut Cursor<'_>, columns: Vec<String>) -> Parse<(ForeignKey, Deferrable)> {
    let references = crate::ir::Name::bare(atom::name(c)?);
    let referenced = if c.is_mark(0, "(") { atom::names_in_parens(c)? } else { Vec::new() };
    let mut key = ForeignKey {
        columns,
        index: None,
        position: 0,
        references,
        referenced,
        matching: Match::Simple,
        on_delete: ReferentialAction::NoAction,
        on_update: ReferentialAction::NoAction,
    };
    loop {
        match c.eat_any(&["ON DELETE", "ON UPDATE", "ON INSERT", "MATCH"]) {
            Some("ON DELETE") => key.on_delete = action(c)?,
            Some("ON UPDATE") => key.on_update = action(c)?,
            Some("ON INSERT") => drop(action(c)?),
            // It is read and means nothing.
            Some(_) => drop(atom::name(c)?),
            None => break,
        }
    }
    let not = c.are("NOT DEFERRABLE");
    let mut deferrable = Deferrable::No;
    if c.eat("NOT DEFERRABLE") || c.eat("DEFERRABLE") {
        let deferred = c.eat_any(&["INITIALLY DEFERRED", "INITIALLY IMMEDIATE"]) == Some("INITIALLY DEFERRED");
        deferrable = match (not, deferred) {
            (true, _) => Deferrable::No,
            (false, true) => Deferrable::Deferred,
            (false, false) => Deferrable::Immediate,
        };
    }
    Ok((key, deferrable))
}

fn action(c: &mut Cursor<'_>) -> Parse<ReferentialAction> {
    Ok(match c.expect_any(&["NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"])? {
        "RESTRICT" => ReferentialAction::Restrict,
        "CASCADE" => ReferentialAction::Cascade,
        "SET NULL" => ReferentialAction::SetNull(Vec::new()),
        "SET DEFAULT" => ReferentialAction::SetDefault(Vec::new()),
        _ => ReferentialAction::NoAction,
    })
}
