//! What the packages of a project say: `package.json`, read from a folder up to the root, and beside the root when the
//! folder that was opened is one within a project.

use crate::source::SourceTree;

/// The nearest `package.json` from a folder up that says something, and what it says.
pub(super) fn package<T>(tree: &SourceTree, folder: &str, ask: impl Fn(&serde_json::Value) -> Option<T>) -> Option<T> {
    let folders = std::iter::successors(Some(folder), |here| above(here));
    let paths =
        folders.map(|here| if here.is_empty() { "package.json".into() } else { format!("{here}/package.json") });
    paths.chain(["../package.json".to_owned()]).find_map(|path| {
        let text = tree.find(&path).and_then(|file| tree.read(file).ok())?;
        ask(&serde_json::from_str(text).ok()?)
    })
}

/// What a package needs of another, as written.
pub(super) fn dependency<'a>(package: &'a serde_json::Value, name: &str) -> Option<&'a str> {
    ["dependencies", "devDependencies", "peerDependencies"]
        .iter()
        .find_map(|group| package.get(group)?.get(name)?.as_str())
}

/// The folder above one below the root.
fn above(folder: &str) -> Option<&str> {
    (!folder.is_empty()).then(|| folder.rsplit_once('/').map_or("", |(above, _)| above))
}
