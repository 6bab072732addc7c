//! One package of the project: what its `package.json` says of where its files are. Where that is built from sources and
//! not in the repository, the sources are taken.

use super::{file, fits, json, upward, within};
use crate::source::{FileId, SourceTree};
use serde_json::Value;

/// The conditions under which Node looks (`exports` and `imports`, Node 24), and those that others look under, who are
/// asked when nothing is found by the first.
const CONDITIONS: [&[&str]; 2] =
    [&["node", "import", "require", "module-sync", "default"], &["source", "types", "typescript", "development"]];

/// Folders that builds write to, and those inside of them.
const BUILT: [&str; 11] = ["dist", "build", "lib", "out", "output", "esm", "cjs", "mjs", "es", "types", "typings"];

/// How deep conditions may stand in one another.
const DEPTH: usize = 8;

/// What a package gives under a path below its name; an empty one for the package itself.
pub(super) fn entry(tree: &SourceTree, folder: &str, below: &str) -> Option<FileId> {
    let package = json(tree, &within(folder, "package.json")?).unwrap_or_default();
    if let Some(exports) = package.get("exports").filter(|exports| !exports.is_null()) {
        let name = if below.is_empty() { ".".to_owned() } else { format!("./{below}") };
        let by_path = exports.as_object().is_some_and(|all| all.keys().any(|key| key.starts_with('.')));
        return match by_path {
            true => chosen(tree, folder, exports, &name),
            false if below.is_empty() => target(tree, folder, exports, ""),
            false => None,
        };
    }
    if !below.is_empty() {
        return within(folder, below).and_then(|path| file(tree, &path)).or_else(|| sources(tree, folder, below));
    }
    let fields = ["main", "module", "types", "typings", "source"];
    let named: Vec<&str> = fields.iter().filter_map(|field| package.get(field)?.as_str()).collect();
    let there = |path: &&str| within(folder, path).and_then(|path| file(tree, &path));
    named.iter().find_map(there).or_else(|| named.iter().find_map(|path| sources(tree, folder, path))).or_else(|| {
        let index = || file(tree, &within(folder, "index")?);
        index().or_else(|| sources(tree, folder, "index"))
    })
}

/// What a package's own `imports` name: `#name`.
pub(super) fn own(tree: &SourceTree, folder: &str, specifier: &str) -> Option<FileId> {
    let (folder, package) = nearest(tree, folder)?;
    chosen(tree, folder, package.get("imports")?, specifier)
}

/// The package that a folder belongs to.
pub(super) fn nearest<'a>(tree: &SourceTree, folder: &'a str) -> Option<(&'a str, Value)> {
    upward(folder).find_map(|folder| Some((folder, json(tree, &within(folder, "package.json")?)?)))
}

/// What stands under a name, or under the pattern with the longest beginning.
fn chosen(tree: &SourceTree, folder: &str, all: &Value, name: &str) -> Option<FileId> {
    let all = all.as_object()?;
    if let Some(exact) = all.get(name) {
        return target(tree, folder, exact, "");
    }
    let length = |pattern: &str| pattern.find('*').unwrap_or(pattern.len());
    let patterns = all.iter().filter(|(pattern, _)| pattern.contains('*'));
    let fitting = patterns.filter_map(|(pattern, value)| Some((pattern, value, fits(pattern, name)?)));
    let (_, value, star) = fitting.max_by_key(|(pattern, ..)| length(pattern))?;
    target(tree, folder, value, star)
}

/// The file of a target, under whatever condition there is one.
fn target(tree: &SourceTree, folder: &str, value: &Value, star: &str) -> Option<FileId> {
    let mut named = Vec::new();
    for conditions in CONDITIONS {
        paths(value, conditions, DEPTH, &mut named);
    }
    let named: Vec<String> = named.iter().map(|path| path.replace('*', star)).collect();
    let there = |path: &String| within(folder, path).and_then(|path| file(tree, &path));
    named.iter().find_map(there).or_else(|| named.iter().find_map(|path| sources(tree, folder, path)))
}

/// The paths that stand under conditions, as Node chooses among them.
fn paths<'a>(value: &'a Value, conditions: &[&str], depth: usize, out: &mut Vec<&'a str>) {
    match value {
        Value::String(path) if path.starts_with("./") => out.push(path),
        Value::Array(all) if depth > 0 => all.iter().for_each(|value| paths(value, conditions, depth - 1, out)),
        // Which conditions stand inside of those is for the ones inside to say.
        Value::Object(all) if depth > 0 => {
            for (_, value) in all.iter().filter(|(key, _)| conditions.contains(&key.as_str())) {
                CONDITIONS.iter().for_each(|inner| paths(value, inner, depth - 1, out));
            }
        }
        _ => {}
    }
}

/// What a file that is built is made from: the same path under `src` or none of the folders that are built.
fn sources(tree: &SourceTree, folder: &str, path: &str) -> Option<FileId> {
    let path = path.trim_start_matches("./");
    let mut rest = path;
    while let Some((first, behind)) = rest.split_once('/') {
        if !BUILT.contains(&first) {
            break;
        }
        rest = behind;
    }
    let endings = [".d.ts", ".d.mts", ".d.cts", ".js", ".mjs", ".cjs"];
    let stem = endings.iter().find_map(|ending| rest.strip_suffix(ending)).unwrap_or(rest);
    let built = rest.len() < path.len();
    let at = |path: String| file(tree, &within(folder, &path)?);
    // One file for all of a package is built from its index.
    let all = || built.then(|| at("src/index".into()).or_else(|| at("index".into()))).flatten();
    let whole = !rest.contains('/') && ["index", "main", "bundle"].contains(&stem);
    at(format!("src/{stem}"))
        .or_else(|| if built { at(stem.to_owned()) } else { None })
        .or_else(|| if whole { all() } else { None })
}
