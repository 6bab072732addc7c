//! A stand-in for Flyway: where its own parser sees statements end, and whether it opens a transaction. Written from
//! `Parser.java`, `PostgreSQLParser.java`, `ParserSqlScript.java` and `SqlScriptMetadata.java` of Flyway 13.0.0, with
//! `placeholderReplacement=false`, as the settings that are written say. `COPY … FROM STDIN` is not known here.

use super::Script;
use regex::Regex;

/// Reads a file, with the settings beside it.
pub fn read(text: &str, settings: Option<&str>) -> Result<Script, String> {
    let statements = statements(text)?;
    let told = settings.and_then(|settings| settings.trim().strip_prefix("executeInTransaction="));
    let alone = statements.iter().filter(|statement| statement.is_alone).count();
    if told.is_none() && alone > 0 && alone < statements.len() {
        return Err("Detected both transactional and non-transactional statements within the same migration".into());
    }
    let in_transaction = told.map_or(alone == 0, |told| told == "true");
    Ok(Script { queries: statements.into_iter().map(|statement| statement.sql).collect(), in_transaction })
}

struct Statement {
    sql: String,
    /// Whether it is known to be refused in a transaction.
    is_alone: bool,
}

/// What the parser has read so far of a statement.
#[derive(Default)]
struct Reading {
    /// Its keywords outside of parentheses, joined by spaces.
    keywords: String,
    /// The last token outside of parentheses, if it is a keyword.
    last: String,
    parens: usize,
    /// What blocks are open, `ATOMIC` and `CASE`.
    blocks: Vec<&'static str>,
    /// Whether there is anything but comments.
    says_something: bool,
}

fn statements(text: &str) -> Result<Vec<Statement>, String> {
    let mut statements = Vec::new();
    let mut reading = Reading::default();
    let (mut at, mut start) = (0, 0);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        if rest.starts_with(';') && reading.parens == 0 && reading.blocks.is_empty() {
            if reading.says_something {
                statements.push(reading.end(text[start..at].trim()));
            }
            at += 1;
            (start, reading) = (at, Reading::default());
            continue;
        }
        at += reading.token(rest, c)?;
    }
    if reading.says_something {
        if reading.parens > 0 || !reading.blocks.is_empty() {
            return Err(format!("Incomplete statement: {}", &text[start..]));
        }
        statements.push(reading.end(text[start..].trim()));
    }
    Ok(statements)
}

impl Reading {
    /// Reads a token and gives its length in bytes.
    fn token(&mut self, rest: &str, c: char) -> Result<usize, String> {
        let quoted = |start: usize, quote: char, escape: Option<char>| until_quote(rest, start, quote, escape);
        let (length, is_silent) = match c {
            '$' => (dollar_quoted(rest), false),
            '\'' => (quoted(1, '\'', None), false),
            '"' => (quoted(1, '"', None), false),
            '(' => {
                self.parens += 1;
                return Ok(1);
            }
            ')' => {
                self.parens = self.parens.saturating_sub(1);
                return Ok(1);
            }
            '-' if rest.starts_with("--") => (rest.find(['\n', '\r']).unwrap_or(rest.len()), true),
            '/' if rest.starts_with("/*") => (comment(rest), true),
            'B' | 'E' | 'X' if rest[1..].starts_with('\'') => (quoted(2, '\'', Some('\\')), false),
            'U' if rest.starts_with("U&'") => (quoted(3, '\'', None), false),
            c if c == '_' || c.is_alphabetic() => {
                let is_part = |c: char| c == '_' || c == '$' || c.is_alphanumeric();
                let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                let is_name = rest[..length].chars().any(|c| !(c.is_alphabetic() || c == '_'));
                self.says_something = true;
                if rest[length..].starts_with('.') || is_name {
                    self.last.clear();
                } else if self.parens == 0 {
                    self.keyword(&rest[..length].to_uppercase());
                }
                // What follows a dot belongs to the name.
                return Ok(length + dotted(&rest[length..]));
            }
            c if c.is_whitespace() => return Ok(c.len_utf8()),
            c => (c.len_utf8(), false),
        };
        if !is_silent {
            self.says_something = true;
            self.last.clear();
        }
        Ok(length)
    }

    fn keyword(&mut self, word: &str) {
        if self.last == "BEGIN" && word == "ATOMIC" {
            self.blocks.push("ATOMIC");
        } else if word == "CASE" && self.blocks.last() == Some(&"ATOMIC") {
            self.blocks.push("CASE");
        } else if word == "END" {
            self.blocks.pop();
        }
        if !self.keywords.is_empty() {
            self.keywords.push(' ');
        }
        self.keywords.push_str(word);
        word.clone_into(&mut self.last);
    }

    fn end(&self, sql: &str) -> Statement {
        const ALONE: [&str; 6] = [
            "^(CREATE|DROP) (DATABASE|TABLESPACE|SUBSCRIPTION)( |$)",
            "^ALTER SYSTEM( |$)",
            "^(CREATE|DROP)( UNIQUE)? INDEX CONCURRENTLY( |$)",
            "^REINDEX( VERBOSE)? (SCHEMA|DATABASE|SYSTEM)( |$)",
            "^VACUUM( |$)",
            "^DISCARD ALL( |$)",
        ];
        let is = |pattern: &&str| Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(&self.keywords));
        Statement { sql: sql.to_owned(), is_alone: ALONE.iter().any(is) }
    }
}

/// The length of what ends with a quote that is not doubled, from `start` on.
fn until_quote(text: &str, start: usize, quote: char, escape: Option<char>) -> usize {
    let mut characters = text[start..].char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if Some(c) == escape {
            characters.next();
        } else if c == quote && characters.next_if(|(_, c)| *c == quote).is_none() {
            return start + at + c.len_utf8();
        }
    }
    text.len()
}

/// Whatever stands between two dollars is a tag.
fn dollar_quoted(text: &str) -> usize {
    let Some(tag) = text[1..].find('$').map(|at| &text[..at + 2]) else { return text.len() };
    text[tag.len()..].find(tag).map_or(text.len(), |at| at + 2 * tag.len())
}

fn comment(text: &str) -> usize {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 && at < text.len() {
        let rest = &text[at..];
        let step = rest.find(['*', '/']).unwrap_or(rest.len());
        at += step;
        match text.get(at..at + 2) {
            Some("*/") => (at, depth) = (at + 2, depth - 1),
            Some("/*") => (at, depth) = (at + 2, depth + 1),
            _ => at += usize::from(at < text.len()),
        }
    }
    at
}

/// The length of further parts of a name.
fn dotted(text: &str) -> usize {
    let mut at = 0;
    while text[at..].starts_with('.') {
        let rest = &text[at + 1..];
        let is_part = |c: char| c == '_' || c == '$' || c.is_alphanumeric();
        at += 1 + match rest.starts_with('"') {
            true => until_quote(rest, 1, '"', None),
            false => rest.find(|c| !is_part(c)).unwrap_or(rest.len()),
        };
    }
    at
}

#[test]
fn files_are_read_as_flyway_reads_them() {
    let of = |text: &str| read(text, None).map(|script| script.queries.len());
    assert_eq!(of("-- a;\nSELECT 1; SELECT ';', $a$;$a$, \";\", E'\\';' /* ; /* ; */ ; */;\n-- b"), Ok(2));
    let body = "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;";
    assert_eq!(of(&format!("{body} SELECT 1")), Ok(2));
    let beside = "CREATE INDEX CONCURRENTLY i ON t (a); SELECT 1";
    assert!(of(beside).is_err());
    let loose = Script { queries: vec!["DROP INDEX CONCURRENTLY i".into()], in_transaction: false };
    assert_eq!(read("DROP INDEX CONCURRENTLY i;", None), Ok(loose));
    assert_eq!(read(beside, Some("executeInTransaction=false\n")).map(|script| script.queries.len()), Ok(2));
}
