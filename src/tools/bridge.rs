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

/// Whether two tools give the same JavaScript value for a column of a type, named as PostgreSQL does. Sequelize reads dates as
/// texts, ranges as lists and numbers of a list as texts, where the others leave all to `pg` (sequelize 6.37.8
/// `lib/dialects/postgres/data-types.js`; seen with knex 3.3.0, typeorm 1.1.1 and pg 8.23.1). Of a type that was not seen it
/// is said to be another.
pub fn same_values(from: Tool, to: Tool, of: &str) -> bool {
    (from == Tool::Sequelize) == (to == Tool::Sequelize) || ALIKE.contains(&of)
}

/// The types whose values Sequelize gives as `pg` does.
static ALIKE: [&str; 37] = [
    "bigint",
    "bigint[]",
    "bit",
    "boolean",
    "boolean[]",
    "bytea",
    "character",
    "character varying",
    "character varying[]",
    "cidr",
    "double precision",
    "inet",
    "integer",
    "integer[]",
    "interval",
    "json",
    "jsonb",
    "jsonb[]",
    "macaddr",
    "money",
    "name",
    "numeric",
    "oid",
    "point",
    "real",
    "smallint",
    "text",
    "text[]",
    "time with time zone",
    "time without time zone",
    "timestamp with time zone",
    "timestamp with time zone[]",
    "timestamp without time zone",
    "tsvector",
    "uuid",
    "uuid[]",
    "xml",
];

fn side(tool: Tool) -> Option<&'static dyn Bridge> {
    Some(match tool {
        Tool::Knex => &knex::KnexBridge,
        Tool::Sequelize => &sequelize::SequelizeBridge,
        Tool::Typeorm => &typeorm::TypeOrmBridge,
        Tool::Prisma => return None,
    })
}
