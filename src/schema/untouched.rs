//! What was left as it was: where something differs in its texts alone, and is still just what it was changed to, nobody
//! has put them in other words.

use super::canonical::{canonical, words};
use super::{Id, Object, Schema};
use crate::ir::Name;
use crate::sql::query;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// Functions of the server under one of their names.
const SAME: [(&str, &str); 8] = [
    ("transaction_timestamp", "now"),
    ("substr", "substring"),
    ("btrim", "trim"),
    ("ceiling", "ceil"),
    ("every", "bool_and"),
    ("char_length", "length"),
    ("character_length", "length"),
    ("pow", "power"),
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
        (Value::String(one), Value::String(other)) => {
            let (words, other_words) = (words(schema, one), words(schema, other));
            if has_other_values(&words, &other_words) {
                return true;
            }
            match (spoken_of(schema, one, &words), spoken_of(schema, other, &other_words)) {
                (Some(one), Some(other)) => one.read == other.read && one.names != other.names,
                _ => false,
            }
        }
        (Value::Array(one), Value::Array(other)) => {
            one.iter().zip(other).any(|(one, other)| speaks_of_more(schema, one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.iter().any(|(key, one)| other.get(key).is_some_and(|other| speaks_of_more(schema, one, other)))
        }
        _ => false,
    }
}

/// Whether one text is the other with other values in the places of some.
fn has_other_values(one: &[String], other: &[String]) -> bool {
    let is_word = |word: &str| matches!(word, "true" | "false" | "null");
    let differ = |one: &str, other: &str| match (literal(one), literal(other)) {
        (Some(one), Some(other)) => one != other,
        (Some(_), None) => other == "null",
        (None, Some(_)) => one == "null",
        (None, None) => is_word(one) && is_word(other),
    };
    one != other
        && one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| one == other || differ(one, other))
}

/// A number, which may stand in a string, or a string that can only mean itself: no moment, no list, no word for a truth.
fn literal(word: &str) -> Option<String> {
    let inner = word.trim_matches('\'');
    let is_number = inner.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '.'));
    if let (true, Ok(number)) = (is_number, inner.parse::<f64>()) {
        return Some(number.to_string());
    }
    let folded = inner.to_lowercase();
    let is_plain = folded.starts_with(char::is_alphabetic)
        && !TRUTHS.contains(&folded.as_str())
        && !MOMENTS.iter().any(|moment| folded.starts_with(moment));
    (word.starts_with('\'') && is_plain).then_some(folded)
}

/// Strings that may stand for a truth.
const TRUTHS: [&str; 10] = ["t", "f", "true", "false", "y", "n", "yes", "no", "on", "off"];

/// With what strings begin that may stand for a moment or a number.
const MOMENTS: [&str; 8] = ["infinity", "nan", "now", "today", "tomorrow", "yesterday", "epoch", "allballs"];

/// What a text speaks of.
struct Spoken {
    names: BTreeSet<String>,
    /// Whether it was read as a query or an expression; else as words.
    read: bool,
}

/// The names and values that a text speaks of, but for those that it gives itself; `None` where it may mean more than it
/// names, or the same may be said with others.
fn spoken_of(schema: &Schema, text: &str, words: &[String]) -> Option<Spoken> {
    // Both say the same of a moment, one with a keyword and the other with a string.
    let says_part = |word: &String| {
        matches!(word.as_str(), "*" | "extract" | "date_part" | "position" | "strpos" | "zone" | "timezone")
    };
    if words.iter().any(says_part) {
        return None;
    }
    let mut spoken: BTreeSet<String> = words.iter().filter_map(|word| literal(word)).collect();
    let read = match query::expr_uses(text, schema.dialect()) {
        Some(uses) => Some((uses, Some(Vec::new()))),
        None => match query::query_uses_and_columns(text, schema) {
            (Some(uses), outputs) => Some((uses, outputs)),
            (None, _) => None,
        },
    };
    let Some((uses, outputs)) = read else {
        spoken.extend(named(schema, words));
        return Some(Spoken { names: spoken, read: false });
    };
    let one = |name: Name| match SAME.iter().find(|(other, _)| *other == name.name) {
        Some((_, one)) => (*one).to_owned(),
        None => name.name,
    };
    if words.iter().any(|word| word == "current_timestamp") {
        spoken.insert("now".to_owned()); // no call to the parser
    }
    spoken.extend(outputs?);
    spoken.extend(uses.relations.into_iter().chain(uses.sequences).map(|name| name.name));
    spoken.extend(uses.columns.into_iter().map(|(_, column)| column).chain(uses.bare));
    spoken.extend(uses.functions.into_iter().map(one));
    Some(Spoken { names: spoken, read: true })
}

/// The names in a text that cannot be read, as a function's body: those that the schema knows, and of parts of something.
fn named(schema: &Schema, words: &[String]) -> BTreeSet<String> {
    let before = std::iter::once("").chain(words.iter().map(String::as_str));
    let is_named = |(before, word): &(&str, &String)| {
        let name = Name::bare(word.trim_matches('"'));
        let is_name = word.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '"'));
        is_name && (*before == "." || schema.relation(&name).is_some() || !schema.routines(&name).is_empty())
    };
    before.zip(words).filter(is_named).map(|(_, word)| word.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::speaks_of_more;
    use crate::ir::Dialect;
    use crate::schema::Schema;
    use serde_json::Value;

    #[test]
    fn other_names_and_values_are_told_from_other_words() {
        let schema = Schema::of(Dialect::Postgres, "public");
        let more = |one: &str, other: &str| {
            let value = |text: &str| Value::String(text.to_owned());
            speaks_of_more(&schema, &value(one), &value(other))
        };
        for (one, other) in [
            ("a > 0", "b > 0"),
            ("a > 0", "a > 1"),
            ("true", "false"),
            ("a = true", "a = false"),
            ("null", "'x'"),
            ("'x'", "'y'"),
            ("a > 0", "a > 0 AND b > 0"),
            ("gen_random_uuid()", "uuid_generate_v4()"),
            ("SELECT a FROM t", "SELECT b FROM t"),
            ("SELECT a FROM t", "SELECT a AS c FROM t"),
            ("SELECT a FROM t", "SELECT a FROM u"),
            ("SELECT a FROM t", "SELECT a FROM t WHERE c"),
            ("BEGIN NEW.a := now(); RETURN NEW; END", "BEGIN NEW.b := now(); RETURN NEW; END"),
            ("BEGIN RAISE 'no'; END", "BEGIN RAISE 'never'; END"),
        ] {
            assert!(more(one, other) && more(other, one), "{one} and {other}");
        }
        for (one, other) in [
            ("a > 0", "a > 0 AND true"),
            ("a > 0", "(a > 0) IS TRUE"),
            ("now()", "CURRENT_TIMESTAMP"),
            ("1", "'1'"),
            ("true", "'t'"),
            ("10", "'010'"),
            ("'2020-01-01'", "'2020-01-01 00:00:00'"),
            ("'{1,2}'", "'{1, 2}'"),
            ("strpos(a, 'x')", "position('x' IN a)"),
            ("a IN ('x')", "a = ANY (ARRAY['x'])"),
            ("SELECT t.a FROM t", "SELECT x.a FROM t x"),
            ("SELECT t.a FROM t", "SELECT x.a FROM t AS x WHERE EXISTS (SELECT)"),
            ("SELECT a FROM t", "WITH x AS (SELECT a FROM t) SELECT a FROM x"),
            ("extract(year FROM a)", "date_part('year', a)"),
            ("SELECT a FROM t", "SELECT * FROM t"),
            ("CASE WHEN a THEN b END", "CASE WHEN a THEN b ELSE NULL END"),
            ("BEGIN x := 1; END", "BEGIN y := 1; END"),
        ] {
            assert!(!more(one, other), "{one} and {other}");
        }
    }
}
