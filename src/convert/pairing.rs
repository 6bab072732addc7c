//! Migrations that become several: which part of the down undoes which part of the up.

use crate::emit::Direction;
use crate::ir::{Op, Step};
use crate::schema::{Replay, Schema, differences};
use std::borrow::Cow;

/// How the parts of a down go with those of the up.
pub(super) enum Pairing {
    /// Each undoes its own, in reverse order.
    Reverse,
    /// They do so in this order.
    Reordered(Vec<Step>),
    /// They undo the up together at best.
    Together,
    /// They do not undo it as far as can be told, which is said elsewhere.
    Not,
}

/// Pairs the parts of a migration that becomes so many.
pub(super) fn pair(up: &Direction<'_>, down: &Direction<'_>, parts: usize) -> Pairing {
    let ups = up.runs();
    let mut states = vec![up.from.clone()];
    for at in 0..parts {
        let before = states.last().cloned().unwrap_or_else(|| up.from.clone());
        states.push(after(&before, ups.get(at).copied().unwrap_or_default()));
    }
    let Some((last, before)) = states.split_last() else { return Pairing::Together };
    if undoes_in_reverse(down, last, before) {
        return Pairing::Reverse;
    }
    if !differences(up.from, &after(last, &down.steps)).is_empty() {
        return Pairing::Not;
    }
    // What does not rest on each other may be written in any order. Which rows there are cannot be told.
    if down.steps.iter().any(|step| is_about_rows(&step.op)) {
        return Pairing::Together;
    }
    let mut left = down.runs();
    let mut steps = Vec::new();
    let mut state = last.clone();
    for wanted in before.iter().rev() {
        let undoes = |run: &&[Step]| differences(wanted, &after(&state, run)).is_empty();
        let Some(at) = left.iter().position(undoes) else { return Pairing::Together };
        let run = left.remove(at);
        state = after(&state, run);
        steps.extend_from_slice(run);
    }
    // What may be in one transaction is one part where it has become neighbours.
    let reordered = Direction { steps: Cow::Borrowed(&steps), states: Vec::new(), notes: Vec::new(), ..*down };
    match left.is_empty() && undoes_in_reverse(&reordered, last, before) {
        true => Pairing::Reordered(steps),
        false => Pairing::Together,
    }
}

/// Whether the parts of a down lead from the last state back through all before it.
fn undoes_in_reverse(down: &Direction<'_>, last: &Schema, before: &[Schema]) -> bool {
    let downs = down.runs();
    let mut state = last.clone();
    downs.len() <= before.len()
        && before.iter().rev().enumerate().all(|(at, wanted)| {
            state = after(&state, downs.get(at).copied().unwrap_or_default());
            differences(wanted, &state).is_empty()
        })
}

/// Whether an operation may look at rows or change them, or it is not known what it does.
fn is_about_rows(op: &Op) -> bool {
    matches!(
        op,
        Op::Insert { .. }
            | Op::Update { .. }
            | Op::Delete { .. }
            | Op::Truncate { .. }
            | Op::Write { .. }
            | Op::Query { .. }
            | Op::Call { .. }
            | Op::Sql { .. }
            | Op::Code { .. }
            | Op::ByRows { .. }
    )
}

fn after(state: &Schema, steps: &[Step]) -> Schema {
    let mut replay = Replay::from(state.clone());
    replay.part(steps, &mut |_| ());
    replay.schema
}
