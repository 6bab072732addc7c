//! Triggers.

use super::constraint::deferrable_word;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;

/// `CREATE [OR REPLACE] [CONSTRAINT] TRIGGER`, from behind that word.
pub(super) fn create(c: &mut Cursor<'_>, or_replace: bool, constraint: bool) -> Parse<Op> {
    let name = c.name()?;
    let timing = c.expect_any(&["BEFORE", "AFTER", "INSTEAD OF"])?.to_string();
    let mut events = vec![event(c)?];
    while c.eat("OR") {
        events.push(event(c)?);
    }
    c.expect("ON")?;
    let table = c.qualified()?;
    let from = if constraint && c.eat("FROM") { Some(c.qualified()?) } else { None };
    let mut deferrable = Deferrable::No;
    while constraint && deferrable_word(c, &mut deferrable) {}
    let referencing = if c.eat("REFERENCING") { Some(referencing(c)?) } else { None };
    let mut each_row = false;
    if c.eat("FOR") {
        c.eat("EACH");
        each_row = c.expect_any(&["ROW", "STATEMENT"])? == "ROW";
    }
    let when = if c.eat("WHEN") { Some(c.parens()?.expr()?) } else { None };
    c.expect("EXECUTE")?;
    c.expect_any(&["FUNCTION", "PROCEDURE"])?;
    let function = c.qualified_type()?;
    let arguments = c.parens()?.commas().iter().map(|piece| Ok(piece.expr()?.0)).collect::<Parse<_>>()?;
    c.end()?;
    let trigger = Trigger {
        name,
        table,
        constraint,
        timing,
        events,
        from,
        deferrable,
        referencing,
        each_row,
        when,
        function: Some(function),
        arguments,
        body: None,
        definer: None,
        order: None,
    };
    Ok(Op::CreateTrigger { trigger, or_replace })
}

fn event(c: &mut Cursor<'_>) -> Parse<(String, Vec<String>)> {
    let event = c.expect_any(&["INSERT", "UPDATE", "DELETE", "TRUNCATE"])?;
    let columns = if event == "UPDATE" && c.eat("OF") { c.list(Cursor::name)? } else { Vec::new() };
    Ok((event.to_string(), columns))
}

/// `OLD TABLE AS o NEW TABLE AS n`, as written.
fn referencing(c: &mut Cursor<'_>) -> Parse<String> {
    let start = c.position();
    while c.eat_any(&["OLD", "NEW"]).is_some() {
        c.expect_any(&["TABLE", "ROW"])?;
        c.eat("AS");
        c.name()?;
    }
    if c.position() == start || c.kind(0) == Some(TokenKind::Punct) {
        return Err(c.stop("OLD TABLE or NEW TABLE"));
    }
    Ok(c.clean(start, c.position()))
}
