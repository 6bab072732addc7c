//! Steps as statements of SQL.

use super::draft::Direction;
use super::heading::{heading, is_heading};
use super::target::Tally;
use crate::diag::plain;
use crate::ir::{Dialect, Op, Step, is_open, open_values, readable};
use crate::sql::{self, postgres};

/// One statement of SQL, or one piece that none can say.
pub struct Statement<'s> {
    /// The steps that it says.
    pub steps: &'s [Step],
    /// What it does, in the words of Prisma's own generator.
    pub heading: String,
    /// The comments before it, one line a piece, without markers and without such a heading.
    pub notes: Vec<String>,
    /// Its text without the closing semicolon; `None` when no SQL says it.
    pub sql: Option<String>,
}

/// With what a note begins that a reader makes, of what TypeORM keeps for itself.
const KEPT: &str = "kept in typeorm_metadata: ";

/// Steps as statements; what was said by one statement is said by one again.
pub fn statements(dialect: Dialect, steps: &[Step]) -> Vec<Statement<'_>> {
    let mut statements = Vec::new();
    let mut start = 0;
    while start < steps.len() {
        let more = steps[start + 1..].iter().take_while(|step| step.joined).count();
        let end = start + 1 + more;
        let group = &steps[start..end];
        let ops: Vec<&Op> = group.iter().map(|step| &step.op).collect();
        let groups: Vec<&[Step]> = match sql::is_one_statement(dialect, &ops) {
            true => vec![group],
            false => group.chunks(1).collect(),
        };
        statements.extend(groups.into_iter().map(|group| one(dialect, group)));
        start = end;
    }
    statements
}

/// What only a run of the script itself can do or say: its text, and why.
pub fn uncarried(op: &Op) -> Option<(String, String)> {
    if let Op::Code { source, why, .. } | Op::ByRows { source, why, .. } = op {
        let why = op.throws().map_or_else(|| why.clone(), |error| format!("it throws an error: {error}"));
        return Some((source.clone(), why));
    }
    let sql = postgres::print(op);
    is_open(&sql).then(|| {
        let why = unknown(&open_values(&sql));
        (readable(&sql), why)
    })
}

/// That values are not known, and which.
fn unknown(values: &[String]) -> String {
    match values {
        [] => "it holds a value that only a real run of the script knows".to_owned(),
        [one] => format!("only a real run of the script knows the value of `{}`", short(one)),
        [one, others @ ..] => {
            format!("only a real run of the script knows the values of `{}` and {} more", short(one), others.len())
        }
    }
}

/// An expression on one line, and not more of it than one can read.
fn short(expression: &str) -> String {
    const MOST: usize = 80;
    let line = expression.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn one(dialect: Dialect, steps: &[Step]) -> Statement<'_> {
    let ops: Vec<&Op> = steps.iter().map(|step| &step.op).collect();
    let is_code = |op: &&Op| matches!(op, Op::Code { .. } | Op::ByRows { .. });
    let sql = (!ops.iter().any(is_code)).then(|| sql::print_together(dialect, &ops)).filter(|sql| !is_open(sql));
    let first = ops.first().map(|op| heading(op)).unwrap_or_default();
    let notes = steps.iter().flat_map(|step| &step.notes).map(|note| plain(note));
    let notes = notes.filter(|note| !is_heading(note) && !note.starts_with(KEPT)).collect();
    Statement { steps, heading: first, notes, sql }
}

/// A statement with its semicolon.
pub fn ended(sql: &str) -> String {
    let mut sql = sql.trim_end().to_owned();
    // A comment at the end of a text that is carried whole would swallow the semicolon.
    if sql.lines().last().is_some_and(|line| line.contains("--")) {
        sql.push('\n');
    }
    sql.push(';');
    sql
}

impl Direction<'_> {
    /// How its operations are said where all that a target has is SQL.
    pub fn as_sql(&self) -> Tally {
        let mut tally = Tally::default();
        for step in self.steps.iter() {
            match &step.op {
                op if uncarried(op).is_some() => tally.refused += 1,
                Op::Sql { .. } => tally.raw += 1,
                _ => tally.native += 1,
            }
        }
        tally
    }
}
