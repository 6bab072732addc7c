//! Statements that change rows: which tables and columns they write. Queries inside them are not looked into, but for
//! the data-modifying parts of a `WITH`.

use super::function;
use super::object::behaviour;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// A statement that starts with `INSERT`, `UPDATE`, `DELETE`, `MERGE`, `WITH` or `COPY`.
pub(super) fn rows(c: &mut Cursor<'_>) -> Parse<Op> {
    let whole = c.slice(0, c.tokens().len());
    let sql = whole.sql();
    if c.is("WITH") {
        let writes = with_writes(c)?;
        return if writes.is_empty() { function::query(&whole) } else { changing(&whole, writes) };
    }
    if c.eat("INSERT") {
        let insert = insert(c, sql)?;
        check_catalog(&whole, &[Write { kind: WriteKind::Insert, table: insert.table.clone(), columns: Vec::new() }])?;
        return Ok(Op::Insert { insert });
    }
    if c.eat("COPY") {
        return copy(c, sql);
    }
    let merge = c.is("MERGE");
    let writes = write(c)?;
    check_catalog(&whole, &writes)?;
    let kind = writes.first().map(|write| write.kind);
    let write = Writes { writes, sql };
    Ok(match kind {
        _ if merge => Op::Write { write },
        Some(WriteKind::Update) => Op::Update { write },
        Some(WriteKind::Delete) => Op::Delete { write },
        _ => Op::Write { write },
    })
}

/// A whole statement that starts with a `WITH` and writes.
pub(super) fn changing(c: &Cursor<'_>, writes: Vec<Write>) -> Parse<Op> {
    check_catalog(c, &writes)?;
    if let Some(mut table) = function::select_into(c)? {
        table.query_writes = writes;
        return Ok(Op::CreateTable { table, if_not_exists: false });
    }
    Ok(Op::Write { write: Writes { writes, sql: c.sql() } })
}

/// Writing the system's own tables changes the schema behind everybody's back.
pub(super) fn check_catalog(c: &Cursor<'_>, writes: &[Write]) -> Parse<()> {
    let found = writes.iter().find(|write| {
        let Name { schema, name } = &write.table;
        matches!(schema.as_deref(), Some("pg_catalog" | "information_schema"))
            || (schema.is_none() && name.starts_with("pg_"))
    });
    match found {
        Some(write) => Err(c.refuse(format!("writes the system catalogue {}", write.table))),
        None => Ok(()),
    }
}

/// The tables that a statement writes; the cursor stands on its first word and goes to its end.
pub(super) fn write(c: &mut Cursor<'_>) -> Parse<Vec<Write>> {
    if c.is("WITH") {
        return with_writes(c);
    }
    let one = |kind, table, columns| Ok(vec![Write { kind, table, columns }]);
    match c.expect_any(&["INSERT", "UPDATE", "DELETE", "MERGE"])? {
        "INSERT" => {
            let insert = insert(c, String::new())?;
            let mut writes = vec![Write { kind: WriteKind::Insert, table: insert.table.clone(), columns: Vec::new() }];
            if !insert.updates.is_empty() {
                writes.push(Write { kind: WriteKind::Update, table: insert.table, columns: insert.updates });
            }
            Ok(writes)
        }
        "UPDATE" => {
            let table = target(c)?;
            c.expect("SET")?;
            let columns = set_columns(c)?;
            tail(c);
            one(WriteKind::Update, table, columns)
        }
        "DELETE" => {
            c.expect("FROM")?;
            let table = target(c)?;
            if !c.at_end() {
                let word = c.expect_any(&["USING", "WHERE", "RETURNING"])?;
                if c.at_end() {
                    return Err(c.stop(&format!("something behind {word}")));
                }
            }
            tail(c);
            one(WriteKind::Delete, table, Vec::new())
        }
        _ => merge(c),
    }
}

fn tail(c: &mut Cursor<'_>) {
    c.skip(c.rest().tokens().len());
}

/// `[ONLY] name [*] [[AS] alias]`.
fn target(c: &mut Cursor<'_>) -> Parse<Name> {
    c.eat("ONLY");
    let table = c.qualified()?;
    c.eat_mark("*");
    let named = c.eat("AS") || !["SET", "USING", "WHERE", "RETURNING"].iter().any(|word| c.is(word));
    if named && !c.at_end() {
        c.name()?;
    }
    Ok(table)
}

/// The columns on the left sides behind `SET`.
fn set_columns(c: &mut Cursor<'_>) -> Parse<Vec<String>> {
    let clause = c.until(|c| ["FROM", "WHERE", "RETURNING", "WHEN"].iter().any(|word| c.is(word)) && !is_distinct(c));
    let mut columns: Vec<String> = Vec::new();
    let mut add = |name: String| {
        if !columns.contains(&name) {
            columns.push(name);
        }
    };
    for mut piece in clause.commas() {
        if piece.is_mark(0, "(") {
            piece.names_in_parens()?.into_iter().for_each(&mut add);
        } else {
            add(piece.name()?);
            // `column.field` and `column[1]` set a part of it.
            let more = piece.until(|c| c.is_mark(0, "="));
            if !more.is_mark(0, "=") && !more.is_mark(0, "[") && !more.is_mark(0, ".") {
                return Err(more.stop("="));
            }
        }
    }
    if columns.is_empty() { Err(clause.stop("a column")) } else { Ok(columns) }
}

/// Whether this `FROM` is the one of `IS [NOT] DISTINCT FROM`.
fn is_distinct(c: &Cursor<'_>) -> bool {
    c.is("FROM") && c.position().checked_sub(1).is_some_and(|n| c.slice(n, n + 1).is("DISTINCT"))
}

/// From behind `INSERT`.
fn insert(c: &mut Cursor<'_>, sql: String) -> Parse<Insert> {
    c.expect("INTO")?;
    let table = c.qualified()?;
    if c.eat("AS") {
        c.name()?;
    }
    // `INSERT INTO t (SELECT …)` has no column list.
    let mut ahead = *c;
    let query = ahead.parens().is_ok_and(|inner| super::table::starts_query(&inner));
    let columns = if c.is_mark(0, "(") && !query { insert_columns(c)? } else { Vec::new() };
    if c.eat("OVERRIDING") {
        c.expect_any(&["USER VALUE", "SYSTEM VALUE"])?;
    }
    let source = if c.eat("DEFAULT VALUES") {
        InsertSource::Defaults
    } else if c.eat("VALUES") {
        InsertSource::Rows(values(c)?)
    } else if super::table::starts_query(c) {
        let query = c.until(|c| c.are("ON CONFLICT") || c.is("RETURNING"));
        let writes = if query.is("WITH") { with_writes(&mut query.slice(0, query.tokens().len()))? } else { vec![] };
        if !writes.is_empty() {
            return Err(query.refuse("INSERT of a query that writes too"));
        }
        InsertSource::Query
    } else {
        return Err(c.stop("VALUES or a query"));
    };
    let on_conflict = c.eat("ON CONFLICT");
    if !on_conflict && !c.at_end() && !c.is("RETURNING") {
        // What stands behind VALUES is more of a query (`UNION`, `ORDER BY`).
        if !["UNION", "INTERSECT", "EXCEPT", "ORDER", "LIMIT", "OFFSET", "FETCH"].iter().any(|word| c.is(word)) {
            return Err(c.stop("ON CONFLICT, RETURNING or the end of the statement"));
        }
        tail(c);
        return Ok(Insert {
            table,
            columns,
            source: InsertSource::Query,
            on_conflict: false,
            updates: Vec::new(),
            sql,
        });
    }
    let mut updates = Vec::new();
    if on_conflict {
        c.until(|c| c.are("DO UPDATE SET") || c.are("DO NOTHING"));
        if c.eat("DO UPDATE SET") {
            updates = set_columns(c)?;
        }
    }
    tail(c);
    Ok(Insert { table, columns, source, on_conflict, updates, sql })
}

/// Column names; `column.field` and `column[1]` insert into a part of it.
fn insert_columns(c: &mut Cursor<'_>) -> Parse<Vec<String>> {
    let inner = c.parens()?;
    let mut columns = Vec::new();
    for mut piece in inner.commas() {
        columns.push(piece.name()?);
        if !piece.at_end() && !piece.is_mark(0, ".") && !piece.is_mark(0, "[") {
            return Err(piece.stop(","));
        }
    }
    if columns.is_empty() { Err(inner.stop("a column")) } else { Ok(columns) }
}

fn values(c: &mut Cursor<'_>) -> Parse<Vec<Vec<Expr>>> {
    c.list(|c| c.parens()?.commas().iter().map(row_value).collect())
}

/// An expression, or `DEFAULT`.
fn row_value(c: &Cursor<'_>) -> Parse<Expr> {
    if c.tokens().len() == 1 && c.is("DEFAULT") { c.value().map(Expr) } else { c.expr() }
}

/// `INTO [ONLY] name [[AS] alias] USING … WHEN … THEN …`.
fn merge(c: &mut Cursor<'_>) -> Parse<Vec<Write>> {
    c.expect("INTO")?;
    let table = target(c)?;
    c.expect("USING")?;
    let mut writes: Vec<Write> = Vec::new();
    c.until(|c| c.is("WHEN"));
    while c.eat("WHEN") {
        c.until(|c| c.is("THEN"));
        c.expect("THEN")?;
        let (kind, columns) = match c.expect_any(&["INSERT", "UPDATE SET", "DELETE", "DO NOTHING"])? {
            "INSERT" => (WriteKind::Insert, Vec::new()),
            "UPDATE SET" => (WriteKind::Update, set_columns(c)?),
            "DELETE" => (WriteKind::Delete, Vec::new()),
            _ => continue,
        };
        if !c.at_end() && !c.is("WHEN") {
            c.until(|c| c.is("WHEN") || c.is("RETURNING"));
        }
        match writes.iter_mut().find(|write| write.kind == kind) {
            Some(write) => write.columns.extend(columns),
            None => writes.push(Write { kind, table: table.clone(), columns }),
        }
    }
    if writes.is_empty() {
        return Err(c.stop("WHEN"));
    }
    tail(c);
    Ok(writes)
}

/// `WITH a AS (…), … <statement>`: what the parts and the statement write.
pub(super) fn with_writes(c: &mut Cursor<'_>) -> Parse<Vec<Write>> {
    let mut writes = with_parts(c)?;
    if ["INSERT", "UPDATE", "DELETE", "MERGE"].iter().any(|word| c.is(word)) {
        writes.extend(write(c)?);
    } else if super::table::starts_query(c) {
        tail(c);
    } else {
        return Err(c.stop("a statement"));
    }
    Ok(writes)
}

/// `WITH a AS (…), …`: what the parts write.
pub(super) fn with_parts(c: &mut Cursor<'_>) -> Parse<Vec<Write>> {
    c.expect("WITH")?;
    c.eat("RECURSIVE");
    let mut writes = Vec::new();
    loop {
        c.name()?;
        if c.is_mark(0, "(") {
            c.names_in_parens()?;
        }
        c.expect("AS")?;
        c.eat_any(&["NOT MATERIALIZED", "MATERIALIZED"]);
        let mut inner = c.parens()?;
        if ["INSERT", "UPDATE", "DELETE", "MERGE", "WITH"].iter().any(|word| inner.is(word)) {
            if c.depth > super::MAX_DEPTH {
                return Err(super::too_deep(c));
            }
            inner.depth += 1;
            writes.extend(write(&mut inner)?);
        } else if !super::table::starts_query(&inner) {
            return Err(inner.stop("a query"));
        }
        // `SEARCH … SET` and `CYCLE … SET` of a recursive query.
        if c.is("SEARCH") || c.is("CYCLE") {
            c.until(|c| {
                c.is_mark(0, ",")
                    || ["SELECT", "INSERT", "UPDATE", "DELETE", "VALUES", "MERGE", "TABLE"].iter().any(|w| c.is(w))
            });
        }
        if !c.eat_mark(",") {
            break;
        }
    }
    Ok(writes)
}

/// From behind `COPY`.
fn copy(c: &mut Cursor<'_>, sql: String) -> Parse<Op> {
    if c.is_mark(0, "(") {
        return Err(c.refuse("COPY of a query writes a file"));
    }
    c.eat("BINARY");
    let table = c.qualified()?;
    if c.is_mark(0, "(") {
        c.names_in_parens()?;
    }
    c.expect("FROM")?;
    if c.is("STDIN") {
        return Err(c.refuse("COPY FROM stdin needs a client that sends the rows"));
    }
    if c.eat("PROGRAM") {
        return Err(c.refuse("COPY FROM PROGRAM runs a command on the server"));
    }
    c.string()?;
    tail(c);
    let writes = vec![Write { kind: WriteKind::Insert, table, columns: Vec::new() }];
    Ok(Op::Write { write: Writes { writes, sql } })
}

/// From behind `TRUNCATE`.
pub(super) fn truncate(c: &mut Cursor<'_>) -> Parse<Op> {
    c.eat("TABLE");
    let tables = c.list(|c| {
        c.eat("ONLY");
        let table = c.qualified()?;
        c.eat_mark("*");
        Ok(table)
    })?;
    c.eat_any(&["RESTART IDENTITY", "CONTINUE IDENTITY"]);
    behaviour(c);
    c.end()?;
    Ok(Op::Truncate { tables, sql: c.sql() })
}
