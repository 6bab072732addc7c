//! What was left as it was: where something differs in its texts alone, and is still just what it was changed to, nobody
//! has put them in other words.

use super::canonical::{canonical, words};
use super::{Id, Object, Schema};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// Words by which the same is said in several ways, of which the server keeps one: `a IN ('x')` is
/// `a = ANY (ARRAY['x'])`, and a literal may name its type.
const GRAMMAR: [&str; 36] = [
    "all",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "between",
    "cast",
    "cross",
    "date",
    "distinct",
    "first",
    "from",
    "full",
    "ilike",
    "in",
    "inner",
    "interval",
    "is",
    "join",
    "last",
    "left",
    "like",
    "not",
    "nulls",
    "on",
    "or",
    "outer",
    "right",
    "similar",
    "some",
    "symmetric",
    "time",
    "timestamp",
    "to",
];

/// Whether a part of an object whose texts differ between `wanted_in` and `found_in` is in `found_in` just what it is in
/// `left_in`, and speaks of other names or values than in `wanted_in`.
pub fn is_left(wanted_in: &Schema, left_in: &Schema, found_in: &Schema, id: &Id) -> bool {
    let (Some(wanted), Some(left), Some(found)) = (wanted_in.get(id), left_in.get(id), found_in.get(id)) else {
        return false;
    };
    let one = canonical(wanted_in, id, &wanted.object);
    let other = canonical(found_in, id, &found.object);
    let all = [&one, &other, &left.object, &found.object].map(parts);
    let [wanted, found, left_there, found_there] = all;
    wanted.iter().any(|(name, wanted)| {
        let of =
            |parts: &[(String, Value)]| parts.iter().find(|(other, _)| other == name).map(|(_, part)| part.clone());
        let is_left = of(&left_there).is_some_and(|left| of(&found_there) == Some(left));
        is_left && of(&found).is_some_and(|found| speaks_of_more(found_in, wanted, &found))
    })
}

/// The columns and constraints of a table, by their names; anything else is one part.
fn parts(object: &Object) -> Vec<(String, Value)> {
    fn value(part: &impl Serialize) -> Value {
        serde_json::to_value(part).unwrap_or_default() // plain data with string keys
    }
    let whole = |value| vec![(String::new(), value)];
    match object {
        Object::Table(state) => {
            let columns = state.table.columns.iter().map(|one| (format!("column {}", one.name), value(one)));
            let named = |name: &Option<String>| format!("constraint {}", name.as_deref().unwrap_or_default());
            columns.chain(state.table.constraints.iter().map(|one| (named(&one.name), value(one)))).collect()
        }
        Object::View(state) => whole(value(&state.view)),
        Object::Index(state) => whole(value(&state.index)),
        Object::Policy(policy) => whole(value(policy)),
        Object::Trigger(state) => whole(value(&state.trigger)),
        Object::Routine(state) => whole(value(&state.routine)),
        Object::Domain(domain) => whole(value(domain)),
        Object::Sequence(_)
        | Object::Enum(_)
        | Object::Composite(_)
        | Object::Schema(_)
        | Object::Extension(_)
        | Object::Publication(_)
        | Object::Defined(_)
        | Object::Defaults { .. } => Vec::new(),
    }
}

/// Whether a text in one of two definitions speaks of other names or values than in its place in the other.
fn speaks_of_more(schema: &Schema, one: &Value, other: &Value) -> bool {
    match (one, other) {
        (one, other) if one == other => false,
        (Value::String(one), Value::String(other)) => match (spoken_of(schema, one), spoken_of(schema, other)) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        },
        (Value::Array(one), Value::Array(other)) => {
            one.iter().zip(other).any(|(one, other)| speaks_of_more(schema, one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.iter().any(|(key, one)| other.get(key).is_some_and(|other| speaks_of_more(schema, one, other)))
        }
        _ => false,
    }
}

/// The names and values that a text speaks of; `None` where it may mean more than it names.
fn spoken_of(schema: &Schema, text: &str) -> Option<BTreeSet<String>> {
    let mut spoken = BTreeSet::new();
    let mut before = String::new();
    for word in words(schema, text) {
        if word == "*" {
            return None;
        }
        let is_type = matches!(before.as_str(), "::" | "as");
        let is_word = word.starts_with(|first: char| first.is_alphanumeric() || matches!(first, '_' | '"' | '\''));
        if is_word && !is_type && !GRAMMAR.contains(&word.as_str()) {
            let number = word.trim_matches('\'');
            spoken.insert(if number.parse::<f64>().is_ok() { number.to_owned() } else { word.clone() });
        }
        before = word;
    }
    Some(spoken)
}
