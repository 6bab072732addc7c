//! The `schema.prisma` of a state: what `prisma db pull` would print of its database, where it loses nothing that the
//! language can say. What the language has no word for stands as documentation above the model that it belongs to, or is
//! named beside the text. Held against the real engine by `tests/live/datamodel.rs`: between a database of the state and the
//! text it finds no difference.

mod classes;
mod defaults;
mod expression;
mod joins;
mod keys;
mod literal;
mod models;
mod names;
mod print;
mod relations;
mod state;
mod stored;
mod types;

use crate::schema::{Id, Object, Schema};
use keys::Keys;
use print::{Enum, Place, Settings, text};
use relations::Relations;
use state::State;

/// A Prisma schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaFile {
    /// The whole text of `schema.prisma`, for Prisma 7: the address of the database stands in `prisma.config.ts`.
    pub text: String,
    /// What of the state is not in it and belongs to none of its models, a line each: views, functions, sequences and the
    /// like.
    pub left_out: Vec<String>,
}

/// The `schema.prisma` of a state, whose objects are in `default_schema` where nothing else is said: a schema of its own is
/// given to each model only when there are others.
pub fn schema_prisma(schema: &Schema, default_schema: &str) -> SchemaFile {
    let state = State::of(schema);
    let keys: Vec<Keys> = state.shapes.iter().map(|shape| Keys::of(&state, shape)).collect();
    let spaced = state.schemas.iter().any(|name| *name != default_schema);
    let mut blocks = vec![generator(&keys).print(), datasource(&state, spaced).print()];
    let joins = joins::of(&state, &keys);
    let mut relations = Relations::of(&state, &keys, &joins);
    for (at, shape) in state.shapes.iter().enumerate().filter(|(at, _)| !joins.contains_key(at)) {
        let mut model = models::model(&state, shape, &keys[at], spaced);
        model.fields.extend(relations.fields.remove(&at).unwrap_or_default());
        let unsaid = relations.unsaid.remove(&at).unwrap_or_default();
        model.docs.extend(unsaid.iter().map(|line| format!("Not in this schema: {line}.")));
        blocks.push(model.print());
    }
    blocks.extend(enums(&state, spaced).iter().map(Enum::print));
    let mut left_out = state.left_out.clone();
    left_out.extend(others(schema));
    SchemaFile { text: blocks.join("\n"), left_out }
}

/// The client that Prisma 7 recommends, as its `init` sets it up.
fn generator(keys: &[Keys]) -> Settings {
    let mut values = vec![("provider", text("prisma-client")), ("output", text("../generated/prisma"))];
    if keys.iter().flat_map(|keys| &keys.keys).any(|key| key.condition.is_some()) {
        values.push(("previewFeatures", format!("[{}]", text("partialIndexes"))));
    }
    Settings { head: "generator client", values }
}

fn datasource(state: &State<'_>, spaced: bool) -> Settings {
    let mut values = vec![("provider", text("postgresql"))];
    if spaced {
        let schemas: Vec<String> = state.schemas.iter().map(|name| text(name)).collect();
        values.push(("schemas", format!("[{}]", schemas.join(", "))));
    }
    Settings { head: "datasource db", values }
}

fn enums(state: &State<'_>, spaced: bool) -> Vec<Enum> {
    let printed = |(key, entry, definition): &(&crate::schema::Key, &crate::schema::Entry, &crate::ir::Enum)| {
        let name = state.block(key).to_owned();
        let mut attributes = Vec::new();
        if name != key.name {
            attributes.push((Place::Map, format!("@@map({})", text(&key.name))));
        }
        if spaced {
            attributes.push((Place::Schema, format!("@@schema({})", text(&key.schema))));
        }
        let names = state.values.get(&(key.schema.clone(), key.name.clone()));
        let value = |value: &String| {
            let name = names.and_then(|names| names.get(value)).unwrap_or(value);
            (name.clone(), (name != value).then(|| value.clone()))
        };
        let docs = entry.comment.iter().flat_map(|comment| models::lines(comment)).collect();
        Enum { docs, name, values: definition.values.iter().map(value).collect(), attributes }
    };
    state.enums.iter().map(printed).collect()
}

/// The objects that belong to no model, a line each.
fn others(schema: &Schema) -> Vec<String> {
    let named = |(id, entry): (&Id, &std::sync::Arc<crate::schema::Entry>)| match &entry.object {
        Object::View(state) if state.view.materialized => Some(format!("materialized view {id}")),
        Object::View(_) => Some(format!("view {id}")),
        Object::Sequence(sequence) if sequence.owned_by.is_none() => Some(format!("sequence {id}")),
        Object::Enum(definition) if definition.values.is_empty() => Some(format!("{id}, which has no values")),
        Object::Table(state) if state.table.partition_of.is_some() && state.table.partition_by.is_none() => {
            Some(format!("partition {id}"))
        }
        Object::Extension(_)
        | Object::Domain(_)
        | Object::Composite(_)
        | Object::Routine(_)
        | Object::Publication(_)
        | Object::Defined(_) => id.owner().is_none().then(|| id.to_string()),
        Object::Schema(_)
        | Object::Enum(_)
        | Object::Table(_)
        | Object::Sequence(_)
        | Object::Index(_)
        | Object::Trigger(_)
        | Object::Policy(_)
        | Object::Defaults { .. } => None,
    };
    schema.iter().filter(|(id, _)| !id.is_temporary()).filter_map(named).collect()
}
