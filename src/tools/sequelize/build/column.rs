//! Columns as Sequelize's attributes.

use super::Build;
use super::library::Library;
use crate::ir::{Column, DataType, Expr, ForeignKey, Name, ReferentialAction, TypeName};
use crate::schema::{Object, Schema};
use crate::sql::postgres;
use crate::tools::script::{sql_string, string_literal};

/// What is said of a column beside its definition.
#[derive(Default)]
pub(super) struct Beside<'a> {
    /// Whether it is in the primary key.
    pub is_key: bool,
    /// Whether it is unique by itself.
    pub is_unique: bool,
    /// What it refers to by itself.
    pub refers: Option<&'a ForeignKey>,
}

/// A column's attribute: fields, each as `key: value`. One without another than `type` may be written as the type alone.
pub(super) struct Attribute {
    /// The fields in the order in which people write them.
    pub fields: Vec<(&'static str, String)>,
}

impl Build<'_> {
    /// A column of a table; `None` where an attribute cannot say it.
    pub(super) fn attribute(
        &self,
        table: &Name,
        column: &Column,
        beside: &Beside<'_>,
        schema: &Schema,
    ) -> Option<Attribute> {
        let library = Library::of(self.desk)?;
        let plain = Column {
            not_null: column.not_null,
            default: column.default.clone(),
            identity: column.identity.clone(),
            ..Column::new(column.name.clone(), column.data_type.clone())
        };
        // A key of that name would set the object's prototype.
        if *column != plain || column.name == "__proto__" {
            return None;
        }
        let serial = serial(&column.data_type);
        let of = match serial {
            Some(of) => format!("{}.{of}", library.types),
            None => self.data_type(table, column, schema, &library)?,
        };
        let mut fields = vec![("type", of)];
        let mut say = |key, value: &str| fields.push((key, value.to_owned()));
        if column.not_null || beside.is_key {
            say("allowNull", "false");
        }
        if let Some(default) = &column.default {
            say("defaultValue", &self.default(default, &column.data_type, &library));
        }
        if serial.is_some() || column.identity.is_some() {
            say("autoIncrement", "true");
        }
        if column.identity.is_some() {
            say("autoIncrementIdentity", "true");
        }
        if beside.is_key {
            say("primaryKey", "true");
        }
        if beside.is_unique {
            say("unique", "true");
        }
        if let Some(key) = beside.refers {
            let [referenced] = key.referenced.as_slice() else { return None };
            say("references", &format!("{{ model: {}, key: {} }}", self.table(&key.references), self.text(referenced)));
            for (field, action) in [("onDelete", &key.on_delete), ("onUpdate", &key.on_update)] {
                match action {
                    ReferentialAction::NoAction => {}
                    action => say(field, &self.text(words(action)?)),
                }
            }
        }
        Some(Attribute { fields })
    }

    /// A type; one that Sequelize has no name for as it stands in SQL.
    fn data_type(&self, table: &Name, column: &Column, schema: &Schema, library: &Library) -> Option<String> {
        let of = &column.data_type;
        if let Some(name) = of.user().filter(|_| of.dimensions <= 1)
            && let Some(values) = self.enum_values(table, &column.name, name, schema)
        {
            let values: Vec<String> = values.iter().map(|value| self.text(value)).collect();
            let made = format!("{}.ENUM({})", library.types, values.join(", "));
            return Some(if of.dimensions == 1 { format!("{}.ARRAY({made})", library.types) } else { made });
        }
        Some(match known(of) {
            Some(known) => spelled(&known, &library.types),
            None => self.text(&postgres::print_type(of)),
        })
    }

    /// The values of a column's enum, if they are known and it is of the name that Sequelize gives it.
    fn enum_values(&self, table: &Name, column: &str, name: &Name, schema: &Schema) -> Option<Vec<String>> {
        let id = schema.type_named(name)?;
        let own = name.name == format!("enum_{}_{column}", table.name);
        let home = table.schema.as_deref().unwrap_or("public");
        let entry = schema.get(&id).filter(|entry| entry.doubt.is_none())?;
        match &entry.object {
            Object::Enum(found) if own && id.schema() == Some(home) => Some(found.values.clone()),
            _ => None,
        }
    }

    fn default(&self, default: &Expr, of: &DataType, library: &Library) -> String {
        let expression = default.0.as_str();
        let builtin = match &of.name {
            TypeName::Builtin(name) if of.dimensions == 0 => name.as_str(),
            _ => "",
        };
        let inner = expression.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        let inner = inner.map(|inner| inner.replace("''", "\u{0}")).filter(|inner| !inner.contains('\''));
        let inner = inner.map(|inner| inner.replace('\u{0}', "'"));
        let is_number = |text: &str| text.parse::<f64>().is_ok_and(|value| format!("{value}") == text);
        // What is sent in quotes for a number of theirs, and as a time of its own.
        let is_float = ["real", "double precision"].contains(&builtin);
        let is_time = builtin.starts_with("timestamp") || builtin == "date" || builtin == "bytea";
        let is_json = ["json", "jsonb"].contains(&builtin);
        match &inner {
            Some(text) if is_json => {
                if let Some(value) = json(text, self.desk.style.quote) {
                    return value;
                }
            }
            Some(text) if is_float && is_number(text) => return text.clone(),
            Some(text) if !is_float && !is_time && of.dimensions == 0 => return self.text(text),
            None if ["true", "false"].contains(&expression) && !is_json => return expression.to_owned(),
            None if is_number(expression) && !is_float && !is_json && !is_time => return expression.to_owned(),
            _ => {}
        }
        let function = expression.strip_suffix("()");
        let is_name = |name: &str| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit())
        };
        match function.filter(|name| is_name(name)) {
            Some(name) => format!("{}.fn({})", library.functions, self.text(name)),
            None => {
                format!("{}.literal({})", library.functions, sql_string(expression, self.desk.style.quote))
            }
        }
    }
}

/// What a column of a serial type is called beside `autoIncrement`.
fn serial(of: &DataType) -> Option<&'static str> {
    match &of.name {
        TypeName::Builtin(name) => match name.as_str() {
            "serial" => Some("INTEGER"),
            "bigserial" => Some("BIGINT"),
            "smallserial" => Some("SMALLINT"),
            _ => None,
        },
        TypeName::User(_) => None,
    }
}

/// What becomes of rows that refer to one that goes.
pub(super) fn words(action: &ReferentialAction) -> Option<&'static str> {
    match action {
        ReferentialAction::NoAction => Some("NO ACTION"),
        ReferentialAction::Restrict => Some("RESTRICT"),
        ReferentialAction::Cascade => Some("CASCADE"),
        ReferentialAction::SetNull(columns) if columns.is_empty() => Some("SET NULL"),
        ReferentialAction::SetDefault(columns) if columns.is_empty() => Some("SET DEFAULT"),
        ReferentialAction::SetNull(_) | ReferentialAction::SetDefault(_) => None,
    }
}

/// One of `DataTypes`: its key with its arguments, and what it is around.
struct Known {
    key: String,
    of: Option<Box<Known>>,
}

/// The name that Sequelize has for a type (6.37.8: `dialects/postgres/data-types.js`).
fn known(of: &DataType) -> Option<Known> {
    if of.dimensions > 0 {
        let inner = known(&DataType { dimensions: of.dimensions - 1, ..of.clone() })?;
        return Some(Known { key: "ARRAY".into(), of: Some(Box::new(inner)) });
    }
    let plain = |key: &str| Some(Known { key: key.to_owned(), of: None });
    let range = |key: &str| Some(Known { key: "RANGE".into(), of: plain(key).map(Box::new) });
    let name = match &of.name {
        TypeName::Builtin(name) => name.as_str(),
        TypeName::User(name) if name.schema.is_none() => match name.name.as_str() {
            "citext" => return plain("CITEXT"),
            "hstore" => return plain("HSTORE"),
            _ => return None,
        },
        TypeName::User(_) => return None,
    };
    match (name, of.args.as_slice()) {
        ("integer", []) => plain("INTEGER"),
        ("bigint", []) => plain("BIGINT"),
        ("smallint", []) => plain("SMALLINT"),
        ("boolean", []) => plain("BOOLEAN"),
        ("text", []) => plain("TEXT"),
        ("date", []) => plain("DATEONLY"),
        ("timestamp with time zone", []) => plain("DATE"),
        ("time without time zone", []) => plain("TIME"),
        ("uuid", []) => plain("UUID"),
        ("json", []) => plain("JSON"),
        ("jsonb", []) => plain("JSONB"),
        ("bytea", []) => plain("BLOB"),
        ("real", []) => plain("REAL"),
        ("double precision", []) => plain("DOUBLE"),
        ("inet", []) => plain("INET"),
        ("cidr", []) => plain("CIDR"),
        ("macaddr", []) => plain("MACADDR"),
        ("tsvector", []) => plain("TSVECTOR"),
        ("character varying", [length]) if length == "255" => plain("STRING"),
        ("character varying", [length]) => plain(&format!("STRING({length})")),
        ("character", [length]) => plain(&format!("CHAR({length})")),
        ("numeric", []) => plain("DECIMAL"),
        ("numeric", [precision]) => plain(&format!("DECIMAL({precision})")),
        ("numeric", [precision, scale]) => plain(&format!("DECIMAL({precision}, {scale})")),
        ("int4range", []) => range("INTEGER"),
        ("int8range", []) => range("BIGINT"),
        ("numrange", []) => range("DECIMAL"),
        ("tstzrange", []) => range("DATE"),
        ("daterange", []) => range("DATEONLY"),
        _ => None,
    }
}

fn spelled(known: &Known, types: &str) -> String {
    match &known.of {
        Some(inner) => format!("{types}.{}({})", known.key, spelled(inner, types)),
        None => format!("{types}.{}", known.key),
    }
}

/// JSON as JavaScript, where that gives the same text again.
fn json(text: &str, quote: char) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    match &value {
        serde_json::Value::Object(fields) if fields.is_empty() && text == "{}" => Some("{}".to_owned()),
        serde_json::Value::Array(items) if text == serde_json::to_string(&value).ok()? => {
            let items: Option<Vec<String>> = items.iter().map(|item| plain_json(item, quote)).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        _ => None,
    }
}

fn plain_json(value: &serde_json::Value, quote: char) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(string_literal(text, quote)),
        serde_json::Value::Null | serde_json::Value::Bool(_) => Some(value.to_string()),
        serde_json::Value::Number(number) if number.is_i64() => Some(number.to_string()),
        _ => None,
    }
}
