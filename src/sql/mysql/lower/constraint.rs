//! Constraints of tables: primary keys, foreign keys, checks. What is unique is an index.

use super::{atom, column, index};
use crate::ir::{Constraint, ConstraintKind, ForeignKey, KeyColumns, KeyPart, Match, Name, ReferentialAction};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::mysql::Server;

/// What `[CONSTRAINT [name]] …` or an index is, in a table's definition or behind `ADD`.
pub(super) enum Element {
    Constraint(Constraint),
    /// With whether it is made only if there is none of its name.
    Index(crate::ir::Index, bool),
}

/// Whether one starts here.
pub(super) fn starts(c: &Cursor<'_>) -> bool {
    ["CONSTRAINT", "CHECK", "PRIMARY", "FOREIGN"].iter().any(|word| c.is(word)) || index::starts(c)
}

/// A constraint or index of a table.
pub(super) fn of_table(c: &mut Cursor<'_>, server: &Server, table: &Name) -> Parse<Element> {
    let mut symbol = None;
    if c.eat("CONSTRAINT") {
        if c.are("IF NOT EXISTS") {
            return Err(c.refuse("constraint that is made only if there is none of its name"));
        }
        let is_left_out = ["CHECK", "PRIMARY", "FOREIGN", "UNIQUE"].iter().any(|word| c.is(word));
        symbol = if is_left_out { None } else { Some(atom::name(c)?) };
    }
    if index::starts(c) && (symbol.is_none() || c.is("UNIQUE")) {
        let (index, if_not_exists) = index::of_table(c, server, table, symbol)?;
        return Ok(Element::Index(index, if_not_exists));
    }
    let constraint = match c.expect_any(&["CHECK", "PRIMARY KEY", "FOREIGN KEY"])? {
        "CHECK" => {
            named_check(c, server, symbol.as_ref())?;
            let expr = c.parens()?.expression()?;
            enforced(c)?;
            column::plain(symbol, ConstraintKind::Check { expr, no_inherit: false, column: None })
        }
        // It has no name but `PRIMARY`.
        "PRIMARY KEY" => column::plain(None, ConstraintKind::PrimaryKey(primary_key(c, server)?)),
        _ => {
            if c.are("IF NOT EXISTS") {
                return Err(c.refuse("foreign key that is made only if there is none of its name"));
            }
            let name = if atom::is_name(c) { Some(atom::name(c)?) } else { None };
            if name.is_some() && symbol.is_none() && server.key_named_by_index.is_none() {
                return Err(
                    c.refuse("foreign key that has no name, but its index has: what it is named goes by the server")
                );
            }
            let own = atom::names_in_parens(c)?;
            c.expect("REFERENCES")?;
            let key = ForeignKey { index: name, ..references(c, server, own)? };
            column::plain(symbol, ConstraintKind::ForeignKey(key))
        }
    };
    Ok(Element::Constraint(constraint))
}

/// What stands behind `PRIMARY KEY`.
fn primary_key(c: &mut Cursor<'_>, server: &Server) -> Parse<KeyColumns> {
    if atom::is_name(c) && !c.is("USING") {
        atom::name(c)?;
    }
    let start = c.position();
    if c.eat("USING") {
        c.expect_any(&["BTREE", "HASH"])?;
    }
    let before = c.clean(start, c.position());
    let mut columns = Vec::new();
    for key in index::keys(c, server)? {
        match (key.part, key.length, key.order) {
            (KeyPart::Column(column), None, None) => columns.push(column),
            _ => return Err(c.refuse("primary key of a part of a column, or that descends")),
        }
    }
    let start = c.position();
    while let Some(word) = c.eat_any(&["USING", "COMMENT", "KEY_BLOCK_SIZE"]) {
        let _ = word;
        c.eat_mark("=");
        c.skip(1);
    }
    let behind = c.clean(start, c.position());
    let with = [before, behind].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    let with = Some(with).filter(|text| !text.is_empty());
    Ok(KeyColumns { columns, with, ..KeyColumns::default() })
}

/// A stop where the name of a check is the server's to give and not known.
pub(super) fn named_check(c: &Cursor<'_>, server: &Server, name: Option<&String>) -> Parse<()> {
    match name.is_none() && server.check_name.is_none() {
        true => Err(c.refuse("check without a name: MySQL and MariaDB give it different ones")),
        false => Ok(()),
    }
}

/// A check that is not enforced has no place here.
pub(super) fn enforced(c: &mut Cursor<'_>) -> Parse<()> {
    if c.are("NOT ENFORCED") {
        return Err(c.refuse("check that is not enforced"));
    }
    c.eat("ENFORCED");
    Ok(())
}

/// What stands behind `REFERENCES`.
pub(super) fn references(c: &mut Cursor<'_>, server: &Server, columns: Vec<String>) -> Parse<ForeignKey> {
    let references = atom::qualified(c)?;
    let referenced = if c.is_mark(0, "(") { atom::names_in_parens(c)? } else { Vec::new() };
    let mut key = ForeignKey {
        columns,
        index: None,
        position: 0,
        references,
        referenced,
        matching: Match::Simple,
        on_delete: server.bare_action.clone(),
        on_update: server.bare_action.clone(),
    };
    loop {
        match c.eat_any(&["ON DELETE", "ON UPDATE", "MATCH SIMPLE", "MATCH"]) {
            Some("ON DELETE") => key.on_delete = action(c)?,
            Some("ON UPDATE") => key.on_update = action(c)?,
            Some("MATCH SIMPLE") => {}
            Some(_) => return Err(c.refuse("foreign key with MATCH, after which its actions mean nothing")),
            None => return Ok(key),
        }
    }
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
