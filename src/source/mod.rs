//! Files as values: one walk of the disk gives a [`SourceTree`], whose files are read when somebody asks for them and
//! kept from then on; a [`FileTree`] is what would be written, compared with the disk and laid down all or nothing.
//! Knows no tool and no dialect. The only module that touches the disk.

mod decode;
mod file;
mod file_tree;
mod out;
mod problem;
mod reach;
mod span;
mod tree;
mod write;

pub use decode::{NotText, decode};
pub use file::{Position, SourceFile};
pub use file_tree::{Change, ChangeKind, FileTree};
pub use out::{NotOut, Out, above, write_file};
pub use problem::{Problem, ProblemKind};
pub use span::{FileId, Span};
pub use tree::{LARGEST_FILE, Mark, SourceTree};
pub use write::WriteError;
