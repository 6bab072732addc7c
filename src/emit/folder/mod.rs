//! A target that is a folder: a `target.toml` that says how its tool knows and runs migrations, and templates that spell
//! them. Statements are finished before a template sees them.

mod framed;
mod marker;
mod settings;
mod view;

use super::around::Around;
use super::draft::{Direction, Draft, Mode};
use super::name::NewName;
use super::sql::{Lost, SqlStatement, SqlView, sql};
use super::stamp::Unit;
use super::target::{Job, Rendered, Target};
use super::template::Templates;
use crate::diag::{Finding, Level, plain};
use crate::ir::{Dialect, Grade, Step, TransactionMode};
use crate::source::Span;
use framed::in_transactions;
use marker::{Marker, apart};
use settings::{FileSettings, Order, Settings, TransactionSettings};
use std::borrow::Cow;
use std::collections::BTreeMap;
use view::{Entry, Ir, Part, Project, Source, View};

/// Under what name the template of a migration's name is kept.
const NAME: &str = "target.toml: migration.name";

/// What stands in the place of an up that is another's.
const UP_ELSEWHERE: &str = "The migration was cut into more parts by its down than by its up, which those before this one do: run all of them.";

/// What stands in the place of a down that is another's.
const DOWN_ELSEWHERE: &str =
    "What undoes this stands in the migrations after it, which were cut out of the same one: take all of them back.";

/// A target that is a folder.
pub struct FolderTarget {
    settings: Settings,
    markers: Vec<Marker>,
    templates: Templates,
    /// Whether a template asks for the operations themselves.
    wants_ir: bool,
}

impl FolderTarget {
    /// Reads a target: its `target.toml`, and its templates by their names in the folder. `Err` in words.
    pub fn new(settings: &str, texts: &BTreeMap<String, String>) -> Result<Self, String> {
        let (settings, markers) = Settings::read(settings, texts)?;
        let mut texts = texts.clone();
        texts.extend(settings.files().map(|(key, file)| (path_of(&key), file.path.clone())));
        texts.insert(NAME.to_owned(), settings.migration.name.clone());
        let templates = Templates::alone(&texts)?;
        let wants_ir = settings.migration.files.iter().any(|file| templates.mentions(&file.template, "ir"));
        Ok(FolderTarget { settings, markers, templates, wants_ir })
    }

    /// The same under the name that a user gives it.
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.settings.name);
        self
    }

    /// What a direction has to say of transactions.
    fn part<'a>(&self, direction: &Direction<'_>, other: &Direction<'_>, script: &'a SqlView) -> Part<'a> {
        let rules = self.rules(direction);
        let wants_none = |direction: &Direction<'_>| matches!(direction.mode, Mode::Loose | Mode::Own);
        let no_transaction = rules.opens && (wants_none(direction) || (rules.per_file && wants_none(other)));
        let own_transaction = direction.mode == Mode::Whole && (no_transaction || !rules.opens) && !script.stops;
        let has_to_commit = rules.spans_migrations && !no_transaction && !script.stops && direction.rests_on_its_end();
        Part { script, no_transaction, own_transaction, has_to_commit }
    }

    /// A direction with every transaction told that its own tool makes of it without a word.
    fn told<'d>(&self, direction: &'d Direction<'_>, transaction: TransactionMode) -> Direction<'d> {
        let is_silent = direction.mode == Mode::Own && transaction == TransactionMode::Implicit;
        let steps = match is_silent && direction.made.is_none() && !self.rules(direction).sends_one_query {
            true => Cow::Owned(in_transactions(&direction.steps)),
            false => Cow::Borrowed(&*direction.steps),
        };
        Direction { steps, states: Vec::new(), notes: direction.notes.clone(), ..*direction }
    }

    /// How the tool runs a direction.
    fn rules(&self, direction: &Direction<'_>) -> TransactionSettings {
        self.settings.transaction(direction.from.dialect())
    }

    fn stamp(&self, name: &NewName, number: usize) -> String {
        let counted = |number: usize| format!("{number:0width$}", width = self.settings.digits);
        match self.settings.order {
            Order::Seconds => name.seconds(),
            Order::Milliseconds => name.milliseconds(),
            Order::Counter => counted(number + 1),
            Order::CounterFromZero => counted(number),
        }
    }

    /// The files of some kind, filled.
    fn fill<'f>(
        &self,
        key: &str,
        files: impl Iterator<Item = (usize, &'f FileSettings)>,
        view: &impl serde::Serialize,
    ) -> Result<Vec<(String, String)>, String> {
        let fill = |(at, file): (usize, &FileSettings)| {
            let path = self.templates.render(&path_of(&format!("{key}[{at}]")), view)?;
            Ok((path, self.templates.render(&file.template, view)?))
        };
        files.map(fill).collect()
    }
}

/// Under what name the template of a file's path is kept.
fn path_of(key: &str) -> String {
    format!("target.toml: {key}.path")
}

impl Target for FolderTarget {
    fn name(&self) -> &str {
        &self.settings.name
    }

    fn about(&self) -> &str {
        &self.settings.about
    }

    fn unit(&self) -> Unit {
        match self.settings.order {
            Order::Milliseconds => Unit::Millisecond,
            Order::Seconds | Order::Counter | Order::CounterFromZero => Unit::Second,
        }
    }

    fn is_for(&self, dialect: Dialect) -> bool {
        self.settings.dialects.contains(&dialect)
    }

    fn parts(&self, up: &Direction<'_>, down: &Direction<'_>) -> usize {
        match self.rules(up).sends_one_query {
            true => up.runs().len().max(down.runs().len()),
            false => 1,
        }
    }

    fn migration(&self, draft: &Draft<'_>, job: &Job<'_>) -> Result<Rendered, String> {
        let mut rendered = Rendered { up: draft.up.as_sql(), down: draft.down.as_sql(), ..Rendered::default() };
        let count = draft.names.len();
        let (all_up, all_down) = (
            self.told(&draft.up, draft.migration.transaction),
            self.told(&draft.down, draft.migration.down_transaction),
        );
        let nothing = SqlView::default();
        for (at, (name, number)) in draft.names.iter().zip(draft.number..).enumerate() {
            let (stamp, moment) = (self.stamp(name, number), name.milliseconds());
            // What is undone first is what was done last.
            let (up, down) =
                (run(&all_up, at, count, UP_ELSEWHERE), run(&all_down, count - 1 - at, count, DOWN_ELSEWHERE));
            let source = Source { tool: job.history.tool, name: &draft.migration.name };
            let mut view = View::named(&stamp, &moment, name, source, &nothing);
            view.ir = self.wants_ir.then(|| Ir::new(&up.steps, &down.steps));
            let own = self.templates.render(NAME, &view)?;
            view.name = &own;
            let mut script = |direction, of: &Direction<'_>| {
                let lost = Lost { tree: job.tree, target: self.name(), direction };
                let mut script = sql(of, &of.steps, &own, &lost, &mut rendered.findings);
                self.keep_out(of, &mut script, &own, draft, &mut rendered.findings);
                self.keep_apart(&mut script, &own, draft, &mut rendered.findings);
                script
            };
            let (ups, downs) = (script("up", &up), script("down", &down));
            view.up = self.part(&up, &down, &ups);
            view.down = self.part(&down, &up, &downs);
            let (up_loose, down_loose) = (view.up.no_transaction, view.down.no_transaction);
            let files = self.settings.migration.files.iter().enumerate();
            let files = files.filter(|(_, file)| file.when.holds(up_loose, down_loose));
            rendered.files.extend(self.fill("migration.files", files, &view)?);
            rendered.names.push(own);
            rendered.moments.push(moment);
        }
        Ok(rendered)
    }

    fn surroundings(&self, job: &Job<'_>, migrations: &[Rendered]) -> Result<Vec<(String, String)>, String> {
        let named = migrations.iter().flat_map(|one| one.names.iter().zip(&one.moments));
        let migrations: Vec<Entry<'_>> = named.map(|(name, moment)| Entry { name, moment }).collect();
        let around = Around::of(job, migrations.len());
        let is_for = |file: &FileSettings| file.dialects.is_empty() || file.dialects.contains(&job.history.dialect);
        let files = self.settings.project.iter().enumerate().filter(|(_, file)| is_for(file));
        self.fill("project", files, &Project { around: &around, migrations })
    }
}

/// What of a direction is done by one of several migrations; the whole of it by a single one.
/// `elsewhere` is what stands there instead where nothing is left for one of them.
fn run<'d>(direction: &'d Direction<'_>, at: usize, count: usize, elsewhere: &str) -> Direction<'d> {
    let whole = count == 1 || (direction.mode != Mode::Loose && at == 0);
    let steps = match whole {
        true => &direction.steps,
        false => direction.runs().get(at).copied().unwrap_or_default(),
    };
    let alone = steps.iter().any(|step| step.op.needs_no_transaction().is_some());
    let mode = match direction.mode {
        mode if whole => mode,
        Mode::Loose if alone => Mode::Loose,
        _ if steps.len() > 1 => Mode::Whole,
        _ => Mode::Any,
    };
    let mut part = Direction { steps: Cow::Borrowed(steps), states: Vec::new(), notes: Vec::new(), mode, ..*direction };
    let is_refused = direction.made.is_some_and(|made| matches!(made.grade, Grade::Refused(_)));
    if at == 0 {
        part.notes.clone_from(&direction.notes);
    } else if steps.is_empty() && !is_refused {
        part.made = None;
        part.notes.push(elsewhere.to_owned());
    }
    part
}

impl FolderTarget {
    /// A statement that cannot stand in a transaction is never put into one: where the tool always opens one, the script
    /// stops with an error (C004).
    fn keep_out(
        &self,
        direction: &Direction<'_>,
        script: &mut SqlView,
        name: &str,
        draft: &Draft<'_>,
        found: &mut Vec<Finding>,
    ) {
        let rules = self.rules(direction);
        if !rules.opens || rules.can_be_left_out || script.stops || !matches!(direction.mode, Mode::Loose | Mode::Own) {
            return;
        }
        let needs_none = |step: &Step| Some((step.at, step.op.needs_no_transaction()?));
        let Some((at, what)) = direction.steps.iter().find_map(needs_none) else { return };
        let message = format!("{what} cannot stand in a transaction, and {} runs every migration in one", self.name());
        let finding = Finding::new("C004", Level::Warning, place(at, draft), message);
        script.refuse(&format!("{name} cannot be run: {}", finding.message));
        found.push(finding.why("what is written stops with an error before it does anything"));
    }

    /// What the tool would take for its own is taken apart in comments; a statement in which it stands is left as a
    /// comment, and the script stops with an error (C005), unless it does little harm (C006).
    fn keep_apart(&self, script: &mut SqlView, name: &str, draft: &Draft<'_>, found: &mut Vec<Finding>) {
        let mut left = None;
        for statement in script.statements.iter_mut() {
            for marker in self.markers.iter().filter(|marker| marker.is_written && marker.stands_in(&statement.sql)) {
                let message =
                    format!("{} does not take this statement to the letter: it would {}", self.name(), marker.would);
                found.push(Finding::new("C006", Level::Warning, place(statement.at, draft), message));
            }
            let Some(would) = self.misread(&statement.sql) else { continue };
            if statement.is_stop() {
                // What it says may be put in other words, what it does may not.
                statement.say_less(draft.up.from.dialect());
                continue;
            }
            let message = format!("{} cannot be told this statement: it would {would}", self.name());
            found.push(
                Finding::new("C005", Level::Warning, place(statement.at, draft), message.clone())
                    .why("what is written stops with an error before it does anything, and holds it as a comment")
                    .help("write it in another way, then take out what stops it"),
            );
            statement.notes.push("to be written in another way:".to_owned());
            statement.notes.extend(statement.sql.lines().map(|line| format!("  {}", plain(line))));
            statement.sql.clear();
            left.get_or_insert(message);
        }
        if let Some(message) = left {
            script.refuse(&format!("{name} has to be ported by hand first: {message}"));
        }
        for line in &mut script.comments {
            *line = apart(&self.markers, line);
        }
        for note in script.statements.iter_mut().flat_map(|statement: &mut SqlStatement| &mut statement.notes) {
            *note = apart(&self.markers, note);
        }
    }

    /// What the tool would do with the text of a statement that it does not read as the server does.
    fn misread(&self, sql: &str) -> Option<String> {
        if let Some(marker) = self.markers.iter().find(|marker| !marker.is_written && marker.stands_in(sql)) {
            return Some(marker.would.clone());
        }
        let longest = self.settings.longest_line?;
        let is_longer = sql.lines().any(|line| line.len() > longest);
        is_longer.then(|| format!("stop at a line of more than {longest} bytes"))
    }
}

/// Where a step stands; one that stands nowhere, at the beginning of its migration's file.
fn place(at: Span, draft: &Draft<'_>) -> Span {
    if at == Span::default() { Span::new(draft.migration.file, 0, 0) } else { at }
}

#[cfg(test)]
mod tests;
