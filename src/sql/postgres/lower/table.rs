//! `CREATE TABLE` in all its forms.

use super::column;
use super::constraint;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};

/// `CREATE [TEMP|UNLOGGED] TABLE`, from behind that word.
pub(super) fn create(c: &mut Cursor<'_>, persistence: Persistence) -> Parse<Op> {
    let if_not_exists = c.eat("IF NOT EXISTS");
    let mut table = Table::new(c.qualified()?);
    table.persistence = persistence;
    let mut complete = true;
    if c.eat("PARTITION OF") {
        let parent = c.qualified()?;
        if c.is_mark(0, "(") {
            elements(&c.parens()?, &mut table, Elements::OfType)?;
        }
        table.partition_of = Some(PartitionOf { parent, bound: bound(c)? });
    } else if c.eat("OF") {
        let name = TypeName::User(c.qualified_type()?);
        table.of_type = Some(DataType { name, args: Vec::new(), dimensions: 0 });
        if c.is_mark(0, "(") {
            elements(&c.parens()?, &mut table, Elements::OfType)?;
        }
    } else if c.is_mark(0, "(") && !is_query_list(c) {
        elements(&c.parens()?, &mut table, Elements::Full)?;
    } else if c.is_mark(0, "(") {
        let mut inner = c.parens()?;
        // Their types are the query's.
        let column = |name| Column::new(name, DataType::builtin("unknown"));
        table.columns = inner.list(Cursor::name)?.into_iter().map(column).collect();
        inner.end()?;
        complete = false;
    } else {
        complete = false;
    }
    storage(c, &mut table)?;
    if !complete {
        c.expect("AS")?;
        query(c, &mut table)?;
    }
    c.end()?;
    Ok(Op::CreateTable { table, if_not_exists })
}

/// Whether the parentheses hold nothing but names, which only `CREATE TABLE … AS` has.
fn is_query_list(c: &Cursor<'_>) -> bool {
    let mut ahead = *c;
    ahead.parens().is_ok_and(|inner| {
        let pieces = inner.commas();
        !pieces.is_empty() && pieces.iter().all(|piece| piece.tokens().len() == 1)
    })
}

/// What may stand between the parentheses.
#[derive(Clone, Copy, PartialEq)]
enum Elements {
    Full,
    /// Of a typed table or a partition: the columns are already there and are only added to.
    OfType,
}

fn elements(inner: &Cursor<'_>, table: &mut Table, which: Elements) -> Parse<()> {
    for mut piece in inner.commas() {
        if constraint::starts(&piece) {
            table.constraints.push(constraint::table_constraint(&mut piece)?);
        } else if which == Elements::OfType {
            let (column, constraints) = column::overrides(&mut piece, Some(&table.name))?;
            table.columns.push(column);
            table.constraints.extend(constraints);
        } else if piece.eat("LIKE") {
            let like = like(&mut piece, table.columns.len())?;
            table.like.push(like);
        } else {
            let (column, constraints) = column::definition(&mut piece, Some(&table.name))?;
            table.columns.push(column);
            table.constraints.extend(constraints);
        }
        piece.end()?;
    }
    Ok(())
}

fn like(c: &mut Cursor<'_>, position: usize) -> Parse<LikeClause> {
    let source = c.qualified()?;
    let mut options = Vec::new();
    while let Some(word) = c.eat_any(&["INCLUDING", "EXCLUDING"]) {
        const WHAT: &[&str] = &[
            "COMMENTS",
            "COMPRESSION",
            "CONSTRAINTS",
            "DEFAULTS",
            "GENERATED",
            "IDENTITY",
            "INDEXES",
            "STATISTICS",
            "STORAGE",
            "ALL",
        ];
        options.push((word.to_string(), c.expect_any(WHAT)?.to_string()));
    }
    Ok(LikeClause { source, options, position })
}

/// `FOR VALUES …` or `DEFAULT`, as written.
pub(super) fn bound(c: &mut Cursor<'_>) -> Parse<String> {
    let start = c.position();
    if !c.eat("DEFAULT") {
        c.expect("FOR VALUES")?;
        match c.expect_any(&["IN", "FROM", "WITH"])? {
            "FROM" => {
                c.parens()?;
                c.expect("TO")?;
                c.parens()?;
            }
            _ => {
                c.parens()?;
            }
        }
    }
    Ok(c.clean(start, c.position()))
}

/// What stands behind the columns, in the one order that the grammar has.
fn storage(c: &mut Cursor<'_>, table: &mut Table) -> Parse<()> {
    if c.eat("INHERITS") {
        let mut inner = c.parens()?;
        table.inherits = inner.list(Cursor::qualified)?;
        inner.end()?;
    }
    if c.eat("PARTITION BY") {
        let start = c.position();
        c.expect_any(&["RANGE", "LIST", "HASH"])?;
        c.parens()?;
        table.partition_by = Some(c.clean(start, c.position()));
    }
    if c.eat("USING") {
        table.method = Some(c.name()?);
    }
    if c.eat("WITH") {
        table.with = c.options()?;
    } else {
        c.eat("WITHOUT OIDS");
    }
    if c.eat("ON COMMIT") {
        table.on_commit = Some(c.expect_any(&["DROP", "DELETE ROWS", "PRESERVE ROWS"])?.to_string());
    }
    if c.eat("TABLESPACE") {
        table.tablespace = Some(c.name()?);
    }
    Ok(())
}

fn query(c: &mut Cursor<'_>, table: &mut Table) -> Parse<()> {
    let whole = c.rest();
    let (query, with_no_data) = query_and_data(c)?;
    let writes = super::function::writes(&whole)?;
    super::rows::check_catalog(&whole, &writes)?;
    if !with_no_data && writes.is_empty() {
        super::function::check_calls(&whole)?;
    }
    table.query_writes = writes;
    table.as_query = Some(query);
    table.with_no_data = with_no_data;
    Ok(())
}

/// A query as written, and whether `WITH NO DATA` stands behind it.
pub(super) fn query_and_data(c: &mut Cursor<'_>) -> Parse<(String, bool)> {
    if !starts_query(c) {
        return Err(c.stop("a query"));
    }
    let rest = c.rest();
    let count = rest.tokens().len();
    c.skip(count);
    let ends_with = |words: &str| {
        let from = count.saturating_sub(words.split(' ').count());
        let mut tail = rest;
        tail.seek(from);
        if from > 0 && tail.are(words) { Some(from) } else { None }
    };
    let (end, empty) = match (ends_with("WITH NO DATA"), ends_with("WITH DATA")) {
        (Some(end), _) => (end, true),
        (_, Some(end)) => (end, false),
        _ => (count, false),
    };
    Ok((rest.verbatim(0, end).to_string(), empty))
}

/// Whether a query starts here.
pub(super) fn starts_query(c: &Cursor<'_>) -> bool {
    ["SELECT", "WITH", "VALUES", "TABLE"].iter().any(|word| c.is(word)) || c.is_mark(0, "(")
}
