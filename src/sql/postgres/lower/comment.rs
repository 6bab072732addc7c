//! `COMMENT ON`.

use super::object::{kind, object};
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// From behind `COMMENT ON`.
pub(super) fn comment(c: &mut Cursor<'_>) -> Parse<Op> {
    let object = if c.eat("COLUMN") {
        let mut parts = c.dotted()?;
        let column = parts.pop();
        match (column, parts.as_slice()) {
            (Some(column), [table]) => ObjectRef::on(ObjectKind::Column, column, Name::bare(table)),
            (Some(column), [schema, table]) => {
                ObjectRef::on(ObjectKind::Column, column, Name::in_schema(schema, table))
            }
            _ => return Err(c.refuse("column without its table, or with a database")),
        }
    } else if c.eat("CONSTRAINT") {
        let name = c.name()?;
        c.expect("ON")?;
        let kind = if c.eat("DOMAIN") { ObjectKind::DomainConstraint } else { ObjectKind::Constraint };
        ObjectRef::on(kind, name, c.qualified_type()?)
    } else {
        let kind = kind(c)?;
        object(c, kind)?
    };
    c.expect("IS")?;
    let text = if c.eat("NULL") { None } else { Some(c.string()?) };
    c.end()?;
    // The server takes an empty comment for none.
    let text = text.filter(|text| !text.is_empty());
    Ok(Op::Comment { object, text })
}
