//! Places in a text: from the parser's line and column to bytes, and edits.

use super::{Lost, Sure};
use crate::sql::scan::{self, Piece};
use sqlparser::ast::Ident;
use sqlparser::tokenizer::Location;
use std::ops::Range;

/// An identifier and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// In bytes, the quotes included.
    pub(super) range: Range<usize>,
    /// Folded and without quotes.
    pub(super) name: String,
    /// Whether it was in quotes.
    pub(super) quoted: bool,
}

/// A text with its line starts.
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    /// Each line's first byte, and whether its bytes are its characters.
    lines: Vec<(usize, bool)>,
    /// The pieces that are neither blank nor comment.
    pieces: Vec<(Piece, Range<usize>)>,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut start = 0;
        let line = |line: &str| {
            let line_start = start;
            start += line.len() + 1;
            (line_start, line.is_ascii())
        };
        let lines = text.split('\n').map(line).collect();
        let is_code = |piece: &Piece| !matches!(piece, Piece::Blank | Piece::LineComment | Piece::BlockComment);
        let pieces = scan::pieces(text).into_iter().filter(|(piece, _)| is_code(piece)).collect();
        Text { text, lines, pieces }
    }

    /// The pieces from a byte on.
    fn pieces_from(&self, start: usize) -> &[(Piece, Range<usize>)] {
        &self.pieces[self.pieces.partition_point(|(_, range)| range.start < start)..]
    }

    /// Whether the piece before a byte is that word.
    pub(super) fn follows(&self, at: usize, word: &str) -> bool {
        let before = self.pieces[..self.pieces.len() - self.pieces_from(at).len()].last();
        before.is_some_and(|(_, range)| self.text[range.clone()].eq_ignore_ascii_case(word))
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
        let rest = &self.text[start..];
        match scan::pieces(first_piece(rest)).first() {
            Some((Piece::QuotedName, range)) if range.len() > 1 => {
                let name = rest[1..range.len() - 1].replace("\"\"", "\"");
                let same = ident.quote_style == Some('"') && ident.value == name;
                same.then(|| Spot { range: start..start + range.len(), name, quoted: true }).ok_or(Lost)
            }
            Some((Piece::Word, range)) => {
                let word = &rest[range.clone()];
                let same = ident.quote_style.is_none() && ident.value == word;
                let name = word.to_ascii_lowercase();
                same.then(|| Spot { range: start..start + range.len(), name, quoted: false }).ok_or(Lost)
            }
            _ => Err(Lost),
        }
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
        for (piece, range) in self.pieces_from(start).iter().cloned() {
            let text = &self.text[range.clone()];
            let mut word = String::new();
            match piece {
                Piece::Blank | Piece::LineComment | Piece::BlockComment => continue,
                Piece::Symbol => match text {
                    "(" | "[" => depth += 1,
                    ")" | "]" if depth == 0 => break,
                    ")" | "]" => depth -= 1,
                    ";" => break,
                    "," if depth == 0 => {
                        items.extend(current.take());
                        continue;
                    }
                    _ => {}
                },
                Piece::Word => {
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
                Piece::QuotedName | Piece::Literal => {}
            }
            current = Some(current.map_or(range.start, |item: Range<usize>| item.start)..range.end);
            before = word;
        }
        items.extend(current);
        items
    }

    /// The byte behind `SELECT [ALL | DISTINCT [ON (…)]]`, given where `SELECT` stands.
    pub(super) fn behind_select(&self, select: usize) -> usize {
        let mut pieces = self.pieces_from(select).iter().map(|(_, range)| range.clone()).peekable();
        let mut end = pieces.next().map_or(select, |range| range.end);
        let word_is = |pieces: &mut std::iter::Peekable<_>, word: &str| {
            pieces.next_if(|range: &Range<usize>| self.text[range.clone()].eq_ignore_ascii_case(word))
        };
        if let Some(all) = word_is(&mut pieces, "all") {
            return all.end;
        }
        let Some(distinct) = word_is(&mut pieces, "distinct") else { return end };
        end = distinct.end;
        if word_is(&mut pieces, "on").is_some() {
            let mut depth = 0usize;
            for range in pieces {
                end = range.end;
                match &self.text[range] {
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

/// A stretch of text that surely holds the first identifier whole, and not much more.
fn first_piece(text: &str) -> &str {
    let end = match text.strip_prefix('"') {
        Some(rest) => {
            let mut at = 1;
            let mut rest = rest;
            loop {
                match rest.find('"') {
                    None => break text.len(),
                    Some(quote) if rest[quote + 1..].starts_with('"') => {
                        at += quote + 2;
                        rest = &rest[quote + 2..];
                    }
                    Some(quote) => break at + quote + 1,
                }
            }
        }
        None => text.find(|c| !scan::continues_word(c)).unwrap_or(text.len()),
    };
    &text[..end]
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
