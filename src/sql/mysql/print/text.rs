//! The small parts of every statement: names, lists, parentheses. Knows no operation.

use crate::ir::Name;
use crate::sql::lex::{Lexer, Token, TokenKind};
use crate::sql::rules::MYSQL;

/// An identifier in quotes.
pub(super) fn ident(name: &str) -> String {
    format!("`{}`", name.replace('`', "``"))
}

/// A name in quotes. There is one schema.
pub(super) fn name(name: &Name) -> String {
    ident(&name.name)
}

/// Identifiers, separated by commas.
pub(super) fn idents<S: AsRef<str>>(names: &[S]) -> String {
    join(names, |name| ident(name.as_ref()))
}

/// Pieces separated by commas.
pub(super) fn join<T>(items: &[T], print: impl Fn(&T) -> String) -> String {
    items.iter().map(print).collect::<Vec<_>>().join(", ")
}

/// An expression in parentheses.
pub(super) fn parens(text: &str) -> String {
    format!("({})", sealed(text))
}

/// Text as written, safe to be followed by more.
pub(super) fn sealed(text: &str) -> String {
    let is_line = |last: &Token| {
        let written = last.text(text);
        last.kind == TokenKind::Comment && last.end == text.len() && !written.starts_with("/*")
    };
    match Lexer::by(&MYSQL, text).last().filter(is_line) {
        Some(_) => format!("{text}\n"),
        None => text.to_owned(),
    }
}

/// A whole statement as written, without its semicolon and safe to be followed by one.
pub(super) fn statement(sql: &str) -> String {
    sealed(sql.trim_end_matches(|c: char| c == ';' || c.is_ascii_whitespace()))
}

/// Whether a default stands without parentheses: a constant, or the time.
pub(in crate::sql::mysql) fn is_plain_default(text: &str) -> bool {
    let tokens: Vec<Token> = Lexer::by(&MYSQL, text).collect();
    let constant = |token: &Token| matches!(token.kind, TokenKind::String | TokenKind::Number | TokenKind::Word);
    let is_time = |token: &Token| {
        let words = ["CURRENT_TIMESTAMP", "NOW", "LOCALTIME", "LOCALTIMESTAMP"];
        words.iter().any(|word| token.text(text).eq_ignore_ascii_case(word))
    };
    match tokens.as_slice() {
        [one] => constant(one),
        [first, number] if matches!(first.text(text), "-" | "+") => number.kind == TokenKind::Number,
        [introducer, string] => introducer.text(text).starts_with('_') && string.kind == TokenKind::String,
        [time, open, .., close] => {
            is_time(time) && open.text(text) == "(" && close.text(text) == ")" && tokens.len() <= 4
        }
        _ => false,
    }
}

/// Whether a text is all in one pair of parentheses.
fn is_wrapped(text: &str) -> bool {
    let mut depth = 0usize;
    let tokens: Vec<Token> = Lexer::by(&MYSQL, text).collect();
    for (number, token) in tokens.iter().enumerate() {
        match token.text(text) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return number > 0 && number + 1 == tokens.len();
        }
    }
    false
}

/// A default: a constant as it is, everything else in parentheses.
pub(super) fn default(text: &str) -> String {
    if is_plain_default(text) || is_wrapped(text) { text.to_owned() } else { parens(text) }
}
