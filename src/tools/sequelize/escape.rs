//! Values as Sequelize spells them in SQL (6.37.8: `sql-string.js`, `data-types.js`, `query-generator.js` `escape`).

use super::condition;
use super::names::quote_path;
use super::reading::{fails, is_nothing, known_text, text};
use super::types::Type;
use crate::js::{Hole, Value};
use crate::tools::script::{Unclear, hole, literal};

/// A value in a statement. `of` is the type that the tool knows for its column.
pub(super) fn escape(value: &Value, of: Option<&Type>) -> Result<String, Unclear> {
    if is_nothing(Some(value)) {
        return Ok("NULL".into());
    }
    if is_method(value) {
        return method(value);
    }
    if let (Value::Hole(inner), _) = (value, of) {
        return Ok(hole(inner));
    }
    match of {
        Some(of @ Type::Known(_)) => typed(value, of),
        _ => plain(value),
    }
}

/// Whether it is one of the tool's expressions: `literal`, `fn`, `col`, `cast`, `json`, `where`.
pub(super) fn is_method(value: &Value) -> bool {
    matches!(value, Value::Made(class, _) if ["Literal", "Fn", "Col", "Cast", "Json", "Where"].contains(&class.as_str()))
}

/// `SqlString.escape`.
pub(super) fn plain(value: &Value) -> Result<String, Unclear> {
    Ok(match value {
        Value::Date(at) => format!("'{}'", moment(*at)?),
        Value::Bytes(bytes) => bytea(bytes),
        Value::List(values) => format!("ARRAY[{}]", all(values, plain)?.join(",")),
        Value::Text(text) => quoted(text),
        Value::Object(_) | Value::Made(..) | Value::Chain(_) | Value::Body(_) | Value::Function(_) => {
            return Err(fails("an object is no value; it has to be a string, as `JSON.stringify` makes it"));
        }
        other => literal(other)?,
    })
}

/// A string in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''").replace('\0', "\\0"))
}

/// Bytes.
fn bytea(bytes: &[u8]) -> String {
    // Two backslashes in an escape string are one.
    format!("E'\\\\x{}'", bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn all(values: &[Value], one: impl Fn(&Value) -> Result<String, Unclear>) -> Result<Vec<String>, Unclear> {
    values.iter().map(one).collect()
}

/// A value of a column whose type the tool knows: `stringify` of the type, then quotes unless the type spells itself.
fn typed(value: &Value, of: &Type) -> Result<String, Unclear> {
    let Type::Known(known) = of else { return plain(value) };
    let number_like = matches!(value, Value::Number(_) | Value::BigInt(_) | Value::Bool(_));
    match known.key.as_str() {
        "JSON" | "JSONB" => json(value),
        "INTEGER" | "BIGINT" | "SMALLINT" | "DECIMAL" if !number_like => match value {
            Value::Text(text) => Ok(quoted(text)),
            Value::Mixed(_) => plain(value),
            _ => Err(fails(format_args!("this is no value of type {}", known.key))),
        },
        "FLOAT" | "DOUBLE" | "REAL" => match value {
            Value::Number(number) if number.is_nan() => Ok("'NaN'".into()),
            Value::Number(number) if number.is_infinite() => {
                Ok(if *number < 0.0 { "'-Infinity'" } else { "'Infinity'" }.into())
            }
            Value::Number(_) | Value::BigInt(_) => Ok(format!("'{}'", literal(value)?)),
            // `isNaN` of a string that is a number is false, and the string stands in the quotes.
            Value::Text(text) if text.trim().parse::<f64>().is_ok() => Ok(format!("'{text}'")),
            Value::Bool(truth) => Ok(format!("'{truth}'")),
            _ => Err(fails(format_args!("this is no value of type {}", known.key))),
        },
        "DATE" => match value {
            Value::Date(at) => Ok(format!("'{}'", moment(*at)?)),
            Value::Number(number) if number.is_finite() => Ok(format!("'{}'", moment(*number)?)),
            Value::Text(text) => match instant(text) {
                Some(at) => Ok(format!("'{}'", moment(at)?)),
                None if text.chars().any(|letter| letter.is_ascii_digit()) => Ok(local("new Date", text)),
                None => Err(fails(format_args!("'{text}' is no date, and would be sent as 'Invalid date'"))),
            },
            _ => Err(fails("this is no date")),
        },
        "DATEONLY" => match value {
            Value::Text(text) if is_date(text) => Ok(quoted(text)),
            Value::Text(text) => Ok(local("new Date", text)),
            Value::Date(at) => Ok(local("new Date", &moment(*at)?)),
            _ => Err(fails("this is no date")),
        },
        "BLOB" => match value {
            Value::Bytes(bytes) => Ok(bytea(bytes)),
            Value::Text(text) => Ok(bytea(text.as_bytes())),
            _ => Err(Unclear::new("a value of a BLOB that is neither a string nor a buffer")),
        },
        "ARRAY" => match value {
            Value::List(values) => {
                let Some(element) = of.element() else { return plain(value) };
                if element.key() == Some("ENUM") {
                    return Err(fails("an array of an enum has no default without a model"));
                }
                let parts = all(values, |value| escape(value, Some(element)))?;
                Ok(format!("ARRAY[{}]::{}", parts.join(","), of.sql()))
            }
            _ => Err(fails("the value of an array is no array")),
        },
        "HSTORE" | "RANGE" | "GEOMETRY" | "GEOGRAPHY" => Err(Unclear::new(format!("a value of type {}", known.key))),
        _ => plain(value),
    }
}

/// What depends on the time zone of the machine that runs the migration.
fn local(call: &str, text: &str) -> String {
    hole(&Hole { source: format!("{call}({text:?})") })
}

/// A value as JSON, in quotes.
pub(super) fn json(value: &Value) -> Result<String, Unclear> {
    if let Value::Hole(inner) = value {
        return Ok(hole(inner));
    }
    if let Some(inner) = value.hole() {
        return Ok(hole(&Hole { source: format!("JSON.stringify({{… {} …}})", inner.source) }));
    }
    let mut out = String::new();
    write_json(value, &mut out)?;
    Ok(quoted(&out))
}

/// `JSON.stringify`.
fn write_json(value: &Value, out: &mut String) -> Result<(), Unclear> {
    match value {
        Value::Null | Value::Undefined | Value::Function(_) => out.push_str("null"),
        Value::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) if number.is_finite() => out.push_str(&literal(value)?),
        Value::Number(_) => out.push_str("null"),
        Value::Text(text) => out.push_str(&json_string(text)),
        Value::Date(at) => {
            let text = moment(*at)?;
            let (date, rest) = text.split_once(' ').unwrap_or((&text, ""));
            let time = rest.split(' ').next().unwrap_or_default();
            out.push_str(&json_string(&format!("{date}T{time}Z")));
        }
        Value::List(values) => {
            out.push('[');
            for (index, value) in values.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_json(value, out)?;
            }
            out.push(']');
        }
        Value::Object(fields) => {
            out.push('{');
            let mut first = true;
            for (key, value) in fields {
                if matches!(value, Value::Undefined | Value::Function(_)) {
                    continue;
                }
                if !first {
                    out.push(',');
                }
                first = false;
                out.push_str(&json_string(key));
                out.push(':');
                write_json(value, out)?;
            }
            out.push('}');
        }
        _ => return Err(Unclear::new("a value that JSON cannot say")),
    }
    Ok(())
}

/// A string in JSON, escaped as `JSON.stringify` does.
fn json_string(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if (control as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", control as u32)),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// `handleSequelizeMethod`.
pub(super) fn method(value: &Value) -> Result<String, Unclear> {
    let Value::Made(class, _) = value else { return Err(Unclear::new("an expression that is not understood")) };
    match class.as_str() {
        "Literal" => match value.get("val") {
            Some(Value::Hole(inner)) => Err(Unclear::new(format!("SQL that rests on `{}`", inner.source))),
            Some(sql) => known_text(sql, "the literal"),
            None => Err(fails("an empty literal")),
        },
        "Fn" => {
            let name = text(value.get("fn"), "the function's name")?;
            let none = Vec::new();
            let args = match value.get("args") {
                Some(Value::List(args)) => args,
                _ => &none,
            };
            let args = all(args, |arg| match arg {
                Value::Object(_) => condition::items(Some(arg), condition::Values::Escaped, " AND "),
                // Dollars are doubled for the sake of bind parameters, also where there are none.
                Value::Text(text) => Ok(quoted(&text.replace('$', "$$"))),
                other => escape(other, None),
            })?;
            Ok(format!("{name}({})", args.join(", ")))
        }
        "Col" => {
            let name = text(value.get("col"), "the column's name")?;
            Ok(if name.starts_with('*') { "*".into() } else { quote_path(name) })
        }
        "Cast" => {
            let to = text(value.get("type"), "the type of a cast")?.trim().to_uppercase();
            let inner = match value.get("val") {
                Some(object @ Value::Object(_)) => condition::items(Some(object), condition::Values::Escaped, " AND ")?,
                Some(other) => escape(other, None)?,
                None => "NULL".into(),
            };
            Ok(format!("CAST({inner} AS {to})"))
        }
        "Where" => condition::compared(value),
        other => Err(Unclear::new(format!("an expression made by `{}`", other.to_lowercase()))),
    }
}

/// Milliseconds since 1970 as `2020-01-31 13:00:00.000 +00:00`: with the tool's default time zone.
pub(super) fn moment(at: f64) -> Result<String, Unclear> {
    if !at.is_finite() || at.abs() > 8.64e15 {
        return Err(fails("an invalid date"));
    }
    let at = at as i64;
    let (days, rest) = (at.div_euclid(86_400_000), at.rem_euclid(86_400_000));
    let (year, month, day) = civil(days);
    if !(0..=9999).contains(&year) {
        return Err(Unclear::new("a date before the year 0 or after 9999"));
    }
    let (hour, minute, second, milli) = (rest / 3_600_000, rest / 60_000 % 60, rest / 1000 % 60, rest % 1000);
    Ok(format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{milli:03} +00:00"))
}

/// The date of a day since 1970 (Howard Hinnant's `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// The day since 1970 of a date.
fn day(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Whether it is `2020-01-31`, a day that there is.
fn is_date(text: &str) -> bool {
    date(text).is_some()
}

fn digits(text: &str) -> Option<i64> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) { None } else { text.parse().ok() }
}

fn date(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, of_month) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || (year.len(), month.len(), of_month.len()) != (4, 2, 2) {
        return None;
    }
    let (year, month, of_month) = (digits(year)?, digits(month)?, digits(of_month)?);
    let days = day(year, month, of_month);
    (civil(days) == (year, month, of_month)).then_some(days)
}

/// The instant of an ISO 8601 time that says its offset from UTC; `None` for any other.
fn instant(text: &str) -> Option<f64> {
    let (date_part, rest) = text.split_once(['T', ' '])?;
    let days = date(date_part)?;
    let (clock, offset) = match rest.strip_suffix('Z') {
        Some(clock) => (clock, 0),
        None => {
            let at = rest.rfind(['+', '-'])?;
            let (clock, zone) = rest.split_at(at);
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let zone = zone[1..].replace(':', "");
            let minutes = match zone.len() {
                2 => digits(&zone)? * 60,
                4 => digits(&zone[..2])? * 60 + digits(&zone[2..])?,
                _ => return None,
            };
            (clock.trim_end(), sign * minutes)
        }
    };
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut parts = clock.split(':');
    let (hour, minute) = (digits(parts.next()?)?, digits(parts.next()?)?);
    let second = match parts.next() {
        Some(second) => digits(second)?,
        None => 0,
    };
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    digits(fraction)?;
    let millis = digits(&format!("{fraction:0<3}")[..3])?;
    Some((days * 86_400_000 + (hour * 3600 + (minute - offset) * 60 + second) * 1000 + millis) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_spelled_in_utc() {
        assert_eq!(moment(0.0).as_deref(), Ok("1970-01-01 00:00:00.000 +00:00"));
        assert_eq!(moment(1_582_934_400_123.0).as_deref(), Ok("2020-02-29 00:00:00.123 +00:00"));
        assert_eq!(instant("2020-02-29T01:00:00+01:00"), Some(1_582_934_400_000.0));
        assert_eq!(instant("2020-02-30T00:00:00Z"), None);
        assert_eq!(instant("2020-02-29T00:00:00"), None);
    }

    #[test]
    fn no_text_makes_it_panic() {
        for text in ["", "T", "-", "0000-00-00T", "9999-99-99T99:99:99.é+é", "2020-02-29T00:00+é0", "2020-02-29T0.éZ"]
        {
            let _ = instant(text);
        }
    }
}
