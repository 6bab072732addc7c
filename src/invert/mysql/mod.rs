//! The way back on MySQL and MariaDB, where a table is changed in place and no transaction covers it.

mod restore;
mod table;
mod values;

pub(super) use restore::{changed_back, readers_last, restore};
