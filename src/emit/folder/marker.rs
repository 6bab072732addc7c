//! What a tool takes for its own in a text that is ours or the user's: spelled apart in comments, refused in statements.

use regex::Regex;
use serde::Deserialize;

/// What a `target.toml` says of a marker.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkerSettings {
    /// What a comment may not hold, as a regular expression over one line behind its `--`.
    #[serde(default)]
    comment: Option<String>,
    /// What a statement may not hold, as a regular expression over all of its text.
    #[serde(default)]
    statement: Option<String>,
    /// What the tool would do with it, as it follows on "the tool would".
    would: String,
    /// Whether such a statement is written all the same, because what the tool does with it does little harm.
    #[serde(default)]
    is_written: bool,
}

/// A marker, ready to be looked for.
#[derive(Clone, Debug)]
pub(super) struct Marker {
    comment: Option<Regex>,
    statement: Option<Regex>,
    /// What the tool would do with it.
    pub would: String,
    /// Whether such a statement is written all the same.
    pub is_written: bool,
}

impl Marker {
    /// `Err` with the key and in the words of the regular expression's reader.
    pub fn new(settings: &MarkerSettings) -> Result<Self, String> {
        let regex = |key: &str, pattern: &Option<String>| {
            let read = |pattern: &String| Regex::new(pattern).map_err(|error| format!("{key}: {error}"));
            pattern.as_ref().map(read).transpose()
        };
        if settings.comment.is_none() && settings.statement.is_none() {
            return Err("would: neither comment nor statement says what it is about".into());
        }
        Ok(Marker {
            comment: regex("comment", &settings.comment)?,
            statement: regex("statement", &settings.statement)?,
            would: settings.would.clone(),
            is_written: settings.is_written,
        })
    }

    /// Whether a statement holds it.
    pub fn stands_in(&self, sql: &str) -> bool {
        self.statement.as_ref().is_some_and(|pattern| pattern.is_match(sql))
    }
}

/// A line of comment in which no marker stands: a space behind its first character takes each apart.
pub(super) fn apart(markers: &[Marker], line: &str) -> String {
    let mut line = line.to_owned();
    for pattern in markers.iter().filter_map(|marker| marker.comment.as_ref()) {
        // A pattern may match what is taken apart, too.
        for _ in 0..64 {
            let Some(found) = pattern.find(&line).map(|found| found.range()) else { break };
            let Some(first) = line[found.clone()].chars().next() else { break };
            line.insert(found.start + first.len_utf8(), ' ');
        }
        if pattern.is_match(&line) {
            "(a comment that cannot be written here)".clone_into(&mut line);
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(comment: &str) -> Vec<Marker> {
        let settings =
            MarkerSettings { comment: Some(comment.into()), statement: None, would: "stop".into(), is_written: false };
        vec![Marker::new(&settings).unwrap()]
    }

    #[test]
    fn markers_in_comments_are_taken_apart() {
        assert_eq!(apart(&marker(r"(?i)\+goose"), "a +goose Down, and +GOOSE Up"), "a + goose Down, and + GOOSE Up");
        assert_eq!(apart(&marker("^no-transaction"), "no-transaction"), "n o-transaction");
        assert_eq!(apart(&marker("^no-transaction"), "a no-transaction"), "a no-transaction");
        assert_eq!(apart(&marker("a+ *b*"), "aaa"), "(a comment that cannot be written here)");
    }

    #[test]
    fn a_marker_says_what_it_is_about() {
        let settings = |text: &str| toml::from_str::<MarkerSettings>(text).unwrap();
        assert!(Marker::new(&settings("would = 'stop'")).is_err());
        let error = Marker::new(&settings("comment = '('\nwould = 'stop'")).unwrap_err();
        assert!(error.starts_with("comment: "), "{error}");
    }
}
