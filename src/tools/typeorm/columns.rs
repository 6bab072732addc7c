//! Adding and dropping columns.

use super::Calling;
use super::Unclear;
use super::model::{Part, Table, list};
use super::names::Named;
use super::spell::column_list;
use crate::js::Value;

impl Calling<'_> {
    pub(super) fn add_column(&mut self) -> Result<Vec<String>, Unclear> {
        let mut table = self.owner(0)?;
        let column = self.part(1)?;
        let sql = self.adding(&mut table, &column)?;
        self.becomes(&table, true);
        Ok(sql)
    }

    /// `addColumn`; the table has the column then.
    pub(super) fn adding(&mut self, table: &mut Table, column: &Part) -> Result<Vec<String>, Unclear> {
        let speller = self.speller;
        let mut sql = Vec::new();
        if column.is_enum() {
            let (schema, _) = speller.parse(table);
            if !self.has_type(&schema, &speller.enum_path(table, column, false, "")) {
                sql.push(speller.create_enum(&speller.enum_name(table, column, true), column)?);
            }
        }
        let add = format!("ALTER TABLE {} ADD {}", speller.path(table), speller.column(table, column)?);
        sql.push(self.keeping(table, std::slice::from_ref(column), add));
        if column.is("isPrimary") {
            self.must_know(table)?;
            let mut primary = table.primary();
            if !primary.is_empty() {
                sql.push(speller.drop_constraint(table, &speller.primary_name(table, &primary), false));
            }
            primary.push(column);
            let name = speller.primary_name(table, &primary);
            sql.push(speller.add_primary_key(table, &name, &column_list(&primary)));
        }
        if let Some(index) = table.indices.iter().find(|index| index.is_on(column.name())) {
            sql.push(speller.create_index(table, index)?);
        }
        if column.is("isUnique") {
            let columns = [column.name().to_owned()];
            let name = speller.name(Named::Unique, table, &columns, "");
            sql.push(format!(
                "ALTER TABLE {} ADD CONSTRAINT \"{name}\" UNIQUE (\"{}\")",
                speller.path(table),
                column.name()
            ));
            let unique = Part::new("TableUnique").with_text("name", name).with("columnNames", list(&columns));
            table.uniques.push(unique);
        }
        if column.is("comment") {
            sql.push(speller.column_comment(table, column.name(), column)?);
        }
        table.columns.push(column.clone());
        Ok(sql)
    }

    pub(super) fn drop_column(&mut self) -> Result<Vec<String>, Unclear> {
        let mut table = self.owner(0)?;
        let column = match self.call.arg(1) {
            Some(value @ Value::Made(..)) => Part::read(value)?,
            Some(Value::Text(name)) => {
                self.must_know(&table)?;
                match table.column(name) {
                    Some(column) => column.clone(),
                    // The real tool stops here; the statement lets replay say so.
                    None => Part::new("TableColumn").with_text("name", name),
                }
            }
            _ => return Err(Unclear::new("dropColumn expects a column or its name")),
        };
        let sql = self.dropping(&mut table, &column)?;
        self.becomes(&table, true);
        Ok(sql)
    }

    /// `dropColumn`; the table has the column no more then.
    pub(super) fn dropping(&mut self, table: &mut Table, column: &Part) -> Result<Vec<String>, Unclear> {
        self.must_know(table)?;
        let speller = self.speller;
        let name = column.name().to_owned();
        let mut sql = Vec::new();
        if column.is("isPrimary") {
            let key = match column.text("primaryKeyConstraintName") {
                Some(name) => name.to_owned(),
                None => {
                    let names: Vec<String> = table.primary().iter().map(|column| column.name().to_owned()).collect();
                    speller.name(Named::PrimaryKey, table, &names, "")
                }
            };
            sql.push(speller.drop_constraint(table, &key, false));
            set(table, &name, "isPrimary", Value::Bool(false));
            let rest = table.primary();
            if !rest.is_empty() {
                let key = speller.primary_name(table, &rest);
                sql.push(speller.add_primary_key(table, &key, &column_list(&rest)));
            }
        }
        if let Some(at) = table.indices.iter().position(|index| index.is_on(&name)) {
            let index = table.indices.remove(at);
            sql.push(speller.drop_index(table, index.name(), index.is("isConcurrent"), false));
        }
        let mut gone = Vec::new();
        for constraints in [&mut table.checks, &mut table.uniques] {
            if let Some(at) = constraints.iter().position(|one| one.is_on(&name)) {
                gone.push(constraints.remove(at));
            }
        }
        sql.extend(gone.iter().map(|one| speller.drop_constraint(table, one.name(), false)));
        let drop = format!("ALTER TABLE {} DROP COLUMN \"{name}\"", speller.path(table));
        sql.push(self.keeping(table, std::slice::from_ref(column), drop));
        if column.is_enum() {
            let (schema, _) = speller.parse(table);
            if self.has_type(&schema, &speller.enum_path(table, column, false, "")) {
                let (home, own) = self.type_of_column(table, &name)?;
                sql.push(format!("DROP TYPE {}", format_args!("\"{home}\".\"{own}\"")));
                self.gone.insert((home, own));
            }
        }
        table.columns.retain(|other| other.name() != name);
        Ok(sql)
    }
}

/// Sets a property of a table's column.
pub(super) fn set(table: &mut Table, column: &str, key: &str, value: Value) {
    if let Some(found) = table.columns.iter_mut().find(|other| other.name() == column) {
        found.set(key, value);
    }
}
