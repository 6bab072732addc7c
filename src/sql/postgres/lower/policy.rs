//! Row-security policies.

use super::object::role;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// From behind `CREATE POLICY`.
pub(super) fn create(c: &mut Cursor<'_>) -> Parse<Op> {
    let mut policy = head(c)?;
    if c.eat("AS") {
        policy.restrictive = match c.label()?.as_str() {
            "permissive" => false,
            "restrictive" => true,
            _ => return Err(c.refuse("kind of policy that is neither PERMISSIVE nor RESTRICTIVE")),
        };
    }
    if c.eat("FOR") {
        let command = c.expect_any(&["ALL", "SELECT", "INSERT", "UPDATE", "DELETE"])?;
        policy.command = Some(command.to_string());
    }
    clauses(c, &mut policy)?;
    Ok(Op::CreatePolicy { policy })
}

/// From behind `ALTER POLICY`.
pub(super) fn alter(c: &mut Cursor<'_>) -> Parse<Vec<Op>> {
    let mut policy = head(c)?;
    if c.eat("RENAME TO") {
        let object = ObjectRef::on(ObjectKind::Policy, policy.name, policy.table);
        let to = c.name()?;
        c.end()?;
        return Ok(vec![Op::Rename { object, to, if_exists: false }]);
    }
    clauses(c, &mut policy)?;
    Ok(vec![Op::AlterPolicy { policy }])
}

fn head(c: &mut Cursor<'_>) -> Parse<Policy> {
    let name = c.name()?;
    c.expect("ON")?;
    let table = c.qualified()?;
    Ok(Policy { name, table, restrictive: false, command: None, roles: Vec::new(), using: None, check: None })
}

fn clauses(c: &mut Cursor<'_>, policy: &mut Policy) -> Parse<()> {
    if c.eat("TO") {
        policy.roles = c.list(role)?;
    }
    if c.eat("USING") {
        policy.using = Some(c.parens()?.expr()?);
    }
    if c.eat("WITH CHECK") {
        policy.check = Some(c.parens()?.expr()?);
    }
    c.end()
}
