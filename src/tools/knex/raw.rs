//! `knex.raw`, `knex.ref` and the functions of `knex.fn` (knex 3.3.0 `lib/raw.js`, `lib/ref.js`,
//! `lib/formatter/rawFormatter.js`, `lib/knex-builder/FunctionHelper.js`).

use super::compile::{Bindings, Compiler};
use super::value::{number, text, unclear, unknown};
use crate::js::{Call, Piece, Value};
use crate::tools::script::{Unclear, in_bodies, with_holes};

/// The methods that change nothing in what is sent: connection, logging, waiting.
pub(super) static HARMLESS: [&str; 10] = [
    "transacting",
    "connection",
    "options",
    "debug",
    "timeout",
    "queryContext",
    "on",
    "once",
    "asCallback",
    "enableProcessing",
];

/// What `knex.fn.uuid()` is on SQLite.
const UUID_ON_SQLITE: &str = "(lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || \
    substr(lower(hex(randomblob(2))),2) || '-' || substr('89ab',abs(random()) % 4 + 1, 1) || \
    substr(lower(hex(randomblob(2))),2) || '-' || lower(hex(randomblob(6))))";

/// A piece of raw SQL.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    sql: String,
    values: Values,
    before: String,
    after: String,
}

/// The values of raw SQL.
#[derive(Clone, Debug)]
enum Values {
    /// None are given.
    None,
    /// For `?` and `??`, in order.
    List(Vec<Value>),
    /// For `:name` and `:name:`.
    Named(Vec<(String, Value)>),
}

impl Raw {
    /// Plain SQL without values.
    pub fn plain(sql: impl Into<String>) -> Self {
        Raw { sql: sql.into(), values: Values::None, before: String::new(), after: String::new() }
    }

    /// Reads a chain that begins with `raw`, `ref` or a function of `fn`.
    pub fn read(compiler: Compiler<'_>, calls: &[Call]) -> Result<Self, Unclear> {
        let Some((first, rest)) = calls.split_first() else { return unclear("an empty chain") };
        let mut raw = match first.name.as_str() {
            "raw" => Raw::of(&first.args)?,
            "fn.now" => match first.arg(0) {
                Some(Value::Number(precision)) => Raw::plain(format!("CURRENT_TIMESTAMP({})", number(*precision))),
                Some(value @ (Value::Hole(_) | Value::Mixed(_))) => return unknown("the precision of now()", value),
                _ => Raw::plain("CURRENT_TIMESTAMP"),
            },
            "fn.uuid" if compiler.is_sqlite() => Raw::plain(UUID_ON_SQLITE),
            "fn.uuid" => Raw::plain("(gen_random_uuid())"),
            "ref" => return Raw::read_ref(compiler, first, rest),
            "knex" => return unclear("the Knex instance itself, used as a value"),
            "schema" => return unclear("a schema builder, used as a value"),
            name => return unclear(format!("{name}, used as a value")),
        };
        for call in rest {
            match call.name.as_str() {
                "wrap" => {
                    raw.before = text("what stands before raw SQL", call.arg(0))?.to_owned();
                    raw.after = text("what stands behind raw SQL", call.arg(1))?.to_owned();
                }
                name if HARMLESS.contains(&name) => {}
                name => return unclear(format!("raw(…).{name} is not known")),
            }
        }
        Ok(raw)
    }

    /// `raw(sql, bindings)`.
    pub fn of(args: &[Value]) -> Result<Self, Unclear> {
        let mixed = match args.first() {
            Some(Value::Mixed(pieces)) => Some(pieces),
            _ => None,
        };
        let sql = match mixed {
            Some(pieces) => with_holes(pieces).or_else(|unclear| in_bodies(pieces).ok_or(unclear))?,
            None => text("the text of raw SQL", args.first())?.to_owned(),
        };
        let values = match args.get(1) {
            None | Some(Value::Undefined) => Values::None,
            Some(Value::List(values)) => Values::List(values.clone()),
            Some(Value::Object(fields)) => Values::Named(fields.clone()),
            Some(value @ (Value::Hole(_) | Value::Date(_) | Value::Bytes(_) | Value::Made(..) | Value::Body(_))) => {
                return unknown("the list of values for raw SQL", value);
            }
            Some(value) => Values::List(vec![value.clone()]),
        };
        // What a hole is called may read like a place for a value.
        let taken = |piece: &Piece| matches!(piece, Piece::Hole(hole) if hole.source.contains(['?', ':', '\\']));
        if !matches!(values, Values::None) && mixed.is_some_and(|pieces| pieces.iter().any(taken)) {
            return unclear("raw SQL with values, of which parts are known only when it runs");
        }
        Ok(Raw { sql, values, before: String::new(), after: String::new() })
    }

    /// `knex.ref('a.b').withSchema('s').as('c')`.
    fn read_ref(compiler: Compiler<'_>, first: &Call, rest: &[Call]) -> Result<Self, Unclear> {
        let name = text("a reference", first.arg(0))?;
        let (mut schema, mut alias) = (None, None);
        for call in rest {
            match call.name.as_str() {
                "withSchema" => schema = Some(text("a schema", call.arg(0))?),
                "as" => alias = Some(text("an alias", call.arg(0))?),
                name if HARMLESS.contains(&name) => {}
                name => return unclear(format!("ref(…).{name} is not known")),
            }
        }
        let full = match schema {
            Some(schema) => format!("{schema}.{name}"),
            None => name.to_owned(),
        };
        let mut sql = compiler.wrap_text(&full);
        if let Some(alias) = alias {
            sql = format!("{sql} as {}", compiler.wrap_text(alias));
        }
        Ok(Raw { values: Values::List(Vec::new()), ..Raw::plain(sql) })
    }

    /// Its text, the values in `b`.
    pub fn compile(&self, compiler: Compiler<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        let mut own = Bindings::new();
        let sql = match &self.values {
            Values::None => self.sql.clone(),
            Values::List(values) => positions(compiler, &self.sql, values, &mut own)?,
            Values::Named(fields) => names(compiler, &self.sql, fields, &mut own)?,
        };
        if own.iter().any(undefined) {
            return unclear("raw SQL with a value that is undefined");
        }
        b.extend(own);
        Ok(format!("{}{sql}{}", self.before, self.after))
    }
}

/// Whether there is an `undefined` in it, as Knex looks for it.
pub(super) fn undefined(value: &Value) -> bool {
    match value {
        Value::Undefined => true,
        Value::List(values) => values.iter().any(undefined),
        Value::Object(fields) => fields.iter().any(|(_, value)| undefined(value)),
        _ => false,
    }
}

/// `replaceRawArrBindings`: `?` is a value, `??` a name, `\?` a question mark.
fn positions(compiler: Compiler<'_>, sql: &str, values: &[Value], b: &mut Bindings) -> Result<String, Unclear> {
    let mut out = String::new();
    let mut count = 0;
    let mut rest = sql;
    while let Some(at) = rest.find('?') {
        let escaped = rest[..at].ends_with('\\');
        let double = rest[at + 1..].starts_with('?');
        if escaped && !double {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        if escaped {
            return unclear("raw SQL with \\??");
        }
        out.push_str(&rest[..at]);
        let value = values.get(count).unwrap_or(&Value::Undefined);
        count += 1;
        if count <= values.len() {
            out.push_str(&if double { compiler.columnize(value, b)? } else { compiler.parameter(value, b)? });
        }
        rest = &rest[at + if double { 2 } else { 1 }..];
    }
    out.push_str(rest);
    if count != values.len() {
        return unclear(format!("raw SQL with {count} places for {} values", values.len()));
    }
    Ok(out)
}

/// `replaceKeyBindings`: `:name` is a value, `:name:` a name, `\:name` stands for itself.
fn names(compiler: Compiler<'_>, sql: &str, fields: &[(String, Value)], b: &mut Bindings) -> Result<String, Unclear> {
    let mut out = String::new();
    let mut rest = sql;
    while let Some(at) = rest.find(':') {
        let word_end = rest[at + 1..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let end = word_end.map_or(rest.len(), |end| at + 1 + end);
        let word = &rest[at + 1..end];
        if word.is_empty() {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        // `:name::type` is a value with a cast, `:name:::type` a name with one.
        let after = &rest[end..];
        let name = after.starts_with(':') && (after.starts_with(":::") || !after.starts_with("::"));
        let end = if name { end + 1 } else { end };
        if let Some(before) = rest[..at].strip_suffix('\\') {
            out.push_str(before);
            out.push_str(&rest[at..end]);
        } else {
            out.push_str(&rest[..at]);
            match fields.iter().find(|(field, _)| field == word).map(|(_, value)| value) {
                Some(Value::Undefined) => return unclear(format!("raw SQL whose value {word} is undefined")),
                Some(value) if name => out.push_str(&compiler.columnize(value, b)?),
                Some(value) => out.push_str(&compiler.parameter(value, b)?),
                None => out.push_str(&rest[at..end]),
            }
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    Ok(out)
}
