//! What the imports of a script lead to, inside the project's root and nowhere else: files beside it, what a
//! `tsconfig.json` names, packages of the same workspace. Nothing that is installed is known.

mod package;
mod tsconfig;
mod workspace;

use crate::js::{Found, Module};
use crate::source::{FileId, SourceTree};
use regex::Regex;
use std::sync::OnceLock;

/// What may stand behind a path that names no extension, in the order in which it is tried.
const EXTENSIONS: [&str; 8] = [".ts", ".js", ".mts", ".cts", ".mjs", ".cjs", ".json", ".tsx"];

/// The path of a file from the project's root.
pub(super) fn project_path(tree: &SourceTree, id: FileId) -> String {
    let Some(file) = tree.file(id) else { return String::new() };
    if tree.find(&file.path) != Some(id) {
        return file.path.clone(); // it was reached, and is known by that path
    }
    normal(&format!("{}/{}", tree.below_project(), file.path)).unwrap_or_default()
}

/// A file as a module; `None` when it cannot be read.
pub(super) fn module(tree: &SourceTree, id: FileId) -> Option<Module> {
    let text = tree.read(id).ok()?;
    Some(Module { id: id.0, path: project_path(tree, id), text: text.to_owned() })
}

/// What an import leads to.
pub(in crate::tools) fn find(tree: &SourceTree, from: u32, specifier: &str) -> Found {
    let from = project_path(tree, FileId(from));
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let relative = specifier.starts_with("./") || specifier.starts_with("../") || [".", ".."].contains(&specifier);
    let id = if relative {
        normal(&format!("{folder}/{specifier}")).and_then(|path| file(tree, &path))
    } else if let Some(path) = specifier.strip_prefix('/') {
        path.strip_prefix("project/").and_then(normal).and_then(|path| file(tree, &path))
    } else {
        named(tree, &from, folder, specifier)
    };
    match id.and_then(|id| module(tree, id)) {
        Some(module) => Found::Module(module),
        None => Found::Nothing,
    }
}

/// What is imported by a name.
fn named(tree: &SourceTree, from: &str, folder: &str, specifier: &str) -> Option<FileId> {
    if specifier.starts_with('#') {
        return package::own(tree, folder, specifier);
    }
    let mapped = || if is_typescript(from) { tsconfig::find(tree, folder, specifier) } else { None };
    mapped().or_else(|| workspace::find(tree, folder, specifier))
}

/// Whether a path is that of a file in TypeScript.
fn is_typescript(path: &str) -> bool {
    [".ts", ".mts", ".cts", ".tsx"].iter().any(|extension| path.ends_with(extension))
}

/// A JSON file by its path from the project's root.
fn json(tree: &SourceTree, path: &str) -> Option<serde_json::Value> {
    serde_json::from_str(tree.read(tree.reach(path)?).ok()?).ok()
}

/// A path below a folder of the project, whose own path is empty for the root; `None` when it leads out of the project.
fn within(folder: &str, path: &str) -> Option<String> {
    normal(&format!("{folder}/{path}"))
}

/// A folder of the project and those above it, up to the root, whose path is empty.
fn upward(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| match *folder {
        "" => None,
        folder => Some(folder.rsplit_once('/').map_or("", |(above, _)| above)),
    })
}

/// What the `*` of a pattern stands for, when a text is of that pattern; nothing where the pattern has none.
fn fits<'a>(pattern: &str, text: &'a str) -> Option<&'a str> {
    let Some((before, behind)) = pattern.split_once('*') else { return (pattern == text).then_some("") };
    let inner = text.strip_prefix(before)?.strip_suffix(behind)?;
    (!inner.is_empty()).then_some(inner)
}

/// The file that a path without its extension names. What only declares types is none.
fn file(tree: &SourceTree, path: &str) -> Option<FileId> {
    if [".d.ts", ".d.mts", ".d.cts"].iter().any(|ending| path.ends_with(ending)) {
        return None;
    }
    let reach = |path: String| tree.reach(&path);
    let known = EXTENSIONS.iter().any(|extension| path.ends_with(extension));
    let as_it_is = known.then(|| reach(path.to_owned())).flatten();
    // TypeScript's own way to name a file is by what it is compiled to.
    let compiled = || {
        let (stem, written) = [(".js", ".ts"), (".mjs", ".mts"), (".cjs", ".cts")]
            .iter()
            .find_map(|(from, to)| Some((path.strip_suffix(from)?, *to)))?;
        reach(format!("{stem}{written}"))
    };
    let with = || EXTENSIONS.iter().find_map(|extension| reach(format!("{path}{extension}")));
    let index = || EXTENSIONS.iter().find_map(|extension| reach(format!("{path}/index{extension}")));
    as_it_is.or_else(compiled).or_else(with).or_else(index)
}

/// A path without `.` and `..`; `None` when it leads out of the root.
fn normal(path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Packages that are handed no connection: the tools themselves, and what works on values.
const ON_VALUES: [&str; 22] = [
    "@faker-js/faker",
    "assert",
    "async",
    "bluebird",
    "chalk",
    "crypto",
    "date-fns",
    "dayjs",
    "dotenv",
    "fs",
    "knex",
    "lodash",
    "moment",
    "os",
    "path",
    "ramda",
    "sequelize",
    "typeorm",
    "url",
    "util",
    "uuid",
    "winston",
];

/// The texts of all files that a file imports, and that these do; `None` where one is not known that may be handed a
/// connection.
pub(super) fn all(tree: &SourceTree, from: FileId) -> Option<Vec<&str>> {
    static IMPORT: OnceLock<Option<Regex>> = OnceLock::new();
    let import = IMPORT
        .get_or_init(|| Regex::new(r#"(?:\bfrom|\brequire\s*\(|\bimport\s*\(|\bimport)\s*["'`]([^"'`\n]+)["'`]"#).ok());
    let import = import.as_ref()?;
    let mut files = vec![from];
    let mut at = 0;
    while let Some(file) = files.get(at).copied() {
        at += 1;
        for found in import.captures_iter(tree.read(file).ok()?) {
            let specifier = found.get(1).map_or("", |found| found.as_str());
            let package =
                specifier.strip_prefix("node:").unwrap_or(specifier).split("/promises").next().unwrap_or_default();
            match find(tree, file.0, specifier) {
                Found::Module(module) if files.contains(&FileId(module.id)) => {}
                Found::Module(module) => files.push(FileId(module.id)),
                Found::Nothing if ON_VALUES.contains(&package) => {}
                Found::Nothing => return None,
            }
        }
    }
    files.into_iter().map(|file| tree.read(file).ok()).collect()
}

/// The text of a file that a script reads, by its path from the project's root.
pub(super) fn text(tree: &SourceTree, path: &str) -> Option<String> {
    let id = tree.reach(&normal(path)?)?;
    tree.read(id).ok().map(str::to_owned)
}

#[cfg(test)]
mod tests;
