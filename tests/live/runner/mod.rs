//! What runs the migrations of a converted history: the real tool where it can be had, else a stand-in of ours that reads
//! and sends the files as the tool's source says.
//!
//! | target | what runs it |
//! |---|---|
//! | `dbmate`, `node-pg-migrate`, `drizzle`, `sqlx` | the real one |
//! | `goose`, `golang-migrate`, `flyway` | a stand-in, written from the source of goose 3.27.3, golang-migrate 4.19.1 and Flyway 13.0.0 |

mod flyway;
mod goose;
mod program;
pub mod sqlite;

use crate::cluster::{Database, Server};
use crate::node::Node;
use program::DBMATE_TABLE;
use std::collections::BTreeMap;
use std::path::Path;

pub use program::are_installed;

/// The targets that something here runs; the one that needs a database to itself comes last.
pub const TARGETS: [&str; 7] = ["dbmate", "flyway", "golang-migrate", "goose", "node-pg-migrate", "sqlx", "drizzle"];

/// What runs one converted history on one database.
pub struct Runner<'a> {
    pub target: &'static str,
    pub server: &'a Server,
    pub node: &'a mut Node,
    /// Where the files stand.
    pub folder: &'a Path,
    /// The same by path.
    pub files: &'a BTreeMap<String, String>,
}

impl Runner<'_> {
    /// Makes ready to run migrations, which go by these names.
    pub fn open(&mut self, database: &Database, names: &[String]) -> Result<(), String> {
        match self.target {
            "drizzle" | "node-pg-migrate" => {
                let found = self.node.open(self.target, self.folder, &self.server.address(database))?;
                match found == names {
                    true => Ok(()),
                    false => Err(format!("the tool runs {found:?}, and what is written is {names:?}")),
                }
            }
            "dbmate" => program::prepare(self.folder),
            _ => Ok(()),
        }
    }

    /// Ends what [`Runner::open`] began.
    pub fn close(&mut self) -> Result<(), String> {
        self.node.close()
    }

    /// Runs one migration, the next one. `Err` in the words of the tool.
    pub fn up(&mut self, database: &Database, name: &str) -> Result<(), String> {
        match self.target {
            "drizzle" | "node-pg-migrate" => expect(name, self.node.up()?),
            "dbmate" => program::dbmate(self.folder, &self.server.url(database), DBMATE_TABLE, program::Way::Up(name)),
            "sqlx" => program::sqlx(self.folder, &self.server.url(database), program::Way::Up(name)),
            _ => self.stand_in(database, name, Direction::Up),
        }
    }

    /// Undoes one migration, the last one.
    pub fn down(&mut self, database: &Database, name: &str) -> Result<(), String> {
        match self.target {
            "node-pg-migrate" => expect(name, self.node.down()?),
            "drizzle" => program::psql(self.folder, &self.server.url(database), &format!("drizzle/down/{name}.sql")),
            "dbmate" => program::dbmate(self.folder, &self.server.url(database), DBMATE_TABLE, program::Way::Down),
            "sqlx" => program::sqlx(self.folder, &self.server.url(database), program::Way::Down),
            _ => self.stand_in(database, name, Direction::Down),
        }
    }

    /// Whether the tool runs everything that is pending in one transaction.
    pub fn spans_migrations(&self) -> bool {
        self.target == "drizzle"
    }

    /// Runs everything that is pending.
    pub fn all(&mut self) -> Result<(), String> {
        self.node.all()
    }

    /// Sends a migration as the tool would that cannot be had.
    fn stand_in(&self, database: &Database, name: &str, direction: Direction) -> Result<(), String> {
        let read = |path: &str| self.files.get(path).map(String::as_str);
        let file = |path: String| read(&path).ok_or_else(|| format!("there is no {path}"));
        let script = match self.target {
            "goose" => goose::read(file(format!("migrations/{name}.sql"))?, direction)?,
            "golang-migrate" => {
                let way = if direction == Direction::Up { "up" } else { "down" };
                let text = file(format!("migrations/{name}.{way}.sql"))?;
                Script { queries: vec![text.to_owned()], in_transaction: false }
            }
            "flyway" => {
                let way = if direction == Direction::Up { "V" } else { "U" };
                let path = format!("migrations/{way}{}.sql", name.trim_start_matches('V'));
                flyway::read(file(path.clone())?, read(&format!("{path}.conf")))?
            }
            other => return Err(format!("nothing runs {other}")),
        };
        let mut client = self.server.connect(database)?;
        let mut send = |sql: &str| client.batch_execute(sql).map_err(|error| words(&error));
        if script.in_transaction {
            send("BEGIN")?;
        }
        // What fails leaves an open transaction, which ends with the connection.
        script.queries.iter().try_for_each(|query| send(query))?;
        if script.in_transaction { send("COMMIT") } else { Ok(()) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

/// A migration as a tool sends it.
#[derive(Debug, PartialEq, Eq)]
struct Script {
    /// Each is sent by itself.
    queries: Vec<String>,
    /// Whether a transaction is opened around them.
    in_transaction: bool,
}

fn expect(name: &str, ran: Option<String>) -> Result<(), String> {
    match ran {
        Some(ran) if ran == name => Ok(()),
        other => Err(format!("the tool ran {other:?} in place of {name}")),
    }
}

fn words(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |error| error.message().to_owned())
}
