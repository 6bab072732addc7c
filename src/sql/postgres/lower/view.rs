//! Views and materialized views.

use super::table;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// The words before `VIEW`.
#[derive(Clone, Copy, Default)]
pub(super) struct ViewWords {
    pub or_replace: bool,
    pub materialized: bool,
    pub temporary: bool,
    pub recursive: bool,
}

/// `CREATE … VIEW`, from behind that word.
pub(super) fn create(c: &mut Cursor<'_>, words: ViewWords) -> Parse<Op> {
    let if_not_exists = words.materialized && c.eat("IF NOT EXISTS");
    let name = c.qualified()?;
    let columns = if c.is_mark(0, "(") { c.names_in_parens()? } else { Vec::new() };
    let method = if words.materialized && c.eat("USING") { Some(c.name()?) } else { None };
    let with = if c.eat("WITH") { c.options()? } else { Vec::new() };
    let tablespace = if words.materialized && c.eat("TABLESPACE") { Some(c.name()?) } else { None };
    c.expect("AS")?;
    let mut with_no_data = false;
    let mut check_option = None;
    let query = if words.materialized {
        let (query, empty) = table::query_and_data(c)?;
        with_no_data = empty;
        query
    } else {
        let (query, option) = query_and_check(c)?;
        check_option = option;
        query
    };
    c.end()?;
    let ViewWords { or_replace, materialized, temporary, recursive } = words;
    let view = View {
        name,
        materialized,
        temporary,
        recursive,
        columns,
        with,
        query,
        check_option,
        with_no_data,
        method,
        tablespace,
    };
    Ok(Op::CreateView { view, or_replace, if_not_exists })
}

/// A query as written, and the `CHECK OPTION` behind it.
fn query_and_check(c: &mut Cursor<'_>) -> Parse<(String, Option<String>)> {
    if !table::starts_query(c) {
        return Err(c.stop("a query"));
    }
    let rest = c.rest();
    let count = rest.tokens().len();
    c.skip(count);
    for (words, option) in [
        ("WITH LOCAL CHECK OPTION", "LOCAL"),
        ("WITH CASCADED CHECK OPTION", "CASCADED"),
        ("WITH CHECK OPTION", "CASCADED"),
    ] {
        let end = count.saturating_sub(words.split(' ').count());
        let mut tail = rest;
        tail.seek(end);
        if end > 0 && tail.are(words) {
            return Ok((rest.verbatim(0, end).to_string(), Some(option.to_string())));
        }
    }
    Ok((rest.verbatim(0, count).to_string(), None))
}

/// `REFRESH MATERIALIZED VIEW`, from behind these words.
pub(super) fn refresh(c: &mut Cursor<'_>) -> Parse<Op> {
    let concurrently = c.eat("CONCURRENTLY");
    let name = c.qualified()?;
    let with_no_data = c.eat("WITH NO DATA");
    if !with_no_data {
        c.eat("WITH DATA");
    }
    c.end()?;
    Ok(Op::RefreshView { name, concurrently, with_no_data })
}
