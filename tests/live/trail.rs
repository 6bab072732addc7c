//! One case on its way through a server, migration by migration, and everything that is asked of it at each.

use crate::case::Case;
use crate::cluster::{Database, Server, Spoilt, outside_transaction};
use crate::law::Report;
use crate::rows::{self, Digests};
use transmigrate::invert::Verdict;
use transmigrate::ir::Grade;
use transmigrate::verify::{Catalogue, ColumnOrder, compare};

/// A case under way: the database stands before one of its migrations.
pub struct Trail<'a> {
    server: &'a Server,
    case: &'a Case,
    live: Database,
    /// Another database with nothing but the prelude, to build schemas in.
    empty: Database,
    before: State,
}

impl<'a> Trail<'a> {
    /// Begins before the first migration. `Err` when the prelude fails.
    pub fn start(server: &'a Server, case: &'a Case) -> Result<Self, String> {
        let mut live = fresh(server, &case.prelude)?;
        let before = State::of(&mut live)?;
        Ok(Trail { server, case, live, empty: fresh(server, &case.prelude)?, before })
    }

    /// Tries one migration and goes on to the next. `Err` when there is no going on.
    pub fn step(&mut self, number: usize, report: &mut Report) -> Result<(), String> {
        let case = self.case;
        let step = &case.past.steps[number];
        let mut failures = Vec::new();
        report.migrations += 1;
        match &step.grade {
            Grade::Exact => report.exact += 1,
            Grade::SchemaOnly(_) => report.schema_only += 1,
            Grade::Refused(_) => report.refused += 1,
        }
        match rows::attempt(&mut self.live, step) {
            Ok(Some(found)) => {
                report.with_rows += 1;
                failures.extend(found);
            }
            Ok(None) => {}
            Err(Spoilt::Failed(error)) => failures.push(format!("with rows: {error}")),
            Err(Spoilt::Committed) => self.rebuild(number)?,
        }

        self.live.renew()?;
        self.live.run(&step.up).map_err(|error| format!("the up fails: {error}"))?;
        self.live.renew()?;
        let after = State::of(&mut self.live)?;
        failures.extend(self.replayed(number, &after.catalogue));
        failures.extend(self.written(number, &after)?);
        failures.extend(self.down(number, &after, report)?);
        // What follows starts from exactly what the ups alone have made, column order and rows included.
        self.before = State::of(&mut self.live)?;
        if self.before != after {
            self.rebuild(number + 1)?;
            self.before = State::of(&mut self.live)?;
        }
        report.failures.extend(failures.into_iter().map(|failure| format!("{}: {failure}", step.name)));
        Ok(())
    }

    /// Runs the made down and the up again, for real.
    fn down(&mut self, number: usize, after: &State, report: &mut Report) -> Result<Vec<String>, String> {
        let case = self.case;
        let step = &case.past.steps[number];
        let loses = matches!(step.grade, Grade::SchemaOnly(_));
        let result = self.live.run(&step.down);
        self.live.renew()?;
        let down = State::of(&mut self.live)?;
        let mut failures = Vec::new();
        match (result, &step.grade) {
            (Ok(()), Grade::Refused(_)) => failures.push("the refused down runs".into()),
            (Err(_), Grade::Refused(_)) => {
                failures.extend(each("the refused down changes: ", &after.catalogue, &down.catalogue));
                failures.extend(rows::unnamed(&after.rows, &down.rows, &[]));
            }
            (Err(error), _) if loses && error.about_rows => failures.extend(self.emptied(number, after, report)?),
            (Err(error), _) => failures.push(format!("the down fails: {error}")),
            (Ok(()), grade) => {
                let found = each("down: ", &self.before.catalogue, &down.catalogue);
                if found.is_empty() {
                    report.order_only += usize::from(down.catalogue != self.before.catalogue);
                    failures.extend(rows::unnamed(&self.before.rows, &down.rows, rows::lost(grade)));
                }
                failures.extend(found);
                match self.live.run(&step.up) {
                    Ok(()) => failures.extend(each("up again: ", &after.catalogue, &self.live.catalogue()?)),
                    Err(error) if loses && error.about_rows => {
                        self.rebuild(number + 1)?;
                        failures.extend(self.emptied(number, after, report)?);
                    }
                    Err(error) => failures.push(format!("up again fails: {error}")),
                }
                self.live.renew()?;
            }
        }
        Ok(failures)
    }

    /// Runs the made down and the up again with all tables emptied, because the rows that the history itself made stand
    /// in the way of a down that does not claim to bring rows back. Everything is rolled back.
    fn emptied(&mut self, number: usize, after: &State, report: &mut Report) -> Result<Vec<String>, String> {
        report.emptied += 1;
        let step = &self.case.past.steps[number];
        let before = &self.before.catalogue;
        let tried = self.live.trial(|live| {
            live.empty()?;
            if let Err(error) = live.run(&step.down) {
                return Ok(vec![format!("the down fails on empty tables: {error}")]);
            }
            live.run("RESET ALL")?;
            let mut failures = each("down: ", before, &live.catalogue()?);
            if outside_transaction(&step.up) {
                return Ok(failures);
            }
            match live.run(&step.up) {
                Ok(()) => {
                    live.run("RESET ALL")?;
                    failures.extend(each("up again: ", &after.catalogue, &live.catalogue()?));
                }
                // It may count on rows that an earlier migration made.
                Err(error) if error.about_rows => {}
                Err(error) => failures.push(format!("up again fails: {error}")),
            }
            Ok(failures)
        });
        match tried {
            Ok(failures) => Ok(failures),
            Err(Spoilt::Failed(error)) => Err(error),
            Err(Spoilt::Committed) => self.rebuild(number + 1).map(|()| Vec::new()),
        }
    }

    /// Builds what replay says is there in the empty database, and compares.
    fn replayed(&mut self, number: usize, after: &Catalogue) -> Vec<String> {
        if !self.case.past.is_certain(number + 1) {
            return Vec::new();
        }
        let script = self.case.past.schema(number + 1);
        let built = self.empty.trial(|empty| {
            empty.run(&script)?;
            empty.run("RESET ALL")?;
            empty.catalogue()
        });
        match built {
            Ok(built) => some("replay: ", compare(after, &built, ColumnOrder::Counts)),
            Err(error) => vec![format!("the replayed schema cannot be built: {error}")],
        }
    }

    /// Runs a written down and holds the library's verdict against what it does.
    fn written(&mut self, number: usize, after: &State) -> Result<Vec<String>, String> {
        let Some((text, verdict)) = &self.case.past.steps[number].written else { return Ok(Vec::new()) };
        let ran = self.live.run(text);
        self.live.renew()?;
        let now = State::of(&mut self.live)?;
        let found = match ran {
            Ok(()) => compare(&self.before.catalogue, &now.catalogue, ColumnOrder::Ignored),
            Err(error) => vec![format!("it fails: {error}")],
        };
        if now != *after {
            self.rebuild(number + 1)?;
        }
        Ok(match (verdict, found.as_slice()) {
            (Some(Verdict::Undoes), []) | (Some(Verdict::Unknown(_)), _) => Vec::new(),
            (Some(Verdict::Differs(_)), [_, ..]) => Vec::new(),
            (Some(Verdict::Undoes), found) => {
                found.iter().map(|found| format!("the written down is said to undo it, but {found}")).collect()
            }
            (Some(Verdict::Differs(said)), []) => {
                vec![format!("the written down undoes it, but is said not to: {}", said.join("; "))]
            }
            (None, _) => vec!["the written down was not judged".into()],
        })
    }

    /// A new database that stands behind the first `count` migrations.
    fn rebuild(&mut self, count: usize) -> Result<(), String> {
        self.live = fresh(self.server, &self.case.prelude)?;
        for step in &self.case.past.steps[..count] {
            self.live.run(&step.up).map_err(|error| format!("{} fails the second time: {error}", step.name))?;
            self.live.renew()?;
        }
        Ok(())
    }
}

/// Everything that a migration can change, and that the next one may count on.
#[derive(PartialEq)]
pub struct State {
    pub catalogue: Catalogue,
    pub rows: Digests,
    sequences: Vec<String>,
}

impl State {
    /// Takes it.
    pub fn of(live: &mut Database) -> Result<Self, String> {
        Ok(State { catalogue: live.catalogue()?, rows: rows::digests(live)?, sequences: live.sequences()? })
    }

    /// The rows of all tables but those of the tools' own books.
    pub fn own_rows(&self) -> Digests {
        let own = self.rows.iter().filter(|(table, _)| !table.starts_with("_judge."));
        own.map(|(table, digest)| (table.clone(), digest.clone())).collect()
    }

    /// How many rows each table has; what stands in them may depend on the time.
    pub fn row_counts(&self) -> Vec<(String, String)> {
        let count = |digest: &str| digest.split(' ').next().unwrap_or_default().to_owned();
        self.own_rows().iter().map(|(table, digest)| (table.clone(), count(digest))).collect()
    }
}

/// A new database after a case's prelude.
pub fn fresh(server: &Server, prelude: &[String]) -> Result<Database, String> {
    let mut database = server.database()?;
    for script in prelude {
        database.run(script)?;
    }
    database.renew()?;
    Ok(database)
}

/// The differences but for column order, each said to be of one kind.
pub fn each(kind: &str, before: &Catalogue, after: &Catalogue) -> Vec<String> {
    some(kind, compare(before, after, ColumnOrder::Ignored))
}

/// The first few of a list, each said to be of one kind, and how many more there are.
pub fn some(kind: &str, found: Vec<String>) -> Vec<String> {
    const SHOWN: usize = 6;
    let more = found.len().saturating_sub(SHOWN);
    let mut shown: Vec<String> = found.into_iter().take(SHOWN).map(|found| format!("{kind}{found}")).collect();
    if more > 0 {
        shown.push(format!("{kind}and {more} more"));
    }
    shown
}
