//! What the kernel of the shims calls: everything that is recorded goes straight here and is kept where no script can
//! reach it.

use super::super::message::{Event, Found, Module, Report, Request};
use super::super::prepare::{CarriedUnit, Prepared, prepare};
use super::super::tape::{Call, Hole, Piece, Place, Value};
use super::Wire;
use super::again::Loaded;
use super::encode::Encoder;
use super::following::{self, Followed};
use super::kept;
use super::limits::making_ready;
use super::loading::Loading;
use rquickjs::convert::List;
use rquickjs::function::{Opt, Rest};
use rquickjs::promise::PromiseState;
use rquickjs::{Ctx, Exception, Function, Object, Persistent, Result, Value as JsValue};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// How many calls, holes, chains and values in them a run may make.
const MOST: usize = 2_000_000;
/// How many bytes of text.
const MOST_TEXT: usize = 128 << 20;
/// How many files a run may consist of; of those beyond that nothing is known.
const MOST_FILES: usize = 250;

/// A statement at which a run cannot go on.
#[derive(Clone, Debug)]
pub(super) struct Stop {
    /// The statement to carry as code; `None` when it cannot be told.
    pub unit: Option<u32>,
    /// What it depends on.
    pub why: String,
}

/// What a run is made of and what it did so far.
pub(super) struct State {
    pub wire: Wire,
    /// The files by number, made ready.
    pub modules: HashMap<u32, (Module, Rc<Prepared>)>,
    /// Why statements of the migration are carried, by their first byte.
    pub carried: BTreeMap<u32, String>,
    pub events: Vec<Event>,
    pub holes: Vec<String>,
    /// What calls gave of which only a real run knows what they do, and with which nothing has been done: by the number of
    /// the hole the statement that it came from.
    pub unused: BTreeMap<usize, Option<u32>>,
    pub chains: Vec<Vec<Call>>,
    /// How many values each chain holds, those of the chains in it among them.
    pub sizes: Vec<usize>,
    pub bodies: Vec<Vec<u32>>,
    /// The units and places in which bodies that are being run were opened.
    pub open_bodies: Vec<(Option<u32>, Place)>,
    pub place: Place,
    pub unit: Option<u32>,
    /// The statement that is being followed.
    pub followed: Option<Followed>,
    /// Whoever waits until nothing else is left to do.
    pub idle: Vec<Persistent<Function<'static>>>,
    pub reached: BTreeSet<u32>,
    pub entry: u32,
    pub stop: Option<Stop>,
    /// The modules that are being loaded, the innermost last.
    pub loading: Vec<Loading>,
    /// Those that were loaded, or began to be.
    pub entered: BTreeSet<u32>,
    /// How many questions were asked.
    pub asked: usize,
    /// Globals that are named and not there: the application sets them, and what they are only a real run can know.
    pub missing: BTreeSet<String>,
    /// The statements of imported modules that are left out, by their first byte.
    pub left_out: HashMap<u32, BTreeMap<u32, CarriedUnit>>,
    /// Modules that cannot be loaded, because what they do when they are depends on what only a real run can know: each with
    /// its text.
    pub opaque: HashMap<u32, String>,
    /// Whether the engine has what scripts seldom use.
    pub whole: bool,
    /// Whether it lacks it and should have it.
    pub lacking: bool,
    /// What went wrong with the line, or a file that could not be made ready: message and place.
    pub broken: Option<(String, Place)>,
    pub abandoned: bool,
    /// What was put on record so far.
    pub count: usize,
    /// Bytes of text on record.
    pub text: usize,
    pub over: bool,
    /// How far the record was when the migration's module was loaded, and nothing of it had been run.
    pub loaded: Option<Loaded>,
    /// Whether something was loaded or put up since.
    pub grown: bool,
    /// Runs another direction of the script that was run.
    pub again: Option<Persistent<Function<'static>>>,
    pub identify: Option<Persistent<Function<'static>>>,
    pub hole: Option<Persistent<Function<'static>>>,
    /// How many scripts were run before in the engine, where that is one that serves several (`kept.rs`).
    pub sealed: Option<u32>,
}

impl State {
    /// Nothing yet, of a migration with that number.
    pub fn new(
        wire: Wire,
        entry: u32,
        modules: HashMap<u32, (Module, Rc<Prepared>)>,
        opaque: HashMap<u32, String>,
    ) -> Self {
        State {
            wire,
            modules,
            carried: BTreeMap::new(),
            events: Vec::new(),
            holes: Vec::new(),
            unused: BTreeMap::new(),
            chains: Vec::new(),
            sizes: Vec::new(),
            bodies: Vec::new(),
            open_bodies: Vec::new(),
            place: Place::default(),
            unit: None,
            followed: None,
            idle: Vec::new(),
            reached: BTreeSet::new(),
            entry,
            stop: None,
            loading: Vec::new(),
            entered: BTreeSet::new(),
            asked: 0,
            missing: BTreeSet::new(),
            left_out: HashMap::new(),
            opaque,
            whole: false,
            lacking: false,
            broken: None,
            abandoned: false,
            count: 0,
            text: 0,
            over: false,
            loaded: None,
            grown: false,
            again: None,
            identify: None,
            hole: None,
            sealed: None,
        }
    }

    /// Everything is void, and another attempt begins.
    pub fn begin_again(&mut self) {
        self.events.clear();
        self.holes.clear();
        self.unused.clear();
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
        self.loaded = None;
        self.grown = false;
        self.sealed = None;
    }

    /// Notes one more thing on record; `Err` when there are too many, or the run is over already.
    pub fn admit(&mut self, ctx: &Ctx<'_>) -> Result<()> {
        self.count += 1;
        if self.count > MOST || self.text > MOST_TEXT {
            self.over = true;
        }
        if self.over || self.lacking || self.stop.is_some() || self.abandoned || self.broken.is_some() {
            return Err(Exception::throw_message(ctx, "the run is over"));
        }
        Ok(())
    }

    /// A string, with the holes that are marked in it.
    pub fn text(&self, text: String) -> Value {
        if !text.contains('\u{e000}') {
            return Value::Text(text);
        }
        let mut pieces = Vec::new();
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once('\u{e000}') {
            let Some((number, behind)) = after.split_once('\u{e001}') else { break };
            let Some(source) = number.parse::<usize>().ok().and_then(|number| self.holes.get(number)) else { break };
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Hole(Hole { source: source.clone() }));
            rest = behind;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        match pieces.as_slice() {
            [Piece::Hole(hole)] => Value::Hole(hole.clone()),
            _ => Value::Mixed(pieces),
        }
    }

    /// The same for people.
    fn words(&self, text: String) -> String {
        match self.text(text) {
            Value::Text(text) => text,
            Value::Hole(hole) => format!("${{{}}}", hole.source),
            Value::Mixed(pieces) => pieces
                .into_iter()
                .map(|piece| match piece {
                    Piece::Text(text) => text,
                    Piece::Hole(hole) => format!("${{{}}}", hole.source),
                })
                .collect(),
            _ => String::new(),
        }
    }

    /// A call of something that is not known gave a hole.
    fn is_made(&mut self, hole: usize) {
        if !self.loading.is_empty() {
            return;
        }
        let opened = self.open_bodies.first().map(|(unit, _)| *unit);
        let followed = self.followed.as_ref().map(|followed| Some(followed.start));
        self.unused.insert(hole, opened.or(followed).unwrap_or(self.unit));
    }

    /// Something is done with a hole.
    pub fn is_hole_used(&mut self, hole: usize) {
        self.unused.remove(&hole);
    }

    /// The call that comes first of those that were made for what they do: nothing has been done with what they gave.
    pub fn is_left_unused(&self) -> Option<Stop> {
        let (hole, unit) = self.unused.first_key_value()?;
        let why = self.holes.get(*hole).map(|source| source.chars().take(200).collect());
        Some(Stop { unit: *unit, why: why.unwrap_or_default() })
    }

    /// A chain has become part of something.
    pub fn is_used(&mut self, chain: usize) {
        if let Some(followed) = &mut self.followed {
            followed.loose.remove(&chain);
        }
    }

    pub fn halt(&mut self, why: String, unit: Option<i64>) {
        if self.stop.is_some() {
            return;
        }
        let given = unit.and_then(|unit| u32::try_from(unit).ok());
        let unit = match self.open_bodies.first() {
            Some((opened, _)) => *opened,
            None => given.or(self.unit),
        };
        let why: String = why.chars().take(200).collect();
        self.stop = Some(Stop { unit, why });
    }
}

/// The state, shared with the functions that the kernel calls.
pub(super) type Shared = Rc<RefCell<State>>;

/// Makes the object that the kernel is given.
pub(super) fn object<'js>(ctx: &Ctx<'js>, state: &Shared) -> Result<Object<'js>> {
    let host = Object::new(ctx.clone())?;
    let s = Rc::clone(state);
    let hole = move |ctx: Ctx<'js>, source: String| -> Result<usize> {
        let mut state = s.borrow_mut();
        state.admit(&ctx)?;
        state.holes.push(source);
        Ok(state.holes.len() - 1)
    };
    host.set("hole", Function::new(ctx.clone(), hole)?)?;
    let s = Rc::clone(state);
    let source = move |id: usize| -> String {
        let mut state = s.borrow_mut();
        state.unused.remove(&id);
        state.holes.get(id).cloned().unwrap_or_default()
    };
    host.set("source", Function::new(ctx.clone(), source)?)?;
    let s = Rc::clone(state);
    host.set("made", Function::new(ctx.clone(), move |id: usize| s.borrow_mut().is_made(id))?)?;
    let s = Rc::clone(state);
    host.set("used", Function::new(ctx.clone(), move |id: usize| s.borrow_mut().is_hole_used(id))?)?;
    let s = Rc::clone(state);
    host.set("words", Function::new(ctx.clone(), move |text: String| -> String { s.borrow().words(text) })?)?;
    let s = Rc::clone(state);
    let stop = move |ctx: Ctx<'js>, why: Opt<JsValue<'js>>, unit: Opt<JsValue<'js>>| -> Result<()> {
        let why = why.0.and_then(|why| why.into_string()).and_then(|why| why.to_string().ok()).unwrap_or_default();
        let unit = unit.0.and_then(|unit| unit.as_int()).map(i64::from);
        s.borrow_mut().halt(why, unit);
        Err(Exception::throw_message(&ctx, "only a real run can know"))
    };
    host.set("stop", Function::new(ctx.clone(), stop)?)?;
    let s = Rc::clone(state);
    let chain = move |ctx: Ctx<'js>, body: i32| -> Result<usize> {
        let mut state = s.borrow_mut();
        state.admit(&ctx)?;
        state.chains.push(Vec::new());
        state.sizes.push(0);
        let id = state.chains.len() - 1;
        if let Some(followed) = state.followed.as_mut().filter(|_| body < 0) {
            followed.loose.insert(id);
        }
        if let Some(body) = usize::try_from(body).ok().and_then(|body| state.bodies.get_mut(body)) {
            body.push(u32::try_from(id).unwrap_or(u32::MAX));
        }
        Ok(id)
    };
    host.set("chain", Function::new(ctx.clone(), chain)?)?;
    let s = Rc::clone(state);
    let step = move |ctx: Ctx<'js>, id: usize, name: String, args: Rest<JsValue<'js>>| -> Result<()> {
        let (call, size) = call(&ctx, &s, name, args)?;
        let mut state = s.borrow_mut();
        state.admit(&ctx)?;
        // What goes on with a chain that was there before goes on with it as often as only a real run can know.
        let followed = state.followed.as_ref();
        let before = followed.map(|it| (it.start, it.forks.last().copied().unwrap_or(it.before)));
        if let Some((start, _)) = before.filter(|(_, chains)| id < *chains) {
            state.halt("a query that only a real run can know all of".into(), Some(i64::from(start)));
            return Err(Exception::throw_message(&ctx, "only a real run can know"));
        }
        if let Some(known) = state.sizes.get_mut(id) {
            *known += size;
        }
        if let Some(chain) = state.chains.get_mut(id) {
            chain.push(call);
        }
        Ok(())
    };
    host.set("step", Function::new(ctx.clone(), step)?)?;
    let s = Rc::clone(state);
    let body = move |ctx: Ctx<'js>| -> Result<usize> {
        let mut state = s.borrow_mut();
        state.admit(&ctx)?;
        state.bodies.push(Vec::new());
        let opened = (state.unit, state.place);
        state.open_bodies.push(opened);
        Ok(state.bodies.len() - 1)
    };
    host.set("body", Function::new(ctx.clone(), body)?)?;
    let s = Rc::clone(state);
    host.set(
        "end",
        Function::new(ctx.clone(), move || {
            let mut state = s.borrow_mut();
            if let Some((unit, place)) = state.open_bodies.pop() {
                state.unit = unit;
                state.place = place;
            }
        })?,
    )?;
    let s = Rc::clone(state);
    // An `async` function that waits for nothing is at its end when it returns.
    let later = move |ctx: Ctx<'js>, result: JsValue<'js>| -> Result<()> {
        if result.into_promise().is_some_and(|promise| promise.state() != PromiseState::Pending) {
            return Ok(());
        }
        s.borrow_mut().halt("a function that a builder was given and that waits for something".into(), None);
        Err(Exception::throw_message(&ctx, "only a real run can know"))
    };
    host.set("later", Function::new(ctx.clone(), later)?)?;
    let s = Rc::clone(state);
    let tell = move |ctx: Ctx<'js>, name: String, args: Rest<JsValue<'js>>| -> Result<()> {
        let (call, _) = call(&ctx, &s, name, args)?;
        let mut state = s.borrow_mut();
        state.admit(&ctx)?;
        state.events.push(Event::Call(call));
        Ok(())
    };
    host.set("tell", Function::new(ctx.clone(), tell)?)?;
    let s = Rc::clone(state);
    let ask = move |ctx: Ctx<'js>, name: String, args: Rest<JsValue<'js>>| -> Result<JsValue<'js>> {
        let (question, _) = call(&ctx, &s, name, args)?;
        let source = format!("{}(…)", question.name);
        let answer = {
            let mut state = s.borrow_mut();
            state.admit(&ctx)?;
            state.asked += 1;
            let events = std::mem::take(&mut state.events);
            match state.wire.ask(&Report::Ask { events, question }) {
                Ok(Request::Answer(answer)) => answer,
                Ok(Request::Abandon) => {
                    state.abandoned = true;
                    return Err(Exception::throw_message(&ctx, "the run is over"));
                }
                _ => return Err(lost(&ctx, &mut state)),
            }
        };
        let hole = s.borrow().hole.clone();
        Encoder::revive(&ctx, answer.as_ref(), hole.as_ref(), &source)
    };
    host.set("ask", Function::new(ctx.clone(), ask)?)?;
    instruments(ctx, state, &host)?;
    following::report(ctx, state, &host)?;
    files(ctx, state, &host)?;
    Ok(host)
}

/// What instrumented code reports.
fn instruments<'js>(ctx: &Ctx<'js>, state: &Shared, host: &Object<'js>) -> Result<()> {
    // A place in the module with the given number; `unit` is negative outside of the entries.
    let s = Rc::clone(state);
    let at = move |module: u32, start: u32, end: u32, unit: i64| {
        let mut state = s.borrow_mut();
        state.place = Place { module, start, end };
        let at = state.place;
        state.comes_to(at);
        if module == state.entry {
            state.reached.insert(start);
            if let Ok(unit) = u32::try_from(unit) {
                state.unit = Some(unit);
            }
        }
    };
    host.set("at", Function::new(ctx.clone(), at)?)?;
    let s = Rc::clone(state);
    let code = move |ctx: Ctx<'js>, module: u32, start: u32, end: u32, imports: bool| -> Result<()> {
        let mut state = s.borrow_mut();
        state.admit(&ctx)?;
        let at = Place { module, start, end };
        if imports && state.others_last() {
            state.halt("what another module keeps may have changed".into(), Some(i64::from(start)));
            return Err(Exception::throw_message(&ctx, "only a real run can know"));
        }
        if module != state.entry {
            return Ok(()); // what a helper is left without, its importer finds out
        }
        state.place = at;
        state.reached.insert(start);
        let why = state.carried.get(&start).cloned().unwrap_or_default();
        // Once more around the same loop says nothing new.
        if !matches!(state.events.last(), Some(Event::Code { at: last, .. }) if *last == at) {
            state.events.push(Event::Code { at, why });
        }
        Ok(())
    };
    host.set("code", Function::new(ctx.clone(), code)?)
}

/// The files that a script consists of.
fn files<'js>(ctx: &Ctx<'js>, state: &Shared, host: &Object<'js>) -> Result<()> {
    // What an import leads to: the number of a script, the text of a JSON file, or nothing.
    let s = Rc::clone(state);
    let import = move |ctx: Ctx<'js>, from: u32, specifier: String| -> Result<List<(i32, String)>> {
        let mut state = s.borrow_mut();
        state.admit(&ctx)?;
        state.grown |= state.loaded.is_some();
        let module = match state.wire.ask(&Report::Import { from, specifier }) {
            Ok(Request::Found(Found::Module(module))) => module,
            Ok(Request::Found(Found::Nothing)) => return Ok(List((-1, String::new()))),
            _ => return Err(lost(&ctx, &mut state)),
        };
        let many = state.entered.len() > MOST_FILES && !state.entered.contains(&module.id);
        if many || state.opaque.get(&module.id).is_some_and(|text| *text == module.text) {
            return Ok(List((-3, String::new())));
        }
        if module.path.ends_with(".json") {
            return Ok(List((-2, module.text)));
        }
        let (id, path) = (module.id, module.path.clone());
        let text = module.text.clone();
        if state.load(module).is_err() {
            // What cannot be parsed is as good as not there.
            state.broken = None;
            state.opaque.insert(id, text);
            return Ok(List((-3, String::new())));
        }
        Ok(List((i32::try_from(id).unwrap_or(-1), path)))
    };
    host.set("import", Function::new(ctx.clone(), import)?)?;
    let s = Rc::clone(state);
    let enter = move |ctx: Ctx<'js>, id: u32| -> Result<()> {
        let mut state = s.borrow_mut();
        if !state.modules.get(&id).is_some_and(|(_, prepared)| kept::is_plain(prepared)) {
            state.comes_apart(&ctx)?;
        }
        state.enter(id);
        Ok(())
    };
    host.set("enter", Function::new(ctx.clone(), enter)?)?;
    // Whether no module is being loaded.
    let s = Rc::clone(state);
    host.set("live", Function::new(ctx.clone(), move || s.borrow().loading.is_empty())?)?;
    let s = Rc::clone(state);
    host.set("leave", Function::new(ctx.clone(), move || s.borrow_mut().leave())?)?;
    let s = Rc::clone(state);
    host.set("spare", Function::new(ctx.clone(), move |id: u32| s.borrow_mut().spare(id))?)?;
    let s = Rc::clone(state);
    let needs =
        move |id: u32| s.borrow().modules.get(&id).map(|(_, prepared)| prepared.needs.clone()).unwrap_or_default();
    host.set("needs", Function::new(ctx.clone(), needs)?)?;
    let s = Rc::clone(state);
    let goes = move |id: u32| s.borrow().modules.get(&id).is_some_and(|(_, prepared)| prepared.goes_by_values);
    host.set("goes", Function::new(ctx.clone(), goes)?)?;
    let s = Rc::clone(state);
    let whole = move |ctx: Ctx<'js>| -> Result<()> {
        let mut state = s.borrow_mut();
        state.lacking = !state.whole;
        match state.lacking {
            true => Err(Exception::throw_message(&ctx, "the run starts over")),
            false => Ok(()),
        }
    };
    host.set("whole", Function::new(ctx.clone(), whole)?)?;
    let s = Rc::clone(state);
    let compile = move |ctx: Ctx<'js>, id: u32| -> Result<JsValue<'js>> {
        let prepared = s.borrow().modules.get(&id).map(|(_, prepared)| Rc::clone(prepared));
        match prepared {
            Some(prepared) => ctx.eval(prepared.code.as_bytes()),
            None => Err(Exception::throw_message(&ctx, "no such module")),
        }
    };
    host.set("compile", Function::new(ctx.clone(), compile)?)?;
    let s = Rc::clone(state);
    let read = move |ctx: Ctx<'js>, path: String| -> Result<Option<String>> {
        let mut state = s.borrow_mut();
        state.admit(&ctx)?;
        match state.wire.ask(&Report::Read { path }) {
            Ok(Request::File(text)) => Ok(text),
            _ => Err(lost(&ctx, &mut state)),
        }
    };
    host.set("read", Function::new(ctx.clone(), read)?)
}

fn lost(ctx: &Ctx<'_>, state: &mut State) -> rquickjs::Error {
    state.broken = Some(("the line to the program is gone".into(), Place::default()));
    Exception::throw_message(ctx, "the run is over")
}

impl State {
    /// Makes a file ready, unless it is.
    pub fn load(&mut self, module: Module) -> std::result::Result<(), ()> {
        if self.modules.get(&module.id).is_some_and(|(known, _)| *known == module) {
            return Ok(());
        }
        match making_ready(|| prepare(&module.path, &module.text, &BTreeMap::new())) {
            Ok(prepared) => {
                self.modules.insert(module.id, (module, Rc::new(prepared)));
                Ok(())
            }
            Err(unreadable) => {
                let at = Place { module: module.id, start: unreadable.at, end: unreadable.at };
                self.broken = Some((unreadable.message, at));
                Err(())
            }
        }
    }
}

/// A call with its arguments as they are now, and how many values it holds.
fn call<'js>(ctx: &Ctx<'js>, state: &Shared, name: String, args: Rest<JsValue<'js>>) -> Result<(Call, usize)> {
    let identify = state.borrow().identify.clone();
    let identify = identify.map(|identify| identify.restore(ctx)).transpose()?;
    let mut encoder = Encoder::new(state, identify);
    // The kernel hands the arguments over as one list.
    let list = args.0.into_iter().next();
    let args = match list.and_then(|list| list.into_array()) {
        Some(list) => list.iter::<JsValue<'js>>().map(|value| encoder.encode(&value?, 0)).collect::<Result<_>>()?,
        None => Vec::new(),
    };
    if encoder.is_exhausted() {
        state.borrow_mut().over = true;
        return Err(Exception::throw_message(ctx, "the run is over"));
    }
    let size = encoder.values() + 1;
    let mut state = state.borrow_mut();
    state.count += size;
    state.text += encoder.text() + name.len();
    Ok((Call { name, args, at: state.place }, size))
}
