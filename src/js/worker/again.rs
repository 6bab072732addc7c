//! A second direction of a script in the engine of the first, as if nothing had been run there since the module was loaded.
//! Only where nothing that the first has done lasts (`prepare/lasting.rs`); whatever else than a good end the second comes
//! to is void, and it is run in an engine of its own.

use super::super::message::{End, Event, Failure, FailureKind, Report};
use super::super::prepare::Prepared;
use super::super::tape::Place;
use super::engine::{Attempt, course};
use super::host::{Shared, State};
use super::limits::Budget;
use rquickjs::{Context, Ctx, Exception, Result, Runtime};
use std::collections::BTreeSet;
use std::rc::Rc;
use std::time::Duration;

/// How much memory in bytes the first may have left in use: a script can notice that there is less.
const LITTLE: i64 = 8 << 20;

/// In how little time none can take much memory; looking how much it is takes time as well.
const QUICK: Duration = Duration::from_millis(1);

/// How far the record was when the migration's module had been loaded.
pub(super) struct Loaded {
    place: Place,
    unit: Option<u32>,
    reached: BTreeSet<u32>,
    count: usize,
    text: usize,
    /// Whether nothing had been recorded that a later call could add to.
    bare: bool,
}

impl State {
    /// How far the record is.
    pub fn as_loaded(&self) -> Loaded {
        Loaded {
            place: self.place,
            unit: self.unit,
            reached: self.reached.clone(),
            count: self.count,
            text: self.text,
            bare: self.events.is_empty() && self.chains.is_empty() && self.bodies.is_empty() && self.asked == 0,
        }
    }

    /// A part of what runs before a script is asked for. Guards change what the language does.
    pub fn opens(&mut self, ctx: &Ctx<'_>, part: &str) -> Result<()> {
        let changes = ["guards", "node"].contains(&part);
        self.grown |= self.loaded.is_some() && changes;
        match changes || part == "follow" {
            true => self.comes_apart(ctx),
            false => Ok(()),
        }
    }

    /// Something comes that may leave something behind: a script among others has to be run in an engine of its own.
    pub fn comes_apart(&mut self, ctx: &Ctx<'_>) -> Result<()> {
        self.lacking |= self.sealed.is_some();
        match self.sealed {
            Some(_) => Err(Exception::throw_message(ctx, "the run starts over")),
            None => Ok(()),
        }
    }

    /// Lets go of all that is in an engine.
    pub fn frees(&mut self) {
        self.identify = None;
        self.hole = None;
        self.again = None;
        self.idle.clear();
    }

    /// Whether the engine is, for all that a script can see, as it was when the module had been loaded: what has ended since
    /// has ended well.
    pub fn is_as_loaded(&self) -> bool {
        let lasts = |id: &u32| self.modules.get(id).is_none_or(|(_, prepared)| prepared.lasting);
        self.loaded.as_ref().is_some_and(|loaded| loaded.bare)
            && !self.grown
            && self.again.is_some()
            && self.missing.is_empty()
            && self.left_out.is_empty()
            && self.followed.is_none()
            && self.idle.is_empty()
            && self.open_bodies.is_empty()
            && self.loading.is_empty()
            && !self.entered.iter().any(lasts)
    }

    /// Forgets what has been recorded since the module was loaded, but for what values of the engine may stand for.
    fn back_to_loaded(&mut self) {
        let Some(loaded) = &self.loaded else { return };
        self.place = loaded.place;
        self.unit = loaded.unit;
        self.reached.clone_from(&loaded.reached);
        self.count = loaded.count;
        self.text = loaded.text;
        self.asked = 0;
        self.events.clear();
    }

    /// Says that a direction is over.
    pub fn done(&mut self, prepared: Option<&Prepared>, failure: Option<Failure>, shared: bool) -> std::io::Result<()> {
        let unreached = match (prepared, &failure) {
            (Some(prepared), None) => unreached(prepared, &self.reached, self.entry),
            _ => Vec::new(),
        };
        let mut events = std::mem::take(&mut self.events);
        if failure.as_ref().is_some_and(|failure| failure.kind == FailureKind::Limit) {
            // What it did up to there is as much as a loop does in that time; what it says of itself comes first.
            events.retain(|event| matches!(event, Event::Call(call) if call.name == "module"));
        }
        self.wire.say(&Report::Done {
            events,
            end: End { unreached, failure, shared, served: self.sealed.unwrap_or_default() },
        })
    }
}

/// Says that the direction that was run is over, and runs the next one in its engine; whether that has come to its end, and
/// been said as well.
pub(super) fn again(
    (runtime, context): (&Runtime, &Context),
    took: Duration,
    (next, prepared): (&str, &Prepared),
    state: &Shared,
) -> bool {
    if state.borrow_mut().done(Some(prepared), None, false).is_err() {
        return false;
    }
    if took > QUICK && runtime.memory_usage().malloc_size > LITTLE {
        return false;
    }
    super::be_patient();
    state.borrow_mut().back_to_loaded();
    let sealed = state.borrow().sealed.is_some();
    let budget = Rc::new(if sealed { Budget::short() } else { Budget::new() });
    let attempt = course(runtime, context, (state, &budget), |ctx| {
        let again = state.borrow().again.clone();
        let again = again.ok_or_else(|| Exception::throw_message(ctx, "there is nothing to run"))?;
        again.restore(ctx)?.call((next,))
    });
    let mut state = state.borrow_mut();
    let said = match attempt {
        Attempt::Finished if state.followed.is_none() && (!sealed || budget.is_short()) => {
            state.done(Some(prepared), None, true)
        }
        Attempt::Failed(failure) if failure.kind == FailureKind::Abandoned => state.done(None, Some(failure), true),
        _ => {
            let _ = state.wire.say(&Report::Restart);
            return false;
        }
    };
    said.is_ok()
}

/// Statements that hold calls and were not reached, the outermost of each.
fn unreached(prepared: &Prepared, reached: &BTreeSet<u32>, module: u32) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    for (start, end) in &prepared.calling {
        let inside = found.last().is_some_and(|last| *start < last.end);
        if !inside && !reached.contains(start) {
            found.push(Place { module, start: *start, end: *end });
        }
    }
    found
}
