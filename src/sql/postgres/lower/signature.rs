//! The types that the texts of a routine's signature name, each with its place.

use super::types;
use crate::ir::{Name, TypeName};
use crate::source::FileId;
use crate::sql::cursor::{Cursor, Parse, Source};
use crate::sql::split::split;
use std::ops::Range;

/// A name with the bytes at which it stands.
type Spot = (Range<usize>, Name);

/// The types named in the text of a type (`SETOF s.t`, `t[]`, `TABLE (a s.t)`) that the history may have made. What
/// stands before `%TYPE` is not among them: the server looks that up once and keeps the answer.
pub fn type_names(text: &str) -> Vec<Spot> {
    read(text, returned).unwrap_or_default()
}

/// The same in the `RETURNS` clause with which the clauses behind a routine's arguments may begin.
pub fn returned_type_names(clauses: &str) -> Vec<Spot> {
    let clause = |c: &mut Cursor<'_>, spots: &mut Vec<Spot>| {
        if !c.are("RETURNS NULL") && c.eat("RETURNS") { returned(c, spots) } else { Ok(()) }
    };
    read(clauses, clause).unwrap_or_default()
}

/// The column of `t.c%TYPE`, and whether `SETOF` stands before it; `None` when the text is something else.
pub fn column_reference(text: &str) -> Option<(bool, Name, String)> {
    let pieces = split(text);
    let source = Source { text, file: FileId(0), place: None, called: None };
    let c = &mut Cursor::new(source, &pieces.statements.first()?.tokens, 0);
    let is_set = c.eat("SETOF");
    let mut parts = vec![c.type_name_part().ok()?];
    while c.eat_mark(".") {
        parts.push(c.label().ok()?);
    }
    if !c.eat_mark("%") || !c.eat("TYPE") || !c.at_end() {
        return None;
    }
    match parts.as_slice() {
        [table, column] => Some((is_set, Name::bare(table), column.clone())),
        [schema, table, column] => Some((is_set, Name::in_schema(schema, table), column.clone())),
        _ => None,
    }
}

fn read(text: &str, with: impl Fn(&mut Cursor<'_>, &mut Vec<Spot>) -> Parse<()>) -> Option<Vec<Spot>> {
    let pieces = split(text);
    let source = Source { text, file: FileId(0), place: None, called: None };
    let mut spots = Vec::new();
    with(&mut Cursor::new(source, &pieces.statements.first()?.tokens, 0), &mut spots).ok()?;
    Some(spots)
}

fn returned(c: &mut Cursor<'_>, spots: &mut Vec<Spot>) -> Parse<()> {
    if !c.is("TABLE") || !c.is_mark(1, "(") {
        return one(c, spots);
    }
    c.skip(1);
    for mut column in c.parens()?.commas() {
        column.type_name_part()?;
        one(&mut column, spots)?;
    }
    Ok(())
}

fn one(c: &mut Cursor<'_>, spots: &mut Vec<Spot>) -> Parse<()> {
    c.eat("SETOF");
    let last = if c.is_mark(1, ".") { c.peek(2) } else { c.peek(0) };
    let range = c.peek(0).zip(last).map(|(first, last)| first.start..last.end);
    let data_type = types::any_type(c)?;
    if let (TypeName::User(name), Some(range), false) = (data_type.name, range, c.is_mark(0, "%")) {
        spots.push((range, name));
    }
    Ok(())
}
