//! A column of the table builder, as it is said and as SQL (knex 3.3.0 `lib/schema/columnbuilder.js`,
//! `lib/schema/columncompiler.js`, `lib/dialects/postgres/schema/pg-columncompiler.js`).

use super::compile::{Bindings, Compiler};
use super::query::is_raw;
use super::table::Table;
use super::value::{escaped, integer, json, plain, text, unclear, unknown};
use crate::js::Value;
use crate::tools::script::{Unclear, literal};

/// The methods of the table builder that make a column.
pub(super) static TYPES: [&str; 55] = [
    "tinyint",
    "smallint",
    "mediumint",
    "int",
    "bigint",
    "decimal",
    "float",
    "double",
    "real",
    "bit",
    "boolean",
    "serial",
    "date",
    "datetime",
    "timestamp",
    "time",
    "year",
    "geometry",
    "geography",
    "point",
    "char",
    "varchar",
    "tinytext",
    "tinyText",
    "text",
    "mediumtext",
    "mediumText",
    "longtext",
    "longText",
    "binary",
    "varbinary",
    "tinyblob",
    "tinyBlob",
    "mediumblob",
    "mediumBlob",
    "blob",
    "longblob",
    "longBlob",
    "enum",
    "set",
    "bool",
    "dateTime",
    "increments",
    "bigincrements",
    "bigIncrements",
    "integer",
    "biginteger",
    "bigInteger",
    "string",
    "json",
    "jsonb",
    "uuid",
    "enu",
    "specificType",
    "floating",
];

/// The modifiers that become SQL on PostgreSQL, in the order in which they are written. The others, `unsigned`, `first`,
/// `after` and `collate`, are passed over by the tool itself.
static WRITTEN: [&str; 11] = [
    "nullable",
    "defaultTo",
    "comment",
    "check",
    "checkPositive",
    "checkNegative",
    "checkIn",
    "checkNotIn",
    "checkBetween",
    "checkLength",
    "checkRegex",
];

/// A column, as its chain says it.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Its type as the compiler calls it, in small letters.
    pub kind: String,
    /// The arguments of the method that made it; the first is its name.
    pub args: Vec<Value>,
    /// Its modifiers with their arguments; the last of a kind counts.
    pub modifiers: Vec<(String, Vec<Value>)>,
    /// Set when it is there already and changes.
    pub alter: Option<Alter>,
}

/// What of a column changes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alter {
    pub nullable: bool,
    pub kind: bool,
}

/// A column as SQL.
pub(super) struct Compiled {
    /// Its definition.
    pub sql: String,
    /// Its type.
    pub kind: String,
    /// Statements for behind the table's own.
    pub after: Vec<String>,
}

impl Column {
    /// The column that a method of the table builder makes.
    pub fn new(method: &str, args: &[Value]) -> Self {
        let kind = match method {
            "float" => "floating",
            "enum" => "enu",
            "boolean" => "bool",
            "string" => "varchar",
            "bigint" => "biginteger",
            other => other,
        };
        Column { kind: kind.to_lowercase(), args: args.to_vec(), modifiers: Vec::new(), alter: None }
    }

    /// Whether it counts by itself.
    pub fn increments(&self) -> bool {
        self.kind.contains("increments")
    }

    /// Takes a modifier; gives whether it was one.
    pub fn modify(&mut self, name: &str, args: &[Value]) -> Result<bool, Unclear> {
        let name = match name {
            "default" | "defaultsTo" => "defaultTo",
            "notNull" | "notNullable" => {
                self.put("nullable", &[Value::Bool(false)]);
                return Ok(true);
            }
            "alter" => {
                self.alter = Some(Alter { nullable: true, kind: true });
                return self.alter(args).map(|()| true);
            }
            name => name,
        };
        let known = WRITTEN.contains(&name) || ["unsigned", "first", "after", "collate"].contains(&name);
        if known {
            self.put(name, args);
        }
        Ok(known)
    }

    /// Sets a modifier.
    pub fn put(&mut self, name: &str, args: &[Value]) {
        match self.modifiers.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => *known = args.to_vec(),
            None => self.modifiers.push((name.to_owned(), args.to_vec())),
        }
    }

    fn alter(&mut self, args: &[Value]) -> Result<(), Unclear> {
        let mut alter = Alter { nullable: true, kind: true };
        match args.first() {
            None | Some(Value::Undefined) => {}
            Some(Value::Object(fields)) => {
                for (name, value) in fields {
                    match (name.as_str(), value) {
                        (_, Value::Undefined) => {}
                        ("alterNullable", value) => alter.nullable = truth("alterNullable", value)?,
                        ("alterType", value) => alter.kind = truth("alterType", value)?,
                        _ => {}
                    }
                }
            }
            // Any other value has neither property, so that both defaults hold.
            Some(Value::Bool(_) | Value::Text(_) | Value::Number(_)) => {}
            Some(other) => return unknown("the options of alter()", other),
        }
        self.alter = Some(alter);
        Ok(())
    }

    pub(super) fn modifier(&self, name: &str) -> Option<&[Value]> {
        self.modifiers.iter().find(|(known, _)| known == name).map(|(_, args)| args.as_slice())
    }

    /// Its name in quotes.
    pub fn name(&self, compiler: Compiler<'_>) -> Result<String, Unclear> {
        match self.args.first() {
            None | Some(Value::Undefined) if self.increments() => Ok(compiler.identifier("id")),
            name => {
                let name = text("the name of a column", name)?;
                if name.is_empty() {
                    return unclear("a column without a name");
                }
                Ok(compiler.wrap_text(name))
            }
        }
    }

    /// Its name as it is.
    pub(super) fn bare_name(&self) -> &str {
        match self.args.first() {
            Some(Value::Text(name)) => name,
            _ => "id",
        }
    }

    /// The whole column.
    pub fn compile(&self, table: &mut Table<'_>) -> Result<Compiled, Unclear> {
        let compiler = table.compiler;
        let mut after = Vec::new();
        let kind = match compiler.is_sqlite() {
            true => self.kind_on_sqlite(compiler)?,
            false => self.kind_sql(table)?,
        };
        let mut sql = format!("{} {kind}", self.name(compiler)?);
        let mut checks = 0;
        for name in WRITTEN {
            let Some(args) = self.modifier(name) else { continue };
            if self.increments() && name != "comment" {
                continue;
            }
            let part = match name {
                "nullable" => match args.first() {
                    Some(Value::Bool(false)) => "not null".to_owned(),
                    Some(value @ (Value::Hole(_) | Value::Mixed(_))) => return unknown("nullable()", value),
                    _ => "null".to_owned(),
                },
                "defaultTo" => self.default_sql(compiler, args)?,
                "comment" if compiler.is_sqlite() => continue,
                "comment" => {
                    let column = self.name(compiler)?;
                    after.push(format!(
                        "comment on column {}.{column} is {}",
                        table.full_name(),
                        comment(args.first())?
                    ));
                    continue;
                }
                name => {
                    let (predicate, constraint) = self.check_sql(compiler, name, args)?;
                    if self.alter.is_some() {
                        let constraint = match constraint {
                            Some(constraint) => constraint,
                            None => {
                                checks += 1;
                                format!("{}_{}_{checks}", table.name, self.bare_name())
                            }
                        };
                        let table = table.full_name();
                        after.push(format!("alter table {table} add constraint {constraint} check({predicate})"));
                        continue;
                    }
                    match constraint {
                        Some(constraint) => format!("constraint {constraint} check ({predicate})"),
                        None => format!("check ({predicate})"),
                    }
                }
            };
            if !part.is_empty() {
                sql.push_str(&format!(" {part}"));
            }
        }
        Ok(Compiled { sql, kind, after })
    }

    /// The statements of a column that changes (`_addColumn` of the PostgreSQL table compiler).
    pub fn alter_sql(&self, table: &mut Table<'_>, alter: Alter, kind: &str) -> Result<Vec<String>, Unclear> {
        let compiler = table.compiler;
        let name = compiler.identifier(self.bare_name());
        let start = format!("alter table {} alter column {name}", table.full_name());
        let mut out = vec![format!("{start} drop default")];
        if alter.nullable {
            out.push(format!("{start} drop not null"));
        }
        if alter.kind {
            let cast = if self.kind == "enu" { "::text::" } else { "::" };
            out.push(format!("{start} type {kind} using ({name}{cast}{kind})"));
        }
        if let Some(args) = self.modifier("defaultTo") {
            out.push(format!("{start} set {}", self.default_sql(compiler, args)?));
        }
        if alter.nullable && self.modifier("nullable").is_some_and(|args| args.first() == Some(&Value::Bool(false))) {
            out.push(format!("{start} set not null"));
        }
        Ok(out)
    }

    /// The length of a text.
    pub(super) fn whole(&self, value: &Value) -> Result<i64, Unclear> {
        whole("a length", value, 255)
    }

    /// Its type. An enum's own type is made before all else.
    fn kind_sql(&self, table: &mut Table<'_>) -> Result<String, Unclear> {
        let args = self.args.get(1..).unwrap_or_default();
        let undefined = Value::Undefined;
        let first = args.first().unwrap_or(&undefined);
        let second = args.get(1).unwrap_or(&undefined);
        let fixed = match self.kind.as_str() {
            "integer" | "mediumint" => "integer",
            "smallint" | "tinyint" => "smallint",
            "biginteger" => "bigint",
            "floating" => "real",
            "double" => "double precision",
            "bool" => "boolean",
            "date" => "date",
            "time" => "time",
            "geometry" => "geometry",
            "geography" => "geography",
            "point" => "point",
            "text" => "text",
            "binary" => "bytea",
            "jsonb" => "jsonb",
            "json" => match first.truth() {
                Some(true) => "jsonb",
                Some(false) => "json",
                None => return unknown("whether it is json or jsonb", first),
            },
            "varchar" => return Ok(format!("varchar({})", whole("a length", first, 255)?)),
            "decimal" if *first == Value::Null => "decimal",
            "decimal" => {
                return Ok(format!("decimal({}, {})", whole("a precision", first, 8)?, whole("a scale", second, 2)?));
            }
            "datetime" | "timestamp" => return moment(first, second),
            "increments" => return self.keyed(table, "serial", first, true),
            "bigincrements" => return self.keyed(table, "bigserial", first, true),
            "uuid" => return self.keyed(table, "uuid", first, false),
            "enu" => return self.enumeration(table, first, second),
            "specifictype" => {
                return match first {
                    Value::Text(kind) => Ok(kind.clone()),
                    Value::Chain(calls) => table.compiler.to_query(calls),
                    other => unknown("a type", other),
                };
            }
            other => return unclear(format!("Knex has no type {other} on PostgreSQL")),
        };
        Ok(fixed.to_owned())
    }

    /// A type that may be the primary key: `increments`, `bigIncrements`, `uuid`.
    fn keyed(&self, table: &Table<'_>, kind: &str, options: &Value, usual: bool) -> Result<String, Unclear> {
        let key = match options {
            Value::Undefined => usual,
            Value::Object(fields) => {
                let given = fields.iter().find(|(name, _)| name == "primaryKey");
                given.map_or(Ok(false), |(_, value)| truth("primaryKey", value))?
            }
            Value::Bool(_) | Value::Text(_) | Value::Number(_) => false,
            other => return unknown("the options of a column", other),
        };
        Ok(if key && !table.has_primary() { format!("{kind} primary key") } else { kind.to_owned() })
    }

    fn enumeration(&self, table: &mut Table<'_>, allowed: &Value, options: &Value) -> Result<String, Unclear> {
        let option = |name: &str| options.get(name);
        self::options(Some(options), "enu")?;
        let native = option("useNative").map_or(Ok(false), |value| truth("useNative", value))?;
        let existing = option("existingType").map_or(Ok(false), |value| truth("existingType", value))?;
        let values = match allowed {
            _ if native && existing => String::new(),
            Value::List(values) => {
                let values = values.iter().map(|value| match plain(value) {
                    Some(value) => Ok(value),
                    None => unknown("a value of an enum", value),
                });
                values.collect::<Result<Vec<String>, Unclear>>()?.join("', '")
            }
            other => return unknown("the list of an enum's values", other),
        };
        if !native {
            return Ok(format!("text check ({} in ('{values}'))", self.name(table.compiler)?));
        }
        let schema = match option("schemaName") {
            None | Some(Value::Null) => table.schema.clone(),
            schema => Some(text("the schema of an enum", schema)?.to_owned()),
        };
        let name = text("the name of an enum", option("enumName"))?;
        let name = match schema {
            Some(schema) => format!("\"{schema}\".\"{name}\""),
            None => format!("\"{name}\""),
        };
        if !existing {
            table.unshift(format!("create type {name} as enum ('{values}')"));
        }
        Ok(name)
    }

    /// `default …` (`lib/formatter/formatterUtils.js`, `formatDefault`).
    pub(super) fn default_sql(&self, compiler: Compiler<'_>, args: &[Value]) -> Result<String, Unclear> {
        options(args.get(1), "defaultTo")?;
        let value = args.first().unwrap_or(&Value::Undefined);
        let sql = match value {
            Value::Undefined => return unclear("a default that is undefined"),
            Value::Null => "null".to_owned(),
            Value::Chain(calls) if is_raw(value) => compiler.to_query(calls)?,
            Value::Hole(_) | Value::Mixed(_) => match literal(value)? {
                // It would be taken for the place of a bound value.
                sql if sql.contains(['?', '\\']) => return unknown("a default", value),
                sql => sql,
            },
            value if self.kind == "bool" => {
                let truth = match value {
                    Value::Text(text) if text == "false" => false,
                    value => truth("a default", value)?,
                };
                format!("'{}'", u8::from(truth))
            }
            Value::Object(_) | Value::List(_) if self.kind == "json" || self.kind == "jsonb" => {
                format!("'{}'", json(value)?.unwrap_or_default())
            }
            value => match plain(value) {
                Some(given) => escaped(&Value::Text(given), compiler.config.dialect)?,
                None => return unclear("a default that Knex cannot write the same everywhere"),
            },
        };
        Ok(format!("default {sql}"))
    }

    /// The condition of a check, and the name that it was given.
    fn check_sql(
        &self,
        compiler: Compiler<'_>,
        name: &str,
        args: &[Value],
    ) -> Result<(String, Option<String>), Unclear> {
        let column = self.name(compiler)?;
        let constraint = |at: usize| match args.get(at) {
            None | Some(Value::Undefined | Value::Null) => Ok(None),
            name => Ok(Some(text("the name of a check", name)?.to_owned()).filter(|name| !name.is_empty())),
        };
        let list = |value: Option<&Value>| match value {
            Some(Value::List(values)) => values
                .iter()
                .map(|value| escaped(value, compiler.config.dialect))
                .collect::<Result<Vec<String>, Unclear>>(),
            Some(value) => unknown("the values of a check", value),
            None => unclear("a check without values"),
        };
        Ok(match name {
            "checkPositive" => (format!("{column} > 0"), constraint(0)?),
            "checkNegative" => (format!("{column} < 0"), constraint(0)?),
            "checkIn" => (format!("{column} in ({})", list(args.first())?.join(",")), constraint(1)?),
            "checkNotIn" => (format!("{column} not in ({})", list(args.first())?.join(",")), constraint(1)?),
            "checkBetween" => {
                let ranges = match args.first() {
                    Some(Value::List(ends)) if ends.iter().any(|end| matches!(end, Value::List(_))) => ends.clone(),
                    Some(ends @ Value::List(_)) => vec![ends.clone()],
                    _ => return unclear("a check between no values"),
                };
                let mut parts = Vec::new();
                for range in &ranges {
                    match list(Some(range))?.as_slice() {
                        [low, high, ..] => parts.push(format!("{column} between {low} and {high}")),
                        _ => return unclear("a check between less than two values"),
                    }
                }
                (parts.join(" or "), constraint(1)?)
            }
            "checkLength" => {
                let operator = args.first().unwrap_or(&Value::Undefined);
                let operator = compiler.operator(operator, &mut Bindings::new())?;
                let Some(length) = args.get(1).and_then(integer) else { return unclear("a check of no length") };
                (format!("length({column}) {operator} {length}"), constraint(2)?)
            }
            "checkRegex" if compiler.is_sqlite() => return unclear("a pattern, which SQLite refuses"),
            "checkRegex" => {
                let pattern = text("the pattern of a check", args.first())?;
                (
                    format!("{column} ~ {}", escaped(&Value::Text(pattern.to_owned()), compiler.config.dialect)?),
                    constraint(1)?,
                )
            }
            name => return unclear(format!("a column's {name} does nothing that is known")),
        })
    }
}

/// Whether a value that must be known is true.
pub(super) fn truth(what: &str, value: &Value) -> Result<bool, Unclear> {
    match value.truth() {
        Some(truth) => Ok(truth),
        None => unknown(what, value),
    }
}

/// `Err` when it is no object of options. Knex takes the ones that it knows out of it and never looks at others.
pub(super) fn options(value: Option<&Value>, method: &str) -> Result<(), Unclear> {
    match value {
        None | Some(Value::Undefined | Value::Null | Value::Object(_)) => Ok(()),
        Some(other) => unknown(&format!("the options of {method}()"), other),
    }
}

/// `toNumber(value, fallback)`.
fn whole(what: &str, value: &Value, fallback: i64) -> Result<i64, Unclear> {
    match value {
        Value::Hole(_) | Value::Mixed(_) => unknown(what, value),
        value => Ok(integer(value).unwrap_or(fallback)),
    }
}

/// `timestamptz` and `timestamp`, perhaps with a precision.
fn moment(first: &Value, second: &Value) -> Result<String, Unclear> {
    let (zone, precision) = match first {
        Value::Object(_) => {
            let zone = match first.get("useTz") {
                Some(Value::Bool(zone)) => *zone,
                Some(value @ (Value::Hole(_) | Value::Mixed(_))) => return unknown("useTz", value),
                _ => true,
            };
            (zone, first.get("precision").unwrap_or(&Value::Undefined))
        }
        first => (!truth("whether a timestamp is without a zone", first)?, second),
    };
    let kind = if zone { "timestamptz" } else { "timestamp" };
    match precision {
        Value::Undefined | Value::Null => Ok(kind.to_owned()),
        precision => match plain(precision) {
            Some(precision) => Ok(format!("{kind}({precision})")),
            None => unknown("the precision of a timestamp", precision),
        },
    }
}

/// The text of a column's comment: a quote is doubled unless it stands beside another.
fn comment(value: Option<&Value>) -> Result<String, Unclear> {
    let comment = match value {
        None | Some(Value::Undefined | Value::Null | Value::Bool(false)) => return Ok("NULL".to_owned()),
        value => text("a comment", value)?,
    };
    if comment.is_empty() {
        return Ok("NULL".to_owned());
    }
    let mut out = String::from("'");
    let mut before = None;
    let mut rest = comment.chars().peekable();
    while let Some(c) = rest.next() {
        out.push(c);
        if c == '\'' && before != Some('\'') && rest.peek() != Some(&'\'') {
            out.push('\'');
        }
        before = Some(c);
    }
    out.push('\'');
    Ok(out)
}
