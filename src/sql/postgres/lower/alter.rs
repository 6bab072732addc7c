//! `ALTER` of anything: what all objects share (`RENAME TO`, `SET SCHEMA`, `OWNER TO`), and the way to each kind's own.

use super::alter_table;
use super::object::{kind, object, role};
use super::{alter_type, misc, policy, publication, sequence};
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// From behind `ALTER`.
pub(super) fn alter(c: &mut Cursor<'_>) -> Parse<Vec<Op>> {
    if c.eat("DEFAULT PRIVILEGES") {
        return misc::default_privileges(c).map(|op| vec![op]);
    }
    if c.eat("SYSTEM") {
        return Err(c.refuse("ALTER SYSTEM changes the server"));
    }
    if c.eat("LARGE OBJECT") {
        let object = object(c, ObjectKind::LargeObject)?;
        return common(c, object, false);
    }
    if (c.are("TABLE ALL IN") || c.are("INDEX ALL IN") || c.are("MATERIALIZED VIEW ALL IN")) && !c.is_at(3, "TO") {
        return Err(c.refuse("moves everything in a tablespace"));
    }
    let kind = kind(c)?;
    match kind {
        ObjectKind::Table
        | ObjectKind::View
        | ObjectKind::MaterializedView
        | ObjectKind::ForeignTable
        | ObjectKind::Index => relation(c, kind),
        ObjectKind::Policy => policy::alter(c),
        ObjectKind::Publication => publication::alter(c),
        _ => other(c, kind),
    }
}

fn relation(c: &mut Cursor<'_>, kind: ObjectKind) -> Parse<Vec<Op>> {
    let if_exists = c.eat("IF EXISTS");
    let only = c.eat("ONLY");
    let table = c.qualified()?;
    c.eat_mark("*");
    let on = Place { table: table.clone(), if_exists, only };
    let object = ObjectRef::new(kind, table.clone());
    if c.is("RENAME") && !c.is_at(1, "TO") {
        c.skip(1);
        return rename_part(c, on, kind);
    }
    let owner_alone = c.are("OWNER TO") && c.rest().commas().len() == 1;
    if c.are("RENAME TO") || c.are("SET SCHEMA") || owner_alone || c.is("DEPENDS") || c.are("NO DEPENDS") {
        return common(c, object, if_exists);
    }
    match kind {
        ObjectKind::Index => alter_index(c, on, object),
        ObjectKind::ForeignTable => definition(c, object, if_exists),
        _ => alter_table::actions(c, &on, kind),
    }
}

/// `RENAME CONSTRAINT a TO b`, `RENAME [COLUMN] a TO b`.
fn rename_part(c: &mut Cursor<'_>, on: Place, kind: ObjectKind) -> Parse<Vec<Op>> {
    let constraint = kind == ObjectKind::Table && c.eat("CONSTRAINT");
    if !constraint {
        c.eat("COLUMN");
    }
    let from = c.name()?;
    c.expect("TO")?;
    let to = c.name()?;
    c.end()?;
    Ok(vec![if constraint { Op::RenameConstraint { on, from, to } } else { Op::RenameColumn { on, from, to } }])
}

fn alter_index(c: &mut Cursor<'_>, on: Place, object: ObjectRef) -> Parse<Vec<Op>> {
    let Place { table: name, if_exists, .. } = on;
    if c.eat("ATTACH PARTITION") {
        let child = c.qualified()?;
        c.end()?;
        return Ok(vec![Op::AttachIndex { name, child }]);
    }
    if c.is("SET") && c.is_mark(1, "(") {
        c.skip(1);
        let set = c.options()?;
        c.end()?;
        return Ok(vec![Op::AlterIndex { name, set, if_exists }]);
    }
    if c.eat("RESET") {
        let set = c.option_names()?.into_iter().map(|name| (name, String::new())).collect();
        c.end()?;
        return Ok(vec![Op::AlterIndex { name, set, if_exists }]);
    }
    c.expect_any(&["SET TABLESPACE", "ALTER"])?;
    definition(c, object, if_exists)
}

/// Every other kind of object.
fn other(c: &mut Cursor<'_>, kind: ObjectKind) -> Parse<Vec<Op>> {
    let if_exists = c.eat("IF EXISTS");
    let object = object(c, kind)?;
    // `ALTER FUNCTION f SET schema TO …` would be a setting of that name; there is none.
    if c.are("RENAME TO")
        || c.is("OWNER")
        || (c.are("SET SCHEMA") && c.kind(2) != Some(crate::sql::lex::TokenKind::String))
        || c.is("DEPENDS")
        || c.are("NO DEPENDS")
    {
        return common(c, object, if_exists);
    }
    match kind {
        ObjectKind::Type => alter_type::alter_type(c, object),
        ObjectKind::Domain => alter_type::alter_domain(c, object.name).map(|op| vec![op]),
        ObjectKind::Sequence => {
            let change = sequence::change(c)?;
            c.end()?;
            Ok(vec![Op::AlterSequence { name: object.name, change, if_exists }])
        }
        ObjectKind::Extension => {
            let change = c.rest();
            c.skip(change.tokens().len());
            if change.at_end() {
                return Err(c.stop("a change"));
            }
            Ok(vec![Op::AlterExtension { name: object.name.name, change: change.clean(0, change.tokens().len()) }])
        }
        ObjectKind::Function | ObjectKind::Procedure | ObjectKind::Routine => {
            let rest = c.rest();
            c.skip(rest.tokens().len());
            if rest.at_end() {
                return Err(c.stop("a change"));
            }
            Ok(vec![Op::AlterRoutine { object, attributes: rest.clean(0, rest.tokens().len()) }])
        }
        ObjectKind::Trigger | ObjectKind::Rule | ObjectKind::Schema => Err(c.stop("RENAME TO or OWNER TO")),
        _ => definition(c, object, if_exists),
    }
}

/// What every kind of object can have done to it.
fn common(c: &mut Cursor<'_>, object: ObjectRef, if_exists: bool) -> Parse<Vec<Op>> {
    let op = match c.expect_any(&["RENAME TO", "SET SCHEMA", "OWNER TO", "DEPENDS ON EXTENSION", "NO DEPENDS"])? {
        "RENAME TO" => Op::Rename { object, to: c.name()?, if_exists },
        "SET SCHEMA" => Op::SetSchema { object, schema: c.name()?, if_exists },
        "OWNER TO" => {
            let owner = role(c)?;
            let op = Op::SetOwner { object: object.clone(), owner };
            if if_exists { under_exists(c, &object, op) } else { op }
        }
        _ => return definition(c, object, if_exists),
    };
    c.end()?;
    Ok(vec![op])
}

/// `IF EXISTS` of a statement whose operation cannot say it.
fn under_exists(c: &Cursor<'_>, object: &ObjectRef, op: Op) -> Op {
    let Name { schema, name } = object.name.clone();
    let condition = Condition::Exists(Fact::Relation { schema, name, kinds: Vec::new() });
    Op::When { condition, then: vec![Step::new(op, c.whole())], otherwise: Vec::new() }
}

/// A change that is kept as the statement.
fn definition(c: &mut Cursor<'_>, object: ObjectRef, if_exists: bool) -> Parse<Vec<Op>> {
    if if_exists {
        return Err(c.refuse("IF EXISTS of a change that is only known as a whole"));
    }
    if c.at_end() {
        return Err(c.stop("a change"));
    }
    c.skip(c.rest().tokens().len());
    Ok(vec![Op::AlterDefinition { object, sql: c.sql() }])
}
