//! A migration as it is to be written, before it is known for which tool.

use super::name::NewName;
use super::prepare::{Prepared, prepared};
use super::stage::Between;
use super::words::refusal;
use crate::invert::MadeDown;
use crate::ir::{Grade, Migration, Op, Step, TransactionMode};
use crate::schema::Schema;
use std::borrow::Cow;

/// One migration to write.
pub struct Draft<'h> {
    /// As it was read.
    pub migration: &'h Migration,
    /// What it is called from now on; more than one where the target cannot do with a single migration, in order.
    pub names: Vec<NewName>,
    /// How many migrations of the target come before it.
    pub number: usize,
    /// What it does.
    pub up: Direction<'h>,
    /// What undoes it.
    pub down: Direction<'h>,
    /// Whether the state is certainly again the one before when it has been undone. Where it is not, a guard in the up may be
    /// what makes it run a second time.
    pub undoes: bool,
}

/// An up or a down to write.
pub struct Direction<'h> {
    /// What it does, in order.
    pub steps: Cow<'h, [Step]>,
    /// The states on either side of each, where they are known already; else empty.
    pub states: Vec<Between>,
    /// Comments that belong to no statement.
    pub notes: Vec<String>,
    /// The state that it starts from.
    pub from: &'h Schema,
    /// How it is run.
    pub mode: Mode,
    /// The down that was worked out, if it is one; `None` for what somebody wrote.
    pub made: Option<&'h MadeDown>,
}

/// How the statements of a direction hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It does not matter: there is at most one statement.
    Any,
    /// All or nothing.
    Whole,
    /// Each by itself.
    Loose,
    /// As its own statements say.
    Own,
}

impl Mode {
    /// How steps hang together that a tool runs in that way.
    pub fn of(steps: &[Step], transaction: TransactionMode) -> Self {
        let ends = |step: &Step| matches!(step.op, Op::Transaction { .. });
        if steps.iter().any(ends) {
            return Mode::Own;
        }
        // Where a server refuses it inside of a transaction, it can only have been run outside of one.
        if transaction == TransactionMode::None || steps.iter().any(|step| step.op.needs_no_transaction().is_some()) {
            let alone = statements(steps) <= 1 && steps.iter().all(|step| step.op.needs_no_transaction().is_none());
            return if alone { Mode::Any } else { Mode::Loose };
        }
        if statements(steps) <= 1 { Mode::Any } else { Mode::Whole }
    }
}

/// How many statements there are.
fn statements(steps: &[Step]) -> usize {
    let is_code = |step: &Step| matches!(step.op, Op::Code { .. } | Op::ByRows { .. });
    steps.iter().filter(|step| !step.joined).count() + steps.iter().filter(|step| is_code(step)).count()
}

impl Draft<'_> {
    /// The same, with what somebody wrote in the form in which it is said.
    pub fn prepared(&self, default_schema: &str) -> Draft<'_> {
        Draft {
            migration: self.migration,
            names: self.names.clone(),
            number: self.number,
            up: self.up.prepared(default_schema),
            down: self.down.prepared(default_schema),
            undoes: self.undoes,
        }
    }
}

impl Direction<'_> {
    fn prepared(&self, default_schema: &str) -> Direction<'_> {
        let (steps, states) = match self.made {
            Some(_) => (Cow::Borrowed(&*self.steps), Vec::new()),
            None => {
                let Prepared { steps, states } =
                    prepared(&self.steps, self.from, default_schema, self.mode == Mode::Whole);
                (Cow::Owned(steps), states)
            }
        };
        Direction { steps, states, notes: self.notes.clone(), ..*self }
    }

    /// The message with which a down has to stop, because none could be vouched for; `name` is the migration's.
    pub fn stop(&self, name: &str) -> Option<String> {
        match &self.made?.grade {
            Grade::Refused(reasons) => Some(refusal(name, reasons)),
            Grade::Exact | Grade::SchemaOnly(_) => None,
        }
    }

    /// The steps in runs, each of which may be one transaction, or is a statement that may not be in one.
    pub fn runs(&self) -> Vec<&[Step]> {
        if self.mode != Mode::Loose {
            return vec![&self.steps];
        }
        let mut runs = Vec::new();
        let mut start = 0;
        for at in 1..self.steps.len() {
            if self.steps.get(at..at + 1).is_some_and(|next| parts_here(&self.steps[start..at], &next[0])) {
                runs.push(&self.steps[start..at]);
                start = at;
            }
        }
        runs.push(&self.steps[start..]);
        runs
    }
}

/// Whether a transaction has to end between some steps and the next.
fn parts_here(before: &[Step], next: &Step) -> bool {
    if next.joined {
        return false;
    }
    let alone = |step: &Step| step.op.needs_no_transaction().is_some();
    // A value that is added to an enum can be used once its transaction is over.
    let adds = |step: &Step| matches!(step.op, Op::AddEnumValue { .. });
    before.iter().any(alone) || alone(next) || (before.iter().any(adds) && !adds(next))
}
