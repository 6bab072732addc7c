//! The text of a `down.sql`. Everything is decided here; the template only spells it.

use super::mysql;
use crate::emit::Templates;
use crate::emit::heading::heading;
use crate::emit::sqlite::{Group, framed};
use crate::emit::statement::{ended, statements};
use crate::emit::words::{self, MARK, Words, fingerprint, refusal};
use crate::invert::MadeDown;
use crate::ir::{Dialect, Grade, Op};
use crate::sql::{self, postgres};
use serde::Serialize;

/// What the template is filled with.
#[derive(Serialize)]
struct View {
    title: String,
    grade: String,
    lost: Vec<String>,
    discards: Vec<String>,
    notes: Vec<String>,
    statements: Vec<Statement>,
}

#[derive(Serialize)]
pub(super) struct Statement {
    pub heading: String,
    /// With the closing semicolon.
    pub sql: String,
}

/// The text of a down, ending in a line break; the same bytes for the same down. Its first line bears a fingerprint of
/// the others, by which [`preface`] knows it again.
pub(super) fn down_text(name: &str, down: &MadeDown, templates: &Templates) -> Result<String, String> {
    let Words { title, grade, lost, discards, notes } = Words::of(name, down);
    let view = View {
        title,
        grade,
        lost,
        discards,
        notes: self::notes(down, notes),
        statements: match (&down.grade, down.from.dialect()) {
            (Grade::Exact | Grade::SchemaOnly(_), Dialect::Sqlite) => framed(&down.ops).iter().map(group).collect(),
            (Grade::Exact | Grade::SchemaOnly(_), dialect @ (Dialect::Mysql | Dialect::Mariadb)) => {
                mysql::statements(dialect, &down.ops)
            }
            (Grade::Exact | Grade::SchemaOnly(_), Dialect::Postgres) => down.ops.iter().map(statement).collect(),
            (Grade::Refused(reasons), dialect) => {
                let sql = sql::stop(dialect, &refusal(name, reasons));
                vec![Statement { heading: "Refuse".into(), sql }]
            }
        },
    };
    let text = templates.render("prisma/down.sql.tera", &view)?;
    let (title, rest) = text.split_once('\n').unwrap_or((&text, ""));
    Ok(format!("{title}{MARK}{:016x}\n{}\n", fingerprint(rest.trim_end()), rest.trim_end()))
}

/// What stands above one of our downs in a file; `None` when the file is not one of ours, or was changed since. Line
/// ends do not count: git may have changed them.
pub(super) fn preface(text: &str) -> Option<&str> {
    words::ours(text, "-- ").map(|start| &text[..start])
}

fn notes(down: &MadeDown, mut notes: Vec<String>) -> Vec<String> {
    let is_check = |op: &Op| matches!(op, Op::Query { sql } if sql.starts_with("DO "));
    let is_mysql = matches!(down.from.dialect(), Dialect::Mysql | Dialect::Mariadb);
    if is_mysql && down.ops.len() > 1 && matches!(down.grade, Grade::Exact | Grade::SchemaOnly(_)) {
        notes.push(
            "no transaction covers it: where a statement stops, such as at rows that a key or a type does not take, those before it are done"
                .into(),
        );
    }
    if !down.outside_transaction && down.ops.len() > 1 && down.ops.iter().any(is_check) {
        notes.push(
            "stops whole only as one transaction: psql --single-transaction -v ON_ERROR_STOP=1 -f down.sql".into(),
        );
    }
    if down.outside_transaction {
        notes
            .push("it cannot run inside a transaction: run it by itself, without BEGIN or --single-transaction".into());
    }
    notes
}

/// What belongs together on SQLite, under one heading.
fn group(group: &Group) -> Statement {
    let sql: Vec<String> = statements(Dialect::Sqlite, &group.steps)
        .into_iter()
        .filter_map(|one| one.sql)
        .map(|sql| ended(&sql))
        .collect();
    Statement { heading: group.heading.clone(), sql: sql.join("\n") }
}

fn statement(op: &Op) -> Statement {
    Statement { heading: heading(op), sql: ended(&postgres::print(op)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Finding, Level};
    use crate::ir::{Name, ObjectKind, ObjectRef};

    fn text(down: &MadeDown) -> String {
        down_text("1_a", down, Templates::built_in().unwrap()).unwrap()
    }

    fn made(grade: Grade) -> MadeDown {
        let object = ObjectRef::new(ObjectKind::MaterializedView, Name::bare("m"));
        let op = Op::Drop { object, if_exists: false, behaviour: Default::default(), concurrently: false };
        let before = crate::schema::Schema::new("public");
        let from = before.clone();
        MadeDown { grade, ops: vec![op], discards: vec![], notes: vec![], outside_transaction: false, from, before }
    }

    #[test]
    fn a_down_opens_with_its_grade_and_what_is_lost() {
        let mut down = made(Grade::SchemaOnly(vec!["rows of table a\nDROP TABLE x;".into()]));
        down.discards.push("table b with its rows".into());
        let text = text(&down);
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines[0].starts_with("-- Undoes 1_a, made by transmigrate; fingerprint "), "{text}");
        assert_eq!(
            lines[1..7],
            [
                "-- Grade: schema only; the schema comes back, and these do not:",
                "--   rows of table a DROP TABLE x;",
                "-- Running it throws away:",
                "--   table b with its rows",
                "",
                "-- DropMaterializedView",
            ]
        );
        assert!(text.ends_with(";\n"), "{text}");
    }

    #[test]
    fn a_down_is_known_again_until_somebody_changes_it() {
        let text = text(&made(Grade::Exact));
        assert_eq!(preface(&text), Some(""));
        assert_eq!(preface(&text.replace('\n', "\r\n")), Some(""));
        assert_eq!(preface(&format!("-- mine\n\n{text}")), Some("-- mine\n\n"));
        assert_eq!(preface(&text.replace("DropMat", "Dropmat")), None);
        assert_eq!(preface("DROP TABLE a;"), None);
    }

    #[test]
    fn a_refused_down_stops_with_an_error_and_nothing_breaks_out_of_it() {
        let reason = Finding::new("D001", Level::Warning, None, "it's 100% $refuse$ \\ \n'; DROP TABLE a; --");
        let text = text(&made(Grade::Refused(vec![reason])));
        let body = "DO $xrefuse$ BEGIN RAISE EXCEPTION 'no down for 1_a: it''s 100%% $refuse$ /  ''; DROP TABLE a; --'; END $xrefuse$;\n";
        assert!(text.ends_with(body), "{text}");
    }
}
