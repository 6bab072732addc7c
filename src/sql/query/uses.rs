//! What a text refers to.

use super::event::{Event, Role};
use super::read::Reading;
use super::scope::{Id, Kind, Slot};
use super::{Catalogue, Nothing, read_expr, read_query};
use crate::ir::{Dialect, Name};

/// What a text refers to; each thing once, in order of first mention, relations and types as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// The tables and views that it reads.
    pub relations: Vec<Name>,
    /// The columns, each with its relation as written. Those of `*` are among them where the relation is known.
    pub columns: Vec<(Name, String)>,
    /// Names that may be columns of any relation read: an expression's own table, or a relation that is not known.
    pub bare: Vec<String>,
    /// The relations of which every column is used by a `*` among output columns. (A row as a whole, as in
    /// `row_to_json(t)`, uses the relation and none of its columns: PostgreSQL lets them be dropped.)
    pub whole_row: Vec<Name>,
    /// The types that are not PostgreSQL's own.
    pub types: Vec<Name>,
    /// The functions called; PostgreSQL's own are among them.
    pub functions: Vec<Name>,
    /// The relations named in strings: `nextval('x')`, `'x'::regclass`.
    pub sequences: Vec<Name>,
    /// The collations, `"C"` and the like among them.
    pub collations: Vec<Name>,
}

/// What a query (`SELECT`, `VALUES`, `WITH`) refers to; `None` when it could not be read.
pub fn query_uses(query: &str, catalogue: &dyn Catalogue) -> Option<Uses> {
    read_query(query, catalogue).ok().map(|(reading, _)| uses(&reading, None))
}

/// What a query refers to and the names of its output columns, as [`query_uses`] and [`super::output_columns`] give
/// them, from one reading.
pub fn query_uses_and_columns(query: &str, catalogue: &dyn Catalogue) -> (Option<Uses>, Option<Vec<String>>) {
    match read_query(query, catalogue) {
        Ok((reading, outputs)) => (Some(uses(&reading, None)), outputs.into_iter().map(|output| output.name).collect()),
        Err(_) => (None, None),
    }
}

/// What an expression over some table's columns refers to; the columns are in [`Uses::bare`], those of `NEW` and `OLD`
/// too. `None` when it could not be read.
pub fn expr_uses(expr: &str, dialect: Dialect) -> Option<Uses> {
    read_expr(expr, None, &Nothing(dialect)).ok().map(|reading| uses(&reading, None))
}

/// What an expression over the columns of `over` refers to; these are in [`Uses::columns`].
pub fn expr_uses_over(expr: &str, over: &Name, catalogue: &dyn Catalogue) -> Option<Uses> {
    read_expr(expr, Some(over), catalogue).ok().map(|reading| uses(&reading, Some(over)))
}

fn add<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}

fn uses(reading: &Reading<'_>, over: Option<&Name>) -> Uses {
    let mut uses = Uses::default();
    for event in &reading.events {
        match event {
            Event::Relation { name, .. } => add(&mut uses.relations, name.clone()),
            Event::Column { ids, .. } | Event::Joined { ids } => {
                ids.iter().for_each(|id| column(&mut uses, reading, over, id));
            }
            Event::Star { columns, sources, .. } => {
                columns.iter().flat_map(|found| &found.ids).for_each(|id| column(&mut uses, reading, over, id));
                sources.iter().for_each(|source| whole(&mut uses, reading, *source));
            }
            Event::Unknown { spots } => match spots.as_slice() {
                [.., schema, relation, name] => {
                    let relation = Name::in_schema(&schema.name, &relation.name);
                    add(&mut uses.columns, (relation, name.name.clone()));
                }
                [relation, name] if reading.over.is_some() => {
                    add(&mut uses.columns, (Name::bare(&relation.name), name.name.clone()));
                }
                spots => spots.last().into_iter().for_each(|spot| add(&mut uses.bare, spot.name.clone())),
            },
            Event::Type { name, .. } => add(&mut uses.types, name.clone()),
            Event::Function { name, .. } => add(&mut uses.functions, name.clone()),
            Event::Collation { name } => add(&mut uses.collations, name.clone()),
            Event::Literal { role, name, .. } => match role {
                Role::Relation => add(&mut uses.sequences, name.clone()),
                Role::Type => add(&mut uses.types, name.clone()),
                Role::Function => add(&mut uses.functions, name.clone()),
            },
            Event::Row { .. }
            | Event::Qualifier { .. }
            | Event::Output { .. }
            | Event::Field { .. }
            | Event::Outputs(_) => {}
        }
    }
    uses
}

fn column(uses: &mut Uses, reading: &Reading<'_>, over: Option<&Name>, (source, slot): &Id) {
    match (&reading.sources[*source].kind, slot) {
        (Kind::Relation { name, own, .. }, Slot::At(at)) => {
            own.get(*at).into_iter().for_each(|column| add(&mut uses.columns, (name.clone(), column.clone())));
        }
        (Kind::Relation { name, .. }, Slot::Named(column)) => add(&mut uses.columns, (name.clone(), column.clone())),
        (Kind::Over, Slot::Named(column)) => match over {
            Some(over) => add(&mut uses.columns, (over.clone(), column.clone())),
            None => add(&mut uses.bare, column.clone()),
        },
        (Kind::Over, Slot::At(_)) | (Kind::Function | Kind::Query, _) => {}
    }
}

fn whole(uses: &mut Uses, reading: &Reading<'_>, source: usize) {
    match &reading.sources[source].kind {
        Kind::Relation { name, .. } => add(&mut uses.whole_row, name.clone()),
        // No expression has a star over its own table.
        Kind::Over | Kind::Function | Kind::Query => {}
    }
}
