//! Undoing step by step leaves detours: a column that comes back only to go again, a table that is altered before it is
//! dropped. This takes them out, as long as replay proves the shorter way as right as the longer one.

use crate::ir::{ColumnChange, Grantable, Name, ObjectKind, ObjectRef, Op, TableChange};

/// The same way back without detours. `proven` says whether a list of operations still leads back, with nothing in
/// the way; `table_of` names the table of an index.
pub(super) fn simplify(
    ops: Vec<Op>,
    table_of: impl Fn(&Name) -> Option<Name>,
    proven: impl Fn(&[Op]) -> bool,
) -> Vec<Op> {
    let mut ops = ops;
    while let Some(shorter) = work_on_what_goes(&ops, &table_of, &proven) {
        ops = shorter;
    }
    for shorten in [passing_tables, passing_columns, loosened_columns, work_on_columns_that_go] {
        while let Some(shorter) = shorten(&ops, &proven) {
            ops = shorter;
        }
    }
    ops
}

type Proof<'a> = dyn Fn(&[Op]) -> bool + 'a;

/// The first shorter list that `candidates` gives and that is proven.
fn first_proven(candidates: impl Iterator<Item = Vec<Op>>, proven: &Proof<'_>) -> Option<Vec<Op>> {
    candidates.into_iter().find(|shorter| proven(shorter))
}

fn without(ops: &[Op], gone: impl Fn(usize, &Op) -> bool) -> Vec<Op> {
    ops.iter().enumerate().filter(|(at, op)| !gone(*at, op)).map(|(_, op)| op.clone()).collect()
}

/// Tables that are made and dropped again within the script.
fn passing_tables(ops: &[Op], proven: &Proof<'_>) -> Option<Vec<Op>> {
    let pairs = ops.iter().enumerate().filter_map(|(made, op)| {
        let Op::CreateTable { table, .. } = op else { return None };
        let gone = drop_of(ops, &table.name, made + 1)?;
        (!renamed(&ops[made..gone], &table.name)).then(|| (made, gone, table.name.clone()))
    });
    let shorter = pairs.map(|(made, gone, name)| {
        without(ops, |at, op| at == made || at == gone || ((made..gone).contains(&at) && concerns(op, &name)))
    });
    first_proven(shorter, proven)
}

/// What is done to an object before it is dropped.
fn work_on_what_goes(ops: &[Op], table_of: &dyn Fn(&Name) -> Option<Name>, proven: &Proof<'_>) -> Option<Vec<Op>> {
    let about = |op: &Op, gone: &ObjectRef| match op {
        Op::Drop { object, .. } if object.kind == ObjectKind::Index => {
            table_of(&object.name).as_ref() == Some(&gone.name)
        }
        _ => says_of(op, gone) || (is_relation(gone.kind) && concerns(op, &gone.name)),
    };
    let drops = ops.iter().enumerate().filter_map(|(at, op)| match op {
        Op::Drop { object, .. } if !matches!(object.kind, ObjectKind::Index | ObjectKind::Schema) => Some((at, object)),
        _ => None,
    });
    let mut shorter = Vec::new();
    for (at, gone) in drops {
        if renamed(&ops[..at], &gone.name) || made(&ops[..at], &gone.name) {
            continue;
        }
        // A role that goes meanwhile must own nothing and have no privileges.
        let last_role = ops[..at].iter().rposition(is_role_dropped).unwrap_or(0);
        let about = |other: usize, op: &Op| {
            let frees = matches!(op, Op::Revoke { .. } | Op::SetOwner { .. }) && other < last_role;
            !frees && about(op, gone)
        };
        let all = without(ops, |other, op| other < at && about(other, op));
        if all.len() == ops.len() {
            continue;
        }
        shorter.push(all);
        // Some of it may be needed after all; then one at a time.
        for (one, op) in ops[..at].iter().enumerate() {
            if about(one, op) {
                shorter.push(without(ops, |at, _| at == one));
            }
        }
    }
    first_proven(shorter.into_iter(), proven)
}

/// Columns that are added and dropped again within the script.
fn passing_columns(ops: &[Op], proven: &Proof<'_>) -> Option<Vec<Op>> {
    let pairs = ops.iter().enumerate().filter_map(|(added, op)| {
        let Op::AddColumn { on, column, .. } = op else { return None };
        let gone = ops[added..].iter().position(|other| {
            matches!(other, Op::DropColumn { on: place, column: name, .. } if place.table == on.table && *name == column.name)
        })?;
        Some((added, added + gone, on.table.clone(), column.name.clone()))
    });
    let shorter = pairs.map(|(added, gone, table, column)| {
        without(ops, |at, op| {
            at == added || at == gone || ((added..gone).contains(&at) && alters_column(op, &table, &column))
        })
    });
    first_proven(shorter, proven)
}

/// What is done to a column before it is dropped.
fn work_on_columns_that_go(ops: &[Op], proven: &Proof<'_>) -> Option<Vec<Op>> {
    let drops = ops.iter().enumerate().filter_map(|(gone, op)| match op {
        Op::DropColumn { on, column, .. } => Some((gone, on.table.clone(), column.clone())),
        _ => None,
    });
    let shorter = drops
        .map(|(gone, table, column)| without(ops, |at, op| at < gone && alters_column(op, &table, &column)))
        .filter(|shorter| shorter.len() < ops.len());
    first_proven(shorter, proven)
}

/// Columns that come back `NOT NULL` and lose that again: they come back without it, and so without a filling.
fn loosened_columns(ops: &[Op], proven: &Proof<'_>) -> Option<Vec<Op>> {
    let pairs = ops.iter().enumerate().filter_map(|(added, op)| {
        let Op::AddColumn { on, column, .. } = op else { return None };
        let loosened = ops[added..].iter().position(|other| {
            matches!(other, Op::AlterColumn { on: place, column: name, change: ColumnChange::DropNotNull }
                if place.table == on.table && *name == column.name)
        })?;
        Some((added, added + loosened))
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
    first_proven(shorter, proven)
}

fn drop_of(ops: &[Op], table: &Name, from: usize) -> Option<usize> {
    let found = ops.get(from..)?.iter().position(
        |op| matches!(op, Op::Drop { object, .. } if object.kind == ObjectKind::Table && object.name == *table),
    )?;
    Some(from + found)
}

fn renamed(ops: &[Op], table: &Name) -> bool {
    ops.iter().any(|op| match op {
        Op::Rename { object, to, .. } => object.name == *table || *to == table.name,
        Op::SetSchema { object, .. } => object.name.name == table.name,
        _ => false,
    })
}

fn made(ops: &[Op], table: &Name) -> bool {
    ops.iter().any(|op| matches!(op, Op::CreateTable { table: found, .. } if found.name == *table))
}

fn alters_column(op: &Op, table: &Name, name: &str) -> bool {
    matches!(op, Op::AlterColumn { on, column, .. } if on.table == *table && column == name)
        || matches!(op, Op::Comment { object, .. }
            if object.kind == ObjectKind::Column && object.on.as_ref() == Some(table) && object.name.name == name)
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

/// Whether an operation is about one table and nothing else.
fn concerns(op: &Op, table: &Name) -> bool {
    match op {
        Op::AddColumn { on, .. }
        | Op::AlterColumn { on, .. }
        | Op::DropColumn { on, .. }
        | Op::AddConstraint { on, .. }
        | Op::DropConstraint { on, .. }
        | Op::ValidateConstraint { on, .. }
        | Op::AlterConstraint { on, .. }
        | Op::RenameConstraint { on, .. }
        | Op::RenameColumn { on, .. } => on.table == *table,
        Op::AlterTable { on, change } => {
            on.table == *table
                && !matches!(change, TableChange::AttachPartition { .. } | TableChange::DetachPartition { .. })
        }
        Op::CreateIndex { index, .. } => index.table == *table,
        Op::CreateTrigger { trigger, .. } => trigger.table == *table,
        Op::CreatePolicy { policy } | Op::AlterPolicy { policy } => policy.table == *table,
        Op::Drop { object, .. } | Op::Comment { object, .. } => match object.kind {
            ObjectKind::Trigger
            | ObjectKind::Policy
            | ObjectKind::Rule
            | ObjectKind::Column
            | ObjectKind::Constraint => object.on.as_ref() == Some(table),
            _ => false,
        },
        _ => false,
    }
}
