//! What would be written: texts by path below a root, compared with the disk. Writing itself is in `write`.

use super::write::{self, Target, WriteError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Files to be written below a root.
#[derive(Clone, Debug)]
pub struct FileTree {
    root: PathBuf,
    files: BTreeMap<String, String>,
}

/// One file of a [`FileTree`], compared with the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path below the root, with `/` between the parts.
    pub path: String,
    /// What writing it would do.
    pub kind: ChangeKind,
    /// The text that would be there.
    pub after: String,
}

/// What writing a file would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// There is no such file yet.
    New,
    /// The file holds something else: its text, undecodable bytes replaced.
    Changed(String),
    /// The file holds just this already.
    Unchanged,
}

impl FileTree {
    /// A tree without files.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        FileTree { root: root.into(), files: BTreeMap::new() }
    }

    /// Adds a file, or replaces it, under its path below the root with `/` between the parts.
    pub fn put(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.files.insert(path.into(), text.into());
    }

    /// The folder that nothing is written outside of.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files by path.
    pub fn files(&self) -> &BTreeMap<String, String> {
        &self.files
    }

    /// Compares each file with the disk. `Err` when a file would lie outside the root, or cannot be read.
    pub fn changes(&self) -> Result<Vec<Change>, WriteError> {
        let targets = self.targets()?;
        Ok(self.files.iter().zip(targets).map(|((path, after), target)| target.change(path, after)).collect())
    }

    /// Writes every file that differs from the disk, all of them or none, and gives the paths that were written.
    /// A link is followed if it stays below the root; a file that is there keeps its mode.
    ///
    /// `Err` when a file would lie outside the root or cannot be written; the disk is then as it was.
    pub fn write(&self) -> Result<Vec<String>, WriteError> {
        let targets = self.targets()?;
        let mut written = Vec::new();
        let mut pending = Vec::new();
        for ((path, text), target) in self.files.iter().zip(targets) {
            if target.before.as_deref() != Some(text.as_bytes()) {
                written.push(path.clone());
                pending.push((target, text.as_str()));
            }
        }
        write::all(&pending)?;
        Ok(written)
    }

    fn targets(&self) -> Result<Vec<Target>, WriteError> {
        self.files.keys().map(|path| Target::new(&self.root, path)).collect()
    }
}

impl Change {
    /// The change as a unified diff with three lines of context; empty when there is none.
    pub fn diff(&self, shown: &str) -> String {
        let before = match &self.kind {
            ChangeKind::New => "",
            ChangeKind::Changed(before) => before,
            ChangeKind::Unchanged => return String::new(),
        };
        let from = if self.kind == ChangeKind::New { "/dev/null" } else { shown };
        similar::TextDiff::from_lines(before, self.after.as_str()).unified_diff().header(from, shown).to_string()
    }
}

impl Target {
    fn change(&self, path: &str, after: &str) -> Change {
        let kind = match &self.before {
            None => ChangeKind::New,
            Some(before) if before == after.as_bytes() => ChangeKind::Unchanged,
            Some(before) => ChangeKind::Changed(String::from_utf8_lossy(before).into_owned()),
        };
        Change { path: path.to_owned(), kind, after: after.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_apart() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("same"), "a\n").unwrap();
        std::fs::write(dir.path().join("other"), "a\n").unwrap();
        let mut tree = FileTree::new(dir.path());
        tree.put("same", "a\n");
        tree.put("other", "b\n");
        tree.put("folder/fresh", "c\n");
        let changes = tree.changes().unwrap();
        let kinds: Vec<_> = changes.iter().map(|change| (change.path.as_str(), &change.kind)).collect();
        let changed = ChangeKind::Changed("a\n".into());
        assert_eq!(kinds, [("folder/fresh", &ChangeKind::New), ("other", &changed), ("same", &ChangeKind::Unchanged)]);
        assert_eq!(changes[1].diff("x/other"), "--- x/other\n+++ x/other\n@@ -1 +1 @@\n-a\n+b\n");
        assert_eq!(tree.write().unwrap(), ["folder/fresh", "other"]);
        assert_eq!(tree.write().unwrap(), Vec::<String>::new());
        assert_eq!(std::fs::read_to_string(dir.path().join("folder/fresh")).unwrap(), "c\n");
    }
}
