//! Queries, and which functions they may call without leaving anything behind.

use super::function_names::is_harmless;
use super::keyword;
use super::types;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::{TokenKind, fold};

/// A statement that starts with `SELECT`, `VALUES`, `TABLE`, `(` or a `WITH` that writes nothing.
pub(super) fn query(c: &Cursor<'_>) -> Parse<Op> {
    let mut cursor = c.slice(0, c.tokens().len());
    if let Some(op) = setting(&mut cursor) {
        return Ok(op);
    }
    let mut cursor = c.slice(0, c.tokens().len());
    if cursor.is_mark(0, "(") && !super::table::starts_query(&cursor.parens()?) {
        return Err(c.stop("a statement"));
    }
    if cursor.eat("TABLE") {
        cursor.qualified()?;
        const MORE: &[&str] = &["UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "FETCH", "FOR"];
        if !MORE.iter().any(|word| cursor.is(word)) {
            cursor.end()?;
        }
    }
    let writes = writes(c)?;
    if !writes.is_empty() {
        return super::rows::changing(c, writes);
    }
    check_calls(c)?;
    if let Some(table) = select_into(c)? {
        return Ok(Op::CreateTable { table, if_not_exists: false });
    }
    Ok(Op::Query { sql: c.sql() })
}

/// What the parts of a query's `WITH` write. PostgreSQL (15) takes parts that write of a whole query only, which may stand
/// in parentheses.
pub(super) fn writes(c: &Cursor<'_>) -> Parse<Vec<Write>> {
    let first = first_part(c);
    if first.is("WITH") { super::rows::with_writes(&mut first.rest()) } else { Ok(Vec::new()) }
}

/// What stands in the parentheses that a query starts with, if it does.
pub(super) fn first_part<'a>(c: &Cursor<'a>) -> Cursor<'a> {
    let mut first = c.rest();
    while first.is_mark(0, "(")
        && let Ok(inner) = first.parens()
    {
        first = inner;
    }
    first
}

/// A stop at the first call of a function that may do anything, unless such calls are noted. This is where a query is
/// judged.
pub(super) fn check_calls(c: &Cursor<'_>) -> Parse<()> {
    let calls = unknown_calls(c);
    match (calls.first(), c.source.called) {
        (None, _) => Ok(()),
        (Some(_), Some(called)) => {
            called.borrow_mut().extend(calls.into_iter().map(|(name, _)| name));
            Ok(())
        }
        (Some((name, at)), None) => {
            let at = c.slice(*at, at + 1).whole();
            let stop = crate::sql::cursor::Stop::new(at, format!("calls function {name} whose effects are not known"));
            Err(crate::sql::cursor::Stop { call: true, ..stop })
        }
    }
}

/// Whether a text calls a function that is not known to be harmless.
pub(super) fn calls_unknown(text: &str) -> bool {
    let source = crate::sql::cursor::Source { text, file: crate::source::FileId(0), place: None, called: None };
    let statements = crate::sql::split::split(text).statements;
    statements.iter().any(|statement| !unknown_calls(&Cursor::new(source, &statement.tokens, 0)).is_empty())
}

/// The calls of functions that are not known to be harmless, each with the number of its token.
fn unknown_calls(c: &Cursor<'_>) -> Vec<(Name, usize)> {
    let mut calls = Vec::new();
    let closing = c.closing_table();
    for n in 0..c.tokens().len() {
        let mut at = c.slice(0, c.tokens().len());
        at.seek(n);
        if !matches!(at.kind(0), Some(TokenKind::Word | TokenKind::Quoted)) || !at.is_mark(1, "(") {
            continue;
        }
        let quoted = at.kind(0) == Some(TokenKind::Quoted);
        let name = if quoted { at.label().unwrap_or_default() } else { fold(at.text(0)) };
        let before = |back: usize| n.checked_sub(back).map(|n| c.slice(n, n + 1));
        let schema = match (before(1), before(2)) {
            (Some(dot), Some(mut schema)) if dot.is_mark(0, ".") => schema.label().ok(),
            _ => None,
        };
        if schema.is_none() && (!quoted && takes_parens(&name) || is_no_call(c, closing[n + 1], before(1))) {
            continue;
        }
        let built_in = matches!(schema.as_deref(), None | Some("pg_catalog")) && is_harmless(&name);
        if built_in && (name != "set_config" || sets_own_parameter(&at)) {
            continue;
        }
        calls.push((Name { schema, name }, n));
    }
    calls
}

/// Whether a call of `set_config` sets a parameter that somebody made up, which has a dot in its name. The server's own may
/// change what names mean; that is read where the call is the whole statement.
fn sets_own_parameter(call: &Cursor<'_>) -> bool {
    let mut at = *call;
    at.skip(1);
    let first = at.parens().ok().and_then(|inner| inner.commas().first().copied());
    first.is_some_and(|mut first| first.string().is_ok_and(|name| name.contains('.')) && first.at_end())
}

/// Whether a name with the parentheses that end at `close` is a type, an alias with columns, or the name of a `WITH`
/// part.
fn is_no_call(c: &Cursor<'_>, close: Option<usize>, before: Option<Cursor<'_>>) -> bool {
    let Some(before) = before else { return false };
    if before.is_mark(0, "::") || before.is("AS") || before.is("INTO") {
        return true;
    }
    let follows_item = match before.kind(0) {
        Some(TokenKind::Quoted) => true,
        Some(TokenKind::Punct) => before.is_mark(0, ")"),
        Some(TokenKind::Word) => {
            let word = fold(before.text(0));
            !keyword::is_reserved(&word)
                && !keyword::is_type_or_function(&word)
                && !["between", "escape", "by", "recursive", "set", "over", "exists", "values"].contains(&word.as_str())
        }
        _ => false,
    };
    if follows_item {
        return true;
    }
    let Some(close) = close else { return false };
    let mut ahead = *c;
    ahead.seek(close + 1);
    (before.is("WITH") || before.is("RECURSIVE") || before.is_mark(0, ","))
        && ahead.is("AS")
        && (ahead.is_mark(1, "(") || ahead.is_at(1, "MATERIALIZED") || ahead.is_at(1, "NOT"))
}

/// Words of the grammar that stand before a parenthesis without being called.
fn takes_parens(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "by",
        "over",
        "filter",
        "exists",
        "values",
        "row",
        "materialized",
        "within",
        "set",
        "conflict",
        "between",
        "cube",
        "rollup",
        "sets",
        "cast",
        "left",
        "right",
    ];
    let call = ["left", "right"].contains(&word);
    (keyword::is_reserved(word) && !call)
        || ["in", "like", "ilike", "similar", "join", "is"].contains(&word)
        || WORDS.contains(&word)
        || types::names_builtin(word)
}

/// `SELECT set_config('name', 'value', local)`, which is a `SET`.
fn setting(c: &mut Cursor<'_>) -> Option<Op> {
    let sql = c.sql();
    c.expect("SELECT").ok()?;
    if c.eat("pg_catalog") {
        c.expect_mark(".").ok()?;
    }
    c.expect("set_config").ok()?;
    let mut inner = c.parens().ok()?;
    c.end().ok()?;
    let name = fold(&inner.string().ok()?);
    inner.expect_mark(",").ok()?;
    let value = inner.string().ok()?;
    inner.expect_mark(",").ok()?;
    let local = inner.expect_any(&["true", "false"]).ok()? == "true";
    inner.end().ok()?;
    Some(Op::SetParameter { name, value: Some(value), local, sql })
}

/// `SELECT … INTO table FROM …`, which is a `CREATE TABLE … AS`.
pub(super) fn select_into(c: &Cursor<'_>) -> Parse<Option<Table>> {
    let Some(clause) = into(c)? else { return Ok(None) };
    let mut at = c.slice(0, c.tokens().len());
    at.seek(clause);
    at.expect("INTO")?;
    const TEMPORARY: &[&str] =
        &["TEMPORARY", "TEMP", "LOCAL TEMPORARY", "LOCAL TEMP", "GLOBAL TEMPORARY", "GLOBAL TEMP", "UNLOGGED"];
    let persistence = match at.eat_any(TEMPORARY) {
        Some("UNLOGGED") => Persistence::Unlogged,
        Some(_) => Persistence::Temporary,
        None => Persistence::Permanent,
    };
    at.eat("TABLE");
    let mut table = Table::new(at.qualified()?);
    table.persistence = persistence;
    const BEHIND: &[&str] = &[
        "FROM",
        "WHERE",
        "GROUP",
        "HAVING",
        "WINDOW",
        "UNION",
        "INTERSECT",
        "EXCEPT",
        "ORDER",
        "LIMIT",
        "OFFSET",
        "FETCH",
        "FOR",
    ];
    if !at.at_end() && !at.is_mark(0, ")") && !BEHIND.iter().any(|word| at.is(word)) {
        return Err(at.stop("FROM"));
    }
    let (before, behind) = (c.verbatim(0, clause), c.verbatim(at.position(), c.tokens().len()));
    let blank = if at.at_end() || at.is_mark(0, ")") { "" } else { " " };
    table.as_query = Some(format!("{before}{blank}{behind}"));
    Ok(Some(table))
}

/// The number of the `INTO` by which a query makes a table. The server takes it in the first `SELECT` of the whole only,
/// which may stand behind a `WITH` and in parentheses.
pub(super) fn into(c: &Cursor<'_>) -> Parse<Option<usize>> {
    let is_into = |n: &usize| {
        let before = n.checked_sub(1).map(|n| c.slice(n, n + 1));
        let other = ["INSERT", "MERGE", "AS"];
        c.slice(*n, n + 1).is("INTO")
            && !before.is_some_and(|before| before.is_mark(0, ".") || other.iter().any(|word| before.is(word)))
    };
    let Some(found) = (0..c.tokens().len()).find(is_into) else { return Ok(None) };
    let mut at = c.slice(0, c.tokens().len());
    loop {
        if at.is("WITH") {
            super::rows::with_parts(&mut at)?;
        } else if at.is_mark(0, "(") {
            at.skip(1);
        } else {
            break;
        }
    }
    if at.is("SELECT") {
        at.until(|c| c.position() == found || ["UNION", "INTERSECT", "EXCEPT"].iter().any(|word| c.is(word)));
        if at.position() == found {
            return Ok(Some(found));
        }
    }
    at.seek(found);
    Err(at.refuse("INTO in a query that makes no table"))
}
