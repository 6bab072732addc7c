//! `CREATE TABLE`, and the options of tables.

use super::constraint::Element;
use super::{atom, column, constraint, types};
use crate::ir::{Constraint, ConstraintKind, LikeClause, Op, Persistence, Table};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;
use crate::sql::mysql::Server;

/// The options of tables that are kept with the table and mean nothing else. Source: `create_table_option` in `sql_yacc.yy`
/// of either server.
const OPTIONS: &[&str] = &[
    "ENGINE",
    "AUTO_INCREMENT",
    "AVG_ROW_LENGTH",
    "CHECKSUM",
    "COMMENT",
    "COMPRESSION",
    "DELAY_KEY_WRITE",
    "ENCRYPTION",
    "KEY_BLOCK_SIZE",
    "MAX_ROWS",
    "MIN_ROWS",
    "PACK_KEYS",
    "PAGE_CHECKSUM",
    "PAGE_COMPRESSED",
    "ROW_FORMAT",
    "STATS_AUTO_RECALC",
    "STATS_PERSISTENT",
    "STATS_SAMPLE_PAGES",
    "TRANSACTIONAL",
];

/// From behind `CREATE [TEMPORARY] TABLE`.
pub(super) fn create(c: &mut Cursor<'_>, server: &Server, persistence: Persistence) -> Parse<Op> {
    let if_not_exists = atom::unless_there(c);
    let mut table = Table::new(atom::qualified(c)?);
    table.persistence = persistence;
    if let Some(mut like) = like(c) {
        let source = atom::qualified(&mut like)?;
        like.end()?;
        table.like.push(LikeClause { source, options: Vec::new(), position: 0 });
        return Ok(Op::CreateTable { table, if_not_exists });
    }
    let is_query =
        |c: &Cursor<'_>| ["SELECT", "WITH", "TABLE", "VALUES", "AS", "IGNORE", "REPLACE"].iter().any(|word| c.is(word));
    if c.is_mark(0, "(") && !["SELECT", "WITH", "VALUES"].iter().any(|word| c.is_at(1, word)) {
        elements(&c.parens()?, server, &mut table)?;
    }
    table.options = options(c)?;
    if c.eat("PARTITION BY") {
        let rest = c.rest();
        c.skip(rest.tokens().len());
        table.partition_by = Some(rest.value()?);
    }
    if !c.at_end() && (is_query(c) || c.is_mark(0, "(")) {
        if !table.columns.is_empty() || !table.options.is_empty() || table.partition_by.is_some() {
            return Err(c.refuse("table whose columns are in part those of a query"));
        }
        c.eat("AS");
        let rest = c.rest();
        if !["SELECT", "WITH", "VALUES"].iter().any(|word| rest.unwrapped().is(word)) {
            return Err(c.stop("a query"));
        }
        table.as_query = Some(rest.value()?);
        return Ok(Op::CreateTable { table, if_not_exists });
    }
    c.end()?;
    if table.columns.is_empty() {
        return Err(c.stop("a column"));
    }
    Ok(Op::CreateTable { table, if_not_exists })
}

/// What stands behind `LIKE`, in parentheses or not.
fn like<'a>(c: &Cursor<'a>) -> Option<Cursor<'a>> {
    let mut rest = c.rest().unwrapped();
    rest.eat("LIKE").then_some(rest)
}

fn elements(inner: &Cursor<'_>, server: &Server, table: &mut Table) -> Parse<()> {
    for mut piece in inner.commas() {
        if constraint::starts(&piece) {
            match constraint::of_table(&mut piece, server, &table.name)? {
                Element::Constraint(constraint) => put(table, constraint),
                Element::Index(index, false) => table.indexes.push(index),
                Element::Index(_, true) => return Err(piece.refuse("index that is made only if there is none")),
            }
        } else {
            let defined = column::definition(&mut piece, server, &table.name)?;
            table.columns.push(defined.column);
            table.indexes.extend(defined.indexes);
            defined.constraints.into_iter().for_each(|constraint| put(table, constraint));
        }
        piece.end()?;
    }
    if table.columns.is_empty() { Err(inner.stop("a column")) } else { Ok(()) }
}

/// Adds a constraint, which knows behind which indexes it stands.
fn put(table: &mut Table, mut constraint: Constraint) {
    if let ConstraintKind::ForeignKey(key) = &mut constraint.kind {
        key.position = table.indexes.len();
    }
    table.constraints.push(constraint);
}

/// `ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 …`, with commas between or not.
pub(super) fn options(c: &mut Cursor<'_>) -> Parse<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    loop {
        let start = c.position();
        let comma = !found.is_empty() && c.eat_mark(",");
        c.eat("DEFAULT");
        let charset = c.eat_any(&["CHARACTER SET", "CHARSET", "COLLATE"]);
        let (name, value) = match charset {
            Some(word) => {
                c.eat_mark("=");
                (if word == "COLLATE" { word } else { "CHARACTER SET" }, types::charset(c)?)
            }
            None if c.position() > start + usize::from(comma) => return Err(c.stop("CHARACTER SET or COLLATE")),
            None => match c.eat_any(OPTIONS) {
                Some(word) => {
                    c.eat_mark("=");
                    (word, value(c)?)
                }
                None => {
                    c.seek(start);
                    return Ok(found);
                }
            },
        };
        // Of two the last counts.
        found.retain(|(other, _)| other != name);
        found.push((name.to_owned(), value));
    }
}

fn value(c: &mut Cursor<'_>) -> Parse<String> {
    match c.kind(0) {
        Some(TokenKind::Word | TokenKind::Number | TokenKind::String | TokenKind::Quoted) => {
            let text = c.text(0).to_owned();
            c.skip(1);
            Ok(text)
        }
        _ => Err(c.stop("a value")),
    }
}
