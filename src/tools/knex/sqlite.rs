//! What Knex does otherwise on SQLite: types, values that the drivers bind, and statements for which `ALTER TABLE` has no
//! word (knex 3.3.0 `lib/dialects/sqlite3`, `lib/dialects/better-sqlite3`, `lib/schema/columncompiler.js`; seen with
//! better-sqlite3 12.11.1 and sqlite3 6.0.1).

use super::column::{Column, truth};
use super::compile::{Bindings, Compiler};
use super::key::{Foreign, Key};
use super::query::list;
use super::remake::{Change, Remake};
use super::table::{Purpose, Table};
use super::value::{iso, json, number, plain, text, unclear, unknown};
use crate::js::Value;
use crate::tools::script::{Unclear, lite, literal_of};

/// The statement as the driver gets it, its bound values written as constants.
pub(super) fn sent(sql: &str, b: &[Value]) -> Result<String, Unclear> {
    lite::with_values(sql, b, bound)
}

/// What the drivers bind for a value, as a constant of SQL: truth as a number, a moment as its milliseconds.
fn bound(value: &Value) -> Result<String, Unclear> {
    Ok(match value {
        Value::Bool(truth) => u8::from(*truth).to_string(),
        Value::Date(ms) => iso(*ms).map(|_| number(*ms))?,
        Value::Object(_) if value.hole().is_none() => {
            literal_of(&Value::Text(json(value)?.unwrap_or_default()), crate::ir::Dialect::Sqlite)?
        }
        Value::List(_) | Value::Object(_) | Value::Made(..) => return unclear("a value that the driver does not bind"),
        Value::Chain(_) | Value::Body(_) | Value::Function(_) => return unclear("a value that cannot be bound"),
        value => literal_of(value, crate::ir::Dialect::Sqlite)?,
    })
}

impl Column {
    /// Its type. Of methods that the compiler for SQLite does not know the name of the type is `undefined`.
    pub(super) fn kind_on_sqlite(&self, compiler: Compiler<'_>) -> Result<String, Unclear> {
        let undefined = Value::Undefined;
        let first = self.args.get(1).unwrap_or(&undefined);
        Ok(match self.kind.as_str() {
            "integer" | "smallint" | "mediumint" => "integer",
            "tinyint" => "tinyint",
            "biginteger" => "bigint",
            "floating" | "double" | "decimal" => "float",
            "bool" => "boolean",
            "date" => "date",
            "datetime" | "timestamp" => "datetime",
            "time" => "time",
            "geometry" => "geometry",
            "geography" => "geography",
            "point" => "point",
            "text" | "bit" => "text",
            "binary" => "blob",
            "json" | "jsonb" => "json",
            "increments" | "bigincrements" => "integer not null primary key autoincrement",
            "varchar" => return self.whole(first).map(|length| format!("varchar({length})")),
            "uuid" => match first {
                Value::Undefined => "char(36)",
                Value::Object(_) => {
                    match first.get("useBinaryUuid").map_or(Ok(false), |v| truth("useBinaryUuid", v))? {
                        true => "binary(16)",
                        false => "char(36)",
                    }
                }
                other => return unknown("the options of a column", other),
            },
            "enu" => return self.one_of(compiler, first),
            "specifictype" => match first {
                Value::Text(kind) => kind.as_str(),
                Value::Chain(calls) => return compiler.to_query(calls),
                other => return unknown("a type", other),
            },
            _ => "undefined",
        }
        .to_owned())
    }

    fn one_of(&self, compiler: Compiler<'_>, allowed: &Value) -> Result<String, Unclear> {
        let Value::List(values) = allowed else { return unknown("the list of an enum's values", allowed) };
        let values = values.iter().map(|value| match plain(value) {
            Some(value) => Ok(value),
            None => unknown("a value of an enum", value),
        });
        let values = values.collect::<Result<Vec<String>, Unclear>>()?.join("', '");
        Ok(format!("text check ({} in ('{values}'))", self.name(compiler)?))
    }
}

impl Table<'_> {
    /// `create table …`, with all keys in it.
    pub(super) fn create_on_sqlite(&mut self, parts: &[String]) -> Result<String, Unclear> {
        let name = self.full_name();
        let verb = if self.purpose == Purpose::CreateIfNot { "create table if not exists" } else { "create table" };
        if let Some(like) = &self.like {
            return Ok(format!("{verb} {name} as select * from {} where 0=1", self.qualified(like)));
        }
        let mut sql = format!("{verb} {name} ({}", parts.join(", "));
        for key in self.keys.iter().filter_map(|key| key.foreign.as_ref()) {
            sql.push_str(&format!(",{} {}", named(self.compiler, key.name.as_deref()), self.foreign_in_table(key)?));
        }
        sql.push_str(&self.primary_in_table()?);
        sql.push_str(&self.inline_checks()?);
        Ok(sql + ")")
    }

    /// Sends what makes the table, and what comes behind it.
    pub(super) fn created_on_sqlite(&mut self, columns: Vec<Column>, parts: &[String]) -> Result<(), Unclear> {
        self.columns = columns;
        let sql = self.create_on_sqlite(parts)?;
        self.push(sql, Bindings::new());
        if self.like.is_some() {
            for part in parts {
                self.push(format!("alter table {} add column {part}", self.full_name()), Bindings::new());
            }
        }
        self.send_keys()
    }

    /// Sends what changes the table: each column by itself, then all that are altered, then keys and the like.
    pub(super) fn altered_on_sqlite(&mut self, columns: &[Column], added: Vec<String>) -> Result<(), Unclear> {
        for sql in added {
            self.push(format!("alter table {} {sql}", self.full_name()), Bindings::new());
        }
        let altered: Vec<&Column> = columns.iter().filter(|column| column.alter.is_some()).collect();
        if !altered.is_empty() {
            self.alter_on_sqlite(&altered)?;
        }
        self.send_keys()
    }

    fn foreign_in_table(&self, key: &Foreign) -> Result<String, Unclear> {
        let mut b = Bindings::new();
        let (Some(table), Some(references)) = (key.table.as_deref(), &key.references) else {
            return unclear("a foreign key that references nothing");
        };
        let columns = self.compiler.columnize(&key.column, &mut b)?;
        let references = self.compiler.columnize(references, &mut b)?;
        let table = self.compiler.wrap_text(table);
        let mut sql = format!("foreign key({columns}) references {table}({references})");
        for (word, action) in [("delete", &key.on_delete), ("update", &key.on_update)] {
            if let Some(action) = action.as_deref().filter(|action| !action.is_empty()) {
                sql.push_str(&format!(" on {word} {action}"));
            }
        }
        Ok(sql)
    }

    /// `, primary key (…)`, which is `unique` beside a column that counts.
    fn primary_in_table(&self) -> Result<String, Unclear> {
        let Some(key) = self.keys.iter().find(|key| key.method == "primary") else { return Ok(String::new()) };
        let Some(columns) = key.args.first() else { return Ok(String::new()) };
        let name = match key.args.get(1) {
            None | Some(Value::Undefined | Value::Null) => None,
            Some(Value::Object(_)) => return unclear("a primary key with options, of which Knex makes no name"),
            name => Some(text("the name of a primary key", name)?),
        };
        let kinds = |kind: &str| self.columns.iter().any(|column| column.kind == kind);
        if kinds("bigincrements") {
            return unclear("two primary keys, which SQLite refuses");
        }
        let word = if kinds("increments") { "unique" } else { "primary key" };
        let columns = self.compiler.columnize(columns, &mut Bindings::new())?;
        Ok(format!(",{} {word} ({columns})", named(self.compiler, name)))
    }

    /// The change that makes columns what they are said to be from here on.
    pub(super) fn alter_on_sqlite(&mut self, altered: &[&Column]) -> Result<(), Unclear> {
        let mut columns = Vec::new();
        for column in altered {
            let checks = column.modifiers.iter().any(|(name, _)| name.starts_with("check"));
            if checks {
                return unclear("a check of a column that is altered, at which Knex stops");
            }
            let name = column.bare_name().to_owned();
            let default = match column.modifier("defaultTo") {
                Some(args) => format!(" {}", column.default_sql(self.compiler, args)?),
                None => String::new(),
            };
            let not_null = column.modifier("nullable").is_some_and(|args| args.first() == Some(&Value::Bool(false)));
            let kind = column.kind_on_sqlite(self.compiler)?;
            let not_null = if not_null { " not null" } else { "" };
            columns.push((name, format!("{}{}{default}", kind, not_null)));
        }
        self.remake(Change::Alter(columns));
        Ok(())
    }

    fn remake(&mut self, change: Change) {
        self.push_remake(Remake { table: self.name.clone(), change });
    }
}

fn named(compiler: Compiler<'_>, name: Option<&str>) -> String {
    match name.filter(|name| !name.is_empty()) {
        Some(name) => format!(" constraint {}", compiler.wrap_text(name)),
        None => String::new(),
    }
}

impl Key {
    /// Adds its statements to the table's, or the change by which Knex makes the table anew.
    pub(super) fn on_sqlite(&self, table: &mut Table<'_>) -> Result<(), Unclear> {
        let compiler = table.compiler;
        let name = table.full_name();
        let makes = matches!(table.purpose, Purpose::Create | Purpose::CreateIfNot);
        let mut b = Bindings::new();
        let change = match self.method.as_str() {
            "foreign" | "primary" if makes => return Ok(()),
            "foreign" => Change::Foreign(self.foreign_of(table)?),
            "primary" => self.primary_of(table)?,
            "unique" => return self.index_on_sqlite(table, "unique", " unique"),
            "index" => return self.index_on_sqlite(table, "index", ""),
            "dropIndex" | "dropUnique" | "dropUniqueIfExists" => {
                let kind = if self.method == "dropIndex" { "index" } else { "unique" };
                let guard = if self.method == "dropUniqueIfExists" { " if exists" } else { "" };
                table.push(format!("drop index{guard} {}", self.named(table, kind)?), b);
                return Ok(());
            }
            "renameColumn" => {
                let from = compiler.wrap(self.arg(0)?, &mut b)?;
                table.push(format!("alter table {name} rename {from} to {}", compiler.wrap(self.arg(1)?, &mut b)?), b);
                return Ok(());
            }
            "check" | "dropChecks" => return self.statements_of_postgres(table),
            "dropForeign" => {
                let given = self.args.get(1).filter(|name| name.truth() != Some(false));
                Change::DropForeign {
                    columns: names(self.args.first())?,
                    name: given
                        .map(|name| text("the name of a foreign key", Some(name)).map(str::to_owned))
                        .transpose()?,
                }
            }
            "dropPrimary" => {
                let given = self.args.first().filter(|name| name.truth() != Some(false));
                let name = given.map(|name| text("the name of a primary key", Some(name)).map(str::to_owned));
                Change::DropPrimary(name.transpose()?)
            }
            "setNullable" | "dropNullable" => {
                let column = text("the name of a column", Some(self.arg(0)?))?.to_owned();
                Change::Nullable { column, nullable: self.method == "setNullable" }
            }
            "dropColumn" | "dropColumns" => Change::Drop(names(Some(&list(&self.args)))?),
            method => return unclear(format!("{method} is nothing that Knex does on SQLite")),
        };
        table.remake(change);
        Ok(())
    }

    fn foreign_of(&self, table: &Table<'_>) -> Result<String, Unclear> {
        let Some(foreign) = &self.foreign else { return unclear("a foreign key of nothing") };
        let name = named(table.compiler, foreign.name.as_deref());
        Ok(format!("{name} {}", table.foreign_in_table(foreign)?))
    }

    fn primary_of(&self, table: &Table<'_>) -> Result<Change, Unclear> {
        let mut name = self.args.get(1);
        if let Some(options @ Value::Object(_)) = name {
            name = options.get("constraintName");
        }
        let name = name.filter(|name| name.truth() != Some(false));
        let name = name.map(|name| text("the name of a primary key", Some(name))).transpose()?;
        let columns = names(self.args.first())?;
        let columns: Vec<String> = columns.iter().map(|column| table.compiler.identifier(column)).collect();
        let name = name.map_or(String::new(), |name| format!("constraint {} ", table.compiler.identifier(name)));
        Ok(Change::Primary(format!("{name}primary key ({})", columns.join(", "))))
    }

    /// `create index …`; of what else may be said of an index only the predicate counts.
    fn index_on_sqlite(&self, table: &mut Table<'_>, kind: &str, unique: &str) -> Result<(), Unclear> {
        let compiler = table.compiler;
        let mut b = Bindings::new();
        let (mut name, mut predicate) = (self.args.get(1), None);
        if let (Some(object @ Value::Object(_)), "unique") = (name, kind) {
            (name, predicate) = (object.get("indexName"), object.get("predicate"));
        }
        if let (Some(object @ Value::Object(_)), "index") = (self.args.get(2), kind) {
            predicate = object.get("predicate");
        }
        let name = match name.filter(|name| name.truth() != Some(false)) {
            Some(name) => compiler.wrap_text(text("the name of an index", Some(name))?),
            None => super::key::derived(table, self.args.first(), kind)?,
        };
        let columns = compiler.columnize(self.arg(0)?, &mut b)?;
        let predicate = super::key::partial(compiler, predicate.filter(|predicate| predicate.truth() != Some(false)))?;
        table.push(format!("create{unique} index {name} on {} ({columns}){predicate}", table.full_name()), b);
        Ok(())
    }
}

/// Names that are given as one or as a list.
fn names(value: Option<&Value>) -> Result<Vec<String>, Unclear> {
    let values = match value {
        Some(Value::List(values)) => values.as_slice(),
        Some(value) => std::slice::from_ref(value),
        None => &[],
    };
    values.iter().map(|value| text("the name of a column", Some(value)).map(str::to_owned)).collect()
}
