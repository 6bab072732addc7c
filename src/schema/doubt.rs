//! Doubt: what a statement that was not understood may have changed.

use super::{Entry, Id, Schema};
use crate::ir::Name;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The words of a text that could be names, folded, each once; those in quotes as they are. Comments and string
/// contents count too: dynamic SQL names things there.
pub fn words(text: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first == '"' {
            let inner = &rest[1..];
            let end = inner.find('"').unwrap_or(inner.len());
            if end > 0 && end <= 63 {
                words.insert(inner[..end].to_owned());
            }
            // Go on inside the quotes: in a string literal the pairs may be shifted by one.
            rest = inner;
        } else if first.is_alphabetic() || first == '_' {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$'))).unwrap_or(rest.len());
            words.insert(rest[..end].to_lowercase());
            words.insert(rest[..end].to_owned());
            rest = &rest[end..];
        } else {
            rest = &rest[first.len_utf8()..];
        }
    }
    words
}

/// Marks everything that `sql` names as doubtful; everything there is when it builds names at run time, or when there is
/// no text because the file could not be read.
pub(super) fn cast(schema: &mut Schema, sql: &str, why: &str) {
    let why: Arc<str> = why.into();
    let ids: Vec<Id> = if sql.trim().is_empty() || builds_names(sql) {
        schema.iter().map(|(id, _)| id.clone()).collect()
    } else {
        named_in(schema, sql).into_iter().collect()
    };
    for id in ids {
        mark(schema, &id, &why);
    }
}

/// The objects that a text names, as far as words can tell.
pub fn named_in(schema: &Schema, sql: &str) -> BTreeSet<Id> {
    let mut ids = BTreeSet::new();
    for word in words(sql) {
        let name = Name::bare(&word);
        ids.extend(schema.relation(&name));
        ids.extend(schema.type_named(&name));
        ids.extend(schema.routines(&name));
        for home in schema.search_path() {
            ids.extend(Some(Id::Schema(home.clone())).filter(|id| *home == word && schema.has(id)));
        }
    }
    let attached: Vec<Id> = ids.iter().flat_map(|id| schema.attached(id)).collect();
    ids.extend(attached);
    ids
}

/// Marks one object as doubtful; the first reason stays, unless it was about one value in it.
pub(super) fn mark(schema: &mut Schema, id: &Id, why: &Arc<str>) {
    let is_certain = |entry: &Entry| entry.doubt.is_none() || entry.is_merely_open();
    if schema.get(id).is_some_and(|entry| is_certain(entry) && entry.outside.is_none()) {
        let cause = schema.now.clone();
        schema.edit_facets(id, |entry| (entry.doubt, entry.cause) = (Some(why.clone()), cause));
    }
}

/// Whether a text puts names together when it runs: then no word of it tells what it touches.
pub(super) fn builds_names(sql: &str) -> bool {
    let upper = sql.to_ascii_uppercase();
    let is_text = |rest: &str| {
        let words = ["FUNCTION", "PROCEDURE", "ON ", "ON\n"];
        let rest = rest.trim_start();
        rest.starts_with(['\'', '$']) && !rest.contains("||") && !rest.contains("%I")
            || words.iter().any(|word| rest.starts_with(word))
    };
    upper.split("EXECUTE").skip(1).any(|rest| !is_text(rest))
}
