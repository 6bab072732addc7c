//! The query builder: what a chain of its calls says, before it is SQL (knex 3.3.0 `lib/query/querybuilder.js`,
//! `lib/dialects/postgres/query/pg-querybuilder.js`).

use super::condition::{Bool, Condition, Test};
use super::join::Join;
use super::raw::HARMLESS;
use super::value::{integer, text, unclear, unknown};
use crate::js::{Call, Value};
use crate::tools::script::Unclear;

/// The kind of statement that a query is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// `select`, also without a call that says so.
    #[default]
    Select,
    /// `first()`: a select of one row.
    First,
    /// `pluck()`: a select of one column.
    Pluck,
    /// `insert()`.
    Insert,
    /// `update()`, `increment()`, `decrement()`.
    Update,
    /// `del()`.
    Delete,
    /// `truncate()`.
    Truncate,
    /// `columnInfo()`: a question.
    ColumnInfo,
}

/// One part of the list behind `select`.
#[derive(Clone, Debug)]
pub(super) enum Column {
    /// Names and raw SQL.
    Names { names: Value, distinct: bool },
    /// `distinctOn`.
    DistinctOn(Value),
    /// `count` and its like.
    Aggregate { function: &'static str, column: Value, distinct: bool, alias: Option<Value> },
}

/// A `with` clause.
#[derive(Clone, Debug)]
pub(super) struct With {
    /// Its name.
    pub name: String,
    /// The names of its columns; `None` when they are not given.
    pub columns: Option<Value>,
    /// Its query.
    pub query: Value,
    /// Whether it is said to be recursive.
    pub recursive: bool,
    /// Whether it says `materialized` or `not materialized`.
    pub materialized: Option<bool>,
}

/// An entry of `group by` or `order by`.
#[derive(Clone, Debug)]
pub(super) enum Order {
    /// `groupBy(...)`: names.
    Group(Value),
    /// `orderBy(...)`: a name, its direction and where nulls go.
    By { value: Value, direction: Value, nulls: Value },
    /// Raw SQL.
    Raw(Value),
}

/// A set operation with another query.
#[derive(Clone, Debug)]
pub(super) struct Union {
    /// `union`, `union all`, `intersect`, `except`.
    pub word: &'static str,
    /// The other query.
    pub query: Value,
    /// Whether it stands in parentheses.
    pub wrap: bool,
}

/// What happens to a row that is there already.
#[derive(Clone, Debug)]
pub(super) struct Conflict {
    /// The columns; `None` for any conflict.
    pub columns: Option<Value>,
    /// `None` for `ignore()`; else what `merge` was given.
    pub merge: Option<Value>,
}

/// A query, as far as its calls have said.
#[derive(Clone, Debug, Default)]
pub(super) struct Query {
    pub kind: Kind,
    pub table: Option<Value>,
    pub only: bool,
    pub schema: Option<String>,
    pub alias: Option<Value>,
    pub columns: Vec<Column>,
    pub joins: Vec<Join>,
    pub wheres: Vec<Condition>,
    pub havings: Vec<Condition>,
    pub unions: Vec<Union>,
    pub groups: Vec<Order>,
    pub orders: Vec<Order>,
    pub withs: Vec<With>,
    pub limit: Option<Value>,
    pub offset: Option<Value>,
    pub lock: Option<&'static str>,
    pub wait: Option<&'static str>,
    pub comments: Vec<String>,
    pub insert: Option<Value>,
    pub update: Vec<(String, Value)>,
    pub counters: Vec<(String, f64)>,
    pub returning: Option<Value>,
    pub conflict: Option<Conflict>,
    pub using: Option<Value>,
    pub update_from: Option<Value>,
    /// The columns of an `onConflict` that has not said yet what happens.
    pending: Option<Option<Value>>,
    /// `or` was said for what comes next.
    pub(super) next_or: bool,
    /// `not` was said for what comes next.
    pub(super) next_not: bool,
}

impl Query {
    /// Reads a whole chain; its first call is `query` or `clone`.
    pub fn read(calls: &[Call]) -> Result<Self, Unclear> {
        let mut query = Query::default();
        for (at, call) in calls.iter().enumerate() {
            match (at, call.name.as_str()) {
                (0, "query") => {
                    if call.arg(0).is_some() {
                        query.from(&call.args)?;
                    }
                }
                (0, "clone") => match call.arg(0) {
                    Some(Value::Chain(inner)) => query = Query::read(inner)?,
                    _ => return unclear("a clone of what is no query"),
                },
                _ => query.call(call)?,
            }
        }
        if query.pending.is_some() {
            return unclear("onConflict() without ignore() or merge()");
        }
        Ok(query)
    }

    /// Reads what a function said about the query that it was given.
    pub fn read_body(chains: &[Vec<Call>]) -> Result<Self, Unclear> {
        let mut query = Query::default();
        for call in chains.iter().flatten() {
            query.call(call)?;
        }
        Ok(query)
    }

    /// Whether it only reads.
    pub fn reads(&self) -> bool {
        matches!(self.kind, Kind::Select | Kind::First | Kind::Pluck | Kind::ColumnInfo)
    }

    fn from(&mut self, args: &[Value]) -> Result<(), Unclear> {
        self.table = args.first().filter(|table| **table != Value::Undefined).cloned();
        self.only = false;
        match args.get(1) {
            None | Some(Value::Undefined | Value::Null) => {}
            Some(Value::Object(fields)) => {
                for (name, value) in fields {
                    match (name.as_str(), value.truth()) {
                        ("only", Some(only)) => self.only = only,
                        (name, _) => return unclear(format!("the option {name} of a table is not known")),
                    }
                }
            }
            Some(_) => return unclear("options of a table that are no object"),
        }
        Ok(())
    }

    /// Takes one call.
    pub fn call(&mut self, call: &Call) -> Result<(), Unclear> {
        let name = call.name.as_str();
        let args = call.args.as_slice();
        if let Some(columns) = self.pending.take() {
            let merge = match name {
                "ignore" => None,
                "merge" => Some(call.arg(0).cloned().unwrap_or(Value::Undefined)),
                _ => return unclear(format!("onConflict().{name} is not known")),
            };
            self.conflict = Some(Conflict { columns, merge });
            return Ok(());
        }
        if self.call_condition(name, args)? || self.call_join(name, args)? || self.call_columns(name, args)? {
            return Ok(());
        }
        match name {
            "from" | "table" | "into" => self.from(args)?,
            "fromRaw" => self.table = Some(raw_value(args)),
            "withSchema" => self.schema = schema(args)?,
            "as" => self.alias = args.first().cloned(),
            "groupBy" => match args {
                [Value::Chain(_), ..] if is_raw(&args[0]) => self.groups.push(Order::Raw(raw_value(args))),
                _ => self.groups.push(Order::Group(list(args))),
            },
            "groupByRaw" => self.groups.push(Order::Raw(raw_value(args))),
            "orderByRaw" => self.orders.push(Order::Raw(raw_value(args))),
            "orderBy" => self.order_by(args)?,
            "union" => self.union("union", args),
            "unionAll" => self.union("union all", args),
            "intersect" => self.union("intersect", args),
            "except" => self.union("except", args),
            "limit" => self.limit = count("limit", args)?.or(self.limit.take()),
            "offset" => self.offset = count("offset", args)?.or(self.offset.take()),
            "with" => self.with(args, false, None)?,
            "withRecursive" => self.with(args, true, None)?,
            "withMaterialized" => self.with(args, false, Some(true))?,
            "withNotMaterialized" => self.with(args, false, Some(false))?,
            "comment" => self.comments.push(text("a comment", args.first())?.to_owned()),
            "insert" => {
                self.kind = Kind::Insert;
                self.returns(args.get(1));
                self.insert = Some(args.first().cloned().unwrap_or(Value::Undefined));
            }
            "update" => self.set(args)?,
            "increment" => self.count_up(args, 1.0)?,
            "decrement" => self.count_up(args, -1.0)?,
            "clearCounters" => self.counters.clear(),
            "del" | "delete" => {
                self.kind = Kind::Delete;
                self.returns(args.first());
            }
            "truncate" => {
                self.kind = Kind::Truncate;
                if call.arg(0).is_some() {
                    self.table = args.first().cloned();
                }
            }
            "returning" => self.returning = args.first().cloned(),
            "onConflict" => self.pending = Some(conflict_columns(args.first())),
            "using" => self.using = args.first().cloned(),
            "updateFrom" => self.update_from = args.first().cloned(),
            "columnInfo" => self.kind = Kind::ColumnInfo,
            "forUpdate" if args.is_empty() => self.lock = Some("for update"),
            "forShare" if args.is_empty() => self.lock = Some("for share"),
            "forNoKeyUpdate" if args.is_empty() => self.lock = Some("for no key update"),
            "forKeyShare" if args.is_empty() => self.lock = Some("for key share"),
            "skipLocked" => self.wait = Some("skip locked"),
            "noWait" => self.wait = Some("nowait"),
            "clearSelect" => self.columns.clear(),
            "clearWhere" => self.wheres.clear(),
            "clearOrder" => self.orders.clear(),
            "clearGroup" => self.groups.clear(),
            "clearHaving" => self.havings.clear(),
            "clear" => self.clear(text("what is cleared", args.first())?)?,
            name if HARMLESS.contains(&name) => {}
            name => return unclear(format!("the query builder's {name} is not known")),
        }
        Ok(())
    }

    fn clear(&mut self, what: &str) -> Result<(), Unclear> {
        match what {
            "with" => self.withs.clear(),
            "select" | "columns" => self.columns.clear(),
            "where" => self.wheres.clear(),
            "union" => self.unions.clear(),
            "join" => self.joins.clear(),
            "group" => self.groups.clear(),
            "order" => self.orders.clear(),
            "having" => self.havings.clear(),
            "limit" => self.limit = None,
            "offset" => self.offset = None,
            "counter" | "counters" => self.counters.clear(),
            _ => return unclear(format!("clear('{what}') is not known")),
        }
        Ok(())
    }

    /// What sets the counter of the table back (`lib/dialects/sqlite3/query/sqlite-querycompiler.js`, `truncate`).
    pub(super) fn counter(&self) -> Result<Option<String>, Unclear> {
        let table = text("the name of a table", self.table.as_ref())?;
        Ok(Some(format!("delete from sqlite_sequence where name = {}", crate::tools::script::quoted(table))))
    }

    fn returns(&mut self, value: Option<&Value>) {
        // lodash's isEmpty: what is no text, array or object with something in it counts as empty.
        match value {
            Some(Value::Text(text)) if !text.is_empty() => self.returning = value.cloned(),
            Some(Value::List(values)) if !values.is_empty() => self.returning = value.cloned(),
            Some(Value::Object(fields)) if !fields.is_empty() => self.returning = value.cloned(),
            Some(Value::Chain(_) | Value::Hole(_) | Value::Mixed(_)) => self.returning = value.cloned(),
            _ => {}
        }
    }

    fn set(&mut self, args: &[Value]) -> Result<(), Unclear> {
        self.kind = Kind::Update;
        let mut put = |name: &str, value: Value| match self.update.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = value,
            None => self.update.push((name.to_owned(), value)),
        };
        match args.first() {
            Some(Value::Text(name)) => {
                put(name, args.get(1).cloned().unwrap_or(Value::Undefined));
                self.returns(args.get(2));
            }
            Some(Value::Object(fields) | Value::Made(_, fields)) => {
                for (name, value) in fields {
                    put(name, value.clone());
                }
                self.returns(args.get(1));
            }
            Some(value) => return unknown("what an update sets", value),
            None => return unclear("an update of nothing"),
        }
        Ok(())
    }

    fn count_up(&mut self, args: &[Value], sign: f64) -> Result<(), Unclear> {
        self.kind = Kind::Update;
        let amount = |value: Option<&Value>| match value {
            None | Some(Value::Undefined) => Ok(sign),
            Some(Value::Number(number)) => Ok(sign * number),
            Some(value) => unknown("an amount", value),
        };
        let mut put = |name: &str, number: f64| match self.counters.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = number,
            None => self.counters.push((name.to_owned(), number)),
        };
        match args.first() {
            Some(Value::Object(fields)) => {
                for (name, value) in fields {
                    put(name, amount(Some(value))?);
                }
            }
            column => put(text("a column", column)?, amount(args.get(1))?),
        }
        Ok(())
    }

    fn order_by(&mut self, args: &[Value]) -> Result<(), Unclear> {
        let get = |value: Option<&Value>| value.cloned().unwrap_or(Value::Undefined);
        let Some(Value::List(entries)) = args.first() else {
            let value = get(args.first());
            self.orders.push(Order::By { value, direction: get(args.get(1)), nulls: get(args.get(2)) });
            return Ok(());
        };
        for entry in entries {
            self.orders.push(match entry {
                Value::Object(_) => Order::By {
                    value: get(entry.get("column")),
                    direction: get(entry.get("order")),
                    nulls: get(entry.get("nulls")),
                },
                Value::Text(_) | Value::Number(_) => {
                    Order::By { value: entry.clone(), direction: Value::Undefined, nulls: Value::Undefined }
                }
                entry => return unknown("an order", entry),
            });
        }
        Ok(())
    }

    fn union(&mut self, word: &'static str, args: &[Value]) {
        let (wrap, queries) = match args {
            [queries @ .., Value::Bool(wrap)] if !queries.is_empty() => (*wrap, queries),
            queries => (false, queries),
        };
        let queries = match queries {
            [Value::List(queries)] => queries,
            queries => queries,
        };
        self.unions.extend(queries.iter().map(|query| Union { word, query: query.clone(), wrap }));
    }

    fn with(&mut self, args: &[Value], recursive: bool, materialized: Option<bool>) -> Result<(), Unclear> {
        let name = text("the name of a with clause", args.first())?.to_owned();
        let (columns, query) = match args.get(2) {
            None | Some(Value::Undefined) => (None, args.get(1)),
            query => (args.get(1).cloned(), query),
        };
        let Some(query @ (Value::Body(_) | Value::Chain(_))) = query else {
            return unclear("a with clause whose query is none");
        };
        self.withs.push(With { name, columns, query: query.clone(), recursive, materialized });
        Ok(())
    }
}

/// The schema that `withSchema` names; `None` when it takes it back.
pub(super) fn schema(args: &[Value]) -> Result<Option<String>, Unclear> {
    match args.first() {
        None | Some(Value::Undefined | Value::Null) => Ok(None),
        Some(Value::Text(schema)) if schema.is_empty() => Ok(None),
        schema => Ok(Some(text("a schema", schema)?.to_owned())),
    }
}

/// `normalizeArr`: the first argument when it is an array, else all of them.
pub(super) fn list(args: &[Value]) -> Value {
    match args {
        [list @ Value::List(_), ..] => list.clone(),
        args => Value::List(args.to_vec()),
    }
}

/// Whether a value is raw SQL.
pub(super) fn is_raw(value: &Value) -> bool {
    match value {
        Value::Chain(calls) => {
            calls.first().is_some_and(|call| ["raw", "ref", "fn.now", "fn.uuid"].contains(&call.name.as_str()))
        }
        _ => false,
    }
}

/// The raw SQL that such a method was given, as a value: `whereRaw('a = ?', [1])`, `whereRaw(knex.raw('a'))`.
pub(super) fn raw_value(args: &[Value]) -> Value {
    match args.first() {
        Some(value @ Value::Chain(_)) => value.clone(),
        _ => Value::Chain(vec![Call { name: "raw".to_owned(), args: args.to_vec(), at: crate::js::Place::default() }]),
    }
}

fn conflict_columns(value: Option<&Value>) -> Option<Value> {
    match value {
        None | Some(Value::Undefined | Value::Null) => None,
        Some(value @ Value::Text(_)) => Some(Value::List(vec![value.clone()])),
        value => value.cloned(),
    }
}

/// The number of `limit` and `offset`; `None` when Knex passes over what it was given.
fn count(what: &str, args: &[Value]) -> Result<Option<Value>, Unclear> {
    if args.get(1).is_some() {
        return unclear(format!("options of {what}"));
    }
    match args.first() {
        Some(value @ (Value::Hole(_) | Value::Chain(_))) => Ok(Some(value.clone())),
        Some(value @ Value::Mixed(_)) => unknown(what, value),
        Some(value) => Ok(integer(value).map(|number| Value::Number(number as f64))),
        None => Ok(None),
    }
}

/// A condition of `or`, `not` and a test.
pub(super) fn condition(query: &mut Query, test: Test) -> Condition {
    let bool = if std::mem::take(&mut query.next_or) { Bool::Or } else { Bool::And };
    Condition { bool, not: std::mem::take(&mut query.next_not), test }
}
