//! What texts were found to say, so that each is read once: replaying a way back meets the same views and expressions
//! again and again.

use super::Schema;
use crate::ir::{Dialect, Name};
use crate::sql::query::{self, Catalogue, Origin, Uses};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

/// The texts that have been read, shared by all states of a replay.
#[derive(Clone, Debug, Default)]
pub(super) struct Readings {
    expressions: Arc<Mutex<HashMap<String, Option<Arc<Uses>>>>>,
    queries: Arc<Mutex<HashMap<String, Arc<Reading>>>>,
    starless: Arc<Mutex<HashSet<String>>>,
    origins: Arc<Mutex<HashMap<String, Arc<Origins>>>>,
}

/// What the types of a query's columns follow from, and what the catalogue had to say for it.
#[derive(Debug)]
struct Origins {
    asked: Vec<Answer>,
    columns: Option<Arc<Vec<Option<Origin>>>>,
}

/// What a query says, and what the catalogue had to say for it.
#[derive(Debug)]
struct Reading {
    asked: Vec<Answer>,
    uses: Option<Uses>,
    columns: Option<Vec<String>>,
}

#[derive(Debug)]
enum Answer {
    Columns(Name, Option<Vec<String>>),
    Same(Name, Name, bool),
}

impl Answer {
    fn still_holds(&self, schema: &Schema) -> bool {
        match self {
            Answer::Columns(name, columns) => schema.columns(name) == *columns,
            Answer::Same(one, other, same) => Catalogue::same(schema, one, other) == *same,
        }
    }
}

/// A catalogue that notes what it is asked.
struct Asked<'a> {
    schema: &'a Schema,
    answers: RefCell<Vec<Answer>>,
}

impl Catalogue for Asked<'_> {
    fn dialect(&self) -> Dialect {
        self.schema.dialect()
    }

    fn columns(&self, relation: &Name) -> Option<Vec<String>> {
        let columns = self.schema.columns(relation);
        self.answers.borrow_mut().push(Answer::Columns(relation.clone(), columns.clone()));
        columns
    }

    fn same(&self, one: &Name, other: &Name) -> bool {
        let same = Catalogue::same(self.schema, one, other);
        self.answers.borrow_mut().push(Answer::Same(one.clone(), other.clone(), same));
        same
    }
}

impl Readings {
    /// What an expression uses: that does not depend on the state.
    pub(super) fn expression(&self, text: &str, dialect: Dialect) -> Option<Arc<Uses>> {
        let known = self.expressions.lock().ok().and_then(|known| known.get(text).cloned());
        if let Some(uses) = known {
            return uses;
        }
        let uses = query::expr_uses(text, dialect).map(Arc::new);
        if let Ok(mut known) = self.expressions.lock() {
            known.insert(text.to_owned(), uses.clone());
        }
        uses
    }

    /// What a query uses in this state.
    pub(super) fn query(&self, schema: &Schema, text: &str) -> Option<Uses> {
        self.read(schema, text).uses.clone()
    }

    /// The names of a query's columns in this state.
    pub(super) fn columns(&self, schema: &Schema, text: &str) -> Option<Vec<String>> {
        self.read(schema, text).columns.clone()
    }

    fn read(&self, schema: &Schema, text: &str) -> Arc<Reading> {
        let known = self.queries.lock().ok().and_then(|known| known.get(text).cloned());
        if let Some(reading) = known
            && reading.asked.iter().all(|answer| answer.still_holds(schema))
        {
            return reading;
        }
        let asked = Asked { schema, answers: RefCell::default() };
        let (uses, columns) = query::query_uses_and_columns(text, &asked);
        let reading = Arc::new(Reading { asked: asked.answers.into_inner(), uses, columns });
        if let Ok(mut known) = self.queries.lock() {
            known.insert(text.to_owned(), reading.clone());
        }
        reading
    }

    /// What the types of a query's columns follow from in this state.
    pub(super) fn origins(&self, schema: &Schema, text: &str) -> Option<Arc<Vec<Option<Origin>>>> {
        let known = self.origins.lock().ok().and_then(|known| known.get(text).cloned());
        if let Some(origins) = known
            && origins.asked.iter().all(|answer| answer.still_holds(schema))
        {
            return origins.columns.clone();
        }
        let asked = Asked { schema, answers: RefCell::default() };
        let columns = query::output_origins(text, &asked).map(Arc::new);
        let origins = Origins { asked: asked.answers.into_inner(), columns: columns.clone() };
        if let Ok(mut known) = self.origins.lock() {
            known.insert(text.to_owned(), Arc::new(origins));
        }
        columns
    }

    /// The query with every `*` written out; a text once found to have none is not read again.
    pub(super) fn without_stars(&self, schema: &Schema, text: &str) -> Option<String> {
        if self.starless.lock().is_ok_and(|known| known.contains(text)) {
            return Some(text.to_owned());
        }
        let expanded = query::expand_stars(text, schema);
        if expanded.as_deref() == Some(text)
            && let Ok(mut known) = self.starless.lock()
        {
            known.insert(text.to_owned());
        }
        expanded
    }
}
