//! TypeORM's methods that make a table anew on SQLite (typeorm 0.3.31 and 1.1.1 `driver/sqlite-abstract/
//! AbstractSqliteQueryRunner.js`: `loadTables`, `recreateTable` and the methods that call it). It reads the table back out of
//! pragmas and, by patterns, out of the statement that made it, and keeps what it read for the calls that follow. Lost are
//! triggers, collations, the directions of indexes, and when a foreign key is checked. What its patterns may take for
//! something else is not understood.

use super::lite::{definition, index, path};
use super::model::{Part, Table, list};
use super::names::Named;
use super::spell::Speller;
use super::{Calling, Unclear};
use crate::ir::{self, ConstraintKind, DataType, KeyPart, Persistence, ReferentialAction, TypeName};
use crate::js::Value;
use crate::schema::{Id, Object, Schema};
use std::collections::BTreeMap;

/// The tables that the query runner has read, as it keeps them.
#[derive(Default)]
pub(super) struct Kept(BTreeMap<String, Table>);

impl Calling<'_> {
    /// The statements of a method that makes a table anew.
    pub(super) fn remake(&self, method: &str) -> Result<Vec<String>, Unclear> {
        let Some(Value::Text(name)) = self.call.arg(0) else {
            return Err(Unclear::new(format!(
                "{method}() on an instance of Table, of which SQLite's runner keeps a copy"
            )));
        };
        let old = self.kept(name)?;
        let mut new = old.clone();
        let mut sent = Vec::new();
        let mut before = old.clone();
        match method {
            "addColumn" => new.columns.push(self.part(1)?),
            "dropColumn" => drop_column(&mut new, &self.named_in(1, &old.columns)?),
            "renameColumn" | "changeColumn" => {
                let from = self.named_in(1, &old.columns)?;
                let column = match (method, self.call.arg(2)) {
                    ("renameColumn", Some(Value::Text(to))) => from.clone().with_text("name", to.as_str()),
                    _ => self.part(2)?,
                };
                self.change_column_on_sqlite(&old, &mut new, &from, column)?;
            }
            "createUniqueConstraint" => add_unique(&mut new, self.part(1)?),
            "dropUniqueConstraint" => drop_unique(&mut new, self.named_in(1, &old.uniques)?.name()),
            "createCheckConstraint" => new.checks.push(self.part(1)?),
            "dropCheckConstraint" => {
                let gone = self.named_in(1, &old.checks)?;
                new.checks.retain(|check| check.name() != gone.name());
            }
            "createForeignKey" => new.foreign_keys.push(self.part(1)?),
            "dropForeignKey" => {
                let gone = self.named_in(1, &old.foreign_keys)?;
                new.foreign_keys.retain(|key| key.name() != gone.name());
            }
            "renameTable" => {
                let to = self.text(1, "the new name")?;
                sent.push(format!("ALTER TABLE {} RENAME TO {}", path(name)?, path(to)?));
                to.clone_into(&mut new.name);
                self.rename_default_names(&old, &mut new)?;
                to.clone_into(&mut before.name);
            }
            _ => return Err(Unclear::new(format!("what {method}() does on SQLite is not known"))),
        }
        sent.extend(self.recreate(&before, &mut new)?);
        self.state.memory.with(|kept: &mut Kept| {
            kept.0.remove(name);
            kept.0.insert(new.name.clone(), new);
        });
        Ok(sent)
    }

    /// An index that is made or dropped, of a table that is kept.
    pub(super) fn keep_index(&self, table: &str, change: impl FnOnce(&mut Table)) {
        self.state.memory.with(|kept: &mut Kept| kept.0.get_mut(table).map(change));
    }

    /// A table that is made or dropped is read anew.
    pub(super) fn forget_table(&self, name: &str) {
        self.state.memory.with(|kept: &mut Kept| kept.0.remove(name));
    }

    /// The table as the query runner has it.
    pub(super) fn kept(&self, name: &str) -> Result<Table, Unclear> {
        // What it keeps is no use where the table itself is not known any more.
        let there = load(self.speller, self.state.schema(), name)?;
        if let Some(table) = self.state.memory.with(|kept: &mut Kept| kept.0.get(name).cloned()) {
            return Ok(table);
        }
        let table = there;
        self.state.memory.with(|kept: &mut Kept| kept.0.insert(name.to_owned(), table.clone()));
        Ok(table)
    }

    /// The part of a table that an argument names, or is.
    fn named_in(&self, at: usize, parts: &[Part]) -> Result<Part, Unclear> {
        let name = match self.call.arg(at) {
            Some(Value::Text(name)) => name.clone(),
            Some(_) => self.part(at)?.name().to_owned(),
            None => return Err(Unclear::new(format!("{} is given too little", self.call.name))),
        };
        let found = parts.iter().find(|part| part.name() == name && !name.is_empty()).cloned();
        found.ok_or_else(|| Unclear::new(format!("{name} is not found in the table, at which TypeORM stops")))
    }

    /// `changeColumns` of one column.
    fn change_column_on_sqlite(&self, old: &Table, new: &mut Table, from: &Part, to: Part) -> Result<(), Unclear> {
        if from.name() != to.name() {
            let named = |kind: Named, table: &Table, part: &Part| -> Result<String, Unclear> {
                let filter = part.text("where").unwrap_or_default();
                Ok(self.speller.name(kind, table, &part.names("columnNames")?, filter))
            };
            let lists = [
                (Named::Unique, &mut new.uniques),
                (Named::ForeignKey, &mut new.foreign_keys),
                (Named::Index, &mut new.indices),
            ];
            for (kind, parts) in lists {
                for part in parts.iter_mut().filter(|part| part.columns().iter().any(|own| own == from.name())) {
                    let usual = named(kind, old, part)?;
                    let mut columns = part.names("columnNames")?;
                    columns.retain(|own| own != from.name());
                    columns.push(to.name().to_owned());
                    part.set("columnNames", list(&columns));
                    if part.name() == usual {
                        let now = named(kind, old, part)?;
                        part.set("name", Value::Text(now));
                    }
                }
            }
        }
        let at = new.columns.iter().position(|column| column.name() == from.name());
        if let Some(column) = at.and_then(|at| new.columns.get_mut(at)) {
            *column = to;
        }
        Ok(())
    }

    /// What bears the name that it gets by itself gets the one that goes with the table's new name.
    fn rename_default_names(&self, old: &Table, new: &mut Table) -> Result<(), Unclear> {
        let table = Table::named(&new.name);
        let lists = [
            (Named::Unique, &mut new.uniques),
            (Named::ForeignKey, &mut new.foreign_keys),
            (Named::Index, &mut new.indices),
        ];
        for (kind, parts) in lists {
            for part in parts.iter_mut() {
                let columns = part.names("columnNames")?;
                let filter = part.text("where").unwrap_or_default().to_owned();
                if part.name() == self.speller.name(kind, old, &columns, &filter) {
                    part.set("name", Value::Text(self.speller.name(kind, &table, &columns, &filter)));
                }
            }
        }
        Ok(())
    }

    /// `recreateTable`.
    fn recreate(&self, old: &Table, new: &mut Table) -> Result<Vec<String>, Unclear> {
        holds(old, new)?;
        let (name, meanwhile) = (path(&new.name)?, path(&format!("temporary_{}", new.name))?);
        let mut sent = Vec::new();
        for index in &old.indices {
            sent.push(format!("DROP INDEX {}", path(index.name())?));
        }
        // It names what a column says by itself when the table has the other name.
        let temporary = Table::named(&format!("temporary_{}", new.name));
        for column in new.columns.clone().iter().filter(|column| column.is("isUnique")) {
            if !new.uniques.iter().any(|unique| unique.columns() == [column.name()]) {
                let columns = [column.name().to_owned()];
                let name = self.speller.name(Named::Unique, &temporary, &columns, "");
                new.uniques.push(Part::new("TableUnique").with_text("name", name).with("columnNames", list(&columns)));
            }
        }
        sent.push(definition(self.speller, new, true)?.replacen(&name, &meanwhile, 1));
        let (into, from) = copied(old, new);
        sent.push(format!("INSERT INTO {meanwhile} ({}) SELECT {} FROM {name}", into.join(", "), from.join(", ")));
        sent.push(format!("DROP TABLE {name}"));
        sent.push(format!("ALTER TABLE {meanwhile} RENAME TO {name}"));
        for one in &new.indices {
            sent.push(index(self.speller, &new.name, one)?);
        }
        // It names its keys for good when they are made.
        for key in &mut new.foreign_keys {
            if key.name().is_empty() {
                let columns = key.names("columnNames")?;
                let name = self.speller.name(Named::ForeignKey, &Table::named(&new.name), &columns, "");
                key.set("name", Value::Text(name));
            }
        }
        Ok(sent)
    }
}

/// `Err` when a check or an index still goes by a column that is gone or has another name, which SQLite refuses.
fn holds(old: &Table, new: &Table) -> Result<(), Unclear> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let texts = new.checks.iter().filter_map(|check| check.text("expression"));
    let mut texts = texts.chain(new.indices.iter().filter_map(|index| index.text("where")));
    let gone = |word: &str| old.columns.iter().any(|column| column.name().eq_ignore_ascii_case(word));
    let there = |word: &str| new.columns.iter().any(|column| column.name().eq_ignore_ascii_case(word));
    match texts.any(|text| text.split(|c| !is_part(c)).any(|word| gone(word) && !there(word))) {
        true => Err(Unclear::new("a check or an index goes by a column that is gone, which SQLite refuses")),
        false => Ok(()),
    }
}

/// The columns that get values, and those that they come from: where there are as many as before, by their places.
fn copied(old: &Table, new: &Table) -> (Vec<String>, Vec<String>) {
    let quoted = |columns: Vec<&Part>| columns.into_iter().map(|column| format!("\"{}\"", column.name())).collect();
    let (mut into, mut from): (Vec<&Part>, Vec<&Part>) = (new.columns.iter().collect(), old.columns.iter().collect());
    if from.len() < into.len() {
        into.retain(|column| old.column(column.name()).is_some());
    } else if from.len() > into.len() {
        from.retain(|column| new.column(column.name()).is_some());
    }
    (quoted(into), quoted(from))
}

fn drop_column(table: &mut Table, column: &Part) {
    let stays = |part: &Part| !part.columns().iter().any(|own| own == column.name());
    table.columns.retain(|own| own.name() != column.name());
    table.uniques.retain(stays);
    table.indices.retain(stays);
    table.foreign_keys.retain(stays);
}

fn set_unique(table: &mut Table, columns: &[String], unique: bool) {
    let [only] = columns else { return };
    if let Some(column) = table.columns.iter_mut().find(|column| column.name() == only) {
        column.set("isUnique", Value::Bool(unique));
    }
}

fn add_unique(table: &mut Table, unique: Part) {
    set_unique(table, &unique.columns(), true);
    table.uniques.push(unique);
}

fn drop_unique(table: &mut Table, name: &str) {
    let Some(at) = table.uniques.iter().position(|unique| unique.name() == name) else { return };
    let gone = table.uniques.remove(at);
    set_unique(table, &gone.columns(), false);
}

/// `loadTables` of one table. `Err` when it is not known, or the patterns do not fit.
fn load(speller: Speller<'_>, schema: &Schema, name: &str) -> Result<Table, Unclear> {
    let found = schema.iter().map(|(id, _)| id).find(|id| matches!(id, Id::Relation(key) if key.name == name));
    let id = found.ok_or_else(|| Unclear::new(format!("table {name} is not there, or not known")))?;
    let known = schema.get(id).filter(|entry| !entry.is_unsure() && schema.doubt.is_none());
    let state = known.and_then(|entry| entry.object.as_table()).filter(|state| state.columns_known);
    let state = state.ok_or_else(|| Unclear::new(format!("what table {name} is like is not known")))?;
    for user in schema.users(id) {
        let misses = match schema.get(user).map(|entry| &entry.object) {
            Some(Object::View(_)) => true,
            Some(Object::Trigger(state)) => !state.trigger.table.name.eq_ignore_ascii_case(name),
            _ => false,
        };
        if misses {
            return Err(Unclear::new(format!("{user} uses table {name} while it is made anew")));
        }
    }
    let of = &state.table;
    let is_odd = |column: &ir::Column| column.generated.is_some() || column.name.contains('"');
    if !of.options.is_empty() || of.persistence != Persistence::Permanent || of.columns.iter().any(is_odd) {
        return Err(Unclear::new(format!("table {name} is of a kind that TypeORM does not read whole")));
    }
    let mut table = Table { known: true, ..Table::named(name) };
    for column in &of.columns {
        table.columns.push(self::column(of, column)?);
    }
    uniques(speller, of, &mut table);
    for constraint in &of.constraints {
        match (&constraint.kind, &constraint.name) {
            (ConstraintKind::ForeignKey(key), _) => table.foreign_keys.insert(0, foreign_key(of, key)?),
            (ConstraintKind::Check { expr, .. }, Some(name)) if !constraint.inline && !expr.0.contains("),") => {
                let check = Part::new("TableCheck").with_text("name", name.as_str());
                table.checks.push(check.with_text("expression", format!("({})", expr.0)));
            }
            (ConstraintKind::Check { .. }, _) if !constraint.inline => {
                return Err(Unclear::new(format!("a check of table {name} that TypeORM's pattern does not read")));
            }
            _ => {}
        }
    }
    for (_, state) in schema.indexes(id) {
        table.indices.push(index_part(&state.index)?);
    }
    Ok(table)
}

fn column(of: &ir::Table, column: &ir::Column) -> Result<Part, Unclear> {
    let kind = kind(&column.data_type);
    let keys = of.constraints.iter().any(|one| match &one.kind {
        ConstraintKind::PrimaryKey(key) => key.columns.contains(&column.name),
        _ => false,
    });
    let mut part = Part::new("TableColumn")
        .with_text("name", column.name.as_str())
        .with_text("type", kind.as_str())
        .with("isNullable", Value::Bool(!column.not_null))
        .with("isPrimary", Value::Bool(keys));
    if let Some(default) = &column.default {
        part.set("default", Value::Text(default.0.clone()));
    }
    if column.auto_increment {
        part.set("isGenerated", Value::Bool(true));
        part.set("generationStrategy", Value::Text("increment".to_owned()));
    }
    let checks = of.constraints.iter().filter(|one| one.inline && one.is_on(&column.name));
    for check in checks {
        let ConstraintKind::Check { expr, .. } = &check.kind else { continue };
        let values = values(&expr.0, &column.name).filter(|_| kind == "varchar" && check.name.is_none());
        let values = values.ok_or_else(|| {
            Unclear::new(format!("a check of column {} that TypeORM's pattern does not read", column.name))
        })?;
        part.set("enum", list(&values));
    }
    Ok(part)
}

/// A type as the pragma gives it, in small letters.
fn kind(of: &DataType) -> String {
    let TypeName::Builtin(words) = &of.name else { return String::new() };
    let args = if of.args.is_empty() { String::new() } else { format!("({})", of.args.join(",")) };
    format!("{words}{args}").to_lowercase()
}

/// The values of an enum as TypeORM writes its check: `"state" IN ('a','b')`.
fn values(check: &str, column: &str) -> Option<Vec<String>> {
    let rest = check.trim().strip_prefix(&format!("\"{column}\""))?.trim_start().strip_prefix("IN")?.trim_start();
    let inner = rest.strip_prefix('(')?.trim_end().strip_suffix(')')?;
    let values = inner.split(',').map(|value| {
        let value = value.trim().strip_prefix('\'')?.strip_suffix('\'')?;
        (!value.contains(['\'', '(', ')'])).then(|| value.to_owned())
    });
    values.collect()
}

/// The unique constraints; each has the name of the first in the text whose columns are all among its own.
fn uniques(speller: Speller<'_>, of: &ir::Table, table: &mut Table) {
    let all: Vec<(Option<&String>, &Vec<String>)> = of
        .constraints
        .iter()
        .filter_map(|one| match &one.kind {
            ConstraintKind::Unique(key) => Some((one.name.as_ref().filter(|_| !one.inline), &key.columns)),
            _ => None,
        })
        .collect();
    // The pragma tells the newest first.
    for (_, columns) in all.iter().rev() {
        let mapped = all.iter().find_map(|(name, own)| {
            let fits = own.iter().all(|column| columns.contains(column));
            name.filter(|_| fits)
        });
        let unique = Part::new("TableUnique").with("columnNames", list(columns));
        let unique = match mapped {
            Some(name) => unique.with_text("name", name.as_str()),
            None => unique.with_text("name", speller.name(Named::Unique, table, columns, "")),
        };
        add_unique(table, unique);
    }
}

/// A foreign key; it has the name of the first in the text that leads to the same table and whose columns are all among its
/// own.
fn foreign_key(of: &ir::Table, key: &ir::ForeignKey) -> Result<Part, Unclear> {
    let name = of.constraints.iter().find_map(|one| match &one.kind {
        ConstraintKind::ForeignKey(other) => {
            let fits = other.references == key.references && other.columns.iter().all(|own| key.columns.contains(own));
            one.name.as_deref().filter(|_| fits && !one.inline)
        }
        _ => None,
    });
    if key.referenced.is_empty() {
        return Err(Unclear::new("a foreign key that does not say to which columns it leads"));
    }
    let action = |action: &ReferentialAction| match action {
        ReferentialAction::NoAction => "NO ACTION",
        ReferentialAction::Restrict => "RESTRICT",
        ReferentialAction::Cascade => "CASCADE",
        ReferentialAction::SetNull(_) => "SET NULL",
        ReferentialAction::SetDefault(_) => "SET DEFAULT",
    };
    let part = Part::new("TableForeignKey")
        .with("columnNames", list(&key.columns))
        .with_text("referencedTableName", key.references.name.as_str())
        .with("referencedColumnNames", list(&key.referenced))
        .with_text("onDelete", action(&key.on_delete))
        .with_text("onUpdate", action(&key.on_update));
    Ok(match name {
        Some(name) => part.with_text("name", name),
        None => part,
    })
}

fn index_part(of: &ir::Index) -> Result<Part, Unclear> {
    let columns = of.keys.iter().map(|key| match &key.part {
        KeyPart::Column(column) => Ok(column.clone()),
        KeyPart::Expr(_) => Err(Unclear::new("an index on an expression, at which TypeORM stops")),
    });
    let part = Part::new("TableIndex")
        .with_text("name", of.name.clone().unwrap_or_default())
        .with("columnNames", list(&columns.collect::<Result<Vec<_>, _>>()?))
        .with("isUnique", Value::Bool(of.unique));
    Ok(match &of.predicate {
        Some(predicate) => part.with_text("where", predicate.0.as_str()),
        None => part,
    })
}
