//! Indexes.

use super::atom;
use crate::ir::{Index, IndexKey, KeyPart, Name, Op, SortOrder};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;

/// From behind `CREATE [UNIQUE] INDEX`.
pub(super) fn create(c: &mut Cursor<'_>, unique: bool) -> Parse<Op> {
    let if_not_exists = c.eat("IF NOT EXISTS");
    let name = atom::qualified(c)?.name;
    c.expect("ON")?;
    let table = Name::bare(atom::name(c)?);
    let inner = c.parens()?;
    let keys = inner.commas().into_iter().map(|mut piece| key(&mut piece)).collect::<Parse<Vec<_>>>()?;
    if keys.is_empty() {
        return Err(inner.stop("a column or expression"));
    }
    let predicate = if c.eat("WHERE") {
        let rest = c.rest();
        c.skip(rest.tokens().len());
        Some(rest.unwrapped().expression()?)
    } else {
        None
    };
    c.end()?;
    let index = Index {
        name: Some(name),
        table,
        only: false,
        unique,
        method: None,
        keys,
        include: Vec::new(),
        nulls_not_distinct: false,
        with: Vec::new(),
        tablespace: None,
        predicate,
        implied: false,
    };
    Ok(Op::CreateIndex { index, if_not_exists, concurrently: false })
}

/// One key: a column or an expression, with what it is sorted by.
fn key(c: &mut Cursor<'_>) -> Parse<IndexKey> {
    let ends = |c: &Cursor<'_>| c.is("COLLATE") || c.is("ASC") || c.is("DESC");
    let said = c.until(ends);
    let mut alone = said.unwrapped();
    let quoted_or_word = matches!(alone.kind(0), Some(TokenKind::Word | TokenKind::Quoted));
    let part = match (alone.tokens().len(), quoted_or_word, atom::name(&mut alone)) {
        (1, true, Ok(column)) => KeyPart::Column(column),
        _ => KeyPart::Expr(said.unwrapped().expression()?),
    };
    let collation = if c.eat("COLLATE") { Some(Name::bare(atom::name(c)?)) } else { None };
    let order = match c.eat_any(&["ASC", "DESC"]) {
        Some("ASC") => Some(SortOrder::Asc),
        Some(_) => Some(SortOrder::Desc),
        None => None,
    };
    c.end()?;
    Ok(IndexKey { part, length: None, collation, operator_class: None, order, nulls: None })
}
