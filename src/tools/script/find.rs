//! Finding the histories of a tool whose migrations are scripts, by the shape of its folders.

use crate::ir::Tool;
use crate::source::{FileId, SourceTree};
use crate::tools::Place;
use std::collections::BTreeMap;

/// What the migrations of a tool look like.
pub(in crate::tools) struct Shape {
    /// The tool.
    pub tool: Tool,
    /// Whether a file of that name may be a migration.
    pub is_name: fn(&str) -> bool,
    /// Whether a file with that text is one.
    pub is_text: fn(&str) -> bool,
}

/// The scripts directly in a folder that may be migrations, in byte order of their names.
pub(in crate::tools) fn files(tree: &SourceTree, folder: &str, is_name: fn(&str) -> bool) -> Vec<FileId> {
    let inside = tree.files().filter(|(_, file)| file.folder() == folder && !file.path.starts_with("../"));
    let mut found: Vec<(&str, FileId)> =
        inside.filter(|(_, file)| is_name(file.name())).map(|(id, file)| (file.name(), id)).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, id)| id).collect()
}

/// The folders that hold migrations of that shape: most of what may be one by its name is one by its text. `own` are the
/// folders that the project's settings name.
pub(in crate::tools) fn histories(tree: &SourceTree, shape: &Shape, own: &[String]) -> Vec<Place> {
    let mut folders: BTreeMap<&str, Vec<FileId>> = BTreeMap::new();
    for (id, file) in tree.files().filter(|(_, file)| !file.path.starts_with("../")) {
        if (shape.is_name)(file.name()) {
            folders.entry(file.folder()).or_default().push(id);
        }
    }
    let place = |folder: &str| Place {
        tool: shape.tool,
        folder: folder.to_owned(),
        own: own.iter().any(|own| own == folder),
        refused: None,
    };
    let is_history = |folder: &str, files: &[FileId]| {
        // A few tell for all: reading every file of every folder would be most of the work.
        let sample: Vec<&FileId> = files.iter().step_by((files.len() / 8).max(1)).collect();
        let like = sample.iter().filter(|id| tree.read(***id).is_ok_and(shape.is_text)).count();
        like * 2 > sample.len() || (like > 0 && own.iter().any(|own| own == folder))
    };
    folders.iter().filter(|(folder, files)| is_history(folder, files)).map(|(folder, _)| place(folder)).collect()
}
