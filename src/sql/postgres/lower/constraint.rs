//! Constraints, of tables and of columns.

use super::index;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// Whether a table constraint starts here.
pub(super) fn starts(c: &Cursor<'_>) -> bool {
    ["CONSTRAINT", "CHECK", "UNIQUE", "PRIMARY KEY", "FOREIGN KEY"].iter().any(|words| c.are(words))
        // EXCLUDE is no reserved word, so it may be a column.
        || (c.is("EXCLUDE") && (c.is_mark(1, "(") || (c.is_at(1, "USING") && c.is_mark(3, "("))))
}

/// A table constraint: `[CONSTRAINT name] …`.
pub(super) fn table_constraint(c: &mut Cursor<'_>) -> Parse<Constraint> {
    let name = if c.eat("CONSTRAINT") { Some(c.name()?) } else { None };
    let kind = match c.expect_any(&["CHECK", "UNIQUE", "PRIMARY KEY", "FOREIGN KEY", "EXCLUDE"])? {
        "CHECK" => check(c, None)?,
        "UNIQUE" => ConstraintKind::Unique(key(c)?),
        "PRIMARY KEY" => ConstraintKind::PrimaryKey(key(c)?),
        "EXCLUDE" => exclusion(c)?,
        _ => {
            let columns = c.names_in_parens()?;
            c.expect("REFERENCES")?;
            ConstraintKind::ForeignKey(references(c, columns)?)
        }
    };
    let mut constraint = Constraint { name, kind, deferrable: Deferrable::No, not_valid: false, inline: false };
    attributes(c, &mut constraint)?;
    Ok(constraint)
}

/// What stands behind `CHECK`.
pub(super) fn check(c: &mut Cursor<'_>, column: Option<&str>) -> Parse<ConstraintKind> {
    let expr = c.parens()?.expr()?;
    let no_inherit = c.eat("NO INHERIT");
    Ok(ConstraintKind::Check { expr, no_inherit, column: column.map(str::to_string) })
}

/// What stands behind `UNIQUE` or `PRIMARY KEY` of a table.
fn key(c: &mut Cursor<'_>) -> Parse<KeyColumns> {
    let mut key = KeyColumns { nulls_not_distinct: nulls_not_distinct(c), ..KeyColumns::default() };
    if c.eat("USING INDEX") {
        key.using_index = Some(c.name()?);
        return Ok(key);
    }
    key.columns = c.names_in_parens()?;
    if c.eat("INCLUDE") {
        key.include = c.names_in_parens()?;
    }
    key_storage(c, &mut key)?;
    Ok(key)
}

/// `NULLS [NOT] DISTINCT`.
pub(super) fn nulls_not_distinct(c: &mut Cursor<'_>) -> bool {
    !c.eat("NULLS DISTINCT") && c.eat("NULLS NOT DISTINCT")
}

/// `WITH (…)` and `USING INDEX TABLESPACE`.
pub(super) fn key_storage(c: &mut Cursor<'_>, key: &mut KeyColumns) -> Parse<()> {
    if c.eat("WITH") {
        key.with = Some(c.parens()?.value()?);
    }
    if c.eat("USING INDEX TABLESPACE") {
        key.tablespace = Some(c.name()?);
    }
    Ok(())
}

/// What stands behind `REFERENCES`.
pub(super) fn references(c: &mut Cursor<'_>, columns: Vec<String>) -> Parse<ForeignKey> {
    let references = c.qualified()?;
    let referenced = if c.is_mark(0, "(") { c.names_in_parens()? } else { Vec::new() };
    let matching = match c.eat_any(&["MATCH SIMPLE", "MATCH FULL"]) {
        Some("MATCH FULL") => Match::Full,
        _ => Match::Simple,
    };
    let mut key = ForeignKey {
        columns,
        index: None,
        position: 0,
        references,
        referenced,
        matching,
        on_delete: ReferentialAction::NoAction,
        on_update: ReferentialAction::NoAction,
    };
    let (mut deletes, mut updates) = (false, false);
    loop {
        if !deletes && c.eat("ON DELETE") {
            key.on_delete = action(c, true)?;
            deletes = true;
        } else if !updates && c.eat("ON UPDATE") {
            key.on_update = action(c, false)?;
            updates = true;
        } else {
            return Ok(key);
        }
    }
}

fn action(c: &mut Cursor<'_>, on_delete: bool) -> Parse<ReferentialAction> {
    let word = c.expect_any(&["NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT"])?;
    // Only ON DELETE takes a column list (PostgreSQL 15).
    let columns = if on_delete && word.starts_with("SET") && c.is_mark(0, "(") { c.names_in_parens()? } else { vec![] };
    Ok(match word {
        "RESTRICT" => ReferentialAction::Restrict,
        "CASCADE" => ReferentialAction::Cascade,
        "SET NULL" => ReferentialAction::SetNull(columns),
        "SET DEFAULT" => ReferentialAction::SetDefault(columns),
        _ => ReferentialAction::NoAction,
    })
}

/// What stands behind `EXCLUDE`.
fn exclusion(c: &mut Cursor<'_>) -> Parse<ConstraintKind> {
    let method = if c.eat("USING") { Some(c.name()?) } else { None };
    let inner = c.parens()?;
    let mut elements = Vec::new();
    for mut piece in inner.commas() {
        let mut element = piece.until(|c| c.is("WITH"));
        let key = index::key(&mut element)?;
        element.end()?;
        piece.expect("WITH")?;
        elements.push((key, piece.rest().value()?));
    }
    if elements.is_empty() {
        return Err(inner.stop("a column or expression"));
    }
    let include = if c.eat("INCLUDE") { c.names_in_parens()? } else { Vec::new() };
    if c.is("WITH") || c.is("USING") {
        return Err(c.refuse("exclusion constraint with storage parameters"));
    }
    let predicate = if c.eat("WHERE") { Some(c.parens()?.expr()?) } else { None };
    Ok(ConstraintKind::Exclusion(Exclusion { method, elements, include, predicate }))
}

/// `DEFERRABLE`, `INITIALLY …`, `NOT VALID` and the like behind a constraint.
pub(super) fn attributes(c: &mut Cursor<'_>, constraint: &mut Constraint) -> Parse<()> {
    loop {
        if deferrable_word(c, &mut constraint.deferrable) {
            continue;
        }
        if c.eat("NOT VALID") {
            constraint.not_valid = true;
        } else if let ConstraintKind::Check { no_inherit, .. } = &mut constraint.kind
            && c.eat("NO INHERIT")
        {
            *no_inherit = true;
        } else if !c.eat("ENFORCED") {
            return Ok(());
        }
    }
}

/// One of the words about deferring, which are taken in the order written.
pub(super) fn deferrable_word(c: &mut Cursor<'_>, deferrable: &mut Deferrable) -> bool {
    let now = *deferrable;
    *deferrable = match c.eat_any(&["DEFERRABLE", "NOT DEFERRABLE", "INITIALLY DEFERRED", "INITIALLY IMMEDIATE"]) {
        Some("DEFERRABLE") if now == Deferrable::No => Deferrable::Immediate,
        Some("NOT DEFERRABLE") => Deferrable::No,
        Some("INITIALLY DEFERRED") => Deferrable::Deferred,
        Some(_) => now,
        None => return false,
    };
    true
}
