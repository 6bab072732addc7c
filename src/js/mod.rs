//! Runs a script against recording shims and gives back a tape. Knows nothing of migrations.

mod tape;

pub use tape::{Call, Hole, Piece, Place, Value};
