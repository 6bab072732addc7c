//! Columns by Knex's schema builder.

use super::{Build, default_name, knex};
use crate::ir::{
    Column, Constraint, ConstraintKind, DataType, Deferrable, Enum, ForeignKey, Name, ReferentialAction, Table,
    TypeName,
};
use crate::sql::postgres;
use crate::tools::script::sql_string;

/// What is said of a column beside its definition.
#[derive(Default)]
pub(super) struct Beside<'a> {
    /// Whether it is the primary key by itself.
    pub is_key: bool,
    /// Whether it is unique by itself.
    pub is_unique: bool,
    /// What it refers to by itself.
    pub refers: Option<&'a ForeignKey>,
    /// The values that it may have, by a check.
    pub values: Option<Vec<String>>,
    /// The enum that is made with it.
    pub made: Option<&'a Enum>,
}

impl<'a> Beside<'a> {
    /// Takes in a constraint that the column's own chain can say: of one column, and of the name that it gets then.
    pub fn take(&mut self, table: &Name, column: &Column, constraint: &'a Constraint) -> bool {
        if constraint.deferrable != Deferrable::No || constraint.not_valid {
            return false;
        }
        let own = [column.name.clone()];
        let usual = |name: String| constraint.name.as_ref().is_none_or(|own| *own == name);
        match &constraint.kind {
            ConstraintKind::PrimaryKey(key) if key.columns == own && usual(format!("{}_pkey", table.name)) => {
                self.is_key = true;
            }
            ConstraintKind::Unique(key) if key.columns == own && usual(default_name(table, &own, "unique")) => {
                self.is_unique = true;
            }
            ConstraintKind::ForeignKey(key)
                if key.columns == own
                    && key.referenced.len() == 1
                    && self.refers.is_none()
                    && usual(default_name(table, &own, "foreign")) =>
            {
                self.refers = Some(key);
            }
            ConstraintKind::Check { expr, .. }
                if usual(format!("{}_{}_check", table.name, column.name))
                    && column.data_type == DataType::builtin("text") =>
            {
                self.values = listed(&expr.0, &column.name);
                return self.values.is_some();
            }
            _ => return false,
        }
        true
    }
}

impl Beside<'_> {
    /// Whether something of it is said behind all columns.
    pub fn comes_later(&self) -> bool {
        self.is_key || self.is_unique || self.refers.is_some()
    }
}

/// The values of `"column" in ('a', 'b')`, which is what Knex's enums are unless they are native.
fn listed(check: &str, column: &str) -> Option<Vec<String>> {
    let rest = check.strip_prefix(&postgres::quote_identifier(column))?.strip_prefix(" in ('")?;
    let values: Vec<String> = rest.strip_suffix("')")?.split("', '").map(str::to_owned).collect();
    values.iter().all(|value| !value.contains('\'')).then_some(values)
}

impl Build<'_> {
    /// A column with what is said of it.
    pub(super) fn column(&self, column: &Column, beside: &Beside<'_>) -> Option<String> {
        let name = self.text(&column.name);
        if let Some(method) = counts(column).filter(|_| beside.is_key) {
            return Some(format!("{method}({name})"));
        }
        if let Some(method) = counts(column).filter(|_| column.default.is_none() && beside.values.is_none()) {
            let mut call = format!("{method}({name}, {{ primaryKey: false }})");
            if beside.is_unique {
                call.push_str(".unique()");
            }
            if let Some(key) = beside.refers {
                call.push_str(&self.target(key)?);
            }
            return Some(call);
        }
        let mut call = match (&beside.values, beside.made) {
            (Some(values), _) => format!("enu({name}, {})", self.list(values)),
            (None, Some(made)) => {
                let of = format!("enumName: {}", self.text(&made.name.name));
                let schema = made.name.schema.as_ref().map(|schema| format!(", schemaName: {}", self.text(schema)));
                let schema = schema.unwrap_or_default();
                format!("enu({name}, {}, {{ useNative: true, {of}{schema} }})", self.list(&made.values))
            }
            (None, None) => self.typed(&name, column),
        };
        if column.not_null && !beside.is_key {
            call.push_str(".notNullable()");
        }
        if let Some(default) = &column.default {
            call.push_str(&format!(".defaultTo({})", self.default(&default.0, &column.data_type)));
        }
        if beside.is_key {
            call.push_str(".primary()");
        }
        if beside.is_unique {
            call.push_str(".unique()");
        }
        if let Some(key) = beside.refers {
            call.push_str(&self.target(key)?);
        }
        Some(call)
    }

    /// A column that is there, with all that it has then.
    pub(super) fn altered(&self, column: &Column) -> String {
        let mut call = self.typed(&self.text(&column.name), column);
        if column.not_null {
            call.push_str(".notNullable()");
        }
        if let Some(default) = &column.default {
            call.push_str(&format!(".defaultTo({})", self.default(&default.0, &column.data_type)));
        }
        format!("{call}.alter()")
    }

    /// `.references('id').inTable('users')` and what happens to rows.
    pub(super) fn target(&self, key: &ForeignKey) -> Option<String> {
        let target = match &key.references.schema {
            Some(schema) => format!("{schema}.{}", key.references.name),
            None => key.references.name.clone(),
        };
        let mut call = format!(".references({}).inTable({})", self.columns(&key.referenced), self.text(&target));
        for (method, action) in [("onUpdate", &key.on_update), ("onDelete", &key.on_delete)] {
            let word = match action {
                ReferentialAction::NoAction => continue,
                ReferentialAction::Restrict => "RESTRICT",
                ReferentialAction::Cascade => "CASCADE",
                ReferentialAction::SetNull(columns) if columns.is_empty() => "SET NULL",
                ReferentialAction::SetDefault(columns) if columns.is_empty() => "SET DEFAULT",
                ReferentialAction::SetNull(_) | ReferentialAction::SetDefault(_) => return None,
            };
            call.push_str(&format!(".{method}({})", self.text(word)));
        }
        Some(call)
    }

    fn typed(&self, name: &str, column: &Column) -> String {
        let args = &column.data_type.args;
        let plain = match &column.data_type.name {
            TypeName::Builtin(builtin) if column.data_type.dimensions == 0 && column.collation.is_none() => {
                match (builtin.as_str(), args.as_slice()) {
                    ("integer", []) => Some(format!("integer({name})")),
                    ("bigint", []) => Some(format!("bigInteger({name})")),
                    ("smallint", []) => Some(format!("smallint({name})")),
                    ("boolean", []) => Some(format!("boolean({name})")),
                    ("text", []) => Some(format!("text({name})")),
                    ("date", []) => Some(format!("date({name})")),
                    ("json", []) => Some(format!("json({name})")),
                    ("jsonb", []) => Some(format!("jsonb({name})")),
                    ("uuid", []) => Some(format!("uuid({name})")),
                    ("bytea", []) => Some(format!("binary({name})")),
                    ("real", []) => Some(format!("float({name})")),
                    ("double precision", []) => Some(format!("double({name})")),
                    ("timestamp with time zone", []) => Some(format!("timestamp({name})")),
                    ("timestamp without time zone", []) => Some(format!("timestamp({name}, {{ useTz: false }})")),
                    ("timestamp with time zone", [digits]) => {
                        Some(format!("timestamp({name}, {{ precision: {digits} }})"))
                    }
                    ("timestamp without time zone", [digits]) => {
                        Some(format!("timestamp({name}, {{ useTz: false, precision: {digits} }})"))
                    }
                    ("time without time zone", []) => Some(format!("time({name})")),
                    ("character varying", [length]) if length == "255" => Some(format!("string({name})")),
                    ("character varying", [length]) => Some(format!("string({name}, {length})")),
                    ("numeric", [precision]) => Some(format!("decimal({name}, {precision}, 0)")),
                    ("numeric", [precision, scale]) => Some(format!("decimal({name}, {precision}, {scale})")),
                    _ => None,
                }
            }
            _ => None,
        };
        plain.unwrap_or_else(|| {
            let written = postgres::print_type(&column.data_type);
            // In lower case, as people write types; a type of the user's own keeps its name.
            let written = if column.data_type.user().is_some() { written } else { written.to_lowercase() };
            format!("specificType({name}, {})", self.text(&written))
        })
    }

    fn default(&self, expression: &str, of: &DataType) -> String {
        let inner = expression.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        let inner = inner.map(|inner| inner.replace("''", "\u{0}")).filter(|inner| !inner.contains('\''));
        let inner = inner.map(|inner| inner.replace('\u{0}', "'"));
        let builtin = match &of.name {
            TypeName::Builtin(name) if of.dimensions == 0 => name.as_str(),
            _ => "",
        };
        let numbers = ["integer", "bigint", "smallint", "numeric", "real", "double precision"];
        let is_number = |text: &str| text.parse::<f64>().is_ok_and(|value| format!("{value}") == text);
        match (expression, inner.as_deref()) {
            ("CURRENT_TIMESTAMP", _) => format!("{}.fn.now()", knex(self.desk)),
            ("true" | "false", _) if builtin == "boolean" => expression.to_owned(),
            (text, None) if builtin == "integer" && text.parse::<u32>().is_ok_and(|n| n.to_string() == text) => {
                text.to_owned()
            }
            (_, Some("0")) if builtin == "boolean" => "false".to_owned(),
            (_, Some("1")) if builtin == "boolean" => "true".to_owned(),
            (_, Some(text)) if numbers.contains(&builtin) && is_number(text) => text.to_owned(),
            (_, Some(text)) if !text.contains(['\\', '?']) => self.text(text),
            _ => format!("{}.raw({})", knex(self.desk), self.sql(&expression.replace('?', "\\?"))),
        }
    }

    fn sql(&self, text: &str) -> String {
        sql_string(text, self.desk.style.quote)
    }

    /// Whether these columns of a table are `timestamps(true, true)`.
    pub(super) fn are_timestamps(&self, table: &Table, at: usize) -> bool {
        let is = |at: usize, name: &str| {
            table.columns.get(at).is_some_and(|column| {
                let mut wanted = Column::new(name, DataType::builtin("timestamp with time zone"));
                wanted.not_null = true;
                wanted.default = Some(crate::ir::Expr("CURRENT_TIMESTAMP".to_owned()));
                *column == wanted
            })
        };
        is(at, "created_at") && is(at + 1, "updated_at")
    }
}

/// The method for a column that counts up.
pub(super) fn counts(column: &Column) -> Option<&'static str> {
    match &column.data_type.name {
        TypeName::Builtin(name) if name == "serial" => Some("increments"),
        TypeName::Builtin(name) if name == "bigserial" => Some("bigIncrements"),
        _ => None,
    }
}
