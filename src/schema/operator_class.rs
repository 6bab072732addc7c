//! Which extension brings the operator class by which an index orders a key, written or the default of the key's type.
//! Source for all of it: `pg_opclass` and `pg_depend` of PostgreSQL 15 with its contributed extensions made.

use super::{Entry, Id, Object, Schema, derive, keys, output};
use crate::ir::{ConstraintKind, DataType, IndexKey, KeyPart, Name, TypeName};
use crate::sql::postgres;

/// Where the operator class of a key comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The server itself, or what the column's type comes from.
    Server,
    /// That extension.
    Extension(&'static str),
    /// It follows from a type that is not known, or the method or class is nobody's that is known here.
    Unknown,
}

/// The source of the operator class that an index of that method on a relation has for a key.
pub(super) fn source(schema: &Schema, method: Option<&str>, key: &IndexKey, relation: &Name) -> Source {
    let method = method.unwrap_or("btree");
    if let Some(class) = &key.operator_class {
        let class = class.split('(').next().unwrap_or(class).trim();
        return written(method, class.rsplit('.').next().unwrap_or(class).trim_matches('"'));
    }
    match method {
        // Only types of extensions have classes of extensions, and the columns of these rest on them already.
        "btree" | "hash" | "spgist" | "brin" => Source::Server,
        "gist" | "gin" => match type_of(schema, &key.part, relation) {
            Some(data_type) => default(schema, method, &data_type),
            None => Source::Unknown,
        },
        "bloom" => Source::Extension("bloom"),
        "hnsw" | "ivfflat" => Source::Extension("vector"),
        _ => Source::Unknown,
    }
}

/// The indexes, and the tables with exclusion constraints, of which it cannot be told whether they rest on an extension.
pub(super) fn perhaps_on(schema: &Schema, extension: &str) -> Vec<Id> {
    let unknown = |method: Option<&str>, key: &IndexKey, relation: &Name| {
        may_bring(extension, method.unwrap_or("btree")) && source(schema, method, key, relation) == Source::Unknown
    };
    let has_one = |object: &Object| match object {
        Object::Index(state) => {
            let index = &state.index;
            index.keys.iter().any(|key| unknown(index.method.as_deref(), key, &index.table))
        }
        Object::Table(state) => state.table.constraints.iter().any(|constraint| match &constraint.kind {
            ConstraintKind::Exclusion(exclusion) => {
                let method = exclusion.method.as_deref();
                exclusion.elements.iter().any(|(key, _)| unknown(method, key, &state.table.name))
            }
            _ => false,
        }),
        _ => false,
    };
    // What was there before it rests on something else.
    let own = schema.get(&Id::Extension(extension.to_owned()));
    let is_older = |entry: &Entry| own.is_some_and(|own| keys::is_older(entry, own));
    let rests = |entry: &Entry| has_one(&entry.object) && !is_older(entry);
    schema.iter().filter(|(_, entry)| rests(entry)).map(|(id, _)| id.clone()).collect()
}

/// Whether an extension may bring operator classes for that method; one that is not known here may bring anything.
fn may_bring(extension: &str, method: &str) -> bool {
    match extension {
        "btree_gist" | "intarray" | "ltree" | "cube" | "seg" => method == "gist",
        "btree_gin" => method == "gin",
        "hstore" | "pg_trgm" => matches!(method, "gist" | "gin"),
        "bloom" | "citext" | "isn" | "plpgsql" | "pgcrypto" | "uuid-ossp" | "unaccent" | "fuzzystrmatch"
        | "tablefunc" => false,
        _ => true,
    }
}

/// A class that is written.
fn written(method: &str, class: &str) -> Source {
    if let Some(extension) = derive::extension_of_operator_class(class) {
        return Source::Extension(extension);
    }
    match (method, class) {
        ("btree" | "hash" | "spgist" | "brin", _) => Source::Server,
        (
            "gist",
            "point_ops" | "box_ops" | "poly_ops" | "circle_ops" | "tsvector_ops" | "tsquery_ops" | "range_ops",
        )
        | ("gist", "multirange_ops" | "inet_ops")
        | ("gin", "array_ops" | "tsvector_ops" | "jsonb_ops" | "jsonb_path_ops") => Source::Server,
        ("gist", "gist_cube_ops") => Source::Extension("cube"),
        ("gist", "gist_seg_ops") => Source::Extension("seg"),
        ("gist", "gist__ltree_ops") => Source::Extension("ltree"),
        // The rest of what begins so in PostgreSQL's own extensions.
        ("gist", class) if class.starts_with("gist_") && class.ends_with("_ops") => Source::Extension("btree_gist"),
        ("bloom", _) => Source::Extension("bloom"),
        _ if is_btree_gin(method, class) => Source::Extension("btree_gin"),
        _ => Source::Unknown,
    }
}

/// `btree_gin` names its classes as the server names those of other methods.
fn is_btree_gin(method: &str, class: &str) -> bool {
    method == "gin"
        && matches!(
            class.strip_suffix("_ops"),
            Some(
                "bit"
                    | "bool"
                    | "bpchar"
                    | "bytea"
                    | "char"
                    | "cidr"
                    | "date"
                    | "enum"
                    | "float4"
                    | "float8"
                    | "inet"
                    | "int2"
                    | "int4"
                    | "int8"
                    | "interval"
                    | "macaddr"
                    | "macaddr8"
                    | "money"
                    | "name"
                    | "numeric"
                    | "oid"
                    | "text"
                    | "time"
                    | "timestamp"
                    | "timestamptz"
                    | "timetz"
                    | "uuid"
                    | "varbit"
                    | "varchar"
            )
        )
}

/// The class that `gist` or `gin` takes by itself.
fn default(schema: &Schema, method: &str, data_type: &DataType) -> Source {
    let array = data_type.dimensions > 0;
    match (&data_type.name, method) {
        (_, "gin") if array => Source::Server,
        (TypeName::Builtin(name), _) if array && name == "integer" => Source::Extension("intarray"),
        (TypeName::User(name), _) if array && name.name == "ltree" => Source::Extension("ltree"),
        // There is none, so that the index cannot be.
        (TypeName::Builtin(_), _) if array => Source::Server,
        (TypeName::Builtin(name), "gin") if name == "tsvector" || name == "jsonb" => Source::Server,
        (TypeName::Builtin(_), "gin") => Source::Extension("btree_gin"),
        (TypeName::Builtin(name), _) if is_geometric(name) || is_text_search(name) || is_range(name) => Source::Server,
        (TypeName::Builtin(_), _) => Source::Extension("btree_gist"),
        (TypeName::User(name), _) => user(schema, method, name),
    }
}

fn is_geometric(name: &str) -> bool {
    matches!(name, "point" | "box" | "polygon" | "circle")
}

fn is_text_search(name: &str) -> bool {
    matches!(name, "tsvector" | "tsquery")
}

fn is_range(name: &str) -> bool {
    name.ends_with("range")
}

fn user(schema: &Schema, method: &str, name: &Name) -> Source {
    let plain = if method == "gin" { "btree_gin" } else { "btree_gist" };
    let id = schema.type_named(name);
    match id.as_ref().and_then(|id| schema.get(id)).map(|entry| (&entry.object, &entry.doubt)) {
        Some((Object::Enum(_), _)) => Source::Extension(plain),
        Some((Object::Domain(domain), None)) => default(schema, method, &domain.data_type),
        Some(_) => Source::Unknown,
        // It is taken for text.
        None if name.name == "citext" => Source::Extension(plain),
        // A column of such a type rests on its extension already.
        None if derive::extension_of_type(&name.name).is_some() => Source::Server,
        None => Source::Unknown,
    }
}

/// The type of a key, where it follows for certain.
fn type_of(schema: &Schema, part: &KeyPart, relation: &Name) -> Option<DataType> {
    match part {
        KeyPart::Column(column) => output::column(schema, relation, column),
        KeyPart::Expr(expr) => output::expression(schema, relation, &expr.0).or_else(|| made(schema, &expr.0)),
    }
}

/// The type that a call of one of the server's own functions gives which are named for it: `daterange(…)`,
/// `to_tsvector(…)`.
fn made(schema: &Schema, expr: &str) -> Option<DataType> {
    let function = derive::called(expr)?;
    let name = function.strip_prefix("to_").filter(|name| is_text_search(name)).unwrap_or(&function);
    let is_made = is_text_search(name) && name != function || is_geometric(name) || is_range(name);
    (is_made && postgres::builtin_type(name).is_some() && output::is_the_servers_own(schema, &function))
        .then(|| DataType::builtin(name))
}
