//! The way back of one migration: its operations undone in reverse, put to the test, graded.

use super::aftermath::aftermath;
use super::births::Renaming;
use super::concurrent::make_concurrent;
use super::judge::{Untold, judge};
use super::loss::concise;
use super::note::{Note, sentences};
use super::plan::may_lose;
use super::restore::{Restored, restore};
use super::rows::Inserted;
use super::simplify::{Prover, in_former_order, simplify};
use super::trial::{obstacle, prove, unproven};
use super::{Asked, Backfill, Born, Loss, MadeDown, Undo, births, mysql, rows, sqlite, step};
use crate::diag::{Finding, Level, Outcome};
use crate::ir::{ColumnChange, Dialect, Down, Finder, Grade, Migration, Op, Step, TransactionMode};
use crate::schema::{Change, Event, Id, Replay, Schema, Taken, bodies_checked, enum_swaps};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// How many operations are held back with the states on either side, to be undone on another thread. The states of a
/// long migration would together take much more than the schema itself.
const HELD: usize = 64;

/// Why a down is refused that would have to say such a value.
const OPEN: &str = "a value in it is known only in a real run";

/// An operation that was carried out, with the states on either side, and why it cannot be undone if it cannot.
type Held = (Step, Schema, Schema, Option<String>);

/// One migration as replay went through it.
pub(super) struct Played<'h> {
    migration: &'h Migration,
    before: Schema,
    after: Schema,
    /// What is not known of its operations; nothing is looked for where nobody wrote a down.
    untold: Untold,
    /// What the first operations gave, if there are more than are held back.
    work: Gathered,
    /// The operations that were carried out since, each with the states on either side, and why it cannot be undone if it
    /// cannot.
    held: Vec<Held>,
    findings: Vec<Finding>,
}

impl<'h> Played<'h> {
    /// Replays the next migration of a history.
    pub(super) fn new(
        replay: &mut Replay,
        migration: &'h Migration,
        keys: sqlite::Keys,
        backfill: Backfill,
        asked: Asked,
    ) -> Self {
        let before = replay.schema.clone();
        let mut work = Gathered { keys, ..Gathered::default() };
        let is_held = asked.may_want(&migration.down);
        let mut held = Vec::with_capacity(migration.up.steps.len().min(HELD));
        // On SQLite several steps may be one change.
        let together = before.dialect() == Dialect::Sqlite || may_roll_back(&migration.up.steps);
        let most = if together { usize::MAX } else { HELD };
        let mut untold = Untold::default();
        let is_judged = matches!(migration.down, Down::Written(..));
        replay.enter(&migration.name);
        replay.migration(&migration.up.steps, &mut |event| {
            if is_judged {
                untold.follow(&event);
            }
            match event {
                Event::Taken(_) if !is_held => {}
                Event::Taken(taken) => {
                    if held.len() == most {
                        work.take_all(&held, backfill);
                        held.clear();
                    }
                    held.push((
                        taken.step.clone(),
                        taken.before.clone(),
                        taken.after.clone(),
                        taken.unfit.map(str::to_owned),
                    ));
                }
                Event::RolledBack(kept) => held.truncate(kept),
            }
        });
        let findings = std::mem::take(&mut replay.findings);
        Played { migration, before, after: replay.schema.clone(), untold, work, held, findings }
    }

    /// Works out its way back. The findings of replay are among those of the outcome.
    pub(super) fn undo(self, backfill: Backfill, asked: Asked) -> Outcome<Undo> {
        let Played { migration, before, after, untold, mut work, held, findings: mut replayed } = self;
        let (mut findings, mut judged) = (Vec::new(), Vec::new());
        let written = match &migration.down {
            Down::Missing | Down::Empty(_) => None,
            Down::Written(file, script) => {
                let at = Span::new(*file, 0, 0);
                Some(judge(&before, &after, &untold, script, migration.down_transaction, at, &mut judged))
            }
        };
        let made = match asked.wants(written.as_ref()) {
            true => {
                work.take_all(&held, backfill);
                drop(held);
                work.finish(&before, &after, migration, backfill, &mut findings)
            }
            false => refused(&before, &after, Vec::new()),
        };
        if matches!(&made.grade, Grade::Refused(reasons) if !reasons.is_empty()) {
            // There is none to put in its place.
            let wrong = judged.iter_mut().filter(|finding| finding.code == "D002");
            wrong.for_each(|finding| finding.help = Some("mend it by hand: no other can be vouched for".to_owned()));
        }
        findings.append(&mut judged);
        findings.append(&mut replayed);
        let enum_swaps = enum_swaps(&before, &migration.up.steps);
        Outcome { value: Undo { made, written, enum_swaps }, findings }
    }
}

/// Whether some of the steps may be taken back by a later one.
fn may_roll_back(steps: &[Step]) -> bool {
    steps.iter().any(|step| match &step.op {
        Op::Transaction { verb, .. } => ["ROLLBACK", "ABORT"].contains(&verb.as_str()),
        Op::When { then, otherwise, .. } => may_roll_back(then) || may_roll_back(otherwise),
        Op::Attempt { steps, .. } | Op::Call { then: steps, .. } => may_roll_back(steps),
        _ => false,
    })
}

/// What undoing the steps one by one has gathered so far.
#[derive(Default)]
struct Gathered {
    born: Born,
    /// The ways back in the order of the steps; to be run from the last to the first.
    backs: Vec<Vec<Op>>,
    /// Rows that are deleted again, each with the number of the way back that does it.
    inserted: Vec<(usize, Inserted)>,
    lost: Vec<Loss>,
    /// Tables that were renamed, with the names that they had first.
    names: BTreeMap<Id, Id>,
    discards: Vec<Loss>,
    notes: Vec<Note>,
    refusals: Vec<(String, Span)>,
    renamed: bool,
    /// Whether an index was attached to a partitioned one.
    attached: bool,
    concurrent: bool,
    values: Option<ValueRun>,
    /// What SQLite does about foreign keys by now.
    keys: sqlite::Keys,
}

/// Steps in a row that add values to enums.
struct ValueRun {
    /// The state before the first.
    before: Schema,
    /// How many notes there were before the first.
    notes: usize,
    /// How many reasons to refuse there were before the first.
    refused: usize,
}

impl Gathered {
    fn take_all(&mut self, held: &[Held], backfill: Backfill) {
        let mut rest = held;
        while let [(step, before, after, unfit), others @ ..] = rest {
            rest = match self.take_moved(rest) {
                Some(count) => rest.get(count..).unwrap_or_default(),
                None => {
                    self.take(&Taken { step, before, after, unfit: unfit.as_deref() }, backfill);
                    others
                }
            };
        }
    }

    /// Takes steps that together change one table of SQLite's, if the first begins such a change; how many there are.
    fn take_moved(&mut self, held: &[Held]) -> Option<usize> {
        let (first, before, ..) = held.first()?;
        let may_begin = matches!(first.op, Op::CreateTable { .. } | Op::Rename { .. } | Op::AddColumn { .. });
        if before.dialect() != Dialect::Sqlite || !may_begin {
            return None;
        }
        let steps: Vec<&Step> = held.iter().map(|(step, ..)| step).collect();
        let moved = sqlite::moved(before, &steps)?;
        let these = held.get(..moved.steps)?;
        if these.iter().any(|(.., unfit)| unfit.is_some()) {
            return None;
        }
        let (last, _, after, _) = these.last()?;
        let restored = sqlite::restore(after, before, Some(&moved));
        // Together they are none of the operations that they are one by one.
        let whole = Step::new(Op::Maintenance { sql: String::new() }, last.at);
        let taken = Taken { step: &whole, before, after, unfit: None };
        self.refusals.extend(restored.refusals.into_iter().map(|why| (why, first.at)));
        self.notes.extend(restored.notes);
        let fallen: Vec<Loss> =
            these.iter().flat_map(|(step, before, ..)| self.keys.fallout(before, &step.op)).collect();
        let lost: Vec<Loss> = (restored.lost.into_iter().chain(fallen))
            .filter(|loss| !self.born.covers(loss))
            .map(|loss| self.under_its_name(loss))
            .collect();
        self.lost.extend(lost);
        self.follow_inserted(&taken, &[]);
        self.backs.push(restored.ops);
        self.follow_discards(&taken, restored.discards);
        self.born.follow(&taken);
        Some(moved.steps)
    }

    fn take(&mut self, taken: &Taken<'_>, backfill: Backfill) {
        let op = &taken.step.op;
        let restored = match self.added_values(taken, backfill) {
            Some(restored) => restored,
            None => step::step(taken, backfill),
        };
        self.refusals.extend(restored.refusals.into_iter().map(|why| (why, taken.step.at)));
        self.notes.extend(restored.notes);
        let rows = rows::undo(taken.before, op, |id| self.born.has(id));
        let fallen = self.keys.fallout(taken.before, op).into_iter().chain(mysql::fallout(taken.before, op));
        let lost = restored.lost.into_iter().chain(rows.lost).chain(rows::events(taken.before, op)).chain(fallen);
        let lost: Vec<Loss> =
            lost.filter(|loss| !self.born.covers(loss)).map(|loss| self.under_its_name(loss)).collect();
        self.lost.extend(lost);
        self.follow_inserted(taken, &rows.set);
        self.inserted.extend(rows.inserted.map(|inserted| (self.backs.len(), inserted)));
        self.backs.push(if rows.ops.is_empty() { restored.ops } else { rows.ops });
        self.concurrent |=
            matches!(op, Op::CreateIndex { concurrently: true, .. } | Op::Drop { concurrently: true, .. });
        self.attached |= matches!(op, Op::AttachIndex { .. });
        self.renamed |= matches!(op, Op::Rename { .. } | Op::RenameColumn { .. } | Op::SetSchema { .. });
        self.follow_discards(taken, restored.discards);
        if let Some(renaming) = births::renaming(taken) {
            self.follow_names(taken.before, &renaming);
        }
        self.born.follow(taken);
    }

    /// Values that are added to enums one after the other are taken away at one go, in place of what was worked out for
    /// those before.
    fn added_values(&mut self, taken: &Taken<'_>, backfill: Backfill) -> Option<Restored> {
        if !matches!(taken.step.op, Op::AddEnumValue { .. }) {
            self.values = None;
            return None;
        }
        let Some(run) = &self.values else {
            let before = taken.before.clone();
            self.values = Some(ValueRun { before, notes: self.notes.len(), refused: self.refusals.len() });
            return None;
        };
        if taken.unfit.is_some() || self.refusals.len() > run.refused {
            return None;
        }
        self.notes.truncate(run.notes);
        if let Some(ops) = self.backs.last_mut() {
            ops.clear();
        }
        Some(restore(taken.after, &run.before, backfill))
    }

    /// What will be thrown away goes by the names that it has in the end, unless the migration takes it away itself.
    fn follow_discards(&mut self, taken: &Taken<'_>, more: Vec<Loss>) {
        self.discards.extend(more.into_iter().filter(|loss| is_there(taken.after, loss)));
        if let Some(renaming) = births::renaming(taken) {
            for loss in &mut self.discards {
                if let Some(id) = loss.id.as_ref().and_then(|id| renaming.of(id)) {
                    *loss = Loss::thrown(&id, &loss.column);
                }
            }
        } else if let Some((id, from, to)) = births::renamed_column(taken) {
            for loss in self.discards.iter_mut().filter(|loss| loss.id.as_ref() == Some(&id) && loss.column == from) {
                *loss = Loss::thrown(&id, &to);
            }
        } else if taken.before.changes(taken.after).iter().any(sheds) {
            self.discards.retain(|loss| is_there(taken.after, loss));
            self.names.retain(|id, _| taken.after.has(id));
        }
    }

    fn follow_names(&mut self, before: &Schema, renaming: &Renaming) {
        for id in renaming.touched(before) {
            let Some(now) = renaming.of(&id) else { continue };
            let first = self.names.remove(&id).unwrap_or(id);
            if now != first {
                self.names.insert(now, first);
            }
        }
    }

    /// A loss with the name that its table has again afterwards.
    fn under_its_name(&self, loss: Loss) -> Loss {
        match loss.id.as_ref().and_then(|id| self.names.get(id)) {
            Some(first) => loss.renamed(first),
            None => loss,
        }
    }

    /// Rows that were inserted earlier on are not found again once their key has changed.
    fn follow_inserted(&mut self, taken: &Taken<'_>, set: &[(Id, Vec<String>)]) {
        if let Some((id, from, to)) = births::renamed_column(taken) {
            let rows = self.inserted.iter_mut().filter(|(_, rows)| rows.id == id);
            rows.flat_map(|(_, rows)| &mut rows.key).filter(|column| **column == from).for_each(|column| {
                column.clone_from(&to);
            });
            return;
        }
        if let Some(renaming) = births::renaming(taken) {
            for (_, rows) in &mut self.inserted {
                rows.id = renaming.of(&rows.id).unwrap_or_else(|| rows.id.clone());
            }
            return;
        }
        // Code may change any row.
        let code = matches!(taken.step.op, Op::Code { .. });
        if self.inserted.is_empty() || (!code && set.is_empty() && taken.before.same(taken.after)) {
            return;
        }
        let mut touched: BTreeSet<&Id> = set.iter().map(|(id, _)| id).collect();
        let changes = taken.before.changes(taken.after);
        touched.extend(changes.iter().map(|change| change.id));
        if !code && !self.inserted.iter().any(|(_, rows)| touched.contains(&rows.id)) {
            return;
        }
        let mut kept = Vec::new();
        for (back, rows) in std::mem::take(&mut self.inserted) {
            let is_set = set.iter().any(|(id, columns)| {
                *id == rows.id && (columns.is_empty() || columns.iter().any(|column| rows.key.contains(column)))
            });
            if !code && !is_set && key_stays(taken, &rows) {
                kept.push((back, rows));
                continue;
            }
            // The later way back may even have given the key to other rows.
            if let Some(ops) = self.backs.get_mut(back) {
                ops.clear();
            }
            if taken.after.has(&rows.id) {
                let loss = self.under_its_name(stay(&rows, "their key changes later on"));
                self.lost.push(loss);
            }
        }
        self.inserted = kept;
    }

    /// Rows cannot be deleted while other inserted rows that stay refer to them: then they stay too.
    fn keep_what_is_referred_to(&mut self, before: &Schema, after: &Schema) {
        let mut staying: BTreeSet<Id> = self.lost.iter().filter_map(Loss::grown).cloned().collect();
        let held = |id: &Id, staying: &BTreeSet<Id>| {
            rows::holder(after, id, staying).or_else(|| rows::holder(before, id, staying)).cloned()
        };
        while let Some((at, by)) =
            (self.inserted.iter().enumerate()).find_map(|(at, (_, rows))| Some((at, held(&rows.id, &staying)?)))
        {
            let (back, rows) = self.inserted.remove(at);
            if let Some(ops) = self.backs.get_mut(back) {
                ops.clear();
            }
            let why = format!("rows that stay in {by} may refer to them");
            self.lost.push(self.under_its_name(stay(&rows, &why)));
            staying.insert(rows.id);
        }
    }

    fn finish(
        mut self,
        before: &Schema,
        after: &Schema,
        migration: &Migration,
        backfill: Backfill,
        findings: &mut Vec<Finding>,
    ) -> MadeDown {
        self.keep_what_is_referred_to(before, after);
        let mut ops: Vec<Op> = std::mem::take(&mut self.backs).into_iter().rev().flatten().collect();
        if let Dialect::Mysql | Dialect::Mariadb = after.dialect() {
            ops = mysql::in_order(before, after, ops);
        }
        if self.refusals.is_empty()
            && let Some(why) = unproven(before, after, &ops)
        {
            // Taken as one change the migration may still be undone, if nothing was renamed on the way.
            let whole = restore(after, before, backfill);
            if !self.renamed && whole.refusals.is_empty() && unproven(before, after, &whole.ops).is_none() {
                ops = whole.ops;
                self.lost.extend(self.inserted.iter().map(|(_, rows)| stay(rows, "they came between other changes")));
            } else {
                self.refusals.push((format!("no down could be proven: {why}"), Span::new(migration.file, 0, 0)));
            }
        }
        if !self.refusals.is_empty() {
            return self.refuse(before, after, migration, findings);
        }
        if after.dialect() == Dialect::Sqlite {
            let ops = sqlite::without_needless(before, after, ops);
            return self.graded(before, after, migration, ops);
        }
        if let Dialect::Mysql | Dialect::Mariadb = after.dialect() {
            match mysql::past_obstacles(before, after, ops, !self.renamed) {
                Ok(passed) => ops = passed,
                Err(obstacle) => {
                    self.refusals.push((obstacle, Span::new(migration.file, 0, 0)));
                    return self.refuse(before, after, migration, findings);
                }
            }
            return self.graded(before, after, migration, ops);
        }
        let place = |table: &crate::ir::Name, name: &str| {
            let state = before.table(&before.relation(table)?)?;
            state.table.columns.iter().position(|column| column.name == name)
        };
        let sorted = in_former_order(ops.clone(), place);
        if sorted != ops && unproven(before, after, &sorted).is_none() {
            ops = sorted;
        }
        if self.attached {
            // An index is attached for good, so that undoing it by itself makes everything anew.
            let whole = restore(after, before, backfill);
            if !self.renamed
                && whole.refusals.is_empty()
                && whole.ops.len() < ops.len()
                && unproven(before, after, &whole.ops).is_none()
            {
                ops = whole.ops;
            }
        }
        // Only asked for when there is a detour to take out.
        let longer = ops.clone();
        let in_the_way = std::cell::LazyCell::new(|| prove(before, after, &longer).in_the_way);
        // What an operation changes is copied, so that its cost goes by the width of the tables.
        let widths = before.changes(after).into_iter().flat_map(|change| [change.before, change.after]);
        let width = widths.flatten().filter_map(|entry| Some(entry.object.as_table()?.table.columns.len())).max();
        let holds = |shorter: &[Op]| {
            let proof = prove(before, after, shorter);
            proof.wrong.is_none() && proof.in_the_way <= *in_the_way
        };
        let prover = Prover::new(width.unwrap_or_default(), &holds);
        let table_of = |index: &crate::ir::Name| match &after.get(&after.relation(index)?)?.object {
            crate::schema::Object::Index(state) => Some(state.index.table.clone()),
            _ => None,
        };
        ops = simplify(ops, table_of, &prover);
        without_checking_bodies(&mut ops);
        if after.has_open() && ops.iter().any(Op::holds_open) {
            self.refusals.push((OPEN.to_owned(), Span::new(migration.file, 0, 0)));
            return self.refuse(before, after, migration, findings);
        }
        if let Some(obstacle) = obstacle(after, &ops) {
            self.refusals.push((obstacle, Span::new(migration.file, 0, 0)));
            return self.refuse(before, after, migration, findings);
        }
        self.graded(before, after, migration, ops)
    }

    /// The way back, with what is to be said of it.
    fn graded(mut self, before: &Schema, after: &Schema, migration: &Migration, mut ops: Vec<Op>) -> MadeDown {
        let (lost, discards) = aftermath(after, &ops);
        self.lost.extend(lost.into_iter().filter(|loss| !self.born.covers(loss)));
        self.discards.extend(discards);
        let lost = concise(&self.lost);
        let discards = concise(&self.discards);
        self.notes.retain(|note| note_holds(note, &ops));
        if ops.iter().any(|op| matches!(op, Op::SetOwner { owner, .. } if owner == "CURRENT_USER")) {
            let note =
                "the former owner is taken to be whoever runs this script: run it as the role that runs the migrations";
            self.notes.push(Note::Other(note.to_owned()));
        }
        let mut notes = sentences(&self.notes);
        let wrapped = migration.down_transaction == TransactionMode::Wrapped;
        let outside_transaction = self.concurrent && make_concurrent(&mut ops, wrapped, &mut notes);
        let grade = if lost.is_empty() { Grade::Exact } else { Grade::SchemaOnly(lost) };
        MadeDown { grade, ops, discards, notes, outside_transaction, from: after.clone(), before: before.clone() }
    }

    fn refuse(self, before: &Schema, after: &Schema, migration: &Migration, findings: &mut Vec<Finding>) -> MadeDown {
        let mut reasons: Vec<Finding> = Vec::new();
        let mut said = BTreeSet::new();
        for (why, at) in self.refusals {
            if !said.insert(why.clone()) {
                continue;
            }
            let message = format!("the down of {} is refused", migration.name);
            reasons.push(Finding::new("D001", Level::Warning, at, message).why(why).help("write this down by hand"));
        }
        // A file that cannot be read was said to be one already.
        let unread = |at: Span| {
            migration
                .up
                .steps
                .iter()
                .any(|step| step.at == at && matches!(&step.op, Op::Sql { sql, .. } if sql.is_empty()))
        };
        let mut said: Vec<Finding> = Vec::new();
        for reason in reasons.iter().filter(|reason| !reason.at.is_some_and(unread)) {
            // One statement is spoken of once, whatever stands in its way.
            match said.iter_mut().find(|other| other.at == reason.at) {
                Some(Finding { why: Some(whys), .. }) => {
                    whys.push_str("; ");
                    whys.push_str(reason.why.as_deref().unwrap_or_default());
                }
                _ => said.push(reason.clone()),
            }
        }
        findings.append(&mut said);
        refused(before, after, reasons)
    }
}

/// No down, for these reasons.
fn refused(before: &Schema, after: &Schema, reasons: Vec<Finding>) -> MadeDown {
    MadeDown {
        grade: Grade::Refused(reasons),
        ops: Vec::new(),
        discards: Vec::new(),
        notes: Vec::new(),
        outside_transaction: false,
        from: after.clone(),
        before: before.clone(),
    }
}

/// Whether a table, or a column of one, went.
fn sheds(change: &Change<'_>) -> bool {
    let (Some(before), after) = (change.before.and_then(|entry| entry.object.as_table()), change.after) else {
        return false;
    };
    let Some(after) = after.and_then(|entry| entry.object.as_table()) else { return true };
    let mut left = Finder::new(&after.table.columns);
    before.table.columns.iter().any(|column| left.find(&column.name).is_none())
}

/// Whether the table or column that a loss is about is there.
fn is_there(schema: &Schema, loss: &Loss) -> bool {
    let Some(state) = loss.id.as_ref().and_then(|id| schema.table(id)) else { return false };
    loss.column.is_empty() || state.table.columns.iter().any(|column| column.name == loss.column)
}

/// Whether the rows still have the key that they were inserted with, once the way back has come to before this.
fn key_stays(taken: &Taken<'_>, rows: &Inserted) -> bool {
    let column = |schema: &Schema, name: &String| {
        schema.table(&rows.id).and_then(|state| state.table.columns.iter().find(|column| column.name == *name).cloned())
    };
    rows.key.iter().all(|name| match (column(taken.before, name), column(taken.after, name)) {
        (Some(one), Some(other)) => one.data_type == other.data_type || !may_lose(&one.data_type, &other.data_type),
        _ => false,
    })
}

fn stay(rows: &Inserted, why: &str) -> Loss {
    Loss::more(&rows.id, format!("rows inserted into {} stay: {why}", rows.id))
}

/// PostgreSQL checks the bodies of SQL functions when they are made, and keeps them as text afterwards: what such a
/// body names may be gone or come later.
fn without_checking_bodies(ops: &mut Vec<Op>) {
    let is_checked = |op: &Op| matches!(op, Op::CreateRoutine { routine, .. } if !routine.atomic && routine.language.as_deref() == Some("sql"));
    if ops.iter().any(is_checked) {
        ops.retain(|op| !matches!(op, Op::SetParameter { .. }));
        ops.insert(0, bodies_checked(false));
        ops.push(bodies_checked(true));
    }
}

/// Whether a note is still true of operations from which detours were taken out.
fn note_holds(note: &Note, ops: &[Op]) -> bool {
    if let Note::Zoned(name) = note {
        let changes = |op: &Op| matches!(op, Op::AlterColumn { column, change: ColumnChange::Type { .. }, .. } if name.ends_with(column));
        return ops.iter().any(changes);
    }
    let (Note::Required(name) | Note::NoZero(name) | Note::Filled(name, _) | Note::FilledAgainst(name, _)) = note
    else {
        return true;
    };
    ops.iter().any(|op| match op {
        Op::AddColumn { column, .. } => column.not_null && name.ends_with(&column.name),
        _ => false,
    })
}
