//! What the templates of a folder are given; `templates/README.md` tells users of it.

use super::settings::FORMAT;
use crate::emit::around::Around;
use crate::emit::name::NewName;
use crate::emit::sql::SqlView;
use crate::ir::{Step, Tool};
use serde::Serialize;

/// What the template of a migration is given.
#[derive(Serialize)]
pub(super) struct View<'a> {
    format: u32,
    pub stamp: &'a str,
    pub slug: &'a str,
    pub kebab: String,
    pub pascal: String,
    /// Milliseconds since 1970.
    pub moment: &'a str,
    pub name: &'a str,
    pub source: Source<'a>,
    pub up: Part<'a>,
    pub down: Part<'a>,
    pub ir: Option<Ir<'a>>,
}

#[derive(Serialize)]
pub(super) struct Source<'a> {
    pub tool: Tool,
    pub name: &'a str,
}

#[derive(Serialize)]
pub(super) struct Part<'a> {
    #[serde(flatten)]
    pub script: &'a SqlView,
    /// Whether the tool has to be told not to run it in a transaction.
    pub no_transaction: bool,
    /// Whether it has to open a transaction of its own.
    pub own_transaction: bool,
    /// Whether its transaction has to end with it, though the tool's spans several migrations.
    pub has_to_commit: bool,
}

#[derive(Serialize)]
pub(super) struct Ir<'a> {
    format: u32,
    up: &'a [Step],
    down: &'a [Step],
}

/// What the template of a file beside the migrations is given.
#[derive(Serialize)]
pub(super) struct Project<'a> {
    #[serde(flatten)]
    pub around: &'a Around<'a>,
    pub migrations: Vec<Entry<'a>>,
}

#[derive(Serialize)]
pub(super) struct Entry<'a> {
    pub name: &'a str,
    /// Milliseconds since 1970.
    pub moment: &'a str,
}

impl<'a> View<'a> {
    /// What can be said of a migration before its statements are known.
    pub fn named(stamp: &'a str, moment: &'a str, name: &'a NewName, source: Source<'a>, nothing: &'a SqlView) -> Self {
        let part = || Part { script: nothing, no_transaction: false, own_transaction: false, has_to_commit: false };
        View {
            format: FORMAT,
            stamp,
            slug: &name.slug,
            kebab: name.kebab(),
            pascal: name.pascal(),
            moment,
            name: "",
            source,
            up: part(),
            down: part(),
            ir: None,
        }
    }
}

impl<'a> Ir<'a> {
    /// The operations themselves.
    pub fn new(up: &'a [Step], down: &'a [Step]) -> Self {
        Ir { format: FORMAT, up, down }
    }
}
