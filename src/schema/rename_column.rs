//! Renaming a column, with everything that names it.

use super::rename::{keep_sequence, over, rewrite};
use super::{Entry, Id, Object, Part, Schema};
use crate::ir::{Constraint, ConstraintKind, IndexKey, KeyPart, Name, ReferentialAction};
use crate::sql::query::Renaming;

/// `RENAME COLUMN`.
pub(super) fn column(schema: &mut Schema, id: &Id, from: &str, to: &str) {
    let Id::Relation(key) = id else { return };
    let relation = Name::from(key);
    let renaming = Renaming::Column { relation: &relation, from, to };
    let (forth, back) = (format!("{id:?} {from} -> {to}"), format!("{id:?} {to} -> {from}"));
    let users: Vec<Id> = schema
        .users(id)
        .filter(|user| *user != id)
        .filter(|user| {
            schema.get(user).is_some_and(|entry| {
                entry.uses.iter().any(|used| used.id == *id && used.column.as_deref() == Some(from))
            })
        })
        .cloned()
        .collect();
    let mut changed: Vec<(Id, Entry)> = Vec::new();
    for user in users.iter().chain([id]) {
        let Some(old) = schema.get(user).cloned() else { continue };
        let mut entry = (*old).clone();
        let own = user == id;
        let known = schema.renamings.recall(user, &forth, &old.object);
        if known.is_none() {
            rename_column_in(schema, &mut entry.object, id, from, to, own);
        }
        match (known, &entry.object, own) {
            (Some(object), _, _) => entry.object = object,
            // A view's own columns were renamed: its query stays, the column list says the names.
            (None, Object::View(_), true) => {}
            _ => {
                let over = over(&entry.object);
                rewrite(schema, &mut entry, &over, &renaming);
            }
        }
        if own {
            if let Some(text) = entry.comments.remove(&Part::Column(from.to_owned())) {
                entry.comments.insert(Part::Column(to.to_owned()), text);
            }
            if let Object::Table(state) = &mut entry.object
                && let Some(how) = state.inherited.remove(&Part::Column(from.to_owned()))
            {
                state.inherited.insert(Part::Column(to.to_owned()), how);
            }
            entry.grants = std::mem::take(&mut entry.grants)
                .into_iter()
                .map(|(mut key, granted)| {
                    if key.column == from {
                        to.clone_into(&mut key.column);
                    }
                    (key, granted)
                })
                .collect();
        }
        schema.renamings.remember(user, &back, &entry.object, &old.object);
        changed.push((user.clone(), entry));
    }
    for (user, entry) in &changed {
        schema.put_unresolved(user.clone(), entry.clone());
    }
    for (user, _) in &changed {
        schema.refresh(user);
    }
}

fn swap_name(names: &mut [String], from: &str, to: &str) {
    for name in names {
        if name == from {
            to.clone_into(name);
        }
    }
}

fn swap_key(key: &mut IndexKey, from: &str, to: &str) {
    if let KeyPart::Column(column) = &mut key.part
        && column == from
    {
        to.clone_into(column);
    }
}

/// Renames a column where it stands as a name, not in a text.
fn rename_column_in(schema: &Schema, object: &mut Object, id: &Id, from: &str, to: &str, own: bool) {
    let on_it = |name: &Name| schema.relation(name).as_ref() == Some(id);
    match object {
        Object::Table(state) => {
            if own {
                let table = state.table.name.name.clone();
                for column in &mut state.table.columns {
                    if column.name == from {
                        to.clone_into(&mut column.name);
                        keep_sequence(column, (&table, from), (&table, to));
                    }
                }
            }
            for constraint in &mut state.table.constraints {
                rename_in_constraint(constraint, from, to, own, &on_it);
            }
        }
        Object::View(state) if own => {
            match &mut state.columns {
                Some(columns) => {
                    swap_name(columns, from, to);
                    state.view.columns.clone_from(columns);
                }
                None => swap_name(&mut state.view.columns, from, to),
            }
            if let Some(default) = state.defaults.remove(from) {
                state.defaults.insert(to.to_owned(), default);
            }
        }
        Object::Index(state) if on_it(&state.index.table) => {
            for key in &mut state.index.keys {
                swap_key(key, from, to);
            }
            swap_name(&mut state.index.include, from, to);
        }
        Object::Publication(publication) => {
            for member in publication.tables.iter_mut().filter(|member| on_it(&member.table)) {
                swap_name(&mut member.columns, from, to);
            }
        }
        Object::Trigger(state) if on_it(&state.trigger.table) => {
            for (_, columns) in &mut state.trigger.events {
                swap_name(columns, from, to);
            }
        }
        Object::Sequence(sequence) => {
            if let Some((table, column)) = &mut sequence.owned_by
                && on_it(table)
                && column == from
            {
                to.clone_into(column);
            }
        }
        _ => {}
    }
}

fn rename_in_constraint(constraint: &mut Constraint, from: &str, to: &str, own: bool, on_it: &dyn Fn(&Name) -> bool) {
    match &mut constraint.kind {
        ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) if own => {
            swap_name(&mut key.columns, from, to);
            swap_name(&mut key.include, from, to);
        }
        ConstraintKind::ForeignKey(key) => {
            if own {
                swap_name(&mut key.columns, from, to);
                for action in [&mut key.on_delete, &mut key.on_update] {
                    if let ReferentialAction::SetNull(columns) | ReferentialAction::SetDefault(columns) = action {
                        swap_name(columns, from, to);
                    }
                }
            }
            if on_it(&key.references) {
                swap_name(&mut key.referenced, from, to);
            }
        }
        ConstraintKind::Exclusion(exclusion) if own => {
            for (key, _) in &mut exclusion.elements {
                swap_key(key, from, to);
            }
            swap_name(&mut exclusion.include, from, to);
        }
        ConstraintKind::Check { column: Some(column), .. } if own && column == from => to.clone_into(column),
        _ => {}
    }
}
