//! A case of the corpus: a folder with a `case.toml` and a project.

use crate::past::{Past, read};
use std::collections::BTreeMap;
use std::path::Path;
use transmigrate::tools;

/// A case.
pub struct Case {
    /// What the database needs before the first migration, a script an entry.
    pub prelude: Vec<String>,
    /// Differences that are known and cannot be mended yet, each a part of its message. They have to show.
    pub known: Vec<String>,
    /// Its history with the downs.
    pub past: Past,
}

impl Case {
    /// Reads a case.
    pub fn open(folder: &Path) -> Result<Self, String> {
        let (prelude, known) = keys(folder)?;
        let tree = tools::open(folder).map_err(|error| error.to_string())?;
        let (place, history) = read(&tree)?;
        let past = Past::new(&tree, &place, history)?;
        Ok(Case { prelude, known, past })
    }
}

/// The prelude and the known differences of a case.
pub fn keys(folder: &Path) -> Result<(Vec<String>, Vec<String>), String> {
    Ok((list(folder, "prelude")?, list(folder, "known")?))
}

/// What is meant to be different once a case is converted, each a part of its message, or several with ` … ` between them.
pub fn deviates(folder: &Path) -> Result<Vec<String>, String> {
    list(folder, "deviates")
}

fn list(folder: &Path, key: &str) -> Result<Vec<String>, String> {
    let file = std::fs::read_to_string(folder.join("case.toml")).map_err(|error| error.to_string())?;
    let mut keys: BTreeMap<String, toml::Value> = toml::from_str(&file).map_err(|error| error.to_string())?;
    let list = keys.remove(key).map_or(Ok(Vec::new()), toml::Value::try_into);
    list.map_err(|error| format!("{key}: {error}"))
}
