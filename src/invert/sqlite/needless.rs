//! What need not be done: what goes along with a table is not dropped before it, and no table is made only to be dropped.

use crate::invert::trial::unproven;
use crate::ir::{Name, ObjectKind, Op};
use crate::schema::{Schema, words};
use crate::sql::sqlite;

/// The operations without those that drop an index or a trigger of a table that is dropped later on, and without tables that
/// are made and dropped, where they lead from `after` back to `before` all the same.
pub(in crate::invert) fn without_needless(before: &Schema, after: &Schema, mut ops: Vec<Op>) -> Vec<Op> {
    let mut at = ops.len();
    while at > 0 {
        at -= 1;
        let Op::Drop { object, .. } = &ops[at] else { continue };
        let fewer = match object.kind {
            ObjectKind::Index | ObjectKind::Trigger if ops[at..].iter().any(drops_table) => Some(without(&ops, &[at])),
            ObjectKind::Table => made_for_nothing(&ops, at, &object.name).map(|needless| without(&ops, &needless)),
            _ => None,
        };
        if let Some(fewer) = fewer.filter(|fewer| unproven(before, after, fewer).is_none()) {
            at = at.min(fewer.len());
            ops = fewer;
        }
    }
    ops
}

fn drops_table(op: &Op) -> bool {
    matches!(op, Op::Drop { object, .. } if object.kind == ObjectKind::Table)
}

fn without(ops: &[Op], numbers: &[usize]) -> Vec<Op> {
    ops.iter().enumerate().filter(|(number, _)| !numbers.contains(number)).map(|(_, op)| op.clone()).collect()
}

/// All that is done with a table that is dropped at a place, if it is made before and nothing else speaks of it.
fn made_for_nothing(ops: &[Op], dropped: usize, name: &Name) -> Option<Vec<usize>> {
    let makes = |op: &Op| matches!(op, Op::CreateTable { table, .. } if table.name == *name);
    let made = ops[..dropped].iter().rposition(makes)?;
    let mut needless = vec![made, dropped];
    for (number, op) in ops.iter().enumerate().take(dropped).skip(made + 1) {
        match op {
            Op::CreateIndex { index, .. } if index.table == *name => needless.push(number),
            Op::Insert { insert } if insert.table == *name => needless.push(number),
            op if words(&sqlite::print(op)).iter().any(|word| word.eq_ignore_ascii_case(&name.name)) => {
                return None;
            }
            _ => {}
        }
    }
    Some(needless)
}
