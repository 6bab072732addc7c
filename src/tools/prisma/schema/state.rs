//! What of a state a Prisma schema speaks of: its tables with their columns' types, its enums, and what all of them are called.

use super::defaults::Values;
use super::names;
use super::types::{Family, FieldType, field_type};
use crate::ir::{self, Persistence};
use crate::schema::{Entry, Id, Key, Object, Schema, TableState};
use std::collections::{BTreeMap, BTreeSet};

/// A state on its way into a Prisma schema.
pub(super) struct State<'a> {
    pub schema: &'a Schema,
    /// The tables in the order of their schemas and names.
    pub shapes: Vec<Shape<'a>>,
    /// The enums in that order.
    pub enums: Vec<(&'a Key, &'a Entry, &'a ir::Enum)>,
    /// The schemas that hold any of these.
    pub schemas: BTreeSet<&'a str>,
    /// The models' and enums' names by schema and name.
    pub blocks: BTreeMap<(String, String), String>,
    /// The names of the enums' values.
    pub values: Values,
    /// Tables that are no models, each with the reason.
    pub left_out: Vec<String>,
}

/// A table with what its columns are.
pub(super) struct Shape<'a> {
    pub id: &'a Id,
    pub key: &'a Key,
    pub entry: &'a Entry,
    pub table: &'a TableState,
    /// The names of its fields, by its columns.
    pub fields: BTreeMap<String, String>,
    /// The types of its columns, in order.
    pub types: Vec<FieldType>,
}

impl<'a> State<'a> {
    /// Gathers it.
    pub fn of(schema: &'a Schema) -> Self {
        let mut left_out = Vec::new();
        let (mut shapes, mut enums) = (Vec::new(), Vec::new());
        for (id, entry) in schema.iter() {
            match (id, &entry.object) {
                (Id::Relation(key), Object::Table(table)) => match Shape::of(schema, id, key, entry, table) {
                    Ok(shape) => shapes.push(shape),
                    Err(reason) => left_out.extend(reason.map(|reason| format!("table {key}: {reason}"))),
                },
                (Id::Type(key), Object::Enum(definition)) if !definition.values.is_empty() => {
                    enums.push((key, &**entry, definition));
                }
                _ => {}
            }
        }
        let keys = shapes.iter().map(|shape: &Shape<'a>| shape.key).chain(enums.iter().map(|(key, _, _)| *key));
        let keys: Vec<&'a Key> = keys.collect();
        let blocks = names::blocks(keys.iter().map(|key| (key.schema.as_str(), key.name.as_str())));
        let schemas = keys.iter().map(|key| key.schema.as_str()).collect();
        let mut values = Values::new();
        for (key, _, definition) in &enums {
            let named = names::values(definition.values.iter().map(String::as_str));
            values.insert((key.schema.clone(), key.name.clone()), named);
        }
        State { schema, shapes, enums, schemas, blocks, values, left_out }
    }

    /// What a model or enum is called.
    pub fn block<'s>(&'s self, key: &'s Key) -> &'s str {
        self.blocks.get(&(key.schema.clone(), key.name.clone())).map_or(key.name.as_str(), String::as_str)
    }

    /// A type as a field has it, without `?` and `[]`.
    pub fn kind(&self, kind: &FieldType) -> String {
        match &kind.family {
            Family::Int => "Int".to_owned(),
            Family::BigInt => "BigInt".to_owned(),
            Family::Float => "Float".to_owned(),
            Family::Decimal => "Decimal".to_owned(),
            Family::Boolean => "Boolean".to_owned(),
            Family::String | Family::Uuid => "String".to_owned(),
            Family::DateTime => "DateTime".to_owned(),
            Family::Json => "Json".to_owned(),
            Family::Bytes => "Bytes".to_owned(),
            Family::Enum(key) => self.block(key).to_owned(),
            Family::Unsupported(name) => format!("Unsupported({})", super::print::text(name)),
        }
    }
}

impl<'a> Shape<'a> {
    /// A table; `Err` when it is no model, with the reason where somebody should know.
    fn of(
        schema: &Schema,
        id: &'a Id,
        key: &'a Key,
        entry: &'a Entry,
        table: &'a TableState,
    ) -> Result<Self, Option<String>> {
        // Prisma sees no partitions but those that are partitioned again, and nothing of its own books.
        let is_leaf = table.table.partition_of.is_some() && table.table.partition_by.is_none();
        let hidden = is_leaf || key.name == "_prisma_migrations";
        if hidden || table.table.persistence == Persistence::Temporary || id.is_temporary() {
            return Err(None);
        }
        if !table.columns_known {
            return Err(Some("what columns it has is not known".to_owned()));
        }
        let columns = &table.table.columns;
        if columns.is_empty() {
            return Err(Some("it has no columns".to_owned()));
        }
        let mut types = Vec::new();
        for column in columns {
            let kind = field_type(schema, &column.data_type);
            types.push(kind.ok_or_else(|| Some(format!("the type of column {} is not known", column.name)))?);
        }
        let fields = names::fields(columns.iter().map(|column| column.name.as_str()));
        Ok(Shape { id, key, entry, table, fields, types })
    }

    /// The columns with their types.
    pub fn columns(&self) -> impl Iterator<Item = (&'a ir::Column, &FieldType)> {
        self.table.table.columns.iter().zip(&self.types)
    }

    /// What the field of a column is called.
    pub fn field(&self, column: &str) -> &str {
        self.fields.get(column).map_or("", String::as_str)
    }

    fn find(&self, name: &str) -> Option<(&'a ir::Column, &FieldType)> {
        self.columns().find(|(column, _)| column.name == name)
    }

    /// Whether a column refuses NULL; lists count as such.
    pub fn is_required(&self, name: &str) -> bool {
        self.find(name).is_some_and(|(column, kind)| {
            kind.list || kind.not_null || column.not_null || column.identity.is_some() || self.is_in_primary_key(name)
        })
    }

    fn is_in_primary_key(&self, name: &str) -> bool {
        self.table.table.constraints.iter().any(|constraint| match &constraint.kind {
            ir::ConstraintKind::PrimaryKey(key) => key.columns.iter().any(|column| column == name),
            _ => false,
        })
    }

    /// Whether a row can be found by a column: it is there, and Prisma can read it.
    pub fn identifies(&self, name: &str) -> bool {
        self.is_required(name)
            && self.find(name).is_some_and(|(_, kind)| !kind.list && !matches!(kind.family, Family::Unsupported(_)))
    }

    /// The type of a column's values where they are no list and something is known of them.
    pub fn element(&self, name: &str) -> Option<String> {
        let (_, kind) = self.find(name)?;
        let known = !matches!(kind.family, Family::Unsupported(_))
            || crate::sql::postgres::builtin_type(&kind.element).is_some();
        (known && !kind.list).then(|| kind.element.clone())
    }
}
