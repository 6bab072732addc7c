//! Keys, indexes and what else the table builder says about a table that is there: their statements and the names that
//! Knex derives (knex 3.3.0 `lib/schema/tablecompiler.js`, `lib/dialects/postgres/schema/pg-tablecompiler.js`).

use super::column::{options, truth};
use super::compile::{Bindings, Chained, Compiler};
use super::query::list;
use super::table::{Purpose, Table};
use super::value::{plain, text, unclear, unknown};
use crate::js::{Piece, Value};
use crate::tools::script::{Unclear, with_holes};

/// A call that becomes a statement of its own.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The method.
    pub method: String,
    /// Its arguments.
    pub args: Vec<Value>,
    /// The foreign key, when it is one.
    pub foreign: Option<Foreign>,
}

/// A foreign key.
#[derive(Clone, Debug)]
pub(super) struct Foreign {
    pub column: Value,
    pub name: Option<String>,
    pub references: Option<Value>,
    pub table: Option<String>,
    pub on_delete: Option<String>,
    pub on_update: Option<String>,
    pub deferrable: Option<String>,
}

impl Key {
    /// A call with its arguments.
    pub fn new(method: &str, args: Vec<Value>) -> Self {
        Key { method: method.to_owned(), args, foreign: None }
    }

    /// A foreign key of which nothing but its own columns is said.
    pub fn foreign(column: Value, name: Option<String>) -> Self {
        let foreign =
            Foreign { column, name, references: None, table: None, on_delete: None, on_update: None, deferrable: None };
        Key { method: "foreign".to_owned(), args: Vec::new(), foreign: Some(foreign) }
    }

    /// Adds its statements to the table's.
    pub fn statements(&self, table: &mut Table<'_>) -> Result<(), Unclear> {
        match table.compiler.is_sqlite() {
            true => self.on_sqlite(table),
            false => self.statements_of_postgres(table),
        }
    }

    /// The same on PostgreSQL.
    pub(super) fn statements_of_postgres(&self, table: &mut Table<'_>) -> Result<(), Unclear> {
        let compiler = table.compiler;
        let name = table.full_name();
        let mut b = Bindings::new();
        let sql = match self.method.as_str() {
            "foreign" => match self.foreign.as_ref().map(|foreign| foreign.sql(table, &mut b)).transpose()? {
                Some(Some(sql)) => sql,
                // Without a target Knex sends nothing.
                _ => return Ok(()),
            },
            "primary" => match table.purpose {
                Purpose::Create | Purpose::CreateIfNot => return Ok(()),
                Purpose::CreateLike | Purpose::Alter => {
                    format!("alter table {name} add {}", self.primary(table, &mut b)?)
                }
            },
            "unique" => self.unique(table, &mut b)?,
            "index" => self.index(table, &mut b)?,
            "dropIndex" => {
                let index = self.named(table, "index")?;
                match &table.schema {
                    Some(schema) => format!("drop index {}.{index}", compiler.wrap_text(schema)),
                    None => format!("drop index {index}"),
                }
            }
            "dropUnique" => format!("alter table {name} drop constraint {}", self.named(table, "unique")?),
            "dropUniqueIfExists" => {
                format!("alter table {name} drop constraint if exists {}", self.named(table, "unique")?)
            }
            "dropForeign" => format!("alter table {name} drop constraint {}", self.named(table, "foreign")?),
            "dropForeignIfExists" => {
                format!("alter table {name} drop constraint if exists {}", self.named(table, "foreign")?)
            }
            "dropPrimary" => format!("alter table {name} drop constraint {}", self.primary_name(table)?),
            "dropPrimaryIfExists" => {
                format!("alter table {name} drop constraint if exists {}", self.primary_name(table)?)
            }
            "renameColumn" => {
                let from = compiler.wrap(self.arg(0)?, &mut b)?;
                format!("alter table {name} rename {from} to {}", compiler.wrap(self.arg(1)?, &mut b)?)
            }
            "setNullable" | "dropNullable" => {
                let action = if self.method == "setNullable" { "drop" } else { "set" };
                let column = compiler.wrap(self.arg(0)?, &mut b)?;
                format!("alter table {name} alter column {column} {action} not null")
            }
            "dropColumn" | "dropColumns" => {
                let Value::List(columns) = list(&self.args) else { return unclear("columns that are no list") };
                if columns.is_empty() {
                    return unclear("no columns to drop");
                }
                let drops: Result<Vec<String>, Unclear> = columns
                    .iter()
                    .map(|column| Ok(format!("drop column {}", compiler.wrap(column, &mut b)?)))
                    .collect();
                format!("alter table {name} {}", drops?.join(", "))
            }
            "dropChecks" => {
                let names = match self.args.first() {
                    None | Some(Value::Undefined) => return Ok(()),
                    Some(Value::List(names)) => names.clone(),
                    Some(one) => vec![one.clone()],
                };
                let drops: Result<Vec<String>, Unclear> = names
                    .iter()
                    .map(|name| Ok(format!("drop constraint {}", text("the name of a check", Some(name))?)))
                    .collect();
                format!("alter table {name} {}", drops?.join(", "))
            }
            "check" => {
                let predicate = condition(self.args.first())?;
                let constraint = match self.args.get(2) {
                    None | Some(Value::Undefined | Value::Null) => {
                        table.check_count += 1;
                        format!("{name}_{}", table.check_count)
                    }
                    constraint => text("the name of a check", constraint)?.to_owned(),
                };
                format!("alter table {name} add constraint {constraint} check({predicate})")
            }
            method => return unclear(format!("the table builder's {method} is not known")),
        };
        table.push(sql, b);
        Ok(())
    }

    pub(super) fn arg(&self, at: usize) -> Result<&Value, Unclear> {
        match self.args.get(at) {
            Some(value) => Ok(value),
            None => unclear(format!("{}() lacks a name", self.method)),
        }
    }

    /// `constraint … primary key (…)`.
    pub fn primary(&self, table: &Table<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        let (mut constraint, mut deferrable) = (self.args.get(1), None);
        if let Some(given @ Value::Object(_)) = constraint {
            deferrable = given.get("deferrable");
            constraint = given.get("constraintName");
        }
        let name = match given(constraint) {
            Some(name) => table.compiler.wrap_text(text("the name of a primary key", Some(name))?),
            None => table.compiler.wrap_text(&format!("{}_pkey", table.name)),
        };
        let columns = table.compiler.columnize(self.arg(0)?, b)?;
        Ok(format!("constraint {name} primary key ({columns}){}", deferred(deferrable)?))
    }

    fn primary_name(&self, table: &Table<'_>) -> Result<String, Unclear> {
        match given(self.args.first()) {
            Some(name) => Ok(table.compiler.wrap_text(text("the name of a primary key", Some(name))?)),
            None => Ok(table.compiler.wrap_text(&format!("{}_pkey", table.name))),
        }
    }

    fn unique(&self, table: &Table<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        let compiler = table.compiler;
        let (mut name, mut deferrable, mut predicate, mut constraint) = (self.args.get(1), None, None, true);
        if let Some(object @ Value::Object(_)) = name {
            name = object.get("indexName");
            deferrable = given(object.get("deferrable"));
            predicate = given(object.get("predicate"));
            constraint = match object.get("useConstraint") {
                Some(value) => truth("useConstraint", value)?,
                None => deferrable.is_some() || predicate.is_none(),
            };
        }
        if !constraint && deferrable.is_some_and(|word| word.text() != Some("not deferrable")) {
            return unclear("an index that is deferrable");
        }
        if constraint && predicate.is_some() {
            return unclear("a constraint with a predicate");
        }
        let name = match given(name) {
            Some(name) => compiler.wrap_text(text("the name of a unique key", Some(name))?),
            None => derived(table, self.args.first(), "unique")?,
        };
        let columns = compiler.columnize(self.arg(0)?, b)?;
        let table = table.full_name();
        if constraint {
            let deferrable = deferred(deferrable)?;
            return Ok(format!("alter table {table} add constraint {name} unique ({columns}){deferrable}"));
        }
        let predicate = partial(compiler, predicate)?;
        Ok(format!("create unique index {name} on {table} ({columns}){predicate}"))
    }

    fn index(&self, table: &Table<'_>, b: &mut Bindings) -> Result<String, Unclear> {
        let compiler = table.compiler;
        let name = match given(self.args.get(1)) {
            Some(name) => compiler.wrap_text(text("the name of an index", Some(name))?),
            None => derived(table, self.args.first(), "index")?,
        };
        let (mut unique, mut method, mut predicate) = ("", None, None);
        match self.args.get(2) {
            None | Some(Value::Undefined | Value::Null) => {}
            Some(Value::Text(given)) => method = Some(given.as_str()).filter(|method| !method.is_empty()),
            Some(object) => {
                options(self.args.get(2), "index")?;
                predicate = given(object.get("predicate"));
                let kind = object.get("indexType").map(|kind| text("the type of an index", Some(kind))).transpose()?;
                if kind.is_some_and(|kind| kind.eq_ignore_ascii_case("unique")) {
                    unique = " unique";
                }
                if let Some(given) = given(object.get("storageEngineIndexType")) {
                    method = Some(text("the method of an index", Some(given))?);
                }
            }
        }
        let columns = compiler.columnize(self.arg(0)?, b)?;
        let method = method.map_or(String::new(), |method| format!(" using {method}"));
        let predicate = partial(compiler, predicate)?;
        Ok(format!("create{unique} index {name} on {}{method} ({columns}){predicate}", table.full_name()))
    }

    /// The name of what is dropped: given, or derived from its columns.
    pub(super) fn named(&self, table: &Table<'_>, kind: &str) -> Result<String, Unclear> {
        match given(self.args.get(1)) {
            Some(name) => {
                Ok(table.compiler.wrap_text(text(&format!("the name of what {} drops", self.method), Some(name))?))
            }
            None => derived(table, self.args.first(), kind),
        }
    }
}

impl Foreign {
    fn sql(&self, table: &Table<'_>, b: &mut Bindings) -> Result<Option<String>, Unclear> {
        let (Some(target), Some(references)) = (&self.table, given(self.references.as_ref())) else {
            return Ok(None);
        };
        if target.is_empty() {
            return Ok(None);
        }
        let compiler = table.compiler;
        let name = match self.name.as_deref().filter(|name| !name.is_empty()) {
            Some(name) => compiler.wrap_text(name),
            None => derived(table, Some(&self.column), "foreign")?,
        };
        let columns = compiler.columnize(&self.column, b)?;
        let references = compiler.columnize(references, b)?;
        let words = |word: &str, action: &Option<String>| match action.as_deref() {
            None | Some("") => String::new(),
            Some(action) => format!(" on {word} {action}"),
        };
        let deferrable = match self.deferrable.as_deref() {
            None | Some("") => String::new(),
            Some(word) => format!(" deferrable initially {} ", word.to_lowercase()),
        };
        Ok(Some(format!(
            "alter table {} add constraint {name} foreign key ({columns}) references {} ({references}){}{}{deferrable}",
            table.full_name(),
            compiler.wrap_text(target),
            words("update", &self.on_update),
            words("delete", &self.on_delete),
        )))
    }
}

/// A value that JavaScript takes for something.
fn given(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| value.truth() != Some(false))
}

fn deferred(word: Option<&Value>) -> Result<String, Unclear> {
    match given(word) {
        None => Ok(String::new()),
        word => Ok(format!(" deferrable initially {}", text("how a key is deferred", word)?)),
    }
}

/// ` where …` of an index; the conditions are those of a query. Knex sends none of their values, so that the server takes
/// the statement only when there are none.
pub(super) fn partial(compiler: Compiler<'_>, predicate: Option<&Value>) -> Result<String, Unclear> {
    match predicate {
        None => Ok(String::new()),
        Some(Value::Chain(calls)) => match compiler.chained(calls)? {
            Chained::Query(query) => {
                let mut b = Bindings::new();
                let conditions = query.where_clause(compiler, &mut b)?;
                if b.is_empty() { Ok(conditions) } else { unclear("a predicate with values, which Knex does not send") }
            }
            Chained::Raw(_) => unclear("a predicate that is raw SQL"),
        },
        Some(other) => unknown("the predicate of an index", other),
    }
}

/// The condition of a check, in which values may stand that only a real run can know.
fn condition(given: Option<&Value>) -> Result<String, Unclear> {
    const START: &str = "select ";
    let Some(value @ Value::Mixed(pieces)) = given else {
        return text("the condition of a check", given).map(str::to_owned);
    };
    // What a hole is called may read like a place for a value.
    let taken = |piece: &Piece| matches!(piece, Piece::Hole(hole) if hole.source.contains(['?', ':', '\\']));
    if pieces.iter().any(taken) {
        return unknown("the condition of a check", value);
    }
    let pieces: Vec<Piece> = std::iter::once(Piece::Text(START.into())).chain(pieces.iter().cloned()).collect();
    with_holes(&pieces).map(|sql| sql.trim_start_matches(START).to_owned())
}

/// `_indexCommand`: the name from the table, the columns and the kind, in small letters.
pub(super) fn derived(table: &Table<'_>, columns: Option<&Value>, kind: &str) -> Result<String, Unclear> {
    let columns = match columns {
        Some(Value::List(columns)) => columns.as_slice(),
        Some(column) if column.truth() != Some(false) => std::slice::from_ref(column),
        _ => &[],
    };
    let mut names = Vec::new();
    for column in columns {
        names.push(match column {
            Value::Chain(calls) => table.compiler.to_query(calls)?,
            column => match plain(column) {
                Some(name) => name,
                None => return unknown("the name of a column", column),
            },
        });
    }
    let name = format!("{}_{}_{kind}", table.name.replace(['.', '-'], "_"), names.join("_"));
    Ok(table.compiler.wrap_text(&name.to_lowercase()))
}
