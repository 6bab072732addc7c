//! SQL text → operations, for MySQL and MariaDB. A recursive descent over our own tokens: every statement's parser requires
//! its end, so that a statement is understood wholly or carried whole. Source of the grammar: `sql_yacc.yy` of MariaDB 10.11,
//! and the manual of MySQL 8.0 where that differs.

mod alter;
mod atom;
mod column;
mod constraint;
mod index;
mod object;
mod rows;
mod session;
mod table;
mod types;

pub(crate) use session::hides_names;

use super::Server;
use crate::diag::{Finding, Level, Outcome};
use crate::ir::{Op, Persistence, Script, Step};
use crate::source::FileId;
use crate::sql::cursor::{Cursor, Parse, Source, Stop};
use crate::sql::lex::TokenKind;
use crate::sql::shape;
use crate::sql::split::{Statement, split_by};
use std::cell::Cell;

/// Understands a script: every statement becomes one step or several, in order; one that is not understood becomes
/// an [`Op::Sql`] with the reason.
///
/// Findings: R001 for a quote or parenthesis that does not end, R002 for a statement that is not understood.
pub fn lower(server: &Server, text: &str, file: FileId) -> Outcome<Script> {
    let source = Source { text, file, place: None, called: None };
    let turned = Cell::new(None);
    source.script(split_by(server.rules, text), |source, statement, findings| {
        one(source, statement, findings, server, &turned)
    })
}

/// `turned` is why nothing that follows can be read, once that is so.
fn one(
    source: Source<'_>,
    statement: &Statement,
    findings: &mut Vec<Finding>,
    server: &Server,
    turned: &Cell<Option<&'static str>>,
) -> Vec<Step> {
    let cursor = Cursor::new(source, &statement.tokens, 0);
    let whole = cursor.whole();
    let carried = |why: String| vec![Step::new(Op::Sql { sql: atom::whole(&cursor), why }, whole)];
    for token in &statement.tokens {
        if let TokenKind::Unclosed(unclosed) = token.kind {
            let why = format!("{} that does not end", unclosed.what());
            let message = format!("{why}, from here to the end of the file");
            let opening = source.span(token.start, token.start + 1);
            findings.push(Finding::new("R001", Level::Error, opening, message).help("close it"));
            return carried(why);
        }
    }
    let understood = match turned.get() {
        Some(why) => Err(cursor.refuse(why)),
        None => shape::check_statement(&cursor).and_then(|()| ops(&mut cursor.clone(), server)),
    };
    turned.set(turned.get().or_else(|| session::turns(&cursor)));
    match understood {
        Ok(ops) => {
            let step = |(number, op)| Step { joined: number > 0, ..Step::new(op, whole) };
            ops.into_iter().enumerate().map(step).collect()
        }
        Err(stop) => {
            findings.push(finding(&stop));
            carried(stop.why)
        }
    }
}

fn finding(stop: &Stop) -> Finding {
    if stop.why == shape::UNCLOSED {
        let message = format!("{}, from here to the end of the statement", stop.why);
        return Finding::new("R001", Level::Error, stop.at, message).help("close it");
    }
    let message = format!("statement is not understood: {}", stop.why);
    Finding::new("R002", Level::Warning, stop.at, message)
        .why("it is carried as it is, and what it does to the schema is not known")
}

/// What a statement does.
fn ops(c: &mut Cursor<'_>, server: &Server) -> Parse<Vec<Op>> {
    let one = |op: Op| Ok(vec![op]);
    if c.kind(0) == Some(TokenKind::Meta) {
        return Err(c.refuse("DELIMITER is a word of the client, which the server does not know"));
    }
    if c.eat("CREATE") {
        return create(c, server).and_then(one);
    }
    if c.eat("ALTER") {
        if let Some(word) = c.eat_any(object::ROUTINES) {
            return object::alter_routine(c, word).and_then(one);
        }
        c.expect("TABLE")?;
        return alter::alter(c, server);
    }
    if c.eat("RENAME TABLE") || c.eat("RENAME TABLES") {
        return alter::rename(c);
    }
    if c.eat("DROP") {
        return object::drop(c, server);
    }
    if rows::VERBS.iter().any(|word| c.is(word)) {
        return rows::rows(c).and_then(one);
    }
    if c.eat("TRUNCATE") {
        return rows::truncate(c).and_then(one);
    }
    if c.eat("SET") {
        return session::set(c).and_then(one);
    }
    whole(c).and_then(one)
}

/// A statement that is kept as it is.
fn whole(c: &mut Cursor<'_>) -> Parse<Op> {
    let sql = atom::whole(c);
    if let Some(word) = c.eat_any(session::TRANSACTION) {
        if word == "BEGIN" && c.is("NOT") {
            return Err(c.refuse("block that stands by itself"));
        }
        let verb = word.split(' ').next().unwrap_or_default().to_owned();
        return Ok(Op::Transaction { verb, sql });
    }
    if session::MAINTENANCE.iter().any(|words| c.are(words)) {
        return Ok(Op::Maintenance { sql });
    }
    if c.is("SIGNAL") {
        // It stops the script, and does nothing else.
        return Ok(Op::Query { sql });
    }
    if ["SELECT", "SHOW", "EXPLAIN", "DESCRIBE", "DESC", "VALUES"].iter().any(|word| c.is(word)) {
        if (0..c.tokens().len()).any(|at| c.is_at(at, "OUTFILE") || c.is_at(at, "DUMPFILE") || c.is_mark(at, ":=")) {
            return Err(c.refuse("query that does more than ask"));
        }
        session::asks_only(c)?;
        return Ok(Op::Query { sql });
    }
    match c.eat_any(&["ROLLBACK", "USE", "PREPARE", "EXECUTE", "CALL"]) {
        Some("ROLLBACK") => Err(c.refuse("ROLLBACK takes back rows, but no tables")),
        Some("USE") => Err(c.refuse("USE chooses a database, which may be another than the history's")),
        Some(word) => Err(c.refuse(format!("{word} does what only a run can tell"))),
        None => Err(c.stop("a statement")),
    }
}

/// From behind `CREATE`.
fn create(c: &mut Cursor<'_>, server: &Server) -> Parse<Op> {
    if let Some(words) = c.eat_any(&["TEMPORARY TABLE", "TABLE"]) {
        let persistence = if words == "TABLE" { Persistence::Permanent } else { Persistence::Temporary };
        return table::create(c, server, persistence);
    }
    for kind in ["UNIQUE", "FULLTEXT", "SPATIAL", ""] {
        let words = format!("{kind} INDEX");
        if c.eat(words.trim_start()) {
            return index::create(c, server, kind);
        }
    }
    let preface = object::preface(c)?;
    let is_view = c.is("VIEW");
    if preface.or_replace && !is_view && !server.guards_anywhere {
        return Err(c.stop("VIEW"));
    }
    if !preface.options.is_empty() && !is_view {
        return Err(c.stop("VIEW"));
    }
    match c.expect_any(&["VIEW", "TRIGGER", "PROCEDURE", "FUNCTION", "EVENT"])? {
        "VIEW" => object::view(c, preface),
        "TRIGGER" => object::trigger(c, preface),
        word => object::routine(c, word, &preface),
    }
}
