//! Names that a naming strategy of the project's own gives. Its code is not run, so what migrations leave unnamed is known
//! by TypeORM's default names, which are not those that the database has.

use super::{DownFile, Place, find, source};
use crate::diag::{Finding, Level};
use crate::js;
use crate::source::{SourceTree, Span};
use regex::Regex;
use std::sync::LazyLock;

/// A default name: a kind, and the beginning of a hash (`naming-strategy/DefaultNamingStrategy.js`, typeorm 1.1.1).
static DEFAULT: LazyLock<Regex> =
    LazyLock::new(|| find::pattern(r"\b(?:PK|UQ|FK|IDX|CHK|XCL|REL|DF)_[0-9a-f]{20,27}\b"));

/// The finding for a data source with such a strategy.
pub(super) fn finding(tree: &SourceTree, source: &source::DataSource) -> Option<Finding> {
    if !source.naming {
        return None;
    }
    let path = tree.file(source.file).map(|file| file.shown.clone()).unwrap_or_default();
    let message = format!("{path} names constraints and indexes by a naming strategy of its own");
    let why = "the file is not run, so what the migrations leave unnamed is read by the names that TypeORM gives";
    Some(Finding::new("R022", Level::Warning, Span::new(source.file, 0, 0), message).why(why))
}

/// Why a down that was filled in may name things wrongly, if it may: it holds a default name that no file of the history
/// spells out, and the database may have another.
pub(super) fn unsure(tree: &SourceTree, place: &Place, filled: &DownFile) -> Option<String> {
    let outline = js::outline(&filled.path, &filled.text).ok()?;
    let body = filled.text.get(outline.down?.function?.body.span)?;
    let mut names = DEFAULT.find_iter(body).map(|name| name.as_str()).peekable();
    names.peek()?;
    if !find::meaning(tree, place).own_names {
        return None;
    }
    let files = tree.files().filter(|(_, file)| file.folder() == place.folder);
    let texts: Vec<&str> = files.filter_map(|(id, _)| tree.read(id).ok()).collect();
    let unsaid = names.find(|name| !texts.iter().any(|text| text.contains(name)))?;
    Some(format!("{unsaid} is the name that TypeORM gives, and the project's naming strategy may give another"))
}
