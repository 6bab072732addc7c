//! The columns that a query gives, with their types where these follow for certain from what replay knows; and what a
//! query reads, to tell later whether it would still give the same.

use super::{Id, Object, Schema};
use crate::ir::{Column, DataType, Name, ObjectKind, Op, TypeName};
use crate::source::FileId;
use crate::sql::postgres;
use crate::sql::query::Origin;
use std::collections::BTreeSet;

/// How deep views may read views.
const DEEPEST: usize = 16;

/// Whether a column's type is known.
pub(super) fn is_known(column: &Column) -> bool {
    column.data_type != unknown()
}

fn unknown() -> DataType {
    DataType::builtin("unknown")
}

/// The output columns of a query in order, of the type `unknown` where it does not follow for certain; `None` when not
/// even the names can be told.
pub(super) fn columns(schema: &Schema, text: &str) -> Option<Vec<Column>> {
    let names = schema.readings.columns(schema, &as_select(text))?;
    let types = types(schema, text, 0);
    let column = |(at, name): (usize, String)| match types.as_ref().and_then(|types| types.get(at)) {
        Some(Some((data_type, collation))) => {
            Column { collation: collation.clone(), ..Column::new(name, data_type.clone()) }
        }
        _ => Column::new(name, unknown()),
    };
    Some(names.into_iter().enumerate().map(column).collect())
}

/// `TABLE x` as the query that it stands for.
pub(super) fn as_select(text: &str) -> String {
    let trimmed = text.trim();
    match trimmed.get(..6) {
        Some(word) if word.eq_ignore_ascii_case("table ") => format!("SELECT * FROM {}", &trimmed[6..]),
        _ => text.to_owned(),
    }
}

/// A query with other names for its columns.
pub(super) fn under_names(text: &str, names: &[Column]) -> String {
    if names.is_empty() {
        return text.to_owned();
    }
    let names: Vec<String> = names.iter().map(|column| postgres::quote_identifier(&column.name)).collect();
    format!("SELECT * FROM (\n{}\n) AS renamed ({})", as_select(text), names.join(", "))
}

/// A type with its collation, where that is not the type's own.
type Typed = (DataType, Option<Name>);

fn types(schema: &Schema, text: &str, depth: usize) -> Option<Vec<Option<Typed>>> {
    let text = as_select(text);
    let collated = text.to_ascii_lowercase().contains("collate");
    let origins = schema.readings.origins(schema, &text)?;
    Some(origins.iter().map(|origin| typed(schema, origin.as_ref()?, collated, depth)).collect())
}

fn typed(schema: &Schema, origin: &Origin, collated: bool, depth: usize) -> Option<Typed> {
    let plain = |name: &str| Some((DataType::builtin(name), None));
    match origin {
        Origin::Column(relation, column) => column_type(schema, relation, column, depth),
        Origin::Integer => plain("integer"),
        Origin::Text => plain("text"),
        Origin::Boolean => plain("boolean"),
        Origin::Cast(text, inner) => {
            let data_type = type_of(text)?;
            let inner = inner.as_ref().and_then(|inner| typed(schema, inner, collated, depth));
            // A cast between types that sort as text keeps the collation of what is cast.
            if !sorts_as_text(&data_type) {
                return Some((data_type, None));
            }
            match inner {
                Some((_, collation)) => Some((data_type, collation)),
                None => (!collated && !has_collations(schema)).then_some((data_type, None)),
            }
        }
        Origin::Call(name, argument) => {
            let argument = match argument {
                Some(argument) => Some(typed(schema, argument, collated, depth)?),
                None => None,
            };
            if !is_the_servers_own(schema, name) {
                return None;
            }
            Some((result_of(name, argument.as_ref().map(|(data_type, _)| data_type))?, None))
        }
    }
}

fn column_type(schema: &Schema, relation: &Name, column: &str, depth: usize) -> Option<Typed> {
    let entry = schema.get(&schema.relation(relation)?)?;
    if entry.doubt.is_some() || depth > DEEPEST {
        return None;
    }
    match &entry.object {
        Object::Table(state) => {
            let found = state.table.columns.iter().find(|found| found.name == column)?;
            is_known(found).then(|| (found.data_type.clone(), found.collation.clone()))
        }
        Object::View(state) => {
            let names = state.columns.as_ref()?;
            let types = types(schema, &state.view.query, depth + 1)?;
            if names.len() != types.len() {
                return None;
            }
            let at = names.iter().position(|name| name == column)?;
            types.into_iter().nth(at)?
        }
        _ => None,
    }
}

/// The type of a relation's column, where it is known for certain.
pub(super) fn column(schema: &Schema, relation: &Name, column: &str) -> Option<DataType> {
    column_type(schema, relation, column, 0).map(|(data_type, _)| data_type)
}

/// The type of an expression over a relation, where it follows for certain.
pub(super) fn expression(schema: &Schema, relation: &Name, expr: &str) -> Option<DataType> {
    let query = format!("SELECT {expr} FROM {}", postgres::quote_name(relation));
    let types = types(schema, &query, 0)?;
    let [Some((data_type, _))] = types.as_slice() else { return None };
    Some(data_type.clone())
}

/// A type from its text, as a column of it would have it.
fn type_of(text: &str) -> Option<DataType> {
    let script = format!("CREATE TABLE t (c {text})");
    match postgres::lower(&script, FileId::default()).value.steps.as_slice() {
        [step] => match &step.op {
            Op::CreateTable { table, .. } => match table.columns.as_slice() {
                [column] if *column == Column::new("c", column.data_type.clone()) && table.constraints.is_empty() => {
                    Some(column.data_type.clone()).filter(|found| !is_serial(found))
                }
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

fn is_serial(data_type: &DataType) -> bool {
    matches!(&data_type.name, TypeName::Builtin(name) if name.ends_with("serial"))
}

fn sorts_as_text(data_type: &DataType) -> bool {
    match &data_type.name {
        TypeName::Builtin(name) => matches!(name.as_str(), "text" | "character varying" | "character" | "name"),
        TypeName::User(_) => true,
    }
}

/// Whether any column has a collation of its own, so that one may reach a result.
fn has_collations(schema: &Schema) -> bool {
    schema.iter().any(|(_, entry)| match &entry.object {
        Object::Table(state) => state.table.columns.iter().any(|column| column.collation.is_some()),
        Object::Domain(domain) => domain.collation.is_some(),
        Object::Composite(composite) => composite.attributes.iter().any(|attribute| attribute.collation.is_some()),
        Object::View(state) => state.view.query.to_ascii_lowercase().contains("collate"),
        _ => false,
    })
}

/// Whether nobody has defined a function or aggregate of that name.
pub(super) fn is_the_servers_own(schema: &Schema, name: &str) -> bool {
    !schema.iter().any(|(id, _)| match id {
        Id::Routine(key, _) => key.name == name,
        Id::Defined { kind: ObjectKind::Aggregate, name: key, .. } => key.name == name,
        _ => false,
    })
}

/// What PostgreSQL's own function of that name gives. Source: `pg_proc`, PostgreSQL 15.
fn result_of(name: &str, argument: Option<&DataType>) -> Option<DataType> {
    let of = |name: &str| Some(DataType::builtin(name));
    let base = match argument {
        None => None,
        Some(DataType { name: TypeName::Builtin(name), dimensions: 0, .. }) => Some(name.as_str()),
        Some(_) => return if name == "count" { of("bigint") } else { None },
    };
    match (name, base) {
        ("count", _) => of("bigint"),
        ("now", None) => of("timestamp with time zone"),
        ("gen_random_uuid", None) => of("uuid"),
        ("sum", Some("smallint" | "integer")) => of("bigint"),
        ("sum" | "avg", Some("bigint" | "numeric")) => of("numeric"),
        ("avg", Some("smallint" | "integer")) => of("numeric"),
        ("sum", Some("real")) => of("real"),
        ("sum", Some("double precision")) => of("double precision"),
        ("avg", Some("real" | "double precision")) => of("double precision"),
        (
            "min" | "max",
            Some(
                same @ ("smallint"
                | "integer"
                | "bigint"
                | "numeric"
                | "real"
                | "double precision"
                | "date"
                | "timestamp without time zone"
                | "timestamp with time zone"),
            ),
        ) => of(same),
        _ => None,
    }
}

/// Everything that a query reads, through views, with what the types of its columns follow from; `None` when that
/// cannot be told.
pub(super) fn reads(schema: &Schema, text: &str) -> Option<Vec<(Id, String)>> {
    let uses = schema.readings.query(schema, &as_select(text))?;
    let mut ids = BTreeSet::new();
    for name in &uses.relations {
        ids.insert(schema.relation(name)?);
    }
    ids.extend(uses.types.iter().filter_map(|name| schema.type_named(name)));
    ids.extend(uses.functions.iter().flat_map(|name| schema.routines(name)));
    let mut open: Vec<Id> = ids.iter().cloned().collect();
    while let Some(id) = open.pop() {
        let Some(entry) = schema.get(&id) else { continue };
        if !matches!(entry.object, Object::View(_)) {
            continue;
        }
        for used in entry.used_ids() {
            if matches!(used, Id::Relation(_) | Id::Type(_) | Id::Routine(..)) && ids.insert(used.clone()) {
                open.push(used.clone());
            }
        }
    }
    ids.into_iter().map(|id| Some((id.clone(), shape(schema, &id)?))).collect()
}

/// What the types of a query over an object follow from; `None` when it is not known for certain.
fn shape(schema: &Schema, id: &Id) -> Option<String> {
    let entry = schema.get(id)?;
    if entry.doubt.is_some() {
        return None;
    }
    Some(match &entry.object {
        Object::Table(state) => {
            let columns: Vec<_> =
                state.table.columns.iter().map(|column| (&column.name, &column.data_type, &column.collation)).collect();
            format!("{columns:?} {:?}", state.reads)
        }
        Object::View(state) => format!("{:?} {}", state.columns, state.view.query),
        Object::Enum(_) => "enum".to_owned(),
        Object::Routine(state) => format!("{:?}", state.routine),
        object => format!("{object:?}"),
    })
}
