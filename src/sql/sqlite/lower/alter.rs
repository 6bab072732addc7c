//! `ALTER TABLE`: a table or a column renamed, a column added or dropped. There is nothing else.

use super::{atom, column};
use crate::ir::{Behaviour, ObjectKind, ObjectRef, Op, Place};
use crate::sql::cursor::{Cursor, Parse};

/// From behind `ALTER TABLE`.
pub(super) fn alter(c: &mut Cursor<'_>) -> Parse<Vec<Op>> {
    let table = atom::qualified(c)?;
    let on = Place::new(table.clone());
    match c.expect_any(&["RENAME TO", "RENAME", "ADD", "DROP"])? {
        "RENAME TO" => {
            let to = atom::name(c)?;
            c.end()?;
            let object = ObjectRef::new(ObjectKind::Table, table);
            Ok(vec![Op::Rename { object, to, if_exists: false }])
        }
        "RENAME" => {
            column_word(c);
            let from = atom::name(c)?;
            c.expect("TO")?;
            let to = atom::name(c)?;
            c.end()?;
            Ok(vec![Op::RenameColumn { on, from, to }])
        }
        "ADD" => {
            column_word(c);
            let (column, constraints) = column::definition(c)?;
            c.end()?;
            let add = Op::AddColumn { on: on.clone(), column, if_not_exists: false, position: None };
            let constrain = |constraint| Op::AddConstraint { on: on.clone(), constraint };
            Ok(std::iter::once(add).chain(constraints.into_iter().map(constrain)).collect())
        }
        _ => {
            column_word(c);
            let column = atom::name(c)?;
            c.end()?;
            Ok(vec![Op::DropColumn { on, column, if_exists: false, behaviour: Behaviour::Restrict }])
        }
    }
}

/// The word `COLUMN`, which may be left out. `column` may be a column too.
fn column_word(c: &mut Cursor<'_>) {
    if c.is("COLUMN") && c.kind(1).is_some() {
        c.skip(1);
    }
}
