//! `CREATE` of anything: the words before the kind, and the way to each kind's own parser.

use super::view::{self, ViewWords};
use super::{create_type, define, index, misc, policy, publication, routine, sequence, table, trigger};
use crate::ir::{Op, Persistence, RoutineKind};
use crate::sql::cursor::{Cursor, Parse};

/// From behind `CREATE`.
pub(super) fn create(c: &mut Cursor<'_>) -> Parse<Op> {
    let or_replace = c.eat("OR REPLACE");
    if !or_replace && let Some(op) = plain(c)? {
        return Ok(op);
    }
    let start = c.position();
    let temporary = c.eat_any(&["TEMPORARY", "TEMP"]).is_some();
    let recursive = c.eat("RECURSIVE");
    if c.eat("VIEW") {
        return view::create(c, ViewWords { or_replace, temporary, recursive, materialized: false });
    }
    c.seek(start);
    if c.eat("FUNCTION") {
        return routine::create(c, RoutineKind::Function, or_replace);
    }
    if c.eat("PROCEDURE") {
        return routine::create(c, RoutineKind::Procedure, or_replace);
    }
    let constraint = c.eat("CONSTRAINT");
    if c.eat("TRIGGER") {
        return trigger::create(c, or_replace, constraint);
    }
    c.seek(start);
    define::create(c, or_replace)
}

/// What cannot be replaced.
fn plain(c: &mut Cursor<'_>) -> Parse<Option<Op>> {
    let start = c.position();
    c.eat_any(&["GLOBAL", "LOCAL"]);
    let persistence = match c.eat_any(&["TEMPORARY", "TEMP", "UNLOGGED"]) {
        Some("UNLOGGED") => Persistence::Unlogged,
        Some(_) => Persistence::Temporary,
        None => Persistence::Permanent,
    };
    if c.eat("TABLE") {
        return table::create(c, persistence).map(Some);
    }
    if c.eat("SEQUENCE") {
        let (temporary, unlogged) = (persistence == Persistence::Temporary, persistence == Persistence::Unlogged);
        return sequence::create(c, temporary, unlogged).map(Some);
    }
    c.seek(start);
    let op = match c.eat_any(&[
        "UNIQUE INDEX",
        "INDEX",
        "TYPE",
        "DOMAIN",
        "SCHEMA",
        "EXTENSION",
        "PUBLICATION",
        "POLICY",
        "MATERIALIZED VIEW",
    ]) {
        Some("UNIQUE INDEX") => index::create(c, true)?,
        Some("INDEX") => index::create(c, false)?,
        Some("TYPE") => create_type::create_type(c)?,
        Some("DOMAIN") => create_type::create_domain(c)?,
        Some("SCHEMA") => misc::create_schema(c)?,
        Some("EXTENSION") => misc::create_extension(c)?,
        Some("PUBLICATION") => publication::create(c)?,
        Some("POLICY") => policy::create(c)?,
        Some(_) => view::create(c, ViewWords { materialized: true, ..ViewWords::default() })?,
        None => return Ok(None),
    };
    Ok(Some(op))
}
