//! Turning one publication back into what it was.

use crate::ir::{Op, Publication};

/// The operations that turn `one` into `other`. One that others made may hold more than is known here.
pub(super) fn alter(of_others: bool, one: &Publication, other: &Publication) -> Vec<Op> {
    let mut ops = Vec::new();
    if of_others {
        ops.extend(between("DROP", one, other));
        ops.extend(between("ADD", other, one));
        return ops;
    }
    let mut change = Publication { with: Vec::new(), ..other.clone() };
    if other.tables.is_empty() && other.schemas.is_empty() {
        change.tables.clone_from(&one.tables);
        change.schemas.clone_from(&one.schemas);
        ops.push(Op::AlterPublication { action: "DROP".to_owned(), publication: change });
    } else if one.tables != other.tables || one.schemas != other.schemas {
        ops.push(Op::AlterPublication { action: "SET".to_owned(), publication: change });
    }
    if one.with != other.with {
        let mut with = other.with.clone();
        for (name, _) in &one.with {
            if !with.iter().any(|(found, _)| found == name) {
                let default = if name == "publish" { "'insert, update, delete, truncate'" } else { "false" };
                with.push((name.clone(), default.to_owned()));
            }
        }
        let publication = Publication { tables: Vec::new(), schemas: Vec::new(), with, ..other.clone() };
        ops.push(Op::AlterPublication { action: "SET".to_owned(), publication });
    }
    ops
}

/// What publishes or takes out what `one` has and `other` has not.
fn between(action: &str, one: &Publication, other: &Publication) -> Option<Op> {
    let mut change = Publication { with: Vec::new(), ..one.clone() };
    change.tables.retain(|table| !other.tables.contains(table));
    change.schemas.retain(|name| !other.schemas.contains(name));
    let any = !change.tables.is_empty() || !change.schemas.is_empty();
    any.then(|| Op::AlterPublication { action: action.to_owned(), publication: change })
}
