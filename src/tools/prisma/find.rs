//! Finding Prisma's histories: by their shape (`<folder>/<name>/migration.sql`, `migration_lock.toml`), and by what the
//! project at the root says about itself.

use super::config::{Setting, Settings, resolve, settings};
use super::{LOCK, Place, UP, datasource, join, parent};
use crate::diag::{Finding, Level, Outcome};
use crate::ir::Tool;
use crate::source::{FileId, SourceTree, Span};
use crate::tools::Grounds;
use std::collections::{BTreeMap, BTreeSet};

/// Every history in the tree.
pub(super) fn find(tree: &SourceTree) -> Outcome<Vec<Place>> {
    let mut findings = Vec::new();
    let folders = by_shape(tree);
    let own = own(tree, &folders, &mut findings);
    let place = |folder: String, refused| {
        let own = own.as_ref() == Some(&folder);
        Place { tool: Tool::Prisma, own, folder, grounds: Grounds::Words, refused }
    };
    let packages = packages(tree);
    let mut places: Vec<Place> = folders
        .iter()
        .filter(|folder| !packages.contains_key(*folder))
        .map(|folder| place(folder.clone(), None))
        .collect();
    for (folder, file) in packages {
        let message = format!("{} is a history of Prisma 8, which is not supported", tree.shown(&folder));
        let finding = Finding::new("R015", Level::Error, Span::new(file, 0, 0), message)
            .why("its migrations are packages of operations, not SQL files")
            .help("use Prisma 8's own `migration plan --from X --to X^` to plan a way back");
        places.push(place(folder, Some(finding)));
    }
    places.sort_by(|a, b| a.folder.cmp(&b.folder));
    Outcome { value: places, findings }
}

/// The schema files that may hold the datasource of a history: those that the project's settings name, then those beside
/// the migrations folder (Prisma asks that the datasource's file stands there), then a `schema` folder beside it.
pub(super) fn schema_files(tree: &SourceTree, place: &Place) -> Vec<FileId> {
    let above = parent(&place.folder);
    let mut folders = vec![above.to_owned(), join(above, "schema")];
    if place.own
        && let Some(Setting::Path(path)) = settings(tree, "").schema
    {
        if let Some(file) = tree.find(&path) {
            return vec![file];
        }
        folders.insert(0, path);
    }
    for folder in folders {
        let files: Vec<FileId> = tree
            .files()
            .filter(|(_, file)| file.folder() == folder && file.path.ends_with(".prisma"))
            .map(|(id, _)| id)
            .filter(|id| tree.read(*id).is_ok_and(|text| datasource::datasource(text).is_some()))
            .collect();
        if !files.is_empty() {
            return files;
        }
    }
    Vec::new()
}

/// The folders that look like a migrations folder.
fn by_shape(tree: &SourceTree) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for (_, file) in tree.files().filter(|(_, file)| !file.path.starts_with("../")) {
        match file.name() {
            UP if !file.folder().is_empty() => folders.insert(parent(file.folder()).to_owned()),
            LOCK => folders.insert(file.folder().to_owned()),
            _ => false,
        };
    }
    folders
}

/// The folders of Prisma 8's packages, each with one of the files that give it away.
fn packages(tree: &SourceTree) -> BTreeMap<String, FileId> {
    let mut folders = BTreeMap::new();
    for (id, file) in tree.files().filter(|(_, file)| file.name() == "migration.json") {
        let folder = file.folder();
        if tree.find(&join(folder, "ops.json")).is_some() && !folder.is_empty() {
            folders.entry(parent(folder).to_owned()).or_insert(id);
        }
    }
    folders
}

/// The history of the project at the root itself, by Prisma's own rules: where the configuration says, else beside the
/// schema, which is `prisma/schema.prisma` or `schema.prisma` unless the configuration or package.json say otherwise.
fn own(tree: &SourceTree, folders: &BTreeSet<String>, findings: &mut Vec<Finding>) -> Option<String> {
    let settings = settings(tree, "");
    let mut candidates = Vec::new();
    match &settings.migrations {
        Some(Setting::Path(path)) => candidates.push(path.clone()),
        Some(Setting::Computed) => findings.extend(computed(tree, &settings, "migrations folder")),
        None => {}
    }
    match &settings.schema {
        Some(Setting::Path(path)) => {
            let base = if path.ends_with(".prisma") { parent(path) } else { path };
            candidates.extend(resolve(base, "migrations"));
            if !path.ends_with(".prisma") {
                // A folder of schema files: the one with the datasource may stand further down.
                candidates.extend(folders.iter().filter(|folder| parent(folder).starts_with(path.as_str())).cloned());
            }
        }
        Some(Setting::Computed) if settings.migrations.is_none() => {
            findings.extend(computed(tree, &settings, "schema"))
        }
        Some(Setting::Computed) => {}
        None => candidates.extend(["prisma/migrations".to_owned(), "migrations".to_owned()]),
    }
    candidates.push(String::new());
    candidates.into_iter().find(|candidate| folders.contains(candidate))
}

fn computed(tree: &SourceTree, settings: &Settings, what: &str) -> Option<Finding> {
    let file = settings.file?;
    let path = tree.file(file).map(|file| file.shown.clone()).unwrap_or_default();
    let message = format!("{path} computes where the {what} is");
    Some(
        Finding::new("R022", Level::Warning, Span::new(file, 0, 0), message)
            .why("the file is not run, so the folder is searched for by its shape")
            .help("name the migrations folder as the path"),
    )
}
