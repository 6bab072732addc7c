//! The up and the down of a migration as the bodies of functions: by the tool's own methods where that is certain to mean the
//! same (`methods.rs`), as SQL where not.

use super::carry::{Beside, Carrier, Place, Plan};
use super::fill::{Desk, Writing};
use super::layout::{Part, parts};
use super::methods::{Methods, Proposal, prove};
use super::render::{self, Lines};
use super::written::{Piece, Written};
use crate::diag::{Finding, plain};
use crate::emit::Stage;
use crate::emit::words::{self, Words};
use crate::emit::{Direction, Left, Lost, Mode, Style, Tally};
use crate::ir::{Constraint, Step, Tool};
use crate::js;
use crate::sql::postgres::Manner;
use std::borrow::Cow;

/// How a tool's migrations are written from nothing.
pub(in crate::tools) trait Scribe: Writing {
    /// Whether a constraint is said apart from its table, because no method for tables can say it.
    fn is_apart(&self, _constraint: &Constraint) -> bool {
        false
    }

    /// What reaches the database, for statements in a transaction of their own or not.
    fn desk<'d>(&self, style: &'d js::Style, typed: bool, own_transaction: bool) -> Desk<'d>;

    /// In whose manner it spells SQL.
    fn manner(&self) -> Manner {
        Manner::Prisma
    }

    /// SQL as an expression that is waited for. `Err` when it cannot be sent.
    fn raw(&self, sql: &str, desk: &Desk<'_>) -> Result<Lines, String>;

    /// What stands before and behind statements that are done all or not at all, where the tool does not see to it.
    fn transaction(&self, desk: &Desk<'_>) -> (Vec<String>, Vec<String>);

    /// What stands before and behind statements that may not be in the transaction that the tool opens all the same.
    fn no_transaction(&self, _desk: &Desk<'_>) -> (Vec<String>, Vec<String>) {
        (Vec::new(), Vec::new())
    }

    /// The names in a function that code is carried into: what reaches the database, the transaction that calls have to
    /// name, and others that are taken.
    fn names<'n>(&self, desk: &'n Desk<'_>) -> (&'n str, Option<&'n str>, &'static [&'static str]);

    /// What the function stands in is indented by.
    fn outer(&self, _style: &js::Style) -> String {
        String::new()
    }

    /// A script with these lines in its up and these in its down, to be read back.
    fn probe(&self, bodies: [&str; 2]) -> String;
}

/// What is to be written, and how.
pub(in crate::tools) struct Task<'a> {
    /// The direction.
    pub direction: &'a Direction<'a>,
    /// The tool.
    pub scribe: &'a dyn Scribe,
    /// How the script is written.
    pub style: &'a js::Style,
    /// Whether it is TypeScript.
    pub typed: bool,
    /// Whether methods are used.
    pub means: Style,
    /// What the target calls the migration.
    pub name: &'a str,
    /// How the tool runs it.
    pub runs: Runs,
    /// Whether it was run in a transaction.
    pub was_in_transaction: bool,
    /// Whether nothing of the migration is left when it has been undone.
    pub undoes: bool,
    /// What is said of parts that are not carried.
    pub lost: Lost<'a>,
    /// How code gets into the script; `None` where none can.
    pub carrier: Option<Carrier<'a>>,
}

/// How the tool runs a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tools) enum Runs {
    /// In a transaction.
    Wrapped,
    /// Statement by statement.
    Bare,
}

/// The body of a function.
#[derive(Clone, Debug, Default)]
pub(in crate::tools) struct Composed {
    /// Its lines, indented, each with its line break; empty when there are none.
    pub body: String,
    /// How the operations are said.
    pub tally: Tally,
    /// What carried code needs in the module.
    pub beside: Beside,
    /// Whether it holds any.
    pub carries: bool,
}

/// Writes the up and the down of a migration. What cannot be carried is found (C001).
pub(in crate::tools) fn compose(tasks: [&Task<'_>; 2], found: &mut Vec<Finding>) -> [Composed; 2] {
    let steps = tasks.map(|task| if task.has_parts() { task.steps() } else { Cow::Borrowed(&[] as &[Step]) });
    let stages = [0, 1].map(|at| tasks[at].stages(&steps[at]));
    let desks = [0, 1].map(|at| {
        let task = tasks[at];
        task.scribe.desk(task.style, task.typed, task.has_own_transaction(&stages[at]))
    });
    let methods = [0, 1].map(|at| Methods { task: tasks[at], desk: &desks[at] });
    let mut bodies = [0, 1].map(|at| Body::plan(methods[at], &stages[at]));
    let [up, down] = &mut bodies;
    prove(methods, [&mut up.proposals, &mut down.proposals]);
    let [up, down] = bodies;
    [up.settle(found), down.settle(found)]
}

/// A body before it is written.
struct Body<'t> {
    methods: Methods<'t>,
    stages: &'t [Stage<'t>],
    plan: Plan,
    parts: Vec<Part>,
    /// How operations in a row are said, in order.
    proposals: Vec<Proposal<'t>>,
}

impl<'t> Body<'t> {
    fn plan(methods: Methods<'t>, stages: &'t [Stage<'t>]) -> Self {
        let plan = methods.task.plan(stages, methods.desk);
        let parts = parts(stages, &plan);
        let proposal = |part: &Part| match part {
            Part::Operations(range) => stages.get(range.clone()).map(|these| methods.propose(these)),
            Part::Needed(_) | Part::Code(_) => None,
        };
        let proposals = parts.iter().filter_map(proposal).collect();
        Body { methods, stages, plan, parts, proposals }
    }

    /// Writes it; once more where it takes another number of calls than it was expected to.
    fn settle(self, found: &mut Vec<Finding>) -> Composed {
        let Methods { task, desk } = self.methods;
        let stages = self.stages;
        let mut own = Vec::new();
        let (composed, calls) = self.write(&mut own);
        let needs = task.needs_transaction(calls);
        if !task.has_parts() || needs == desk.own_transaction {
            found.append(&mut own);
            return composed;
        }
        let desk = task.scribe.desk(task.style, task.typed, needs);
        let methods = Methods { task, desk: &desk };
        let mut again = Body::plan(methods, stages);
        prove([methods; 2], [&mut again.proposals, &mut []]);
        let mut others = Vec::new();
        let (other, calls) = again.write(&mut others);
        // Outside of a transaction it may take more of them again.
        let (composed, mut own) =
            if task.needs_transaction(calls) == needs { (other, others) } else { (composed, own) };
        found.append(&mut own);
        composed
    }

    /// Writes it; how many calls there are.
    fn write(self, found: &mut Vec<Finding>) -> (Composed, usize) {
        let Methods { task, desk } = self.methods;
        if let Some(message) = task.direction.stop(task.name) {
            return (Composed { body: task.body(desk, Vec::new(), Some(&message)), ..Composed::default() }, 0);
        }
        let mut written = Written { task, desk, tally: Tally::default(), pieces: Vec::new(), left: Left::default() };
        if task.direction.mode == Mode::Own {
            written.as_one(&task.direction.steps, found);
        }
        let mut proposals = self.proposals.into_iter();
        for part in &self.parts {
            match part {
                Part::Operations(_) => {
                    if let Some(proposal) = proposals.next() {
                        written.operations(proposal, found);
                    }
                }
                Part::Needed(number) => {
                    let code = self.plan.before.get(*number).map(|piece| piece.text.clone()).unwrap_or_default();
                    written.pieces.push(Piece { code, ..Piece::new(Vec::new(), Vec::new()) });
                }
                Part::Code(at) => {
                    if let Some(stage) = self.stages.get(*at) {
                        written.code(stage.step, self.plan.statements.get(at), found);
                    }
                }
            }
        }
        let Written { tally, pieces, left, .. } = written;
        let stop = left.message(task.name).map(|message| plain(&message));
        let carries = pieces.iter().any(|piece| !piece.code.is_empty());
        let calls = pieces.iter().map(|piece| piece.lines.len()).sum();
        let body = task.body(desk, pieces, stop.as_deref());
        (Composed { body, tally, beside: self.plan.beside, carries }, calls)
    }
}

impl Task<'_> {
    /// Whether its statements are in a transaction of their own, as far as can be told beforehand. What was one statement,
    /// and is said by several calls, is done all or not at the same.
    fn has_own_transaction(&self, stages: &[Stage<'_>]) -> bool {
        self.runs == Runs::Bare
            && match self.direction.mode {
                Mode::Whole => true,
                Mode::Any => stages.len() > 1,
                Mode::Loose | Mode::Own => false,
            }
    }

    /// Whether they have to be, said by so many calls.
    fn needs_transaction(&self, calls: usize) -> bool {
        self.runs == Runs::Bare && (self.direction.mode == Mode::Whole || self.direction.mode == Mode::Any && calls > 1)
    }

    /// Whether it is taken apart: not if it only stops, or is one text.
    fn has_parts(&self) -> bool {
        self.direction.mode != Mode::Own && self.direction.stop(self.name).is_none()
    }

    /// What stands before and behind all statements.
    fn frame(&self, desk: &Desk<'_>) -> (Vec<String>, Vec<String>) {
        match (self.runs, self.direction.mode) {
            (Runs::Bare, _) if desk.own_transaction => self.scribe.transaction(desk),
            (Runs::Wrapped, Mode::Loose | Mode::Own) => self.scribe.no_transaction(desk),
            _ => (Vec::new(), Vec::new()),
        }
    }

    /// What becomes of the code among some steps.
    fn plan(&self, stages: &[Stage<'_>], desk: &Desk<'_>) -> Plan {
        let Some(carrier) = self.carrier.filter(|carrier| carrier.from != Tool::Prisma) else { return Plan::default() };
        let deeper = usize::from(opens(&self.frame(desk).0));
        let indent = format!("{}{}", self.scribe.outer(self.style), self.style.indent.repeat(1 + deeper));
        let (handle, transaction, taken) = self.scribe.names(desk);
        let place = Place {
            direction: self.lost.direction,
            handle,
            transaction,
            taken,
            in_transaction: match self.runs {
                Runs::Wrapped => !matches!(self.direction.mode, Mode::Loose | Mode::Own),
                Runs::Bare => desk.own_transaction,
            },
            indent: &indent,
        };
        carrier.plan(stages, self.was_in_transaction, &place)
    }

    /// The lines of a body.
    fn body(&self, desk: &Desk<'_>, pieces: Vec<Piece>, stop: Option<&str>) -> String {
        let end = desk.end();
        let mut lines: Lines = Vec::new();
        if let Some(message) = stop {
            lines.push((0, format!("throw new Error({}){end}", render::string(message, self.style.quote))));
        }
        let mut inner: Lines = Vec::new();
        for piece in pieces {
            let long = piece.lines.iter().flatten().count() > 1 || !piece.notes.is_empty() || piece.code.contains('\n');
            let before = inner.len();
            inner.extend(piece.notes.into_iter().map(|note| (0, format!("// {note}").trim_end().to_owned())));
            for lines in &piece.lines {
                inner.extend(render::statement("await", lines, end));
            }
            if !piece.code.is_empty() {
                inner.push((0, piece.code));
            }
            // What takes several lines stands apart.
            let parts = before > 0 && (long || inner.get(before - 1).is_some_and(|(_, line)| is_end(line)));
            if parts {
                inner.insert(before, (0, String::new()));
            }
        }
        let frame = if inner.is_empty() { (Vec::new(), Vec::new()) } else { self.frame(desk) };
        let deeper = usize::from(opens(&frame.0));
        lines.extend(frame.0.into_iter().map(|line| (0, line)));
        lines.extend(
            inner.into_iter().map(|(depth, line)| if line.is_empty() { (0, line) } else { (depth + deeper, line) }),
        );
        lines.extend(frame.1.into_iter().map(|line| (0, line)));
        self.titled(lines)
    }

    /// Lines in a function's body, under what a made down says of itself.
    fn titled(&self, lines: Lines) -> String {
        let newline = self.style.newline;
        let outer = self.scribe.outer(self.style);
        let notes = self.direction.notes.iter().flat_map(|note| note.lines()).map(plain);
        let mut all: Lines = notes.map(|note| (0, format!("// {note}"))).collect();
        let Some(made) = self.direction.made else {
            all.extend(lines);
            return render::indented(&all, &outer, self.style);
        };
        let words = Words::of(self.name, made);
        all.extend(words.lines().into_iter().map(|line| (0, format!("// {line}"))));
        all.extend(lines);
        let text = render::indented(&all, &outer, self.style);
        let mark = words::fingerprint(text.trim_end());
        format!("{outer}{}// {}{}{mark:016x}{newline}{text}", self.style.indent, words.title, words::MARK)
    }
}

/// Whether what stands before statements opens a block around them.
fn opens(lines: &[String]) -> bool {
    lines.last().is_some_and(|line| line.ends_with('{'))
}

fn is_end(line: &str) -> bool {
    [")", ");", "`)", "`);"].contains(&line.trim()) || line.starts_with("})") || line.contains('\n')
}
