//! A history as a project of a tool whose migrations are scripts. What the tools have in common stands here; what their
//! files are called and hold is each tool's [`Layout`].

use super::bridge;
use super::script::{Beside, Carrier, Runs, Scribe, Task, compose};
use crate::emit::{Around, Direction, Draft, Job, Language, Lost, Mode, NewName, Rendered, Style, Target, Unit};
use crate::ir::{Tool, TransactionMode};
use crate::js;
use serde::Serialize;

/// The version of what templates are given.
const FORMAT: u32 = 1;

/// How a tool's project is laid out.
pub(in crate::tools) trait Layout: Sync {
    /// The name of the target.
    fn name(&self) -> &'static str;

    /// The tool.
    fn tool(&self) -> Tool;

    /// What it lays down, in one line.
    fn about(&self) -> &'static str;

    /// The finest step between two stamps.
    fn unit(&self) -> Unit;

    /// What is usual with the tool: how operations are said, and in what language.
    fn usual(&self) -> (Style, Language);

    /// Why it cannot be written in a language, if it cannot.
    fn barred(&self, _language: Language) -> Option<&'static str> {
        None
    }

    /// How its migrations are written, for a schema that bare names mean.
    fn scribe(&self, default_schema: &str) -> Box<dyn Scribe>;

    /// What a level is indented by.
    fn indent(&self) -> &'static str {
        "  "
    }

    /// The path of a migration's file, without the extension.
    fn path(&self, name: &NewName) -> String;

    /// How the tool knows a migration, given the name of its file.
    fn known_as(&self, _name: &NewName, file: &str) -> String {
        file.to_owned()
    }

    /// Whether the tool has to be told not to run a migration, of another tool's history, in a transaction.
    fn leaves_transaction(&self, up: &Direction<'_>, down: &Direction<'_>, from: Tool) -> bool;

    /// How the tool runs the up and the down of a migration.
    fn runs(&self, leaves_transaction: bool) -> (Runs, Runs);

    /// The parameters of a function with this body.
    fn parameters(&self, body: &str) -> String;

    /// The names that these bodies take from the tool's own package.
    fn imports(&self, bodies: [&str; 2]) -> Vec<String>;

    /// The template of a migration.
    fn template(&self, form: Form) -> &'static str;

    /// The extension of scripts.
    fn extension(&self, form: Form) -> &'static str {
        match form {
            Form::Typescript => "ts",
            Form::Modules | Form::CommonJs => "js",
        }
    }

    /// The files beside the migrations, each with its template.
    fn around(&self, form: Form) -> Vec<(&'static str, &'static str)>;
}

/// What a script is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tools) enum Form {
    /// TypeScript.
    Typescript,
    /// JavaScript with `import` and `export`.
    Modules,
    /// JavaScript with `require` and `exports`.
    CommonJs,
}

/// A tool whose migrations are scripts, as a target.
pub(in crate::tools) struct Project<L>(pub L);

/// What the template of a migration is given.
#[derive(Serialize)]
struct View<'a> {
    format: u32,
    name: &'a str,
    stamp: String,
    slug: &'a str,
    class: String,
    source: Source<'a>,
    /// The names to import from the tool's package.
    imports: Vec<String>,
    /// Whether the tool has to be told not to run it in a transaction.
    no_transaction: bool,
    /// Whether it holds code that was carried over, which has no types.
    untyped: bool,
    /// What carried code needs beside it: imports and declarations, each with its line break.
    module: String,
    /// Whether that gives the module the name `config`.
    has_config: bool,
    up: Function<'a>,
    down: Function<'a>,
}

#[derive(Serialize)]
struct Source<'a> {
    tool: Tool,
    name: &'a str,
}

#[derive(Serialize)]
struct Function<'a> {
    /// Its parameters, without parentheses.
    parameters: String,
    /// Its lines, indented, each with its line break; empty when it does nothing.
    body: &'a str,
}

impl<L: Layout> Project<L> {
    fn form(&self, job: &Job<'_>) -> Result<Form, String> {
        let (_, usual) = self.0.usual();
        let own = job.history.migrations.iter().find_map(|migration| job.tree.file(migration.file));
        let is_typed = |path: &str| [".ts", ".cts", ".mts"].iter().any(|end| path.ends_with(end));
        let own = own.filter(|_| job.history.tool != Tool::Prisma).map(|file| match is_typed(&file.path) {
            true => Language::Typescript,
            false => Language::Javascript,
        });
        let language = match job.options.language {
            Some(asked) => match self.0.barred(asked) {
                Some(why) => return Err(why.to_owned()),
                None => asked,
            },
            None => own.filter(|own| self.0.barred(*own).is_none()).unwrap_or(usual),
        };
        Ok(match language {
            Language::Typescript => Form::Typescript,
            Language::Javascript if job.options.esm => Form::Modules,
            Language::Javascript => Form::CommonJs,
        })
    }
}

impl<L: Layout> Target for Project<L> {
    fn name(&self) -> &str {
        self.0.name()
    }

    fn about(&self) -> &str {
        self.0.about()
    }

    fn unit(&self) -> Unit {
        self.0.unit()
    }

    fn has_scripts(&self) -> bool {
        true
    }

    fn migration(&self, draft: &Draft<'_>, job: &Job<'_>) -> Result<Rendered, String> {
        let form = self.form(job)?;
        let Some(name) = draft.names.first() else { return Ok(Rendered::default()) };
        let path = format!("{}.{}", self.0.path(name), self.0.extension(form));
        let file = path.rsplit('/').next().unwrap_or(&path);
        let own = self.0.known_as(name, file);
        let scribe = self.0.scribe(&job.history.default_schema);
        let style = js::Style { indent: self.0.indent().to_owned(), newline: "\n", quote: '\'', semicolons: true };
        let leaves = self.0.leaves_transaction(&draft.up, &draft.down, job.history.tool);
        let (up_runs, down_runs) = self.0.runs(leaves);
        let mut findings = Vec::new();
        let carrier = Carrier {
            tree: job.tree,
            migration: draft.migration,
            from: job.history.tool,
            to: self.0.tool(),
            carry: bridge::carry,
            same_values: bridge::same_values,
        };
        let task = |direction, word, runs, was: TransactionMode| Task {
            direction,
            scribe: scribe.as_ref(),
            style: &style,
            typed: form == Form::Typescript,
            means: job.options.style.unwrap_or(self.0.usual().0),
            name: &own,
            runs,
            was_in_transaction: was != TransactionMode::None,
            undoes: draft.undoes,
            carrier: Some(carrier),
            lost: Lost { tree: job.tree, target: self.0.name(), direction: word },
        };
        let up = task(&draft.up, "up", up_runs, draft.migration.transaction);
        let down = task(&draft.down, "down", down_runs, draft.migration.down_transaction);
        let [mut up, down] = compose([&up, &down], &mut findings);
        let mut beside = std::mem::take(&mut up.beside);
        beside.extend(down.beside);
        let view = View {
            format: FORMAT,
            name: &own,
            stamp: match self.0.unit() {
                Unit::Second => name.seconds(),
                Unit::Millisecond => name.milliseconds(),
            },
            slug: &name.slug,
            class: name.class(),
            source: Source { tool: job.history.tool, name: &draft.migration.name },
            imports: self.0.imports([&up.body, &down.body]),
            no_transaction: leaves,
            untyped: !beside.is_empty() || up.carries || down.carries,
            has_config: beside.names("config"),
            module: module(&beside, form),
            up: Function { parameters: self.0.parameters(&up.body), body: &up.body },
            down: Function { parameters: self.0.parameters(&down.body), body: &down.body },
        };
        let text = job.templates.render(self.0.template(form), &view)?;
        Ok(Rendered {
            moments: vec![name.milliseconds()],
            files: vec![(path.clone(), text)],
            up: up.tally,
            down: down.tally,
            names: vec![own],
            findings,
        })
    }

    fn surroundings(&self, job: &Job<'_>, migrations: &[Rendered]) -> Result<Vec<(String, String)>, String> {
        let form = self.form(job)?;
        let esm = job.options.esm && form != Form::CommonJs;
        let around = Around { typed: form == Form::Typescript, esm, ..Around::of(job, migrations.len()) };
        self.0.around(form).into_iter().map(|(path, template)| job.file(path, template, &around)).collect()
    }
}

/// What carried code needs, as text.
fn module(beside: &Beside, form: Form) -> String {
    let mut text = String::new();
    for taken in &beside.imports {
        let (what, name) = (taken.what.as_str(), taken.name.as_str());
        let from = serde_json::to_string(&taken.module).unwrap_or_default().replace('"', "'");
        text += &match (form, what) {
            (Form::CommonJs, "*") => format!("const {name} = require({from});\n"),
            (Form::CommonJs, "default") if taken.required => format!("const {name} = require({from});\n"),
            (Form::CommonJs, "default") => format!("const {{ default: {name} }} = require({from});\n"),
            (Form::CommonJs, what) if what == name => format!("const {{ {name} }} = require({from});\n"),
            (Form::CommonJs, what) => format!("const {{ {what}: {name} }} = require({from});\n"),
            (_, "*") if taken.required => format!("import {name} from {from};\n"),
            (_, "*") => format!("import * as {name} from {from};\n"),
            (_, "default") => format!("import {name} from {from};\n"),
            (_, what) if what == name => format!("import {{ {name} }} from {from};\n"),
            (_, what) => format!("import {{ {what} as {name} }} from {from};\n"),
        };
    }
    let pieces = beside.declarations.values().map(String::as_str).chain(beside.helpers.iter().copied());
    for piece in pieces {
        text += &format!("\n{}\n", piece.trim_end());
    }
    text
}

/// Whether a direction may not, or need not, be in a transaction.
pub(in crate::tools) fn is_loose(direction: &Direction<'_>) -> bool {
    matches!(direction.mode, Mode::Loose | Mode::Own)
}
