//! A script cut into statements where its dialect's server cuts it, each with the comments that belong to it. What a
//! statement says is not known here, but for those that hold semicolons or are followed by something else than SQL:
//! PostgreSQL's rules, routines with an SQL-standard body and `COPY … FROM stdin`, SQLite's triggers.

use super::lex::{Lexer, Token, TokenKind};
use super::rules::Rules;

/// A script in pieces.
#[derive(Clone, Debug, Default)]
pub struct Pieces {
    /// Its statements in order; empty ones are left out.
    pub statements: Vec<Statement>,
    /// Comments that belong to no statement: text without markers, first byte, behind the last byte.
    pub notes: Vec<(String, usize, usize)>,
}

/// One statement.
#[derive(Clone, Debug, Default)]
pub struct Statement {
    /// Its tokens, without comments and without the closing semicolon; never empty.
    pub tokens: Vec<Token>,
    /// The comments before it, and behind it on its last line: no markers, one line a piece, no empty ones.
    pub notes: Vec<String>,
    /// The lines behind a `COPY … FROM stdin` up to `\.`, as a range of bytes.
    pub data: Option<(usize, usize)>,
}

/// Cuts a script of PostgreSQL's.
pub fn split(text: &str) -> Pieces {
    split_lexer(text, Lexer::new(text))
}

/// Cuts a script by the rules of its dialect.
pub fn split_by(rules: &'static Rules, text: &str) -> Pieces {
    split_lexer(text, Lexer::by(rules, text))
}

/// Cuts what a scanner gives of `text`.
pub fn split_lexer(text: &str, lexer: Lexer<'_>) -> Pieces {
    let mut splitter =
        Splitter { text, lexer, pieces: Pieces::default(), open: Open::default(), no_data_behind: false };
    while let Some(token) = splitter.lexer.next() {
        splitter.take(token);
    }
    splitter.close(None);
    let rest = std::mem::take(&mut splitter.open.comments);
    splitter.pieces.notes.extend(rest.iter().map(|t| (lines(t.text(text)).join("\n"), t.start, t.end)));
    splitter.pieces.notes.retain(|(note, ..)| !note.is_empty());
    splitter.pieces.notes.sort_by_key(|(_, start, _)| *start);
    splitter.pieces
}

/// The statement that is being read.
#[derive(Default)]
struct Open {
    tokens: Vec<Token>,
    /// Comments since the last statement's end.
    comments: Vec<Token>,
    parens: usize,
    /// `BEGIN ATOMIC` and the `CASE`s inside it that are not ended yet.
    blocks: usize,
    /// Where the last statement ended.
    last_end: Option<usize>,
}

struct Splitter<'a> {
    text: &'a str,
    lexer: Lexer<'a>,
    pieces: Pieces,
    open: Open,
    /// A search for `\.` has failed, so that it need not be made again.
    no_data_behind: bool,
}

impl Splitter<'_> {
    fn take(&mut self, token: Token) {
        match token.kind {
            TokenKind::Comment => {
                if self.open.tokens.is_empty() && !self.trails(token) {
                    self.open.comments.push(token);
                }
                return;
            }
            TokenKind::Meta => {
                self.open.tokens.push(token);
                self.close(Some(token.end));
                return;
            }
            TokenKind::Punct => match token.text(self.text) {
                "(" => self.open.parens += 1,
                ")" => self.open.parens = self.open.parens.saturating_sub(1),
                ";" if self.open.blocks == 0 && (self.open.parens == 0 || !self.makes(&["RULE"])) => {
                    self.close(Some(token.end));
                    return;
                }
                _ => {}
            },
            TokenKind::Word => self.count_blocks(token),
            _ => {}
        }
        self.open.tokens.push(token);
    }

    fn count_blocks(&mut self, token: Token) {
        let word = token.text(self.text);
        if self.lexer.rules().trigger_bodies {
            let behind = |mark: &str| self.open.tokens.last().is_some_and(|last| last.text(self.text) == mark);
            if word.eq_ignore_ascii_case("BEGIN") && !behind(".") && self.makes(&["TRIGGER"]) {
                self.open.blocks = 1;
            } else if word.eq_ignore_ascii_case("END") && behind(";") {
                // No statement of the body begins with it.
                self.open.blocks = 0;
            }
        } else if self.open.blocks > 0 {
            if word.eq_ignore_ascii_case("CASE") {
                self.open.blocks += 1;
            } else if word.eq_ignore_ascii_case("END") {
                self.open.blocks -= 1;
            }
        } else if word.eq_ignore_ascii_case("ATOMIC")
            && self.open.tokens.last().is_some_and(|t| t.text(self.text).eq_ignore_ascii_case("BEGIN"))
            && self.makes(&["FUNCTION", "PROCEDURE"])
        {
            self.open.blocks = 1;
        }
    }

    /// Whether the open statement is `CREATE [OR REPLACE | TEMP] <kind>`.
    fn makes(&self, kinds: &[&str]) -> bool {
        let is = |n: usize, word: &str| {
            self.open.tokens.get(n).is_some_and(|t| t.text(self.text).eq_ignore_ascii_case(word))
        };
        let at = match is(1, "OR") && is(2, "REPLACE") {
            true => 3,
            false => 1 + usize::from(is(1, "TEMP") || is(1, "TEMPORARY")),
        };
        is(0, "CREATE") && kinds.iter().any(|kind| is(at, kind))
    }

    /// Gives a comment on the last statement's line to that statement.
    fn trails(&mut self, comment: Token) -> bool {
        let Some(end) = self.open.last_end else { return false };
        let same_line = !self.text[end..comment.start].contains('\n') && !comment.text(self.text).contains('\n');
        match self.pieces.statements.last_mut() {
            Some(statement) if same_line => {
                statement.notes.extend(lines(comment.text(self.text)));
                true
            }
            _ => false,
        }
    }

    fn close(&mut self, end: Option<usize>) {
        let open = std::mem::take(&mut self.open);
        if open.tokens.is_empty() {
            self.open.comments = open.comments;
            return;
        }
        let mut statement = Statement { tokens: open.tokens, ..Statement::default() };
        for comment in open.comments {
            let text = lines(comment.text(self.text));
            // Prisma's own `/* Warnings: … */` is about the whole migration.
            if text.first().is_some_and(|line| line == "Warnings:") {
                self.pieces.notes.push((text.join("\n"), comment.start, comment.end));
            } else {
                statement.notes.extend(text);
            }
        }
        if let Some(end) = end
            && copies_from_stdin(&statement.tokens, self.text)
        {
            statement.data = self.data(end);
        }
        self.open.last_end = statement.data.map_or(end, |(_, end)| Some(end));
        self.pieces.statements.push(statement);
    }

    /// The data lines behind `from`; the scanner goes on behind them.
    fn data(&mut self, from: usize) -> Option<(usize, usize)> {
        if self.no_data_behind {
            return None;
        }
        let line = self.text[from..].find('\n').map(|n| from + n + 1)?;
        let mut at = line;
        for row in self.text[line..].split_inclusive('\n') {
            if row.trim_end() == "\\." {
                self.lexer.jump(at + row.len());
                return Some((line, at + row.trim_end().len()));
            }
            at += row.len();
        }
        self.no_data_behind = true;
        None
    }
}

fn copies_from_stdin(tokens: &[Token], text: &str) -> bool {
    let is = |t: &Token, word: &str| t.text(text).eq_ignore_ascii_case(word);
    tokens.first().is_some_and(|t| is(t, "COPY"))
        && tokens.windows(2).any(|pair| is(&pair[0], "FROM") && is(&pair[1], "STDIN"))
}

/// A comment's lines without markers, blanks around them and empty ones.
fn lines(comment: &str) -> Vec<String> {
    let inner = match comment.strip_prefix("--") {
        Some(line) => line.trim_start_matches('-'),
        None => comment.strip_prefix("/*").map_or(comment, |c| c.strip_suffix("*/").unwrap_or(c)),
    };
    inner
        .lines()
        .map(|line| {
            let line = line.trim();
            if comment.starts_with("/*") { line.trim_start_matches('*').trim_start() } else { line }
        })
        .filter(|line| !line.is_empty())
        .map(str::to_string)
        .collect()
}
