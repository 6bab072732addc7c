//! Schemas, extensions and default privileges.

use super::object::role;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};
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
    let (mut schemas, mut roles) = (Vec::new(), Vec::new());
    loop {
        if c.eat("IN SCHEMA") {
            schemas.extend(c.list(Cursor::name)?);
        } else if c.eat("FOR ROLE") || c.eat("FOR USER") {
            roles.extend(c.list(role)?);
        } else {
            break;
        }
    }
    let op = match c.expect_any(&["GRANT", "REVOKE"])? {
        "GRANT" => super::grant::grant(c)?,
        _ => super::grant::revoke(c)?,
    };
    let of_future = |mut grant: Grant| match &mut grant.on {
        Grantable::Future { schemas: in_schemas, roles: for_roles, .. } => {
            *in_schemas = schemas;
            *for_roles = roles;
            Ok(grant)
        }
        _ => Err(c.stop("a kind of objects")),
    };
    Ok(match op {
        Op::Grant { grant } => Op::Grant { grant: of_future(grant)? },
        Op::Revoke { grant, behaviour } => Op::Revoke { grant: of_future(grant)?, behaviour },
        other => other,
    })
}
