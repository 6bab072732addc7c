//! Migrations that end the tool's transaction and begin others by themselves. Elsewhere the same statements stand in other
//! transactions, or in one query, so that what was outside of one would be inside.

use crate::emit::Mode;
use crate::ir::{Op, Step, TransactionMode};
use crate::source::Span;

/// What becomes of the statements by which a script opens and ends transactions.
pub(super) enum Framing {
    /// They stand as they are.
    Kept,
    /// Those around the script are said as well.
    Told(Vec<Step>),
    /// There are none any more: a statement among them may not be in a transaction, or has to be over before the next.
    Gone(Vec<Step>),
}

/// What becomes of those of a script that is run in some way and holds some.
pub(super) fn of(steps: &[Step], mode: Mode, transaction: TransactionMode) -> Framing {
    // What is sent as one query is a matter of each target.
    if mode != Mode::Own || transaction == TransactionMode::Implicit || !steps.iter().all(is_plain) {
        return Framing::Kept;
    }
    let stands_alone =
        |op: &Op| op.needs_no_transaction().is_some() || matches!(op, Op::AddEnumValue { .. } | Op::Code { .. });
    if steps.iter().any(|step| step.op.any(&stands_alone)) {
        return Framing::Gone(steps.iter().filter(|step| !is_transaction(step)).cloned().collect());
    }
    if transaction != TransactionMode::Wrapped {
        return Framing::Kept;
    }
    let told = |verb: &str| Step::new(Op::Transaction { verb: verb.into(), sql: verb.into() }, Span::default());
    let mut all = vec![told("BEGIN")];
    for step in steps.iter().cloned().chain([told("COMMIT")]) {
        // One that holds nothing.
        if ends(&step) && all.last().is_some_and(begins) {
            all.pop();
        } else {
            all.push(step);
        }
    }
    Framing::Told(all)
}

fn is_transaction(step: &Step) -> bool {
    matches!(step.op, Op::Transaction { .. })
}

/// Whether a statement is none that opens or ends a transaction, or does no more than that.
fn is_plain(step: &Step) -> bool {
    !is_transaction(step) || begins(step) || ends(step)
}

fn begins(step: &Step) -> bool {
    words(step).is_some_and(|words| {
        ["BEGIN", "BEGIN WORK", "BEGIN TRANSACTION", "START TRANSACTION"].contains(&words.as_str())
    })
}

fn ends(step: &Step) -> bool {
    words(step).is_some_and(|words| {
        let (first, rest) = words.split_once(' ').unwrap_or((words.as_str(), ""));
        ["COMMIT", "END"].contains(&first) && ["", "WORK", "TRANSACTION"].contains(&rest)
    })
}

fn words(step: &Step) -> Option<String> {
    let Op::Transaction { sql, .. } = &step.op else { return None };
    let text = sql.trim().trim_end_matches(';').to_ascii_uppercase();
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::postgres;

    #[test]
    fn what_may_not_be_in_a_transaction_is_in_none() {
        let of = |sql: &str, transaction: TransactionMode| {
            let steps = postgres::lower(sql, crate::source::FileId(0)).value.steps;
            let said =
                |steps: Vec<Step>| steps.iter().map(|step| postgres::print(&step.op)).collect::<Vec<_>>().join("; ");
            match super::of(&steps, Mode::of(&steps, transaction), transaction) {
                Framing::Kept => "kept".to_owned(),
                Framing::Told(steps) => said(steps),
                Framing::Gone(steps) => format!("gone: {}", said(steps)),
            }
        };
        let wrapped = |sql: &str| of(sql, TransactionMode::Wrapped);
        assert_eq!(wrapped("SELECT 1"), "kept");
        assert_eq!(wrapped("COMMIT; SELECT 1; BEGIN; SELECT 2"), "SELECT 1; BEGIN; SELECT 2; COMMIT");
        assert_eq!(wrapped("SELECT 0; COMMIT; SELECT 1; START TRANSACTION"), "BEGIN; SELECT 0; COMMIT; SELECT 1");
        assert_eq!(
            wrapped("COMMIT; CREATE INDEX CONCURRENTLY a ON b (c); BEGIN; SELECT 1"),
            "gone: CREATE INDEX CONCURRENTLY \"a\" ON \"b\"(\"c\"); SELECT 1"
        );
        assert_eq!(wrapped("COMMIT; ALTER TYPE a ADD VALUE 'b'; BEGIN"), "gone: ALTER TYPE \"a\" ADD VALUE 'b'");
        assert_eq!(wrapped("ROLLBACK; CREATE INDEX CONCURRENTLY a ON b (c)"), "kept");
        assert_eq!(of("BEGIN; SELECT 1; COMMIT", TransactionMode::None), "kept");
        assert_eq!(of("COMMIT; CREATE INDEX CONCURRENTLY a ON b (c)", TransactionMode::Implicit), "kept");
    }
}
