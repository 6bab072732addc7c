//! Names, expressions and lists: the smallest things that statements are made of.

use crate::ir::Name;
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::{TokenKind, unquote};

/// The words that are never names. All others are, where nothing else can be meant. Source: the `%fallback` and `nm` rules of
/// `parse.y`.
#[rustfmt::skip] // a table
const RESERVED: &[&str] = &[
    "add", "all", "alter", "and", "as", "autoincrement", "between", "case", "check", "collate", "commit", "constraint",
    "create", "default", "deferrable", "delete", "distinct", "drop", "else", "escape", "exists", "foreign", "from",
    "group", "having", "in", "index", "insert", "intersect", "into", "is", "isnull", "join", "limit", "not", "nothing",
    "notnull", "null", "on", "or", "order", "primary", "references", "returning", "select", "set", "table", "then", "to",
    "transaction", "union", "unique", "update", "using", "values", "when", "where", "except",
];

/// Whether a word is never a name unless it is quoted.
fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word.to_ascii_lowercase().as_str())
}

/// A name: of a table, a column, an index. A string is one too where a name is asked for.
pub(super) fn name(c: &mut Cursor<'_>) -> Parse<String> {
    let text = c.text(0);
    let name = match c.kind(0) {
        Some(TokenKind::Word) if !is_reserved(text) => text.to_owned(),
        Some(TokenKind::Quoted | TokenKind::String) => {
            unquote(text).ok_or_else(|| c.refuse("quoted name that stands for none"))?
        }
        _ => return Err(c.stop("a name")),
    };
    c.skip(1);
    Ok(name)
}

/// `name` or `schema.name`. The database's own schema is not kept: bare names mean it anyhow.
pub(super) fn qualified(c: &mut Cursor<'_>) -> Parse<Name> {
    let first = name(c)?;
    if !c.eat_mark(".") {
        return Ok(Name::bare(first));
    }
    let own = name(c)?;
    match first.to_ascii_lowercase().as_str() {
        "main" => Ok(Name::bare(own)),
        _ => Err(c.refuse(format!("object in {first}, which is another database"))),
    }
}

/// `(a, b, …)`.
pub(super) fn names_in_parens(c: &mut Cursor<'_>) -> Parse<Vec<String>> {
    let mut inner = c.parens()?;
    let names = inner.list(name)?;
    inner.end()?;
    Ok(names)
}
