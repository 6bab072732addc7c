//! Indexes, in a table's definition and by themselves.

use super::atom;
use crate::ir::{Index, IndexKey, KeyPart, Name, Op, SortOrder};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;
use crate::sql::mysql::Server;

/// An index of a table that says nothing yet.
pub(super) fn nameless(table: &Name) -> Index {
    Index {
        name: None,
        table: table.clone(),
        only: false,
        unique: false,
        method: None,
        keys: Vec::new(),
        include: Vec::new(),
        nulls_not_distinct: false,
        with: Vec::new(),
        tablespace: None,
        predicate: None,
        implied: false,
    }
}

/// From behind `CREATE [UNIQUE | FULLTEXT | SPATIAL] INDEX`; `kind` is the word that stood there, or empty.
pub(super) fn create(c: &mut Cursor<'_>, server: &Server, kind: &str) -> Parse<Op> {
    let if_not_exists = atom::unless_there(c);
    let mut index = nameless(&Name::bare(""));
    index.name = Some(atom::name(c)?);
    set_kind(&mut index, kind);
    using(c, &mut index)?;
    c.expect("ON")?;
    index.table = atom::qualified(c)?;
    index.keys = keys(c, server)?;
    options(c, server, &mut index)?;
    let mut without = Vec::new();
    how(c, &mut without)?;
    if !without.is_empty() {
        return Err(c.refuse("CREATE INDEX that says how it is carried out"));
    }
    c.end()?;
    Ok(Op::CreateIndex { index, if_not_exists, concurrently: false })
}

/// `ALGORITHM = x`, `LOCK = x`, as often as they stand next.
pub(super) fn how(c: &mut Cursor<'_>, into: &mut Vec<(String, String)>) -> Parse<()> {
    while let Some(word) = c.eat_any(&["ALGORITHM", "LOCK"]) {
        c.eat_mark("=");
        if c.kind(0) != Some(TokenKind::Word) {
            return Err(c.stop("a word"));
        }
        into.push((word.to_owned(), c.text(0).to_ascii_uppercase()));
        c.skip(1);
    }
    Ok(())
}

/// Whether an index stands next, in a table's definition or behind `ADD`; `CONSTRAINT name` has been read.
pub(super) fn starts(c: &Cursor<'_>) -> bool {
    ["UNIQUE", "FULLTEXT", "SPATIAL", "INDEX", "KEY"].iter().any(|word| c.is(word))
}

/// An index of a table, from its first word on, and whether it is made only if there is none of its name. `symbol` is the
/// name of its constraint.
pub(super) fn of_table(
    c: &mut Cursor<'_>,
    server: &Server,
    table: &Name,
    symbol: Option<String>,
) -> Parse<(Index, bool)> {
    let mut index = nameless(table);
    let kind = c.eat_any(&["UNIQUE", "FULLTEXT", "SPATIAL"]).unwrap_or_default();
    let word = c.eat_any(&["INDEX", "KEY"]);
    if kind.is_empty() && word.is_none() {
        return Err(c.stop("INDEX"));
    }
    set_kind(&mut index, kind);
    let if_not_exists = atom::unless_there(c);
    // `USING` stands for no name.
    index.name = if atom::is_name(c) { Some(atom::name(c)?) } else { symbol };
    using(c, &mut index)?;
    index.keys = keys(c, server)?;
    options(c, server, &mut index)?;
    Ok((index, if_not_exists))
}

fn set_kind(index: &mut Index, kind: &str) {
    index.unique = kind == "UNIQUE";
    index.method = ["FULLTEXT", "SPATIAL"].contains(&kind).then(|| kind.to_ascii_lowercase());
}

/// `USING method`, if it stands next.
fn using(c: &mut Cursor<'_>, index: &mut Index) -> Parse<()> {
    if c.eat("USING") || c.eat("TYPE") {
        let method = c.expect_any(&["BTREE", "HASH", "RTREE"])?;
        if index.method.is_some() {
            return Err(c.refuse("FULLTEXT or SPATIAL index with a method"));
        }
        index.method = Some(method.to_ascii_lowercase());
    }
    Ok(())
}

/// What stands behind the keys.
fn options(c: &mut Cursor<'_>, server: &Server, index: &mut Index) -> Parse<()> {
    loop {
        if c.is("USING") || c.is("TYPE") {
            using(c, index)?;
        } else if c.eat("COMMENT") {
            let text = atom::string(c)?;
            index.with.push(("COMMENT".to_owned(), text));
        } else if c.eat("KEY_BLOCK_SIZE") {
            c.eat_mark("=");
            let size = c.text(0).to_owned();
            c.skip(1);
            index.with.push(("KEY_BLOCK_SIZE".to_owned(), size));
        } else if c.eat("WITH PARSER") {
            let parser = atom::name(c)?;
            index.with.push(("WITH PARSER".to_owned(), parser));
        } else if c.eat(server.unused_index) {
            index.with.push((server.unused_index.to_owned(), String::new()));
        } else if !c.eat("VISIBLE") && !c.eat("NOT IGNORED") {
            return Ok(());
        }
    }
}

/// `(a, b(10) DESC, (lower(c)))`.
pub(super) fn keys(c: &mut Cursor<'_>, server: &Server) -> Parse<Vec<IndexKey>> {
    let inner = c.parens()?;
    let keys = inner.commas().into_iter().map(|mut piece| key(&mut piece, server)).collect::<Parse<Vec<_>>>()?;
    if keys.is_empty() { Err(inner.stop("a column")) } else { Ok(keys) }
}

fn key(c: &mut Cursor<'_>, server: &Server) -> Parse<IndexKey> {
    let mut length = None;
    let part = if c.is_mark(0, "(") {
        if !server.expression_keys {
            return Err(c.refuse(format!("index of an expression, which {} has not", server.name)));
        }
        KeyPart::Expr(c.parens()?.expression()?)
    } else {
        let column = atom::name(c)?;
        if c.is_mark(0, "(") {
            length = Some(atom::number_in_parens(c)?);
        }
        KeyPart::Column(column)
    };
    let order = match c.eat_any(&["ASC", "DESC"]) {
        Some("DESC") => Some(SortOrder::Desc),
        // It is the default, which no catalogue tells.
        _ => None,
    };
    c.end()?;
    Ok(IndexKey { part, length, collation: None, operator_class: None, order, nulls: None })
}
