//! What happens to the rows of other tables when one is dropped: as long as foreign keys are on, SQLite deletes its rows first,
//! and does to the rows that refer to them what their keys say. Source: SQLite's documentation of foreign keys, 5; seen with
//! better-sqlite3 12.11.1, for which they are on unless somebody turns them off.

use crate::invert::Loss;
use crate::ir::{ConstraintKind, Dialect, ObjectKind, ObjectRef, Op, ReferentialAction};
use crate::schema::{Id, Object, Schema};

/// What a connection does about foreign keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::invert) enum Keys {
    /// They may be on.
    #[default]
    MayHold,
    /// They are off.
    Off,
}

impl Keys {
    /// The rows and values of other tables that may be gone with a table that an operation drops; and goes on to what it says
    /// about foreign keys.
    pub fn fallout(&mut self, before: &Schema, op: &Op) -> Vec<Loss> {
        match op {
            Op::SetParameter { name, value, .. } if name == "foreign_keys" => {
                let off = ["off", "0", "false", "no"];
                let is_off = value.as_deref().is_some_and(|value| off.contains(&value.to_ascii_lowercase().as_str()));
                *self = if is_off { Keys::Off } else { Keys::MayHold };
                Vec::new()
            }
            Op::Drop { object, .. } if *self == Keys::MayHold && before.dialect() == Dialect::Sqlite => {
                fallout(before, object)
            }
            _ => Vec::new(),
        }
    }
}

fn fallout(before: &Schema, object: &ObjectRef) -> Vec<Loss> {
    if object.kind != ObjectKind::Table {
        return Vec::new();
    }
    let Some(dropped) = before.relation(&object.name) else { return Vec::new() };
    let Id::Relation(key) = &dropped else { return Vec::new() };
    let mut lost = Vec::new();
    for (id, entry) in before.iter().filter(|(id, _)| **id != dropped) {
        let Object::Table(state) = &entry.object else { continue };
        for constraint in &state.table.constraints {
            let ConstraintKind::ForeignKey(foreign) = &constraint.kind else { continue };
            if !foreign.references.name.eq_ignore_ascii_case(&key.name) {
                continue;
            }
            let why = format!("which refer to {dropped}, unless foreign keys are off");
            match &foreign.on_delete {
                ReferentialAction::Cascade => lost.push(Loss::rows(id, format!("rows of {id}, {why}"))),
                ReferentialAction::SetNull(_) | ReferentialAction::SetDefault(_) => {
                    let values = |column: &String| {
                        Loss::values(id, column, format!("former values of column {id}.{column}, {why}"))
                    };
                    lost.extend(foreign.columns.iter().map(values));
                }
                ReferentialAction::NoAction | ReferentialAction::Restrict => {}
            }
        }
    }
    lost
}
