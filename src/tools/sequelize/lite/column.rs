//! A column's definition on SQLite (6.37.8 `dialects/sqlite/query-generator.js`, `attributesToSQL` and `createTableQuery`,
//! and `data-types.js`). The tool works on text and searches in it; so do we, in the same order.

use super::quote;
use crate::ir::{DataType, TypeName};
use crate::js::Value;
use crate::tools::script::{Unclear, literal};
use crate::tools::sequelize::attribute::default;
use crate::tools::sequelize::escape::{escape, is_method};
use crate::tools::sequelize::reading::{fails, is_set, option, printed, text, text_option, unknown};
use crate::tools::sequelize::types::{DataType as Known, Type};

/// A column, as it is given or as the tool finds it.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// Whether it says `allowNull: false`, or anything that is none.
    pub not_null: bool,
    /// Its default, as SQL.
    pub default: Option<String>,
    pub unique: bool,
    pub primary: bool,
    pub counts: bool,
    /// `REFERENCES …`, without what it does.
    pub references: Option<String>,
    /// `ON DELETE …`, `ON UPDATE …`.
    pub actions: String,
}

impl Field {
    /// As a migration gives it.
    pub fn given(key: &str, value: &Value) -> Result<Self, Unclear> {
        let name = match value {
            Value::Object(_) => text_option(Some(value), "field")?.unwrap_or(key),
            _ => key,
        };
        let mut field = Field {
            name: name.to_owned(),
            kind: String::new(),
            not_null: false,
            default: None,
            unique: false,
            primary: false,
            counts: false,
            references: None,
            actions: String::new(),
        };
        field.take(value)?;
        Ok(field)
    }

    /// What a definition says in place of what was there; what it does not say stays.
    pub fn take(&mut self, value: &Value) -> Result<(), Unclear> {
        let Value::Object(fields) = value else {
            self.kind = kind(value)?.0;
            return Ok(());
        };
        let (kind, key) = kind(option(Some(value), "type")?.ok_or_else(|| fails("the column has no type"))?)?;
        self.kind = kind;
        let has = |key: &str| fields.iter().any(|(name, _)| name == key);
        // `undefined` counts too, as long as the property is there.
        if let Some((_, allow)) = fields.iter().find(|(key, _)| key == "allowNull") {
            self.not_null = !allow.truth().ok_or_else(|| unknown("`allowNull`", allow))?;
        }
        if has("defaultValue") {
            self.default = match default(value)? {
                None | Some(Value::Undefined) => None,
                Some(value @ (Value::Hole(_) | Value::Mixed(_))) => Some(literal(value)?),
                Some(Value::Bytes(_)) => return Err(Unclear::new("a default of bytes")),
                Some(value) => Some(default_sql(value, key)?),
            };
        }
        match value.get("unique") {
            Some(hole) if hole.truth().is_none() => return Err(unknown("`unique`", hole)),
            // A name or an object is for models; here the tool drops it.
            _ if has("unique") => self.unique = value.get("unique") == Some(&Value::Bool(true)),
            _ => {}
        }
        if has("primaryKey") {
            self.primary = is_set(Some(value), "primaryKey")?;
        }
        if has("autoIncrement") {
            self.counts = is_set(Some(value), "autoIncrement")?;
        }
        if has("references") {
            self.references = option(Some(value), "references")?.map(references).transpose()?;
        }
        for (name, words) in [("onDelete", "ON DELETE"), ("onUpdate", "ON UPDATE")] {
            if let Some(action) = text_option(Some(value), name)? {
                self.actions += &format!(" {words} {}", action.to_uppercase());
            }
        }
        Ok(())
    }

    /// `attributesToSQL`.
    pub fn sql(&self) -> String {
        let mut sql = self.kind.clone();
        if self.not_null {
            sql += " NOT NULL";
        }
        if let Some(default) = &self.default {
            sql += &format!(" DEFAULT {default}");
        }
        if self.unique {
            sql += " UNIQUE";
        }
        if self.primary {
            sql += " PRIMARY KEY";
            if self.counts {
                sql += " AUTOINCREMENT";
            }
        }
        if let Some(references) = &self.references {
            sql += &format!("{references}{}", self.actions);
        }
        sql
    }
}

/// A default as SQL; the type says how some values are spelled.
fn default_sql(value: &Value, key: Option<String>) -> Result<String, Unclear> {
    let of = key.map(|key| Type::Known(Known { key, sql: String::new(), values: None, element: None }));
    match (value, &of) {
        (Value::List(_), Some(Type::Known(known))) if !known.key.starts_with("JSON") => {
            Err(Unclear::new("a default that is a list"))
        }
        (Value::List(_), None) => Err(Unclear::new("a default that is a list")),
        (value, _) if is_method(value) => escape(value, None),
        (value, of) => escape(value, of.as_ref()),
    }
}

/// `REFERENCES …`; when a key is checked the tool does not say on SQLite.
fn references(given: &Value) -> Result<String, Unclear> {
    let Value::Object(_) = given else { return Err(unknown("`references`", given)) };
    let model = given.get("model").ok_or_else(|| fails("`references` names no model"))?;
    let key = match option(Some(given), "key")? {
        Some(key) => text(Some(key), "the key of `references`")?,
        None => "id",
    };
    Ok(format!(" REFERENCES {} ({})", super::name(Some(model))?, quote(key)))
}

/// A type as the tool spells it for SQLite, and its key.
fn kind(value: &Value) -> Result<(String, Option<String>), Unclear> {
    match value {
        Value::Text(sql) => Ok((sql.clone(), None)),
        Value::Made(class, _) if class == "DataType" => {
            let key = text(value.get("key"), "the column's type")?;
            Ok((known(value, key)?, Some(key.to_owned())))
        }
        other => Err(unknown("the column's type", other)),
    }
}

fn known(value: &Value, key: &str) -> Result<String, Unclear> {
    let none = Vec::new();
    let args = match value.get("args") {
        Some(Value::List(args)) => args,
        _ => &none,
    };
    let flag = |name: &str| match value.get("flags") {
        Some(Value::List(flags)) => flags.iter().any(|flag| flag.text() == Some(name)),
        _ => false,
    };
    let given = |index: usize, name: &str| -> Result<Option<String>, Unclear> {
        let value = match args.first() {
            Some(options @ Value::Object(_)) => options.get(name),
            _ => args.get(index),
        };
        match value.map(|value| (value, value.truth())) {
            None | Some((_, Some(false))) => Ok(None),
            Some((value, Some(true))) => printed(value, "the type's length").map(Some),
            Some((value, None)) => Err(unknown("the type's length", value)),
        }
    };
    let sized = |name: &str, first: &str, second: &str| -> Result<String, Unclear> {
        let parts: Vec<String> = given(0, first)?.into_iter().chain(given(1, second)?).collect();
        Ok(if parts.is_empty() { name.to_owned() } else { format!("{name}({})", parts.join(",")) })
    };
    Ok(match key {
        "STRING" | "CHAR" => {
            let name = if key == "STRING" { "VARCHAR" } else { "CHAR" };
            let binary = if flag("BINARY") || given(1, "binary")?.is_some() { " BINARY" } else { "" };
            format!("{name}{binary}({})", given(0, "length")?.unwrap_or_else(|| "255".into()))
        }
        "TEXT" | "ENUM" => "TEXT".into(),
        "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INTEGER" | "BIGINT" => match given(0, "length")? {
            Some(length) => format!("{key}({length})"),
            None => key.to_owned(),
        },
        "FLOAT" | "REAL" | "DOUBLE" if flag("UNSIGNED") || flag("ZEROFILL") => {
            return Err(Unclear::new("a number with UNSIGNED or ZEROFILL"));
        }
        "FLOAT" | "REAL" => sized(key, "length", "decimals")?,
        "DOUBLE" => sized("DOUBLE PRECISION", "length", "decimals")?,
        "DECIMAL" => sized(key, "precision", "scale")?,
        "BOOLEAN" => "TINYINT(1)".into(),
        "DATE" => "DATETIME".into(),
        "DATEONLY" => "DATE".into(),
        "BLOB" => match given(0, "length")? {
            Some(length) => match length.to_lowercase().as_str() {
                "tiny" => "TINYBLOB".into(),
                "medium" => "MEDIUMBLOB".into(),
                "long" => "LONGBLOB".into(),
                _ => "BLOB".into(),
            },
            None => "BLOB".into(),
        },
        "CITEXT" => "TEXT COLLATE NOCASE".into(),
        "TIME" | "UUID" | "JSON" | "JSONB" | "HSTORE" | "TSVECTOR" | "INET" | "CIDR" | "MACADDR" => key.to_owned(),
        _ => return Err(Unclear::new(format!("the type {key} on SQLite"))),
    })
}

/// `createTableQuery`.
pub(super) fn create_table(table: &str, fields: &[Field], unique_keys: &str) -> String {
    let definitions: Vec<(&str, String)> = fields.iter().map(|field| (field.name.as_str(), field.sql())).collect();
    let several = definitions.iter().filter(|(_, sql)| sql.contains("PRIMARY KEY")).count() > 1;
    let (mut columns, mut keys) = (Vec::new(), Vec::new());
    for (name, sql) in &definitions {
        let mut said = sql.clone();
        if sql.contains("PRIMARY KEY") {
            if sql.contains("INT") {
                let counts = if sql.contains("AUTOINCREMENT") { " AUTOINCREMENT" } else { "" };
                let references = sql.find(" REFERENCES").map_or("", |at| &sql[at..]);
                said = format!("INTEGER PRIMARY KEY{counts}{references}");
            }
            if several {
                keys.push(quote(name));
                said = match sql.contains("NOT NULL") {
                    true => sql.replacen(" PRIMARY KEY", "", 1),
                    false => sql.replacen("PRIMARY KEY", "NOT NULL", 1),
                };
            }
        }
        columns.push(format!("{} {said}", quote(name)));
    }
    let mut body = columns.join(", ") + unique_keys;
    if !keys.is_empty() {
        body += &format!(", PRIMARY KEY ({})", keys.join(", "));
    }
    with_boolean_defaults(&format!("CREATE TABLE IF NOT EXISTS {} ({body})", quote(table)))
}

/// `replaceBooleanDefaults`.
pub(super) fn with_boolean_defaults(sql: &str) -> String {
    let mut sql = sql.to_owned();
    for (word, digit) in [("false", "0"), ("true", "1")] {
        for (before, after) in [("'", "'"), ("'", ""), ("", "'"), ("", "")] {
            sql = sql.replace(&format!("DEFAULT {before}{word}{after}"), &format!("DEFAULT {digit}"));
        }
    }
    sql
}

/// A type as a pragma gives it.
pub(super) fn described(of: &DataType) -> String {
    let TypeName::Builtin(words) = &of.name else { return String::new() };
    match of.args.as_slice() {
        [] => words.clone(),
        args => format!("{words}({})", args.join(",")),
    }
}
