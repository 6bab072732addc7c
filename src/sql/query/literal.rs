//! Names inside string literals: `'public."User_id_seq"'` in `nextval(…)` or before `::regclass`.

use super::{Lost, Sure, keyword};
use crate::ir::Name;
use crate::sql::scan::{self, Piece};
use std::ops::Range;

/// The name in a string; `None` when the string is no name (a number, an argument list).
pub(super) fn parse(text: &str) -> Option<Name> {
    let mut parts = Vec::new();
    for (at, (piece, range)) in scan::pieces(text.trim()).into_iter().enumerate() {
        let part = &text.trim()[range];
        match (at % 2, piece) {
            (0, Piece::Word) => parts.push(part.to_ascii_lowercase()),
            (0, Piece::QuotedName) if part.len() > 2 => parts.push(part[1..part.len() - 1].replace("\"\"", "\"")),
            (1, Piece::Symbol) if part == "." => {}
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
