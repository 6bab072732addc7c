//! What the imports of a script lead to, inside the project's root and nowhere else.

use crate::js::{Found, Module};
use crate::source::{FileId, SourceTree};

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
    let path = if relative {
        normal(&format!("{folder}/{specifier}"))
    } else {
        specifier.strip_prefix("/project/").and_then(normal)
    };
    let id = path.and_then(|path| file(tree, &path));
    match id.and_then(|id| module(tree, id)) {
        Some(module) => Found::Module(module),
        None => Found::Nothing,
    }
}

/// The file that a path without its extension names.
fn file(tree: &SourceTree, path: &str) -> Option<FileId> {
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

/// The text of a file that a script reads, by its path from the project's root.
pub(super) fn text(tree: &SourceTree, path: &str) -> Option<String> {
    let id = tree.reach(&normal(path)?)?;
    tree.read(id).ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_stay_inside_the_root() {
        let files = ["a/m/1.js", "a/lib.ts", "a/util/index.js", "b.json"];
        let tree = SourceTree::of(files.map(|path| (path.to_owned(), path.to_owned())));
        let from = tree.find("a/m/1.js").map(|id| id.0).unwrap_or_default();
        let text = |specifier: &str| match find(&tree, from, specifier) {
            Found::Module(module) => Some(module.text),
            Found::Nothing => None,
        };
        assert_eq!(text("../lib").as_deref(), Some("a/lib.ts"));
        assert_eq!(text("../lib.js").as_deref(), Some("a/lib.ts"));
        assert_eq!(text("../util").as_deref(), Some("a/util/index.js"));
        assert_eq!(text("../../b.json").as_deref(), Some("b.json"));
        assert_eq!(text("../../../../etc/passwd"), None);
        assert_eq!(text("/etc/passwd"), None);
        assert_eq!(text("knex"), None);
    }
}
