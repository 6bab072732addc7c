//! SQL text → operations, for PostgreSQL. A recursive descent over our own tokens: every statement's parser requires
//! its end, so that a statement is understood wholly or carried whole. What the operations do to a schema is not
//! known here.

mod alter;
mod alter_table;
mod alter_type;
mod atom;
mod builtin;
mod catalog;
mod column;
mod comment;
mod condition;
mod constant;
mod constraint;
mod create;
mod create_type;
mod define;
mod definition;
mod do_block;
mod drop;
mod expression;
mod fact;
mod function;
mod function_names;
mod grant;
mod index;
mod keyword;
mod misc;
mod name_text;
mod object;
mod plpgsql;
mod policy;
mod publication;
mod routine;
mod row_block;
mod rows;
mod sequence;
mod session;
mod signature;
mod table;
#[cfg(test)]
mod tests;
mod trigger;
mod trigger_body;
mod types;
mod view;

use crate::diag::{Finding, Level, Outcome};
use crate::ir::{Op, Script, Step};
use crate::source::{FileId, Span};
use crate::sql::cursor::{Cursor, Parse, Source, Stop};
use crate::sql::lex::{Lexer, TokenKind};
use crate::sql::shape;
use crate::sql::split::{Statement, split};
use std::cell::RefCell;

/// How deep statements may be nested in statements; deeper ones are carried whole.
const MAX_DEPTH: usize = 40;

/// Understands a script: every statement becomes one step or several, in order; one that is not understood becomes
/// an [`Op::Sql`] with the reason.
///
/// Findings: R001 for a quote, comment or parenthesis that does not end, R002 for a statement that is not understood, R003 for
/// what only `psql` takes, R004 for statements that are nested too deep.
pub fn lower(text: &str, file: FileId) -> Outcome<Script> {
    let source = Source { text, file, place: None, called: None };
    source.script(split(text), one)
}

pub(crate) use builtin::builtin_type;
pub use definition::{RuleParts, StatisticsParts, altered_table, rule_parts, statistics_parts};
pub(crate) use keyword::is_keyword;
pub use signature::{column_reference, returned_type_names, type_names};
pub use trigger_body::{TriggerBody, trigger_body};

/// The arguments of a routine, from the text between its parentheses; `None` when that cannot be read.
pub fn arguments(text: &str) -> Option<Vec<crate::ir::Argument>> {
    routine::arguments(text)
}

/// Whether a text of SQL calls a function that may change anything, as far as its words tell.
pub fn calls_unknown(text: &str) -> bool {
    function::calls_unknown(text)
}

/// Whether the server brings a function of that name that leaves nothing behind.
pub fn is_builtin_function(name: &str) -> bool {
    function_names::is_harmless(name)
}

fn one(source: Source<'_>, statement: &Statement, findings: &mut Vec<Finding>) -> Vec<Step> {
    let cursor = Cursor::new(source, &statement.tokens, 0);
    let whole = Span { end: statement.data.map_or(cursor.whole().end, |(_, end)| end as u32), ..cursor.whole() };
    let carried = |why: String| {
        let sql = source.text.get(whole.range()).unwrap_or_default().to_string();
        vec![Step::new(Op::Sql { sql, why }, whole)]
    };
    for token in &statement.tokens {
        let at = source.span(token.start, token.end);
        match token.kind {
            TokenKind::Unclosed(unclosed) => {
                let why = format!("{} that does not end", unclosed.what());
                let opening = source.span(token.start, token.start + 1);
                findings.push(
                    Finding::new("R001", Level::Error, opening, format!("{why}, from here to the end of the file"))
                        .help("close it"),
                );
                return carried(why);
            }
            TokenKind::Meta => {
                let why = "command of psql, which the server does not know".to_string();
                findings.push(
                    Finding::new("R003", Level::Error, at, format!("`{}` is a {why}", token.text(source.text)))
                        .help("say it in SQL"),
                );
                return carried(why);
            }
            _ => {}
        }
    }
    match statement_steps(&cursor) {
        Ok(steps) => steps,
        Err(stop) => {
            if stop.call
                && let Some(step) = calling(source, statement, whole)
            {
                return vec![step];
            }
            let rest = source.text.get(whole.range().end..).unwrap_or_default();
            let cut_off = stop.why == shape::UNCLOSED && is_blank(rest);
            if cut_off {
                findings.push(
                    Finding::new("R001", Level::Error, stop.at, format!("{}, up to the end of the file", stop.why))
                        .help("close it, or bring back the rest of the file if it was cut off"),
                );
                return carried(stop.why);
            }
            let copy = statement.tokens.first().is_some_and(|t| t.text(source.text).eq_ignore_ascii_case("COPY"))
                && stop.why.contains("stdin");
            let (code, level) = match (stop.too_deep, copy) {
                (true, _) => ("R004", Level::Error),
                (_, true) => ("R003", Level::Error),
                _ => ("R002", Level::Warning),
            };
            findings.push(
                Finding::new(code, level, stop.at, format!("statement is not understood: {}", stop.why))
                    .why("it is carried as it is, and what it does to the schema is not known"),
            );
            carried(stop.why)
        }
    }
}

/// Whether there are only comments.
fn is_blank(text: &str) -> bool {
    Lexer::new(text).all(|token| token.kind == TokenKind::Comment)
}

/// A statement that is understood but for functions of the history's own.
fn calling(source: Source<'_>, statement: &Statement, whole: Span) -> Option<Step> {
    let called = RefCell::new(Vec::new());
    let cursor = Cursor::new(Source { called: Some(&called), ..source }, &statement.tokens, 0);
    let then = statement_steps(&cursor).ok()?;
    let mut functions = called.take();
    functions.sort();
    functions.dedup();
    let sql = source.text.get(whole.range()).unwrap_or_default().to_string();
    Some(Step::new(Op::Call { functions, then, sql }, whole))
}

/// The steps of one statement.
fn statement_steps(c: &Cursor<'_>) -> Parse<Vec<Step>> {
    if c.depth > MAX_DEPTH {
        return Err(too_deep(c));
    }
    shape::check_statement(c)?;
    let at = c.whole();
    if c.is("DO") {
        let mut block = c.slice(0, c.tokens().len());
        block.skip(1);
        return do_block::do_block(&mut block);
    }
    let ops = statement(&mut c.slice(0, c.tokens().len()))?;
    let steps = ops.into_iter().enumerate();
    Ok(steps.map(|(number, op)| Step { joined: number > 0, ..Step::new(op, at) }).collect())
}

fn too_deep(c: &Cursor<'_>) -> Stop {
    Stop { too_deep: true, ..c.refuse(format!("nested in more than {MAX_DEPTH} statements")) }
}

fn statement(c: &mut Cursor<'_>) -> Parse<Vec<Op>> {
    let one = |op: Op| vec![op];
    if c.eat("CREATE") {
        return create::create(c).map(one);
    }
    if c.eat("ALTER") {
        let ops = alter::alter(c)?;
        return c.end().map(|()| ops);
    }
    if c.eat("DROP") {
        return drop::drop(c);
    }
    if ["INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "COPY"].iter().any(|word| c.is(word)) {
        let op = rows::rows(c)?;
        if !matches!(op, Op::Query { .. }) {
            c.end()?;
        }
        return Ok(one(op));
    }
    if table::starts_query(c) {
        return function::query(c).map(one);
    }
    if let Some(word) = c.eat_any(session::TRANSACTION) {
        return Ok(one(session::transaction(c, word)));
    }
    if session::MAINTENANCE.iter().any(|word| c.is(word)) {
        return Ok(one(Op::Maintenance { sql: c.sql() }));
    }
    let op = match c.expect_any(&[
        "COMMENT ON",
        "TRUNCATE",
        "GRANT",
        "REVOKE",
        "SET",
        "RESET",
        "SHOW",
        "REFRESH MATERIALIZED VIEW",
        "EXPLAIN",
        "CALL",
    ]) {
        Ok("COMMENT ON") => comment::comment(c)?,
        Ok("TRUNCATE") => rows::truncate(c)?,
        Ok("GRANT") => grant::grant(c)?,
        Ok("REVOKE") => grant::revoke(c)?,
        Ok("SET") => session::set(c)?,
        Ok("RESET") => session::reset(c)?,
        Ok("EXPLAIN") => session::explain(c)?,
        Ok("SHOW") if c.at_end() => return Err(c.stop("a name")),
        Ok("SHOW") => Op::Query { sql: c.sql() },
        Ok("REFRESH MATERIALIZED VIEW") => view::refresh(c)?,
        Ok(_) => {
            let name = c.qualified_type()?;
            return Err(c.refuse(format!("calls procedure {name} whose effects are not known")));
        }
        Err(_) => return Err(c.stop("a statement")),
    };
    Ok(one(op))
}
