//! The proof of a down that would be written: the file as it would be is run like any other, what its down does is held
//! against what it is meant to do, and what its up does against what it did. So are methods that are to take the place of SQL.

use super::compose::Scribe;
use super::read::{Workers, word};
use super::wording::Wording;
use super::{Meaning, Memory, State, imports};
use crate::emit::Stage;
use crate::ir::{Dialect, Op, Step};
use crate::js::{self, Answer, Call, Event, FailureKind, Found, Host, Value};
use crate::schema::{Replay, Schema};
use crate::source::{FileId, SourceTree};
use crate::sql::{self, sqlite};

/// What a down is meant to do.
pub(super) enum Does<'a> {
    /// These operations, from this state.
    Operations(&'a [Op], &'a Schema),
    /// It stops with an error of this message before it does anything.
    Throws(&'a str, Dialect),
}

/// The processes that run them.
static WORKERS: Workers = Workers::new();

/// Ends the processes that wait for more to prove.
pub(in crate::tools) fn rest() {
    WORKERS.end();
}

/// Runs the down of a file as it would be. `Err` when it does not do what it is meant to do.
pub(super) fn proves(
    tree: &SourceTree,
    file: FileId,
    text: &str,
    meaning: &dyn Meaning,
    default_schema: Option<&str>,
    does: &Does<'_>,
) -> Result<(), String> {
    let module = imports::module(tree, file).ok_or("its file cannot be read")?;
    let module = js::Module { text: text.to_owned(), ..module };
    let nothing = match does {
        Does::Operations(..) => None,
        Does::Throws(_, dialect) => Some(Schema::of(*dialect, "public")),
    };
    let from = match does {
        Does::Operations(_, from) => *from,
        Does::Throws(..) => nothing.as_ref().ok_or("there is no state")?,
    };
    let dialect = word(from.dialect());
    let script = js::Script { shim: meaning.shim(), dialect, module: &module, direction: "down", part: "" };
    let mut proof =
        Proof { tree, meaning, from, found: Wording::from(from), calls: 0, unclear: None, memory: Memory::default() };
    let end = WORKERS.with(|worker| worker.run(script, &mut proof)).map_err(|broken| broken.message)?;
    let failure = end.failure.as_ref().map(|failure| &failure.kind);
    if let Does::Throws(message, _) = does {
        // A run that is taken further without the statement says why it was left out.
        let told: String = message.chars().take(js::LONGEST_MESSAGE).collect();
        let stops = failure == Some(&FailureKind::Threw) || proof.unclear.is_some_and(|why| why == told);
        let differs = "read back, what would be written does not stop with its error";
        return (stops && proof.calls == 0).then_some(()).ok_or_else(|| differs.to_owned());
    }
    if let Some(unclear) = proof.unclear {
        return Err(format!("read back, what would be written is not understood: {unclear}"));
    }
    let differs = || "read back, what would be written does something else".to_owned();
    match does {
        Does::Throws(..) => Ok(()),
        Does::Operations(ops, from) => {
            if let Some(failure) = &end.failure {
                return Err(format!("read back, what would be written fails: {}", failure.message));
            }
            let mut wanted = Wording::from(from);
            wanted.take(said(from.dialect(), ops));
            wanted.is_like(&proof.found, default_schema).then_some(()).ok_or_else(differs)
        }
    }
}

/// Runs the up of a file as it is and as it would be, from the state before it. `Err` when it would do something else.
pub(super) fn spares(
    tree: &SourceTree,
    file: FileId,
    text: &str,
    meaning: &dyn Meaning,
    before: &Schema,
) -> Result<(), String> {
    let is = imports::module(tree, file).ok_or("its file cannot be read")?;
    let would_be = js::Module { text: text.to_owned(), ..is.clone() };
    let up = |module: &js::Module| {
        let dialect = word(before.dialect());
        let script = js::Script { shim: meaning.shim(), dialect, module, direction: "up", part: "" };
        let replay = Replay::from(before.clone());
        let mut tape = Tape { tree, meaning, module, before, replay, heard: Vec::new(), memory: Memory::default() };
        let end = WORKERS.with(|worker| worker.run(script, &mut tape)).map_err(|broken| broken.message)?;
        let failure = end.failure.map(|failure| (failure.kind, failure.message));
        Ok::<_, String>((tape.heard, failure))
    };
    let same = up(&is)? == up(&would_be)?;
    same.then_some(()).ok_or_else(|| "with it, its up would do something else".to_owned())
}

/// That what stands in a function does just what statements do, from a state.
pub(super) struct Claim<'a> {
    /// The lines of the function.
    pub body: String,
    /// The statements.
    pub wanted: Vec<String>,
    /// What they are taken to do, from the state on.
    pub stages: &'a [Stage<'a>],
    /// The state.
    pub from: &'a Schema,
}

impl Claim<'_> {
    fn listen<'p>(&'p self, tree: &'p SourceTree, scribe: &'p dyn Scribe) -> Proof<'p> {
        let (from, meaning) = (self.from, scribe.meaning());
        Proof { tree, meaning, from, found: Wording::from(from), calls: 0, unclear: None, memory: Memory::default() }
    }

    /// Whether what was heard, until a run came to its end, is what the statements do.
    fn is_met(&self, proof: &Proof<'_>, end: Option<&js::End>, scribe: &dyn Scribe) -> bool {
        if proof.unclear.is_some() || end.is_none_or(|end| end.failure.is_some()) {
            return false;
        }
        let steps: Vec<Step> = self.wanted.iter().flat_map(|sql| read(self.from.dialect(), sql)).collect();
        if proof.found.is_of(&steps) {
            return true;
        }
        let wanted = Wording::along(self.stages).filter(|known| known.is_of(&steps)).unwrap_or_else(|| {
            let mut wanted = Wording::from(self.from);
            wanted.take(steps);
            wanted
        });
        wanted.is_like(&proof.found, scribe.default_schema())
    }
}

/// The script of a probe.
fn probe(text: String) -> js::Module {
    js::Module { id: 0, path: "probe.js".to_owned(), text }
}

fn up<'s>(module: &'s js::Module, scribe: &dyn Scribe) -> js::Script<'s> {
    js::Script { shim: scribe.meaning().shim(), dialect: "postgres", module, direction: "up", part: "" }
}

/// Whether that is so.
pub(super) fn holds(claim: &Claim<'_>, scribe: &dyn Scribe) -> bool {
    let (tree, module) = (SourceTree::default(), probe(scribe.probe([&claim.body, ""])));
    let mut proof = claim.listen(&tree, scribe);
    let end = WORKERS.with(|worker| worker.run(up(&module, scribe), &mut proof));
    claim.is_met(&proof, end.ok().as_ref(), scribe)
}

/// Whether each of two is so; both are run as one script.
pub(super) fn both_hold(claims: [&Claim<'_>; 2], scribe: &dyn Scribe) -> [bool; 2] {
    let (tree, module) = (SourceTree::default(), probe(scribe.probe(claims.map(|claim| claim.body.as_str()))));
    let [mut first, mut second] = claims.map(|claim| claim.listen(&tree, scribe));
    let (end, other) = WORKERS.with(|worker| worker.run_both(up(&module, scribe), &mut first, "down", &mut second));
    let second = match other {
        Some(_) => claims[1].is_met(&second, other.as_ref(), scribe),
        None => holds(claims[1], scribe),
    };
    [claims[0].is_met(&first, end.ok().as_ref(), scribe), second]
}

/// What a call does that sends these.
fn steps(dialect: Dialect, sent: Vec<String>) -> Vec<Step> {
    sent.iter().flat_map(|sql| read(dialect, sql)).collect()
}

/// Operations as they are read when they are sent as SQL.
fn said(dialect: Dialect, ops: &[Op]) -> Vec<Step> {
    match dialect {
        Dialect::Sqlite => read(dialect, &sqlite::print_together(&ops.iter().collect::<Vec<_>>())),
        _ => ops.iter().flat_map(|op| read(dialect, &sql::print(dialect, op))).collect(),
    }
}

/// What statements do.
fn read(dialect: Dialect, text: &str) -> Vec<Step> {
    let steps = sql::lower(dialect, text, FileId(0)).value.steps;
    steps.into_iter().filter(|step| !matches!(step.op, Op::Transaction { .. })).collect()
}

/// A run that is listened to.
struct Proof<'a> {
    tree: &'a SourceTree,
    meaning: &'a dyn Meaning,
    from: &'a Schema,
    /// What it was found to do.
    found: Wording,
    /// How many calls did something.
    calls: usize,
    unclear: Option<String>,
    memory: Memory,
}

impl Host for Proof<'_> {
    fn import(&mut self, from: u32, specifier: &str) -> Found {
        imports::find(self.tree, from, specifier)
    }

    fn read(&mut self, path: &str) -> Option<String> {
        imports::text(self.tree, path)
    }

    fn tell(&mut self, events: Vec<Event>) {
        for event in events {
            match event {
                Event::Call(call) if call.name == "module" => {}
                Event::End { .. } => {}
                Event::Call(call) => {
                    let dialect = self.from.dialect();
                    let state = State::new(&self.found, dialect, &self.memory);
                    match self.meaning.sends(&call, &state) {
                        Ok(said) => {
                            let steps = steps(dialect, said);
                            self.calls += usize::from(!steps.is_empty());
                            self.found.take(steps);
                        }
                        Err(unclear) => self.unclear = Some(unclear.why),
                    }
                }
                Event::Code { why, .. } | Event::Begin { why, .. } => self.unclear = Some(why),
            }
        }
    }

    fn ask(&mut self, question: &Call) -> Answer {
        self.tell(vec![Event::Call(question.clone())]);
        Answer::Unknown
    }

    fn restart(&mut self) {
        self.found = Wording::from(self.from);
        self.calls = 0;
        self.unclear = None;
        self.memory.clear();
    }
}

/// A run of which all that happens is kept, whatever it means.
struct Tape<'a> {
    tree: &'a SourceTree,
    meaning: &'a dyn Meaning,
    module: &'a js::Module,
    before: &'a Schema,
    /// What the script built so far, by which it is answered.
    replay: Replay,
    /// What happened, without the places, and the statement where one was left out or followed. As text, in which what is
    /// not a number is the same as itself.
    heard: Vec<String>,
    memory: Memory,
}

impl Tape<'_> {
    fn statement(&self, at: js::Place) -> String {
        let text = match at.module == self.module.id {
            true => self.module.text.as_str(),
            false => self.tree.read(FileId(at.module)).unwrap_or_default(),
        };
        text.get(at.start as usize..at.end as usize).unwrap_or_default().to_owned()
    }

    fn state(&self) -> State<'_> {
        State::new(&self.replay.schema, self.before.dialect(), &self.memory)
    }

    fn hear(&mut self, event: Event) {
        let nowhere = js::Place::default();
        let heard = match event {
            // What the script says of itself.
            Event::Call(call) if call.name == "module" => return,
            Event::Call(call) => {
                let sent = self.meaning.sends(&call, &self.state()).unwrap_or_default();
                let steps = steps(self.before.dialect(), sent);
                self.replay.part(&steps, &mut |_| ());
                (Event::Call(placeless(call)), String::new())
            }
            Event::Code { at, why } => (Event::Code { at: nowhere, why }, self.statement(at)),
            Event::Begin { at, why } => (Event::Begin { at: nowhere, why }, self.statement(at)),
            Event::End { fails } => (Event::End { fails }, String::new()),
        };
        self.heard.push(format!("{heard:?}"));
    }
}

/// A call as made nowhere.
fn placeless(call: Call) -> Call {
    let args = call.args.into_iter().map(without_places).collect();
    Call { name: call.name, args, at: js::Place::default() }
}

fn without_places(value: Value) -> Value {
    let all = |values: Vec<Value>| values.into_iter().map(without_places).collect();
    let fields = |fields: Vec<(String, Value)>| {
        fields.into_iter().map(|(key, value)| (key, without_places(value))).collect::<Vec<_>>()
    };
    let chain = |calls: Vec<Call>| calls.into_iter().map(placeless).collect::<Vec<_>>();
    match value {
        Value::List(values) => Value::List(all(values)),
        Value::Object(of) => Value::Object(fields(of)),
        Value::Made(class, of) => Value::Made(class, fields(of)),
        Value::Chain(calls) => Value::Chain(chain(calls)),
        Value::Body(chains) => Value::Body(chains.into_iter().map(chain).collect()),
        plain @ (Value::Undefined
        | Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::BigInt(_)
        | Value::Text(_)
        | Value::Mixed(_)
        | Value::Date(_)
        | Value::Bytes(_)
        | Value::Function(_)
        | Value::Hole(_)) => plain,
    }
}

impl Host for Tape<'_> {
    fn import(&mut self, from: u32, specifier: &str) -> Found {
        imports::find(self.tree, from, specifier)
    }

    fn read(&mut self, path: &str) -> Option<String> {
        imports::text(self.tree, path)
    }

    fn tell(&mut self, events: Vec<Event>) {
        events.into_iter().for_each(|event| self.hear(event));
    }

    fn ask(&mut self, question: &Call) -> Answer {
        if let Some(value) = self.meaning.answer(question, &self.state()) {
            return Answer::Value(value);
        }
        self.hear(Event::Call(question.clone()));
        Answer::Unknown
    }

    fn restart(&mut self) {
        self.replay = Replay::from(self.before.clone());
        self.heard.clear();
        self.memory.clear();
    }
}
