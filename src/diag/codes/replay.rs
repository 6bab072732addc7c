//! S: what is found while the state is built up, statement by statement.

use super::Code;
use crate::diag::Level::{Error, Info, Warning};

pub(super) static CODES: &[Code] = &[
    Code {
        code: "S001",
        name: "conflict",
        level: Error,
        title: "a statement does not fit the state that the history has built",
        what: "It creates what is there already, or changes or drops what is not there.",
        why: "Run on an empty database the migration would fail there. What it names is doubtful from there on, and downs that rest on it are refused.",
        help: "Look whether a migration is missing before it, or whether the database was changed by other means.",
        bad: "CREATE TABLE \"Tag\" (\"id\" integer);\nCREATE TABLE \"Tag\" (\"id\" integer);",
        good: "CREATE TABLE \"Tag\" (\"id\" integer);",
    },
    Code {
        code: "S002",
        name: "change-not-followed",
        level: Warning,
        title: "a change to an object is understood but not followed",
        what: "The object is of a rarer kind, such as a foreign table, that is kept as the statement which made it.",
        why: "What the object looks like after the change is not known, so downs that rest on it are refused.",
        help: "Write that migration's down.sql yourself.",
        bad: "ALTER TABLE \"ForeignUser\" ADD COLUMN note text; -- a foreign table",
        good: "DROP FOREIGN TABLE \"ForeignUser\";\nCREATE FOREIGN TABLE \"ForeignUser\" (id integer, note text) SERVER other;",
    },
    Code {
        code: "S003",
        name: "drop-blocked",
        level: Warning,
        title: "a drop without CASCADE, or a change of type, meets something that depends on it",
        what: "A view, trigger, default, foreign key or the like uses what is dropped, or a view, trigger or policy reads the column, as far as its text can be read.",
        why: "If that is so the database refuses the statement; it may also be that the text was read too strictly.",
        help: "Run the history on an empty database. Where it stops, drop the dependant first, or say CASCADE for a drop.",
        bad: "CREATE VIEW \"names\" AS SELECT \"name\" FROM \"Tag\";\nALTER TABLE \"Tag\" DROP COLUMN \"name\";",
        good: "DROP VIEW \"names\";\nALTER TABLE \"Tag\" DROP COLUMN \"name\";",
    },
    Code {
        code: "S004",
        name: "guard-holds",
        level: Info,
        title: "a guarded block changes nothing here",
        what: "A DO block swallows the error that its statement meets on this history: what it makes is there already.",
        why: "The migration works, and its down has nothing to undo for this block.",
        help: "Nothing needs to be done.",
        bad: "CREATE TYPE \"Role\" AS ENUM ('a');\nDO $$ BEGIN CREATE TYPE \"Role\" AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$;",
        good: "CREATE TYPE \"Role\" AS ENUM ('a');",
    },
    Code {
        code: "S005",
        name: "undecided-branch",
        level: Warning,
        title: "it cannot be told which branch a block takes",
        what: "A DO block asks the catalogue something that the history does not answer, such as whether a role exists.",
        why: "What the branches name is doubtful from there on, and downs that rest on it are refused.",
        help: "Write that migration's down.sql yourself.",
        bad: "DO $$ BEGIN IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'app') THEN ALTER TABLE \"Tag\" ADD COLUMN note text; END IF; END $$;",
        good: "ALTER TABLE \"Tag\" ADD COLUMN note text;",
    },
];
