//! One table into another of its name, in the order in which a server carries out the actions of one statement.

use super::values;
use crate::invert::Loss;
use crate::invert::note::Note;
use crate::invert::restore::Restored;
use crate::ir::{
    Behaviour, Column, ColumnChange, ColumnPosition, Constraint, ConstraintKind, ConstraintWord, Index, ObjectKind,
    ObjectRef, Op, Place, Table, TableChange,
};
use crate::schema::Id;

/// Foreign keys that come back once every table is there.
#[derive(Default)]
pub(super) struct Foreign {
    pub added: Vec<Op>,
}

/// Turns `now` into `wanted`.
pub(super) fn changes(done: &mut Restored, id: &Id, now: &Table, wanted: &Table, foreign: &mut Foreign) {
    let on = Place::new(wanted.name.clone());
    let goes = |one: &&Constraint| !wanted.constraints.contains(one);
    for one in now.constraints.iter().filter(goes) {
        done.ops.extend(drop_constraint(&on, one));
    }
    let comes: Vec<&Constraint> = wanted.constraints.iter().filter(|one| !now.constraints.contains(one)).collect();
    let (keys, others): (Vec<&Constraint>, Vec<&Constraint>) =
        comes.into_iter().partition(|one| matches!(one.kind, ConstraintKind::ForeignKey(_)));
    // An index that a foreign key brings comes with that; one that stays is made anew for it.
    let is_key = |one: &&Constraint| matches!(one.kind, ConstraintKind::ForeignKey(_));
    let brought =
        |index: &Index| index.implied && wanted.constraints.iter().filter(is_key).any(|key| key.name == index.name);
    for index in now.indexes.iter().filter(|index| !wanted.indexes.contains(index)) {
        let object = ObjectRef::on(ObjectKind::Index, index.name.clone().unwrap_or_default(), now.name.clone());
        done.ops.push(Op::Drop { object, if_exists: false, behaviour: Behaviour::Restrict, concurrently: false });
    }
    columns(done, id, &on, now, wanted);
    let add = |constraint: &Constraint| {
        let mut constraint = constraint.clone();
        if let ConstraintKind::PrimaryKey(_) = constraint.kind {
            constraint.name = None;
        }
        Op::AddConstraint { on: on.clone(), constraint }
    };
    done.ops.extend(others.into_iter().map(add));
    for index in wanted.indexes.iter().filter(|index| !now.indexes.contains(index) && !brought(index)) {
        let index = Index { implied: false, ..index.clone() };
        done.ops.push(Op::CreateIndex { index, if_not_exists: false, concurrently: false });
    }
    options(done, id, &on, now, wanted);
    foreign.added.extend(keys.into_iter().map(add));
}

/// Drops a constraint by the word for its kind.
pub(super) fn drop_constraint(on: &Place, one: &Constraint) -> Option<Op> {
    let kind = match &one.kind {
        ConstraintKind::PrimaryKey(_) => ConstraintWord::PrimaryKey,
        ConstraintKind::ForeignKey(_) => ConstraintWord::ForeignKey,
        _ => ConstraintWord::Check,
    };
    let kind = Some(kind).filter(|kind| *kind != ConstraintWord::Check);
    let name = one.name.clone()?;
    Some(Op::DropConstraint { on: on.clone(), name, if_exists: false, behaviour: Behaviour::Restrict, kind })
}

/// Whether a column has to be made anew: what is computed is not changed in place.
fn is_made_anew(now: &Column, wanted: &Column) -> bool {
    let computed = |column: &Column| (column.generated.clone(), column.is_virtual, column.data_type.clone());
    let is_computed = now.generated.is_some() || wanted.generated.is_some();
    is_computed && computed(now) != computed(wanted)
}

fn columns(done: &mut Restored, id: &Id, on: &Place, now: &Table, wanted: &Table) {
    let find = |table: &Table, name: &str| table.columns.iter().find(|column| column.name == name).cloned();
    let mut order: Vec<String> = Vec::new();
    for column in &now.columns {
        if find(wanted, &column.name).is_some_and(|wanted| !is_made_anew(column, &wanted)) {
            order.push(column.name.clone());
            continue;
        }
        if column.generated.is_none() {
            done.discards.push(Loss::thrown(id, &column.name));
        }
        let name = column.name.clone();
        done.ops.push(Op::DropColumn {
            on: on.clone(),
            column: name,
            if_exists: false,
            behaviour: Behaviour::Restrict,
        });
    }
    let (mut stay, mut put) = (Vec::new(), Vec::new());
    for (at, column) in wanted.columns.iter().enumerate() {
        let position = match at.checked_sub(1).and_then(|before| wanted.columns.get(before)) {
            Some(before) => ColumnPosition::After(before.name.clone()),
            None => ColumnPosition::First,
        };
        if !order.contains(&column.name) {
            let position = Some(position).filter(|_| at < order.len());
            order.insert(at.min(order.len()), column.name.clone());
            added(done, id, column);
            put.push(Op::AddColumn { on: on.clone(), column: column.clone(), if_not_exists: false, position });
            continue;
        }
        let found = find(now, &column.name);
        let is_moved = order.get(at) != Some(&column.name);
        if is_moved {
            order.retain(|name| *name != column.name);
            order.insert(at.min(order.len()), column.name.clone());
        }
        if !is_moved && found.as_ref() == Some(column) {
            continue;
        }
        if let Some(found) = found
            && let Some(what) = values::changed(column, &found)
        {
            done.lost.push(Loss::values(id, &column.name, format!("{what} of column {id}.{}", column.name)));
        }
        let change =
            ColumnChange::Redefine { column: Box::new(column.clone()), position: Some(position).filter(|_| is_moved) };
        let op = Op::AlterColumn { on: on.clone(), column: column.name.clone(), change };
        if is_moved { put.push(op) } else { stay.push(op) }
    }
    done.ops.extend(stay);
    done.ops.extend(put);
}

fn added(done: &mut Restored, id: &Id, column: &Column) {
    if column.generated.is_some() {
        return;
    }
    let text = format!("values of column {id}.{}", column.name);
    done.lost.push(Loss::column(id, &column.name, text));
    if column.not_null && column.default.is_none() && !column.auto_increment {
        done.notes.push(Note::Other(format!(
            "{id}.{} comes back NOT NULL without a default: rows that are there get 0, an empty text or the like",
            column.name
        )));
    }
}

fn options(done: &mut Restored, id: &Id, on: &Place, now: &Table, wanted: &Table) {
    let mut set: Vec<(String, String)> =
        wanted.options.iter().filter(|option| !now.options.contains(option)).cloned().collect();
    for (name, _) in now.options.iter().filter(|(name, _)| !wanted.options.iter().any(|(other, _)| other == name)) {
        match name.as_str() {
            "COMMENT" => set.push((name.clone(), "''".to_owned())),
            name => done.refusals.push(format!("what {name} of {id} was before is not known")),
        }
    }
    if !set.is_empty() {
        done.ops.push(Op::AlterTable { on: on.clone(), change: TableChange::SetOptions(set) });
    }
}
