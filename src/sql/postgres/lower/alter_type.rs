//! `ALTER TYPE` and `ALTER DOMAIN`.

use super::constraint;
use super::object::behaviour;
use super::types;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// From behind `ALTER TYPE name`.
pub(super) fn alter_type(c: &mut Cursor<'_>, object: ObjectRef) -> Parse<Vec<Op>> {
    let name = object.name.clone();
    let ops = if c.eat("ADD VALUE") {
        let if_not_exists = c.eat("IF NOT EXISTS");
        let value = c.string()?;
        let (mut before, mut after) = (None, None);
        match c.eat_any(&["BEFORE", "AFTER"]) {
            Some("BEFORE") => before = Some(c.string()?),
            Some(_) => after = Some(c.string()?),
            None => {}
        }
        vec![Op::AddEnumValue { name, value, before, after, if_not_exists }]
    } else if c.eat("RENAME VALUE") {
        let from = c.string()?;
        c.expect("TO")?;
        vec![Op::RenameEnumValue { name, from, to: c.string()? }]
    } else if c.eat("RENAME ATTRIBUTE") {
        let from = c.name()?;
        c.expect("TO")?;
        let to = c.name()?;
        let change = AttributeChange::Rename { from, to, behaviour: behaviour(c) };
        vec![Op::AlterComposite { name, change }]
    } else if c.is("SET") && c.is_mark(1, "(") {
        c.skip(1);
        c.options()?;
        vec![Op::AlterDefinition { object, sql: c.sql() }]
    } else {
        let rest = c.rest();
        c.skip(rest.tokens().len());
        let mut ops = Vec::new();
        for mut piece in rest.commas() {
            ops.push(Op::AlterComposite { name: name.clone(), change: attribute_change(&mut piece)? });
            piece.end()?;
        }
        if ops.is_empty() {
            return Err(c.stop("an action"));
        }
        // The server's passes: what goes, what changes, what comes.
        ops.sort_by_key(|op| match op {
            Op::AlterComposite { change: AttributeChange::Drop { .. }, .. } => 0,
            Op::AlterComposite { change: AttributeChange::Alter { .. }, .. } => 1,
            _ => 2,
        });
        ops
    };
    c.end()?;
    Ok(ops)
}

fn attribute_change(c: &mut Cursor<'_>) -> Parse<AttributeChange> {
    Ok(match c.expect_any(&["ADD ATTRIBUTE", "DROP ATTRIBUTE", "ALTER ATTRIBUTE"])? {
        "ADD ATTRIBUTE" => AttributeChange::Add { attribute: attribute(c)?, behaviour: behaviour(c) },
        "DROP ATTRIBUTE" => {
            let if_exists = c.eat("IF EXISTS");
            AttributeChange::Drop { name: c.name()?, if_exists, behaviour: behaviour(c) }
        }
        _ => {
            let name = c.name()?;
            c.eat("SET DATA");
            c.expect("TYPE")?;
            let data_type = types::any_type(c)?;
            let collation = if c.eat("COLLATE") { Some(c.qualified()?) } else { None };
            AttributeChange::Alter { attribute: Attribute { name, data_type, collation }, behaviour: behaviour(c) }
        }
    })
}

/// `name type [COLLATE collation]`.
pub(super) fn attribute(c: &mut Cursor<'_>) -> Parse<Attribute> {
    let name = c.name()?;
    let data_type = types::any_type(c)?;
    let collation = if c.eat("COLLATE") { Some(c.qualified()?) } else { None };
    Ok(Attribute { name, data_type, collation })
}

/// From behind `ALTER DOMAIN name`.
pub(super) fn alter_domain(c: &mut Cursor<'_>, name: Name) -> Parse<Op> {
    let words = [
        "SET DEFAULT",
        "DROP DEFAULT",
        "SET NOT NULL",
        "DROP NOT NULL",
        "ADD",
        "DROP CONSTRAINT",
        "RENAME CONSTRAINT",
        "VALIDATE CONSTRAINT",
    ];
    let change = match c.expect_any(&words)? {
        "SET DEFAULT" => {
            let rest = c.rest();
            c.skip(rest.tokens().len());
            DomainChange::SetDefault(rest.expr()?)
        }
        "DROP DEFAULT" => DomainChange::DropDefault,
        "SET NOT NULL" => DomainChange::SetNotNull,
        "DROP NOT NULL" => DomainChange::DropNotNull,
        "ADD" => DomainChange::AddConstraint(domain_constraint(c)?),
        "DROP CONSTRAINT" => {
            let if_exists = c.eat("IF EXISTS");
            DomainChange::DropConstraint { name: c.name()?, if_exists, behaviour: behaviour(c) }
        }
        "RENAME CONSTRAINT" => {
            let from = c.name()?;
            c.expect("TO")?;
            DomainChange::RenameConstraint { from, to: c.name()? }
        }
        _ => DomainChange::ValidateConstraint(c.name()?),
    };
    c.end()?;
    Ok(Op::AlterDomain { name, change })
}

fn domain_constraint(c: &mut Cursor<'_>) -> Parse<Constraint> {
    let name = if c.eat("CONSTRAINT") { Some(c.name()?) } else { None };
    c.expect("CHECK")?;
    let kind = constraint::check(c, None)?;
    let not_valid = c.eat("NOT VALID");
    Ok(Constraint { name, kind, deferrable: Deferrable::No, not_valid, inline: false })
}
