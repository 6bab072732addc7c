//! Keys, constraints and indexes.

use super::Calling;
use super::Unclear;
use super::model::{Part, Table, texts};
use super::names::Named;
use super::spell::{deferrable, quoted_list};
use crate::js::Value;

impl Calling<'_> {
    pub(super) fn create_primary_key(&self) -> Result<Vec<String>, Unclear> {
        let table = self.owner(0)?;
        let columns = self
            .call
            .arg(1)
            .and_then(texts)
            .ok_or_else(|| Unclear::new("createPrimaryKey expects a list of column names"))?;
        let name = match self.call.arg(2).and_then(Value::text).filter(|name| !name.is_empty()) {
            Some(name) => name.to_owned(),
            None => self.speller.name(Named::PrimaryKey, &table, &columns, ""),
        };
        Ok(vec![self.speller.add_primary_key(&table, &name, &quoted_list(&columns))])
    }

    pub(super) fn update_primary_keys(&self) -> Result<Vec<String>, Unclear> {
        let table = self.owner(0)?;
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
        Ok(sql)
    }

    pub(super) fn drop_primary_key(&self) -> Result<Vec<String>, Unclear> {
        let table = self.owner(0)?;
        self.must_know(&table)?;
        let primary = table.primary();
        if primary.is_empty() {
            return Err(Unclear::new(format!("table {} has no primary key, and TypeORM stops here", table.name)));
        }
        let name = self.speller.primary_name(&table, &primary);
        Ok(vec![self.speller.drop_constraint(&table, &name, self.if_exists(2))])
    }

    fn add_constraint(&self, table: &Table, name: &str, what: &str) -> Vec<String> {
        vec![format!("ALTER TABLE {} ADD CONSTRAINT \"{name}\" {what}", self.speller.path(table))]
    }

    pub(super) fn create_unique(&self) -> Result<Vec<String>, Unclear> {
        let (table, unique) = (self.owner(0)?, self.part(1)?);
        let columns = unique.names("columnNames")?;
        let name = self.speller.named(&unique, || self.speller.name(Named::Unique, &table, &columns, ""));
        let what = format!("UNIQUE ({}){}", quoted_list(&columns), deferrable(&unique)?);
        Ok(self.add_constraint(&table, &name, &what))
    }

    pub(super) fn create_check(&self) -> Result<Vec<String>, Unclear> {
        let (table, check) = (self.owner(0)?, self.part(1)?);
        let expression = check.spelled("expression")?;
        let name = self.speller.named(&check, || self.speller.expression_name(Named::Check, &table, &expression));
        Ok(self.add_constraint(&table, &name, &format!("CHECK ({expression})")))
    }

    pub(super) fn create_exclusion(&self) -> Result<Vec<String>, Unclear> {
        let (table, exclusion) = (self.owner(0)?, self.part(1)?);
        let expression = exclusion.spelled("expression")?;
        let name =
            self.speller.named(&exclusion, || self.speller.expression_name(Named::Exclusion, &table, &expression));
        let deferrable = self.speller.exclusion_deferrable(&exclusion)?;
        Ok(self.add_constraint(&table, &name, &format!("EXCLUDE {expression}{deferrable}")))
    }

    pub(super) fn create_foreign_key(&self) -> Result<Vec<String>, Unclear> {
        let (table, key) = (self.owner(0)?, self.part(1)?);
        Ok(vec![self.speller.add_foreign_key(&table, &key)?])
    }

    pub(super) fn create_index(&self) -> Result<Vec<String>, Unclear> {
        let (table, index) = (self.owner(0)?, self.part(1)?);
        Ok(vec![self.speller.create_index(&table, &index)?])
    }

    /// `dropForeignKey` and its like: by an instance or by a name. One that is not on the table makes the real tool stop;
    /// the statement is given all the same, so that replay says so.
    pub(super) fn drop_constraint(&self, method: &str) -> Result<Vec<String>, Unclear> {
        let table = self.owner(0)?;
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
        Ok(vec![self.speller.drop_constraint(&table, &name, if_exists)])
    }

    pub(super) fn drop_index(&self) -> Result<Vec<String>, Unclear> {
        let table = self.owner(0)?;
        let if_exists = self.if_exists(2);
        let (name, concurrently) = self.index_to_drop(&table)?;
        if if_exists && table.known && !table.indices.iter().any(|index| index.name() == name) {
            return Ok(Vec::new());
        }
        Ok(vec![self.speller.drop_index(&table, &name, concurrently, if_exists)])
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
