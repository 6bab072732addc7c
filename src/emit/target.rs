//! What a history can be written for.

use super::draft::{Direction, Draft};
use super::stamp::Unit;
use super::template::Templates;
use crate::diag::Finding;
use crate::ir::{Dialect, History};
use crate::schema::Schema;
use crate::source::SourceTree;

/// Something that a history can be written for: a tool, or plain SQL.
pub trait Target: Sync {
    /// Its name, as `--to` takes it.
    fn name(&self) -> &str;

    /// What it lays down, in one line.
    fn about(&self) -> &str;

    /// The finest step between the stamps of two migrations.
    fn unit(&self) -> Unit;

    /// Whether its migrations are scripts, for which there are a style and a language to choose.
    fn has_scripts(&self) -> bool {
        false
    }

    /// Whether it can be written for a database.
    fn is_for(&self, dialect: Dialect) -> bool {
        dialect == Dialect::Postgres
    }

    /// How many migrations one has to become.
    fn parts(&self, _up: &Direction<'_>, _down: &Direction<'_>) -> usize {
        1
    }

    /// Writes one migration. `Err` when a template cannot be filled, in its own words.
    fn migration(&self, draft: &Draft<'_>, job: &Job<'_>) -> Result<Rendered, String>;

    /// What stands beside the migrations and makes them run: settings, a folder for seeds, instructions. Files by path.
    fn surroundings(&self, job: &Job<'_>, migrations: &[Rendered]) -> Result<Vec<(String, String)>, String>;
}

/// What all migrations of one conversion share.
pub struct Job<'h> {
    /// The files that the history was read from.
    pub tree: &'h SourceTree,
    /// The history.
    pub history: &'h History,
    /// The state that it builds.
    pub last: &'h Schema,
    /// How it is to be written.
    pub options: &'h Options,
    /// What the files are filled into.
    pub templates: &'h Templates,
}

/// How a history is to be written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// By the tool's own methods or as SQL; `None` is what is usual with the tool.
    pub style: Option<Style>,
    /// TypeScript or JavaScript; `None` is what is usual with the tool, or what the history is written in.
    pub language: Option<Language>,
    /// Whether JavaScript is written as ECMAScript modules, because the package around it says so.
    pub esm: bool,
}

/// How operations are said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// By the tool's own methods where they say just the same.
    Builder,
    /// As SQL.
    Sql,
}

/// What scripts are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Language {
    Typescript,
    Javascript,
}

/// A migration as it was written.
#[derive(Clone, Debug, Default)]
pub struct Rendered {
    /// By what names the target knows it, in order.
    pub names: Vec<String>,
    /// The stamp of each, in milliseconds since 1970.
    pub moments: Vec<String>,
    /// Its files by path.
    pub files: Vec<(String, String)>,
    /// How its up is said.
    pub up: Tally,
    /// How its down is said.
    pub down: Tally,
    /// What was lost or changed.
    pub findings: Vec<Finding>,
}

/// How operations came to be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Tally {
    /// By the target's own means.
    pub native: usize,
    /// As SQL where the target has methods, or as the code that they were.
    pub raw: usize,
    /// Not at all: what is written stops with an error in their place.
    pub refused: usize,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.native += other.native;
        self.raw += other.raw;
        self.refused += other.refused;
    }
}
