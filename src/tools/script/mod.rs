//! What the tools have in common whose migrations are programs: a script is run against the tool's recording shim
//! (`crate::js`), and the calls on its tape become operations. Which calls there are and what each does is the tool's own
//! [`Meaning`].

mod bodies;
pub(super) mod bridge;
mod carry;
mod compose;
mod fill;
mod find;
mod history;
mod imports;
mod late;
mod layout;
pub(super) mod lite;
mod methods;
mod mixed;
mod order;
mod parameters;
mod place;
mod proof;
mod read;
mod render;
mod role;
mod session;
mod spell;
mod stage;
mod touch;
mod wording;
mod written;

use crate::ir::Dialect;
use crate::js::{Call, Shim, Value};
use crate::schema::Schema;
use std::any::Any;
use std::cell::RefCell;

pub(super) use crate::emit::Stage;
pub(super) use bodies::{in_bodies, in_body};
pub(super) use carry::{Beside, Carrier};
pub(super) use compose::{Runs, Scribe, Task, compose};
pub(super) use fill::{Desk, Handle, Said as Written, Uses, Writing, fill};
pub(super) use find::{Shape, defines_up, files, histories};
pub(super) use history::{Facts, History, history};
pub(super) use imports::find as import;
pub(super) use mixed::with_holes;
pub(super) use proof::rest;
pub(super) use read::Part;
pub(super) use render::{Lines, call as nested, mentions, sql as sql_string, string as string_literal, template};
pub(super) use spell::{hole, identifier, literal, literal_of, quoted};
pub(super) use stage::{changed_column, swaps};
pub(super) use wording::casts;

/// What one tool makes of the calls that its shim records.
pub(super) trait Meaning: Sync {
    /// The shim: a JavaScript function of the kernel, the host and the dialect (see `src/js/guest/kernel.js`).
    fn shim(&self) -> Shim;

    /// The SQL that a call sends, in order, one statement or several an entry; a question that changes nothing gives an empty
    /// list. `state` is the one that the history has built up to this call.
    ///
    /// `Err` when the call is not understood or rests on what only a real run can know; it is then carried as code.
    fn sends(&self, call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear>;

    /// Whether a call opens a transaction that the script ends by itself.
    fn opens_transaction(&self, _call: &Call) -> bool {
        false
    }

    /// Whether a call is made in such a transaction.
    fn is_in_transaction(&self, _call: &Call) -> bool {
        false
    }

    /// Whether the answer to a question depends on the state; without that the script gets a hole at once, and can be run
    /// before its predecessors have been.
    fn is_about_state(&self, question: &Call) -> bool;

    /// The answer to a question; `None` when the state cannot tell, which gives the script a hole.
    fn answer(&self, call: &Call, state: &State<'_>) -> Option<Value>;
}

/// Where a script stands.
pub(super) struct State<'a> {
    built: &'a dyn Built,
    /// The database.
    pub dialect: Dialect,
    /// What the tool's own code has kept so far.
    pub memory: &'a Memory,
}

/// What a tool's own code keeps from one call of a script to the next.
#[derive(Default)]
pub(super) struct Memory(RefCell<Option<Box<dyn Any + Send>>>);

impl Memory {
    /// Does something with what is kept, which begins as the type's default.
    pub fn with<T: Any + Default + Send, R>(&self, what: impl FnOnce(&mut T) -> R) -> R {
        let mut kept = self.0.borrow_mut();
        if let Some(kept) = kept.as_mut().and_then(|kept| kept.downcast_mut::<T>()) {
            return what(kept);
        }
        let mut fresh = T::default();
        let done = what(&mut fresh);
        *kept = Some(Box::new(fresh));
        done
    }

    /// Forgets it all.
    pub fn clear(&self) {
        *self.0.borrow_mut() = None;
    }
}

impl<'a> State<'a> {
    /// With what has been built.
    pub fn new(built: &'a dyn Built, dialect: Dialect, memory: &'a Memory) -> Self {
        State { built, dialect, memory }
    }

    /// What the history has built so far.
    pub fn schema(&self) -> &'a Schema {
        self.built.schema()
    }
}

/// Something that has a state, or can work it out when it is asked for.
pub(super) trait Built {
    /// The state.
    fn schema(&self) -> &Schema;
}

impl Built for Schema {
    fn schema(&self) -> &Schema {
        self
    }
}

/// Why a call is carried as code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unclear {
    /// In words, lower case, without a full stop.
    pub why: String,
}

impl Unclear {
    /// With these words.
    pub fn new(why: impl Into<String>) -> Self {
        Unclear { why: why.into() }
    }
}
