//! Templates: the built-in ones, each under the path that it has below `templates/`, and a user's own in place of them.

use crate::diag::plain;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use tera::{Context, Kwargs, State, Tera};

/// A built-in template: its path below `templates/`, and its text.
macro_rules! built_in {
    ($($path:literal),* $(,)?) => {
        /// Every built-in template: its path below `templates/`, and its text.
        pub static TEMPLATES: &[(&str, &str)] =
            &[$(($path, include_str!(concat!("../../templates/", $path)))),*];
    };
}

built_in![
    "dbmate/README.md.tera",
    "dbmate/README.sqlite.md.tera",
    "dbmate/migration.sql.tera",
    "drizzle/README.md.tera",
    "drizzle/_journal.json.tera",
    "drizzle/down.sql.tera",
    "drizzle/drizzle.config.ts.tera",
    "drizzle/migration.sql.tera",
    "flyway/README.md.tera",
    "flyway/down.sql.tera",
    "flyway/flyway.toml.tera",
    "flyway/loose.conf.tera",
    "flyway/up.sql.tera",
    "gitkeep.tera",
    "golang-migrate/README.md.tera",
    "golang-migrate/README.sqlite.md.tera",
    "golang-migrate/down.sql.tera",
    "golang-migrate/up.sql.tera",
    "goose/README.md.tera",
    "goose/README.sqlite.md.tera",
    "goose/migration.sql.tera",
    "knex/README.md.tera",
    "knex/knexfile.js.tera",
    "knex/knexfile.mjs.tera",
    "knex/knexfile.ts.tera",
    "knex/migration.js.tera",
    "knex/migration.mjs.tera",
    "knex/migration.ts.tera",
    "node-pg-migrate/README.md.tera",
    "node-pg-migrate/migration.cjs.tera",
    "node-pg-migrate/migration.sql.tera",
    "prisma/README.md.tera",
    "prisma/down.sql.tera",
    "prisma/migration.sql.tera",
    "prisma/migration_lock.toml.tera",
    "prisma/prisma.config.ts.tera",
    "sequelize/README.md.tera",
    "sequelize/config.json.tera",
    "sequelize/migration.js.tera",
    "sequelize/sequelizerc.tera",
    "sql/README.md.tera",
    "sql/README.sqlite.md.tera",
    "sql/down.sql.tera",
    "sql/up.sql.tera",
    "sqlx/README.md.tera",
    "sqlx/README.sqlite.md.tera",
    "sqlx/down.sql.tera",
    "sqlx/up.sql.tera",
    "typeorm/README.md.tera",
    "typeorm/data-source.js.tera",
    "typeorm/data-source.mjs.tera",
    "typeorm/data-source.ts.tera",
    "typeorm/migration.js.tera",
    "typeorm/migration.mjs.tera",
    "typeorm/migration.ts.tera",
    "typeorm/tsconfig.json.tera",
];

/// What the engine says is wrong, over several lines: its message, and the place in the template.
fn said(error: tera::Error) -> String {
    let text = error.to_string();
    text.strip_prefix("error: ").unwrap_or(&text).to_owned()
}

fn for_shell(text: &str) -> String {
    let text = plain(text);
    match !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-./=:@%+,".contains(c)) {
        true => text,
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

fn for_address(text: &str) -> String {
    let letter = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(letter).collect()
}

/// An engine that knows what every template of ours may use. Nothing is escaped: what is written is no HTML.
fn engine() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on(Vec::<String>::new());
    // A text in double quotes, as JSON and JavaScript read it.
    tera.register_filter("json", |text: &str, _: Kwargs, _: &State| serde_json::Value::from(text).to_string());
    // A word for a shell, one for an address, and one among the words of a page.
    tera.register_filter("sh", |text: &str, _: Kwargs, _: &State| for_shell(text));
    tera.register_filter("url", |text: &str, _: Kwargs, _: &State| for_address(text));
    tera.register_filter("plain", |text: &str, _: Kwargs, _: &State| plain(text).replace('`', "'"));
    tera
}

/// Templates ready to be filled.
pub struct Templates {
    tera: Tera,
}

impl Templates {
    /// The built-in ones.
    pub fn built_in() -> Result<&'static Self, String> {
        static LOADED: OnceLock<Result<Templates, String>> = OnceLock::new();
        LOADED.get_or_init(|| Templates::with(&BTreeMap::new())).as_ref().map_err(String::clone)
    }

    /// The built-in ones, and others in place of those of the same path. `Err` when one of them is no template.
    pub fn with(own: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut tera = engine();
        let text = |(path, text): &(&'static str, &'static str)| {
            let own = own.get(*path).cloned();
            (*path, own.unwrap_or_else(|| (*text).to_owned()))
        };
        let all: Vec<(&str, String)> = TEMPLATES.iter().map(text).collect();
        tera.add_raw_templates(all).map_err(said)?;
        Ok(Templates { tera })
    }

    /// Templates that stand by themselves.
    pub fn alone(texts: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut tera = engine();
        tera.add_raw_templates(texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))).map_err(said)?;
        Ok(Templates { tera })
    }

    /// Whether a template asks for a variable. One that cannot be told does.
    pub fn mentions(&self, path: &str, variable: &str) -> bool {
        self.tera.get_template_variables(path).map_or(true, |variables| variables.contains(variable))
    }

    /// Fills a template. `Err` in tera's own words.
    pub fn render(&self, path: &str, view: &impl Serialize) -> Result<String, String> {
        let context = Context::from_serialize(view).map_err(said)?;
        self.tera.render(path, &context).map_err(said)
    }
}
