//! Changing and renaming columns, as `PostgresQueryRunner.changeColumn` does: another type, length or generation expression
//! means that the column is dropped and made anew; everything else is altered in place.

use super::columns::set;
use super::kept::Kept;
use super::model::{Part, Table, list, texts};
use super::names::Named;
use super::spell::{column_list, full_type, quoted_path};
use super::{Calling, Version};
use super::{Unclear, quoted};
use crate::js::Value;

impl Calling<'_> {
    pub(super) fn rename_column(&mut self) -> Result<Vec<String>, Unclear> {
        let mut table = self.owner(0)?;
        let old = self.column_of(&table, 1)?;
        let new = match self.call.arg(2) {
            Some(Value::Text(name)) => old.clone().with_text("name", name),
            Some(value @ Value::Made(..)) => Part::read(value)?,
            _ => return Err(Unclear::new("renameColumn expects a column or its new name")),
        };
        let sql = self.changing(&mut table, old, &new)?;
        self.becomes(&table, true);
        Ok(sql)
    }

    pub(super) fn change_column(&mut self) -> Result<Vec<String>, Unclear> {
        let mut table = self.owner(0)?;
        let old = self.column_of(&table, 1)?;
        let new = self.part(2)?;
        let sql = self.changing(&mut table, old, &new)?;
        self.becomes(&table, true);
        Ok(sql)
    }

    /// The column that an argument means.
    fn column_of(&self, table: &Table, index: usize) -> Result<Part, Unclear> {
        match self.call.arg(index) {
            Some(value @ Value::Made(..)) => Part::read(value),
            Some(Value::Text(name)) => {
                self.must_know(table)?;
                let missing = || Unclear::new(format!("table {} has no column {name}, and TypeORM stops", table.name));
                table.column(name).cloned().ok_or_else(missing)
            }
            _ => Err(Unclear::new(format!("{} expects a column or its name", self.call.name))),
        }
    }

    fn changing(&mut self, table: &mut Table, mut old: Part, new: &Part) -> Result<Vec<String>, Unclear> {
        self.must_know(table)?;
        let differs = |key: &str| old.get(key) != new.get(key);
        let stored = new.text("generatedType") == Some("STORED");
        if differs("type")
            || differs("length")
            || differs("isArray")
            || (!old.is("generatedType") && stored)
            || (differs("asExpression") && stored)
        {
            self.must_keep()?;
            let mut sql = self.dropping(table, &old)?;
            sql.extend(self.adding(table, new)?);
            return Ok(sql);
        }
        let mut sql = Vec::new();
        if differs("name") {
            self.rename(table, &mut old, new, &mut sql)?;
        }
        let (speller, name) = (self.speller, new.name());
        let alter = |table: &Table, action: &str| speller.alter_column(table, name, action);
        let differs = |key: &str| old.get(key) != new.get(key);
        if differs("precision") || differs("scale") {
            sql.push(alter(table, &format!("TYPE {}", full_type(new)?)));
        }
        let mut default_changed = false;
        if new.is_enum() && old.is_enum() && (!same_values(&old, new)? || differs("enumName")) {
            default_changed = self.make_enum_anew(table, &old, new, &mut sql)?;
        }
        if differs("isNullable") {
            sql.push(alter(table, if new.is("isNullable") { "DROP NOT NULL" } else { "SET NOT NULL" }));
        }
        if differs("comment") {
            sql.push(speller.column_comment(table, name, new)?);
        }
        if differs("isPrimary") {
            self.change_primary(table, new, &mut sql);
        }
        if differs("isUnique") {
            self.change_unique(table, new, &mut sql)?;
        }
        if differs("isGenerated") {
            self.change_generation(table, &old, new, &mut sql);
        }
        if differs("default") && !default_changed {
            if new.given("default") {
                sql.push(alter(table, &format!("SET DEFAULT {}", new.spelled("default")?)));
            } else if old.given("default") {
                sql.push(alter(table, "DROP DEFAULT"));
            }
        }
        let feature = |part: &Part| part.text("spatialFeatureType").unwrap_or_default().to_lowercase();
        if feature(&old) != feature(new) || differs("srid") {
            sql.push(alter(table, &format!("TYPE {}", full_type(new)?)));
        }
        if differs("collation") {
            // A collation that is taken away is spelled `undefined` there, which the server refuses.
            let collation = new.spelled("collation").unwrap_or_else(|_| "undefined".to_owned());
            sql.push(alter(table, &format!("TYPE {} COLLATE \"{collation}\"", new.spelled("type")?)));
        }
        if differs("generatedType") && (!new.is("generatedType") || new.text("generatedType") == Some("VIRTUAL")) {
            let path = speller.path(table);
            let kept = format!("TEMP_OLD_{}", old.name());
            sql.push(format!("ALTER TABLE {path} RENAME COLUMN \"{}\" TO \"{kept}\"", old.name()));
            sql.push(format!("ALTER TABLE {path} ADD {}", speller.column(table, new)?));
            sql.push(format!("UPDATE {path} SET \"{name}\" = \"{kept}\""));
            let gone = Kept::Column(speller.parse(table).1, old.name().to_owned());
            sql.push(gone.note(&format!("ALTER TABLE {path} DROP COLUMN \"{kept}\"")));
        }
        Ok(sql)
    }

    /// Gives a column another name, and what has a default name after it.
    fn rename(&self, table: &mut Table, old: &mut Part, new: &Part, sql: &mut Vec<String>) -> Result<(), Unclear> {
        let speller = self.speller;
        let (from, to) = (old.name().to_owned(), new.name().to_owned());
        let renamed = |columns: &[String]| -> Vec<String> {
            let kept = columns.iter().filter(|column| **column != from).cloned();
            kept.chain([to.clone()]).collect()
        };
        sql.push(format!("ALTER TABLE {} RENAME COLUMN \"{from}\" TO \"{to}\"", speller.path(table)));
        if old.is_enum() {
            let (home, name) = self.type_of_column(table, &from)?;
            let enum_name = speller.enum_name(table, new, false);
            sql.push(format!("ALTER TYPE \"{home}\".\"{name}\" RENAME TO {enum_name}"));
        }
        if old.is_true("isPrimary") && old.text("primaryKeyConstraintName").is_none() {
            let columns: Vec<String> = table.primary().iter().map(|column| column.name().to_owned()).collect();
            let before = speller.name(Named::PrimaryKey, table, &columns, "");
            let after = speller.name(Named::PrimaryKey, table, &renamed(&columns), "");
            sql.push(speller.rename_constraint(table, &before, &after));
        }
        if old.is_true("isGenerated") && new.text("generationStrategy") == Some("increment") {
            sql.push(format!(
                "ALTER SEQUENCE {} RENAME TO \"{}\"",
                speller.sequence_path(table, &from),
                speller.sequence_name(table, &to)
            ));
        }
        for at in 0..table.uniques.len() {
            let columns = table.uniques[at].columns();
            if columns.contains(&from) && table.uniques[at].name() == speller.name(Named::Unique, table, &columns, "") {
                let columns = renamed(&columns);
                let after = speller.name(Named::Unique, table, &columns, "");
                sql.push(speller.rename_constraint(table, table.uniques[at].name(), &after));
                retitle(&mut table.uniques[at], after, &columns);
            }
        }
        for at in 0..table.indices.len() {
            let columns = table.indices[at].columns();
            if !columns.contains(&from) {
                continue;
            }
            let Some(filter) = self.filter_if_default_named(table, &table.indices[at])? else { continue };
            let columns = renamed(&columns);
            let after = speller.name(Named::Index, table, &columns, &filter);
            sql.push(speller.rename_index(table, table.indices[at].name(), &after));
            retitle(&mut table.indices[at], after, &columns);
        }
        for at in 0..table.foreign_keys.len() {
            let columns = table.foreign_keys[at].columns();
            let usual = speller.name(Named::ForeignKey, table, &columns, "");
            if columns.contains(&from) && table.foreign_keys[at].name() == usual {
                let columns = renamed(&columns);
                let after = speller.name(Named::ForeignKey, table, &columns, "");
                sql.push(speller.rename_constraint(table, &usual, &after));
                retitle(&mut table.foreign_keys[at], after, &columns);
            }
        }
        set(table, &from, "name", Value::Text(to.clone()));
        old.set("name", Value::Text(to));
        Ok(())
    }

    /// Gives an enum column other values or another type; gives whether its default was seen to.
    fn make_enum_anew(&self, table: &Table, old: &Part, new: &Part, sql: &mut Vec<String>) -> Result<bool, Unclear> {
        let speller = self.speller;
        let (old_type, new_type) = (speller.enum_name(table, old, true), speller.enum_name(table, new, true));
        if self.speller.tool.version == Version::One {
            let (before, after) = (values(old)?, values(new)?);
            let more: Vec<&String> = after.iter().filter(|value| !before.contains(value)).collect();
            if !more.is_empty() && before.iter().all(|value| after.contains(value)) {
                sql.extend(more.iter().map(|value| format!("ALTER TYPE {old_type} ADD VALUE {}", quoted(value))));
                return Ok(false);
            }
        }
        let array = if new.is("isArray") { "[]" } else { "" };
        let put_aside = |with_schema| quoted_path(&speller.enum_path(table, old, with_schema, "_old"));
        sql.push(format!("ALTER TYPE {old_type} RENAME TO {}", put_aside(false)));
        sql.push(speller.create_enum(&new_type, new)?);
        let had_default = old.given("default");
        if had_default {
            sql.push(speller.alter_column(table, old.name(), "DROP DEFAULT"));
        }
        let name = new.name();
        let action = format!("TYPE {new_type}{array} USING \"{name}\"::\"text\"::{new_type}{array}");
        sql.push(speller.alter_column(table, name, &action));
        if new.given("default") {
            sql.push(speller.alter_column(table, name, &format!("SET DEFAULT {}", new.spelled("default")?)));
        }
        sql.push(format!("DROP TYPE {}", put_aside(true)));
        Ok(had_default)
    }

    fn change_primary(&self, table: &mut Table, new: &Part, sql: &mut Vec<String>) {
        let speller = self.speller;
        let before = table.primary();
        if !before.is_empty() {
            sql.push(speller.drop_constraint(table, &speller.primary_name(table, &before), false));
        }
        let mut after = before;
        if new.is_true("isPrimary") {
            after.push(new);
        } else {
            after.retain(|column| column.name() != new.name());
        }
        if !after.is_empty() {
            let key = speller.primary_name(table, &after);
            sql.push(speller.add_primary_key(table, &key, &column_list(&after)));
        }
        set(table, new.name(), "isPrimary", Value::Bool(new.is_true("isPrimary")));
    }

    fn change_unique(&self, table: &mut Table, new: &Part, sql: &mut Vec<String>) -> Result<(), Unclear> {
        let speller = self.speller;
        let columns = [new.name().to_owned()];
        if new.is_true("isUnique") {
            let name = speller.name(Named::Unique, table, &columns, "");
            let path = speller.path(table);
            sql.push(format!("ALTER TABLE {path} ADD CONSTRAINT \"{name}\" UNIQUE (\"{}\")", new.name()));
            table.uniques.push(Part::new("TableUnique").with_text("name", name).with("columnNames", list(&columns)));
            return Ok(());
        }
        let at = table.uniques.iter().position(|unique| unique.is_on(new.name())).ok_or_else(|| {
            Unclear::new(format!("column {} has no unique constraint that TypeORM finds, and it stops", new.name()))
        })?;
        let gone = table.uniques.remove(at);
        sql.push(speller.drop_constraint(table, gone.name(), false));
        Ok(())
    }

    fn change_generation(&self, table: &Table, old: &Part, new: &Part, sql: &mut Vec<String>) {
        let (speller, name) = (self.speller, new.name());
        let alter = |action: &str| speller.alter_column(table, name, action);
        let sequence = speller.sequence_path(table, name);
        if old.is("isGenerated") {
            match old.text("generationStrategy") {
                Some("uuid") => sql.push(alter("DROP DEFAULT")),
                Some("increment") => sql.extend([alter("DROP DEFAULT"), format!("DROP SEQUENCE {sequence}")]),
                _ => {}
            }
        }
        match (new.text("generationStrategy"), new.is_true("isGenerated")) {
            (Some("uuid"), true) => sql.push(alter(&format!("SET DEFAULT {}", speller.uuid()))),
            (Some("uuid"), false) => sql.push(alter("DROP DEFAULT")),
            (Some("increment"), true) => {
                let owner = speller.path(table);
                sql.push(format!("CREATE SEQUENCE IF NOT EXISTS {sequence} OWNED BY {owner}.\"{name}\""));
                sql.push(alter(&format!("SET DEFAULT nextval('{sequence}')")));
            }
            (Some("increment"), false) => {
                sql.extend([alter("DROP DEFAULT"), format!("DROP SEQUENCE {sequence}")]);
            }
            _ => {}
        }
    }
}

/// Gives a constraint or index another name and other columns.
fn retitle(part: &mut Part, name: String, columns: &[String]) {
    part.set("name", Value::Text(name));
    part.set("columnNames", list(columns));
}

fn values(column: &Part) -> Result<Vec<String>, Unclear> {
    let missing = || Unclear::new(format!("the values of enum column {} are not known", column.name()));
    texts(column.get("enum")).ok_or_else(missing)
}

/// `OrmUtils.isArraysEqual`: as many values, and each of the one among the other's.
fn same_values(old: &Part, new: &Part) -> Result<bool, Unclear> {
    let (old, new) = (values(old)?, values(new)?);
    Ok(old.len() == new.len() && new.iter().all(|value| old.contains(value)))
}
