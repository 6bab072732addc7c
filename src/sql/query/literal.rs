//! Names inside string literals: `'public."User_id_seq"'` in `nextval(…)` or before `::regclass`.

use super::{Lost, Sure, keyword};
use crate::ir::Name;
use crate::sql::lex::{Lexer, TokenKind, decode_name, fold};
use std::ops::Range;

/// The name in a string; `None` when the string is no name (a number, an argument list).
pub(super) fn parse(text: &str) -> Option<Name> {
    let mut parts = Vec::new();
    for (at, token) in Lexer::new(text).enumerate() {
        match (at % 2, token.kind, token.text(text)) {
            (0, TokenKind::Word, word) => parts.push(fold(word)),
            (0, TokenKind::Quoted, name) => parts.push(decode_name(name, None)?),
            (1, TokenKind::Punct, ".") => {}
            _ => return None,
        }
    }
    match parts.as_slice() {
        [name] => Some(Name::bare(name)),
        [schema, name] => Some(Name::in_schema(schema, name)),
        _ => None,
    }
}

/// Where a plain string literal stands, quotes included.
pub(super) fn range(text: &str, start: usize, value: &str) -> Sure<Range<usize>> {
    let written = print_string(value);
    text[start..].starts_with(&written).then(|| start..start + written.len()).ok_or(Lost)
}

/// The literal that holds a name.
pub(super) fn print(name: &Name) -> String {
    print_string(&match &name.schema {
        Some(schema) => format!("{}.{}", keyword::ident(schema), keyword::ident(&name.name)),
        None => keyword::ident(&name.name),
    })
}

fn print_string(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
