//! Functions and procedures: the argument list is read, what stands behind it is kept, with the language and the body
//! found in it.

use super::types;
use crate::ir::*;
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::{TokenKind, fold};

/// `CREATE [OR REPLACE] FUNCTION|PROCEDURE`, from behind that word.
pub(super) fn create(c: &mut Cursor<'_>, kind: RoutineKind, or_replace: bool) -> Parse<Op> {
    let name = c.qualified_type()?;
    let mut arguments = Vec::new();
    for mut piece in c.parens()?.commas() {
        arguments.push(argument(&mut piece)?);
        piece.end()?;
    }
    let start = c.position();
    let (mut returns, mut language, mut body, mut atomic) = (None, None, None, false);
    while !c.at_end() {
        if c.position() == start && !c.are("RETURNS NULL") && c.eat("RETURNS") {
            returns = Some(return_type(c)?);
        } else if c.eat("LANGUAGE") {
            language = Some(if c.kind(0) == Some(TokenKind::String) { fold(&c.string()?) } else { c.label()? });
        } else if c.eat("AS") {
            body = Some(c.string()?);
            if c.eat_mark(",") {
                c.string()?;
            }
        } else if c.is("RETURN") || c.are("BEGIN ATOMIC") {
            let rest = c.rest();
            if !c.is("RETURN") && !rest.slice(rest.tokens().len() - 1, rest.tokens().len()).is("END") {
                c.skip(rest.tokens().len());
                return Err(c.stop("END"));
            }
            c.skip(rest.tokens().len());
            body = Some(rest.sql());
            atomic = true;
        } else {
            attribute(c)?;
        }
    }
    if body.is_none() {
        return Err(c.stop("AS and a body"));
    }
    let rest = c.verbatim(start, c.position()).to_string();
    if atomic && language.is_none() {
        language = Some("sql".to_string());
    }
    let routine = Routine { kind, name, arguments, returns, rest, language, body, atomic };
    Ok(Op::CreateRoutine { routine, or_replace })
}

/// `[mode] [name] type [DEFAULT expression]`.
fn argument(c: &mut Cursor<'_>) -> Parse<Argument> {
    let mut mode = mode(c);
    let mut ahead = *c;
    // A name is there when a type still follows behind it.
    let mut name = None;
    if ahead.type_name_part().is_ok() && !type_goes_on(&ahead) {
        name = Some(c.type_name_part()?);
        // The mode may stand behind the name too.
        if mode.is_none() {
            mode = self::mode(c);
        }
    }
    let start = c.position();
    c.eat("SETOF");
    let data_type = types::any_type(c)?;
    reference(c)?;
    let type_text = c.clean(start, c.position());
    let default = if c.eat("DEFAULT") || c.eat_mark("=") || c.eat_mark(":=") {
        let rest = c.rest();
        c.skip(rest.tokens().len());
        Some(rest.expr()?)
    } else {
        None
    };
    Ok(Argument { mode: mode.unwrap_or_default(), name, data_type, type_text, default })
}

fn mode(c: &mut Cursor<'_>) -> Option<ArgumentMode> {
    Some(match c.eat_any(&["IN OUT", "INOUT", "IN", "OUT", "VARIADIC"])? {
        "IN" => ArgumentMode::In,
        "OUT" => ArgumentMode::Out,
        "VARIADIC" => ArgumentMode::Variadic,
        _ => ArgumentMode::InOut,
    })
}

/// Whether the word just read is the type itself, or its first word, rather than a name before one.
fn type_goes_on(c: &Cursor<'_>) -> bool {
    const MORE: &[&str] = &["PRECISION", "VARYING", "WITH", "WITHOUT", "DEFAULT", "ARRAY"];
    const FIELDS: &[&str] = &["YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"];
    let before = c.slice(c.position().saturating_sub(1), c.position());
    c.at_end()
        || ["(", "[", ".", "=", ":=", "%"].iter().any(|mark| c.is_mark(0, mark))
        || MORE.iter().any(|word| c.is(word))
        || (before.is("INTERVAL") && FIELDS.iter().any(|word| c.is(word)))
        || (before.is("NATIONAL") && (c.is("CHARACTER") || c.is("CHAR")))
}

/// `%TYPE` behind the name of a column.
fn reference(c: &mut Cursor<'_>) -> Parse<()> {
    while c.eat_mark(".") {
        c.label()?;
    }
    if c.eat_mark("%") {
        c.expect("TYPE")?;
    }
    Ok(())
}

/// What stands behind `RETURNS`, as written.
fn return_type(c: &mut Cursor<'_>) -> Parse<String> {
    let start = c.position();
    if c.eat("TABLE") {
        c.parens()?;
    } else {
        c.eat("SETOF");
        types::any_type(c)?;
        reference(c)?;
    }
    Ok(c.clean(start, c.position()))
}

/// One of the other clauses, which are only kept.
fn attribute(c: &mut Cursor<'_>) -> Parse<()> {
    const WORDS: &[&str] = &[
        "WINDOW",
        "IMMUTABLE",
        "STABLE",
        "VOLATILE",
        "NOT LEAKPROOF",
        "LEAKPROOF",
        "CALLED ON NULL INPUT",
        "RETURNS NULL ON NULL INPUT",
        "STRICT",
        "EXTERNAL SECURITY INVOKER",
        "EXTERNAL SECURITY DEFINER",
        "SECURITY INVOKER",
        "SECURITY DEFINER",
    ];
    if c.eat_any(WORDS).is_some() {
        return Ok(());
    }
    if c.eat("PARALLEL") {
        return c.label().map(|_| ());
    }
    if c.eat("COST") || c.eat("ROWS") {
        return c.number().map(|_| ());
    }
    if c.eat("SUPPORT") {
        return c.qualified_type().map(|_| ());
    }
    if c.eat("TRANSFORM") {
        return c
            .list(|c| {
                c.expect("FOR TYPE")?;
                types::any_type(c)
            })
            .map(|_| ());
    }
    if c.eat("SET") {
        return setting(c);
    }
    Err(c.stop("a clause of a function"))
}

/// `name TO value, value`, `name = value`, `name FROM CURRENT`, `TIME ZONE value`.
fn setting(c: &mut Cursor<'_>) -> Parse<()> {
    if c.eat("TIME ZONE") {
        c.skip(1);
        return Ok(());
    }
    c.dotted()?;
    if c.eat("FROM CURRENT") {
        return Ok(());
    }
    if !c.eat_mark("=") {
        c.expect("TO")?;
    }
    c.list(|c| match c.kind(0) {
        Some(TokenKind::String | TokenKind::Dollar) => c.string(),
        Some(TokenKind::Number | TokenKind::Operator) => c.number(),
        _ => c.label(),
    })
    .map(|_| ())
}

/// The arguments of a routine, from the text between its parentheses.
pub(super) fn arguments(text: &str) -> Option<Vec<Argument>> {
    let pieces = crate::sql::split::split(text);
    let source = crate::sql::cursor::Source { text, file: crate::source::FileId(0), place: None, called: None };
    let tokens = match pieces.statements.as_slice() {
        [] => return Some(Vec::new()),
        [only] => &only.tokens,
        _ => return None,
    };
    Cursor::new(source, tokens, 0)
        .commas()
        .into_iter()
        .map(|mut piece| {
            let argument = argument(&mut piece).ok()?;
            piece.end().ok()?;
            Some(argument)
        })
        .collect()
}
