//! One run of a script: a fresh engine for each attempt, and for the direction that comes next where that has to be
//! (`again.rs`), unless one may serve several scripts (`kept.rs`). An attempt that comes to a statement which depends on
//! what only a real run can know is given up, and the next one carries that statement as code.

use super::super::message::{Failure, FailureKind, LONGEST_MESSAGE, Module, Report, Run, ShimText};
use super::super::prepare::{BUILT_IN, Prepared, SELDOM, prepare_again};
use super::super::tape::Place;
use super::Wire;
use super::again;
use super::compiled::Text;
use super::host::{self, Shared, State, Stop};
use super::kept::{self, Engine, Reader};
use super::limits::{Budget, Taken, processor_time};
use super::units::Units;
use rquickjs::Value as JsValue;
use rquickjs::promise::PromiseState;
use rquickjs::{
    CatchResultExt, CaughtError, Context, Ctx, Exception, Function, Object, Persistent, Promise, Result, Runtime,
};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Instant;

/// Memory of one attempt in bytes.
pub(super) const MEMORY: usize = 256 << 20;

const KERNEL_TEXT: &str = include_str!("../guest/kernel.js");

/// The names of the kernel and of the tool's shim among what runs before a script.
const KERNEL: &str = "kernel";
const SHIM: &str = "shim";

/// The kernel's own parts, each read when it is asked for.
const PARTS: [(&str, &str); 5] = [
    ("chains", include_str!("../guest/chains.js")),
    ("follow", include_str!("../guest/follow.js")),
    ("guards", include_str!("../guest/guards.js")),
    ("instruments", include_str!("../guest/instruments.js")),
    ("node", include_str!("../guest/node.js")),
];

/// Runs scripts, one after the other.
pub(super) struct Runner {
    /// The last files, made ready: a migration is run up and then down, and helpers are shared.
    modules: HashMap<u32, (Module, Rc<Prepared>)>,
    /// Modules that cannot be loaded.
    opaque: HashMap<u32, String>,
    /// What runs before a script.
    ours: Rc<Ours>,
    /// What seals an engine.
    seal: Text,
    /// The engine that waits for another script of the same shim.
    kept: Option<Engine>,
}

/// What runs before a script: the kernel, the tool's shim, and what they ask for, by name.
pub(super) struct Ours(Vec<(String, Text)>);

impl Ours {
    fn new(shim: &ShimText) -> Self {
        let own_parts = PARTS.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let parts = own_parts.iter().chain(&shim.parts).map(|(name, text)| (name.clone(), part(text)));
        let first = [(KERNEL.to_owned(), kernel()), (SHIM.to_owned(), part(&shim.main))];
        Ours(first.into_iter().chain(parts).collect())
    }

    /// The one of that name.
    pub fn text(&self, name: &str) -> Option<&Text> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, text)| text)
    }
}

impl Default for Runner {
    fn default() -> Self {
        let none = ShimText { main: String::new(), parts: Vec::new() };
        let ours = Rc::new(Ours::new(&none));
        Runner { modules: HashMap::new(), opaque: HashMap::new(), ours, seal: kept::seal(), kept: None }
    }
}

/// What is to be run.
struct Turn<'a> {
    run: &'a Run,
    direction: &'a str,
    /// The direction that is run after it.
    next: Option<&'a str>,
}

/// What came of all attempts.
enum Outcome {
    /// It is over, with this failure.
    Done(Option<Failure>),
    /// It is over, and that has been said; so it has of the next direction, if it is `both`.
    Told { both: bool },
}

/// How an attempt ended.
pub(super) enum Attempt {
    Finished,
    Stopped(Stop),
    /// It needs what only a whole engine has.
    Lacking,
    /// It names a global that is not there.
    Missing,
    Failed(Failure),
}

impl Runner {
    /// Runs a script and says what it did. `Err` where the line is gone.
    pub fn run(&mut self, run: &Run, wire: &Wire) -> std::io::Result<()> {
        if let Some(shim) = &run.shim {
            self.kept = None;
            self.ours = Rc::new(Ours::new(shim));
        }
        let mut directions = run.directions.as_slice();
        while let [direction, rest @ ..] = directions {
            let turn = Turn { run, direction, next: rest.first().map(String::as_str) };
            let both = self.turn(&turn, wire)?;
            directions = if both { rest.get(1..).unwrap_or_default() } else { rest };
        }
        Ok(())
    }

    /// Runs a direction; whether the next one has been run as well.
    fn turn(&mut self, turn: &Turn<'_>, wire: &Wire) -> std::io::Result<bool> {
        let entry = turn.run.module.id;
        let state =
            State::new(wire.clone(), entry, std::mem::take(&mut self.modules), std::mem::take(&mut self.opaque));
        let state = Rc::new(RefCell::new(state));
        let mut units = Units::default();
        let (prepared, outcome) = self.attempts(turn, &state, &mut units);
        let mut state =
            Rc::into_inner(state).map(RefCell::into_inner).ok_or_else(|| std::io::Error::other("in use"))?;
        let both = match outcome {
            Outcome::Done(failure) => {
                state.done(prepared.as_deref(), failure, false)?;
                false
            }
            Outcome::Told { both } => both,
        };
        self.modules = std::mem::take(&mut state.modules);
        self.opaque = std::mem::take(&mut state.opaque);
        if !units.all.is_empty() {
            self.modules.remove(&entry);
        }
        if self.modules.len() > 1_000 {
            self.modules.clear();
        }
        Ok(both)
    }

    fn attempts(&mut self, turn: &Turn<'_>, state: &Shared, units: &mut Units) -> (Option<Rc<Prepared>>, Outcome) {
        let run = turn.run;
        super::be_patient_in_reading();
        if state.borrow_mut().load(run.module.clone()).is_err() {
            return (None, Outcome::Done(Some(broken(state))));
        }
        let mut prepared = state.borrow().modules.get(&run.module.id).map(|(_, prepared)| Rc::clone(prepared));
        let seldom = |prepared: &Rc<Prepared>| prepared.needs.split(' ').any(|need| need == SELDOM);
        state.borrow_mut().whole = prepared.as_ref().is_some_and(seldom);
        if let Some(plain) = prepared.clone().filter(|prepared| kept::is_plain(prepared)) {
            if let Some(outcome) = self.among_others(turn, &plain, state) {
                return (prepared, outcome);
            }
            let mut state = state.borrow_mut();
            if state.wire.say(&Report::Restart).is_err() {
                return (None, Outcome::Done(None));
            }
            state.begin_again();
        }
        let mut taken = Taken::default();
        for attempt in 0.. {
            let plain = prepared.as_deref().filter(|known| attempt == 0 && !known.lasting);
            let next = turn.next.zip(plain);
            super::be_patient();
            let budget = Rc::new(Budget::new());
            let (attempt, told) = attempt_once(turn, next, &self.ours, state, &budget);
            taken.attempt(&budget, state.borrow().count);
            let late = taken.is_too_much();
            if let Some(both) = told {
                return (prepared, Outcome::Told { both });
            }
            match attempt {
                Attempt::Finished if state.borrow().followed.is_none() => return (prepared, Outcome::Done(None)),
                Attempt::Lacking => {
                    let mut state = state.borrow_mut();
                    state.whole = true;
                    if state.wire.say(&Report::Restart).is_err() {
                        return (None, Outcome::Done(None));
                    }
                    state.begin_again();
                }
                Attempt::Missing => {
                    let mut state = state.borrow_mut();
                    if state.wire.say(&Report::Restart).is_err() {
                        return (None, Outcome::Done(None));
                    }
                    state.begin_again();
                }
                attempt if !late && self.is_opaque(run, state, &attempt) => {
                    let mut state = state.borrow_mut();
                    if state.wire.say(&Report::Restart).is_err() {
                        return (None, Outcome::Done(None));
                    }
                    state.begin_again();
                }
                ended => {
                    let failure = failure(state, &ended);
                    if late || !units.next(&ended, prepared.as_deref(), &mut state.borrow_mut()) {
                        return (prepared, Outcome::Done(Some(failure)));
                    }
                    super::be_patient_in_reading();
                    taken.made_ready(run.module.text.len());
                    let Some(before) = prepared.clone() else { return (None, Outcome::Done(Some(failure))) };
                    let Module { path, text, .. } = &run.module;
                    let ready = |units: &Units| prepare_again(&before, path, text, &units.all);
                    let again = ready(units).or_else(|unreadable| {
                        match units.take_back(prepared.as_deref(), &mut state.borrow_mut()) {
                            true => ready(units),
                            false => Err(unreadable),
                        }
                    });
                    let Ok(again) = again else { return (prepared, Outcome::Done(Some(failure))) };
                    let again = Rc::new(again);
                    let mut state = state.borrow_mut();
                    state.modules.insert(run.module.id, (run.module.clone(), Rc::clone(&again)));
                    prepared = Some(again);
                    if state.wire.say(&Report::Restart).is_err() {
                        return (None, Outcome::Done(None));
                    }
                    state.begin_again();
                }
            }
        }
        (prepared, Outcome::Done(None))
    }
}

impl Runner {
    /// An attempt at a plain script in the engine that serves several; `None` where what came of it does not count.
    fn among_others(&mut self, turn: &Turn<'_>, plain: &Prepared, state: &Shared) -> Option<Outcome> {
        super::be_patient();
        let waiting = self.kept.take().filter(Engine::is_as_new);
        let empty = || State::new(state.borrow().wire.clone(), 0, HashMap::new(), HashMap::new());
        let mut engine = waiting.or_else(|| Engine::sealed(&self.seal, empty()).ok())?;
        let (turns, reader) = (state, engine.reader(&self.ours));
        let state = &Rc::clone(&engine.record);
        state.swap(turns);
        state.borrow_mut().sealed = Some(engine.served);
        let budget = Rc::new(Budget::short());
        let began = processor_time();
        let took = || processor_time().saturating_sub(began);
        let inside = (&engine.runtime, &engine.context);
        let attempt = course(inside.0, inside.1, (state, &budget), |ctx| start(ctx, turn, true, (&engine, &reader)));
        let well = matches!(attempt, Attempt::Finished) && state.borrow().is_as_loaded() && budget.is_short();
        let outcome = match (attempt, turn.next) {
            (Attempt::Finished, Some(next)) if well => {
                let both = again::again(inside, took(), (next, plain), state);
                Some(Outcome::Told { both })
            }
            (Attempt::Finished, None) if well => Some(Outcome::Done(None)),
            (Attempt::Failed(failure), _) if failure.kind == FailureKind::Abandoned => {
                Some(Outcome::Done(Some(failure)))
            }
            _ => None,
        };
        let mut held = state.borrow_mut();
        let ended = matches!(outcome, Some(Outcome::Done(None) | Outcome::Told { both: true }));
        let keeps = ended && !held.abandoned && held.is_as_loaded();
        held.frees();
        held.place = Place::default();
        drop(held);
        state.swap(turns);
        if keeps && engine.serves_on(took()) {
            self.kept = Some(engine);
        }
        outcome
    }

    /// Whether an attempt came to its end inside a module that was being loaded for the migration, in a way that did not let
    /// the run go on: then it is left out from now on.
    fn is_opaque(&self, run: &Run, state: &Shared, attempt: &Attempt) -> bool {
        let unknown = match attempt {
            Attempt::Finished | Attempt::Lacking | Attempt::Missing => false,
            Attempt::Stopped(_) => true,
            Attempt::Failed(failure) => failure.kind == FailureKind::Threw,
        };
        let mut state = state.borrow_mut();
        let loading = state.loading.last().map(|loading| loading.module);
        loading
            .filter(|module| unknown && *module != run.module.id)
            .and_then(|module| state.leave_out(module))
            .is_some()
    }
}

/// The failure that a run ends with where an attempt is its last.
fn failure(state: &Shared, ended: &Attempt) -> Failure {
    let at = state.borrow().place;
    match ended {
        Attempt::Failed(failure) => failure.clone(),
        Attempt::Stopped(stop) => Failure { kind: FailureKind::Unknowable, message: stop.why.clone(), at },
        Attempt::Finished | Attempt::Lacking | Attempt::Missing => {
            Failure { kind: FailureKind::Waits, message: "it waits for something that never comes".into(), at }
        }
    }
}

fn broken(state: &Shared) -> Failure {
    let (message, at) = state.borrow_mut().broken.take().unwrap_or_default();
    Failure { kind: FailureKind::Syntax, message, at }
}

/// One attempt. Where it ended well and `next` certainly comes out in the same engine as it would in one of its own, that is
/// run there: then both have been said, or only the first.
fn attempt_once(
    turn: &Turn<'_>,
    next: Option<(&str, &Prepared)>,
    ours: &Rc<Ours>,
    state: &Shared,
    budget: &Rc<Budget>,
) -> (Attempt, Option<bool>) {
    let limit = || (limit(state, "the engine cannot be started"), None);
    let Ok(engine) = Engine::new(state) else { return limit() };
    let (runtime, context) = (&engine.runtime, &engine.context);
    let reader = engine.reader(ours);
    let began = Instant::now();
    let attempt = course(runtime, context, (state, budget), |ctx| start(ctx, turn, next.is_some(), (&engine, &reader)));
    let shares = next.filter(|_| matches!(attempt, Attempt::Finished) && state.borrow().is_as_loaded());
    let told = shares.map(|next| again::again((runtime, context), began.elapsed(), next, state));
    state.borrow_mut().frees();
    (attempt, told)
}

fn limit(state: &Shared, message: &str) -> Attempt {
    let at = state.borrow().place;
    Attempt::Failed(Failure { kind: FailureKind::Limit, message: message.to_owned(), at })
}

/// Runs something to its end, with everything that it started.
pub(super) fn course(
    runtime: &Runtime,
    context: &Context,
    (state, budget): (&Shared, &Rc<Budget>),
    begin: impl for<'js> FnOnce(&Ctx<'js>) -> Result<Promise<'js>>,
) -> Attempt {
    let looks = Rc::clone(budget);
    runtime.set_interrupt_handler(Some(Box::new(move || looks.look())));
    let ended = context.with(|ctx| -> std::result::Result<bool, Thrown> {
        let promise = begin(&ctx).catch(&ctx).map_err(Thrown::from)?;
        while promise.state() == PromiseState::Pending {
            let over = {
                let state = state.borrow();
                state.stop.is_some() || state.lacking || state.abandoned || state.broken.is_some()
            };
            if over || !budget.admits_job() || !goes_on(&ctx, state) {
                return Ok(false);
            }
        }
        // What was started and not waited for still runs, as in a real run before the process ends.
        while budget.admits_job() && state.borrow().stop.is_none() && goes_on(&ctx, state) {}
        match promise.result::<JsValue<'_>>() {
            Some(result) => result.catch(&ctx).map(|_| true).map_err(Thrown::from),
            None => Ok(false),
        }
    });
    judge(state, ended, budget)
}

fn judge(state: &Shared, ended: std::result::Result<bool, Thrown>, budget: &Budget) -> Attempt {
    let mut held = state.borrow_mut();
    let at = held.place;
    if held.abandoned {
        return Attempt::Failed(Failure { kind: FailureKind::Abandoned, message: String::new(), at });
    }
    if held.broken.is_some() {
        drop(held);
        return Attempt::Failed(broken(state));
    }
    if held.lacking {
        return Attempt::Lacking;
    }
    if let Some(stop) = held.stop.take() {
        return Attempt::Stopped(stop);
    }
    let over = held.over;
    let unit = held.unit;
    let unused = held.is_left_unused();
    drop(held);
    if over {
        return limit(state, "more calls than a migration makes");
    }
    if budget.is_over() {
        return limit(state, "it takes too long");
    }
    match ended {
        Ok(true) => unused.map_or(Attempt::Finished, Attempt::Stopped),
        Ok(false) => Attempt::Failed(Failure {
            kind: FailureKind::Waits,
            message: "it waits for something that never comes".into(),
            at,
        }),
        Err(thrown) if thrown.out_of_memory => limit(state, "it takes too much memory or stack"),
        Err(thrown) if state.borrow_mut().misses(&thrown.message) => Attempt::Missing,
        // What is thrown in a statement of the migration leaves that statement to a real run.
        Err(thrown) if unit.is_some() => Attempt::Stopped(Stop { unit, why: thrown.message }),
        Err(thrown) => Attempt::Failed(Failure { kind: FailureKind::Threw, message: thrown.message, at }),
    }
}

/// Does the next thing that is to be done, or tells one of those that wait until there is none; whether there was any.
fn goes_on(ctx: &Ctx<'_>, state: &Shared) -> bool {
    if ctx.execute_pending_job() {
        return true;
    }
    let waiting = state.borrow_mut().idle.pop();
    let told = waiting.and_then(|waiting| waiting.restore(ctx).ok()).and_then(|resolve| resolve.call::<_, ()>(()).ok());
    told.is_some()
}

/// Something that a script threw.
struct Thrown {
    message: String,
    out_of_memory: bool,
}

impl From<CaughtError<'_>> for Thrown {
    fn from(error: CaughtError<'_>) -> Self {
        let message = match &error {
            CaughtError::Exception(exception) => exception.message().unwrap_or_default(),
            CaughtError::Value(value) => value
                .as_string()
                .and_then(|text| text.to_string().ok())
                .unwrap_or_else(|| "something that is no error".to_owned()),
            CaughtError::Error(error) => error.to_string(),
        };
        let message: String = message.chars().take(LONGEST_MESSAGE).collect();
        // Without memory for an error, the engine throws null.
        let bare = matches!(&error, CaughtError::Value(value) if value.is_null());
        let out_of_memory = bare || message.contains("out of memory") || message.contains("call stack size exceeded");
        Thrown { message, out_of_memory }
    }
}

/// The kernel: a function of the host, which opens parts with what global names stood for before the script.
fn kernel() -> Text {
    let names = BUILT_IN.join(",");
    Text::new(format!("((host)=>({KERNEL_TEXT})(host,(({names})=>(part)=>part({names}))({names})))"))
}

/// A part, or the shim: a function that the kernel opens.
fn part(function: &str) -> Text {
    let names = BUILT_IN.join(",");
    Text::new(format!("(({names})=>{function}\n)"))
}

/// A function of ours.
fn read<'js>(ctx: &Ctx<'js>, ours: &Reader, name: &str, state: &Shared) -> Result<Function<'js>> {
    ours.function(ctx, name).and_then(Result::ok).ok_or_else(|| {
        let message = format!("`{name}` of what runs before a script cannot be read");
        state.borrow_mut().broken = Some((message, Place::default()));
        Exception::throw_message(ctx, "the run is over")
    })
}

/// What the kernel is given, and the kernel.
fn make<'js>(ctx: &Ctx<'js>, ours: &Reader, state: &Shared) -> Result<[Object<'js>; 2]> {
    let host = host::object(ctx, state)?;
    let (parts, s) = (ours.clone(), Rc::clone(state));
    let part = move |ctx: Ctx<'js>, name: String| {
        s.borrow_mut().opens(&ctx, &name)?;
        read(&ctx, &parts, &name, &s)
    };
    host.set("part", Function::new(ctx.clone(), part)?)?;
    let kernel: Object<'js> = read(ctx, ours, KERNEL, state)?.call((host.clone(),))?;
    Ok([host, kernel])
}

/// Starts a script: gives the promise of its end.
fn start<'js>(
    ctx: &Ctx<'js>,
    turn: &Turn<'_>,
    again: bool,
    (engine, ours): (&Engine, &Reader),
) -> Result<Promise<'js>> {
    let run = turn.run;
    let state = &engine.record;
    let [host, kernel] = engine.kernel(ctx, || make(ctx, ours, state))?;
    host.set("dialect", run.dialect.as_str())?;
    let identify: Function<'js> = kernel.get("identify")?;
    let hole: Function<'js> = kernel.get("hole")?;
    let missing = state.borrow().missing.clone();
    let lost: Function<'js> = kernel.get("lost")?;
    for name in &missing {
        ctx.globals().set(name.as_str(), lost.call::<_, JsValue<'js>>((name.as_str(),))?)?;
    }
    {
        let mut state = state.borrow_mut();
        state.identify = Some(Persistent::save(ctx, identify));
        state.hole = Some(Persistent::save(ctx, hole));
    }
    let open: Function<'js> = kernel.get("open")?;
    let shim: Function<'js> = open.call((read(ctx, ours, SHIM, state)?,))?;
    let shim: Object<'js> = shim.call((kernel.clone(), host, run.dialect.as_str()))?;
    let begin: Function<'js> = kernel.get("begin")?;
    let Run { module, part, .. } = run;
    let promise = begin.call((shim, module.id, module.path.as_str(), turn.direction, part.as_str()))?;
    if again {
        let again: Function<'js> = kernel.get("again")?;
        state.borrow_mut().again = Some(Persistent::save(ctx, again));
    }
    Ok(promise)
}
