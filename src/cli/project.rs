//! From a path to a history: the files, the choice among what was found, the reading.

use super::arguments::Global;
use super::exit::Failure;
use crate::diag::Finding;
use crate::ir::{History, Migration};
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

    /// The index of a migration: by its name, or by its file's, or by the beginning of one of them that no other shares; or
    /// by a stamp that stands in but one.
    pub(super) fn migration(&self, name: &str) -> Result<usize, Failure> {
        let given = name.trim_end_matches('/').rsplit('/').next().unwrap_or(name);
        let migrations = || self.history.migrations.iter().enumerate();
        let file =
            |migration: &Migration| self.tree.file(migration.file).map_or(String::new(), |file| file.name().into());
        let named = |is: &dyn Fn(&str) -> bool| -> Vec<(usize, &str)> {
            let found = migrations().filter(|(_, migration)| is(&migration.name) || is(&file(migration)));
            found.map(|(at, migration)| (at, migration.name.as_str())).collect()
        };
        let is_stamp = given.len() >= 8 && given.bytes().all(|byte| byte.is_ascii_digit());
        let ways: [&dyn Fn(&str) -> bool; 4] =
            [&|other| other == name, &|other| other == given, &|other| other.starts_with(given), &|other| {
                is_stamp && other.contains(given)
            }];
        let found = ways.iter().map(|way| named(way)).find(|found| !found.is_empty()).unwrap_or_default();
        match found.as_slice() {
            [(at, _)] => Ok(*at),
            [] => Err(Failure::Message(format!("there is no migration {name}{}", self.near(given)))),
            several => {
                let names: Vec<&str> = several.iter().map(|(_, name)| *name).take(10).collect();
                Err(Failure::Message(format!("{name} begins the names of several migrations: {}", names.join(", "))))
            }
        }
    }

    /// The names of which a part is like one that there is not, as a hint.
    fn near(&self, name: &str) -> String {
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
        let wanted = letters(name);
        let is_near = |other: &&str| {
            let other = letters(other);
            wanted.len() > 2 && (other.contains(&wanted) || !other.is_empty() && wanted.contains(&other))
        };
        let names = self.history.migrations.iter().map(|migration| migration.name.as_str());
        let near: Vec<&str> = names.filter(is_near).take(3).collect();
        match near.as_slice() {
            [] => String::new(),
            near => format!("; is it {}?", near.join(" or ")),
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
