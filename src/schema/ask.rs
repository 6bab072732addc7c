//! Questions to the catalogue, answered from what replay knows.

use super::{Id, Key, Object, Schema};
use crate::ir::{Condition, Fact, Name, ObjectKind};

/// The answer, or `None` where replay cannot know.
pub fn ask(schema: &Schema, condition: &Condition) -> Option<bool> {
    match condition {
        Condition::All(all) => {
            let answers: Vec<Option<bool>> = all.iter().map(|one| ask(schema, one)).collect();
            if answers.contains(&Some(false)) {
                Some(false)
            } else {
                answers.into_iter().collect::<Option<Vec<_>>>().map(|_| true)
            }
        }
        Condition::Any(any) => {
            let answers: Vec<Option<bool>> = any.iter().map(|one| ask(schema, one)).collect();
            if answers.contains(&Some(true)) {
                Some(true)
            } else {
                answers.into_iter().collect::<Option<Vec<_>>>().map(|_| false)
            }
        }
        Condition::Not(inner) => ask(schema, inner).map(|answer| !answer),
        Condition::Exists(fact) => {
            exists(schema, fact).filter(|found| *found || !is_of_others(schema, fact) && !may_be(schema, fact))
        }
    }
}

/// Whether a question is about a schema in which others may have made things.
fn is_of_others(schema: &Schema, fact: &Fact) -> bool {
    let home = match fact {
        Fact::Relation { schema, .. }
        | Fact::Column { schema, .. }
        | Fact::Constraint { schema, .. }
        | Fact::Type { schema, .. }
        | Fact::EnumValue { schema, .. }
        | Fact::Routine { schema, .. } => schema.as_deref(),
        Fact::Schema { .. }
        | Fact::Trigger { .. }
        | Fact::Policy { .. }
        | Fact::Extension { .. }
        | Fact::Publication { .. }
        | Fact::PublicationTable { .. }
        | Fact::Role { .. } => None,
    };
    home.is_some_and(|home| schema.is_outside(home))
}

/// Whether something that is not found may be there all the same: what was not understood may have made it.
fn may_be(schema: &Schema, fact: &Fact) -> bool {
    let made = |name: &str| schema.carried.may_have_made(name);
    let unsure = |table: Option<&String>| {
        let of = |id: &Id| match (id, table) {
            (Id::Relation(key), Some(table)) => key.name == *table,
            (Id::Relation(_), None) => true,
            _ => false,
        };
        schema.iter().any(|(id, entry)| of(id) && entry.is_unsure())
    };
    match fact {
        Fact::Relation { name, kinds, .. } => made(name) || kinds.contains(&ObjectKind::Index) && unsure(None),
        Fact::Column { table, .. } => {
            let is_found = schema.iter().any(|(id, _)| matches!(id, Id::Relation(key) if key.name == *table));
            if is_found { unsure(Some(table)) } else { made(table) }
        }
        Fact::Constraint { table, name, .. } => made(name) || unsure(table.as_ref()),
        Fact::Trigger { table, name } | Fact::Policy { table, name } => made(name) || unsure(table.as_ref()),
        Fact::EnumValue { name: None, value, .. } => made(value),
        Fact::Type { name, .. }
        | Fact::EnumValue { name: Some(name), .. }
        | Fact::Routine { name, .. }
        | Fact::Schema { name }
        | Fact::Extension { name } => made(name),
        Fact::Publication { .. } | Fact::PublicationTable { .. } | Fact::Role { .. } => false,
    }
}

fn exists(schema: &Schema, fact: &Fact) -> Option<bool> {
    let in_schema = |wanted: &Option<String>, id: &Id| match wanted {
        Some(wanted) => id.schema() == Some(wanted),
        None => true,
    };
    let any = |test: &dyn Fn(&Id, &Object) -> bool| {
        let mut found = schema.iter().filter(|(id, entry)| test(id, &entry.object)).map(|(_, entry)| entry).peekable();
        if found.peek().is_none() {
            return Some(false);
        }
        // What is in doubt may be gone, or be something else.
        found.any(|entry| !entry.is_unsure()).then_some(true)
    };
    let has = |id: Id| any(&|found, _| *found == id);
    match fact {
        Fact::Relation { schema: home, name, kinds } => any(&|id, object| {
            matches!(id, Id::Relation(key) if key.name == *name) && in_schema(home, id) && is_kind(object, kinds)
                || in_schema(home, id)
                    && (kinds.is_empty() || kinds.contains(&ObjectKind::Index))
                    && constraints(object)
                        .any(|constraint| constraint.name.as_deref() == Some(name) && has_index(constraint))
        }),
        Fact::Column { schema: home, table, column } => any(&|id, object| {
            matches!(id, Id::Relation(key) if key.name == *table)
                && in_schema(home, id)
                && crate::sql::query::Catalogue::columns(schema, &own_name(object)).unwrap_or_default().contains(column)
        }),
        Fact::Constraint { schema: home, table, name } => any(&|id, object| {
            in_schema(home, id)
                && table.as_ref().is_none_or(|table| matches!(id, Id::Relation(key) if key.name == *table))
                && constraints(object).any(|constraint| constraint.name.as_deref() == Some(name))
        }),
        Fact::Type { schema: home, name } => any(&|id, object| {
            in_schema(home, id)
                && match id {
                    Id::Type(key) => key.name == *name,
                    Id::Relation(key) => key.name == *name && matches!(object, Object::Table(_) | Object::View(_)),
                    _ => false,
                }
        }),
        Fact::EnumValue { schema: home, name, value } => {
            let found = schema.iter().filter_map(|(id, entry)| match &entry.object {
                Object::Enum(found)
                    if in_schema(home, id) && name.as_ref().is_none_or(|name| found.name.name == *name) =>
                {
                    Some((entry.doubt.is_some(), found.values.contains(value)))
                }
                _ => None,
            });
            let found: Vec<(bool, bool)> = found.collect();
            let is_known = found.iter().all(|(unsure, _)| !unsure);
            is_known.then(|| found.iter().any(|(_, has_value)| *has_value))
        }
        Fact::Routine { schema: home, name } => {
            let found = any(&|id, _| matches!(id, Id::Routine(key, _) if key.name == *name) && in_schema(home, id));
            // It may be one of the server's own.
            found.filter(|found| *found || home.is_some())
        }
        Fact::Trigger { table, name } => any(
            &|id, _| matches!(id, Id::Trigger(on, found) if found == name && table.as_ref().is_none_or(|table| on.name == *table)),
        ),
        Fact::Policy { table, name } => any(
            &|id, _| matches!(id, Id::Policy(on, found) if found == name && table.as_ref().is_none_or(|table| on.name == *table)),
        ),
        Fact::Schema { name } if name == "public" => Some(true),
        Fact::Schema { name } => has(Id::Schema(name.clone())),
        Fact::Extension { name } => has(Id::Extension(name.clone())),
        // Publications are often made by hand, outside migrations.
        Fact::Publication { name } => has(Id::Publication(name.clone())).filter(|found| *found),
        Fact::PublicationTable { publication, schema: home, table } => {
            let entry = schema.get(&Id::Publication(publication.clone())).filter(|entry| entry.doubt.is_none())?;
            Some(match &entry.object {
                Object::Publication(found) => found.tables.iter().any(|member| {
                    let key = schema.home(&member.table);
                    key.name == *table && home.as_ref().is_none_or(|home| key.schema == *home)
                }),
                _ => false,
            })
        }
        // Roles belong to the server, not to the history.
        Fact::Role { name } => {
            let id = Id::Defined { kind: ObjectKind::Role, name: Key::new("", name), on: None, args: String::new() };
            schema.has(&id).then_some(true)
        }
    }
}

fn is_kind(object: &Object, kinds: &[ObjectKind]) -> bool {
    let kind = match object {
        Object::Table(_) => ObjectKind::Table,
        Object::View(state) if state.view.materialized => ObjectKind::MaterializedView,
        Object::View(_) => ObjectKind::View,
        Object::Sequence(_) => ObjectKind::Sequence,
        Object::Index(_) => ObjectKind::Index,
        _ => return false,
    };
    kinds.is_empty() || kinds.contains(&kind)
}

fn constraints(object: &Object) -> impl Iterator<Item = &crate::ir::Constraint> {
    match object {
        Object::Table(state) => state.table.constraints.as_slice(),
        Object::Domain(domain) => domain.checks.as_slice(),
        _ => &[],
    }
    .iter()
}

fn has_index(constraint: &crate::ir::Constraint) -> bool {
    use crate::ir::ConstraintKind::{Exclusion, PrimaryKey, Unique};
    matches!(constraint.kind, PrimaryKey(_) | Unique(_) | Exclusion(_))
}

fn own_name(object: &Object) -> Name {
    match object {
        Object::Table(state) => state.table.name.clone(),
        Object::View(state) => state.view.name.clone(),
        _ => Name::bare(""),
    }
}
