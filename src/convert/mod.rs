//! From a history to another tool's project: what each migration is called from now on, which of its downs is carried and
//! which is made, and everything handed to the target that writes it. Knows no tool and prints nothing.

mod connect;
mod framing;
mod pairing;
mod plan;
mod targets;

use crate::diag::Finding;
use crate::emit::{Draft, Job, Rendered, Tally, Target};
use crate::invert::Undo;
use crate::threads;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub use targets::{FOLDERS, Found, lookup, lookup_with, targets};

/// What becomes of downs that somebody wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Downs {
    /// They are carried as they are.
    #[default]
    Keep,
    /// One that does not undo its up gives way to one that does, if one can be made.
    Fix,
}

/// Where the down of a migration comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Somebody wrote it.
    Written,
    /// It was worked out, because there was none.
    Made,
    /// It was worked out, because the one that somebody wrote does not undo its up.
    Replaced,
    /// Nothing can be vouched for: it stops with an error.
    Refused,
    /// It says nothing, because there is nothing to undo or it is meant so.
    Empty,
}

/// A history as it was written for a target.
#[derive(Debug, Default)]
pub struct Conversion {
    /// The files by path below the target's folder.
    pub files: BTreeMap<String, String>,
    /// What became of each migration, in order.
    pub migrations: Vec<Converted>,
    /// What was lost or changed.
    pub findings: Vec<Finding>,
}

/// What became of one migration.
#[derive(Clone, Debug)]
pub struct Converted {
    /// The name by which its own tool knows it.
    pub old: String,
    /// The names by which the target knows it; more than one where it had to become several.
    pub new: Vec<String>,
    /// The paths of its files.
    pub paths: Vec<String>,
    /// How its up is said.
    pub up: Tally,
    /// How its down is said.
    pub down: Tally,
    /// Where its down comes from.
    pub origin: Origin,
}

/// Writes a history for a target. `undos` has an entry for each of its migrations. `Err` when a template cannot be filled,
/// or gives two files one path.
pub fn convert(target: &dyn Target, job: &Job<'_>, undos: &[Undo], downs: Downs) -> Result<Conversion, String> {
    let plan::Plan { drafts, origins, mut findings } = plan::plan(target, job, undos, downs);
    // Methods are proven by processes that run scripts.
    let rendered = threads::map_waiting(&drafts, |draft: &Draft<'_>| {
        target.migration(&draft.prepared(&job.history.default_schema), job)
    });
    let rendered = rendered.into_iter().collect::<Result<Vec<Rendered>, String>>()?;
    let mut conversion = Conversion::default();
    conversion.files.extend(target.surroundings(job, &rendered)?);
    for ((one, draft), origin) in rendered.into_iter().zip(&drafts).zip(origins) {
        let Rendered { names, files, up, down, findings: found, moments: _ } = one;
        let paths = files.iter().map(|(path, _)| path.clone()).collect();
        for (path, text) in files {
            match conversion.files.entry(path) {
                Entry::Vacant(free) => drop(free.insert(text)),
                Entry::Occupied(taken) => {
                    return Err(format!("{} would be written for two migrations, or twice for one", taken.key()));
                }
            }
        }
        conversion.migrations.push(Converted {
            old: draft.migration.name.clone(),
            new: names,
            paths,
            up,
            down,
            origin,
        });
        findings.extend(found);
    }
    conversion.findings = findings;
    Ok(conversion)
}
