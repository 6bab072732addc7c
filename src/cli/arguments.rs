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
    after_help = "Exit codes: 0 clean, 1 findings at or above --level or a failed --check, 2 could not do the work."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

#[derive(Debug, Args)]
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
