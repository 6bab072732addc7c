//! The common half of Knex's compilers: names in quotes, parameters and their values, raw SQL. It follows knex 3.3.0
//! `lib/formatter/wrappingFormatter.js`, `lib/formatter/rawFormatter.js` and `lib/client.js` function by function, so that
//! what comes out is what Knex sends, its oddities included.

use super::query::{Kind, Query};
use super::raw::Raw;
use super::sqlite;
use super::value::{bound, escaped, number, trim, unclear, unknown};
use crate::ir::Dialect;
use crate::js::{Call, Value};
use crate::tools::script::Unclear;

/// What is to be bound to the `?` of a statement, in order.
pub(super) type Bindings = Vec<Value>;

/// What the project's settings say that changes the SQL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Config {
    /// `client` as the knexfile spells it.
    pub client: String,
    /// The database that it is for.
    pub dialect: Dialect,
    /// `useNullAsDefault`: a row that lacks a column gets NULL instead of the column's default.
    pub null_as_default: bool,
}

impl Default for Config {
    fn default() -> Self {
        Config { client: "pg".to_owned(), dialect: Dialect::Postgres, null_as_default: false }
    }
}

impl Config {
    /// The settings of a project of which only the database is known.
    pub fn of(dialect: Dialect) -> Self {
        match dialect {
            Dialect::Sqlite => Config { client: "better-sqlite3".to_owned(), dialect, null_as_default: true },
            _ => Config { dialect, ..Config::default() },
        }
    }
}

/// A compiled query.
pub(super) struct Compiled {
    /// The kind of statement.
    pub kind: Kind,
    /// Its text.
    pub sql: String,
    /// The name that `.as()` gave it.
    pub alias: Option<Value>,
}

/// What a chain is.
pub(super) enum Chained {
    /// Raw SQL, `knex.ref` and the functions of `knex.fn`.
    Raw(Raw),
    /// A query builder.
    Query(Box<Query>),
}

/// The compiler of one project.
#[derive(Clone, Copy)]
pub(super) struct Compiler<'a> {
    /// The project's settings.
    pub config: &'a Config,
}

impl Compiler<'_> {
    /// Whether it is the compiler for SQLite (`lib/dialects/sqlite3`); else it is the one for PostgreSQL.
    pub fn is_sqlite(self) -> bool {
        self.config.dialect == Dialect::Sqlite
    }

    /// What a chain is that is used as a value.
    pub fn chained(self, calls: &[Call]) -> Result<Chained, Unclear> {
        Ok(match calls.first().map(|call| call.name.as_str()) {
            Some("query" | "clone") => Chained::Query(Box::new(Query::read(calls)?)),
            _ => Chained::Raw(Raw::read(self, calls)?),
        })
    }

    /// `wrap`: a name in quotes, or whatever else a name may be.
    pub fn wrap(self, value: &Value, b: &mut Bindings) -> Result<String, Unclear> {
        if let Some(sql) = self.unwrap_raw(value, false, b)? {
            return Ok(sql);
        }
        match value {
            Value::Body(chains) => {
                let compiled = Query::read_body(chains)?.compile(self, b)?;
                self.output(compiled, true, b)
            }
            Value::Object(fields) => self.aliases(fields, b),
            Value::Number(number) => Ok(self::number(*number)),
            Value::Text(text) => Ok(self.wrap_text(text)),
            value => unknown("a name", value),
        }
    }

    /// `columnize`: one name or several.
    pub fn columnize(self, value: &Value, b: &mut Bindings) -> Result<String, Unclear> {
        let Value::List(values) = value else { return self.wrap(value, b) };
        let parts: Result<Vec<String>, Unclear> = values.iter().map(|value| self.wrap(value, b)).collect();
        Ok(parts?.join(", "))
    }

    /// `wrapString`: `a.b as c`.
    pub fn wrap_text(self, text: &str) -> String {
        if let Some(at) = alias_at(text) {
            return format!("{} as {}", self.wrap_text(&text[..at]), self.identifier(&text[at + 4..]));
        }
        let mut parts = text.split('.');
        let first = parts.next().unwrap_or_default();
        let rest: Vec<&str> = parts.collect();
        if rest.is_empty() {
            return self.identifier(text);
        }
        let first = self.wrap_text(trim(first));
        std::iter::once(first).chain(rest.into_iter().map(|part| self.identifier(part))).collect::<Vec<_>>().join(".")
    }

    /// One name in quotes: `*` stands for itself. The PostgreSQL client knows `name[1]` too.
    pub fn identifier(self, name: &str) -> String {
        let name = trim(name);
        if name == "*" {
            return name.to_owned();
        }
        if self.is_sqlite() {
            return format!("`{}`", name.replace('`', "``"));
        }
        let (name, accessor) = accessor(name).unwrap_or((name, ""));
        format!("\"{}\"{accessor}", name.replace('"', "\"\""))
    }

    /// `parseObject`: `{ alias: name }`.
    fn aliases(self, fields: &[(String, Value)], b: &mut Bindings) -> Result<String, Unclear> {
        let mut parts = Vec::new();
        for (alias, value) in fields {
            parts.push(match value {
                Value::Body(chains) => {
                    let mut compiled = Query::read_body(chains)?.compile(self, b)?;
                    compiled.alias = Some(Value::Text(alias.clone()));
                    self.output(compiled, true, b)?
                }
                Value::Chain(calls) if matches!(self.chained(calls)?, Chained::Query(_)) => {
                    format!("({}) as {}", self.wrap(value, b)?, self.identifier(alias))
                }
                value => format!("{} as {}", self.wrap(value, b)?, self.identifier(alias)),
            });
        }
        Ok(parts.join(", "))
    }

    /// `unwrapRaw`: the SQL of a chain; a parameter is bound.
    pub fn unwrap_raw(self, value: &Value, parameter: bool, b: &mut Bindings) -> Result<Option<String>, Unclear> {
        if let Value::Chain(calls) = value {
            return Ok(Some(match self.chained(calls)? {
                Chained::Raw(raw) => raw.compile(self, b)?,
                Chained::Query(query) => {
                    let compiled = query.compile(self, b)?;
                    self.output(compiled, parameter, b)?
                }
            }));
        }
        if parameter {
            b.push(value.clone());
        }
        Ok(None)
    }

    /// `outputQuery`: a sub-query in parentheses, with its name.
    pub fn output(self, compiled: Compiled, parameter: bool, b: &mut Bindings) -> Result<String, Unclear> {
        let select = matches!(compiled.kind, Kind::Select | Kind::First);
        if compiled.sql.is_empty() || !select || !(parameter || compiled.alias.is_some()) {
            return Ok(compiled.sql);
        }
        Ok(match &compiled.alias {
            Some(Value::Text(alias)) => format!("({}) as {}", compiled.sql, self.wrap_text(alias)),
            Some(alias) => format!("({}) as {}", compiled.sql, self.wrap(alias, b)?),
            None => format!("({})", compiled.sql),
        })
    }

    /// `rawOrFn`: the SQL of a function or chain; empty for anything else.
    pub fn raw_or_body(self, value: &Value, b: &mut Bindings) -> Result<String, Unclear> {
        if let Value::Body(chains) = value {
            let compiled = Query::read_body(chains)?.compile(self, b)?;
            return self.output(compiled, false, b);
        }
        if let Value::Hole(_) | Value::Mixed(_) = value {
            return unknown("a sub-query", value);
        }
        Ok(self.unwrap_raw(value, false, b)?.unwrap_or_default())
    }

    /// `parameter`: a value that is bound, or a sub-query.
    pub fn parameter(self, value: &Value, b: &mut Bindings) -> Result<String, Unclear> {
        if let Value::Body(chains) = value {
            let compiled = Query::read_body(chains)?.compile(self, b)?;
            return self.output(compiled, true, b);
        }
        Ok(self.unwrap_raw(value, true, b)?.unwrap_or_else(|| "?".to_owned()))
    }

    /// `parameterize`: several of them; plain objects are JSON.
    pub fn parameterize(self, values: &[Value], unset: &Value, b: &mut Bindings) -> Result<String, Unclear> {
        let mut parts = Vec::new();
        for value in values {
            parts.push(match value {
                Value::Undefined => self.parameter(unset, b)?,
                value => self.parameter(value, b)?,
            });
        }
        Ok(parts.join(", "))
    }

    /// `values`: the right side of `in`.
    pub fn values(self, value: &Value, b: &mut Bindings) -> Result<String, Unclear> {
        match value {
            Value::List(values) if matches!(values.first(), Some(Value::List(_))) => {
                let mut parts = Vec::new();
                for value in values {
                    let row = match value {
                        Value::List(row) => row.as_slice(),
                        other => std::slice::from_ref(other),
                    };
                    parts.push(format!("({})", self.parameterize(row, &Value::Undefined, b)?));
                }
                let word = if self.is_sqlite() { " values " } else { "" };
                Ok(format!("({word}{})", parts.join(", ")))
            }
            Value::List(values) => Ok(format!("({})", self.parameterize(values, &Value::Undefined, b)?)),
            Value::Chain(calls) => match self.chained(calls)? {
                Chained::Raw(raw) => Ok(format!("({})", raw.compile(self, b)?)),
                Chained::Query(_) => self.parameter(value, b),
            },
            value => self.parameter(value, b),
        }
    }

    /// The operator of a condition.
    pub fn operator(self, value: &Value, b: &mut Bindings) -> Result<String, Unclear> {
        if let Some(sql) = self.unwrap_raw(value, false, b)? {
            return Ok(sql);
        }
        let Value::Text(given) = value else { return unknown("an operator", value) };
        let operator = given.to_lowercase();
        match operator.as_str() {
            "?" | "?|" | "?&" => Ok(format!("\\{operator}")),
            known if OPERATORS.contains(&known) => Ok(operator),
            _ => unclear(format!("Knex takes no operator {given}")),
        }
    }

    /// `toQuery` of a chain: the statement with its values written into it.
    pub fn to_query(self, calls: &[Call]) -> Result<String, Unclear> {
        let mut b = Bindings::new();
        let sql = match self.chained(calls)? {
            Chained::Raw(raw) => raw.compile(self, &mut b)?,
            Chained::Query(query) => query.compile(self, &mut b)?.sql,
        };
        write_in(&sql, &b, self.config.dialect)
    }
}

/// `formatQuery` (knex 3.3.0 `lib/execution/internal/query-executioner.js`): the values in the places of the `?`.
fn write_in(sql: &str, b: &[Value], dialect: Dialect) -> Result<String, Unclear> {
    let mut out = String::new();
    let mut values = b.iter();
    let mut rest = sql;
    while let Some(at) = rest.find('?') {
        if let Some(before) = rest[..at].strip_suffix('\\') {
            out.push_str(before);
            out.push('?');
        } else {
            out.push_str(&rest[..at]);
            match values.next() {
                Some(value) => out.push_str(&escaped(value, dialect)?),
                None => out.push('?'),
            }
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

/// The statement as the server gets it, its bound values written as constants: `positionBindings` makes `$1` and so on of
/// every `?` that has no odd number of backslashes before it, in strings and comments too.
pub(super) fn sent(sql: &str, b: &[Value], dialect: Dialect) -> Result<String, Unclear> {
    if dialect == Dialect::Sqlite {
        return sqlite::sent(sql, b);
    }
    let mut out = String::new();
    let mut count = 0;
    let mut rest = sql;
    while let Some(at) = rest.find('?') {
        let before = rest[..at].trim_end_matches('\\');
        out.push_str(before);
        if (at - before.len()) % 2 == 1 {
            out.push('?');
        } else {
            match b.get(count) {
                Some(value) => out.push_str(&bound(value)?),
                None => out.push_str(&format!("${}", count + 1)),
            }
            count += 1;
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    if count < b.len() {
        return unclear("a statement with more values than places for them");
    }
    Ok(out)
}

/// The operators that Knex lets through (`wrappingFormatter.js`).
static OPERATORS: [&str; 43] = [
    "=",
    "<",
    ">",
    "<=",
    "<=>",
    ">=",
    "<>",
    "!=",
    "like",
    "not like",
    "between",
    "not between",
    "ilike",
    "not ilike",
    "exists",
    "not exist",
    "rlike",
    "not rlike",
    "regexp",
    "not regexp",
    "match",
    "similar to",
    "not similar to",
    "&",
    "|",
    "^",
    "<<",
    ">>",
    "~",
    "~=",
    "~*",
    "!~",
    "!~*",
    "#",
    "&&",
    "@>",
    "<@",
    "||",
    "&<",
    "&>",
    "-|-",
    "@@",
    "!!",
];

/// Where ` as ` stands in a name.
fn alias_at(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (0..bytes.len().saturating_sub(3)).find(|at| bytes[*at..at + 4].eq_ignore_ascii_case(b" as "))
}

/// `name[1]`: the name and the rest; whatever follows is dropped by Knex too.
fn accessor(name: &str) -> Option<(&str, &str)> {
    name.char_indices().filter(|(_, c)| *c == '[').find_map(|(open, _)| {
        let digits = &name[open + 1..];
        let end = digits.find(|c: char| !c.is_ascii_digit())?;
        (end > 0 && digits[end..].starts_with(']')).then(|| (&name[..open], &name[open..open + end + 2]))
    })
}
