//! Files of a project that stand outside of the folder that was walked, found when they are asked for: what a script
//! imports. Nothing outside of the project's own root is ever given, through links neither.

use super::tree::{SKIPPED, is_secret, show};
use super::{FileId, SourceFile, SourceTree};
use elsa::sync::FrozenVec;
use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

/// The first number of a file that was reached; those of the walk stay below.
const FIRST: u32 = 1 << 30;

/// How many folders up a project's root is looked for.
const CLIMB: usize = 12;

/// What a project's root holds, or one of the packages in it.
const OF_A_ROOT: [&str; 3] = ["package.json", "pnpm-workspace.yaml", "lerna.json"];

/// The files that were asked for so far.
#[derive(Default)]
pub(super) struct Reached {
    files: FrozenVec<Box<SourceFile>>,
    numbers: Mutex<BTreeMap<String, Option<FileId>>>,
    /// Whether folders are in the project, links followed.
    folders: Mutex<BTreeMap<PathBuf, bool>>,
    project: OnceLock<Option<Project>>,
    /// What others found out about the project.
    kept: Mutex<BTreeMap<(TypeId, String), Arc<dyn Any + Send + Sync>>>,
}

/// The project around the folder that was walked.
struct Project {
    /// Its root, without links.
    root: PathBuf,
    /// The way from it to the folder that was walked, with `/`; empty when they are the same.
    below: String,
}

impl std::fmt::Debug for Reached {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reached").field("files", &self.files.len()).finish()
    }
}

impl Reached {
    pub(super) fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0.checked_sub(FIRST)? as usize)
    }

    fn add(&self, file: SourceFile) -> FileId {
        let index = self.files.push_get_index(Box::new(file));
        FileId(FIRST.saturating_add(u32::try_from(index).unwrap_or(u32::MAX)))
    }
}

impl SourceTree {
    /// The way from the project's root to the folder that was walked; empty when they are the same. The root is the
    /// outermost folder above that holds a `package.json` or names packages within the repository, or the repository's.
    pub fn below_project(&self) -> &str {
        self.project().map_or("", |project| &project.below)
    }

    /// The number of a file of the project by its path from the project's root. `None` when there is none, when it holds
    /// secrets, or when it, or a link on the way, leads out of the project.
    pub fn reach(&self, path: &str) -> Option<FileId> {
        if path.split('/').any(|part| part == ".." || part.is_empty()) || is_secret(path.rsplit('/').next()?) {
            return None;
        }
        let Some(project) = self.project() else { return self.find(path) };
        let inside = match project.below.as_str() {
            "" => Some(path),
            below => path.strip_prefix(below).and_then(|rest| rest.strip_prefix('/')),
        };
        if let Some(id) = inside.and_then(|path| self.find(path)) {
            return self.is_confined(id).then_some(id);
        }
        if path.split('/').any(|part| part == "node_modules" || part == ".git") {
            return None;
        }
        let mut numbers = self.reached.numbers.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if let Some(known) = numbers.get(path) {
            return *known;
        }
        let disk = project.root.join(path);
        let found = disk.canonicalize().is_ok_and(|full| full.starts_with(&project.root) && full.is_file());
        let id = found.then(|| {
            let above = "../".repeat(if project.below.is_empty() { 0 } else { project.below.split('/').count() });
            let shown = show(&self.root().join(format!("{above}{path}")));
            self.reached.add(SourceFile::new(path.to_owned(), shown, disk))
        });
        numbers.insert(path.to_owned(), id);
        id
    }

    /// What was found out about the project under a name, found out at the first time.
    pub fn kept<T: Send + Sync + 'static>(&self, name: &str, find: impl FnOnce() -> T) -> Arc<T> {
        let lock = || self.reached.kept.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let key = (TypeId::of::<T>(), name.to_owned());
        if let Some(found) = lock().get(&key).cloned().and_then(|found| found.downcast().ok()) {
            return found;
        }
        let found = Arc::new(find());
        lock().insert(key, Arc::<T>::clone(&found));
        found
    }

    /// The number of a file that the user named, wherever it stands: it is none of the project's.
    pub fn load(&self, path: &Path) -> FileId {
        let shown = show(path);
        self.reached.add(SourceFile::new(shown.clone(), shown, path.to_path_buf()))
    }

    /// Whether a file stands in the project, links on the way followed. A tree that never was on a disk is its own project.
    pub fn is_confined(&self, id: FileId) -> bool {
        let (Some(file), Some(project)) = (self.file(id), self.project()) else { return true };
        let inside = |path: &Path| path.canonicalize().is_ok_and(|full| full.starts_with(&project.root));
        let is_link = file.disk.symlink_metadata().map_or(true, |metadata| metadata.is_symlink());
        match file.disk.parent() {
            // A file that is no link is where its folder is, and many files share one.
            Some(folder) if !is_link => {
                let lock = || self.reached.folders.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
                let known = lock().get(folder).copied();
                known.unwrap_or_else(|| {
                    let inside = inside(folder);
                    lock().insert(folder.to_owned(), inside);
                    inside
                })
            }
            _ => inside(&file.disk),
        }
    }

    /// The names of the folders directly in a folder of the project, by its path from the project's root, in byte order;
    /// those that packages are installed in are not named, nor links that lead out of the project.
    pub fn folders_in(&self, path: &str) -> Vec<String> {
        let Some(project) = self.project() else {
            let below = |folder: &String| match path {
                "" => Some(folder.clone()),
                path => folder.strip_prefix(path)?.strip_prefix('/').map(str::to_owned),
            };
            return self.folders().iter().filter_map(below).filter(|name| !name.contains('/')).collect();
        };
        let inside = |path: &Path| path.canonicalize().is_ok_and(|full| full.starts_with(&project.root));
        let folder = project.root.join(path);
        if path.split('/').any(|part| part == "..") || !inside(&folder) {
            return Vec::new();
        }
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let entries = entries.filter(|entry| entry.path().is_dir() && inside(&entry.path()));
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        let mut names: Vec<String> = names.filter(|name| !SKIPPED.contains(&name.as_str())).collect();
        names.sort();
        names
    }

    fn project(&self) -> Option<&Project> {
        let find = || {
            if self.root().as_os_str().is_empty() {
                return None;
            }
            let walked = self.root().canonicalize().ok()?;
            let root = outermost(&walked);
            let below = walked.strip_prefix(&root).ok()?;
            let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            Some(Project { below: parts.join("/"), root })
        };
        self.reached.project.get_or_init(find).as_ref()
    }
}

/// The root of the project that a folder belongs to.
fn outermost(folder: &Path) -> PathBuf {
    let mut root = None;
    for above in folder.ancestors().take(CLIMB) {
        if OF_A_ROOT.iter().any(|name| above.join(name).is_file()) {
            root = Some(above);
        }
        if above.join(".git").exists() {
            return root.unwrap_or(above).to_path_buf();
        }
    }
    root.unwrap_or(folder).to_path_buf()
}
