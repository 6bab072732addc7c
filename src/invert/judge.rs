//! What a down that somebody wrote comes to.

use super::Verdict;
use crate::diag::{Finding, Level};
use crate::ir::{Op, Script, Step, TransactionMode};
use crate::schema::{Id, Replay, Schema, differences};
use crate::source::Span;
use std::collections::BTreeSet;

/// Judges a down that somebody wrote.
pub(super) fn judge(
    before: &Schema,
    after: &Schema,
    script: &Script,
    mode: TransactionMode,
    at: Span,
    findings: &mut Vec<Finding>,
) -> Verdict {
    let unknown = |why: String, findings: &mut Vec<Finding>| {
        let message = "it cannot be told whether this down undoes its up";
        findings.push(Finding::new("D003", Level::Warning, at, message).why(why.clone()));
        Verdict::Unknown(why)
    };
    let refuses = |step: &Step| matches!(&step.op, Op::Query { sql } | Op::Sql { sql, .. } if sql.contains("$refuse$"));
    if script.steps.iter().any(refuses) {
        return Verdict::Unknown("it refuses to run".to_owned());
    }
    let unread = script.steps.iter().find_map(|step| match &step.op {
        Op::Sql { why, .. } => Some(format!("it holds a statement that is not understood: {why}")),
        Op::Code { why, rows_only: false, .. } => {
            Some(format!("it holds code of which only a real run can tell what it does: {why}"))
        }
        _ => None,
    });
    if let Some(why) = unread {
        return unknown(why, findings);
    }
    if script.steps.iter().any(|step| step.op.holds_open()) {
        // Two values that are written alike need not be the same.
        return unknown("it sets a value that is known only in a real run".to_owned(), findings);
    }
    let mut trial = Replay::from(after.clone());
    trial.migration(&script.steps, &mut |_| ());
    let touched: Vec<Id> = before.changes(&trial.schema).iter().map(|change| change.id.clone()).collect();
    let unsure = touched.iter().find_map(|id| {
        let doubt = |schema: &Schema| schema.get(id).and_then(|entry| entry.unsure());
        doubt(&trial.schema).or_else(|| doubt(before)).map(|why| format!("{id} is not known for certain: {why}"))
    });
    if let Some(why) = unsure {
        return unknown(why, findings);
    }
    // Where the database stops at something that is in the way, what comes after it does not matter.
    let stops = trial.findings.iter().position(|finding| finding.code == "S003");
    let until = trial.findings.get(..=stops.unwrap_or(trial.findings.len())).unwrap_or(&trial.findings);
    let errors = until.iter().filter(|finding| finding.level == Level::Error || finding.code == "S003");
    let mut wrong: Vec<String> = errors
        .map(|finding| match (finding.code, &finding.why) {
            ("S003", Some(why)) => format!("it fails: {}: {why}", finding.message),
            _ => format!("it fails: {}", finding.message),
        })
        .collect();
    let ends =
        |step: &Step| matches!(&step.op, Op::Transaction { verb, .. } if verb != "SAVEPOINT" && verb != "RELEASE");
    if matches!(mode, TransactionMode::Wrapped | TransactionMode::Explicit)
        && !script.steps.iter().any(ends)
        && let Some(statement) = script.steps.iter().find_map(|step| step.op.needs_no_transaction())
    {
        wrong.push(format!("it fails: {statement} cannot run inside a transaction, and the tool runs the down in one"));
    }
    let (certain, worded): (Vec<_>, Vec<_>) =
        differences(before, &trial.schema).into_iter().partition(|difference| difference.certain);
    if stops.is_none() {
        wrong.extend(certain.into_iter().map(|difference| difference.message));
    }
    // What a call does in several statements fails in each of them.
    let mut said = BTreeSet::new();
    wrong.retain(|one| said.insert(one.clone()));
    if wrong.is_empty() {
        let [first, ..] = worded.as_slice() else { return Verdict::Undoes };
        return unknown(
            format!("{} is worded in another way than before, which may mean the same", first.id),
            findings,
        );
    }
    findings.push(
        Finding::new("D002", Level::Warning, at, format!("this down does not undo its up: {}", wrong.join("; ")))
            .help("replace it with the one that `down` makes, or mend it"),
    );
    Verdict::Differs(wrong)
}
