//! Everything that a history can be written for.

use crate::emit::{FolderTarget, TEMPLATES, Target};
use crate::source::SourceTree;
use crate::tools;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// The targets of ours that are folders, as they stand below `templates/`.
static FOLDERS: &[(&str, &str)] = &[("sql", include_str!("../../templates/sql/target.toml"))];

/// Every target of ours, the tools first.
pub fn targets() -> impl Iterator<Item = &'static dyn Target> {
    static LOADED: OnceLock<Vec<FolderTarget>> = OnceLock::new();
    let folders = LOADED.get_or_init(|| {
        let folder = |(name, settings): &(&str, &str)| {
            let start = format!("{name}/");
            let own = TEMPLATES.iter().filter_map(|(path, text)| Some((path.strip_prefix(&start)?, *text)));
            let texts = own.map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
            // That each of them can be read is tested.
            FolderTarget::new(settings, &texts).ok()
        };
        FOLDERS.iter().filter_map(folder).collect()
    });
    let folders = folders.iter().map(|target| target as &dyn Target);
    tools::TARGETS.iter().copied().chain(folders)
}

/// A target that was found.
pub enum Found {
    /// One of ours.
    BuiltIn(&'static dyn Target),
    /// A user's own.
    Own(Box<dyn Target>),
}

impl Found {
    /// The target.
    pub fn target(&self) -> &dyn Target {
        match self {
            Found::BuiltIn(target) => *target,
            Found::Own(target) => target.as_ref(),
        }
    }
}

/// The target of a name, or of a user's own folder. `Err` in words when there is none.
pub fn lookup(name: &str) -> Result<Found, String> {
    if let Some(target) = targets().find(|target| target.name() == name) {
        return Ok(Found::BuiltIn(target));
    }
    let folder = Path::new(name);
    if folder.join("target.toml").is_file() {
        return own(folder).map(|target| Found::Own(Box::new(target.named(name))));
    }
    let names: Vec<&str> = targets().map(|target| target.name()).collect();
    Err(format!("there is no target {name}; there are {}, and folders with a target.toml", names.join(", ")))
}

/// A target of a user's own.
fn own(folder: &Path) -> Result<FolderTarget, String> {
    let shown = folder.display();
    let tree = SourceTree::open(folder).map_err(|error| format!("{shown} cannot be opened: {error}"))?;
    let mut texts = BTreeMap::new();
    for (id, file) in tree.files() {
        if file.path.ends_with(".tera") || file.path == "target.toml" {
            let text = tree.read(id).map_err(|problem| crate::diag::Finding::from(&problem).message)?;
            texts.insert(file.path.clone(), text.to_owned());
        }
    }
    let settings = texts.remove("target.toml").unwrap_or_default();
    FolderTarget::new(&settings, &texts).map_err(|why| format!("{shown}: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_of_ours_is_a_target() {
        let names: Vec<&str> = targets().map(|target| target.name()).collect();
        for (folder, _) in FOLDERS {
            assert!(names.contains(folder), "{folder}");
        }
    }
}
