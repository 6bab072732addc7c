//! Whether a script reaches beyond the database that it is sent to: roles, other databases and the server's files stay as
//! they are when the database is dropped.

use crate::ir::Dialect;
use crate::sql::lex::{Lexer, TokenKind};
use crate::sql::rules::Rules;

/// What reaches beyond a database of PostgreSQL's: words that follow each other.
const POSTGRES: [&[&[&str]]; 6] = [
    &[&["create", "alter", "drop"], &["role", "user", "group", "database", "tablespace", "subscription"]],
    &[&["alter"], &["system"]],
    &[&["reassign", "drop"], &["owned"]],
    &[&["set", "reset"], &["session"], &["authorization"]],
    &[&["dblink", "dblink_exec", "dblink_connect", "lo_import", "lo_export", "pg_read_file", "pg_terminate_backend"]],
    &[&["to", "from"], &["program"]],
];

/// The words of a script that reach beyond its database, if some do.
pub(super) fn beyond(dialect: Dialect, sql: &str) -> Option<String> {
    // An embedded database reaches nothing, which SQLite itself sees to.
    let rules = Rules::of(dialect).filter(|_| dialect != Dialect::Sqlite)?;
    let mut words: Vec<String> = Vec::new();
    for token in Lexer::by(rules, sql) {
        match token.kind {
            TokenKind::Comment => {}
            TokenKind::Word => words.push(token.text(sql).to_lowercase()),
            // The body of a function or a block.
            TokenKind::Dollar => {
                let body = token.text(sql).trim_matches(|c: char| c.is_alphanumeric() || c == '_').trim_matches('$');
                if let Some(found) = inside(dialect, body) {
                    return Some(found);
                }
                words.push(String::new());
            }
            _ => words.push(String::new()),
        }
    }
    found(&words)
}

/// The same in a body, where statements may stand in strings.
fn inside(dialect: Dialect, body: &str) -> Option<String> {
    let texts = Lexer::new(body).filter(|token| token.kind == TokenKind::String);
    let mut texts = texts.map(|token| token.text(body).trim_matches('\'').to_owned());
    texts.find_map(|text| beyond(dialect, &text)).or_else(|| beyond(dialect, body))
}

fn found(words: &[String]) -> Option<String> {
    let follows = |at: usize, pattern: &[&[&str]]| {
        let here = words.get(at..at + pattern.len())?;
        let is_it = here.iter().zip(pattern).all(|(word, any)| any.contains(&word.as_str()));
        is_it.then(|| here.join(" "))
    };
    (0..words.len()).find_map(|at| POSTGRES.iter().find_map(|pattern| follows(at, pattern)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_outlives_a_database_is_told_from_what_does_not() {
        let of = |sql: &str| beyond(Dialect::Postgres, sql);
        assert_eq!(of("CREATE ROLE app").as_deref(), Some("create role"));
        assert_eq!(of("SELECT 1; alter /* x */ system SET a = 1").as_deref(), Some("alter system"));
        assert_eq!(of("DO $$ BEGIN EXECUTE 'CREATE USER ' || u; END $$").as_deref(), Some("create user"));
        assert_eq!(of("DO $x$ BEGIN IF true THEN DROP DATABASE a; END IF; END $x$").as_deref(), Some("drop database"));
        assert_eq!(of("COPY a TO PROGRAM 'cat'").as_deref(), Some("to program"));
        for sql in [
            "INSERT INTO permissions VALUES ('create user')",
            "CREATE TABLE \"user\" (role text); -- create role",
            "CREATE TRIGGER t AFTER UPDATE OF role ON a EXECUTE FUNCTION f()",
            "ALTER TABLE a ADD COLUMN user_role text; DROP TYPE role",
        ] {
            assert_eq!(of(sql), None, "{sql}");
        }
    }
}
