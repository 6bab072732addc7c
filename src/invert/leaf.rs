//! What is made last and dropped first, whatever else happens.

use crate::ir::ObjectKind;
use crate::schema::{Entry, Id, Object, Schema};
use std::collections::BTreeSet;

/// What is dropped first and made last: nothing but its own kind hangs on it.
pub(super) fn is_leaf(schema: &Schema, id: &Id) -> bool {
    stands_on_view(schema, id, &mut BTreeSet::new())
        || match schema.get(id).map(|entry| &entry.object) {
            Some(
                Object::Index(_) | Object::Trigger(_) | Object::Policy(_) | Object::Publication(_) | Object::View(_),
            ) => true,
            Some(Object::Defined(state)) => {
                matches!(state.definition.object.kind, ObjectKind::Rule | ObjectKind::Statistics)
            }
            _ => false,
        }
}

/// Whether a routine takes or gives a view's rows, or has a body that the database keeps by reference and reads a view;
/// one that a table needs is not asked.
fn stands_on_view(schema: &Schema, id: &Id, seen: &mut BTreeSet<Id>) -> bool {
    let Some(entry @ Entry { object: Object::Routine(_), .. }) = schema.get(id).map(|entry| &**entry) else {
        return false;
    };
    seen.insert(id.clone())
        && !is_needed_early(schema, id)
        && entry.used_ids().into_iter().any(|used| {
            matches!(schema.get(used).map(|entry| &entry.object), Some(Object::View(_)))
                || stands_on_view(schema, used, seen)
        })
}

/// Whether a table, a domain or an index needs the object.
pub(super) fn is_needed_early(schema: &Schema, id: &Id) -> bool {
    schema.users(id).any(|user| {
        let object = schema.get(user).map(|entry| &entry.object);
        matches!(object, Some(Object::Table(_) | Object::Domain(_) | Object::Index(_)))
    })
}
