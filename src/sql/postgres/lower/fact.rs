//! From the conditions on a row of the catalogue to the fact that the row is. What else is asked makes a stop.

use super::catalog::{Question, SourceRow, Value};
use super::name_text;
use crate::ir::{Fact, ObjectKind};
use crate::sql::cursor::{Parse, Stop};

/// Puts a fact together from what is asked.
pub(super) struct Facts<'q, 'a> {
    pub question: &'q Question<'a>,
    /// The sources that went into it.
    pub used: Vec<usize>,
}

impl Facts<'_, '_> {
    fn stop(&self, why: &str) -> Stop {
        self.question.cursor.refuse(why)
    }

    /// The fact that a row of the catalogue is.
    pub(super) fn of(&mut self, row: &SourceRow) -> Parse<Fact> {
        let fact = match row.catalog {
            "pg_attribute" => {
                let (schema, table) =
                    self.relation(row, "attrelid")?.ok_or_else(|| self.stop("column of any table"))?;
                Fact::Column { schema, table, column: self.text(row, "attname")? }
            }
            "columns" => Fact::Column {
                schema: self.schema(row, &["table_schema"])?,
                table: self.text(row, "table_name")?,
                column: self.text(row, "column_name")?,
            },
            "pg_class" => {
                let schema = self.namespace(row, "relnamespace")?;
                Fact::Relation { schema, name: self.text(row, "relname")?, kinds: self.kinds(row)? }
            }
            "pg_tables" => self.view_row(row, "tablename", &[ObjectKind::Table])?,
            "pg_views" => self.view_row(row, "viewname", &[ObjectKind::View])?,
            "pg_matviews" => self.view_row(row, "matviewname", &[ObjectKind::MaterializedView])?,
            "pg_indexes" => self.view_row(row, "indexname", &[ObjectKind::Index])?,
            "pg_sequences" => self.view_row(row, "sequencename", &[ObjectKind::Sequence])?,
            "tables" => Fact::Relation {
                schema: self.schema(row, &["table_schema"])?,
                name: self.text(row, "table_name")?,
                kinds: match row.asked.get("table_type") {
                    None => vec![ObjectKind::Table, ObjectKind::View, ObjectKind::ForeignTable],
                    Some(Value::Text(text)) if text == "BASE TABLE" => vec![ObjectKind::Table],
                    Some(Value::Text(text)) if text == "VIEW" => vec![ObjectKind::View],
                    Some(_) => return Err(self.stop("kind of table that guards do not ask for")),
                },
            },
            "views" => Fact::Relation {
                schema: self.schema(row, &["table_schema"])?,
                name: self.text(row, "table_name")?,
                kinds: vec![ObjectKind::View],
            },
            "sequences" => Fact::Relation {
                schema: self.schema(row, &["sequence_schema"])?,
                name: self.text(row, "sequence_name")?,
                kinds: vec![ObjectKind::Sequence],
            },
            "pg_constraint" => {
                let place = self.relation(row, "conrelid")?;
                let namespace = self.namespace(row, "connamespace")?;
                let (schema, table) = place.map_or((None, None), |(schema, table)| (schema, Some(table)));
                Fact::Constraint { schema: schema.or(namespace), table, name: self.text(row, "conname")? }
            }
            "table_constraints" | "referential_constraints" => Fact::Constraint {
                schema: self.schema(row, &["table_schema", "constraint_schema"])?,
                table: self.optional(row, "table_name")?,
                name: self.text(row, "constraint_name")?,
            },
            "pg_type" => {
                let schema = self.namespace(row, "typnamespace")?;
                Fact::Type { schema, name: self.text(row, "typname")? }
            }
            "pg_enum" => self.enum_value(row)?,
            "pg_proc" => {
                let schema = self.namespace(row, "pronamespace")?;
                Fact::Routine { schema, name: self.text(row, "proname")? }
            }
            "routines" => Fact::Routine {
                schema: self.schema(row, &["routine_schema", "specific_schema"])?,
                name: self.text(row, "routine_name")?,
            },
            "pg_trigger" => {
                let table = self.relation(row, "tgrelid")?.map(|(_, table)| table);
                Fact::Trigger { table, name: self.text(row, "tgname")? }
            }
            "triggers" => Fact::Trigger {
                table: self.optional(row, "event_object_table")?,
                name: self.text(row, "trigger_name")?,
            },
            "pg_policy" => {
                let table = self.relation(row, "polrelid")?.map(|(_, table)| table);
                Fact::Policy { table, name: self.text(row, "polname")? }
            }
            "pg_policies" => {
                Fact::Policy { table: self.optional(row, "tablename")?, name: self.text(row, "policyname")? }
            }
            "pg_namespace" => Fact::Schema { name: self.text(row, "nspname")? },
            "schemata" => Fact::Schema { name: self.text(row, "schema_name")? },
            "pg_extension" => Fact::Extension { name: self.text(row, "extname")? },
            "pg_publication" => Fact::Publication { name: self.text(row, "pubname")? },
            "pg_publication_tables" => Fact::PublicationTable {
                publication: self.text(row, "pubname")?,
                schema: self.schema(row, &["schemaname"])?,
                table: self.text(row, "tablename")?,
            },
            "pg_publication_rel" => self.publication_table(row)?,
            "pg_roles" | "pg_authid" => Fact::Role { name: self.text(row, "rolname")? },
            "pg_user" => Fact::Role { name: self.text(row, "usename")? },
            _ => return Err(self.stop("catalogue that guards do not ask")),
        };
        Ok(fact)
    }

    fn view_row(&self, row: &SourceRow, name: &str, kinds: &[ObjectKind]) -> Parse<Fact> {
        let schema = self.schema(row, &["schemaname"])?;
        Ok(Fact::Relation { schema, name: self.text(row, name)?, kinds: kinds.to_vec() })
    }

    fn enum_value(&mut self, row: &SourceRow) -> Parse<Fact> {
        let value = self.text(row, "enumlabel")?;
        let (schema, name) = match row.asked.get("enumtypid") {
            None => (None, None),
            Some(Value::Named(name)) => (name.schema.clone(), Some(name.name.clone())),
            Some(Value::Row(n)) => {
                let of = self.take(*n, "pg_type")?;
                (self.namespace(&of, "typnamespace")?, Some(self.text(&of, "typname")?))
            }
            Some(_) => return Err(self.stop("enum that cannot be told")),
        };
        Ok(Fact::EnumValue { schema, name, value })
    }

    fn publication_table(&mut self, row: &SourceRow) -> Parse<Fact> {
        let Some(Value::Row(n)) = row.asked.get("prpubid") else { return Err(self.stop("table of any publication")) };
        let of = self.take(*n, "pg_publication")?;
        let publication = self.text(&of, "pubname")?;
        let place = self.relation(row, "prrelid")?;
        let (schema, table) = place.ok_or_else(|| self.stop("any table of a publication"))?;
        Ok(Fact::PublicationTable { publication, schema, table })
    }

    fn take(&mut self, number: usize, catalog: &str) -> Parse<SourceRow> {
        match self.question.sources.get(number) {
            Some(source) if source.catalog == catalog => {
                if !self.used.contains(&number) {
                    self.used.push(number);
                }
                Ok(source.clone())
            }
            _ => Err(self.stop("join that guards do not make")),
        }
    }

    fn text(&self, row: &SourceRow, column: &str) -> Parse<String> {
        match row.asked.get(column) {
            Some(Value::Text(text)) => Ok(text.clone()),
            _ => Err(self.stop(&format!("question that does not say which {column}"))),
        }
    }

    fn optional(&self, row: &SourceRow, column: &str) -> Parse<Option<String>> {
        if row.asked.contains_key(column) { self.text(row, column).map(Some) } else { Ok(None) }
    }

    /// The schema that one of the columns is limited to.
    fn schema(&self, row: &SourceRow, columns: &[&str]) -> Parse<Option<String>> {
        for column in columns {
            match row.asked.get(column) {
                Some(Value::Text(text)) => return Ok(Some(text.clone())),
                Some(Value::CurrentSchema) | None => {}
                Some(_) => return Err(self.stop("schema that cannot be told")),
            }
        }
        Ok(None)
    }

    fn namespace(&mut self, row: &SourceRow, column: &str) -> Parse<Option<String>> {
        match row.asked.get(column) {
            None => Ok(None),
            Some(Value::Named(name)) if name.schema.is_none() => Ok(Some(name.name.clone())),
            Some(Value::Row(n)) => {
                let of = self.take(*n, "pg_namespace")?;
                self.schema(&of, &["nspname"])
            }
            Some(_) => Err(self.stop("schema that cannot be told")),
        }
    }

    /// The relation that a column points at: its schema, and its name.
    fn relation(&mut self, row: &SourceRow, column: &str) -> Parse<Option<(Option<String>, String)>> {
        match row.asked.get(column) {
            None => Ok(None),
            Some(Value::Named(name)) => Ok(Some((name.schema.clone(), name.name.clone()))),
            // `conrelid::regclass::text = '"Order"'`
            Some(Value::Text(text)) => {
                let name = name_text::parse(text).ok_or_else(|| self.stop("name that cannot be read"))?;
                Ok(Some((name.schema, name.name)))
            }
            Some(Value::Row(n)) => {
                let of = self.take(*n, "pg_class")?;
                // Joined, and nothing is asked of it.
                if of.asked.keys().all(|column| *column == "relnamespace")
                    && self.namespace(&of, "relnamespace")?.is_none()
                {
                    return Ok(None);
                }
                Ok(Some((self.namespace(&of, "relnamespace")?, self.text(&of, "relname")?)))
            }
            Some(Value::OneOf(_) | Value::CurrentSchema) => Err(self.stop("table that cannot be told")),
        }
    }

    fn kinds(&self, row: &SourceRow) -> Parse<Vec<ObjectKind>> {
        let letters = match row.asked.get("relkind") {
            None => return Ok(Vec::new()),
            Some(Value::Text(letter)) => std::slice::from_ref(letter),
            Some(Value::OneOf(letters)) => letters.as_slice(),
            Some(_) => return Err(self.stop("kind of relation that cannot be told")),
        };
        let mut kinds = Vec::new();
        for letter in letters {
            let kind = match letter.as_str() {
                "r" | "p" => ObjectKind::Table,
                "v" => ObjectKind::View,
                "m" => ObjectKind::MaterializedView,
                "i" | "I" => ObjectKind::Index,
                "S" => ObjectKind::Sequence,
                "f" => ObjectKind::ForeignTable,
                _ => return Err(self.stop("kind of relation that guards do not ask for")),
            };
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        Ok(kinds)
    }
}
