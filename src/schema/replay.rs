//! Replaying a history: every operation applied in order, conditions answered, conflicts found. Never stops.

use super::apply::{self, Doing};
use super::{Cause, Id, Schema, ask, doubt, effects, facets, open, outside, spelling};
use crate::diag::{Finding, Level, Outcome};
use crate::ir::{Condition, Dialect, History, Op, Step, Writes};
use crate::source::Span;
use std::sync::Arc;

/// Why a conflicting operation cannot be undone.
const CONFLICT: &str = "a statement does not fit the state that the history has built";

/// An operation that was really carried out, with the states on either side.
pub struct Taken<'a> {
    /// The operation; never `when` or `attempt`.
    pub step: &'a Step,
    /// The state before it.
    pub before: &'a Schema,
    /// The state after it.
    pub after: &'a Schema,
    /// Why it cannot be undone whatever the states are: it conflicts with them, or with something outside the history.
    pub unfit: Option<&'a str>,
}

/// What happens while steps are replayed.
pub enum Event<'a> {
    /// An operation was carried out.
    Taken(Taken<'a>),
    /// All operations of these steps but the first so many were rolled back.
    RolledBack(usize),
}

/// A replay under way.
#[derive(Debug)]
pub struct Replay {
    /// The state now.
    pub schema: Schema,
    /// What was found so far.
    pub findings: Vec<Finding>,
    home: Arc<[String]>,
    /// How many operations of these steps were carried out.
    taken: usize,
    /// How many migrations were entered.
    entered: usize,
    /// What can be gone back to: the start of the transaction, then its savepoints.
    saved: Vec<Saved>,
}

/// A place in a transaction that can be gone back to.
#[derive(Debug)]
struct Saved {
    /// The savepoint; empty for the start.
    name: String,
    schema: Schema,
    /// How many operations had been carried out.
    taken: usize,
}

impl Replay {
    /// Starts on an empty database.
    pub fn new(default_schema: &str) -> Self {
        Replay::from(Schema::new(default_schema))
    }

    /// Starts where a history starts: on what its base makes of an empty database.
    pub fn on(history: &History) -> Self {
        Replay::based(Schema::of(history.dialect, &history.default_schema), &history.base)
    }

    /// Starts on what a base makes of a database.
    pub fn based(schema: Schema, base: &[Step]) -> Self {
        let mut replay = Replay::from(schema);
        if !base.is_empty() {
            replay.schema.now = Some(Cause { number: 0, at: Span::default(), migration: "the base".into() });
            replay.migration(base, &mut |_| ());
        }
        replay
    }

    /// The steps from here on are a migration's of that name.
    pub fn enter(&mut self, name: &str) {
        self.entered += 1;
        self.schema.now = Some(Cause { number: self.entered, at: Span::default(), migration: name.into() });
    }

    fn stand_at(&mut self, step: &Step) {
        if let Some(now) = &mut self.schema.now {
            now.at = step.at;
        }
    }

    /// Starts on a given state.
    pub fn from(schema: Schema) -> Self {
        let home = schema.search_path().into();
        Replay { schema, findings: Vec::new(), home, taken: 0, entered: 0, saved: Vec::new() }
    }

    /// Runs some steps of a migration that goes on: settings and temporary objects stay. `see` is shown what `migration`
    /// shows.
    pub fn part<'s>(&mut self, steps: &'s [Step], see: &mut dyn FnMut(Event<'_>)) {
        if self.saved.is_empty() {
            self.begin();
        }
        self.steps(steps, see);
    }

    /// Runs one migration's steps; `see` is shown each operation that is carried out, and what is rolled back of them.
    pub fn migration<'s>(&mut self, steps: &'s [Step], see: &mut dyn FnMut(Event<'_>)) {
        self.taken = 0;
        self.begin();
        self.steps(steps, see);
        self.end();
    }

    /// A migration ends here. The next one has a session of its own: no temporary objects, the usual role and search path.
    pub fn end(&mut self) {
        self.saved.clear();
        self.schema.end_transaction();
        self.schema.role = None;
        if !self.schema.has_temporary {
            self.schema.set_search_path(self.home.clone());
            return;
        }
        let temporary: Vec<Id> =
            self.schema.iter().filter(|(id, _)| id.is_temporary()).map(|(id, _)| id.clone()).collect();
        for id in temporary {
            super::cascade::drop_object(&mut self.schema, &id);
        }
        self.schema.set_search_path(self.home.clone());
    }

    fn steps<'s>(&mut self, steps: &'s [Step], see: &mut dyn FnMut(Event<'_>)) -> bool {
        let mut conflicted = false;
        let mut at = 0;
        while at < steps.len() {
            // Several objects named by one DROP go together.
            let group = steps[at..]
                .iter()
                .enumerate()
                .take_while(|(number, step)| (*number == 0 || step.joined) && matches!(step.op, Op::Drop { .. }))
                .count()
                .max(1);
            let together: Vec<Id> = steps[at..at + group]
                .iter()
                .filter_map(|step| match &step.op {
                    Op::Drop { object, .. } => facets::target(&self.schema, object).map(|(id, _)| id),
                    _ => None,
                })
                .collect();
            for step in &steps[at..at + group] {
                conflicted |= self.step(step, &together, see);
            }
            at += group;
        }
        conflicted
    }

    fn step(&mut self, step: &Step, together: &[Id], see: &mut dyn FnMut(Event<'_>)) -> bool {
        match &step.op {
            Op::When { condition, then, otherwise } => match ask::ask(&self.schema, condition) {
                Some(true) => self.steps(then, see),
                Some(false) => self.steps(otherwise, see),
                None if step.op.is_about_server() => {
                    self.changed_nothing(step, see);
                    false
                }
                None => {
                    self.unanswered(step, condition, then.iter().chain(otherwise), see);
                    false
                }
            },
            // Whether it was there before is not known, but nothing in the database hangs on it.
            Op::Attempt { .. } if step.op.is_about_server() => {
                self.changed_nothing(step, see);
                false
            }
            Op::Attempt { steps, unless } => self.attempt(step, steps, unless, see),
            Op::Call { functions, then, sql } => match effects::of(&self.schema, functions) {
                Ok(writes) => {
                    if !writes.is_empty() {
                        let write = Writes { writes, sql: sql.clone() };
                        self.carry_out(&Step::new(Op::Write { write }, step.at), together, see);
                    }
                    self.steps(then, see)
                }
                Err(why) => {
                    self.findings.push(
                        Finding::new("R002", Level::Warning, step.at, format!("statement is not understood: it {why}"))
                            .why("it is carried as it is, and what it does to the schema is not known"),
                    );
                    self.carry_out(&Step::new(Op::Sql { sql: sql.clone(), why }, step.at), together, see)
                }
            },
            Op::Transaction { verb, sql } => {
                self.transaction(verb, sql, see);
                false
            }
            _ => self.carry_out(step, together, see),
        }
    }

    fn carry_out(&mut self, step: &Step, together: &[Id], see: &mut dyn FnMut(Event<'_>)) -> bool {
        let is_sqlite = self.schema.dialect() == Dialect::Sqlite;
        let spelled = is_sqlite.then(|| Step { op: spelling::spelled(&self.schema, &step.op), ..step.clone() });
        let step = spelled.as_ref().unwrap_or(step);
        let is_postgres = self.schema.dialect() == Dialect::Postgres;
        let known = if !is_postgres { Ok(()) } else { outside::prepare(&mut self.schema, &step.op) };
        let before = self.schema.clone();
        if let Err(why) = known {
            self.taken += 1;
            see(Event::Taken(Taken { step, before: &before, after: &before, unfit: Some(&why) }));
            return false;
        }
        self.stand_at(step);
        let mut conflicted = false;
        let mut doing = Doing {
            schema: &mut self.schema,
            at: step.at,
            findings: &mut self.findings,
            together,
            conflicted: &mut conflicted,
        };
        apply::apply(&mut doing, &step.op);
        self.taken += 1;
        let mut unfit = conflicted.then_some(CONFLICT);
        self.schema.has_open |= !step.op.open_texts().is_empty();
        if self.schema.has_open {
            open::mark(&before, &mut self.schema);
            unfit = unfit.or_else(|| open::unfit(&before, &step.op));
        }
        if step.op.has_open_type() {
            // A type of the project's own may bring sequences and types with it, which are named after the column.
            let text = serde_json::to_string(&step.op).unwrap_or_default();
            self.schema.carried.names(&text, self.schema.now.as_ref());
        }
        see(Event::Taken(Taken { step, before: &before, after: &self.schema, unfit }));
        conflicted
    }

    /// `BEGIN … EXCEPTION WHEN … THEN NULL`: if the steps conflict and that kind of error is swallowed, nothing
    /// happened.
    fn attempt(&mut self, step: &Step, steps: &[Step], unless: &[String], see: &mut dyn FnMut(Event<'_>)) -> bool {
        let mut trial = Replay { home: self.home.clone(), ..Replay::from(self.schema.clone()) };
        let failed = trial.steps(steps, &mut |_| ());
        if !failed {
            return self.steps(steps, see);
        }
        let swallowed = unless.iter().any(|name| {
            name == "others"
                || name.starts_with("duplicate_")
                || name.starts_with("undefined_")
                || name.starts_with("invalid_")
        });
        if swallowed {
            self.findings.push(Finding::new(
                "S004",
                Level::Info,
                step.at,
                "this block changes nothing: what it makes is there already",
            ));
            false
        } else {
            self.steps(steps, see)
        }
    }

    fn unanswered<'s>(
        &mut self,
        step: &Step,
        condition: &Condition,
        steps: impl Iterator<Item = &'s Step>,
        see: &mut dyn FnMut(Event<'_>),
    ) {
        self.findings.push(
            Finding::new("S005", Level::Warning, step.at, "replay cannot tell which branch is taken")
                .why(format!("it depends on {}", in_words(condition))),
        );
        let why: Arc<str> = "a branch that replay cannot decide may have changed it".into();
        let before = self.schema.clone();
        self.stand_at(step);
        for inner in steps {
            let text = serde_json::to_string(&inner.op).unwrap_or_default();
            self.schema.carried.sql(&text, self.schema.now.as_ref());
            for id in doubt::named_in(&self.schema, &text) {
                doubt::mark(&mut self.schema, &id, &why);
            }
        }
        self.taken += 1;
        see(Event::Taken(Taken { step, before: &before, after: &self.schema, unfit: None }));
    }

    /// Shows an operation that leaves the state as it is.
    fn changed_nothing(&mut self, step: &Step, see: &mut dyn FnMut(Event<'_>)) {
        self.taken += 1;
        see(Event::Taken(Taken { step, before: &self.schema, after: &self.schema, unfit: None }));
    }

    /// A transaction starts here.
    fn begin(&mut self) {
        self.saved = vec![Saved { name: String::new(), schema: self.schema.clone(), taken: self.taken }];
    }

    /// A script is sent as one query, so that all of it is in a transaction: it starts with the script and after each
    /// `COMMIT` and `ROLLBACK`, and `BEGIN` takes in what came before it. Source: "Multiple Statements in a Simple Query"
    /// in PostgreSQL's documentation of its protocol, checked against 15.
    fn transaction(&mut self, verb: &str, sql: &str, see: &mut dyn FnMut(Event<'_>)) {
        let words: Vec<&str> =
            sql.split(|c: char| c.is_whitespace() || c == ';').filter(|word| !word.is_empty()).collect();
        let says = |wanted: &str| words.iter().any(|word| word.eq_ignore_ascii_case(wanted));
        if says("PREPARED") {
            // It is about another transaction.
            return;
        }
        let name = words.last().map(|word| savepoint(word)).unwrap_or_default();
        let place = self.saved.iter().skip(1).rposition(|saved| saved.name == name).map(|place| place + 1);
        match verb {
            "COMMIT" | "END" => {
                self.schema.end_transaction();
                self.begin();
            }
            "SAVEPOINT" => self.saved.push(Saved { name, schema: self.schema.clone(), taken: self.taken }),
            "RELEASE" => self.saved.truncate(place.unwrap_or(self.saved.len())),
            "ROLLBACK" | "ABORT" => {
                let Some(place) = (if says("TO") { place } else { Some(0) }) else { return };
                self.saved.truncate(place + 1);
                let Some(saved) = self.saved.last() else { return };
                self.schema = saved.schema.clone();
                self.taken = saved.taken;
                see(Event::RolledBack(saved.taken));
            }
            _ => {}
        }
    }
}

/// A savepoint's name as it is compared.
fn savepoint(written: &str) -> String {
    match written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(name) => name.to_owned(),
        None => written.to_lowercase(),
    }
}

fn in_words(condition: &Condition) -> String {
    serde_json::to_string(condition).unwrap_or_else(|_| "something outside the history".to_owned())
}

/// The schema after the first `count` migrations, on the history's base.
pub fn replay(history: &History, count: usize) -> Outcome<Schema> {
    let mut replay = Replay::on(history);
    for migration in history.migrations.iter().take(count) {
        replay.enter(&migration.name);
        replay.migration(&migration.up.steps, &mut |_| ());
    }
    Outcome { value: replay.schema, findings: replay.findings }
}
