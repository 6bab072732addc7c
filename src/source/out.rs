//! A folder that a whole project is written to.

use super::{FileTree, WriteError};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Component, Path, PathBuf};

/// A folder that may be written to. It need not be there yet.
#[derive(Debug)]
pub struct Out {
    folder: PathBuf,
}

/// The extensions of migrations and settings: tools load whichever there is.
const LOADED: [&str; 7] = ["cjs", "cts", "js", "mjs", "mts", "sql", "ts"];

/// Why a folder may not be written to.
#[derive(Debug)]
pub enum NotOut {
    /// There are files in it.
    NotEmpty(PathBuf),
    /// It is something else than a folder, or cannot be looked into.
    Io(PathBuf, std::io::Error),
}

impl fmt::Display for NotOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotOut::NotEmpty(path) => write!(f, "{} is not empty; --force writes into it all the same", path.display()),
            NotOut::Io(path, error) => write!(f, "{} cannot be written to: {error}", path.display()),
        }
    }
}

impl Out {
    /// A folder to write to. `Err` when there is something in it, unless that is to be borne with.
    pub fn new(folder: &Path, force: bool) -> Result<Self, NotOut> {
        let out = Out { folder: folder.to_owned() };
        match std::fs::read_dir(folder).map(|mut entries| entries.next().is_some()) {
            Ok(true) if !force => Err(NotOut::NotEmpty(folder.to_owned())),
            Ok(_) => Ok(out),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(out),
            Err(error) => Err(NotOut::Io(folder.to_owned(), error)),
        }
    }

    /// A file that is there already and would be loaded beside one of these, which has another extension.
    pub fn twin<'f>(&self, files: impl Iterator<Item = &'f String>) -> Option<PathBuf> {
        let files: BTreeSet<&String> = files.collect();
        let is_twin = |path: &String, extension: &str| {
            let twin = Path::new(path).with_extension(extension);
            let is_ours = twin.to_str().is_some_and(|twin| files.contains(&twin.to_owned()));
            let twin = self.folder.join(twin);
            (!is_ours && twin.exists()).then_some(twin)
        };
        files.iter().find_map(|path| {
            let extension = Path::new(path).extension()?.to_str().filter(|own| LOADED.contains(own))?;
            LOADED.iter().filter(|other| **other != extension).find_map(|other| is_twin(path, other))
        })
    }

    /// What stands in the folders of these migrations beside them and looks like one: files of the same extension, or, where
    /// each has a folder of its own name, folders. Sorted.
    pub fn beside<'f>(&self, files: impl Iterator<Item = &'f String>, names: &BTreeSet<&str>) -> Vec<PathBuf> {
        let mut ours: BTreeMap<PathBuf, (BTreeSet<String>, Option<String>)> = BTreeMap::new();
        for path in files {
            let mut folder = PathBuf::new();
            let last = path.rsplit('/').next();
            for part in path.split('/') {
                let stem = part.split('.').next().unwrap_or(part);
                if names.contains(stem) || names.contains(part) || Some(part) == last {
                    let extension = Path::new(part).extension().filter(|_| stem != part);
                    let (known, kind) = ours.entry(folder).or_default();
                    known.insert(part.to_owned());
                    *kind = extension.map(|extension| extension.to_string_lossy().into_owned());
                    break;
                }
                folder.push(part);
            }
        }
        let mut found = Vec::new();
        for (folder, (known, kind)) in ours {
            for entry in std::fs::read_dir(self.folder.join(&folder)).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let own = Path::new(&name).extension().map(|extension| extension.to_string_lossy().into_owned());
                let is_alike = match &kind {
                    Some(_) => own == kind,
                    None => entry.path().is_dir(),
                };
                if is_alike && !known.contains(&name) {
                    found.push(self.folder.join(&folder).join(name));
                }
            }
        }
        found.sort();
        found
    }

    /// Writes files by path below the folder, all or none; gives the paths of those that were not as they are now.
    pub fn write(&self, files: &BTreeMap<String, String>) -> Result<Vec<String>, WriteError> {
        let outside = |path: &&String| Path::new(path).components().any(|part| !matches!(part, Component::Normal(_)));
        if let Some(path) = files.keys().find(outside) {
            return Err(WriteError::Outside(self.folder.join(path)));
        }
        // Where there is no folder yet, all of it can be put in its place at once; one that is there stays the user's own.
        match self.at_once(files) {
            Ok(()) => Ok(files.keys().cloned().collect()),
            Err(_) => self.one_by_one(files),
        }
    }

    /// Fills a folder beside the one that is meant, and gives it its name. `Err` when that cannot be done; then nothing was.
    fn at_once(&self, files: &BTreeMap<String, String>) -> std::io::Result<()> {
        let there = self.folder.symlink_metadata();
        let is_free = there.is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
        let above = std::path::absolute(&self.folder)?;
        let (Some(above), true) = (above.parent().filter(|above| above.is_dir()), is_free) else {
            return Err(std::io::ErrorKind::AlreadyExists.into());
        };
        let staged = tempfile::Builder::new().prefix(".transmigrate-").tempdir_in(above)?;
        let inner = staged.path().join("out");
        std::fs::create_dir(&inner)?; // with the mode that the user's umask says
        let mut made = BTreeSet::new();
        for (path, text) in files {
            let path = inner.join(path);
            if let Some(folder) = path.parent().filter(|folder| made.insert(folder.to_path_buf())) {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(path, text)?;
        }
        std::fs::rename(&inner, &self.folder)
    }

    fn one_by_one(&self, files: &BTreeMap<String, String>) -> Result<Vec<String>, WriteError> {
        let missing = |path: &&Path| !path.as_os_str().is_empty() && !path.exists();
        let made: Vec<&Path> = self.folder.ancestors().take_while(missing).collect();
        std::fs::create_dir_all(&self.folder).map_err(|error| WriteError::Io(self.folder.clone(), error))?;
        let mut tree = FileTree::new(&self.folder);
        for (path, text) in files {
            tree.put(path.as_str(), text.as_str());
        }
        let written = tree.write();
        if written.is_err() {
            for folder in made {
                let _ = std::fs::remove_dir(folder); // not empty: somebody else has put something there
            }
        }
        written
    }
}

/// Writes one file that the user named, whole or not at all.
pub fn write_file(path: &Path, text: &str) -> Result<(), WriteError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.ok_or_else(|| WriteError::NotAFile(path.to_owned()))?;
    let mut tree = FileTree::new(folder);
    tree.put(name, text);
    tree.write().map(drop)
}

/// The text of the nearest file of a name in a folder or above it.
pub fn above(folder: &Path, name: &str) -> Option<String> {
    let folder = std::path::absolute(folder).ok()?;
    let found = folder.ancestors().map(|folder| folder.join(name)).find(|path| path.is_file())?;
    std::fs::read_to_string(found).ok()
}
