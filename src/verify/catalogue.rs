//! The full catalogue of a database as plain text, and the difference of two. What counts as an object is decided where it
//! is taken; this file knows only descriptions and definitions, and what column order is.

use std::collections::{BTreeMap, BTreeSet};

/// What a table's column order is called in a [`Catalogue`].
pub(super) const ORDER: &str = "column order of ";

/// Every object of a database: its description (`table public.users`) and its definition. Names are qualified and
/// quoted where SQL needs it; nothing in it depends on OIDs or on when it was taken.
pub type Catalogue = BTreeMap<String, String>;

/// Whether the order of a table's columns counts. PostgreSQL cannot place a column, so no down can restore it there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnOrder {
    /// A table whose columns stand in another order is different.
    Counts,
    /// It is not, nor is a view that differs only because it lists the columns of such a table.
    Ignored,
}

/// Says how `after` differs from `before`, one sentence an object; empty when it does not.
pub fn compare(before: &Catalogue, after: &Catalogue, order: ColumnOrder) -> Vec<String> {
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut differing: Vec<(&String, Option<&String>, Option<&String>)> = keys
        .into_iter()
        .map(|key| (key, before.get(key), after.get(key)))
        .filter(|(_, before, after)| before != after)
        .collect();
    if order == ColumnOrder::Ignored {
        forgive_column_order(&mut differing);
    }
    differing.into_iter().map(|(key, before, after)| sentence(key, before, after)).collect()
}

/// Drops the differences that are nothing but column order.
fn forgive_column_order(differing: &mut Vec<(&String, Option<&String>, Option<&String>)>) {
    let mut reordered: BTreeSet<String> = BTreeSet::new();
    differing.retain(|(key, before, after)| {
        // A column that is only on one side shows as such under its own description.
        let Some(table) = key.strip_prefix(ORDER) else { return true };
        if before.is_some() && after.is_some() {
            reordered.insert(table.to_owned());
        }
        false
    });
    differing.retain(|(key, before, after)| {
        let (Some(before), Some(after)) = (before, after) else { return true };
        let is_view = ["view ", "materialized view "].iter().any(|kind| key.starts_with(kind));
        let is_body = |text: &String| text.contains("BEGIN ATOMIC");
        let forgiven = (is_view || is_body(before) && is_body(after))
            && reordered.iter().any(|table| before.contains(table) && after.contains(table))
            && same_lines(before, after);
        !forgiven
    });
}

/// Whether two listings have the same items, one a line, in any order.
fn same_lines(a: &str, b: &str) -> bool {
    let lines = |text: &str| {
        let mut lines: Vec<String> = text
            .lines()
            .map(|line| line.trim().trim_start_matches("SELECT ").trim_end_matches([',', ';']).to_owned())
            .collect();
        lines.sort();
        lines
    };
    lines(a) == lines(b)
}

fn sentence(key: &str, before: Option<&String>, after: Option<&String>) -> String {
    match (before, after) {
        (Some(before), None) => format!("{key} is gone (was: {})", clip(before, 0)),
        (None, Some(after)) => format!("{key} is too many ({})", clip(after, 0)),
        (before, after) => {
            let (before, after) = (flat(before), flat(after));
            if before == after {
                return format!("{key} differs in white space");
            }
            let same = before.char_indices().zip(after.chars()).find(|((_, a), b)| a != b).map(|((at, _), _)| at);
            let from = same.unwrap_or(before.len().min(after.len()));
            format!("{key} differs: {} became {}", clip(&before, from), clip(&after, from))
        }
    }
}

/// A definition on one line.
fn flat(text: Option<&String>) -> String {
    text.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
}

/// A readable piece of a definition around byte `at`.
fn clip(text: &str, at: usize) -> String {
    const BEFORE: usize = 50;
    const LENGTH: usize = 160;
    let text = flat(Some(&text.to_owned()));
    let skipped = text.get(..at).map_or(0, |head| head.chars().count()).saturating_sub(BEFORE);
    let piece: String = text.chars().skip(skipped).take(LENGTH).collect();
    let open = if skipped > 0 { "…" } else { "" };
    let close = if text.chars().count() > skipped + LENGTH { "…" } else { "" };
    format!("`{open}{piece}{close}`")
}
