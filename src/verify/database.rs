//! What is asked of a database that a history is tried on.

use super::catalogue::Catalogue;

/// What a direction sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Script {
    /// A text that is sent as it is, in one piece; as many statements as it holds.
    Text(String),
    /// Statements, one after the other.
    Statements {
        /// Their texts, each without anything behind it.
        statements: Vec<String>,
        /// Whether they are one transaction.
        whole: bool,
    },
}

impl Script {
    /// All that it sends, piece by piece.
    pub fn texts(&self) -> &[String] {
        match self {
            Script::Text(text) => std::slice::from_ref(text),
            Script::Statements { statements, .. } => statements,
        }
    }

    /// Whether its statements are put into one transaction.
    pub fn is_whole(&self) -> bool {
        matches!(self, Script::Statements { whole: true, .. })
    }
}

/// Why a script does not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// What the database says.
    pub text: String,
    /// What it is about.
    pub about: About,
}

/// What a complaint is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum About {
    /// Rows, so that on empty tables the script might run: a violated constraint, a value that cannot be cast.
    Rows,
    /// Something that is not there.
    Absent,
    /// Something that the role may not do.
    Rights,
    /// Anything else.
    #[default]
    Other,
}

/// What is said of a script that leaves a transaction open, which then comes to nothing.
pub(super) const LEFT_OPEN: &str = "it begins a transaction and does not end it";

/// A place where databases can be made.
pub trait Server {
    /// A new database with nothing in it. `Err` in words when it cannot be made.
    fn database(&self) -> Result<Box<dyn Database>, String>;

    /// Which one it is, for people: `PostgreSQL 15.14`.
    fn about(&self) -> String;

    /// The names of the databases that were made and could not be dropped again.
    fn left_behind(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A database of our own. It is gone when this goes out of scope.
pub trait Database {
    /// Sends a script over a connection of its own. `Err` with the database's complaint; what is one transaction has then
    /// changed nothing.
    fn run(&mut self, script: &Script) -> Result<(), Complaint>;

    /// Takes every row out of every table.
    fn empty(&mut self) -> Result<(), String>;

    /// All that is there but rows.
    fn catalogue(&mut self) -> Result<Catalogue, String>;

    /// Another database that holds just the same.
    fn copy(&mut self) -> Result<Box<dyn Database>, String>;
}
