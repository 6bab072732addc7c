//! A down that we made, as it is run on SQLite, which takes each statement by itself: it opens its own transaction, and turns
//! foreign keys off before it where it drops a table, which would take the rows that refer to it along (`PRAGMA foreign_keys`
//! does nothing inside of a transaction). SQLite then looks at no key by itself, so that the down has to.

use super::heading::heading;
use crate::ir::{ObjectKind, Op, Step};
use crate::source::{FileId, Span};
use crate::sql::sqlite;

/// Steps that belong together, and what they do in the words of Prisma's own generator.
pub struct Group {
    /// What they do.
    pub heading: String,
    /// The steps.
    pub steps: Vec<Step>,
}

/// Stops where a row refers to none.
const CHECK: &str = "CREATE TEMPORARY TABLE \"rows that refer to none\" (\"count\" INTEGER CHECK (\"count\" = 0));
INSERT INTO \"rows that refer to none\" SELECT count(*) FROM pragma_foreign_key_check;
DROP TABLE \"rows that refer to none\";";

/// The operations with all that has to stand around them, for a tool that may open a transaction itself: one of their own is
/// there where something has to be said outside of it.
pub fn steps(ops: &[Op]) -> Vec<Step> {
    let steps: Vec<Step> = framed(ops).into_iter().flat_map(|group| group.steps).collect();
    match steps.iter().any(|step| step.op.needs_no_transaction().is_some()) {
        true => steps,
        false => steps.into_iter().filter(|step| !matches!(step.op, Op::Transaction { .. })).collect(),
    }
}

/// The operations with all that has to stand around them.
pub fn framed(ops: &[Op]) -> Vec<Group> {
    let mut groups = Vec::new();
    let all: Vec<&Op> = ops.iter().collect();
    let mut rest = all.as_slice();
    while let [first, ..] = rest {
        let anew = sqlite::is_rebuild(rest);
        let together = sqlite::in_one_statement(rest).max(1);
        let (its, others) = rest.split_at(anew.max(together));
        rest = others;
        let heading = if anew > 0 { "RedefineTable".to_owned() } else { heading(first) };
        let step = |(at, op): (usize, &&Op)| {
            let joined = anew == 0 && at > 0;
            Step { joined, ..Step::new((*op).clone(), Span::default()) }
        };
        groups.push(Group { heading, steps: its.iter().enumerate().map(step).collect() });
    }
    let drops = |op: &Op| matches!(op, Op::Drop { object, .. } if object.kind == ObjectKind::Table);
    let changes_rows = |op: &Op| matches!(op, Op::Rename { .. } | Op::Delete { .. } | Op::CreateTable { .. });
    let frame = |heading: &str, sql: &[&str]| Group { heading: heading.to_owned(), steps: read(&sql.join("\n")) };
    if ops.iter().any(drops) && ops.iter().any(changes_rows) {
        groups.push(frame("CheckForeignKeys", &[CHECK]));
    }
    let (mut opening, mut closing) = (Vec::new(), Vec::new());
    if ops.iter().any(drops) {
        opening.push("PRAGMA foreign_keys=OFF;");
        closing.push("PRAGMA foreign_keys=ON;");
    }
    if groups.len() > 1 || ops.len() > 1 {
        opening.push("BEGIN;");
        closing.insert(0, "COMMIT;");
    }
    if !opening.is_empty() {
        groups.insert(0, frame("Begin", &opening));
        groups.push(frame("End", &closing));
    }
    groups
}

fn read(sql: &str) -> Vec<Step> {
    let mut steps = sqlite::lower(sql, FileId(0)).value.steps;
    steps.iter_mut().for_each(|step| step.at = Span::default());
    steps
}
