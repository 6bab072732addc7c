//! A project on a database, run by its tool one migration at a time: Prisma's files each as one simple query, plain SQL
//! by psql, everything else by the real tool.

use super::state::State;
use crate::cluster::{Database, Server};
use crate::ground::Ground;
use crate::node::{Node, Project};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How a project is run.
pub enum Means {
    /// Each file as one simple query.
    Query(Vec<Texts>),
    /// Each file by psql.
    Psql(Vec<Texts>),
    /// By the tool of this name.
    Node(&'static str, Files),
}

/// A migration that is SQL.
pub struct Texts {
    /// Its name.
    pub name: String,
    /// What it does.
    pub up: String,
    /// What undoes it, if there is something.
    pub down: Option<String>,
}

/// The files of a project that a tool runs.
pub enum Files {
    /// Those of a folder.
    Of(PathBuf),
    /// Those that were written, by path.
    Written(BTreeMap<String, String>),
}

/// What a thread works with, one case after the other.
pub struct Desk {
    /// Where databases come from.
    pub ground: Ground,
    /// The process that runs the tools, once it was needed.
    pub node: Option<Node>,
}

impl Desk {
    /// One with nothing on it yet. The test fails when there is no database to be had.
    pub fn new(server: &Server) -> Self {
        let ground = Ground::new(server).unwrap_or_else(|error| panic!("no database: {error}"));
        Desk { ground, node: None }
    }
}

/// A project on a database.
pub struct Stage<'a> {
    desk: &'a mut Desk,
    prelude: &'a [String],
    means: Means,
    /// The files that are run, where they have to be on the disk.
    project: Option<Project>,
    /// The database, but while one gives way to another.
    database: Option<Database>,
    /// Its migrations in the tool's order.
    pub names: Vec<String>,
    /// How many of them have been run.
    done: usize,
}

impl<'a> Stage<'a> {
    /// Puts a project on an empty database.
    pub fn open(desk: &'a mut Desk, prelude: &'a [String], means: Means) -> Result<Self, String> {
        let (project, database, names) = (None, None, Vec::new());
        let mut stage = Stage { desk, prelude, means, project, database, names, done: 0 };
        stage.renew()?;
        Ok(stage)
    }

    /// Starts anew on an empty database, and runs the first `count` migrations.
    pub fn rebuild(&mut self, count: usize) -> Result<(), String> {
        self.renew()?;
        (0..count).try_for_each(|number| {
            self.up().map_err(|error| format!("{} fails the second time: {error}", self.names[number]))
        })
    }

    fn renew(&mut self) -> Result<(), String> {
        self.leave()?;
        let database = self.desk.ground.fresh(self.prelude)?;
        self.done = 0;
        match &self.means {
            Means::Query(texts) | Means::Psql(texts) => {
                self.names = texts.iter().map(|text| text.name.clone()).collect();
            }
            Means::Node(tool, files) => {
                // Node keeps what it has loaded, so that what is loaded anew has to be another copy.
                let project = match files {
                    Files::Of(folder) => Project::copy(folder)?,
                    Files::Written(files) => Project::write(files)?,
                };
                let node = match &mut self.desk.node {
                    Some(node) => node,
                    none => none.insert(Node::start()?),
                };
                self.names = node.open(tool, &project.folder, &self.desk.ground.address(&database))?;
                self.project = Some(project);
            }
        }
        self.database = Some(database);
        Ok(())
    }

    /// Closes the project and gives the database back.
    fn leave(&mut self) -> Result<(), String> {
        if let (Means::Node(..), Some(node)) = (&self.means, &mut self.desk.node)
            && let Err(error) = node.close()
        {
            self.desk.node = None;
            return Err(error);
        }
        self.desk.ground.used(self.database.take());
        Ok(())
    }

    /// What the database holds.
    pub fn state(&mut self) -> Result<State, String> {
        State::of(self.database()?)
    }

    /// Takes every row out of every table.
    pub fn empty(&mut self) -> Result<(), String> {
        self.database()?.empty()
    }

    fn database(&mut self) -> Result<&mut Database, String> {
        self.database.as_mut().ok_or_else(|| "the database is gone".to_owned())
    }

    /// Runs the next migration.
    pub fn up(&mut self) -> Result<(), String> {
        let wanted = self.names.get(self.done).ok_or("there is no further migration")?.clone();
        self.run(&wanted, Direction::Up)?;
        self.done += 1;
        Ok(())
    }

    /// Runs all migrations at once on an empty database, as the tool does it for its users. `Ok(false)` where that is no
    /// other than one after the other.
    pub fn all_anew(&mut self) -> Result<bool, String> {
        if !matches!(self.means, Means::Node("knex", _)) {
            return Ok(false);
        }
        self.renew()?;
        self.desk.node.as_mut().ok_or("node is gone")?.all()?;
        self.done = self.names.len();
        Ok(true)
    }

    /// Undoes the last migration.
    pub fn down(&mut self) -> Result<(), String> {
        let last = self.done.checked_sub(1).ok_or("there is nothing to undo")?;
        let wanted = self.names.get(last).ok_or("there is no such migration")?.clone();
        self.run(&wanted, Direction::Down)?;
        self.done = last;
        Ok(())
    }

    fn run(&mut self, wanted: &str, direction: Direction) -> Result<(), String> {
        let number = if direction == Direction::Up { self.done } else { self.done - 1 };
        let text = |texts: &[Texts]| -> Result<String, String> {
            let texts = texts.get(number).ok_or("there is no such migration")?;
            match direction {
                Direction::Up => Ok(texts.up.clone()),
                Direction::Down => texts.down.clone().ok_or_else(|| "there is no down".to_owned()),
            }
        };
        match &self.means {
            Means::Query(texts) => {
                let text = text(texts)?;
                let database = self.database()?;
                let ran = database.run(&text);
                database.renew()?;
                Ok(ran?)
            }
            Means::Psql(texts) => {
                let text = text(texts)?;
                let address = self.desk.ground.address(self.database.as_ref().ok_or("the database is gone")?);
                psql(&address, &text)
            }
            Means::Node(..) => {
                let node = self.desk.node.as_mut().ok_or("node is gone")?;
                let ran = if direction == Direction::Up { node.up()? } else { node.down()? };
                match ran {
                    Some(name) if name == wanted => Ok(()),
                    name => Err(format!("the tool runs {name:?} instead of {wanted}")),
                }
            }
        }
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        // A process that cannot close has been let go of.
        let _ = self.leave();
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Up,
    Down,
}

/// Runs a file by psql, which reads no settings of the user's. `Err` with what it says is wrong.
fn psql(address: &serde_json::Value, text: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join("migration.sql");
    std::fs::write(&file, text).map_err(|error| error.to_string())?;
    let word = |key: &str| match &address[key] {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut command = Command::new(program());
    command.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f"]).arg(&file);
    command.env("PGHOST", word("host")).env("PGPORT", word("port"));
    command.env("PGUSER", word("user")).env("PGDATABASE", word("database"));
    if let Some(password) = address["password"].as_str() {
        command.env("PGPASSWORD", password);
    }
    command.env("PGOPTIONS", "-c client_min_messages=error -c jit=off");
    let output = command.output().map_err(|error| format!("psql cannot be started: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let lines = said.lines().map(|line| line.split_once("migration.sql:").map_or(line, |(_, rest)| rest).trim());
    Err(lines.collect::<Vec<_>>().join(" "))
}

/// Where psql is: with the server's programs, which need not be on the path.
fn program() -> PathBuf {
    let named = std::env::var_os("PG_BINDIR").map(PathBuf::from);
    let installed = || {
        let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        versions.map(|version| version.path().join("bin")).max()
    };
    let found = named.or_else(installed).map(|folder| folder.join("psql"));
    found.filter(|program| program.is_file()).unwrap_or_else(|| Path::new("psql").to_owned())
}
