//! Objects that are kept as the statement that makes them: what it uses, and following what is renamed.

use super::{DefinedState, Schema, doubt, routine};
use crate::ir::{Expr, Name, ObjectKind};
use crate::sql::postgres;
use crate::sql::query::{self, Catalogue, Renaming};
use std::ops::Range;

/// The table that extended statistics are on, and what of it; `None` for other objects, and when it cannot be read.
pub(super) fn statistics(state: &DefinedState) -> Option<(Name, Vec<Expr>)> {
    let (sql, ObjectKind::Statistics) = (&state.definition.sql, state.definition.object.kind) else { return None };
    let parts = postgres::statistics_parts(sql)?;
    let elements = parts.elements.into_iter().map(|element| Expr(sql[element].to_owned())).collect();
    Some((parts.table.1, elements))
}

/// Makes the statement say what is now so, in the state before the renaming; `None` when that cannot be done.
pub(super) fn follow(schema: &Schema, state: &mut DefinedState, renaming: &Renaming<'_>) -> Option<()> {
    let sql = state.definition.sql.clone();
    let says_it = |text: &str| {
        let old = match renaming {
            Renaming::Relation { from, .. } | Renaming::Type { from, .. } | Renaming::Function { from, .. } => {
                &from.name
            }
            Renaming::Column { from, .. } => *from,
        };
        doubt::words(text).contains(old)
    };
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    match state.definition.object.kind {
        ObjectKind::Statistics => {
            let parts = postgres::statistics_parts(&sql)?;
            for element in parts.elements {
                let new = query::rename_in_expr_over(&sql[element.clone()], &parts.table.1, renaming, schema)?;
                edits.push((element, new));
            }
            edits.extend(renamed(schema, &sql, parts.table, renaming));
        }
        ObjectKind::Rule => {
            let parts = postgres::rule_parts(&sql)?;
            if says_it(&sql[parts.action]) {
                return None;
            }
            if let Some(condition) = parts.condition {
                let new = query::rename_in_expr_over(&sql[condition.clone()], &parts.table.1, renaming, schema)?;
                edits.push((condition, new));
            }
            for altered in &mut state.altered {
                let Some(table) = postgres::altered_table(altered) else { continue };
                if let Some((range, new)) = renamed(schema, altered, table, renaming) {
                    altered.replace_range(range, &new);
                }
            }
            edits.extend(renamed(schema, &sql, parts.table, renaming));
        }
        _ if says_it(&sql) => return None,
        _ => {}
    }
    edits.sort_by_key(|(range, _)| range.start);
    for (range, new) in edits.into_iter().rev() {
        state.definition.sql.replace_range(range, &new);
    }
    Some(())
}

/// What a relation's name becomes where it stands.
fn renamed(
    schema: &Schema,
    sql: &str,
    (range, name): (Range<usize>, Name),
    renaming: &Renaming<'_>,
) -> Option<(Range<usize>, String)> {
    let Renaming::Relation { from, to } = renaming else { return None };
    if !Catalogue::same(schema, &name, from) {
        return None;
    }
    let moved = to.schema.as_ref().filter(|_| to.schema != from.schema).or(name.schema.as_ref());
    let new = Name { schema: moved.cloned(), name: to.name.clone() };
    let text = routine::spelled(&new, &sql[range.clone()]);
    Some((range, text))
}
