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
    let key = own_key(table);
    let inline = |column: &Column| key.is_some_and(|key| is_key_of(key, column));
    let columns = table.columns.iter().map(|column| definition(column, inline(column)));
    let others = table.constraints.iter().filter(|constraint| !key.is_some_and(|key| std::ptr::eq(key, *constraint)));
    let elements: Vec<String> = columns.chain(others.map(constraint)).map(|element| format!("    {element}")).collect();
    out += &format!(" (\n{}\n)", elements.join(",\n"));
    let options: Vec<&str> = table.options.iter().map(|(option, _)| option.as_str()).collect();
    if !options.is_empty() {
        out += &format!(" {}", options.join(", "));
    }
    out
}

/// The primary key that is said with its column: one without a name over one column.
fn own_key(table: &Table) -> Option<&Constraint> {
    let is_alone = |constraint: &&Constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey(key) => {
            let counts = || table.columns.iter().any(|column| column.auto_increment);
            key.columns.len() == 1 && (constraint.name.is_none() || counts())
        }
        _ => false,
    };
    table.constraints.iter().find(is_alone)
}

fn is_key_of(constraint: &Constraint, column: &Column) -> bool {
    match &constraint.kind {
        ConstraintKind::PrimaryKey(key) => {
            key.columns.first().is_some_and(|name| name.eq_ignore_ascii_case(&column.name))
        }
        _ => false,
    }
}

/// A column with what its definition says, and whether it is the primary key.
fn definition(column: &Column, is_key: bool) -> String {
    let mut out = ident(&column.name);
    let data_type = data_type(&column.data_type);
    if !data_type.is_empty() {
        out += &format!(" {data_type}");
    }
    if column.not_null {
        out += " NOT NULL";
    }
    if is_key {
        out += " PRIMARY KEY";
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
    out
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
    let name = of.name.as_ref().map(|name| format!("CONSTRAINT {} ", ident(name))).unwrap_or_default();
    name + &match &of.kind {
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
    let mut out = definition(column, false);
    for of in constraints {
        let name = of.name.as_ref().map(|name| format!(" CONSTRAINT {}", ident(name))).unwrap_or_default();
        out += &name;
        out += &match &of.kind {
            ConstraintKind::ForeignKey(key) => format!(" {}", references(key, of.deferrable)),
            ConstraintKind::Check { expr, .. } => format!(" CHECK {}", parens(&expr.0)),
            ConstraintKind::Unique(_) => " UNIQUE".to_owned(),
            ConstraintKind::PrimaryKey(_) => " PRIMARY KEY".to_owned(),
            ConstraintKind::Exclusion(_) => String::new(),
        };
    }
    out
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
    let is_stored = column.generated.is_some() && !column.is_virtual;
    (!column.not_null || has_value || column.generated.is_some())
        && is_constant
        && !is_stored
        && constraints.iter().all(kind_fits)
}
