//! SQL in and out, per dialect.

mod cursor;
pub mod lex;
pub mod postgres;
pub mod query;
pub mod rules;
mod shape;
pub mod split;
pub mod sqlite;

use crate::diag::Outcome;
use crate::ir::{Dialect, Op, Script};
use crate::source::FileId;

/// Understands a script in a dialect, as [`postgres::lower`] and [`sqlite::lower`] do. MySQL's and MariaDB's are not
/// understood yet; whoever reads a history has refused them.
pub fn lower(dialect: Dialect, text: &str, file: FileId) -> Outcome<Script> {
    match dialect {
        Dialect::Sqlite => sqlite::lower(text, file),
        Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb => postgres::lower(text, file),
    }
}

/// The statement of a dialect that says an operation, without the closing semicolon.
pub fn print(dialect: Dialect, op: &Op) -> String {
    match dialect {
        Dialect::Sqlite => sqlite::print(op),
        Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb => postgres::print(op),
    }
}

/// What no statement of a dialect says, as a comment with the reason.
fn comment_out(text: &str, why: &str) -> String {
    let clean = |line: &str| line.replace(|c: char| c.is_control() && c != '\t', " ");
    let lines = text.lines().map(|line| format!("-- {}", clean(line)));
    format!("-- {}:\n{}", clean(why), lines.collect::<Vec<_>>().join("\n"))
}
