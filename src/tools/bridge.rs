//! Statements that are carried over as code from one tool's migration into another's.

use super::script::bridge::{self, Bridge};
use super::{knex, sequelize, typeorm};
use crate::ir::Tool;

pub use super::script::bridge::{Carried, Passage};
pub use crate::js::bridge::{Piece, Taken};

/// Carries a statement over. `Err` with the reason, in lower case and without a full stop, when nothing certainly does the
/// same; Prisma's migrations hold no code.
pub fn carry(passage: &Passage<'_>, from: Tool, to: Tool) -> Result<Carried, String> {
    let none = || Err("a migration in SQL holds no code".to_owned());
    match (side(from), side(to)) {
        (Some(from), Some(to)) => bridge::carry(passage, from, to),
        _ => none(),
    }
}

/// Whether two tools give the same JavaScript value for a column of a type, named as PostgreSQL does: Sequelize reads dates
/// without a time as texts, and ranges and some others as objects of its own (sequelize 6.37.8
/// `lib/dialects/postgres/data-types.js`; knex 3.3.0 and typeorm 1.1.1 leave all to `pg`).
pub fn same_values(from: Tool, to: Tool, of: &str) -> bool {
    let reads_alone = |tool| tool == Tool::Sequelize;
    if reads_alone(from) == reads_alone(to) {
        return true;
    }
    ALIKE.contains(&of.trim_end_matches("[]")) && !of.ends_with("[]") || ["text[]", "integer[]"].contains(&of)
}

/// The types whose values Sequelize gives as `pg` does.
static ALIKE: [&str; 19] = [
    "bigint",
    "boolean",
    "bytea",
    "character",
    "character varying",
    "citext",
    "double precision",
    "inet",
    "integer",
    "json",
    "jsonb",
    "name",
    "numeric",
    "real",
    "smallint",
    "text",
    "timestamp with time zone",
    "timestamp without time zone",
    "uuid",
];

fn side(tool: Tool) -> Option<&'static dyn Bridge> {
    Some(match tool {
        Tool::Knex => &knex::KnexBridge,
        Tool::Sequelize => &sequelize::SequelizeBridge,
        Tool::Typeorm => &typeorm::TypeOrmBridge,
        Tool::Prisma => return None,
    })
}
