//! Places in a text: from the parser's line and column to bytes, and edits.

use super::{Lost, Sure, keyword};
use crate::ir::Dialect;
use crate::sql::lex::{Lexer, Token, TokenKind, decode_name, fold, unquote};
use crate::sql::rules::Rules;
use sqlparser::ast::Ident;
use sqlparser::tokenizer::Location;
use std::ops::Range;

/// An identifier and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// In bytes, the quotes included.
    pub(super) range: Range<usize>,
    /// Without quotes, and folded where the dialect folds names.
    pub(super) name: String,
    /// Whether it was in quotes.
    pub(super) quoted: bool,
    /// Whether it is a word that no name can be without quotes.
    pub(super) reserved: bool,
}

/// A text with its line starts.
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    dialect: Dialect,
    /// Each line's first byte, and whether its bytes are its characters.
    lines: Vec<(usize, bool)>,
    /// The tokens that are no comments.
    tokens: Vec<Token>,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str, dialect: Dialect) -> Self {
        let mut start = 0;
        let line = |line: &str| {
            let line_start = start;
            start += line.len() + 1;
            (line_start, line.is_ascii())
        };
        let lines = text.split('\n').map(line).collect();
        let tokens = Lexer::by(Rules::of(dialect), text);
        let tokens = tokens.filter(|token| token.kind != TokenKind::Comment).collect();
        Text { text, dialect, lines, tokens }
    }

    /// The tokens from a byte on.
    fn tokens_from(&self, start: usize) -> &[Token] {
        &self.tokens[self.tokens.partition_point(|token| token.start < start)..]
    }

    /// Whether the token before a byte is that word.
    pub(super) fn follows(&self, at: usize, word: &str) -> bool {
        let before = self.tokens[..self.tokens.partition_point(|token| token.start < at)].last();
        before.is_some_and(|token| token.text(self.text).eq_ignore_ascii_case(word))
    }

    /// The byte at which a token begins; the parser counts lines and characters from 1, and 0 is no place.
    pub(super) fn offset(&self, at: Location) -> Sure<usize> {
        let line = usize::try_from(at.line).ok().and_then(|line| line.checked_sub(1)).ok_or(Lost)?;
        let column = usize::try_from(at.column).ok().and_then(|column| column.checked_sub(1)).ok_or(Lost)?;
        let (start, is_ascii) = *self.lines.get(line).ok_or(Lost)?;
        let rest = &self.text[start..];
        if is_ascii {
            return if column <= rest.len() { Ok(start + column) } else { Err(Lost) };
        }
        rest.char_indices().map(|(at, _)| at).chain([rest.len()]).nth(column).map(|at| start + at).ok_or(Lost)
    }

    /// Where an identifier stands. What is read there must be the identifier that the parser gave, or nothing is sure.
    pub(super) fn spot(&self, ident: &Ident) -> Sure<Spot> {
        let start = self.offset(ident.span.start)?;
        let token = self.tokens_from(start).first().filter(|token| token.start == start).ok_or(Lost)?;
        let written = token.text(self.text);
        let folds = self.dialect == Dialect::Postgres;
        let (name, quoted) = match (token.kind, ident.quote_style) {
            (TokenKind::Word, None) if ident.value == written && folds => (fold(written), false),
            (TokenKind::Word, None) if ident.value == written => (written.to_owned(), false),
            (TokenKind::Quoted, Some(_)) if !folds => {
                (unquote(written).filter(|name| *name == ident.value).ok_or(Lost)?, true)
            }
            (TokenKind::Quoted, Some('"')) if written == format!("\"{}\"", ident.value.replace('"', "\"\"")) => {
                (decode_name(written, None).ok_or(Lost)?, true)
            }
            _ => return Err(Lost),
        };
        // What the parser took for a name in another dialect is one.
        let reserved = !quoted && folds && keyword::is_reserved(&name);
        Ok(Spot { range: start..token.end, name, quoted, reserved })
    }

    /// The items of a list that begins at `start` and ends with the clause, each from its first piece to its last.
    /// `start` is behind `SELECT` and what belongs to it.
    pub(super) fn items(&self, start: usize) -> Vec<Range<usize>> {
        const ENDS: &[&str] = &[
            "from",
            "into",
            "where",
            "group",
            "having",
            "window",
            "union",
            "intersect",
            "except",
            "order",
            "limit",
            "offset",
            "fetch",
            "for",
        ];
        let mut items = Vec::new();
        let mut current: Option<Range<usize>> = None;
        let (mut depth, mut before) = (0usize, String::new());
        for token in self.tokens_from(start) {
            let text = token.text(self.text);
            let mut word = String::new();
            match (token.kind, text) {
                (TokenKind::Punct, "(" | "[") => depth += 1,
                (TokenKind::Punct, ")" | "]") if depth == 0 => break,
                (TokenKind::Punct, ")" | "]") => depth -= 1,
                (TokenKind::Punct, ";") => break,
                (TokenKind::Punct, ",") if depth == 0 => {
                    items.extend(current.take());
                    continue;
                }
                (TokenKind::Word, _) => {
                    word = text.to_ascii_lowercase();
                    let is_part =
                        matches!((before.as_str(), word.as_str()), ("distinct", "from") | ("within", "group"));
                    match word.as_str() {
                        "case" => depth += 1,
                        "end" => depth = depth.saturating_sub(1),
                        word if depth == 0 && !is_part && ENDS.contains(&word) => break,
                        _ => {}
                    }
                }
                _ => {}
            }
            current = Some(current.map_or(token.start, |item: Range<usize>| item.start)..token.end);
            before = word;
        }
        items.extend(current);
        items
    }

    /// The byte behind `SELECT [ALL | DISTINCT [ON (…)]]`, given where `SELECT` stands.
    pub(super) fn behind_select(&self, select: usize) -> usize {
        let mut tokens = self.tokens_from(select).iter().peekable();
        let mut end = tokens.next().map_or(select, |token| token.end);
        let is = |token: &&Token, word: &str| token.text(self.text).eq_ignore_ascii_case(word);
        if let Some(all) = tokens.next_if(|token| is(token, "all")) {
            return all.end;
        }
        let Some(distinct) = tokens.next_if(|token| is(token, "distinct")) else { return end };
        end = distinct.end;
        if tokens.next_if(|token| is(token, "on")).is_some() {
            let mut depth = 0usize;
            for token in tokens {
                end = token.end;
                match token.text(self.text) {
                    "(" => depth += 1,
                    ")" => depth = depth.saturating_sub(1),
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
        }
        end
    }
}

/// Replacements in one text, in any order. Two for the same stretch must say the same.
#[derive(Default)]
pub(super) struct Edits {
    edits: Vec<(Range<usize>, String)>,
}

impl Edits {
    pub(super) fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.edits.push((range, with.into()));
    }

    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// Whether the stretch is replaced.
    pub(super) fn touch(&self, at: usize) -> bool {
        self.edits.iter().any(|(range, _)| range.start == at && !range.is_empty())
    }

    /// The edited text.
    pub(super) fn apply(mut self, text: &str) -> Sure<String> {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        self.edits.dedup();
        let mut out = String::with_capacity(text.len() + 64);
        let mut at = 0;
        for (range, with) in self.edits {
            if range.start < at {
                return Err(Lost);
            }
            out.push_str(&text[at..range.start]);
            out.push_str(&with);
            at = range.end;
        }
        out.push_str(&text[at..]);
        Ok(out)
    }
}
