//! `CREATE TYPE` and `CREATE DOMAIN`.

use super::alter_type::attribute;
use super::column;
use super::define::define;
use super::types;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// From behind `CREATE TYPE`.
pub(super) fn create_type(c: &mut Cursor<'_>) -> Parse<Op> {
    let name = c.qualified_type()?;
    if c.eat("AS ENUM") {
        let mut inner = c.parens()?;
        let values = if inner.at_end() { Vec::new() } else { inner.list(Cursor::string)? };
        inner.end()?;
        c.end()?;
        return Ok(Op::CreateEnum { definition: Enum { name, values } });
    }
    if c.is("AS") && c.is_mark(1, "(") {
        c.skip(1);
        let mut inner = c.parens()?;
        let attributes = if inner.at_end() { Vec::new() } else { inner.list(attribute)? };
        inner.end()?;
        c.end()?;
        return Ok(Op::CreateComposite { composite: Composite { name, attributes } });
    }
    // Range types, base types, and the shell type that announces one.
    if c.eat("AS RANGE") || (c.is_mark(0, "(") && !c.at_end()) {
        c.parens()?;
    }
    c.end()?;
    define(c, ObjectRef::new(ObjectKind::Type, name), false, false)
}

/// From behind `CREATE DOMAIN`.
pub(super) fn create_domain(c: &mut Cursor<'_>) -> Parse<Op> {
    let name = c.qualified_type()?;
    c.eat("AS");
    // A domain has all that a column has, but for keys and references.
    let mut column = Column::new("", types::any_type(c)?);
    let mut checks = column::parts(c, None, &mut column)?;
    c.end()?;
    for constraint in &mut checks {
        match &mut constraint.kind {
            ConstraintKind::Check { column, .. } => *column = None,
            ConstraintKind::PrimaryKey(_)
            | ConstraintKind::Unique(_)
            | ConstraintKind::ForeignKey(_)
            | ConstraintKind::Exclusion(_) => return Err(c.refuse("constraint that a domain cannot have")),
        }
    }
    if column.generated.is_some() || column.identity.is_some() {
        return Err(c.refuse("generated domain"));
    }
    let Column { data_type, collation, default, not_null, .. } = column;
    Ok(Op::CreateDomain { domain: Domain { name, data_type, collation, default, not_null, checks } })
}
