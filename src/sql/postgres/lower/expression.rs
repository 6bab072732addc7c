//! What no expression of PostgreSQL's can be. Parsers that keep an expression as text rely on it, so that what the server
//! would not read at all is not taken for understood.

use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;

/// A stop where an expression cannot be one.
pub(super) fn check(c: &Cursor<'_>) -> Parse<()> {
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
