//! What a down that somebody wrote comes to.

use super::{Verdict, step};
use crate::diag::{Finding, Level};
use crate::ir::{Name, Op, Script, Step, TransactionMode};
use crate::schema::{Event, Id, Replay, Schema, differences, is_left};
use crate::source::Span;
use std::collections::BTreeSet;

/// What is not known of the steps of a script, as they are replayed.
#[derive(Default)]
pub(super) struct Untold {
    /// How many were carried out.
    taken: usize,
    /// The first of which it cannot be told what it does, by its number, and why.
    first: Option<(usize, String)>,
    /// Whether any may have made what is not known.
    makes: bool,
}

impl Untold {
    /// Takes in what happens next.
    pub(super) fn follow(&mut self, event: &Event<'_>) {
        match event {
            Event::Taken(taken) => {
                self.makes |= step::is_carried(&taken.step.op);
                if self.first.is_none() {
                    self.first = step::untold(taken).map(|why| (self.taken, why));
                }
                self.taken += 1;
            }
            Event::RolledBack(kept) => {
                self.taken = *kept;
                self.first.take_if(|(number, _)| *number >= *kept);
            }
        }
    }

    fn why(&self) -> Option<&str> {
        self.first.as_ref().map(|(_, why)| why.as_str())
    }
}

/// Judges a down that somebody wrote; `up` is what is not known of its up.
pub(super) fn judge(
    before: &Schema,
    after: &Schema,
    up: &Untold,
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
    if let Some(why) = thrown(script, mode) {
        return differs(vec![why], at, findings);
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
    let mut down = Untold::default();
    trial.migration(&script.steps, &mut |event| down.follow(&event));
    let touched: Vec<Id> = before.changes(&trial.schema).iter().map(|change| change.id.clone()).collect();
    let unsure = touched.iter().find_map(|id| {
        let doubt = |schema: &Schema| schema.get(id).and_then(|entry| entry.unsure());
        // What the up is not known to do may have made what is not known to be there.
        let may_be = || up.makes && !trial.schema.has(id) && trial.schema.may_have(&Name::bare(id.name()));
        let made = up.why().filter(|_| may_be());
        let why =
            doubt(&trial.schema).or_else(|| doubt(before)).or_else(|| made.map(|why| format!("in its up, {why}")));
        why.map(|why| format!("{id} is not known for certain: {why}"))
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
    // Nobody has put in other words what is still as the up has put it.
    let (certain, worded): (Vec<_>, Vec<_>) = (differences(before, &trial.schema).into_iter())
        .partition(|difference| difference.certain || is_left(before, after, &trial.schema, &difference.id));
    if stops.is_none() {
        wrong.extend(certain.into_iter().map(|difference| difference.message));
    }
    // What a call does in several statements fails in each of them.
    let mut said = BTreeSet::new();
    wrong.retain(|one| said.insert(one.clone()));
    if wrong.is_empty() {
        if let Some(why) = up.why() {
            return unknown(format!("in its up, {why}"), findings);
        }
        if let Some(why) = down.why() {
            return unknown(format!("in it, {why}"), findings);
        }
        let [first, ..] = worded.as_slice() else { return Verdict::Undoes };
        return unknown(
            format!("{} is worded in another way than before, which may mean the same", first.id),
            findings,
        );
    }
    differs(wrong, at, findings)
}

fn differs(wrong: Vec<String>, at: Span, findings: &mut Vec<Finding>) -> Verdict {
    findings.push(
        Finding::new("D002", Level::Warning, at, format!("this down does not undo its up: {}", wrong.join("; ")))
            .help("replace it with the one that `down` makes, or mend it"),
    );
    Verdict::Differs(wrong)
}

/// That a script throws an error whatever there is, if it does.
fn thrown(script: &Script, mode: TransactionMode) -> Option<String> {
    let (number, error) = script.steps.iter().enumerate().find_map(|(at, step)| Some((at, step.op.throws()?)))?;
    Some(match number == 0 || mode == TransactionMode::Wrapped {
        true => format!("it throws, and so undoes nothing: {error}"),
        false => format!("it throws: {error}"),
    })
}
