//! The way back on MySQL and MariaDB, where a table is changed in place and no transaction covers it.

mod fallout;
mod restore;
mod table;
mod trial;
mod values;

pub(super) use fallout::fallout;
pub(super) use restore::{changed_back, restore};
pub(super) use trial::{in_order, past_obstacles};
