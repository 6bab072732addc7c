//! Data sources that list the classes of their migrations rather than the files: `migrations: [A, B]`, or a list that
//! another file makes. The imports are followed as text; nothing is run.

use super::find::is_text;
use super::source::DataSource;
use crate::js::Found;
use crate::source::{FileId, SourceTree};
use crate::tools::script;
use regex::Regex;

/// How many files an import may lead through.
const DEEP: usize = 3;

/// The migrations that a data source lists.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    /// The one folder that they stand in.
    pub folder: String,
    /// Their files.
    pub files: Vec<FileId>,
    /// The file that lists them.
    pub by: FileId,
    /// Whether these are all: it names no files beside them.
    pub is_all: bool,
}

/// What a data source lists; `None` when it lists nothing, or classes in several folders.
pub(super) fn listed(tree: &SourceTree, source: &DataSource) -> Option<Listed> {
    let mut found = Follower { tree, files: Vec::new(), by: source.file };
    found.follow(source.file, &source.names, DEEP);
    let folder = |id: &FileId| tree.file(*id).map(|file| file.folder().to_owned());
    let first = folder(found.files.first()?)?;
    let alone = found.files.iter().all(|id| folder(id).as_deref() == Some(&first));
    let is_all = source.migrations.is_empty();
    alone.then_some(Listed { folder: first, files: found.files, by: found.by, is_all })
}

/// What following the imports has come to.
struct Follower<'a> {
    tree: &'a SourceTree,
    files: Vec<FileId>,
    by: FileId,
}

impl Follower<'_> {
    /// Follows names to where they come from: a migration's file, or one that makes a list of more names.
    fn follow(&mut self, from: FileId, names: &[String], deep: usize) {
        let Ok(text) = self.tree.read(from) else { return };
        for (imported, specifier) in imports(text) {
            if !names.is_empty() && !imported.iter().any(|name| names.contains(name)) {
                continue;
            }
            let Found::Module(module) = script::import(self.tree, from.0, &specifier) else { continue };
            let file = FileId(module.id);
            if is_text(&module.text) {
                if !self.files.contains(&file) {
                    self.files.push(file);
                }
            } else if deep > 0 && file != from {
                self.by = file;
                self.follow(file, &[], deep - 1);
            }
        }
    }
}

/// The imports of a text: the names that it gives to them, and what is imported.
fn imports(text: &str) -> Vec<(Vec<String>, String)> {
    let Ok(import) = Regex::new(
        r#"(?:import|export)\s+([^;'"]*?)\s+from\s*['"]([^'"\n]+)['"]|(?:const|let|var)\s+([^;=]*?)\s*=\s*require\(\s*['"]([^'"\n]+)['"]\s*\)"#,
    ) else {
        return Vec::new();
    };
    let Ok(word) = Regex::new(r"[A-Za-z_$][\w$]*") else { return Vec::new() };
    let one = |found: regex::Captures<'_>| {
        let names = found.get(1).or(found.get(3))?.as_str();
        let from = found.get(2).or(found.get(4))?.as_str().to_owned();
        Some((word.find_iter(names).map(|name| name.as_str().to_owned()).collect(), from))
    };
    import.captures_iter(text).filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::typeorm::source::data_sources;

    #[test]
    fn listed_classes_are_followed() {
        let class = |name: &str| format!("export class {name} implements MigrationInterface {{}}");
        let tree = SourceTree::of([
            ("src/data-source.ts".to_owned(), "import { all } from './m';\nimport { User } from './user';\nnew DataSource({ type: 'postgres',\n  migrations: all,\n})".to_owned()),
            ("src/m/index.ts".to_owned(), "import { A } from './a';\nimport B from './b';\nexport const all = [A, B];".to_owned()),
            ("src/m/a.ts".to_owned(), class("A1700000000000")),
            ("src/m/b.ts".to_owned(), class("B1700000000001")),
            ("src/m/c.ts".to_owned(), class("C1700000000002")),
        ]);
        let sources = data_sources(&tree);
        let listed = listed(&tree, &sources[0]).expect("it lists some");
        let names: Vec<&str> = listed.files.iter().filter_map(|id| tree.file(*id)).map(|file| file.name()).collect();
        assert_eq!((listed.folder.as_str(), names.as_slice()), ("src/m", ["a.ts", "b.ts"].as_slice()));
    }
}
