//! Publications.

use super::object::role;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;

/// From behind `CREATE PUBLICATION`.
pub(super) fn create(c: &mut Cursor<'_>) -> Parse<Op> {
    let mut publication = empty(c.name()?);
    if c.eat("FOR ALL TABLES") {
        publication.all_tables = true;
    } else if c.eat("FOR") {
        objects(c, &mut publication)?;
    }
    if c.eat("WITH") {
        publication.with = c.options()?;
    }
    c.end()?;
    Ok(Op::CreatePublication { publication })
}

/// From behind `ALTER PUBLICATION`.
pub(super) fn alter(c: &mut Cursor<'_>) -> Parse<Vec<Op>> {
    let name = c.name()?;
    let object = ObjectRef::new(ObjectKind::Publication, Name::bare(name.clone()));
    let op = match c.expect_any(&["RENAME TO", "OWNER TO", "ADD", "SET", "DROP"])? {
        "RENAME TO" => Op::Rename { object, to: c.name()?, if_exists: false },
        "OWNER TO" => Op::SetOwner { object, owner: role(c)? },
        action => {
            let mut publication = empty(name);
            if action == "SET" && c.is_mark(0, "(") {
                publication.with = c.options()?;
            } else {
                objects(c, &mut publication)?;
            }
            Op::AlterPublication { action: action.to_string(), publication }
        }
    };
    c.end()?;
    Ok(vec![op])
}

fn empty(name: String) -> Publication {
    Publication { name, all_tables: false, tables: Vec::new(), schemas: Vec::new(), with: Vec::new() }
}

/// `TABLE a, b (x, y) WHERE (…), TABLES IN SCHEMA s, t, …`: the keyword holds until the next one.
fn objects(c: &mut Cursor<'_>, publication: &mut Publication) -> Parse<()> {
    let mut schemas = false;
    let mut first = true;
    loop {
        if c.eat("TABLES IN SCHEMA") || c.eat("ALL TABLES IN SCHEMA") {
            schemas = true;
        } else if c.eat("TABLE") {
            schemas = false;
        } else if first {
            return Err(c.stop("TABLE or TABLES IN SCHEMA"));
        }
        first = false;
        if schemas {
            publication.schemas.push(if c.eat("CURRENT_SCHEMA") { "CURRENT_SCHEMA".into() } else { c.name()? });
        } else {
            publication.tables.push(table(c)?);
        }
        if !c.eat_mark(",") {
            return Ok(());
        }
    }
}

/// `[ONLY] table [*] [(columns)] [WHERE (…)]`, the name in parentheses behind `ONLY` if one likes.
fn table(c: &mut Cursor<'_>) -> Parse<PublicationTable> {
    let only = c.eat("ONLY");
    let table = if only && c.is_mark(0, "(") {
        let mut inner = c.parens()?;
        let name = inner.qualified()?;
        inner.end()?;
        name
    } else {
        c.qualified()?
    };
    if !only && c.kind(0) == Some(TokenKind::Operator) && c.text(0) == "*" {
        c.skip(1);
    }
    let columns = if c.is_mark(0, "(") { c.names_in_parens()? } else { Vec::new() };
    let filter = if c.eat("WHERE") { Some(c.parens()?.expr()?) } else { None };
    Ok(PublicationTable { table, only, columns, filter })
}
