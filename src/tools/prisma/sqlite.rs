//! The statements of a `down.sql` for SQLite. Prisma sends the file as it is, and SQLite takes each statement by itself: the
//! down opens its own transaction, and turns foreign keys off before it where it drops a table, which would take the rows
//! that refer to it along (`PRAGMA foreign_keys` does nothing inside of a transaction). SQLite then looks at no key by
//! itself, so that the down has to.

use super::write::Statement;
use crate::emit::heading::heading;
use crate::emit::statement::ended;
use crate::ir::{ObjectKind, Op};
use crate::sql::sqlite;

/// Stops where a row refers to none.
const CHECK: &str = "CREATE TEMPORARY TABLE \"rows that refer to none\" (\"count\" INTEGER CHECK (\"count\" = 0));
INSERT INTO \"rows that refer to none\" SELECT count(*) FROM pragma_foreign_key_check;
DROP TABLE \"rows that refer to none\";";

/// The operations as statements.
pub(super) fn statements(ops: &[Op]) -> Vec<Statement> {
    let mut statements = Vec::new();
    let all: Vec<&Op> = ops.iter().collect();
    let mut rest = all.as_slice();
    while let [first, ..] = rest {
        let anew = sqlite::is_rebuild(rest);
        let count = if anew > 0 { anew } else { sqlite::in_one_statement(rest) };
        let (its, others) = rest.split_at(count.max(1));
        rest = others;
        let heading = if anew > 0 { "RedefineTable".to_owned() } else { heading(first) };
        statements.push(Statement { heading, sql: ended(&sqlite::print_together(its)) });
    }
    let drops = |op: &Op| matches!(op, Op::Drop { object, .. } if object.kind == ObjectKind::Table);
    let frame = |heading: &str, sql: &[&str]| Statement { heading: heading.to_owned(), sql: sql.join("\n") };
    let changes_rows = |op: &Op| matches!(op, Op::Rename { .. } | Op::Delete { .. } | Op::CreateTable { .. });
    if ops.iter().any(drops) && ops.iter().any(changes_rows) {
        statements.push(frame("CheckForeignKeys", &[CHECK]));
    }
    let (mut opening, mut closing) = (Vec::new(), Vec::new());
    if ops.iter().any(drops) {
        opening.push("PRAGMA foreign_keys=OFF;");
        closing.push("PRAGMA foreign_keys=ON;");
    }
    if statements.len() > 1 || ops.len() > 1 {
        opening.push("BEGIN;");
        closing.insert(0, "COMMIT;");
    }
    if !opening.is_empty() {
        statements.insert(0, frame("Begin", &opening));
        statements.push(frame("End", &closing));
    }
    statements
}

/// A statement that stops a script with an error: SQLite says that there is no such table.
pub(super) fn stop(message: &str) -> String {
    let message: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("SELECT * FROM \"{}\";", message.replace('"', "\"\""))
}
