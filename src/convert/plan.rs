//! What is to be written of each migration, under which name.

use super::framing::{self, Framing};
use super::pairing::{Pairing, pair};
use super::{Downs, Origin, connect};
use crate::diag::{Finding, Level};
use crate::emit::{Direction, Draft, Job, Mode, Target, Told, names, sqlite, told, words};
use crate::invert::{MadeDown, Undo, Verdict};
use crate::ir::{Dialect, Down, Grade, Migration, Op, Script, Step, TransactionMode};
use crate::schema::Schema;
use crate::source::{FileId, SourceTree, Span};
use crate::threads;
use std::borrow::Cow;

/// A history as it is to be written.
pub(super) struct Plan<'h> {
    /// Its migrations in order.
    pub drafts: Vec<Draft<'h>>,
    /// Where the down of each comes from.
    pub origins: Vec<Origin>,
    /// What is to be said of it.
    pub findings: Vec<Finding>,
}

/// Plans a whole history.
pub(super) fn plan<'h>(target: &dyn Target, job: &Job<'h>, undos: &'h [Undo], downs: Downs) -> Plan<'h> {
    let pairs: Vec<(&'h Migration, &'h Undo)> = job.history.migrations.iter().zip(undos).collect();
    let connect = connect::made(job.history, undos);
    let one = |(migration, undo): &(&'h Migration, &'h Undo)| {
        let mut findings = Vec::new();
        let mut up = written(&migration.up, &undo.made.before, migration.transaction);
        let first = |at: usize| job.history.migrations.get(at).is_some_and(|first| std::ptr::eq(first, *migration));
        if let Some((_, step)) = connect.as_ref().filter(|(at, _)| first(*at)) {
            up.steps.to_mut().insert(0, step.clone());
            up.mode = Mode::of(&up.steps, migration.transaction);
        }
        let (mut down, origin) = down(job, migration, undo, downs, &mut findings);
        findings.extend(taken_apart(migration, &up, &down));
        let parts = target.parts(&up, &down).max(1);
        findings.extend(becomes_several(migration, &up, &mut down, parts));
        (*migration, *undo, up, down, origin, parts, findings)
    };
    let mut findings = Vec::new();
    let planned: Vec<_> = threads::map(&pairs, one)
        .into_iter()
        .map(|(migration, undo, up, down, origin, parts, found)| {
            findings.extend(found);
            (migration, undo, up, down, origin, parts)
        })
        .collect();
    let all: Vec<Told> = planned
        .iter()
        .flat_map(|(migration, .., parts)| {
            let first = told(job.history.tool, &migration.name);
            let part = |number| Told { moment: None, slug: format!("{}_{number}", first.slug) };
            let others: Vec<Told> = (2..=*parts).map(part).collect();
            std::iter::once(first).chain(others)
        })
        .collect();
    let mut all = names(&all, target.unit()).into_iter();
    let mut plan = Plan { drafts: Vec::with_capacity(planned.len()), origins: Vec::new(), findings };
    let mut number = 0;
    for (migration, undo, up, down, origin, parts) in planned {
        let names: Vec<_> = all.by_ref().take(parts).collect();
        let undoes = origin != Origin::Written || matches!(undo.written, Some(Verdict::Undoes));
        plan.drafts.push(Draft { migration, names, number, up, down, undoes });
        number += parts;
        plan.origins.push(origin);
    }
    plan
}

/// That a migration becomes several. The parts of its down are put in an order in which each undoes a part of the up, if
/// there is one.
fn becomes_several(
    migration: &Migration,
    up: &Direction<'_>,
    down: &mut Direction<'_>,
    parts: usize,
) -> Option<Finding> {
    if parts < 2 {
        return None;
    }
    let belong_together = match pair(up, down, parts) {
        Pairing::Reverse | Pairing::Not => false,
        Pairing::Reordered(steps) => {
            down.steps = Cow::Owned(steps);
            false
        }
        // One that was worked out says itself that it undoes all of them.
        Pairing::Together => !down.steps.is_empty() && down.made.is_none(),
    };
    let message = format!("migration {} becomes {parts} migrations", migration.name);
    let at = Span::new(migration.file, 0, 0);
    let why = "the target runs a migration as one transaction, and a statement of it cannot be in one";
    Some(match belong_together {
        false => Finding::new("C002", Level::Info, at, message).why(why),
        true => {
            let finding = Finding::new("C002", Level::Warning, at, format!("{message}, whose downs belong together"));
            finding.why(why).help("go back over all of them or none: one of their downs alone does not undo its up")
        }
    })
}

/// That a migration's own transactions are not kept.
fn taken_apart(migration: &Migration, up: &Direction<'_>, down: &Direction<'_>) -> Option<Finding> {
    let has = |steps: &[Step]| steps.iter().any(|step| matches!(step.op, Op::Transaction { .. }));
    let written = |down: &Down| match down {
        Down::Written(_, script) => has(&script.steps),
        Down::Missing | Down::Empty(_) => false,
    };
    let gone = (has(&migration.up.steps) && !has(&up.steps))
        || (down.made.is_none() && written(&migration.down) && !has(&down.steps));
    gone.then(|| {
        let message = format!("the transactions inside migration {} are not kept", migration.name);
        Finding::new("C007", Level::Info, Span::new(migration.file, 0, 0), message).why(
            "a statement in it may not be in a transaction, or has to be over before the next; each stands by itself",
        )
    })
}

/// A direction as somebody wrote it.
fn written<'h>(script: &'h Script, from: &'h Schema, transaction: TransactionMode) -> Direction<'h> {
    let mode = Mode::of(&script.steps, transaction);
    let (steps, mode) = match framing::of(&script.steps, mode, transaction) {
        Framing::Kept => (Cow::Borrowed(script.steps.as_slice()), mode),
        Framing::Told(steps) => (Cow::Owned(steps), Mode::Own),
        Framing::Gone(steps) => {
            let mode = Mode::of(&steps, TransactionMode::None);
            (Cow::Owned(steps), mode)
        }
    };
    Direction {
        steps,
        states: Vec::new(),
        notes: script.notes.iter().map(|(note, _)| note.clone()).collect(),
        from,
        mode,
        made: None,
    }
}

fn down<'h>(
    job: &Job<'h>,
    migration: &'h Migration,
    undo: &'h Undo,
    downs: Downs,
    findings: &mut Vec<Finding>,
) -> (Direction<'h>, Origin) {
    let made = &undo.made;
    let keep = |script: &'h Script| written(script, &made.from, migration.down_transaction);
    match &migration.down {
        Down::Written(file, script) => {
            let differs = matches!(undo.written, Some(Verdict::Differs(_)));
            if downs == Downs::Keep || !differs {
                return (keep(script), Origin::Written);
            }
            if matches!(made.grade, Grade::Refused(_)) {
                let message = format!("the written down of migration {} stays: none can be made", migration.name);
                findings.push(Finding::new("C003", Level::Warning, Span::new(*file, 0, 0), message));
                return (keep(script), Origin::Written);
            }
            (self::made(made), Origin::Replaced)
        }
        Down::Empty(file) if is_meant(job.tree, *file) => {
            let nothing = Direction { steps: Cow::Borrowed(&[]), ..self::made(made) };
            (Direction { made: None, mode: Mode::Any, ..nothing }, Origin::Empty)
        }
        Down::Empty(_) | Down::Missing => {
            let origin = match &made.grade {
                Grade::Refused(_) => Origin::Refused,
                Grade::Exact | Grade::SchemaOnly(_) if made.ops.is_empty() => Origin::Empty,
                Grade::Exact | Grade::SchemaOnly(_) => Origin::Made,
            };
            (self::made(made), origin)
        }
    }
}

/// Whether a down without a statement says that it is meant to be empty.
fn is_meant(tree: &SourceTree, file: FileId) -> bool {
    tree.read(file).is_ok_and(|text| text.contains(words::MEANT))
}

/// A down that was worked out.
fn made(made: &MadeDown) -> Direction<'_> {
    let steps: Vec<Step> = match made.from.dialect() {
        Dialect::Sqlite => sqlite::steps(&made.ops),
        Dialect::Postgres | Dialect::Mysql | Dialect::Mariadb => {
            made.ops.iter().map(|op| Step::new(op.clone(), Span::default())).collect()
        }
    };
    let mode = Mode::of(&steps, TransactionMode::Wrapped);
    let (states, notes) = (Vec::new(), Vec::new());
    Direction { steps: Cow::Owned(steps), states, notes, from: &made.from, mode, made: Some(made) }
}
