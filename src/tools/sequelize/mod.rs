//! Sequelize: a folder of scripts with `up(queryInterface, Sequelize)` and `down`, run by `sequelize-cli` or umzug. Its
//! calls are understood as the SQL that version 6 sends.

mod attribute;
mod bridge;
mod build;
mod catalogue;
mod condition;
mod escape;
mod index;
mod lite;
mod meaning;
mod names;
mod object;
mod query;
mod reading;
mod rows;
mod settings;
mod table;
mod target;
#[cfg(test)]
mod tests;
mod tool;
mod types;
mod write;

pub(super) use bridge::SequelizeBridge;
pub(super) use target::Files;

/// Sequelize.
pub(super) struct Sequelize;
