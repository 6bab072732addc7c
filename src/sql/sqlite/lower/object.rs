//! Views, and what is dropped.

use super::atom;
use crate::ir::{Behaviour, ObjectKind, ObjectRef, Op, View};
use crate::sql::cursor::{Cursor, Parse};

/// From behind `CREATE [TEMP] VIEW`.
pub(super) fn view(c: &mut Cursor<'_>, temporary: bool) -> Parse<Op> {
    let if_not_exists = c.eat("IF NOT EXISTS");
    let name = atom::qualified(c)?;
    let columns = if c.is_mark(0, "(") { atom::names_in_parens(c)? } else { Vec::new() };
    c.expect("AS")?;
    if !["SELECT", "VALUES", "WITH"].iter().any(|word| c.is(word)) {
        return Err(c.stop("a query"));
    }
    let query = c.rest().value()?;
    let view = View {
        name,
        materialized: false,
        temporary,
        recursive: false,
        columns,
        with: Vec::new(),
        query,
        check_option: None,
        with_no_data: false,
        method: None,
        tablespace: None,
    };
    Ok(Op::CreateView { view, or_replace: false, if_not_exists })
}

/// From behind `DROP`.
pub(super) fn drop(c: &mut Cursor<'_>) -> Parse<Op> {
    let kind = match c.expect_any(&["TABLE", "INDEX", "VIEW", "TRIGGER"])? {
        "TABLE" => ObjectKind::Table,
        "INDEX" => ObjectKind::Index,
        "VIEW" => ObjectKind::View,
        _ => ObjectKind::Trigger,
    };
    let if_exists = c.eat("IF EXISTS");
    let object = ObjectRef::new(kind, atom::qualified(c)?);
    c.end()?;
    Ok(Op::Drop { object, if_exists, behaviour: Behaviour::Restrict, concurrently: false })
}
