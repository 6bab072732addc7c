//! The state that a history starts on, where that is not an empty database: a file of SQL that the user names, such as a
//! dump of the schema. The same for all tools.

use crate::diag::{Finding, Outcome};
use crate::ir::{Dialect, Op, Step};
use crate::source::{FileId, SourceTree, Span};
use crate::sql;

/// Commands of psql that `pg_dump` writes into every dump (since 13.22, 14.19, 15.14, 16.10 and 17.6), and that do nothing
/// to the schema.
const HARMLESS: [&str; 2] = ["\\restrict ", "\\unrestrict "];

/// Reads the statements of the file; without one the history starts on nothing.
pub(super) fn base(tree: &SourceTree, file: Option<FileId>, dialect: Dialect) -> Outcome<Vec<Step>> {
    let Some(file) = file else { return Outcome { value: Vec::new(), findings: Vec::new() } };
    match tree.read(file) {
        Ok(text) => {
            let lowered = sql::lower(dialect, &without_commands(text), file);
            Outcome { value: lowered.value.steps, findings: lowered.findings }
        }
        Err(problem) => {
            let op = Op::Sql { sql: String::new(), why: "the file cannot be read".into() };
            Outcome { value: vec![Step::new(op, Span::new(file, 0, 0))], findings: vec![Finding::from(&problem)] }
        }
    }
}

/// The text with blanks in place of the commands that do nothing, so that every other byte keeps its place.
fn without_commands(text: &str) -> String {
    let blank = |line: &str| {
        let end = line.trim_end_matches(['\r', '\n']).len();
        format!("{}{}", " ".repeat(end), &line[end..])
    };
    let is_command = |line: &str| HARMLESS.iter().any(|command| line.starts_with(command));
    text.split_inclusive('\n').map(|line| if is_command(line) { blank(line) } else { line.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_dump_says_to_psql_is_no_statement() {
        let dump = "\\restrict abc\r\nCREATE TABLE t (id int);\n\\unrestrict abc\n";
        let tree = SourceTree::of([("base.sql".to_owned(), dump.to_owned())]);
        let read = base(&tree, tree.find("base.sql"), Dialect::Postgres);
        assert_eq!(read.findings, []);
        let places: Vec<_> = read.value.iter().map(|step| &dump[step.at.range()]).collect();
        assert_eq!(places.len(), 1);
        assert!(places[0].starts_with("CREATE TABLE t"), "{places:?}");
    }
}
