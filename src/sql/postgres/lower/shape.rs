//! What no statement can be, whatever its kind: brackets that do not match, constants side by side, commas with
//! nothing between. Parsers that keep an expression as text rely on it, so that what the server would not read at all
//! is not taken for understood.

use super::cursor::{Cursor, Parse, Stop};
use crate::sql::lex::{Token, TokenKind};

/// What is wrong with a statement that has a parenthesis open at its end.
pub(super) const UNCLOSED: &str = "( that is not closed";

/// A stop at the first place where a statement cannot be one.
pub(super) fn check_statement(c: &Cursor<'_>) -> Parse<()> {
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

/// A stop where an expression cannot be one.
pub(super) fn check_expression(c: &Cursor<'_>) -> Parse<()> {
    let at = |n: usize| c.slice(n, n + 1);
    let count = c.tokens().len();
    let operator = |n: usize| at(n).kind(0) == Some(TokenKind::Operator) && at(n).text(0) != "*";
    const BINARY: &[&str] = &["=", "<", ">", "<=", ">=", "<>", "!=", "::", "/", "%", "||", "->", "->>", ":=", "=>"];
    for n in 0..count {
        let last = n + 1 == count || at(n + 1).is_mark(0, ")") || at(n + 1).is_mark(0, ",");
        // `OPERATOR(pg_catalog.=)` ends on one.
        let named =
            n > 0 && (at(n - 1).is_mark(0, ".") || (at(n - 1).is_mark(0, "(") && n > 1 && at(n - 2).is("OPERATOR")));
        if operator(n) && last && !named {
            return Err(at(n).refuse(format!("{} with nothing behind it", at(n).text(0))));
        }
        let first = n == 0 || at(n - 1).is_mark(0, "(") || at(n - 1).is_mark(0, ",");
        if first && !named && BINARY.iter().any(|mark| at(n).is_mark(0, mark)) {
            return Err(at(n).refuse(format!("{} with nothing before it", at(n).text(0))));
        }
    }
    check_operands(c)?;
    const NO_START: &[&str] =
        &["DEFAULT", "AND", "OR", "AS", "FROM", "WHERE", "USING", "CHECK", "REFERENCES", "UNIQUE"];
    if let Some(word) = NO_START.iter().find(|word| c.slice(0, 1).is(word)) {
        return Err(c.slice(0, 1).refuse(format!("expression that starts with {word}")));
    }
    Ok(())
}

/// A stop at an operand right behind another, outside brackets (inside them a query may have aliases).
fn check_operands(c: &Cursor<'_>) -> Parse<()> {
    #[rustfmt::skip] // a table
    const INFIX: &[&str] = &[
        "AND", "OR", "NOT", "IS", "ISNULL", "NOTNULL", "IN", "LIKE", "ILIKE", "SIMILAR", "BETWEEN", "COLLATE", "AT",
        "OPERATOR", "OVERLAPS", "ESCAPE", "UESCAPE", "WHEN", "THEN", "ELSE", "END", "YEAR", "MONTH", "DAY", "HOUR",
        "MINUTE", "SECOND", "SYMMETRIC",
    ];
    let mut depth = 0usize;
    for (n, pair) in c.tokens().windows(2).enumerate() {
        match pair[0].text(c.source.text) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        let operand =
            |kind| matches!(kind, TokenKind::Number | TokenKind::String | TokenKind::Dollar | TokenKind::Quoted);
        let next = c.slice(n + 1, n + 2);
        let starts =
            operand(pair[1].kind) || next.kind(0) == Some(TokenKind::Word) && !INFIX.iter().any(|w| next.is(w));
        if depth == 0 && operand(pair[0].kind) && starts {
            return Err(next.stop("an operator"));
        }
    }
    Ok(())
}
