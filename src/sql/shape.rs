//! What no statement can be, whatever its kind: brackets that do not match, constants side by side, commas with
//! nothing between. Parsers that keep an expression as text rely on it, so that what the server would not read at all
//! is not taken for understood.

use crate::sql::cursor::{Cursor, Parse, Stop};
use crate::sql::lex::{Token, TokenKind};

/// What is wrong with a statement that has a parenthesis open at its end.
pub(in crate::sql) const UNCLOSED: &str = "( that is not closed";

/// A stop at the first place where a statement cannot be one.
pub(in crate::sql) fn check_statement(c: &Cursor<'_>) -> Parse<()> {
    let text = |token: &Token| token.text(c.source.text);
    let stop = |token: &Token, why: &str| Stop::new(c.source.span(token.start, token.end), why);
    let mut open: Vec<&Token> = Vec::new();
    for token in c.tokens() {
        match (token.kind, text(token)) {
            (TokenKind::Punct, "(" | "[") => open.push(token),
            (TokenKind::Punct, close @ (")" | "]")) => {
                let matching = if close == ")" { "(" } else { "[" };
                if open.pop().is_none_or(|open| text(open) != matching) {
                    return Err(stop(token, &format!("{close} that closes nothing")));
                }
            }
            (TokenKind::Stray, found) => return Err(stop(token, &format!("character {found:?}"))),
            _ => {}
        }
    }
    if let Some(open) = open.last() {
        return Err(match text(open) {
            "(" => stop(open, UNCLOSED),
            bracket => stop(open, &format!("{bracket} that is not closed")),
        });
    }
    for pair in c.tokens().windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        let constant = |token: &Token| matches!(token.kind, TokenKind::Number | TokenKind::String);
        if constant(before) && constant(after) {
            return Err(stop(after, "constant behind a constant"));
        }
        if text(after) == "," && matches!(text(before), "," | "(" | "[")
            || text(before) == "," && matches!(text(after), ")" | "]")
        {
            return Err(stop(after, "comma with nothing beside it"));
        }
    }
    Ok(())
}
