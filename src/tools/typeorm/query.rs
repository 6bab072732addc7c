//! `query(sql, parameters)`: the statement with its parameters in their places, as the driver `pg` spells them
//! (`pg/lib/utils.js`, version 8).

use super::Calling;
use super::{Unclear, literal, quoted, spelled_hole};
use crate::js::{Hole, Value};
use crate::sql::lex::{Lexer, TokenKind};
use crate::tools::script::{in_bodies, with_holes};

impl Calling<'_> {
    pub(super) fn query(&self) -> Result<Vec<String>, Unclear> {
        let sql = match self.call.arg(0) {
            Some(Value::Text(sql)) => sql.clone(),
            Some(Value::Mixed(pieces)) => with_holes(pieces).or_else(|unclear| in_bodies(pieces).ok_or(unclear))?,
            Some(value) if value.hole().is_some() => {
                return Err(Unclear::new("the statement is put together at run time"));
            }
            _ => return Err(Unclear::new("query expects a statement as a text")),
        };
        let none = Vec::new();
        let parameters = match self.call.arg(1) {
            None | Some(Value::Null) => &none,
            Some(Value::List(parameters)) => parameters,
            Some(_) => return Err(Unclear::new("the parameters of a statement are no list")),
        };
        Ok(vec![fill(&sql, parameters)?])
    }
}

/// A statement with its parameters in their places.
pub(super) fn fill(sql: &str, parameters: &[Value]) -> Result<String, Unclear> {
    if parameters.is_empty() {
        return Ok(sql.to_owned());
    }
    let mut out = String::with_capacity(sql.len());
    let mut done = 0;
    for token in Lexer::new(sql).filter(|token| token.kind == TokenKind::Param) {
        let text = token.text(sql);
        let number: usize = text.trim_start_matches('$').parse().unwrap_or(0);
        let value = number.checked_sub(1).and_then(|at| parameters.get(at));
        let value = value.ok_or_else(|| Unclear::new(format!("the statement has no parameter {text}")))?;
        out.push_str(&sql[done..token.start]);
        out.push_str(&parameter(value)?);
        done = token.end;
    }
    out.push_str(&sql[done..]);
    Ok(out)
}

/// A parameter as the driver sends it, spelled as a literal.
pub(super) fn parameter(value: &Value) -> Result<String, Unclear> {
    match value {
        Value::List(items) => {
            if let Some(hole) = value.hole() {
                return Ok(spelled_hole(&Hole { source: format!("[…{}…]", hole.source) }));
            }
            Ok(quoted(&array(items)?))
        }
        Value::Object(_) => match json(value) {
            Some(text) => Ok(quoted(&text)),
            None => Err(Unclear::new("a parameter is an object that cannot be spelled")),
        },
        _ => literal(value),
    }
}

/// A list as PostgreSQL's array literal.
fn array(items: &[Value]) -> Result<String, Unclear> {
    let mut parts = Vec::with_capacity(items.len());
    for item in items {
        parts.push(match item {
            Value::Null | Value::Undefined => "NULL".to_owned(),
            Value::List(inner) => array(inner)?,
            other => {
                let text = super::model::spelled(other).or_else(|| json(other));
                let text = text.ok_or_else(|| Unclear::new("a list of values cannot be spelled"))?;
                format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
            }
        });
    }
    Ok(format!("{{{}}}", parts.join(",")))
}

/// `JSON.stringify`; `None` for what has no JSON.
fn json(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => format!("{number}"),
        Value::Text(text) => serde_json::to_string(text).ok()?,
        Value::List(items) => {
            format!("[{}]", items.iter().map(json).collect::<Option<Vec<_>>>()?.join(","))
        }
        Value::Object(fields) => {
            let mut parts = Vec::new();
            for (key, value) in fields.iter().filter(|(_, value)| *value != Value::Undefined) {
                parts.push(format!("{}:{}", serde_json::to_string(key).ok()?, json(value)?));
            }
            format!("{{{}}}", parts.join(","))
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stand_in_their_places() {
        let values = [Value::Text("it's".into()), Value::List(vec![Value::Number(1.0), Value::Null])];
        let sql = fill("UPDATE t SET a = $1, b = '$1', c = $2 -- $1", &values);
        assert_eq!(sql.as_deref(), Ok("UPDATE t SET a = 'it''s', b = '$1', c = '{\"1\",NULL}' -- $1"));
        assert!(fill("SELECT $3", &values).is_err());
    }

    #[test]
    fn objects_are_sent_as_json() {
        let object = Value::Object(vec![("a".into(), Value::List(vec![Value::Bool(true)]))]);
        assert_eq!(parameter(&object).as_deref(), Ok("'{\"a\":[true]}'"));
    }
}
