//! Operations by the tool's own methods. What the tool proposes is run before it is taken: it has to do just what the
//! operations do.

use super::compose::Task;
use super::fill::{Desk, Said};
use super::proof::{self, Claim};
use super::render::{self, Lines};
use crate::emit::Stage;
use crate::emit::Style;
use crate::emit::statement::statements;
use crate::ir::{ColumnChange, ObjectKind, Op, Step};

/// Operations in a row, and how they are said.
pub(super) struct Proposal<'s> {
    /// The operations.
    pub stages: &'s [Stage<'s>],
    /// What is said for them.
    pub said: Vec<Said>,
    /// Whether that is not certain yet.
    open: bool,
}

/// What a direction may be written with.
#[derive(Clone, Copy)]
pub(super) struct Methods<'t> {
    /// What is written.
    pub task: &'t Task<'t>,
    /// For whom.
    pub desk: &'t Desk<'t>,
}

/// Has the methods of the up and the down of a migration proven, both at once as far as there are both. Those that do not
/// do what they should give way to SQL.
pub(super) fn prove(methods: [Methods<'_>; 2], proposals: [&mut [Proposal<'_>]; 2]) {
    let [mut ups, mut downs] = proposals.map(|all| all.iter_mut().filter(|one| one.open));
    let [of_up, of_down] = methods;
    loop {
        match (ups.next(), downs.next()) {
            (Some(up), Some(down)) => {
                let claims = (of_up.claim(&up.said, up.stages), of_down.claim(&down.said, down.stages));
                let [first, second] = match &claims {
                    (Some(up), Some(down)) => proof::both_hold([up, down], of_up.task.scribe),
                    (up, down) => {
                        [up, down].map(|one| one.as_ref().is_some_and(|one| proof::holds(one, of_up.task.scribe)))
                    }
                };
                drop(claims);
                of_up.conclude(up, first);
                of_down.conclude(down, second);
            }
            (Some(up), None) => of_up.conclude(up, of_up.is_right(&up.said, up.stages)),
            (None, Some(down)) => of_down.conclude(down, of_down.is_right(&down.said, down.stages)),
            (None, None) => return,
        }
    }
}

impl<'t> Methods<'t> {
    /// How operations in a row are to be said.
    pub fn propose<'s>(&self, stages: &'s [Stage<'s>]) -> Proposal<'s> {
        let said = match self.task.means {
            Style::Sql => stages_as_sql(stages),
            Style::Builder => self.proposed(stages),
        };
        let open = said.iter().any(|one| one.built.is_some());
        Proposal { stages, said, open }
    }

    fn conclude(&self, proposal: &mut Proposal<'_>, is_right: bool) {
        proposal.open = false;
        if !is_right {
            let said = std::mem::take(&mut proposal.said);
            proposal.said = self.settled(proposal.stages, self.chosen(proposal.stages, said));
        }
    }

    /// How many operations from the first on have to stay SQL: what one statement says that might not be the same said by
    /// several, and a drop that somebody guarded, where what it drops may be gone when it comes a second time.
    fn bound(&self, stages: &[Stage<'_>]) -> usize {
        let is_guarded = |op: &Op| match op {
            Op::DropColumn { if_exists, .. } | Op::DropConstraint { if_exists, .. } => *if_exists,
            Op::Drop { if_exists, object, .. } => {
                *if_exists && ![ObjectKind::Table, ObjectKind::View].contains(&object.kind)
            }
            _ => false,
        };
        let Some(first) = stages.first().filter(|stage| !stage.step.joined) else { return 0 };
        let count = 1 + stages[1..].iter().take_while(|stage| stage.step.joined).count();
        let guarded = !self.task.undoes && stages[..count].iter().any(|stage| is_guarded(stage.op));
        if guarded { count } else { bound(first, &stages[..count]) }
    }

    /// What the tool proposes; what was said by one statement and might not be the same said by several stays one.
    fn proposed(&self, stages: &[Stage<'_>]) -> Vec<Said> {
        let mut said = Vec::new();
        let mut rest = stages;
        while !rest.is_empty() {
            let free = rest.iter().enumerate().take_while(|(at, _)| self.bound(&rest[*at..]) == 0).count();
            let (these, others) = rest.split_at(free);
            if !these.is_empty() {
                match self.task.scribe.statements(these, self.desk) {
                    Ok(proposed) => said.extend(proposed),
                    Err(_) => said.extend(stages_as_sql(these)),
                }
            }
            let together = self.bound(others);
            if together > 0 {
                said.push(Said { ops: together, built: None, sql: Vec::new() });
            }
            rest = others.get(together..).unwrap_or_default();
        }
        self.settled(stages, said)
    }

    fn settled(&self, stages: &[Stage<'_>], said: Vec<Said>) -> Vec<Said> {
        self.task.scribe.settled(stages, said)
    }

    /// Groups of which each is known to be right by itself.
    fn chosen(&self, stages: &[Stage<'_>], said: Vec<Said>) -> Vec<Said> {
        let mut chosen = Vec::new();
        let mut rest = stages;
        for one in said {
            let (these, others) = rest.split_at(one.ops.min(rest.len()));
            rest = others;
            let ops = one.ops;
            if one.built.is_none() || self.is_right(std::slice::from_ref(&one), these) {
                chosen.push(one);
            } else if let ([_, _, ..], Some(half)) = (these, halves(these)) {
                // One of them spoils the others.
                let (first, second) = these.split_at(half);
                for half in [first, second] {
                    chosen.extend(self.chosen(half, self.proposed(half)));
                }
            } else {
                chosen.push(Said { ops, built: None, sql: Vec::new() });
            }
        }
        chosen
    }

    /// Whether groups do just what their operations do.
    fn is_right(&self, said: &[Said], stages: &[Stage<'_>]) -> bool {
        self.claim(said, stages).is_some_and(|claim| proof::holds(&claim, self.task.scribe))
    }

    /// That groups do just what their operations do. `None` where the tool cannot send what has to be SQL.
    fn claim<'s>(&self, said: &[Said], stages: &'s [Stage<'_>]) -> Option<Claim<'s>> {
        let first = stages.first()?;
        let mut lines: Lines = Vec::new();
        let mut rest = stages;
        let mut wanted = Vec::new();
        for one in said {
            let (these, others) = rest.split_at(one.ops.min(rest.len()));
            rest = others;
            let steps: Vec<Step> = these.iter().map(|stage| stage.step.clone()).collect();
            let texts: Vec<String> = statements(these[0].at.before.dialect(), &steps)
                .into_iter()
                .filter_map(|statement| statement.sql)
                .collect();
            match &one.built {
                Some(built) => built.iter().for_each(|one| lines.extend(render::statement("await", one, ";"))),
                None => {
                    for text in &texts {
                        let raw = self.task.scribe.raw(text, self.desk).ok()?;
                        lines.extend(render::statement("await", &raw, ";"));
                    }
                }
            }
            wanted.extend(texts);
        }
        let (before, behind) = match self.desk.own_transaction {
            true => self.task.scribe.transaction(self.desk),
            false => (Vec::new(), Vec::new()),
        };
        let line = |line: String| (0, line);
        let lines: Lines = before.into_iter().map(line).chain(lines).chain(behind.into_iter().map(line)).collect();
        Some(Claim { body: render::indented(&lines, "", self.task.style), wanted, stages, from: &first.at.before })
    }
}

/// All of them as SQL.
fn stages_as_sql(stages: &[Stage<'_>]) -> Vec<Said> {
    vec![Said { ops: stages.len(), built: None, sql: Vec::new() }]
}

/// A place in the middle that parts nothing said by one statement.
fn halves(stages: &[Stage<'_>]) -> Option<usize> {
    let middle = stages.len() / 2;
    let free = |at: &usize| stages.get(*at).is_some_and(|stage| !stage.step.joined);
    (middle..stages.len()).chain((1..middle).rev()).find(free).or(Some(middle)).filter(|at| *at > 0)
}

/// How many operations from the first on were said by one statement that does something else than they do one by one:
/// PostgreSQL does the actions of an `ALTER TABLE` in an order of its own, and objects that are dropped together are not in
/// each other's way.
fn bound(first: &Stage<'_>, stages: &[Stage<'_>]) -> usize {
    let count = stages.len();
    if count == 1 {
        return 0;
    }
    if matches!(first.op, Op::Drop { .. }) {
        return count;
    }
    let ranks: Vec<u8> = stages.iter().map(|stage| rank(stage.op)).collect();
    if ranks.is_sorted() { 0 } else { count }
}

/// When an action of an `ALTER TABLE` is done (`AlterTablePass` in `tablecmds.c` of PostgreSQL 15).
fn rank(op: &Op) -> u8 {
    match op {
        Op::DropColumn { .. } | Op::DropConstraint { .. } => 0,
        Op::AlterColumn { change: ColumnChange::DropDefault | ColumnChange::DropNotNull, .. } => 0,
        Op::AlterColumn { change: ColumnChange::Type { .. }, .. } => 1,
        Op::AddColumn { .. } => 2,
        Op::AlterColumn { .. } => 3,
        Op::AddConstraint { .. } => 4,
        _ => 5,
    }
}
