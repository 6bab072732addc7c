//! Keys, constraints and indexes.

use super::Calling;
use super::Unclear;
use super::columns::set;
use super::model::{Part, Table, texts};
use super::names::Named;
use super::spell::{deferrable, quoted_list};
use crate::js::Value;

impl Calling<'_> {
    pub(super) fn create_primary_key(&self) -> Result<Vec<String>, Unclear> {
        let mut table = self.owner(0)?;
        let columns = self
            .call
            .arg(1)
            .and_then(texts)
            .ok_or_else(|| Unclear::new("createPrimaryKey expects a list of column names"))?;
        let name = match self.call.arg(2).and_then(Value::text).filter(|name| !name.is_empty()) {
            Some(name) => name.to_owned(),
            None => self.speller.name(Named::PrimaryKey, &table, &columns, ""),
        };
        let sql = vec![self.speller.add_primary_key(&table, &name, &quoted_list(&columns))];
        mark_primary(&mut table, |column| columns.iter().any(|name| column.name() == name), true);
        self.becomes(&table, true);
        Ok(sql)
    }

    pub(super) fn update_primary_keys(&self) -> Result<Vec<String>, Unclear> {
        let mut table = self.owner(0)?;
        self.must_know(&table)?;
        let columns = match self.call.arg(1) {
            Some(Value::List(items)) => items.iter().map(Part::read).collect::<Result<Vec<_>, _>>()?,
            _ => return Err(Unclear::new("updatePrimaryKeys expects a list of columns")),
        };
        let mut sql = Vec::new();
        let old = table.primary();
        if !old.is_empty() {
            sql.push(self.speller.drop_constraint(&table, &self.speller.primary_name(&table, &old), false));
        }
        let names: Vec<String> = columns.iter().map(|column| column.name().to_owned()).collect();
        let name = match old.first().and_then(|column| column.text("primaryKeyConstraintName")) {
            Some(name) => name.to_owned(),
            None => self.speller.name(Named::PrimaryKey, &table, &names, ""),
        };
        sql.push(self.speller.add_primary_key(&table, &name, &quoted_list(&names)));
        mark_primary(&mut table, |column| names.iter().any(|name| column.name() == name), true);
        self.becomes(&table, true);
        Ok(sql)
    }

    pub(super) fn drop_primary_key(&self) -> Result<Vec<String>, Unclear> {
        let mut table = self.owner(0)?;
        self.must_know(&table)?;
        self.must_keep()?;
        let primary = table.primary();
        if primary.is_empty() {
            return Err(Unclear::new(format!("table {} has no primary key, and TypeORM stops here", table.name)));
        }
        let name = self.speller.primary_name(&table, &primary);
        let sql = vec![self.speller.drop_constraint(&table, &name, self.if_exists(2))];
        mark_primary(&mut table, |_| true, false);
        self.becomes(&table, false);
        Ok(sql)
    }

    fn add_constraint(&self, table: &Table, name: &str, what: &str) -> Vec<String> {
        vec![format!("ALTER TABLE {} ADD CONSTRAINT \"{name}\" {what}", self.speller.path(table))]
    }

    pub(super) fn create_unique(&self) -> Result<Vec<String>, Unclear> {
        let (mut table, unique) = (self.owner(0)?, self.part(1)?);
        let columns = unique.names("columnNames")?;
        let name = self.speller.named(&unique, || self.speller.name(Named::Unique, &table, &columns, ""));
        let what = format!("UNIQUE ({}){}", quoted_list(&columns), deferrable(&unique)?);
        let sql = self.add_constraint(&table, &name, &what);
        if let [column] = columns.as_slice() {
            set(&mut table, column, "isUnique", Value::Bool(true));
        }
        table.uniques.push(unique.with_text("name", name));
        self.becomes(&table, false);
        Ok(sql)
    }

    pub(super) fn create_check(&self) -> Result<Vec<String>, Unclear> {
        let (mut table, check) = (self.owner(0)?, self.part(1)?);
        let expression = check.spelled("expression")?;
        let name = self.speller.named(&check, || self.speller.expression_name(Named::Check, &table, &expression));
        let sql = self.add_constraint(&table, &name, &format!("CHECK ({expression})"));
        table.checks.push(check.with_text("name", name));
        self.becomes(&table, false);
        Ok(sql)
    }

    pub(super) fn create_exclusion(&self) -> Result<Vec<String>, Unclear> {
        let (mut table, exclusion) = (self.owner(0)?, self.part(1)?);
        let expression = exclusion.spelled("expression")?;
        let name =
            self.speller.named(&exclusion, || self.speller.expression_name(Named::Exclusion, &table, &expression));
        let deferrable = self.speller.exclusion_deferrable(&exclusion)?;
        let sql = self.add_constraint(&table, &name, &format!("EXCLUDE {expression}{deferrable}"));
        table.exclusions.push(exclusion.with_text("name", name));
        self.becomes(&table, false);
        Ok(sql)
    }

    pub(super) fn create_foreign_key(&self) -> Result<Vec<String>, Unclear> {
        let (mut table, key) = (self.owner(0)?, self.part(1)?);
        let sql = vec![self.speller.add_foreign_key(&table, &key)?];
        let usual = || self.speller.name(Named::ForeignKey, &table, &key.columns(), "");
        let mut key = key.clone().with_text("name", self.speller.named(&key, usual));
        if !key.given("referencedSchema") {
            let (home, _) = self.speller.parse_path(key.text("referencedTableName").unwrap_or_default());
            key.set("referencedSchema", Value::Text(home));
        }
        table.foreign_keys.push(key);
        self.becomes(&table, false);
        Ok(sql)
    }

    pub(super) fn create_index(&self) -> Result<Vec<String>, Unclear> {
        let (mut table, index) = (self.owner(0)?, self.part(1)?);
        let sql = vec![self.speller.create_index(&table, &index)?];
        let name = self.speller.index_name(&table, &index)?;
        let mut index = index.with_text("name", name);
        index.is_written = true;
        table.indices.push(index);
        self.becomes(&table, false);
        Ok(sql)
    }

    /// `dropForeignKey` and its like: by an instance or by a name. One that is not on the table makes the real tool stop;
    /// the statement is given all the same, so that replay says so.
    pub(super) fn drop_constraint(&self, method: &str) -> Result<Vec<String>, Unclear> {
        let mut table = self.owner(0)?;
        let if_exists = self.if_exists(2);
        let here = match method {
            "dropUniqueConstraint" => &table.uniques,
            "dropCheckConstraint" => &table.checks,
            "dropExclusionConstraint" => &table.exclusions,
            _ => &table.foreign_keys,
        };
        let name = match self.call.arg(1) {
            Some(Value::Text(name)) => {
                if if_exists && table.known && !here.iter().any(|one| one.name() == name) {
                    return Ok(Vec::new());
                }
                name.clone()
            }
            Some(value @ Value::Made(..)) => {
                let part = Part::read(value)?;
                match part.text("name") {
                    Some(name) => name.to_owned(),
                    None if method == "dropForeignKey" => {
                        self.speller.name(Named::ForeignKey, &table, &part.names("columnNames")?, "")
                    }
                    None => return Err(Unclear::new(format!("{method} is given a constraint without a name"))),
                }
            }
            _ => return Err(Unclear::new(format!("{method} expects a constraint or its name"))),
        };
        let sql = vec![self.speller.drop_constraint(&table, &name, if_exists)];
        let here = match method {
            "dropUniqueConstraint" => &mut table.uniques,
            "dropCheckConstraint" => &mut table.checks,
            "dropExclusionConstraint" => &mut table.exclusions,
            _ => &mut table.foreign_keys,
        };
        let gone = here.iter().position(|one| one.name() == name).map(|at| here.remove(at));
        if let (Some([column]), "dropUniqueConstraint") = (gone.map(|gone| gone.columns()).as_deref(), method) {
            set(&mut table, column, "isUnique", Value::Bool(false));
        }
        self.becomes(&table, false);
        Ok(sql)
    }

    pub(super) fn drop_index(&self) -> Result<Vec<String>, Unclear> {
        let mut table = self.owner(0)?;
        let if_exists = self.if_exists(2);
        let (name, concurrently) = self.index_to_drop(&table)?;
        if if_exists && table.known && !table.indices.iter().any(|index| index.name() == name) {
            return Ok(Vec::new());
        }
        let sql = vec![self.speller.drop_index(&table, &name, concurrently, if_exists)];
        if let Some(at) = table.indices.iter().position(|index| index.name() == name) {
            table.indices.remove(at);
        }
        self.becomes(&table, false);
        Ok(sql)
    }

    /// The name of the index in the second argument, and whether it is to go `CONCURRENTLY`.
    pub(super) fn index_to_drop(&self, table: &Table) -> Result<(String, bool), Unclear> {
        match self.call.arg(1) {
            Some(Value::Text(name)) => Ok((name.clone(), false)),
            Some(value @ Value::Made(..)) => {
                let index = Part::read(value)?;
                Ok((self.speller.index_name(table, &index)?, index.is("isConcurrent")))
            }
            _ => Err(Unclear::new("dropIndex expects an index or its name")),
        }
    }
}

/// Says of some columns that they are in the primary key, or not.
fn mark_primary(table: &mut Table, which: impl Fn(&Part) -> bool, is: bool) {
    table.columns.iter_mut().filter(|column| which(column)).for_each(|column| column.set("isPrimary", Value::Bool(is)));
}
