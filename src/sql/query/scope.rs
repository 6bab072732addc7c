//! What names stand for: the sources of a `FROM`, their columns, and the search through nested queries.

use super::keyword;
use super::place::Spot;
use crate::ir::Name;

/// A place in a source: which source, and which column of it.
pub(super) type Id = (usize, Slot);

/// A column of a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Slot {
    /// By position, where the source's columns are known.
    At(usize),
    /// By name, where they are not.
    Named(String),
}

/// A column that can be named.
#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    /// Where it comes from; several for the merged column of `USING`.
    pub(super) ids: Vec<Id>,
    /// The source that can qualify it; `None` for a merged column.
    pub(super) owner: Option<usize>,
}

/// One item of a `FROM`.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// What qualifies its columns; empty when nothing does.
    pub(super) alias: String,
    pub(super) kind: Kind,
    /// The columns that are known, in order, under the names that the query sees.
    pub(super) columns: Vec<Column>,
    /// Whether there may be other columns.
    pub(super) open: bool,
}

/// What a source is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// A relation, with its columns' own names, and how many of them the alias covers with others.
    Relation { name: Name, own: Vec<String>, aliased: bool, covered: usize },
    /// A function call.
    Function,
    /// A query, a common table expression, or a join with an alias.
    Query,
    /// The table that an expression stands over.
    Over,
}

/// The sources that are visible at one level, and what `*` gives.
#[derive(Clone, Debug, Default)]
pub(super) struct Namespace {
    pub(super) sources: Vec<usize>,
    pub(super) columns: Vec<Column>,
}

impl Namespace {
    /// Both, one behind the other.
    pub(super) fn and(&self, other: &Namespace) -> Namespace {
        Namespace {
            sources: self.sources.iter().chain(&other.sources).copied().collect(),
            columns: self.columns.iter().chain(&other.columns).cloned().collect(),
        }
    }
}

/// What a bare name was found to be.
pub(super) enum Found {
    Column(Column),
    /// A source as a whole.
    Row(usize),
    /// Nothing that anyone follows: a system column, a function's value.
    Other,
    /// Two columns at one level.
    Ambiguous,
    /// It cannot be told.
    Unknown,
}

/// Looks a bare name up, from the innermost level outwards.
pub(super) fn bare(sources: &[Source], levels: &[Namespace], name: &str) -> Found {
    for level in levels.iter().rev() {
        match local(sources, level, name) {
            Found::Unknown if level.sources.iter().any(|&id| sources[id].open) => {
                return function_value(sources, levels, name).unwrap_or_else(|| over(sources, level, name));
            }
            Found::Unknown => {}
            found => return found,
        }
    }
    let row = levels.iter().rev().flat_map(|level| &level.sources).find(|&&id| sources[id].alias == name);
    match row {
        Some(&id) if matches!(sources[id].kind, Kind::Function) => Found::Other,
        Some(&id) => Found::Row(id),
        None => Found::Unknown,
    }
}

/// Looks a bare name up among the columns of one level.
pub(super) fn local(sources: &[Source], level: &Namespace, name: &str) -> Found {
    let mut hits = level.columns.iter().filter(|column| column.name == name);
    match (hits.next(), hits.next()) {
        (Some(column), None) => Found::Column(column.clone()),
        (Some(_), Some(_)) => Found::Ambiguous,
        (None, _) => {
            let has_system_columns = |&id: &usize| matches!(sources[id].kind, Kind::Relation { .. } | Kind::Over);
            if keyword::is_system_column(name) && level.sources.iter().any(has_system_columns) {
                Found::Other
            } else {
                Found::Unknown
            }
        }
    }
}

/// A function's alias names its value, when that is no row.
fn function_value(sources: &[Source], levels: &[Namespace], name: &str) -> Option<Found> {
    let mut visible = levels.iter().rev().flat_map(|level| &level.sources);
    visible.any(|&id| sources[id].alias == name && matches!(sources[id].kind, Kind::Function)).then_some(Found::Other)
}

/// In an expression over one table, what is not found otherwise is the table's column.
fn over(sources: &[Source], level: &Namespace, name: &str) -> Found {
    match level.sources.as_slice() {
        &[id] if matches!(sources[id].kind, Kind::Over) => Found::Column(open_column(id, name)),
        _ => Found::Unknown,
    }
}

fn open_column(id: usize, name: &str) -> Column {
    Column { name: name.to_owned(), ids: vec![(id, Slot::Named(name.to_owned()))], owner: Some(id) }
}

/// The source that a qualifier names; `None` when there is none or no single one. Searched from the innermost level outwards; the qualifier is an alias, or a schema and a
/// relation.
pub(super) fn qualifier(sources: &[Source], levels: &[Namespace], parts: &[Spot]) -> Option<usize> {
    let is_named = |&&id: &&usize| match parts {
        [alias] => !sources[id].alias.is_empty() && sources[id].alias == alias.name,
        [schema, relation] => match &sources[id].kind {
            Kind::Relation { name, aliased: false, .. } => {
                name.name == relation.name && name.schema.as_ref().is_none_or(|known| *known == schema.name)
            }
            _ => false,
        },
        _ => false,
    };
    let level = levels.iter().rev().find(|level| level.sources.iter().any(|id| is_named(&id)))?;
    let mut hits = level.sources.iter().filter(is_named);
    // Two relations of one name, from two schemas: the qualifier alone says neither.
    hits.next().copied().filter(|_| hits.next().is_none())
}

/// A column of a source by its name; `None` when the source surely has none such.
pub(super) fn column_of(sources: &[Source], id: usize, name: &str) -> Option<Column> {
    let source = &sources[id];
    let known = source.columns.iter().find(|column| column.name == name);
    known.cloned().or_else(|| source.open.then(|| open_column(id, name)))
}
