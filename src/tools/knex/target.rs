//! A history as a project of Knex: a script a migration, and a knexfile.

use super::compile::Config;
use super::meaning::Calls;
use super::write::{Writer, knex, raw_sql};
use crate::emit::{Direction, Language, NewName, Style, Unit};
use crate::ir::{Constraint, ConstraintKind, Deferrable, Tool};
use crate::js::{self, Parameter};
use crate::tools::project::{Form, Layout, is_loose};
use crate::tools::script::{Desk, Handle, Lines, Runs, Scribe};

/// Knex as a target.
pub(in crate::tools) struct Files;

impl Layout for Files {
    fn name(&self) -> &'static str {
        "knex"
    }

    fn tool(&self) -> Tool {
        Tool::Knex
    }

    fn about(&self) -> &'static str {
        "migrations/<stamp>_<name>.js or .ts, with a knexfile"
    }

    fn unit(&self) -> Unit {
        Unit::Second
    }

    fn usual(&self) -> (Style, Language) {
        (Style::Builder, Language::Javascript)
    }

    fn scribe(&self, _: &str) -> Box<dyn Scribe> {
        Box::new(Writer { meaning: Calls { config: Config::default() } })
    }

    fn path(&self, name: &NewName) -> String {
        format!("migrations/{}_{}", name.seconds(), name.slug)
    }

    /// `config.transaction` is about up and down at once. One migration that says it ends the transaction that spans all
    /// which are run together, so that each has its own (knex 3.3.0 `lib/migrations/migrate/Migrator.js`); Knex's own
    /// histories have been run in one.
    fn leaves_transaction(&self, up: &Direction<'_>, down: &Direction<'_>, from: Tool) -> bool {
        let has_to_commit = |direction: &Direction<'_>| from != Tool::Knex && direction.rests_on_its_end();
        [up, down].into_iter().any(|direction| is_loose(direction) || has_to_commit(direction))
    }

    fn runs(&self, leaves_transaction: bool) -> (Runs, Runs) {
        match leaves_transaction {
            true => (Runs::Bare, Runs::Bare),
            false => (Runs::Wrapped, Runs::Wrapped),
        }
    }

    fn parameters(&self, _: &str) -> String {
        "knex".to_owned()
    }

    fn imports(&self, _: [&str; 2]) -> Vec<String> {
        Vec::new()
    }

    fn template(&self, form: Form) -> &'static str {
        match form {
            Form::Typescript => "knex/migration.ts.tera",
            Form::Modules => "knex/migration.mjs.tera",
            Form::CommonJs => "knex/migration.js.tera",
        }
    }

    fn around(&self, form: Form) -> Vec<(&'static str, &'static str)> {
        let knexfile = match form {
            Form::Typescript => ("knexfile.ts", "knex/knexfile.ts.tera"),
            Form::Modules => ("knexfile.js", "knex/knexfile.mjs.tera"),
            Form::CommonJs => ("knexfile.js", "knex/knexfile.js.tera"),
        };
        vec![knexfile, ("seeds/.gitkeep", "gitkeep.tera"), ("README.md", "knex/README.md.tera")]
    }
}

impl Scribe for Writer {
    fn desk<'d>(&self, style: &'d js::Style, typed: bool, own_transaction: bool) -> Desk<'d> {
        let handle = Handle { builder: "knex".to_owned(), sql: "knex".to_owned() };
        Desk { handle, style, own_transaction, typed, second: Parameter::None, imports: &[], text: "" }
    }

    /// Knex writes the names of checks without quotes, and has no words for exclusions and what can be put off.
    fn is_apart(&self, constraint: &Constraint) -> bool {
        let is_plain = |name: &String| {
            name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
                && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        match constraint.kind {
            ConstraintKind::Check { .. } => !constraint.name.as_ref().is_some_and(is_plain),
            ConstraintKind::Exclusion(_) => true,
            ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_) | ConstraintKind::ForeignKey(_) => {
                constraint.deferrable != Deferrable::No
            }
        }
    }

    fn raw(&self, sql: &str, desk: &Desk<'_>) -> Result<Lines, String> {
        raw_sql(sql, desk)
    }

    fn transaction(&self, _: &Desk<'_>) -> (Vec<String>, Vec<String>) {
        (vec!["await knex.transaction(async (trx) => {".to_owned()], vec!["});".to_owned()])
    }

    fn names<'n>(&self, desk: &'n Desk<'_>) -> (&'n str, Option<&'n str>, &'static [&'static str]) {
        (knex(desk), None, &["knex", "trx", "up", "down", "Knex", "ownConfig"])
    }

    fn probe(&self, [up, down]: [&str; 2]) -> String {
        format!("exports.up = async function (knex) {{\n{up}}};\nexports.down = async function (knex) {{\n{down}}};\n")
    }
}
