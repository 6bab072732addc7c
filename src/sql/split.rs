//! A script cut into statements where its dialect's server cuts it, each with the comments that belong to it. What a
//! statement says is not known here, but for those that hold semicolons or are followed by something else than SQL:
//! PostgreSQL's rules, routines with an SQL-standard body and `COPY … FROM stdin`, SQLite's triggers, MySQL's routines.

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
    let mut splitter = Splitter {
        text,
        lexer,
        pieces: Pieces::default(),
        open: Open::default(),
        no_data_behind: false,
        delimiter: None,
    };
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
    /// What ends a statement in place of a semicolon, as `DELIMITER` said last.
    delimiter: Option<String>,
}

impl Splitter<'_> {
    fn take(&mut self, token: Token) {
        let token = match self.before_delimiter(token) {
            Ok(token) => token,
            Err(()) => return,
        };
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
                ";" if self.ends_here() => {
                    self.close(Some(token.end));
                    return;
                }
                _ => {}
            },
            TokenKind::Word if self.open.tokens.is_empty() && self.is_delimiter(token) => {
                self.set_delimiter(token);
                return;
            }
            TokenKind::Word => self.count_blocks(token),
            _ => {}
        }
        self.open.tokens.push(token);
    }

    /// Whether a semicolon ends the open statement.
    fn ends_here(&self) -> bool {
        self.delimiter.is_none() && self.open.blocks == 0 && (self.open.parens == 0 || !self.makes(&["RULE"]))
    }

    fn is_delimiter(&self, token: Token) -> bool {
        self.lexer.rules().compound_bodies && token.text(self.text).eq_ignore_ascii_case("DELIMITER")
    }

    /// Takes in `DELIMITER …`, which is all of its line.
    fn set_delimiter(&mut self, word: Token) {
        let rest = self.text.get(word.end..).unwrap_or_default();
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        let end = word.end + line.len();
        let sign = line.split_whitespace().next().unwrap_or_default();
        self.delimiter = (!sign.is_empty() && sign != ";").then(|| sign.to_owned());
        self.lexer.jump(end);
        self.open.tokens.push(Token {
            kind: TokenKind::Meta,
            start: word.start,
            end: word.end + line.trim_end().len(),
        });
        self.close(Some(end));
    }

    /// The token, or what of it stands before the sign that ends a statement; `Err` where that ends it and nothing is left.
    fn before_delimiter(&mut self, token: Token) -> Result<Token, ()> {
        let Some(sign) = &self.delimiter else { return Ok(token) };
        if matches!(token.kind, TokenKind::String | TokenKind::Quoted | TokenKind::Comment | TokenKind::Unclosed(_)) {
            return Ok(token);
        }
        // A sign may be longer than the token that it begins in.
        let until = (token.end + sign.len() - 1).min(self.text.len());
        let reach = self.text.as_bytes().get(token.start..until).unwrap_or_default();
        let Some(length) = reach.windows(sign.len()).position(|part| part == sign.as_bytes()) else { return Ok(token) };
        let end = token.start + length + sign.len();
        self.lexer.jump(end);
        if length > 0 {
            let cut = Token { end: token.start + length, ..token };
            if cut.kind == TokenKind::Word {
                self.count_blocks(cut);
            }
            self.open.tokens.push(cut);
        }
        self.close(Some(end));
        Err(())
    }

    fn count_blocks(&mut self, token: Token) {
        let word = token.text(self.text);
        if self.lexer.rules().compound_bodies {
            self.count_compound(word);
        } else if self.lexer.rules().trigger_bodies {
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

    /// Counts what of a routine's body is open: `BEGIN`, `CASE`, and `IF`, `LOOP`, `WHILE`, `REPEAT` where a statement
    /// begins with it.
    fn count_compound(&mut self, word: &str) {
        let last = self.open.tokens.last().map_or("", |last| last.text(self.text));
        let is = |words: &[&str], text: &str| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        const STATEMENTS: [&str; 4] = ["IF", "LOOP", "WHILE", "REPEAT"];
        if is(&["NOT"], word) && is(&["BEGIN"], last) && self.open.tokens.len() == 1 {
            self.open.blocks = 1;
        }
        if last == "." || !self.makes_routine() {
            return;
        }
        if is(&["END"], word) {
            self.open.blocks = self.open.blocks.saturating_sub(1);
        } else if is(&["END"], last) {
            // `END IF`, `END CASE`: it has been counted.
        } else if is(&["BEGIN", "CASE"], word) || is(&STATEMENTS, word) && self.may_begin(last) {
            self.open.blocks += 1;
        }
    }

    /// Whether a statement of a routine may begin behind that token.
    fn may_begin(&self, last: &str) -> bool {
        const ALWAYS: [&str; 9] = [";", ":", "THEN", "ELSE", "DO", "BEGIN", "LOOP", "REPEAT", "ROW"];
        // What may stand at the end of all that is before a routine's body.
        const BEFORE_BODY: [&str; 6] = [")", "DETERMINISTIC", "SQL", "DATA", "DEFINER", "INVOKER"];
        let is = |words: &[&str], text: &str| words.iter().any(|word| text.eq_ignore_ascii_case(word));
        let before = self.open.tokens.iter().rev().nth(1).map_or("", |token| token.text(self.text));
        is(&ALWAYS, last) || self.open.blocks == 0 && (is(&BEFORE_BODY, last) || is(&["FOLLOWS", "PRECEDES"], before))
    }

    /// Whether the open statement is `CREATE … PROCEDURE`, `FUNCTION`, `TRIGGER` or `EVENT`, or a block by itself.
    fn makes_routine(&self) -> bool {
        let tokens = &self.open.tokens;
        let is = |token: &Token, word: &str| {
            token.kind == TokenKind::Word && token.text(self.text).eq_ignore_ascii_case(word)
        };
        let Some(first) = tokens.first() else { return false };
        if is(first, "BEGIN") {
            return tokens.get(1).is_some_and(|token| is(token, "NOT"));
        }
        // `OR REPLACE`, `AGGREGATE` and `DEFINER = user@host` may stand between.
        const KINDS: [&str; 4] = ["PROCEDURE", "FUNCTION", "TRIGGER", "EVENT"];
        const OTHERS: [&str; 4] = ["TABLE", "VIEW", "INDEX", "DATABASE"];
        let decides = |token: &&Token| KINDS.iter().chain(&OTHERS).any(|word| is(token, word));
        let kind = tokens.iter().take(12).find(decides);
        is(first, "CREATE") && kind.is_some_and(|token| KINDS.iter().any(|kind| is(token, kind)))
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
    let line = |mark: char| comment.starts_with(mark).then(|| comment.trim_start_matches(mark));
    let inner = match line('-').or_else(|| line('#')) {
        Some(line) => line,
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
