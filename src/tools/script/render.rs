//! Lines of JavaScript: comments, strings, statements, and edits that leave every other byte alone.

use crate::emit::words::Words;
use crate::js::Style;
use std::ops::Range;

/// Lines of code: how deep each is indented, and its text, in which line breaks are those of a string.
pub(in crate::tools) type Lines = Vec<(usize, String)>;

/// What a down says of itself, behind its first line.
pub(super) fn comments(words: &Words) -> Lines {
    words.lines().into_iter().map(|line| (0, format!("// {line}"))).collect()
}

/// An expression as a statement: `await` or `return` in front of it.
pub(super) fn statement(word: &str, expression: &Lines, end: &str) -> Lines {
    let mut lines = expression.clone();
    if let Some((_, first)) = lines.first_mut() {
        *first = format!("{word} {first}");
    }
    if let Some((_, last)) = lines.last_mut() {
        last.push_str(end);
    }
    lines
}

/// A call whose last argument is a function with these statements in it: `head` up to its brace, `tail` from it on.
pub(in crate::tools) fn call(head: String, statements: Vec<Lines>, word: &str, end: &str, tail: &str) -> Lines {
    let mut lines = vec![(0, head)];
    for inner in statements {
        let inner = match word {
            "" => self::ended(inner, end),
            word => statement(word, &inner, end),
        };
        lines.extend(inner.into_iter().map(|(depth, text)| (depth + 1, text)));
    }
    lines.push((0, tail.to_owned()));
    lines
}

fn ended(mut lines: Lines, end: &str) -> Lines {
    if let Some((_, last)) = lines.last_mut() {
        last.push_str(end);
    }
    lines
}

/// Lines in a block that stands at `outer`, each with its line break.
pub(super) fn indented(lines: &Lines, outer: &str, style: &Style) -> String {
    let line = |(depth, text): &(usize, String)| {
        let text = if style.newline == "\n" { text.clone() } else { text.replace('\n', style.newline) };
        if text.is_empty() {
            return style.newline.to_owned();
        }
        format!("{outer}{}{text}{}", style.indent.repeat(depth + 1), style.newline)
    };
    lines.iter().map(line).collect()
}

/// The space that the line starts with on which something stands.
pub(super) fn indentation(text: &str, at: usize) -> &str {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |newline| newline + 1);
    let line = text.get(start..).unwrap_or_default();
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// A text with some stretches replaced, which do not overlap.
pub(super) fn edited(text: &str, mut edits: Vec<(Range<usize>, String)>) -> String {
    edits.sort_by_key(|(at, _)| (at.start, at.end));
    let mut out = String::with_capacity(text.len() + edits.iter().map(|(_, text)| text.len()).sum::<usize>());
    let mut end = 0;
    for (at, replacement) in edits {
        out.push_str(text.get(end..at.start).unwrap_or_default());
        out.push_str(&replacement);
        end = at.end;
    }
    out.push_str(text.get(end..).unwrap_or_default());
    out
}

/// A string in quotes, on one line.
pub(in crate::tools) fn string(text: &str, quote: char) -> String {
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c == quote => out.extend(['\\', c]),
            c => push(&mut out, c),
        }
    }
    out.push(quote);
    out
}

/// A template, which may have several lines.
pub(in crate::tools) fn template(text: &str) -> String {
    let mut out = String::from("`");
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' => out.push_str("\\\\"),
            '`' => out.push_str("\\`"),
            '$' if characters.peek() == Some(&'{') => out.push_str("\\$"),
            '\n' => out.push('\n'),
            c => push(&mut out, c),
        }
    }
    out.push('`');
    out
}

/// A string or, where quotes and line breaks would make it hard to read, a template.
pub(in crate::tools) fn sql(text: &str, quote: char) -> String {
    if text.contains([quote, '\n', '\\']) { template(text) } else { string(text, quote) }
}

/// Whether a text holds an expression, whole words only.
pub(in crate::tools) fn mentions(text: &str, expression: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    text.match_indices(expression).any(|(at, found)| {
        let before = text[..at].chars().next_back();
        let after = text[at + found.len()..].chars().next();
        !before.is_some_and(|c| is_part(c) || c == '.') && !after.is_some_and(is_part)
    })
}

/// A character that stands for itself, unless it is one that cannot be seen or ends a line.
fn push(out: &mut String, c: char) {
    match c {
        '\t' => out.push_str("\\t"),
        '\r' => out.push_str("\\r"),
        c if (c.is_control() && c as u32 <= 0xff) => out.push_str(&format!("\\x{:02x}", c as u32)),
        '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => {
            out.push_str(&format!("\\u{:04x}", c as u32));
        }
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_a_string_or_template() {
        let hostile = "a'b\"c`d${e}\\f\n\r\u{2028}\u{0}$1?";
        assert_eq!(string(hostile, '\''), r#"'a\'b"c`d${e}\\f\n\r\u2028\x00$1?'"#);
        assert_eq!(template(hostile), "`a'b\"c\\`d\\${e}\\\\f\n\\r\\u2028\\x00$1?`");
        assert_eq!(sql("DROP TABLE \"a\"", '\''), "'DROP TABLE \"a\"'");
        assert_eq!(sql("DROP TABLE \"a\"", '"'), "`DROP TABLE \"a\"`");
    }

    #[test]
    fn edits_leave_every_other_byte() {
        assert_eq!(edited("abcdef", vec![(4..5, "-".into()), (1..1, "+".into()), (1..2, "x".into())]), "a+xcd-f");
    }
}
