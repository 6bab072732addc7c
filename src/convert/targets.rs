//! Everything that a history can be written for.

use crate::emit::{FolderTarget, TEMPLATES, Target};
use crate::source::SourceTree;
use crate::tools;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

/// A target of ours: the name of its folder below `templates/`, and its `target.toml`.
macro_rules! folders {
    ($($name:literal),* $(,)?) => {
        /// The targets of ours that are folders: the name of each folder below `templates/`, and its `target.toml`.
        pub static FOLDERS: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../templates/", $name, "/target.toml")))),*];
    };
}

folders!["dbmate", "drizzle", "flyway", "golang-migrate", "goose", "node-pg-migrate", "sql", "sqlx"];

/// Every target of ours, the tools first.
pub fn targets() -> impl Iterator<Item = &'static dyn Target> {
    static LOADED: OnceLock<Vec<FolderTarget>> = OnceLock::new();
    let folders = LOADED.get_or_init(|| {
        // That each of them can be read is tested.
        FOLDERS.iter().filter_map(|(name, settings)| ours(name, settings, &BTreeMap::new()).ok()).collect()
    });
    let folders = folders.iter().map(|target| target as &dyn Target);
    tools::TARGETS.iter().copied().chain(folders)
}

/// One of ours, with a user's templates and settings in place of those of the same path.
fn ours(name: &str, settings: &str, own: &BTreeMap<String, String>) -> Result<FolderTarget, String> {
    let start = format!("{name}/");
    let of_it = TEMPLATES.iter().filter_map(|(path, text)| Some((path, path.strip_prefix(&start)?, *text)));
    let texts = of_it.map(|(path, file, text)| {
        let text = own.get(*path).map_or(text, String::as_str);
        (file.to_owned(), text.to_owned())
    });
    let settings = own.get(&format!("{name}/target.toml")).map_or(settings, String::as_str);
    FolderTarget::new(settings, &texts.collect())
}

/// A target that was found.
pub enum Found {
    /// One of ours.
    BuiltIn(&'static dyn Target),
    /// A user's own, or one of ours with a user's templates.
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

/// The target of a name, or of a user's own folder. `Err` in words when there is none, or it cannot be read.
pub fn lookup(name: &str) -> Result<Found, String> {
    lookup_with(name, &BTreeMap::new())
}

/// The same; `templates` are a user's own in place of those of ours, by their paths.
pub fn lookup_with(name: &str, templates: &BTreeMap<String, String>) -> Result<Found, String> {
    let is_changed = templates.keys().any(|path| path.split('/').next() == Some(name));
    if let Some((folder, settings)) = FOLDERS.iter().find(|(folder, _)| is_changed && *folder == name) {
        return ours(folder, settings, templates).map(|target| Found::Own(Box::new(target)));
    }
    if let Some(target) = targets().find(|target| target.name() == name) {
        return Ok(Found::BuiltIn(target));
    }
    let folder = Path::new(name);
    if folder.join("target.toml").is_file() {
        return own(folder).map(|target| Found::Own(Box::new(target.named(name))));
    }
    let own = folder.file_name().and_then(|own| targets().find(|target| own == target.name()));
    if let Some(own) = own.filter(|_| folder.is_dir()) {
        let own = own.name();
        return Err(format!(
            "{name} is no target by itself: `--to {own} --templates DIR` takes templates below DIR/{own}"
        ));
    }
    if folder.is_dir() {
        let copies = "`transmigrate templates --export DIR` writes those of ours, to be copied";
        return Err(format!("{name} is a folder without a target.toml, which a target has; {copies}"));
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
