//! From a path to a history: the files, the choice among what was found, the reading.

use super::arguments::Global;
use super::exit::Failure;
use crate::diag::Finding;
use crate::ir::History;
use crate::source::{FileId, SourceTree};
use crate::tools::{self, Given, Place, Refusal, Tool};
use std::path::Path;

/// A history that was read, with where it came from.
pub(super) struct Project {
    pub tree: SourceTree,
    pub place: Place,
    pub tool: &'static dyn Tool,
    pub history: History,
    /// The file of what was there before it.
    pub base: Option<FileId>,
    /// What there is to say about finding and reading it.
    pub findings: Vec<Finding>,
}

impl Project {
    /// Opens the history at a path.
    pub(super) fn open(path: &Path, global: &Global) -> Result<Self, Failure> {
        let tree = tools::open(path).map_err(|error| format!("{} cannot be opened: {error}", path.display()))?;
        let base = global.base.as_deref().map(|path| load(&tree, path)).transpose()?;
        let from = global.from.map(Into::into);
        let chosen = match tools::choose(&tree, from) {
            Ok(chosen) => chosen,
            Err(mut refusal) => {
                let problems = tree.problems().iter().map(Finding::from);
                refusal.findings.splice(0..0, problems);
                return Err(Failure::NoHistory(Box::new(tree), refusal));
            }
        };
        let place = chosen.value.place;
        let mut findings = chosen.findings;
        findings.extend(tools::strays(&tree, &place));
        let given = Given { dialect: global.dialect.map(Into::into), base };
        let read = match tools::lookup(place.tool) {
            Some(tool) => tool.read(&tree, &place, given).map(|outcome| (tool, outcome)),
            None => Err(Vec::new()),
        };
        match read {
            Ok((tool, outcome)) => {
                findings.extend(outcome.findings);
                Ok(Project { tree, place, tool, history: outcome.value, base, findings })
            }
            Err(reasons) => {
                findings.extend(reasons);
                Err(Failure::NoHistory(Box::new(tree), Refusal { findings, places: Vec::new() }))
            }
        }
    }

    /// The path of the file of what was there before, as shown.
    pub(super) fn base(&self) -> Option<&str> {
        Some(&self.tree.file(self.base?)?.shown)
    }

    /// The index of a migration, by its name or by the beginning of it that no other shares.
    pub(super) fn migration(&self, name: &str) -> Result<usize, Failure> {
        let names = || self.history.migrations.iter().map(|migration| migration.name.as_str());
        if let Some(at) = names().position(|other| other == name) {
            return Ok(at);
        }
        let found: Vec<(usize, &str)> = names().enumerate().filter(|(_, other)| other.starts_with(name)).collect();
        match found.as_slice() {
            [(at, _)] => Ok(*at),
            [] => Err(Failure::Message(format!("there is no migration {name}"))),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, name)| *name).take(10).collect();
                Err(Failure::Message(format!("{name} begins the names of several migrations: {}", names.join(", "))))
            }
        }
    }
}

/// The file that the user names, wherever it stands.
fn load(tree: &SourceTree, path: &Path) -> Result<FileId, Failure> {
    let file = tree.load(path);
    let read = tree.read(file).map(|_| file);
    read.map_err(|problem| Failure::Message(Finding::from(&problem).message))
}

/// Puts findings in the order of the files, each once; those without a place come first. What is said of a down comes
/// after what is said of the statements that it has to undo.
pub(super) fn in_order(findings: &mut Vec<Finding>) {
    findings.sort_by_key(|finding| finding.at.map(|at| (at.file, finding.code.starts_with('D'), at.start)));
    findings.dedup();
}
