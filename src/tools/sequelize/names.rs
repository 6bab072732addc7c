//! Names as Sequelize quotes and derives them (6.37.8: `dialects/abstract/query-generator.js`,
//! `dialects/postgres/query-generator.js`, `utils.js`).

use super::reading::{fails, text};
use crate::js::Value;
use crate::tools::script::Unclear;

/// A table as a migration names it: a string, or `{ tableName, schema }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    /// `schema` of the object form; a plain string never has one, whatever dots it holds.
    pub schema: Option<String>,
    /// The name.
    pub name: String,
    /// Whether it was given as an object.
    pub object: bool,
}

impl Table {
    /// Reads the first argument of nearly every method.
    pub fn read(value: Option<&Value>) -> Result<Self, Unclear> {
        let value = value.ok_or_else(|| fails("no table is named"))?;
        if let Value::Object(_) = value {
            let name = text(value.get("tableName"), "the table's name")?.to_owned();
            let schema = match value.get("schema") {
                None | Some(Value::Null) => None,
                some => Some(text(some, "the table's schema")?.to_owned()).filter(|schema| !schema.is_empty()),
            };
            return Ok(Table { schema, name, object: true });
        }
        Ok(Table { schema: None, name: text(Some(value), "the table's name")?.to_owned(), object: false })
    }

    /// `quoteTable`.
    pub fn quoted(&self) -> String {
        match &self.schema {
            Some(schema) => format!("{}.{}", quote(schema), quote(&self.name)),
            None => quote(&self.name),
        }
    }

    /// As `addIndex`, `addConstraint` and `removeConstraint` quote it: in a plain string a dot splits schema from name.
    pub fn quoted_path(&self) -> String {
        if self.object { self.quoted() } else { quote_path(&self.name) }
    }

    /// `quoteTable(extractTableDetails(…))`, as `addColumn` and `removeColumn` quote it: with the default schema.
    pub fn quoted_in_schema(&self) -> String {
        format!("{}.{}", quote(self.schema()), quote(&self.name))
    }

    /// Its schema by `extractTableDetails`.
    pub fn schema(&self) -> &str {
        self.schema.as_deref().unwrap_or("public")
    }

    /// As JavaScript puts it into a string.
    pub fn in_string(&self) -> &str {
        if self.object { "[object Object]" } else { &self.name }
    }

    /// The name of the enum type of a column, without its schema.
    pub fn enum_name(&self, column: &str) -> String {
        format!("enum_{}_{column}", self.name).replace('"', "")
    }

    /// `pgEnumName`: with the schema, quoted.
    pub fn quoted_enum(&self, column: &str) -> String {
        format!("{}.{}", quote(self.schema()), quote(&self.enum_name(column)))
    }
}

/// `quoteIdentifier`: quotes inside are dropped, not doubled.
pub(super) fn quote(name: &str) -> String {
    if name == "*" { name.to_owned() } else { format!("\"{}\"", name.replace('"', "")) }
}

/// `quoteIdentifiers`: the last dot splits off the name; those before it become arrows.
pub(super) fn quote_path(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((head, tail)) => format!("{}.{}", quote(&head.replace('.', "->")), quote(tail)),
        None => quote(name),
    }
}

/// `underscore` of the package `inflection`: `Users_camelCol` → `users_camel_col`.
pub(super) fn underscore(text: &str) -> String {
    let parts = text.split("::").map(|part| {
        let mut out = String::with_capacity(part.len() + 4);
        for letter in part.chars() {
            if letter.is_ascii_uppercase() {
                out.push('_');
            }
            out.push(letter);
        }
        out.strip_prefix('_').map_or_else(|| out.clone(), str::to_owned)
    });
    parts.collect::<Vec<_>>().join("/").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_derived_as_the_tool_does() {
        assert_eq!(underscore("Parents_camelCol"), "parents_camel_col");
        assert_eq!(underscore("[object Object]_a"), "[object _object]_a");
        assert_eq!(quote_path("a.b.c"), "\"a->b\".\"c\"");
        assert_eq!(quote("a\"b"), "\"ab\"");
    }
}
