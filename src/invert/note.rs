//! What to know before running a down, like things together in one sentence.

use std::collections::BTreeSet;

/// One thing to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// A constraint comes back, which rows may break: `name on table`.
    Constraint(String),
    /// A column becomes NOT NULL again.
    NotNull(String),
    /// A column comes back NOT NULL without a default.
    Required(String),
    /// The same, and its type has no zero value.
    NoZero(String),
    /// A column comes back filled: with what.
    Filled(String, String),
    /// A column comes back filled, and something comes back with it that the filled value may break: what.
    FilledAgainst(String, String),
    /// The NULLs of a column are filled: with what.
    NullsFilled(String, String),
    /// Values of a column are read as another type: which.
    ReadAs(String, String),
    /// Values of an enum go, which rows may hold: which, and the enum.
    Held(String, String),
    /// Values of a column are converted by the session's time zone.
    Zoned(String),
    /// A sentence of its own.
    Other(String),
}

impl Note {
    fn kind(&self) -> u8 {
        match self {
            Note::Constraint(_) => 0,
            Note::NotNull(_) => 1,
            Note::Required(_) => 2,
            Note::NoZero(_) => 3,
            Note::Filled(..) => 4,
            Note::NullsFilled(..) => 5,
            Note::ReadAs(..) => 6,
            Note::Held(..) => 7,
            Note::Other(_) => 8,
            Note::FilledAgainst(..) => 9,
            Note::Zoned(_) => 10,
        }
    }

    fn item(&self) -> String {
        match self {
            Note::Constraint(name)
            | Note::NotNull(name)
            | Note::Required(name)
            | Note::NoZero(name)
            | Note::Zoned(name)
            | Note::Other(name) => name.clone(),
            Note::Filled(name, value) | Note::NullsFilled(name, value) => format!("{name} with {value}"),
            Note::FilledAgainst(name, what) => format!("{name} {what}"),
            Note::ReadAs(name, kind) => format!("{name} as {kind}"),
            Note::Held(values, kind) => format!("{values} of {kind}"),
        }
    }
}

/// The notes as sentences, one for each kind, in the order in which the kinds first come up.
pub(super) fn sentences(notes: &[Note]) -> Vec<String> {
    let mut groups: Vec<(&Note, Vec<String>)> = Vec::new();
    let mut said = BTreeSet::new();
    for note in notes {
        let item = note.item();
        if !said.insert((note.kind(), item.clone())) {
            continue;
        }
        let alone = matches!(note, Note::Other(_));
        match groups.iter_mut().find(|(first, _)| !alone && first.kind() == note.kind()) {
            Some((_, items)) => items.push(item),
            None => groups.push((note, vec![item])),
        }
    }
    groups.into_iter().map(|(first, items)| sentence(first, &items)).collect()
}

fn sentence(kind: &Note, items: &[String]) -> String {
    let list = items.join(", ");
    let one = items.len() == 1;
    match kind {
        Note::Constraint(_) if one => {
            format!("fails if rows written since break the constraint {list}, which comes back")
        }
        Note::Constraint(_) => format!("fails if rows written since break a constraint that comes back: {list}"),
        Note::NotNull(_) if one => format!("fails if {list} holds NULLs by then: it becomes NOT NULL again"),
        Note::NotNull(_) => format!("fails if a column that becomes NOT NULL again holds NULLs by then: {list}"),
        Note::Required(_) if one => {
            format!(
                "fails if the table has rows: {list} comes back NOT NULL without a default (--backfill zero fills it)"
            )
        }
        Note::Required(_) => format!(
            "fails if the table has rows, for each column that comes back NOT NULL without a default: {list} (--backfill \
             zero fills them)"
        ),
        Note::NoZero(_) => {
            format!("fails if the table has rows: NOT NULL comes back on a type that has no zero value: {list}")
        }
        Note::Filled(..) => format!("fills what comes back NOT NULL without a default: {list}"),
        Note::FilledAgainst(..) => {
            format!("fails if the value that is filled in breaks a constraint that comes back with the column: {list}")
        }
        Note::NullsFilled(..) => format!("fills NULLs: {list}"),
        Note::ReadAs(..) => format!("fails if a value cannot be read as the former type: {list}"),
        Note::Held(..) => format!("stops if a row still holds {list}: change such rows first"),
        Note::Zoned(_) => {
            format!("converts by the session's time zone, which should be the one that the up ran in: {list}")
        }
        Note::Other(_) => list,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_notes_become_one_sentence() {
        let notes = [
            Note::Constraint("a on t".into()),
            Note::Other("x".into()),
            Note::Constraint("b on u".into()),
            Note::Constraint("a on t".into()),
            Note::Other("y".into()),
            Note::Other("x".into()),
        ];
        assert_eq!(
            sentences(&notes),
            ["fails if rows written since break a constraint that comes back: a on t, b on u", "x", "y"]
        );
    }
}
