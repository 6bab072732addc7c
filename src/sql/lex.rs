//! Tokens with their places, as a dialect's own scanner cuts them ([`Rules`]). Knows no grammar: a keyword is a word like
//! any other here.

mod decode;

pub use decode::{decode_name, decode_string, fold, unquote};

use super::rules::{Marked, POSTGRES, Rules};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// An unquoted identifier or keyword.
    Word,
    /// `"…"`, `U&"…"`, `` `…` `` or `[…]`.
    Quoted,
    /// `'…'`, with any of the prefixes `E`, `U&`, `B`, `X`, `N`; with the pieces that continue it on further lines. MySQL's
    /// `"…"`.
    String,
    /// `$tag$…$tag$`.
    Dollar,
    /// A number.
    Number,
    /// `$1`, `?`, `:name`.
    Param,
    /// An operator of one or more characters, `::`, `:=`, `=>` and `..` among them.
    Operator,
    /// One of `( ) [ ] , ; : .`
    Punct,
    /// `-- …`, `# …` or `/* … */`.
    Comment,
    /// A backslash outside quotes, up to the end of its line: `psql` takes it as a command.
    Meta,
    /// A character that starts no token.
    Stray,
    /// A string, dollar quote, quoted name or comment that does not end.
    Unclosed(Unclosed),
}

/// What it is that does not end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unclosed {
    /// `'…`
    String,
    /// `"…`
    Name,
    /// `$tag$…`
    Dollar,
    /// `/* …`
    Comment,
}

impl Unclosed {
    /// For people: `quoted string`.
    pub fn what(self) -> &'static str {
        match self {
            Unclosed::String => "quoted string",
            Unclosed::Name => "quoted name",
            Unclosed::Dollar => "dollar-quoted string",
            Unclosed::Comment => "comment",
        }
    }
}

/// A token: `start..end` in bytes of the text it was cut from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its first byte.
    pub start: usize,
    /// Behind its last byte.
    pub end: usize,
}

impl Token {
    /// What was written.
    pub fn text<'a>(&self, source: &'a str) -> &'a str {
        source.get(self.start..self.end).unwrap_or_default()
    }
}

/// Cuts a stretch of a text into tokens, comments included; every byte that is in no token is white space, or one of the
/// marks around what is text to the server though it looks like a comment (`/*!40101 … */`).
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    rules: &'static Rules,
    text: &'a str,
    at: usize,
    end: usize,
    /// Behind the mark of a comment that is text to the server.
    in_mark: bool,
}

impl<'a> Lexer<'a> {
    /// Over a whole text of PostgreSQL's; a byte order mark at its start is skipped.
    pub fn new(text: &'a str) -> Self {
        Lexer::by(&POSTGRES, text)
    }

    /// Over a whole text, by the rules of its dialect; a byte order mark at its start is skipped.
    pub fn by(rules: &'static Rules, text: &'a str) -> Self {
        let at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Lexer { rules, text, at, end: text.len(), in_mark: false }
    }

    /// Over `start..end` of a text of PostgreSQL's; the tokens' places are still those in the whole text. Nothing is cut
    /// when the range is not one of whole characters.
    pub fn within(text: &'a str, start: usize, end: usize) -> Self {
        let fits = text.get(start..end).is_some();
        let (at, end) = if fits { (start, end) } else { (text.len(), text.len()) };
        Lexer { rules: &POSTGRES, text, at, end, in_mark: false }
    }

    /// The rules that it goes by.
    pub fn rules(&self) -> &'static Rules {
        self.rules
    }

    /// How far it has come.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Goes on from another offset, which must be a character's first byte.
    pub fn jump(&mut self, to: usize) {
        self.at = to.min(self.end);
    }

    fn bytes(&self) -> &'a [u8] {
        &self.text.as_bytes()[..self.end]
    }

    fn peek(&self, ahead: usize) -> u8 {
        self.bytes().get(self.at + ahead).copied().unwrap_or(0)
    }

    fn run(&self, from: usize, pred: impl Fn(u8) -> bool) -> usize {
        self.bytes()[from.min(self.end)..].iter().position(|b| !pred(*b)).map_or(self.end, |n| from + n)
    }

    /// Behind the quote that closes what was opened before `from`, `None` when there is none. A doubled quote does
    /// not close, nor does one behind a backslash when `escapes`.
    fn closing(&self, from: usize, quote: u8, escapes: bool) -> Option<usize> {
        let bytes = self.bytes();
        let mut at = from;
        while at < bytes.len() {
            match bytes[at] {
                b'\\' if escapes => at += 2,
                b if b == quote => {
                    if bytes.get(at + 1) != Some(&quote) {
                        return Some(at + 1);
                    }
                    at += 2;
                }
                _ => at += 1,
            }
        }
        None
    }

    /// Where the next piece of a string that ended at `from` opens (behind its quote): only white space and line
    /// comments with at least one line end may stand between.
    fn continuation(&self, from: usize) -> Option<usize> {
        let bytes = self.bytes();
        let (mut at, mut newline) = (from, false);
        loop {
            match bytes.get(at)? {
                b'\n' | b'\r' => {
                    newline = true;
                    at += 1;
                }
                b if is_space(*b) => at += 1,
                b'-' if bytes.get(at + 1) == Some(&b'-') => at = self.run(at, |b| b != b'\n' && b != b'\r'),
                b'\'' if newline => return Some(at + 1),
                _ => return None,
            }
        }
    }

    fn string(&self, open: usize, escapes: bool) -> (TokenKind, usize) {
        let escapes = escapes || self.rules.c_strings;
        let mut from = open;
        loop {
            let Some(end) = self.closing(from, b'\'', escapes) else {
                return (TokenKind::Unclosed(Unclosed::String), self.end);
            };
            match self.continuation(end).filter(|_| self.rules.continued_strings) {
                Some(next) => from = next,
                None => return (TokenKind::String, end),
            }
        }
    }

    fn comment(&self) -> (TokenKind, usize) {
        let bytes = self.bytes();
        let nested = self.rules.nested_comments;
        let (mut at, mut depth) = (self.at + 2, 1usize);
        while at < bytes.len() {
            match (bytes[at], bytes.get(at + 1)) {
                (b'/', Some(b'*')) if nested => {
                    depth += 1;
                    at += 2;
                }
                (b'*', Some(b'/')) => {
                    depth -= 1;
                    at += 2;
                    if depth == 0 {
                        return (TokenKind::Comment, at);
                    }
                }
                _ => at += 1,
            }
        }
        let kind = if nested { TokenKind::Unclosed(Unclosed::Comment) } else { TokenKind::Comment };
        (kind, self.end)
    }

    /// `$name`, `:name`, `@name`, `?1`.
    fn parameter(&self) -> (TokenKind, usize) {
        let is_name = |b: u8| if self.peek(0) == b'?' { b.is_ascii_digit() } else { is_name(b) };
        let end = self.run(self.at + 1, is_name);
        let kind = match self.peek(0) {
            b'?' => TokenKind::Param,
            _ if end > self.at + 1 => TokenKind::Param,
            b':' => TokenKind::Punct,
            _ => TokenKind::Stray,
        };
        (kind, end)
    }

    /// `@name`, `@@name`, `?`; the `@` of `user@host` is an operator.
    fn variable(&self) -> (TokenKind, usize) {
        let marks = if self.peek(1) == b'@' { 2 } else { 1 };
        let end = self.run(self.at + marks, |b| is_name(b) || b == b'.');
        match self.peek(0) {
            b'?' => (TokenKind::Param, self.at + 1),
            _ if end > self.at + marks => (TokenKind::Param, end),
            _ => (TokenKind::Operator, self.at + 1),
        }
    }

    fn dollar(&self) -> (TokenKind, usize) {
        if self.peek(1).is_ascii_digit() {
            return (TokenKind::Param, self.run(self.at + 1, |b| b.is_ascii_digit()));
        }
        let tag_end = match self.peek(1) {
            b'$' => self.at + 1,
            b if is_name_start(b) => self.run(self.at + 1, |b| is_name(b) && b != b'$'),
            _ => return (TokenKind::Stray, self.at + 1),
        };
        if self.bytes().get(tag_end) != Some(&b'$') {
            return (TokenKind::Stray, self.at + 1);
        }
        let tag = &self.text[self.at..=tag_end];
        match self.text[tag_end + 1..self.end].find(tag) {
            Some(n) => (TokenKind::Dollar, tag_end + 1 + n + tag.len()),
            None => (TokenKind::Unclosed(Unclosed::Dollar), self.end),
        }
    }

    fn number(&self) -> usize {
        let digits = |from| self.run(from, |b| b.is_ascii_digit() || b == b'_');
        if self.peek(0) == b'0' && matches!(self.peek(1), b'x' | b'X' | b'o' | b'O' | b'b' | b'B') {
            return self.run(self.at + 2, |b| b.is_ascii_hexdigit() || b == b'_');
        }
        let bytes = self.bytes();
        let mut at = digits(self.at);
        // `1..10` is a range in PL/pgSQL, not `1.` and `.10`.
        if bytes.get(at) == Some(&b'.') && bytes.get(at + 1) != Some(&b'.') {
            at = digits(at + 1);
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            if bytes.get(at + 1 + sign).is_some_and(u8::is_ascii_digit) {
                at = digits(at + 1 + sign);
            }
        }
        at
    }

    fn operator(&self) -> usize {
        let bytes = self.bytes();
        if let Some(operators) = self.rules.operators {
            let rest = &bytes[self.at..];
            let longest = operators.iter().find(|operator| rest.starts_with(operator.as_bytes()));
            return self.at + longest.map_or(1, |operator| operator.len());
        }
        let mut end = self.at;
        // An operator ends where a comment starts.
        while end < bytes.len()
            && is_operator(bytes[end])
            && !(end > self.at && matches!(&bytes[end..], [b'-', b'-', ..] | [b'/', b'*', ..]))
        {
            end += 1;
        }
        // `=-1`: a trailing sign is the next operand's, unless one of these characters makes it a long operator.
        let free = |b: &u8| b"~!@#^&|`?%".contains(b);
        while end > self.at + 1 && matches!(bytes[end - 1], b'+' | b'-') && !bytes[self.at..end - 1].iter().any(free) {
            end -= 1;
        }
        end
    }

    fn cut(&self) -> (TokenKind, usize) {
        let at = self.at;
        let rules = self.rules;
        let quote = |n: usize| self.peek(n) == b'\'';
        let is_unicode = |mark: u8| rules.unicode_quotes && self.peek(1) == b'&' && self.peek(2) == mark;
        match self.peek(0) {
            b'\'' => self.string(at + 1, false),
            b'"' if rules.c_strings => match self.closing(at + 1, b'"', true) {
                Some(end) => (TokenKind::String, end),
                None => (TokenKind::Unclosed(Unclosed::String), self.end),
            },
            b'"' => self.quoted(at + 1, b'"'),
            b'`' if rules.backticks => self.quoted(at + 1, b'`'),
            b'[' if rules.brackets => self.bracketed(),
            b if quote(1) && rules.prefixes.contains(&b.to_ascii_lowercase()) => {
                self.string(at + 2, matches!(b, b'e' | b'E'))
            }
            b'u' | b'U' if is_unicode(b'\'') => self.string(at + 3, false),
            b'u' | b'U' if is_unicode(b'"') => self.quoted(at + 3, b'"'),
            b if is_name_start(b) => (TokenKind::Word, self.run(at, is_name)),
            b if b.is_ascii_digit() => (TokenKind::Number, self.number()),
            b'.' if self.peek(1).is_ascii_digit() => (TokenKind::Number, self.number()),
            b'$' | b':' | b'@' | b'?' if rules.named_parameters => self.parameter(),
            b'@' | b'?' if rules.variables => self.variable(),
            b'.' if self.peek(1) == b'.' => (TokenKind::Operator, at + 2),
            b':' if matches!(self.peek(1), b':' | b'=') => (TokenKind::Operator, at + 2),
            b'(' | b')' | b'[' | b']' | b',' | b';' | b':' | b'.' => (TokenKind::Punct, at + 1),
            b'-' if self.peek(1) == b'-' && self.is_line_comment() => (TokenKind::Comment, self.line()),
            b'#' if rules.hash_comments => (TokenKind::Comment, self.line()),
            b'/' if self.peek(1) == b'*' => self.block(),
            b'$' if rules.dollar_quotes => self.dollar(),
            b'\\' if rules.client_commands => (TokenKind::Meta, self.line()),
            b if is_operator(b) => (TokenKind::Operator, self.operator()),
            _ => (TokenKind::Stray, at + 1),
        }
    }

    /// MySQL takes two minus signs for what they are unless a blank or the end follows.
    fn is_line_comment(&self) -> bool {
        let next = self.peek(2);
        !self.rules.hash_comments || self.at + 2 >= self.end || is_space(next) || next.is_ascii_control()
    }

    /// What begins with `/*` and is not the mark of what is text.
    fn block(&self) -> (TokenKind, usize) {
        match self.marked() {
            Marked::Either(length) => (TokenKind::Stray, self.at + length),
            Marked::Text(_) | Marked::Comment => self.comment(),
        }
    }

    fn marked(&self) -> Marked {
        let executable = self.rules.executable.as_ref();
        executable.map_or(Marked::Comment, |executable| executable.of(&self.bytes()[self.at..]))
    }

    /// Goes past white space, and past the marks around what is text to the server.
    fn skip(&mut self) {
        loop {
            self.at = self.run(self.at, is_space);
            if self.in_mark && self.peek(0) == b'*' && self.peek(1) == b'/' {
                self.in_mark = false;
                self.at += 2;
                continue;
            }
            match self.marked() {
                Marked::Text(length) if !self.in_mark => {
                    self.in_mark = true;
                    self.at += length;
                }
                _ => return,
            }
        }
    }

    /// The end of the line.
    fn line(&self) -> usize {
        self.run(self.at, |b| b != b'\n' && b != b'\r')
    }

    /// `[…]`, in which nothing stands for a bracket.
    fn bracketed(&self) -> (TokenKind, usize) {
        match self.run(self.at, |b| b != b']') {
            end if end < self.end => (TokenKind::Quoted, end + 1),
            _ => (TokenKind::Unclosed(Unclosed::Name), self.end),
        }
    }

    fn quoted(&self, open: usize, mark: u8) -> (TokenKind, usize) {
        match self.closing(open, mark, false) {
            Some(end) => (TokenKind::Quoted, end),
            None => (TokenKind::Unclosed(Unclosed::Name), self.end),
        }
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        self.skip();
        if self.at >= self.end {
            return None;
        }
        let start = self.at;
        let (kind, end) = self.cut();
        self.at = end.clamp(start + 1, self.end);
        Some(Token { kind, start, end: self.at })
    }
}

fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// Bytes beyond ASCII are letters to PostgreSQL, a no-break space among them.
fn is_name_start(b: u8) -> bool {
    b.is_ascii_alphabetic() || b == b'_' || b >= 0x80
}

fn is_name(b: u8) -> bool {
    is_name_start(b) || b.is_ascii_digit() || b == b'$'
}

fn is_operator(b: u8) -> bool {
    b"~!@#^&|`?+-*/%<>=".contains(&b)
}
