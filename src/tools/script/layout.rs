//! A direction taken apart before anything of it is written: its operations in the form in which methods can say them, and
//! what stands between them.

use super::carry::Plan;
use super::compose::Task;
use crate::emit::Style;
use crate::emit::statement::uncarried;
use crate::emit::{Stage, staged, stages};
use crate::ir::{self, Constraint, Op, Step};
use std::borrow::Cow;
use std::ops::Range;

/// What a body consists of, in order.
pub(super) enum Part {
    /// Operations in a row, by their numbers.
    Operations(Range<usize>),
    /// A statement that carried code needs, by its number in the plan.
    Needed(usize),
    /// Code, by its number.
    Code(usize),
}

/// The parts of a direction.
pub(super) fn parts(stages: &[Stage<'_>], plan: &Plan) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut before = plan.before.iter().enumerate().peekable();
    let mut start = 0;
    for (at, stage) in stages.iter().enumerate() {
        let placed = plan.is_placed(stage.step);
        let comes =
            |(_, piece): &(usize, &crate::js::bridge::Piece)| placed && piece.at.start < stage.step.at.range().end;
        let needed: Vec<usize> = std::iter::from_fn(|| before.next_if(comes)).map(|(number, _)| number).collect();
        let covered = plan.covers(at, stage.step);
        let is_code = uncarried(stage.op).is_some() || plan.statements.contains_key(&at);
        let apart = is_code || covered;
        if apart || !needed.is_empty() {
            parts.push(Part::Operations(start..at));
            start = at + usize::from(apart);
        }
        parts.extend(needed.into_iter().map(Part::Needed));
        if is_code && !covered {
            parts.push(Part::Code(at));
        }
    }
    parts.push(Part::Operations(start..stages.len()));
    parts.retain(|part| !matches!(part, Part::Operations(range) if range.is_empty()));
    parts
}

impl Task<'_> {
    /// The steps in the form in which they are to be said.
    pub fn steps(&self) -> Cow<'_, [Step]> {
        match self.means {
            Style::Builder => self.apart(self.unguarded()),
            Style::Sql => Cow::Borrowed(&self.direction.steps),
        }
    }

    /// The same with the states on either side of each.
    pub fn stages<'s>(&self, steps: &'s [Step]) -> Vec<Stage<'s>> {
        let known = &self.direction.states;
        // Taking a guard away, or its words, changes no state.
        let alone = |stage: &mut Stage<'s>, own: &Step| stage.at.alone &= stage.step.op == own.op;
        match known.len() == steps.len() && steps.len() == self.direction.steps.len() {
            true => {
                let mut stages = staged(steps, known);
                stages.iter_mut().zip(self.direction.steps.iter()).for_each(|(stage, own)| alone(stage, own));
                stages
            }
            false => stages(steps, self.direction.from),
        }
    }

    /// Steps without guards against what certainly is not there: no method for tables has them, and Sequelize's own puts them
    /// before every table and enum.
    fn unguarded(&self) -> Cow<'_, [Step]> {
        let steps = &self.direction.steps;
        let is_guarded = |step: &Step| {
            matches!(step.op, Op::CreateTable { if_not_exists: true, .. } | Op::Attempt { .. }) && !step.joined
        };
        if !self.undoes || !steps.iter().any(is_guarded) {
            return Cow::Borrowed(steps);
        }
        let plain = |stage: Stage<'_>| {
            let mut step = stage.step.clone();
            if !is_guarded(&step) || !stage.at.before.knows_what_lacks() {
                return step;
            }
            match &mut step.op {
                Op::CreateTable { table, if_not_exists } => {
                    *if_not_exists = stage.at.before.relation(&table.name).is_some();
                }
                Op::Attempt { steps, .. } => {
                    if let [Step { op: made @ Op::CreateEnum { definition }, .. }] = steps.as_slice()
                        && stage.at.before.type_named(&definition.name).is_none()
                    {
                        step.op = made.clone();
                    }
                }
                _ => {}
            }
            step
        };
        self.stages(steps).into_iter().map(plain).collect()
    }

    /// Steps with constraints behind their tables that no method for tables can say.
    fn apart<'s>(&self, steps: Cow<'s, [Step]>) -> Cow<'s, [Step]> {
        let is_apart = |one: &Constraint| one.name.is_some() && !one.not_valid && self.scribe.is_apart(one);
        let has_some = |step: &Step| match &step.op {
            Op::CreateTable { table, if_not_exists: false } => table.constraints.iter().any(is_apart),
            _ => false,
        };
        if !steps.iter().any(has_some) {
            return steps;
        }
        let mut apart = Vec::with_capacity(steps.len());
        for mut step in steps.into_owned() {
            let Op::CreateTable { table, if_not_exists: false } = &mut step.op else {
                apart.push(step);
                continue;
            };
            let (later, own) = std::mem::take(&mut table.constraints).into_iter().partition(is_apart);
            table.constraints = own;
            let (on, at) = (ir::Place::new(table.name.clone()), step.at);
            apart.push(step);
            let later: Vec<Constraint> = later;
            let added = |constraint| Step::new(Op::AddConstraint { on: on.clone(), constraint }, at);
            apart.extend(later.into_iter().map(added));
        }
        Cow::Owned(apart)
    }
}
