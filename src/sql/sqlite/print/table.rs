//! Tables: their definitions, and columns that are added to them.

use super::text::{default, ident, idents, name, parens};
use crate::ir::{
    Column, Constraint, ConstraintKind, DataType, Deferrable, ForeignKey, Persistence, ReferentialAction, Table,
    TypeName,
};

/// `CREATE TABLE …`.
pub(super) fn create(table: &Table, if_not_exists: bool) -> String {
    let kind = if table.persistence == Persistence::Temporary { "TEMPORARY TABLE" } else { "TABLE" };
    let guard = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let mut out = format!("CREATE {kind} {guard}{}", name(&table.name));
    if let Some(query) = &table.as_query {
        return format!("{out} AS\n{}", super::text::statement(query));
    }
    let of = |column: &Column| -> Vec<&Constraint> {
        table
            .constraints
            .iter()
            .filter(|constraint| stands_in(table, constraint) == Some(column.name.as_str()))
            .collect()
    };
    let columns = table.columns.iter().map(|column| definition(column, &of(column)));
    let others = table.constraints.iter().filter(|constraint| stands_in(table, constraint).is_none());
    let elements: Vec<String> = columns.chain(others.map(constraint)).map(|element| format!("    {element}")).collect();
    out += &format!(" (\n{}\n)", elements.join(",\n"));
    let options: Vec<&str> = table.options.iter().map(|(option, _)| option.as_str()).collect();
    if !options.is_empty() {
        out += &format!(" {}", options.join(", "));
    }
    out
}

/// The column in whose definition a constraint is said: its own, or that of a primary key which counts.
fn stands_in<'t>(table: &'t Table, constraint: &'t Constraint) -> Option<&'t str> {
    let is_key = matches!(constraint.kind, ConstraintKind::PrimaryKey(_));
    let counts = is_key && table.columns.iter().any(|column| column.auto_increment);
    let name = match &constraint.kind {
        ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => key.columns.as_slice(),
        ConstraintKind::ForeignKey(key) => key.columns.as_slice(),
        ConstraintKind::Check { column, .. } => column.as_slice(),
        ConstraintKind::Exclusion(_) => &[],
    };
    let [name] = name else { return None };
    let own = table.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))?;
    (constraint.inline || counts).then_some(own.name.as_str())
}

/// A column with all that its definition says.
fn definition(column: &Column, constraints: &[&Constraint]) -> String {
    let mut out = ident(&column.name);
    let data_type = data_type(&column.data_type);
    if !data_type.is_empty() {
        out += &format!(" {data_type}");
    }
    if column.not_null {
        out += " NOT NULL";
    }
    let is_key = |of: &&&Constraint| matches!(of.kind, ConstraintKind::PrimaryKey(_));
    for key in constraints.iter().filter(is_key) {
        out += &format!(" {}PRIMARY KEY", named(key));
        if column.auto_increment {
            out += " AUTOINCREMENT";
        }
    }
    if let Some(collation) = &column.collation {
        out += &format!(" COLLATE {}", ident(&collation.name));
    }
    if let Some(expr) = &column.default {
        out += &format!(" DEFAULT {}", default(&expr.0));
    }
    if let Some(expr) = &column.generated {
        let kind = if column.is_virtual { "VIRTUAL" } else { "STORED" };
        out += &format!(" GENERATED ALWAYS AS {} {kind}", parens(&expr.0));
    }
    for of in constraints.iter().filter(|of| !is_key(of)) {
        out += &format!(" {}", named(of));
        out += &match &of.kind {
            ConstraintKind::Unique(_) => "UNIQUE".to_owned(),
            ConstraintKind::Check { expr, .. } => format!("CHECK {}", parens(&expr.0)),
            ConstraintKind::ForeignKey(key) => references(key, of.deferrable),
            ConstraintKind::PrimaryKey(_) | ConstraintKind::Exclusion(_) => String::new(),
        };
    }
    out
}

/// `CONSTRAINT name `, where it has one.
fn named(of: &Constraint) -> String {
    of.name.as_ref().map(|name| format!("CONSTRAINT {} ", ident(name))).unwrap_or_default()
}

/// A type as it was written.
fn data_type(of: &DataType) -> String {
    let TypeName::Builtin(words) = &of.name else { return String::new() };
    match of.args.as_slice() {
        [] => words.clone(),
        args => format!("{words}({})", args.join(", ")),
    }
}

/// A constraint of a table.
pub(super) fn constraint(of: &Constraint) -> String {
    named(of)
        + &match &of.kind {
            ConstraintKind::PrimaryKey(key) => format!("PRIMARY KEY ({})", idents(&key.columns)),
            ConstraintKind::Unique(key) => format!("UNIQUE ({})", idents(&key.columns)),
            ConstraintKind::Check { expr, .. } => format!("CHECK {}", parens(&expr.0)),
            ConstraintKind::ForeignKey(key) => {
                format!("FOREIGN KEY ({}) {}", idents(&key.columns), references(key, of.deferrable))
            }
            // SQLite has none.
            ConstraintKind::Exclusion(_) => String::new(),
        }
}

/// `REFERENCES …`.
fn references(key: &ForeignKey, deferrable: Deferrable) -> String {
    let mut out = format!("REFERENCES {}", ident(&key.references.name));
    if !key.referenced.is_empty() {
        out += &format!(" ({})", idents(&key.referenced));
    }
    for (event, action) in [("DELETE", &key.on_delete), ("UPDATE", &key.on_update)] {
        let action = match action {
            ReferentialAction::NoAction => continue,
            ReferentialAction::Restrict => "RESTRICT",
            ReferentialAction::Cascade => "CASCADE",
            ReferentialAction::SetNull(_) => "SET NULL",
            ReferentialAction::SetDefault(_) => "SET DEFAULT",
        };
        out += &format!(" ON {event} {action}");
    }
    out + match deferrable {
        Deferrable::No => "",
        Deferrable::Immediate => " DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::Deferred => " DEFERRABLE INITIALLY DEFERRED",
    }
}

/// A column as `ADD COLUMN` takes it, with its constraints.
pub(super) fn added(column: &Column, constraints: &[&Constraint]) -> String {
    definition(column, constraints)
}

/// Why `ADD COLUMN` does not take a column, if it never does. Source: `sqlite3AlterFinishAddColumn` in SQLite 3.50.
pub fn cannot_add(column: &Column) -> Option<&'static str> {
    let is_null = column.default.as_ref().is_none_or(|default| default.0.eq_ignore_ascii_case("null"));
    if column.generated.is_some() {
        return (!column.is_virtual).then_some("it is stored");
    }
    (column.not_null && is_null).then_some("it is NOT NULL and has no default")
}

/// Whether `ADD COLUMN` takes a column on a table that has rows. Source: `sqlite3AlterFinishAddColumn` in SQLite 3.50.
pub fn can_add(column: &Column, constraints: &[&Constraint]) -> bool {
    let is_null = |text: &str| text.eq_ignore_ascii_case("null");
    let has_value = column.default.as_ref().is_some_and(|default| !is_null(&default.0));
    let is_constant = column.default.as_ref().is_none_or(|expr| {
        let tail = default(&expr.0);
        !tail.starts_with('(') && !tail.to_ascii_uppercase().starts_with("CURRENT_")
    });
    let kind_fits = |constraint: &&Constraint| match &constraint.kind {
        ConstraintKind::ForeignKey(_) => !has_value,
        ConstraintKind::Check { .. } => true,
        _ => false,
    };
    cannot_add(column).is_none() && is_constant && constraints.iter().all(kind_fits)
}
