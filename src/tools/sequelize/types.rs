//! Column types as Sequelize spells them for PostgreSQL (6.37.8: `data-types.js`, `dialects/postgres/data-types.js`).

use super::reading::{fails, printed, text, unknown};
use crate::js::{Hole, Value};
use crate::tools::script::{Unclear, hole, identifier, in_body};

/// A column's type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Type {
    /// A string: SQL as it stands.
    Raw(String),
    /// One of `DataTypes`.
    Known(DataType),
    /// One that the project adds to `DataTypes` itself, by what stands for it: what it is only a real run can know.
    Open(String),
}

/// One of `DataTypes`, with what it was called with.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DataType {
    /// Its key: `STRING`, `JSONB`.
    pub key: String,
    /// SQL; of an enum just `ENUM`.
    pub sql: String,
    /// An enum's values.
    pub values: Option<Vec<String>>,
    /// What an array is of, or a range.
    pub element: Option<Box<Type>>,
}

impl Type {
    /// Reads a type: a string, a class of `DataTypes` or an instance of one.
    pub fn read(value: &Value) -> Result<Self, Unclear> {
        match value {
            Value::Text(sql) => Ok(Type::Raw(sql.clone())),
            Value::Made(class, _) if class == "DataType" => read(value, 0).map(Type::Known),
            Value::Hole(inner) if is_added(&inner.source) => Ok(Type::Open(identifier(&hole(inner)))),
            other => Err(unknown("the column's type", other)),
        }
    }

    /// SQL.
    pub fn sql(&self) -> &str {
        match self {
            Type::Raw(sql) | Type::Open(sql) => sql,
            Type::Known(known) => &known.sql,
        }
    }

    /// Its key; of a string, none.
    pub fn key(&self) -> Option<&str> {
        match self {
            Type::Raw(_) | Type::Open(_) => None,
            Type::Known(known) => Some(&known.key),
        }
    }

    /// The values of an enum.
    pub fn enum_values(&self) -> Option<&[String]> {
        match self {
            Type::Known(known) if known.key == "ENUM" => known.values.as_deref(),
            _ => None,
        }
    }

    /// What an array is of.
    pub fn element(&self) -> Option<&Type> {
        match self {
            Type::Known(known) if known.key == "ARRAY" => known.element.as_deref(),
            _ => None,
        }
    }
}

/// Words that a definition is searched for; where they stand in a name, it would be taken for a part of the definition.
const PARTS: [&str; 8] = ["COMMENT", "DEFAULT", "ENUM(", "KEY", "NULL", "REFERENCES", "SERIAL", "UNIQUE"];

/// The label that stands for the values of an enum which only a real run can know.
fn label(hole: &Hole) -> String {
    match PARTS.iter().any(|part| hole.source.contains(part)) {
        true => in_body(&Hole { source: String::new() }),
        false => in_body(hole),
    }
}

/// Whether it is a member of `DataTypes` that the tool does not have, and is not called with anything, as an enum is with its
/// values.
fn is_added(source: &str) -> bool {
    let member = source.strip_prefix("DataTypes.").or_else(|| source.strip_prefix("Sequelize."));
    member.is_some_and(|name| {
        name.bytes().all(|letter| matches!(letter, b'A'..=b'Z' | b'0'..=b'9' | b'_'))
            && !PARTS.iter().any(|part| name.contains(part))
    })
}

fn read(value: &Value, depth: usize) -> Result<DataType, Unclear> {
    let key = text(value.get("key"), "the column's type")?;
    let none = Vec::new();
    let args = match value.get("args") {
        Some(Value::List(args)) => args,
        _ => &none,
    };
    let flag = |name: &str| match value.get("flags") {
        Some(Value::List(flags)) => flags.iter().any(|flag| flag.text() == Some(name)),
        _ => false,
    };
    let refused = || Err(fails(format_args!("PostgreSQL has no type {key}")));
    let mut made = DataType { key: key.to_owned(), sql: key.to_owned(), values: None, element: None };
    // What an argument or the option of that name says; 0 and '' are as if not given.
    let given = |index: usize, name: &str| -> Result<Option<String>, Unclear> {
        let value = match args.first() {
            Some(options @ Value::Object(_)) => options.get(name),
            _ => args.get(index),
        };
        match value {
            None | Some(Value::Undefined | Value::Null) => Ok(None),
            Some(value) => match value.truth() {
                Some(false) => Ok(None),
                Some(true) => printed(value, "the type's length").map(Some),
                None => Err(unknown("the type's length", value)),
            },
        }
    };
    match key {
        "STRING" | "CHAR" => {
            let name = if key == "STRING" { "VARCHAR" } else { "CHAR" };
            let binary = flag("BINARY") || given(1, "binary")?.is_some();
            let length = given(0, "length")?.unwrap_or_else(|| "255".into());
            made.sql = if binary { "BYTEA".into() } else { format!("{name}({length})") };
        }
        // Their lengths, UNSIGNED and ZEROFILL are dropped with a warning.
        "TEXT" | "SMALLINT" | "INTEGER" | "BIGINT" | "REAL" => {}
        "DOUBLE" => made.sql = "DOUBLE PRECISION".into(),
        "FLOAT" => {
            if let (Some(length), None) = (given(0, "length")?, given(1, "decimals")?) {
                made.sql = format!("FLOAT({length})");
            }
        }
        "DECIMAL" => {
            let parts: Vec<String> = given(0, "precision")?.into_iter().chain(given(1, "scale")?).collect();
            if !parts.is_empty() {
                made.sql = format!("DECIMAL({})", parts.join(","));
            }
        }
        "BOOLEAN" if depth < 2 => {}
        "DATE" if depth < 2 => made.sql = "TIMESTAMP WITH TIME ZONE".into(),
        "BLOB" if depth < 2 => made.sql = "BYTEA".into(),
        "DATEONLY" => made.sql = "DATE".into(),
        "TIME" | "UUID" | "HSTORE" | "JSON" | "JSONB" | "CIDR" | "INET" | "MACADDR" | "MACADDR8" | "CITEXT"
        | "TSVECTOR" => {}
        "ENUM" => made.values = Some(enum_values(args)?),
        "ARRAY" => {
            let of = match args.first() {
                Some(options @ Value::Object(_)) => options.get("type"),
                other => other,
            };
            let of = of.ok_or_else(|| fails("ARRAY is missing the type of its values"))?;
            let element = match of {
                Value::Made(class, _) if class == "DataType" => Type::Known(read(of, depth + 1)?),
                other => return Err(unknown("the type of an array's values", other)),
            };
            made.sql = format!("{}[]", element.sql());
            made.element = Some(Box::new(element));
        }
        "RANGE" => {
            let of = match args.first() {
                Some(options @ Value::Object(_)) => options.get("subtype"),
                other => other,
            };
            let of = match of {
                None => DataType { key: "INTEGER".into(), sql: "INTEGER".into(), values: None, element: None },
                Some(of) => read(of, depth + 1)?,
            };
            made.sql = match of.key.as_str() {
                "INTEGER" => "int4range",
                "BIGINT" => "int8range",
                "DECIMAL" => "numrange",
                "DATE" => "tstzrange",
                "DATEONLY" => "daterange",
                _ => return Err(fails(format_args!("there is no range of {}", of.key))),
            }
            .into();
            made.element = Some(Box::new(Type::Known(of)));
        }
        "GEOMETRY" | "GEOGRAPHY" => {
            if let Some(of) = given(0, "type")? {
                let srid = given(1, "srid")?.map(|srid| format!(",{srid}")).unwrap_or_default();
                made.sql = format!("{key}({of}{srid})");
            }
        }
        _ => return refused(),
    }
    Ok(made)
}

/// The values of an enum: `ENUM('a', 'b')`, `ENUM(['a', 'b'])`, `ENUM({ values: […] })`.
fn enum_values(args: &[Value]) -> Result<Vec<String>, Unclear> {
    let one = |value: &Value| match value {
        Value::Hole(hole) => Ok(label(hole)),
        other => text(Some(other), "an enum's value").map(str::to_owned),
    };
    let mut values = Vec::new();
    for arg in args {
        match arg {
            Value::List(list) => {
                for value in list {
                    values.push(one(value)?);
                }
            }
            options @ Value::Object(_) => match options.get("values") {
                Some(Value::List(list)) => {
                    for value in list {
                        values.push(one(value)?);
                    }
                }
                Some(other) => return Err(unknown("the enum's values", other)),
                None => {}
            },
            other => values.push(one(other)?),
        }
    }
    Ok(values)
}
