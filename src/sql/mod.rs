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

/// The statement of a dialect that says all of some operations, without the closing semicolon.
pub fn print_together(dialect: Dialect, ops: &[&Op]) -> String {
    match dialect {
        Dialect::Sqlite => sqlite::print_together(ops),
        Dialect::Mysql | Dialect::Mariadb => mysql::print_together(ops),
        Dialect::Postgres => postgres::print_together(ops, postgres::Manner::Prisma),
    }
}

/// Whether one statement of a dialect can say all of some operations.
pub fn is_one_statement(dialect: Dialect, ops: &[&Op]) -> bool {
    match dialect {
        Dialect::Sqlite => sqlite::in_one_statement(ops) == ops.len(),
        Dialect::Mysql | Dialect::Mariadb => mysql::in_one_statement(ops),
        Dialect::Postgres => postgres::is_one_statement(ops),
    }
}

/// A statement of a dialect that stops a script with an error; with its semicolon.
pub fn stop(dialect: Dialect, message: &str) -> String {
    match dialect {
        Dialect::Sqlite => sqlite::stop(message),
        Dialect::Mysql | Dialect::Mariadb => mysql::stop(message),
        Dialect::Postgres => postgres::stop(message),
    }
}

/// What no statement of a dialect says, as a comment with the reason.
fn comment_out(text: &str, why: &str) -> String {
    let clean = |line: &str| line.replace(|c: char| c.is_control() && c != '\t', " ");
    let lines = text.lines().map(|line| format!("-- {}", clean(line)));
    format!("-- {}:\n{}", clean(why), lines.collect::<Vec<_>>().join("\n"))
}
