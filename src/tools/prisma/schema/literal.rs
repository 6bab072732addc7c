//! Literals as PostgreSQL prints them once it has read them as values of their type (checked against 15).

/// A string literal that is read as a value of a type, as it is printed then; `None` when that is not certain. The type is
/// one of the database's own, `citext`, or an enum.
pub(super) fn typed(text: &str, data_type: &str) -> Option<String> {
    let value = match data_type {
        "integer" => {
            let number: i32 = text.trim().parse().ok()?;
            return Some(if number < 0 { format!("'{number}'::integer") } else { number.to_string() });
        }
        "boolean" => return boolean(text).map(|value| value.to_string()),
        "bigint" | "smallint" => text.trim().parse::<i64>().ok()?.to_string(),
        "numeric" => decimal(text)?,
        "double precision" | "real" => match text {
            "NaN" | "Infinity" | "-Infinity" => text.to_owned(),
            _ => text.trim().parse::<i32>().ok()?.to_string(),
        },
        "text" | "character varying" | "bpchar" | "character" | "xml" | "name" | "json" | "citext" => text.to_owned(),
        "jsonb" => jsonb(text)?,
        "uuid" => uuid(text)?,
        "interval" => interval(text)?,
        "date" => date(text)?,
        "time without time zone" => time(text)?,
        "timestamp without time zone" => moment(text)?,
        "regclass" => text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_').then(|| text.to_owned())?,
        // How it is printed goes by the time zone of the session.
        "timestamp with time zone" | "time with time zone" | "bit varying" => return None,
        _ if crate::sql::postgres::builtin_type(data_type).is_some() => return None,
        // What is left are enums.
        _ => text.to_owned(),
    };
    let data_type = if data_type == "character" { "bpchar" } else { data_type };
    Some(format!("{}::{data_type}", quoted(&value)))
}

/// A number as it is printed, and its type; `None` when it is none of the plain ones.
pub(super) fn number(text: &str, negative: bool) -> Option<(String, &'static str)> {
    let sign = if negative { "-" } else { "" };
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        let value = decimal(text)?;
        let printed = if negative { format!("'-{value}'::numeric") } else { value };
        return Some((printed, "numeric"));
    }
    let value: i128 = format!("{sign}{text}").parse().ok()?;
    let data_type = match (i32::try_from(value), i64::try_from(value)) {
        (Ok(_), _) => "integer",
        (_, Ok(_)) => "bigint",
        _ => "numeric",
    };
    let plain = data_type == "integer" && value >= 0;
    Some((if plain { value.to_string() } else { format!("'{value}'::{data_type}") }, data_type))
}

/// A string literal.
fn quoted(value: &str) -> String {
    match value.contains('\\') {
        true => format!("E'{}'", value.replace('\\', "\\\\").replace('\'', "''")),
        false => format!("'{}'", value.replace('\'', "''")),
    }
}

/// What PostgreSQL takes for true and false.
pub(super) fn boolean(text: &str) -> Option<bool> {
    let text = text.trim().to_ascii_lowercase();
    let is_start = |word: &str| !text.is_empty() && word.starts_with(&text);
    match text.as_str() {
        "1" | "on" => Some(true),
        "0" | "of" | "off" => Some(false),
        _ if is_start("true") || is_start("yes") => Some(true),
        _ if is_start("false") || is_start("no") => Some(false),
        _ => None,
    }
}

/// A decimal number without an exponent: `1.50`, `0.5` for `.5`, `10000000000` for `1e10`.
pub(super) fn decimal(text: &str) -> Option<String> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = digits.split_once(['e', 'E']).unwrap_or((digits, "0"));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{part}");
    if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let exponent: i64 = exponent.parse().ok().filter(|exponent: &i64| exponent.abs() < 400)?;
    // Where the point stands in the digits, after the exponent has moved it.
    let point = i64::try_from(whole.len()).ok()? + exponent;
    let (before, after) = match usize::try_from(point) {
        Ok(point) if point <= all.len() => (all[..point].to_owned(), all[point..].to_owned()),
        Ok(point) => (format!("{all}{}", "0".repeat(point - all.len())), String::new()),
        Err(_) => (String::new(), format!("{}{all}", "0".repeat(usize::try_from(-point).ok()?))),
    };
    let before = before.trim_start_matches('0');
    let before = if before.is_empty() { "0" } else { before };
    Some(if after.is_empty() { format!("{sign}{before}") } else { format!("{sign}{before}.{after}") })
}

/// A JSON value as `jsonb` prints it: keys by length, then by bytes, the last of several alike; a blank behind `,` and `:`.
/// `None` for a number with a fraction that ends in zeros or has an exponent: `jsonb` keeps every digit.
pub(super) fn jsonb(text: &str) -> Option<String> {
    use serde_json::Value;
    fn print(value: &Value, text: &str) -> Option<String> {
        match value {
            Value::Number(number) if number.is_f64() => {
                let printed = number.to_string();
                let is_whole = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_digit() || "eE.".contains(c));
                text.match_indices(&printed)
                    .all(|(at, _)| is_whole(&text[at + printed.len()..]))
                    .then_some(printed)
                    .filter(|printed| text.contains(printed.as_str()))
            }
            Value::Array(items) => {
                let items: Option<Vec<String>> = items.iter().map(|item| print(item, text)).collect();
                Some(format!("[{}]", items?.join(", ")))
            }
            Value::Object(fields) => {
                let mut fields: Vec<_> = fields.iter().collect();
                fields.sort_by_key(|(key, _)| (key.len(), key.as_bytes()));
                let field = |(key, value): &(&String, &Value)| {
                    Some(format!("{}: {}", Value::String((*key).clone()), print(value, text)?))
                };
                let fields: Option<Vec<String>> = fields.iter().map(field).collect();
                Some(format!("{{{}}}", fields?.join(", ")))
            }
            plain => Some(plain.to_string()),
        }
    }
    print(&serde_json::from_str(text).ok()?, text)
}

fn uuid(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let hex = text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    (hex && lengths == [8, 4, 4, 4, 12]).then_some(text)
}

/// `2 hours 30 minutes` as `02:30:00`; whole numbers only.
fn interval(text: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let (mut months, mut days, mut seconds) = (0i64, 0i64, 0i64);
    while let Some(number) = words.next() {
        let number: i64 = number.parse().ok().filter(|number| (0..1_000_000).contains(number))?;
        let unit = words.next()?.to_ascii_lowercase();
        match unit.strip_suffix('s').unwrap_or(&unit) {
            "year" => months += 12 * number,
            "month" | "mon" => months += number,
            "week" => days += 7 * number,
            "day" => days += number,
            "hour" => seconds += 3600 * number,
            "minute" | "min" => seconds += 60 * number,
            "second" | "sec" => seconds += number,
            _ => return None,
        }
    }
    let counted = |number: i64, word: &str| match number {
        0 => None,
        1 => Some(format!("1 {word}")),
        many => Some(format!("{many} {word}s")),
    };
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let clock = (seconds > 0 || months + days == 0).then_some(clock);
    let parts = [counted(months / 12, "year"), counted(months % 12, "mon"), counted(days, "day"), clock];
    Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
}

/// Whether a text has the shape, in which `0` stands for any digit.
fn shaped(text: &str, shape: &str) -> bool {
    let fits = |(c, s): (u8, u8)| if s == b'0' { c.is_ascii_digit() } else { c == s };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(fits)
}

fn date(text: &str) -> Option<String> {
    shaped(text, "0000-00-00").then(|| text.to_owned())
}

fn time(text: &str) -> Option<String> {
    match text {
        text if shaped(text, "00:00:00") => Some(text.to_owned()),
        text if shaped(text, "00:00") => Some(format!("{text}:00")),
        _ => None,
    }
}

fn moment(text: &str) -> Option<String> {
    match text.split_once([' ', 'T']) {
        Some((day, clock)) => Some(format!("{} {}", date(day)?, time(clock)?)),
        None => Some(format!("{} 00:00:00", date(text)?)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_counted_together() {
        for (text, printed) in [
            ("1 day", "1 day"),
            ("2 weeks", "14 days"),
            ("24 hours", "24:00:00"),
            ("1 year 14 months", "2 years 2 mons"),
            ("90 minutes", "01:30:00"),
        ] {
            assert_eq!(interval(text).as_deref(), Some(printed));
        }
        assert_eq!(interval("1.5 days"), None);
    }

    #[test]
    fn json_is_put_in_order() {
        let printed = jsonb(r#"{"theme":"dark","a":[1,2],"b":{"x":null}}"#);
        assert_eq!(printed.as_deref(), Some(r#"{"a": [1, 2], "b": {"x": null}, "theme": "dark"}"#));
        assert_eq!(jsonb("1.50"), None);
        assert_eq!(jsonb("[0.1,2.5]").as_deref(), Some("[0.1, 2.5]"));
    }

    #[test]
    fn numbers_lose_their_exponent() {
        let printed = ["1.50", ".5", "1e10", "-2.5e-2", "007", "1e"].map(decimal);
        let expected = ["1.50", "0.5", "10000000000", "-0.025", "7"].map(|text| Some(text.to_owned()));
        assert_eq!(printed[..5], expected);
        assert_eq!(printed[5], None);
    }

    #[test]
    fn literals_have_the_type_that_they_are_read_as() {
        assert_eq!(
            typed("2020-01-01", "timestamp without time zone").unwrap(),
            "'2020-01-01 00:00:00'::timestamp without time zone"
        );
        assert_eq!(typed("7", "integer").unwrap(), "7");
        assert_eq!(typed("-7", "integer").unwrap(), "'-7'::integer");
        assert_eq!(typed("it's", "text").unwrap(), "'it''s'::text");
        assert_eq!(typed("(1,2)", "point"), None);
        assert_eq!(number("9999999999", false), Some(("'9999999999'::bigint".into(), "bigint")));
    }
}
