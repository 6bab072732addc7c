//! Tables: their definitions, and what `ALTER TABLE` does to a table itself.

use super::text::{ident, join, name, options, plain, sealed};
use super::types::{Manner, data_type};
use super::{column, constraint};
use crate::ir::{LikeClause, Persistence, Place, Table, TableChange};

/// `ALTER TABLE …`, up to the action.
pub(super) fn place(on: &Place) -> String {
    format!(
        "ALTER TABLE {}{}{}",
        super::reference::if_exists(on.if_exists),
        if on.only { "ONLY " } else { "" },
        name(&on.table)
    )
}

/// `CREATE TABLE …`. What it cannot say follows in statements of their own: column settings, and constraints that are
/// `NOT VALID` (inside `CREATE TABLE` PostgreSQL 15 takes the words and makes a valid constraint).
pub(super) fn create(table: &Table, if_not_exists: bool, manner: Manner) -> String {
    let mut out = String::from(match table.persistence {
        Persistence::Permanent => "CREATE TABLE ",
        Persistence::Unlogged => "CREATE UNLOGGED TABLE ",
        Persistence::Temporary => "CREATE TEMPORARY TABLE ",
    });
    out += if if_not_exists { "IF NOT EXISTS " } else { "" };
    out += &name(&table.name);
    out += &match &table.as_query {
        Some(query) => created_as(table, query),
        None => defined(table, manner),
    };
    let on = Place::new(table.name.clone());
    for column in &table.columns {
        for setting in column::settings(&on, column) {
            out += &format!(";\n{setting}");
        }
    }
    for constraint in table.constraints.iter().filter(|constraint| constraint.not_valid) {
        out += &format!(";\n{} ADD {}", place(&on), constraint::definition(constraint));
    }
    out
}

/// A definition behind the table's name.
fn defined(table: &Table, manner: Manner) -> String {
    let mut out = String::new();
    if let Some(of_type) = &table.of_type {
        out += &format!(" OF {}", data_type(of_type));
    }
    if let Some(partition) = &table.partition_of {
        out += &format!(" PARTITION OF {}", name(&partition.parent));
    }
    let elements = elements(table, manner);
    if !elements.is_empty() && manner == Manner::Typeorm {
        out += &format!(" ({elements})");
    } else if !elements.is_empty() {
        out += &format!(" (\n{elements}\n)");
    } else if table.of_type.is_none() && table.partition_of.is_none() {
        out += " ()";
    }
    if let Some(partition) = &table.partition_of {
        out += &format!(" {}", sealed(&partition.bound));
    }
    if !table.inherits.is_empty() {
        out += &format!(" INHERITS ({})", join(&table.inherits, name));
    }
    if let Some(key) = &table.partition_by {
        out += &format!(" PARTITION BY {}", sealed(key));
    }
    out + &storage(table)
}

/// The columns and constraints, one a line; the constraints behind a blank line.
fn elements(table: &Table, manner: Manner) -> String {
    let typed_elsewhere = table.of_type.is_some() || table.partition_of.is_some();
    let mut columns: Vec<String> = Vec::new();
    for (position, column) in table.columns.iter().enumerate() {
        columns.extend(table.like.iter().filter(|like| like.position == position).map(like_clause));
        columns.push(if typed_elsewhere { column::overrides(column) } else { column::definition(column, manner) });
    }
    columns.extend(table.like.iter().filter(|like| like.position >= table.columns.len()).map(like_clause));
    let constraints: Vec<_> =
        table.constraints.iter().filter(|constraint| !constraint.not_valid).map(constraint::definition).collect();
    if manner == Manner::Typeorm {
        return columns.into_iter().chain(constraints).collect::<Vec<_>>().join(", ");
    }
    let lines = |items: &[String]| items.iter().map(|item| format!("    {item}")).collect::<Vec<_>>().join(",\n");
    match (columns.is_empty(), constraints.is_empty()) {
        (_, true) => lines(&columns),
        (true, false) => lines(&constraints),
        (false, false) => format!("{},\n\n{}", lines(&columns), lines(&constraints)),
    }
}

/// `LIKE source INCLUDING …`.
fn like_clause(like: &LikeClause) -> String {
    let options = like.options.iter().map(|(word, what)| format!(" {word} {what}")).collect::<String>();
    format!("LIKE {}{options}", name(&like.source))
}

/// `AS query`, behind the table's name.
fn created_as(table: &Table, query: &str) -> String {
    let mut out = String::new();
    if !table.columns.is_empty() {
        out += &format!(" ({})", join(&table.columns, |column| ident(&column.name)));
    }
    out += &storage(table);
    out += &format!(" AS\n{}", sealed(query));
    out + if table.with_no_data { "\nWITH NO DATA" } else { "" }
}

/// How the table is kept.
fn storage(table: &Table) -> String {
    let mut out = String::new();
    if let Some(method) = &table.method {
        out += &format!(" USING {}", plain(method));
    }
    if !table.with.is_empty() {
        out += &format!(" WITH {}", options(&table.with));
    }
    if let Some(action) = &table.on_commit {
        out += &format!(" ON COMMIT {action}");
    }
    if let Some(tablespace) = &table.tablespace {
        out += &format!(" TABLESPACE {}", ident(tablespace));
    }
    out
}

/// `ALTER TABLE …`.
pub(super) fn alter(on: &Place, change: &TableChange) -> String {
    let action = match change {
        TableChange::RowSecurity { enabled: true } => "ENABLE ROW LEVEL SECURITY".into(),
        TableChange::RowSecurity { enabled: false } => "DISABLE ROW LEVEL SECURITY".into(),
        TableChange::ForceRowSecurity { forced: true } => "FORCE ROW LEVEL SECURITY".into(),
        TableChange::ForceRowSecurity { forced: false } => "NO FORCE ROW LEVEL SECURITY".into(),
        TableChange::Trigger { state, name, every: true } => format!("{state} TRIGGER {name}"),
        TableChange::Trigger { state, name, every: false } => format!("{state} TRIGGER {}", ident(name)),
        TableChange::Rule { state, name } => format!("{state} RULE {}", ident(name)),
        TableChange::SetOptions(set) => format!("SET {}", options(set)),
        TableChange::ResetOptions(names) => {
            format!("RESET {}", options(&names.iter().map(|name| (name.clone(), String::new())).collect::<Vec<_>>()))
        }
        TableChange::Logged { logged: true } => "SET LOGGED".into(),
        TableChange::Logged { logged: false } => "SET UNLOGGED".into(),
        TableChange::Inherit { parent } => format!("INHERIT {}", name(parent)),
        TableChange::NoInherit { parent } => format!("NO INHERIT {}", name(parent)),
        TableChange::AttachPartition { child, bound } => format!("ATTACH PARTITION {} {}", name(child), sealed(bound)),
        TableChange::DetachPartition { child, concurrently } => {
            format!("DETACH PARTITION {}{}", name(child), if *concurrently { " CONCURRENTLY" } else { "" })
        }
        TableChange::ReplicaIdentity { index: Some(index), .. } => {
            format!("REPLICA IDENTITY USING INDEX {}", ident(index))
        }
        TableChange::ReplicaIdentity { mode, index: None } => format!("REPLICA IDENTITY {mode}"),
        TableChange::ClusterOn { index: Some(index) } => format!("CLUSTER ON {}", ident(index)),
        TableChange::ClusterOn { index: None } => "SET WITHOUT CLUSTER".into(),
        TableChange::Tablespace { name } => format!("SET TABLESPACE {}", ident(name)),
        TableChange::AccessMethod { name } => format!("SET ACCESS METHOD {}", plain(name)),
        TableChange::OfType { data_type: Some(of_type) } => format!("OF {}", data_type(of_type)),
        TableChange::OfType { data_type: None } => "NOT OF".into(),
        // PostgreSQL has no word for it, and nothing that is read for PostgreSQL holds one.
        TableChange::Convert { charset, .. } => format!("CONVERT TO CHARACTER SET {}", ident(charset)),
    };
    format!("{} {action}", place(on))
}
