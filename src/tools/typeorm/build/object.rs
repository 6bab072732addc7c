//! Objects in JavaScript: on one line where that is short, else a field a line.

use crate::tools::script::Lines;

/// How long an object may be to stand on one line.
const SHORT: usize = 90;

/// An object's fields.
#[derive(Default)]
pub(super) struct Fields(Vec<(&'static str, Field)>);

/// What a field holds.
enum Field {
    /// An expression.
    Plain(String),
    /// A list of objects.
    List(Vec<Fields>),
}

impl Fields {
    /// Adds a field.
    pub fn say(&mut self, key: &'static str, value: impl Into<String>) {
        self.0.push((key, Field::Plain(value.into())));
    }

    /// Adds a field, if there is anything to say.
    pub fn may_say(&mut self, key: &'static str, value: Option<String>) {
        if let Some(value) = value {
            self.say(key, value);
        }
    }

    /// Adds a list of objects, unless it is empty.
    pub fn list(&mut self, key: &'static str, items: Vec<Fields>) {
        if !items.is_empty() {
            self.0.push((key, Field::List(items)));
        }
    }

    /// All of it on one line; `None` when that is too long, or holds lists.
    fn line(&self) -> Option<String> {
        let parts = self.0.iter().map(|(key, field)| match field {
            Field::Plain(value) => Some(format!("{key}: {value}")),
            Field::List(_) => None,
        });
        let line = format!("{{ {} }}", parts.collect::<Option<Vec<_>>>()?.join(", "));
        (line.chars().count() <= SHORT).then_some(line)
    }

    /// The lines between the braces.
    fn lines(self) -> Lines {
        let mut lines = Lines::new();
        for (key, field) in self.0 {
            match field {
                Field::Plain(value) => lines.push((1, format!("{key}: {value},"))),
                Field::List(items) => {
                    lines.push((1, format!("{key}: [")));
                    for item in items {
                        match item.line() {
                            Some(line) => lines.push((2, format!("{line},"))),
                            None => {
                                lines.push((2, "{".to_owned()));
                                lines.extend(item.lines().into_iter().map(|(depth, line)| (depth + 2, line)));
                                lines.push((2, "},".to_owned()));
                            }
                        }
                    }
                    lines.push((1, "],".to_owned()));
                }
            }
        }
        lines
    }
}

/// A call with an object: `head` and `tail` stand around it.
pub(super) fn call(head: &str, fields: Fields, tail: &str) -> Lines {
    if let Some(line) = fields.line() {
        return vec![(0, format!("{head}{line}{tail}"))];
    }
    let mut lines = vec![(0, format!("{head}{{"))];
    lines.extend(fields.lines());
    lines.push((0, format!("}}{tail}")));
    lines
}
