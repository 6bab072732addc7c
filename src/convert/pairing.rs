//! Migrations that become several: which part of the down undoes which part of the up.

use crate::emit::Direction;
use crate::ir::{Op, Step};
use crate::schema::{Replay, Schema, differences};

/// How the parts of a down go with those of the up.
pub(super) enum Pairing {
    /// In reverse order, as far as they undo it at all.
    Reverse,
    /// They do so in this order.
    Reordered(Vec<Step>),
    /// They undo the up together at best.
    Together,
}

/// Pairs the parts of a migration that becomes so many.
pub(super) fn pair(up: &Direction<'_>, down: &Direction<'_>, parts: usize) -> Pairing {
    let (ups, downs) = (up.runs(), down.runs());
    // One that does not undo its up at all is told of elsewhere.
    let undone = |last: &Schema| differences(up.from, &after(last, &down.steps)).is_empty();
    let mut states = vec![up.from.clone()];
    for at in 0..parts {
        let before = states.last().cloned().unwrap_or_else(|| up.from.clone());
        states.push(after(&before, ups.get(at).copied().unwrap_or_default()));
    }
    let Some((last, before)) = states.split_last() else { return Pairing::Together };
    let mut state = last.clone();
    let reverse = before.iter().rev().enumerate().all(|(at, wanted)| {
        state = after(&state, downs.get(at).copied().unwrap_or_default());
        differences(wanted, &state).is_empty()
    });
    if reverse || !undone(last) {
        return Pairing::Reverse;
    }
    // What does not rest on each other may be written in any order. Which rows there are cannot be told.
    if down.steps.iter().any(|step| is_about_rows(&step.op)) {
        return Pairing::Together;
    }
    let mut left = downs;
    let mut steps = Vec::new();
    let mut state = last.clone();
    for wanted in before.iter().rev() {
        let undoes = |run: &&[Step]| differences(wanted, &after(&state, run)).is_empty();
        let Some(at) = left.iter().position(undoes) else { return Pairing::Together };
        let run = left.remove(at);
        state = after(&state, run);
        steps.extend_from_slice(run);
    }
    if left.is_empty() { Pairing::Reordered(steps) } else { Pairing::Together }
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
