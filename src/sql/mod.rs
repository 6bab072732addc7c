//! SQL in and out, per dialect.

mod cursor;
pub mod lex;
pub mod mysql;
pub mod postgres;
pub mod query;
pub mod rules;
mod shape;
pub mod split;
pub mod sqlite;

use crate::diag::Outcome;
use crate::ir::{Dialect, Op, Script};
use crate::source::FileId;

/// Understands a script in a dialect, as [`postgres::lower`], [`sqlite::lower`] and [`mysql::lower`] do.
pub fn lower(dialect: Dialect, text: &str, file: FileId) -> Outcome<Script> {
    match dialect {
        Dialect::Sqlite => sqlite::lower(text, file),
        Dialect::Mysql | Dialect::Mariadb => mysql::lower(mysql::Server::of(dialect), text, file),
        Dialect::Postgres => postgres::lower(text, file),
    }
}

/// The statement of a dialect that says an operation, without the closing semicolon.
pub fn print(dialect: Dialect, op: &Op) -> String {
    match dialect {
        Dialect::Sqlite => sqlite::print(op),
        Dialect::Mysql | Dialect::Mariadb => mysql::print(op),
        Dialect::Postgres => postgres::print(op),
    }
}

/// What no statement of a dialect says, as a comment with the reason.
fn comment_out(text: &str, why: &str) -> String {
    let clean = |line: &str| line.replace(|c: char| c.is_control() && c != '\t', " ");
    let lines = text.lines().map(|line| format!("-- {}", clean(line)));
    format!("-- {}:\n{}", clean(why), lines.collect::<Vec<_>>().join("\n"))
}
