//! The way back on SQLite, where most changes of a table make it anew.

mod moved;
mod restore;

pub(super) use moved::{Moved, moved};
pub(super) use restore::restore;
