//! Names, expressions and lists: the smallest things that statements are made of.

use crate::ir::Name;
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::{TokenKind, unquote};

/// Words that are never names unless they are quoted, of those that a definition may hold or go on with. Both servers reserve
/// more; a statement that uses one of these as a name is refused by the server anyhow.
#[rustfmt::skip] // a table
const RESERVED: &[&str] = &[
    "add", "all", "alter", "analyze", "and", "as", "asc", "before", "between", "both", "by", "cascade", "case", "change",
    "character", "check", "collate", "column", "constraint", "create", "cross", "database", "default", "delete", "desc",
    "describe", "distinct", "div", "drop", "each", "else", "exists", "explain", "false", "for", "force", "foreign", "from",
    "fulltext", "grant", "group", "having", "if", "ignore", "in", "index", "inner", "insert", "into", "is", "join", "key",
    "keys", "kill", "left", "like", "limit", "load", "lock", "match", "mod", "natural", "not", "null", "on", "optimize", "or",
    "order", "outer", "primary", "procedure", "references", "regexp", "rename", "replace", "restrict", "revoke", "right",
    "rlike", "schema", "select", "set", "show", "spatial", "table", "then", "to", "trigger", "true", "union", "unique",
    "unlock", "unsigned", "update", "usage", "use", "using", "values", "varying", "when", "where", "while", "with", "write",
    "xor", "zerofill",
];

/// Whether a word is never a name unless it is quoted.
fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word.to_ascii_lowercase().as_str())
}

/// Whether a name stands next.
pub(super) fn is_name(c: &Cursor<'_>) -> bool {
    match c.kind(0) {
        Some(TokenKind::Word) => !is_reserved(c.text(0)),
        Some(TokenKind::Quoted) => true,
        _ => false,
    }
}

/// A name: of a table, a column, an index.
pub(super) fn name(c: &mut Cursor<'_>) -> Parse<String> {
    let text = c.text(0);
    let name = match c.kind(0) {
        Some(TokenKind::Word) if !is_reserved(text) => text.to_owned(),
        Some(TokenKind::Quoted) => unquote(text).ok_or_else(|| c.refuse("quoted name that stands for none"))?,
        _ => return Err(c.stop("a name")),
    };
    c.skip(1);
    Ok(name)
}

/// A bare name of a table or the like. One with a database before it may be in another.
pub(super) fn qualified(c: &mut Cursor<'_>) -> Parse<Name> {
    let first = name(c)?;
    if c.is_mark(0, ".") {
        return Err(c.refuse(format!("object in database {first}, which may be another than the history's")));
    }
    Ok(Name::bare(first))
}

/// `(a, b, …)`.
pub(super) fn names_in_parens(c: &mut Cursor<'_>) -> Parse<Vec<String>> {
    let mut inner = c.parens()?;
    let names = inner.list(name)?;
    inner.end()?;
    Ok(names)
}

/// A string, as it was written.
pub(super) fn string(c: &mut Cursor<'_>) -> Parse<String> {
    if c.kind(0) != Some(TokenKind::String) {
        return Err(c.stop("a string"));
    }
    let text = c.text(0).to_owned();
    c.skip(1);
    Ok(text)
}

/// `(n)`.
pub(super) fn number_in_parens(c: &mut Cursor<'_>) -> Parse<u32> {
    let mut inner = c.parens()?;
    let number = inner.text(0).parse().map_err(|_| inner.stop("a number"))?;
    inner.skip(1);
    inner.end()?;
    Ok(number)
}

/// Some tokens to the letter, comments between them included; without them where some of these are text to the server, so
/// that their marks would be left without each other.
pub(super) fn letter(c: &Cursor<'_>, start: usize, end: usize) -> String {
    let tokens = c.tokens().get(start..end).unwrap_or_default();
    let marked = tokens.windows(2).any(|pair| {
        let gap = c.source.text.get(pair[0].end..pair[1].start).unwrap_or_default();
        gap.contains("/*!") || gap.contains("/*M!") || gap.trim_start().starts_with("*/")
    });
    if marked { c.clean(start, end) } else { c.verbatim(start, end).to_owned() }
}

/// All the tokens to the letter.
pub(super) fn whole(c: &Cursor<'_>) -> String {
    letter(c, 0, c.tokens().len())
}

/// `IF NOT EXISTS`; whether it was there.
pub(super) fn unless_there(c: &mut Cursor<'_>) -> bool {
    c.eat("IF NOT EXISTS")
}
