//! A model for each table: a field for each column, then the relations, then keys and indexes; above it what cannot be said.

use super::defaults;
use super::keys::{Key, KeyKind, Keys};
use super::print::{Field, Mark, Model, Place, text};
use super::state::{Shape, State};
use super::stored::Ground;
use super::types::FieldType;
use crate::ir::{Column, ConstraintKind, Identity};
use crate::schema::{Id, Object, Part};

/// The model of a table, without its relations.
pub(super) fn model(state: &State<'_>, shape: &Shape<'_>, keys: &Keys, spaced: bool) -> Model {
    let name = state.block(shape.key);
    let mut attributes: Vec<(Place, String)> = Vec::new();
    if name != shape.key.name {
        attributes.push((Place::Map, format!("@@map({})", text(&shape.key.name))));
    }
    if spaced {
        attributes.push((Place::Schema, format!("@@schema({})", text(&shape.key.schema))));
    }
    let mut docs: Vec<String> = shape.entry.comment.iter().flat_map(|comment| lines(comment)).collect();
    if !keys.identify(|column| shape.identifies(column)) {
        attributes.push((Place::Ignore, "@@ignore".to_owned()));
        docs.push("Prisma Client cannot handle this table: nothing in it tells each row from every other.".to_owned());
    }
    let mut fields: Vec<Field> = shape.columns().map(|(column, kind)| field(state, shape, column, kind)).collect();
    for key in &keys.keys {
        attach(shape, key, &mut fields, &mut attributes);
    }
    docs.extend(unsaid(state, shape));
    docs.extend(keys.unsaid.iter().map(|line| format!("Not in this schema: {line}.")));
    Model { docs, name: name.to_owned(), fields, attributes }
}

/// A comment as lines of documentation.
pub(super) fn lines(comment: &str) -> Vec<String> {
    comment.lines().map(|line| line.trim_end().to_owned()).collect()
}

fn field(state: &State<'_>, shape: &Shape<'_>, column: &Column, kind: &FieldType) -> Field {
    let name = shape.field(&column.name);
    let mut attributes = Vec::new();
    let ground = Ground { schema: state.schema, columns: &|name| shape.element(name) };
    if let Some(default) = defaults::default(ground, &state.values, column, kind) {
        attributes.push((Mark::Default, format!("@default({default})")));
    }
    if name != column.name {
        attributes.push((Mark::Map, format!("@map({})", text(&column.name))));
    }
    if let Some(native) = &kind.native {
        attributes.push((Mark::Native, format!("@db.{native}")));
    }
    let arity = match (kind.list, shape.is_required(&column.name)) {
        (true, _) => "[]",
        (false, true) => "",
        (false, false) => "?",
    };
    let comment = shape.entry.comments.get(&Part::Column(column.name.clone()));
    let docs = comment.map(|comment| lines(comment)).unwrap_or_default();
    Field { docs, name: name.to_owned(), kind: state.kind(kind) + arity, attributes }
}

/// Puts a key or index where it stands: on its field if it has but one column and no field of a key of its kind already.
fn attach(shape: &Shape<'_>, key: &Key, fields: &mut [Field], attributes: &mut Vec<(Place, String)>) {
    let arguments = key.arguments(&shape.key.name);
    let (word, mark, place) = match key.kind {
        KeyKind::Primary => ("id", Some(Mark::Id), Place::Id),
        KeyKind::Unique => ("unique", Some(Mark::Unique), Place::Unique),
        KeyKind::Plain => ("index", None, Place::Index),
    };
    if let ([column], Some(mark)) = (key.columns.as_slice(), mark)
        && column.class.is_none()
        && let Some(field) = fields.iter_mut().find(|field| field.name == shape.field(&column.name))
        && field.attributes.iter().all(|(other, _)| *other != mark)
    {
        let mut arguments = arguments;
        if column.descending {
            arguments.insert(usize::from(!arguments.is_empty()), "sort: Desc".to_owned());
        }
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        field.attributes.push((mark, format!("@{word}{arguments}")));
        return;
    }
    let columns: Vec<String> = key.columns.iter().map(|column| column.listed(shape.field(&column.name))).collect();
    let all = std::iter::once(format!("[{}]", columns.join(", "))).chain(arguments);
    attributes.push((place, format!("@@{word}({})", all.collect::<Vec<_>>().join(", "))));
}

/// What a Prisma schema has no word for, of a table itself and what hangs on it.
fn unsaid(state: &State<'_>, shape: &Shape<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let table = &shape.table.table;
    if table.partition_by.is_some() {
        found.push("the table is partitioned".to_owned());
    }
    if !table.inherits.is_empty() {
        let parents: Vec<String> = table.inherits.iter().map(ToString::to_string).collect();
        found.push(format!("the table inherits from {}", parents.join(", ")));
    }
    for constraint in &table.constraints {
        let name = constraint.name.as_deref().unwrap_or_default();
        match &constraint.kind {
            ConstraintKind::Check { expr, .. } => found.push(format!("constraint {name} checks {}", expr.0)),
            ConstraintKind::Exclusion(_) => found.push(format!("constraint {name} excludes rows")),
            ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_) | ConstraintKind::ForeignKey(_) => {}
        }
    }
    for (column, _) in shape.columns() {
        let name = &column.name;
        if let Some(generated) = &column.generated {
            found.push(format!("column {name} is generated as {}", generated.0));
        }
        if let Some(identity) = &column.identity {
            found.push(format!("column {name} is {}", identity_of(identity)));
        }
        if let Some(collation) = &column.collation {
            found.push(format!("column {name} has the collation {collation}"));
        }
        if let Some(domain) = column.data_type.user()
            && let Some(id) = state.schema.type_named(domain)
            && let Some(Object::Domain(_)) = state.schema.get(&id).map(|entry| &entry.object)
        {
            found.push(format!("column {name} is of the domain {domain}"));
        }
    }
    if shape.table.row_security {
        found.push("row security is on".to_owned());
    }
    for id in state.schema.attached(shape.id) {
        match &id {
            Id::Trigger(_, name) => found.push(format!("trigger {name}")),
            Id::Policy(_, name) => found.push(format!("policy {name}")),
            Id::Defined { kind, name, .. } => found.push(format!("{kind} {}", name.name)),
            _ => {}
        }
    }
    found
        .iter()
        .map(|line| format!("Not in this schema: {}.", line.split_whitespace().collect::<Vec<_>>().join(" ")))
        .collect()
}

fn identity_of(identity: &Identity) -> &'static str {
    if identity.always { "an identity column that takes no other values" } else { "an identity column" }
}
