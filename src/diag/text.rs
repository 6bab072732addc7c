//! Findings as text for people: the place, the source line with a caret, what follows and what to do.

use super::{Finding, Level};
use crate::source::{Position, SourceFile, SourceTree};
use annotate_snippets as shown;
use annotate_snippets::{AnnotationKind, Group, Origin, Renderer, Snippet};
use std::ops::Range;

/// Whether text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// With the terminal's colours.
    Coloured,
    /// Without.
    Plain,
}

/// Characters of a source line that are shown around the place.
const WINDOW: usize = 110;

/// The most characters of a message, reason or advice that are shown.
const LONGEST: usize = 2000;

/// A finding as text, without a line break at its end.
pub fn render(finding: &Finding, tree: &SourceTree, style: Style) -> String {
    let mut group = Group::with_title(level(finding.level).primary_title(plain(&finding.message)).id(finding.code));
    let file = finding.at.and_then(|at| tree.file(at.file));
    let mut place = None;
    if let (Some(at), Some(file)) = (finding.at, file) {
        let path = plain(&file.shown);
        let position = file.position(at.start as usize);
        match position.and_then(|position| Some((position, window(file, position, at.range())?))) {
            None => group = group.element(Origin::path(path)),
            Some((position, window)) => {
                place = Some((
                    format!("{path}:{}:{}", position.line, window.column),
                    format!("{path}:{}:{}", position.line, position.column),
                ));
                let snippet = Snippet::source(window.text).line_start(position.line).path(path).fold(false);
                group = group.element(snippet.annotation(AnnotationKind::Primary.span(window.caret)));
            }
        }
    }
    if let Some(why) = &finding.why {
        group = group.element(shown::Level::NOTE.message(plain(why)));
    }
    if let Some(help) = &finding.help {
        group = group.element(shown::Level::HELP.message(plain(help)));
    }
    let text = renderer(style).render(&[group]);
    match place {
        // The renderer counts the column in the part of the line that it was given.
        Some((counted, true_place)) if counted != true_place => text.replacen(&counted, &true_place, 1),
        _ => text,
    }
}

/// One line in the manner of a finding, for what is about no file: `error: no such folder`.
pub fn title(weight: Level, message: &str, style: Style) -> String {
    renderer(style).render(&[Group::with_title(level(weight).primary_title(plain(message)))])
}

fn renderer(style: Style) -> Renderer {
    match style {
        Style::Coloured => Renderer::styled(),
        Style::Plain => Renderer::plain(),
    }
    .term_width(140)
}

fn level(level: Level) -> shown::Level<'static> {
    match level {
        Level::Error => shown::Level::ERROR,
        Level::Warning => shown::Level::WARNING,
        Level::Info => shown::Level::INFO,
    }
}

/// The part of a line that is shown.
struct Window {
    text: String,
    /// The byte range in `text` to point at.
    caret: Range<usize>,
    /// The column in `text` where that begins, in characters from 1.
    column: usize,
}

/// The part of the line around the place. Only this much of a line is handed on, however long it is.
fn window(file: &SourceFile, position: Position, span: Range<usize>) -> Option<Window> {
    let text = file.text()?;
    let line = file.line_range(position.line)?;
    let place = span.start.clamp(line.start, line.end);
    let mut before: Vec<char> = text.get(line.start..place)?.chars().rev().take(WINDOW / 2).collect();
    let after: String = text.get(place..line.end)?.chars().take(WINDOW - before.len()).collect();
    let cut_before = before.iter().map(|c| c.len_utf8()).sum::<usize>() < place - line.start;
    let cut_after = after.len() < line.end - place;
    if cut_before {
        before.push('…');
    }
    let column = before.len() + 1;
    let before = visible(before.into_iter().rev());
    let pointed = span.end.clamp(place, line.end) - place;
    let pointed = visible(after.get(..pointed).unwrap_or(&after).trim_end().chars());
    let caret = before.len()..before.len() + pointed.len();
    let text = format!("{before}{}{}", visible(after.chars()), if cut_after { "…" } else { "" });
    Some(Window { text, caret, column })
}

/// A source line with its tabs and control characters made harmless.
fn visible(text: impl Iterator<Item = char>) -> String {
    let shown = |c| match c {
        '\t' => ' ',
        c if is_hostile(c) => '\u{FFFD}',
        c => c,
    };
    text.map(shown).collect()
}

/// A text for people in one piece: control characters, which could move the cursor or hide what follows, are replaced,
/// and what is longer than anybody reads is cut.
pub fn plain(text: &str) -> String {
    let mut out: String = text.chars().take(LONGEST).map(replaced).collect();
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// The same for what has to stay whole, however long it is.
pub fn harmless(text: &str) -> String {
    text.chars().map(replaced).collect()
}

fn replaced(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' => ' ',
        c if is_hostile(c) => '\u{FFFD}',
        c => c,
    }
}

/// Control characters, and those that turn the direction of writing.
fn is_hostile(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    fn shown(text: &str, range: Range<usize>) -> String {
        let tree = SourceTree::of([("a/migration.sql".to_owned(), text.to_owned())]);
        let span = Span::new(FileId(0), range.start, range.end);
        let finding = Finding::new("R002", Level::Warning, span, "this is so").why("that follows").help("do this");
        render(&finding, &tree, Style::Plain)
    }

    #[test]
    fn a_finding_shows_its_line() {
        let text = shown("SELECT 1;\n\tDO $$ BEGIN\r\nEND $$;\n", 11..30);
        insta::assert_snapshot!(text, @r"
        warning[R002]: this is so
         --> a/migration.sql:2:2
          |
        2 |  DO $$ BEGIN
          |  ^^^^^^^^^^^
          |
          = note: that follows
          = help: do this
        ");
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = format!("{}HERE{}", "é".repeat(300), "x".repeat(300));
        insta::assert_snapshot!(shown(&text, 600..604), @r"
        warning[R002]: this is so
         --> a/migration.sql:1:301
          |
        1 | …éééééééééééééééééééééééééééééééééééééééééééééééééééééééHERExxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
          |                                                         ^^^^
          |
          = note: that follows
          = help: do this
        ");
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let text = shown("a \u{1b}[2J\u{202e} b", 0..3);
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    }

    #[test]
    fn a_place_at_the_end_of_an_empty_file_is_shown() {
        let text = shown("", 0..0);
        assert!(text.contains("--> a/migration.sql:1:1"), "{text}");
    }
}
