//! Reading the scripts of a history: each is run up and down, one migration after the other, so that what it asks is
//! answered from what the history has built. Those that ask nothing are run ahead, on all processors.

use super::late::Late;
use super::session::{Ahead, Session, Within};
use super::{Meaning, imports};
use crate::diag::{Finding, Level};
use crate::ir::{Dialect, Script};
use crate::js::{self, End, Event, Failure, FailureKind, Module, Place, Value, Worker};
use crate::schema::Schema;
use crate::source::{FileId, SourceTree, Span};
use crate::threads;
use regex::Regex;
use std::ops::Range;
use std::sync::{Mutex, OnceLock};

/// A migration to read: a file, or one of several that a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tools) struct Part {
    /// The file.
    pub file: FileId,
    /// The name of its class where there are several; else empty.
    pub name: String,
    /// Where it stands in the text; empty for all of it.
    pub at: Range<usize>,
}

impl From<FileId> for Part {
    fn from(file: FileId) -> Self {
        Part { file, name: String::new(), at: 0..0 }
    }
}

/// One migration as it was read.
pub(super) struct Migrated<'a> {
    /// Where it stands.
    pub part: &'a Part,
    /// What the script says of itself; `None` when it could not be run.
    pub facts: Option<Value>,
    /// What its up does.
    pub up: Script,
    /// What its down does.
    pub down: Script,
    /// In which transactions of their own its up and its down do that.
    pub within: [Within; 2],
}

/// Processes that wait for work.
pub(super) struct Workers(Mutex<Vec<Worker>>);

impl Workers {
    /// None yet.
    pub const fn new() -> Self {
        Workers(Mutex::new(Vec::new()))
    }

    /// Ends them all.
    pub fn end(&self) {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).clear();
    }

    /// Has one of them do some work.
    pub fn with<T>(&self, work: impl FnOnce(&mut Worker) -> T) -> T {
        let lock = || self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut worker = lock().pop().unwrap_or_default();
        let result = work(&mut worker);
        lock().push(worker);
        result
    }
}

/// A script that was run ahead.
struct Taped {
    module: Module,
    up: Option<(Vec<Event>, End)>,
    down: Option<(Vec<Event>, End)>,
}

/// Reads the scripts in order. `base` is the state that the history starts on.
pub(super) fn read<'a>(
    tree: &SourceTree,
    meaning: &dyn Meaning,
    dialect: Dialect,
    parts: &'a [Part],
    base: &Schema,
    findings: &mut Vec<Finding>,
) -> Vec<Migrated<'a>> {
    let workers = Workers::new();
    let word = word(dialect);
    let early = |part: &Part| workers.with(|worker| ahead(worker, tree, meaning, word, part));
    let mut schema = base.clone();
    let mut read = Vec::with_capacity(parts.len());
    let mut one = |part: &'a Part, taped: Result<Taped, Box<Finding>>| {
        let taped = match taped {
            Ok(taped) => taped,
            Err(finding) => {
                findings.push(*finding);
                let (after, up) = unread(tree, meaning, dialect, part.file, &schema);
                schema = after;
                read.push(Migrated { part, facts: None, up, down: Script::default(), within: [Within::None; 2] });
                return;
            }
        };
        let run = Run { tree, meaning, dialect, part, module: &taped.module };
        let (up, facts, first) = run.direction(&workers, "up", taped.up, &schema, findings);
        let (after, steps) = up.end();
        let up = Script { steps, notes: Vec::new() };
        let (down, _, second) = run.direction(&workers, "down", taped.down, &after, findings);
        // Where a down leads nobody asks here.
        let down = Script { steps: down.into_steps(), notes: Vec::new() };
        schema = after;
        read.push(Migrated { part, facts, up, down, within: [first, second] });
    };
    threads::ahead(parts, early, |taped| {
        parts.iter().zip(taped).for_each(|(part, taped)| one(part, taped));
    });
    read
}

/// The word for a dialect in the tools' own settings.
pub(super) fn word(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "postgres",
        Dialect::Mysql => "mysql",
        Dialect::Mariadb => "mariadb",
        Dialect::Sqlite => "sqlite",
    }
}

/// Runs a script up and down, as far as that can be done without the state.
fn ahead(
    worker: &mut Worker,
    tree: &SourceTree,
    meaning: &dyn Meaning,
    dialect: &str,
    part: &Part,
) -> Result<Taped, Box<Finding>> {
    let file = part.file;
    if let Err(problem) = tree.read(file) {
        return Err(Box::new(Finding::from(&problem)));
    }
    let Some(module) = imports::module(tree, file) else {
        return Err(Box::new(Finding::new("R034", Level::Error, Span::new(file, 0, 0), "this file cannot be read")));
    };
    let script = |direction| js::Script { shim: meaning.shim(), dialect, module: &module, direction, part: &part.name };
    let host = || Ahead { meaning, tree, events: Vec::new() };
    let taped = |host: Ahead<'_>, end: Result<End, js::Broken>| match end {
        Ok(end) if end.failure.as_ref().is_some_and(|failure| failure.kind == FailureKind::Abandoned) => None,
        Ok(end) => Some((host.events, end)),
        Err(broken) => Some((Vec::new(), ended(broken.message, file))),
    };
    let (mut first, mut second) = (host(), host());
    let (up, down) = worker.run_both(script("up"), &mut first, "down", &mut second);
    let up = taped(first, up);
    let down = match down {
        Some(end) => taped(second, Ok(end)),
        None => {
            let mut alone = host();
            let end = worker.run(script("down"), &mut alone);
            taped(alone, end)
        }
    };
    Ok(Taped { module, up, down })
}

fn ended(message: String, file: FileId) -> End {
    let at = Place { module: file.0, start: 0, end: 0 };
    End { failure: Some(Failure { kind: FailureKind::Limit, message, at }), ..End::default() }
}

/// A migration of which nothing can be known.
fn unread(
    tree: &SourceTree,
    meaning: &dyn Meaning,
    dialect: Dialect,
    file: FileId,
    schema: &Schema,
) -> (Schema, Script) {
    let mut session = Session::new(meaning, tree, dialect, file, schema);
    session.carry(Span::new(file, 0, 0), "the file cannot be read".into(), "R032");
    let (after, steps) = session.finish().0.end();
    (after, Script { steps, notes: Vec::new() })
}

/// One script that is read.
struct Run<'a> {
    tree: &'a SourceTree,
    meaning: &'a dyn Meaning,
    dialect: Dialect,
    part: &'a Part,
    module: &'a Module,
}

impl Run<'_> {
    fn direction(
        &self,
        workers: &Workers,
        direction: &str,
        taped: Option<(Vec<Event>, End)>,
        start: &Schema,
        findings: &mut Vec<Finding>,
    ) -> (Late, Option<Value>, Within) {
        let mut session = Session::new(self.meaning, self.tree, self.dialect, self.part.file, start);
        let end = match taped {
            Some((events, end)) => {
                js::Host::tell(&mut session, events);
                end
            }
            None => {
                let script = js::Script {
                    shim: self.meaning.shim(),
                    dialect: word(self.dialect),
                    module: self.module,
                    direction,
                    part: &self.part.name,
                };
                match workers.with(|worker| worker.run(script, &mut session)) {
                    Ok(end) => end,
                    Err(broken) => ended(broken.message, self.part.file),
                }
            }
        };
        if let Some(failure) = &end.failure {
            self.failed(direction, failure, &mut session);
        }
        let within = session.within();
        let (done, found, facts) = session.finish();
        findings.extend(found);
        findings
            .extend(end.unreached.iter().filter(|place| self.is_in(direction, place)).map(|place| self.untaken(place)));
        (done, facts, within)
    }

    /// The run did not come to its end: all of the script is left to a real one.
    fn failed(&self, direction: &str, failure: &Failure, session: &mut Session<'_>) {
        let nowhere = failure.at.end == 0 && failure.at.start == 0;
        let at = match nowhere {
            true => Span::new(self.part.file, self.part.at.start, self.part.at.start),
            false => session.span(failure.at),
        };
        let (level, what) = match failure.kind {
            FailureKind::Syntax => (Level::Error, "this script cannot be read"),
            FailureKind::Threw => (Level::Error, "this script fails before it does anything"),
            FailureKind::Waits => (Level::Warning, "this script does not come to an end"),
            FailureKind::Limit => (Level::Error, "this script was stopped"),
            FailureKind::Unknowable | FailureKind::Abandoned => {
                (Level::Warning, "this script depends on what only a real run can know")
            }
        };
        if failure.kind == FailureKind::Limit {
            let facts = session.facts.take();
            js::Host::restart(session);
            session.facts = facts;
        }
        session.breaks_off();
        let first_line = Span { end: at.end.min(at.start.saturating_add(80)), ..at };
        // What does not parse is said once, with the up.
        let is_whole = failure.kind == FailureKind::Syntax && at.file == self.part.file;
        let why = match is_whole {
            true => "its up and its down are carried whole, and what they do to the schema is not known".to_owned(),
            false => format!("its {direction} is carried whole, and what it does to the schema is not known"),
        };
        if !is_whole || direction == "up" {
            let message = format!("{what}: {}", failure.message);
            session.findings.push(Finding::new("R032", level, first_line, message).why(why));
        }
        let said = session.findings.len();
        let whole = self.whole(direction);
        session.carry(whole, failure.message.clone(), "R030");
        session.findings.truncate(said);
    }

    /// The function of a direction, as far as its text can be found; else the whole file.
    fn whole(&self, direction: &str) -> Span {
        let all = self.part.at.is_empty();
        let (from, text) = match self.module.text.get(self.part.at.clone()).filter(|_| !all) {
            Some(text) => (self.part.at.start, text),
            None => (0, self.module.text.as_str()),
        };
        let (up, down) = functions(text);
        let (start, other) = if direction == "up" { (up, down) } else { (down, up) };
        let start = start.unwrap_or(0);
        let end = other.filter(|other| *other > start).unwrap_or(text.len());
        Span::new(self.part.file, from + start, from + end)
    }

    fn is_in(&self, direction: &str, place: &Place) -> bool {
        if place.module != self.part.file.0 {
            return false;
        }
        // What is assigned twice stands in the way of what is assigned between.
        if let Some(of) = assigned(&self.module.text, place.start as usize) {
            return of == direction;
        }
        let whole = self.whole(direction);
        whole.start <= place.start && place.start <= place.end && place.end <= whole.end
    }

    fn untaken(&self, place: &Place) -> Finding {
        let at = Span { file: self.part.file, start: place.start, end: place.end };
        let line = self.module.text.get(at.range()).and_then(|text| text.find('\n'));
        let end = line.map_or(at.end, |length| at.start + u32::try_from(length).unwrap_or(0));
        Finding::new("R031", Level::Info, Span { end, ..at }, "this is not reached from what the history has built")
            .why("the branch that a run after the migrations before it takes leaves it out")
    }
}

/// The direction whose function was last assigned to what is exported before a place.
fn assigned(text: &str, at: usize) -> Option<&str> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let pattern = PATTERN.get_or_init(|| Regex::new(r"(?m)^\s*(?:module\.)?exports\.(up|down)\s*=").ok()).as_ref()?;
    Some(pattern.captures_iter(text.get(..at)?).last()?.get(1)?.as_str())
}

/// Where the function of each direction begins, told from the text.
fn functions(text: &str) -> (Option<usize>, Option<usize>) {
    static PATTERNS: OnceLock<Option<[Regex; 2]>> = OnceLock::new();
    let pattern = |name: &str| Regex::new(&format!(r"(?m)^[^\n/*]*\b{name}\b\s*(?:[:=(]|$)")).ok();
    let patterns = PATTERNS.get_or_init(|| Some([pattern("up")?, pattern("down")?])).as_ref();
    let find = |at: usize| Some(patterns?[at].find(text)?.start());
    (find(0), find(1))
}
