//! Steps whose states are worked out once they are asked for: many a script never asks.

use super::Built;
use crate::ir::Step;
use crate::schema::{Replay, Schema};
use std::cell::OnceCell;

/// Steps from a state on.
pub(super) struct Late {
    from: Schema,
    steps: Vec<Step>,
    /// Where they lead, as soon as that is asked for.
    replay: OnceCell<Replay>,
}

impl Late {
    /// None yet.
    pub fn new(from: Schema) -> Self {
        Late { from, steps: Vec::new(), replay: OnceCell::new() }
    }

    /// Goes on with these.
    pub fn go_on(&mut self, steps: Vec<Step>) {
        if let Some(replay) = self.replay.get_mut() {
            replay.part(&steps, &mut |_| ());
        }
        self.steps.extend(steps);
    }

    /// All of them.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    fn replay(&self) -> &Replay {
        self.replay.get_or_init(|| {
            let mut replay = Replay::from(self.from.clone());
            replay.part(&self.steps, &mut |_| ());
            replay
        })
    }

    /// The state behind the migration that consists of them.
    pub fn end(mut self) -> (Schema, Vec<Step>) {
        self.replay();
        let replay = self.replay.take().map(|mut replay| {
            replay.end();
            replay.schema
        });
        (replay.unwrap_or(self.from), self.steps)
    }

    /// The steps alone.
    pub fn into_steps(self) -> Vec<Step> {
        self.steps
    }
}

impl Built for Late {
    fn schema(&self) -> &Schema {
        &self.replay().schema
    }
}
