//! Which of the histories that were found is the one to work on. Never guesses between two.

use super::contest::{Settled, only, settle};
use super::{Place, TOOLS};
use crate::diag::{Finding, Level, Outcome};
use crate::ir::Tool;
use crate::source::{ProblemKind, SourceTree};
use std::collections::BTreeSet;

/// The history to work on.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Where it is.
    pub place: Place,
}

/// Why there is no history to work on.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// What is to be said; the last one is the reason.
    pub findings: Vec<Finding>,
    /// The histories to choose from, when there are several.
    pub places: Vec<Place>,
}

/// Chooses the history: the only one, or the project's own. `from` limits it to one tool.
pub fn choose(tree: &SourceTree, from: Option<Tool>) -> Result<Outcome<Choice>, Refusal> {
    let mut findings = Vec::new();
    let mut places = Vec::new();
    for tool in TOOLS {
        let found = tool.find(tree);
        if from.is_none_or(|from| tool.tool() == from) {
            findings.extend(found.findings);
        }
        places.extend(found.value);
    }
    let Settled { places, open } = match from {
        Some(tool) => Settled { places: only(places, tool), open: BTreeSet::new() },
        None => settle(tree, places),
    };

    let readable: Vec<&Place> = places.iter().filter(|place| place.refused.is_none()).collect();
    let own: Vec<&Place> = readable.iter().copied().filter(|place| place.own).collect();
    match (readable.as_slice(), own.as_slice()) {
        ([only], _) | (_, [only]) if !open.contains(&only.folder) => {
            let place = (*only).clone();
            findings.extend(others(tree, &place, &places));
            Ok(Outcome { value: Choice { place }, findings })
        }
        ([], _) => {
            let refused = places.iter().find_map(|place| place.refused.clone());
            if refused.is_none() {
                findings.extend(unread(tree));
            }
            findings.push(refused.unwrap_or_else(|| nothing(tree, from)));
            Err(Refusal { findings, places: Vec::new() })
        }
        _ => {
            let places: Vec<Place> = readable.into_iter().cloned().collect();
            findings.push(undecided(tree, &places, &open));
            Err(Refusal { findings, places })
        }
    }
}

/// What the walk stumbled over outside the history's folder: worth knowing, and no fault of the history.
pub fn strays(tree: &SourceTree, place: &Place) -> Vec<Finding> {
    let inside = |path: &str| place.folder.is_empty() || path.strip_prefix(&place.folder).is_some_and(is_below);
    let mut findings = Vec::new();
    for problem in tree.problems() {
        let file = problem.file.and_then(|file| tree.file(file));
        let mut finding = Finding::from(problem);
        match problem.kind {
            ProblemKind::TooMany(_) => findings.push(finding),
            _ if file.is_some_and(|file| inside(&file.path)) => {}
            _ => {
                finding.level = Level::Info;
                findings.push(finding);
            }
        }
    }
    findings
}

fn is_below(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

/// The finding for several histories, or for one whose tool is not known.
fn undecided(tree: &SourceTree, places: &[Place], open: &BTreeSet<String>) -> Finding {
    let folders: BTreeSet<&String> = places.iter().map(|place| &place.folder).collect();
    match folders.first() {
        Some(folder) if folders.len() == 1 && open.contains(*folder) => {
            let tools: Vec<&str> = places.iter().map(|place| name(place.tool)).collect();
            let message = format!(
                "the scripts in {} may be migrations of {}, and nothing decides",
                tree.shown(folder),
                tools.join(" or ")
            );
            Finding::new("R020", Level::Error, None, message)
                .why("their words, the settings and the needs of the project's package do not name one tool alone")
                .help("say which tool it is with --from")
        }
        _ => {
            let message = format!("{} holds {} histories, and none is its own", tree.shown(""), folders.len());
            Finding::new("R020", Level::Error, None, message).help("name one of them")
        }
    }
}

fn others(tree: &SourceTree, chosen: &Place, places: &[Place]) -> Option<Finding> {
    let others: Vec<_> = places
        .iter()
        .filter(|place| place.folder != chosen.folder || place.tool != chosen.tool)
        .map(|place| format!("{} ({})", tree.shown(&place.folder), name(place.tool)))
        .collect();
    let count = others.len();
    let message = match others.as_slice() {
        [] => return None,
        [one] => format!("there is another history at {one}, which is not read"),
        _ => format!("there are {count} other histories, which are not read: {}", others.join(", ")),
    };
    Some(Finding::new("R021", Level::Info, None, message))
}

/// What cannot be read and may be what was looked for.
fn unread(tree: &SourceTree) -> Vec<Finding> {
    let may_be_one = |folder: &str, name: &str| {
        let is_called = folder.rsplit('/').next().is_some_and(|name| name.to_lowercase().contains("migration"));
        is_called && [".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".sql"].iter().any(|end| name.ends_with(end))
    };
    let files = tree.files().filter(|(_, file)| may_be_one(file.folder(), file.name()));
    files.filter_map(|(id, _)| tree.read(id).err()).map(|problem| Finding::from(&problem)).collect()
}

fn nothing(tree: &SourceTree, from: Option<Tool>) -> Finding {
    let root = tree.shown("");
    if tree.find("migration.sql").is_some() {
        let message = format!("{root} is a single migration; its history is the folder above it");
        return Finding::new("R013", Level::Error, None, message).help("name the migrations folder");
    }
    let message = match from {
        Some(tool) => format!("no history of {} is found in {root}", name(tool)),
        None => format!("no migration history is found in {root}"),
    };
    Finding::new("R013", Level::Error, None, message).help("name the project's root or its migrations folder")
}

/// A tool's name as its users write it.
fn name(tool: Tool) -> &'static str {
    match tool {
        Tool::Prisma => "Prisma",
        Tool::Typeorm => "TypeORM",
        Tool::Knex => "Knex",
        Tool::Sequelize => "Sequelize",
    }
}
