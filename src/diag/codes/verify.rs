//! V: what shows when a history is tried on a real database.

use super::Code;
use crate::diag::Level::{Error, Warning};

pub(super) static CODES: &[Code] = &[
    Code {
        code: "V001",
        name: "up-fails",
        level: Error,
        title: "a migration does not run",
        what: "Run after all before it on an empty database, its up ends with an error. None behind it was tried.",
        why: "A new database cannot be made from the history.",
        help: "Mend the migration, or give what was there before the first one with --base.",
        bad: "ALTER TABLE a ADD COLUMN b integer; -- no migration before it makes a",
        good: "CREATE TABLE a (id integer);\nALTER TABLE a ADD COLUMN b integer;",
    },
    Code {
        code: "V002",
        name: "down-fails",
        level: Error,
        title: "a down does not undo its up",
        what: "Run right after its up, it ends with an error, or leaves something else than what was there before.",
        why: "Who goes back with it has another schema than the one that the code before was written for.",
        help: "Mend the down; `down --check` says what it leaves, and `convert --downs fix` replaces it.",
        bad: "exports.up = (knex) => knex.schema.createTable('a', (t) => t.increments());\nexports.down = (knex) => knex.schema.dropTable('b');",
        good: "exports.up = (knex) => knex.schema.createTable('a', (t) => t.increments());\nexports.down = (knex) => knex.schema.dropTable('a');",
    },
    Code {
        code: "V003",
        name: "up-fails-again",
        level: Error,
        title: "after its down, a migration cannot be run again as it was",
        what: "Up and down ran, and the catalogue was the one before; the up then failed, or led elsewhere than the first time.",
        why: "A migration that was taken back cannot be rolled out again.",
        help: "Look for what a catalogue does not hold, such as rows or settings, and have the down take it back too.",
        bad: "CREATE TABLE IF NOT EXISTS a (id integer); -- with a down that only renames a",
        good: "CREATE TABLE a (id integer); -- with a down that drops a",
    },
    Code {
        code: "V004",
        name: "not-tried",
        level: Warning,
        title: "a migration was not tried",
        what: "The role that it is run by may not do what it does (make roles, write files of the server), or only a run of the script itself does all of it.",
        why: "Nothing was shown of it, and a later one may fail for that alone.",
        help: "Try it with its own tool.",
        bad: "CREATE ROLE app;",
        good: "CREATE TABLE app (id integer);",
    },
];
