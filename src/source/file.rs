//! One file: its path, its text once it was read, and where in it a byte offset stands.

use super::Problem;
use std::path::PathBuf;
use std::sync::OnceLock;

/// A file of a [`SourceTree`](super::SourceTree).
#[derive(Debug)]
pub struct SourceFile {
    /// Its path below the tree's root, with `/` between the parts.
    pub path: String,
    /// Its path as shown to people: the root as it was given, then `path`.
    pub shown: String,
    /// Where it is on the disk.
    pub(super) disk: PathBuf,
    pub(super) text: OnceLock<Result<Text, Problem>>,
}

/// A place in a text, both counted from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A decoded text that knows its lines.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) text: String,
    index: OnceLock<LineIndex>,
}

/// What makes a position cheap to find: a 50 MB line must not be counted from its start for every finding in it.
#[derive(Debug)]
struct LineIndex {
    /// Byte offset of each line's first byte.
    lines: Vec<usize>,
    /// Characters before each multiple of [`STRIDE`] bytes.
    characters: Vec<usize>,
}

const STRIDE: usize = 4096;

impl SourceFile {
    pub(super) fn new(path: String, shown: String, disk: PathBuf) -> Self {
        SourceFile { path, shown, disk, text: OnceLock::new() }
    }

    /// The last part of its path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The path of its folder below the root; empty at the root itself.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its decoded text; `None` when it was not read yet or could not be.
    pub fn text(&self) -> Option<&str> {
        self.loaded().map(|text| text.text.as_str())
    }

    /// Where a byte offset of the decoded text stands; `None` when there is no text. An offset past the end is the end.
    pub fn position(&self, offset: usize) -> Option<Position> {
        let text = self.loaded()?;
        let index = text.index();
        let offset = offset.min(text.text.len());
        let line = index.lines.partition_point(|start| *start <= offset);
        let start = index.lines[line - 1]; // never empty, and its first entry is 0
        let column = index.characters_before(&text.text, offset) - index.characters_before(&text.text, start) + 1;
        Some(Position { line, column })
    }

    /// The byte range of a line without its line break; the line is counted from 1.
    pub(crate) fn line_range(&self, line: usize) -> Option<std::ops::Range<usize>> {
        let text = self.loaded()?;
        let lines = &text.index().lines;
        let start = *lines.get(line.checked_sub(1)?)?;
        let end = lines.get(line).map_or(text.text.len(), |next| next - 1);
        let end = if end > start && text.text.as_bytes()[end - 1] == b'\r' { end - 1 } else { end };
        Some(start..end)
    }

    fn loaded(&self) -> Option<&Text> {
        self.text.get().and_then(|text| text.as_ref().ok())
    }
}

impl Text {
    pub(super) fn new(text: String) -> Self {
        Text { text, index: OnceLock::new() }
    }

    fn index(&self) -> &LineIndex {
        self.index.get_or_init(|| LineIndex::new(&self.text))
    }
}

impl LineIndex {
    fn new(text: &str) -> Self {
        let mut lines = vec![0];
        let mut characters = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut seen = 0;
        for (at, chunk) in text.as_bytes().chunks(STRIDE).enumerate() {
            characters.push(seen);
            for (offset, byte) in chunk.iter().enumerate() {
                seen += usize::from(starts_character(*byte));
                if *byte == b'\n' {
                    lines.push(at * STRIDE + offset + 1);
                }
            }
        }
        LineIndex { lines, characters }
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let Some(last) = self.characters.len().checked_sub(1) else { return 0 };
        let stride = (offset / STRIDE).min(last);
        let rest = &text.as_bytes()[stride * STRIDE..offset];
        self.characters[stride] + rest.iter().filter(|byte| starts_character(**byte)).count()
    }
}

/// Whether a byte of UTF-8 is the first of a character.
fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        let file = SourceFile::new("a/b.sql".into(), "x/a/b.sql".into(), PathBuf::new());
        assert!(file.text.set(Ok(Text::new(text.into()))).is_ok());
        file
    }

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let file = file("é = 1;\r\nsecond\n");
        let at = |offset| file.position(offset).map(|p| (p.line, p.column));
        assert_eq!(at(0), Some((1, 1)));
        assert_eq!(at(2), Some((1, 2)));
        assert_eq!(at(9), Some((2, 1)));
        assert_eq!(at(99), Some((3, 1)));
        assert_eq!(file.line_range(1), Some(0..7));
        assert_eq!(file.line_range(2), Some(9..15));
        assert_eq!(file.line_range(4), None);
    }

    #[test]
    fn a_long_line_has_the_same_positions_as_a_short_one() {
        let text = "é".repeat(3 * STRIDE);
        let file = file(&text);
        for offset in [0, STRIDE - 2, STRIDE, 5 * STRIDE + 2, 6 * STRIDE] {
            let column = text[..offset].chars().count() + 1;
            assert_eq!(file.position(offset), Some(Position { line: 1, column }), "{offset}");
        }
    }

    #[test]
    fn an_empty_text_has_one_place() {
        assert_eq!(file("").position(0), Some(Position { line: 1, column: 1 }));
        assert_eq!(file("").line_range(1), Some(0..0));
    }
}
