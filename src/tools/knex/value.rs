//! What JavaScript and the two ways of sending a value make of it: as text (`String(value)`), as JSON, as what the
//! driver `pg` binds, and as what Knex itself writes where no value can be bound.

use crate::ir::Dialect;
use crate::js::{Hole, Piece, Value};
use crate::tools::script::{Unclear, literal, quoted};

/// `Err` with these words.
pub(super) fn unclear<T>(why: impl Into<String>) -> Result<T, Unclear> {
    Err(Unclear::new(why))
}

/// What stands in place of something that is needed and not known.
pub(super) fn unknown<T>(what: &str, value: &Value) -> Result<T, Unclear> {
    match value.hole() {
        Some(hole) => unclear(format!("{what} is known only when it runs: {}", hole.source)),
        None => unclear(format!("{what} is not text")),
    }
}

/// A plain text that must be known; `what` says what it is.
pub(super) fn text<'a>(what: &str, value: Option<&'a Value>) -> Result<&'a str, Unclear> {
    match value {
        Some(Value::Text(text)) => Ok(text),
        Some(value) => unknown(what, value),
        None => unclear(format!("{what} is missing")),
    }
}

/// A number as JavaScript writes it.
pub(super) fn number(number: f64) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.to_owned();
    }
    let size = number.abs();
    if number == 0.0 {
        "0".to_owned()
    } else if !(1e-6..1e21).contains(&size) {
        let text = format!("{number:e}");
        if size >= 1.0 { text.replace('e', "e+") } else { text }
    } else {
        format!("{number}")
    }
}

/// `text.trim()`: what JavaScript takes for white space (ECMA-262, `WhiteSpace` and `LineTerminator`), which is Unicode's with
/// the byte order mark and without the control character that begins a new line.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

fn is_space(letter: char) -> bool {
    letter == '\u{feff}' || letter.is_whitespace() && letter != '\u{85}'
}

/// `parseInt(value, 10)`; `None` when that is no number.
pub(super) fn integer(value: &Value) -> Option<i64> {
    let text = plain(value)?;
    let text = text.trim_start_matches(is_space);
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits[..end].parse::<i64>().ok().map(|number| sign * number)
}

/// `String(value)` of what is neither an object nor unknown.
pub(super) fn plain(value: &Value) -> Option<String> {
    Some(match value {
        Value::Undefined => "undefined".to_owned(),
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => self::number(*number),
        Value::BigInt(digits) => digits.clone(),
        Value::Text(text) => text.clone(),
        Value::List(values) => {
            let parts: Option<Vec<String>> = values
                .iter()
                .map(|value| match value {
                    Value::Undefined | Value::Null => Some(String::new()),
                    value => plain(value),
                })
                .collect();
            parts?.join(",")
        }
        Value::Object(_) => "[object Object]".to_owned(),
        Value::Mixed(_)
        | Value::Date(_)
        | Value::Bytes(_)
        | Value::Made(..)
        | Value::Chain(_)
        | Value::Body(_)
        | Value::Function(_)
        | Value::Hole(_) => return None,
    })
}

/// `JSON.stringify(value)`; `None` where that gives `undefined`. `Err` when there is a hole in it or something whose JSON
/// is its own.
pub(super) fn json(value: &Value) -> Result<Option<String>, Unclear> {
    Ok(Some(match value {
        Value::Undefined | Value::Function(_) => return Ok(None),
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) if number.is_finite() => self::number(*number),
        Value::Number(_) => "null".to_owned(),
        Value::Text(text) => json_text(text),
        Value::Date(ms) => json_text(&iso(*ms)?),
        Value::List(values) => {
            let parts: Result<Vec<String>, Unclear> =
                values.iter().map(|value| Ok(json(value)?.unwrap_or_else(|| "null".to_owned()))).collect();
            format!("[{}]", parts?.join(","))
        }
        Value::Object(fields) | Value::Made(_, fields) => {
            let mut parts = Vec::new();
            for (name, value) in fields {
                if let Some(value) = json(value)? {
                    parts.push(format!("{}:{value}", json_text(name)));
                }
            }
            format!("{{{}}}", parts.join(","))
        }
        Value::Hole(hole) => return unclear(format!("its JSON is known only when it runs: {}", hole.source)),
        Value::BigInt(_) | Value::Mixed(_) | Value::Bytes(_) | Value::Chain(_) | Value::Body(_) => {
            return unclear("a value whose JSON is not known");
        }
    }))
}

/// A string as `JSON.stringify` writes it.
pub(super) fn json_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// `toISOString()` of a date.
pub(super) fn iso(ms: f64) -> Result<String, Unclear> {
    if !ms.is_finite() || ms.abs() > 8.64e15 {
        return unclear("a date that is none");
    }
    let ms = ms as i64;
    let (days, rest) = (ms.div_euclid(86_400_000), ms.rem_euclid(86_400_000));
    // Howard Hinnant's days-to-civil: eras of 400 years from 0000-03-01.
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_index = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_index + 2) / 5 + 1;
    let month = if month_index < 10 { month_index + 3 } else { month_index - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    if !(0..=9999).contains(&year) {
        return unclear("a date outside the years 0 to 9999");
    }
    let (hour, minute, second) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60);
    Ok(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", rest % 1000))
}

/// What the driver binds for a value, as a constant of SQL (pg 8.23 `lib/utils.js`, `prepareValue`): objects become JSON,
/// arrays array literals, dates the text of their moment.
///
/// The driver writes a date in the zone of the machine that it runs on; here it is written in UTC, the same moment.
pub(super) fn bound(value: &Value) -> Result<String, Unclear> {
    Ok(match value {
        Value::Date(ms) => quoted(&iso(*ms)?.replace('Z', "+00:00")),
        Value::List(_) | Value::Object(_) | Value::Made(..) if value.hole().is_some() => {
            let call = if matches!(value, Value::List(_)) { source(value) } else { json_call(value) };
            literal(&Value::Hole(Hole { source: call }))?
        }
        Value::List(values) => quoted(&array(values)?),
        Value::Object(_) => quoted(&json(value)?.unwrap_or_default()),
        Value::Number(number) if !number.is_finite() => quoted(&self::number(*number)),
        Value::Chain(_) | Value::Body(_) | Value::Function(_) => return unclear("a value that cannot be bound"),
        value => literal(value)?,
    })
}

/// The hole that stands for the JSON of a value with a hole in it.
pub(super) fn json_call(value: &Value) -> String {
    format!("JSON.stringify({})", source(value))
}

/// A value as an expression of JavaScript.
fn source(value: &Value) -> String {
    match value {
        Value::Text(text) => json_text(text),
        Value::Hole(hole) => hole.source.clone(),
        Value::Mixed(pieces) => {
            let parts = pieces.iter().map(|piece| match piece {
                Piece::Text(text) => text.replace('\\', "\\\\").replace('`', "\\`").replace("${", "\\${"),
                Piece::Hole(hole) => format!("${{{}}}", hole.source),
            });
            format!("`{}`", parts.collect::<String>())
        }
        Value::List(values) => format!("[{}]", values.iter().map(source).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) | Value::Made(_, fields) => {
            let parts = fields.iter().map(|(name, value)| format!("{}: {}", json_text(name), source(value)));
            format!("{{{}}}", parts.collect::<Vec<_>>().join(", "))
        }
        value => plain(value).unwrap_or_else(|| "…".to_owned()),
    }
}

/// The driver's array literal (`arrayString`).
fn array(values: &[Value]) -> Result<String, Unclear> {
    let mut parts = Vec::new();
    for value in values {
        parts.push(match value {
            Value::Null | Value::Undefined => "NULL".to_owned(),
            Value::List(values) => array(values)?,
            Value::Text(text) => element(text),
            Value::Bool(_) | Value::Number(_) | Value::BigInt(_) => element(&plain(value).unwrap_or_default()),
            Value::Object(_) => element(&json(value)?.unwrap_or_default()),
            Value::Date(ms) => element(&iso(*ms)?.replace('Z', "+00:00")),
            _ => return unclear("an array of values that cannot be bound"),
        });
    }
    Ok(format!("{{{}}}", parts.join(",")))
}

fn element(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What Knex writes for a value where nothing can be bound, as in the body of a view or in a default (knex 3.3.0
/// `lib/dialects/postgres/index.js` and `lib/client.js`, `_escapeBinding`).
pub(super) fn escaped(value: &Value, dialect: Dialect) -> Result<String, Unclear> {
    match value {
        Value::Text(text) if dialect == Dialect::Sqlite => return Ok(quoted(text)),
        Value::List(values) if dialect == Dialect::Sqlite => {
            let parts: Result<Vec<String>, Unclear> = values.iter().map(|value| escaped(value, dialect)).collect();
            return Ok(parts?.join(", "));
        }
        _ => {}
    }
    Ok(match value {
        Value::Undefined | Value::Null => "NULL".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => self::number(*number),
        Value::Text(text) => escaped_text(text),
        Value::List(values) => escaped_text(&escaped_array(values)?),
        // Knex writes the JSON of an object without quotes, which no server takes.
        Value::Object(_) => json(value)?.unwrap_or_default(),
        Value::Date(_) => return unclear("a date that is written in the time zone of the machine"),
        value => return unknown("a value that Knex writes into the statement", value),
    })
}

fn escaped_text(text: &str) -> String {
    if text.contains('\\') {
        format!("E'{}'", text.replace('\'', "''").replace('\\', "\\\\"))
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

fn escaped_array(values: &[Value]) -> Result<String, Unclear> {
    let mut parts = Vec::new();
    for value in values {
        parts.push(match value {
            Value::Null | Value::Undefined => "NULL".to_owned(),
            Value::List(values) => escaped_array(values)?,
            Value::Number(number) => self::number(*number),
            Value::Text(text) => json_text(text),
            value => json_text(&escaped(value, Dialect::Postgres)?),
        });
    }
    Ok(format!("{{{}}}", parts.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_javascript() {
        let cases = [
            (1.0, "1"),
            (0.5, "0.5"),
            (-0.0, "0"),
            (1e21, "1e+21"),
            (1.5e-7, "1.5e-7"),
            (123456789012.0, "123456789012"),
        ];
        for (given, expected) in cases {
            assert_eq!(number(given), expected);
        }
    }

    #[test]
    fn moments_are_written_in_utc() {
        assert_eq!(iso(0.0).as_deref(), Ok("1970-01-01T00:00:00.000Z"));
        assert_eq!(iso(1_709_210_096_789.0).as_deref(), Ok("2024-02-29T12:34:56.789Z"));
        assert_eq!(iso(-1.0).as_deref(), Ok("1969-12-31T23:59:59.999Z"));
        assert!(iso(f64::NAN).is_err());
    }

    #[test]
    fn integers_are_what_a_text_begins_with() {
        assert_eq!(integer(&Value::Text(" 12.7px".into())), Some(12));
        assert_eq!(integer(&Value::Number(-3.9)), Some(-3));
        assert_eq!(integer(&Value::Text("x".into())), None);
    }
}
