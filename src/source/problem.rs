//! What the disk itself had to say against being read. `diag` makes findings of these.

use super::FileId;

/// Something that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path as shown to people.
    pub path: String,
    /// The file in the tree; `None` when it did not get that far.
    pub file: Option<FileId>,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// Why something could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// A symbolic link whose target is not there.
    Dangling,
    /// A symbolic link to a folder that holds the link itself.
    Circle,
    /// The system refused; its words.
    Unreadable(String),
    /// It is a folder, socket, pipe or device where a file was asked for.
    NotAFile,
    /// Its name is not UTF-8, so that it cannot be named here.
    Unnameable,
    /// Larger than [`LARGEST_FILE`](super::LARGEST_FILE); its size in bytes.
    TooLarge(u64),
    /// A script that is, or stands behind, a link which leads out of the project.
    Outside,
    /// Not text: the byte offset, and what is wrong there.
    NotText(usize, &'static str),
    /// More entries than are walked; the limit.
    TooMany(usize),
}
