//! D: what is found about the way back.

use super::Code;
use crate::diag::Level::{Error, Warning};

pub(super) static CODES: &[Code] = &[
    Code {
        code: "D001",
        name: "down-refused",
        level: Warning,
        title: "no down can be vouched for",
        what: "A part of the migration cannot be undone with certainty; the finding names it.",
        why: "A down that is wrong is worse than none. The down.sql that is written stops with an error before it changes anything.",
        help: "Write that migration's down.sql yourself, or take out what stands in the way.",
        bad: "DO $$ BEGIN EXECUTE (SELECT statement FROM todo); END $$;",
        good: "ALTER TABLE \"Tag\" ADD COLUMN note text;",
    },
    Code {
        code: "D002",
        name: "down-does-not-undo",
        level: Warning,
        title: "a written down does not undo its up",
        what: "After the up and the down the schema is not what it was before; each difference is named.",
        why: "Running it leaves a database that fits neither the migration before nor the one after.",
        help: "Mend the down.sql; `transmigrate down --only NAME`, with the file moved away, shows one that does undo it.",
        bad: "-- migration.sql\nALTER TABLE \"User\" ADD COLUMN a text, ADD COLUMN b text;\n-- down.sql\nALTER TABLE \"User\" DROP COLUMN a;",
        good: "-- down.sql\nALTER TABLE \"User\" DROP COLUMN a, DROP COLUMN b;",
    },
    Code {
        code: "D003",
        name: "down-not-judged",
        level: Warning,
        title: "it cannot be told whether a written down undoes its up",
        what: "The up, the down or the state before holds something that is not understood.",
        why: "The down may be right; nothing vouches for it.",
        help: "Try it on a copy of the database.",
        bad: "-- down.sql\nSELECT undo_everything();",
        good: "-- down.sql\nDROP TABLE \"Tag\";",
    },
    Code {
        code: "D004",
        name: "down-missing",
        level: Error,
        title: "a migration has no down",
        what: "There is no down.sql beside the migration.sql.",
        why: "`down --check` asks that each migration has one.",
        help: "Run `transmigrate down --write`.",
        bad: "20260103120000_init/migration.sql",
        good: "20260103120000_init/migration.sql\n20260103120000_init/down.sql",
    },
    Code {
        code: "D005",
        name: "down-empty",
        level: Error,
        title: "a migration's down is there and says nothing",
        what: "The down.sql holds no statement, and the migration does something that could be undone.",
        why: "Running it undoes nothing.",
        help: "Run `transmigrate down --write`.",
        bad: "-- down.sql\n-- TODO",
        good: "-- down.sql\nDROP TABLE \"Tag\";",
    },
];
