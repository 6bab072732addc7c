//! Operations as statements of MySQL and MariaDB, in the style of Prisma Migrate. What an operation holds as text is printed
//! as it stands. Knows nothing of the state that an operation meets.

mod alter;
mod table;
mod text;

use crate::ir::{Index, Name, ObjectKind, Op, Trigger, View};
pub(super) use text::is_plain_default;
use text::{ident, idents, name, statement};

/// The statement that says an operation, without the closing semicolon.
pub fn print(op: &Op) -> String {
    match op {
        Op::CreateTable { table, if_not_exists } => table::create(table, *if_not_exists),
        Op::CreateIndex { index, if_not_exists, .. } if index.name.is_some() => create_index(index, *if_not_exists),
        Op::CreateView { view, or_replace, if_not_exists } => create_view(view, *or_replace, *if_not_exists),
        Op::CreateTrigger { trigger, or_replace } => create_trigger(trigger, *or_replace),
        Op::Define { definition, or_replace, .. } => {
            let sql = statement(&definition.sql);
            match (or_replace, sql.strip_prefix("CREATE ")) {
                (true, Some(rest)) => format!("CREATE OR REPLACE {rest}"),
                _ => sql,
            }
        }
        Op::AlterDefinition { sql, .. } => statement(sql),
        Op::Drop { object, if_exists, .. } => {
            let guard = if *if_exists { "IF EXISTS " } else { "" };
            let on = object.on.as_ref().filter(|_| object.kind == ObjectKind::Index);
            let on = on.map(|table| format!(" ON {}", name(table))).unwrap_or_default();
            format!("DROP {} {guard}{}{on}", object.kind.keywords(), name(&object.name))
        }
        // Of views too.
        Op::Rename { .. } if renamed(&[op]).is_some() => renamed(&[op]).unwrap_or_default(),
        Op::Insert { insert } => statement(&insert.sql),
        Op::Update { write } | Op::Delete { write } | Op::Write { write } => statement(&write.sql),
        Op::Truncate { sql, .. }
        | Op::Query { sql }
        | Op::SetParameter { sql, .. }
        | Op::Transaction { sql, .. }
        | Op::Maintenance { sql }
        | Op::Sql { sql, .. } => statement(sql),
        Op::Code { source, why, .. } | Op::ByRows { source, why, .. } => {
            crate::sql::comment_out(source, &format!("in a script only ({why})"))
        }
        other => alter::together(&[other]).unwrap_or_else(|| {
            let text = crate::sql::postgres::print(other);
            crate::sql::comment_out(&text, "neither MySQL nor MariaDB has a statement for this")
        }),
    }
}

/// The statement that says all of some operations, or several, separated by a semicolon and a line break, where one does
/// not do.
pub fn print_together(ops: &[&Op]) -> String {
    match ops {
        [one] => print(one),
        ops => renamed(ops)
            .or_else(|| dropped(ops))
            .or_else(|| alter::together(ops))
            .unwrap_or_else(|| ops.iter().map(|op| print(op)).collect::<Vec<_>>().join(";\n")),
    }
}

/// Whether operations that were said by one statement are said by one again.
pub fn in_one_statement(ops: &[&Op]) -> bool {
    ops.len() <= 1 || renamed(ops).or_else(|| dropped(ops)).or_else(|| alter::together(ops)).is_some()
}

/// `RENAME TABLE a TO b, c TO d`.
fn renamed(ops: &[&Op]) -> Option<String> {
    let one = |op: &&Op| match op {
        Op::Rename { object, to, if_exists: false } if matches!(object.kind, ObjectKind::Table | ObjectKind::View) => {
            Some(format!("{} TO {}", name(&object.name), ident(to)))
        }
        _ => None,
    };
    Some(format!("RENAME TABLE {}", ops.iter().map(one).collect::<Option<Vec<_>>>()?.join(", ")))
}

/// `DROP TABLE a, b`.
fn dropped(ops: &[&Op]) -> Option<String> {
    let Op::Drop { object: first, if_exists, .. } = ops.first()? else { return None };
    if !matches!(first.kind, ObjectKind::Table | ObjectKind::View) {
        return None;
    }
    let one = |op: &&Op| match op {
        Op::Drop { object, if_exists: also, .. } if object.kind == first.kind && also == if_exists => {
            Some(name(&object.name))
        }
        _ => None,
    };
    let guard = if *if_exists { "IF EXISTS " } else { "" };
    let names = ops.iter().map(one).collect::<Option<Vec<_>>>()?;
    Some(format!("DROP {} {guard}{}", first.kind.keywords(), names.join(", ")))
}

fn create_index(index: &Index, if_not_exists: bool) -> String {
    let guard = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let own = ident(index.name.as_deref().unwrap_or_default());
    let (kind, options) = (table::kind(index), table::index_options(index));
    format!("CREATE {kind} {guard}{own} ON {}({}){options}", name(&index.table), table::keys(&index.keys))
}

fn create_view(view: &View, or_replace: bool, if_not_exists: bool) -> String {
    let replace = if or_replace { "OR REPLACE " } else { "" };
    let guard = if if_not_exists { "IF NOT EXISTS " } else { "" };
    let option = |word: &str| view.with.iter().find(|(name, _)| name == word).map(|(_, value)| value);
    let mut before = String::new();
    if let Some(algorithm) = option("ALGORITHM") {
        before += &format!("ALGORITHM={algorithm} ");
    }
    if let Some(definer) = option("DEFINER") {
        before += &format!("DEFINER={definer} ");
    }
    if let Some(security) = option("SQL SECURITY") {
        before += &format!("SQL SECURITY {security} ");
    }
    let columns = if view.columns.is_empty() { String::new() } else { format!(" ({})", idents(&view.columns)) };
    let own = name(&view.name);
    let mut out = format!("CREATE {replace}{before}VIEW {guard}{own}{columns} AS\n{}", statement(&view.query));
    if let Some(check) = &view.check_option {
        out += &format!("\nWITH {check} CHECK OPTION");
    }
    out
}

fn create_trigger(trigger: &Trigger, or_replace: bool) -> String {
    let replace = if or_replace { "OR REPLACE " } else { "" };
    let definer = trigger.definer.as_ref().map(|user| format!("DEFINER={user} ")).unwrap_or_default();
    let events = trigger.events.iter().map(|(event, _)| event.as_str()).collect::<Vec<_>>().join(" OR ");
    let mut out = format!(
        "CREATE {replace}{definer}TRIGGER {}\n{} {events} ON {}\nFOR EACH ROW",
        ident(&trigger.name),
        trigger.timing,
        name(&trigger.table)
    );
    if let Some((word, other)) = &trigger.order {
        out += &format!(" {word} {}", ident(other));
    }
    out + "\n" + &statement(trigger.body.as_deref().unwrap_or_default())
}

/// A statement that stops a script with an error, with its semicolon; it says the first 128 characters of the message; there is no room for
/// more.
pub fn stop(message: &str) -> String {
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let message: String = message.chars().take(128).map(clean).collect();
    format!("SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '{}';", message.replace('\\', "\\\\").replace('\'', "''"))
}

/// An identifier in quotes.
pub fn quote_identifier(name: &str) -> String {
    ident(name)
}

/// A name in quotes.
pub fn quote_name(of: &Name) -> String {
    name(of)
}
