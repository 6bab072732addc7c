//! SQL in and out, per dialect.

mod cursor;
pub mod lex;
pub mod postgres;
pub mod query;
pub mod rules;
mod shape;
pub mod split;
pub mod sqlite;

/// What no statement of a dialect says, as a comment with the reason.
fn comment_out(text: &str, why: &str) -> String {
    let clean = |line: &str| line.replace(|c: char| c.is_control() && c != '\t', " ");
    let lines = text.lines().map(|line| format!("-- {}", clean(line)));
    format!("-- {}:\n{}", clean(why), lines.collect::<Vec<_>>().join("\n"))
}
