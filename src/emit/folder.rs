//! A target that is a folder: a `target.toml` that says how its tool knows and runs migrations, and templates that spell
//! them. Statements are finished before a template sees them.

use super::around::Around;
use super::draft::{Direction, Draft, Mode};
use super::implicit::explicit;
use super::name::NewName;
use super::sql::{Lost, SqlView, sql};
use super::stamp::Unit;
use super::target::{Job, Rendered, Target};
use super::template::Templates;
use crate::diag::{Finding, Level};
use crate::ir::{Step, Tool, TransactionMode};
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of `target.toml` and of what templates are given.
const FORMAT: u32 = 1;

/// A target that is a folder.
pub struct FolderTarget {
    settings: Settings,
    templates: Templates,
    /// Whether a template asks for the operations themselves.
    wants_ir: bool,
}

/// What a `target.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// 1.
    format: u32,
    /// How `--to` calls it; for a user's own, the path of its folder does as well.
    name: String,
    /// What it lays down, in one line.
    about: String,
    order: Order,
    /// How many digits a counter has.
    #[serde(default = "four")]
    digits: usize,
    migration: MigrationSettings,
    transaction: TransactionSettings,
    /// What stands beside the migrations.
    #[serde(default)]
    project: Vec<FileSettings>,
}

fn four() -> usize {
    4
}

/// What puts migrations in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Order {
    /// A stamp of 14 digits.
    Seconds,
    /// A stamp of 13 digits.
    Milliseconds,
    /// A number that counts up from one.
    Counter,
    /// A number that counts up from nought.
    CounterFromZero,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MigrationSettings {
    /// How the tool knows a migration, as a template.
    name: String,
    /// Its files.
    files: Vec<FileSettings>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileSettings {
    /// Its path below the target's folder, as a template.
    path: String,
    /// The file of its template in the folder of the target.
    template: String,
    /// Only where a migration, up or down, has to run outside of a transaction.
    #[serde(default)]
    only_loose: bool,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TransactionSettings {
    /// Whether the tool runs each migration in a transaction of its own.
    opens: bool,
    /// Whether a migration can say that it is not to be run in one.
    can_be_left_out: bool,
    /// Whether what is run outside of one is sent as one query, which the server then takes as a transaction after all.
    sends_one_query: bool,
    /// Whether it is the file that says so, for up and down at once.
    #[serde(default)]
    per_file: bool,
}

/// What the template of a migration is given.
#[derive(Serialize)]
struct View<'a> {
    format: u32,
    stamp: &'a str,
    slug: &'a str,
    kebab: String,
    pascal: String,
    name: &'a str,
    source: Source<'a>,
    up: Part<'a>,
    down: Part<'a>,
    ir: Option<Ir<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    tool: Tool,
    name: &'a str,
}

#[derive(Serialize)]
struct Part<'a> {
    #[serde(flatten)]
    script: &'a SqlView,
    /// Whether the tool has to be told not to run it in a transaction.
    no_transaction: bool,
    /// Whether it has to open a transaction of its own.
    own_transaction: bool,
}

#[derive(Serialize)]
struct Ir<'a> {
    format: u32,
    up: &'a [Step],
    down: &'a [Step],
}

/// What the template of a file beside the migrations is given.
#[derive(Serialize)]
struct Project<'a> {
    #[serde(flatten)]
    around: &'a Around<'a>,
    migrations: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    name: &'a str,
    /// Milliseconds since 1970.
    moment: &'a str,
}

impl FolderTarget {
    /// Reads a target: its `target.toml`, and its templates by their names in the folder. `Err` in words.
    pub fn new(settings: &str, texts: &BTreeMap<String, String>) -> Result<Self, String> {
        let settings: Settings = toml::from_str(settings).map_err(|error| format!("target.toml: {error}"))?;
        if settings.format != FORMAT {
            return Err(format!("target.toml: format {} is not known; this is format {FORMAT}", settings.format));
        }
        let files = || settings.migration.files.iter().chain(&settings.project);
        if let Some(missing) = files().find(|file| !texts.contains_key(&file.template)) {
            return Err(format!("target.toml: there is no template {}", missing.template));
        }
        let mut texts = texts.clone();
        for file in files() {
            texts.insert(format!("path of {}", file.path), file.path.clone());
        }
        texts.insert("name".to_owned(), settings.migration.name.clone());
        let templates = Templates::alone(&texts)?;
        let wants_ir = settings.migration.files.iter().any(|file| templates.mentions(&file.template, "ir"));
        Ok(FolderTarget { settings, templates, wants_ir })
    }

    /// The same under the name that a user gives it.
    pub fn named(self, name: &str) -> Self {
        FolderTarget { settings: Settings { name: name.to_owned(), ..self.settings }, ..self }
    }

    /// What a direction has to say of transactions.
    fn part<'a>(&self, direction: &Direction<'_>, other: &Direction<'_>, script: &'a SqlView) -> Part<'a> {
        let rules = self.settings.transaction;
        let wants_none = |direction: &Direction<'_>| matches!(direction.mode, Mode::Loose | Mode::Own);
        let no_transaction = rules.opens && (wants_none(direction) || (rules.per_file && wants_none(other)));
        let own_transaction = direction.mode == Mode::Whole && (no_transaction || !rules.opens) && !script.stops;
        Part { script, no_transaction, own_transaction }
    }

    fn stamp(&self, name: &NewName, number: usize) -> String {
        let counted = |number: usize| format!("{number:0width$}", width = self.settings.digits.min(18));
        match self.settings.order {
            Order::Seconds => name.seconds(),
            Order::Milliseconds => name.milliseconds(),
            Order::Counter => counted(number + 1),
            Order::CounterFromZero => counted(number),
        }
    }
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

    fn parts(&self, up: &Direction<'_>, down: &Direction<'_>) -> usize {
        match self.settings.transaction.sends_one_query {
            true => up.runs().len().max(down.runs().len()),
            false => 1,
        }
    }

    fn migration(&self, draft: &Draft<'_>, job: &Job<'_>) -> Result<Rendered, String> {
        let mut rendered = Rendered { up: draft.up.as_sql(), down: draft.down.as_sql(), ..Rendered::default() };
        let all = |direction: &Direction<'_>, mode: TransactionMode| {
            let one_query = mode == TransactionMode::Implicit && direction.made.is_none();
            match one_query && direction.mode == Mode::Own && !self.settings.transaction.sends_one_query {
                true => explicit(&direction.steps),
                false => direction.steps.to_vec(),
            }
        };
        let (up_mode, down_mode) = (draft.migration.transaction, draft.migration.down_transaction);
        let (mut ups, mut downs) = (vec![all(&draft.up, up_mode)], vec![all(&draft.down, down_mode)]);
        if draft.names.len() > 1 {
            ups = draft.up.runs().into_iter().map(<[Step]>::to_vec).collect();
            downs = draft.down.runs().into_iter().map(<[Step]>::to_vec).collect();
        }
        let count = draft.names.len();
        for (at, (name, number)) in draft.names.iter().zip(draft.number..).enumerate() {
            let stamp = self.stamp(name, number);
            let up = ups.get(at).map(Vec::as_slice).unwrap_or_default();
            // What is undone first is what was done last.
            let down = downs.get(count - 1 - at).map(Vec::as_slice).unwrap_or_default();
            let mut view = View {
                format: FORMAT,
                stamp: &stamp,
                slug: &name.slug,
                kebab: name.kebab(),
                pascal: name.pascal(),
                name: "",
                source: Source { tool: job.history.tool, name: &draft.migration.name },
                up: Part { script: &SqlView::default(), no_transaction: false, own_transaction: false },
                down: Part { script: &SqlView::default(), no_transaction: false, own_transaction: false },
                ir: self.wants_ir.then_some(Ir { format: FORMAT, up, down }),
            };
            let own = self.templates.render("name", &view)?;
            view.name = &own;
            let mut script = |direction, of: &Direction<'_>, steps: &[Step]| {
                let lost = Lost { tree: job.tree, target: self.name(), direction };
                let mut script = sql(of, steps, &own, &lost, &mut rendered.findings);
                self.keep_out(of, steps, &mut script, &own, draft, &mut rendered.findings);
                script
            };
            let (up, down) = (script("up", &draft.up, up), script("down", &draft.down, down));
            view.up = self.part(&draft.up, &draft.down, &up);
            view.down = self.part(&draft.down, &draft.up, &down);
            let loose = view.up.no_transaction || view.down.no_transaction;
            for file in self.settings.migration.files.iter().filter(|file| loose || !file.only_loose) {
                let path = self.templates.render(&format!("path of {}", file.path), &view)?;
                rendered.files.push((path, self.templates.render(&file.template, &view)?));
            }
            rendered.names.push(own);
            rendered.moments.push(name.milliseconds());
        }
        Ok(rendered)
    }

    fn surroundings(&self, job: &Job<'_>, migrations: &[Rendered]) -> Result<Vec<(String, String)>, String> {
        let around = Around::of(job, migrations.len());
        let entry = |(name, moment): (&'_ String, &'_ String)| -> (String, String) { (name.clone(), moment.clone()) };
        let named: Vec<(String, String)> =
            migrations.iter().flat_map(|one| one.names.iter().zip(&one.moments).map(entry)).collect();
        let view = Project {
            around: &around,
            migrations: named.iter().map(|(name, moment)| Entry { name, moment }).collect(),
        };
        let file = |file: &FileSettings| {
            let path = self.templates.render(&format!("path of {}", file.path), &view)?;
            Ok((path, self.templates.render(&file.template, &view)?))
        };
        self.settings.project.iter().map(file).collect()
    }
}

impl FolderTarget {
    /// A statement that cannot stand in a transaction is never put into one: where the tool always opens one, the script
    /// stops with an error (C004).
    fn keep_out(
        &self,
        direction: &Direction<'_>,
        steps: &[Step],
        script: &mut SqlView,
        name: &str,
        draft: &Draft<'_>,
        found: &mut Vec<Finding>,
    ) {
        let rules = self.settings.transaction;
        if !rules.opens || rules.can_be_left_out || script.stops || direction.mode != Mode::Loose {
            return;
        }
        let Some((step, what)) = steps.iter().find_map(|step| Some((step, step.op.needs_no_transaction()?))) else {
            return;
        };
        let at = if step.at == Span::default() { Span::new(draft.migration.file, 0, 0) } else { step.at };
        let message = format!("{what} cannot stand in a transaction, and {} runs every migration in one", self.name());
        let finding = Finding::new("C004", Level::Warning, at, message);
        script.refuse(&format!("{name} cannot be run: {}", finding.message));
        found.push(finding.why("what is written stops with an error before it does anything"));
    }
}
