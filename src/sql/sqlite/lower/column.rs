//! A column's definition, and the constraints written in it.

use super::{atom, constraint};
use crate::ir::{Column, Constraint, ConstraintKind, DataType, Deferrable, Expr, KeyColumns, Name, TypeName};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;

/// A column with the constraints of its definition, in the order written.
pub(super) fn definition(c: &mut Cursor<'_>) -> Parse<(Column, Vec<Constraint>)> {
    let name = atom::name(c)?;
    let mut column = Column::new(name, data_type(c)?);
    let constraints = parts(c, &mut column)?;
    Ok((column, constraints))
}

/// A type as written, quotes included: any words, and up to two numbers in parentheses. A column may have none.
fn data_type(c: &mut Cursor<'_>) -> Parse<DataType> {
    let mut words = Vec::new();
    while matches!(c.kind(0), Some(TokenKind::Word | TokenKind::Quoted | TokenKind::String)) && !starts_part(c) {
        words.push(c.text(0));
        atom::name(c)?;
    }
    let mut args = Vec::new();
    if !words.is_empty() && c.is_mark(0, "(") {
        let inner = c.parens()?;
        for piece in inner.commas() {
            args.push(piece.value()?);
        }
        if args.is_empty() || args.len() > 2 {
            return Err(inner.stop("one or two numbers"));
        }
    }
    Ok(DataType { name: TypeName::Builtin(words.join(" ")), args, dimensions: 0 })
}

/// Whether something else than the type starts here.
fn starts_part(c: &Cursor<'_>) -> bool {
    const WORDS: &[&str] = &[
        "CONSTRAINT",
        "PRIMARY",
        "NOT",
        "NULL",
        "UNIQUE",
        "CHECK",
        "DEFAULT",
        "COLLATE",
        "REFERENCES",
        "GENERATED ALWAYS",
        "AS",
    ];
    WORDS.iter().any(|words| c.are(words))
}

/// Everything behind the type.
fn parts(c: &mut Cursor<'_>, column: &mut Column) -> Parse<Vec<Constraint>> {
    let mut constraints: Vec<Constraint> = Vec::new();
    loop {
        let name = if c.eat("CONSTRAINT") { Some(atom::name(c)?) } else { None };
        let kind = if c.eat("NOT NULL") {
            constraint::no_conflict_clause(c)?;
            column.not_null = true;
            continue;
        } else if c.eat("NULL") {
            constraint::no_conflict_clause(c)?;
            continue;
        } else if c.eat("DEFAULT") {
            column.default = Some(default(c)?);
            continue;
        } else if c.eat("COLLATE") {
            column.collation = Some(Name::bare(atom::name(c)?));
            continue;
        } else if c.eat("GENERATED ALWAYS AS") || c.eat("AS") {
            column.generated = Some(c.parens()?.expression()?);
            column.is_virtual = c.eat_any(&["STORED", "VIRTUAL"]) != Some("STORED");
            continue;
        } else if c.eat("CHECK") {
            let kind = constraint::check(c, Some(&column.name))?;
            constraint::no_conflict_clause(c)?;
            kind
        } else if c.eat("REFERENCES") {
            let (key, deferrable) = constraint::references(c, vec![column.name.clone()])?;
            constraints.push(Constraint {
                name,
                kind: ConstraintKind::ForeignKey(key),
                deferrable,
                not_valid: false,
                inline: true,
            });
            continue;
        } else if c.eat("UNIQUE") {
            constraint::no_conflict_clause(c)?;
            ConstraintKind::Unique(KeyColumns { columns: vec![column.name.clone()], ..KeyColumns::default() })
        } else if c.eat("PRIMARY KEY") {
            if c.is("DESC") {
                // `INTEGER PRIMARY KEY DESC` is not the row id, other than the same key said of the table.
                return Err(c.refuse("primary key that descends"));
            }
            c.eat("ASC");
            constraint::no_conflict_clause(c)?;
            column.auto_increment |= c.eat("AUTOINCREMENT");
            ConstraintKind::PrimaryKey(KeyColumns { columns: vec![column.name.clone()], ..KeyColumns::default() })
        } else if name.is_some() && (c.at_end() || starts_part(c)) {
            // A name that nothing follows names nothing.
            continue;
        } else if name.is_some() {
            return Err(c.stop("a constraint"));
        } else {
            return Ok(constraints);
        };
        constraints.push(Constraint { name, kind, deferrable: Deferrable::No, not_valid: false, inline: true });
    }
}

/// What stands behind `DEFAULT`: an expression in parentheses, a literal, a number with its sign, a word.
fn default(c: &mut Cursor<'_>) -> Parse<Expr> {
    if c.is_mark(0, "(") {
        let inner = c.parens()?;
        return inner.expression();
    }
    let start = c.position();
    if c.is_mark(0, "-") || c.is_mark(0, "+") {
        c.skip(1);
        if c.kind(0) != Some(TokenKind::Number) {
            return Err(c.stop("a number"));
        }
    }
    match c.kind(0) {
        Some(TokenKind::Word | TokenKind::Quoted | TokenKind::String | TokenKind::Number) => c.skip(1),
        _ => return Err(c.stop("a value")),
    }
    c.slice(start, c.position()).expression()
}
