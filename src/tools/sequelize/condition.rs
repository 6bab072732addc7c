//! `where` objects (6.37.8: `query-generator.js` `whereItemsQuery` and what it calls; without a model).

use super::escape::{escape, is_method, method};
use super::names::quote;
use super::reading::{fails, unknown};
use crate::js::{Hole, Value};
use crate::tools::script::{Unclear, hole};

/// How the plain values of a condition are sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Values {
    /// In the statement.
    Escaped,
    /// As parameters; they are spelled where they stand, as the driver would send them.
    Bound,
}

impl Values {
    /// A value.
    pub fn spell(self, value: &Value) -> Result<String, Unclear> {
        match self {
            Values::Escaped => escape(value, None),
            Values::Bound => bound(value),
        }
    }
}

/// The mark that the shim puts before an operator's name (`Op.gt`).
pub(super) const MARK: char = '\u{e010}';

/// A parameter, as the driver sends it (pg 8: `utils.js` `prepareValue`).
pub(super) fn bound(value: &Value) -> Result<String, Unclear> {
    match value {
        Value::List(_) => array(value).map(|text| super::escape::quoted(&text)),
        Value::Object(_) => super::escape::json(value),
        Value::Made(..) => Err(fails("an expression cannot be a parameter")),
        other => escape(other, None),
    }
}

/// An array as PostgreSQL's own text.
fn array(value: &Value) -> Result<String, Unclear> {
    Ok(match value {
        Value::List(values) => {
            let parts = values.iter().map(array).collect::<Result<Vec<_>, _>>()?;
            format!("{{{}}}", parts.join(","))
        }
        Value::Null | Value::Undefined => "NULL".into(),
        Value::Number(_) | Value::Bool(_) => format!("\"{}\"", escape(value, None)?),
        Value::Text(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        other => return Err(unknown("a value of an array", other)),
    })
}

/// `WHERE …`, or nothing.
pub(super) fn clause(value: Option<&Value>, values: Values) -> Result<String, Unclear> {
    let condition = items(value, values, " AND ")?;
    Ok(if condition.is_empty() { condition } else { format!("WHERE {condition}") })
}

/// `getWhereConditions`, as `bulkDelete` has it.
pub(super) fn of_delete(value: Option<&Value>) -> Result<String, Unclear> {
    match value {
        Some(number @ (Value::Number(_) | Value::BigInt(_))) => Ok(format!("\"id\" = {}", escape(number, None)?)),
        Some(Value::List(list)) if list.is_empty() => Ok("1=1".into()),
        other => items(other, Values::Escaped, " AND "),
    }
}

/// `whereItemsQuery`.
pub(super) fn items(value: Option<&Value>, values: Values, binding: &str) -> Result<String, Unclear> {
    let Some(value) = value else { return Ok(String::new()) };
    match value {
        Value::Null | Value::Undefined => Ok(String::new()),
        Value::Text(_) | Value::Mixed(_) => Err(fails("`where` as a string is no longer supported")),
        Value::Hole(hole) => Err(Unclear::new(format!("the condition rests on `{}`", hole.source))),
        Value::Object(_) => {
            let mut parts = Vec::new();
            for (key, item) in keys(value) {
                parts.push(one(Some(key), item, values)?);
            }
            parts.retain(|part| !part.is_empty());
            Ok(parts.join(binding))
        }
        Value::List(list) if list.is_empty() => Ok(String::new()),
        other => one(None, other, values),
    }
}

/// The properties of an object, operators first.
fn keys(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let fields = match value {
        Value::Object(fields) => fields.as_slice(),
        _ => &[],
    };
    let all = |operators: bool| {
        fields
            .iter()
            .filter(move |(key, _)| key.starts_with(MARK) == operators)
            .map(|(key, value)| (key.as_str(), value))
    };
    all(true).chain(all(false))
}

/// The value of an operator in an object.
fn operator<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) => {
            fields.iter().find(|(key, _)| key.strip_prefix(MARK) == Some(name)).map(|(_, value)| value)
        }
        _ => None,
    }
}

/// `whereItemQuery`. `key`: a column, an operator or none.
fn one(key: Option<&str>, value: &Value, values: Values) -> Result<String, Unclear> {
    let group = key.and_then(|key| key.strip_prefix(MARK));
    match value {
        Value::Undefined => return Err(fails(format_args!("the condition on {} is `undefined`", key.unwrap_or("it")))),
        Value::Null => return Ok(joined(key, "NULL", "IS")),
        Value::Hole(_) | Value::Mixed(_) if group.is_none() => {
            // An array, an object or null would make another condition of it.
            return match (key, value) {
                (None, _) => Err(unknown("the condition", value)),
                (Some(key), Value::Hole(inner)) => Ok(joined(Some(key), &either(inner), "=")),
                (Some(key), _) => Ok(joined(Some(key), &values.spell(value)?, "=")),
            };
        }
        _ if value.truth() == Some(false) => return Ok(joined(key, &values.spell(value)?, "=")),
        _ => {}
    }
    let is_fn = matches!(value, Value::Made(class, _) if class == "Fn");
    if is_method(value) && !(key.is_some() && is_fn) {
        return method(value);
    }
    if key.is_none() {
        match value {
            Value::Object(_) => {
                let mut found = keys(value);
                if let (Some((key, item)), None) = (found.next(), found.next()) {
                    return one(Some(key), item, values);
                }
            }
            Value::List(list) if list.iter().any(|item| matches!(item, Value::Object(_)) || is_where(item)) => {
                return grouped("and", value, values);
            }
            Value::List(_) => return Err(fails("a list of replacements in `where` is no longer supported")),
            _ => {}
        }
    }
    if let Some(name @ ("or" | "and" | "not")) = group {
        return grouped(name, value, values);
    }
    for (name, binding) in [("or", " OR "), ("and", " AND ")] {
        if let Some(inner) = operator(value, name) {
            return each(binding, key, inner, values);
        }
    }
    match value {
        Value::Object(fields) if fields.len() > 1 => each(" AND ", key, value, values),
        Value::List(_) => single(key, "in", value),
        Value::Object(fields) => match fields.first() {
            Some((name, inner)) => match name.strip_prefix(MARK) {
                Some(name) => single(key, name, inner),
                None => Err(fails(format_args!("`{name}` in a condition is no operator"))),
            },
            None => Err(fails("an empty object as a condition")),
        },
        other if is_fn => Ok(joined(key, &method(other)?, "=")),
        other => Ok(joined(key, &values.spell(other)?, "=")),
    }
}

fn is_where(value: &Value) -> bool {
    matches!(value, Value::Made(class, _) if class == "Where")
}

/// A value that nobody knows, compared for being equal.
fn either(inner: &Hole) -> String {
    hole(inner)
}

/// `_whereGroupBind`.
fn grouped(name: &str, value: &Value, values: Values) -> Result<String, Unclear> {
    let binding = if name == "or" { " OR " } else { " AND " };
    let inner = match value {
        Value::List(list) => {
            let mut parts = Vec::new();
            for item in list {
                let text = items(Some(item), values, " AND ")?;
                let size = match item {
                    Value::Object(fields) => fields.len(),
                    Value::List(list) => list.len(),
                    _ => 0,
                };
                if !text.is_empty() {
                    parts.push(if size > 1 { format!("({text})") } else { text });
                }
            }
            parts.join(binding)
        }
        other => items(Some(other), values, binding)?,
    };
    if inner.is_empty() {
        return Ok(if name == "and" { String::new() } else { "0 = 1".into() });
    }
    Ok(format!("{}({inner})", if name == "not" { "NOT " } else { "" }))
}

/// `_whereBind`.
fn each(binding: &str, key: Option<&str>, value: &Value, values: Values) -> Result<String, Unclear> {
    let mut parts = Vec::new();
    match value {
        Value::Object(_) => {
            for (name, item) in keys(value) {
                parts.push(one(key, &Value::Object(vec![(name.to_owned(), item.clone())]), values)?);
            }
        }
        Value::List(list) => {
            for item in list {
                parts.push(one(key, item, values)?);
            }
        }
        other => return Err(unknown("the condition", other)),
    }
    parts.retain(|part| !part.is_empty());
    Ok(if parts.is_empty() { String::new() } else { format!("({})", parts.join(binding)) })
}

/// `_whereParseSingleValueObject`.
fn single(key: Option<&str>, name: &str, value: &Value) -> Result<String, Unclear> {
    let name = match (name, value) {
        ("not", Value::List(_)) => "notIn",
        ("not", Value::Null | Value::Bool(_)) => "not",
        ("not", Value::Hole(inner)) => return Err(Unclear::new(format!("the condition rests on `{}`", inner.source))),
        ("not", _) => "ne",
        (name, _) => name,
    };
    let comparator = comparator(name).ok_or_else(|| Unclear::new(format!("the operator `{name}` in a condition")))?;
    let list = |value: &Value| -> Result<String, Unclear> {
        let Value::List(values) = value else { return Err(unknown("the list of a condition", value)) };
        Ok(values.iter().map(|value| escape(value, None)).collect::<Result<Vec<_>, _>>()?.join(", "))
    };
    let pattern = |before: &str, after: &str| -> Result<String, Unclear> {
        match value {
            Value::Text(text) => Ok(super::escape::quoted(&format!("{before}{text}{after}"))),
            Value::Number(_) => Ok(format!("'{before}{}{after}'", escape(value, None)?)),
            other => Err(unknown("the pattern of a condition", other)),
        }
    };
    match name {
        "in" | "notIn" => match value {
            Value::Made(class, _) if class == "Literal" => Ok(joined(key, &method(value)?, comparator)),
            Value::List(values) if !values.is_empty() => Ok(joined(key, &format!("({})", list(value)?), comparator)),
            Value::List(_) if name == "in" => Ok(joined(key, "(NULL)", comparator)),
            Value::List(_) => Ok(String::new()),
            other => Err(unknown("the list of a condition", other)),
        },
        "any" | "all" => match operator(value, "values") {
            Some(Value::List(values)) => {
                let rows = values.iter().map(|value| Ok(format!("({})", escape(value, None)?)));
                let rows = rows.collect::<Result<Vec<String>, Unclear>>()?.join(", ");
                Ok(joined(key, &format!("(VALUES {rows})"), &format!("= {comparator}")))
            }
            _ => Ok(joined(key, &format!("({})", escape(value, None)?), &format!("= {comparator}"))),
        },
        "between" | "notBetween" => match value {
            Value::List(ends) if ends.len() == 2 => {
                let ends = ends.iter().map(|end| escape(end, None)).collect::<Result<Vec<_>, _>>()?;
                Ok(joined(key, &ends.join(" AND "), comparator))
            }
            other => Err(unknown("the range of a condition", other)),
        },
        "col" => match value {
            Value::Text(path) => Ok(joined(key, &column_path(path), "=")),
            other => Err(unknown("the column of a condition", other)),
        },
        "startsWith" => Ok(joined(key, &pattern("", "%")?, "LIKE")),
        "endsWith" => Ok(joined(key, &pattern("%", "")?, "LIKE")),
        "substring" => Ok(joined(key, &pattern("%", "%")?, "LIKE")),
        _ => {
            for (inner, word) in [("any", "ANY"), ("all", "ALL")] {
                if let Some(list) = operator(value, inner) {
                    return Ok(joined(key, &format!("({})", escape(list, None)?), &format!("{comparator} {word}")));
                }
            }
            if let Some(Value::Text(path)) = operator(value, "col") {
                // The inner condition is a comparison without a key.
                return Ok(joined(key, &column_path(path), comparator));
            }
            let comparator = match (value, comparator) {
                (Value::Null, "=") => "IS",
                (Value::Null, "!=") => "IS NOT",
                (_, other) => other,
            };
            Ok(joined(key, &escape(value, None)?, comparator))
        }
    }
}

fn column_path(path: &str) -> String {
    match path.rsplit_once('.') {
        Some((head, tail)) => format!("{}.{}", quote(&head.replace('.', "->")), quote(tail)),
        None => quote(path),
    }
}

/// `_joinKeyValue`.
fn joined(key: Option<&str>, value: &str, comparator: &str) -> String {
    let Some(key) = key else { return value.to_owned() };
    let dollars = key.strip_prefix('$').and_then(|key| key.strip_suffix('$'));
    let key = dollars.map_or_else(|| quote(key), column_path);
    format!("{key} {comparator} {value}")
}

/// What `sequelize.where(…)` says.
pub(super) fn compared(value: &Value) -> Result<String, Unclear> {
    let Some(attribute) = value.get("attribute").filter(|attribute| is_method(attribute)) else {
        return Err(Unclear::new("a comparison of what is neither a function nor a column"));
    };
    let key = method(attribute)?;
    let mut word = match value.get("comparator") {
        Some(Value::Text(word)) => match word.strip_prefix(MARK) {
            Some(name) => comparator(name).ok_or_else(|| Unclear::new(format!("the operator `{name}`")))?.to_owned(),
            None => word.clone(),
        },
        _ => return Err(Unclear::new("a comparison that is not understood")),
    };
    let logic = match value.get("logic") {
        Some(Value::Object(fields)) => {
            let [(name, inner)] = fields.as_slice() else {
                return Err(Unclear::new("a comparison with several conditions"));
            };
            let Some(name) = name.strip_prefix(MARK) else { return Err(Unclear::new("a comparison with an object")) };
            return single(None, name, inner).and_then(|_| match comparator(name) {
                Some(word) if !matches!(name, "in" | "notIn" | "any" | "all" | "between" | "notBetween" | "col") => {
                    Ok(format!("{key} {word} {}", escape(inner, None)?))
                }
                _ => Err(Unclear::new("a comparison with a list")),
            });
        }
        Some(Value::List(ends)) if ends.len() == 2 && word.ends_with("BETWEEN") => {
            format!("{} AND {}", escape(&ends[0], None)?, escape(&ends[1], None)?)
        }
        Some(other) => escape(other, None)?,
        None => "NULL".into(),
    };
    if logic == "NULL" {
        match word.as_str() {
            "=" => word = "IS".into(),
            "!=" => word = "IS NOT".into(),
            _ => {}
        }
    }
    Ok(format!("{key} {word} {logic}"))
}

/// `OperatorMap`.
fn comparator(name: &str) -> Option<&'static str> {
    Some(match name {
        "eq" => "=",
        "ne" => "!=",
        "gte" => ">=",
        "gt" => ">",
        "lte" => "<=",
        "lt" => "<",
        "not" => "IS NOT",
        "is" => "IS",
        "in" => "IN",
        "notIn" => "NOT IN",
        "like" | "startsWith" | "endsWith" | "substring" => "LIKE",
        "notLike" => "NOT LIKE",
        "iLike" => "ILIKE",
        "notILike" => "NOT ILIKE",
        "regexp" => "~",
        "notRegexp" => "!~",
        "iRegexp" => "~*",
        "notIRegexp" => "!~*",
        "between" => "BETWEEN",
        "notBetween" => "NOT BETWEEN",
        "overlap" => "&&",
        "contains" => "@>",
        "contained" => "<@",
        "adjacent" => "-|-",
        "strictLeft" => "<<",
        "strictRight" => ">>",
        "noExtendRight" => "&<",
        "noExtendLeft" => "&>",
        "any" => "ANY",
        "all" => "ALL",
        "col" => "=",
        "match" => "@@",
        _ => return None,
    })
}
