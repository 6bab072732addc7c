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
    /// The same as `search_path` says it: in quotes unless it is a plain word.
    pub search_path: Option<String>,
    /// The same as an option of a connection: `-c search_path=…`.
    pub options: Option<String>,
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
        let search_path = schema.map(in_search_path);
        let options = search_path.as_deref().map(|path| format!("-c search_path={}", in_options(path)));
        Around { provider, count, schema, search_path, options, source, typed: false, esm: job.options.esm }
    }
}

/// A schema as an entry of `search_path`.
fn in_search_path(schema: &str) -> String {
    let is_plain = !schema.starts_with(|first: char| first.is_ascii_digit())
        && schema.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if is_plain { schema.to_owned() } else { format!("\"{}\"", schema.replace('"', "\"\"")) }
}

/// A value in `options`, which spaces part and a backslash keeps together (`pg_split_opts` of PostgreSQL 15).
fn in_options(value: &str) -> String {
    value.chars().flat_map(|c| (c == '\\' || c.is_whitespace()).then_some('\\').into_iter().chain([c])).collect()
}

impl Job<'_> {
    /// A file beside the migrations.
    pub fn file(&self, path: &str, template: &str, around: &Around<'_>) -> Result<(String, String), String> {
        Ok((path.to_owned(), self.templates.render(template, around)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_is_quoted_where_it_has_to_be() {
        assert_eq!(in_search_path("shop_2"), "shop_2");
        assert_eq!(in_search_path("MyApp"), "\"MyApp\"");
        assert_eq!(in_options(&in_search_path("a b\"\\")), "\"a\\ b\"\"\\\\\"");
    }
}
