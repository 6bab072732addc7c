//! Reading arguments: what is there, in the form in which it is needed, or why not.

use crate::js::{Piece, Value};
use crate::tools::script::Unclear;

/// What the tool itself refuses: a history with such a call has never run.
pub(super) fn fails(why: impl std::fmt::Display) -> Unclear {
    Unclear::new(format!("Sequelize itself fails here: {why}"))
}

/// What rests on a value that only a real run can know.
pub(super) fn unknown(what: &str, value: &Value) -> Unclear {
    match value.hole() {
        Some(hole) => Unclear::new(format!("{what} rests on `{}`, which only a real run can know", hole.source)),
        None => Unclear::new(format!("{what} is given in a form that is not understood")),
    }
}

/// A plain string.
pub(super) fn text<'a>(value: Option<&'a Value>, what: &str) -> Result<&'a str, Unclear> {
    match value {
        Some(Value::Text(text)) => Ok(text),
        Some(other) => Err(unknown(what, other)),
        None => Err(fails(format_args!("{what} is not given"))),
    }
}

/// A string, or a number as JavaScript puts it into one.
pub(super) fn printed(value: &Value, what: &str) -> Result<String, Unclear> {
    match value {
        Value::Text(text) => Ok(text.clone()),
        Value::Number(number) if number.is_finite() => Ok(format!("{number}")),
        Value::BigInt(digits) => Ok(digits.clone()),
        Value::Bool(truth) => Ok(truth.to_string()),
        other => Err(unknown(what, other)),
    }
}

/// Whether an option is set: what JavaScript takes for true.
pub(super) fn is_set(options: Option<&Value>, key: &str) -> Result<bool, Unclear> {
    match options.and_then(|options| options.get(key)) {
        None => Ok(false),
        Some(value) => value.truth().ok_or_else(|| unknown(&format!("`{key}`"), value)),
    }
}

/// An option, `None` when it is not set to anything that JavaScript takes for true.
pub(super) fn option<'a>(options: Option<&'a Value>, key: &str) -> Result<Option<&'a Value>, Unclear> {
    Ok(if is_set(options, key)? { options.and_then(|options| options.get(key)) } else { None })
}

/// An option that is a string.
pub(super) fn text_option<'a>(options: Option<&'a Value>, key: &str) -> Result<Option<&'a str>, Unclear> {
    option(options, key)?.map(|value| text(Some(value), &format!("`{key}`"))).transpose()
}

/// The own properties of an object.
pub(super) fn fields<'a>(value: &'a Value, what: &str) -> Result<&'a [(String, Value)], Unclear> {
    match value {
        Value::Object(fields) => Ok(fields),
        other => Err(unknown(what, other)),
    }
}

/// A list.
pub(super) fn list<'a>(value: &'a Value, what: &str) -> Result<&'a [Value], Unclear> {
    match value {
        Value::List(values) => Ok(values),
        other => Err(unknown(what, other)),
    }
}

/// Whether a value is `undefined`, `null` or not there.
pub(super) fn is_nothing(value: Option<&Value>) -> bool {
    matches!(value, None | Some(Value::Undefined | Value::Null))
}

/// The SQL of a string of which parts may be unknown, where those parts stand for nothing but values: never.
pub(super) fn known_text(value: &Value, what: &str) -> Result<String, Unclear> {
    match value {
        Value::Mixed(pieces) => {
            let hole = pieces.iter().find_map(|piece| match piece {
                Piece::Hole(hole) => Some(hole.source.as_str()),
                Piece::Text(_) => None,
            });
            Err(Unclear::new(format!("{what} rests on `{}`, which only a real run can know", hole.unwrap_or_default())))
        }
        other => printed(other, what),
    }
}
