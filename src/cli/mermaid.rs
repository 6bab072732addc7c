//! A schema as a mermaid entity-relationship diagram. Names are made fit for mermaid, which knows no quoting for
//! columns.

use crate::ir::{Column, Constraint, ConstraintKind, DataType, Name, Op, TypeName};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A table as the diagram needs it.
#[derive(Default)]
struct Entity<'a> {
    columns: Vec<&'a Column>,
    constraints: Vec<&'a Constraint>,
}

/// The diagram of what the operations build, with remarks to stand in its head.
pub(super) fn diagram(ops: &[Op], remarks: &[String]) -> String {
    let mut entities: BTreeMap<&Name, Entity> = BTreeMap::new();
    for op in ops {
        if let Op::CreateTable { table, .. } = op {
            let entity = entities.entry(&table.name).or_default();
            entity.columns.extend(&table.columns);
            entity.constraints.extend(&table.constraints);
        }
        if let Op::AddConstraint { on, constraint } = op {
            entities.entry(&on.table).or_default().constraints.push(constraint);
        }
        if let Op::AddColumn { on, column, .. } = op {
            entities.entry(&on.table).or_default().columns.push(column);
        }
    }
    let mut out = String::from("erDiagram\n");
    for remark in remarks {
        let _ = writeln!(out, "    %% {remark}"); // writing to a String cannot fail
    }
    for (name, entity) in &entities {
        entity.print(name, &mut out);
    }
    for (name, entity) in &entities {
        entity.print_relations(name, &mut out);
    }
    out
}

impl Entity<'_> {
    fn print(&self, name: &Name, out: &mut String) {
        let _ = writeln!(out, "    {} {{", quoted(&name.to_string())); // writing to a String cannot fail
        for column in &self.columns {
            let mut marks = Vec::new();
            let marked =
                |wanted: &str| self.constraints.iter().any(|constraint| keys(constraint, wanted, &column.name));
            for (mark, wanted) in [("PK", "primary"), ("FK", "foreign"), ("UK", "unique")] {
                if marked(wanted) {
                    marks.push(mark);
                }
            }
            let marks = if marks.is_empty() { String::new() } else { format!(" {}", marks.join(", ")) };
            let _ = writeln!(out, "        {} {}{marks}", word(&type_text(&column.data_type)), word(&column.name));
        }
        out.push_str("    }\n");
    }

    fn print_relations(&self, name: &Name, out: &mut String) {
        for constraint in &self.constraints {
            let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
            let nullable = |wanted: &String| self.columns.iter().any(|one| &one.name == wanted && !one.not_null);
            let parent = if key.columns.iter().any(nullable) { "|o" } else { "||" };
            let from = quoted(&key.references.to_string());
            let label = constraint.name.clone().unwrap_or_else(|| key.columns.join(", "));
            let _ = writeln!(out, "    {from} {parent}--o{{ {} : {}", quoted(&name.to_string()), quoted(&label));
        }
    }
}

fn keys(constraint: &Constraint, wanted: &str, column: &str) -> bool {
    match &constraint.kind {
        ConstraintKind::PrimaryKey(key) => wanted == "primary" && key.columns.iter().any(|one| one == column),
        ConstraintKind::Unique(key) => wanted == "unique" && key.columns.len() == 1 && key.columns[0] == column,
        ConstraintKind::ForeignKey(key) => wanted == "foreign" && key.columns.iter().any(|one| one == column),
        ConstraintKind::Check { .. } | ConstraintKind::Exclusion(_) => false,
    }
}

fn type_text(data_type: &DataType) -> String {
    let name = match &data_type.name {
        TypeName::Builtin(name) => name.clone(),
        TypeName::User(name) => name.to_string(),
    };
    name + &"[]".repeat(data_type.dimensions.into())
}

/// A word as mermaid takes it for a type or column.
fn word(text: &str) -> String {
    let fit = |c: char| if c.is_alphanumeric() || "_-[]()".contains(c) { c } else { '_' };
    let word: String = text.chars().map(fit).collect();
    if word.starts_with(|c: char| c.is_alphabetic() || c == '_') { word } else { format!("_{word}") }
}

/// A text in double quotes; mermaid has no escape for one inside.
fn quoted(text: &str) -> String {
    let inner: String = text.chars().map(|c| if c == '"' || c.is_control() { '\'' } else { c }).collect();
    format!("\"{inner}\"")
}
