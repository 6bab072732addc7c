//! Spelling names and values in SQL.

use super::Unclear;
use crate::ir::{Dialect, HOLE};
use crate::js::{Hole, Piece, Value};

/// A name in double quotes.
pub(in crate::tools) fn identifier(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A string in single quotes, as standard SQL has it.
pub(in crate::tools) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// What stands for a hole.
pub(in crate::tools) fn hole(hole: &Hole) -> String {
    format!("{HOLE}({})", quoted(&hole.source))
}

/// A plain value as PostgreSQL's drivers send it: strings quoted, objects as JSON, arrays as the driver's array literal is
/// each tool's own business and refused here, like whatever is no plain value.
pub(in crate::tools) fn literal(value: &Value) -> Result<String, Unclear> {
    Ok(match value {
        Value::Undefined | Value::Null => "NULL".to_owned(),
        Value::Bool(true) => "true".to_owned(),
        Value::Bool(false) => "false".to_owned(),
        Value::Number(number) => self::number(*number)?,
        Value::BigInt(digits) => digits.clone(),
        Value::Text(text) => quoted(text),
        Value::Mixed(pieces) => {
            let parts = pieces.iter().map(|piece| match piece {
                Piece::Text(text) => quoted(text),
                Piece::Hole(inner) => hole(inner),
            });
            format!("({})", parts.collect::<Vec<_>>().join(" || "))
        }
        Value::Bytes(bytes) => {
            format!("'\\x{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
        }
        Value::Hole(inner) => hole(inner),
        Value::Date(_)
        | Value::List(_)
        | Value::Object(_)
        | Value::Made(..)
        | Value::Chain(_)
        | Value::Body(_)
        | Value::Function(_) => return Err(Unclear::new("a value that has no plain spelling in SQL")),
    })
}

/// The same as a dialect has it: SQLite keeps truth as a number, and bytes are written otherwise.
pub(in crate::tools) fn literal_of(value: &Value, dialect: Dialect) -> Result<String, Unclear> {
    match value {
        Value::Bool(truth) if dialect == Dialect::Sqlite => Ok(u8::from(*truth).to_string()),
        Value::Bytes(bytes) if dialect == Dialect::Sqlite => {
            Ok(format!("X'{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
        }
        value => literal(value),
    }
}

/// A number as JavaScript writes it.
fn number(number: f64) -> Result<String, Unclear> {
    if !number.is_finite() {
        return Err(Unclear::new(format!("the number {number}")));
    }
    // Rust writes no exponent and no trailing `.0`.
    Ok(format!("{number}"))
}
