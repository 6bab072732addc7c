//! TypeORM on SQLite: `query` with its values, and those of the query runner's methods that do not load a table first
//! (typeorm 0.3.31 and 1.1.1, `driver/sqlite-abstract/AbstractSqliteQueryRunner.js`; seen with better-sqlite3 12.11.1).
//! The others make a table anew (`remake`).

use super::model::{Part, Table};
use super::names::Named;
use super::spell::{Speller, quoted_list};
use super::{Calling, Unclear};
use crate::ir::Dialect;
use crate::js::{Call, Value};
use crate::schema::{Id, Object, Schema};
use crate::tools::script::{State, in_bodies, lite, literal_of, with_holes};

impl Calling<'_> {
    /// The statements that a call sends.
    pub(super) fn on_sqlite(&self) -> Result<Vec<String>, Unclear> {
        let (owner, method) = self.call.name.split_once('.').unwrap_or(("", &self.call.name));
        match (owner, method) {
            ("", "module") | ("queryRunner", "goesBy") => Ok(Vec::new()),
            ("queryRunner", "query") => self.query_on_sqlite(),
            ("queryRunner", method) if super::answer::QUESTIONS.contains(&method) || method == "kind" => Ok(Vec::new()),
            ("queryRunner", method) => {
                self.call.args.iter().try_for_each(super::model::certain)?;
                self.runner_on_sqlite(method)
            }
            _ => Err(Unclear::new(format!("what {} sends on SQLite is not known", self.call.name))),
        }
    }

    fn query_on_sqlite(&self) -> Result<Vec<String>, Unclear> {
        let sql = match self.call.arg(0) {
            Some(Value::Text(sql)) => sql.clone(),
            Some(Value::Mixed(pieces)) => with_holes(pieces).or_else(|unclear| in_bodies(pieces).ok_or(unclear))?,
            _ => return Err(Unclear::new("the statement is put together at run time")),
        };
        let values = match self.call.arg(1) {
            None | Some(Value::Undefined | Value::Null) => [].as_slice(),
            Some(Value::List(values)) => values.as_slice(),
            Some(_) => return Err(Unclear::new("the parameters of a statement are no list")),
        };
        Ok(vec![lite::with_values(&sql, values, bound)?])
    }

    fn runner_on_sqlite(&self, method: &str) -> Result<Vec<String>, Unclear> {
        match method {
            "createTable" => self.create_table_on_sqlite(),
            "dropTable" => {
                let guard = if self.flag(1, false) { "IF EXISTS " } else { "" };
                let name = self.table_named(0)?;
                self.forget_table(&name);
                Ok(vec![format!("DROP TABLE {guard}{}", path(&name)?)])
            }
            "clearTable" => Ok(vec![format!("DELETE FROM {}", path(self.text(0, "a table's name")?)?)]),
            "createIndex" => {
                let table = self.table_named(0)?;
                let part = self.part(1)?;
                let named = part.clone().with_text("name", index_name(self.speller, &table, &part)?);
                let _ = self.kept(&table); // it is read for this
                self.keep_index(&table, |kept| kept.indices.push(named));
                Ok(vec![index(self.speller, &table, &part)?])
            }
            "dropIndex" => {
                let name = match self.call.arg(1) {
                    Some(Value::Text(name)) => name.clone(),
                    _ => index_name(self.speller, &self.table_named(0)?, &self.part(1)?)?,
                };
                let table = self.table_named(0)?;
                let _ = self.kept(&table);
                self.keep_index(&table, |kept| kept.indices.retain(|index| index.name() != name));
                Ok(vec![format!("DROP INDEX {}", path(&name)?)])
            }
            "startTransaction" => {
                let depth = self.depth(1);
                if self.call.arg(0).is_some_and(|level| level.truth() != Some(false)) {
                    return Err(Unclear::new("an isolation level"));
                }
                Ok(vec![if depth > 0.0 {
                    format!("SAVEPOINT typeorm_{depth}")
                } else {
                    "BEGIN TRANSACTION".to_owned()
                }])
            }
            "commitTransaction" => Ok(vec![self.end_transaction("RELEASE SAVEPOINT", "COMMIT")]),
            "rollbackTransaction" => Ok(vec![self.end_transaction("ROLLBACK TO SAVEPOINT", "ROLLBACK")]),
            method => self.remake(method),
        }
    }

    /// The name of the table that an argument is or names.
    fn table_named(&self, at: usize) -> Result<String, Unclear> {
        match self.call.arg(at) {
            Some(Value::Text(name)) => Ok(name.clone()),
            Some(value) => match Table::read(value) {
                Some(table) => Ok(table?.name),
                None => Err(Unclear::new(format!("{} expects a table or its name", self.call.name))),
            },
            None => Err(Unclear::new(format!("{} is given no table", self.call.name))),
        }
    }

    fn create_table_on_sqlite(&self) -> Result<Vec<String>, Unclear> {
        let value = self.call.arg(0).ok_or_else(|| Unclear::new("createTable is given no table"))?;
        let read = Table::read(value).ok_or_else(|| Unclear::new("createTable expects an instance of Table"))?;
        let mut table = read?;
        if value.get("withoutRowid").is_some_and(|without| without.truth() != Some(false)) {
            return Err(Unclear::new("a table without row ids"));
        }
        if self.flag(1, false) {
            match has_table(self.state.schema(), &table.name) {
                Some(true) => return Ok(Vec::new()),
                Some(false) => {}
                None => return Err(Unclear::new(format!("whether table {} is there cannot be told", table.name))),
            }
        }
        let mut sql = vec![definition(self.speller, &mut table, self.flag(2, true))?];
        if self.flag(3, true) {
            for one in &table.indices {
                sql.push(index(self.speller, &table.name, one)?);
            }
        }
        Ok(sql)
    }
}

/// What better-sqlite3 binds for a value; it takes neither truth nor moments.
fn bound(value: &Value) -> Result<String, Unclear> {
    match value {
        Value::Bool(_) | Value::Date(_) | Value::List(_) | Value::Object(_) | Value::Made(..) => {
            Err(Unclear::new("a value that the driver does not bind"))
        }
        value => literal_of(value, Dialect::Sqlite),
    }
}

/// A name in quotes; with a dot in it, it is in another database.
pub(super) fn path(name: &str) -> Result<String, Unclear> {
    match name.contains(['.', '"']) {
        true => Err(Unclear::new(format!("the name {name}"))),
        false => Ok(format!("\"{name}\"")),
    }
}

/// `createTableSql`.
pub(super) fn definition(speller: Speller<'_>, table: &mut Table, with_foreign_keys: bool) -> Result<String, Unclear> {
    let primary: Vec<String> = table.primary().iter().map(|column| column.name().to_owned()).collect();
    let counts =
        |column: &Part| column.is_true("isGenerated") && column.text("generationStrategy") == Some("increment");
    if primary.len() > 1 && table.primary().iter().any(|column| counts(column)) {
        return Err(Unclear::new("a key of several columns that counts, at which TypeORM stops"));
    }
    let mut pieces = Vec::new();
    for column in &table.columns {
        pieces.push(self::column(column, primary.len() > 1)?);
    }
    for column in table.columns.iter().filter(|column| column.is("isUnique")) {
        if !table.uniques.iter().any(|unique| unique.columns() == [column.name()]) {
            let name = speller.name(Named::Unique, table, &[column.name().to_owned()], "");
            let names = super::model::list(&[column.name()]);
            table.uniques.push(Part::new("TableUnique").with_text("name", name).with("columnNames", names));
        }
    }
    for unique in &table.uniques {
        let columns = unique.names("columnNames")?;
        let name = speller.named(unique, || speller.name(Named::Unique, table, &columns, ""));
        pieces.push(format!("CONSTRAINT {} UNIQUE ({})", path(&name)?, quoted_list(&columns)));
    }
    for check in &table.checks {
        let expression = check.spelled("expression")?;
        let name = speller.named(check, || speller.expression_name(Named::Check, table, &expression));
        pieces.push(format!("CONSTRAINT {} CHECK ({expression})", path(&name)?));
    }
    for key in table.foreign_keys.iter().filter(|_| with_foreign_keys) {
        pieces.push(foreign_key(speller, table, key)?);
    }
    if primary.len() > 1 {
        pieces.push(format!("PRIMARY KEY ({})", quoted_list(&primary)));
    }
    Ok(format!("CREATE TABLE {} ({})", path(&table.name)?, pieces.join(", ")))
}

fn foreign_key(speller: Speller<'_>, table: &Table, key: &Part) -> Result<String, Unclear> {
    let columns = key.names("columnNames")?;
    let name = speller.named(key, || speller.name(Named::ForeignKey, table, &columns, ""));
    let mut sql = format!(
        "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({})",
        path(&name)?,
        quoted_list(&columns),
        path(&key.spelled("referencedTableName")?)?,
        quoted_list(&key.names("referencedColumnNames")?)
    );
    for (what, word) in [("onDelete", "ON DELETE"), ("onUpdate", "ON UPDATE"), ("deferrable", "DEFERRABLE")] {
        if key.is(what) {
            sql.push_str(&format!(" {word} {}", key.spelled(what)?));
        }
    }
    Ok(sql)
}

/// `buildCreateColumnSql`.
fn column(column: &Part, skips_primary: bool) -> Result<String, Unclear> {
    if column.is("asExpression") || column.is("generatedType") {
        return Err(Unclear::new("a computed column, of which TypeORM keeps a book of its own"));
    }
    let mut sql = format!("{} {}", path(column.name())?, full_type(column)?);
    if column.is("enum") {
        let values = column.names("enum").map_err(|_| Unclear::new("the values of an enum are no list of texts"))?;
        let values: Vec<String> = values.iter().map(|value| format!("'{value}'")).collect();
        sql.push_str(&format!(" CHECK( \"{}\" IN ({}) )", column.name(), values.join(",")));
    }
    if column.is("isPrimary") && !skips_primary {
        sql.push_str(" PRIMARY KEY");
    }
    if column.is_true("isGenerated") && column.text("generationStrategy") == Some("increment") {
        sql.push_str(" AUTOINCREMENT");
    }
    if column.is("collation") {
        sql.push_str(&format!(" COLLATE {}", column.spelled("collation")?));
    }
    if !column.is_true("isNullable") {
        sql.push_str(" NOT NULL");
    }
    if column.given("default") {
        sql.push_str(&format!(" DEFAULT ({})", column.spelled("default")?));
    }
    Ok(sql)
}

/// `createFullType`.
fn full_type(column: &Part) -> Result<String, Unclear> {
    if column.is("enum") {
        return Ok("varchar".to_owned());
    }
    let mut kind = column.spelled("type")?;
    if column.is("length") {
        kind.push_str(&format!("({})", column.spelled("length")?));
    } else if column.given("precision") && column.given("scale") {
        kind.push_str(&format!("({},{})", column.spelled("precision")?, column.spelled("scale")?));
    } else if column.given("precision") {
        kind.push_str(&format!("({})", column.spelled("precision")?));
    }
    if column.is("isArray") {
        kind.push_str(" array");
    }
    Ok(kind)
}

fn index_name(speller: Speller<'_>, table: &str, index: &Part) -> Result<String, Unclear> {
    speller.index_name(&Table::named(table), index)
}

/// `createIndexSql`.
pub(super) fn index(speller: Speller<'_>, table: &str, index: &Part) -> Result<String, Unclear> {
    let columns = index.names("columnNames")?;
    let unique = if index.is("isUnique") { "UNIQUE " } else { "" };
    let filter = if index.is("where") { format!(" WHERE {}", index.spelled("where")?) } else { String::new() };
    let name = path(&index_name(speller, table, index)?)?;
    Ok(format!("CREATE {unique}INDEX {name} ON {} ({}){filter}", path(table)?, quoted_list(&columns)))
}

/// The answer to a question; `None` when the state cannot tell.
pub(super) fn answer(kind: Option<&str>, call: &Call, state: &State<'_>) -> Option<Value> {
    let name = |at: usize| match call.arg(at)? {
        Value::Text(name) => Some(name.clone()),
        made => Some(made.get("name")?.text()?.to_owned()),
    };
    match call.name.strip_prefix("queryRunner.")? {
        "kind" => kind.map(|kind| Value::Text(kind.to_owned())),
        "hasTable" => has_table(state.schema(), &name(0)?).map(Value::Bool),
        "hasColumn" => has_column(state.schema(), &name(0)?, &name(1)?).map(Value::Bool),
        _ => None,
    }
}

/// It asks `sqlite_master` for a table of just that name.
fn has_table(schema: &Schema, name: &str) -> Option<bool> {
    let exact = |id: &Id| matches!(id, Id::Relation(key) if key.name == name);
    let found = schema.iter().find(|(id, _)| exact(id));
    match found {
        _ if schema.doubt.is_some() => None,
        Some((_, entry)) if entry.is_unsure() => None,
        Some((_, entry)) => Some(matches!(entry.object, Object::Table(_))),
        None => schema.knows_names().then_some(false),
    }
}

/// It asks a pragma, to which the table may be spelled in any way, and compares the names of columns.
fn has_column(schema: &Schema, name: &str, column: &str) -> Option<bool> {
    let is_it = |id: &Id| matches!(id, Id::Relation(key) if key.name.eq_ignore_ascii_case(name));
    let found = schema.iter().find(|(id, _)| is_it(id));
    match found.map(|(_, entry)| (entry, &entry.object)) {
        _ if schema.doubt.is_some() => None,
        Some((entry, Object::Table(state))) if !entry.is_unsure() => {
            let found = state.table.columns.iter().any(|known| known.name == column);
            (found || state.columns_known).then_some(found)
        }
        Some(_) => None,
        None => schema.knows_names().then_some(false),
    }
}
