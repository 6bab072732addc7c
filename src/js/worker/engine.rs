//! One run of a script: a fresh engine for each attempt. An attempt that comes to a statement which depends on what only a
//! real run can know is given up, and the next one carries that statement as code.

use super::super::message::{End, Event, Failure, FailureKind, Module, Report, Run, ShimText};
use super::super::prepare::{BUILT_IN, Prepared, SELDOM, prepare};
use super::super::tape::Place;
use super::Wire;
use super::compiled::Text;
use super::host::{self, Shared, State, Stop};
use super::units::Units;
use rquickjs::Value as JsValue;
use rquickjs::promise::PromiseState;
use rquickjs::{
    CatchResultExt, CaughtError, Context, Ctx, Exception, Function, Object, Persistent, Promise, Result, Runtime,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Memory of one attempt in bytes.
const MEMORY: usize = 256 << 20;
/// Stack of one attempt in bytes.
const STACK: usize = 4 << 20;
/// How much an attempt may allocate in bytes before rubbish is looked for: hardly any comes to that, and looking costs
/// more than the run.
const GARBAGE: usize = 32 << 20;
/// How long one attempt may take.
const TIME: Duration = Duration::from_secs(2);
/// How long all attempts may take.
const TIME_OF_ALL: Duration = Duration::from_secs(3);
/// How many jobs an attempt may queue.
const JOBS: usize = 2_000_000;
/// How many statements may be carried before a run is given up.
const ATTEMPTS: usize = 120;

const KERNEL: &str = include_str!("../guest/kernel.js");

/// The kernel's own parts, each read when it is asked for.
const PARTS: [(&str, &str); 5] = [
    ("chains", include_str!("../guest/chains.js")),
    ("follow", include_str!("../guest/follow.js")),
    ("guards", include_str!("../guest/guards.js")),
    ("instruments", include_str!("../guest/instruments.js")),
    ("node", include_str!("../guest/node.js")),
];

/// Runs scripts, one after the other.
pub(super) struct Engine {
    /// The last files, made ready: a migration is run up and then down, and helpers are shared.
    modules: HashMap<u32, (Module, Rc<Prepared>)>,
    /// Modules that cannot be loaded.
    opaque: HashMap<u32, String>,
    /// What runs before a script.
    ours: Rc<Ours>,
}

/// What runs before a script.
struct Ours {
    kernel: Text,
    /// The tool's shim.
    shim: Text,
    /// What the kernel and the shim ask for by name.
    parts: Vec<(String, Text)>,
}

impl Ours {
    fn new(shim: &ShimText) -> Self {
        let own_parts = PARTS.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let parts = own_parts.iter().chain(&shim.parts).map(|(name, text)| (name.clone(), part(text)));
        Ours { kernel: kernel(), shim: part(&shim.main), parts: parts.collect() }
    }
}

impl Default for Engine {
    fn default() -> Self {
        let none = ShimText { main: String::new(), parts: Vec::new() };
        Engine { modules: HashMap::new(), opaque: HashMap::new(), ours: Rc::new(Ours::new(&none)) }
    }
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

impl Engine {
    /// Runs a script and says what it did. Gives the line back, unless it is gone.
    pub fn run(&mut self, run: &Run, wire: Wire) -> std::io::Result<Wire> {
        let began = Instant::now();
        if let Some(shim) = &run.shim {
            self.ours = Rc::new(Ours::new(shim));
        }
        let modules = std::mem::take(&mut self.modules);
        let state = Rc::new(RefCell::new(State {
            wire,
            modules,
            carried: BTreeMap::new(),
            events: Vec::new(),
            holes: Vec::new(),
            chains: Vec::new(),
            sizes: Vec::new(),
            bodies: Vec::new(),
            open_bodies: Vec::new(),
            place: Place::default(),
            unit: None,
            followed: None,
            idle: Vec::new(),
            reached: BTreeSet::new(),
            entry: run.module.id,
            loading: Vec::new(),
            entered: BTreeSet::new(),
            missing: BTreeSet::new(),
            asked: 0,
            left_out: HashMap::new(),
            opaque: std::mem::take(&mut self.opaque),
            stop: None,
            whole: false,
            lacking: false,
            broken: None,
            abandoned: false,
            count: 0,
            text: 0,
            over: false,
            identify: None,
            hole: None,
        }));
        let mut units = Units::default();
        let (prepared, failure) = self.attempts(run, &state, &mut units, began);
        let mut state =
            Rc::into_inner(state).map(RefCell::into_inner).ok_or_else(|| std::io::Error::other("in use"))?;
        let unreached = match (&prepared, &failure) {
            (Some(prepared), None) => unreached(prepared, &state.reached, run.module.id),
            _ => Vec::new(),
        };
        let mut events = std::mem::take(&mut state.events);
        if failure.as_ref().is_some_and(|failure| failure.kind == FailureKind::Limit) {
            // What it did up to there is as much as a loop does in that time; what it says of itself comes first.
            events.retain(|event| matches!(event, Event::Call(call) if call.name == "module"));
        }
        state.wire.say(&Report::Done { events, end: End { unreached, failure } })?;
        self.modules = std::mem::take(&mut state.modules);
        self.opaque = std::mem::take(&mut state.opaque);
        if !units.all.is_empty() {
            self.modules.remove(&run.module.id);
        }
        if self.modules.len() > 1_000 {
            self.modules.clear();
        }
        Ok(state.wire)
    }

    fn attempts(
        &mut self,
        run: &Run,
        state: &Shared,
        units: &mut Units,
        began: Instant,
    ) -> (Option<Rc<Prepared>>, Option<Failure>) {
        if state.borrow_mut().load(run.module.clone()).is_err() {
            return (None, Some(broken(state)));
        }
        let mut prepared = state.borrow().modules.get(&run.module.id).map(|(_, prepared)| Rc::clone(prepared));
        let seldom = |prepared: &Rc<Prepared>| prepared.needs.split(' ').any(|need| need == SELDOM);
        state.borrow_mut().whole = prepared.as_ref().is_some_and(seldom);
        for attempt in 0.. {
            let late = began.elapsed() > TIME_OF_ALL || attempt > ATTEMPTS;
            match attempt_once(run, &self.ours, state) {
                Attempt::Finished if state.borrow().followed.is_none() => return (prepared, None),
                Attempt::Lacking => {
                    let mut state = state.borrow_mut();
                    state.whole = true;
                    if state.wire.say(&Report::Restart).is_err() {
                        return (None, None);
                    }
                    state.begin_again();
                }
                Attempt::Missing => {
                    let mut state = state.borrow_mut();
                    if state.wire.say(&Report::Restart).is_err() {
                        return (None, None);
                    }
                    state.begin_again();
                }
                attempt if !late && self.is_opaque(run, state, &attempt) => {
                    let mut state = state.borrow_mut();
                    if state.wire.say(&Report::Restart).is_err() {
                        return (None, None);
                    }
                    state.begin_again();
                }
                ended => {
                    let failure = failure(state, &ended);
                    if late || !units.next(&ended, prepared.as_deref(), &mut state.borrow_mut()) {
                        return (prepared, Some(failure));
                    }
                    let ready = |units: &Units| prepare(&run.module.path, &run.module.text, &units.all);
                    let again = ready(units).or_else(|unreadable| match units.take_back() {
                        true => ready(units),
                        false => Err(unreadable),
                    });
                    let Ok(again) = again else { return (prepared, Some(failure)) };
                    let again = Rc::new(again);
                    let mut state = state.borrow_mut();
                    state.modules.insert(run.module.id, (run.module.clone(), Rc::clone(&again)));
                    prepared = Some(again);
                    if state.wire.say(&Report::Restart).is_err() {
                        return (None, None);
                    }
                    state.begin_again();
                }
            }
        }
        (prepared, None)
    }
}

impl Engine {
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

impl State {
    fn begin_again(&mut self) {
        self.events.clear();
        self.holes.clear();
        self.chains.clear();
        self.sizes.clear();
        self.bodies.clear();
        self.open_bodies.clear();
        self.loading.clear();
        self.entered.clear();
        self.asked = 0;
        self.reached.clear();
        self.stop = None;
        self.lacking = false;
        self.count = 0;
        self.text = 0;
        self.unit = None;
        self.followed = None;
        self.over = false;
    }
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

fn broken(state: &Shared) -> Failure {
    let (message, at) = state.borrow_mut().broken.take().unwrap_or_default();
    Failure { kind: FailureKind::Syntax, message, at }
}

/// A fresh context. What scripts seldom use takes a third of the time, and is left out of one that is not whole.
fn context(runtime: &Runtime, whole: bool) -> Result<Context> {
    use rquickjs::context::intrinsic::{Date, Eval, Json, MapSet, Promise, Proxy, RegExp, RegExpCompiler};
    match whole {
        true => Context::full(runtime),
        false => Context::custom::<(Date, Eval, RegExpCompiler, RegExp, Json, Proxy, MapSet, Promise)>(runtime),
    }
}

fn attempt_once(run: &Run, ours: &Rc<Ours>, state: &Shared) -> Attempt {
    let limit = |message: &str| {
        let at = state.borrow().place;
        Attempt::Failed(Failure { kind: FailureKind::Limit, message: message.to_owned(), at })
    };
    let Ok(runtime) = Runtime::new() else { return limit("the engine cannot be started") };
    runtime.set_memory_limit(MEMORY);
    runtime.set_max_stack_size(STACK);
    runtime.set_gc_threshold(GARBAGE);
    let deadline = Instant::now() + TIME;
    runtime.set_interrupt_handler(Some(Box::new(move || Instant::now() > deadline)));
    let Ok(context) = context(&runtime, state.borrow().whole) else { return limit("the engine cannot be started") };
    let ended = context.with(|ctx| -> std::result::Result<bool, Thrown> {
        let promise = start(&ctx, run, ours, state).catch(&ctx).map_err(Thrown::from)?;
        let mut jobs = 0;
        while promise.state() == PromiseState::Pending {
            jobs += 1;
            let over = {
                let state = state.borrow();
                state.stop.is_some() || state.lacking || state.abandoned || state.broken.is_some()
            };
            if over || jobs > JOBS || Instant::now() > deadline || !goes_on(&ctx, state) {
                return Ok(false);
            }
        }
        // What was started and not waited for still runs, as in a real run before the process ends.
        while jobs < JOBS && Instant::now() < deadline && state.borrow().stop.is_none() && goes_on(&ctx, state) {
            jobs += 1;
        }
        match promise.result::<JsValue<'_>>() {
            Some(result) => result.catch(&ctx).map(|_| true).map_err(Thrown::from),
            None => Ok(false),
        }
    });
    {
        let mut state = state.borrow_mut();
        state.identify = None;
        state.hole = None;
        state.idle.clear();
    }
    drop(context);
    drop(runtime);
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
    drop(held);
    if over {
        return limit("more calls than a migration makes");
    }
    if Instant::now() > deadline {
        return limit("it takes too long");
    }
    match ended {
        Ok(true) => Attempt::Finished,
        Ok(false) => Attempt::Failed(Failure {
            kind: FailureKind::Waits,
            message: "it waits for something that never comes".into(),
            at,
        }),
        Err(thrown) if thrown.out_of_memory => limit("it takes too much memory or stack"),
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
        let message: String = message.chars().take(300).collect();
        // Without memory for an error, the engine throws null.
        let bare = matches!(&error, CaughtError::Value(value) if value.is_null());
        let out_of_memory = bare || message.contains("out of memory") || message.contains("call stack size exceeded");
        Thrown { message, out_of_memory }
    }
}

/// The kernel: a function of the host, which opens parts with what global names stood for before the script.
fn kernel() -> Text {
    let names = BUILT_IN.join(",");
    Text::new(format!("((host)=>({KERNEL})(host,(({names})=>(part)=>part({names}))({names})))"))
}

/// A part, or the shim: a function that the kernel opens.
fn part(function: &str) -> Text {
    let names = BUILT_IN.join(",");
    Text::new(format!("(({names})=>{function}\n)"))
}

/// Starts a script: gives the promise of its end.
fn start<'js>(ctx: &Ctx<'js>, run: &Run, ours: &Rc<Ours>, state: &Shared) -> Result<Promise<'js>> {
    let host = host::object(ctx, state)?;
    host.set("dialect", run.dialect.as_str())?;
    let (parts, s) = (Rc::clone(ours), Rc::clone(state));
    let part = move |ctx: Ctx<'js>, name: String| {
        let found = parts.parts.iter().find(|(known, _)| *known == name);
        found.and_then(|(_, text)| text.function(&ctx).ok()).ok_or_else(|| {
            s.borrow_mut().broken =
                Some((format!("`{name}` of what runs before a script cannot be read"), Place::default()));
            Exception::throw_message(&ctx, "the run is over")
        })
    };
    host.set("part", Function::new(ctx.clone(), part)?)?;
    let kernel: Object<'js> = ours.kernel.function(ctx)?.call((host.clone(),))?;
    let identify: Function<'js> = kernel.get("identify")?;
    let hole: Function<'js> = kernel.get("hole")?;
    let missing = state.borrow().missing.clone();
    for name in &missing {
        ctx.globals().set(name.as_str(), hole.call::<_, JsValue<'js>>((name.as_str(),))?)?;
    }
    {
        let mut state = state.borrow_mut();
        state.identify = Some(Persistent::save(ctx, identify));
        state.hole = Some(Persistent::save(ctx, hole));
    }
    let open: Function<'js> = kernel.get("open")?;
    let shim: Function<'js> = open.call((ours.shim.function(ctx)?,))?;
    let shim: Object<'js> = shim.call((kernel.clone(), host, run.dialect.as_str()))?;
    let begin: Function<'js> = kernel.get("begin")?;
    let Run { module, direction, part, .. } = run;
    begin.call((shim, module.id, module.path.as_str(), direction.as_str(), part.as_str()))
}
