//! What a text means, apart from how it says so. A renaming is right when the new text, read in the state after it,
//! has the trace that the old one had before.

use super::event::{Event, Role};
use super::read::Reading;
use super::scope::{Id, Kind, Slot};
use super::{Catalogue, Renaming};
use crate::ir::Name;

/// One mention, by what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mention {
    Named(What, Name),
    Column(Vec<Id>),
    Joined(Vec<Id>),
    Row(usize),
    Output(usize),
    Open(Vec<usize>),
    Unknown(String),
    Outputs(Vec<Option<String>>),
}

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Relation,
    Type,
    Function,
    Collation,
}

/// What the text means before the renaming, said in the names after it.
pub(super) fn before(reading: &Reading<'_>, renaming: Option<&Renaming<'_>>) -> Vec<Mention> {
    let mut trace = Vec::new();
    for event in &reading.events {
        mention(reading, event, renaming, &mut trace);
    }
    trace
}

/// What the text means.
pub(super) fn after(reading: &Reading<'_>) -> Vec<Mention> {
    before(reading, None)
}

/// Whether two traces are the same. A name that was written bare may be qualified in one of them.
pub(super) fn agree(a: &[Mention], b: &[Mention]) -> bool {
    let schemas = |a: &Name, b: &Name| a.schema == b.schema || a.schema.is_none() || b.schema.is_none();
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| match (a, b) {
            (Mention::Named(a_what, a), Mention::Named(b_what, b)) => {
                a_what == b_what && a.name == b.name && schemas(a, b)
            }
            _ => a == b,
        })
}

fn mention(reading: &Reading<'_>, event: &Event, renaming: Option<&Renaming<'_>>, trace: &mut Vec<Mention>) {
    let ids = |ids: &[Id]| ids.iter().map(|id| renamed_id(reading, id, renaming)).collect::<Vec<_>>();
    let named = |what, name: &Name| Mention::Named(what, renamed_name(reading.catalogue, what, name, renaming));
    let mention = match event {
        Event::Relation { name, .. } => named(What::Relation, name),
        Event::Column { ids: found, .. } => Mention::Column(ids(found)),
        Event::Row { source, .. } | Event::Qualifier { source, .. } => Mention::Row(*source),
        Event::Star { columns, sources, open, .. } => {
            trace.extend(columns.iter().map(|column| Mention::Column(ids(&column.ids))));
            if !open {
                return;
            }
            Mention::Open(sources.clone())
        }
        Event::Joined { ids: found } => Mention::Joined(ids(found)),
        Event::Output { position } => Mention::Output(*position),
        Event::Unknown { spots } => Mention::Unknown(spots.last().map_or(String::new(), |spot| spot.name.clone())),
        Event::Field { name } => Mention::Unknown(name.clone()),
        Event::Type { name, .. } => {
            // A table's name is its row type's too.
            let by_type = renamed_name(reading.catalogue, What::Type, name, renaming);
            Mention::Named(What::Type, renamed_name(reading.catalogue, What::Relation, &by_type, renaming))
        }
        Event::Function { name, .. } => named(What::Function, name),
        Event::Collation { name } => Mention::Named(What::Collation, name.clone()),
        Event::Literal { role, name, .. } => match role {
            Role::Relation => named(What::Relation, name),
            Role::Type => named(What::Type, name),
            Role::Function => named(What::Function, name),
        },
        Event::Outputs(outputs) => Mention::Outputs(outputs.iter().map(|output| output.name.clone()).collect()),
    };
    trace.push(mention);
}

fn renamed_name(catalogue: &dyn Catalogue, what: What, name: &Name, renaming: Option<&Renaming<'_>>) -> Name {
    match (what, renaming) {
        (What::Relation, Some(Renaming::Relation { from, to }))
        | (What::Type, Some(Renaming::Type { from, to }))
        | (What::Function, Some(Renaming::Function { from, to }))
            if catalogue.same(name, from) =>
        {
            (*to).clone()
        }
        _ => name.clone(),
    }
}

/// A column that is known by its name only is renamed in the trace; a position stays.
fn renamed_id(reading: &Reading<'_>, id: &Id, renaming: Option<&Renaming<'_>>) -> Id {
    let (Some(Renaming::Column { relation, from, to }), (source, Slot::Named(name))) = (renaming, id) else {
        return id.clone();
    };
    let is_it = match &reading.sources[*source].kind {
        Kind::Relation { name, .. } => reading.catalogue.same(name, relation),
        Kind::Over => reading.stands_over(relation),
        Kind::Function | Kind::Query => false,
    };
    if is_it && name == from { (*source, Slot::Named((*to).to_owned())) } else { id.clone() }
}
