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
}

/// Why a script does not run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// What the database says.
    pub text: String,
    /// Whether it is about rows, so that on empty tables the script might run: a violated constraint, a value that cannot be
    /// cast.
    pub about_rows: bool,
}

impl From<Complaint> for String {
    fn from(complaint: Complaint) -> String {
        complaint.text
    }
}

/// A place where databases can be made.
pub trait Server {
    /// A new database with nothing in it. `Err` in words when it cannot be made.
    fn database(&self) -> Result<Box<dyn Database>, String>;

    /// Which one it is, for people: `PostgreSQL 15.14`.
    fn about(&self) -> String;
}

/// A database of our own. It is gone when this goes out of scope.
pub trait Database {
    /// Sends a script. `Err` with the database's complaint; what is one transaction has then changed nothing.
    fn run(&mut self, script: &Script) -> Result<(), Complaint>;

    /// Takes every row out of every table.
    fn empty(&mut self) -> Result<(), String>;

    /// Makes the session as good as new: settings, temporary tables, the role.
    fn renew(&mut self) -> Result<(), String>;

    /// All that is there but rows.
    fn catalogue(&mut self) -> Result<Catalogue, String>;

    /// Keeps the state, so that [`Database::back`] leads to it again. `as_one`: what is sent from now on may be part of one
    /// transaction, so that a failure may come of that alone.
    fn mark(&mut self, as_one: bool) -> Result<(), String>;

    /// Goes back to the last mark. `false` when the database cannot do so, or what was sent may have stood in the way.
    fn back(&mut self) -> Result<bool, String>;
}
