//! Types: their names, arguments and array bounds.

use super::builtin::{canonical, is_builtin};
use crate::ir::{DataType, Name, TypeName};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;

/// A type as a column has it. The serial types are types here only.
pub(super) fn column_type(c: &mut Cursor<'_>) -> Parse<DataType> {
    let data_type = any_type(c)?;
    // The server compares the bare name, quoted or not.
    let serial = match &data_type.name {
        TypeName::User(Name { schema: None, name }) if data_type.args.is_empty() => match name.as_str() {
            "smallserial" | "serial2" => "smallserial",
            "serial" | "serial4" => "serial",
            "bigserial" | "serial8" => "bigserial",
            _ => return Ok(data_type),
        },
        _ => return Ok(data_type),
    };
    Ok(DataType { name: TypeName::Builtin(serial.into()), ..data_type })
}

/// A type.
pub(super) fn any_type(c: &mut Cursor<'_>) -> Parse<DataType> {
    let (name, mut args) = match keyword_type(c)? {
        Some(found) => found,
        None => (named_type(c)?, Vec::new()),
    };
    if args.is_empty() && c.is_mark(0, "(") {
        args = arguments(c)?;
    }
    let (name, args) = settle(c, name, args)?;
    let dimensions = bounds(c)?;
    Ok(DataType { name, args, dimensions })
}

/// Types that the grammar spells in words of its own, with their arguments where these stand between the words.
fn keyword_type(c: &mut Cursor<'_>) -> Parse<Option<(TypeName, Vec<String>)>> {
    let builtin = |name: &str| TypeName::Builtin(name.into());
    if c.kind(0) != Some(TokenKind::Word) || c.is_mark(1, ".") {
        return Ok(None);
    }
    if c.eat("DOUBLE PRECISION") {
        return Ok(Some((builtin("double precision"), Vec::new())));
    }
    if c.eat_any(&["NATIONAL CHARACTER", "NATIONAL CHAR", "NCHAR", "CHARACTER", "CHAR"]).is_some() {
        let name = if c.eat("VARYING") { "character varying" } else { "character" };
        return Ok(Some((builtin(name), Vec::new())));
    }
    if c.eat("BIT") {
        let name = if c.eat("VARYING") { "bit varying" } else { "bit" };
        return Ok(Some((builtin(name), Vec::new())));
    }
    if let Some(word) = c.eat_any(&["TIMESTAMP", "TIME"]) {
        let args = if c.is_mark(0, "(") { arguments(c)? } else { Vec::new() };
        let zone = c.eat("WITH TIME ZONE");
        if !zone {
            c.eat("WITHOUT TIME ZONE");
        }
        let word = word.to_ascii_lowercase();
        return Ok(Some((builtin(&format!("{word} {} time zone", if zone { "with" } else { "without" })), args)));
    }
    if c.eat("INTERVAL") {
        return Ok(Some((builtin("interval"), interval_arguments(c)?)));
    }
    Ok(None)
}

fn interval_arguments(c: &mut Cursor<'_>) -> Parse<Vec<String>> {
    if c.is_mark(0, "(") {
        return arguments(c);
    }
    const FIELDS: &[&str] = &[
        "YEAR TO MONTH",
        "YEAR",
        "MONTH",
        "DAY TO HOUR",
        "DAY TO MINUTE",
        "DAY TO SECOND",
        "DAY",
        "HOUR TO MINUTE",
        "HOUR TO SECOND",
        "HOUR",
        "MINUTE TO SECOND",
        "MINUTE",
        "SECOND",
    ];
    let Some(fields) = c.eat_any(FIELDS) else { return Ok(Vec::new()) };
    let mut args = vec![fields.to_string()];
    if fields.ends_with("SECOND") && c.is_mark(0, "(") {
        args.extend(arguments(c)?);
    }
    Ok(args)
}

fn named_type(c: &mut Cursor<'_>) -> Parse<TypeName> {
    let quoted = c.kind(0) == Some(TokenKind::Quoted);
    let name = c.qualified_type()?;
    let builtin = match name.schema.as_deref() {
        None => canonical(&name.name, !quoted),
        // All of `pg_catalog` is the database's own, whether we know it or not.
        Some("pg_catalog") => canonical(&name.name, false).or(Some(name.name.as_str())),
        Some(_) => None,
    };
    Ok(match builtin {
        Some(builtin) => TypeName::Builtin(builtin.into()),
        None => TypeName::User(name),
    })
}

/// The piece texts between the parentheses, of which there is at least one.
fn arguments(c: &mut Cursor<'_>) -> Parse<Vec<String>> {
    let inner = c.parens()?;
    if inner.at_end() {
        return Err(inner.stop("an argument of the type"));
    }
    inner.commas().iter().map(Cursor::value).collect()
}

/// `float(n)` is one of two types; the others are what they are.
fn settle(c: &Cursor<'_>, name: TypeName, args: Vec<String>) -> Parse<(TypeName, Vec<String>)> {
    let TypeName::Builtin(word) = &name else { return Ok((name, args)) };
    let number = |arg: &String| arg.trim_start_matches('-').trim().bytes().all(|b| b.is_ascii_digit());
    if let Some(wrong) = args.iter().find(|arg| !number(arg) && word != "interval") {
        return Err(c.refuse(format!("{word}({wrong})")));
    }
    if word != "float" {
        return Ok((name, args));
    }
    let bits = match args.as_slice() {
        [] => 53,
        [bits] => bits.parse().map_err(|_| c.refuse("precision of float that is no number"))?,
        _ => return Err(c.refuse("float with more than one argument")),
    };
    let word = match bits {
        1..=24 => "real",
        25..=53 => "double precision",
        _ => return Err(c.refuse("precision of float that is out of range")),
    };
    Ok((TypeName::Builtin(word.into()), Vec::new()))
}

/// `[]`, `[3]`, `ARRAY`, `ARRAY[3]`.
fn bounds(c: &mut Cursor<'_>) -> Parse<u8> {
    let mut dimensions = u8::from(c.eat("ARRAY"));
    let word = dimensions > 0;
    let mut brackets = 0u8;
    while c.eat_mark("[") {
        if c.kind(0) == Some(TokenKind::Number) {
            c.skip(1);
        }
        c.expect_mark("]")?;
        brackets = brackets.checked_add(1).ok_or_else(|| c.refuse("array of more dimensions than there can be"))?;
    }
    if word && brackets > 1 {
        return Err(c.refuse("ARRAY with more than one bound"));
    }
    dimensions = dimensions.max(brackets);
    Ok(dimensions)
}

/// Whether a type of that name, written without a schema, is the database's own.
pub(super) fn names_builtin(name: &str) -> bool {
    is_builtin(name)
}
