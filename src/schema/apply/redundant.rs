//! Keys of one `CREATE TABLE` that say the same: PostgreSQL makes one index of them.

use crate::ir::{Constraint, ConstraintKind, KeyColumns};

/// The constraints of a `CREATE TABLE` without the keys that repeat another: of those that have the same columns the primary
/// key stays, or the first; where it has no name, it takes the other's. Source: `transformIndexConstraints`, PostgreSQL 15.
pub(crate) fn without_repeated(constraints: &[Constraint]) -> Vec<Constraint> {
    let mut kept: Vec<Constraint> = Vec::new();
    let (primary, others): (Vec<_>, Vec<_>) = (0..constraints.len()).partition(|at| is_primary(&constraints[*at]));
    // Which of those that are written each of those is that stay.
    let mut places: Vec<usize> = Vec::new();
    for at in primary.into_iter().chain(others) {
        let constraint = &constraints[at];
        match kept.iter_mut().find(|prior| repeats(prior, constraint)) {
            Some(prior) => prior.name = prior.name.take().or_else(|| constraint.name.clone()),
            None => {
                kept.push(constraint.clone());
                places.push(at);
            }
        }
    }
    let mut placed: Vec<(usize, Constraint)> = places.into_iter().zip(kept).collect();
    placed.sort_by_key(|(at, _)| *at);
    placed.into_iter().map(|(_, constraint)| constraint).collect()
}

fn is_primary(constraint: &Constraint) -> bool {
    matches!(constraint.kind, ConstraintKind::PrimaryKey(_))
}

fn key(constraint: &Constraint) -> Option<&KeyColumns> {
    match &constraint.kind {
        ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => Some(key),
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } | ConstraintKind::Exclusion(_) => None,
    }
}

fn repeats(prior: &Constraint, constraint: &Constraint) -> bool {
    let (Some(one), Some(other)) = (key(prior), key(constraint)) else { return false };
    prior.deferrable == constraint.deferrable
        && one.columns == other.columns
        && one.include == other.include
        && one.nulls_not_distinct == other.nulls_not_distinct
        && one.using_index.is_none()
        && other.using_index.is_none()
}
