//! Laws over every statement of the corpus: what is printed is understood as what it was printed from, spans are the
//! statement's own text, and `sqlparser` finds the same tables written.

use super::lower;
use crate::ir::{ConstraintKind, Op, Step, WriteKind};
use crate::source::FileId;
use crate::sql::lex::{decode_name, fold};
use crate::sql::postgres::print;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Every SQL file of the corpus.
fn corpus() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/prisma");
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().flatten();
    let sql = files.filter(|file| file.path().extension().is_some_and(|ext| ext == "sql"));
    sql.filter_map(|file| Some((file.path().to_path_buf(), std::fs::read_to_string(file.path()).ok()?))).collect()
}

#[test]
fn what_is_printed_is_understood_again() {
    let mut wrong = String::new();
    for (path, text) in corpus() {
        for step in lower(&text, FileId(0)).value.steps {
            if matches!(step.op, Op::Sql { .. }) {
                continue;
            }
            let printed = print(&step.op);
            let again: Vec<String> = lower(&printed, FileId(0)).value.steps.into_iter().map(plain).collect();
            let wanted = plain(step);
            if again != [wanted.clone()] {
                wrong.push_str(&format!("{}\n{printed}\n  is     {again:?}\n  should {wanted}\n", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A step as text that does not know how its statement was laid out.
fn plain(mut step: Step) -> String {
    forget(&mut step);
    let json = serde_json::to_string(&step).expect("operations are serialisable");
    // Inside a block the printer indents what has several lines.
    let mut text = String::new();
    for piece in json.split("\\n") {
        text.push_str(if text.is_empty() { piece } else { piece.trim_start() });
        text.push(' ');
    }
    text
}

/// Forgets the notes, and in whose definition a check was written, which a table's constraint list cannot say.
fn forget(step: &mut Step) {
    step.notes.clear();
    match &mut step.op {
        Op::When { then, otherwise, .. } => then.iter_mut().chain(otherwise).for_each(forget),
        Op::Attempt { steps, .. } => steps.iter_mut().for_each(forget),
        Op::CreateTable { table, .. } => {
            table.constraints.iter_mut().for_each(|constraint| forget_column(&mut constraint.kind))
        }
        Op::AddConstraint { constraint, .. } => forget_column(&mut constraint.kind),
        _ => {}
    }
}

fn forget_column(kind: &mut ConstraintKind) {
    if let ConstraintKind::Check { column, .. } = kind {
        *column = None;
    }
}

#[test]
fn a_step_stands_where_it_says() {
    for (path, text) in corpus() {
        for step in lower(&text, FileId(0)).value.steps {
            let statement = text.get(step.at.range()).unwrap_or_default();
            assert!(!statement.trim().is_empty(), "{}: {:?}", path.display(), step.op);
            if let Op::Sql { sql, .. } | Op::Query { sql } | Op::Maintenance { sql } = &step.op {
                assert!(sql == statement || !text.contains(sql.as_str()), "{}: {sql}", path.display());
            }
        }
    }
}

#[test]
fn sqlparser_finds_the_same_tables_written() {
    use sqlparser::ast::Statement;
    for (path, text) in corpus() {
        for step in lower(&text, FileId(0)).value.steps {
            let (kind, table, sql) = match &step.op {
                Op::Insert { insert } => (WriteKind::Insert, &insert.table, &insert.sql),
                Op::Update { write } => (WriteKind::Update, &write.writes[0].table, &write.sql),
                Op::Delete { write } => (WriteKind::Delete, &write.writes[0].table, &write.sql),
                _ => continue,
            };
            let dialect = sqlparser::dialect::PostgreSqlDialect {};
            let Ok(statements) = sqlparser::parser::Parser::parse_sql(&dialect, sql) else { continue };
            let theirs = match statements.first() {
                Some(Statement::Insert(_)) => WriteKind::Insert,
                Some(Statement::Update { .. }) => WriteKind::Update,
                Some(Statement::Delete(_)) => WriteKind::Delete,
                other => panic!("{}: {other:?}", path.display()),
            };
            assert_eq!(kind, theirs, "{}: {sql}", path.display());
            let mut names = Vec::new();
            let _ = sqlparser::ast::visit_relations(&statements, |relation| {
                names.push(relation.0.last().map(|part| part.to_string()).unwrap_or_default());
                ControlFlow::<()>::Continue(())
            });
            let kept =
                |name: &String| decode_name(name, None).filter(|_| name.starts_with('"')).unwrap_or_else(|| fold(name));
            let written = names.iter().any(|name| kept(name) == table.name);
            assert!(written, "{}: {table} is not among {names:?}", path.display());
        }
    }
}
