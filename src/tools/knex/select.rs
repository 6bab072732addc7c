//! Selects as SQL, and the parts of a query that they share with the others (knex 3.3.0 `lib/query/querycompiler.js`,
//! `lib/dialects/postgres/query/pg-querycompiler.js`).

use super::compile::{Bindings, Compiled, Compiler};
use super::query::{Column, Kind, Order, Query, is_raw, list};
use super::value::{plain, text, unclear, unknown};
use crate::js::Value;
use crate::tools::script::Unclear;

impl Query {
    /// Takes a call that says what is selected; gives whether it was one.
    pub(super) fn call_columns(&mut self, name: &str, args: &[Value]) -> Result<bool, Unclear> {
        let aggregate = |function, distinct| {
            let column = match args.first() {
                None | Some(Value::Undefined | Value::Null) => Value::Text("*".into()),
                Some(column) => column.clone(),
            };
            let (mut alias, mut distinct) = (None, distinct);
            if let Some(Value::Object(fields)) = args.get(1) {
                for (name, value) in fields {
                    match name.as_str() {
                        "as" => alias = Some(value.clone()),
                        "distinct" => distinct |= value.truth() == Some(true),
                        name => return unclear(format!("the option {name} of {function}() is not known")),
                    }
                }
            }
            Ok(Column::Aggregate { function, column, distinct, alias })
        };
        let column = match name {
            "select" | "column" | "columns" => match args.first() {
                None | Some(Value::Undefined | Value::Null | Value::Bool(false)) => return Ok(true),
                _ => Column::Names { names: list(args), distinct: false },
            },
            "distinct" => Column::Names { names: list(args), distinct: true },
            "distinctOn" => Column::DistinctOn(list(args)),
            "first" => {
                self.kind = Kind::First;
                self.limit = Some(Value::Number(1.0));
                Column::Names { names: list(args), distinct: false }
            }
            "pluck" => {
                self.kind = Kind::Pluck;
                Column::Names { names: args.first().cloned().unwrap_or(Value::Undefined), distinct: false }
            }
            "count" => aggregate("count", false)?,
            "min" => aggregate("min", false)?,
            "max" => aggregate("max", false)?,
            "sum" => aggregate("sum", false)?,
            "avg" => aggregate("avg", false)?,
            "sumDistinct" => aggregate("sum", true)?,
            "avgDistinct" => aggregate("avg", true)?,
            "countDistinct" => {
                let (names, options) = match args {
                    [names @ .., options @ Value::Object(_)] if !names.is_empty() => (names, Some(options)),
                    names => (names, None),
                };
                let column = match names {
                    [] => Value::Text("*".into()),
                    [one] => one.clone(),
                    names => Value::List(names.to_vec()),
                };
                let alias = options.and_then(|options| options.get("as")).cloned();
                Column::Aggregate { function: "count", column, distinct: true, alias }
            }
            _ => return Ok(false),
        };
        self.columns.push(column);
        Ok(true)
    }

    /// The statement, its values in `b`.
    pub fn compile(&self, compiler: Compiler<'_>, b: &mut Bindings) -> Result<Compiled, Unclear> {
        let sql = match self.kind {
            Kind::Select | Kind::First | Kind::Pluck => self.select(compiler, b)?,
            Kind::Insert => self.compile_insert(compiler, b)?,
            Kind::Update => self.compile_update(compiler, b)?,
            Kind::Delete => self.compile_delete(compiler, b)?,
            Kind::Truncate if compiler.is_sqlite() => format!("delete from {}", self.table_name(compiler, b)?),
            Kind::Truncate => format!("truncate {} restart identity", self.table_name(compiler, b)?),
            Kind::ColumnInfo => return unclear("columnInfo() as a part of a statement"),
        };
        let select = matches!(self.kind, Kind::Select | Kind::First);
        Ok(Compiled { kind: self.kind, sql, alias: self.alias.clone().filter(|_| select) })
    }

    /// The table, with its schema; empty when there is none.
    pub(super) fn table_name(&self, compiler: Compiler<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        match (&self.table, &self.schema) {
            (None, _) => Ok(String::new()),
            (Some(Value::Text(table)), Some(schema)) => Ok(compiler.wrap_text(&format!("{schema}.{table}"))),
            (Some(Value::Object(_)), Some(_)) => unclear("an alias of a table in a schema"),
            (Some(table), _) => match compiler.unwrap_raw_query(table, b)? {
                Some(sql) => Ok(sql),
                None => compiler.wrap(table, b),
            },
        }
    }

    /// `only `, where the query says so.
    pub(super) fn only(&self) -> &'static str {
        if self.only { "only " } else { "" }
    }

    /// ` where …`; empty when there are no conditions.
    pub(super) fn where_clause(&self, compiler: Compiler<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        let conditions = compiler.conditions(&self.wheres, b)?;
        Ok(if conditions.is_empty() { conditions } else { format!(" where {conditions}") })
    }

    /// `with …`, with a space behind it.
    pub(super) fn with_clause(&self, compiler: Compiler<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        let mut parts = Vec::new();
        for with in &self.withs {
            let query = compiler.raw_or_body(&with.query, b)?;
            let columns = match &with.columns {
                Some(columns) => format!("({})", compiler.columnize(columns, b)?),
                None => String::new(),
            };
            let materialized = match with.materialized {
                None => "",
                Some(true) => "materialized ",
                Some(false) => "not materialized ",
            };
            parts.push(format!("{}{columns} as {materialized}({query})", compiler.wrap_text(&with.name)));
        }
        if parts.is_empty() {
            return Ok(String::new());
        }
        let recursive = if self.withs.iter().any(|with| with.recursive) { "recursive " } else { "" };
        Ok(format!("with {recursive}{} ", parts.join(", ")))
    }

    fn select(&self, compiler: Compiler<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        let with = self.with_clause(compiler, b)?;
        let comments: Vec<String> = self.comments.iter().map(|comment| format!("/* {comment} */")).collect();
        let only_unions = self.columns.is_empty() && !self.unions.is_empty() && self.table.is_none();
        let columns = if only_unions { String::new() } else { self.select_list(compiler, b)? };
        let joins = compiler.joins(&self.joins, b)?;
        let wheres = compiler.conditions(&self.wheres, b)?;
        let wheres = if wheres.is_empty() { wheres } else { format!("where {wheres}") };
        let unions = self.union_clause(compiler, only_unions, b)?;
        let groups = order(compiler, "group", &self.groups, b)?;
        let havings = compiler.conditions(&self.havings, b)?;
        let havings = if havings.is_empty() { havings } else { format!("having {havings}") };
        let orders = order(compiler, "order", &self.orders, b)?;
        let limit = match &self.limit {
            // SQLite takes no offset alone.
            None if compiler.is_sqlite() && self.offset.is_some() => "limit -1".to_owned(),
            Some(limit) => format!("limit {}", compiler.parameter(limit, b)?),
            None => String::new(),
        };
        let offset = match &self.offset {
            None | Some(Value::Number(0.0)) => String::new(),
            Some(offset) => format!("offset {}", compiler.parameter(offset, b)?),
        };
        let locks = !compiler.is_sqlite();
        let lock = self.lock.filter(|_| locks).unwrap_or_default().to_owned();
        let wait = self.wait.filter(|_| locks).unwrap_or_default().to_owned();
        let first = joined(&[comments.join(" "), columns, joins, wheres]);
        let last = joined(&[groups, havings, orders, limit, offset, lock, wait]);
        let first = match self.unions.iter().any(|union| union.wrap) && !only_unions {
            true => format!("({first})"),
            false => first,
        };
        Ok(if only_unions {
            format!("{with}{}", joined(&[unions, first, last]))
        } else {
            format!("{with}{}", joined(&[first, unions, last]))
        })
    }

    fn select_list(&self, compiler: Compiler<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        let mut distinct = String::new();
        let mut parts = Vec::new();
        for column in &self.columns {
            match column {
                Column::Names { names, distinct: is_distinct } => {
                    if *is_distinct {
                        distinct = "distinct ".to_owned();
                    }
                    match names {
                        Value::List(names) if names.is_empty() => {}
                        names => parts.push(compiler.columnize(names, b)?),
                    }
                }
                Column::DistinctOn(_) if compiler.is_sqlite() => return unclear("distinctOn() on SQLite"),
                Column::DistinctOn(names) => distinct = format!("distinct on ({}) ", compiler.columnize(names, b)?),
                Column::Aggregate { function, column, distinct, alias } => {
                    parts.extend(aggregate(compiler, function, column, *distinct, alias.as_ref(), b)?);
                }
            }
        }
        if parts.is_empty() {
            parts.push("*".to_owned());
        }
        let table = self.table_name(compiler, b)?;
        let from = if table.is_empty() { table } else { format!(" from {}{table}", self.only()) };
        Ok(format!("select {distinct}{}{from}", parts.join(", ")))
    }

    fn union_clause(&self, compiler: Compiler<'_>, only: bool, b: &mut Bindings) -> Result<String, Unclear> {
        let mut sql = String::new();
        for (at, union) in self.unions.iter().enumerate() {
            if at > 0 {
                sql.push(' ');
            }
            if at > 0 || !only {
                sql.push_str(union.word);
                sql.push(' ');
            }
            let query = compiler.raw_or_body(&union.query, b)?;
            sql.push_str(&if union.wrap { format!("({query})") } else { query });
        }
        Ok(sql)
    }
}

impl Compiler<'_> {
    /// A query as a table stands in parentheses.
    fn unwrap_raw_query(self, table: &Value, b: &mut Bindings) -> Result<Option<String>, Unclear> {
        if matches!(table, Value::Chain(_)) && !is_raw(table) { self.unwrap_raw(table, true, b) } else { Ok(None) }
    }
}

fn joined(parts: &[String]) -> String {
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

/// `group by …` and `order by …`.
fn order(compiler: Compiler<'_>, word: &str, entries: &[Order], b: &mut Bindings) -> Result<String, Unclear> {
    let mut parts = Vec::new();
    for entry in entries {
        parts.push(match entry {
            Order::Group(names) => compiler.columnize(names, b)?,
            Order::Raw(raw) => compiler.unwrap_raw(raw, false, b)?.unwrap_or_default(),
            Order::By { value, direction, nulls } => {
                let query = matches!(value, Value::Chain(_)) && !is_raw(value);
                let column = compiler.columnize(value, b)?;
                let column = if query { format!("({column})") } else { column };
                let direction = match direction {
                    Value::Chain(_) => compiler.unwrap_raw(direction, false, b)?.unwrap_or_default(),
                    Value::Hole(_) | Value::Mixed(_) => return unknown("a direction", direction),
                    Value::Text(word) if ["asc", "desc"].contains(&word.to_lowercase().as_str()) => word.clone(),
                    _ => "asc".to_owned(),
                };
                let nulls = match nulls {
                    Value::Text(_) if compiler.is_sqlite() => return unclear("an order that says where nulls go"),
                    Value::Text(nulls) if !nulls.is_empty() && !is_raw(value) => format!(" nulls {nulls}"),
                    _ => String::new(),
                };
                format!("{column} {direction}{nulls}")
            }
        });
    }
    Ok(if parts.is_empty() { String::new() } else { format!("{word} by {}", parts.join(", ")) })
}

/// `count("a") as "b"` and its like.
fn aggregate(
    compiler: Compiler<'_>,
    function: &str,
    column: &Value,
    distinct: bool,
    alias: Option<&Value>,
    b: &mut Bindings,
) -> Result<Vec<String>, Unclear> {
    let word = if distinct { "distinct " } else { "" };
    let named = |sql: String, alias: Option<&Value>, b: &mut Bindings| match alias {
        Some(alias) => Ok(format!("{sql} as {}", compiler.wrap(alias, b)?)),
        None => Ok(sql),
    };
    let several = |names: &[Value], b: &mut Bindings| {
        let names = compiler.columnize(&Value::List(names.to_vec()), b)?;
        Ok(if distinct { format!("{function}(distinct({names}))") } else { format!("{function}({names})") })
    };
    match column {
        Value::Chain(_) if is_raw(column) => {
            Ok(vec![format!("{function}({word}{})", compiler.unwrap_raw(column, false, b)?.unwrap_or_default())])
        }
        Value::List(names) => Ok(vec![several(names, b)?]),
        Value::Object(fields) => {
            let mut parts = Vec::new();
            for (alias, column) in fields {
                let sql = match column {
                    Value::List(names) => several(names, b)?,
                    column => format!("{function}({word}{})", compiler.wrap(column, b)?),
                };
                parts.push(named(sql, Some(&Value::Text(alias.clone())), b)?);
            }
            Ok(parts)
        }
        column => {
            let given = match plain(column) {
                Some(given) => given,
                None => text("a column", Some(column))?.to_owned(),
            };
            let (column, alias) = match given.to_ascii_lowercase().find(" as ") {
                Some(at) => (given[..at].to_owned(), Some(Value::Text(given[at + 4..].to_owned()))),
                None => (given, alias.cloned()),
            };
            let sql = format!("{function}({word}{})", compiler.wrap_text(&column));
            Ok(vec![named(sql, alias.as_ref(), b)?])
        }
    }
}
