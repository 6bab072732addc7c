//! A converted history on its way through a server: every migration up, then every one down again, each held against what
//! the tool did that the history comes from.

use super::report::Cell;
use super::source::{Seen, Source, alike};
use super::stage::Stage;
use super::state::State;
use crate::trail::some;
use transmigrate::convert::{Conversion, Converted, Origin};
use transmigrate::ir::Grade;
use transmigrate::verify::ColumnOrder;

/// A converted history, and what there is to hold it against.
pub struct Walk<'a> {
    /// The history.
    pub source: &'a Source,
    /// What its own tool does.
    pub seen: &'a Seen,
    /// What became of it.
    pub conversion: &'a Conversion,
}

/// What a down has to come to.
enum Due<'a> {
    /// What the database holds then.
    State(&'a State),
    /// It fails, because the one that it was carried from does.
    Fails,
    /// It stops with an error and changes nothing.
    Stops,
}

impl Walk<'_> {
    /// Takes the history up and down again. `Err` when there is no going on.
    pub fn run(&self, stage: &mut Stage<'_>, cell: &mut Cell) -> Result<(), String> {
        let names: Vec<&String> = self.conversion.migrations.iter().flat_map(|one| &one.new).collect();
        if stage.names.iter().ne(names.iter().copied()) {
            return Err(format!("the tool runs {:?}, we say {names:?}", stage.names));
        }
        let reached = self.ups(stage, cell)?;
        self.downs(stage, reached, cell)?;
        if reached == self.conversion.migrations.len() { self.at_once(stage, cell) } else { Ok(()) }
    }

    /// A tool that runs all that is pending in one transaction comes to the same by that.
    fn at_once(&self, stage: &mut Stage<'_>, cell: &mut Cell) -> Result<(), String> {
        let (Some(last), [_, .., wanted]) = (self.conversion.migrations.last(), self.seen.states.as_slice()) else {
            return Ok(());
        };
        match stage.all_anew() {
            Ok(true) => {
                let state = stage.state()?;
                cell.all(&last.old, some("all at once: ", wanted.objects(&state, ColumnOrder::Counts)));
            }
            Ok(false) => {}
            Err(error) => cell.fail(&last.old, format!("all at once fails: {error}")),
        }
        Ok(())
    }

    /// How many migrations of the target the first `count` of the history have become.
    fn parts(&self, count: usize) -> usize {
        self.conversion.migrations[..count].iter().map(|one| one.new.len()).sum()
    }

    /// Runs every migration, and gives how many of them there is a way back from.
    fn ups(&self, stage: &mut Stage<'_>, cell: &mut Cell) -> Result<usize, String> {
        let all = &self.conversion.migrations;
        for (number, one) in all.iter().enumerate() {
            cell.migrations += 1;
            let ran = one.new.iter().try_for_each(|_| stage.up());
            let state = stage.state()?;
            match ran {
                Err(error) if self.stops_up(number, one) => {
                    cell.stopped += 1;
                    cell.unreached += all.len() - number - 1;
                    let same = self.seen.states[number].objects(&state, ColumnOrder::Counts);
                    if !is_stop(&error) {
                        cell.fail(&one.old, format!("it is said to stop, and stops with something else: {error}"));
                    }
                    cell.all(&one.old, some("what stops changes: ", same));
                    stage.rebuild(self.parts(number))?;
                    return Ok(number);
                }
                Err(error) => {
                    cell.fail(&one.old, format!("the up fails: {error}"));
                    cell.unreached += all.len() - number - 1;
                    stage.rebuild(self.parts(number))?;
                    return Ok(number);
                }
                Ok(()) if self.stops_up(number, one) => cell.fail(&one.old, "it is said to stop, and runs".into()),
                Ok(()) => {}
            }
            let wanted = &self.seen.states[number + 1];
            let found = some("up: ", wanted.objects(&state, ColumnOrder::Counts));
            cell.ups += usize::from(found.is_empty());
            cell.all(&one.old, found);
            cell.rows(&one.old, "up", wanted.rows(&state));
        }
        Ok(all.len())
    }

    fn downs(&self, stage: &mut Stage<'_>, reached: usize, cell: &mut Cell) -> Result<(), String> {
        // Whether the database is just as the ups left it.
        let mut pure = reached == self.conversion.migrations.len();
        for number in (0..reached).rev() {
            let one = &self.conversion.migrations[number];
            let mut found = self.down(stage, number, pure, cell)?;
            if !found.is_empty() && !pure {
                // What is left of the rows or of the order of columns may be all that is wrong.
                stage.rebuild(self.parts(number + 1))?;
                found = self.down(stage, number, true, cell)?;
            }
            if !found.is_empty() && self.loses(number) {
                // Rows that the history itself made stand in the way of a down that does not claim to bring rows back.
                stage.rebuild(self.parts(number + 1))?;
                stage.empty()?;
                found = self.down(stage, number, false, cell)?;
            }
            cell.downs += 1;
            cell.downs_right += usize::from(found.is_empty());
            cell.all(&one.old, found);
            let state = stage.state()?;
            pure = state == *self.seen.states[number];
            if number > 0 && !alike(&state, &self.seen.states[number]) {
                stage.rebuild(self.parts(number))?;
                pure = true;
            }
        }
        Ok(())
    }

    /// Runs a down and says what is wrong. Rows count only on a database that is just as the ups left it.
    fn down(&self, stage: &mut Stage<'_>, number: usize, pure: bool, cell: &mut Cell) -> Result<Vec<String>, String> {
        let one = &self.conversion.migrations[number];
        let ran = one.new.iter().try_for_each(|_| stage.down());
        let state = stage.state()?;
        let rows = pure && (one.origin == Origin::Written || self.source.undos[number].made.grade == Grade::Exact);
        Ok(match (self.due(number), ran) {
            (Due::State(wanted), Ok(())) => {
                if rows {
                    cell.rows(&one.old, "down", wanted.rows(&state));
                }
                some("down: ", wanted.objects(&state, ColumnOrder::Ignored))
            }
            (Due::State(_), Err(error)) => vec![format!("the down fails: {error}")],
            (Due::Fails, Ok(())) => vec!["the down runs, and the one that it is carried from fails".into()],
            (Due::Fails, Err(_)) => Vec::new(),
            (Due::Stops, Ok(())) => vec!["the down is said to stop, and runs".into()],
            (Due::Stops, Err(error)) => {
                let mut found = some("the stopping down changes: ", {
                    self.seen.states[number + 1].objects(&state, ColumnOrder::Ignored)
                });
                if !is_stop(&error) {
                    found.push(format!("the down is said to stop, and stops with something else: {error}"));
                }
                found
            }
        })
    }

    fn due(&self, number: usize) -> Due<'_> {
        let one = &self.conversion.migrations[number];
        if one.down.refused > 0 {
            return Due::Stops;
        }
        let states = &self.seen.states;
        match (one.origin, &self.seen.downs[number]) {
            (Origin::Refused, _) => Due::Stops,
            (Origin::Written, Some(Ok(state))) => Due::State(state),
            (Origin::Written, _) => Due::Fails,
            (Origin::Made | Origin::Replaced, _) => Due::State(&states[number]),
            (Origin::Empty, _) => Due::State(&states[number + 1]),
        }
    }

    fn loses(&self, number: usize) -> bool {
        let made = matches!(self.conversion.migrations[number].origin, Origin::Made | Origin::Replaced);
        made && matches!(self.source.undos[number].made.grade, Grade::SchemaOnly(_))
    }

    /// Whether an up is said to stop.
    fn stops_up(&self, number: usize, one: &Converted) -> bool {
        let file = self.source.history.migrations[number].file;
        let findings = &self.conversion.findings;
        let barred =
            findings.iter().any(|finding| finding.code == "C004" && finding.at.is_some_and(|at| at.file == file));
        one.up.refused > 0 || barred
    }
}

/// Whether an error is one that we wrote.
fn is_stop(error: &str) -> bool {
    ["has to be ported by hand first", "cannot be run: ", "no down for "].iter().any(|words| error.contains(words))
}
