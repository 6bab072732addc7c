//! `DROP` of one object or several.

use super::object::{behaviour, kind, object};
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// From behind `DROP`; one step an object.
pub(super) fn drop(c: &mut Cursor<'_>) -> Parse<Vec<Op>> {
    if c.is("OWNED") {
        return Err(c.refuse("DROP OWNED drops what the history cannot tell"));
    }
    let kind = kind(c)?;
    let concurrently = kind == ObjectKind::Index && c.eat("CONCURRENTLY");
    let if_exists = c.eat("IF EXISTS");
    let objects = c.list(|c| object(c, kind))?;
    let behaviour = behaviour(c);
    c.end()?;
    Ok(objects.into_iter().map(|object| Op::Drop { object, if_exists, behaviour, concurrently }).collect())
}
