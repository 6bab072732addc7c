//! The full catalogue of one PostgreSQL database as plain text, and the difference of two. The query beside this file
//! decides what counts as an object; this file knows only descriptions and definitions, and what column order is.

use postgres::{Client, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// The query: one row an object, in two columns.
const QUERY: &str = include_str!("catalogue.sql");

/// What a table's column order is called in a [`Catalogue`].
const ORDER: &str = "column order of ";

/// Every object of a database: its description (`table public.users`) and its definition. Names are qualified and
/// quoted where SQL needs it; nothing in it depends on OIDs or on when it was taken.
pub type Catalogue = BTreeMap<String, String>;

/// Whether the order of a table's columns counts. PostgreSQL cannot place a column, so no down can restore it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnOrder {
    /// A table whose columns stand in another order is different.
    Counts,
    /// It is not, nor is a view that differs only because it lists the columns of such a table.
    Ignored,
}

/// Prepares the query on one connection.
pub fn prepare(client: &mut Client) -> Result<Statement, postgres::Error> {
    with_empty_path(client, |client| client.prepare(QUERY))
}

/// Takes the catalogue of the connection's database, inside its transaction if one is open. `statement` is what
/// [`prepare`] gave for this connection.
pub fn take(client: &mut Client, statement: &Statement) -> Result<Catalogue, postgres::Error> {
    let rows = with_empty_path(client, |client| client.query(statement, &[]))?;
    let mut catalogue = Catalogue::new();
    for row in rows {
        let (key, definition): (String, Option<String>) = (row.try_get(0)?, row.try_get(1)?);
        let definition = definition.unwrap_or_default();
        // Two objects with one description would hide each other, so they are kept side by side.
        catalogue.entry(key).and_modify(|d| *d = format!("{d}\nand {definition}")).or_insert(definition);
    }
    Ok(catalogue)
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
        let lists_columns = ["view ", "materialized view ", "function ", "procedure "];
        let forgiven = lists_columns.iter().any(|kind| key.starts_with(kind))
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

/// Runs `body` with an empty search path, so that every name comes out qualified, and puts the old one back.
fn with_empty_path<T>(
    client: &mut Client,
    body: impl FnOnce(&mut Client) -> Result<T, postgres::Error>,
) -> Result<T, postgres::Error> {
    let before: String = client.query_one("SELECT current_setting('search_path')", &[])?.try_get(0)?;
    client.batch_execute("SET search_path = ''")?;
    let value = body(client)?;
    client.execute("SELECT set_config('search_path', $1, false)", &[&before])?;
    Ok(value)
}
