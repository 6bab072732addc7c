//! `GRANT` and `REVOKE`.

use super::object::{behaviour, object, role};
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// From behind `GRANT`.
pub(super) fn grant(c: &mut Cursor<'_>) -> Parse<Op> {
    let (privileges, on) = privileges(c)?;
    c.expect("TO")?;
    let mut grant = Grant { privileges, on, grantees: grantees(c)?, grant_option: false, granted_by: None };
    let roles = matches!(grant.on, Grantable::Roles(_));
    if c.eat(if roles { "WITH ADMIN OPTION" } else { "WITH GRANT OPTION" }) {
        grant.grant_option = true;
    }
    granted_by(c, &mut grant)?;
    c.end()?;
    Ok(Op::Grant { grant })
}

/// From behind `REVOKE`.
pub(super) fn revoke(c: &mut Cursor<'_>) -> Parse<Op> {
    let grant_option = c.eat("GRANT OPTION FOR") || c.eat("ADMIN OPTION FOR");
    let (privileges, on) = privileges(c)?;
    c.expect("FROM")?;
    let mut grant = Grant { privileges, on, grantees: grantees(c)?, grant_option, granted_by: None };
    granted_by(c, &mut grant)?;
    let behaviour = behaviour(c);
    c.end()?;
    Ok(Op::Revoke { grant, behaviour })
}

fn granted_by(c: &mut Cursor<'_>, grant: &mut Grant) -> Parse<()> {
    if c.eat("GRANTED BY") {
        grant.granted_by = Some(role(c)?);
    }
    Ok(())
}

fn grantees(c: &mut Cursor<'_>) -> Parse<Vec<String>> {
    c.list(|c| {
        c.eat("GROUP");
        role(c)
    })
}

/// Each privilege with its columns.
type Privileges = Vec<(String, Vec<String>)>;

/// What is granted, and on what; without `ON` it is membership in roles.
fn privileges(c: &mut Cursor<'_>) -> Parse<(Privileges, Grantable)> {
    if c.eat("ALL") {
        c.eat("PRIVILEGES");
        let columns = if c.is_mark(0, "(") { c.names_in_parens()? } else { Vec::new() };
        c.expect("ON")?;
        return Ok((vec![("ALL".to_string(), columns)], on(c)?));
    }
    let start = c.position();
    let list = c.list(|c| {
        let mut words = c.label()?.to_ascii_uppercase();
        // `ALTER SYSTEM` is one privilege.
        if words == "ALTER" && c.eat("SYSTEM") {
            words.push_str(" SYSTEM");
        }
        let columns = if c.is_mark(0, "(") { c.names_in_parens()? } else { Vec::new() };
        Ok((words, columns))
    })?;
    if c.eat("ON") {
        return Ok((list, on(c)?));
    }
    c.seek(start);
    Ok((Vec::new(), Grantable::Roles(c.list(role)?)))
}

fn on(c: &mut Cursor<'_>) -> Parse<Grantable> {
    for (words, kind) in [
        ("ALL TABLES IN SCHEMA", ObjectKind::Table),
        ("ALL SEQUENCES IN SCHEMA", ObjectKind::Sequence),
        ("ALL FUNCTIONS IN SCHEMA", ObjectKind::Function),
        ("ALL PROCEDURES IN SCHEMA", ObjectKind::Procedure),
        ("ALL ROUTINES IN SCHEMA", ObjectKind::Routine),
    ] {
        if c.eat(words) {
            return Ok(Grantable::AllInSchema { kind, schemas: c.list(Cursor::name)? });
        }
    }
    for (word, kind) in [
        ("TABLES", ObjectKind::Table),
        ("SEQUENCES", ObjectKind::Sequence),
        ("FUNCTIONS", ObjectKind::Function),
        ("ROUTINES", ObjectKind::Function),
        ("TYPES", ObjectKind::Type),
        ("SCHEMAS", ObjectKind::Schema),
    ] {
        if (c.is_at(1, "TO") || c.is_at(1, "FROM")) && c.eat(word) {
            return Ok(Grantable::Future { kind, schemas: Vec::new(), roles: Vec::new() });
        }
    }
    const KINDS: &[(&str, ObjectKind)] = &[
        ("TABLE", ObjectKind::Table),
        ("SEQUENCE", ObjectKind::Sequence),
        ("DATABASE", ObjectKind::Database),
        ("DOMAIN", ObjectKind::Domain),
        ("FOREIGN DATA WRAPPER", ObjectKind::ForeignDataWrapper),
        ("FOREIGN SERVER", ObjectKind::Server),
        ("FUNCTION", ObjectKind::Function),
        ("PROCEDURE", ObjectKind::Procedure),
        ("ROUTINE", ObjectKind::Routine),
        ("LANGUAGE", ObjectKind::Language),
        ("LARGE OBJECT", ObjectKind::LargeObject),
        ("SCHEMA", ObjectKind::Schema),
        ("TABLESPACE", ObjectKind::Tablespace),
        ("TYPE", ObjectKind::Type),
    ];
    let found = KINDS.iter().find(|(words, _)| c.eat(words));
    let kind = found.map_or(ObjectKind::Table, |(_, kind)| *kind);
    Ok(Grantable::Objects(c.list(|c| object(c, kind))?))
}
