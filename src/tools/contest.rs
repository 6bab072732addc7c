//! Which tool a folder is for, where its scripts would do for more than one: by the words in them, by settings that name
//! the folder, and by what the project's package needs. Where these do not agree on one tool, nothing is decided.

use super::package::{dependency, package};
use super::{Grounds, Place};
use crate::ir::Tool;
use crate::source::SourceTree;
use std::collections::{BTreeMap, BTreeSet};

/// The packages that a project needs for migrations; those without a tool are of others, whose scripts look alike.
static PACKAGES: &[(&str, Option<Tool>)] = &[
    ("prisma", Some(Tool::Prisma)),
    ("@prisma/client", Some(Tool::Prisma)),
    ("knex", Some(Tool::Knex)),
    ("sequelize", Some(Tool::Sequelize)),
    ("sequelize-cli", Some(Tool::Sequelize)),
    ("sequelize-typescript", Some(Tool::Sequelize)),
    ("@sequelize/core", Some(Tool::Sequelize)),
    ("typeorm", Some(Tool::Typeorm)),
    ("@mikro-orm/migrations", None),
    ("db-migrate", None),
    ("kysely", None),
    ("ley", None),
    ("migrate", None),
    ("migrate-mongo", None),
    ("node-pg-migrate", None),
    ("postgres-migrations", None),
];

/// The places with one tool for each folder that is certain to be of it, and the folders of which that is not known.
pub(super) struct Settled {
    /// The places; those of folders that are not decided are nobody's own.
    pub places: Vec<Place>,
    /// The folders that are not decided.
    pub open: BTreeSet<String>,
}

/// Decides for each folder which tool it is for.
pub(super) fn settle(tree: &SourceTree, places: Vec<Place>) -> Settled {
    let mut folders: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    for place in &places {
        folders.entry(place.folder.clone()).or_default().push(place.clone());
    }
    let winner = |(folder, claims): (String, Vec<Place>)| {
        let tool = decide(&claims, || needs(tree, &folder));
        (folder, tool)
    };
    let winners: BTreeMap<String, Option<Tool>> = folders.into_iter().map(winner).collect();
    let of = |place: &Place| winners.get(&place.folder).copied().flatten();
    let stays = |mut place: Place| match of(&place) {
        Some(tool) => (tool == place.tool).then_some(place),
        None => {
            place.own = false;
            Some(place)
        }
    };
    let open = winners.iter().filter(|(_, tool)| tool.is_none()).map(|(folder, _)| folder.clone()).collect();
    Settled { places: places.into_iter().filter_map(stays).collect(), open }
}

/// The places of one tool that the user names: those that look as if they were of another only where there is nothing else.
pub(super) fn only(places: Vec<Place>, tool: Tool) -> Vec<Place> {
    let better = |place: &Place| {
        let is_other = |other: &&Place| other.folder == place.folder && other.tool != tool;
        places.iter().filter(is_other).any(|other| other.grounds > Grounds::Shape)
    };
    let of: Vec<Place> = places.iter().filter(|place| place.tool == tool).cloned().collect();
    let good: Vec<Place> =
        of.iter().filter(|place| place.grounds > Grounds::Shape || !better(place)).cloned().collect();
    if good.is_empty() { of } else { good }
}

/// What a project needs.
struct Needs {
    /// The tools among it.
    tools: BTreeSet<Tool>,
    /// Whether there is something that other scripts of the same shape are for.
    others: bool,
}

/// The tool that the claims of a folder are certain to be settled for, if there is one.
fn decide(claims: &[Place], needs: impl FnOnce() -> Needs) -> Option<Tool> {
    let certain: Vec<&Place> = claims.iter().filter(|place| place.grounds > Grounds::Shape).collect();
    if let ([only], [_]) = (claims, &certain[..]) {
        return Some(only.tool);
    }
    let needs = needs();
    let needed = |places: &[&Place]| -> Vec<Tool> {
        places.iter().map(|place| place.tool).filter(|tool| needs.tools.contains(tool)).collect()
    };
    let every: Vec<&Place> = claims.iter().collect();
    match &certain[..] {
        [] => match needed(&every)[..] {
            [one] if !needs.others => Some(one),
            _ => None,
        },
        [one] => {
            let contradicted = !needs.tools.contains(&one.tool) && !needed(&every).is_empty();
            (!contradicted).then_some(one.tool)
        }
        several => {
            let named =
                |tool: Tool| several.iter().any(|place| place.grounds == Grounds::Settings && place.tool != tool);
            match needed(several)[..] {
                [one] if !named(one) => Some(one),
                _ => None,
            }
        }
    }
}

/// What the nearest package above a folder that needs anything for migrations needs.
fn needs(tree: &SourceTree, folder: &str) -> Needs {
    let found = package(tree, folder, |package| {
        let used: Vec<Option<Tool>> =
            PACKAGES.iter().filter(|(name, _)| dependency(package, name).is_some()).map(|(_, tool)| *tool).collect();
        (!used.is_empty()).then_some(used)
    });
    let used = found.unwrap_or_default();
    Needs { others: used.contains(&None), tools: used.into_iter().flatten().collect() }
}
