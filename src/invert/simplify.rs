//! Undoing step by step leaves detours: a column that comes back only to go again, a table that is altered before it is
//! dropped. This takes them out, as long as replay proves the shorter way as right as the longer one.

use crate::ir::{ColumnChange, Grantable, Name, ObjectKind, ObjectRef, Op, TableChange};
use std::cell::Cell;
use std::collections::BTreeMap;

/// What proving may cost, so that a huge migration takes no quadratic time: a thousand for every ten operations.
const BUDGET: usize = 1_000_000;

/// Says whether a list of operations still leads back, with nothing in the way, as long as that does not cost too much.
pub(super) struct Prover<'a> {
    left: Cell<usize>,
    /// What replaying one operation costs.
    each: usize,
    holds: &'a dyn Fn(&[Op]) -> bool,
}

impl<'a> Prover<'a> {
    /// A prover for operations on tables of at most so many columns.
    pub(super) fn new(width: usize, holds: &'a dyn Fn(&[Op]) -> bool) -> Self {
        Prover { left: Cell::new(BUDGET), each: width.max(100), holds }
    }

    fn proven(&self, ops: &[Op]) -> bool {
        self.left.set(self.left.get().saturating_sub(ops.len().saturating_mul(self.each)));
        !self.is_spent() && (self.holds)(ops)
    }

    fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// The first shorter list that `candidates` gives and that is proven.
    fn first(&self, candidates: impl Iterator<Item = Vec<Op>>) -> Option<Vec<Op>> {
        // A candidate is a copy, so none is made in vain.
        let mut candidates = candidates;
        while !self.is_spent() {
            let shorter = candidates.next()?;
            if self.proven(&shorter) {
                return Some(shorter);
            }
        }
        None
    }
}

/// The same way back without detours; `table_of` names the table of an index.
pub(super) fn simplify(ops: Vec<Op>, table_of: impl Fn(&Name) -> Option<Name>, prover: &Prover<'_>) -> Vec<Op> {
    let mut ops = ops;
    if let Some(moved) = extensions_last(&ops)
        && prover.proven(&moved)
    {
        ops = moved;
    }
    while let Some(shorter) = work_on_what_goes(&ops, &table_of, prover) {
        ops = shorter;
    }
    for shorten in [passing_tables, passing_columns, loosened_columns, work_on_columns_that_go] {
        while let Some(shorter) = shorten(&ops, prover) {
            ops = shorter;
        }
    }
    ops
}

/// Columns of one table that are added in a row: its name, whether it is generated, its place, and the operations.
type Run = Vec<((Name, bool, usize), Vec<Op>)>;

/// The same with columns that are added one right after the other in the order in which they stood; `place` gives the
/// place of a table's column.
pub(super) fn in_former_order(ops: Vec<Op>, place: impl Fn(&Name, &str) -> Option<usize>) -> Vec<Op> {
    let added = |op: &Op| match op {
        Op::AddColumn { on, column, .. } => {
            Some((on.table.clone(), column.generated.is_some(), place(&on.table, &column.name)?))
        }
        _ => None,
    };
    let mut sorted: Vec<Op> = Vec::with_capacity(ops.len());
    // Each column with what is said of it right behind; generated ones come last, for they read the others.
    let mut run: Run = Vec::new();
    let flush = |run: &mut Run, sorted: &mut Vec<Op>| {
        run.sort_by_key(|((_, generated, place), _)| (*generated, *place));
        sorted.extend(run.drain(..).flat_map(|(_, ops)| ops));
    };
    for op in ops {
        if let Some(key) = added(&op) {
            if run.last().is_some_and(|(last, _)| last.0 != key.0) {
                flush(&mut run, &mut sorted);
            }
            run.push((key, vec![op]));
            continue;
        }
        let goes_on = |run: &Run| match run.last().and_then(|(_, ops)| ops.first()) {
            Some(Op::AddColumn { on, column, .. }) => alters_column(&op, &on.table, &column.name),
            _ => false,
        };
        if goes_on(&run) {
            run.iter_mut().last().into_iter().for_each(|(_, ops)| ops.push(op.clone()));
        } else {
            flush(&mut run, &mut sorted);
            sorted.push(op);
        }
    }
    flush(&mut run, &mut sorted);
    sorted
}

fn without(ops: &[Op], gone: impl Fn(usize, &Op) -> bool) -> Vec<Op> {
    ops.iter().enumerate().filter(|(at, op)| !gone(*at, op)).map(|(_, op)| op.clone()).collect()
}

/// Where the operations stand that have a key, by the key.
struct Places<K>(BTreeMap<K, Vec<usize>>);

impl<K: Ord> Places<K> {
    fn of<'a, I: IntoIterator<Item = K>>(ops: &'a [Op], keys: impl Fn(&'a Op) -> I) -> Self {
        let mut places: BTreeMap<K, Vec<usize>> = BTreeMap::new();
        for (at, op) in ops.iter().enumerate() {
            for key in keys(op) {
                places.entry(key).or_default().push(at);
            }
        }
        Places(places)
    }

    fn all(&self, key: &K) -> &[usize] {
        self.0.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first at or after a place.
    fn from(&self, key: &K, at: usize) -> Option<usize> {
        let all = self.all(key);
        all.get(all.partition_point(|place| *place < at)).copied()
    }

    fn before(&self, key: &K, at: usize) -> &[usize] {
        let all = self.all(key);
        &all[..all.partition_point(|place| *place < at)]
    }
}

/// Extensions go after everything else that goes: what uses one need not be known to. `None` when they do already.
fn extensions_last(ops: &[Op]) -> Option<Vec<Op>> {
    let is_extension = |op: &Op| matches!(op, Op::Drop { object, .. } if object.kind == ObjectKind::Extension);
    let mut sorted: Vec<Op> = Vec::with_capacity(ops.len());
    // A name that comes back may be that of something which the extension holds.
    for run in ops.chunk_by(|_, next| only_sheds(next)) {
        let (extensions, others): (Vec<&Op>, Vec<&Op>) = run.iter().partition(|op| is_extension(op));
        sorted.extend(others.into_iter().chain(extensions).cloned());
    }
    (sorted != ops).then_some(sorted)
}

/// Whether an operation only takes something away, and no room for what an extension holds.
fn only_sheds(op: &Op) -> bool {
    match op {
        Op::Drop { object, .. } => !matches!(object.kind, ObjectKind::Schema | ObjectKind::Role),
        Op::DropColumn { .. } | Op::DropConstraint { .. } => true,
        Op::AlterColumn { change, .. } => matches!(
            change,
            ColumnChange::Type { .. }
                | ColumnChange::SetDefault(_)
                | ColumnChange::DropDefault
                | ColumnChange::SetNotNull
                | ColumnChange::DropNotNull
        ),
        Op::Comment { .. } => true,
        _ => false,
    }
}

/// Tables that are made and dropped again within the script.
fn passing_tables(ops: &[Op], prover: &Prover<'_>) -> Option<Vec<Op>> {
    let drops = Places::of(ops, |op| match op {
        Op::Drop { object, .. } if object.kind == ObjectKind::Table => Some(&object.name),
        _ => None,
    });
    let pairs = ops.iter().enumerate().filter_map(|(made, op)| {
        let Op::CreateTable { table, .. } = op else { return None };
        let gone = drops.from(&&table.name, made + 1)?;
        (!renamed(&ops[made..gone], &table.name)).then(|| (made, gone, table.name.clone()))
    });
    let shorter = pairs.map(|(made, gone, name)| {
        without(ops, |at, op| at == made || at == gone || ((made..gone).contains(&at) && concerns(op, &name)))
    });
    prover.first(shorter)
}

/// What is done to an object before it is dropped.
fn work_on_what_goes(ops: &[Op], table_of: &dyn Fn(&Name) -> Option<Name>, prover: &Prover<'_>) -> Option<Vec<Op>> {
    let tables: BTreeMap<&Name, Name> = ops
        .iter()
        .filter_map(|op| match op {
            Op::Drop { object, .. } if object.kind == ObjectKind::Index => {
                Some((&object.name, table_of(&object.name)?))
            }
            _ => None,
        })
        .collect();
    let about = |op: &Op, gone: &ObjectRef| match op {
        Op::Drop { object, .. } if object.kind == ObjectKind::Index => tables.get(&object.name) == Some(&gone.name),
        _ => says_of(op, gone) || (is_relation(gone.kind) && concerns(op, &gone.name)),
    };
    let named = Places::of(ops, |op| match op {
        Op::Drop { object, .. } if object.kind == ObjectKind::Index => tables.get(&object.name).into_iter().collect(),
        _ => names(op),
    });
    let made = Places::of(ops, |op| match op {
        Op::CreateTable { table, .. } => Some(&table.name),
        _ => None,
    });
    let role_drops: Vec<usize> = (0..ops.len()).filter(|at| is_role_dropped(&ops[*at])).collect();
    let renamings: Vec<usize> = (0..ops.len()).filter(|at| is_renaming(&ops[*at])).collect();
    let drops = ops.iter().enumerate().filter_map(|(at, op)| match op {
        Op::Drop { object, .. } if !matches!(object.kind, ObjectKind::Index | ObjectKind::Schema) => Some((at, object)),
        _ => None,
    });
    let shorter = drops.flat_map(|(at, gone)| {
        let earlier = renamings.iter().take_while(|place| **place < at);
        let is_other = !made.before(&&gone.name, at).is_empty()
            || earlier.into_iter().any(|place| renamed(&ops[*place..=*place], &gone.name));
        let work: Vec<usize> = match is_other {
            true => Vec::new(),
            false => {
                let places = named.before(&&gone.name, at).iter().copied();
                // A role that goes meanwhile must own nothing and have no privileges.
                let last_role = role_drops[..role_drops.partition_point(|place| *place < at)].last().copied();
                let frees = |place: usize| {
                    matches!(ops[place], Op::Revoke { .. } | Op::SetOwner { .. })
                        && last_role.is_some_and(|role| place < role)
                };
                places.filter(|place| !frees(*place) && about(&ops[*place], gone)).collect()
            }
        };
        // Some of it may be needed after all; then one at a time.
        let all = (!work.is_empty()).then(|| work.clone());
        let alone = work.into_iter().map(|one| vec![one]);
        all.into_iter().chain(alone)
    });
    prover.first(shorter.map(|gone| without(ops, |at, _| gone.binary_search(&at).is_ok())))
}

/// Columns that are added and dropped again within the script.
fn passing_columns(ops: &[Op], prover: &Prover<'_>) -> Option<Vec<Op>> {
    let drops = Places::of(ops, dropped_column);
    let pairs = ops.iter().enumerate().filter_map(|(added, op)| {
        let Op::AddColumn { on, column, .. } = op else { return None };
        let gone = drops.from(&(&on.table, &column.name), added)?;
        Some((added, gone, on.table.clone(), column.name.clone()))
    });
    let shorter = pairs.map(|(added, gone, table, column)| {
        without(ops, |at, op| {
            at == added || at == gone || ((added..gone).contains(&at) && alters_column(op, &table, &column))
        })
    });
    prover.first(shorter)
}

/// What is done to a column before it is dropped.
fn work_on_columns_that_go(ops: &[Op], prover: &Prover<'_>) -> Option<Vec<Op>> {
    let altered = Places::of(ops, altered_column);
    let drops = ops.iter().enumerate().filter_map(|(gone, op)| {
        let key = dropped_column(op)?;
        Some((gone, altered.before(&key, gone))).filter(|(_, work)| !work.is_empty())
    });
    prover.first(drops.map(|(_, work)| without(ops, |at, _| work.binary_search(&at).is_ok())))
}

/// Columns that come back `NOT NULL` and lose that again: they come back without it, and so without a filling.
fn loosened_columns(ops: &[Op], prover: &Prover<'_>) -> Option<Vec<Op>> {
    let loosenings = Places::of(ops, |op| match op {
        Op::AlterColumn { on, column, change: ColumnChange::DropNotNull } => Some((&on.table, column)),
        _ => None,
    });
    let pairs = ops.iter().enumerate().filter_map(|(added, op)| {
        let Op::AddColumn { on, column, .. } = op else { return None };
        Some((added, loosenings.from(&(&on.table, &column.name), added)?))
    });
    let shorter = pairs.map(|(added, loosened)| {
        let mut list = ops.to_vec();
        list.remove(loosened);
        let filled = match (&ops[added], ops.get(added + 1)) {
            (
                Op::AddColumn { on, column, .. },
                Some(Op::AlterColumn { on: place, column: name, change: ColumnChange::DropDefault }),
            ) => on.table == place.table && *name == column.name && column.default.is_some(),
            _ => false,
        };
        if filled {
            list.remove(added + 1);
        }
        if let Some(Op::AddColumn { column, .. }) = list.get_mut(added) {
            column.not_null = false;
            if filled {
                column.default = None;
            }
        }
        list
    });
    prover.first(shorter)
}

fn renamed(ops: &[Op], table: &Name) -> bool {
    ops.iter().any(|op| match op {
        Op::Rename { object, to, .. } => object.name == *table || *to == table.name,
        Op::SetSchema { object, .. } => object.name.name == table.name,
        _ => false,
    })
}

fn is_renaming(op: &Op) -> bool {
    matches!(op, Op::Rename { .. } | Op::SetSchema { .. })
}

fn dropped_column(op: &Op) -> Option<(&Name, &String)> {
    match op {
        Op::DropColumn { on, column, .. } => Some((&on.table, column)),
        _ => None,
    }
}

/// The column that an operation alters or comments on.
fn altered_column(op: &Op) -> Option<(&Name, &String)> {
    match op {
        Op::AlterColumn { on, column, .. } => Some((&on.table, column)),
        Op::Comment { object, .. } if object.kind == ObjectKind::Column => {
            Some((object.on.as_ref()?, &object.name.name))
        }
        _ => None,
    }
}

fn alters_column(op: &Op, table: &Name, name: &String) -> bool {
    altered_column(op) == Some((table, name))
}

fn is_role_dropped(op: &Op) -> bool {
    matches!(op, Op::Drop { object, .. } if object.kind == ObjectKind::Role)
}

fn is_relation(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Table | ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::ForeignTable)
}

/// Whether an operation only says something of that object: a comment, an owner, a privilege.
fn says_of(op: &Op, object: &ObjectRef) -> bool {
    let same = |other: &ObjectRef| {
        let of_one_kind = other.kind == object.kind || (other.kind == ObjectKind::Table && is_relation(object.kind));
        of_one_kind && other.name == object.name && other.on == object.on && other.args == object.args
    };
    match op {
        Op::Comment { object, .. } | Op::SetOwner { object, .. } => same(object),
        Op::Grant { grant } | Op::Revoke { grant, .. } => {
            matches!(&grant.on, Grantable::Objects(objects) if matches!(objects.as_slice(), [one] if same(one)))
        }
        _ => false,
    }
}

/// The names of what an operation may be about, as [`says_of`] and [`concerns`] tell it.
fn names(op: &Op) -> Vec<&Name> {
    let said = match op {
        Op::Comment { object, .. } | Op::SetOwner { object, .. } => Some(&object.name),
        Op::Grant { grant } | Op::Revoke { grant, .. } => match &grant.on {
            Grantable::Objects(objects) => objects.first().map(|object| &object.name),
            _ => None,
        },
        _ => None,
    };
    said.into_iter().chain(concerned(op)).collect()
}

/// Whether an operation is about one table and nothing else.
fn concerns(op: &Op, table: &Name) -> bool {
    concerned(op) == Some(table)
}

/// The one table that an operation is about, if it is about nothing else.
fn concerned(op: &Op) -> Option<&Name> {
    match op {
        Op::AddColumn { on, .. }
        | Op::AlterColumn { on, .. }
        | Op::DropColumn { on, .. }
        | Op::AddConstraint { on, .. }
        | Op::DropConstraint { on, .. }
        | Op::ValidateConstraint { on, .. }
        | Op::AlterConstraint { on, .. }
        | Op::RenameConstraint { on, .. }
        | Op::RenameColumn { on, .. } => Some(&on.table),
        Op::AlterTable {
            change: TableChange::AttachPartition { .. } | TableChange::DetachPartition { .. }, ..
        } => None,
        Op::AlterTable { on, .. } => Some(&on.table),
        Op::CreateIndex { index, .. } => Some(&index.table),
        Op::CreateTrigger { trigger, .. } => Some(&trigger.table),
        Op::CreatePolicy { policy } | Op::AlterPolicy { policy } => Some(&policy.table),
        Op::Drop { object, .. } | Op::Comment { object, .. } => match object.kind {
            ObjectKind::Trigger
            | ObjectKind::Policy
            | ObjectKind::Rule
            | ObjectKind::Column
            | ObjectKind::Constraint => object.on.as_ref(),
            _ => None,
        },
        _ => None,
    }
}
