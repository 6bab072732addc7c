//! A history as a project of Knex: a script a migration, and a knexfile.

use super::compile::Config;
use super::meaning::Calls;
use super::write::{Writer, raw_sql};
use crate::emit::{Direction, Language, NewName, Style, Unit};
use crate::js::{self, Parameter};
use crate::tools::script::{Desk, Form, Handle, Layout, Lines, Runs, Scribe, is_loose};

/// Knex as a target.
pub(in crate::tools) struct Files;

impl Layout for Files {
    fn name(&self) -> &'static str {
        "knex"
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

    /// `config.transaction` is about up and down at once.
    fn leaves_transaction(&self, up: &Direction<'_>, down: &Direction<'_>) -> bool {
        is_loose(up) || is_loose(down)
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

    fn raw(&self, sql: &str, desk: &Desk<'_>) -> Result<Lines, String> {
        raw_sql(sql, desk)
    }

    fn transaction(&self, _: &Desk<'_>) -> (Vec<String>, Vec<String>) {
        (vec!["await knex.transaction(async (trx) => {".to_owned()], vec!["});".to_owned()])
    }

    fn probe(&self, body: &str) -> String {
        format!("exports.up = async function (knex) {{\n{body}}};\n")
    }
}
