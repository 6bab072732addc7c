//! Inserts, updates and deletes as SQL (knex 3.3.0 `lib/query/querycompiler.js`,
//! `lib/dialects/postgres/query/pg-querycompiler.js`, `lib/execution/batch-insert.js`).

use super::compile::{Bindings, Compiler};
use super::join::On;
use super::query::{Query, is_raw};
use super::raw::undefined;
use super::value::{number, text, unclear, unknown};
use crate::js::Value;
use crate::tools::script::Unclear;

/// The columns and rows of an insert; every row has a value for every column.
struct Rows<'a> {
    columns: Vec<&'a str>,
    rows: Vec<Vec<&'a Value>>,
}

impl Query {
    /// `insert into …`; empty when there is nothing to insert.
    pub(super) fn compile_insert(&self, compiler: Compiler<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        let data = self.insert.as_ref().unwrap_or(&Value::Undefined);
        let with = self.with_clause(compiler, b)?;
        let table = self.table_name(compiler, b)?;
        if table.is_empty() {
            return unclear("an insert into no table");
        }
        let mut sql = format!("{with}insert into {table} ");
        match data {
            Value::List(rows) if rows.is_empty() => return Ok(String::new()),
            Value::Object(fields) if fields.is_empty() => sql.push_str("default values"),
            Value::Chain(_) | Value::Body(_) => sql.push_str(&compiler.raw_or_body(data, b)?),
            // Rows of which neither the number nor the columns are known.
            Value::Hole(_) => sql.push_str(&format!("select * from {}", compiler.parameter(data, b)?)),
            data => {
                let rows = rows(data)?;
                if rows.columns.is_empty() {
                    if rows.rows.len() != 1 {
                        return unclear("an insert of rows without columns");
                    }
                    sql.push_str("default values");
                } else {
                    sql.push_str(&values(compiler, &rows, b)?);
                }
            }
        }
        if let Some(conflict) = &self.conflict {
            sql.push_str(" on conflict");
            match &conflict.columns {
                Some(columns) if is_raw(columns) => sql.push_str(&format!(" {}", compiler.wrap(columns, b)?)),
                Some(columns) => sql.push_str(&format!(" ({})", compiler.columnize(columns, b)?)),
                // `merge()` on any conflict: Knex writes `(true)`, which no server takes.
                None if conflict.merge.is_some() => return unclear("a merge on any conflict"),
                None => {}
            }
            match &conflict.merge {
                None => sql.push_str(" do nothing"),
                Some(merge) => {
                    sql.push_str(" do update set ");
                    sql.push_str(&self.merge(compiler, merge, data, b)?);
                    sql.push_str(&self.where_clause(compiler, b)?);
                }
            }
        }
        sql.push_str(&self.returning_clause(compiler, b)?);
        Ok(sql)
    }

    fn merge(&self, compiler: Compiler<'_>, merge: &Value, data: &Value, b: &mut Bindings) -> Result<String, Unclear> {
        let names: Vec<&str> = match merge {
            Value::List(names) => {
                names.iter().map(|name| text("a column", Some(name))).collect::<Result<Vec<&str>, Unclear>>()?
            }
            Value::Object(fields) => return Ok(self.assignments(compiler, fields, b)?.join(",")),
            Value::Undefined | Value::Null => rows(data)?.columns,
            other => return unknown("what a merge sets", other),
        };
        let columns = names.iter().map(|name| compiler.wrap_text(name.rsplit('.').next().unwrap_or(name)));
        Ok(columns.map(|column| format!("{column} = excluded.{column}")).collect::<Vec<_>>().join(", "))
    }

    /// `update …`.
    pub(super) fn compile_update(&self, compiler: Compiler<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        let with = self.with_clause(compiler, b)?;
        let assignments = self.assignments(compiler, &self.update, b)?;
        if compiler.is_sqlite() && (self.update_from.is_some() || self.only) {
            return unclear("an update from another table on SQLite");
        }
        let from = match &self.update_from {
            Some(from) => format!(" from {}", compiler.wrap(from, b)?),
            None => String::new(),
        };
        let wheres = self.where_clause(compiler, b)?;
        let table = self.table_name(compiler, b)?;
        if table.is_empty() || !self.joins.is_empty() || self.limit.is_some() {
            return unclear("an update that the database has no words for");
        }
        let returning = self.returning_clause(compiler, b)?;
        Ok(format!("{with}update {}{table} set {}{from}{wheres}{returning}", self.only(), assignments.join(", ")))
    }

    /// `delete from …`.
    pub(super) fn compile_delete(&self, compiler: Compiler<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        if !self.havings.is_empty() || self.limit.is_some() {
            return unclear("a delete with having() or limit()");
        }
        if compiler.is_sqlite() && (self.using.is_some() || !self.joins.is_empty() || self.only) {
            return unclear("a delete with joins on SQLite");
        }
        let table = self.table_name(compiler, b)?;
        if table.is_empty() {
            return unclear("a delete from no table");
        }
        let with = self.with_clause(compiler, b)?;
        let mut using = Vec::new();
        match &self.using {
            Some(Value::List(tables)) => {
                for table in tables {
                    using.push(compiler.wrap(table, b)?);
                }
            }
            Some(table) => using.push(compiler.wrap(table, b)?),
            None => {}
        }
        for join in &self.joins {
            using.push(compiler.join_table(join, b)?);
        }
        let mut wheres = compiler.conditions(&self.wheres, b)?;
        for clause in self.joins.iter().flat_map(|join| &join.clauses) {
            let On::Basic { left, right, .. } = &clause.on else {
                return unclear("a delete with a join on more than a pair of columns");
            };
            let pair = format!("{} = {}", compiler.wrap(left, b)?, compiler.wrap(right, b)?);
            wheres = if wheres.is_empty() { pair } else { format!("{wheres} and {pair}") };
        }
        let using = if using.is_empty() { String::new() } else { format!(" using {}", using.join(",")) };
        let wheres = if wheres.is_empty() { wheres } else { format!(" where {wheres}") };
        let returning = self.returning_clause(compiler, b)?;
        Ok(format!("{with}delete from {}{table}{using}{wheres}{returning}", self.only()))
    }

    /// `_prepUpdate`: `column = value`, the counters behind.
    fn assignments(
        &self,
        compiler: Compiler<'_>,
        fields: &[(String, Value)],
        b: &mut Bindings,
    ) -> Result<Vec<String>, Unclear> {
        let mut parts = Vec::new();
        for (name, value) in fields.iter().filter(|(_, value)| *value != Value::Undefined) {
            parts.push(format!("{} = {}", compiler.wrap_text(name), compiler.parameter(value, b)?));
        }
        for (name, amount) in &self.counters {
            if fields.iter().any(|(field, _)| field == name) {
                continue;
            }
            let sign = if *amount < 0.0 { '-' } else { '+' };
            let column = compiler.wrap_text(name);
            parts.push(format!("{column} = {column} {sign} {}", number(amount.abs())));
        }
        if parts.is_empty() { unclear("an update that sets nothing") } else { Ok(parts) }
    }

    fn returning_clause(&self, compiler: Compiler<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        match &self.returning {
            None | Some(Value::Undefined | Value::Null | Value::Bool(false)) => Ok(String::new()),
            Some(Value::Text(text)) if text.is_empty() => Ok(String::new()),
            Some(columns) => Ok(format!(" returning {}", compiler.columnize(columns, b)?)),
        }
    }
}

/// `_prepInsert`: the columns of all rows in alphabetical order.
fn rows(data: &Value) -> Result<Rows<'_>, Unclear> {
    let given = match data {
        Value::List(rows) => rows.as_slice(),
        row => std::slice::from_ref(row),
    };
    let mut objects = Vec::new();
    for row in given {
        match row {
            Value::Object(fields) | Value::Made(_, fields) => objects.push(fields),
            // Knex takes nothing that stands behind an empty entry.
            Value::Null | Value::Undefined => break,
            row => return unknown("a row", row),
        }
    }
    let mut columns: Vec<&str> = Vec::new();
    for fields in &objects {
        columns.extend(fields.iter().map(|(name, _)| name.as_str()));
    }
    columns.sort_unstable();
    columns.dedup();
    let rows = objects.into_iter().map(|fields| {
        let of = |column: &&str| {
            fields.iter().find(|(name, _)| name == column).map_or(&Value::Undefined, |(_, value)| value)
        };
        columns.iter().map(of).collect()
    });
    let rows = rows.collect();
    Ok(Rows { columns, rows })
}

/// `(columns) values (…), (…)`. On SQLite Knex writes several rows as `select … union all select …`, which puts the same rows
/// in and hides that they are known.
fn values(compiler: Compiler<'_>, rows: &Rows<'_>, b: &mut Bindings) -> Result<String, Unclear> {
    let columns: Vec<String> = rows.columns.iter().map(|name| compiler.wrap_text(name)).collect();
    let mut parts = Vec::new();
    for row in &rows.rows {
        let mut cells = Vec::new();
        for value in row {
            cells.push(match value {
                Value::Undefined if compiler.is_sqlite() && !compiler.config.null_as_default => {
                    return unclear("rows of different columns, at which Knex stops on SQLite");
                }
                Value::Undefined if compiler.config.null_as_default => compiler.parameter(&Value::Null, b)?,
                Value::Undefined => "DEFAULT".to_owned(),
                Value::List(_) if undefined(value) => return unclear("an array with undefined in it"),
                value => compiler.parameter(value, b)?,
            });
        }
        parts.push(cells.join(", "));
    }
    Ok(format!("({}) values ({})", columns.join(", "), parts.join("), (")))
}
