//! What SQLite keeps of a definition as text alone, in one spelling: no pragma tells it.

use crate::ir::Dialect;
use crate::sql::lex::{Lexer, Token, TokenKind, unquote};
use crate::sql::rules::Rules;

/// A statement in one spelling: names and words in lower case and without quotes, one blank between tokens, no comments;
/// of a trigger without the `FOR EACH ROW` that there is no other way than.
pub(super) fn spelled(sql: &str) -> String {
    let tokens = tokens(sql);
    let text = joined(sql, &tokens);
    match is_trigger(sql, &tokens) {
        true => text.replacen(" for each row", "", 1),
        false => text,
    }
}

fn is_trigger(sql: &str, tokens: &[Token]) -> bool {
    tokens.iter().take(3).any(|token| is(sql, token, "trigger"))
}

/// What stands behind the `WHERE` of an index.
pub(super) fn condition(sql: &str) -> Option<String> {
    let tokens = tokens(sql);
    let at = outside(sql, &tokens).position(|(depth, token)| depth == 0 && is(sql, token, "where"))?;
    Some(joined(sql, &tokens[at + 1..]))
}

/// The parts of an index, as its statement has them.
pub(super) fn index_parts(sql: &str) -> Vec<String> {
    let tokens = tokens(sql);
    let Some(open) = tokens.iter().position(|token| token.text(sql) == "(") else { return Vec::new() };
    pieces(sql, group(sql, &tokens[open..])).into_iter().map(|piece| joined(sql, piece)).collect()
}

/// Whether a table counts its rows.
pub(super) fn counts(sql: &str) -> bool {
    tokens(sql).iter().any(|token| is(sql, token, "autoincrement"))
}

/// The clauses of a table of which no pragma tells: checks, expressions, collations, what becomes of conflicts, when keys are
/// looked at, and the names of constraints. Those of a column begin with its name.
pub(super) fn untold(sql: &str) -> Vec<String> {
    let tokens = tokens(sql);
    let Some(open) = tokens.iter().position(|token| token.text(sql) == "(") else { return Vec::new() };
    let mut found = Vec::new();
    for piece in pieces(sql, group(sql, &tokens[open..])) {
        let column = piece.first().map(|first| word(sql, first)).unwrap_or_default();
        let places: Vec<(usize, &Token)> = outside(sql, piece).collect();
        for (at, (depth, token)) in
            places.iter().enumerate().filter(|(_, (depth, token))| *depth == 0 && token.kind == TokenKind::Word)
        {
            debug_assert_eq!(*depth, 0);
            let rest = &piece[at + 1..];
            let of_two = |count: usize| joined(sql, &rest[..rest.len().min(count)]);
            match word(sql, token).as_str() {
                "check" => found.push(format!("check ( {} )", joined(sql, group(sql, rest)))),
                "as" => found.push(format!("{column} as ( {} )", joined(sql, group(sql, rest)))),
                "collate" => found.push(format!("{column} collate {}", of_two(1))),
                "constraint" => found.push(format!("constraint {}", of_two(1))),
                "conflict" => found.push(format!("{column} on conflict {}", of_two(1))),
                "deferrable" => found.push(format!("{column} deferrable {}", of_two(2))),
                _ => {}
            }
        }
    }
    found
}

fn tokens(sql: &str) -> Vec<Token> {
    let Some(rules) = Rules::of(Dialect::Sqlite) else { return Vec::new() };
    Lexer::by(rules, sql).filter(|token| token.kind != TokenKind::Comment).collect()
}

fn is(sql: &str, token: &Token, word: &str) -> bool {
    token.kind == TokenKind::Word && token.text(sql).eq_ignore_ascii_case(word)
}

fn word(sql: &str, token: &Token) -> String {
    let text = token.text(sql);
    match token.kind {
        TokenKind::Word => text.to_lowercase(),
        TokenKind::Quoted => unquote(text).unwrap_or_else(|| text.to_owned()).to_lowercase(),
        _ => text.to_owned(),
    }
}

fn joined(sql: &str, tokens: &[Token]) -> String {
    tokens.iter().map(|token| word(sql, token)).collect::<Vec<_>>().join(" ")
}

/// Tokens with the number of parentheses around each.
fn outside<'t>(sql: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = (usize, &'t Token)> {
    let mut depth = 0usize;
    tokens.iter().map(move |token| match token.text(sql) {
        "(" => {
            depth += 1;
            (depth, token)
        }
        ")" => {
            depth = depth.saturating_sub(1);
            (depth + 1, token)
        }
        _ => (depth, token),
    })
}

/// What stands between the parenthesis with which some tokens begin and the one that closes it.
fn group<'t>(sql: &str, tokens: &'t [Token]) -> &'t [Token] {
    let end = outside(sql, tokens).position(|(depth, token)| depth == 1 && token.text(sql) == ")");
    tokens.get(1..end.unwrap_or(tokens.len())).unwrap_or_default()
}

/// Tokens between the commas that stand in no parentheses.
fn pieces<'t>(sql: &str, tokens: &'t [Token]) -> Vec<&'t [Token]> {
    let commas = outside(sql, tokens).enumerate().filter(|(_, (depth, token))| *depth == 0 && token.text(sql) == ",");
    let ends: Vec<usize> = commas.map(|(at, _)| at).chain([tokens.len()]).collect();
    let mut start = 0;
    ends.into_iter()
        .map(|end| {
            let piece = &tokens[start..end];
            start = end + 1;
            piece
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_told_apart_from_what_stands_in_parentheses() {
        let sql = "CREATE TABLE \"T\" (a INTEGER PRIMARY KEY ON CONFLICT FAIL, -- note\n [B] TEXT COLLATE nocase, c AS (a + 1, 2) STORED,\n CONSTRAINT \"Positive\" CHECK (a > 0 AND (a) <> '(,'), FOREIGN KEY (a) REFERENCES u (x) DEFERRABLE INITIALLY DEFERRED)";
        assert_eq!(
            untold(sql),
            [
                "a on conflict fail",
                "b collate nocase",
                "c as ( a + 1 , 2 )",
                "constraint positive",
                "check ( a > 0 and ( a ) <> '(,' )",
                "foreign deferrable initially deferred",
            ]
        );
        let index = "CREATE INDEX i ON t (lower(a), b DESC) WHERE a IN (1, 2)";
        assert_eq!(index_parts(index), ["lower ( a )", "b desc"]);
        assert_eq!(condition(index).as_deref(), Some("a in ( 1 , 2 )"));
        assert_eq!(untold("CREATE TABLE"), [""; 0]);
    }
}
