//! TypeORM's calls in code that is carried over (0.3.31 and 1.1.1, `driver/postgres/PostgresQueryRunner.js`, `query`): a
//! text with `$1`, `$2` … and a list of values. It gives the rows, or for UPDATE and DELETE the rows and how many there
//! were; asked for a structured result, `records` and `affected`.

use crate::js::bridge::{Argument, Chain, Handle, Shape};
use crate::tools::script::bridge::{
    Answer, Bridge, Desk, Gives, Meant, Part, Query, command, parts_of, undefined_as_null,
};

/// TypeORM's side.
pub(in crate::tools) struct TypeOrmBridge;

impl Bridge for TypeOrmBridge {
    fn packages(&self) -> &'static [&'static str] {
        &["typeorm"]
    }

    fn parameters(&self) -> &'static [Handle] {
        &[Handle::Runner]
    }

    fn read(&self, chain: &Chain) -> Result<Meant, String> {
        let names: Vec<&str> = chain.links.iter().map(|link| link.name.as_str()).collect();
        let (Handle::Runner, ["query"] | ["manager", "query"]) = (&chain.handle, names.as_slice()) else {
            return Err(format!("what {} does is not said in terms of another tool", names.join(".")));
        };
        let Some(arguments) = chain.links.last().and_then(|link| link.arguments.as_ref()) else {
            return Err("a method is handed on".into());
        };
        let (sql, values) = match arguments.as_slice() {
            [sql] => (sql, None),
            [sql, values] => (sql, Some(values)),
            _ => return Err("a query with other than a text and values".into()),
        };
        query(sql, values).map(Meant::Query)
    }

    fn write(&self, query: &Query, chain: &Chain, desk: &Desk<'_>) -> Result<String, String> {
        let sql = query.spelled(|text| Ok(text.to_owned()), str::to_owned, |number| format!("${number}"))?;
        let values = query.values();
        let list = if values.is_empty() { String::new() } else { format!(", [{}]", values.join(", ")) };
        let handle = desk.handle;
        // The plain call gives the rows of all but these.
        let plain =
            command(&query.parts).is_some_and(|word| !["UPDATE", "DELETE", "WITH", "MERGE"].contains(&word.as_str()));
        let of_rows = matches!(query.gives, Gives::Rows | Gives::First | Gives::Column(_) | Gives::RowsFirst);
        let answer = if chain.used == crate::js::bridge::Used::Nothing || plain && of_rows {
            let call = format!("{handle}.query({sql}{list})");
            Answer { call, parameter: "rows", rows: "rows".into(), count: String::new(), lazy: false }
        } else {
            let list = if list.is_empty() { ", []" } else { list.as_str() };
            let call = format!("{handle}.query({sql}{list}, true)");
            Answer {
                call,
                parameter: "result",
                rows: "result.records".into(),
                count: "result.affected".into(),
                lazy: false,
            }
        };
        answer.for_chain(query, chain)
    }
}

/// `query(sql, values)`.
fn query(sql: &Argument, values: Option<&Argument>) -> Result<Query, String> {
    let mut parts = parts_of(sql)?;
    let values = match values.map(|values| &values.shape) {
        None | Some(Shape::Undefined) => Vec::new(),
        Some(Shape::List(values)) => values.iter().map(undefined_as_null).collect::<Result<Vec<_>, _>>()?,
        Some(_) => return Err("the list of values is known only when it runs".into()),
    };
    let gives = match command(&parts).as_deref() {
        Some("UPDATE" | "DELETE") => Gives::RowsAndCount,
        None | Some("WITH" | "MERGE") => Gives::Unknown,
        Some(_) => Gives::Rows,
    };
    let mut written = sql.text.clone().ok();
    if !values.is_empty() {
        parts = placed(parts, &values)?;
        written = None;
    }
    Ok(Query { parts, written, gives })
}

/// A text with its values in place of `$1` and so on.
fn placed(parts: Vec<Part>, values: &[String]) -> Result<Vec<Part>, String> {
    let mut out = Vec::new();
    let mut inside = Inside::Nothing;
    let mut used = vec![false; values.len()];
    for part in parts {
        let Part::Text(text) = part else {
            return Err("parts of a text that has values beside it are known only when it runs".into());
        };
        let mut from = 0;
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let step = inside.step(&text, at)?;
            if step > 0 {
                at += step;
                continue;
            }
            let digits = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
            let number: usize = text[at + 1..at + 1 + digits].parse().map_err(|_| "a parameter that has no number")?;
            let value =
                number.checked_sub(1).and_then(|index| values.get(index)).ok_or("a parameter without a value")?;
            used[number - 1] = true;
            out.extend([Part::Text(text[from..at].to_owned()), Part::Value(value.clone())]);
            at += 1 + digits;
            from = at;
        }
        out.push(Part::Text(text[from..].to_owned()));
    }
    if used.contains(&false) {
        return Err("a value without a parameter".into());
    }
    Ok(out)
}

/// What a place in a statement is inside of.
enum Inside {
    Nothing,
    /// Quotes, with whether a backslash escapes in them.
    Quotes(char, bool),
    LineComment,
    /// How many comments are open.
    Comment(usize),
    Dollars(String),
}

impl Inside {
    /// How far to go on; 0 at a parameter.
    fn step(&mut self, text: &str, at: usize) -> Result<usize, String> {
        let rest = text.get(at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else { return Ok(1) };
        let width = first.len_utf8();
        match self {
            Inside::Nothing => {
                if rest.starts_with("--") {
                    *self = Inside::LineComment;
                } else if rest.starts_with("/*") {
                    *self = Inside::Comment(1);
                    return Ok(2);
                } else if first == '\'' || first == '"' {
                    let mut before = text[..at].chars().rev();
                    let escapes = matches!(before.next(), Some('e' | 'E'))
                        && !before.next().is_some_and(|c| c.is_alphanumeric() || c == '_');
                    *self = Inside::Quotes(first, first == '\'' && escapes);
                } else if first == '$' && !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
                    if rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
                        return Ok(0);
                    }
                    let end = rest[1..].find(|c: char| !(c.is_alphanumeric() || c == '_')).map(|end| end + 1);
                    if let Some(end) = end.filter(|end| rest[*end..].starts_with('$')) {
                        *self = Inside::Dollars(rest[..=end].to_owned());
                        return Ok(end + 1);
                    }
                }
            }
            Inside::Quotes(quote, escapes) => {
                if *escapes && first == '\\' {
                    return Ok(1 + rest[1..].chars().next().map_or(0, char::len_utf8));
                }
                if first == *quote {
                    if rest[1..].starts_with(*quote) {
                        return Ok(2);
                    }
                    *self = Inside::Nothing;
                }
            }
            Inside::LineComment => {
                if first == '\n' {
                    *self = Inside::Nothing;
                }
            }
            Inside::Comment(open) => {
                if rest.starts_with("*/") {
                    *open -= 1;
                    if *open == 0 {
                        *self = Inside::Nothing;
                    }
                    return Ok(2);
                }
                if rest.starts_with("/*") {
                    *open += 1;
                    return Ok(2);
                }
            }
            Inside::Dollars(tag) => {
                if rest.starts_with(tag.as_str()) {
                    let width = tag.len();
                    *self = Inside::Nothing;
                    return Ok(width);
                }
            }
        }
        Ok(width)
    }
}
