//! Schemas, extensions and default privileges.

use super::cursor::{Cursor, Parse};
use super::object::role;
use crate::ir::*;
use crate::sql::lex::TokenKind;

/// From behind `CREATE SCHEMA`.
pub(super) fn create_schema(c: &mut Cursor<'_>) -> Parse<Op> {
    let if_not_exists = c.eat("IF NOT EXISTS");
    let named = if c.is("AUTHORIZATION") { None } else { Some(c.name()?) };
    let owner = if c.eat("AUTHORIZATION") { Some(role(c)?) } else { None };
    c.end()?;
    let name = named.or_else(|| owner.clone()).ok_or_else(|| c.stop("a name"))?;
    Ok(Op::CreateSchema { name, if_not_exists, owner })
}

/// From behind `CREATE EXTENSION`.
pub(super) fn create_extension(c: &mut Cursor<'_>) -> Parse<Op> {
    let if_not_exists = c.eat("IF NOT EXISTS");
    let mut extension = Extension { name: c.name()?, schema: None, version: None, cascade: false };
    c.eat("WITH");
    while !c.at_end() {
        match c.expect_any(&["SCHEMA", "VERSION", "CASCADE"])? {
            "SCHEMA" => extension.schema = Some(c.name()?),
            "VERSION" => {
                let quoted = c.kind(0) == Some(TokenKind::String);
                extension.version = Some(if quoted { c.string()? } else { c.label()? });
            }
            _ => extension.cascade = true,
        }
    }
    Ok(Op::CreateExtension { extension, if_not_exists })
}

/// From behind `ALTER DEFAULT PRIVILEGES`.
pub(super) fn default_privileges(c: &mut Cursor<'_>) -> Parse<Op> {
    loop {
        if c.eat("IN SCHEMA") {
            c.list(Cursor::name)?;
        } else if c.eat("FOR ROLE") || c.eat("FOR USER") {
            c.list(role)?;
        } else {
            break;
        }
    }
    c.expect_any(&["GRANT", "REVOKE"])?;
    c.skip(c.rest().tokens().len());
    Ok(Op::DefaultPrivileges { sql: c.sql() })
}
