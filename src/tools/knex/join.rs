//! Joins, as they are said and as SQL (knex 3.3.0 `lib/query/joinclause.js`, `lib/query/querycompiler.js`).

use super::compile::{Bindings, Compiler};
use super::condition::Bool;
use super::query::{Query, is_raw, raw_value};
use super::value::{unclear, unknown};
use crate::js::{Call, Value};
use crate::tools::script::Unclear;

/// A join.
#[derive(Clone, Debug)]
pub(super) struct Join {
    /// `inner`, `left outer` …; `None` for raw SQL.
    pub word: Option<String>,
    /// What is joined.
    pub table: Value,
    /// The schema of its table.
    pub schema: Option<String>,
    /// What ties it.
    pub clauses: Vec<Clause>,
}

/// A condition of a join.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// What joins it to the one before.
    pub bool: Bool,
    /// Whether it is negated.
    pub not: bool,
    /// What it says.
    pub on: On,
}

/// What a condition of a join says.
#[derive(Clone, Debug)]
pub(super) enum On {
    Basic { left: Value, operator: Value, right: Value },
    Value { left: Value, operator: Value, right: Value },
    Wrapped(Vec<Clause>),
    Raw(Value),
    Using(Value),
    In { column: Value, values: Value },
    Null(Value),
    Exists(Value),
    Between { column: Value, values: Vec<Value> },
}

impl Query {
    /// Takes a call that joins; gives whether it was one.
    pub(super) fn call_join(&mut self, name: &str, args: &[Value]) -> Result<bool, Unclear> {
        let word = match name {
            "join" | "innerJoin" => "inner",
            "leftJoin" => "left",
            "leftOuterJoin" => "left outer",
            "rightJoin" => "right",
            "rightOuterJoin" => "right outer",
            "outerJoin" => "outer",
            "fullOuterJoin" => "full outer",
            "crossJoin" => "cross",
            "joinRaw" => {
                self.joins.push(Join { word: None, table: raw_value(args), schema: None, clauses: Vec::new() });
                return Ok(true);
            }
            _ => return Ok(false),
        };
        let table = args.first().cloned().unwrap_or(Value::Undefined);
        let schema = match &table {
            Value::Chain(_) | Value::Body(_) => None,
            Value::Text(_) => self.schema.clone(),
            _ if self.schema.is_some() => return unclear("a join of an alias in a schema"),
            _ => None,
        };
        let mut clauses = Vec::new();
        match args.get(1) {
            None | Some(Value::Undefined | Value::Null) => {}
            Some(Value::Body(chains)) => clauses = self::clauses(chains)?,
            Some(_) => Clauses::new(&mut clauses).on(&args[1..], false)?,
        }
        self.joins.push(Join { word: Some(word.to_owned()), table, schema, clauses });
        Ok(true)
    }
}

/// A list of conditions that grows.
struct Clauses<'a> {
    list: &'a mut Vec<Clause>,
    or: bool,
    not: bool,
}

/// What a function says about the join that it was given.
fn clauses(chains: &[Vec<Call>]) -> Result<Vec<Clause>, Unclear> {
    let mut list = Vec::new();
    for chain in chains {
        let mut clauses = Clauses::new(&mut list);
        for call in chain {
            clauses.call(call)?;
        }
    }
    Ok(list)
}

impl<'a> Clauses<'a> {
    fn new(list: &'a mut Vec<Clause>) -> Self {
        Clauses { list, or: false, not: false }
    }

    fn push(&mut self, on: On) {
        let bool = if std::mem::take(&mut self.or) { Bool::Or } else { Bool::And };
        self.list.push(Clause { bool, not: std::mem::take(&mut self.not), on });
    }

    fn call(&mut self, call: &Call) -> Result<(), Unclear> {
        let name = call.name.as_str();
        let (or, rest) = match name {
            "or" => {
                self.or = true;
                return Ok(());
            }
            "and" => return Ok(()),
            name => match name.strip_prefix("orOn") {
                Some(rest) => (true, rest),
                None => match name.strip_prefix("on").or(name.strip_prefix("andOn")) {
                    Some(rest) => (false, rest),
                    None if name == "using" => (false, "Using"),
                    None => return unclear(format!("{name} in a join is not known")),
                },
            },
        };
        if or {
            self.or = true;
        }
        let (not, kind) = match rest.strip_prefix("Not") {
            Some(kind) => (true, kind),
            None => (false, rest),
        };
        self.not = not;
        let get = |at: usize| call.args.get(at).cloned().unwrap_or(Value::Undefined);
        match kind {
            "" if !not => return self.on(&call.args, false),
            "Val" if !not => return self.on(&call.args, true),
            "Using" if !not => self.push(On::Using(get(0))),
            "In" => match get(1) {
                Value::List(values) if values.is_empty() => {
                    self.not = false;
                    let (left, right) = (Value::Number(1.0), Value::Number(0.0));
                    self.push(On::Basic { left, operator: Value::Text("=".into()), right });
                }
                values => self.push(On::In { column: get(0), values }),
            },
            "Null" => self.push(On::Null(get(0))),
            "Exists" => self.push(On::Exists(get(0))),
            "Between" => match get(1) {
                Value::List(values) if values.len() == 2 => self.push(On::Between { column: get(0), values }),
                other => return unknown("the two ends of between", &other),
            },
            _ => return unclear(format!("{name} in a join is not known")),
        }
        Ok(())
    }

    /// `on(...)` and `onVal(...)`.
    fn on(&mut self, args: &[Value], value: bool) -> Result<(), Unclear> {
        let basic = |left: &Value, operator: Value, right: &Value| {
            let (left, right) = (left.clone(), right.clone());
            if value { On::Value { left, operator, right } } else { On::Basic { left, operator, right } }
        };
        let equals = || Value::Text("=".into());
        match args {
            [Value::Object(fields), ..] => {
                let or = std::mem::take(&mut self.or);
                for (name, right) in fields {
                    self.or = or;
                    self.push(basic(&Value::Text(name.clone()), equals(), right));
                }
            }
            [Value::Body(chains), ..] => {
                let inner = clauses(chains)?;
                self.push(On::Wrapped(inner));
            }
            [raw] if is_raw(raw) => self.push(On::Raw(raw.clone())),
            [left, right] => self.push(basic(left, equals(), right)),
            [left, operator, right, ..] => self.push(basic(left, operator.clone(), right)),
            _ => return unclear("a condition of a join that says nothing"),
        }
        Ok(())
    }
}

impl Compiler<'_> {
    /// The name of the joined table.
    pub fn join_table(self, join: &Join, b: &mut Bindings) -> Result<String, Unclear> {
        match (&join.schema, &join.table) {
            (Some(schema), Value::Text(table)) => Ok(self.wrap_text(&format!("{schema}.{table}"))),
            (_, table) => self.wrap(table, b),
        }
    }

    /// The joins of a select.
    pub fn joins(self, joins: &[Join], b: &mut Bindings) -> Result<String, Unclear> {
        let mut parts = Vec::new();
        for join in joins {
            let Some(word) = &join.word else {
                parts.push(self.unwrap_raw(&join.table, false, b)?.unwrap_or_default());
                continue;
            };
            let mut sql = format!("{word} join {}", self.join_table(join, b)?);
            for (at, clause) in join.clauses.iter().enumerate() {
                match (&clause.on, at) {
                    (On::Using(_), 0) => sql.push_str(" using "),
                    (_, 0) => sql.push_str(" on "),
                    _ => sql.push_str(&format!(" {} ", clause.bool.word())),
                }
                sql.push_str(&self.clause(clause, b)?);
            }
            parts.push(sql);
        }
        Ok(parts.join(" "))
    }

    /// One condition of a join.
    pub fn clause(self, clause: &Clause, b: &mut Bindings) -> Result<String, Unclear> {
        let not = if clause.not { "not " } else { "" };
        Ok(match &clause.on {
            On::Basic { left, operator, right } => {
                let left = self.wrap(left, b)?;
                let operator = self.operator(operator, b)?;
                let query = matches!(right, Value::Chain(_)) && !is_raw(right);
                let right = self.wrap(right, b)?;
                if query { format!("{left} {operator} ({right})") } else { format!("{left} {operator} {right}") }
            }
            On::Value { left, operator, right } => {
                let left = self.wrap(left, b)?;
                let operator = self.operator(operator, b)?;
                format!("{left} {operator} {}", self.parameter(right, b)?)
            }
            On::Wrapped(inner) => {
                let mut sql = String::new();
                for (at, clause) in inner.iter().enumerate() {
                    if at > 0 {
                        sql.push_str(&format!(" {} ", clause.bool.word()));
                    }
                    sql.push_str(&self.clause(clause, b)?);
                }
                if sql.is_empty() { sql } else { format!("({sql})") }
            }
            On::Raw(raw) => self.unwrap_raw(raw, false, b)?.unwrap_or_default(),
            On::Using(column) => format!("({})", self.columnize(column, b)?),
            On::In { column, values } => {
                if matches!(column, Value::List(_)) {
                    return unclear("a join on several columns that are in a list");
                }
                let column = self.wrap(column, b)?;
                let values = self.values(values, b)?;
                format!("{column} {not}in {values}")
            }
            On::Null(column) => format!("{} is {not}null", self.wrap(column, b)?),
            On::Exists(query) => format!("{not}exists ({})", self.raw_or_body(query, b)?),
            On::Between { column, values } => {
                let column = self.wrap(column, b)?;
                let ends: Result<Vec<String>, Unclear> = values.iter().map(|value| self.parameter(value, b)).collect();
                format!("{column} {not}between {}", ends?.join(" and "))
            }
        })
    }
}
