//! Statements that are followed (`prepare/follow.rs`), as the recorder knows them.

use super::super::message::Event;
use super::super::prepare::Runs;
use super::super::tape::Place;
use super::host::{Shared, State};
use rquickjs::{Ctx, Exception, Function, Object, Persistent, Promise, Result};
use std::collections::BTreeSet;
use std::rc::Rc;

/// A statement that is being followed.
pub(super) struct Followed {
    /// Its first byte.
    pub start: u32,
    /// What it runs.
    runs: Runs,
    /// How many times it is under way.
    depth: usize,
    /// The chains that were started in it and are no part of anything yet.
    pub loose: BTreeSet<usize>,
    /// Whether it may fail on purpose.
    fails: bool,
    /// How many chains there were before it.
    pub before: usize,
    /// For each condition of which both ways are being run how many chains there were before.
    pub forks: Vec<usize>,
}

impl State {
    /// Whether something that a module which was imported does may last until it is called again.
    pub fn others_last(&self) -> bool {
        let lasts = |id: &u32| self.modules.get(id).is_none_or(|(_, prepared)| prepared.lasting);
        self.entered.iter().filter(|id| **id != self.entry).any(lasts)
    }

    /// A place is come to: where it is none of what the statement runs that is followed, something else goes on at the same
    /// time, and what is recorded cannot be told apart.
    pub fn comes_to(&mut self, at: Place) {
        let Some(followed) = &self.followed else { return };
        let here = |(start, end): &(u32, u32)| *start <= at.start && at.start < *end;
        let own = match at.module == self.entry {
            true => followed.runs.within.iter().any(here),
            false => followed.runs.imports,
        };
        if !own {
            let unit = i64::from(followed.start);
            self.halt("something else that goes on at the same time".into(), Some(unit));
        }
    }
}

/// What statements that are followed report.
pub(super) fn report<'js>(ctx: &Ctx<'js>, state: &Shared, host: &Object<'js>) -> Result<()> {
    let s = Rc::clone(state);
    host.set("followed", Function::new(ctx.clone(), move || s.borrow().followed.is_some())?)?;
    let s = Rc::clone(state);
    let follow = move |ctx: Ctx<'js>, start: u32, end: u32| -> Result<()> {
        let mut state = s.borrow_mut();
        state.admit(&ctx)?;
        match &mut state.followed {
            Some(followed) if followed.start == start => followed.depth += 1,
            Some(followed) => {
                let unit = i64::from(followed.start);
                state.halt("two statements that go by rows at once".into(), Some(unit));
                return Err(Exception::throw_message(&ctx, "only a real run can know"));
            }
            None => {
                let why = state.carried.get(&start).cloned().unwrap_or_default();
                let at = Place { module: state.entry, start, end };
                state.events.push(Event::Begin { at, why });
                let before = state.chains.len();
                let others_last = state.others_last();
                let entry = state.modules.get(&state.entry);
                let runs = entry.and_then(|(_, prepared)| prepared.runs.get(&start)).cloned().unwrap_or_default();
                if runs.imports && others_last {
                    state.halt("what another module keeps may have changed".into(), Some(i64::from(start)));
                    return Err(Exception::throw_message(&ctx, "only a real run can know"));
                }
                state.followed = Some(Followed {
                    start,
                    runs,
                    depth: 1,
                    loose: BTreeSet::new(),
                    fails: false,
                    before,
                    forks: Vec::new(),
                });
            }
        }
        Ok(())
    };
    host.set("follow", Function::new(ctx.clone(), follow)?)?;
    let s = Rc::clone(state);
    // Everything that was started in it has come to its end.
    let close = move |ctx: Ctx<'js>| -> Result<()> {
        let mut state = s.borrow_mut();
        let Some(mut followed) = state.followed.take() else { return Ok(()) };
        followed.depth -= 1;
        if followed.depth > 0 {
            state.followed = Some(followed);
            return Ok(());
        }
        // A connection by itself does nothing.
        let does = |id: &usize| state.chains.get(*id).is_some_and(|calls| calls.iter().any(|call| call.name != "knex"));
        if followed.loose.iter().any(does) {
            state.halt("a query that is not waited for".into(), Some(i64::from(followed.start)));
            return Err(Exception::throw_message(&ctx, "only a real run can know"));
        }
        state.events.push(Event::End { fails: followed.fails });
        Ok(())
    };
    host.set("close", Function::new(ctx.clone(), close)?)?;
    // Both ways of a condition are run from here on; whether they may be. In a builder's body they may not: it is one call.
    let s = Rc::clone(state);
    let fork = move || -> bool {
        let mut state = s.borrow_mut();
        let chains = state.chains.len();
        let may = state.open_bodies.is_empty();
        if let Some(followed) = state.followed.as_mut().filter(|_| may) {
            followed.forks.push(chains);
            return true;
        }
        false
    };
    host.set("fork", Function::new(ctx.clone(), fork)?)?;
    let s = Rc::clone(state);
    let join = move || {
        if let Some(followed) = &mut s.borrow_mut().followed {
            followed.forks.pop();
        }
    };
    host.set("join", Function::new(ctx.clone(), join)?)?;
    let s = Rc::clone(state);
    let fails = move || {
        if let Some(followed) = &mut s.borrow_mut().followed {
            followed.fails = true;
        }
    };
    host.set("fails", Function::new(ctx.clone(), fails)?)?;
    let s = Rc::clone(state);
    let idle = move |ctx: Ctx<'js>| -> Result<Promise<'js>> {
        let (promise, resolve, _) = Promise::new(&ctx)?;
        s.borrow_mut().idle.push(Persistent::save(&ctx, resolve));
        Ok(promise)
    };
    host.set("idle", Function::new(ctx.clone(), idle)?)
}
