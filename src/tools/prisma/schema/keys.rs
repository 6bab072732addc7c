//! The keys and indexes of a table as Prisma knows them: primary key, unique ones, others. To it a unique constraint is a
//! unique index, and columns that an index only includes are columns of it; on expressions it knows no indexes.
//! (schema-engine-wasm 8.1.0-2, where indexes with a condition need the preview feature `partialIndexes`.)

use super::classes;
use super::expression;
use super::names;
use super::print::text;
use super::state::{Shape, State};
use super::stored::{Ground, stored};
use crate::ir::{ConstraintKind, Deferrable, Index, IndexKey, KeyColumns, KeyPart, NullsOrder, SortOrder};
use crate::schema::Id;

/// A key or index.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub kind: KeyKind,
    /// Its name in the database.
    pub name: String,
    /// `GIN` and the like as Prisma calls it; `None` is a B-tree.
    pub method: Option<&'static str>,
    pub columns: Vec<KeyColumn>,
    /// The condition under which rows are in it.
    pub condition: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyKind {
    Primary,
    Unique,
    Plain,
}

/// A column of a key or index.
#[derive(Clone, Debug)]
pub(super) struct KeyColumn {
    /// Its name in the database.
    pub name: String,
    pub descending: bool,
    /// The operator class as Prisma calls it, where it is not the usual one.
    pub class: Option<String>,
}

/// What a table has, the primary key first, then by name; and what of it cannot be said.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    pub keys: Vec<Key>,
    /// A line each.
    pub unsaid: Vec<String>,
}

impl Keys {
    /// The keys and indexes of a table.
    pub fn of(state: &State<'_>, shape: &Shape<'_>) -> Self {
        let mut found = Keys::default();
        for constraint in &shape.table.table.constraints {
            let (kind, key) = match &constraint.kind {
                ConstraintKind::PrimaryKey(key) => (KeyKind::Primary, key),
                ConstraintKind::Unique(key) => (KeyKind::Unique, key),
                ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } | ConstraintKind::Exclusion(_) => continue,
            };
            let name = constraint.name.clone().unwrap_or_default();
            if constraint.deferrable != Deferrable::No {
                found.unsaid.push(format!("the check of {name} can be put off to the end of the transaction"));
            }
            found.included(&name, &key.include);
            found.distinct(&name, key.nulls_not_distinct);
            found.keys.push(Key { kind, name, method: None, columns: key_columns(key), condition: None });
        }
        for (id, index) in state.schema.indexes(shape.id) {
            if let Id::Relation(key) = id {
                found.index(state, shape, &key.name, &index.index);
            }
        }
        found.keys.sort_by(|one, other| (one.kind, &one.name).cmp(&(other.kind, &other.name)));
        found
    }

    /// Whether the rows can be told apart by columns that are all there and that Prisma can read.
    pub fn identify(&self, usable: impl Fn(&str) -> bool) -> bool {
        self.unique().any(|key| key.columns.iter().all(|column| usable(&column.name)))
    }

    /// Whether just these columns are unique.
    pub fn are_unique(&self, columns: &[String]) -> bool {
        self.unique().any(|key| {
            key.columns.len() == columns.len() && key.columns.iter().all(|column| columns.contains(&column.name))
        })
    }

    fn unique(&self) -> impl Iterator<Item = &Key> {
        self.keys.iter().filter(|key| key.kind != KeyKind::Plain && key.condition.is_none())
    }

    fn index(&mut self, state: &State<'_>, shape: &Shape<'_>, name: &str, index: &Index) {
        if index.keys.iter().any(|key| matches!(key.part, KeyPart::Expr(_))) {
            let sql = crate::sql::postgres::print(&crate::ir::Op::CreateIndex {
                index: index.clone(),
                concurrently: false,
                if_not_exists: false,
            });
            self.unsaid.push(format!("index {name} is on an expression: {sql}"));
            return;
        }
        self.included(name, &index.include);
        self.distinct(name, index.nulls_not_distinct);
        let method = method(index.method.as_deref());
        let is_tree = index.method.as_deref().is_none_or(|method| method == "btree");
        let mut columns: Vec<KeyColumn> = index.keys.iter().filter_map(|key| key_column(shape, key, index)).collect();
        if columns.iter().any(|column| classes::is_mistaken(index.method.as_deref(), column.class.as_deref())) {
            self.unsaid.push(format!("what operator class {name} has, so that Prisma makes it anew"));
        }
        columns.extend(index.include.iter().map(|name| plain(name)));
        for key in &index.keys {
            let descending = key.order == Some(SortOrder::Desc);
            let usual = if descending { NullsOrder::First } else { NullsOrder::Last };
            if key.nulls.is_some_and(|nulls| nulls != usual) {
                self.unsaid.push(format!("index {name} does not put nulls where it usually does"));
            }
            if let (true, Some(class)) = (is_tree, &key.operator_class) {
                self.unsaid.push(format!("index {name} has the operator class {class}"));
            }
            if let Some(collation) = &key.collation {
                self.unsaid.push(format!("index {name} has the collation {collation}"));
            }
        }
        let condition = index.predicate.as_ref().map(|predicate| {
            let ground = Ground { schema: state.schema, columns: &|name| shape.element(name) };
            let told = expression::read(&predicate.0).and_then(|term| stored(ground, &term, None));
            told.unwrap_or_else(|| predicate.0.split_whitespace().collect::<Vec<_>>().join(" "))
        });
        let kind = if index.unique { KeyKind::Unique } else { KeyKind::Plain };
        self.keys.push(Key { kind, name: name.to_owned(), method, columns, condition });
    }

    fn included(&mut self, name: &str, include: &[String]) {
        if !include.is_empty() {
            self.unsaid.push(format!("{name} does no more than include {}", include.join(", ")));
        }
    }

    fn distinct(&mut self, name: &str, nulls_not_distinct: bool) {
        if nulls_not_distinct {
            self.unsaid.push(format!("to {name} one NULL is as any other"));
        }
    }
}

impl Key {
    /// The names of its columns.
    pub fn column_names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }

    /// The arguments that an attribute of it has behind the columns: `, map: "…"`. `sort` is for one on a field.
    pub fn arguments(&self, table: &str) -> Vec<String> {
        let columns = self.column_names();
        let usual = match self.kind {
            KeyKind::Primary => names::primary_key(table),
            KeyKind::Unique => names::unique(table, &columns),
            KeyKind::Plain => names::index(table, &columns),
        };
        let mut arguments = Vec::new();
        if usual != self.name {
            arguments.push(format!("map: {}", text(&self.name)));
        }
        if let Some(method) = self.method {
            arguments.push(format!("type: {method}"));
        }
        if let Some(condition) = &self.condition {
            arguments.push(format!("where: raw({})", text(condition)));
        }
        arguments
    }
}

impl KeyColumn {
    /// As it stands in the list of an attribute of the block: `name(sort: Desc)`.
    pub fn listed(&self, field: &str) -> String {
        let class = self.class.as_ref().map(|class| format!("ops: {class}"));
        let arguments: Vec<String> =
            class.into_iter().chain(self.descending.then(|| "sort: Desc".to_owned())).collect();
        match arguments.is_empty() {
            true => field.to_owned(),
            false => format!("{field}({})", arguments.join(", ")),
        }
    }
}

fn plain(name: &str) -> KeyColumn {
    KeyColumn { name: name.to_owned(), descending: false, class: None }
}

fn key_columns(key: &KeyColumns) -> Vec<KeyColumn> {
    key.columns.iter().chain(&key.include).map(|name| plain(name)).collect()
}

fn key_column(shape: &Shape<'_>, key: &IndexKey, index: &Index) -> Option<KeyColumn> {
    let KeyPart::Column(name) = &key.part else { return None };
    let kind = shape.columns().find(|(column, _)| column.name == *name).map(|(_, kind)| kind)?;
    let class = classes::said(index.method.as_deref(), key.operator_class.as_deref(), kind);
    Some(KeyColumn { name: name.clone(), descending: key.order == Some(SortOrder::Desc), class })
}

fn method(name: Option<&str>) -> Option<&'static str> {
    match name? {
        "hash" => Some("Hash"),
        "gist" => Some("Gist"),
        "gin" => Some("Gin"),
        "spgist" => Some("SpGist"),
        "brin" => Some("Brin"),
        // Prisma takes a method that it does not know for a B-tree.
        _ => None,
    }
}
