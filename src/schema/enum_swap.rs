//! Prisma Migrate takes values from an enum by putting another type in its place: a new type, its columns moved over,
//! the old type renamed away, the new one renamed to its name, the old one dropped. Read as steps that is what it is;
//! here the five are also recognised as what they mean: one change of values.

use super::{Object, Schema};
use crate::ir::{ColumnChange, DataType, Name, ObjectKind, ObjectRef, Op, Step};
use serde::Serialize;

/// An enum that got other values by way of a second type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EnumSwap {
    /// The enum, under the name that it has before and after.
    pub name: Name,
    /// The values that it has now and had not, in order.
    pub added: Vec<String>,
    /// The values that it had and has no more, in order.
    pub removed: Vec<String>,
    /// The columns that were moved over: table and column.
    pub columns: Vec<(Name, String)>,
}

/// The swaps among `steps`, which run in the state `before`.
pub fn enum_swaps(before: &Schema, steps: &[Step]) -> Vec<EnumSwap> {
    let created = steps.iter().enumerate().filter_map(|(at, step)| match &step.op {
        Op::CreateEnum { definition } => Some((at, definition)),
        _ => None,
    });
    created
        .filter_map(|(at, definition)| {
            let rest = &steps[at + 1..];
            let (taken, name) = renames(rest).find(|(object, _)| object.name == definition.name).map(named)?;
            let (old, away) = renames(rest).find(|(object, _)| object.name == name).map(named)?;
            let dropped = rest
                .iter()
                .any(|step| matches!(&step.op, Op::Drop { object, .. } if is_type(object) && object.name == away));
            if taken != definition.name || old != name || !dropped {
                return None;
            }
            let id = before.type_named(&name)?;
            let Object::Enum(found) = &before.get(&id)?.object else { return None };
            let missing = |all: &[String], from: &[String]| -> Vec<String> {
                all.iter().filter(|value| !from.contains(value)).cloned().collect()
            };
            let moved = |step: &Step| match &step.op {
                Op::AlterColumn { on, column, change: ColumnChange::Type { data_type, .. } }
                    if DataType::user(data_type) == Some(&definition.name) =>
                {
                    Some((on.table.clone(), column.clone()))
                }
                _ => None,
            };
            Some(EnumSwap {
                added: missing(&definition.values, &found.values),
                removed: missing(&found.values, &definition.values),
                columns: rest.iter().filter_map(moved).collect(),
                name,
            })
        })
        .collect()
}

fn is_type(object: &ObjectRef) -> bool {
    object.kind == ObjectKind::Type
}

fn renames(steps: &[Step]) -> impl Iterator<Item = (&ObjectRef, &String)> {
    steps.iter().filter_map(|step| match &step.op {
        Op::Rename { object, to, .. } if is_type(object) => Some((object, to)),
        _ => None,
    })
}

/// The name before and after.
fn named((object, to): (&ObjectRef, &String)) -> (Name, Name) {
    (object.name.clone(), object.name.sibling(to))
}
