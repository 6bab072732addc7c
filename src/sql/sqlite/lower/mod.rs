//! SQL text → operations, for SQLite. A recursive descent over our own tokens: every statement's parser requires its end,
//! so that a statement is understood wholly or carried whole. Source of the grammar: `parse.y` of SQLite 3.50.

mod alter;
mod atom;
mod column;
mod constraint;
mod copied;
mod index;
mod object;
mod rows;
mod session;
mod table;
mod trigger;

pub use copied::{Copied, CopiedValue, copied};

use crate::diag::{Finding, Level, Outcome};
use crate::ir::{Op, Persistence, Script, Step};
use crate::source::FileId;
use crate::sql::cursor::{Cursor, Parse, Source};
use crate::sql::lex::TokenKind;
use crate::sql::rules::SQLITE;
use crate::sql::shape;
use crate::sql::split::{Statement, split_by};

/// Understands a script: every statement becomes one step or several, in order; one that is not understood becomes
/// an [`Op::Sql`] with the reason.
///
/// Findings: R001 for a quote or parenthesis that does not end, R002 for a statement that is not understood.
pub fn lower(text: &str, file: FileId) -> Outcome<Script> {
    let source = Source { text, file, place: None, called: None };
    source.script(split_by(&SQLITE, text), one)
}

fn one(source: Source<'_>, statement: &Statement, findings: &mut Vec<Finding>) -> Vec<Step> {
    let cursor = Cursor::new(source, &statement.tokens, 0);
    let whole = cursor.whole();
    let carried = |why: String| vec![Step::new(Op::Sql { sql: cursor.sql(), why }, whole)];
    for token in &statement.tokens {
        if let TokenKind::Unclosed(unclosed) = token.kind {
            let why = format!("{} that does not end", unclosed.what());
            let message = format!("{why}, from here to the end of the file");
            let opening = source.span(token.start, token.start + 1);
            findings.push(Finding::new("R001", Level::Error, opening, message).help("close it"));
            return carried(why);
        }
    }
    let understood = shape::check_statement(&cursor).and_then(|()| ops(&mut cursor.clone()));
    match understood {
        Ok(ops) => {
            let step = |(number, op)| Step { joined: number > 0, ..Step::new(op, whole) };
            ops.into_iter().enumerate().map(step).collect()
        }
        Err(stop) => {
            let cut_off = stop.why == shape::UNCLOSED && source.text.get(whole.range().end..).is_none_or(str::is_empty);
            let finding = match cut_off {
                true => Finding::new("R001", Level::Error, stop.at, format!("{}, up to the end of the file", stop.why))
                    .help("close it, or bring back the rest of the file if it was cut off"),
                false => {
                    let message = format!("statement is not understood: {}", stop.why);
                    Finding::new("R002", Level::Warning, stop.at, message)
                        .why("it is carried as it is, and what it does to the schema is not known")
                }
            };
            findings.push(finding);
            carried(stop.why)
        }
    }
}

/// What a statement does.
fn ops(c: &mut Cursor<'_>) -> Parse<Vec<Op>> {
    let one = |op: Op| Ok(vec![op]);
    if c.eat("CREATE") {
        return create(c).and_then(one);
    }
    if c.eat("ALTER TABLE") {
        return alter::alter(c);
    }
    if c.eat("DROP") {
        return object::drop(c).and_then(one);
    }
    if ["INSERT", "REPLACE", "UPDATE", "DELETE", "WITH"].iter().any(|word| c.is(word)) {
        return rows::rows(c).and_then(one);
    }
    if ["SELECT", "VALUES", "EXPLAIN"].iter().any(|word| c.is(word)) {
        return one(Op::Query { sql: c.sql() });
    }
    if let Some(verb) = c.eat_any(session::TRANSACTION) {
        return one(Op::Transaction { verb: verb.to_owned(), sql: c.sql() });
    }
    if c.eat("PRAGMA") {
        return session::pragma(c).and_then(one);
    }
    if c.eat_any(&["VACUUM", "ANALYZE", "REINDEX"]).is_some() {
        if c.is("INTO") || c.is_at(1, "INTO") {
            return Err(c.refuse("VACUUM INTO writes another file"));
        }
        return one(Op::Maintenance { sql: c.sql() });
    }
    match c.eat_any(&["ATTACH", "DETACH"]) {
        Some(word) => Err(c.refuse(format!("{word} is about another database"))),
        None => Err(c.stop("a statement")),
    }
}

/// From behind `CREATE`.
fn create(c: &mut Cursor<'_>) -> Parse<Op> {
    let temporary = c.eat_any(&["TEMPORARY", "TEMP"]).is_some();
    match c.expect_any(&["TABLE", "UNIQUE INDEX", "INDEX", "VIEW", "TRIGGER", "VIRTUAL TABLE"])? {
        "TABLE" if temporary => table::create(c, Persistence::Temporary),
        "TABLE" => table::create(c, Persistence::Permanent),
        "VIEW" => object::view(c, temporary),
        "TRIGGER" if !temporary => trigger::create(c),
        "TRIGGER" => Err(c.refuse("temporary trigger")),
        _ if temporary => Err(c.stop("TABLE, VIEW or TRIGGER")),
        "UNIQUE INDEX" => index::create(c, true),
        "INDEX" => index::create(c, false),
        _ => Err(c.refuse("virtual table, whose module makes tables of its own")),
    }
}
