//! One script being read: the calls on its tape become steps, each applied to the state that the next call sees.

use super::late::Late;
use super::touch::{self, Touched};
use super::{Built, Meaning, Memory, State, imports};
use crate::diag::{Finding, Level};
use crate::ir::{Dialect, Extent, HOLE, Op, Step};
use crate::js::{Answer, Call, Event, Found, Host, Piece, Place, Value};
use crate::schema::{Id, Schema, named_in};
use crate::source::{FileId, SourceTree, Span};
use crate::sql;
use std::collections::BTreeSet;

/// What a script did, as far as it was followed.
pub(super) struct Session<'a> {
    meaning: &'a dyn Meaning,
    tree: &'a SourceTree,
    dialect: Dialect,
    file: FileId,
    start: &'a Schema,
    /// What it did so far.
    done: Late,
    /// The statement that goes by rows and is under way.
    followed: Option<Followed>,
    /// What was found on the way.
    pub findings: Vec<Finding>,
    /// What the script says of itself.
    pub facts: Option<Value>,
    /// The transactions that it opens by itself.
    opened: Opened,
    /// What the tool's own code keeps.
    memory: Memory,
}

/// The transactions that a script opens by itself.
#[derive(Debug, Default)]
struct Opened {
    /// Where each is opened, and whether it holds something that changes anything.
    all: Vec<(Span, bool)>,
    /// Whether something stands outside of them that changes anything.
    outside: bool,
    /// Whether one is opened by a statement that is followed: nobody knows how often.
    repeated: bool,
}

impl Opened {
    /// Something that may change anything is done.
    fn takes(&mut self, inside: bool) {
        match self.all.last_mut().filter(|_| inside) {
            Some((_, holds)) => *holds = true,
            None => self.outside = true,
        }
    }

    fn within(&self) -> Within {
        let mut holding = self.all.iter().filter(|(_, holds)| *holds).map(|(at, _)| *at);
        match (holding.next(), holding.next()) {
            (None, _) => Within::None,
            (Some(only), None) if !self.outside && !self.repeated => Within::One(only),
            (Some(first), _) => Within::Part(first),
        }
    }
}

/// In which transactions of its own a script changes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// In none.
    None,
    /// In one, opened here, which holds all that changes anything.
    One(Span),
    /// In several, or in one that holds a part; the first is opened here.
    Part(Span),
}

/// A statement that goes by rows.
struct Followed {
    at: Span,
    why: String,
    /// What it does.
    steps: Vec<Step>,
    /// How many findings there were before it.
    findings: usize,
    /// Whether it does something else than changing rows, or something that is not understood.
    unclear: bool,
}

impl<'a> Session<'a> {
    /// A session that starts on a state.
    pub fn new(
        meaning: &'a dyn Meaning,
        tree: &'a SourceTree,
        dialect: Dialect,
        file: FileId,
        start: &'a Schema,
    ) -> Self {
        Session {
            meaning,
            tree,
            dialect,
            file,
            start,
            done: Late::new(start.clone()),
            followed: None,
            findings: Vec::new(),
            facts: None,
            opened: Opened::default(),
            memory: Memory::default(),
        }
    }

    /// All that it did, what was found and what it says of itself.
    pub fn finish(mut self) -> (Late, Vec<Finding>, Option<Value>) {
        self.breaks_off();
        (self.done, self.findings, self.facts)
    }

    /// The place of a call in the user's file; in the migration's own file where the call stands in a helper.
    pub fn span(&self, at: Place) -> Span {
        // A script may say anything, also of where it stands.
        let span = Span { file: FileId(at.module), start: at.start, end: at.end };
        let known = at.end > 0 && self.tree.read(span.file).is_ok_and(|text| text.get(span.range()).is_some());
        if known { span } else { Span::new(self.file, 0, 0) }
    }

    fn source(&self, span: Span) -> &'a str {
        self.tree.read(span.file).ok().and_then(|text| text.get(span.range())).unwrap_or_default()
    }

    fn put(&mut self, steps: Vec<Step>) {
        if let Some(followed) = &mut self.followed {
            followed.unclear |= !steps.iter().all(changes_rows);
            followed.steps.extend(steps);
            return;
        }
        self.done.go_on(steps);
    }

    /// Something that only a real run can carry out.
    pub fn carry(&mut self, span: Span, why: String, code: &'static str) {
        if let Some(followed) = &mut self.followed {
            followed.unclear = true;
            return;
        }
        let source = self.source(span).to_owned();
        let text = self.tree.read(span.file).unwrap_or_default();
        let path = self.tree.file(span.file).map(|file| file.path.as_str()).unwrap_or_default();
        let touched = touch::touched(path, text, span.range());
        let rows_only = !source.is_empty() && touched == Touched::Rows;
        let last = self.done.steps().last().map(|step| (step.at, &step.op));
        if matches!(last, Some((at, Op::Code { .. })) if at == span) {
            return; // once more around the same loop
        }
        let extent = if rows_only { Extent::Named } else { self.extent(span.file, &source, touched) };
        let op = Op::Code { source, imports: import_lines(text), why: why.clone(), rows_only, extent };
        let throws = op.throws().is_some();
        let (level, what) = match code {
            "R033" => (Level::Warning, "this call is not understood"),
            _ if throws => (Level::Info, "this statement throws an error"),
            _ => (Level::Info, "this statement can only be carried out by a real run"),
        };
        let first_line = Span { end: first_line_end(self.source(span), span), ..span };
        self.findings.push(Finding::new(code, level, first_line, format!("{what}: {why}")).why(match rows_only {
            _ if throws => "it is carried as it is",
            true => "it is carried as it is; it changes rows only, so the schema is known all the same",
            false => "it is carried as it is, and what it does to the schema is not known",
        }));
        self.put(vec![Step::new(op, span)]);
    }

    /// How far code reaches beyond what its text names, of what the history has built.
    fn extent(&self, file: FileId, source: &str, touched: Touched<'_>) -> Extent {
        let Touched::Named { mut texts, handed_on } = touched else { return Extent::Anything };
        if handed_on {
            let Some(others) = imports::all(self.tree, file) else {
                return Extent::Anything;
            };
            if others.iter().any(|text| touch::names_catalogue(text)) {
                return Extent::Anything;
            }
            texts.extend(others);
        }
        let plain = named_in(self.done.schema(), source);
        let others = texts.into_iter().flat_map(|text| named_in(self.done.schema(), text));
        let others = others.filter(|id| !plain.contains(id)).filter_map(|id| match id {
            Id::Relation(key) | Id::Type(key) | Id::Routine(key, _) => Some(key.name),
            Id::Schema(name) => Some(name),
            _ => None,
        });
        let names: BTreeSet<String> = others.collect();
        if names.is_empty() { Extent::Named } else { Extent::Also(names.into_iter().collect()) }
    }

    /// The script is over, wherever it is.
    pub fn breaks_off(&mut self) {
        self.followed_to_its_end(Ended { whole: false, fails: false });
    }

    /// Whether code stands in the transaction that was opened last: within the function that this is given, or, where it is
    /// given none, anywhere behind it.
    fn is_inside(&self, at: Span) -> bool {
        let Some((opened, _)) = self.opened.all.last() else { return false };
        let given = self.source(*opened);
        let is_managed = given.contains("=>") || given.contains("function");
        !is_managed || (opened.file == at.file && opened.start <= at.start && at.end <= opened.end)
    }

    /// The transactions of its own in which it changed something.
    pub fn within(&self) -> Within {
        self.opened.within()
    }

    /// A statement that goes by rows is over.
    fn followed_to_its_end(&mut self, Ended { whole, fails }: Ended) {
        let Some(Followed { at, why, steps, findings, unclear }) = self.followed.take() else { return };
        if unclear || !whole {
            self.findings.truncate(findings);
            self.carry(at, why, "R030");
            return;
        }
        let asks = steps.iter().all(|step| matches!(step.op, Op::Query { .. }));
        if asks && !fails {
            self.put(steps);
            return;
        }
        let first_line = Span { end: first_line_end(self.source(at), at), ..at };
        let what = match asks {
            true => "whether this statement ends the migration",
            false => "how often this statement does what it does",
        };
        let message = format!("{what} only a real run can know: {why}");
        self.findings.push(
            Finding::new("R030", Level::Info, first_line, message)
                .why("it changes rows only, so the schema is known all the same"),
        );
        let imports = import_lines(self.tree.read(at.file).unwrap_or_default());
        let op = Op::ByRows { steps, source: self.source(at).to_owned(), imports, why };
        self.put(vec![Step::new(op, at)]);
    }

    fn call(&mut self, call: &Call) {
        if call.name == "module" {
            self.facts = call.args.first().cloned();
            return;
        }
        // A chain takes effect when it is waited for, and stands where it begins.
        let at = match call.args.first() {
            Some(Value::Chain(calls)) => calls.first().map_or(call.at, |first| first.at),
            _ => call.at,
        };
        let span = self.span(at);
        if self.meaning.opens_transaction(call) {
            self.opened.all.push((span, false));
            self.opened.repeated |= self.followed.is_some();
        }
        let state = State::new(&self.done, self.dialect, &self.memory);
        match self.meaning.sends(call, &state) {
            Ok(sent) => {
                let inside = self.meaning.is_in_transaction(call);
                for text in &sent {
                    let steps = self.lowered(text, call, span);
                    if !steps.iter().all(|step| matches!(step.op, Op::Query { .. })) {
                        self.opened.takes(inside);
                    }
                    self.put(steps);
                }
            }
            Err(unclear) => {
                self.opened.takes(self.meaning.is_in_transaction(call));
                self.carry(span, unclear.why, "R033");
            }
        }
    }

    fn lowered(&mut self, text: &str, call: &Call, span: Span) -> Vec<Step> {
        let mut lowered = sql::lower(self.dialect, text, span.file);
        if text.contains(HOLE) {
            lowered.value.steps = lowered.value.steps.into_iter().flat_map(without_holes).collect();
        }
        let is_known = |step: &Step| about_rows(step) || step.op.is_closed_elsewhere();
        if text.contains(HOLE) && !lowered.value.steps.iter().all(is_known) {
            self.carry(span, "the definition holds a value which only a real run can know".into(), "R033");
            return Vec::new();
        }
        let first_line = Span { end: first_line_end(self.source(span), span), ..span };
        for mut finding in lowered.findings {
            if finding.code == "R001" {
                finding.message = finding.message.replace("the end of the file", "the end of what is sent");
                if !call.args.iter().any(|value| begins_like(value, text)) {
                    finding.why = Some("the tool composes SQL that does not end, and the server refuses it".to_owned());
                    finding.help = Some("do without the quote, or write the statement as SQL".to_owned());
                }
            }
            self.findings.push(Finding { at: Some(first_line), ..finding });
        }
        if lowered.value.steps.iter().any(|step| !step.op.open_texts().is_empty()) {
            let message = "a value in this definition only a real run can know";
            self.findings.push(
                Finding::new("R035", Level::Info, first_line, message)
                    .why("everything else of it is known; a down that would have to bring it back is refused"),
            );
        }
        let mut steps = lowered.value.steps;
        for step in &mut steps {
            place(step, span);
        }
        steps
    }
}

/// How a statement that goes by rows came to its end.
struct Ended {
    /// Whether it is over; false where the script ended in it.
    whole: bool,
    /// Whether it throws something where what it goes by is not as it should be.
    fails: bool,
}

/// Whether a text in a value is SQL that begins like `sql`, so that it is the script's own.
fn begins_like(value: &Value, sql: &str) -> bool {
    let first = |text: &str| text.split_whitespace().next().map(str::to_lowercase);
    let calls = |calls: &[Call]| calls.iter().flat_map(|call| &call.args).any(|value| begins_like(value, sql));
    match value {
        Value::Text(text) => text.trim().contains(char::is_whitespace) && first(text) == first(sql),
        Value::List(values) => values.iter().any(|value| begins_like(value, sql)),
        Value::Object(fields) | Value::Made(_, fields) => fields.iter().any(|(_, value)| begins_like(value, sql)),
        Value::Mixed(pieces) => matches!(pieces.first(), Some(Piece::Text(text)) if first(text) == first(sql)),
        Value::Chain(chain) => calls(chain),
        Value::Body(chains) => chains.iter().any(|chain| calls(chain)),
        Value::Undefined
        | Value::Null
        | Value::Bool(_)
        | Value::Number(_)
        | Value::BigInt(_)
        | Value::Date(_)
        | Value::Bytes(_)
        | Value::Function(_)
        | Value::Hole(_) => false,
    }
}

/// Whether a step is a change of rows, or a question.
fn changes_rows(step: &Step) -> bool {
    matches!(step.op, Op::Insert { .. } | Op::Update { .. } | Op::Delete { .. } | Op::Write { .. } | Op::Query { .. })
}

/// A step in which what stands for a hole is no function that is called.
fn without_holes(mut step: Step) -> Vec<Step> {
    let Op::Call { functions, then, .. } = &mut step.op else { return vec![step] };
    functions.retain(|function| function.name != HOLE);
    match functions.is_empty() {
        true => std::mem::take(then),
        false => vec![step],
    }
}

/// Whether what a step does to a schema does not rest on the values in it.
fn about_rows(step: &Step) -> bool {
    match &step.op {
        Op::Insert { .. } | Op::Update { .. } | Op::Delete { .. } | Op::Write { .. } => true,
        Op::Query { sql } => !sql.to_lowercase().contains("set_config"),
        Op::Call { then, .. } => then.iter().all(about_rows),
        _ => false,
    }
}

/// Puts a step, and those in it, at a place.
fn place(step: &mut Step, span: Span) {
    step.at = span;
    match &mut step.op {
        Op::When { then, otherwise, .. } => then.iter_mut().chain(otherwise).for_each(|step| place(step, span)),
        Op::Attempt { steps, .. } | Op::Call { then: steps, .. } | Op::ByRows { steps, .. } => {
            steps.iter_mut().for_each(|step| place(step, span))
        }
        _ => {}
    }
}

fn first_line_end(source: &str, span: Span) -> u32 {
    let length = source.find('\n').unwrap_or(source.len());
    span.start.saturating_add(u32::try_from(length).unwrap_or(u32::MAX)).min(span.end)
}

/// The imports of a file, as written.
fn import_lines(text: &str) -> Vec<String> {
    let is_import = |line: &&str| {
        let line = line.trim_start();
        (line.starts_with("import ") && line.contains(['\'', '"']))
            || (["const ", "let ", "var "].iter().any(|word| line.starts_with(word)) && line.contains("require("))
    };
    text.lines().filter(is_import).map(|line| line.trim().to_owned()).collect()
}

impl Host for Session<'_> {
    fn import(&mut self, from: u32, specifier: &str) -> Found {
        imports::find(self.tree, from, specifier)
    }

    fn read(&mut self, path: &str) -> Option<String> {
        imports::text(self.tree, path)
    }

    fn tell(&mut self, events: Vec<Event>) {
        for event in events {
            match event {
                Event::Call(call) => self.call(&call),
                Event::Code { at, why } => {
                    let at = self.span(at);
                    self.opened.takes(self.is_inside(at));
                    self.carry(at, why, "R030");
                }
                Event::Begin { at, why } => {
                    let (at, findings) = (self.span(at), self.findings.len());
                    self.followed = Some(Followed { at, why, steps: Vec::new(), findings, unclear: false });
                }
                Event::End { fails } => self.followed_to_its_end(Ended { whole: true, fails }),
            }
        }
    }

    fn ask(&mut self, question: &Call) -> Answer {
        let state = State::new(&self.done, self.dialect, &self.memory);
        if let Some(value) = self.meaning.answer(question, &state) {
            return Answer::Value(value);
        }
        self.call(question);
        Answer::Unknown
    }

    fn restart(&mut self) {
        self.done = Late::new(self.start.clone());
        self.followed = None;
        self.findings.clear();
        self.facts = None;
        self.opened = Opened::default();
        self.memory.clear();
    }
}

/// A script run before the state is known: its tape is kept for later.
pub(super) struct Ahead<'a> {
    pub meaning: &'a dyn Meaning,
    pub tree: &'a SourceTree,
    /// What it did.
    pub events: Vec<Event>,
}

impl Host for Ahead<'_> {
    fn import(&mut self, from: u32, specifier: &str) -> Found {
        imports::find(self.tree, from, specifier)
    }

    fn read(&mut self, path: &str) -> Option<String> {
        imports::text(self.tree, path)
    }

    fn tell(&mut self, events: Vec<Event>) {
        self.events.extend(events);
    }

    fn ask(&mut self, question: &Call) -> Answer {
        if self.meaning.is_about_state(question) {
            return Answer::NotYet;
        }
        self.events.push(Event::Call(question.clone()));
        Answer::Unknown
    }

    fn restart(&mut self) {
        self.events.clear();
    }
}
