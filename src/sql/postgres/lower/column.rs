//! A column's definition, and the constraints written in it.

use super::constraint;
use super::sequence;
use super::types;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// A column of that table with the constraints of its definition, in the order written.
pub(super) fn definition(c: &mut Cursor<'_>, table: Option<&Name>) -> Parse<(Column, Vec<Constraint>)> {
    let name = c.name()?;
    let data_type = types::column_type(c)?;
    let mut column = Column::new(name, data_type);
    if c.eat("STORAGE") {
        column.storage = Some(storage(c)?);
    }
    if c.eat("COMPRESSION") {
        column.compression = Some(c.label()?);
    }
    let constraints = parts(c, table, &mut column)?;
    Ok((column, constraints))
}

/// What a typed table or a partition says of a column that it has from elsewhere: everything but the type.
pub(super) fn overrides(c: &mut Cursor<'_>, table: Option<&Name>) -> Parse<(Column, Vec<Constraint>)> {
    let mut column = Column::new(c.name()?, DataType::builtin("unknown"));
    c.eat("WITH OPTIONS");
    let constraints = parts(c, table, &mut column)?;
    Ok((column, constraints))
}

/// `PLAIN`, `EXTENDED`, … or `DEFAULT`.
pub(super) fn storage(c: &mut Cursor<'_>) -> Parse<String> {
    Ok(c.label()?.to_ascii_uppercase())
}

/// Everything behind the type.
pub(super) fn parts(c: &mut Cursor<'_>, table: Option<&Name>, column: &mut Column) -> Parse<Vec<Constraint>> {
    let mut constraints: Vec<Constraint> = Vec::new();
    loop {
        let name = if c.eat("CONSTRAINT") { Some(c.name()?) } else { None };
        let kind = if c.eat("NOT NULL") {
            // Its name has no meaning before PostgreSQL 18, and nothing can be done with it then.
            if c.is("NO") {
                return Err(c.refuse("NOT NULL that is not inherited"));
            }
            column.not_null = true;
            continue;
        } else if c.eat("NULL") {
            continue;
        } else if c.eat("DEFAULT") {
            if column.default.is_some() {
                return Err(c.refuse("second default"));
            }
            column.default = Some(default(c)?);
            continue;
        } else if c.is("GENERATED") {
            generated(c, table, column)?;
            continue;
        } else if name.is_none() && c.eat("COLLATE") {
            column.collation = Some(c.qualified()?);
            continue;
        } else if c.eat("CHECK") {
            constraint::check(c, Some(&column.name))?
        } else if c.eat("REFERENCES") {
            ConstraintKind::ForeignKey(constraint::references(c, vec![column.name.clone()])?)
        } else if c.eat("UNIQUE") {
            ConstraintKind::Unique(own_key(c, column, true)?)
        } else if c.eat("PRIMARY KEY") {
            ConstraintKind::PrimaryKey(own_key(c, column, false)?)
        } else if name.is_none() && attribute(c, constraints.last_mut())? {
            continue;
        } else if name.is_some() {
            return Err(c.stop("a constraint"));
        } else {
            return Ok(constraints);
        };
        constraints.push(Constraint { name, kind, deferrable: Deferrable::No, not_valid: false, inline: false });
    }
}

/// A word about deferring; it belongs to the constraint written last.
fn attribute(c: &mut Cursor<'_>, last: Option<&mut Constraint>) -> Parse<bool> {
    let mut deferrable = last.as_ref().map_or(Deferrable::No, |constraint| constraint.deferrable);
    if !constraint::deferrable_word(c, &mut deferrable) {
        return Ok(c.eat("ENFORCED"));
    }
    match last {
        Some(constraint) => {
            constraint.deferrable = deferrable;
            Ok(true)
        }
        None => Err(c.refuse("DEFERRABLE without a constraint")),
    }
}

fn own_key(c: &mut Cursor<'_>, column: &Column, nulls: bool) -> Parse<KeyColumns> {
    let mut key = KeyColumns { columns: vec![column.name.clone()], ..KeyColumns::default() };
    key.nulls_not_distinct = nulls && constraint::nulls_not_distinct(c);
    constraint::key_storage(c, &mut key)?;
    Ok(key)
}

/// The expression behind `DEFAULT`: up to what can only be the next part of the definition.
fn default(c: &mut Cursor<'_>) -> Parse<Expr> {
    if c.at_end() {
        return Err(c.stop("an expression"));
    }
    let mut joined = false;
    let start = c.position();
    // `joined`: the token before was an operator, so that what comes is its operand.
    let expr = loop {
        if c.at_end() || (c.position() > start && !joined && ends_default(c)) {
            break c.slice(start, c.position());
        }
        joined = c.kind(0) == Some(crate::sql::lex::TokenKind::Operator) || c.is_mark(0, ".");
        let before = c.position();
        if c.is_mark(0, "(") {
            c.parens()?;
        } else if c.is("CASE") || c.is_mark(0, "[") {
            // Eats the first token, then up to a place outside brackets and CASE.
            c.until(|_| true);
        } else {
            c.skip(1);
        }
        if c.position() == before {
            return Err(c.stop("an expression"));
        }
    };
    if expr.at_end() { Err(c.stop("an expression")) } else { expr.expr() }
}

fn ends_default(c: &Cursor<'_>) -> bool {
    const WORDS: &[&str] = &[
        "CONSTRAINT",
        "NOT NULL",
        "NULL",
        "UNIQUE",
        "PRIMARY KEY",
        "CHECK",
        "REFERENCES",
        "GENERATED",
        "COLLATE",
        "DEFERRABLE",
        "NOT DEFERRABLE",
        "INITIALLY DEFERRED",
        "INITIALLY IMMEDIATE",
        "DEFAULT",
        "ENFORCED",
        "NOT ENFORCED",
    ];
    c.is_mark(0, ",") || c.is_mark(0, ")") || WORDS.iter().any(|words| c.are(words))
}

fn generated(c: &mut Cursor<'_>, table: Option<&Name>, column: &mut Column) -> Parse<()> {
    c.expect("GENERATED")?;
    let always = c.expect_any(&["ALWAYS", "BY DEFAULT"])? == "ALWAYS";
    c.expect("AS")?;
    if c.eat("IDENTITY") {
        let (options, sequence) = sequence::identity_options(c, table, &column.name)?;
        column.identity = Some(Identity { always, options, sequence });
        return Ok(());
    }
    let expr = c.parens()?.expr()?;
    c.expect("STORED")?;
    column.generated = Some(expr);
    Ok(())
}
