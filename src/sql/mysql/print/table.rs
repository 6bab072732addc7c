//! Tables, their columns, indexes and constraints, as a definition or an added part says them.

use super::text::{default, ident, idents, join, name, parens, sealed};
use crate::ir::{
    Column, ColumnPosition, Constraint, ConstraintKind, DataType, ForeignKey, Index, IndexKey, KeyColumns, KeyPart,
    Persistence, ReferentialAction, SortOrder, Table, TypeName,
};

/// `CREATE TABLE …`.
pub(super) fn create(table: &Table, if_not_exists: bool) -> String {
    let kind = if table.persistence == Persistence::Temporary { "TEMPORARY TABLE" } else { "TABLE" };
    let guard = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let mut out = format!("CREATE {kind} {guard}{}", name(&table.name));
    if let Some(like) = table.like.first() {
        return format!("{out} LIKE {}", name(&like.source));
    }
    if let Some(query) = &table.as_query {
        return format!("{out} AS\n{}", super::text::statement(query));
    }
    let elements = table.columns.iter().map(column).chain(parts(table));
    let elements: Vec<String> = elements.map(|element| format!("    {element}")).collect();
    out += &format!(" (\n{}\n)", elements.join(",\n"));
    if !table.options.is_empty() {
        out += &format!(" {}", options(&table.options));
    }
    if let Some(partitions) = &table.partition_by {
        out += &format!("\nPARTITION BY {}", sealed(partitions));
    }
    out
}

/// What a table's definition says behind its columns: each foreign key where its index goes.
fn parts(table: &Table) -> Vec<String> {
    let position = |one: &Constraint| match &one.kind {
        ConstraintKind::PrimaryKey(_) => 0,
        ConstraintKind::ForeignKey(key) => key.position.min(table.indexes.len()),
        _ => table.indexes.len(),
    };
    let mut parts = Vec::new();
    for at in 0..=table.indexes.len() {
        parts.extend(table.constraints.iter().filter(|one| position(one) == at).map(constraint));
        parts.extend(table.indexes.get(at).map(index));
    }
    parts
}

/// `ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4`.
pub(super) fn options(options: &[(String, String)]) -> String {
    let one = |(option, value): &(String, String)| match option.as_str() {
        "CHARACTER SET" => format!("DEFAULT CHARACTER SET={value}"),
        option => format!("{option}={value}"),
    };
    options.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// A column with all that its definition says.
pub(super) fn column(column: &Column) -> String {
    let mut out = format!("{} {}", ident(&column.name), data_type(&column.data_type));
    if let Some(charset) = &column.charset {
        out += &format!(" CHARACTER SET {charset}");
    }
    if let Some(collation) = &column.collation {
        out += &format!(" COLLATE {}", collation.name);
    }
    if let Some(expr) = &column.generated {
        let kind = if column.is_virtual { "VIRTUAL" } else { "STORED" };
        out += &format!(" GENERATED ALWAYS AS {} {kind}", parens(&expr.0));
    }
    if column.not_null {
        out += " NOT NULL";
    } else if is_timestamp(&column.data_type) && column.generated.is_none() {
        // Servers differ in what a timestamp is that says nothing of it.
        out += " NULL";
    }
    if column.invisible {
        out += " INVISIBLE";
    }
    if let Some(expr) = &column.default {
        out += &format!(" DEFAULT {}", default(&expr.0));
    }
    if let Some(expr) = &column.on_update {
        out += &format!(" ON UPDATE {}", sealed(&expr.0));
    }
    if column.auto_increment {
        out += " AUTO_INCREMENT";
    }
    if let Some(comment) = &column.comment {
        out += &format!(" COMMENT {comment}");
    }
    if let Some(check) = &column.check {
        out += &format!(" CHECK {}", parens(&check.0));
    }
    out
}

fn is_timestamp(of: &DataType) -> bool {
    matches!(&of.name, TypeName::Builtin(name) if name == "timestamp")
}

/// ` FIRST` or ` AFTER name`.
pub(super) fn position(of: Option<&ColumnPosition>) -> String {
    match of {
        Some(ColumnPosition::First) => " FIRST".to_owned(),
        Some(ColumnPosition::After(column)) => format!(" AFTER {}", ident(column)),
        None => String::new(),
    }
}

/// A type: its arguments stand before what is said of its sign.
fn data_type(of: &DataType) -> String {
    let TypeName::Builtin(words) = &of.name else { return String::new() };
    let (word, rest) = words.split_once(' ').unwrap_or((words, ""));
    let args = if of.args.is_empty() { String::new() } else { format!("({})", of.args.join(",")) };
    let rest = if rest.is_empty() { String::new() } else { format!(" {}", rest.to_uppercase()) };
    format!("{}{args}{rest}", word.to_uppercase())
}

/// An index as a table's definition says it, and `ADD`.
pub(super) fn index(index: &Index) -> String {
    let own = index.name.as_deref().map(|name| format!("{} ", ident(name))).unwrap_or_default();
    format!("{} {own}({}){}", kind(index), keys(&index.keys), index_options(index))
}

/// `UNIQUE INDEX` and the like.
pub(super) fn kind(index: &Index) -> &'static str {
    match index.method.as_deref() {
        Some("fulltext") => "FULLTEXT INDEX",
        Some("spatial") => "SPATIAL INDEX",
        _ if index.unique => "UNIQUE INDEX",
        _ => "INDEX",
    }
}

/// What stands behind an index's keys.
pub(super) fn index_options(index: &Index) -> String {
    let method = index.method.as_deref().filter(|method| !["fulltext", "spatial"].contains(method));
    let mut out = method.map(|method| format!(" USING {}", method.to_uppercase())).unwrap_or_default();
    for (option, value) in &index.with {
        out += &match (option.as_str(), value.as_str()) {
            ("KEY_BLOCK_SIZE", value) => format!(" KEY_BLOCK_SIZE={value}"),
            ("WITH PARSER", parser) => format!(" WITH PARSER {}", ident(parser)),
            (option, "") => format!(" {option}"),
            (option, value) => format!(" {option} {value}"),
        };
    }
    out
}

/// The keys of an index.
pub(super) fn keys(keys: &[IndexKey]) -> String {
    join(keys, |key| {
        let mut out = match &key.part {
            KeyPart::Column(column) => ident(column),
            KeyPart::Expr(expr) => parens(&expr.0),
        };
        if let Some(length) = key.length {
            out += &format!("({length})");
        }
        if key.order == Some(SortOrder::Desc) {
            out += " DESC";
        }
        out
    })
}

/// A constraint of a table.
pub(super) fn constraint(of: &Constraint) -> String {
    let named = of.name.as_ref().map(|name| format!("CONSTRAINT {} ", ident(name))).unwrap_or_default();
    match &of.kind {
        ConstraintKind::PrimaryKey(key) => format!("PRIMARY KEY {}", columns(key)),
        ConstraintKind::Unique(key) => format!("{named}UNIQUE {}", columns(key)),
        ConstraintKind::Check { expr, .. } => format!("{named}CHECK {}", parens(&expr.0)),
        ConstraintKind::ForeignKey(key) => {
            let index = key.index.as_ref().map(|name| format!("{} ", ident(name))).unwrap_or_default();
            format!("{named}FOREIGN KEY {index}({}) {}", idents(&key.columns), references(key))
        }
        // Neither server has one.
        ConstraintKind::Exclusion(_) => String::new(),
    }
}

fn columns(key: &KeyColumns) -> String {
    let with = key.with.as_ref().map(|with| format!(" {}", sealed(with))).unwrap_or_default();
    format!("({}){with}", idents(&key.columns))
}

/// `REFERENCES …`.
fn references(key: &ForeignKey) -> String {
    let mut out = format!("REFERENCES {}", name(&key.references));
    if !key.referenced.is_empty() {
        out += &format!(" ({})", idents(&key.referenced));
    }
    for (event, action) in [("DELETE", &key.on_delete), ("UPDATE", &key.on_update)] {
        let action = match action {
            ReferentialAction::NoAction => "NO ACTION",
            ReferentialAction::Restrict => "RESTRICT",
            ReferentialAction::Cascade => "CASCADE",
            ReferentialAction::SetNull(_) => "SET NULL",
            ReferentialAction::SetDefault(_) => "SET DEFAULT",
        };
        out += &format!(" ON {event} {action}");
    }
    out
}
