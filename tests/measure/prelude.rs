//! What a history needs that stands in none of its migrations: a JSON file with an entry a history.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use transmigrate::source::SourceTree;

/// One history's needs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Prelude {
    /// Statements to run on the empty database.
    pub prelude: Vec<String>,
    /// The search path of the session, as SQL writes it.
    pub search_path: Option<String>,
    /// Texts to replace, by migration: what stands there, and what is to stand there.
    pub patch: BTreeMap<String, Vec<(String, String)>>,
    /// Whether some migrations are known not to apply to an empty database. They are left out in any case, but without
    /// this it is worth a line.
    pub auto_skip: bool,
    /// The dialect, when it is not PostgreSQL.
    pub dialect: Option<String>,
}

/// The needs of several histories, by the ends of their paths.
#[derive(Default)]
pub struct Preludes(BTreeMap<String, Prelude>);

impl Preludes {
    /// Reads the file.
    pub fn open(path: &Path) -> Result<Self, String> {
        let error = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = std::fs::read_to_string(path).map_err(|e| error(&e))?;
        serde_json::from_str(&text).map(Preludes).map_err(|e| error(&e))
    }

    /// What a history needs; nothing when the file does not say.
    pub fn of(&self, history: &str) -> Prelude {
        let entry = self.0.iter().find(|(path, _)| Path::new(history).ends_with(path));
        entry.map(|(_, prelude)| prelude.clone()).unwrap_or_default()
    }
}

impl Prelude {
    /// The session's settings, as the server takes them at the start of a connection.
    pub fn settings(&self) -> String {
        let escaped = |path: &String| path.replace('\\', r"\\").replace(' ', r"\ ");
        self.search_path.as_ref().map_or(String::new(), |path| format!("-c search_path={}", escaped(path)))
    }

    /// The history's files with the texts replaced; `None` when there is nothing to replace.
    pub fn patched(&self, tree: &SourceTree) -> Option<SourceTree> {
        if self.patch.is_empty() {
            return None;
        }
        let files = tree.files().filter_map(|(id, file)| {
            let mut text = tree.read(id).ok()?.to_owned();
            for (_, replacements) in self.patch.iter().filter(|(name, _)| file.folder().ends_with(name.as_str())) {
                for (from, to) in replacements {
                    text = text.replace(from, to);
                }
            }
            Some((file.path.clone(), text))
        });
        Some(SourceTree::of(files))
    }
}
