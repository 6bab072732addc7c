//! C: what is lost or changed on the way to another tool.

use super::Code;
use crate::diag::Level::{Info, Warning};

pub(super) static CODES: &[Code] = &[
    Code {
        code: "C001",
        name: "code-not-carried",
        level: Warning,
        title: "a part of a script cannot be said in the target",
        what: "The part depends on rows, the environment or the like, so that only a real run of the script can do it.",
        why: "What is written for that migration stops with an error before it does anything, and holds the part as a comment.",
        help: "Port the part by hand, then take out the statement that stops. `--on-loss fail` writes nothing while there is one.",
        bad: "exports.up = async (knex) => {\n  for (const row of await knex('a')) await knex.schema.createTable(row.name, (t) => t.increments());\n};",
        good: "exports.up = async (knex) => {\n  await knex.schema.createTable('a', (t) => t.increments());\n};",
    },
    Code {
        code: "C002",
        name: "migration-split",
        level: Info,
        title: "a migration becomes several",
        what: "It holds a statement that cannot stand in a transaction, and the target runs each migration as one.",
        why: "The names in the target are more than those of the history; the report says which belong together.",
        help: "Nothing is to be done.",
        bad: "exports.config = { transaction: false };\nexports.up = async (knex) => {\n  await knex.raw('CREATE INDEX CONCURRENTLY a ON t (a)');\n  await knex.raw('CREATE INDEX CONCURRENTLY b ON t (b)');\n};",
        good: "exports.config = { transaction: false };\nexports.up = async (knex) => {\n  await knex.raw('CREATE INDEX CONCURRENTLY a ON t (a)');\n};",
    },
    Code {
        code: "C003",
        name: "down-not-replaced",
        level: Warning,
        title: "a written down that does not undo its up stays",
        what: "`--downs fix` was asked for, and no down can be vouched for that could take its place.",
        why: "The down is carried as somebody wrote it, and leaves the schema different from what it was.",
        help: "Read the findings D001 and D002 of that migration, and mend the down by hand.",
        bad: "exports.up = (knex) => knex.raw(process.env.STATEMENT);\nexports.down = (knex) => knex.schema.dropTable('a');",
        good: "exports.up = (knex) => knex.schema.createTable('a', (t) => t.increments());\nexports.down = (knex) => knex.schema.dropTable('a');",
    },
    Code {
        code: "C004",
        name: "no-way-out-of-a-transaction",
        level: Warning,
        title: "a statement cannot stand in a transaction, and the target opens one",
        what: "The target runs every migration in a transaction and cannot be told otherwise.",
        why: "The server would refuse the statement; what is written stops with an error before it does anything.",
        help: "Run the statement by hand, or say it in a way that may stand in a transaction: without CONCURRENTLY.",
        bad: "CREATE INDEX CONCURRENTLY a ON t (a);",
        good: "CREATE INDEX a ON t (a);",
    },
];
