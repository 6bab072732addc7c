//! What SQLite keeps of a definition as text alone, in one spelling: no pragma tells it.

use crate::ir::Dialect;
use crate::sql::lex::{Lexer, Token, TokenKind, unquote};
use crate::sql::rules::Rules;
use std::collections::BTreeSet;

/// How the texts of a database are spelled: words and names in lower case, names without quotes.
pub(super) struct Spelling {
    /// The names that there are: what else stands in double quotes is a text for SQLite.
    names: BTreeSet<String>,
}

impl Spelling {
    /// For a database with these names.
    pub fn of(names: Vec<String>) -> Self {
        Spelling { names: names.into_iter().map(|name| name.to_lowercase()).collect() }
    }

    /// A statement or an expression in one spelling, one blank between tokens, no comments; of a trigger without the
    /// `FOR EACH ROW` that there is no other way than.
    pub fn spelled(&self, sql: &str) -> String {
        let tokens = tokens(sql);
        let text = self.joined(sql, &tokens);
        match tokens.iter().take(3).any(|token| is(sql, token, "trigger")) {
            true => text.replacen(" for each row", "", 1),
            false => text,
        }
    }

    /// What stands behind the `WHERE` of an index.
    pub fn condition(&self, sql: &str) -> Option<String> {
        let tokens = tokens(sql);
        let at = outside(sql, &tokens).position(|(depth, token)| depth == 0 && is(sql, token, "where"))?;
        Some(self.joined(sql, &tokens[at + 1..]))
    }

    /// The parts of an index as its statement has them, without their order.
    pub fn index_parts(&self, sql: &str) -> Vec<String> {
        let tokens = tokens(sql);
        let Some(open) = tokens.iter().position(|token| token.text(sql) == "(") else { return Vec::new() };
        let part = |piece: &[Token]| {
            let ordered = piece.last().is_some_and(|last| is(sql, last, "asc") || is(sql, last, "desc"));
            self.joined(sql, &piece[..piece.len() - usize::from(ordered)])
        };
        pieces(sql, group(sql, &tokens[open..])).into_iter().map(part).collect()
    }

    /// The clauses of a table of which no pragma tells: checks, expressions, collations, what becomes of conflicts, when keys
    /// are looked at, and the names of constraints. Each begins with what it belongs to: a column, a constraint of the table.
    pub fn untold(&self, sql: &str) -> Vec<String> {
        let tokens = tokens(sql);
        let Some(open) = tokens.iter().position(|token| token.text(sql) == "(") else { return Vec::new() };
        pieces(sql, group(sql, &tokens[open..])).into_iter().flat_map(|piece| self.of_piece(sql, piece)).collect()
    }

    fn of_piece(&self, sql: &str, piece: &[Token]) -> Vec<String> {
        let owner = self.owner(sql, piece);
        let mut found = Vec::new();
        let depths: Vec<usize> = outside(sql, piece).map(|(depth, _)| depth).collect();
        for at in (0..piece.len()).filter(|at| depths[*at] == 0 && piece[*at].kind == TokenKind::Word) {
            let rest = &piece[at + 1..];
            let next = |count: usize| self.joined(sql, &rest[..rest.len().min(count)]);
            let name = || rest.first().map(|token| plain_name(sql, token)).unwrap_or_default();
            let inside = |tokens| self.joined(sql, bare(sql, group(sql, tokens)));
            match self.word(sql, &piece[at]).as_str() {
                "check" => found.push(format!("check ( {} )", inside(rest))),
                "as" => found.push(format!("{owner} as ( {} )", inside(rest))),
                "collate" if rest.first().is_none_or(|of| plain_name(sql, of) != "binary") => {
                    found.push(format!("{owner} collate {}", name()));
                }
                "constraint" => {
                    let what = rest.get(1..).unwrap_or_default();
                    let until = what.iter().position(|token| token.text(sql) == ")").map_or(what.len(), |at| at + 1);
                    // Of a check, all that stands in it.
                    let of = match what.first().is_some_and(|first| is(sql, first, "check")) {
                        true => format!("check ( {} )", inside(&what[1..])),
                        false => self.joined(sql, &what[..until]),
                    };
                    found.push(format!("{owner} constraint {} {of}", name()));
                }
                "conflict" => found.push(format!("{owner} on conflict {}", next(1))),
                "deferrable" if at == 0 || !is(sql, &piece[at - 1], "not") => {
                    found.push(format!("{owner} deferrable {}", next(2)));
                }
                _ => {}
            }
        }
        found
    }

    /// What a piece of a table's definition is about: the name of its column, or what a constraint is on.
    fn owner(&self, sql: &str, piece: &[Token]) -> String {
        let is_constraint = |token: &Token| {
            ["constraint", "check", "unique", "primary", "foreign"].iter().any(|word| is(sql, token, word))
        };
        match piece.first() {
            Some(first) if is_constraint(first) => {
                let from = piece.iter().position(|token| token.text(sql) == "(").unwrap_or_default();
                let words = ["check", "unique", "primary", "foreign"];
                let kind = piece.iter().find(|token| words.iter().any(|word| is(sql, token, word)));
                let kind = kind.map(|token| self.word(sql, token)).unwrap_or_default();
                format!("{kind} ( {} )", self.joined(sql, bare(sql, group(sql, &piece[from..]))))
            }
            Some(first) => self.word(sql, first),
            None => String::new(),
        }
    }

    fn word(&self, sql: &str, token: &Token) -> String {
        let text = token.text(sql);
        match token.kind {
            TokenKind::Word => text.to_lowercase(),
            TokenKind::Quoted => match unquote(text).map(|name| name.to_lowercase()) {
                Some(name) if self.names.contains(&name) => name,
                _ => text.to_owned(),
            },
            _ => text.to_owned(),
        }
    }

    fn joined(&self, sql: &str, tokens: &[Token]) -> String {
        tokens.iter().map(|token| self.word(sql, token)).collect::<Vec<_>>().join(" ")
    }
}

/// Whether a table counts its rows.
pub(super) fn counts(sql: &str) -> bool {
    tokens(sql).iter().any(|token| is(sql, token, "autoincrement"))
}

fn tokens(sql: &str) -> Vec<Token> {
    let rules = Rules::of(Dialect::Sqlite);
    Lexer::by(rules, sql).filter(|token| token.kind != TokenKind::Comment).collect()
}

fn is(sql: &str, token: &Token, word: &str) -> bool {
    token.kind == TokenKind::Word && token.text(sql).eq_ignore_ascii_case(word)
}

/// A token that is a name wherever it stands.
fn plain_name(sql: &str, token: &Token) -> String {
    let text = token.text(sql);
    let bare = if token.kind == TokenKind::Quoted { unquote(text) } else { None };
    bare.unwrap_or_else(|| text.to_owned()).to_lowercase()
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

/// An expression without the parentheses around all of it.
fn bare<'t>(sql: &str, tokens: &'t [Token]) -> &'t [Token] {
    let inner = group(sql, tokens);
    match tokens.first().is_some_and(|first| first.text(sql) == "(") && inner.len() + 2 == tokens.len() {
        true => bare(sql, inner),
        false => tokens,
    }
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
        let spelling = Spelling::of(["T", "a", "B", "c"].map(str::to_owned).to_vec());
        let sql = "CREATE TABLE \"T\" (a INTEGER PRIMARY KEY ON CONFLICT FAIL, -- note\n [B] TEXT COLLATE nocase, \
            c AS (a + 1, 2) STORED,\n CONSTRAINT \"Positive\" CHECK (a > 0 AND (a) <> \"Z\"), \
            FOREIGN KEY (\"A\") REFERENCES u (x) DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY (a) REFERENCES v NOT DEFERRABLE)";
        assert_eq!(
            spelling.untold(sql),
            [
                "a on conflict fail",
                "b collate nocase",
                "c as ( a + 1 , 2 )",
                "check ( a > 0 and ( a ) <> \"Z\" ) constraint positive check ( a > 0 and ( a ) <> \"Z\" )",
                "check ( a > 0 and ( a ) <> \"Z\" )",
                "foreign ( a ) deferrable initially deferred",
            ]
        );
        let index = "CREATE INDEX i ON t (lower(a), b + 1 DESC) WHERE a IN (1, 2)";
        assert_eq!(spelling.index_parts(index), ["lower ( a )", "b + 1"]);
        assert_eq!(spelling.condition(index).as_deref(), Some("a in ( 1 , 2 )"));
        assert_eq!(spelling.untold("CREATE TABLE"), [""; 0]);
    }
}
