//! R03x: what is found while scripts are run.

use super::Code;
use crate::diag::Level::{Error, Info, Warning};

pub(super) static CODES: &[Code] = &[
    Code {
        code: "R030",
        name: "needs-a-real-run",
        level: Info,
        title: "a statement can only be carried out by a real run",
        what: "The statement decides something by rows, the environment, the clock, or what a package gives back.",
        why: "None of these is known without running the migration on a real database, and nothing is made up: what loops over rows do to rows is understood, but not how often and with which values; any other such statement is carried as it is, and a down that would rest on what it may change is refused.",
        help: "Nothing needs to be done where it changes rows only. Otherwise write that migration's down yourself.",
        bad: "if (process.env.REGION === 'eu') await knex.schema.dropTable('visits');",
        good: "await knex.schema.dropTable('visits');",
    },
    Code {
        code: "R031",
        name: "branch-not-taken",
        level: Info,
        title: "a part of a migration is not reached",
        what: "A guard such as `if (!(await knex.schema.hasTable('users')))` is answered from what the migrations before have built, and this part is in the branch that is not taken.",
        why: "On a database that differs from the history, the other branch would run.",
        help: "Give the state that the history starts on with --base if the answer is wrong.",
        bad: "if (await knex.schema.hasColumn('users', 'old')) { … }, and no migration made such a column",
        good: "the same after a migration that makes it",
    },
    Code {
        code: "R032",
        name: "script-not-run",
        level: Error,
        title: "a migration could not be run to its end",
        what: "The script cannot be parsed, throws, waits for something that never comes, or takes more time, memory or calls than a migration does.",
        why: "What it does is not known, so everything that it names is doubtful from there on.",
        help: "Mend the script, or write its down yourself.",
        bad: "exports.up = async () => { while (true) {} };",
        good: "exports.up = (knex) => knex.schema.dropTable('visits');",
    },
    Code {
        code: "R033",
        name: "call-not-understood",
        level: Warning,
        title: "a call of the tool's is carried as code",
        what: "The method, one of its options or its arguments are not known to transmigrate, or rest on a value that only a real run has.",
        why: "What the call changes is not known, so what it names is doubtful from there on, and a down that would rest on it is refused.",
        help: "Say the same in a plainer way if you can; otherwise write that migration's down yourself.",
        bad: "await knex.schema.alterTable(process.env.TABLE, (table) => table.text('note'));",
        good: "await knex.schema.alterTable('visits', (table) => table.text('note'));",
    },
    Code {
        code: "R034",
        name: "outside-the-project",
        level: Error,
        title: "a script is not run, because it stands outside of the project",
        what: "The migration is a link to a file that is not below the project's root.",
        why: "Nothing outside of the project is read or run.",
        help: "Put the file itself there instead of the link.",
        bad: "migrations/001_users.js, a link to /srv/shared/001_users.js",
        good: "migrations/001_users.js",
    },
];
