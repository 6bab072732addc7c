//! The tables behind relations of many to many, which are no models: Prisma makes and names them by itself. Only those that are
//! exactly what Prisma would make (schema-engine-wasm 8.1.0-2) are taken for such; the others, those of Prisma before version 6
//! among them, stay models, so that Prisma has nothing to change.

use super::keys::{Key, KeyKind, Keys};
use super::state::{Shape, State};
use crate::ir::{ConstraintKind, Deferrable, ForeignKey, ReferentialAction};
use std::collections::BTreeMap;

/// What such a table relates: the places of two models among the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Join {
    /// The model that column `A` leads to.
    pub a: usize,
    /// The model that column `B` leads to.
    pub b: usize,
}

/// Each such table, by its place among the tables.
pub(super) fn of(state: &State<'_>, keys: &[Keys]) -> BTreeMap<usize, Join> {
    let joins = state.shapes.iter().enumerate().filter_map(|(at, shape)| Some((at, join(state, keys, at, shape)?)));
    joins.collect()
}

fn join(state: &State<'_>, keys: &[Keys], at: usize, shape: &Shape<'_>) -> Option<Join> {
    let name = &shape.key.name;
    let columns: Vec<&str> = shape.table.table.columns.iter().map(|column| column.name.as_str()).collect();
    let plain = |column: &crate::ir::Column| column.default.is_none() && column.identity.is_none() && column.not_null;
    let bare = shape.entry.comment.is_none()
        && shape.entry.comments.is_empty()
        && !shape.table.row_security
        && shape.table.table.inherits.is_empty()
        && state.schema.attached(shape.id).is_empty();
    let named = name.strip_prefix('_').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    if !named || columns != ["A", "B"] || !bare || !shape.table.table.columns.iter().all(plain) {
        return None;
    }
    let is = |key: &Key, kind: KeyKind, suffix: &str, of: &[&str]| {
        key.kind == kind
            && key.name == format!("{name}_{suffix}")
            && key.column_names() == of
            && key.condition.is_none()
            && key.method.is_none()
            && !key.columns.iter().any(|column| column.descending)
    };
    match keys[at].keys.as_slice() {
        [primary, index]
            if is(primary, KeyKind::Primary, "AB_pkey", &["A", "B"])
                && is(index, KeyKind::Plain, "B_index", &["B"])
                && keys[at].unsaid.is_empty() => {}
        _ => return None,
    }
    // The primary key and a foreign key for each column, and no more.
    if shape.table.table.constraints.len() != 3 {
        return None;
    }
    let (a, b) = (leads(state, keys, shape, "A")?, leads(state, keys, shape, "B")?);
    let names = (state.block(state.shapes[a].key), state.block(state.shapes[b].key));
    (names.0 <= names.1 && a != at && b != at).then_some(Join { a, b })
}

/// The model whose only key column a column leads to, as Prisma has it.
fn leads(state: &State<'_>, keys: &[Keys], shape: &Shape<'_>, column: &str) -> Option<usize> {
    let wanted = format!("{}_{column}_fkey", shape.key.name);
    let constraint = shape.table.table.constraints.iter().find(|one| one.name.as_ref() == Some(&wanted))?;
    let ConstraintKind::ForeignKey(key) = &constraint.kind else { return None };
    let cascades =
        |key: &ForeignKey| key.on_delete == ReferentialAction::Cascade && key.on_update == ReferentialAction::Cascade;
    if key.columns != [column] || !cascades(key) || constraint.not_valid || constraint.deferrable != Deferrable::No {
        return None;
    }
    let target = state.schema.relation(&key.references)?;
    let to = state.shapes.iter().position(|shape| *shape.id == target)?;
    let primary = keys[to].keys.first().filter(|key| key.kind == KeyKind::Primary && key.columns.len() == 1)?;
    let leads_there = key.referenced.is_empty() || key.referenced == [primary.columns[0].name.clone()];
    leads_there.then_some(to)
}
