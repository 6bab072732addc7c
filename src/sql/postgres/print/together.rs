//! Operations that were said by one statement, as one statement again.

use super::{Manner, print, print_in, reference, table};
use crate::ir::{AttributeChange, Op, Place};
use crate::sql::postgres::print::text::name;

/// The statement that says all of some operations, or several, separated by a semicolon and a line break, where one does
/// not do.
pub fn print_together(ops: &[&Op], manner: Manner) -> String {
    if let [one] = ops {
        return print_in(one, manner);
    }
    altered(ops, manner)
        .or_else(|| dropped(ops))
        .or_else(|| attributes(ops))
        .unwrap_or_else(|| ops.iter().map(|op| print_in(op, manner)).collect::<Vec<_>>().join(";\n"))
}

/// Whether operations that were said by one statement are said by one again.
pub fn is_one_statement(ops: &[&Op]) -> bool {
    ops.len() <= 1 || altered(ops, Manner::Prisma).or_else(|| dropped(ops)).or_else(|| attributes(ops)).is_some()
}

/// The table of an `ALTER TABLE` that takes several actions.
fn place(op: &Op) -> Option<&Place> {
    match op {
        Op::AlterTable { on, .. }
        | Op::AddColumn { on, .. }
        | Op::AlterColumn { on, .. }
        | Op::DropColumn { on, .. }
        | Op::AddConstraint { on, .. }
        | Op::ValidateConstraint { on, .. }
        | Op::AlterConstraint { on, .. }
        | Op::DropConstraint { on, .. } => Some(on),
        _ => None,
    }
}

/// `ALTER TABLE a ADD COLUMN …, DROP COLUMN …`.
fn altered(ops: &[&Op], manner: Manner) -> Option<String> {
    let on = place(ops.first()?)?;
    let start = format!("{} ", table::place(on));
    let action = |op: &&Op| {
        if place(op)? != on {
            return None;
        }
        let text = print_in(op, manner);
        let action = text.strip_prefix(&start)?.to_owned();
        // What needs a statement of its own cannot be one of several.
        (!action.contains(&format!(";\n{start}"))).then_some(action)
    };
    let actions = ops.iter().map(action).collect::<Option<Vec<String>>>()?;
    let between = if manner == Manner::Typeorm { ", " } else { ",\n" };
    Some(format!("{start}{}", actions.join(between)))
}

/// `DROP TABLE a, b`.
fn dropped(ops: &[&Op]) -> Option<String> {
    let Op::Drop { object: first, if_exists, behaviour, concurrently } = ops.first()? else { return None };
    let guard = reference::if_exists(*if_exists);
    let start = format!("DROP {} {}{guard}", first.kind.keywords(), if *concurrently { "CONCURRENTLY " } else { "" });
    let end = reference::behaviour(*behaviour);
    let named = |op: &&Op| match op {
        Op::Drop { object, if_exists: also, behaviour: same, concurrently: likewise }
            if object.kind == first.kind && (also, same, likewise) == (if_exists, behaviour, concurrently) =>
        {
            print(op).strip_prefix(&start)?.strip_suffix(end).map(str::to_owned)
        }
        _ => None,
    };
    let names = ops.iter().map(named).collect::<Option<Vec<String>>>()?;
    Some(format!("{start}{}{end}", names.join(", ")))
}

/// `ALTER TYPE t ADD ATTRIBUTE …, DROP ATTRIBUTE …`.
fn attributes(ops: &[&Op]) -> Option<String> {
    let Op::AlterComposite { name: owner, .. } = ops.first()? else { return None };
    let start = format!("ALTER TYPE {} ", name(owner));
    let action = |op: &&Op| match op {
        Op::AlterComposite { name: other, change } if other == owner => match change {
            AttributeChange::Rename { .. } => None,
            AttributeChange::Add { .. } | AttributeChange::Drop { .. } | AttributeChange::Alter { .. } => {
                print(op).strip_prefix(&start).map(str::to_owned)
            }
        },
        _ => None,
    };
    let actions = ops.iter().map(action).collect::<Option<Vec<String>>>()?;
    Some(format!("{start}{}", actions.join(",\n")))
}
