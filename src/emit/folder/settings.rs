//! What a `target.toml` says, and whether it can be meant so. What templates make of it is not known here.

use super::marker::{Marker, MarkerSettings};
use crate::ir::Dialect;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The version of `target.toml` and of what templates are given.
pub(super) const FORMAT: u32 = 1;

/// The most digits that a counter may have.
const MOST_DIGITS: usize = 18;

/// What a `target.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// 1.
    format: u32,
    /// How `--to` calls it; for a user's own, the path of its folder does as well.
    pub name: String,
    /// What it lays down, in one line.
    pub about: String,
    pub order: Order,
    /// How many digits a counter has.
    #[serde(default = "four")]
    pub digits: usize,
    /// The most bytes that the tool can read on one line of a statement; `None` where there is no such limit.
    #[serde(default)]
    pub longest_line: Option<usize>,
    /// The databases whose migrations the tool can run.
    #[serde(default = "postgres")]
    pub dialects: Vec<Dialect>,
    pub migration: MigrationSettings,
    transaction: TransactionSettings,
    /// What is otherwise with one of them.
    #[serde(default)]
    dialect: BTreeMap<Dialect, DialectSettings>,
    /// What the tool takes for its own where it stands in a comment or a statement.
    #[serde(default)]
    marker: Vec<MarkerSettings>,
    /// What stands beside the migrations.
    #[serde(default)]
    pub project: Vec<FileSettings>,
}

/// What is otherwise with a database.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DialectSettings {
    transaction: TransactionSettings,
}

fn postgres() -> Vec<Dialect> {
    vec![Dialect::Postgres]
}

fn four() -> usize {
    4
}

/// What puts migrations in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order {
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
pub(super) struct MigrationSettings {
    /// How the tool knows a migration, as a template.
    pub name: String,
    /// Its files.
    pub files: Vec<FileSettings>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileSettings {
    /// Its path below the target's folder, as a template.
    pub path: String,
    /// The file of its template in the folder of the target.
    pub template: String,
    /// For which migrations it is written.
    #[serde(default)]
    pub when: When,
    /// For histories of which databases it is written; empty for all.
    #[serde(default)]
    pub dialects: Vec<Dialect>,
}

/// For which migrations a file is written, by whether the tool has to be told to run them outside of a transaction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum When {
    /// For all.
    #[default]
    Always,
    /// Where up or down has to be outside.
    Loose,
    /// Where neither has to be.
    Bound,
    /// Where the up has to be outside.
    UpLoose,
    /// Where the down has to be outside.
    DownLoose,
}

impl When {
    /// Whether the file of a migration is written.
    pub fn holds(self, up_loose: bool, down_loose: bool) -> bool {
        match self {
            When::Always => true,
            When::Loose => up_loose || down_loose,
            When::Bound => !up_loose && !down_loose,
            When::UpLoose => up_loose,
            When::DownLoose => down_loose,
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TransactionSettings {
    /// Whether the tool runs each migration in a transaction.
    pub opens: bool,
    /// Whether a migration can say that it is not to be run in one.
    pub can_be_left_out: bool,
    /// Whether what is run outside of one is sent as one query, which the server then takes as a transaction after all.
    pub sends_one_query: bool,
    /// Whether it is the file that says so, for up and down at once.
    #[serde(default)]
    pub per_file: bool,
    /// Whether one transaction spans all migrations that are run together.
    #[serde(default)]
    pub spans_migrations: bool,
}

impl Settings {
    /// Reads a `target.toml` whose templates are these. `Err` in words that name the key.
    pub fn read(text: &str, texts: &BTreeMap<String, String>) -> Result<(Self, Vec<Marker>), String> {
        let settings: Settings = toml::from_str(text).map_err(|error| format!("target.toml: {error}"))?;
        settings.check(texts).map_err(|why| format!("target.toml: {why}"))?;
        let marker = |(at, marker): (usize, &MarkerSettings)| {
            Marker::new(marker).map_err(|why| format!("target.toml: marker[{at}].{why}"))
        };
        let markers = settings.marker.iter().enumerate().map(marker).collect::<Result<_, _>>()?;
        Ok((settings, markers))
    }

    fn check(&self, texts: &BTreeMap<String, String>) -> Result<(), String> {
        if self.format != FORMAT {
            return Err(format!("format = {} is not known; this is format {FORMAT}", self.format));
        }
        if !(1..=MOST_DIGITS).contains(&self.digits) {
            return Err(format!("digits = {} is not between 1 and {MOST_DIGITS}", self.digits));
        }
        if self.migration.files.is_empty() {
            return Err("migration.files is empty, so that nothing would be written of a migration".into());
        }
        for (key, file) in self.files() {
            if !texts.contains_key(&file.template) {
                let there: Vec<&str> = texts.keys().map(String::as_str).collect();
                let there = if there.is_empty() { "no .tera file".to_owned() } else { there.join(", ") };
                return Err(format!(
                    "{key}.template = {:?}: there is no such file beside it; there is {there}",
                    file.template
                ));
            }
        }
        if let Some(at) = self.project.iter().position(|file| file.when != When::Always) {
            return Err(format!("project[{at}].when is for files of migrations only"));
        }
        for rules in self.dialect.values().map(|own| own.transaction).chain([self.transaction]) {
            rules.check()?;
        }
        if let Some(unknown) = self.dialect.keys().find(|dialect| !self.dialects.contains(dialect)) {
            return Err(format!("dialect speaks of {unknown}, which is not in dialects"));
        }
        Ok(())
    }
}

impl TransactionSettings {
    fn check(&self) -> Result<(), String> {
        let rules = self;
        if !rules.opens && (rules.spans_migrations || rules.per_file) {
            let key = if rules.per_file { "per_file" } else { "spans_migrations" };
            return Err(format!("transaction.{key} says how a transaction is opened, and transaction.opens is false"));
        }
        Ok(())
    }
}

impl Settings {
    /// How the tool runs migrations for a database.
    pub fn transaction(&self, dialect: Dialect) -> TransactionSettings {
        self.dialect.get(&dialect).map_or(self.transaction, |own| own.transaction)
    }

    /// Every file that it speaks of, with its key.
    pub fn files(&self) -> impl Iterator<Item = (String, &FileSettings)> {
        let of = |key: &'static str, files| {
            let files: &Vec<FileSettings> = files;
            files.iter().enumerate().map(move |(at, file)| (format!("{key}[{at}]"), file))
        };
        of("migration.files", &self.migration.files).chain(of("project", &self.project))
    }
}
