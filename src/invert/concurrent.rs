//! Indexes that are made and dropped `CONCURRENTLY`, which a server refuses inside of a transaction.

use crate::ir::Op;

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
