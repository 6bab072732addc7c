//! The modules that a script imports, while they are loaded. What of one cannot be run without a real run is left out: one
//! statement, if the others can be run without it, or all of it, and then what is imported from there is a hole.

use super::super::prepare::{CarriedUnit, prepare_again};
use super::host::State;
use super::limits::making_ready;
use std::rc::Rc;

/// How many globals may be missing.
const MOST_MISSING: usize = 16;

/// A module that is being loaded, with how far the record was before.
pub(super) struct Loading {
    pub module: u32,
    events: usize,
    asked: usize,
    bodies: usize,
}

impl State {
    /// A module begins to be loaded.
    pub fn enter(&mut self, module: u32) {
        let bodies = self.open_bodies.len();
        self.entered.insert(module);
        self.loading.push(Loading { module, events: self.events.len(), asked: self.asked, bodies });
    }

    /// A module has been loaded.
    pub fn leave(&mut self) {
        self.loading.pop();
        if self.loading.is_empty() && self.loaded.is_none() {
            self.loaded = Some(self.as_loaded());
        }
    }

    /// Whether the run goes on although something was thrown while a module was loaded: 0 that it does not, 1 that the module
    /// is to be loaded again, 2 that it is left out.
    pub fn spare(&mut self, module: u32) -> i32 {
        if module == self.entry
            || self.sealed.is_some()
            || self.over
            || self.lacking
            || self.abandoned
            || self.broken.is_some()
        {
            return 0;
        }
        let same = |loading: &&Loading| {
            let before = (loading.events, loading.asked, loading.bodies);
            loading.module == module && before == (self.events.len(), self.asked, self.open_bodies.len())
        };
        if self.loading.last().filter(same).is_none() {
            return 0;
        }
        self.loading.pop();
        self.stop = None;
        match self.leave_out(module) {
            Some(LeftOut::Statement) => 1,
            Some(LeftOut::All) => 2,
            None => 0,
        }
    }

    /// Whether an error says that a global is not there which was not known to be missing. From now on it is a hole.
    pub fn misses(&mut self, message: &str) -> bool {
        let name = message.strip_suffix(" is not defined").unwrap_or_default();
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        plain && self.sealed.is_none() && self.missing.len() < MOST_MISSING && self.missing.insert(name.to_owned())
    }

    /// Leaves out what a module cannot do; `None` when it was left out already.
    pub fn leave_out(&mut self, module: u32) -> Option<LeftOut> {
        let (found, prepared) = self.modules.get(&module).cloned()?;
        let place = self.place;
        let top = prepared.tops.iter().find(|(start, end, _)| *start <= place.start && place.end <= *end);
        if let Some((start, _, true)) = top.filter(|_| place.module == module) {
            let carried = self.left_out.entry(module).or_default();
            super::be_patient_in_reading();
            let new = carried.insert(*start, CarriedUnit::Left { rest: false }).is_none();
            let again = new.then(|| making_ready(|| prepare_again(&prepared, &found.path, &found.text, carried)));
            super::be_patient();
            if let Some(Ok(again)) = again {
                self.modules.insert(module, (found, Rc::new(again)));
                return Some(LeftOut::Statement);
            }
        }
        let text = found.text;
        self.opaque.insert(module, text).is_none().then_some(LeftOut::All)
    }
}

/// What was left out of a module.
pub(super) enum LeftOut {
    /// One of its statements.
    Statement,
    All,
}
