//! The table builder: what the function of `createTable` and `alterTable` says, and its statements in the order in which
//! Knex sends them (knex 3.3.0 `lib/schema/tablebuilder.js`, `lib/schema/tablecompiler.js`,
//! `lib/dialects/postgres/schema/pg-tablecompiler.js`).

use super::column::{Column, TYPES, truth};
use super::compile::{Bindings, Compiler};
use super::key::{Foreign, Key};
use super::remake::Remake;
use super::value::{text, unclear, unknown};
use crate::js::{Call, Value};
use crate::tools::script::Unclear;

/// What becomes of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Create,
    CreateIfNot,
    CreateLike,
    Alter,
}

/// What is sent.
pub(super) enum Statement {
    /// A statement with its values.
    Sql(String, Bindings),
    /// The statements that make a table anew, which its state then decides on.
    Remake(Remake),
}

impl Statement {
    /// A statement without values.
    pub fn plain(sql: String) -> Self {
        Statement::Sql(sql, Bindings::new())
    }
}

/// A table builder.
pub(super) struct Table<'a> {
    pub compiler: Compiler<'a>,
    pub purpose: Purpose,
    /// The schema that `withSchema` named.
    pub schema: Option<String>,
    /// Its name as it was given.
    pub name: String,
    /// The table that it is like.
    pub like: Option<String>,
    pub(super) columns: Vec<Column>,
    pub(super) keys: Vec<Key>,
    checks: Vec<Vec<Value>>,
    comment: Option<String>,
    inherits: Option<Value>,
    out: Vec<Statement>,
    /// How many checks of the table got their name from their number.
    pub(super) check_count: usize,
}

impl<'a> Table<'a> {
    /// A table about which nothing is said yet.
    pub fn new(compiler: Compiler<'a>, purpose: Purpose, schema: Option<String>, name: &str) -> Self {
        Table {
            compiler,
            purpose,
            schema,
            name: name.to_owned(),
            like: None,
            columns: Vec::new(),
            keys: Vec::new(),
            checks: Vec::new(),
            comment: None,
            inherits: None,
            out: Vec::new(),
            check_count: 0,
        }
    }

    /// Its name in quotes, with its schema.
    pub fn full_name(&self) -> String {
        self.qualified(&self.name)
    }

    pub(super) fn qualified(&self, name: &str) -> String {
        match &self.schema {
            Some(schema) => self.compiler.wrap_text(&format!("{schema}.{name}")),
            None => self.compiler.wrap_text(name),
        }
    }

    /// Whether it says what its primary key is.
    pub fn has_primary(&self) -> bool {
        self.keys.iter().any(|key| key.method == "primary" && !flat(&key.args))
    }

    /// Adds a statement before all others.
    pub fn unshift(&mut self, sql: String) {
        self.out.insert(0, Statement::plain(sql));
    }

    /// Adds a statement.
    pub fn push(&mut self, sql: String, b: Bindings) {
        self.out.push(Statement::Sql(sql, b));
    }

    /// Adds what makes a table anew.
    pub(super) fn push_remake(&mut self, remake: Remake) {
        self.out.push(Statement::Remake(remake));
    }

    /// Takes what the function said.
    pub fn read(&mut self, chains: &[Vec<Call>]) -> Result<(), Unclear> {
        for chain in chains {
            let Some((first, rest)) = chain.split_first() else { continue };
            if TYPES.contains(&first.name.as_str()) {
                self.column(Column::new(&first.name, &first.args), rest)?;
            } else if first.name == "foreign" {
                self.foreign(first, rest)?;
            } else {
                for call in chain {
                    self.call(call)?;
                }
            }
        }
        Ok(())
    }

    /// A column and what its chain adds.
    fn column(&mut self, mut column: Column, rest: &[Call]) -> Result<(), Unclear> {
        let name = column.args.first().cloned().unwrap_or(Value::Undefined);
        let mut foreign: Option<usize> = None;
        for call in rest {
            match call.name.as_str() {
                "references" => {
                    let at = match foreign {
                        Some(at) => at,
                        None => {
                            self.keys.push(Key::foreign(name.clone(), None));
                            self.keys.len() - 1
                        }
                    };
                    foreign = Some(at);
                    self.reference(at, call)?;
                }
                "on" | "inTable" | "withKeyName" | "onUpdate" | "onDelete" | "deferrable" => match foreign {
                    Some(at) => self.reference(at, call)?,
                    None => return unclear(format!("{} of a column that references nothing", call.name)),
                },
                "index" | "unique" | "primary" => {
                    if !column.increments() {
                        let args = std::iter::once(name.clone()).chain(call.args.iter().cloned()).collect();
                        self.keys.push(Key::new(&call.name, args));
                    }
                }
                // Knex has these methods and does nothing on their account.
                "queryContext" | "drop" | "alterType" => {}
                method => {
                    if !column.modify(method, &call.args)? {
                        return unclear(format!("a column's {method} is not known"));
                    }
                }
            }
        }
        self.columns.push(column);
        Ok(())
    }

    /// `foreign(columns, name)` and what its chain adds.
    fn foreign(&mut self, first: &Call, rest: &[Call]) -> Result<(), Unclear> {
        let name = match first.arg(1) {
            None | Some(Value::Null) => None,
            name => Some(text("the name of a foreign key", name)?.to_owned()),
        };
        self.keys.push(Key::foreign(first.args.first().cloned().unwrap_or(Value::Undefined), name));
        let at = self.keys.len() - 1;
        rest.iter().try_for_each(|call| self.reference(at, call))
    }

    fn reference(&mut self, at: usize, call: &Call) -> Result<(), Unclear> {
        match self.keys.get_mut(at).and_then(|key| key.foreign.as_mut()) {
            Some(foreign) => foreign.call(call),
            None => unclear("a reference without a foreign key"),
        }
    }

    /// A method of the table itself.
    fn call(&mut self, call: &Call) -> Result<(), Unclear> {
        let args = &call.args;
        let altering = self.purpose == Purpose::Alter;
        match call.name.as_str() {
            "timestamps" => return self.timestamps(args),
            "comment" => self.comment = Some(text("the comment of a table", args.first())?.to_owned()),
            "inherits" if !altering && !self.compiler.is_sqlite() => self.inherits = args.first().cloned(),
            "check" if altering => self.keys.push(Key::new("check", args.clone())),
            "check" => self.checks.push(args.clone()),
            "index"
            | "primary"
            | "unique"
            | "dropPrimary"
            | "dropPrimaryIfExists"
            | "dropUnique"
            | "dropUniqueIfExists"
            | "dropIndex"
            | "dropForeign"
            | "dropForeignIfExists" => {
                self.keys.push(Key::new(&call.name, args.clone()));
            }
            "renameColumn" | "setNullable" | "dropNullable" | "dropChecks" | "dropColumn" | "dropColumns"
                if altering =>
            {
                self.keys.push(Key::new(&call.name, args.clone()));
            }
            "dropTimestamps" if altering => {
                let names = match args.first() {
                    Some(Value::Bool(true)) => ["createdAt", "updatedAt"],
                    _ => ["created_at", "updated_at"],
                };
                let names = names.into_iter().map(|name| Value::Text(name.to_owned())).collect();
                self.keys.push(Key::new("dropColumn", vec![Value::List(names)]));
            }
            "queryContext" => {}
            // The others have these, and Knex throws.
            "engine" | "charset" | "collate" => return unclear(format!("{}() is for MySQL", call.name)),
            name => return unclear(format!("the table builder's {name} is not known")),
        }
        Ok(())
    }

    /// `timestamps(useTimestamps, defaultToNow, useCamelCase)`, or an object of these.
    fn timestamps(&mut self, args: &[Value]) -> Result<(), Unclear> {
        let names = ["useTimestamps", "defaultToNow", "useCamelCase"];
        let given = |at: usize| match args.first() {
            Some(object @ Value::Object(_)) => object.get(names[at]),
            _ => args.get(at),
        };
        // On PostgreSQL both kinds are the same type; only `true` itself sets the default.
        let now = match given(1) {
            Some(value @ (Value::Hole(_) | Value::Mixed(_))) => return unknown("defaultToNow", value),
            value => value == Some(&Value::Bool(true)),
        };
        let camel = given(2).map_or(Ok(false), |value| truth("useCamelCase", value))?;
        for name in if camel { ["createdAt", "updatedAt"] } else { ["created_at", "updated_at"] } {
            let mut column = Column::new("timestamp", &[Value::Text(name.to_owned())]);
            if now {
                let current = Call {
                    name: "raw".to_owned(),
                    args: vec![Value::Text("CURRENT_TIMESTAMP".to_owned())],
                    at: crate::js::Place::default(),
                };
                column.put("nullable", &[Value::Bool(false)]);
                column.put("defaultTo", &[Value::Chain(vec![current])]);
            }
            self.columns.push(column);
        }
        Ok(())
    }

    /// The statements.
    pub fn statements(mut self) -> Result<Vec<Statement>, Unclear> {
        match self.purpose {
            Purpose::Alter => self.alter()?,
            Purpose::Create | Purpose::CreateIfNot | Purpose::CreateLike => self.create()?,
        }
        Ok(self.out)
    }

    fn create(&mut self) -> Result<(), Unclear> {
        let (mut parts, mut after) = (Vec::new(), Vec::new());
        // A column that is said to be altered takes no part in making a table.
        let columns = std::mem::take(&mut self.columns);
        for column in columns.iter().filter(|column| column.alter.is_none()) {
            let compiled = column.compile(self)?;
            parts.push(compiled.sql);
            after.extend(compiled.after);
        }
        if self.compiler.is_sqlite() {
            return self.created_on_sqlite(columns, &parts);
        }
        let mut b = Bindings::new();
        let name = self.full_name();
        let verb = if self.purpose == Purpose::CreateIfNot { "create table if not exists" } else { "create table" };
        let mut sql = match &self.like {
            Some(like) => {
                let columns = parts.iter().map(|part| format!(", {part}")).collect::<String>();
                format!("{verb} {name} (like {} including all{columns})", self.qualified(like))
            }
            None => {
                let primary = self.inline_primary(&mut b)?;
                format!("{verb} {name} ({}{primary}{})", parts.join(", "), self.inline_checks()?)
            }
        };
        if let Some(inherits) = &self.inherits {
            sql.push_str(&format!(" inherits ({})", self.compiler.wrap(inherits, &mut b)?));
        }
        self.push(sql, b);
        self.comment_on();
        for sql in after {
            self.push(sql, Bindings::new());
        }
        self.send_keys()
    }

    fn alter(&mut self) -> Result<(), Unclear> {
        let columns = std::mem::take(&mut self.columns);
        let (mut added, mut after, mut changes) = (Vec::new(), Vec::new(), Vec::new());
        for column in columns.iter().filter(|column| column.alter.is_none()) {
            let compiled = column.compile(self)?;
            added.push(format!("add column {}", compiled.sql));
            after.extend(compiled.after);
        }
        if self.compiler.is_sqlite() {
            return self.altered_on_sqlite(&columns, added);
        }
        for column in &columns {
            let Some(alter) = column.alter else { continue };
            let compiled = column.compile(self)?;
            changes.extend(column.alter_sql(self, alter, &compiled.kind)?);
            after.extend(compiled.after);
        }
        if !added.is_empty() {
            let sql = format!("alter table {} {}", self.full_name(), added.join(", "));
            self.push(sql, Bindings::new());
        }
        for sql in changes.into_iter().chain(after) {
            self.push(sql, Bindings::new());
        }
        self.send_keys()?;
        self.comment_on();
        Ok(())
    }

    /// The statements for keys, indexes and what is dropped, in the order in which they were said.
    pub(super) fn send_keys(&mut self) -> Result<(), Unclear> {
        for key in std::mem::take(&mut self.keys) {
            key.statements(self)?;
        }
        Ok(())
    }

    fn comment_on(&mut self) {
        // Knex writes the text as it is, quotes and all.
        if let Some(comment) = self.comment.take() {
            self.push(format!("comment on table {} is '{comment}'", self.full_name()), Bindings::new());
        }
    }

    /// `, constraint … primary key (…)` of a table that is made.
    fn inline_primary(&self, b: &mut Bindings) -> Result<String, Unclear> {
        match self.keys.iter().find(|key| key.method == "primary") {
            Some(key) if !key.args.is_empty() => Ok(format!(", {}", key.primary(self, b)?)),
            _ => Ok(String::new()),
        }
    }

    /// `, check (…)` for the checks of a table that is made.
    pub(super) fn inline_checks(&self) -> Result<String, Unclear> {
        let mut out = String::new();
        for args in &self.checks {
            let raw = Call {
                name: "raw".to_owned(),
                args: args.iter().take(2).cloned().collect(),
                at: crate::js::Place::default(),
            };
            let name = match args.get(2) {
                None | Some(Value::Undefined | Value::Null) => String::new(),
                name => format!("constraint {} ", text("the name of a check", name)?),
            };
            out.push_str(&format!(", {name}check ({})", self.compiler.to_query(&[raw])?));
        }
        Ok(out)
    }
}

/// Whether there is nothing in the arguments of `primary`, which are flattened by one level.
fn flat(args: &[Value]) -> bool {
    args.iter().all(|arg| matches!(arg, Value::List(values) if values.is_empty()))
}

/// What is said about the target of a foreign key.
impl Foreign {
    /// Takes a call of its chain.
    fn call(&mut self, call: &Call) -> Result<(), Unclear> {
        let word = |what: &str| text(what, call.arg(0)).map(str::to_owned);
        match call.name.as_str() {
            "references" => match call.arg(0) {
                Some(Value::Text(name)) if name.contains('.') => {
                    let mut parts = name.split('.');
                    self.table = parts.next().map(str::to_owned);
                    self.references = parts.next().map(|name| Value::Text(name.to_owned()));
                }
                name => self.references = name.cloned(),
            },
            "on" | "inTable" => self.table = Some(word("the table that is referenced")?),
            "withKeyName" => self.name = Some(word("the name of a foreign key")?),
            "onDelete" => self.on_delete = Some(word("what happens on delete")?),
            "onUpdate" => self.on_update = Some(word("what happens on update")?),
            "deferrable" => self.deferrable = Some(word("how a key is deferred")?),
            "queryContext" => {}
            name => return unclear(format!("a foreign key's {name} is not known")),
        }
        Ok(())
    }
}
