//! The small parts of every statement: names, lists, parentheses. Knows no operation.

use crate::ir::Name;
use crate::sql::lex::{Lexer, Token, TokenKind};
use crate::sql::rules::SQLITE;

/// An identifier in quotes.
pub(super) fn ident(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
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
    let is_open = |last: Token| {
        let written = last.text(text);
        last.kind == TokenKind::Comment
            && last.end == text.len()
            && (written.starts_with("--") || !written.ends_with("*/") || written.len() < 4)
    };
    match Lexer::by(&SQLITE, text).last().filter(|last| is_open(*last)) {
        Some(last) if last.text(text).starts_with("--") => format!("{text}\n"),
        Some(_) => format!("{text}*/"),
        None => text.to_owned(),
    }
}

/// A whole statement as written, without its semicolon and safe to be followed by one.
pub(super) fn statement(sql: &str) -> String {
    sealed(sql.trim_end_matches(|c: char| c == ';' || c.is_ascii_whitespace()))
}

/// A default: a literal as it is, everything else in parentheses.
pub(super) fn default(text: &str) -> String {
    let tokens: Vec<Token> = Lexer::by(&SQLITE, text).collect();
    let literal = |token: &Token| {
        matches!(token.kind, TokenKind::String | TokenKind::Number | TokenKind::Quoted | TokenKind::Word)
    };
    let sign = |token: &Token| matches!(token.text(text), "-" | "+");
    let is_plain = match tokens.as_slice() {
        [one] => literal(one),
        [first, number] => sign(first) && number.kind == TokenKind::Number,
        _ => false,
    };
    if is_plain { text.to_owned() } else { parens(text) }
}

/// Whether an expression is a call of a function and nothing else, which an index key takes without parentheses.
pub(super) fn is_call(text: &str) -> bool {
    let tokens: Vec<Token> = Lexer::by(&SQLITE, text).collect();
    let [first, open, .., last] = tokens.as_slice() else { return false };
    let is_function = first.kind == TokenKind::Word
        && !["not", "case", "exists", "cast", "raise"].iter().any(|word| first.text(text).eq_ignore_ascii_case(word));
    if !is_function || open.text(text) != "(" {
        return false;
    }
    let mut depth = 0usize;
    let closed = tokens[1..].iter().find(|token| {
        match token.text(text) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    closed == Some(last)
}
