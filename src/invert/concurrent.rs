//! Indexes that are made and dropped `CONCURRENTLY`, which a server refuses inside of a transaction.

use crate::ir::{Op, Step};

/// An index that was made or dropped concurrently is undone the same way if that is all there is to do; otherwise the
/// script stays one transaction and says so. `wrapped`: the tool runs it in a transaction whatever it is.
pub(super) fn make_concurrent(ops: &mut [Op], wrapped: bool, notes: &mut Vec<String>) -> bool {
    if wrapped {
        if ops.iter().any(|op| matches!(op, Op::CreateIndex { .. } | Op::Drop { .. })) {
            notes.push(
                "the up worked CONCURRENTLY; the tool runs this down in a transaction, so it blocks writes while it runs"
                    .to_owned(),
            );
        }
        return false;
    }
    if let [Op::CreateIndex { concurrently, .. } | Op::Drop { concurrently, .. }] = ops {
        *concurrently = true;
        return true;
    }
    if ops.iter().any(|op| matches!(op, Op::CreateIndex { .. } | Op::Drop { .. })) {
        notes.push(
            "the up worked CONCURRENTLY; this script is one transaction, so it blocks writes while it runs. To avoid \
             that, run its statements one at a time outside a transaction, with CONCURRENTLY on those about indexes"
                .to_owned(),
        );
    }
    false
}

/// A statement that a server refuses inside of a transaction, as it is named in its message.
pub(super) fn needs_none(steps: &[Step]) -> Option<&'static str> {
    steps.iter().find_map(|step| match &step.op {
        Op::CreateIndex { concurrently: true, .. } => Some("CREATE INDEX CONCURRENTLY"),
        Op::Drop { concurrently: true, .. } => Some("DROP INDEX CONCURRENTLY"),
        Op::When { then, otherwise, .. } => needs_none(then).or_else(|| needs_none(otherwise)),
        Op::Attempt { steps, .. } | Op::Call { then: steps, .. } => needs_none(steps),
        _ => None,
    })
}
