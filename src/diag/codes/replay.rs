//! S: what is found while the state is built up, statement by statement.

use super::Code;
use crate::diag::Level::{Info, Warning};

pub(super) static CODES: &[Code] = &[
    Code {
        code: "S001",
        name: "conflict",
        level: Warning,
        title: "a statement does not fit the state that the history has built",
        what: "It creates what is there already, or changes or drops what is not there.",
        why: "Run on an empty database the migration would fail there. What it names is doubtful from there on, and downs that rest on it are refused.",
        help: "Look whether a migration is missing before it, or whether the database was changed by other means.",
        bad: "CREATE TABLE \"Tag\" (\"id\" integer);\nCREATE TABLE \"Tag\" (\"id\" integer);",
        good: "CREATE TABLE \"Tag\" (\"id\" integer);",
    },
    Code {
        code: "S002",
        name: "doubtful",
        level: Info,
        title: "an object is doubtful from here on",
        what: "A statement that is not understood, or does not fit the state, names the object.",
        why: "What the object looks like is no longer known for certain, so downs that would rest on it are refused.",
        help: "See the finding about the statement that made it so.",
        bad: "DO $$ BEGIN EXECUTE 'ALTER TABLE \"Tag\" ' || 'ADD COLUMN note text'; END $$;",
        good: "ALTER TABLE \"Tag\" ADD COLUMN note text;",
    },
];
