//! What becomes of the statements at which a run cannot go on: each is followed in the next attempt if it can be, and left
//! out if that does not do.

use super::super::prepare::{CarriedUnit, Prepared};
use super::engine::Attempt;
use super::host::State;
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of the statements of a migration.
#[derive(Default)]
pub(super) struct Units {
    /// The statements by their first byte.
    pub all: BTreeMap<u32, CarriedUnit>,
    /// Those that cannot be followed.
    unclear: BTreeSet<u32>,
    /// The one that was added last.
    latest: Option<u32>,
}

impl Units {
    /// Decides what the next attempt does otherwise. False when there is nothing.
    pub fn next(&mut self, ended: &Attempt, prepared: Option<&Prepared>, state: &mut State) -> bool {
        self.latest = None;
        let place = Some(state.place).filter(|place| place.module == state.entry);
        let here = prepared.zip(place).and_then(|(prepared, place)| prepared.followable.get(&place.start).copied());
        let open = state.followed.as_ref().map(|followed| followed.start);
        let stop = match ended {
            Attempt::Stopped(stop) => Some(stop),
            Attempt::Finished | Attempt::Lacking | Attempt::Missing | Attempt::Failed(_) => None,
        };
        let suspects = [open, here.map(|(_, followed)| followed), stop.and_then(|stop| stop.unit)];
        if let Some(followed) = suspects.into_iter().flatten().find(|unit| self.is_followed(*unit)) {
            self.give_up(followed);
            return true;
        }
        let Some(stop) = stop else {
            let followed: Vec<u32> = self.all.keys().copied().filter(|unit| self.is_followed(*unit)).collect();
            followed.iter().for_each(|unit| self.give_up(*unit));
            return !followed.is_empty();
        };
        let Some(unit) = stop.unit else { return false };
        if self.all.contains_key(&unit) {
            // It cannot be left out by itself.
            self.latest = Some(unit);
            return self.take_back(prepared, state);
        }
        if let Some((_, followed)) = here.filter(|(of, _)| *of == unit)
            && !self.unclear.contains(&followed)
            && !self.all.contains_key(&followed)
        {
            self.all.insert(followed, CarriedUnit::Followed);
            self.latest = Some(followed);
            state.carried.insert(followed, stop.why.clone());
            return true;
        }
        let rest = prepared.is_some_and(|prepared| prepared.whole.contains(&unit));
        self.all.insert(unit, CarriedUnit::Left { rest });
        self.latest = Some(unit);
        state.carried.insert(unit, stop.why.clone());
        true
    }

    /// What was decided last cannot be done: the statement is not followed, or all of the function that the tool calls is
    /// left out with the one that was to be. False when there is nothing.
    pub fn take_back(&mut self, prepared: Option<&Prepared>, state: &mut State) -> bool {
        let Some(latest) = self.latest.take() else { return false };
        if self.is_followed(latest) {
            self.give_up(latest);
            return true;
        }
        let around = |(start, end): &&(u32, u32)| *start <= latest && latest < *end;
        let Some((first, end)) = prepared.and_then(|prepared| prepared.bodies.iter().find(around)).copied() else {
            return false;
        };
        if self.all.get(&first) == Some(&CarriedUnit::Left { rest: true }) {
            return false;
        }
        let why = state.carried.get(&latest).cloned().unwrap_or_default();
        self.all.retain(|unit, _| *unit < first || *unit >= end);
        self.all.insert(first, CarriedUnit::Left { rest: true });
        state.carried.insert(first, why);
        true
    }

    fn is_followed(&self, unit: u32) -> bool {
        self.all.get(&unit) == Some(&CarriedUnit::Followed)
    }

    fn give_up(&mut self, unit: u32) {
        self.all.remove(&unit);
        self.unclear.insert(unit);
    }
}
