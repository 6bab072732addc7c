//! Finding the histories of a tool whose migrations are scripts, by the shape of its folders.

use crate::ir::Tool;
use crate::source::{FileId, SourceTree};
use crate::tools::{Grounds, Place};
use std::collections::BTreeMap;

/// What the migrations of a tool look like.
pub(in crate::tools) struct Shape {
    /// The tool.
    pub tool: Tool,
    /// Whether a file of that name may be a migration.
    pub is_name: fn(&str) -> bool,
    /// Whether a file with that text may be one.
    pub is_text: fn(&str) -> bool,
    /// Whether the words of such a text are the tool's own, so that no other is likely to be meant.
    pub speaks: fn(&str) -> bool,
}

/// Whether a text most likely defines an `up`, as the scripts of many tools do.
pub(in crate::tools) fn defines_up(text: &str) -> bool {
    let up = ["exports.up", "function up", "const up", "up:", "up(", "export { up", "as up", "up ="];
    up.iter().any(|up| text.contains(up))
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
    let place = |folder: &str, files: &[FileId]| {
        let own = own.iter().any(|own| own == folder);
        // A few tell for all: reading every file of every folder would be most of the work.
        let sample = files.iter().step_by((files.len() / 8).max(1));
        let texts: Vec<Option<&str>> = sample.map(|id| tree.read(*id).ok()).collect();
        let like: Vec<&str> = texts.iter().flatten().copied().filter(|text| (shape.is_text)(text)).collect();
        let spoken = like.iter().filter(|text| (shape.speaks)(text)).count();
        // Where the project says that they are migrations, that none can be read does not make them something else.
        let is_said = own && (!like.is_empty() || texts.iter().all(Option::is_none));
        let is_history = like.len() * 2 > texts.len() || is_said;
        let grounds = match own {
            true => Grounds::Settings,
            false if spoken * 2 > texts.len() => Grounds::Words,
            false => Grounds::Shape,
        };
        is_history.then(|| Place { tool: shape.tool, folder: folder.to_owned(), own, grounds, refused: None })
    };
    folders.iter().filter_map(|(folder, files)| place(folder, files)).collect()
}
