//! Publications. A replayed one names every table that it publishes: those that inherit from another came with it.

use super::{Doing, Existing, table};
use crate::ir::{Name, Publication, PublicationTable};
use crate::schema::{Id, Object, Schema, descendants};

pub(super) fn create(doing: &mut Doing<'_>, written: &Publication) {
    let id = Id::Publication(written.name.clone());
    let publication = Publication {
        tables: members(doing.schema, &written.tables),
        schemas: schemas(doing.schema, &written.schemas),
        ..written.clone()
    };
    doing.create(id, Object::Publication(publication), Existing::Conflicts);
}

pub(super) fn alter(doing: &mut Doing<'_>, action: &str, change: &Publication) {
    let id = Id::Publication(change.name.clone());
    if !doing.schema.has(&id) {
        doing.conflict(format!("publication {} does not exist here", change.name));
        return;
    }
    let Some(Object::Publication(mut publication)) = doing.schema.get(&id).map(|entry| entry.object.clone()) else {
        return;
    };
    let same = |one: &Name, other: &Name| doing.schema.home(one) == doing.schema.home(other);
    let tables = members(doing.schema, &change.tables);
    let schemas = schemas(doing.schema, &change.schemas);
    match action {
        "ADD" => {
            publication.tables.extend(tables);
            publication.schemas.extend(schemas);
        }
        "DROP" => {
            publication.tables.retain(|member| !tables.iter().any(|gone| same(&member.table, &gone.table)));
            publication.schemas.retain(|name| !schemas.contains(name));
        }
        _ => {
            if !tables.is_empty() || !schemas.is_empty() {
                publication.tables = tables;
                publication.schemas = schemas;
            }
            for (name, value) in &change.with {
                table::set_option(&mut publication.with, name, value);
            }
            publication.with.retain(|(name, value)| !is_default_option(name, value));
        }
    }
    doing.schema.edit(&id, |entry| entry.object = Object::Publication(publication));
}

/// The tables that a statement speaks of, each once. Source: `OpenTableList` in `publicationcmds.c` of PostgreSQL 15.
fn members(schema: &Schema, written: &[PublicationTable]) -> Vec<PublicationTable> {
    let mut members: Vec<PublicationTable> = Vec::new();
    for member in written {
        let inheriting = if member.only { Vec::new() } else { inheriting(schema, &member.table) };
        for table in std::iter::once(member.table.clone()).chain(inheriting) {
            if !members.iter().any(|found| schema.home(&found.table) == schema.home(&table)) {
                members.push(PublicationTable { table, only: false, ..member.clone() });
            }
        }
    }
    members
}

/// The tables that inherit from one, through others too; partitions are not among them.
fn inheriting(schema: &Schema, name: &Name) -> Vec<Name> {
    let Some(id) = schema.relation(name) else { return Vec::new() };
    if schema.table(&id).is_none_or(|state| state.table.partition_by.is_some()) {
        return Vec::new();
    }
    descendants(schema, &id).iter().filter_map(|id| Some(schema.table(id)?.table.name.clone())).collect()
}

fn schemas(schema: &Schema, written: &[String]) -> Vec<String> {
    let here = || schema.home(&Name::bare("")).schema;
    written.iter().map(|name| if name == "CURRENT_SCHEMA" { here() } else { name.clone() }).collect()
}

/// The publication as a statement has to say it, so that no table comes that is not named.
pub(crate) fn said(schema: &Schema, publication: &Publication) -> Publication {
    let mut said = publication.clone();
    for member in &mut said.tables {
        member.only = !inheriting(schema, &member.table).is_empty();
    }
    said
}

/// Whether a publication's option says what holds without it.
fn is_default_option(name: &str, value: &str) -> bool {
    match name {
        "publish" => value.trim_matches('\'') == "insert, update, delete, truncate",
        "publish_via_partition_root" => value.eq_ignore_ascii_case("false"),
        _ => false,
    }
}
