//! Row operations of query builders, the entity manager and repositories, on tables that are named by a text
//! (`query-builder/*QueryBuilder.js`, typeorm 0.3.31 and 1.1.1). An entity class says too little of its columns without its
//! metadata; such operations are not understood. A text may name an entity too: its properties are taken for columns only
//! where the table has them all.

use super::Calling;
use super::Unclear;
use super::query::parameter;
use super::spell::quoted_list;
use crate::js::{Call, Value};
use regex::{Captures, Regex};

/// What a builder is to do.
#[derive(Default)]
struct Built<'a> {
    verb: &'a str,
    table: Option<&'a str>,
    columns: Option<Vec<String>>,
    rows: Vec<&'a Value>,
    /// `AND`, `OR` or nothing before the first, and the condition.
    conditions: Vec<(&'a str, &'a str)>,
    parameters: Vec<(&'a str, &'a Value)>,
    behind: &'a str,
}

/// Methods that change nothing of what becomes of the rows.
const HARMLESS: [&str; 6] = ["returning", "output", "updateEntity", "callListeners", "useTransaction", "printSql"];

impl Calling<'_> {
    /// A query builder that is executed.
    pub(super) fn built(&self) -> Result<Vec<String>, Unclear> {
        let Some(Value::Chain(calls)) = self.call.arg(0) else {
            return Err(Unclear::new("rows are changed by a query builder that is not known"));
        };
        let mut built = Built::default();
        for call in calls {
            built.take(call)?;
        }
        Ok(vec![self.statement(&built)?])
    }

    /// A method of the entity manager or of a repository.
    pub(super) fn managed(&self, method: &str) -> Result<Vec<String>, Unclear> {
        let table = self.call.arg(0).and_then(Value::text);
        let table = table.ok_or_else(|| Unclear::new(format!("{method} changes rows of an entity class")))?;
        let rows = |index: usize| match self.call.arg(index) {
            Some(Value::List(rows)) => rows.iter().collect(),
            Some(row) => vec![row],
            None => Vec::new(),
        };
        let mut built = Built { table: Some(table), ..Built::default() };
        let criteria = match method {
            "insert" => {
                built.verb = "insert";
                built.rows = rows(1);
                return Ok(vec![self.statement(&built)?]);
            }
            "update" => {
                built.verb = "update";
                built.rows = rows(2);
                self.criteria(table, 1)?
            }
            "delete" => {
                built.verb = "delete";
                self.criteria(table, 1)?
            }
            _ => return Err(Unclear::new(format!("which rows {method} changes is only known to a real run"))),
        };
        let statement = self.statement(&built)?;
        Ok(vec![format!("{statement} WHERE {criteria}")])
    }

    /// Rows picked out by the values of some columns.
    fn criteria(&self, table: &str, index: usize) -> Result<String, Unclear> {
        let Some(Value::Object(fields)) = self.call.arg(index) else {
            return Err(Unclear::new("rows are picked out by something else than the values of columns"));
        };
        if fields.is_empty() {
            return Err(Unclear::new("rows are picked out by nothing"));
        }
        let mut conditions = Vec::new();
        for (column, value) in fields {
            if !matches!(value, Value::Text(_) | Value::Number(_) | Value::Bool(_)) {
                return Err(Unclear::new(format!("what {column} is compared with is no plain value")));
            }
            conditions.push(format!("\"{column}\" = {}", parameter(value)?));
        }
        self.must_have(table, &fields.iter().map(|(column, _)| column.clone()).collect::<Vec<_>>())?;
        Ok(conditions.join(" AND "))
    }

    /// `Err` unless the table certainly has those columns.
    fn must_have(&self, table: &str, columns: &[String]) -> Result<(), Unclear> {
        let loaded = self.load(table);
        self.must_know(&loaded)?;
        match columns.iter().find(|column| loaded.column(column).is_none()) {
            Some(column) => Err(Unclear::new(format!("table {table} has no column {column}: it may be a property"))),
            None => Ok(()),
        }
    }

    fn statement(&self, built: &Built<'_>) -> Result<String, Unclear> {
        let table = built.table.ok_or_else(|| Unclear::new("a query builder is given no table by its name"))?;
        let path = table.split('.').map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(".");
        match built.verb {
            "insert" => self.insert(built, table, &path),
            "update" => {
                let [Value::Object(fields)] = built.rows[..] else {
                    return Err(Unclear::new("an update is given something else than an object"));
                };
                let fields: Vec<&(String, Value)> =
                    fields.iter().filter(|(_, value)| *value != Value::Undefined).collect();
                let columns: Vec<String> = fields.iter().map(|(column, _)| column.clone()).collect();
                self.must_have(table, &columns)?;
                self.no_stamp(table, &columns)?;
                let set = fields.iter().map(|(column, value)| Ok(format!("\"{column}\" = {}", row_value(value)?)));
                let set = set.collect::<Result<Vec<_>, Unclear>>()?.join(", ");
                Ok(format!("UPDATE {path} SET {set}{}", built.filter()?))
            }
            "delete" => Ok(format!("DELETE FROM {path}{}", built.filter()?)),
            _ => Err(Unclear::new("a query builder is executed that is neither an insert, an update nor a delete")),
        }
    }

    /// Updating through an entity also sets its time and version columns.
    fn no_stamp(&self, table: &str, set: &[String]) -> Result<(), Unclear> {
        let stamps = |name: &str| {
            let name = name.to_lowercase();
            name == "version" || name.starts_with("updated") || name.starts_with("modified")
        };
        let loaded = self.load(table);
        match loaded.columns.iter().find(|column| stamps(column.name()) && !set.iter().any(|one| one == column.name()))
        {
            Some(column) => {
                Err(Unclear::new(format!("whether the update sets column {} rests on the entity", column.name())))
            }
            None => Ok(()),
        }
    }

    fn insert(&self, built: &Built<'_>, table: &str, path: &str) -> Result<String, Unclear> {
        let mut columns = built.columns.clone().unwrap_or_default();
        let mut rows = Vec::new();
        for row in &built.rows {
            let Value::Object(fields) = row else {
                return Err(Unclear::new("a row to insert is no plain object"));
            };
            if built.columns.is_none() {
                for (column, _) in fields {
                    if !columns.contains(column) {
                        columns.push(column.clone());
                    }
                }
            }
            rows.push(*row);
        }
        if rows.is_empty() || columns.is_empty() {
            return Err(Unclear::new("which rows are inserted is not known"));
        }
        self.must_have(table, &columns)?;
        let mut tuples = Vec::new();
        for row in rows {
            let values = columns.iter().map(|column| row.get(column).map_or(Ok("DEFAULT".to_owned()), row_value));
            tuples.push(format!("({})", values.collect::<Result<Vec<_>, _>>()?.join(", ")));
        }
        let columns = quoted_list(&columns);
        Ok(format!("INSERT INTO {path}({columns}) VALUES {}{}", tuples.join(", "), built.behind))
    }
}

impl<'a> Built<'a> {
    fn take(&mut self, call: &'a Call) -> Result<(), Unclear> {
        let method = call.name.as_str();
        match method {
            "createQueryBuilder" | "from" | "into" | "update" | "insert" | "delete" => {
                if method != "createQueryBuilder" && method != "from" && method != "into" {
                    self.verb = method;
                }
                match call.arg(0) {
                    None => {}
                    Some(Value::Text(table)) => self.table = Some(table),
                    Some(_) => return Err(Unclear::new("rows of an entity class are changed by a query builder")),
                }
                match (method, call.arg(1)) {
                    ("into", Some(columns)) => self.columns = super::model::texts(columns),
                    ("update", Some(set)) => self.rows = vec![set],
                    _ => {}
                }
            }
            "values" => {
                self.rows = match call.arg(0) {
                    Some(Value::List(rows)) => rows.iter().collect(),
                    Some(row) => vec![row],
                    None => Vec::new(),
                }
            }
            "set" => self.rows = call.arg(0).into_iter().collect(),
            "orIgnore" if call.args.is_empty() => self.behind = " ON CONFLICT DO NOTHING",
            "where" | "andWhere" | "orWhere" => {
                let Some(Value::Text(condition)) = call.arg(0) else {
                    return Err(Unclear::new(format!(
                        "a query builder's {method} is given something else than a text"
                    )));
                };
                let joined = match (method, self.conditions.is_empty()) {
                    ("where", _) => {
                        self.conditions.clear();
                        ""
                    }
                    (_, true) => "",
                    ("andWhere", _) => " AND ",
                    _ => " OR ",
                };
                self.conditions.push((joined, condition));
                self.more_parameters(call.arg(1))?;
            }
            "setParameters" => self.more_parameters(call.arg(0))?,
            "setParameter" => match (call.arg(0).and_then(Value::text), call.arg(1)) {
                (Some(name), Some(value)) => self.parameters.push((name, value)),
                _ => return Err(Unclear::new("setParameter is given no name")),
            },
            _ if HARMLESS.contains(&method) => {}
            _ => return Err(Unclear::new(format!("the method {method} of a query builder is not known"))),
        }
        Ok(())
    }

    fn more_parameters(&mut self, value: Option<&'a Value>) -> Result<(), Unclear> {
        match value {
            None => Ok(()),
            Some(Value::Object(fields)) => {
                self.parameters.extend(fields.iter().map(|(name, value)| (name.as_str(), value)));
                Ok(())
            }
            Some(_) => Err(Unclear::new("the parameters of a query builder are no plain object")),
        }
    }

    /// The conditions with their parameters in their places, as `escapeQueryWithParameters` does it.
    fn filter(&self) -> Result<String, Unclear> {
        if self.conditions.is_empty() {
            return Ok(String::new());
        }
        let text: String = self.conditions.iter().map(|(joined, condition)| format!("{joined}{condition}")).collect();
        let pattern = Regex::new(r":(\.\.\.)?([A-Za-z0-9_.]+)").map_err(|_| Unclear::new("a condition"))?;
        let mut failed = None;
        let filled = pattern.replace_all(&text, |found: &Captures<'_>| {
            let Some((_, value)) = self.parameters.iter().rev().find(|(name, _)| *name == &found[2]) else {
                return found[0].to_owned();
            };
            let spelled = match value {
                Value::List(items) if found.get(1).is_some() && !items.is_empty() => {
                    items.iter().map(parameter).collect::<Result<Vec<_>, _>>().map(|items| items.join(", "))
                }
                Value::List(_) if found.get(1).is_some() => Err(Unclear::new("a list of values is empty")),
                Value::Function(_) => Err(Unclear::new("a parameter is a function")),
                value => parameter(value),
            };
            spelled.unwrap_or_else(|unclear| {
                failed = Some(unclear);
                String::new()
            })
        });
        let filled = filled.into_owned();
        failed.map_or(Ok(format!(" WHERE {filled}")), Err)
    }
}

/// A value of a row; a function there gives SQL, which is not run here.
fn row_value(value: &Value) -> Result<String, Unclear> {
    match value {
        Value::Function(_) => Err(Unclear::new("a value of a row is made by a function")),
        _ => parameter(value),
    }
}
