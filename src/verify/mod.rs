//! A whole history tried on a real database: each migration is run, undone and run again, and the catalogues are compared.
//! The only part that reaches a database. Knows nothing of how it is told.

mod catalogue;
mod database;
mod definition;
pub mod postgres;
mod scripts;
pub mod sqlite;

pub use catalogue::{Catalogue, ColumnOrder, compare};
pub use database::{About, Complaint, Database, Script, Server};
pub use postgres::{Remote, Rights};
pub use sqlite::Embedded;

use crate::ir::{Down, Grade, History, Migration};
use crate::source::SourceTree;
use crate::tools::{DownPlan, Was};
use scripts::Sent;
use serde::Serialize;

/// A history with its downs.
pub struct Case<'a> {
    /// The history.
    pub history: &'a History,
    /// Its files.
    pub tree: &'a SourceTree,
    /// Its downs, one a migration.
    pub plans: &'a [DownPlan<'a>],
}

/// What came of one migration.
#[derive(Clone, Debug, Serialize)]
pub struct Tried {
    /// Its name.
    pub name: String,
    /// Whose down was tried; `None` where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub down: Option<Whose>,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What of it only a run of the script itself does, one reason an entry; it was left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
}

/// Whose down it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// Somebody wrote it.
    Written,
    /// It is the one that `down` would write.
    Made,
}

/// What came of a migration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Its down led back to the catalogue before it, and its up on again to the same.
    Undone {
        /// Whether the columns of a table stand in another order after the down.
        reordered: bool,
        /// The complaint about rows that the history has made, where that stands in the way of a down that does not claim to
        /// bring rows back: it was tried on empty tables.
        #[serde(skip_serializing_if = "Option::is_none")]
        emptied: Option<String>,
        /// Whether the up was not run again, because it counts on rows that are not there then.
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        once: bool,
    },
    /// It ran; there is no down to try.
    Applied {
        /// Why not.
        why: String,
    },
    /// Its up does not run.
    UpFails {
        /// The database's complaint.
        error: String,
    },
    /// Its down does not run.
    DownFails {
        /// The database's complaint.
        error: String,
    },
    /// Its down led elsewhere.
    DownDiffers {
        /// How that differs from before the migration, an object an entry.
        differences: Vec<String>,
    },
    /// After its down, its up does not run again.
    AgainFails {
        /// The database's complaint.
        error: String,
    },
    /// After its down, its up led elsewhere than the first time.
    AgainDiffers {
        /// How, an object an entry.
        differences: Vec<String>,
    },
    /// It, or its down, could not be tried.
    Untried {
        /// Why not.
        why: String,
    },
}

impl Outcome {
    /// Whether it says that the history is wrong.
    pub fn is_failure(&self) -> bool {
        match self {
            Outcome::Undone { .. } | Outcome::Applied { .. } | Outcome::Untried { .. } => false,
            Outcome::UpFails { .. }
            | Outcome::DownFails { .. }
            | Outcome::DownDiffers { .. }
            | Outcome::AgainFails { .. }
            | Outcome::AgainDiffers { .. } => true,
        }
    }
}

/// Tries a history on a server, and tells what comes of each migration as soon as that is known. It ends with the first one
/// that does not run. `Err` when the server does not do its part.
pub fn verify(case: &Case<'_>, server: &dyn Server, tell: &mut dyn FnMut(&Tried)) -> Result<Vec<Tried>, String> {
    let mut trial = Trial::start(case, server)?;
    let mut all = Vec::new();
    for (number, plan) in case.plans.iter().enumerate() {
        let tried = trial.migration(number, plan)?;
        tell(&tried);
        let ends = matches!(tried.outcome, Outcome::UpFails { .. });
        all.push(tried);
        if ends {
            break;
        }
    }
    Ok(all)
}

/// The catalogues that a history leads through: the one that it begins with, and that after each of its ups. `Err` with the
/// migration that does not run, or cannot be.
pub fn trail(history: &History, tree: &SourceTree, server: &dyn Server) -> Result<Vec<Catalogue>, String> {
    let mut database = begun(history, server)?;
    let mut trail = vec![database.catalogue()?];
    for migration in &history.migrations {
        let failed = |why: String| format!("{}: {why}", migration.name);
        let sent = scripts::up(history, tree, migration).map_err(failed)?;
        if let Some((why, _)) = sent.left_out.iter().find(|(_, schema)| *schema) {
            return Err(failed(format!("only a run of the script itself does all of it: {why}")));
        }
        database.run(&sent.script).map_err(|error| failed(error.text))?;
        trail.push(database.catalogue()?);
    }
    Ok(trail)
}

/// The catalogue that a history leads to, all of its ups run. `Err` as with [`trail`].
pub fn led_to(history: &History, tree: &SourceTree, server: &dyn Server) -> Result<Catalogue, String> {
    Ok(trail(history, tree, server)?.pop().unwrap_or_default())
}

/// A history under way.
struct Trial<'a> {
    case: &'a Case<'a>,
    database: Box<dyn Database>,
    /// What is there now.
    now: Catalogue,
    /// The first migration of which something was not run that may change the schema.
    left_out: Option<String>,
}

impl<'a> Trial<'a> {
    fn start(case: &'a Case<'a>, server: &'a dyn Server) -> Result<Self, String> {
        let mut database = begun(case.history, server)?;
        let now = database.catalogue()?;
        Ok(Trial { case, database, now, left_out: None })
    }

    fn migration(&mut self, number: usize, plan: &DownPlan<'_>) -> Result<Tried, String> {
        let migration = &self.case.history.migrations[number];
        let tried = |down, outcome, sent: Option<&Sent>| Tried {
            name: migration.name.clone(),
            down,
            outcome,
            left_out: sent.iter().flat_map(|sent| &sent.left_out).map(|(why, _)| why.clone()).collect(),
        };
        let (sent, before) = match self.up(migration)? {
            Ok(done) => done,
            Err(outcome) => return Ok(tried(None, outcome, None)),
        };
        let (whose, down) = match self.down_of(migration, plan, &sent) {
            Ok(down) => down,
            Err(outcome) => return Ok(tried(None, outcome, Some(&sent))),
        };
        let loses = whose == Whose::Made && matches!(plan.made().grade, Grade::SchemaOnly(_));
        let way = Way { before: &before, down: &down.script, up: &sent.script, loses };
        let outcome = self.there_and_back(&way)?;
        Ok(tried(Some(whose), outcome, Some(&sent)))
    }

    /// Runs an up; gives what it sent, and the catalogue before it.
    fn up(&mut self, migration: &Migration) -> Result<Result<(Sent, Catalogue), Outcome>, String> {
        let sent = match scripts::up(self.case.history, self.case.tree, migration) {
            Ok(sent) => sent,
            Err(error) => return Ok(Err(Outcome::UpFails { error })),
        };
        let ran = self.database.run(&sent.script);
        let after = self.database.catalogue()?;
        let before = std::mem::replace(&mut self.now, after);
        if !sent.is_whole() {
            self.left_out.get_or_insert_with(|| migration.name.clone());
        }
        let Complaint { text: error, about } = match ran {
            Ok(()) => return Ok(Ok((sent, before))),
            Err(complaint) => complaint,
        };
        let why = match (&self.left_out, about) {
            (_, About::Rights) => format!("the role may not do what it does: {error}"),
            (Some(other), About::Absent | About::Rows) => {
                format!("its up does not run, which may be because a part of {other} was not run: {error}")
            }
            _ => return Ok(Err(Outcome::UpFails { error })),
        };
        self.left_out.get_or_insert_with(|| migration.name.clone());
        Ok(Err(Outcome::Untried { why }))
    }

    /// The down that there is, or would be; or why it is not tried.
    fn down_of(&self, migration: &Migration, plan: &DownPlan<'_>, up: &Sent) -> Result<(Whose, Sent), Outcome> {
        let history = self.case.history;
        let untried = |why: &str| Outcome::Untried { why: why.to_owned() };
        let applied = |why: &str| Outcome::Applied { why: why.to_owned() };
        let (whose, down) = match &migration.down {
            Down::Written(..) if plan.was == Was::Ours && scripts::is_refused(plan) => {
                return Err(applied("its down is refused"));
            }
            Down::Written(file, script) => {
                let sent = scripts::written(history, self.case.tree, migration, *file, &script.steps);
                (Whose::Written, sent.map_err(|error| Outcome::DownFails { error })?)
            }
            Down::Missing | Down::Empty(_) if plan.is_kept() => return Err(applied("its down is meant to be empty")),
            Down::Missing | Down::Empty(_) if plan.is_barred() => {
                return Err(applied("no down can be written into its file"));
            }
            Down::Missing | Down::Empty(_) if scripts::is_refused(plan) => {
                return Err(applied("no down can be vouched for"));
            }
            Down::Missing | Down::Empty(_) => (Whose::Made, scripts::made(history, plan)),
        };
        if let Some(why) = script_stops(migration) {
            return Err(applied(&why));
        }
        if !up.is_whole() || !down.is_whole() {
            return Err(untried("a part that may change the schema is done by a run of the script itself only"));
        }
        Ok((whose, down))
    }

    /// Runs a down and the up again, on a copy.
    fn there_and_back(&mut self, way: &Way<'_>) -> Result<Outcome, String> {
        let mut copy = self.database.copy()?;
        Ok(match self.go(&mut *copy, way)? {
            Ok(outcome) => outcome,
            Err((_, complaint)) if way.loses && complaint.about == About::Rows => {
                drop(copy);
                self.on_empty_tables(way, complaint)?
            }
            Err((stage, complaint)) => stage.fails(complaint),
        })
    }

    /// Does so with all tables emptied: rows that the history itself made stand in the way.
    fn on_empty_tables(&mut self, way: &Way<'_>, met: Complaint) -> Result<Outcome, String> {
        let mut copy = self.database.copy()?;
        copy.empty()?;
        let emptied = Some(met.text);
        Ok(match self.go(&mut *copy, way)? {
            Ok(Outcome::Undone { reordered, once, .. }) => Outcome::Undone { reordered, emptied, once },
            Ok(outcome) => outcome,
            Err((Stage::Again { reordered }, complaint)) if complaint.about == About::Rows => {
                Outcome::Undone { reordered, emptied, once: true }
            }
            Err((stage, complaint)) => stage.fails(complaint),
        })
    }

    fn go(&self, database: &mut dyn Database, way: &Way<'_>) -> Result<Came, String> {
        if let Err(complaint) = database.run(way.down) {
            return Ok(Err((Stage::Down, complaint)));
        }
        let found = database.catalogue()?;
        let differences = compare(way.before, &found, ColumnOrder::Ignored);
        if !differences.is_empty() {
            return Ok(Ok(Outcome::DownDiffers { differences }));
        }
        let reordered = found != *way.before;
        if let Err(complaint) = database.run(way.up) {
            return Ok(Err((Stage::Again { reordered }, complaint)));
        }
        let differences = compare(&self.now, &database.catalogue()?, ColumnOrder::Ignored);
        Ok(Ok(match differences.is_empty() {
            true => Outcome::Undone { reordered, emptied: None, once: false },
            false => Outcome::AgainDiffers { differences },
        }))
    }
}

/// A way back and there again.
struct Way<'w> {
    /// The catalogue before the migration.
    before: &'w Catalogue,
    down: &'w Script,
    up: &'w Script,
    /// Whether the down does not claim to bring rows back.
    loses: bool,
}

/// Where a script did not run.
#[derive(Clone, Copy, Debug)]
enum Stage {
    Down,
    /// After a down that led back, but for the order of columns.
    Again {
        reordered: bool,
    },
}

impl Stage {
    fn fails(self, Complaint { text: error, .. }: Complaint) -> Outcome {
        match self {
            Stage::Down => Outcome::DownFails { error },
            Stage::Again { .. } => Outcome::AgainFails { error },
        }
    }
}

/// What came of a way, or where it ended.
type Came = Result<Outcome, (Stage, Complaint)>;

/// A new database with what was there before the first migration.
fn begun(history: &History, server: &dyn Server) -> Result<Box<dyn Database>, String> {
    let mut database = server.database()?;
    let failed = |error: Complaint| format!("what was there before the first migration cannot be made: {}", error.text);
    database.run(&scripts::base(history)).map_err(failed)?;
    Ok(database)
}

/// What a down says that only throws.
fn script_stops(migration: &Migration) -> Option<String> {
    let Down::Written(_, script) = &migration.down else { return None };
    let error = script.steps.iter().find_map(|step| step.op.throws())?;
    Some(format!("its down throws an error: {error}"))
}
