//! The statements of a function, one after the other: methods and SQL, code that is carried over, and what has to be ported.

use super::compose::Task;
use super::fill::Desk;
use super::methods::Proposal;
use super::render::Lines;
use crate::diag::{Finding, harmless, plain};
use crate::emit::Stage;
use crate::emit::statement::{Statement, ended, statements, uncarried};
use crate::emit::{Left, Tally};
use crate::ir::Dialect;
use crate::ir::{Op, Step};
use crate::sql::postgres;

/// Something that stands in a body.
pub(super) struct Piece {
    /// The comments before it.
    pub notes: Vec<String>,
    /// Expressions that are waited for.
    pub lines: Vec<Lines>,
    /// Code as it stands, whose first line is not indented yet.
    pub code: String,
}

impl Piece {
    pub fn new(notes: Vec<String>, lines: Vec<Lines>) -> Self {
        Piece { notes, lines, code: String::new() }
    }
}

/// A body that is being written.
pub(super) struct Written<'t> {
    pub task: &'t Task<'t>,
    pub desk: &'t Desk<'t>,
    pub tally: Tally,
    pub pieces: Vec<Piece>,
    /// What is not carried.
    pub left: Left,
}

impl Written<'_> {
    /// A script that opens and ends transactions by itself is sent as it is.
    pub fn as_one(&mut self, steps: &[Step], found: &mut Vec<Finding>) {
        let mut text = Vec::new();
        for statement in statements(self.dialect(), steps) {
            match statement.sql {
                Some(sql) => {
                    text.extend(statement.notes.iter().map(|note| format!("-- {note}")));
                    text.push(ended(&sql));
                }
                None => statement.steps.iter().for_each(|step| self.code(step, None, found)),
            }
        }
        match self.task.scribe.raw(&text.join("\n"), self.desk) {
            Ok(lines) => {
                self.tally.raw += steps.len().saturating_sub(self.tally.refused);
                self.pieces.push(Piece::new(Vec::new(), vec![lines]));
            }
            Err(why) => self.unsaid(steps, Vec::new(), &text.join("\n"), &why, found),
        }
    }

    fn dialect(&self) -> Dialect {
        self.task.direction.from.dialect()
    }

    /// What only the script itself can do: carried over, or left to be ported.
    pub fn code(&mut self, step: &Step, carried: Option<&Result<String, String>>, found: &mut Vec<Finding>) {
        let Some((source, why)) = uncarried(&step.op) else { return };
        let mut notes: Vec<String> = step.notes.iter().map(|note| plain(note)).collect();
        let why = match carried {
            Some(Ok(code)) => {
                self.tally.raw += 1;
                self.pieces.push(Piece { code: code.clone(), ..Piece::new(notes, Vec::new()) });
                return;
            }
            Some(Err(barred)) => format!("{why}; it is not carried over, because {barred}"),
            None => why.clone(),
        };
        if self.refuse(step, &why, found) {
            notes.push(format!("to be ported by hand: {}", plain(&why)));
        }
        notes.extend(source.lines().map(|line| format!("  {}", harmless(line))));
        self.pieces.push(Piece::new(notes, Vec::new()));
    }

    /// What the tool cannot send, as comments to be ported.
    fn unsaid(&mut self, steps: &[Step], mut notes: Vec<String>, sql: &str, why: &str, found: &mut Vec<Finding>) {
        let Some(first) = steps.first() else { return };
        self.tally.refused += steps.len() - 1;
        if self.refuse(first, why, found) {
            notes.push(format!("to be ported by hand: {}", plain(why)));
        }
        notes.extend(sql.lines().map(|line| format!("  {}", harmless(line))));
        self.pieces.push(Piece::new(notes, Vec::new()));
    }

    /// Leaves a step to be ported; whether it is another than those before.
    fn refuse(&mut self, step: &Step, why: &str, found: &mut Vec<Finding>) -> bool {
        self.tally.refused += 1;
        self.left.adds(&self.task.lost, step.at, why, found)
    }

    /// Operations in a row.
    pub fn operations(&mut self, proposal: Proposal<'_>, found: &mut Vec<Finding>) {
        let mut rest = proposal.stages;
        for group in proposal.said {
            let (these, others) = rest.split_at(group.ops.min(rest.len()));
            rest = others;
            match group.built {
                Some(lines) => {
                    self.tally.native += these.len();
                    let notes = these.iter().flat_map(|stage| own_notes(stage.step)).collect();
                    self.pieces.push(Piece::new(notes, lines));
                }
                None => self.as_sql(these, found),
            }
        }
    }

    /// Operations as SQL, a piece a statement.
    fn as_sql(&mut self, stages: &[Stage<'_>], found: &mut Vec<Finding>) {
        let steps: Vec<Step> = stages.iter().map(|stage| stage.step.clone()).collect();
        for Statement { steps, notes, .. } in statements(self.dialect(), &steps) {
            let ops: Vec<&Op> = steps.iter().map(|step| &step.op).collect();
            let sql = postgres::print_together(&ops, self.task.scribe.manner());
            match self.task.scribe.raw(&sql, self.desk) {
                Ok(lines) => {
                    self.tally.raw += steps.len();
                    self.pieces.push(Piece::new(notes, vec![lines]));
                }
                Err(why) => self.unsaid(steps, notes, &sql, &why, found),
            }
        }
    }
}

/// The comments of a step that are worth keeping where methods say it.
fn own_notes(step: &Step) -> Vec<String> {
    statements(Dialect::Postgres, std::slice::from_ref(step))
        .into_iter()
        .flat_map(|statement| statement.notes)
        .collect()
}
