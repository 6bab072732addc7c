//! `CREATE TABLE … (LIKE …)`: what is copied from another table.

use super::{Doing, constraint};
use crate::ir::{
    Constraint, ConstraintKind, DataType, Definition, Identity, Index, LikeClause, Name, ObjectKind, Place, TypeName,
};
use crate::schema::{Id, Key, Object, Part, Schema, TableState, derive};

/// Copies what a `LIKE` clause takes from its source: columns and NOT NULL always, the rest by its options.
pub(super) fn copy(doing: &mut Doing<'_>, id: &Id, key: &Key, position: usize, like: &LikeClause) {
    let Some(source_id) = doing.relation(&like.source, false) else { return };
    let Some(source) = doing.schema.table(&source_id).cloned() else {
        doing.conflict(format!("{} cannot be copied with LIKE by replay: it is not a table", like.source));
        return;
    };
    let included = |what: &str| {
        like.options.iter().fold(
            false,
            |on, (verb, name)| {
                if name == what || name == "ALL" { verb == "INCLUDING" } else { on }
            },
        )
    };
    let mut columns = source.table.columns.clone();
    for column in &mut columns {
        if !included("DEFAULTS") && column.generated.is_none() {
            column.default = None;
        }
        if !included("GENERATED") {
            column.generated = None;
        }
        column.not_null |= column.identity.is_some();
        if !included("IDENTITY") {
            column.identity = None;
        }
        if let Some(identity) = &mut column.identity {
            copied_identity(identity, &column.data_type);
        }
        if !included("STORAGE") {
            column.storage = None;
        }
        if !included("COMPRESSION") {
            column.compression = None;
        }
        column.statistics = None;
        column.options.clear();
    }
    doing.schema.edit(id, |entry| {
        if let Object::Table(state) = &mut entry.object {
            let position = position.min(state.table.columns.len());
            state.table.columns.splice(position..position, columns);
            state.columns_known &= source.columns_known;
        }
    });
    let place = Place::new(Name::in_schema(&key.schema, &key.name));
    for constraint in &source.table.constraints {
        let mut copy = constraint.clone();
        let wanted = match &constraint.kind {
            ConstraintKind::Check { .. } => included("CONSTRAINTS"),
            ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_) | ConstraintKind::Exclusion(_) => {
                // Their names are derived anew.
                copy.name = None;
                included("INDEXES")
            }
            ConstraintKind::ForeignKey(_) => false,
        };
        if wanted {
            let there = constraint_names(doing.schema, id);
            constraint::add(doing, &place, &copy);
            let made = constraint_names(doing.schema, id).into_iter().find(|name| !there.contains(name));
            // The comment on a key's index is copied, the one on the key itself is not.
            if let (Some(made), Some(name), true) = (made, &constraint.name, included("COMMENTS"))
                && let Some(text) = index_comment(doing.schema, &source_id, name)
            {
                doing.schema.edit_facets(id, |copy| drop(copy.comments.insert(Part::Default(made), text)));
            }
        }
    }
    if included("INDEXES") {
        copy_indexes(doing, &source_id, id, &place, included("COMMENTS"));
    }
    if included("STATISTICS") {
        copy_statistics(doing, &source_id, key, included("COMMENTS"));
    }
    if included("COMMENTS")
        && let Some(entry) = doing.schema.get(&source_id).cloned()
    {
        doing.schema.edit_facets(id, |copy| {
            for (part, text) in &entry.comments {
                let is_copied = match part {
                    Part::Column(_) => true,
                    Part::Constraint(name) => included("CONSTRAINTS") && has_check(&source, name),
                    Part::Whole | Part::Default(_) => false,
                };
                if is_copied {
                    copy.comments.insert(part.clone(), text.clone());
                }
            }
        });
    }
}

/// `LIKE` copies an identity's sequence with all its bounds, but as one of `bigint`.
fn copied_identity(identity: &mut Identity, data_type: &DataType) {
    let (min, max) = match &data_type.name {
        TypeName::Builtin(name) if name == "smallint" => ("-32768", "32767"),
        TypeName::Builtin(name) if name == "integer" => ("-2147483648", "2147483647"),
        TypeName::Builtin(_) | TypeName::User(_) => return,
    };
    identity.sequence = None;
    let options = &mut identity.options;
    options.data_type = Some(DataType::builtin("bigint"));
    let falls = options.increment.as_ref().is_some_and(|increment| increment.starts_with('-'));
    if falls {
        options.min.get_or_insert_with(|| min.to_owned());
    } else {
        options.max.get_or_insert_with(|| max.to_owned());
    }
}

/// Indexes are copied under names derived anew.
fn copy_indexes(doing: &mut Doing<'_>, source: &Id, id: &Id, place: &Place, comments: bool) {
    let of = |schema: &Schema, table: &Id| -> Vec<Id> { schema.indexes(table).map(|(id, _)| id.clone()).collect() };
    for original in of(doing.schema, source) {
        let Some(entry) = doing.schema.get(&original).cloned() else { continue };
        let Object::Index(state) = &entry.object else { continue };
        let there = of(doing.schema, id);
        let copy = Index { name: None, table: place.table.clone(), ..state.index.clone() };
        super::objects::create_index(doing, &copy, false);
        if let Some(made) = of(doing.schema, id).into_iter().find(|id| !there.contains(id)).filter(|_| comments) {
            doing.schema.edit_facets(&made, |copy| copy.comment.clone_from(&entry.comment));
        }
    }
}

/// Extended statistics are copied under a name derived anew.
fn copy_statistics(doing: &mut Doing<'_>, source: &Id, key: &Key, comments: bool) {
    let found: Vec<(Id, Definition, Option<String>)> = doing
        .schema
        .users(source)
        .filter_map(|id| match doing.schema.get(id).map(|entry| (&entry.object, &entry.comment)) {
            Some((Object::Defined(state), comment)) if state.definition.object.kind == ObjectKind::Statistics => {
                Some((id.clone(), state.definition.clone(), comment.clone()))
            }
            _ => None,
        })
        .collect();
    for (_, definition, comment) in found {
        match derive::copied_statistics(doing.schema, key, &definition) {
            Some(copy) => {
                let object = copy.object.clone();
                super::objects::define(doing, &copy, false, false);
                if let (true, Some(text)) = (comments, comment) {
                    crate::schema::facets::comment(doing.schema, &object, Some(&text));
                }
            }
            None => {
                let why = format!("{} was copied to it under a name that is not known", definition.object);
                crate::schema::doubt::mark(doing.schema, &Id::Relation(key.clone()), &why.into());
            }
        }
    }
}

fn has_check(source: &TableState, name: &str) -> bool {
    let is_it = |constraint: &Constraint| constraint.name.as_deref() == Some(name);
    source.table.constraints.iter().any(|found| is_it(found) && matches!(found.kind, ConstraintKind::Check { .. }))
}

fn constraint_names(schema: &Schema, table: &Id) -> Vec<String> {
    let constraints = schema.table(table).map(|state| state.table.constraints.as_slice()).unwrap_or_default();
    constraints.iter().filter_map(|constraint| constraint.name.clone()).collect()
}

/// The comment on the index behind a constraint.
fn index_comment(schema: &Schema, table: &Id, constraint: &str) -> Option<String> {
    schema.get(table)?.comments.get(&Part::Default(constraint.to_owned())).cloned()
}
