//! Indexes.

use super::constraint::nulls_not_distinct;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;

/// `CREATE [UNIQUE] INDEX`, from behind that word.
pub(super) fn create(c: &mut Cursor<'_>, unique: bool) -> Parse<Op> {
    let concurrently = c.eat("CONCURRENTLY");
    let if_not_exists = c.eat("IF NOT EXISTS");
    let name = if c.is("ON") { None } else { Some(c.name()?) };
    c.expect("ON")?;
    let only = c.eat("ONLY");
    let table = c.qualified()?;
    let method = if c.eat("USING") { Some(c.name()?) } else { None };
    let keys = keys(&c.parens()?)?;
    let include = if c.eat("INCLUDE") { c.names_in_parens()? } else { Vec::new() };
    let nulls_not_distinct = nulls_not_distinct(c);
    let with = if c.eat("WITH") { c.options()? } else { Vec::new() };
    let tablespace = if c.eat("TABLESPACE") { Some(c.name()?) } else { None };
    let predicate = if c.eat("WHERE") {
        let rest = c.rest();
        c.skip(rest.tokens().len());
        Some(rest.bare_expr()?)
    } else {
        None
    };
    c.end()?;
    let index = Index {
        name,
        table,
        only,
        unique,
        method,
        keys,
        include,
        nulls_not_distinct,
        with,
        tablespace,
        predicate,
        implied: false,
    };
    Ok(Op::CreateIndex { index, if_not_exists, concurrently })
}

fn keys(inner: &Cursor<'_>) -> Parse<Vec<IndexKey>> {
    let mut keys = Vec::new();
    for mut piece in inner.commas() {
        keys.push(key(&mut piece)?);
        piece.end()?;
    }
    if keys.is_empty() { Err(inner.stop("a column or expression")) } else { Ok(keys) }
}

/// One key: column, function call or expression in parentheses, with what it is sorted by.
pub(super) fn key(c: &mut Cursor<'_>) -> Parse<IndexKey> {
    let part = part(c)?;
    let collation = if c.eat("COLLATE") { Some(c.qualified()?) } else { None };
    let operator_class = if c.at_end() || order_follows(c) { None } else { Some(operator_class(c)?) };
    let order = match c.eat_any(&["ASC", "DESC"]) {
        Some("ASC") => Some(SortOrder::Asc),
        Some(_) => Some(SortOrder::Desc),
        None => None,
    };
    let nulls = match c.eat_any(&["NULLS FIRST", "NULLS LAST"]) {
        Some("NULLS FIRST") => Some(NullsOrder::First),
        Some(_) => Some(NullsOrder::Last),
        None => None,
    };
    Ok(IndexKey { part, length: None, collation, operator_class, order, nulls })
}

fn order_follows(c: &Cursor<'_>) -> bool {
    ["ASC", "DESC", "NULLS FIRST", "NULLS LAST"].iter().any(|words| c.are(words))
}

fn part(c: &mut Cursor<'_>) -> Parse<KeyPart> {
    if c.is_mark(0, "(") {
        let inner = c.parens()?;
        // `(("a"))` indexes the column, as `("a")` does.
        let mut bare = inner.unwrapped();
        return match (bare.tokens().len(), bare.name()) {
            (1, Ok(column)) => Ok(KeyPart::Column(column)),
            _ => Ok(KeyPart::Expr(inner.bare_expr()?)),
        };
    }
    let call = c.is_mark(1, "(") || c.is_mark(1, ".") || is_bare_function(c);
    if !call {
        return Ok(KeyPart::Column(c.name()?));
    }
    let start = c.position();
    if is_bare_function(c) {
        c.skip(1);
    } else {
        c.qualified_type()?;
        c.parens()?;
    }
    Ok(KeyPart::Expr(c.slice(start, c.position()).expr()?))
}

/// Functions that are called without parentheses.
fn is_bare_function(c: &Cursor<'_>) -> bool {
    const WORDS: &[&str] = &["CURRENT_DATE", "CURRENT_USER", "SESSION_USER", "CURRENT_TIMESTAMP", "CURRENT_CATALOG"];
    WORDS.iter().any(|word| c.is(word))
}

/// `name`, `schema.name`, with `(parameter = value, …)`.
fn operator_class(c: &mut Cursor<'_>) -> Parse<String> {
    let start = c.position();
    if c.kind(0) == Some(TokenKind::Word) && (c.is("NULLS") || c.is("WITH")) {
        return Err(c.stop("an operator class"));
    }
    c.dotted()?;
    if c.is_mark(0, "(") {
        c.parens()?;
    }
    Ok(c.clean(start, c.position()))
}
