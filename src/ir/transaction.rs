//! What may not run inside of a transaction.

use super::{ObjectKind, Op, Step, TableChange};

impl Op {
    /// The statement that a server refuses inside of a transaction, as it is named in its message; `None` for one that may
    /// run anywhere. Source: the callers of `PreventInTransactionBlock` in PostgreSQL 15.
    pub fn needs_no_transaction(&self) -> Option<&'static str> {
        match self {
            Op::CreateIndex { concurrently: true, .. } => Some("CREATE INDEX CONCURRENTLY"),
            Op::Drop { concurrently: true, .. } => Some("DROP INDEX CONCURRENTLY"),
            Op::Drop { object, .. } if object.kind == ObjectKind::Database => Some("DROP DATABASE"),
            Op::Drop { object, .. } if object.kind == ObjectKind::Tablespace => Some("DROP TABLESPACE"),
            Op::AlterTable { change: TableChange::DetachPartition { concurrently: true, .. }, .. } => {
                Some("ALTER TABLE ... DETACH CONCURRENTLY")
            }
            Op::Define { definition, .. } if definition.object.kind == ObjectKind::Subscription => {
                // Only one that makes its slot, which it does unless it is told not to.
                let spared = definition.sql.to_lowercase().contains("create_slot");
                (!spared).then_some("CREATE SUBSCRIPTION ... WITH (create_slot = true)")
            }
            Op::When { then, otherwise, .. } => first(then).or_else(|| first(otherwise)),
            Op::Attempt { steps, .. } | Op::Call { then: steps, .. } => first(steps),
            // Inside of a transaction it does nothing.
            Op::SetParameter { name, sql, .. } if name == "foreign_keys" && is_pragma(sql) => {
                Some("PRAGMA foreign_keys")
            }
            Op::Maintenance { sql } | Op::Sql { sql, .. } => of_text(sql),
            _ => None,
        }
    }
}

fn is_pragma(sql: &str) -> bool {
    sql.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("PRAGMA"))
}

fn first(steps: &[Step]) -> Option<&'static str> {
    steps.iter().find_map(|step| step.op.needs_no_transaction())
}

/// A statement of which only the text is known.
fn of_text(sql: &str) -> Option<&'static str> {
    let mut words = sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    let first = words.next()?.to_ascii_uppercase();
    let rest: Vec<String> = words.take(6).map(str::to_ascii_uppercase).collect();
    let second = rest.first().map(String::as_str).unwrap_or_default();
    // Options in parentheses stand before what they are for.
    let target = sql.trim_start().get(first.len()..).map(str::trim_start).and_then(|rest| rest.strip_prefix('('));
    let target = target.and_then(|options| options.split_once(')')).map(|(_, rest)| rest.trim_start());
    let behind = target.and_then(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next());
    let behind = behind.map_or_else(|| second.to_owned(), str::to_ascii_uppercase);
    let concurrently = rest.iter().any(|word| word == "CONCURRENTLY");
    match (first.as_str(), second) {
        ("VACUUM", _) => Some("VACUUM"),
        ("REINDEX", _) if concurrently => Some("REINDEX CONCURRENTLY"),
        ("REINDEX", _) if ["DATABASE", "SYSTEM", "SCHEMA"].contains(&behind.as_str()) => Some("REINDEX"),
        ("CLUSTER", _) if behind.is_empty() => Some("CLUSTER"),
        ("CREATE", "INDEX" | "UNIQUE") if concurrently => Some("CREATE INDEX CONCURRENTLY"),
        ("DROP", "INDEX") if concurrently => Some("DROP INDEX CONCURRENTLY"),
        ("DISCARD", "ALL") => Some("DISCARD ALL"),
        ("CREATE", "DATABASE") => Some("CREATE DATABASE"),
        ("CREATE", "TABLESPACE") => Some("CREATE TABLESPACE"),
        ("ALTER", "SYSTEM") => Some("ALTER SYSTEM"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_that_want_to_be_alone_are_known() {
        let of = |sql: &str| Op::Maintenance { sql: sql.into() }.needs_no_transaction();
        assert_eq!(of("VACUUM (ANALYZE) a"), Some("VACUUM"));
        assert_eq!(of("reindex index concurrently a"), Some("REINDEX CONCURRENTLY"));
        assert_eq!(of("REINDEX TABLE a"), None);
        assert_eq!(of("ANALYZE a"), None);
        assert_eq!(of("REINDEX (VERBOSE) SCHEMA public"), Some("REINDEX"));
        assert_eq!(of("REINDEX (VERBOSE) TABLE public"), None);
        assert_eq!(of("CLUSTER (VERBOSE)"), Some("CLUSTER"));
        assert_eq!(of("CLUSTER a"), None);
        assert_eq!(of("create unique index concurrently a on b (c)"), Some("CREATE INDEX CONCURRENTLY"));
    }
}
