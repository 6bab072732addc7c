//! Triggers.

use super::atom;
use crate::ir::{Deferrable, Name, Op, Trigger};
use crate::sql::cursor::{Cursor, Parse};

/// From behind `CREATE TRIGGER`.
pub(super) fn create(c: &mut Cursor<'_>) -> Parse<Op> {
    if c.eat("IF NOT EXISTS") {
        return Err(c.refuse("trigger that is made if there is none of its name"));
    }
    let name = atom::qualified(c)?.name;
    let timing = c.eat_any(&["BEFORE", "AFTER", "INSTEAD OF"]).unwrap_or("BEFORE").to_owned();
    let event = c.expect_any(&["INSERT", "DELETE", "UPDATE"])?;
    let columns = match event == "UPDATE" && c.eat("OF") {
        true => c.list(atom::name)?,
        false => Vec::new(),
    };
    c.expect("ON")?;
    let table = Name::bare(atom::name(c)?);
    c.eat("FOR EACH ROW");
    let when = match c.eat("WHEN") {
        true => Some(c.until(|c| c.is("BEGIN")).unwrapped().expression()?),
        false => None,
    };
    let start = c.position();
    c.expect("BEGIN")?;
    let count = c.tokens().len();
    let ends = c.slice(count.saturating_sub(2), count);
    if !(ends.is_mark(0, ";") && ends.is_at(1, "END")) {
        return Err(ends.stop("END"));
    }
    let body = c.verbatim(start, count).to_owned();
    let trigger = Trigger {
        name,
        table,
        constraint: false,
        timing,
        events: vec![(event.to_owned(), columns)],
        from: None,
        deferrable: Deferrable::No,
        referencing: None,
        each_row: true,
        when,
        function: None,
        arguments: Vec::new(),
        body: Some(body),
        definer: None,
        order: None,
    };
    Ok(Op::CreateTrigger { trigger, or_replace: false })
}
