//! What runs the migrations of a history that was converted for SQLite, on a database that is a file: dbmate and sqlx
//! themselves; goose, golang-migrate and sqlite3 by sending their files as they do.

use super::{Direction, Script, goose, program};
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use transmigrate::verify::{Catalogue, sqlite};

/// The targets that can be written for SQLite.
pub const TARGETS: [&str; 5] = ["dbmate", "golang-migrate", "goose", "sql", "sqlx"];

/// The tables that tools keep for themselves.
const OWN: [&str; 2] = ["schema_migrations", "_sqlx_migrations"];

/// A converted history and its database.
pub struct Runner {
    pub target: &'static str,
    /// Where the files stand.
    pub folder: PathBuf,
    /// The file of the database.
    pub database: PathBuf,
}

impl Runner {
    /// Makes the database.
    pub fn open(target: &'static str, folder: &Path) -> Result<Self, String> {
        let runner = Runner { target, folder: folder.to_owned(), database: folder.join("judge.db") };
        runner.connect()?.execute_batch("VACUUM").map_err(|error| error.to_string())?;
        if target == "dbmate" {
            program::prepare(folder)?;
        }
        Ok(runner)
    }

    /// Runs the next migration, which has this name.
    pub fn up(&self, name: &str) -> Result<(), String> {
        match self.target {
            "dbmate" => program::dbmate(&self.folder, &self.url(), OWN[0], program::Way::Up(name)),
            "sqlx" => program::sqlx(&self.folder, &self.url(), program::Way::Up(name)),
            _ => self.send(name, Direction::Up),
        }
    }

    /// Undoes the last migration, which has this name.
    pub fn down(&self, name: &str) -> Result<(), String> {
        match self.target {
            "dbmate" => program::dbmate(&self.folder, &self.url(), OWN[0], program::Way::Down),
            "sqlx" => program::sqlx(&self.folder, &self.url(), program::Way::Down),
            _ => self.send(name, Direction::Down),
        }
    }

    /// All that is there but what the tool keeps for itself.
    pub fn catalogue(&self) -> Result<Catalogue, String> {
        let mut all = sqlite::take(&self.connect()?).map_err(|error| error.to_string())?;
        all.retain(|key, _| !OWN.iter().any(|own| key.split([' ', '.']).any(|word| word == *own)));
        Ok(all)
    }

    fn url(&self) -> String {
        format!("sqlite:{}", self.database.display())
    }

    fn connect(&self) -> Result<Connection, String> {
        Connection::open(&self.database).map_err(|error| error.to_string())
    }

    fn send(&self, name: &str, direction: Direction) -> Result<(), String> {
        let way = if direction == Direction::Up { "up" } else { "down" };
        let path = match self.target {
            "goose" => format!("migrations/{name}.sql"),
            "golang-migrate" => format!("migrations/{name}.{way}.sql"),
            _ => format!("{name}.{way}.sql"),
        };
        let text = std::fs::read_to_string(self.folder.join(&path)).map_err(|error| format!("{path}: {error}"))?;
        let script = match self.target {
            "goose" => goose::read(&text, direction)?,
            _ => Script { queries: vec![text], in_transaction: false },
        };
        let db = self.connect()?;
        let send = |sql: &str| db.execute_batch(sql).map_err(|error| error.to_string());
        if script.in_transaction {
            send("BEGIN")?;
        }
        // What fails leaves an open transaction, which ends with the connection.
        script.queries.iter().try_for_each(|query| send(query))?;
        if script.in_transaction { send("COMMIT") } else { Ok(()) }
    }
}
