//! Tables, columns, keys and indexes as TypeORM's classes.

use super::object::Fields;
use super::{Build, path};
use crate::ir::{
    Column, Constraint, ConstraintKind, DataType, Deferrable, Enum, ForeignKey, Index, KeyPart, Name, Op,
    ReferentialAction, Table, TypeName,
};
use crate::schema::{Object, Schema};
use crate::sql::postgres;
use crate::tools::script::{Lines, Stage};
use crate::tools::typeorm::kept::Kept;
use crate::tools::typeorm::names::Named;

impl Build<'_> {
    fn list(&self, names: &[String]) -> String {
        let names: Vec<String> = names.iter().map(|name| self.text(name)).collect();
        format!("[{}]", names.join(", "))
    }

    /// A table or column with what belongs to it: enums that are made for it just before, and what comes just behind it.
    pub(super) fn definition(&self, stages: &[Stage<'_>]) -> Option<(usize, Lines)> {
        let enums: Vec<&Enum> = stages
            .iter()
            .map_while(|stage| if let Op::CreateEnum { definition } = stage.op { Some(definition) } else { None })
            .collect();
        let stage = stages.get(enums.len())?;
        let later = &stages[enums.len() + 1..];
        let is_of = |columns: &[Column]| {
            let used = |own: &&Enum| columns.iter().any(|column| column.data_type.user() == Some(&own.name));
            enums.iter().all(used) && !(self.swaps && columns.iter().any(|column| column.data_type.user().is_some()))
        };
        let (count, lines) = match stage.op {
            Op::CreateTable { table, if_not_exists: false } if is_of(&table.columns) => {
                self.create(table, &stage.at.before, later)?
            }
            Op::AddColumn { on, column, if_not_exists: false, position: None }
                if !on.only && !on.if_exists && is_of(std::slice::from_ref(column)) =>
            {
                let mut fields = self.column(&on.table, column, None, &stage.at.before)?;
                let mut count = 0;
                if let Some(Op::AddConstraint { on: place, constraint }) = later.first().map(|stage| stage.op)
                    && place.table == on.table
                    && self.is_unique(&on.table, &column.name, constraint)
                {
                    fields.say("isUnique", "true");
                    count = 1;
                }
                let table = self.table(&on.table)?;
                (count, self.made("addColumn", Some(table), "TableColumn", fields)?)
            }
            _ => return None,
        };
        Some((enums.len() + 1 + count, lines))
    }

    /// `createTable`, with the number of later operations that are in it.
    fn create(&self, table: &Table, schema: &Schema, later: &[Stage<'_>]) -> Option<(usize, Lines)> {
        let plain = Table {
            columns: table.columns.clone(),
            constraints: table.constraints.clone(),
            ..Table::new(table.name.clone())
        };
        if *table != plain {
            return None;
        }
        let mut constraints: Vec<&Constraint> = table.constraints.iter().collect();
        let mut indices = Vec::new();
        let mut count = 0;
        for stage in later {
            match stage.op {
                // Keys come with the table, indexes behind it.
                Op::AddConstraint { on, constraint } if on.table == table.name && indices.is_empty() => {
                    constraints.push(constraint);
                }
                Op::CreateIndex { index, if_not_exists: false, concurrently: false } if index.table == table.name => {
                    match self.index(index) {
                        Some(index) => indices.push(index),
                        None => break,
                    }
                }
                _ => break,
            }
            count += 1;
        }
        let mut columns = Vec::new();
        for column in &table.columns {
            let key = constraints.iter().find(|constraint| match &constraint.kind {
                ConstraintKind::PrimaryKey(key) => key.columns.contains(&column.name),
                _ => false,
            });
            let mut fields = self.column(&table.name, column, key.copied(), schema)?;
            if constraints.iter().any(|constraint| self.is_unique(&table.name, &column.name, constraint)) {
                fields.say("isUnique", "true");
            }
            columns.push(fields);
        }
        let (mut uniques, mut checks, mut keys) = (Vec::new(), Vec::new(), Vec::new());
        for constraint in constraints {
            let single = |column: &Column| self.is_unique(&table.name, &column.name, constraint);
            match &constraint.kind {
                ConstraintKind::PrimaryKey(_) => {}
                ConstraintKind::Unique(_) if table.columns.iter().any(single) => {}
                ConstraintKind::Unique(_) => uniques.push(self.unique(&table.name, constraint)?),
                ConstraintKind::Check { .. } => checks.push(self.check(constraint)?),
                ConstraintKind::ForeignKey(key) => keys.push(self.foreign_key(&table.name, constraint, key)?),
                ConstraintKind::Exclusion(_) => return None,
            }
        }
        let mut fields = Fields::default();
        fields.say("name", self.text(&path(&table.name)?));
        fields.list("columns", columns);
        fields.list("uniques", uniques);
        fields.list("checks", checks);
        fields.list("foreignKeys", keys);
        fields.list("indices", indices);
        Some((count, self.made("createTable", None, "Table", fields)?))
    }

    /// Whether a constraint is what `isUnique` of a column says.
    fn is_unique(&self, table: &Name, column: &str, constraint: &Constraint) -> bool {
        let ConstraintKind::Unique(key) = &constraint.kind else { return false };
        let is_usual = self.name(constraint.name.as_deref(), Named::Unique, table, &key.columns, "").is_none();
        key.columns == [column.to_owned()] && is_usual && constraint.deferrable == Deferrable::No
    }

    /// A column; `key` is the primary key that it is in.
    fn column(&self, table: &Name, column: &Column, key: Option<&Constraint>, schema: &Schema) -> Option<Fields> {
        let kept = Kept::Column(table.name.clone(), column.name.clone());
        let plain = Column {
            not_null: column.not_null,
            default: column.default.clone(),
            generated: column.generated.clone().filter(|_| self.kept.contains(&kept)),
            ..Column::new(column.name.clone(), column.data_type.clone())
        };
        if *column != plain {
            return None;
        }
        let mut fields = Fields::default();
        fields.say("name", self.text(&column.name));
        let of = &column.data_type;
        let counts = match &of.name {
            TypeName::Builtin(name) => match name.as_str() {
                "serial" => Some("int"),
                "bigserial" => Some("bigint"),
                "smallserial" => Some("smallint"),
                _ => None,
            },
            TypeName::User(_) => None,
        };
        match counts {
            Some(of) => fields.say("type", self.text(of)),
            None => self.data_type(table, column, schema, &mut fields)?,
        }
        if let Some(Constraint { name, kind: ConstraintKind::PrimaryKey(key), .. }) = key {
            fields.say("isPrimary", "true");
            let own = self.name(name.as_deref(), Named::PrimaryKey, table, &key.columns, "");
            fields.may_say("primaryKeyConstraintName", own);
        }
        if counts.is_some() {
            fields.say("isGenerated", "true");
            fields.say("generationStrategy", self.text("increment"));
        }
        if of.dimensions > 0 {
            fields.say("isArray", "true");
        }
        if !column.not_null && counts.is_none() && key.is_none() {
            fields.say("isNullable", "true");
        }
        if let Some(default) = &column.default {
            fields.say("default", self.sql(&default.0));
        }
        if let Some(expression) = &column.generated {
            fields.say("generatedType", self.text("STORED"));
            fields.say("asExpression", self.sql(&expression.0));
        }
        Some(fields)
    }

    fn data_type(&self, table: &Name, column: &Column, schema: &Schema, fields: &mut Fields) -> Option<()> {
        let of = &column.data_type;
        if of.dimensions > 1 {
            return None;
        }
        let builtin = match &of.name {
            TypeName::Builtin(name) => name.as_str(),
            TypeName::User(name) => {
                let id = schema.type_named(name)?;
                let entry = schema.get(&id)?;
                if let Object::Enum(found) = &entry.object {
                    if entry.doubt.is_some() {
                        return None;
                    }
                    fields.say("type", self.text("enum"));
                    fields.say("enum", self.list(&found.values));
                    let usual = format!("{}_{}_enum", table.name, column.name.to_lowercase());
                    fields.may_say("enumName", Some(&name.name).filter(|own| **own != usual).map(|own| self.text(own)));
                    return Some(());
                }
                let written = postgres::print_type(&DataType { dimensions: 0, ..of.clone() });
                fields.say("type", self.text(&written.replace('"', "")));
                return Some(());
            }
        };
        let short = match builtin {
            "integer" => "int",
            "character varying" => "varchar",
            "character" => "char",
            "timestamp without time zone" => "timestamp",
            "timestamp with time zone" => "timestamptz",
            "time without time zone" => "time",
            other => other,
        };
        match (builtin, of.args.as_slice()) {
            (_, []) => fields.say("type", self.text(short)),
            ("character varying" | "character" | "bit" | "bit varying", [length]) => {
                fields.say("type", self.text(short));
                fields.say("length", self.text(length));
            }
            ("numeric", [precision, scale]) => {
                fields.say("type", self.text(short));
                fields.say("precision", precision.as_str());
                fields.say("scale", scale.as_str());
            }
            (_, [precision]) => {
                // Only of the long names does TypeORM put the precision where it belongs.
                fields.say("type", self.text(builtin));
                fields.say("precision", precision.as_str());
            }
            _ => return None,
        }
        Some(())
    }

    /// SQL in a string, in the quotes in which it needs no backslashes.
    pub(super) fn sql(&self, text: &str) -> String {
        let quote = match self.desk.style.quote {
            '\'' if text.contains('\'') && !text.contains(['"', '\\']) => '"',
            quote => quote,
        };
        crate::tools::script::string_literal(text, quote)
    }

    /// What adds a constraint.
    pub(super) fn constraint(&self, table: &Name, constraint: &Constraint) -> Option<Lines> {
        let first = self.table(table)?;
        match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => {
                let own = self.name(constraint.name.as_deref(), Named::PrimaryKey, table, &key.columns, "");
                let mut arguments = vec![first, self.list(&key.columns)];
                arguments.extend(own);
                Some(self.line("createPrimaryKey", &arguments))
            }
            ConstraintKind::Unique(_) => {
                self.made("createUniqueConstraint", Some(first), "TableUnique", self.unique(table, constraint)?)
            }
            ConstraintKind::Check { .. } => {
                self.made("createCheckConstraint", Some(first), "TableCheck", self.check(constraint)?)
            }
            ConstraintKind::ForeignKey(key) => {
                self.made("createForeignKey", Some(first), "TableForeignKey", self.foreign_key(table, constraint, key)?)
            }
            ConstraintKind::Exclusion(_) => None,
        }
    }

    fn unique(&self, table: &Name, constraint: &Constraint) -> Option<Fields> {
        let ConstraintKind::Unique(key) = &constraint.kind else { return None };
        let mut fields = Fields::default();
        fields.may_say("name", self.name(constraint.name.as_deref(), Named::Unique, table, &key.columns, ""));
        fields.say("columnNames", self.list(&key.columns));
        fields.may_say("deferrable", self.deferrable(constraint));
        Some(fields)
    }

    fn check(&self, constraint: &Constraint) -> Option<Fields> {
        let ConstraintKind::Check { expr, .. } = &constraint.kind else { return None };
        let mut fields = Fields::default();
        fields.may_say("name", constraint.name.as_deref().map(|name| self.text(name)));
        fields.say("expression", self.sql(&expr.0));
        Some(fields)
    }

    fn foreign_key(&self, table: &Name, constraint: &Constraint, key: &ForeignKey) -> Option<Fields> {
        let mut fields = Fields::default();
        fields.may_say("name", self.name(constraint.name.as_deref(), Named::ForeignKey, table, &key.columns, ""));
        fields.say("columnNames", self.list(&key.columns));
        fields.say("referencedTableName", self.text(&path(&key.references)?));
        fields.say("referencedColumnNames", self.list(&key.referenced));
        for (field, action) in [("onDelete", &key.on_delete), ("onUpdate", &key.on_update)] {
            let word = match action {
                ReferentialAction::NoAction => continue,
                ReferentialAction::Restrict => "RESTRICT",
                ReferentialAction::Cascade => "CASCADE",
                ReferentialAction::SetNull(columns) if columns.is_empty() => "SET NULL",
                ReferentialAction::SetDefault(columns) if columns.is_empty() => "SET DEFAULT",
                ReferentialAction::SetNull(_) | ReferentialAction::SetDefault(_) => return None,
            };
            fields.say(field, self.text(word));
        }
        fields.may_say("deferrable", self.deferrable(constraint));
        Some(fields)
    }

    fn deferrable(&self, constraint: &Constraint) -> Option<String> {
        match constraint.deferrable {
            Deferrable::No => None,
            Deferrable::Immediate => Some(self.text("INITIALLY IMMEDIATE")),
            Deferrable::Deferred => Some(self.text("INITIALLY DEFERRED")),
        }
    }

    pub(super) fn index(&self, index: &Index) -> Option<Fields> {
        let keys = index.keys.iter().map(|key| match &key.part {
            KeyPart::Column(name) if key.order.is_none() && key.nulls.is_none() && key.operator_class.is_none() => {
                Some(name.clone())
            }
            _ => None,
        });
        let columns = keys.collect::<Option<Vec<String>>>()?;
        if !index.include.is_empty() {
            return None;
        }
        let filter = index.predicate.as_ref().map_or("", |filter| filter.0.as_str());
        let mut fields = Fields::default();
        fields.may_say("name", self.name(index.name.as_deref(), Named::Index, &index.table, &columns, filter));
        fields.say("columnNames", self.list(&columns));
        if index.unique {
            fields.say("isUnique", "true");
        }
        match index.method.as_deref() {
            None | Some("btree") => {}
            Some("gist") => fields.say("isSpatial", "true"),
            Some(_) => return None,
        }
        if !filter.is_empty() {
            fields.say("where", self.sql(filter));
        }
        Some(fields)
    }
}
