//! The small parts of every statement: names, strings, option lists, parentheses. Knows no operation.

use crate::ir::{Expr, Name};
use crate::sql::lex::{Lexer, TokenKind};

/// An identifier in quotes.
pub(super) fn ident(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A name in quotes, with its schema if it has one.
pub(super) fn name(name: &Name) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", ident(schema), ident(&name.name)),
        None => ident(&name.name),
    }
}

/// Identifiers, separated by commas.
pub(super) fn idents<S: AsRef<str>>(names: &[S]) -> String {
    join(names, |name| ident(name.as_ref()))
}

/// Pieces separated by commas.
pub(super) fn join<T>(items: &[T], print: impl Fn(&T) -> String) -> String {
    items.iter().map(print).collect::<Vec<_>>().join(", ")
}

/// An identifier as people write it where no quotes are usual (access methods): bare when that means the same.
pub(super) fn plain(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { ident(name) }
}

/// Whether a name without quotes is read back as itself. Keywords do not matter where this is used: no access method,
/// storage parameter or type modifier is named by a reserved word.
pub(super) fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// A string literal. Backslashes stand for themselves (`standard_conforming_strings`, on by default since 9.1).
pub(super) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A role: the special ones are kept in upper case and are keywords, every other is a name.
pub(super) fn role(name: &str) -> String {
    match name {
        "PUBLIC" | "CURRENT_USER" | "CURRENT_ROLE" | "SESSION_USER" => name.to_owned(),
        _ => ident(name),
    }
}

/// An expression or other text in parentheses.
pub(super) fn parens(text: &str) -> String {
    format!("({})", sealed(text))
}

/// Text as written, safe to be followed by more.
pub(super) fn sealed(text: &str) -> String {
    let is_open = |last: crate::sql::lex::Token| {
        last.kind == TokenKind::Comment && last.end == text.len() && last.text(text).starts_with("--")
    };
    if text.contains("--") && Lexer::new(text).last().is_some_and(is_open) {
        format!("{text}\n")
    } else {
        text.to_owned()
    }
}

/// A whole statement as written, without its semicolon and safe to be followed by one.
pub(super) fn statement(sql: &str) -> String {
    sealed(sql.trim_end_matches(|c: char| c == ';' || c.is_ascii_whitespace()))
}

/// `(name = value, …)`: storage parameters and other options.
pub(super) fn options(options: &[(String, String)]) -> String {
    format!("({})", join(options, |(name, value)| option(name, value)))
}

/// One option. A value that is more than a word or a number is a string; no value is allowed too.
fn option(name: &str, value: &str) -> String {
    // `toast.autovacuum_enabled` is one name of two parts.
    let name = name.split('.').map(plain).collect::<Vec<_>>().join(".");
    let is_number = value.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
        && value.parse::<f64>().is_ok_and(f64::is_finite);
    let is_written = value.len() > 1 && value.starts_with('\'') && value.ends_with('\'');
    match value {
        "" => name,
        _ if is_number || is_written || is_plain(value) => format!("{name} = {value}"),
        _ => format!("{name} = {}", literal(value)),
    }
}

/// A default as a column's definition takes it. The grammar wants a `b_expr` there, which has no `AND`, `IS`, `LIKE`,
/// `AT TIME ZONE` and the like outside of parentheses; `SET DEFAULT` takes any expression.
pub(super) fn restricted(expr: &Expr) -> String {
    const WIDE: &[&str] = &[
        "all", "and", "any", "at", "between", "collate", "ilike", "in", "is", "isnull", "like", "not", "notnull", "or",
        "overlaps", "similar", "some",
    ];
    let text = expr.0.as_str();
    let mut depth = 0usize;
    for token in Lexer::new(text) {
        match (token.kind, token.text(text)) {
            (TokenKind::Punct, "(" | "[") => depth += 1,
            (TokenKind::Punct, ")" | "]") => depth = depth.saturating_sub(1),
            (TokenKind::Word, word) if depth == 0 && WIDE.contains(&word.to_ascii_lowercase().as_str()) => {
                return parens(text);
            }
            (TokenKind::Comment, _) => return parens(text),
            _ => {}
        }
    }
    text.to_owned()
}

/// Whether an expression is a call of a function and nothing else, which an index key takes without parentheses.
pub(super) fn is_call(text: &str) -> bool {
    // Words that are followed by a parenthesis without being a function's name, and types that need arguments.
    const NOT_FUNCTIONS: &[&str] = &[
        "all",
        "and",
        "any",
        "array",
        "between",
        "bit",
        "case",
        "cast",
        "char",
        "character",
        "dec",
        "decimal",
        "distinct",
        "exists",
        "float",
        "grouping",
        "in",
        "interval",
        "is",
        "lateral",
        "like",
        "not",
        "numeric",
        "or",
        "precision",
        "row",
        "select",
        "setof",
        "some",
        "table",
        "time",
        "timestamp",
        "unique",
        "values",
        "varchar",
        "when",
        "where",
        "with",
    ];
    let tokens: Vec<_> = Lexer::new(text).collect();
    let Some(open) = tokens.iter().position(|token| token.text(text) == "(") else { return false };
    let callee = tokens[..open].iter().enumerate().all(|(at, token)| match (at % 2, token.kind) {
        (0, TokenKind::Quoted) => true,
        (0, TokenKind::Word) => !NOT_FUNCTIONS.contains(&token.text(text).to_ascii_lowercase().as_str()),
        (_, _) => at % 2 == 1 && token.text(text) == ".",
    });
    let mut depth = 0usize;
    let closed = tokens[open..].iter().position(|token| {
        match token.text(text) {
            "(" => depth += 1,
            ")" => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    open % 2 == 1 && callee && closed == Some(tokens.len() - 1 - open)
}
