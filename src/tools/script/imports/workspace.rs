//! The packages of a workspace (npm, Yarn, pnpm, Bun, Lerna), and those that a package names by where they are.

use super::{fits, json, package, upward, within};
use crate::source::{FileId, SourceTree};
use serde_json::Value;
use std::collections::BTreeMap;

/// How deep `**` is followed, and how many folders are looked into for one workspace.
const DEEPEST: usize = 6;
const MOST_FOLDERS: usize = 4_000;

/// The packages of a workspace.
struct Packages {
    /// Their folders by their names.
    folders: BTreeMap<String, String>,
    /// Whether its root names them. Where none does, `packages` may hold what is published from there.
    named: bool,
}

/// What the import of a package of the same workspace leads to.
pub(super) fn find(tree: &SourceTree, folder: &str, specifier: &str) -> Option<FileId> {
    let (name, below) = split(specifier)?;
    let (own, manifest) = package::nearest(tree, folder)?;
    let wanted = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"]
        .iter()
        .find_map(|group| manifest.get(group)?.get(name)?.as_str());
    let place = ["file:", "link:", "portal:", "workspace:"].iter().find_map(|scheme| wanted?.strip_prefix(scheme));
    if let Some(path) = place.filter(|path| path.starts_with('.')) {
        return package::entry(tree, &within(own, path)?, below);
    }
    // Another package that goes by that name.
    if wanted
        .is_some_and(|wanted| ["npm:", "git", "http", "catalog:", "jsr:"].iter().any(|other| wanted.starts_with(other)))
    {
        return None;
    }
    if manifest.get("name").and_then(Value::as_str) == Some(name) {
        return package::entry(tree, own, below);
    }
    upward(folder).find_map(|root| {
        let packages = tree.kept(root, || packages(tree, root));
        let packages = packages.as_ref().as_ref()?;
        let found = packages.folders.get(name)?;
        is_wanted(tree, found, wanted, packages.named).then(|| package::entry(tree, found, below))?
    })
}

/// The package's name and the path below it.
fn split(specifier: &str) -> Option<(&str, &str)> {
    let from = if specifier.starts_with('@') { specifier.find('/')? + 1 } else { 0 };
    let end = specifier.get(from..)?.find('/').map_or(specifier.len(), |at| from + at);
    let (name, below) = specifier.split_at_checked(end)?;
    Some((name, below.strip_prefix('/').unwrap_or(below)))
}

/// Whether the package in the workspace is the one that is wanted, and not another version of it. One that no workspace
/// names is so only where exactly its version is wanted.
fn is_wanted(tree: &SourceTree, folder: &str, wanted: Option<&str>, named: bool) -> bool {
    let exact = wanted.filter(|wanted| wanted.starts_with(|first: char| first.is_ascii_digit()));
    let exact = exact.filter(|wanted| wanted.chars().all(|c| c.is_ascii_alphanumeric() || ".-+".contains(c)));
    let Some(exact) = exact.filter(|wanted| wanted.split('.').count() >= 3 && !wanted.contains(".x")) else {
        return named;
    };
    let package = within(folder, "package.json").and_then(|path| json(tree, &path)).unwrap_or_default();
    package.get("version").and_then(Value::as_str).map_or(named, |version| version == exact)
}

/// The packages below a folder; `None` when it is the root of no workspace and of no package.
fn packages(tree: &SourceTree, root: &str) -> Option<Packages> {
    let (patterns, named) = match patterns(tree, root) {
        Some(patterns) => (patterns, true),
        None => {
            within(root, "package.json").and_then(|path| tree.reach(&path))?;
            (vec!["packages/*".to_owned()], false)
        }
    };
    let (out, within_patterns): (Vec<&str>, Vec<&str>) =
        patterns.iter().map(String::as_str).partition(|pattern| pattern.starts_with('!'));
    let mut left = MOST_FOLDERS;
    let mut folders = Vec::new();
    for pattern in within_patterns {
        let parts: Vec<&str> = pattern.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        expand(tree, root, &parts, DEEPEST, &mut left, &mut folders);
    }
    let mut found = BTreeMap::new();
    for folder in folders {
        let below = folder.strip_prefix(root).unwrap_or(&folder).trim_start_matches('/');
        if out.iter().any(|pattern| leaves_out(pattern.trim_start_matches(['!', '.', '/']), below)) {
            continue;
        }
        let package = within(&folder, "package.json").and_then(|path| json(tree, &path));
        if let Some(name) = package.as_ref().and_then(|package| package.get("name")?.as_str()) {
            found.entry(name.to_owned()).or_insert(folder);
        }
    }
    Some(Packages { folders: found, named })
}

/// Whether a folder is left out by a pattern, of which only plain beginnings are read.
fn leaves_out(pattern: &str, folder: &str) -> bool {
    match pattern.strip_prefix("**/") {
        Some(name) => {
            let name = name.trim_end_matches("/**");
            folder.split('/').any(|part| part == name)
        }
        None => {
            let start = pattern.trim_end_matches("/**").trim_end_matches("/*");
            folder == start || folder.strip_prefix(start).is_some_and(|rest| rest.starts_with('/'))
        }
    }
}

/// Where the packages of a workspace are, as its root says it.
fn patterns(tree: &SourceTree, root: &str) -> Option<Vec<String>> {
    let texts = |value: &Value| -> Option<Vec<String>> {
        Some(value.as_array()?.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    };
    let read = |name: &str| within(root, name).and_then(|path| tree.reach(&path)).and_then(|id| tree.read(id).ok());
    if let Some(found) = read("pnpm-workspace.yaml").and_then(yaml) {
        return Some(found);
    }
    let package = json(tree, &within(root, "package.json")?).unwrap_or_default();
    let field = package.get("workspaces");
    if let Some(found) = field.and_then(|field| texts(field).or_else(|| texts(field.get("packages")?))) {
        return Some(found);
    }
    let lerna = json(tree, &within(root, "lerna.json")?)?;
    // Lerna 8, `packages`.
    Some(lerna.get("packages").and_then(texts).unwrap_or_else(|| vec!["packages/*".to_owned()]))
}

/// The list `packages` of a YAML file, one to a line or between brackets.
fn yaml(text: &str) -> Option<Vec<String>> {
    let plain = |item: &str| item.trim().trim_matches(['\'', '"']).to_owned();
    let mut lines = text.lines().map(|line| line.split(" #").next().unwrap_or(line));
    let rest = lines.by_ref().find_map(|line| line.strip_prefix("packages:"))?.trim();
    if let Some(list) = rest.strip_prefix('[') {
        return Some(list.trim_end_matches(']').split(',').map(plain).filter(|item| !item.is_empty()).collect());
    }
    let items = lines.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    Some(items.map_while(|line| line.trim_start().strip_prefix("- ").map(plain)).collect())
}

/// The folders that a pattern names, below one.
fn expand(tree: &SourceTree, folder: &str, parts: &[&str], deep: usize, left: &mut usize, out: &mut Vec<String>) {
    let Some((first, rest)) = parts.split_first() else {
        out.push(folder.to_owned());
        return;
    };
    if !first.contains('*') {
        if let Some(folder) = within(folder, first) {
            expand(tree, &folder, rest, deep, left, out);
        }
        return;
    }
    if *first == "**" {
        expand(tree, folder, rest, deep, left, out);
    }
    if deep == 0 || *left == 0 {
        return;
    }
    *left -= 1;
    for name in tree.folders_in(folder) {
        let Some(inner) = within(folder, &name) else { continue };
        match *first {
            "**" => expand(tree, &inner, parts, deep - 1, left, out),
            pattern if pattern == "*" || fits(pattern, &name).is_some() => {
                expand(tree, &inner, rest, deep, left, out);
            }
            _ => {}
        }
    }
}
