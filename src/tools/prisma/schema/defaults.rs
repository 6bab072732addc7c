//! What `@default(…)` says for a column's default. Follows what introspection makes of the text that PostgreSQL stores
//! (schema-engine-wasm 8.1.0-2): literals are values, `now()` and sequences have words of their own, everything else is
//! `dbgenerated("…")` of that text. Where the text is not certain it is `dbgenerated()`, which Prisma takes for any default:
//! another text would have it change the default in its next migration.

use super::expression::{self, Term};
use super::literal::{self, boolean, decimal};
use super::print::text;
use super::stored::{Ground, stored};
use super::types::{Family, FieldType};
use crate::ir::Column;
use std::collections::BTreeMap;

/// The names of the values of each enum, by its schema and name.
pub(super) type Values = BTreeMap<(String, String), BTreeMap<String, String>>;

/// What stands in the parentheses of `@default`; `None` when there is none.
pub(super) fn default(ground: Ground<'_>, values: &Values, column: &Column, kind: &FieldType) -> Option<String> {
    if column.identity.is_some() {
        return Some("autoincrement()".to_owned());
    }
    if let Some(generated) = &column.generated {
        let term = expression::read(&generated.0);
        return Some(dbgenerated(term.and_then(|term| stored(ground, &term, None))));
    }
    let written = &column.default.as_ref()?.0;
    let Some(term) = expression::read(written) else { return Some(dbgenerated(None)) };
    let term = without_own_cast(term, kind);
    if is_null(&term) {
        return None;
    }
    let said = match kind.list {
        true => list(&term, values, kind),
        false => match (&term, kind.element.as_str()) {
            (Term::Text(value), "jsonb") => Some(text(&literal::jsonb(value).unwrap_or_else(|| value.clone()))),
            _ => value(&term, values, &kind.family),
        },
    };
    Some(said.unwrap_or_else(|| dbgenerated(stored(ground, &term, wanted(kind)))))
}

fn dbgenerated(stored: Option<String>) -> String {
    format!("dbgenerated({})", stored.map(|stored| text(&stored)).unwrap_or_default())
}

/// The type that a bare literal is read as; `None` where nothing is known of its values.
fn wanted(kind: &FieldType) -> Option<&str> {
    let known = match &kind.family {
        Family::Unsupported(_) => crate::sql::postgres::builtin_type(&kind.element).is_some(),
        _ => true,
    };
    (known && !kind.list).then_some(kind.element.as_str())
}

/// A literal that is cast to the column's own type is that literal.
fn without_own_cast(term: Term, kind: &FieldType) -> Term {
    let Term::Cast(inner, data_type) = &term else { return term };
    let own = data_type.list == kind.list
        && (same(&data_type.name, &kind.element) || textual(&data_type.name) && textual(&kind.element));
    let is_literal = match (&**inner, &data_type.args) {
        (Term::Text(_), None) => true,
        // What fits is not cut.
        (Term::Text(text), Some(most)) => {
            data_type.name == "character varying"
                && most.parse::<usize>().is_ok_and(|most| text.chars().count() <= most)
        }
        // The items are cast, each by itself.
        (Term::Array(items), _) => {
            !items.iter().any(|item| matches!(item, Term::Number(_) | Term::Minus(_)))
                || data_type.name == "integer"
                || matches!(kind.family, Family::Float | Family::Decimal)
        }
        _ => false,
    };
    if own && is_literal { (**inner).clone() } else { term }
}

/// Whether a type's bare name is the one that `element` spells, in quotes or with a schema.
fn same(name: &str, element: &str) -> bool {
    let bare = element.rsplit('.').next().unwrap_or(element).trim_matches('"').replace("\"\"", "\"");
    name == element || name == bare
}

/// Whether values of a type are texts as they are written.
fn textual(data_type: &str) -> bool {
    ["text", "character varying", "character", "bpchar", "citext"].contains(&data_type)
}

fn is_null(term: &Term) -> bool {
    match term {
        Term::Null => true,
        Term::Cast(inner, _) => is_null(inner),
        _ => false,
    }
}

/// A value, or a word of Prisma's own.
fn value(term: &Term, values: &Values, family: &Family) -> Option<String> {
    match (family, term) {
        (Family::Int | Family::BigInt, Term::Call(_, name, args)) if name == "nextval" && args.len() == 1 => {
            Some("autoincrement()".to_owned())
        }
        (Family::Int | Family::BigInt, term) => whole(term),
        (Family::Float | Family::Decimal, term) => fraction(term),
        (Family::Boolean, Term::Bool(value)) => Some(value.to_string()),
        (Family::Boolean, Term::Text(text)) => boolean(text).map(|value| value.to_string()),
        (Family::String | Family::Json, Term::Text(value)) => Some(text(value)),
        (Family::Bytes, Term::Text(value)) => hex(value).map(|bytes| text(&base64(&bytes))),
        (Family::Enum(key), Term::Text(value)) => {
            values.get(&(key.schema.clone(), key.name.clone()))?.get(value).cloned()
        }
        (Family::DateTime, term) => is_now(term).then(|| "now()".to_owned()),
        _ => None,
    }
}

fn whole(term: &Term) -> Option<String> {
    match term {
        Term::Number(number) => number.parse::<i64>().ok().map(|number| number.to_string()),
        Term::Text(text) => text.trim().parse::<i64>().ok().map(|number| number.to_string()),
        Term::Minus(inner) => match &**inner {
            Term::Number(number) => format!("-{number}").parse::<i64>().ok().map(|number| number.to_string()),
            _ => None,
        },
        // Such a literal is one value, whatever the type; a number that is cast is an expression.
        Term::Cast(inner, data_type) if is_whole(&data_type.name) && !data_type.list => match &**inner {
            Term::Text(_) => whole(inner),
            Term::Number(number) if data_type.name == "integer" && number.parse::<i32>().is_ok() => whole(inner),
            _ => None,
        },
        _ => None,
    }
}

fn is_whole(data_type: &str) -> bool {
    ["integer", "bigint", "smallint"].contains(&data_type)
}

fn fraction(term: &Term) -> Option<String> {
    let numeric = |name: &str| is_whole(name) || ["numeric", "double precision", "real", "money"].contains(&name);
    match term {
        Term::Number(text) | Term::Text(text) => decimal(text),
        Term::Minus(inner) => match &**inner {
            Term::Number(number) => decimal(number).map(|number| format!("-{number}")),
            _ => None,
        },
        Term::Cast(inner, data_type) if numeric(&data_type.name) && !data_type.list => match &**inner {
            Term::Number(text) => decimal(text),
            Term::Text(text) if data_type.args.is_none() => decimal(text),
            _ => None,
        },
        _ => None,
    }
}

/// `now()` and `CURRENT_TIMESTAMP`, which are stored as they are where no cast is written.
fn is_now(term: &Term) -> bool {
    match term {
        Term::Call(schema, name, args) => {
            schema.as_deref().is_none_or(|schema| schema == "pg_catalog") && name == "now" && args.is_empty()
        }
        Term::Keyword(word) => word == "CURRENT_TIMESTAMP",
        Term::Cast(inner, data_type) => {
            data_type.name == "timestamp with time zone" && data_type.args.is_none() && is_now(inner)
        }
        _ => false,
    }
}

/// The items of a list, of which each has to be a value.
fn list(term: &Term, values: &Values, kind: &FieldType) -> Option<String> {
    let items = match term {
        Term::Array(items) => items.iter().map(|item| bare(item, kind)).collect(),
        Term::Text(text) => items_of(text)?,
        _ => return None,
    };
    let is_value = !matches!(kind.family, Family::DateTime | Family::Uuid | Family::Bytes | Family::Unsupported(_));
    let items: Option<Vec<String>> =
        items.iter().map(|item| value(item, values, &kind.family).filter(|_| is_value)).collect();
    Some(format!("[{}]", items?.join(", ")))
}

/// An item without a cast to the list's own type.
fn bare(item: &Term, kind: &FieldType) -> Term {
    match item {
        Term::Cast(inner, data_type) if !data_type.list && same(&data_type.name, &kind.element) => (**inner).clone(),
        Term::Cast(inner, data_type) if textual(&data_type.name) && textual(&kind.element) => (**inner).clone(),
        item => item.clone(),
    }
}

/// The items of `{a,"b c"}`; `None` when one is a list itself or NULL.
fn items_of(text: &str) -> Option<Vec<Term>> {
    let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?;
    if inner.trim().is_empty() {
        return Some(Vec::new());
    }
    let mut items = Vec::new();
    let (mut item, mut quoted, mut was_quoted) = (String::new(), false, false);
    let mut chars = inner.chars();
    loop {
        match chars.next() {
            Some('\\') => item.push(chars.next()?),
            Some('"') => {
                quoted = !quoted;
                was_quoted = true;
            }
            Some('{' | '}') if !quoted => return None,
            end @ (Some(',') | None) if !quoted => {
                let whole = if was_quoted { item.clone() } else { item.trim().to_owned() };
                if !was_quoted && (whole.is_empty() || whole.eq_ignore_ascii_case("null")) {
                    return None;
                }
                items.push(Term::Text(whole));
                if end.is_none() {
                    return Some(items);
                }
                (item, was_quoted) = (String::new(), false);
            }
            None => return None,
            Some(c) => item.push(c),
        }
    }
}

/// The bytes of `\x0102`.
fn hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("\\x")?;
    if digits.len() % 2 == 1 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok()).collect()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let at = |n: usize| u32::from(chunk.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * n)) as usize & 63];
            out.push(if n > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::types::field_type;
    use super::*;
    use crate::ir::{DataType, Expr};
    use crate::schema::Schema;

    fn said(name: &str, dimensions: u8, written: &str) -> String {
        let schema = Schema::new("public");
        let data_type = DataType { dimensions, ..DataType::builtin(name) };
        let kind = field_type(&schema, &data_type).unwrap();
        let mut column = Column::new("a", data_type);
        column.default = Some(Expr(written.into()));
        let ground = Ground { schema: &schema, columns: &|_| None };
        default(ground, &Values::new(), &column, &kind).unwrap_or_default()
    }

    #[test]
    fn literals_are_values() {
        for (name, written, expected) in [
            ("text", "'it''s \"q\"'", r#""it's \"q\"""#),
            ("character varying", "'x'::text", r#""x""#),
            ("integer", "-5", "-5"),
            ("bigint", "'7'", "7"),
            ("numeric", "1.50", "1.50"),
            ("numeric", "0::numeric", "0"),
            ("boolean", "'yes'", "true"),
            ("bytea", r"'\x0102'", r#""AQI=""#),
            ("jsonb", r#"'{"a": 1}'"#, r#""{\"a\": 1}""#),
            ("integer", "nextval('s'::regclass)", "autoincrement()"),
            ("timestamp without time zone", "CURRENT_TIMESTAMP", "now()"),
            ("text", "NULL", ""),
            ("bit", "B'1'", r#""1""#),
            ("character varying", "'a'::varchar(9)", r#""a""#),
        ] {
            assert_eq!(said(name, 0, written), expected, "{name} {written}");
        }
    }

    #[test]
    fn lists_hold_values() {
        assert_eq!(said("text", 1, "'{a,\"b c\"}'"), r#"["a", "b c"]"#);
        assert_eq!(said("text", 1, "ARRAY['x','y']::text[]"), r#"["x", "y"]"#);
        assert_eq!(said("integer", 1, "'{}'::integer[]"), "[]");
        assert_eq!(said("integer", 1, "ARRAY[1,2]"), "[1, 2]");
        assert_eq!(said("text", 1, "'{a,NULL}'"), "dbgenerated()");
        assert_eq!(said("bigint", 1, "ARRAY[1]::bigint[]"), "dbgenerated()");
    }

    #[test]
    fn the_rest_is_worded_as_it_is_stored_or_not_at_all() {
        for (name, written, expected) in [
            ("uuid", "gen_random_uuid()", r#"dbgenerated("gen_random_uuid()")"#),
            ("date", "'2020-01-01'", r#"dbgenerated("'2020-01-01'::date")"#),
            ("integer", "1.5", r#"dbgenerated("1.5")"#),
            ("text", "1", r#"dbgenerated("1")"#),
            ("integer", "5::bigint", r#"dbgenerated("(5)::bigint")"#),
            ("text", "mine('x')", "dbgenerated()"),
            ("point", "'(1,2)'", "dbgenerated()"),
        ] {
            assert_eq!(said(name, 0, written), expected, "{name} {written}");
        }
    }
}
