//! Raw SQL: `sequelize.query(sql, options)` with its replacements and parameters (6.37.8: `sequelize.js` `query`,
//! `utils/sql.js` `injectReplacements`, `dialects/abstract/query.js` `formatBindParameters`).

use super::condition::bound;
use super::escape::plain;
use super::reading::{fails, unknown};
use crate::js::{Call, Value};
use crate::tools::script::{Unclear, in_bodies, with_holes};

/// The statement that is sent.
pub(super) fn sql(call: &Call) -> Result<String, Unclear> {
    let (mut sql, mut options) = (call.arg(0).ok_or_else(|| fails("there is no SQL"))?, Vec::new());
    if let Value::Object(_) = sql {
        options.push(("replacements", sql.get("values")));
        options.push(("bind", sql.get("bind")));
        sql = sql.get("query").ok_or_else(|| fails("there is no SQL"))?;
    } else if matches!(sql, Value::Made(class, _) if class == "Literal") {
        sql = sql.get("val").ok_or_else(|| fails("there is no SQL"))?;
    }
    if let Some(given) = call.arg(1) {
        if let Some(hole) = given.hole().filter(|_| matches!(given, Value::Hole(_))) {
            return Err(Unclear::new(format!("the options rest on `{}`", hole.source)));
        }
        options.push(("replacements", given.get("replacements")));
        options.push(("bind", given.get("bind")));
    }
    let given = |name: &str| -> Result<Option<&Value>, Unclear> {
        let mut found = None;
        for (_, value) in options.iter().filter(|(known, value)| *known == name && value.is_some()) {
            let Some(value) = value else { continue };
            if value.truth().ok_or_else(|| unknown(&format!("`{name}`"), value))? {
                found = Some(*value);
            }
        }
        Ok(found)
    };
    let text = match sql {
        Value::Text(text) => text.clone(),
        Value::Mixed(pieces) => with_holes(pieces).or_else(|unclear| in_bodies(pieces).ok_or(unclear))?,
        other => return Err(unknown("the SQL", other)),
    };
    let text = text.trim();
    match (given("replacements")?, given("bind")?) {
        (Some(_), Some(_)) => Err(fails("replacements and parameters cannot be given both")),
        (Some(values), None) => replaced(text, values),
        (None, Some(values)) => with_parameters(text, values),
        (None, None) => Ok(text.to_owned()),
    }
}

/// Where in a statement a place is.
#[derive(Clone, PartialEq, Eq)]
enum Within {
    Sql,
    Name,
    Text { escapes: bool },
    Dollar(String),
    Line,
    Block,
}

/// Walks over a statement as the tool does, and gives for each character whether it stands in SQL proper.
struct Walk<'a> {
    text: &'a str,
    within: Within,
}

impl Walk<'_> {
    /// Takes the character at `at`; gives whether it was in SQL proper and stays there, and how many bytes to skip.
    fn step(&mut self, at: usize, letter: char) -> (bool, usize) {
        let rest = &self.text[at..];
        let before = self.text[..at].chars().next_back();
        let size = letter.len_utf8();
        match &self.within {
            Within::Name => {
                if letter == '"' {
                    self.within = Within::Sql;
                }
                (false, size)
            }
            Within::Text { escapes } => {
                let backslashes = self.text[..at].chars().rev().take_while(|letter| *letter == '\\').count();
                if letter == '\'' && !(*escapes && backslashes % 2 == 1) {
                    self.within = Within::Sql;
                }
                (false, size)
            }
            Within::Dollar(tag) => {
                if letter == '$' && dollar_tag(rest) == Some(tag.as_str()) {
                    self.within = Within::Sql;
                }
                (false, size)
            }
            Within::Line => {
                if letter == '\n' {
                    self.within = Within::Sql;
                }
                (false, size)
            }
            Within::Block => {
                if rest.starts_with("*/") {
                    self.within = Within::Sql;
                }
                (false, size)
            }
            Within::Sql => {
                if letter == '"' {
                    self.within = Within::Name;
                } else if letter == '\'' {
                    let escapes =
                        matches!(before, Some('E' | 'e')) && precedes_token(self.text[..at].chars().rev().nth(1));
                    self.within = Within::Text { escapes };
                } else if rest.starts_with("-- ") {
                    self.within = Within::Line;
                } else if rest.starts_with("/*") {
                    self.within = Within::Block;
                } else if letter == '$' {
                    let part_of_name = before.is_some_and(|b| b.is_ascii_alphanumeric() || b == '_');
                    if !part_of_name && let Some(tag) = dollar_tag(rest) {
                        let skip = tag.len() + 2;
                        self.within = Within::Dollar(tag.to_owned());
                        return (false, skip);
                    }
                } else {
                    return (true, size);
                }
                (letter == '$', size)
            }
        }
    }
}

/// The tag of `$tag$` at the start of a text.
fn dollar_tag(rest: &str) -> Option<&str> {
    let inner = rest.strip_prefix('$')?;
    let tag = inner.split_once('$')?.0;
    let named = tag.is_empty()
        || tag.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && tag.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    named.then_some(tag)
}

/// `canPrecedeNewToken`.
fn precedes_token(letter: Option<char>) -> bool {
    letter.is_none_or(|letter| letter.is_whitespace() || matches!(letter, '(' | '>' | ',' | '='))
}

/// `injectReplacements`.
fn replaced(text: &str, values: &Value) -> Result<String, Unclear> {
    let named = match values {
        Value::Object(_) => true,
        Value::List(_) => false,
        other => return Err(unknown("the replacements", other)),
    };
    let mut walk = Walk { text, within: Within::Sql };
    let (mut out, mut at, mut copied, mut next) = (String::new(), 0, 0, 0);
    while let Some(letter) = text[at..].chars().next() {
        let (proper, skip) = walk.step(at, letter);
        let before = text[..at].chars().next_back();
        let opens = precedes_token(before) || before == Some('[');
        if proper
            && opens
            && named
            && letter == ':'
            && let Some(name) = placeholder(&text[at + 1..])
        {
            let value = values.get(name).ok_or_else(|| fails(format_args!("the replacement :{name} has no value")))?;
            out += &text[copied..at];
            out += &replacement(value)?;
            copied = at + 1 + name.len();
        } else if proper && opens && !named && letter == '?' && !text[at + 1..].starts_with(['|', '&']) {
            let value = match values {
                Value::List(list) => list.get(next).filter(|value| !matches!(value, Value::Undefined)),
                _ => None,
            };
            let value = value.ok_or_else(|| fails(format_args!("the replacement number {} has no value", next + 1)))?;
            next += 1;
            out += &text[copied..at];
            out += &replacement(value)?;
            copied = at + 1;
        }
        at += skip;
    }
    if matches!(walk.within, Within::Text { .. }) {
        return Err(fails("a string in the SQL does not end"));
    }
    Ok(out + &text[copied..])
}

/// The name at the start of what follows a colon: `/^[a-z_][0-9a-z_]*(?:\)|,|$|\s|::|;|])/i`.
fn placeholder(rest: &str) -> Option<&str> {
    let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(rest.len());
    let name = &rest[..end];
    let after = &rest[end..];
    let closed = after.is_empty()
        || after.starts_with([')', ',', ';', ']'])
        || after.starts_with(char::is_whitespace)
        || after.starts_with("::");
    (closed && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')).then_some(name)
}

/// A replacement: an array is a list of values.
fn replacement(value: &Value) -> Result<String, Unclear> {
    let Value::List(values) = value else { return plain(value) };
    let parts = values.iter().map(|value| match value {
        Value::List(_) => replacement(value).map(|inner| format!("({inner})")),
        other => plain(other),
    });
    Ok(parts.collect::<Result<Vec<_>, _>>()?.join(", "))
}

/// A statement with its parameters in their places.
fn with_parameters(text: &str, values: &Value) -> Result<String, Unclear> {
    if !matches!(values, Value::Object(_) | Value::List(_)) {
        return Err(unknown("the parameters", values));
    }
    let mut walk = Walk { text, within: Within::Sql };
    let (mut out, mut at) = (String::new(), 0);
    while let Some(letter) = text[at..].chars().next() {
        let quoted = walk.within != Within::Sql;
        let before = text[..at].chars().next_back();
        let part_of_name = before.is_some_and(|before| before.is_ascii_alphanumeric() || before == '_');
        if letter == '$' && !part_of_name {
            let rest = &text[at + 1..];
            if rest.starts_with('$') {
                // Two dollars are one, also where they quote.
                return Err(Unclear::new("dollar quotes in SQL with parameters, which the tool takes apart"));
            }
            let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(rest.len());
            let key = &rest[..end];
            if !key.is_empty() {
                if quoted {
                    return Err(Unclear::new(format!("the parameter ${key} stands in quotes")));
                }
                let value = match values {
                    Value::List(list) => key.parse::<usize>().ok().and_then(|n| list.get(n.checked_sub(1)?)),
                    object => object.get(key),
                };
                let value = value.filter(|value| !matches!(value, Value::Undefined));
                out += &bound(value.ok_or_else(|| fails(format_args!("the parameter ${key} has no value")))?)?;
                at += 1 + end;
                continue;
            }
        }
        let (_, skip) = walk.step(at, letter);
        out += &text[at..at + skip];
        at += skip;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn replacements_are_put_where_the_tool_puts_them() {
        let values = Value::Object(vec![
            ("a".into(), value("it's")),
            ("ids".into(), Value::List(vec![Value::Number(1.0), value("x")])),
        ]);
        let sql = "SELECT ':a', x::a, :a::text -- :a\n, $$ :a $$, \":a\" FROM t WHERE id IN (:ids) AND y[:a]";
        assert_eq!(
            replaced(sql, &values).as_deref(),
            Ok("SELECT ':a', x::a, 'it''s'::text -- :a\n, $$ :a $$, \":a\" FROM t WHERE id IN (1, 'x') AND y['it''s']")
        );
        let list = Value::List(vec![Value::Number(1.0), Value::Null]);
        assert_eq!(replaced("a = ? AND b ?| c AND d = ?", &list).as_deref(), Ok("a = 1 AND b ?| c AND d = NULL"));
    }

    #[test]
    fn parameters_are_put_in_their_places() {
        let list = Value::List(vec![Value::Number(1.0), value("x")]);
        assert_eq!(with_parameters("a = $1 AND b = $2::text", &list).as_deref(), Ok("a = 1 AND b = 'x'::text"));
        assert!(with_parameters("a = '$1'", &list).is_err());
        assert!(with_parameters("a = $3", &list).is_err());
        let named = Value::Object(vec![("é".into(), value("x")), ("n".into(), value("x"))]);
        assert_eq!(with_parameters("é = $n", &named).as_deref(), Ok("é = 'x'"));
    }
}
