//! Conditions: the families of `where` and `having`, as they are said and as SQL (knex 3.3.0
//! `lib/query/querybuilder.js`, `lib/query/querycompiler.js`, `lib/dialects/postgres/query/pg-querycompiler.js`).

use super::compile::{Bindings, Compiler};
use super::query::{Query, condition, is_raw, raw_value};
use super::raw::undefined;
use super::value::{json, plain, trim, unclear, unknown};
use crate::js::Value;
use crate::tools::script::Unclear;

/// What joins a condition to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bool {
    And,
    Or,
}

impl Bool {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Bool::And => "and",
            Bool::Or => "or",
        }
    }
}

/// A condition.
#[derive(Clone, Debug)]
pub(super) struct Condition {
    /// What joins it to the one before.
    pub bool: Bool,
    /// Whether it is negated.
    pub not: bool,
    /// What it tests.
    pub test: Test,
}

/// What a condition tests.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Basic { column: Value, operator: Value, value: Value, as_column: bool },
    Wrapped(Vec<Condition>),
    Exists(Value),
    In { column: Value, values: Value },
    Null(Value),
    Between { column: Value, values: Vec<Value> },
    Like { column: Value, word: &'static str, value: Value },
    Raw(Value),
    JsonObject { column: Value, value: Value },
    JsonPath { column: Value, path: Value, operator: Value, value: Value },
    JsonSuperset { column: Value, value: Value },
    JsonSubset { column: Value, value: Value },
}

/// Which list a condition belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Where,
    Having,
}

impl Query {
    /// Takes a call of the `where` and `having` families; gives whether it was one.
    pub(super) fn call_condition(&mut self, name: &str, args: &[Value]) -> Result<bool, Unclear> {
        match name {
            "or" => self.next_or = true,
            "not" => self.next_not = true,
            "and" => {}
            _ => {
                let (or, rest) = match name.strip_prefix("or").filter(|rest| rest.starts_with(['W', 'H'])) {
                    Some(rest) => (true, rest),
                    None => (false, name.strip_prefix("and").unwrap_or(name)),
                };
                let family = if let Some(rest) = rest.strip_prefix("where").or(rest.strip_prefix("Where")) {
                    (Family::Where, rest)
                } else if let Some(rest) = rest.strip_prefix("having").or(rest.strip_prefix("Having")) {
                    (Family::Having, rest)
                } else {
                    return Ok(false);
                };
                return self.family(family.0, family.1, or, args);
            }
        }
        Ok(true)
    }

    fn family(&mut self, family: Family, rest: &str, or: bool, args: &[Value]) -> Result<bool, Unclear> {
        if or {
            self.next_or = true;
        }
        let (not, kind) = match rest {
            "JsonNotSupersetOf" => (true, "JsonSupersetOf"),
            "JsonNotSubsetOf" => (true, "JsonSubsetOf"),
            rest => match rest.strip_prefix("Not") {
                Some(kind) => (true, kind),
                None => (false, rest),
            },
        };
        if not {
            self.next_not = true;
        }
        let column = || args.first().cloned().unwrap_or(Value::Undefined);
        let second = || args.get(1).cloned().unwrap_or(Value::Undefined);
        let test = match kind {
            "" if family == Family::Having => return self.having(args).map(|()| true),
            "" => return self.basic(args, or && !not, false).map(|()| true),
            "Column" if family == Family::Where => return self.basic(args, or && !not, true).map(|()| true),
            "Raw" => Test::Raw(raw_value(args)),
            "Wrapped" => Test::Wrapped(group(family, &column())?),
            "Exists" => Test::Exists(column()),
            "In" => match second() {
                Value::List(values) if values.is_empty() => {
                    let truth = std::mem::take(&mut self.next_not);
                    one_is(truth)
                }
                values => Test::In { column: column(), values },
            },
            "Null" => Test::Null(column()),
            "Between" => match second() {
                Value::List(values) if values.len() == 2 => Test::Between { column: column(), values },
                other => return unknown("the two ends of between", &other),
            },
            "Like" => Test::Like { column: column(), word: "like ", value: second() },
            "ILike" => Test::Like { column: column(), word: "ilike ", value: second() },
            "JsonObject" => Test::JsonObject { column: column(), value: second() },
            "JsonPath" => Test::JsonPath {
                column: column(),
                path: second(),
                operator: args.get(2).cloned().unwrap_or(Value::Undefined),
                value: args.get(3).cloned().unwrap_or(Value::Undefined),
            },
            "JsonSupersetOf" => Test::JsonSuperset { column: column(), value: second() },
            "JsonSubsetOf" => Test::JsonSubset { column: column(), value: second() },
            _ => return Ok(false),
        };
        self.push(family, test);
        Ok(true)
    }

    fn push(&mut self, family: Family, test: Test) {
        let condition = condition(self, test);
        match family {
            Family::Where => self.wheres.push(condition),
            Family::Having => self.havings.push(condition),
        }
    }

    /// `where(...)` in all its forms.
    fn basic(&mut self, args: &[Value], or: bool, as_column: bool) -> Result<(), Unclear> {
        let undefined = Value::Undefined;
        let column = args.first().unwrap_or(&undefined);
        let test = match column {
            Value::Bool(truth) => one_is(*truth),
            Value::Body(_) => Test::Wrapped(group(Family::Where, column)?),
            Value::Object(fields) | Value::Made(_, fields) if or => {
                let mut inner = Query::default();
                for (name, value) in fields {
                    let name = Value::Text(name.clone());
                    match as_column {
                        true => inner.basic(&[name, Value::Text("=".into()), value.clone()], false, true)?,
                        false => inner.basic(&[name, value.clone()], false, false)?,
                    }
                }
                Test::Wrapped(inner.wheres)
            }
            Value::Object(fields) | Value::Made(_, fields) => {
                let (next_or, next_not) = (std::mem::take(&mut self.next_or), std::mem::take(&mut self.next_not));
                for (name, value) in fields {
                    (self.next_or, self.next_not) = (next_or, next_not);
                    self.basic(&[Value::Text(name.clone()), value.clone()], next_or && !next_not, as_column)?;
                }
                return Ok(());
            }
            Value::Chain(_) if args.len() == 1 && is_raw(column) => Test::Raw(column.clone()),
            Value::Hole(_) if args.len() == 1 => return unknown("a condition", column),
            column => {
                let (operator, value) = match args {
                    [_, value] => (Value::Text("=".into()), value),
                    [_, operator, value, ..] => (operator.clone(), value),
                    _ => return unclear("a condition without a value"),
                };
                self.compare(column, operator, value, args.len(), as_column)?
            }
        };
        self.push(Family::Where, test);
        Ok(())
    }

    /// `where(column, operator, value)`.
    fn compare(
        &mut self,
        column: &Value,
        operator: Value,
        value: &Value,
        count: usize,
        as_column: bool,
    ) -> Result<Test, Unclear> {
        let column = column.clone();
        if count == 2 && *value == Value::Null {
            return Ok(Test::Null(column));
        }
        let word = plain(&operator).unwrap_or_default().to_lowercase();
        let word = trim(&word);
        if count == 3 && ["in", "not in"].contains(&word) {
            // As in Knex, `not in` is what counts, whatever `not` was said before.
            self.next_not = word == "not in";
            return Ok(match value {
                Value::List(values) if values.is_empty() => one_is(std::mem::take(&mut self.next_not)),
                values => Test::In { column, values: values.clone() },
            });
        }
        if count == 3 && ["between", "not between"].contains(&word) {
            self.next_not = word == "not between";
            return match value {
                Value::List(values) if values.len() == 2 => Ok(Test::Between { column, values: values.clone() }),
                other => unknown("the two ends of between", other),
            };
        }
        if *value == Value::Null && ["is", "is not"].contains(&word) {
            self.next_not = word == "is not";
            return Ok(Test::Null(column));
        }
        Ok(Test::Basic { column, operator, value: value.clone(), as_column })
    }

    fn having(&mut self, args: &[Value]) -> Result<(), Unclear> {
        let test = match args {
            [Value::Body(_), ..] => Test::Wrapped(group(Family::Having, &args[0])?),
            [raw] if is_raw(raw) => Test::Raw(raw.clone()),
            [column, operator, value] => Test::Basic {
                column: column.clone(),
                operator: operator.clone(),
                value: value.clone(),
                as_column: false,
            },
            _ => return unclear("having() without an operator and a value"),
        };
        self.push(Family::Having, test);
        Ok(())
    }
}

/// `1 = 1` or `1 = 0`, as Knex writes what is true or false.
fn one_is(truth: bool) -> Test {
    let value = Value::Number(if truth { 1.0 } else { 0.0 });
    Test::Basic { column: Value::Number(1.0), operator: Value::Text("=".into()), value, as_column: false }
}

/// The conditions that a function says.
fn group(family: Family, value: &Value) -> Result<Vec<Condition>, Unclear> {
    let Value::Body(chains) = value else { return unknown("a group of conditions", value) };
    let mut inner = Query::default();
    for call in chains.iter().flatten() {
        if !inner.call_condition(&call.name, &call.args)? {
            return unclear(format!("{} in a group of conditions", call.name));
        }
    }
    // Knex compiles both kinds of group as the conditions of a `where`.
    match family {
        Family::Where if inner.havings.is_empty() => Ok(inner.wheres),
        Family::Where => unclear("having() in a group of where()"),
        Family::Having => unclear("a group of having()"),
    }
}

impl Compiler<'_> {
    /// The conditions, joined, without the word in front; empty when there are none.
    pub fn conditions(self, conditions: &[Condition], b: &mut Bindings) -> Result<String, Unclear> {
        let mut out = String::new();
        for condition in conditions {
            let sql = self.condition(condition, b)?;
            if sql.is_empty() {
                continue;
            }
            if !out.is_empty() {
                out.push_str(&format!(" {} ", condition.bool.word()));
            }
            out.push_str(&sql);
        }
        Ok(out)
    }

    fn condition(self, condition: &Condition, b: &mut Bindings) -> Result<String, Unclear> {
        let not = if condition.not { "not " } else { "" };
        Ok(match &condition.test {
            Test::Basic { column, operator, value, as_column } => {
                defined(value)?;
                let left = self.wrap(column, b)?;
                let operator = self.operator(operator, b)?;
                let right = if *as_column { self.wrap(value, b)? } else { self.parameter(value, b)? };
                format!("{not}{left} {operator} {right}")
            }
            Test::Wrapped(inner) => match self.conditions(inner, b)? {
                inner if inner.is_empty() => inner,
                inner => format!("{not}({inner})"),
            },
            Test::Exists(query) => format!("{not}exists ({})", self.raw_or_body(query, b)?),
            Test::In { column, values } => {
                defined(values)?;
                let column = match column {
                    Value::List(_) => format!("({})", self.columnize(column, b)?),
                    column => self.wrap(column, b)?,
                };
                match values {
                    // Whether it is a list, and how long, is not known.
                    Value::Hole(_) if condition.not => format!("{column} <> all({})", self.parameter(values, b)?),
                    Value::Hole(_) => format!("{column} = any({})", self.parameter(values, b)?),
                    values => format!("{column} {not}in {}", self.values(values, b)?),
                }
            }
            Test::Null(column) => format!("{} is {not}null", self.wrap(column, b)?),
            Test::Between { column, values } => {
                let column = self.wrap(column, b)?;
                let mut ends = Vec::new();
                for value in values {
                    defined(value)?;
                    ends.push(self.parameter(value, b)?);
                }
                format!("{column} {not}between {}", ends.join(" and "))
            }
            Test::Like { column, word, value } => {
                defined(value)?;
                let column = match column {
                    Value::List(_) => format!("({})", self.columnize(column, b)?),
                    column => self.wrap(column, b)?,
                };
                format!("{column} {not}{word}{}", self.parameter(value, b)?)
            }
            Test::Raw(raw) => format!("{not}{}", self.unwrap_raw(raw, false, b)?.unwrap_or_default()),
            Test::JsonObject { column, value } => {
                let column = self.wrap(column, b)?;
                let operator = if condition.not { "!=" } else { "=" };
                format!("{column} {operator} {}", self.json_value(value, b)?)
            }
            Test::JsonPath { column, path, operator, value } => {
                let cast = json_cast(value)?;
                let column = self.wrap(column, b)?;
                let path = self.parameter(path, b)?;
                let operator = self.operator(operator, b)?;
                let value = self.json_value(value, b)?;
                format!("jsonb_path_query_first({column}, {path}){cast} {operator} {value}")
            }
            Test::JsonSuperset { column, value } => {
                format!("{not}{} @> {}", self.wrap(column, b)?, self.json_value(value, b)?)
            }
            Test::JsonSubset { column, value } => {
                format!("{not}{} <@ {}", self.columnize(column, b)?, self.json_value(value, b)?)
            }
        })
    }

    /// `_jsonValueClause`: the value as JSON; text that is JSON is written anew.
    fn json_value(self, value: &Value, b: &mut Bindings) -> Result<String, Unclear> {
        defined(value)?;
        let value = match value {
            Value::Object(_) | Value::List(_) => Value::Text(json(value)?.unwrap_or_default()),
            Value::Text(given) => {
                let stripped = given.replace(['\n', '\t'], "");
                match serde_json::from_str::<serde_json::Value>(&stripped) {
                    Ok(parsed) if json_again(&parsed) == stripped => Value::Text(stripped),
                    Ok(_) => return unclear("JSON text that Knex would write in its own way"),
                    Err(_) => value.clone(),
                }
            }
            value => value.clone(),
        };
        self.parameter(&value, b)
    }
}

/// What `whereJsonPath` casts to: it looks at the value.
fn json_cast(value: &Value) -> Result<&'static str, Unclear> {
    let number = match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => trim(text).parse::<f64>().ok(),
        Value::Hole(_) | Value::Mixed(_) => return unknown("a value whose type counts", value),
        _ => None,
    };
    Ok(match number {
        Some(number) if number.trunc() != 0.0 => "::int",
        Some(number) if number != 0.0 => "::float",
        _ => " #>> '{}'",
    })
}

fn defined(value: &Value) -> Result<(), Unclear> {
    if undefined(value) { unclear("a condition with a value that is undefined") } else { Ok(()) }
}

/// JSON as it is written anew.
fn json_again(value: &serde_json::Value) -> String {
    value.to_string()
}
