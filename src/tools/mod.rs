//! The tools whose histories are read and written: each finds its histories in a source tree, reads one, and spells
//! the downs that it lacks. What is the same for all of them stands here; siblings never import each other.

mod base;
mod bridge;
mod choose;
mod connect;
mod contest;
mod downs;
mod knex;
mod package;
mod prisma;
mod project;
mod script;
mod sequelize;
mod typeorm;

use crate::diag::{Finding, Outcome};
use crate::emit::Target;
use crate::invert::MadeDown;
use crate::ir::{self, Dialect, History, Migration};
use crate::source::{FileId, SourceTree};
use project::Project;
use std::path::Path;

pub use bridge::{Carried, Passage, Piece, Taken, carry, same_values};
pub use choose::{Choice, Refusal, choose, strays};
pub use connect::{OnConnect, on_connect};
pub use downs::{DownPlan, Was, barred, check, plan, vouched};
pub use prisma::{SchemaFile, schema_prisma};

/// A tool.
pub trait Tool: Sync {
    /// Which one it is.
    fn tool(&self) -> ir::Tool;

    /// Finds its histories by the project's settings and by the files' shapes, in order of their folders.
    fn find(&self, tree: &SourceTree) -> Outcome<Vec<Place>>;

    /// Reads the history at a place. `Err` with the findings when the history is not one that can be read at all; what
    /// cannot be read in it is a finding and a step carried whole.
    fn read(&self, tree: &SourceTree, place: &Place, given: Given) -> Result<Outcome<History>, Vec<Finding>>;

    /// What would be written for a migration's down. `Err` when a template cannot be filled, in its own words.
    fn down(
        &self,
        tree: &SourceTree,
        place: &Place,
        migration: &Migration,
        made: &MadeDown,
    ) -> Result<DownFile, String>;
}

/// What the user says of a history that its project does not.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given {
    /// The database, instead of what the project says.
    pub dialect: Option<Dialect>,
    /// The SQL of what was there before the first migration.
    pub base: Option<FileId>,
}

/// A file that holds a down that we made, as it would be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DownFile {
    /// Its path below the history's folder.
    pub path: String,
    /// All of its text.
    pub text: String,
    /// Whether the down that stands there now is one that we made, and nobody has changed it since.
    pub ours: bool,
    /// Whether what stands there is empty and says that it is meant to be.
    pub meant: bool,
    /// Why it cannot be written, if it cannot; lower case, without a full stop.
    pub barred: Option<String>,
}

/// Every tool that can be read.
pub static TOOLS: &[&dyn Tool] = &[&prisma::Prisma, &knex::Knex, &typeorm::Reader, &sequelize::Sequelize];

/// Every tool that can be written.
pub static TARGETS: &[&dyn Target] =
    &[&prisma::Writer, &Project(knex::Files), &Project(typeorm::Files), &Project(sequelize::Files)];

/// A history that was found and is not read yet.
#[derive(Clone, Debug)]
pub struct Place {
    /// The tool that it belongs to.
    pub tool: ir::Tool,
    /// The folder of its migrations below the tree's root; empty when it is the root.
    pub folder: String,
    /// Whether it is the history of the project at the root itself, rather than of one further down.
    pub own: bool,
    /// What says that it is of that tool.
    pub grounds: Grounds,
    /// Why it cannot be read, if that is plain already.
    pub refused: Option<Finding>,
}

/// What says that a folder holds the migrations of a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grounds {
    /// Names and outlines of its files only, which other tools have as well.
    Shape,
    /// Words in most of its files, or an arrangement of files, that are the tool's own.
    Words,
    /// The tool's settings, which name the folder.
    Settings,
}

/// Lists the files of a project: the folder itself and what stands directly beside it, where the schema of a migrations
/// folder is. `Err` when there is no such folder.
pub fn open(path: &Path) -> std::io::Result<SourceTree> {
    let mut tree = SourceTree::open(path)?;
    tree.look_beside();
    Ok(tree)
}

/// The entry of a tool; `None` when it is not supported yet.
pub fn lookup(tool: ir::Tool) -> Option<&'static dyn Tool> {
    TOOLS.iter().copied().find(|entry| entry.tool() == tool)
}
