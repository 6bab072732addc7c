//! Statements that look at the rows before a down changes anything that they would not survive, and stop it with a
//! sentence that says what to do.

use crate::ir::{Column, Name, Op};
use crate::sql::postgres::{quote_identifier, quote_name};

/// What an error that such a statement raises starts with.
const REFUSED: &str = "transmigrate: refused";

/// Stops when a column of an enum still holds a value that is about to go. `None` when there is nothing to look at.
pub(super) fn values_are_gone(columns: &[(Name, Column)], values: &[&String]) -> Option<Op> {
    let quoted: Vec<String> = values.iter().map(|value| literal(value)).collect();
    let (list, words) = (quoted.join(", "), quoted.join(" or "));
    let mut body = String::new();
    for (table, column) in columns {
        let (table, name) = (quote_name(table), quote_identifier(&column.name));
        // As text: a value that was added in the same transaction cannot be used as one of the type yet.
        let held = match column.data_type.dimensions {
            0 => format!("{name}::text IN ({list})"),
            _ => format!("{name}::text[] && ARRAY[{list}]"),
        };
        let message = format!("{REFUSED}: rows of {table} still hold {words} in {name}; change them first");
        let message = literal(&message.replace('%', "%%"));
        body.push_str(&format!("    IF EXISTS (SELECT 1 FROM {table} WHERE {held}) THEN\n"));
        body.push_str(&format!(
            "        RAISE EXCEPTION {message} USING ERRCODE = 'restrict_violation';\n    END IF;\n"
        ));
    }
    let mut tag = "$check$".to_owned();
    while body.contains(&tag) {
        tag.insert(1, 'x');
    }
    (!columns.is_empty()).then(|| Op::Query { sql: format!("DO {tag}\nBEGIN\n{body}END\n{tag}") })
}

/// A string; an escaped one where a backslash in it might escape.
fn literal(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    if doubled.contains('\\') { format!("E'{}'", doubled.replace('\\', "\\\\")) } else { format!("'{doubled}'") }
}
