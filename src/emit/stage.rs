//! Operations one after the other, each with the states on either side.

use crate::ir::{Op, Step};
use crate::schema::{Event, Replay, Schema};

/// The states on either side of an operation.
#[derive(Clone, Debug)]
pub struct Between {
    /// The state before it.
    pub before: Schema,
    /// The state after it.
    pub after: Schema,
    /// Whether these are the states right before and right behind it, and it is all that was done between them.
    pub alone: bool,
}

/// An operation with the states on either side.
pub struct Stage<'a> {
    /// The operation.
    pub op: &'a Op,
    /// The step that says it.
    pub step: &'a Step,
    /// The states on either side.
    pub at: Between,
}

impl<'a> Stage<'a> {
    fn new(step: &'a Step, at: Between) -> Self {
        Stage { op: &step.op, step, at }
    }
}

/// Steps with the states that they lead through.
pub fn stages<'o>(steps: &'o [Step], from: &Schema) -> Vec<Stage<'o>> {
    let mut stages = Vec::with_capacity(steps.len());
    walk(steps, from, |group, _, between| {
        stages.extend(group.iter().zip(between).map(|(step, at)| Stage::new(step, at)))
    });
    stages
}

/// Steps with states that are known already.
pub fn staged<'o>(steps: &'o [Step], between: &[Between]) -> Vec<Stage<'o>> {
    steps.iter().zip(between).map(|(step, at)| Stage::new(step, at.clone())).collect()
}

/// Goes through steps from a state on. What one statement says is done together: `see` is shown each such group, the states
/// around it and those around each of its steps.
pub(super) fn walk<'o>(steps: &'o [Step], from: &Schema, mut see: impl FnMut(&'o [Step], [&Schema; 2], Vec<Between>)) {
    let mut replay = Replay::from(from.clone());
    let mut start = 0;
    while start < steps.len() {
        let more = steps[start + 1..].iter().take_while(|step| step.joined).count();
        let group = &steps[start..=start + more];
        let before = replay.schema.clone();
        let mut states: Vec<Between> = Vec::with_capacity(group.len());
        let mut alone = true;
        replay.part(group, &mut |event| match event {
            Event::Taken(taken) => {
                alone &= group.get(states.len()).is_some_and(|step| std::ptr::eq(step, taken.step));
                states.push(Between { before: taken.before.clone(), after: taken.after.clone(), alone: true });
            }
            Event::RolledBack(_) => alone = false,
        });
        let after = &replay.schema;
        alone &= states.len() == group.len();
        if states.len() == group.len() && group.len() > 1 {
            states.iter_mut().for_each(|state| state.alone = alone);
        } else {
            alone &= states.iter().all(|state| state.before.same(&before) && state.after.same(after));
            let whole = Between { before: before.clone(), after: after.clone(), alone };
            states = vec![whole; group.len()];
        }
        see(group, [&before, after], states);
        start += group.len();
    }
}
