//! What stands in a definition for a value that only a real run can know, and where it may stand so that the rest of the
//! definition is known all the same.

use super::{Column, ColumnChange, Constraint, ConstraintKind, DataType, Enum, Op, Routine, Table};

/// The function that stands in SQL for a value that only a real run can know; its argument is the expression's source.
/// There is no such function, so that nothing that holds it can be run by mistake.
pub const HOLE: &str = "transmigrate_hole";

/// Whether a text holds a value that only a real run can know.
pub fn is_open(text: &str) -> bool {
    text.contains(HOLE)
}

/// The sources of the values that stand in a text of SQL, each once, in their order.
pub fn open_values(text: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for rest in text.split(HOLE).skip(1) {
        let Some(rest) = rest.strip_prefix('(') else { continue };
        let value = match rest.strip_prefix('\'') {
            Some(quoted) => literal(quoted),
            None => within_parentheses(rest),
        };
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

/// A text of SQL for people: values that only a real run can know as `${…}`.
pub fn readable(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(HOLE) {
        let Some(inner) = behind.strip_prefix('(') else {
            out.push_str(before);
            rest = behind;
            continue;
        };
        let (value, length) = match inner.strip_prefix('\'') {
            Some(quoted) => (literal(quoted), 1 + literal_length(quoted)),
            None => (within_parentheses(inner), within_parentheses(inner).len()),
        };
        rest = inner.get(length..).unwrap_or_default();
        rest = rest.strip_prefix(')').unwrap_or(rest);
        // A name that is nothing else has its quotes for it.
        let name = before.strip_suffix('"').filter(|_| rest.starts_with('"'));
        out.push_str(name.unwrap_or(before));
        out.push_str(&format!("${{{value}}}"));
        rest = rest.strip_prefix('"').filter(|_| name.is_some()).unwrap_or(rest);
    }
    out + rest
}

/// How long a literal is that [`literal`] reads, with its closing quote.
fn literal_length(quoted: &str) -> usize {
    let mut letters = quoted.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if letter == '\'' && letters.next_if(|(_, next)| *next == '\'').is_none() {
            return at + 1;
        }
    }
    quoted.len()
}

/// The text of a literal, from behind its opening quote.
fn literal(quoted: &str) -> String {
    let mut value = String::new();
    let mut letters = quoted.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\'' && letters.next_if_eq(&'\'').is_none() {
            break;
        }
        value.push(letter);
    }
    value
}

/// What stands before the parenthesis that ends the one that was opened.
fn within_parentheses(rest: &str) -> String {
    let mut depth = 0_usize;
    let closing = rest.char_indices().find(|(_, letter)| match letter {
        '(' => {
            depth += 1;
            false
        }
        ')' if depth == 0 => true,
        ')' => {
            depth -= 1;
            false
        }
        _ => false,
    });
    rest[..closing.map_or(rest.len(), |(at, _)| at)].to_owned()
}

impl Table {
    /// Whether a type, a default or a check of it holds a value that only a real run can know.
    pub fn is_open(&self) -> bool {
        self.columns.iter().any(|column| parts(column).next().is_some())
            || self.constraints.iter().any(|c| check(c).is_some())
    }
}

impl Enum {
    /// Whether one of its values is one that only a real run can know.
    pub fn is_open(&self) -> bool {
        self.values.iter().any(|value| is_open(value))
    }
}

impl Routine {
    /// Whether its body holds a value that only a real run can know.
    pub fn is_open(&self) -> bool {
        is_open(&self.rest)
    }
}

impl Op {
    /// The texts in it that hold a value that only a real run can know and of which nothing else in the definition
    /// depends: types of columns, values of enums, defaults, conditions of checks, bodies of functions, comments.
    pub fn open_texts(&self) -> Vec<&str> {
        match self {
            Op::CreateTable { table, .. } => {
                table.columns.iter().flat_map(parts).chain(table.constraints.iter().filter_map(check)).collect()
            }
            Op::AddColumn { column, .. } => parts(column).collect(),
            Op::AlterColumn { change: ColumnChange::Type { data_type, .. }, .. } => {
                kind(data_type).into_iter().collect()
            }
            Op::AlterColumn { change: ColumnChange::SetDefault(text), .. } if is_open(&text.0) => vec![&text.0],
            Op::AddConstraint { constraint, .. } => check(constraint).into_iter().collect(),
            // The body stands in both.
            Op::CreateRoutine { routine, .. } => [Some(routine.rest.as_str()), routine.body.as_deref()]
                .into_iter()
                .flatten()
                .filter(|t| is_open(t))
                .collect(),
            Op::CreateEnum { definition } => {
                definition.values.iter().map(String::as_str).filter(|t| is_open(t)).collect()
            }
            Op::Attempt { steps, .. } => steps.iter().flat_map(|step| step.op.open_texts()).collect(),
            Op::Comment { text: Some(text), .. } if is_open(text) => vec![text],
            _ => Vec::new(),
        }
    }

    /// Whether the type of a column is one that only a real run can know.
    pub fn has_open_type(&self) -> bool {
        match self {
            Op::CreateTable { table, .. } => table.columns.iter().any(|column| kind(&column.data_type).is_some()),
            Op::AddColumn { column, .. } => kind(&column.data_type).is_some(),
            Op::AlterColumn { change: ColumnChange::Type { data_type, .. }, .. } => kind(data_type).is_some(),
            _ => false,
        }
    }

    /// Whether anything in it, wherever it stands, is a value that only a real run can know.
    pub fn holds_open(&self) -> bool {
        serde_json::to_string(self).map_or(true, |text| is_open(&text))
    }

    /// Whether nothing in it holds a value that only a real run can know but [those texts](Op::open_texts).
    pub fn is_closed_elsewhere(&self) -> bool {
        let holes = |text: &str| text.matches(HOLE).count();
        let in_body = |routine: &Routine| routine.body.as_deref().map_or(0, holes) == holes(&routine.rest);
        // A name or a type that holds one is in the text of the whole.
        let all = serde_json::to_string(self).map_or(usize::MAX, |text| holes(&text));
        all == self.open_texts().into_iter().map(holes).sum::<usize>()
            && !matches!(self, Op::CreateRoutine { routine, .. } if !in_body(routine))
    }
}

fn parts(column: &Column) -> impl Iterator<Item = &str> {
    kind(&column.data_type).into_iter().chain(default(column))
}

fn kind(data_type: &DataType) -> Option<&str> {
    data_type.user().map(|name| name.name.as_str()).filter(|name| is_open(name))
}

fn default(column: &Column) -> Option<&str> {
    column.default.as_ref().map(|text| text.0.as_str()).filter(|text| is_open(text))
}

fn check(constraint: &Constraint) -> Option<&str> {
    match &constraint.kind {
        ConstraintKind::Check { expr, .. } => Some(expr.0.as_str()).filter(|text| is_open(text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_values_are_named_by_their_sources() {
        let sql = "SELECT transmigrate_hole('a(\'\'b\'\')'), 'transmigrate_hole(f(x).y) z', transmigrate_hole('a(\'\'b\'\')')";
        assert_eq!(open_values(sql), ["a('b')", "f(x).y"]);
        assert_eq!(open_values("transmigrate_hole('cut"), ["cut"]);
        assert_eq!(open_values("transmigrate_hole"), [""; 0]);
        assert_eq!(readable(sql), "SELECT ${a('b')}, '${f(x).y} z', ${a('b')}");
        assert_eq!(readable(r#"ADD "a" "transmigrate_hole('X.Y')", "b" text"#), r#"ADD "a" ${X.Y}, "b" text"#);
        assert_eq!(readable("transmigrate_hole('cut"), "${cut}");
        assert_eq!(readable("a transmigrate_hole b"), "a  b");
    }
}
