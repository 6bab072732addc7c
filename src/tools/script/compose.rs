//! A direction of a migration as the body of a function: by the tool's own methods where that is certain to mean the same,
//! as SQL where not. What the methods mean is read back before they are taken.

use super::carry::{Beside, Carrier, Place, Plan, is_code};
use super::fill::{Desk, Said, Writing};
use super::proof;
use super::render::{self, Lines};
use super::stage::{Stage, stages};
use crate::diag::{Finding, harmless, plain};
use crate::emit::statement::{Statement, ended, statements, uncarried};
use crate::emit::words::{self, Words};
use crate::emit::{Direction, Left, Lost, Mode, Style, Tally};
use crate::ir::{self, ColumnChange, Constraint, ObjectKind, Op, Step, Tool};
use crate::js;
use crate::sql::postgres::{self, Manner};

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

    /// A script with these lines in its up, to be read back.
    fn probe(&self, body: &str) -> String;
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

/// Something that stands in a body.
struct Piece {
    /// The comments before it.
    notes: Vec<String>,
    /// Expressions that are waited for.
    lines: Vec<Lines>,
    /// Code as it stands, whose first line is not indented yet.
    code: String,
}

impl Piece {
    fn new(notes: Vec<String>, lines: Vec<Lines>) -> Self {
        Piece { notes, lines, code: String::new() }
    }
}

impl Task<'_> {
    /// Writes the body. What cannot be carried is found (C001).
    pub fn compose(&self, found: &mut Vec<Finding>) -> Composed {
        let is_bare = self.runs == Runs::Bare;
        let mut plain = Vec::new();
        let (composed, calls) = self.composed(is_bare && self.direction.mode == Mode::Whole, &mut plain);
        // What was one statement, and is said by several calls, is done all or not at the same.
        if is_bare && self.direction.mode == Mode::Any && calls > 1 {
            return self.composed(true, found).0;
        }
        found.append(&mut plain);
        composed
    }

    /// Writes it with a transaction of its own or without; how many calls there are.
    fn composed(&self, own_transaction: bool, found: &mut Vec<Finding>) -> (Composed, usize) {
        let desk = self.scribe.desk(self.style, self.typed, own_transaction);
        if let Some(message) = self.direction.stop(self.name) {
            return (Composed { body: self.body(&desk, Vec::new(), Some(&message)), ..Composed::default() }, 0);
        }
        let mut writing = Written {
            task: self,
            desk: &desk,
            tally: Tally::default(),
            pieces: Vec::new(),
            left: Left::default(),
            beside: Beside::default(),
        };
        writing.all(found);
        let Written { tally, pieces, left, beside, .. } = writing;
        let stop = left.message(self.name).map(|message| plain(&message));
        let carries = pieces.iter().any(|piece| !piece.code.is_empty());
        let calls = pieces.iter().map(|piece| piece.lines.len()).sum();
        (Composed { body: self.body(&desk, pieces, stop.as_deref()), tally, beside, carries }, calls)
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

/// A body that is being written.
struct Written<'t> {
    task: &'t Task<'t>,
    desk: &'t Desk<'t>,
    tally: Tally,
    pieces: Vec<Piece>,
    /// What is not carried.
    left: Left,
    beside: Beside,
}

impl Written<'_> {
    fn all(&mut self, found: &mut Vec<Finding>) {
        let direction = self.task.direction;
        if direction.mode == Mode::Own {
            return self.as_one(found);
        }
        let steps = match self.task.means {
            Style::Builder => self.apart(&self.unguarded(&direction.steps)),
            Style::Sql => direction.steps.to_vec(),
        };
        let stages = stages(&steps, direction.from);
        let plan = self.task.plan(&stages, self.desk);
        let mut before = plan.before.iter().peekable();
        let mut start = 0;
        for (at, stage) in stages.iter().enumerate() {
            let placed = plan.is_placed(stage.step);
            let comes = |piece: &&js::bridge::Piece| placed && piece.at.start < stage.step.at.range().end;
            let mut pieces = std::iter::from_fn(|| before.next_if(comes)).peekable();
            let covered = plan.covers(at, stage.step);
            let is_code = uncarried(stage.op).is_some() || plan.statements.contains_key(&at);
            let apart = is_code || covered;
            if apart || pieces.peek().is_some() {
                self.operations(&stages[start..at], found);
                start = at + usize::from(apart);
            }
            for piece in pieces {
                self.pieces.push(Piece { code: piece.text.clone(), ..Piece::new(Vec::new(), Vec::new()) });
            }
            if is_code && !covered {
                self.code(stage.step, plan.statements.get(&at), found);
            }
        }
        self.operations(&stages[start..], found);
        self.beside = plan.beside;
    }

    /// Steps without guards against what certainly is not there: no method for tables has them, and Sequelize's own puts them
    /// before every table and enum.
    fn unguarded(&self, steps: &[Step]) -> Vec<Step> {
        let is_guarded = |step: &Step| {
            matches!(step.op, Op::CreateTable { if_not_exists: true, .. } | Op::Attempt { .. }) && !step.joined
        };
        if !self.task.undoes || !steps.iter().any(is_guarded) {
            return steps.to_vec();
        }
        let plain = |stage: Stage<'_>| {
            let mut step = stage.step.clone();
            if !is_guarded(&step) || !stage.before.knows_what_lacks() {
                return step;
            }
            match &mut step.op {
                Op::CreateTable { table, if_not_exists } => {
                    *if_not_exists = stage.before.relation(&table.name).is_some();
                }
                Op::Attempt { steps, .. } => {
                    if let [Step { op: made @ Op::CreateEnum { definition }, .. }] = steps.as_slice()
                        && stage.before.type_named(&definition.name).is_none()
                    {
                        step.op = made.clone();
                    }
                }
                _ => {}
            }
            step
        };
        stages(steps, self.task.direction.from).into_iter().map(plain).collect()
    }

    /// Steps with constraints behind their tables that no method for tables can say.
    fn apart(&self, steps: &[Step]) -> Vec<Step> {
        let mut apart = Vec::with_capacity(steps.len());
        for step in steps {
            let mut step = step.clone();
            let Op::CreateTable { table, if_not_exists: false } = &mut step.op else {
                apart.push(step);
                continue;
            };
            let is_apart = |one: &Constraint| one.name.is_some() && !one.not_valid && self.task.scribe.is_apart(one);
            let (later, own) = std::mem::take(&mut table.constraints).into_iter().partition(is_apart);
            table.constraints = own;
            let (on, at) = (ir::Place::new(table.name.clone()), step.at);
            apart.push(step);
            let later: Vec<Constraint> = later;
            let added = |constraint| Step::new(Op::AddConstraint { on: on.clone(), constraint }, at);
            apart.extend(later.into_iter().map(added));
        }
        apart
    }

    /// A script that opens and ends transactions by itself is sent as it is.
    fn as_one(&mut self, found: &mut Vec<Finding>) {
        let steps = &self.task.direction.steps;
        let mut text = Vec::new();
        for statement in statements(steps) {
            match statement.sql {
                Some(sql) => {
                    text.extend(statement.notes.iter().map(|note| format!("-- {note}")));
                    text.push(ended(&sql));
                }
                None => statement.steps.iter().for_each(|step| self.code(step, None, found)),
            }
        }
        match self.task.scribe.raw(&text.join("\n"), self.desk) {
            Ok(lines) => {
                self.tally.raw += steps.len().saturating_sub(self.tally.refused);
                self.pieces.push(Piece::new(Vec::new(), vec![lines]));
            }
            Err(why) => self.unsaid(steps, Vec::new(), &text.join("\n"), &why, found),
        }
    }

    /// What only the script itself can do: carried over, or left to be ported.
    fn code(&mut self, step: &Step, carried: Option<&Result<String, String>>, found: &mut Vec<Finding>) {
        let Some((source, why)) = uncarried(&step.op) else { return };
        let mut notes: Vec<String> = step.notes.iter().map(|note| plain(note)).collect();
        let why = match carried {
            Some(Ok(code)) => {
                self.tally.raw += 1;
                self.pieces.push(Piece { code: code.clone(), ..Piece::new(notes, Vec::new()) });
                return;
            }
            Some(Err(barred)) => format!("{why}; it is not carried over, because {barred}"),
            None => why.clone(),
        };
        if self.refuse(step, &why, found) {
            notes.push(format!("to be ported by hand: {}", plain(&why)));
        }
        notes.extend(source.lines().map(|line| format!("  {}", harmless(line))));
        self.pieces.push(Piece::new(notes, Vec::new()));
    }

    /// What the tool cannot send, as comments to be ported.
    fn unsaid(&mut self, steps: &[Step], mut notes: Vec<String>, sql: &str, why: &str, found: &mut Vec<Finding>) {
        let Some(first) = steps.first() else { return };
        self.tally.refused += steps.len() - 1;
        if self.refuse(first, why, found) {
            notes.push(format!("to be ported by hand: {}", plain(why)));
        }
        notes.extend(sql.lines().map(|line| format!("  {}", harmless(line))));
        self.pieces.push(Piece::new(notes, Vec::new()));
    }

    /// Leaves a step to be ported; whether it is another than those before.
    fn refuse(&mut self, step: &Step, why: &str, found: &mut Vec<Finding>) -> bool {
        self.tally.refused += 1;
        self.left.adds(&self.task.lost, step.at, why, found)
    }

    /// Operations in a row.
    fn operations(&mut self, stages: &[Stage<'_>], found: &mut Vec<Finding>) {
        if stages.is_empty() {
            return;
        }
        let groups = match self.task.means {
            Style::Sql => stages_as_sql(stages),
            Style::Builder => self.proven(stages),
        };
        let mut rest = stages;
        for group in groups {
            let (these, others) = rest.split_at(group.ops.min(rest.len()));
            rest = others;
            match group.built {
                Some(lines) => {
                    self.tally.native += these.len();
                    let notes = these.iter().flat_map(|stage| own_notes(stage.step)).collect();
                    self.pieces.push(Piece::new(notes, lines));
                }
                None => self.as_sql(these, found),
            }
        }
    }

    /// Operations as SQL, a piece a statement.
    fn as_sql(&mut self, stages: &[Stage<'_>], found: &mut Vec<Finding>) {
        let steps: Vec<Step> = stages.iter().map(|stage| stage.step.clone()).collect();
        for Statement { steps, notes, .. } in statements(&steps) {
            let ops: Vec<&Op> = steps.iter().map(|step| &step.op).collect();
            let sql = postgres::print_together(&ops, self.task.scribe.manner());
            match self.task.scribe.raw(&sql, self.desk) {
                Ok(lines) => {
                    self.tally.raw += steps.len();
                    self.pieces.push(Piece::new(notes, vec![lines]));
                }
                Err(why) => self.unsaid(steps, notes, &sql, &why, found),
            }
        }
    }

    /// By the tool's own methods where they are proven to do the same.
    fn proven(&self, stages: &[Stage<'_>]) -> Vec<Said> {
        let said = self.proposed(stages);
        if said.iter().all(|one| one.built.is_none()) || self.is_right(&said, stages) {
            return said;
        }
        self.settled(stages, self.chosen(stages, said))
    }

    /// How many operations from the first on have to stay SQL: what one statement says that might not be the same said by
    /// several, and a drop that somebody guarded, where what it drops may be gone when it comes a second time.
    fn bound(&self, stages: &[Stage<'_>]) -> usize {
        let is_guarded = |op: &Op| match op {
            Op::DropColumn { if_exists, .. } | Op::DropConstraint { if_exists, .. } => *if_exists,
            Op::Drop { if_exists, object, .. } => {
                *if_exists && ![ObjectKind::Table, ObjectKind::View].contains(&object.kind)
            }
            _ => false,
        };
        let Some(first) = stages.first().filter(|stage| !stage.step.joined) else { return 0 };
        let count = 1 + stages[1..].iter().take_while(|stage| stage.step.joined).count();
        let guarded = !self.task.undoes && stages[..count].iter().any(|stage| is_guarded(stage.op));
        if guarded { count } else { bound(first, &stages[..count]) }
    }

    /// What the tool proposes; what was said by one statement and might not be the same said by several stays one.
    fn proposed(&self, stages: &[Stage<'_>]) -> Vec<Said> {
        let mut said = Vec::new();
        let mut rest = stages;
        while !rest.is_empty() {
            let free = rest.iter().enumerate().take_while(|(at, _)| self.bound(&rest[*at..]) == 0).count();
            let (these, others) = rest.split_at(free);
            if !these.is_empty() {
                match self.task.scribe.statements(these, self.desk) {
                    Ok(proposed) => said.extend(proposed),
                    Err(_) => said.extend(stages_as_sql(these)),
                }
            }
            let together = self.bound(others);
            if together > 0 {
                said.push(Said { ops: together, built: None, sql: Vec::new() });
            }
            rest = others.get(together..).unwrap_or_default();
        }
        self.settled(stages, said)
    }

    fn settled(&self, stages: &[Stage<'_>], said: Vec<Said>) -> Vec<Said> {
        self.task.scribe.settled(stages, said)
    }

    /// Groups of which each is known to be right by itself.
    fn chosen(&self, stages: &[Stage<'_>], said: Vec<Said>) -> Vec<Said> {
        let mut chosen = Vec::new();
        let mut rest = stages;
        for one in said {
            let (these, others) = rest.split_at(one.ops.min(rest.len()));
            rest = others;
            let ops = one.ops;
            if one.built.is_none() || self.is_right(std::slice::from_ref(&one), these) {
                chosen.push(one);
            } else if let ([_, _, ..], Some(half)) = (these, halves(these)) {
                // One of them spoils the others.
                let (first, second) = these.split_at(half);
                for half in [first, second] {
                    chosen.extend(self.chosen(half, self.proposed(half)));
                }
            } else {
                chosen.push(Said { ops, built: None, sql: Vec::new() });
            }
        }
        chosen
    }

    /// Whether groups do just what their operations do.
    fn is_right(&self, said: &[Said], stages: &[Stage<'_>]) -> bool {
        let Some(first) = stages.first() else { return true };
        let mut lines: Lines = Vec::new();
        let mut rest = stages;
        let mut wanted = Vec::new();
        for one in said {
            let (these, others) = rest.split_at(one.ops.min(rest.len()));
            rest = others;
            let steps: Vec<Step> = these.iter().map(|stage| stage.step.clone()).collect();
            let texts: Vec<String> = statements(&steps).into_iter().filter_map(|statement| statement.sql).collect();
            match &one.built {
                Some(built) => built.iter().for_each(|one| lines.extend(render::statement("await", one, ";"))),
                None => {
                    for text in &texts {
                        let Ok(raw) = self.task.scribe.raw(text, self.desk) else { return false };
                        lines.extend(render::statement("await", &raw, ";"));
                    }
                }
            }
            wanted.extend(texts);
        }
        let (before, behind) = match self.desk.own_transaction {
            true => self.task.scribe.transaction(self.desk),
            false => (Vec::new(), Vec::new()),
        };
        let line = |line: String| (0, line);
        let lines: Lines = before.into_iter().map(line).chain(lines).chain(behind.into_iter().map(line)).collect();
        let body = render::indented(&lines, "", self.task.style);
        let text = self.task.scribe.probe(&body);
        proof::means(&text, self.task.scribe.meaning(), self.task.scribe.default_schema(), &wanted, &first.before)
    }
}

/// All of them as SQL.
fn stages_as_sql(stages: &[Stage<'_>]) -> Vec<Said> {
    vec![Said { ops: stages.len(), built: None, sql: Vec::new() }]
}

/// A place in the middle that parts nothing said by one statement.
fn halves(stages: &[Stage<'_>]) -> Option<usize> {
    let middle = stages.len() / 2;
    let free = |at: &usize| stages.get(*at).is_some_and(|stage| !stage.step.joined);
    (middle..stages.len()).chain((1..middle).rev()).find(free).or(Some(middle)).filter(|at| *at > 0)
}

/// The comments of a step that are worth keeping where methods say it.
fn own_notes(step: &Step) -> Vec<String> {
    statements(std::slice::from_ref(step)).into_iter().flat_map(|statement| statement.notes).collect()
}

/// How many operations from the first on were said by one statement that does something else than they do one by one:
/// PostgreSQL does the actions of an `ALTER TABLE` in an order of its own, and objects that are dropped together are not in
/// each other's way.
fn bound(first: &Stage<'_>, stages: &[Stage<'_>]) -> usize {
    let count = stages.len();
    if count == 1 {
        return 0;
    }
    if matches!(first.op, Op::Drop { .. }) {
        return count;
    }
    let ranks: Vec<u8> = stages.iter().map(|stage| rank(stage.op)).collect();
    if ranks.is_sorted() { 0 } else { count }
}

/// When an action of an `ALTER TABLE` is done (`AlterTablePass` in `tablecmds.c` of PostgreSQL 15).
fn rank(op: &Op) -> u8 {
    match op {
        Op::DropColumn { .. } | Op::DropConstraint { .. } => 0,
        Op::AlterColumn { change: ColumnChange::DropDefault | ColumnChange::DropNotNull, .. } => 0,
        Op::AlterColumn { change: ColumnChange::Type { .. }, .. } => 1,
        Op::AddColumn { .. } => 2,
        Op::AlterColumn { .. } => 3,
        Op::AddConstraint { .. } => 4,
        _ => 5,
    }
}
