//! Which operations one statement says.

use super::{Server, in_one_statement, lower, print_together};
use crate::ir::{ConstraintKind, Op};
use crate::source::FileId;

/// The operations cut into runs that one statement each says: that statement, read back, is these operations in this order.
pub fn together<'o>(server: &Server, ops: &'o [Op]) -> Vec<&'o [Op]> {
    let mut runs = Vec::new();
    let mut rest = ops;
    while !rest.is_empty() {
        let mut count = 1;
        while count < rest.len() && are_one(server, &rest[..=count]) {
            count += 1;
        }
        let (run, others) = rest.split_at(count);
        runs.push(run);
        rest = others;
    }
    runs
}

fn are_one(server: &Server, ops: &[Op]) -> bool {
    // A foreign key is not taken away and made anew at once, nor with an index that another key still rests on.
    let adds_key = |op: &Op| matches!(op, Op::AddConstraint { constraint, .. } if matches!(constraint.kind, ConstraintKind::ForeignKey(_)));
    let adds = ops.iter().filter(|op| adds_key(op)).count();
    if adds > 0 && adds < ops.len() {
        return false;
    }
    let all: Vec<&Op> = ops.iter().collect();
    if !in_one_statement(&all) {
        return false;
    }
    let read = lower(server, &print_together(&all), FileId::default()).value;
    read.steps.iter().skip(1).all(|step| step.joined) && read.steps.iter().map(|step| &step.op).eq(ops)
}
