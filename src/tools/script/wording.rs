//! Operations in one wording, so that a tool's own way to say a thing is known as the same thing: what is certain not to
//! matter where the state is known is left out.

use crate::ir::{Constraint, ConstraintKind, Op, Table, TypeName};
use crate::sql::postgres;

/// Names are cut to 63 bytes (`NAMEDATALEN` of PostgreSQL).
const LONGEST_NAME: usize = 63;

/// Each operation as text. `default_schema` is the schema that bare names mean, where the tool writes it out.
pub(super) fn wording(ops: Vec<Op>, default_schema: Option<&str>) -> Vec<String> {
    let mut kept: Vec<Op> = Vec::with_capacity(ops.len());
    for op in ops {
        match unguarded(op) {
            // A constraint may come with its table or right after it.
            Op::AddConstraint { on, constraint } => match home(&mut kept, &on.table) {
                Some(table) => table.constraints.push(constraint),
                None => kept.push(Op::AddConstraint { constraint: named(constraint, &on.table.name), on }),
            },
            op => kept.push(op),
        }
    }
    let text = |op: Op| {
        let op = match op {
            Op::CreateTable { table, if_not_exists } => Op::CreateTable { table: tidied(table), if_not_exists },
            Op::CreateIndex { mut index, if_not_exists, concurrently } => {
                index.method = index.method.filter(|method| method != "btree");
                Op::CreateIndex { index, if_not_exists, concurrently }
            }
            op => op,
        };
        let text = postgres::print(&op);
        match default_schema {
            Some(schema) => text.replace(&format!("{}.", postgres::quote_identifier(schema)), ""),
            None => text,
        }
    };
    kept.into_iter().map(text).collect()
}

/// Without `IF EXISTS`: what a down drops is certain to be there.
fn unguarded(mut op: Op) -> Op {
    if let Op::Drop { if_exists, .. } | Op::DropColumn { if_exists, .. } | Op::DropConstraint { if_exists, .. } =
        &mut op
    {
        *if_exists = false;
    }
    op
}

/// The table that a constraint is added to, if nothing but its constraints and indexes came since it was made.
fn home<'k>(kept: &'k mut [Op], name: &crate::ir::Name) -> Option<&'k mut Table> {
    let between = kept.iter().rev().take_while(|op| matches!(op, Op::CreateIndex { .. })).count();
    let at = kept.len().checked_sub(between + 1)?;
    match kept.get_mut(at) {
        Some(Op::CreateTable { table, .. }) if table.name == *name => Some(table),
        _ => None,
    }
}

/// With the name that PostgreSQL gives a primary key.
fn named(constraint: Constraint, table: &str) -> Constraint {
    let name = format!("{table}_pkey");
    match &constraint.kind {
        ConstraintKind::PrimaryKey(_) if constraint.name.is_none() && name.len() <= LONGEST_NAME => {
            Constraint { name: Some(name), ..constraint }
        }
        _ => constraint,
    }
}

/// A table whose keys have names, whose columns say that they are NOT NULL where they are, and whose constraints stand in
/// one order.
fn tidied(mut table: Table) -> Table {
    table.constraints = table.constraints.into_iter().map(|constraint| named(constraint, &table.name.name)).collect();
    for column in &mut table.columns {
        let serial = matches!(&column.data_type.name, TypeName::Builtin(name) if name.ends_with("serial"));
        let key = table.constraints.iter().any(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => key.columns.contains(&column.name),
            _ => false,
        });
        column.not_null |= serial || key;
    }
    table.constraints.sort_by_cached_key(|constraint| serde_json::to_string(constraint).unwrap_or_default());
    table
}
