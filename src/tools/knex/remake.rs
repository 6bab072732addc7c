//! Tables that Knex makes anew on SQLite, for what `ALTER TABLE` has no word (knex 3.3.0 `lib/dialects/sqlite3/schema/ddl.js`
//! and `schema/internal`): it reads the statement that made the table, changes what it read, makes a table of that under
//! another name, copies the rows, drops the old one, gives the new one its name and makes its indexes again. Here the table
//! comes from replay. What Knex loses on the way is lost here too: triggers, and of several checks or references in the
//! definition of one column all but the last. Where it would stop, the call is not understood.

use super::value::unclear;
use crate::ir::{Column, Constraint, ConstraintKind, Index, KeyPart, Name, Op, Persistence, Step, Table};
use crate::schema::{Id, Object, Replay, Schema};
use crate::source::FileId;
use crate::sql::sqlite;
use crate::tools::script::Unclear;

/// The name that the new table has meanwhile; in Knex's there are three random digits behind it.
const MEANWHILE: &str = "_knex_temp_alter";

/// A table that is made anew.
#[derive(Clone, Debug)]
pub(super) struct Remake {
    /// Its name, as it is given.
    pub table: String,
    /// What changes.
    pub change: Change,
}

/// What changes of a table.
#[derive(Clone, Debug)]
pub(super) enum Change {
    /// Columns get another type, default and nullability: each name, with its type and what stands behind it as SQL.
    Alter(Vec<(String, String)>),
    /// Columns go.
    Drop(Vec<String>),
    /// A foreign key comes, as SQL.
    Foreign(String),
    /// Foreign keys of the table go: that of a name, or those on any of the columns.
    DropForeign { columns: Vec<String>, name: Option<String> },
    /// Another primary key takes the place of the table's, as SQL.
    Primary(String),
    /// The primary key of the table goes, if it has that name.
    DropPrimary(Option<String>),
    /// A column may be null, or may not.
    Nullable { column: String, nullable: bool },
}

/// The statements of a chain that are known, and those that the tables in between decide on.
pub(super) struct Course {
    replay: Replay,
}

impl Course {
    /// Begins in a state.
    pub fn new(state: &Schema) -> Self {
        Course { replay: Replay::from(state.clone()) }
    }

    /// Goes on with a statement.
    pub fn take(&mut self, sql: &str) {
        let steps = sqlite::lower(sql, FileId(0)).value.steps;
        self.replay.part(&steps, &mut |_| ());
    }

    /// The statements that make a table anew.
    pub fn remade(&self, remake: &Remake) -> Result<Vec<String>, Unclear> {
        let mut shape = Shape::of(&self.replay.schema, &remake.table)?;
        shape.lose();
        shape.change(&remake.change)?;
        shape.statements(&remake.table)
    }
}

/// A table with its indexes.
struct Shape {
    table: Table,
    indexes: Vec<Index>,
}

fn is(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn among(names: &[String], name: &str) -> bool {
    names.iter().any(|one| is(one, name))
}

impl Shape {
    /// The table of that name. `Err` when it is not known, or Knex does not get through.
    fn of(schema: &Schema, name: &str) -> Result<Self, Unclear> {
        let found = schema.iter().map(|(id, _)| id).find(|id| matches!(id, Id::Relation(key) if is(&key.name, name)));
        let Some(id) = found else { return unclear(format!("table {name} is not there, or not known")) };
        let known = schema.get(id).filter(|entry| !entry.is_unsure() && schema.doubt.is_none());
        let state = known.and_then(|entry| entry.object.as_table()).filter(|state| state.columns_known);
        let Some(state) = state else { return unclear(format!("what table {name} is like is not known")) };
        let indexes: Vec<Index> = schema.indexes(id).map(|(_, state)| state.index.clone()).collect();
        for user in schema.users(id) {
            let other = match schema.get(user).map(|entry| &entry.object) {
                Some(Object::View(_)) => true,
                Some(Object::Trigger(state)) => !is(&state.trigger.table.name, name),
                _ => false,
            };
            if other {
                return unclear(format!("{user} uses table {name}, and SQLite does not rename a table in its place"));
            }
        }
        let shape = Shape { table: state.table.clone(), indexes };
        shape.is_readable()?;
        Ok(shape)
    }

    /// `Err` when Knex does not read the statement that made the table, or what it makes of it cannot be run.
    fn is_readable(&self) -> Result<(), Unclear> {
        let table = &self.table;
        let name = &table.name.name;
        if table.options.iter().any(|(option, _)| !is(option, "WITHOUT ROWID")) {
            return unclear(format!("Knex does not read the options of table {name}"));
        }
        if table.persistence != Persistence::Permanent || table.as_query.is_some() {
            return unclear(format!("Knex does not find the statement that made table {name}"));
        }
        if table.columns.iter().any(|column| column.generated.is_some()) {
            return unclear(format!("Knex does not copy the rows of table {name}, which has computed columns"));
        }
        let constraints = table.constraints.iter().filter_map(|constraint| constraint.name.as_deref());
        let columns = table.columns.iter().map(|column| column.name.as_str());
        let indexes = self.indexes.iter().filter_map(|index| index.name.as_deref());
        let mut names = std::iter::once(name.as_str()).chain(columns).chain(constraints).chain(indexes);
        if names.any(|name| name.contains(['"', '`', '[', ']', '\''])) {
            return unclear(format!("Knex does not read the quotes in the names of table {name}"));
        }
        let defaults = table.columns.iter().filter_map(|column| column.default.as_ref());
        let checks = table.constraints.iter().filter_map(|constraint| match &constraint.kind {
            ConstraintKind::Check { expr, .. } => Some(expr),
            _ => None,
        });
        match defaults.chain(checks).all(|expr| is_plain(&expr.0)) {
            true => Ok(()),
            false => unclear(format!("Knex does not read an expression in table {name}")),
        }
    }

    /// What Knex does not read twice: of each column the last check, reference and key counts.
    fn lose(&mut self) {
        let all = std::mem::take(&mut self.table.constraints);
        let shadows = |earlier: &Constraint, later: &Constraint| {
            let columns = |of: &Constraint| -> Vec<String> {
                self.table.columns.iter().map(|c| c.name.clone()).filter(|name| of.is_on(name)).collect()
            };
            earlier.inline
                && later.inline
                && std::mem::discriminant(&earlier.kind) == std::mem::discriminant(&later.kind)
                && columns(earlier) == columns(later)
        };
        let stays = |(at, one): &(usize, &Constraint)| !all[at + 1..].iter().any(|later| shadows(one, later));
        self.table.constraints = all.iter().enumerate().filter(stays).map(|(_, one)| one.clone()).collect();
    }

    fn change(&mut self, change: &Change) -> Result<(), Unclear> {
        match change {
            Change::Alter(columns) => columns.iter().try_for_each(|(name, of)| self.alter(name, of)),
            Change::Drop(columns) => self.drop_columns(columns),
            Change::Foreign(sql) => {
                self.table.constraints.push(constraint(sql)?);
                Ok(())
            }
            Change::DropForeign { columns, name } => {
                self.table.constraints.retain(|one| match &one.kind {
                    ConstraintKind::ForeignKey(key) if !one.inline => match name {
                        Some(name) => one.name.as_deref().is_none_or(|own| !is(own, name)),
                        None => !key.columns.iter().any(|column| among(columns, column)),
                    },
                    _ => true,
                });
                Ok(())
            }
            Change::Primary(sql) => {
                self.drop_primary(None);
                if self.table.constraints.iter().any(|one| matches!(one.kind, ConstraintKind::PrimaryKey(_))) {
                    return unclear("a second primary key, which SQLite refuses");
                }
                self.table.constraints.push(constraint(sql)?);
                Ok(())
            }
            Change::DropPrimary(name) => {
                self.drop_primary(name.as_deref());
                Ok(())
            }
            Change::Nullable { column, nullable } => match self.column(column) {
                Some(found) => {
                    found.not_null = !nullable;
                    Ok(())
                }
                None => unclear(format!("column {column} is not there")),
            },
        }
    }

    fn column(&mut self, name: &str) -> Option<&mut Column> {
        self.table.columns.iter_mut().find(|column| is(&column.name, name))
    }

    /// The key in the definition of a column stays, as in Knex.
    fn drop_primary(&mut self, name: Option<&str>) {
        self.table.constraints.retain(|one| {
            let is_key = matches!(one.kind, ConstraintKind::PrimaryKey(_)) && !one.inline;
            !is_key || name.is_some_and(|name| one.name.as_deref().is_none_or(|own| !is(own, name)))
        });
    }

    /// A column that is not there is passed over.
    fn alter(&mut self, name: &str, of: &str) -> Result<(), Unclear> {
        let Some(at) = self.table.columns.iter().position(|column| is(&column.name, name)) else { return Ok(()) };
        let column = &mut self.table.columns[at];
        let quoted = sqlite::quote_identifier(&column.name);
        let steps = sqlite::lower(&format!("ALTER TABLE a ADD COLUMN {quoted} {of}"), FileId(0)).value.steps;
        let mut ops = steps.into_iter().map(|step| step.op);
        let Some(Op::AddColumn { column: said, .. }) = ops.next() else {
            return unclear(format!("what column {name} becomes is not understood"));
        };
        column.data_type = said.data_type;
        column.default = said.default;
        column.not_null = said.not_null;
        // What the type brings along stands before what was there.
        for (number, op) in ops.enumerate() {
            match op {
                Op::AddConstraint { constraint, .. } if matches!(constraint.kind, ConstraintKind::Check { .. }) => {
                    self.table.constraints.insert(number, constraint);
                }
                _ => return unclear(format!("what column {name} becomes is not understood")),
            }
        }
        Ok(())
    }

    fn drop_columns(&mut self, columns: &[String]) -> Result<(), Unclear> {
        self.table.columns.retain(|column| !among(columns, &column.name));
        if self.table.columns.is_empty() {
            return unclear("the last column of a table is dropped, at which Knex stops");
        }
        let gone = |constraint: &Constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => {
                key.columns.iter().any(|column| among(columns, column))
            }
            ConstraintKind::ForeignKey(key) => key.columns.iter().any(|column| among(columns, column)),
            ConstraintKind::Check { column, .. } => {
                constraint.inline && column.as_ref().is_some_and(|column| among(columns, column))
            }
            ConstraintKind::Exclusion(_) => false,
        };
        self.table.constraints.retain(|constraint| !gone(constraint));
        let checks = self.table.constraints.iter().filter_map(|constraint| match &constraint.kind {
            ConstraintKind::Check { expr, .. } => Some(&expr.0),
            _ => None,
        });
        if checks.into_iter().any(|text| says(text, columns)) {
            return unclear("a column is dropped that a check is on, which SQLite refuses");
        }
        let mut kept = Vec::new();
        for mut index in std::mem::take(&mut self.indexes) {
            index.keys.retain(|key| !matches!(&key.part, KeyPart::Column(column) if among(columns, column)));
            let exprs = index.keys.iter().filter_map(|key| match &key.part {
                KeyPart::Expr(expr) => Some(&expr.0),
                KeyPart::Column(_) => None,
            });
            let texts: Vec<&String> = exprs.chain(index.predicate.as_ref().map(|expr| &expr.0)).collect();
            if index.keys.is_empty() {
                continue;
            }
            if texts.iter().any(|text| says(text, columns) || !is_plain(text)) {
                return unclear("a column is dropped that an index goes by, which SQLite refuses");
            }
            kept.push(index);
        }
        self.indexes = kept;
        Ok(())
    }

    fn statements(mut self, name: &str) -> Result<Vec<String>, Unclear> {
        let columns: Vec<String> =
            self.table.columns.iter().map(|column| sqlite::quote_identifier(&column.name)).collect();
        let columns = columns.join(", ");
        self.table.name = Name::bare(MEANWHILE);
        let (meanwhile, name) = (sqlite::quote_identifier(MEANWHILE), sqlite::quote_identifier(name));
        let mut out = vec![
            sqlite::print(&Op::CreateTable { table: self.table, if_not_exists: false }),
            format!("INSERT INTO {meanwhile} ({columns}) SELECT {columns} FROM {name}"),
            format!("DROP TABLE {name}"),
            format!("ALTER TABLE {meanwhile} RENAME TO {name}"),
        ];
        for index in self.indexes {
            out.push(sqlite::print(&Op::CreateIndex { index, if_not_exists: false, concurrently: false }));
        }
        Ok(out)
    }
}

/// A constraint of a table, as SQL.
fn constraint(sql: &str) -> Result<Constraint, Unclear> {
    let steps: Vec<Step> = sqlite::lower(&format!("CREATE TABLE a (b, {sql})"), FileId(0)).value.steps;
    match steps.into_iter().next().map(|step| step.op) {
        Some(Op::CreateTable { mut table, .. }) if table.constraints.len() == 1 => Ok(table.constraints.remove(0)),
        _ => unclear("a constraint that is not understood"),
    }
}

/// Whether a text names one of these columns.
fn says(text: &str, columns: &[String]) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    text.split(|c| !is_part(c)).any(|word| among(columns, word))
        || columns.iter().any(|name| text.contains(name.as_str()))
}

/// Whether Knex reads an expression and writes it again as it was: its tokens do not hold blobs, arrows or comments.
fn is_plain(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '\'';
    let blob = lower.match_indices("x'").any(|(at, _)| !lower[..at].ends_with(is_part));
    !blob && !["->", "--", "/*", "?", "@", "^"].iter().any(|token| lower.contains(token))
}
