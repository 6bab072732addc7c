//! The commands and flags, as users write them. Says what was asked, not what it means.

use crate::diag::Level;
use crate::invert::Backfill;
use crate::ir::{Dialect, Tool};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads a whole migration history, replays it offline as one model, and writes the downs that it lacks.
#[derive(Debug, Parser)]
#[command(
    name = "transmigrate",
    version,
    propagate_version = true,
    after_help = "Exit codes: 0 clean, 1 findings at or above --level or a failed --check or verify, 2 could not do the work."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Global {
    /// How the answer is printed; `sql` and `mermaid` are for `show`
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The level of findings from which on the exit code is 1
    #[arg(long, global = true, value_enum, default_value_t = LevelName::Error)]
    pub level: LevelName,
    /// When text is coloured
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto)]
    pub color: Colour,
    /// The tool that wrote the history, instead of what the project says
    #[arg(long, global = true, value_enum)]
    pub from: Option<ToolName>,
    /// The database of the history, instead of what the project says
    #[arg(long, global = true, value_enum)]
    pub dialect: Option<DialectName>,
    /// What the database held before the first migration, as SQL: a dump of its schema
    #[arg(long, global = true, value_name = "FILE.sql")]
    pub base: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The history as it is understood: each migration with its operations, its down and how sure that is
    Show(Show),
    /// The missing downs: shows what would be written, or writes it
    Down(Down),
    /// The whole history, ups and downs, as another tool's project
    Convert(Convert),
    /// Every migration tried on a real database: up, down and up again, catalogues compared at each step
    Verify(Verify),
    /// What a history can be written for
    Targets,
    /// The built-in templates, to be changed and given to `convert --templates`
    Templates {
        /// The folder that they are written to
        #[arg(long, value_name = "DIR")]
        export: PathBuf,
    },
    /// What a finding means, why it matters and what to do; all of them without a code
    Explain {
        /// The code of a finding, such as R002, or its name
        code: Option<String>,
    },
    /// Completions for a shell, on standard output
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Debug, Args)]
pub(super) struct Show {
    /// A project's root, a migrations folder or a folder above it
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// Show the schema as it is after this migration
    #[arg(long, value_name = "MIGRATION")]
    pub at: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Down {
    /// A project's root, a migrations folder or a folder above it
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// Write the missing and empty downs, and renew those made before; what somebody wrote is never touched
    #[arg(long, conflicts_with = "check")]
    pub write: bool,
    /// Write nothing, and exit with 1 if a down is missing, empty or does not undo its up
    #[arg(long)]
    pub check: bool,
    /// Only this migration; may be given several times, or with commas
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Only this migration and those after it
    #[arg(long, value_name = "MIGRATION", conflicts_with = "only")]
    pub since: Option<String>,
    /// What to do about a column that comes back NOT NULL without a default: let the down fail on a table with rows, as
    /// the database does, or fill the column with its type's zero value
    #[arg(long, value_enum, default_value_t = BackfillName::Refuse)]
    pub backfill: BackfillName,
}

#[derive(Debug, Args)]
pub(super) struct Convert {
    /// A project's root, a migrations folder or a folder above it
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// What it is written for: a name that `targets` lists, or the folder of a target of your own
    #[arg(long, value_name = "TARGET")]
    pub to: String,
    /// The folder that it is written to
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// By the tool's own methods where they say just the same, or all as SQL; without it, what is usual with the tool
    #[arg(long, value_enum)]
    pub style: Option<StyleName>,
    /// What becomes of a written down that does not undo its up: it is carried as it is, or replaced
    #[arg(long, value_enum, default_value_t = DownsName::Keep)]
    pub downs: DownsName,
    /// Templates in place of the built-in ones, file by file
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,
    /// Write TypeScript
    #[arg(long, conflicts_with = "javascript")]
    pub typescript: bool,
    /// Write JavaScript
    #[arg(long)]
    pub javascript: bool,
    /// What to do about what the target cannot say: write it so that it stops with an error, or write nothing at all
    #[arg(long, value_enum, default_value_t = LossName::Warn)]
    pub on_loss: LossName,
    /// What to do about a column that a made down brings back NOT NULL without a default
    #[arg(long, value_enum, default_value_t = BackfillName::Refuse)]
    pub backfill: BackfillName,
    /// Write a report as JSON: names old and new, how operations are said, findings
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Write into a folder that is not empty
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// A project's root, a migrations folder or a folder above it
    #[arg(default_value = ".")]
    pub path: PathBuf,
    /// The server, on which databases are made for it and dropped again: postgres://user:password@host/database, with a role
    /// that can do no more than that. Without one, a history for SQLite is tried in memory
    #[arg(long, value_name = "URL", env = "TRANSMIGRATE_VERIFY_URL", hide_env_values = true)]
    pub url: Option<String>,
    /// The server is one that nobody misses: the migrations are run by a role that may do anything to it
    #[arg(long)]
    pub throwaway: bool,
    /// Another history: nothing is undone, and the schemas are compared that both lead to
    #[arg(long, value_name = "DIR")]
    pub against: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum StyleName {
    Builder,
    Sql,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DownsName {
    Keep,
    Fix,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LossName {
    Warn,
    Fail,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
    Sql,
    Mermaid,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LevelName {
    Info,
    Warning,
    Error,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ToolName {
    Prisma,
    Typeorm,
    Knex,
    Sequelize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DialectName {
    #[value(alias = "postgresql")]
    Postgres,
    Mysql,
    Mariadb,
    Sqlite,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum BackfillName {
    Refuse,
    Zero,
}

impl From<LevelName> for Level {
    fn from(name: LevelName) -> Self {
        match name {
            LevelName::Info => Level::Info,
            LevelName::Warning => Level::Warning,
            LevelName::Error => Level::Error,
        }
    }
}

impl From<ToolName> for Tool {
    fn from(name: ToolName) -> Self {
        match name {
            ToolName::Prisma => Tool::Prisma,
            ToolName::Typeorm => Tool::Typeorm,
            ToolName::Knex => Tool::Knex,
            ToolName::Sequelize => Tool::Sequelize,
        }
    }
}

impl From<DialectName> for Dialect {
    fn from(name: DialectName) -> Self {
        match name {
            DialectName::Postgres => Dialect::Postgres,
            DialectName::Mysql => Dialect::Mysql,
            DialectName::Mariadb => Dialect::Mariadb,
            DialectName::Sqlite => Dialect::Sqlite,
        }
    }
}

impl From<BackfillName> for Backfill {
    fn from(name: BackfillName) -> Self {
        match name {
            BackfillName::Refuse => Backfill::Refuse,
            BackfillName::Zero => Backfill::Zero,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
    }
}
