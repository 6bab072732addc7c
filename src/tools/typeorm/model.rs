//! TypeORM's own description of a table (`schema-builder/table/*.js`): what a script hands over, or what
//! `PostgresQueryRunner.loadTables` reads from the server. Properties keep their names and JavaScript values, because
//! TypeORM compares them as such (`length: 255` is not `'255'`).

use super::Unclear;
use crate::js::Value;

/// A column, key, index or constraint: its properties.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Part {
    /// The class that it is an instance of; `None` for a plain object.
    pub class: Option<String>,
    fields: Vec<(String, Value)>,
    /// Whether its texts are surely as the script wrote them, rather than as the server tells them.
    pub is_written: bool,
}

impl Part {
    /// An instance of a class.
    pub fn new(class: &str) -> Self {
        Part { class: Some(class.to_owned()), ..Part::default() }
    }

    /// What a script hands over. `Err` when it is no object, or something in it is only known to a real run.
    pub fn read(value: &Value) -> Result<Self, Unclear> {
        certain(value)?;
        match value {
            Value::Made(class, fields) => {
                Ok(Part { class: Some(class.clone()), fields: fields.clone(), is_written: false })
            }
            Value::Object(fields) => Ok(Part { class: None, fields: fields.clone(), is_written: false }),
            _ => Err(Unclear::new("TypeORM expects an object where the script gives none")),
        }
    }

    /// A property; `undefined` when it is not there.
    pub fn get(&self, key: &str) -> &Value {
        self.fields.iter().find(|(name, _)| name == key).map_or(&Value::Undefined, |(_, value)| value)
    }

    /// Sets a property.
    pub fn set(&mut self, key: &str, value: Value) {
        match self.fields.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value,
            None => self.fields.push((key.to_owned(), value)),
        }
    }

    /// The same with a property set.
    pub fn with(mut self, key: &str, value: Value) -> Self {
        self.set(key, value);
        self
    }

    /// The same with a text set.
    pub fn with_text(self, key: &str, text: impl Into<String>) -> Self {
        self.with(key, Value::Text(text.into()))
    }

    /// Whether JavaScript takes a property for true.
    pub fn is(&self, key: &str) -> bool {
        self.get(key).truth() == Some(true)
    }

    /// Whether a property is `true` itself.
    pub fn is_true(&self, key: &str) -> bool {
        *self.get(key) == Value::Bool(true)
    }

    /// Whether a property is neither `null` nor `undefined`.
    pub fn given(&self, key: &str) -> bool {
        !matches!(self.get(key), Value::Null | Value::Undefined)
    }

    /// A property as JavaScript puts it into a text.
    pub fn spelled(&self, key: &str) -> Result<String, Unclear> {
        spelled(self.get(key)).ok_or_else(|| Unclear::new(format!("`{key}` is no text")))
    }

    /// A text that is there and not empty.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key).text().filter(|text| !text.is_empty())
    }

    /// Its name; empty when it has none.
    pub fn name(&self) -> &str {
        self.text("name").unwrap_or_default()
    }

    /// A list of texts. `Err` when it is no such list.
    pub fn names(&self, key: &str) -> Result<Vec<String>, Unclear> {
        texts(self.get(key)).ok_or_else(|| Unclear::new(format!("`{key}` is no list of names")))
    }

    /// The columns that it is on, as far as it says.
    pub fn columns(&self) -> Vec<String> {
        texts(self.get("columnNames")).unwrap_or_default()
    }

    /// Whether it is on that column alone.
    pub fn is_on(&self, column: &str) -> bool {
        self.columns() == [column]
    }

    /// Whether it is an enum column.
    pub fn is_enum(&self) -> bool {
        matches!(self.text("type"), Some("enum" | "simple-enum"))
    }

    /// Whether it says the same as another: what one leaves out the other has empty, and either may lack its name, or
    /// the schema that it refers to, which TypeORM gives it later.
    fn says_the_same(&self, other: &Part) -> bool {
        let is_empty = |value: &Value| match value {
            Value::List(items) => items.is_empty(),
            value => value.truth() == Some(false),
        };
        let alike = |key: &str| {
            let (one, two) = (self.get(key), other.get(key));
            let is_given_later = matches!(key, "name" | "referencedSchema");
            let either = if is_given_later { is_empty(one) || is_empty(two) } else { is_empty(one) && is_empty(two) };
            one == two || either
        };
        self.fields.iter().chain(&other.fields).all(|(key, _)| alike(key))
    }

    /// Its properties as a plain object.
    pub fn plain(&self) -> Value {
        Value::Object(self.fields.clone())
    }
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    /// Its name, perhaps with a schema before it.
    pub name: String,
    /// Its schema, where it is said apart.
    pub schema: Option<String>,
    /// Its comment.
    pub comment: Option<String>,
    pub columns: Vec<Part>,
    pub foreign_keys: Vec<Part>,
    pub indices: Vec<Part>,
    pub uniques: Vec<Part>,
    pub checks: Vec<Part>,
    pub exclusions: Vec<Part>,
    /// Whether what it holds is known: false when only its name is.
    pub known: bool,
}

impl Table {
    /// A table of which nothing but the name is known.
    pub fn named(name: &str) -> Self {
        Table { name: name.to_owned(), ..Table::default() }
    }

    /// An instance of the class `Table`; `None` when the value is none. `Err` when something in it is not known.
    pub fn read(value: &Value) -> Option<Result<Self, Unclear>> {
        match value {
            Value::Made(class, _) if class == "Table" => Some(Table::read_made(value)),
            _ => None,
        }
    }

    fn read_made(value: &Value) -> Result<Self, Unclear> {
        let own = Part::read(value)?;
        let parts = |key: &str| match own.get(key) {
            Value::List(items) => items.iter().map(Part::read).collect::<Result<Vec<_>, _>>(),
            Value::Undefined => Ok(Vec::new()),
            _ => Err(Unclear::new(format!("`{key}` of a table is no list"))),
        };
        Ok(Table {
            name: own.text("name").ok_or_else(|| Unclear::new("a table without a name"))?.to_owned(),
            schema: own.text("schema").map(str::to_owned),
            comment: own.text("comment").map(str::to_owned),
            columns: parts("columns")?,
            foreign_keys: parts("foreignKeys")?,
            indices: parts("indices")?,
            uniques: parts("uniques")?,
            checks: parts("checks")?,
            exclusions: parts("exclusions")?,
            known: true,
        })
    }

    /// The same with each part as another knows it that has the very same.
    pub fn known_from(mut self, other: &Table) -> Table {
        let lists = [
            (&mut self.columns, &other.columns),
            (&mut self.foreign_keys, &other.foreign_keys),
            (&mut self.indices, &other.indices),
            (&mut self.uniques, &other.uniques),
            (&mut self.checks, &other.checks),
            (&mut self.exclusions, &other.exclusions),
        ];
        for (own, others) in lists {
            for part in own.iter_mut() {
                if let Some(known) = others.iter().find(|other| part.says_the_same(other)) {
                    known.clone_into(part);
                }
            }
        }
        self
    }

    /// Its columns in the primary key.
    pub fn primary(&self) -> Vec<&Part> {
        self.columns.iter().filter(|column| column.is("isPrimary")).collect()
    }

    /// A column by name.
    pub fn column(&self, name: &str) -> Option<&Part> {
        self.columns.iter().find(|column| column.name() == name)
    }

    /// As the plain object from which the shim makes an instance.
    pub fn plain(&self) -> Value {
        let list = |parts: &[Part]| Value::List(parts.iter().map(Part::plain).collect());
        let text = |text: &Option<String>| text.clone().map_or(Value::Undefined, Value::Text);
        Value::Object(vec![
            ("name".into(), Value::Text(self.name.clone())),
            ("schema".into(), text(&self.schema)),
            ("comment".into(), text(&self.comment)),
            ("columns".into(), list(&self.columns)),
            ("foreignKeys".into(), list(&self.foreign_keys)),
            ("indices".into(), list(&self.indices)),
            ("uniques".into(), list(&self.uniques)),
            ("checks".into(), list(&self.checks)),
            ("exclusions".into(), list(&self.exclusions)),
        ])
    }
}

/// The texts of a list; `None` when it is no list of texts.
pub(super) fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::List(items) => items.iter().map(|item| item.text().map(str::to_owned)).collect(),
        _ => None,
    }
}

/// A list of texts as a value.
pub(super) fn list<S: AsRef<str>>(texts: &[S]) -> Value {
    Value::List(texts.iter().map(|text| Value::Text(text.as_ref().to_owned())).collect())
}

/// A plain value as JavaScript puts it into a text; `None` for what has no plain text.
pub(super) fn spelled(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(format!("{number}")),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::BigInt(digits) => Some(digits.clone()),
        _ => None,
    }
}

/// `Err` when something in a value is only known to a real run.
pub(super) fn certain(value: &Value) -> Result<(), Unclear> {
    match value.hole() {
        Some(hole) => Err(Unclear::new(format!("it rests on {}", hole.source))),
        None => Ok(()),
    }
}
