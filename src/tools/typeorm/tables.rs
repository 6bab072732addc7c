//! Databases, schemas, tables and views.

use super::Calling;
use super::kept::Kept;
use super::model::{Part, Table};
use super::names::Named;
use super::spell::{escape_comment, quoted_list, quoted_path};
use super::{Unclear, quoted};
use crate::js::Value;
use crate::schema::{Id, Key, Object};

impl Calling<'_> {
    pub(super) fn create_database(&self) -> Result<Vec<String>, Unclear> {
        Ok(vec![format!("CREATE DATABASE \"{}\"", self.text(0, "a name")?)])
    }

    pub(super) fn drop_database(&self) -> Result<Vec<String>, Unclear> {
        let if_exists = if self.flag(1, false) { "IF EXISTS " } else { "" };
        Ok(vec![format!("DROP DATABASE {if_exists}\"{}\"", self.text(0, "a name")?)])
    }

    /// A schema's path may name the database first.
    fn schema_name(&self) -> Result<&str, Unclear> {
        let path = self.text(0, "a name")?;
        Ok(path.split('.').nth(1).unwrap_or(path))
    }

    pub(super) fn create_schema(&self) -> Result<Vec<String>, Unclear> {
        let if_not_exists = if self.flag(1, false) { "IF NOT EXISTS " } else { "" };
        Ok(vec![format!("CREATE SCHEMA {if_not_exists}\"{}\"", self.schema_name()?)])
    }

    pub(super) fn drop_schema(&self) -> Result<Vec<String>, Unclear> {
        let if_exists = if self.flag(1, false) { "IF EXISTS " } else { "" };
        let cascade = if self.flag(2, false) { "CASCADE" } else { "" };
        Ok(vec![format!("DROP SCHEMA {if_exists}\"{}\" {cascade}", self.schema_name()?)])
    }

    /// Whether a table or view of that name is there; `None` when it cannot be told.
    fn has_table(&self, table: &Table) -> Option<bool> {
        super::answer::has_table(self.state.schema(), &self.speller.parse(table))
    }

    pub(super) fn create_table(&mut self) -> Result<Vec<String>, Unclear> {
        let mut table = self
            .call
            .arg(0)
            .and_then(Table::read)
            .ok_or_else(|| Unclear::new("createTable expects an instance of Table"))??;
        if self.flag(1, false) {
            match self.has_table(&table) {
                Some(true) => return Ok(Vec::new()),
                Some(false) => {}
                None => {
                    return Err(Unclear::new(format!("whether table {} is there already cannot be told", table.name)));
                }
            }
        }
        let mut sql = Vec::new();
        let mut made = Vec::new();
        let (schema, _) = self.speller.parse(&table);
        for column in table.columns.iter().filter(|column| column.is_enum()) {
            let path = self.speller.enum_path(&table, column, true, "");
            let bare = self.speller.enum_path(&table, column, false, "");
            if !self.has_type(&schema, &bare) && !made.contains(&path) {
                sql.push(self.speller.create_enum(&quoted_path(&path), column)?);
                made.push(path);
            }
        }
        let create = self.speller.create_table(&mut table, self.flag(2, true))?;
        sql.push(self.keeping(&table, &table.columns, create));
        if self.flag(3, true) {
            for index in &table.indices {
                sql.push(self.speller.create_index(&table, index)?);
            }
        }
        if let Some(comment) = table.comment.as_deref().filter(|comment| !comment.is_empty()) {
            // 0.3 does not double quotes here; such a comment was an error there.
            sql.push(format!("COMMENT ON TABLE {} IS {}", self.speller.path(&table), quoted(comment)));
        }
        Ok(sql)
    }

    pub(super) fn drop_table(&mut self) -> Result<Vec<String>, Unclear> {
        let target = self.owner(0)?;
        let (schema, name) = self.speller.parse(&target);
        let mut table = self.kept_or_loaded(&format!("{schema}.{name}"));
        table.schema = Some(schema);
        let drop = format!("DROP TABLE {}", self.speller.path(&table));
        if self.flag(1, false) {
            match self.has_table(&table) {
                Some(true) => {}
                Some(false) => return Ok(Vec::new()),
                None => return Ok(vec![drop.replacen("DROP TABLE", "DROP TABLE IF EXISTS", 1)]),
            }
        }
        let mut sql = Vec::new();
        if self.flag(3, true) {
            sql.extend(table.indices.iter().map(|index| self.speller.drop_index(&table, index.name(), false, false)));
        }
        if self.flag(2, true) {
            let keys = table.foreign_keys.iter();
            sql.extend(keys.map(|key| self.speller.drop_constraint(&table, key.name(), false)));
        }
        sql.push(self.keeping(&table, &table.columns, drop));
        Ok(sql)
    }

    pub(super) fn rename_table(&mut self) -> Result<Vec<String>, Unclear> {
        let old = self.owner(0)?;
        self.must_know(&old)?;
        let name = self.text(1, "the new name")?;
        let speller = self.speller;
        let (schema, _) = speller.parse(&old);
        let mut new = old.clone();
        new.name = if schema.is_empty() { name.to_owned() } else { format!("{schema}.{name}") };
        let mut sql = vec![format!("ALTER TABLE {} RENAME TO \"{name}\"", speller.path(&old))];
        let primary = old.primary();
        if primary.first().is_some_and(|column| column.text("primaryKeyConstraintName").is_none()) {
            let (from, to) = (speller.primary_name(&old, &primary), speller.primary_name(&new, &primary));
            sql.push(speller.rename_constraint(&new, &from, &to));
        }
        for column in &old.columns {
            if column.is("isGenerated") && column.text("generationStrategy") == Some("increment") {
                sql.push(format!(
                    "ALTER SEQUENCE {} RENAME TO \"{}\"",
                    speller.sequence_path(&old, column.name()),
                    speller.sequence_name(&new, column.name())
                ));
            }
        }
        for unique in &old.uniques {
            let columns = unique.names("columnNames")?;
            if unique.name() == speller.name(Named::Unique, &old, &columns, "") {
                let to = speller.name(Named::Unique, &new, &columns, "");
                sql.push(speller.rename_constraint(&new, unique.name(), &to));
            }
        }
        for index in &old.indices {
            let columns = index.names("columnNames")?;
            let Some(filter) = self.filter_if_default_named(&old, index)? else { continue };
            let to = speller.name(Named::Index, &new, &columns, &filter);
            sql.push(speller.rename_index(&new, index.name(), &to));
        }
        for key in &old.foreign_keys {
            let columns = key.names("columnNames")?;
            if key.name() == speller.name(Named::ForeignKey, &old, &columns, "") {
                let to = speller.name(Named::ForeignKey, &new, &columns, "");
                sql.push(speller.rename_constraint(&new, key.name(), &to));
            }
        }
        for column in old.columns.iter().filter(|column| column.is_enum()) {
            if column.text("enumName").is_none() {
                let (home, name) = self.type_of_column(&old, column.name())?;
                let to = speller.enum_name(&new, column, false);
                sql.push(format!("ALTER TYPE \"{home}\".\"{name}\" RENAME TO {to}"));
            }
        }
        Ok(sql)
    }

    /// The condition of an index (empty without one) whose name is the default; `None` when its name is another.
    ///
    /// The server spells conditions in its own way, which TypeORM then hashes; where it would matter how, it is not
    /// clear.
    pub(super) fn filter_if_default_named(&self, table: &Table, index: &Part) -> Result<Option<String>, Unclear> {
        let columns = index.names("columnNames")?;
        let filter = index.text("where").unwrap_or_default();
        if index.name() == self.speller.name(Named::Index, table, &columns, filter) {
            return if filter.is_empty() || index.is_written {
                Ok(Some(filter.to_owned()))
            } else {
                Err(Unclear::new(format!("whether index {} has a default name rests on its condition", index.name())))
            };
        }
        Ok(None)
    }

    /// Schema and name of the type that a column has now: `getUserDefinedTypeName`.
    pub(super) fn type_of_column(&self, table: &Table, column: &str) -> Result<(String, String), Unclear> {
        let (schema, name) = self.speller.parse(table);
        let state = self.state.schema().table(&Id::Relation(Key::new(schema, name)));
        let found = state.and_then(|state| state.table.columns.iter().find(|other| other.name == column));
        let id = found.and_then(|column| column.data_type.user()).and_then(|name| self.state.schema().type_named(name));
        match id {
            Some(Id::Type(key)) => Ok((key.schema, key.name)),
            _ => Err(Unclear::new(format!("the type of column {column} of table {} is not known", table.name))),
        }
    }

    pub(super) fn clear_table(&self) -> Result<Vec<String>, Unclear> {
        let path = self.speller.escape_path(self.text(0, "a table's name")?);
        let cascade = match self.call.arg(1) {
            Some(options) if options.get("cascade").and_then(Value::truth) == Some(true) => " CASCADE",
            _ => "",
        };
        Ok(vec![format!("TRUNCATE TABLE {path}{cascade}")])
    }

    pub(super) fn change_table_comment(&self) -> Result<Vec<String>, Unclear> {
        let mut table = self.owner(0)?;
        let text = self.call.arg(1).and_then(Value::text);
        let new = escape_comment(text);
        if table.known && new == escape_comment(table.comment.as_deref()) {
            return Ok(Vec::new());
        }
        table.comment = text.map(str::to_owned);
        self.becomes(&table, true);
        Ok(vec![format!("COMMENT ON TABLE {} IS {new}", self.speller.path(&table))])
    }

    fn view(&self, index: usize) -> Result<Part, Unclear> {
        match self.call.arg(index) {
            Some(value @ Value::Made(class, _)) if class == "View" => Part::read(value),
            Some(Value::Text(name)) => Ok(Part::new("View").with_text("name", name)),
            _ => Err(Unclear::new(format!("{} expects a view", self.call.name))),
        }
    }

    /// A statement with notes of the stored columns among these, of which rows are kept.
    pub(super) fn keeping(&self, table: &Table, columns: &[Part], sql: String) -> String {
        let stored = columns.iter().filter(|column| column.text("generatedType") == Some("STORED"));
        stored.fold(sql, |sql, column| Kept::Column(self.speller.parse(table).1, column.name().to_owned()).note(&sql))
    }

    fn as_table(&self, view: &Part) -> Table {
        Table { schema: view.text("schema").map(str::to_owned), ..Table::named(view.name()) }
    }

    pub(super) fn create_view(&self) -> Result<Vec<String>, Unclear> {
        let view = self.view(0)?;
        let expression = view
            .text("expression")
            .ok_or_else(|| Unclear::new(format!("the query of view {} is built at run time", view.name())))?;
        let materialized = if view.is("materialized") { "MATERIALIZED " } else { "" };
        let table = self.as_table(&view);
        let sql = format!("CREATE {materialized}VIEW {} AS {expression}", self.speller.path(&table));
        Ok(vec![if self.flag(1, false) { Kept::View(self.speller.parse(&table).1).note(&sql) } else { sql }])
    }

    pub(super) fn drop_view(&self) -> Result<Vec<String>, Unclear> {
        let view = self.as_table(&self.view(0)?);
        let (schema, name) = self.speller.parse(&view);
        let entry = self.state.schema().get(&Id::Relation(Key::new(schema, name.clone())));
        let kept = Kept::View(name.clone());
        let materialized = match entry.map(|entry| &entry.object) {
            Some(Object::View(state)) if state.view.materialized => "MATERIALIZED ",
            _ => "",
        };
        let if_exists = if self.if_exists(1) { "IF EXISTS " } else { "" };
        Ok(vec![kept.note(&format!("DROP {materialized}VIEW {if_exists}{}", self.speller.path(&view)))])
    }

    pub(super) fn create_view_index(&self) -> Result<Vec<String>, Unclear> {
        let view = self.as_table(&self.view(0)?);
        let index = self.part(1)?;
        let name = self.speller.index_name(&view, &index)?;
        let unique = if index.is("isUnique") { "UNIQUE " } else { "" };
        let columns = quoted_list(&index.names("columnNames")?);
        let filter = if index.is("where") { format!("WHERE {}", index.spelled("where")?) } else { String::new() };
        let method = self.speller.method(&index, "");
        let path = self.speller.path(&view);
        Ok(vec![format!("CREATE {unique}INDEX \"{name}\" ON {path} {method}({columns}) {filter}")])
    }

    pub(super) fn drop_view_index(&self) -> Result<Vec<String>, Unclear> {
        let view = self.as_table(&self.view(0)?);
        let (name, concurrently) = self.index_to_drop(&view)?;
        Ok(vec![self.speller.drop_index(&view, &name, concurrently, false)])
    }

    /// An object among the arguments.
    pub(super) fn part(&self, index: usize) -> Result<Part, Unclear> {
        match self.call.arg(index) {
            Some(value) => Part::read(value),
            None => Err(Unclear::new(format!("{} is given too little", self.call.name))),
        }
    }
}
