//! The place in a statement's tokens at which its parser stands, and the small steps that every parser is made of.

use crate::diag::{Finding, Outcome};
use crate::ir::{Expr, Name, Script, Step};
use crate::source::{FileId, Span};
use crate::sql::lex::{Token, TokenKind};
use crate::sql::split::{Pieces, Statement};
use std::cell::RefCell;

/// Why a parser could not go on, and where.
#[derive(Clone, Debug)]
pub(in crate::sql) struct Stop {
    /// The token that stopped it.
    pub at: Span,
    /// What it is about that; lower case.
    pub why: String,
    /// Nested deeper than it is read, rather than not known.
    pub too_deep: bool,
    /// It is a call of a function that is not the server's own.
    pub call: bool,
}

impl Stop {
    pub(in crate::sql) fn new(at: Span, why: impl Into<String>) -> Self {
        Stop { at, why: why.into(), too_deep: false, call: false }
    }
}

pub(in crate::sql) type Parse<T> = Result<T, Stop>;

/// The text that tokens were cut from.
#[derive(Clone, Copy, Debug)]
pub(in crate::sql) struct Source<'a> {
    pub text: &'a str,
    pub file: FileId,
    /// Set when the text is not a stretch of the file (an unescaped string): everything in it is there.
    pub place: Option<Span>,
    /// Where calls of functions that only the history knows are noted; without it they stop the parser.
    pub called: Option<&'a RefCell<Vec<Name>>>,
}

impl Source<'_> {
    pub(in crate::sql) fn span(&self, start: usize, end: usize) -> Span {
        self.place.unwrap_or_else(|| Span::new(self.file, start, end))
    }

    /// The script that the pieces of the text are; `one` says what a statement does.
    pub(in crate::sql) fn script(
        self,
        pieces: Pieces,
        one: impl Fn(Self, &Statement, &mut Vec<Finding>) -> Vec<Step>,
    ) -> Outcome<Script> {
        let mut script = Script::default();
        let mut findings = Vec::new();
        for statement in pieces.statements {
            let mut steps = one(self, &statement, &mut findings);
            if let Some(first) = steps.first_mut() {
                first.notes = statement.notes;
            }
            script.steps.extend(steps);
        }
        script.notes = pieces.notes.into_iter().map(|(note, start, end)| (note, self.span(start, end))).collect();
        Outcome { value: script, findings }
    }
}

/// A parser's place in a run of tokens.
#[derive(Clone, Copy, Debug)]
pub(in crate::sql) struct Cursor<'a> {
    pub source: Source<'a>,
    tokens: &'a [Token],
    at: usize,
    /// How deep the statement is nested in others.
    pub depth: usize,
}

impl<'a> Cursor<'a> {
    pub(in crate::sql) fn new(source: Source<'a>, tokens: &'a [Token], depth: usize) -> Self {
        Cursor { source, tokens, at: 0, depth }
    }

    /// A cursor over some of the same tokens, by their numbers.
    pub(in crate::sql) fn slice(&self, start: usize, end: usize) -> Cursor<'a> {
        Cursor { tokens: self.tokens.get(start..end).unwrap_or_default(), at: 0, ..*self }
    }

    /// A cursor over what is left.
    pub(in crate::sql) fn rest(&self) -> Cursor<'a> {
        self.slice(self.at, self.tokens.len())
    }

    pub(in crate::sql) fn tokens(&self) -> &'a [Token] {
        self.tokens
    }

    /// The number of the next token.
    pub(in crate::sql) fn position(&self) -> usize {
        self.at
    }

    pub(in crate::sql) fn seek(&mut self, position: usize) {
        self.at = position.min(self.tokens.len());
    }

    pub(in crate::sql) fn skip(&mut self, count: usize) {
        self.seek(self.at + count);
    }

    pub(in crate::sql) fn at_end(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(in crate::sql) fn peek(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    /// The text of the token so far ahead, empty behind the end.
    pub(in crate::sql) fn text(&self, ahead: usize) -> &'a str {
        self.peek(ahead).map_or("", |t| t.text(self.source.text))
    }

    /// The kind of the token so far ahead.
    pub(in crate::sql) fn kind(&self, ahead: usize) -> Option<TokenKind> {
        self.peek(ahead).map(|t| t.kind)
    }

    /// Whether the token so far ahead is the unquoted word.
    pub(in crate::sql) fn is_at(&self, ahead: usize, word: &str) -> bool {
        self.kind(ahead) == Some(TokenKind::Word) && self.text(ahead).eq_ignore_ascii_case(word)
    }

    pub(in crate::sql) fn is(&self, word: &str) -> bool {
        self.is_at(0, word)
    }

    /// Whether the next tokens are these words, given in one string with blanks between.
    pub(in crate::sql) fn are(&self, words: &str) -> bool {
        words.split(' ').enumerate().all(|(n, word)| self.is_at(n, word))
    }

    pub(in crate::sql) fn eat(&mut self, words: &str) -> bool {
        let found = self.are(words);
        if found {
            self.skip(words.split(' ').count());
        }
        found
    }

    /// The first of these that is next, eaten.
    pub(in crate::sql) fn eat_any<'w>(&mut self, choices: &[&'w str]) -> Option<&'w str> {
        choices.iter().find(|words| self.eat(words)).copied()
    }

    pub(in crate::sql) fn expect(&mut self, words: &str) -> Parse<()> {
        if self.eat(words) { Ok(()) } else { Err(self.stop(words)) }
    }

    pub(in crate::sql) fn expect_any<'w>(&mut self, choices: &[&'w str]) -> Parse<&'w str> {
        self.eat_any(choices).ok_or_else(|| self.stop(&choices.join(" or ")))
    }

    /// Whether the token so far ahead is this punctuation or operator.
    pub(in crate::sql) fn is_mark(&self, ahead: usize, mark: &str) -> bool {
        matches!(self.kind(ahead), Some(TokenKind::Punct | TokenKind::Operator)) && self.text(ahead) == mark
    }

    pub(in crate::sql) fn eat_mark(&mut self, mark: &str) -> bool {
        let found = self.is_mark(0, mark);
        if found {
            self.at += 1;
        }
        found
    }

    pub(in crate::sql) fn expect_mark(&mut self, mark: &str) -> Parse<()> {
        if self.eat_mark(mark) { Ok(()) } else { Err(self.stop(mark)) }
    }

    /// Requires that nothing is left.
    pub(in crate::sql) fn end(&self) -> Parse<()> {
        if self.at_end() { Ok(()) } else { Err(self.stop("the end of the statement")) }
    }

    /// The stop that says what was expected here.
    pub(in crate::sql) fn stop(&self, expected: &str) -> Stop {
        let found = match self.peek(0) {
            None => "the end".to_string(),
            Some(token) => {
                let text = token.text(self.source.text);
                let short: String = text.chars().take(40).collect();
                if short.len() < text.len() { format!("`{short}…`") } else { format!("`{short}`") }
            }
        };
        Stop::new(self.here(), format!("expected {expected}, found {found}"))
    }

    /// The stop that says something else about the next token.
    pub(in crate::sql) fn refuse(&self, why: impl Into<String>) -> Stop {
        Stop::new(self.here(), why)
    }

    /// The place of the next token; behind the end, of the last one's end.
    pub(in crate::sql) fn here(&self) -> Span {
        match (self.peek(0), self.tokens.last()) {
            (Some(token), _) => self.source.span(token.start, token.end),
            (None, Some(last)) => self.source.span(last.end, last.end),
            (None, None) => self.source.span(0, 0),
        }
    }

    /// The place of all the tokens.
    pub(in crate::sql) fn whole(&self) -> Span {
        match (self.tokens.first(), self.tokens.last()) {
            (Some(first), Some(last)) => self.source.span(first.start, last.end),
            _ => self.here(),
        }
    }

    /// All the tokens as written.
    pub(in crate::sql) fn sql(&self) -> String {
        self.verbatim(0, self.tokens.len()).to_string()
    }

    /// Some tokens as written, comments between them included.
    pub(in crate::sql) fn verbatim(&self, start: usize, end: usize) -> &'a str {
        match self.tokens.get(start..end) {
            Some([first, .., last]) => self.source.text.get(first.start..last.end).unwrap_or_default(),
            Some([only]) => only.text(self.source.text),
            _ => "",
        }
    }

    /// Some tokens as written, but for the comments between them.
    pub(in crate::sql) fn clean(&self, start: usize, end: usize) -> String {
        let tokens = self.tokens.get(start..end).unwrap_or_default();
        let mut text = String::new();
        let mut last: Option<&Token> = None;
        for token in tokens {
            if let Some(last) = last {
                let gap = self.source.text.get(last.end..token.start).unwrap_or_default();
                if gap.chars().all(char::is_whitespace) {
                    text.push_str(gap);
                } else {
                    text.push(if gap.contains('\n') { '\n' } else { ' ' });
                }
            }
            text.push_str(token.text(self.source.text));
            last = Some(token);
        }
        text
    }

    /// All the tokens as text, of whatever shape; a stop when there is none.
    pub(in crate::sql) fn value(&self) -> Parse<String> {
        if self.tokens.is_empty() {
            return Err(self.stop("a value"));
        }
        Ok(self.clean(0, self.tokens.len()))
    }

    /// All the tokens as an expression, of whatever shape; a stop when there is none.
    pub(in crate::sql) fn expression(&self) -> Parse<Expr> {
        if self.tokens.is_empty() {
            return Err(self.stop("an expression"));
        }
        self.value().map(Expr)
    }

    /// What stands in all the parentheses around all the tokens.
    pub(in crate::sql) fn unwrapped(&self) -> Cursor<'a> {
        let count = self.tokens.len();
        let closing = self.closing_table();
        let pairs =
            closing.iter().enumerate().take_while(|(n, close)| **close == Some(count - 1 - n) && 2 * n + 2 < count);
        let pairs = pairs.filter(|(n, _)| self.tokens[*n].text(self.source.text) == "(").count();
        self.slice(pairs, count - pairs)
    }

    /// For each token that opens a bracket, the number of the one that closes it.
    pub(in crate::sql) fn closing_table(&self) -> Vec<Option<usize>> {
        let mut table = vec![None; self.tokens.len()];
        let mut open = Vec::new();
        for (n, token) in self.tokens.iter().enumerate() {
            if token.kind == TokenKind::Punct {
                match token.text(self.source.text) {
                    "(" | "[" => open.push(n),
                    ")" | "]" => {
                        if let Some(start) = open.pop() {
                            table[start] = Some(n);
                        }
                    }
                    _ => {}
                }
            }
        }
        table
    }

    /// Eats `( … )` and gives what is between.
    pub(in crate::sql) fn parens(&mut self) -> Parse<Cursor<'a>> {
        if !self.is_mark(0, "(") {
            return Err(self.stop("("));
        }
        let close = self.closing(self.at).ok_or_else(|| self.refuse("parenthesis that is not closed"))?;
        let inner = self.slice(self.at + 1, close);
        self.at = close + 1;
        Ok(inner)
    }

    /// The number of the token that closes the bracket at `open`.
    fn closing(&self, open: usize) -> Option<usize> {
        let mut depth = 0usize;
        for (n, token) in self.tokens.iter().enumerate().skip(open) {
            if token.kind == TokenKind::Punct {
                match token.text(self.source.text) {
                    "(" | "[" => depth += 1,
                    ")" | "]" => {
                        depth = depth.checked_sub(1)?;
                        if depth == 0 {
                            return Some(n);
                        }
                    }
                    _ => {}
                }
            }
        }
        None
    }

    /// Eats up to the first token outside brackets (and `CASE … END`) for which `stop` holds, which is asked with
    /// the cursor on it; gives what was eaten. Always eats the first.
    pub(in crate::sql) fn until(&mut self, stop: impl Fn(&Cursor<'a>) -> bool) -> Cursor<'a> {
        let start = self.at;
        let (mut brackets, mut cases) = (0usize, 0usize);
        while let Some(token) = self.peek(0) {
            if brackets == 0 && cases == 0 && self.at > start && stop(self) {
                break;
            }
            match token.kind {
                TokenKind::Punct => match self.text(0) {
                    "(" | "[" => brackets += 1,
                    ")" | "]" => match brackets.checked_sub(1) {
                        Some(less) => brackets = less,
                        None => break,
                    },
                    _ => {}
                },
                TokenKind::Word if self.is("CASE") && !self.after_dot() => cases += 1,
                TokenKind::Word if self.is("END") && !self.after_dot() => cases = cases.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
        }
        self.slice(start, self.at)
    }

    fn after_dot(&self) -> bool {
        self.at.checked_sub(1).and_then(|n| self.tokens.get(n)).is_some_and(|t| t.text(self.source.text) == ".")
    }

    /// The pieces between the commas outside brackets; none when there is no token at all.
    pub(in crate::sql) fn commas(&self) -> Vec<Cursor<'a>> {
        let mut pieces = Vec::new();
        let mut cursor = self.rest();
        while !cursor.at_end() {
            // A comma in first place leaves an empty piece, on which its parser stops.
            let piece = if cursor.is_mark(0, ",") { cursor.slice(0, 0) } else { cursor.until(|c| c.is_mark(0, ",")) };
            pieces.push(piece);
            if !cursor.eat_mark(",") {
                if !cursor.at_end() {
                    pieces.push(cursor.rest());
                }
                break;
            }
            if cursor.at_end() {
                pieces.push(cursor.rest());
            }
        }
        pieces
    }

    /// `a, b, …` with a parser for each.
    pub(in crate::sql) fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Parse<T>) -> Parse<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.eat_mark(",") {
            items.push(item(self)?);
        }
        Ok(items)
    }
}
