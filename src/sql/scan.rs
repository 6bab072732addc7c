//! The lexical pieces of PostgreSQL text: enough to know where a word, a literal or a comment begins and ends. Knows no
//! grammar.

use std::ops::Range;

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A keyword or an identifier without quotes.
    Word,
    /// An identifier in double quotes.
    QuotedName,
    /// A string of any kind, dollar-quoted ones included.
    Literal,
    /// `-- …` up to the end of its line, which is not part of it.
    LineComment,
    /// `/* … */`.
    BlockComment,
    /// White space.
    Blank,
    /// Any other single character.
    Symbol,
}

/// Cuts a text into pieces that together are the whole of it; ranges are bytes. What is never closed ends with the text.
pub(crate) fn pieces(text: &str) -> Vec<(Piece, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        // `E'…'` begins with a word, so the word before decides how the string is read.
        let escapes =
            matches!(out.last(), Some((Piece::Word, word)) if text[Range::clone(word)].eq_ignore_ascii_case("e"));
        let (piece, length) = match first {
            '\'' => (Piece::Literal, quoted(rest, '\'', escapes)),
            '"' => (Piece::QuotedName, quoted(rest, '"', false)),
            '$' => match dollar_quoted(rest) {
                Some(length) => (Piece::Literal, length),
                None => (Piece::Symbol, 1),
            },
            '-' if rest.starts_with("--") => (Piece::LineComment, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (Piece::BlockComment, block_comment(rest)),
            c if is_blank(c) => (Piece::Blank, rest.find(|c| !is_blank(c)).unwrap_or(rest.len())),
            c if starts_word(c) => (Piece::Word, rest.find(|c| !continues_word(c)).unwrap_or(rest.len())),
            c => (Piece::Symbol, c.len_utf8()),
        };
        out.push((piece, at..at + length));
        at += length;
    }
    out
}

/// Whether the text ends inside a `--` comment, so that whatever is put behind it would be lost.
pub(crate) fn ends_in_comment(text: &str) -> bool {
    text.contains("--") && matches!(pieces(text).last(), Some((Piece::LineComment, _)))
}

/// PostgreSQL's white space.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}

/// Whether an identifier can begin with this; every character beyond ASCII can.
pub(crate) fn starts_word(c: char) -> bool {
    c.is_ascii_alphabetic() || c == '_' || !c.is_ascii()
}

/// Whether an identifier can go on with this.
pub(crate) fn continues_word(c: char) -> bool {
    starts_word(c) || c.is_ascii_digit() || c == '$'
}

/// The length of a quoted piece with its quotes; `text` begins with one.
fn quoted(text: &str, quote: char, escapes: bool) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if escapes && c == '\\' {
            chars.next();
        } else if c == quote {
            match chars.peek() {
                Some((_, next)) if *next == quote => _ = chars.next(),
                _ => return at + 1,
            }
        }
    }
    text.len()
}

/// The length of `$tag$…$tag$`; `None` when the dollar begins no such thing.
fn dollar_quoted(text: &str) -> Option<usize> {
    let close = text[1..].find('$')? + 1;
    let tag = &text[1..close];
    if tag.starts_with(|c: char| !starts_word(c)) || tag.contains(|c: char| !starts_word(c) && !c.is_ascii_digit()) {
        return None;
    }
    let mark = &text[..=close];
    Some(text[mark.len()..].find(mark).map_or(text.len(), |body| body + 2 * mark.len()))
}

/// The length of a block comment; they nest.
fn block_comment(text: &str) -> usize {
    let (mut at, mut depth) = (0, 0);
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}
