//! Tables.

use super::{Column, Constraint, DataType, Index, Name, Write};
use serde::{Deserialize, Serialize};

/// A table's definition as `CREATE TABLE` can say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: Name,
    /// Its columns in order. A partition's or typed table's own are empty unless it overrides some; these, and those that
    /// `CREATE TABLE … AS` gives names, are of the type `unknown`.
    pub columns: Vec<Column>,
    /// Its constraints in the order written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constraints: Vec<Constraint>,
    /// Its indexes where they are a part of it, unique ones among them (MySQL, MariaDB), in the order written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<Index>,
    /// Permanent, unlogged or temporary.
    #[serde(default)]
    pub persistence: Persistence,
    /// `PARTITION BY …`: the text behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_by: Option<String>,
    /// `PARTITION OF …`, or what `ATTACH PARTITION` made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition_of: Option<PartitionOf>,
    /// `INHERITS (…)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inherits: Vec<Name>,
    /// `LIKE …` clauses; replay expands them, so a replayed schema has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub like: Vec<LikeClause>,
    /// `AS query`, for `CREATE TABLE … AS`: the query's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_query: Option<String>,
    /// What the parts of that query's `WITH` write, if it is run at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub query_writes: Vec<Write>,
    /// `AS query WITH NO DATA`.
    #[serde(default)]
    pub with_no_data: bool,
    /// `OF type`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_type: Option<DataType>,
    /// `WITH (…)`: storage parameters by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<(String, String)>,
    /// What stands behind the columns: names in upper case with their values, which are empty for SQLite's `STRICT` and
    /// `WITHOUT ROWID`; MySQL's as written, quotes included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<(String, String)>,
    /// `USING method`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// `TABLESPACE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<String>,
    /// `ON COMMIT …` of a temporary table, the text behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_commit: Option<String>,
}

impl Table {
    /// A permanent table with no columns yet.
    pub fn new(name: Name) -> Self {
        Table {
            name,
            columns: Vec::new(),
            constraints: Vec::new(),
            indexes: Vec::new(),
            persistence: Persistence::Permanent,
            partition_by: None,
            partition_of: None,
            inherits: Vec::new(),
            like: Vec::new(),
            as_query: None,
            query_writes: Vec::new(),
            with_no_data: false,
            of_type: None,
            with: Vec::new(),
            options: Vec::new(),
            method: None,
            tablespace: None,
            on_commit: None,
        }
    }
}

/// Finds columns by name, at once when they are asked for in the order in which they stand.
#[derive(Clone, Debug)]
pub struct Finder<'a> {
    columns: &'a [Column],
    next: usize,
}

impl<'a> Finder<'a> {
    /// Looks among those columns.
    pub fn new(columns: &'a [Column]) -> Self {
        Finder { columns, next: 0 }
    }

    /// The column of that name.
    pub fn find(&mut self, name: &str) -> Option<&'a Column> {
        let is_it = |column: &Column| column.name == name;
        let at = match self.columns.get(self.next) {
            Some(column) if is_it(column) => self.next,
            _ => self.columns.iter().position(is_it)?,
        };
        self.next = at + 1;
        self.columns.get(at)
    }
}

/// How long a table's rows live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Persistence {
    /// A plain table.
    #[default]
    Permanent,
    /// `UNLOGGED`.
    Unlogged,
    /// `TEMPORARY`.
    Temporary,
}

/// A partition's place in its parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartitionOf {
    /// The partitioned table.
    pub parent: Name,
    /// The bound: `FOR VALUES …` or `DEFAULT`, as written.
    pub bound: String,
}

/// `LIKE source INCLUDING …`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LikeClause {
    /// The table to copy from.
    pub source: Name,
    /// Upper-case option words in order: `("INCLUDING", "ALL")`, `("EXCLUDING", "INDEXES")`.
    pub options: Vec<(String, String)>,
    /// How many of the table's own columns stood before the clause; the copied ones come there.
    pub position: usize,
}
