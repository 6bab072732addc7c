//! Operations as SQLite statements, in the style of Prisma Migrate. What an operation holds as text is printed as it
//! stands. Knows nothing of the state that an operation meets.

mod rebuild;
mod table;
mod text;

use crate::ir::{Index, IndexKey, KeyPart, Name, ObjectKind, Op, SortOrder, Trigger, View};
pub use rebuild::{Rebuild, is_about_counters, is_rebuild, rebuild};
pub use table::{can_add, cannot_add};
use text::{ident, idents, join, name, parens, statement};

/// The statement that says an operation, without the closing semicolon.
pub fn print(op: &Op) -> String {
    print_together(&[op])
}

/// The statement that says all of some operations, or several, separated by a semicolon and a line break, where one does
/// not do.
pub fn print_together(ops: &[&Op]) -> String {
    let mut statements: Vec<String> = Vec::new();
    let mut rest = ops;
    while let [first, ..] = rest {
        let (its, others) = rest.split_at(in_one_statement(rest));
        rest = others;
        let Op::AddColumn { on, column, .. } = first else {
            statements.push(alone(first));
            continue;
        };
        let constraints = its.iter().filter_map(|op| match op {
            Op::AddConstraint { constraint, .. } => Some(constraint),
            _ => None,
        });
        let column = table::added(column, &constraints.collect::<Vec<_>>());
        statements.push(format!("ALTER TABLE {} ADD COLUMN {column}", name(&on.table)));
    }
    statements.join(";\n")
}

/// How many operations, from the first on, are one statement: a new column's constraints can only be said with it.
pub fn in_one_statement(ops: &[&Op]) -> usize {
    let [Op::AddColumn { on, .. }, others @ ..] = ops else { return ops.len().min(1) };
    1 + others.iter().take_while(|op| matches!(op, Op::AddConstraint { on: place, .. } if place == on)).count()
}

fn alone(op: &Op) -> String {
    match op {
        Op::CreateTable { table, if_not_exists } => table::create(table, *if_not_exists),
        Op::DropColumn { on, column, .. } => format!("ALTER TABLE {} DROP COLUMN {}", name(&on.table), ident(column)),
        Op::RenameColumn { on, from, to } => {
            format!("ALTER TABLE {} RENAME COLUMN {} TO {}", name(&on.table), ident(from), ident(to))
        }
        Op::CreateIndex { index, if_not_exists, .. } => create_index(index, *if_not_exists),
        Op::CreateView { view, if_not_exists, .. } => create_view(view, *if_not_exists),
        Op::CreateTrigger { trigger, .. } => create_trigger(trigger),
        Op::Drop { object, if_exists, .. } => {
            let guard = if *if_exists { "IF EXISTS " } else { "" };
            format!("DROP {} {guard}{}", object.kind.keywords(), name(&object.name))
        }
        Op::Rename { object, to, .. } if object.kind == ObjectKind::Table => {
            format!("ALTER TABLE {} RENAME TO {}", name(&object.name), ident(to))
        }
        Op::Insert { insert } => statement(&insert.sql),
        Op::Update { write } | Op::Delete { write } | Op::Write { write } => statement(&write.sql),
        Op::Query { sql }
        | Op::SetParameter { sql, .. }
        | Op::Transaction { sql, .. }
        | Op::Maintenance { sql }
        | Op::Sql { sql, .. } => statement(sql),
        Op::Code { source, why, .. } | Op::ByRows { source, why, .. } => {
            crate::sql::comment_out(source, &format!("in a script only ({why})"))
        }
        other => crate::sql::comment_out(&crate::sql::postgres::print(other), "SQLite has no statement for this"),
    }
}

fn create_index(index: &Index, if_not_exists: bool) -> String {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let guard = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let own = ident(index.name.as_deref().unwrap_or_default());
    let mut out =
        format!("CREATE {unique}INDEX {guard}{own} ON {}({})", ident(&index.table.name), join(&index.keys, index_key));
    if let Some(predicate) = &index.predicate {
        out += &format!(" WHERE {}", text::sealed(&predicate.0));
    }
    out
}

fn index_key(key: &IndexKey) -> String {
    let mut out = match &key.part {
        KeyPart::Column(column) => ident(column),
        KeyPart::Expr(expr) if text::is_call(&expr.0) => text::sealed(&expr.0),
        KeyPart::Expr(expr) => parens(&expr.0),
    };
    if let Some(collation) = &key.collation {
        out += &format!(" COLLATE {}", ident(&collation.name));
    }
    match key.order {
        Some(SortOrder::Asc) => out += " ASC",
        Some(SortOrder::Desc) => out += " DESC",
        None => {}
    }
    out
}

fn create_view(view: &View, if_not_exists: bool) -> String {
    let temporary = if view.temporary { "TEMPORARY " } else { "" };
    let guard = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let columns = if view.columns.is_empty() { String::new() } else { format!(" ({})", idents(&view.columns)) };
    format!("CREATE {temporary}VIEW {guard}{}{columns} AS\n{}", name(&view.name), statement(&view.query))
}

fn create_trigger(trigger: &Trigger) -> String {
    let event = |(event, columns): &(String, Vec<String>)| match columns.as_slice() {
        [] => event.clone(),
        columns => format!("{event} OF {}", idents(columns)),
    };
    let mut out = format!(
        "CREATE TRIGGER {}\n{} {} ON {}",
        ident(&trigger.name),
        trigger.timing,
        trigger.events.iter().map(event).collect::<Vec<_>>().join(" OR "),
        name(&trigger.table)
    );
    if trigger.each_row {
        out += "\nFOR EACH ROW";
    }
    if let Some(when) = &trigger.when {
        out += &format!("\nWHEN {}", parens(&when.0));
    }
    out + "\n" + trigger.body.as_deref().unwrap_or("BEGIN SELECT 1; END")
}

/// A statement that stops a script with an error, with its semicolon: SQLite says that there is no such table.
pub fn stop(message: &str) -> String {
    let message: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!("SELECT * FROM \"{}\";", message.replace('"', "\"\""))
}

/// An identifier in quotes.
pub fn quote_identifier(name: &str) -> String {
    ident(name)
}

/// A name in quotes, with its schema if it has one.
pub fn quote_name(of: &Name) -> String {
    name(of)
}
