//! What is done with one table, as actions of an `ALTER TABLE`.

use super::table;
use super::text::{default, ident, name};
use crate::ir::{ColumnChange, ConstraintWord, Name, ObjectKind, Op, TableChange};

/// The table that an operation is about, where it is an action of an `ALTER TABLE` on it.
pub(super) fn table_of(op: &Op) -> Option<(&Name, bool)> {
    match op {
        Op::AlterTable { on, .. }
        | Op::AddColumn { on, .. }
        | Op::AlterColumn { on, .. }
        | Op::DropColumn { on, .. }
        | Op::RenameColumn { on, .. }
        | Op::AddConstraint { on, .. }
        | Op::DropConstraint { on, .. } => Some((&on.table, on.if_exists)),
        Op::CreateIndex { index, .. } => Some((&index.table, false)),
        Op::Drop { object, .. } if object.kind == ObjectKind::Index => Some((object.on.as_ref()?, false)),
        Op::Rename { object, .. } if object.kind == ObjectKind::Index => Some((object.on.as_ref()?, false)),
        Op::Rename { object, if_exists, .. } if object.kind == ObjectKind::Table => Some((&object.name, *if_exists)),
        _ => None,
    }
}

/// The action that an operation is; `None` where none says it.
pub(super) fn action(op: &Op) -> Option<String> {
    let guard = |guarded: bool, words: &'static str| if guarded { words } else { "" };
    Some(match op {
        Op::AddColumn { column, if_not_exists, position, .. } => {
            let guard = guard(*if_not_exists, "IF NOT EXISTS ");
            format!("ADD COLUMN {guard}{}{}", table::column(column), table::position(position.as_ref()))
        }
        Op::AlterColumn { column, change, .. } => column_change(column, change)?,
        Op::DropColumn { column, if_exists, .. } => {
            format!("DROP COLUMN {}{}", guard(*if_exists, "IF EXISTS "), ident(column))
        }
        Op::RenameColumn { from, to, .. } => format!("RENAME COLUMN {} TO {}", ident(from), ident(to)),
        Op::AddConstraint { constraint, .. } => format!("ADD {}", table::constraint(constraint)),
        Op::DropConstraint { name, if_exists, kind, .. } => {
            let guard = guard(*if_exists, "IF EXISTS ");
            match kind {
                Some(ConstraintWord::PrimaryKey) => "DROP PRIMARY KEY".to_owned(),
                Some(ConstraintWord::ForeignKey) => format!("DROP FOREIGN KEY {guard}{}", ident(name)),
                // MariaDB has no word of its own for it.
                Some(ConstraintWord::Check) | None => format!("DROP CONSTRAINT {guard}{}", ident(name)),
            }
        }
        Op::CreateIndex { index, if_not_exists, .. } => {
            let text = table::index(index);
            match (if_not_exists, text.strip_prefix(table::kind(index))) {
                (true, Some(rest)) => format!("ADD {} IF NOT EXISTS{rest}", table::kind(index)),
                _ => format!("ADD {text}"),
            }
        }
        Op::Drop { object, if_exists, .. } if object.kind == ObjectKind::Index => {
            format!("DROP INDEX {}{}", guard(*if_exists, "IF EXISTS "), ident(&object.name.name))
        }
        Op::Rename { object, to, .. } if object.kind == ObjectKind::Index => {
            format!("RENAME INDEX {} TO {}", ident(&object.name.name), ident(to))
        }
        Op::Rename { to, .. } => format!("RENAME TO {}", ident(to)),
        Op::AlterTable { change, .. } => table_change(change)?,
        _ => return None,
    })
}

fn column_change(column: &str, change: &ColumnChange) -> Option<String> {
    Some(match change {
        ColumnChange::SetDefault(expr) => format!("ALTER COLUMN {} SET DEFAULT {}", ident(column), default(&expr.0)),
        ColumnChange::DropDefault => format!("ALTER COLUMN {} DROP DEFAULT", ident(column)),
        ColumnChange::Redefine { column: wanted, position } => {
            let verb = match wanted.name == column {
                true => "MODIFY".to_owned(),
                false => format!("CHANGE {}", ident(column)),
            };
            format!("{verb} {}{}", table::column(wanted), table::position(position.as_ref()))
        }
        _ => return None,
    })
}

fn table_change(change: &TableChange) -> Option<String> {
    match change {
        TableChange::SetOptions(set) => Some(table::options(set)),
        TableChange::Convert { charset, collation } => {
            let collation = collation.as_ref().map(|name| format!(" COLLATE {name}")).unwrap_or_default();
            Some(format!("CONVERT TO CHARACTER SET {charset}{collation}"))
        }
        _ => None,
    }
}

/// `ALTER TABLE a ADD COLUMN …, DROP COLUMN …`; `None` when that is not all on one table.
pub(super) fn together(ops: &[&Op]) -> Option<String> {
    let (on, if_exists) = table_of(ops.first()?)?;
    let of = |op: &&Op| table_of(op).filter(|(table, _)| *table == on).and_then(|_| action(op));
    let actions = ops.iter().map(of).collect::<Option<Vec<_>>>()?;
    let guard = if if_exists { "IF EXISTS " } else { "" };
    Some(format!("ALTER TABLE {guard}{} {}", name(on), actions.join(",\n    ")))
}
