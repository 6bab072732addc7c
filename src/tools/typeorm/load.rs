//! A table as `PostgresQueryRunner.loadTables` would read it from the server (typeorm 0.3.31), out of the state that the
//! history has built.

use super::defaults;
use super::model::{Part, Table, list};
use super::names::Named;
use super::spell::Speller;
use crate::ir::{Column, Constraint, ConstraintKind, DataType, Deferrable, KeyPart, Name, ReferentialAction, TypeName};
use crate::js::Value;
use crate::schema::{Entry, Id, IndexState, Key, Object, Part as Place, Schema, TableState};
use std::collections::BTreeMap;

/// What is known of a name.
pub(super) enum Found {
    /// The table, known for certain.
    Table(Box<Table>),
    /// There is certainly no table of that name.
    Absent,
    /// It cannot be told.
    Unknown,
}

/// The table that a path means.
pub(super) fn table(speller: Speller<'_>, schema: &Schema, path: &str) -> Found {
    let (home, name) = speller.parse_path(path);
    let id = Id::Relation(Key::new(&home, &name));
    let Some(entry) = schema.get(&id) else {
        let unknown =
            schema.doubt.is_some() || elsewhere(schema, &home) || schema.may_have(&crate::ir::Name::bare(&name));
        return if unknown { Found::Unknown } else { Found::Absent };
    };
    let uncertain = schema.doubt.is_some() || entry.doubt.is_some() || entry.outside.is_some();
    match &entry.object {
        _ if uncertain => Found::Unknown,
        Object::Table(state) if state.columns_known => {
            Found::Table(Box::new(Loader { speller, schema, id: &id, home: &home }.table(entry, state, &name)))
        }
        Object::Table(_) | Object::View(_) => Found::Unknown,
        _ => Found::Absent,
    }
}

/// Whether others may have made things in a schema: the history does not make it.
pub(super) fn elsewhere(schema: &Schema, home: &str) -> bool {
    !schema.has(&Id::Schema(home.to_owned()))
}

struct Loader<'a> {
    speller: Speller<'a>,
    schema: &'a Schema,
    id: &'a Id,
    home: &'a str,
}

impl Loader<'_> {
    fn table(&self, entry: &Entry, state: &TableState, name: &str) -> Table {
        let own = if self.home == self.speller.schema() { name.to_owned() } else { format!("{}.{name}", self.home) };
        let mut table = Table { schema: Some(self.home.to_owned()), known: true, ..Table::named(&own) };
        table.comment.clone_from(&entry.comment);
        let order: BTreeMap<&str, usize> =
            state.table.columns.iter().enumerate().map(|(at, column)| (column.name.as_str(), at)).collect();
        let in_order = |mut names: Vec<String>| {
            names.sort_by_key(|name| order.get(name.as_str()).copied());
            names
        };
        for constraint in &state.table.constraints {
            let part = |class: &str| Part::new(class).with_text("name", constraint.name.clone().unwrap_or_default());
            match &constraint.kind {
                ConstraintKind::Unique(key) => {
                    let columns = in_order(key.columns.clone());
                    table.uniques.push(part("TableUnique").with("columnNames", list(&columns)));
                }
                ConstraintKind::Check { expr, .. } => {
                    let columns = in_order(columns_of(entry, self.id, constraint));
                    let text = format!("({})", expr.0);
                    table
                        .checks
                        .push(part("TableCheck").with("columnNames", list(&columns)).with_text("expression", text));
                }
                ConstraintKind::Exclusion(exclusion) => {
                    let text = exclusion_text(exclusion);
                    table.exclusions.push(part("TableExclusion").with_text("expression", text));
                }
                ConstraintKind::ForeignKey(_) => table.foreign_keys.push(self.foreign_key(constraint)),
                ConstraintKind::PrimaryKey(_) => {}
            }
        }
        let mut indices: Vec<(u64, Part)> = self
            .schema
            .indexes(self.id)
            .filter_map(|(id, index)| {
                let age = self.schema.get(id).and_then(|entry| entry.ages.get("").copied()).unwrap_or_default();
                Some((age, index_part(index, in_order(index_columns(index)))?))
            })
            .collect();
        indices.sort_by_key(|(age, _)| *age);
        table.indices = indices.into_iter().map(|(_, part)| part).collect();
        table.columns = state.table.columns.iter().map(|column| self.column(&table, entry, state, column)).collect();
        table
    }

    fn foreign_key(&self, constraint: &Constraint) -> Part {
        let ConstraintKind::ForeignKey(key) = &constraint.kind else { return Part::default() };
        let target = self.schema.relation(&key.references);
        let (home, name) = match &target {
            Some(Id::Relation(key)) => (key.schema.clone(), key.name.clone()),
            _ => {
                let home = self.schema.home(&key.references);
                (home.schema, home.name)
            }
        };
        let referenced = if key.referenced.is_empty() {
            target.as_ref().and_then(|id| self.schema.table(id)).map(primary_columns).unwrap_or_default()
        } else {
            key.referenced.clone()
        };
        let path = if home == self.speller.schema() { name } else { format!("{home}.{name}") };
        let deferrable = match constraint.deferrable {
            Deferrable::No => Value::Undefined,
            Deferrable::Immediate => Value::Text("INITIALLY IMMEDIATE".into()),
            Deferrable::Deferred => Value::Text("INITIALLY DEFERRED".into()),
        };
        Part::new("TableForeignKey")
            .with_text("name", constraint.name.clone().unwrap_or_default())
            .with("columnNames", list(&key.columns))
            .with_text("referencedSchema", home)
            .with_text("referencedTableName", path)
            .with("referencedColumnNames", list(&referenced))
            .with_text("onDelete", action(&key.on_delete))
            .with_text("onUpdate", action(&key.on_update))
            .with("deferrable", deferrable)
    }

    fn column(&self, table: &Table, entry: &Entry, state: &TableState, column: &Column) -> Part {
        let data_type = self.base(&column.data_type);
        let mut part = Part::new("TableColumn").with_text("name", &column.name);
        self.put_type(&mut part, table, column, &data_type);
        let primary = state.table.constraints.iter().find_map(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey(key) if key.columns.contains(&column.name) => Some((constraint, key)),
            _ => None,
        });
        part.set("isNullable", Value::Bool(!column.not_null && primary.is_none()));
        part.set("isPrimary", Value::Bool(primary.is_some()));
        if let Some((constraint, key)) = primary {
            let derived = self.speller.name(Named::PrimaryKey, table, &key.columns, "");
            if constraint.name.as_ref() != Some(&derived) {
                part.set("primaryKeyConstraintName", constraint.name.clone().map_or(Value::Undefined, Value::Text));
            }
        }
        let uniques: Vec<&Part> =
            table.uniques.iter().filter(|unique| unique.columns().contains(&column.name)).collect();
        let composite = uniques.iter().all(|unique| unique.columns().len() > 1);
        part.set("isUnique", Value::Bool(!uniques.is_empty() && !composite));
        part.set("isGenerated", Value::Bool(false));
        self.put_default(&mut part, table, column, &data_type);
        if let Some(expr) = &column.generated {
            part.set("generatedType", Value::Text("STORED".into()));
            part.set("asExpression", Value::Text(expr.0.clone()));
        }
        if let Some(comment) = entry.comments.get(&Place::Column(column.name.clone())) {
            part.set("comment", Value::Text(comment.clone()));
        }
        if let Some(collation) = &column.collation
            && collation.name != "default"
        {
            part.set("collation", Value::Text(collation.name.clone()));
        }
        part
    }

    /// A domain's columns are shown with the type beneath it.
    fn base(&self, data_type: &DataType) -> DataType {
        let mut found = data_type.clone();
        for _ in 0..16 {
            let below = found.user().and_then(|name| match &self.entry_of_type(name)?.object {
                Object::Domain(domain) => Some(domain.data_type.clone()),
                _ => None,
            });
            match below {
                Some(below) => found = below,
                None => break,
            }
        }
        found
    }

    fn entry_of_type(&self, name: &Name) -> Option<&Entry> {
        self.schema.get(&self.schema.type_named(name)?).map(|entry| &**entry)
    }

    fn put_type(&self, part: &mut Part, table: &Table, column: &Column, data_type: &DataType) {
        let array = data_type.dimensions > 0;
        part.set("isArray", Value::Bool(array));
        part.set("length", Value::Text(String::new()));
        let number = |at: usize| data_type.args.get(at).and_then(|arg| arg.parse::<f64>().ok()).map(Value::Number);
        match &data_type.name {
            TypeName::Builtin(name) => {
                part.set("type", Value::Text(name.clone()));
                let first = data_type.args.first();
                match name.as_str() {
                    "character varying" | "character" | "bit" | "bit varying" => {
                        let usual = matches!(name.as_str(), "character" | "bit") && first.is_none_or(|one| one == "1");
                        if let Some(length) = first.filter(|_| !usual) {
                            part.set("length", Value::Text(length.clone()));
                        }
                    }
                    "numeric" if first.is_some() => {
                        part.set("precision", number(0).unwrap_or(Value::Undefined));
                        part.set("scale", number(1).unwrap_or(Value::Number(0.0)));
                    }
                    "interval"
                    | "time without time zone"
                    | "time with time zone"
                    | "timestamp without time zone"
                    | "timestamp with time zone"
                        if !array =>
                    {
                        let precision = data_type.args.last().and_then(|arg| arg.parse::<f64>().ok());
                        if let Some(precision) = precision.filter(|precision| *precision != 6.0) {
                            part.set("precision", Value::Number(precision));
                        }
                    }
                    _ => {}
                }
            }
            TypeName::User(name) => {
                let id = self.schema.type_named(name);
                let home = id.as_ref().and_then(Id::schema).map(str::to_owned).or_else(|| name.schema.clone());
                let values = match self.entry_of_type(name).map(|entry| &entry.object) {
                    Some(Object::Enum(found)) if home.as_deref() == Some(self.home) => Some(found.values.clone()),
                    _ => None,
                };
                if let Some(values) = values {
                    part.set("type", Value::Text("enum".into()));
                    part.set("enum", list(&values));
                    let bare = name.name.strip_prefix('_').unwrap_or(&name.name).to_owned();
                    let mut probe = Part::new("TableColumn");
                    probe.set("name", Value::Text(column.name.clone()));
                    if self.speller.enum_path(table, &probe, false, "") != bare {
                        part.set("enumName", Value::Text(bare));
                    }
                } else {
                    let outside = home.filter(|home| !self.schema.search_path().contains(home));
                    let full = outside.map_or_else(|| name.name.clone(), |home| format!("{home}.{}", name.name));
                    part.set("type", Value::Text(full.to_lowercase()));
                    match (name.name.as_str(), data_type.args.as_slice()) {
                        ("vector" | "halfvec", [length]) => part.set("length", Value::Text(length.clone())),
                        ("geometry" | "geography", [feature, rest @ ..]) => {
                            part.set("spatialFeatureType", Value::Text(feature.to_uppercase()));
                            let srid = rest.first().and_then(|srid| srid.parse::<f64>().ok()).unwrap_or_default();
                            part.set("srid", Value::Number(srid));
                        }
                        _ => {}
                    }
                }
            }
        }
    }

    fn put_default(&self, part: &mut Part, table: &Table, column: &Column, data_type: &DataType) {
        let strategy = |part: &mut Part, name: &str| {
            part.set("isGenerated", Value::Bool(true));
            part.set("generationStrategy", Value::Text(name.into()));
        };
        if let Some(identity) = &column.identity {
            strategy(part, "identity");
            let how = if identity.always { "ALWAYS" } else { "BY DEFAULT" };
            part.set("generatedIdentity", Value::Text(how.into()));
            return;
        }
        let Some(default) = &column.default else { return };
        if let Some(sequence) = defaults::sequence(&default.0) {
            let name = self.speller.sequence_name(table, &column.name);
            if sequence == name || sequence == format!("{}.{name}", self.home) {
                return strategy(part, "increment");
            }
        }
        match defaults::shown(&default.0) {
            Some(text) if defaults::is_uuid(&text) && *data_type == DataType::builtin("uuid") => {
                strategy(part, "uuid");
            }
            Some(text) => part.set("default", Value::Text(text)),
            None => {}
        }
    }
}

fn primary_columns(state: &TableState) -> Vec<String> {
    let primary = state.table.constraints.iter().find_map(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey(key) => Some(key.columns.clone()),
        _ => None,
    });
    primary.unwrap_or_default()
}

/// The columns of its own table that a check reads.
fn columns_of(entry: &Entry, id: &Id, constraint: &Constraint) -> Vec<String> {
    let place = Place::Constraint(constraint.name.clone().unwrap_or_default());
    let mut columns: Vec<String> = entry
        .uses
        .iter()
        .filter(|used| used.part == place && used.id == *id)
        .filter_map(|used| used.column.clone())
        .collect();
    columns.dedup();
    columns
}

/// The columns of an index, included ones too; expressions have none.
fn index_columns(index: &IndexState) -> Vec<String> {
    let keys = index.index.keys.iter().filter_map(|key| match &key.part {
        KeyPart::Column(name) => Some(name.clone()),
        KeyPart::Expr(_) => None,
    });
    keys.chain(index.index.include.iter().cloned()).collect()
}

/// An index on expressions alone is not seen at all.
fn index_part(index: &IndexState, columns: Vec<String>) -> Option<Part> {
    if columns.is_empty() {
        return None;
    }
    let method = index.index.method.as_deref().unwrap_or("btree");
    let filter = index.index.predicate.as_ref().map_or(String::new(), |expr| format!("({})", expr.0));
    Some(
        Part::new("TableIndex")
            .with_text("name", index.index.name.clone().unwrap_or_default())
            .with("columnNames", list(&columns))
            .with("isUnique", Value::Bool(index.index.unique))
            .with("isSpatial", Value::Bool(method == "gist"))
            .with("isConcurrent", Value::Bool(false))
            .with("isFulltext", Value::Bool(false))
            .with_text("where", filter)
            .with_text("type", method),
    )
}

fn exclusion_text(exclusion: &crate::ir::Exclusion) -> String {
    let elements: Vec<String> = exclusion
        .elements
        .iter()
        .map(|(key, operator)| {
            let part = match &key.part {
                KeyPart::Column(name) => name.clone(),
                KeyPart::Expr(expr) => format!("({})", expr.0),
            };
            format!("{part} WITH {operator}")
        })
        .collect();
    let filter = exclusion.predicate.as_ref().map_or(String::new(), |expr| format!(" WHERE ({})", expr.0));
    format!("USING {} ({}){filter}", exclusion.method.as_deref().unwrap_or("btree"), elements.join(", "))
}

fn action(action: &ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::NoAction => "NO ACTION",
        ReferentialAction::Restrict => "RESTRICT",
        ReferentialAction::Cascade => "CASCADE",
        ReferentialAction::SetNull(_) => "SET NULL",
        ReferentialAction::SetDefault(_) => "SET DEFAULT",
    }
}
