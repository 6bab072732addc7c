//! Names inside texts, as `'"Order"'::regclass` has them.

use crate::ir::Name;
use crate::source::FileId;
use crate::sql::cursor::{Cursor, Source};
use crate::sql::lex::Lexer;

/// The name that a text stands for: `"Order"`, `public."Order"`, `users`.
pub(super) fn parse(text: &str) -> Option<Name> {
    let tokens: Vec<_> = Lexer::new(text).take(5).collect();
    let source = Source { text, file: FileId::default(), place: None, called: None };
    let mut cursor = Cursor::new(source, &tokens, 0);
    // Reserved words are taken here: the server reads such a text without its grammar.
    let first = cursor.label().ok()?;
    let name = if cursor.eat_mark(".") { Name::in_schema(first, cursor.label().ok()?) } else { Name::bare(first) };
    cursor.end().ok()?;
    Some(name)
}
