//! One case on its way through a server, migration by migration, and everything that is asked of it at each.

use crate::case::Case;
use crate::catalogue::{Catalogue, ColumnOrder, compare};
use crate::cluster::{Database, Server, Spoilt, outside_transaction};
use crate::law::Report;
use crate::past::Step;
use crate::rows;
use transmigrate::invert::Verdict;
use transmigrate::ir::Grade;

/// A case under way: the database stands before one of its migrations.
pub struct Trail<'a> {
    server: &'a Server,
    case: &'a Case,
    live: Database,
    /// Another database with nothing but the prelude, to build schemas in.
    empty: Database,
    before: Catalogue,
}

impl<'a> Trail<'a> {
    /// Begins before the first migration. `Err` when the prelude fails.
    pub fn start(server: &'a Server, case: &'a Case) -> Result<Self, String> {
        let mut live = fresh(server, case)?;
        let before = live.catalogue()?;
        Ok(Trail { server, case, live, empty: fresh(server, case)?, before })
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
        match self.rows(step) {
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
        let after = self.live.catalogue()?;
        failures.extend(self.replayed(number, &after));
        failures.extend(self.written(number, &after)?);

        let result = self.live.run(&step.down);
        self.live.renew()?;
        let down = self.live.catalogue()?;
        match (result, &step.grade) {
            (Ok(()), Grade::Refused(_)) => failures.push("the refused down runs".into()),
            (Err(_), Grade::Refused(_)) => failures.extend(each("the refused down changes: ", &after, &down)),
            (Err(error), _) => failures.push(format!("the down fails: {error}")),
            (Ok(()), _) => {
                let found = each("down: ", &self.before, &down);
                if found.is_empty() && down != self.before {
                    report.order_only += 1;
                }
                failures.extend(found);
                match self.live.run(&step.up) {
                    Ok(()) => failures.extend(each("up again: ", &after, &self.live.catalogue()?)),
                    Err(error) => failures.push(format!("up again fails: {error}")),
                }
            }
        }
        // What follows starts from exactly what the ups alone have made, column order included.
        if self.live.catalogue()? != after {
            self.rebuild(number + 1)?;
        }
        self.before = after;
        report.failures.extend(failures.into_iter().map(|failure| format!("{}: {failure}", step.name)));
        Ok(())
    }

    /// Tries a migration with rows in the tables, and rolls everything back. `None` when that cannot be done: the up
    /// does not take the rows, or a script cannot run inside a transaction.
    fn rows(&mut self, step: &Step) -> Result<Option<Vec<String>>, Spoilt> {
        let lost = match &step.grade {
            Grade::Exact => &[][..],
            Grade::SchemaOnly(lost) => lost,
            Grade::Refused(_) => return Ok(None),
        };
        if outside_transaction(&step.up) || outside_transaction(&step.down) {
            return Ok(None);
        }
        self.live.trial(|live| {
            if rows::fill(live)? == 0 {
                return Ok(None);
            }
            let before = rows::digests(live)?;
            if live.run(&step.up).is_err() {
                return Ok(None);
            }
            live.run("RESET ALL")?;
            if let Err(error) = live.run(&step.down) {
                // Some rows cannot be given back, and the server says so; but then they must have been named.
                let expected = !lost.is_empty();
                return Ok(if expected { None } else { Some(vec![format!("the exact down fails on rows: {error}")]) });
            }
            live.run("RESET ALL")?;
            let after = rows::digests(live)?;
            let changed = before.iter().filter(|(table, digest)| after.get(*table) != Some(digest));
            let unnamed = changed.filter(|(table, _)| !lost.iter().any(|lost| names(lost, table)));
            let found = unnamed.map(|(table, digest)| {
                let now = after.get(table).map_or("gone", String::as_str);
                format!("rows of {table} do not come back and are not named as lost: {digest}, now {now}")
            });
            Ok(Some(found.collect()))
        })
    }

    /// Builds what replay says is there in the empty database, and compares.
    fn replayed(&mut self, number: usize, after: &Catalogue) -> Vec<String> {
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
    fn written(&mut self, number: usize, after: &Catalogue) -> Result<Vec<String>, String> {
        let Some((text, verdict)) = &self.case.past.steps[number].written else { return Ok(Vec::new()) };
        let ran = self.live.run(text);
        self.live.renew()?;
        let now = self.live.catalogue()?;
        let found = match ran {
            Ok(()) => compare(&self.before, &now, ColumnOrder::Ignored),
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
        self.live = fresh(self.server, self.case)?;
        for step in &self.case.past.steps[..count] {
            self.live.run(&step.up).map_err(|error| format!("{} fails the second time: {error}", step.name))?;
            self.live.renew()?;
        }
        Ok(())
    }
}

/// A new database after the case's prelude.
fn fresh(server: &Server, case: &Case) -> Result<Database, String> {
    let mut database = server.database()?;
    for script in &case.prelude {
        database.run(script)?;
    }
    database.renew()?;
    Ok(database)
}

/// The differences but for column order, each said to be of one kind.
fn each(kind: &str, before: &Catalogue, after: &Catalogue) -> Vec<String> {
    some(kind, compare(before, after, ColumnOrder::Ignored))
}

/// The first few of a list, each said to be of one kind, and how many more there are.
fn some(kind: &str, found: Vec<String>) -> Vec<String> {
    const SHOWN: usize = 6;
    let more = found.len().saturating_sub(SHOWN);
    let mut shown: Vec<String> = found.into_iter().take(SHOWN).map(|found| format!("{kind}{found}")).collect();
    if more > 0 {
        shown.push(format!("{kind}and {more} more"));
    }
    shown
}

/// Whether a sentence names a table, which is given as SQL would; its schema does not matter.
fn names(sentence: &str, table: &str) -> bool {
    let bare = table.trim_end_matches('"').rsplit(['.', '"']).next().unwrap_or(table);
    let inside = |c: char| c.is_alphanumeric() || c == '_';
    sentence.match_indices(bare).any(|(at, _)| {
        let (head, tail) = (&sentence[..at], &sentence[at + bare.len()..]);
        !head.ends_with(inside) && !tail.starts_with(inside)
    })
}
