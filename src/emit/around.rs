//! What stands beside the migrations of a project, as its templates are given it.

use super::target::Job;
use crate::ir::{Dialect, Tool};
use serde::Serialize;

/// What the templates of the files around the migrations are filled with.
#[derive(Clone, Debug, Serialize)]
pub struct Around<'a> {
    /// The database as Prisma calls it: `postgresql`, `mysql`, `sqlite`.
    pub provider: &'static str,
    /// How many migrations there are.
    pub count: usize,
    /// The schema that bare names mean, if it is not `public`.
    pub schema: Option<&'a str>,
    /// The tool that the history comes from, as people write it.
    pub source: &'static str,
    /// Whether it is written in TypeScript.
    pub typed: bool,
    /// Whether JavaScript is written as ECMAScript modules.
    pub esm: bool,
}

impl<'a> Around<'a> {
    /// What there is to say around `count` migrations.
    pub fn of(job: &Job<'a>, count: usize) -> Self {
        let provider = match job.history.dialect {
            Dialect::Postgres => "postgresql",
            Dialect::Mysql | Dialect::Mariadb => "mysql",
            Dialect::Sqlite => "sqlite",
        };
        let source = match job.history.tool {
            Tool::Prisma => "Prisma",
            Tool::Typeorm => "TypeORM",
            Tool::Knex => "Knex",
            Tool::Sequelize => "Sequelize",
        };
        let schema = Some(job.history.default_schema.as_str()).filter(|schema| *schema != "public");
        Around { provider, count, schema, source, typed: false, esm: job.options.esm }
    }
}

impl Job<'_> {
    /// A file beside the migrations.
    pub fn file(&self, path: &str, template: &str, around: &Around<'_>) -> Result<(String, String), String> {
        Ok((path.to_owned(), self.templates.render(template, around)?))
    }
}
