//! The way back on SQLite, where most changes of a table make it anew.

mod fallout;
mod moved;
mod needless;
mod restore;

pub(super) use fallout::Keys;
pub(super) use moved::{Moved, moved};
pub(super) use needless::without_needless;
pub(super) use restore::restore;
