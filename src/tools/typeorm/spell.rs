//! The SQL texts that `PostgresQueryRunner` builds from its model (`driver/postgres/PostgresQueryRunner.js` and
//! `PostgresDriver.js`, typeorm 0.3.31 and 1.1.1), to the letter. Names are put into double quotes without doubling those
//! inside them, as there.

use super::model::{Part, Table};
use super::names::{self, Named};
use super::{TypeOrm, Version};
use super::{Unclear, quoted};

/// Spells with one project's settings.
#[derive(Clone, Copy)]
pub(super) struct Speller<'a> {
    pub tool: &'a TypeOrm,
}

impl Speller<'_> {
    /// `parseTableName`: schema and name.
    pub fn parse(&self, table: &Table) -> (String, String) {
        let (schema, name) = self.parse_path(&table.name);
        (table.schema.clone().unwrap_or(schema), name)
    }

    /// The same for a path.
    pub fn parse_path(&self, path: &str) -> (String, String) {
        let mut parts = path.split('.');
        match (parts.next(), parts.next()) {
            (Some(schema), Some(name)) if !schema.is_empty() => (schema.to_owned(), name.to_owned()),
            (Some(_), Some(name)) => (self.schema().to_owned(), name.to_owned()),
            _ => (self.schema().to_owned(), path.to_owned()),
        }
    }

    /// The data source's `schema`, or the one that the server starts with.
    pub fn schema(&self) -> &str {
        self.tool.schema.as_deref().unwrap_or(&self.tool.search_schema)
    }

    /// `escapePath` of a table.
    pub fn path(&self, table: &Table) -> String {
        self.escaped(&self.parse(table))
    }

    fn escaped(&self, (schema, name): &(String, String)) -> String {
        if !schema.is_empty() && *schema != self.tool.search_schema {
            format!("\"{schema}\".\"{name}\"")
        } else {
            format!("\"{name}\"")
        }
    }

    /// `escapePath` of a path.
    pub fn escape_path(&self, path: &str) -> String {
        self.escaped(&self.parse_path(path))
    }

    /// The name of a constraint or index on columns.
    pub fn name(&self, named: Named, table: &Table, columns: &[String], filter: &str) -> String {
        names::of_columns(self.tool.version, named, &table.name, columns, filter)
    }

    /// The name of a check or exclusion constraint.
    pub fn expression_name(&self, named: Named, table: &Table, expression: &str) -> String {
        names::of_expression(self.tool.version, named, &table.name, expression)
    }

    /// The name of the primary key on those columns.
    pub fn primary_name(&self, table: &Table, columns: &[&Part]) -> String {
        if let Some(name) = columns.first().and_then(|column| column.text("primaryKeyConstraintName")) {
            return name.to_owned();
        }
        let names: Vec<String> = columns.iter().map(|column| column.name().to_owned()).collect();
        self.name(Named::PrimaryKey, table, &names, "")
    }

    /// `CREATE TABLE`.
    pub fn create_table(&self, table: &mut Table, with_foreign_keys: bool) -> Result<String, Unclear> {
        let mut pieces = Vec::new();
        for column in &table.columns {
            pieces.push(self.column(table, column)?);
        }
        for column in table.columns.iter().filter(|column| column.is("isUnique")) {
            if !table.uniques.iter().any(|unique| unique.is_on(column.name())) {
                let names = [column.name().to_owned()];
                let name = names::of_columns(self.tool.version, Named::Unique, &table.name, &names, "");
                table.uniques.push(
                    Part::new("TableUnique").with_text("name", name).with("columnNames", super::model::list(&names)),
                );
            }
        }
        for unique in &table.uniques {
            let columns = unique.names("columnNames")?;
            let name = self.named(unique, || self.name(Named::Unique, table, &columns, ""));
            let deferrable = deferrable(unique)?;
            pieces.push(format!("CONSTRAINT \"{name}\" UNIQUE ({}){deferrable}", quoted_list(&columns)));
        }
        for check in &table.checks {
            let expression = check.spelled("expression")?;
            let name = self.named(check, || self.expression_name(Named::Check, table, &expression));
            pieces.push(format!("CONSTRAINT \"{name}\" CHECK ({expression})"));
        }
        for exclusion in &table.exclusions {
            let expression = exclusion.spelled("expression")?;
            let name = self.named(exclusion, || self.expression_name(Named::Exclusion, table, &expression));
            let deferrable = self.exclusion_deferrable(exclusion)?;
            pieces.push(format!("CONSTRAINT \"{name}\" EXCLUDE {expression}{deferrable}"));
        }
        for key in table.foreign_keys.iter().filter(|_| with_foreign_keys) {
            let columns = key.names("columnNames")?;
            let name = self.named(key, || self.name(Named::ForeignKey, table, &columns, ""));
            pieces.push(format!(
                "CONSTRAINT \"{name}\" FOREIGN KEY ({}) REFERENCES {} ({}){}",
                quoted_list(&columns),
                self.referenced(key)?,
                quoted_list(&key.names("referencedColumnNames")?),
                actions(key)?
            ));
        }
        let primary = table.primary();
        if !primary.is_empty() {
            let name = self.primary_name(table, &primary);
            pieces.push(format!("CONSTRAINT \"{name}\" PRIMARY KEY ({})", column_list(&primary)));
        }
        let mut sql = format!("CREATE TABLE {} ({})", self.path(table), pieces.join(", "));
        for column in table.columns.iter().filter(|column| column.is("comment")) {
            sql.push_str(&format!("; {}", self.column_comment(table, column.name(), column)?));
        }
        Ok(sql)
    }

    /// `buildCreateColumnSql`.
    pub fn column(&self, table: &Table, column: &Part) -> Result<String, Unclear> {
        let mut sql = format!("\"{}\"", column.spelled("name")?);
        let kind = column.spelled("type")?;
        let strategy = column.text("generationStrategy");
        if column.is_true("isGenerated") && strategy != Some("uuid") {
            if strategy == Some("identity") {
                let how = column.text("generatedIdentity").unwrap_or("BY DEFAULT");
                sql.push_str(&format!(" {kind} GENERATED {how} AS IDENTITY"));
            } else {
                sql.push_str(match kind.as_str() {
                    "integer" | "int" | "int4" => " SERIAL",
                    "smallint" | "int2" => " SMALLSERIAL",
                    "bigint" | "int8" => " BIGSERIAL",
                    _ => "",
                });
            }
        }
        if column.is_enum() {
            sql.push_str(&format!(" {}", self.enum_name(table, column, true)));
            if column.is("isArray") {
                sql.push_str(" array");
            }
        } else if !column.is("isGenerated") || kind == "uuid" {
            sql.push_str(&format!(" {}", full_type(column)?));
        }
        if column.text("generatedType") == Some("STORED") && column.is("asExpression") {
            sql.push_str(&format!(" GENERATED ALWAYS AS ({}) STORED", column.spelled("asExpression")?));
        }
        if column.is("charset") {
            sql.push_str(&format!(" CHARACTER SET \"{}\"", column.spelled("charset")?));
        }
        if column.is("collation") {
            sql.push_str(&format!(" COLLATE \"{}\"", column.spelled("collation")?));
        }
        if !column.is_true("isNullable") {
            sql.push_str(" NOT NULL");
        }
        if column.given("default") {
            sql.push_str(&format!(" DEFAULT {}", column.spelled("default")?));
        }
        if column.is("isGenerated") && strategy == Some("uuid") && !column.is("default") {
            sql.push_str(&format!(" DEFAULT {}", self.uuid()));
        }
        Ok(sql)
    }

    /// What gives a new UUID: `uuidGenerator`.
    pub fn uuid(&self) -> &'static str {
        if self.tool.uuid_by_pgcrypto { "gen_random_uuid()" } else { "uuid_generate_v4()" }
    }

    /// `buildEnumName`, quoted; with its schema or without.
    pub fn enum_name(&self, table: &Table, column: &Part, with_schema: bool) -> String {
        quoted_path(&self.enum_path(table, column, with_schema, ""))
    }

    /// The same with something behind the name, and not quoted.
    pub fn enum_path(&self, table: &Table, column: &Part, with_schema: bool, suffix: &str) -> String {
        let (schema, name) = self.parse(table);
        let own = match column.text("enumName") {
            Some(name) => name.to_owned(),
            None => format!("{name}_{}_enum", column.name().to_lowercase()),
        };
        if with_schema && !schema.is_empty() { format!("{schema}.{own}{suffix}") } else { format!("{own}{suffix}") }
    }

    /// `CREATE TYPE … AS ENUM`.
    pub fn create_enum(&self, name: &str, column: &Part) -> Result<String, Unclear> {
        let values = column.names("enum").map_err(|_| {
            Unclear::new(format!("column {} is an enum, and its values are no list of texts", column.name()))
        })?;
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        Ok(format!("CREATE TYPE {name} AS ENUM({})", values.join(", ")))
    }

    /// `CREATE INDEX` on a table.
    pub fn create_index(&self, table: &Table, index: &Part) -> Result<String, Unclear> {
        let columns = index.names("columnNames")?;
        let name = self.index_name(table, index)?;
        let unique = if index.is("isUnique") { "UNIQUE " } else { "" };
        let concurrently = if index.is("isConcurrent") { " CONCURRENTLY" } else { "" };
        let method = self.method(index, "USING GiST ");
        let filter = if index.is("where") { format!("WHERE {}", index.spelled("where")?) } else { String::new() };
        Ok(format!(
            "CREATE {unique}INDEX{concurrently} \"{name}\" ON {} {method}({}) {filter}",
            self.path(table),
            quoted_list(&columns)
        ))
    }

    /// The method of an index, with the blank behind it; 0.3 knows one, and that on tables only.
    pub fn method(&self, index: &Part, spatial: &str) -> String {
        match self.tool.version {
            Version::Zero if index.is("isSpatial") => spatial.to_owned(),
            Version::Zero => String::new(),
            // `buildIndexTypeClause`
            Version::One if index.is("isSpatial") => "USING gist ".to_owned(),
            Version::One => index.text("type").map_or_else(|| " ".to_owned(), |kind| format!("USING {kind} ")),
        }
    }

    /// An index's name, given or derived.
    pub fn index_name(&self, table: &Table, index: &Part) -> Result<String, Unclear> {
        let columns = index.names("columnNames")?;
        let filter = if index.is("where") { index.spelled("where")? } else { String::new() };
        Ok(self.named(index, || self.name(Named::Index, table, &columns, &filter)))
    }

    /// `DROP INDEX`.
    pub fn drop_index(&self, table: &Table, name: &str, concurrently: bool, if_exists: bool) -> String {
        let (schema, _) = self.parse(table);
        let concurrently = if concurrently { "CONCURRENTLY " } else { "" };
        let if_exists = if if_exists { "IF EXISTS " } else { "" };
        if schema.is_empty() {
            format!("DROP INDEX {concurrently}{if_exists}\"{name}\"")
        } else {
            format!("DROP INDEX {concurrently}{if_exists}\"{schema}\".\"{name}\"")
        }
    }

    /// `ALTER INDEX … RENAME`.
    pub fn rename_index(&self, table: &Table, from: &str, to: &str) -> String {
        let (schema, _) = self.parse(table);
        if schema.is_empty() {
            format!("ALTER INDEX \"{from}\" RENAME TO \"{to}\"")
        } else {
            format!("ALTER INDEX \"{schema}\".\"{from}\" RENAME TO \"{to}\"")
        }
    }

    /// `ALTER TABLE … ADD CONSTRAINT … FOREIGN KEY`.
    pub fn add_foreign_key(&self, table: &Table, key: &Part) -> Result<String, Unclear> {
        let columns = key.names("columnNames")?;
        let name = self.named(key, || self.name(Named::ForeignKey, table, &columns, ""));
        let referenced: Vec<String> =
            key.names("referencedColumnNames")?.iter().map(|column| format!("\"{column}\"")).collect();
        Ok(format!(
            "ALTER TABLE {} ADD CONSTRAINT \"{name}\" FOREIGN KEY ({}) REFERENCES {}({}){}",
            self.path(table),
            quoted_list(&columns),
            self.referenced(key)?,
            referenced.join(","),
            actions(key)?
        ))
    }

    /// `ALTER TABLE … DROP CONSTRAINT`.
    pub fn drop_constraint(&self, table: &Table, name: &str, if_exists: bool) -> String {
        let if_exists = if if_exists { "IF EXISTS " } else { "" };
        format!("ALTER TABLE {} DROP CONSTRAINT {if_exists}\"{name}\"", self.path(table))
    }

    /// `ALTER TABLE … RENAME CONSTRAINT`.
    pub fn rename_constraint(&self, table: &Table, from: &str, to: &str) -> String {
        format!("ALTER TABLE {} RENAME CONSTRAINT \"{from}\" TO \"{to}\"", self.path(table))
    }

    /// `ALTER TABLE … ADD CONSTRAINT … PRIMARY KEY`.
    pub fn add_primary_key(&self, table: &Table, name: &str, columns: &str) -> String {
        format!("ALTER TABLE {} ADD CONSTRAINT \"{name}\" PRIMARY KEY ({columns})", self.path(table))
    }

    /// `ALTER TABLE … ALTER COLUMN …`.
    pub fn alter_column(&self, table: &Table, column: &str, action: &str) -> String {
        format!("ALTER TABLE {} ALTER COLUMN \"{column}\" {action}", self.path(table))
    }

    /// `COMMENT ON COLUMN`, under that name.
    pub fn column_comment(&self, table: &Table, name: &str, column: &Part) -> Result<String, Unclear> {
        let comment = match column.get("comment") {
            comment if comment.truth() == Some(true) => Some(column.spelled("comment")?),
            _ => None,
        };
        Ok(format!("COMMENT ON COLUMN {}.\"{name}\" IS {}", self.path(table), escape_comment(comment.as_deref())))
    }

    /// `buildSequenceName`.
    pub fn sequence_name(&self, table: &Table, column: &str) -> String {
        let (_, name) = self.parse(table);
        let full = format!("{name}_{column}_seq");
        // JavaScript counts UTF-16 units; `maxAliasLength` is 63.
        if units(&full) <= 63 {
            return full;
        }
        let room = 58_usize.saturating_sub(units(&table.name)).max(29);
        format!("{}_{}_seq", cut(&name, 29), cut(column, room))
    }

    /// `buildSequencePath`, quoted.
    pub fn sequence_path(&self, table: &Table, column: &str) -> String {
        let (schema, _) = self.parse(table);
        self.escaped(&(schema, self.sequence_name(table, column)))
    }

    /// The table that a foreign key is about: `getTablePath` and `escapePath`.
    pub fn referenced(&self, key: &Part) -> Result<String, Unclear> {
        let (schema, name) = self.parse_path(&key.spelled("referencedTableName")?);
        let schema = key.text("referencedSchema").map_or(schema, str::to_owned);
        Ok(self.escaped(&(schema, name)))
    }

    /// The name that something has, or the one that it gets.
    pub fn named(&self, part: &Part, derive: impl FnOnce() -> String) -> String {
        part.text("name").map_or_else(derive, str::to_owned)
    }

    /// Only from 1.0 on an exclusion constraint can be deferrable.
    pub fn exclusion_deferrable(&self, exclusion: &Part) -> Result<String, Unclear> {
        match self.tool.version {
            Version::Zero => Ok(String::new()),
            Version::One => deferrable(exclusion),
        }
    }
}

/// `createFullType`.
pub(super) fn full_type(column: &Part) -> Result<String, Unclear> {
    let kind = column.spelled("type")?;
    let precision =
        if column.given("precision") { format!("({})", column.spelled("precision")?) } else { String::new() };
    let mut full = match kind.as_str() {
        "time without time zone" => format!("TIME{precision}"),
        "time with time zone" => format!("TIME{precision} WITH TIME ZONE"),
        "timestamp without time zone" => format!("TIMESTAMP{precision}"),
        "timestamp with time zone" => format!("TIMESTAMP{precision} WITH TIME ZONE"),
        "geometry" | "geography" => match (column.given("spatialFeatureType"), column.given("srid")) {
            (true, true) => {
                format!("{kind}({},{})", column.spelled("spatialFeatureType")?, column.spelled("srid")?)
            }
            (true, false) => format!("{kind}({})", column.spelled("spatialFeatureType")?),
            (false, _) => kind,
        },
        "vector" | "halfvec" if column.is("length") => format!("{kind}({})", column.spelled("length")?),
        "vector" | "halfvec" => kind,
        _ if column.is("length") => format!("{kind}({})", column.spelled("length")?),
        _ if column.given("precision") && column.given("scale") => {
            format!("{kind}({},{})", column.spelled("precision")?, column.spelled("scale")?)
        }
        _ => format!("{kind}{precision}"),
    };
    if column.is("isArray") {
        full.push_str(" array");
    }
    Ok(full)
}

/// `escapeComment`.
pub(super) fn escape_comment(comment: Option<&str>) -> String {
    match comment {
        Some(comment) if !comment.is_empty() => quoted(&comment.replace('\0', "")),
        _ => "NULL".to_owned(),
    }
}

/// Columns in double quotes.
pub(super) fn quoted_list(names: &[String]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// The names of columns in double quotes.
pub(super) fn column_list(columns: &[&Part]) -> String {
    columns.iter().map(|column| format!("\"{}\"", column.name())).collect::<Vec<_>>().join(", ")
}

/// A path with each of its parts in double quotes.
pub(super) fn quoted_path(path: &str) -> String {
    path.split('.').map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(".")
}

/// What stands behind a constraint that can be put off.
pub(super) fn deferrable(part: &Part) -> Result<String, Unclear> {
    if part.is("deferrable") { Ok(format!(" DEFERRABLE {}", part.spelled("deferrable")?)) } else { Ok(String::new()) }
}

fn actions(key: &Part) -> Result<String, Unclear> {
    let mut sql = String::new();
    for (property, words) in [("onDelete", "ON DELETE"), ("onUpdate", "ON UPDATE")] {
        if key.is(property) {
            sql.push_str(&format!(" {words} {}", key.spelled(property)?));
        }
    }
    Ok(sql + &deferrable(key)?)
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn cut(text: &str, units: usize) -> String {
    String::from_utf16_lossy(&text.encode_utf16().take(units).collect::<Vec<_>>())
}
