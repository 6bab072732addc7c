//! Sequences and their options.

use super::types;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// `CREATE [TEMP|UNLOGGED] SEQUENCE`, from behind that word.
pub(super) fn create(c: &mut Cursor<'_>, temporary: bool, unlogged: bool) -> Parse<Op> {
    let if_not_exists = c.eat("IF NOT EXISTS");
    let name = c.qualified()?;
    let (options, owned_by) = options(c)?;
    c.end()?;
    let sequence = Sequence { name, options, owned_by: owned_by.flatten(), temporary, unlogged };
    Ok(Op::CreateSequence { sequence, if_not_exists })
}

/// The options of an identity column, when there are any. The name that pg_dump gives its sequence is taken when it is
/// the one that the column's sequence has anyway.
pub(super) fn identity_options(
    c: &mut Cursor<'_>,
    table: Option<&Name>,
    column: &str,
) -> Parse<(SequenceOptions, Option<String>)> {
    if !c.is_mark(0, "(") {
        return Ok((SequenceOptions::default(), None));
    }
    let mut inner = c.parens()?;
    let mut own_name = None;
    if inner.eat("SEQUENCE NAME") {
        let stop = inner.refuse("identity column whose sequence is in another schema");
        let name = inner.qualified()?;
        if name.schema.is_some() && table.is_none_or(|table| table.schema != name.schema) {
            return Err(stop);
        }
        let usual = table.map(|table| format!("{}_{column}_seq", table.name));
        own_name = Some(name.name).filter(|name| usual.is_none_or(|usual| usual != *name));
    }
    let (options, owned_by) = options(&mut inner)?;
    inner.end()?;
    if owned_by.is_some() { Err(inner.refuse("OWNED BY of an identity column")) } else { Ok((options, own_name)) }
}

type OwnedBy = Option<Option<(Name, String)>>;

fn options(c: &mut Cursor<'_>) -> Parse<(SequenceOptions, OwnedBy)> {
    let mut change = SequenceChange::default();
    while option(c, &mut change)? {}
    if change.restart.is_some() {
        return Err(c.refuse("RESTART of a sequence that is being made"));
    }
    let options = SequenceOptions {
        data_type: change.data_type,
        increment: change.increment,
        min: change.min.flatten(),
        max: change.max.flatten(),
        start: change.start,
        cache: change.cache,
        cycle: change.cycle.unwrap_or(false),
    };
    Ok((options, change.owned_by))
}

/// One option; false when none starts here.
pub(super) fn option(c: &mut Cursor<'_>, change: &mut SequenceChange) -> Parse<bool> {
    if c.eat("AS") {
        change.data_type = Some(types::any_type(c)?);
    } else if c.eat("INCREMENT") {
        c.eat("BY");
        change.increment = Some(c.number()?);
    } else if c.eat("MINVALUE") {
        change.min = Some(Some(c.number()?));
    } else if c.eat("NO MINVALUE") {
        change.min = Some(None);
    } else if c.eat("MAXVALUE") {
        change.max = Some(Some(c.number()?));
    } else if c.eat("NO MAXVALUE") {
        change.max = Some(None);
    } else if c.eat("START") {
        c.eat("WITH");
        change.start = Some(c.number()?);
    } else if c.eat("CACHE") {
        change.cache = Some(c.number()?);
    } else if c.eat("CYCLE") {
        change.cycle = Some(true);
    } else if c.eat("NO CYCLE") {
        change.cycle = Some(false);
    } else if c.eat("RESTART") {
        let value = c.eat("WITH") || c.kind(0) == Some(crate::sql::lex::TokenKind::Number) || c.is_mark(0, "-");
        change.restart = Some(if value { Some(c.number()?) } else { None });
    } else if c.eat("OWNED BY") {
        change.owned_by = Some(owner(c)?);
    } else {
        return Ok(false);
    }
    Ok(true)
}

fn owner(c: &mut Cursor<'_>) -> Parse<Option<(Name, String)>> {
    if c.eat("NONE") {
        return Ok(None);
    }
    let mut parts = c.dotted()?;
    let column = parts.pop();
    match (column, parts.as_slice()) {
        (Some(column), [table]) => Ok(Some((Name::bare(table), column))),
        (Some(column), [schema, table]) => Ok(Some((Name::in_schema(schema, table), column))),
        _ => Err(c.refuse("owner of a sequence that is no column")),
    }
}

/// What stands behind `ALTER SEQUENCE name`, but for what all objects have (`RENAME`, `OWNER TO`, `SET SCHEMA`).
pub(super) fn change(c: &mut Cursor<'_>) -> Parse<SequenceChange> {
    let mut change = SequenceChange::default();
    if c.eat("SET LOGGED") {
        change.logged = Some(true);
    } else if c.eat("SET UNLOGGED") {
        change.logged = Some(false);
    } else {
        let start = c.position();
        while option(c, &mut change)? {}
        if c.position() == start {
            return Err(c.stop("a sequence option"));
        }
    }
    Ok(change)
}
