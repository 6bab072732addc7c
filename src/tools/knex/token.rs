//! The tokens of JavaScript, as far as reading plain settings needs them.

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or number, with what is joined to it by dots: `path.join`.
    Word(String),
    /// A string; a template keeps its interpolations as they are written.
    Text(String),
    /// Any other character, or a string with an escape (`` ` ``).
    Mark(char),
}

/// The tokens of a text, without its comments.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first.is_whitespace() {
            first.len_utf8()
        } else if matches!(first, '"' | '\'' | '`') {
            string(rest, first, &mut tokens)
        } else if first.is_alphanumeric() || matches!(first, '_' | '$') {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '.'))).unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            end
        } else {
            tokens.push(Token::Mark(first));
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    tokens
}

/// Reads one string literal and gives its length.
fn string(rest: &str, quote: char, tokens: &mut Vec<Token>) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == quote {
            let inner = &rest[1..at];
            tokens.push(if inner.contains('\\') { Token::Mark('`') } else { Token::Text(inner.to_owned()) });
            return at + 1;
        }
    }
    tokens.push(Token::Mark('`'));
    rest.len()
}
