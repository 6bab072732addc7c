//! One walk of the disk. Knows which folders are never entered and which files are never listed, not what files mean.

use super::file::Text;
use super::reach::Reached;
use super::{FileId, NotText, Problem, ProblemKind, SourceFile, decode};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The size in bytes above which a file is not read.
pub const LARGEST_FILE: u64 = 64 * 1024 * 1024;

/// Entries that one walk takes in before it stops.
const MOST_ENTRIES: usize = 400_000;

/// Folders that hold nothing of the project's own.
pub(super) const SKIPPED: [&str; 3] = ["node_modules", ".git", "target"];

/// The files below a folder, by path. They are listed at once and read when asked for.
#[derive(Debug, Default)]
pub struct SourceTree {
    root: PathBuf,
    files: Vec<SourceFile>,
    paths: BTreeMap<String, FileId>,
    folders: Vec<String>,
    problems: Vec<Problem>,
    /// Files of the project that stand outside of the folder and were asked for.
    pub(super) reached: Reached,
}

/// How a file says in which encoding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It does not: UTF-8.
    None,
    /// By the mark of UTF-8.
    Utf8,
    /// By one of UTF-16.
    Utf16,
}

impl SourceTree {
    /// Walks the folder. `node_modules`, `.git` and `target` are not entered and `.env` files are not listed; links are
    /// followed, except in circles. What cannot be walked or is a folder named like an SQL file is listed as a file
    /// that cannot be read, and is among [`problems`](Self::problems). Files come in byte order of their paths.
    ///
    /// `Err` when there is no such path, or when it is not a folder.
    pub fn open(root: &Path) -> std::io::Result<Self> {
        if !std::fs::metadata(root)?.is_dir() {
            return Err(std::io::Error::from(std::io::ErrorKind::NotADirectory));
        }
        let mut tree = SourceTree { root: root.to_path_buf(), ..SourceTree::default() };
        tree.walk(root);
        Ok(tree)
    }

    /// A tree of texts that never were on a disk: each path with its text.
    pub fn of(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut tree = SourceTree::default();
        let files: BTreeMap<String, String> = files.into_iter().collect();
        for (path, text) in files {
            for (at, _) in path.match_indices('/') {
                if !tree.folders.iter().any(|folder| folder == &path[..at]) {
                    tree.folders.push(path[..at].to_owned());
                }
            }
            let file = SourceFile::new(path.clone(), path.clone(), PathBuf::new());
            let _ = file.text.set(Ok(Text::new(text))); // a fresh cell: it cannot be set already
            tree.add(path, file);
        }
        tree.folders.sort();
        tree
    }

    /// Lists the files beside the root as well, under paths that begin with `../`; their folders are not entered.
    pub fn look_beside(&mut self) {
        let Ok(root) = self.root.canonicalize() else { return };
        let Some(above) = root.parent() else { return };
        let Ok(entries) = std::fs::read_dir(above) else { return };
        let mut names: Vec<_> = entries.flatten().filter(|entry| entry.path().is_file()).collect();
        names.sort_by_key(|entry| entry.file_name());
        for entry in names {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !is_secret(&name) {
                let shown = show(&self.root.join("..").join(&name));
                self.add(format!("../{name}"), SourceFile::new(format!("../{name}"), shown, entry.path()));
            }
        }
    }

    /// The folder that was walked, as it was given.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every file, in the order of their numbers.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// Every folder below the root, in byte order.
    pub fn folders(&self) -> &[String] {
        &self.folders
    }

    /// What the walk itself stumbled over; a file that cannot be read says so when it is read.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The number of the file at a path below the root.
    pub fn find(&self, path: &str) -> Option<FileId> {
        self.paths.get(path).copied()
    }

    /// A file; `None` for a number of another tree.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize).or_else(|| self.reached.file(id))
    }

    /// The path of a folder or file below the root, as shown to people.
    pub fn shown(&self, path: &str) -> String {
        if path.is_empty() { show(&self.root) } else { show(&self.root.join(path)) }
    }

    /// The decoded text of a file, read at the first call. A script that stands outside of the project, by a link, is not
    /// read.
    pub fn read(&self, id: FileId) -> Result<&str, Problem> {
        let Some(file) = self.file(id) else {
            let kind = ProblemKind::Unreadable("no such file in the tree".into());
            return Err(Problem { path: String::new(), file: None, kind });
        };
        let loaded = file.text.get_or_init(|| {
            let text = if is_script(&file.path) && !self.is_confined(id) {
                Err(ProblemKind::Outside)
            } else {
                load(&file.disk)
            };
            text.map(Text::new).map_err(|kind| Problem { path: file.shown.clone(), file: Some(id), kind })
        });
        loaded.as_ref().map(|text| text.text.as_str()).map_err(Problem::clone)
    }

    /// How a file on the disk says in which encoding it is, which is not part of its text.
    pub fn mark(&self, id: FileId) -> Mark {
        let mut start = [0; 3];
        let file = self.file(id).and_then(|file| std::fs::File::open(&file.disk).ok());
        let length = file.and_then(|mut file| file.read(&mut start).ok()).unwrap_or(0);
        match &start[..length] {
            [0xEF, 0xBB, 0xBF] => Mark::Utf8,
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Mark::Utf16,
            _ => Mark::None,
        }
    }

    fn walk(&mut self, root: &Path) {
        let canonical = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        let mut entries = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        let mut seen = 0;
        while let Some(entry) = entries.next() {
            seen += 1;
            if seen > MOST_ENTRIES {
                let path = show(root);
                self.problems.push(Problem { path, file: None, kind: ProblemKind::TooMany(MOST_ENTRIES) });
                return;
            }
            match entry {
                Ok(entry) if entry.depth() == 0 => {}
                Ok(entry) if entry.file_name().to_str().is_none() => {
                    if entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                    self.fail(root, entry.path(), ProblemKind::Unnameable);
                }
                Ok(entry) if entry.file_type().is_dir() => {
                    if is_skipped(&entry) {
                        entries.skip_current_dir();
                    } else if entry.path_is_symlink() && leads_above(entry.path(), &canonical) {
                        entries.skip_current_dir();
                        self.fail(root, entry.path(), ProblemKind::Circle);
                    } else if entry.path().extension().is_some_and(|extension| extension == "sql") {
                        entries.skip_current_dir();
                        self.fail(root, entry.path(), ProblemKind::NotAFile);
                    } else {
                        self.folders.push(relative(root, entry.path()));
                    }
                }
                Ok(entry) => {
                    if !is_secret(&entry.file_name().to_string_lossy()) {
                        let path = relative(root, entry.path());
                        let file = SourceFile::new(path.clone(), show(entry.path()), entry.path().to_path_buf());
                        self.add(path, file);
                    }
                }
                Err(error) => self.fail(root, error.path().unwrap_or(root), kind_of(&error)),
            }
        }
    }

    /// Notes what the walk stumbled over, and lists it as a file that cannot be read.
    fn fail(&mut self, root: &Path, path: &Path, kind: ProblemKind) {
        let relative = relative(root, path);
        let problem = Problem { path: show(path), file: Some(self.next_id()), kind };
        let file = SourceFile::new(relative.clone(), show(path), path.to_path_buf());
        let _ = file.text.set(Err(problem.clone())); // a fresh cell: it cannot be set already
        self.add(relative, file);
        self.problems.push(problem);
    }

    fn add(&mut self, path: String, file: SourceFile) {
        self.paths.insert(path, self.next_id());
        self.files.push(file);
    }

    fn next_id(&self) -> FileId {
        FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX))
    }
}

/// Reads and decodes one file. Looks at what it is first: opening a pipe would wait for a writer.
fn load(disk: &Path) -> Result<String, ProblemKind> {
    let unreadable = |error: std::io::Error| ProblemKind::Unreadable(error.to_string());
    let metadata = std::fs::metadata(disk).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(ProblemKind::NotAFile);
    }
    if metadata.len() > LARGEST_FILE {
        return Err(ProblemKind::TooLarge(metadata.len()));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    let file = std::fs::File::open(disk).map_err(unreadable)?;
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(ProblemKind::TooLarge(bytes.len() as u64));
    }
    decode(bytes).map_err(|NotText { offset, what }| ProblemKind::NotText(offset, what))
}

fn kind_of(error: &walkdir::Error) -> ProblemKind {
    let dangling = error.path().is_some_and(|path| path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink()));
    // The system calls a link that leads to itself a loop (ELOOP, 40 on Linux, 62 on macOS); walkdir finds the others.
    let circle = error.loop_ancestor().is_some()
        || error.io_error().is_some_and(|error| matches!(error.raw_os_error(), Some(40 | 62)));
    match error.io_error() {
        _ if circle => ProblemKind::Circle,
        Some(io) if dangling && io.kind() == std::io::ErrorKind::NotFound => ProblemKind::Dangling,
        Some(io) => ProblemKind::Unreadable(io.to_string()),
        None => ProblemKind::Unreadable(error.to_string()),
    }
}

fn is_skipped(entry: &DirEntry) -> bool {
    entry.file_name().to_str().is_some_and(|name| SKIPPED.contains(&name))
}

/// Files that are programs, or data of programs: what they say is not taken from outside of the project.
fn is_script(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["js", "mjs", "cjs", "ts", "mts", "cts", "jsx", "tsx", "json"].contains(&extension)
}

/// Files of settings that may hold passwords.
pub(super) fn is_secret(name: &str) -> bool {
    name == ".env" || name.starts_with(".env.")
}

/// Whether a link leads to the root or to a folder above it: walking on would come back here.
fn leads_above(link: &Path, root: &Path) -> bool {
    link.canonicalize().is_ok_and(|target| root.starts_with(target))
}

fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

/// A path for people: without a leading `./`.
pub(super) fn show(path: &Path) -> String {
    let text = path.strip_prefix("./").unwrap_or(path).to_string_lossy().into_owned();
    if text.is_empty() { ".".into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree_of(lay: impl FnOnce(&Path)) -> (tempfile::TempDir, SourceTree) {
        let dir = tempfile::tempdir().unwrap();
        lay(dir.path());
        let tree = SourceTree::open(dir.path()).unwrap();
        (dir, tree)
    }

    #[test]
    fn a_tree_lists_what_may_matter_and_nothing_secret() {
        let (_dir, tree) = tree_of(|root| {
            for folder in ["b/migrations", "a", "node_modules/x", ".git"] {
                std::fs::create_dir_all(root.join(folder)).unwrap();
            }
            for file in ["a/z.sql", "b/migrations/y.sql", "node_modules/x/n.sql", ".env", ".env.local", ".git/g"] {
                std::fs::write(root.join(file), "\u{feff}text").unwrap();
            }
        });
        let paths: Vec<_> = tree.files().map(|(_, file)| file.path.as_str()).collect();
        assert_eq!(paths, ["a/z.sql", "b/migrations/y.sql"]);
        assert_eq!(tree.folders(), ["a", "b", "b/migrations"]);
        let id = tree.find("a/z.sql").unwrap();
        assert_eq!(tree.file(id).unwrap().text(), None);
        assert_eq!(tree.read(id), Ok("text"));
        assert_eq!(tree.file(id).unwrap().text(), Some("text"));
    }

    #[test]
    #[cfg(unix)]
    fn links_that_lead_nowhere_or_in_a_circle_are_problems() {
        use std::os::unix::fs::symlink;
        let (_dir, tree) = tree_of(|root| {
            std::fs::create_dir(root.join("a")).unwrap();
            symlink(root, root.join("a/up")).unwrap();
            symlink("/", root.join("a/everything")).unwrap();
            symlink("self", root.join("self")).unwrap();
            symlink("nothing", root.join("dangling")).unwrap();
        });
        let kinds: Vec<_> = tree.problems().iter().map(|problem| &problem.kind).collect();
        use ProblemKind::{Circle, Dangling};
        assert_eq!(kinds, [&Circle, &Circle, &Dangling, &Circle]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn what_cannot_be_named_is_a_problem_and_is_not_entered() {
        use std::os::unix::ffi::OsStrExt;
        let (_dir, tree) = tree_of(|root| {
            let folder = root.join(std::ffi::OsStr::from_bytes(b"a\xff"));
            std::fs::create_dir(&folder).unwrap();
            std::fs::write(folder.join("migration.sql"), "").unwrap();
        });
        let kinds: Vec<_> = tree.problems().iter().map(|problem| &problem.kind).collect();
        assert_eq!(kinds, [&ProblemKind::Unnameable]);
        assert!(tree.folders().is_empty());
        assert_eq!(tree.files().count(), 1);
    }

    #[test]
    fn what_is_no_folder_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("file"), "").unwrap();
        assert!(SourceTree::open(&dir.path().join("file")).is_err());
        assert!(SourceTree::open(&dir.path().join("nothing")).is_err());
    }

    #[test]
    fn a_file_above_the_limit_is_not_read() {
        let (_dir, tree) = tree_of(|root| {
            std::fs::File::create(root.join("big.sql")).unwrap().set_len(LARGEST_FILE + 1).unwrap();
        });
        let problem = tree.read(FileId(0)).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::TooLarge(LARGEST_FILE + 1));
    }
}
