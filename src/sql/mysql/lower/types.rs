//! Types: other words for the same are read as one.

use crate::ir::{Column, DataType, TypeName};
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::TokenKind;
use crate::sql::mysql::Server;

/// Other words for a type, the longest first. Source: `sql_yacc.yy` of either server.
const SYNONYMS: &[(&str, &str)] = &[
    ("DOUBLE PRECISION", "double"),
    ("CHARACTER VARYING", "varchar"),
    ("CHAR VARYING", "varchar"),
    ("LONG VARCHAR", "mediumtext"),
    ("LONG VARBINARY", "mediumblob"),
    ("INTEGER", "int"),
    ("INT1", "tinyint"),
    ("INT2", "smallint"),
    ("INT3", "mediumint"),
    ("MIDDLEINT", "mediumint"),
    ("INT4", "int"),
    ("INT8", "bigint"),
    ("NUMERIC", "decimal"),
    ("DEC", "decimal"),
    ("FIXED", "decimal"),
    ("REAL", "double"),
    ("FLOAT4", "float"),
    ("FLOAT8", "double"),
    ("CHARACTER", "char"),
    ("VARCHARACTER", "varchar"),
];

/// Texts in the character set that the standard calls national.
const NATIONAL: &[(&str, &str)] = &[
    ("NATIONAL CHARACTER VARYING", "varchar"),
    ("NATIONAL CHAR VARYING", "varchar"),
    ("NATIONAL VARCHAR", "varchar"),
    ("NATIONAL VARCHARACTER", "varchar"),
    ("NATIONAL CHARACTER", "char"),
    ("NATIONAL CHAR", "char"),
    ("NCHAR VARYING", "varchar"),
    ("NCHAR VARCHAR", "varchar"),
    ("NVARCHAR", "varchar"),
    ("NCHAR", "char"),
];

/// How wide a number is shown that says nothing of it: with its sign, and unsigned. MySQL 8.0.19 shows no width at all.
const WIDTHS: &[(&str, &str, &str)] = &[
    ("tinyint", "4", "3"),
    ("smallint", "6", "5"),
    ("mediumint", "9", "8"),
    ("int", "11", "10"),
    ("bigint", "20", "20"),
];

/// A column of the type that stands next, with the character set and collation that are said with it.
pub(super) fn column(c: &mut Cursor<'_>, server: &Server, name: String) -> Parse<Column> {
    if c.is("SERIAL") && c.kind(0) == Some(TokenKind::Word) {
        return Err(c.refuse("SERIAL, which is several things at once"));
    }
    if let Some(words) = c.eat_any(&["BOOLEAN", "BOOL"]) {
        let _ = words;
        return Ok(Column::new(name, of("tinyint", vec!["1".to_owned()])));
    }
    let start = c.here();
    let (word, national) = word(c, server)?;
    let args = if c.is_mark(0, "(") { args(c)? } else { Vec::new() };
    let mut column = Column::new(name, of(&word, args));
    if national {
        column.charset = Some("utf8".to_owned());
    }
    attributes(c, &mut column)?;
    match (word.as_str(), column.data_type.args.is_empty()) {
        ("varchar" | "varbinary" | "enum" | "set", true) => {
            return Err(crate::sql::cursor::Stop::new(start, format!("{word} without its parentheses")));
        }
        ("year", false) => column.data_type.args.clear(),
        _ => {}
    }
    without_usual_width(&mut column.data_type);
    Ok(column)
}

fn of(name: &str, args: Vec<String>) -> DataType {
    DataType { name: TypeName::Builtin(name.to_owned()), args, dimensions: 0 }
}

/// The type's own word, and whether it is a national one.
fn word(c: &mut Cursor<'_>, server: &Server) -> Parse<(String, bool)> {
    for (table, national) in [(NATIONAL, true), (SYNONYMS, false)] {
        if let Some((_, word)) = table.iter().find(|(words, _)| c.eat(words)) {
            return Ok(((*word).to_owned(), national));
        }
    }
    let word = c.text(0).to_ascii_lowercase();
    if c.kind(0) != Some(TokenKind::Word) || !server.has_type(&word) {
        return Err(c.stop("a type"));
    }
    c.skip(1);
    Ok((word, false))
}

fn args(c: &mut Cursor<'_>) -> Parse<Vec<String>> {
    let inner = c.parens()?;
    let one = |piece: Cursor<'_>| match (piece.tokens().len(), piece.kind(0)) {
        (1, Some(TokenKind::Number | TokenKind::String)) => piece.value(),
        _ => Err(piece.stop("a number or string")),
    };
    let args = inner.commas().into_iter().map(one).collect::<Parse<Vec<_>>>()?;
    if args.is_empty() { Err(inner.stop("a number or string")) } else { Ok(args) }
}

/// `UNSIGNED`, `ZEROFILL`, `CHARACTER SET`, `COLLATE`.
fn attributes(c: &mut Cursor<'_>, column: &mut Column) -> Parse<()> {
    let (mut unsigned, mut zerofill) = (false, false);
    loop {
        if c.eat("SIGNED") {
        } else if c.eat("UNSIGNED") {
            unsigned = true;
        } else if c.eat("ZEROFILL") {
            zerofill = true;
        } else if c.eat_any(&["CHARACTER SET", "CHARSET"]).is_some() {
            column.charset = Some(charset(c)?);
        } else if c.is("BINARY") || c.is("ASCII") || c.is("UNICODE") || c.is("BYTE") || c.is("COMPRESSED") {
            return Err(c.refuse(format!("{}, which goes by the character set", c.text(0))));
        } else {
            break;
        }
    }
    if let TypeName::Builtin(name) = &mut column.data_type.name {
        // What is filled with zeros has no sign.
        *name += if unsigned || zerofill { " unsigned" } else { "" };
        *name += if zerofill { " zerofill" } else { "" };
    }
    Ok(())
}

/// The name of a character set or collation, which may stand in quotes, in lower case.
pub(super) fn charset(c: &mut Cursor<'_>) -> Parse<String> {
    let name = match c.kind(0) {
        Some(TokenKind::String | TokenKind::Quoted) => crate::sql::lex::unquote(c.text(0)),
        Some(TokenKind::Word) => Some(c.text(0).to_owned()),
        _ => None,
    };
    let name = name.ok_or_else(|| c.stop("a character set or collation"))?;
    if name.eq_ignore_ascii_case("default") {
        return Err(c.refuse("character set or collation that is the database's"));
    }
    c.skip(1);
    Ok(name.to_ascii_lowercase())
}

/// A width that is shown anyhow is none.
fn without_usual_width(of: &mut DataType) {
    let TypeName::Builtin(name) = &of.name else { return };
    let usual = WIDTHS
        .iter()
        .find(|(word, ..)| name.split(' ').next() == Some(word))
        .map(|(_, signed, unsigned)| if name.contains("unsigned") { *unsigned } else { *signed });
    if !name.contains("zerofill") && of.args.len() == 1 && of.args.first().map(String::as_str) == usual {
        of.args.clear();
    }
}
