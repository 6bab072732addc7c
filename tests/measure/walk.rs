//! One history's way through a server. The database goes up migration by migration; each down runs in a transaction
//! that is rolled back, so that a wrong one spoils nothing, unless it cannot run in one.

use crate::cluster::{Complaint, Database, Server, Spoilt, outside_transaction};
use crate::past::{Past, Step, read_at, reasons, text};
use crate::prelude::Prelude;
use crate::rows;
use crate::tally::{Outcome, Tally};
use std::time::Instant;
use transmigrate::ir::Grade;
use transmigrate::source::SourceTree;
use transmigrate::tools::Place;
use transmigrate::verify::{Catalogue, ColumnOrder, compare};

/// What to try beside the downs themselves.
#[derive(Clone, Copy)]
pub struct Options {
    /// Hold the replayed schema against the server every so many migrations, not only at the end.
    pub replay_each: Option<usize>,
    /// Try every down with rows in the tables too.
    pub with_rows: bool,
}

/// Measures one history.
pub fn measure(
    server: &Server,
    name: &str,
    tree: &SourceTree,
    place: &Place,
    prelude: Prelude,
    options: Options,
) -> Tally {
    let mut tally = Tally::new(name);
    let began = Instant::now();
    if let Some(dialect) = &prelude.dialect {
        tally.left_out = Some(format!("it is for {dialect}"));
    } else if let Err(error) = walk(server, tree, place, &prelude, options, &mut tally) {
        tally.left_out = Some(error);
    }
    tally.seconds = began.elapsed().as_secs_f64();
    tally
}

fn walk(
    server: &Server,
    tree: &SourceTree,
    place: &Place,
    prelude: &Prelude,
    options: Options,
    tally: &mut Tally,
) -> Result<(), String> {
    let patched = prelude.patched(tree);
    let tree = patched.as_ref().unwrap_or(tree);
    let mut history = read_at(tree, place, None)?;

    // What does not apply here was never applied to the database whose history this is.
    let mut trial = fresh(server, prelude)?;
    let mut kept = Vec::new();
    for migration in history.migrations {
        let up = text(tree, migration.file)?;
        match trial.run(&up) {
            Ok(()) => kept.push(migration),
            Err(error) => tally.skipped.push(format!("{}: {error}", migration.name)),
        }
        trial.renew()?;
    }
    drop(trial);
    history.migrations = kept;
    if !prelude.auto_skip {
        for skipped in &tally.skipped {
            eprintln!("{}: does not apply: {skipped}", tally.name);
        }
    }

    let began = Instant::now();
    let past = Past::new(tree, place, history)?;
    tally.library_seconds = began.elapsed().as_secs_f64();

    let mut live = fresh(server, prelude)?;
    let mut empty = fresh(server, prelude)?;
    let mut before = live.catalogue()?;
    for (number, step) in past.steps.iter().enumerate() {
        if options.with_rows {
            match rows::attempt(&mut live, step) {
                Ok(None) => {}
                Ok(Some(found)) => tally.count_rows(&step.name, found),
                Err(Spoilt::Failed(error)) => tally.count_rows(&step.name, vec![error]),
                Err(Spoilt::Committed) => live = built(server, prelude, &past.steps[..number])?,
            }
        }
        live.run(&step.up).map_err(|error| format!("{} fails the second time: {error}", step.name))?;
        live.renew()?;
        let after = live.catalogue()?;
        let outcome = if outside_transaction(&step.down) {
            None
        } else {
            match live.trial(|live| Ok(attempt(live, step, &before, &after, Standing::AsTheyAre))) {
                // The rows that the history itself made stand in the way of a down that does not claim to restore rows.
                Ok(Outcome::Fails(error)) if error.about_rows && matches!(step.grade, Grade::SchemaOnly(_)) => {
                    tally.emptied += 1;
                    live.trial(|live| Ok(attempt(live, step, &before, &after, Standing::Emptied))).ok()
                }
                Ok(outcome) => Some(outcome),
                Err(Spoilt::Failed(error)) => return Err(format!("{}: {error}", step.name)),
                Err(Spoilt::Committed) => {
                    live = built(server, prelude, &past.steps[..=number])?;
                    None
                }
            }
        };
        let outcome = match outcome {
            Some(outcome) => outcome,
            None => {
                let outcome = for_real(&mut live, step, &before, &after)?;
                if live.catalogue()? != after {
                    live = built(server, prelude, &past.steps[..=number])?;
                }
                outcome
            }
        };
        tally.count(&step.name, outcome);
        let last = number + 1 == past.steps.len();
        if last || options.replay_each.is_some_and(|each| (number + 1).is_multiple_of(each)) {
            tally.replays += 1;
            let found = replayed(&mut empty, &past, number + 1, &after);
            if !found.is_empty() {
                tally.replay_differences.push((step.name.clone(), found));
            }
        }
        before = after;
    }
    Ok(())
}

/// What becomes of the rows before a down is tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    AsTheyAre,
    Emptied,
}

/// Runs a down inside the open transaction, then its up again.
fn attempt(live: &mut Database, step: &Step, before: &Catalogue, after: &Catalogue, rows: Standing) -> Outcome {
    if rows == Standing::Emptied
        && let Err(error) = live.empty()
    {
        return Outcome::Fails(other(error));
    }
    let ran = live.run(&step.down);
    if let Grade::Refused(findings) = &step.grade {
        return match ran {
            Ok(()) => Outcome::Wrong(vec!["the refused down runs".into()]),
            Err(_) => Outcome::Refused(findings.iter().map(|finding| reasons(std::slice::from_ref(finding))).collect()),
        };
    }
    let down = match ran.and_then(|()| taken(live)) {
        Ok(down) => down,
        // The down itself looks at the rows and says what to change first.
        Err(error) if error.text.starts_with("transmigrate: refused") && matches!(step.grade, Grade::Exact) => {
            return Outcome::Refused(vec![error.text]);
        }
        Err(error) => return Outcome::Fails(error),
    };
    let found = compare(before, &down, ColumnOrder::Ignored);
    if !found.is_empty() {
        return Outcome::Wrong(found);
    }
    if !outside_transaction(&step.up) {
        match live.run(&step.up).and_then(|()| taken(live)) {
            Ok(again) => {
                let found = compare(after, &again, ColumnOrder::Ignored);
                if !found.is_empty() {
                    return Outcome::Wrong(found.into_iter().map(|found| format!("up again: {found}")).collect());
                }
            }
            // The up may count on rows that an earlier migration made.
            Err(error) if rows == Standing::Emptied && error.about_rows => {}
            Err(error) => return Outcome::Fails(Complaint { text: format!("up again: {error}"), ..error }),
        }
    }
    if down == *before { Outcome::Exact } else { Outcome::OrderOnly }
}

/// The catalogue as a new session would see it.
fn taken(live: &mut Database) -> Result<Catalogue, Complaint> {
    live.run("RESET ALL")?;
    live.catalogue().map_err(other)
}

/// A failure that has nothing to do with rows.
fn other(text: String) -> Complaint {
    Complaint { text, about_rows: false }
}

/// Runs a down that cannot run inside a transaction, and its up again so that the history can go on.
fn for_real(live: &mut Database, step: &Step, before: &Catalogue, after: &Catalogue) -> Result<Outcome, String> {
    let outcome = attempt(live, step, before, after, Standing::AsTheyAre);
    live.renew()?;
    if live.catalogue()? != *after {
        // Without success the caller sees that the database is not what it was.
        let _ = live.run(&step.up);
        live.renew()?;
    }
    Ok(outcome)
}

/// Builds what replay says is there after `count` migrations, and compares.
fn replayed(empty: &mut Database, past: &Past, count: usize, after: &Catalogue) -> Vec<String> {
    let script = past.schema(count);
    let made = empty.trial(|empty| {
        empty.run(&script)?;
        Ok(taken(empty)?)
    });
    match made {
        Ok(built) => compare(after, &built, ColumnOrder::Counts),
        Err(error) => vec![format!("it cannot be built: {error}")],
    }
}

/// A new database behind some migrations.
fn built(server: &Server, prelude: &Prelude, steps: &[Step]) -> Result<Database, String> {
    let mut database = fresh(server, prelude)?;
    for step in steps {
        database.run(&step.up).map_err(|error| format!("{} fails the second time: {error}", step.name))?;
        database.renew()?;
    }
    Ok(database)
}

/// A new database after the prelude.
fn fresh(server: &Server, prelude: &Prelude) -> Result<Database, String> {
    let mut database = server.database_with(&prelude.settings())?;
    for script in &prelude.prelude {
        database.run(script).map_err(|error| format!("the prelude fails: {error}"))?;
    }
    database.renew()?;
    Ok(database)
}
