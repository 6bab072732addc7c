//! Questions to the database, answered from what the history has built, in the form in which Sequelize answers them on
//! PostgreSQL (6.37.8: `dialects/postgres/query.js`). What is not certain is not answered.

use super::names::Table;
use crate::ir::{Column, ConstraintKind, KeyPart, SortOrder, TypeName};
use crate::js::{Call, Hole, Value};
use crate::schema::{Entry, Id, Key, Object, Part, Schema, TableState};
use crate::tools::script::State;

/// Whether a question is one that may be answered.
pub(super) fn is_about_state(question: &Call) -> bool {
    matches!(
        question.name.as_str(),
        "queryInterface.describeTable"
            | "queryInterface.tableExists"
            | "queryInterface.showAllTables"
            | "queryInterface.showIndex"
            | "queryInterface.showConstraint"
            | "queryInterface.showConstraints"
            | "queryInterface.getForeignKeyReferencesForTable"
    )
}

/// The answer; `None` when the state cannot tell.
pub(super) fn answer(call: &Call, state: &State<'_>) -> Option<Value> {
    let schema = state.schema();
    match call.name.as_str() {
        "queryInterface.describeTable" => describe(call, schema),
        "queryInterface.tableExists" => {
            let table = Table::read(call.arg(0)).ok()?;
            let id = Id::Relation(Key::new(table.schema(), &table.name));
            (is_certain(schema) && !schema.is_blank(&id)).then(|| Value::Bool(schema.table(&id).is_some()))
        }
        "queryInterface.showAllTables" => tables(schema),
        "queryInterface.showIndex" => indexes(call, schema),
        "queryInterface.showConstraint" | "queryInterface.showConstraints" => constraints(call, schema),
        "queryInterface.getForeignKeyReferencesForTable" => foreign_keys(call, schema),
        _ => None,
    }
}

/// Whether what is not known is not there, and what is known is.
fn is_certain(schema: &Schema) -> bool {
    schema.knows_names()
}

/// A table that is known for certain.
fn find<'a>(table: &Table, schema: &'a Schema) -> Option<(Id, &'a Entry, &'a TableState)> {
    let id = Id::Relation(Key::new(table.schema(), &table.name));
    let entry = schema.get(&id)?;
    let found = entry.object.as_table()?;
    (entry.doubt.is_none() && schema.doubt.is_none() && found.columns_known).then_some((id, entry, found))
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn hole(source: String) -> Value {
    Value::Hole(Hole { source })
}

/// `describeTable(table)`: `null` for a table that is certainly not there, which the tool says with an error.
fn describe(call: &Call, schema: &Schema) -> Option<Value> {
    let mut table = Table::read(call.arg(0)).ok()?;
    if !table.object {
        table.schema = match call.arg(1) {
            Some(Value::Text(schema)) => Some(schema.clone()),
            Some(options) => options.get("schema").and_then(Value::text).map(str::to_owned),
            None => None,
        };
    }
    let Some((_, entry, found)) = find(&table, schema) else {
        let id = Id::Relation(Key::new(table.schema(), &table.name));
        return (is_certain(schema) && !schema.has(&id)).then_some(Value::Null);
    };
    let primary = found.table.constraints.iter().find_map(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey(key) => Some(&key.columns),
        _ => None,
    });
    let columns = found.table.columns.iter().map(|column| {
        let name = &column.name;
        let source = |field: &str| format!("describeTable({:?}).{name}.{field}", table.name);
        let default = match &column.default {
            None => Value::Null,
            // As the server prints it, which is not how it was written.
            Some(_) => hole(source("defaultValue")),
        };
        let comment = entry.comments.get(&Part::Column(name.clone()));
        let key = primary.is_some_and(|columns| columns.contains(name));
        let described = object([
            ("type", kind(column, schema).map_or_else(|| hole(source("type")), text)),
            ("allowNull", Value::Bool(!column.not_null && !key)),
            ("defaultValue", default),
            ("comment", comment.map_or(Value::Null, |comment| text(comment.as_str()))),
            (
                "special",
                labels(column, schema)
                    .map_or_else(|| hole(source("special")), |all| Value::List(all.into_iter().map(text).collect())),
            ),
            ("primaryKey", Value::Bool(key)),
        ]);
        (name.clone(), described)
    });
    Some(Value::Object(columns.collect()))
}

/// `information_schema.columns.data_type` with the length, in capitals; `None` of a type that may be a domain, which shows
/// what it is of.
fn kind(column: &Column, schema: &Schema) -> Option<String> {
    if column.data_type.dimensions > 0 {
        return Some("ARRAY".into());
    }
    match &column.data_type.name {
        TypeName::Builtin(name) => {
            let length = match (name.as_str(), column.data_type.args.first()) {
                ("character varying" | "character" | "bit" | "bit varying", Some(length)) => format!("({length})"),
                ("character" | "bit", None) => "(1)".into(),
                _ => String::new(),
            };
            Some(format!("{}{length}", name.to_uppercase()))
        }
        TypeName::User(name) if name.name == "hstore" => Some("HSTORE".into()),
        TypeName::User(name) => {
            let id = schema.type_named(name)?;
            matches!(schema.get(&id)?.object, Object::Enum(_)).then(|| "USER-DEFINED".to_owned())
        }
    }
}

/// The values of a column's enum, none of a column of another type; `None` when they are not known for certain.
fn labels(column: &Column, schema: &Schema) -> Option<Vec<String>> {
    let id =
        column.data_type.user().filter(|_| column.data_type.dimensions == 0).and_then(|name| schema.type_named(name));
    let Some(entry) = id.and_then(|id| schema.get(&id)) else { return Some(Vec::new()) };
    match &entry.object {
        Object::Enum(_) if entry.doubt.is_some() => None,
        Object::Enum(found) => Some(found.values.clone()),
        _ => Some(Vec::new()),
    }
}

/// `showAllTables()`: the names in the default schema, with the tool's own table.
fn tables(schema: &Schema) -> Option<Value> {
    if !is_certain(schema) {
        return None;
    }
    let mut names: Vec<Value> = schema
        .iter()
        .filter_map(|(id, entry)| match (id, &entry.object) {
            (Id::Relation(key), Object::Table(_)) if key.schema == "public" => Some(text(&key.name)),
            _ => None,
        })
        .collect();
    if !names.iter().any(|name| name.text() == Some("SequelizeMeta")) {
        names.push(text("SequelizeMeta"));
    }
    Some(Value::List(names))
}

/// `showIndex(table)`.
fn indexes(call: &Call, schema: &Schema) -> Option<Value> {
    let table = Table::read(call.arg(0)).ok()?;
    let (id, _, found) = find(&table, schema)?;
    let mut all = Vec::new();
    let mut add = |name: &str, primary: bool, unique: bool, fields: Vec<Value>| {
        let source = |field: &str| hole(format!("showIndex({:?}).{name}.{field}", table.name));
        let index = object([
            ("name", text(name)),
            ("primary", Value::Bool(primary)),
            ("unique", Value::Bool(unique)),
            ("indkey", source("indkey")),
            ("definition", source("definition")),
            ("fields", Value::List(fields)),
        ]);
        all.push((name.to_owned(), index));
    };
    let field = |name: &str, collation: Option<&str>, order: Option<SortOrder>| {
        object([
            ("attribute", text(name)),
            ("collate", collation.map_or(Value::Undefined, text)),
            (
                "order",
                match order {
                    Some(SortOrder::Desc) => text("DESC"),
                    Some(SortOrder::Asc) | None => Value::Undefined,
                },
            ),
            ("length", Value::Undefined),
        ])
    };
    for constraint in &found.table.constraints {
        let (columns, primary) = match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => (&key.columns, true),
            ConstraintKind::Unique(key) => (&key.columns, false),
            ConstraintKind::Exclusion(_) => return None,
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } => continue,
        };
        let fields = columns.iter().map(|column| field(column, None, None)).collect();
        add(constraint.name.as_deref()?, primary, true, fields);
    }
    for (index_id, index) in schema.indexes(&id) {
        if schema.get(index_id)?.doubt.is_some() {
            return None;
        }
        // Expressions are left out of the fields.
        let fields = index.index.keys.iter().filter_map(|key| match &key.part {
            KeyPart::Column(column) => {
                Some(field(column, key.collation.as_ref().map(|name| name.name.as_str()), key.order))
            }
            KeyPart::Expr(_) => None,
        });
        add(index.index.name.as_deref()?, false, index.index.unique, fields.collect());
    }
    all.sort_by(|(left, _), (right, _)| left.cmp(right));
    Some(Value::List(all.into_iter().map(|(_, index)| index).collect()))
}

/// `showConstraint(table)`: a NOT NULL counts as a check with a name made of numbers.
fn constraints(call: &Call, schema: &Schema) -> Option<Value> {
    let table = Table::read(call.arg(0)).ok()?;
    let (_, _, found) = find(&table, schema)?;
    let source = |field: &str| hole(format!("showConstraint({:?}).{field}", table.name));
    let row = |name: String, kind: &str| {
        object([
            ("constraintCatalog", source("constraintCatalog")),
            ("constraintSchema", text(table.schema())),
            ("constraintName", text(name)),
            ("tableCatalog", source("tableCatalog")),
            ("tableSchema", text(table.schema())),
            ("tableName", text(&table.name)),
            ("constraintType", text(kind)),
            ("isDeferrable", source("isDeferrable")),
            ("initiallyDeferred", source("initiallyDeferred")),
        ])
    };
    let mut rows = Vec::new();
    let mut key: &[String] = &[];
    for constraint in &found.table.constraints {
        let kind = match &constraint.kind {
            ConstraintKind::PrimaryKey(columns) => {
                key = &columns.columns;
                "PRIMARY KEY"
            }
            ConstraintKind::Unique(_) => "UNIQUE",
            ConstraintKind::ForeignKey(_) => "FOREIGN KEY",
            ConstraintKind::Check { .. } => "CHECK",
            // `information_schema` knows none.
            ConstraintKind::Exclusion(_) => continue,
        };
        rows.push(row(constraint.name.clone()?, kind));
    }
    for (index, column) in found.table.columns.iter().enumerate() {
        if column.not_null || key.contains(&column.name) {
            rows.push(row(format!("0_0_{}_not_null", index + 1), "CHECK"));
        }
    }
    Some(Value::List(rows))
}

/// `getForeignKeyReferencesForTable(table)`, by name; for keys of one column.
fn foreign_keys(call: &Call, schema: &Schema) -> Option<Value> {
    let table = Table::read(call.arg(0)).ok()?;
    let (_, _, found) = find(&table, schema)?;
    let source = |field: &str| hole(format!("getForeignKeyReferencesForTable({:?}).{field}", table.name));
    let mut rows = Vec::new();
    for constraint in &found.table.constraints {
        let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
        let [column] = key.columns.as_slice() else { return None };
        let name = constraint.name.clone()?;
        let target = schema.home(&key.references);
        let referenced = match key.referenced.as_slice() {
            [one] => text(one),
            _ => source("referencedColumnName"),
        };
        let row = object([
            ("constraintName", text(&name)),
            ("constraintSchema", text(table.schema())),
            ("constraintCatalog", source("constraintCatalog")),
            ("tableName", text(&table.name)),
            ("tableSchema", text(table.schema())),
            ("tableCatalog", source("tableCatalog")),
            ("columnName", text(column)),
            ("referencedTableSchema", text(&target.schema)),
            ("referencedTableCatalog", source("referencedTableCatalog")),
            ("referencedTableName", text(&target.name)),
            ("referencedColumnName", referenced),
            ("deferrable", source("deferrable")),
        ]);
        rows.push((name, row));
    }
    rows.sort_by(|(left, _), (right, _)| left.cmp(right));
    Some(Value::List(rows.into_iter().map(|(_, row)| row).collect()))
}
