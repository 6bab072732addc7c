//! Sequences, those of identity columns too.

use super::text::{ident, name};
use super::types::data_type;
use crate::ir::{Name, Sequence, SequenceChange, SequenceOptions};

/// `CREATE SEQUENCE …`.
pub(super) fn create(sequence: &Sequence, if_not_exists: bool) -> String {
    let mut parts = vec![match (sequence.temporary, sequence.unlogged) {
        (true, _) => "CREATE TEMPORARY SEQUENCE".to_owned(),
        (false, true) => "CREATE UNLOGGED SEQUENCE".into(),
        (false, false) => "CREATE SEQUENCE".into(),
    }];
    if if_not_exists {
        parts.push("IF NOT EXISTS".into());
    }
    parts.push(name(&sequence.name));
    parts.extend(options(&sequence.options));
    if let Some((table, column)) = &sequence.owned_by {
        parts.push(format!("OWNED BY {}.{}", name(table), ident(column)));
    }
    parts.join(" ")
}

/// `ALTER SEQUENCE …`; logging is a statement of its own.
pub(super) fn alter(sequence: &Name, change: &SequenceChange, if_exists: bool) -> String {
    let head = format!("ALTER SEQUENCE {}{}", super::reference::if_exists(if_exists), name(sequence));
    let mut statements = Vec::new();
    let mut parts = changes(change);
    match &change.restart {
        Some(Some(value)) => parts.push(format!("RESTART WITH {value}")),
        Some(None) => parts.push("RESTART".into()),
        None => {}
    }
    if !parts.is_empty() {
        statements.push(format!("{head} {}", parts.join(" ")));
    }
    if let Some(logged) = change.logged {
        statements.push(format!("{head} SET {}", if logged { "LOGGED" } else { "UNLOGGED" }));
    }
    statements.join(";\n")
}

/// The changes of an identity column's sequence: `SET` before each, but for `RESTART`.
pub(super) fn identity_changes(change: &SequenceChange) -> Vec<String> {
    let mut parts: Vec<_> = changes(change).into_iter().map(|part| format!("SET {part}")).collect();
    if let Some(logged) = change.logged {
        parts.push(if logged { "SET LOGGED".into() } else { "SET UNLOGGED".into() });
    }
    match &change.restart {
        Some(Some(value)) => parts.push(format!("RESTART WITH {value}")),
        Some(None) => parts.push("RESTART".into()),
        None => {}
    }
    parts
}

/// The options that differ from the defaults.
pub(super) fn options(options: &SequenceOptions) -> Vec<String> {
    changes(&SequenceChange {
        data_type: options.data_type.clone(),
        increment: options.increment.clone(),
        min: options.min.clone().map(Some),
        max: options.max.clone().map(Some),
        start: options.start.clone(),
        cache: options.cache.clone(),
        cycle: options.cycle.then_some(true),
        ..SequenceChange::default()
    })
}

/// The options that are set, all but `RESTART` and logging.
fn changes(change: &SequenceChange) -> Vec<String> {
    let mut parts = Vec::new();
    if let Some(of) = &change.data_type {
        parts.push(format!("AS {}", data_type(of)));
    }
    if let Some(increment) = &change.increment {
        parts.push(format!("INCREMENT BY {increment}"));
    }
    for (word, bound) in [("MINVALUE", &change.min), ("MAXVALUE", &change.max)] {
        match bound {
            Some(Some(value)) => parts.push(format!("{word} {value}")),
            Some(None) => parts.push(format!("NO {word}")),
            None => {}
        }
    }
    if let Some(start) = &change.start {
        parts.push(format!("START WITH {start}"));
    }
    if let Some(cache) = &change.cache {
        parts.push(format!("CACHE {cache}"));
    }
    match change.cycle {
        Some(true) => parts.push("CYCLE".into()),
        Some(false) => parts.push("NO CYCLE".into()),
        None => {}
    }
    match &change.owned_by {
        Some(Some((table, column))) => parts.push(format!("OWNED BY {}.{}", name(table), ident(column))),
        Some(None) => parts.push("OWNED BY NONE".into()),
        None => {}
    }
    parts
}
