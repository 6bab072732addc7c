//! A history whose migrations are scripts, put together from what was read of each.

use super::session::Within;
use super::{Meaning, Part, read};
use crate::diag::{Finding, Level, Outcome};
use crate::ir::{self, Dialect, Down, Migration, Tool, TransactionMode};
use crate::js::Value;
use crate::schema::Replay;
use crate::source::{FileId, SourceTree, Span};
use crate::tools::base;

/// What a tool says of one migration from what its script says of itself.
pub(in crate::tools) struct Facts {
    /// The name by which the tool knows it.
    pub name: String,
    /// How it is run.
    pub transaction: TransactionMode,
    /// How it is undone.
    pub down_transaction: TransactionMode,
}

/// A history to read.
pub(in crate::tools) struct History<'a> {
    /// The tool.
    pub tool: Tool,
    /// The database.
    pub dialect: Dialect,
    /// The SQL of what was there before the first script.
    pub base: Option<FileId>,
    /// What its calls mean.
    pub meaning: &'a dyn Meaning,
    /// Its scripts, in the order in which the tool runs them.
    pub files: Vec<Part>,
    /// The schema that bare names mean.
    pub default_schema: String,
    /// What the tool makes of what a script says of itself, given the file's name.
    pub facts: fn(&str, Option<&Value>) -> Facts,
}

/// The tools whose histories are read for SQLite.
static ON_SQLITE: [Tool; 3] = [Tool::Knex, Tool::Typeorm, Tool::Sequelize];

/// Reads a history. `Err` when its database is not supported.
pub(in crate::tools) fn history(tree: &SourceTree, of: History<'_>) -> Result<Outcome<ir::History>, Vec<Finding>> {
    let is_read = match of.dialect {
        Dialect::Postgres => true,
        Dialect::Sqlite => ON_SQLITE.contains(&of.tool),
        Dialect::Mysql | Dialect::Mariadb => false,
    };
    if !is_read {
        let message = format!("the history is for {}, which is not supported yet for {:?}", of.dialect, of.tool);
        return Err(vec![Finding::new("R016", Level::Error, None, message)]);
    }
    // SQLite has one schema, which is not named.
    let default_schema = if of.dialect == Dialect::Sqlite { String::new() } else { of.default_schema };
    let mut findings = Vec::new();
    let base = base::base(tree, of.base, of.dialect);
    findings.extend(base.findings);
    let start = Replay::based(crate::schema::Schema::of(of.dialect, &default_schema), &base.value).schema;
    let read = read::read(tree, of.meaning, of.dialect, &of.files, &start, &mut findings);
    let migrations = read.into_iter().map(|one| {
        let Part { file, name, at } = one.part;
        let file = *file;
        let name = match name.as_str() {
            "" => tree.file(file).map(|file| file.name().to_owned()).unwrap_or_default(),
            name => name.to_owned(),
        };
        let facts = (of.facts)(&name, one.facts.as_ref());
        let says = |key: &str| one.facts.as_ref().and_then(|facts| facts.get(key)).and_then(Value::truth);
        if one.up.steps.is_empty() {
            let message = format!("migration {} does nothing", facts.name);
            findings.push(Finding::new("R018", Level::Info, Span::new(file, at.start, at.start), message));
        }
        let down = match says("hasDown") {
            Some(false) => Down::Missing,
            _ if one.down.steps.is_empty() => Down::Empty(file),
            _ => Down::Written(file, one.down),
        };
        let Facts { name, transaction, down_transaction } = facts;
        let [up_within, down_within] = one.within;
        let [transaction, down_transaction] =
            [(transaction, up_within), (down_transaction, down_within)].map(|(mode, within)| match (mode, within) {
                (TransactionMode::None, Within::One(_)) => TransactionMode::Explicit,
                (TransactionMode::None, Within::Part(at)) => {
                    findings.push(parted(at));
                    mode
                }
                _ => mode,
            });
        Migration { name, file, up: one.up, down, transaction, down_transaction }
    });
    let migrations = migrations.collect();
    let history = ir::History { tool: of.tool, dialect: of.dialect, default_schema, base: base.value, migrations };
    Ok(Outcome { value: history, findings })
}

/// That statements of a script are done together, and others are not.
fn parted(at: Span) -> Finding {
    let message = "this transaction holds a part of what the migration does";
    Finding::new("R036", Level::Info, at, message)
        .why("what each statement does is known; that these are done all or not at all is not kept in a conversion")
}
