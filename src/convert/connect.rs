//! What a tool does to a database when it connects, before any migration: others do not, so that a history which rests on
//! it has to say it.

use crate::invert::Undo;
use crate::ir::{Extension, History, Op, Step};
use crate::schema::{Id, Schema};
use crate::tools::{self, OnConnect};

/// What the first migration that rests on such a thing has to do before it, by its place in the history.
pub(super) fn made(history: &History, undos: &[Undo]) -> Option<(usize, Step)> {
    let OnConnect { extension, function, note } = tools::on_connect(history.tool)?;
    let has_it = |schema: &Schema| schema.get(&Id::Extension(extension.to_owned())).is_some();
    for (at, (migration, undo)) in history.migrations.iter().zip(undos).enumerate() {
        if has_it(&undo.made.before) {
            return None;
        }
        for step in &migration.up.steps {
            let text = serde_json::to_string(&step.op).unwrap_or_default();
            if text.contains(extension) {
                return None;
            }
            if calls(&text, function) {
                let name = extension.to_owned();
                let extension = Extension { name, schema: None, version: None, cascade: false };
                let mut made = Step::new(Op::CreateExtension { extension, if_not_exists: true }, step.at);
                made.notes.push(note.to_owned());
                return Some((at, made));
            }
        }
    }
    None
}

/// Whether a text calls a function of these, and none whose name only ends like it.
fn calls(text: &str, function: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(function).any(|(at, _)| {
        let name = text[at..].find(|c| !part(c)).map_or("", |end| &text[at + end..]);
        !text[..at].ends_with(part) && name.starts_with('(')
    })
}
