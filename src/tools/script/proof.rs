//! The proof of a down that would be written: the file as it would be is run like any other, and what its down does is held
//! against what it is meant to do.

use super::read::Workers;
use super::wording::Wording;
use super::{Meaning, Said, State, imports};
use crate::ir::{Dialect, Op, Step};
use crate::js::{self, Answer, Call, Event, FailureKind, Found, Host};
use crate::schema::Schema;
use crate::source::{FileId, SourceTree, Span};
use crate::sql::postgres;

/// What a down is meant to do.
pub(super) enum Does<'a> {
    /// These operations, from this state.
    Operations(&'a [Op], &'a Schema),
    /// It stops with an error of this message before it does anything.
    Throws(&'a str),
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
    let script = js::Script { shim: meaning.shim(), dialect: "postgres", module: &module, direction: "down", part: "" };
    let nothing = Schema::new("public");
    let from = match does {
        Does::Operations(_, from) => *from,
        Does::Throws(_) => &nothing,
    };
    let mut proof = Proof { tree, meaning, from, found: Wording::from(from), calls: 0, unclear: None };
    let end = WORKERS.with(|worker| worker.run(script, &mut proof)).map_err(|broken| broken.message)?;
    let failure = end.failure.as_ref().map(|failure| &failure.kind);
    if let Does::Throws(message) = does {
        // A run that is taken further without the statement says why it was left out.
        let stops = failure == Some(&FailureKind::Threw) || proof.unclear.as_deref().is_some_and(|why| why == *message);
        let differs = "read back, what would be written does not stop with its error";
        return (stops && proof.calls == 0).then_some(()).ok_or_else(|| differs.to_owned());
    }
    if let Some(unclear) = proof.unclear {
        return Err(format!("read back, what would be written is not understood: {unclear}"));
    }
    let differs = || "read back, what would be written does something else".to_owned();
    match does {
        Does::Throws(_) => Ok(()),
        Does::Operations(ops, from) => {
            if let Some(failure) = &end.failure {
                return Err(format!("read back, what would be written fails: {}", failure.message));
            }
            let mut wanted = Wording::from(from);
            ops.iter().for_each(|op| wanted.take(&read(&postgres::print(op))));
            let same = wanted.texts(default_schema) == proof.found.texts(default_schema);
            same.then_some(()).ok_or_else(differs)
        }
    }
}

/// What statements do.
fn read(sql: &str) -> Vec<Step> {
    let steps = postgres::lower(sql, FileId(0)).value.steps;
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
                    let state = State { schema: self.found.state(), dialect: Dialect::Postgres };
                    match self.meaning.steps(&call, &state) {
                        Ok(said) => {
                            let steps = said.into_iter().flat_map(|said| match said {
                                Said::Sql(sql) => read(&sql),
                                Said::Op(op) => vec![Step::new(*op, Span::new(FileId(0), 0, 0))],
                            });
                            let steps: Vec<Step> = steps.collect();
                            self.calls += usize::from(!steps.is_empty());
                            self.found.take(&steps);
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
    }
}
