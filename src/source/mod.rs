//! Files as values: one walk of the disk gives a [`SourceTree`], everything after it works in memory;
//! a [`FileTree`] is what would be written, compared with the disk and laid down all or nothing.
//! Knows no tool and no dialect.

mod span;

pub use span::{FileId, Span};
