//! Which of the histories that were found is the one to work on. Never guesses between two.

use super::{Place, TOOLS};
use crate::diag::{Finding, Level, Outcome};
use crate::ir::Tool;
use crate::source::{ProblemKind, SourceTree};

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
    for tool in TOOLS.iter().filter(|tool| from.is_none_or(|from| tool.tool() == from)) {
        let found = tool.find(tree);
        findings.extend(found.findings);
        places.extend(found.value);
    }

    let readable: Vec<&Place> = places.iter().filter(|place| place.refused.is_none()).collect();
    let own: Vec<&Place> = readable.iter().copied().filter(|place| place.own).collect();
    match (readable.as_slice(), own.as_slice()) {
        ([only], _) | (_, [only]) => {
            let place = (*only).clone();
            findings.extend(others(tree, &place, &places));
            Ok(Outcome { value: Choice { place }, findings })
        }
        ([], _) => {
            let refused = places.iter().find_map(|place| place.refused.clone());
            findings.push(refused.unwrap_or_else(|| nothing(tree, from)));
            Err(Refusal { findings, places: Vec::new() })
        }
        _ => {
            let places: Vec<Place> = readable.into_iter().cloned().collect();
            let message = format!("{} holds {} histories, and none is its own", tree.shown(""), places.len());
            findings.push(Finding::new("R020", Level::Error, None, message).help("name one of them"));
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
