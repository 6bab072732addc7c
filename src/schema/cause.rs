//! Where doubt comes from: the place in the history after which something is not certain any more.

use super::{Entry, Id, Schema};
use crate::source::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A statement of a history; ordered as they are replayed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// The number of the migration, counted from 1; 0 for the base.
    pub number: usize,
    /// The statement.
    pub at: Span,
    /// The migration's name.
    pub migration: Arc<str>,
}

/// What is not certain of a schema. What holds a value that only a real run knows is not among it: that is seen in its text.
#[derive(Clone, Debug, Default)]
pub struct Uncertain<'a> {
    /// The statements after which it is so, in order.
    pub causes: BTreeSet<&'a Cause>,
    /// The objects that may be otherwise than they are known, with why, and since when where that is on record.
    pub objects: Vec<(&'a Id, &'a str, Option<&'a Cause>)>,
}

impl Entry {
    /// Makes it doubtful.
    pub(super) fn cast(&mut self, schema: &Schema, why: impl Into<Arc<str>>) {
        self.doubt = Some(why.into());
        self.cause.clone_from(&schema.now);
    }

    /// Why it is not known for certain, and since when.
    pub(crate) fn unsure(&self) -> Option<String> {
        let why = self.doubt.as_ref()?;
        Some(match &self.cause {
            Some(cause) => format!("{why} (since {})", cause.migration),
            None => why.to_string(),
        })
    }
}

impl Schema {
    /// What is not certain of it.
    pub fn uncertain(&self) -> Uncertain<'_> {
        let mut found = Uncertain { causes: self.carried.causes().collect(), objects: Vec::new() };
        for (id, entry) in self.iter().filter(|(_, entry)| !entry.is_merely_open()) {
            if let Some(why) = &entry.doubt {
                found.causes.extend(&entry.cause);
                found.objects.push((id, why, entry.cause.as_ref()));
            }
        }
        found
    }
}
