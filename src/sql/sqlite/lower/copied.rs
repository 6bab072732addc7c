//! Rows that go from one table to another as they are: `INSERT INTO a (…) SELECT … FROM b`.

use super::atom;
use crate::source::FileId;
use crate::sql::cursor::{Cursor, Parse, Source};
use crate::sql::rules::SQLITE;
use crate::sql::split::split_by;

/// All rows of one table put into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// The table that they go into.
    pub into: String,
    /// The table that they come from.
    pub from: String,
    /// The columns that are given values; empty: all, in their order.
    pub columns: Vec<String>,
    /// The values.
    pub values: Vec<CopiedValue>,
}

/// What a column is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopiedValue {
    /// What that column of the other table holds.
    Column(String),
    /// An expression over the other table.
    Expr(String),
}

/// What a statement copies; `None` for one that does something else, or leaves rows out.
pub fn copied(sql: &str) -> Option<Copied> {
    let pieces = split_by(&SQLITE, sql);
    let [statement] = pieces.statements.as_slice() else { return None };
    let source = Source { text: sql, file: FileId::default(), place: None, called: None };
    read(&mut Cursor::new(source, &statement.tokens, 0)).ok()
}

fn read(c: &mut Cursor<'_>) -> Parse<Copied> {
    c.expect("INSERT INTO")?;
    let into = atom::qualified(c)?.name;
    let columns = if c.is_mark(0, "(") { atom::names_in_parens(c)? } else { Vec::new() };
    c.expect("SELECT")?;
    if c.is("DISTINCT") {
        return Err(c.refuse("fewer rows"));
    }
    let items = c.until(|c| c.is("FROM"));
    c.expect("FROM")?;
    let from = atom::qualified(c)?.name;
    c.end()?;
    let values = items.commas().iter().map(value).collect::<Parse<Vec<_>>>()?;
    if !columns.is_empty() && values.len() != columns.len() {
        return Err(items.stop("as many values as columns"));
    }
    Ok(Copied { into, from, columns, values })
}

/// Functions that make one row of several.
const GATHERING: [&str; 12] = [
    "avg",
    "count",
    "group_concat",
    "json_group_array",
    "json_group_object",
    "jsonb_group_array",
    "jsonb_group_object",
    "max",
    "min",
    "string_agg",
    "sum",
    "total",
];

/// Whether an expression may make one row of several, in whatever part of it.
fn gathers(expression: &Cursor<'_>) -> bool {
    (0..expression.tokens().len()).any(|at| {
        let name = expression.text(at).trim_matches(['"', '`', '[', ']']);
        GATHERING.iter().any(|function| name.eq_ignore_ascii_case(function))
    })
}

/// One item of the list, without its alias.
fn value(item: &Cursor<'_>) -> Parse<CopiedValue> {
    let mut c = item.rest();
    if c.is_mark(0, "*") {
        return Err(c.refuse("columns that are not named"));
    }
    let said = c.until(|c| c.is("AS"));
    let mut alone = said;
    let name = match said.tokens().len() {
        1 => atom::name(&mut alone).ok().filter(|_| said.kind(0) != Some(crate::sql::lex::TokenKind::String)),
        _ => None,
    };
    match name {
        Some(name) => Ok(CopiedValue::Column(name)),
        None if gathers(&said) => Err(said.stop("what several rows come to")),
        None => said.value().map(CopiedValue::Expr),
    }
}
