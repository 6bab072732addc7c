//! What a reading finds, in the order of the text as far as that matters: every mention of something by name.

use super::origin::Origin;
use super::place::Spot;
use super::scope::{Column, Id};
use crate::ir::Name;

/// One mention.
#[derive(Clone, Debug)]
pub(super) enum Event {
    /// A relation in a `FROM`.
    Relation { source: usize, name: Name, spots: Vec<Spot>, alias: Option<Spot> },
    /// A column, perhaps qualified.
    Column { spots: Vec<Spot>, ids: Vec<Id>, owner: Option<usize> },
    /// A source as a whole: its name, or its name and `*` where a value is wanted.
    Row { spots: Vec<Spot>, source: usize },
    /// A source that qualifies something that nobody follows, such as a system column.
    Qualifier { spots: Vec<Spot>, source: usize },
    /// `*` or `source.*` among the output columns; the range is the whole of it.
    Star { spots: Vec<Spot>, range: std::ops::Range<usize>, columns: Vec<Column>, sources: Vec<usize>, open: bool },
    /// A column of `USING` (with its place) or of a natural join.
    Joined { ids: Vec<Id> },
    /// An output column, in `ORDER BY` or `GROUP BY`.
    Output { position: usize },
    /// A name that cannot be followed.
    Unknown { spots: Vec<Spot> },
    /// A field of a composite value.
    Field { name: String },
    /// A type.
    Type { name: Name, spots: Vec<Spot> },
    /// A function that is called.
    Function { name: Name, spots: Vec<Spot> },
    /// A collation.
    Collation { name: Name },
    /// A string that the database reads as a name once, when the statement is stored.
    Literal { role: Role, name: Name, range: std::ops::Range<usize> },
    /// The output columns of one `SELECT`.
    Outputs(Vec<Output>),
}

/// What kind of thing a string names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Relation,
    Type,
    Function,
}

/// An output column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Output {
    /// Its name; `None` when that cannot be told.
    pub(super) name: Option<String>,
    /// Where the identifier stands that gives the name, when no alias does.
    pub(super) named_by: Option<usize>,
    /// Where the whole item ends.
    pub(super) end: usize,
    /// What its type follows from, if that can be told.
    pub(super) origin: Option<Origin>,
}
