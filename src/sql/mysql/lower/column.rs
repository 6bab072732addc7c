//! A column's definition, and what it says of the table.

use super::{atom, constraint, types};
use crate::ir::{
    Column, ColumnPosition, Constraint, ConstraintKind, Deferrable, Expr, Index, IndexKey, KeyColumns, KeyPart, Name,
};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;
use crate::sql::mysql::Server;

/// A column with the constraints and unique indexes of its definition.
pub(super) struct Defined {
    pub column: Column,
    pub constraints: Vec<Constraint>,
    pub indexes: Vec<Index>,
}

/// A column with all that its definition says.
pub(super) fn definition(c: &mut Cursor<'_>, server: &Server, table: &Name) -> Parse<Defined> {
    let name = atom::name(c)?;
    let column = types::column(c, server, name)?;
    let mut defined = Defined { column, constraints: Vec::new(), indexes: Vec::new() };
    while part(c, server, table, &mut defined)? {}
    Ok(defined)
}

/// `FIRST` or `AFTER name`, if it stands next.
pub(super) fn position(c: &mut Cursor<'_>) -> Parse<Option<ColumnPosition>> {
    Ok(match c.eat_any(&["FIRST", "AFTER"]) {
        Some("FIRST") => Some(ColumnPosition::First),
        Some(_) => Some(ColumnPosition::After(atom::name(c)?)),
        None => None,
    })
}

/// One thing that is said behind the type; whether there was one.
fn part(c: &mut Cursor<'_>, server: &Server, table: &Name, of: &mut Defined) -> Parse<bool> {
    let column = &mut of.column;
    if c.eat("NOT NULL") {
        column.not_null = true;
    } else if c.eat("NULL") {
        column.not_null = false;
    } else if c.eat("DEFAULT") {
        column.default = Some(default(c)?);
    } else if c.eat("ON UPDATE") {
        column.on_update = Some(now(c)?);
    } else if c.eat("AUTO_INCREMENT") {
        column.auto_increment = true;
    } else if c.eat("COMMENT") {
        column.comment = Some(atom::string(c)?);
    } else if c.eat("COLLATE") {
        column.collation = Some(Name::bare(types::charset(c)?));
    } else if c.eat_any(&["CHARACTER SET", "CHARSET"]).is_some() {
        column.charset = Some(types::charset(c)?);
    } else if c.eat("GENERATED ALWAYS AS") || c.eat("AS") {
        column.generated = Some(c.parens()?.expression()?);
        column.is_virtual = !matches!(c.eat_any(&["STORED", "PERSISTENT", "VIRTUAL"]), Some("STORED" | "PERSISTENT"));
    } else if c.eat("INVISIBLE") {
        column.invisible = true;
    } else if c.eat("VISIBLE") {
        column.invisible = false;
    } else {
        return key_or_constraint(c, server, table, of);
    }
    Ok(true)
}

fn key_or_constraint(c: &mut Cursor<'_>, server: &Server, table: &Name, of: &mut Defined) -> Parse<bool> {
    let own = || vec![of.column.name.clone()];
    if c.eat("PRIMARY KEY") || c.eat("PRIMARY") || c.eat("KEY") {
        let key = KeyColumns { columns: own(), ..KeyColumns::default() };
        of.constraints.push(plain(None, ConstraintKind::PrimaryKey(key)));
    } else if c.eat("UNIQUE KEY") || c.eat("UNIQUE") {
        of.indexes.push(unique(table, &of.column.name));
    } else if c.eat("REFERENCES") {
        match server.inline_references {
            Some(true) => {
                let key = constraint::references(c, server, own())?;
                of.constraints.push(plain(None, ConstraintKind::ForeignKey(key)));
            }
            Some(false) => drop(constraint::references(c, server, own())?),
            None => {
                let why = format!("REFERENCES in a column, of which {} makes a key in some versions only", server.name);
                return Err(c.refuse(why));
            }
        }
    } else if server.checks_in_columns && c.eat("CHECK") {
        let check = c.parens()?.expression()?;
        if of.column.check.replace(check).is_some() {
            return Err(c.refuse("two checks in one column"));
        }
    } else if !server.checks_in_columns && (c.is("CHECK") || c.is("CONSTRAINT")) {
        let name = match c.eat("CONSTRAINT") && !c.is("CHECK") {
            true => Some(atom::name(c)?),
            false => None,
        };
        c.expect("CHECK")?;
        constraint::named_check(c, server, name.as_ref())?;
        let expr = c.parens()?.expression()?;
        constraint::enforced(c)?;
        let column = Some(of.column.name.clone());
        of.constraints.push(plain(name, ConstraintKind::Check { expr, no_inherit: false, column }));
    } else {
        return Ok(false);
    }
    Ok(true)
}

/// A constraint that says nothing beside what it is.
pub(super) fn plain(name: Option<String>, kind: ConstraintKind) -> Constraint {
    Constraint { name, kind, deferrable: Deferrable::No, not_valid: false, inline: false }
}

/// The index of a column that is unique.
fn unique(table: &Name, column: &str) -> Index {
    let part = KeyPart::Column(column.to_owned());
    let key = IndexKey { part, length: None, collation: None, operator_class: None, order: None, nulls: None };
    Index { unique: true, keys: vec![key], ..super::index::nameless(table) }
}

/// `CURRENT_TIMESTAMP` and its like, with a precision or not.
fn now(c: &mut Cursor<'_>) -> Parse<Expr> {
    const WORDS: [&str; 4] = ["CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP"];
    let start = c.position();
    c.expect_any(&WORDS)?;
    if c.is_mark(0, "(") {
        c.parens()?;
    }
    c.slice(start, c.position()).expression()
}

/// What stands behind `DEFAULT`: an expression in parentheses, a constant, a call.
pub(super) fn default(c: &mut Cursor<'_>) -> Parse<Expr> {
    let start = c.position();
    if c.is_mark(0, "(") {
        let inner = c.parens()?;
        let expr = inner.expression()?;
        // One that would be printed bare keeps its parentheses.
        return match crate::sql::mysql::print::is_plain_default(&expr.0) {
            true => c.slice(start, c.position()).expression(),
            false => Ok(expr),
        };
    }
    if c.is_mark(0, "-") || c.is_mark(0, "+") {
        c.skip(1);
        if c.kind(0) != Some(TokenKind::Number) {
            return Err(c.stop("a number"));
        }
    }
    match c.kind(0) {
        Some(TokenKind::String | TokenKind::Number) => c.skip(1),
        Some(TokenKind::Word) if c.text(0).starts_with('_') && c.kind(1) == Some(TokenKind::String) => c.skip(2),
        Some(TokenKind::Word) if c.is_mark(1, "(") => {
            c.skip(1);
            c.parens()?;
        }
        Some(TokenKind::Word) => c.skip(1),
        _ => return Err(c.stop("a value")),
    }
    c.slice(start, c.position()).expression()
}
