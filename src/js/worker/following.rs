//! Statements that are followed (`prepare/follow.rs`), as the recorder knows them.

use super::super::message::Event;
use super::super::tape::Place;
use super::host::Shared;
use rquickjs::{Ctx, Exception, Function, Object, Persistent, Promise, Result};
use std::collections::BTreeSet;
use std::rc::Rc;

/// A statement that is being followed.
pub(super) struct Followed {
    /// Its first byte.
    pub start: u32,
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
                state.followed =
                    Some(Followed { start, depth: 1, loose: BTreeSet::new(), fails: false, before, forks: Vec::new() });
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
