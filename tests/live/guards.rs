//! The catalogue itself: for every kind of object, changing just that one thing shows, and nothing else does.

mod objects;
mod relations;

use crate::cluster::Server;
use transmigrate::verify::{ColumnOrder, compare};

/// One thing that the catalogue must see.
struct Guard {
    /// What is there before.
    setup: &'static str,
    /// What changes it.
    change: &'static str,
    /// The descriptions of the objects that must show as different, all of them.
    shows: &'static [&'static str],
}

const fn guard(setup: &'static str, change: &'static str, shows: &'static [&'static str]) -> Guard {
    Guard { setup, change, shows }
}

/// A table for guards that need one.
const T: &str = "CREATE TABLE t (id integer PRIMARY KEY, name text, born date)";

#[test]
fn the_catalogue_sees_every_change_and_only_that() {
    let Some(server) = Server::from_environment() else { return };
    let mut database = server.database().expect("a database of our own can be made");
    let mut wrong = Vec::new();
    for Guard { setup, change, shows } in relations::GUARDS.iter().chain(objects::GUARDS) {
        let result = database.trial(|database| {
            database.run(setup)?;
            let before = database.catalogue()?;
            database.run(change)?;
            Ok(compare(&before, &database.catalogue()?, ColumnOrder::Counts))
        });
        let seen = match result {
            Ok(seen) => seen,
            Err(error) => {
                wrong.push(format!("{change}: {error}"));
                continue;
            }
        };
        let unseen = shows.iter().filter(|&&key| !seen.iter().any(|line| is_about(line, key)));
        wrong.extend(unseen.map(|key| format!("{change}: {key} does not show")));
        let surplus = seen.iter().filter(|line| !shows.iter().any(|key| is_about(line, key)));
        wrong.extend(surplus.map(|line| format!("{change}: {line}")));
    }
    assert!(wrong.is_empty(), "{} failures:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whether a difference is the one about this object.
fn is_about(line: &str, key: &str) -> bool {
    line.strip_prefix(key).is_some_and(|rest| [" is ", " differs"].iter().any(|word| rest.starts_with(word)))
}

/// Column order aside, these two make the same; each pair is what makes one and what makes the other.
const ORDER_ONLY: &[(&str, &str)] = &[
    ("CREATE TABLE t (a integer, b text)", "CREATE TABLE t (b text, a integer)"),
    (
        "CREATE TABLE t (a integer, b text); CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT * FROM v",
        "CREATE TABLE t (b text, a integer); CREATE VIEW v AS SELECT * FROM t; CREATE VIEW w AS SELECT * FROM v",
    ),
    (
        "CREATE TABLE t (a integer, b text); CREATE STATISTICS s ON a, b FROM t",
        "CREATE TABLE t (b text, a integer); CREATE STATISTICS s ON a, b FROM t",
    ),
];

/// These differ even when column order is ignored.
const MORE_THAN_ORDER: &[(&str, &str)] = &[
    ("CREATE TABLE t (a integer, b text)", "CREATE TABLE t (b text, a bigint)"),
    ("CREATE TABLE t (a integer, b text)", "CREATE TABLE t (b text)"),
    (
        "CREATE TABLE t (a integer, b text); CREATE VIEW v AS SELECT * FROM t",
        "CREATE TABLE t (b text, a integer); CREATE VIEW v AS SELECT b, a FROM t WHERE a > 0",
    ),
    ("CREATE VIEW v AS SELECT 1 AS a, 2 AS b", "CREATE VIEW v AS SELECT 1 AS b, 2 AS a"),
];

#[test]
fn column_order_is_told_apart() {
    let Some(server) = Server::from_environment() else { return };
    let mut database = server.database().expect("a database of our own can be made");
    let mut taken = |sql: &str| {
        let taken = database.trial(|database| {
            database.run(sql)?;
            database.catalogue()
        });
        taken.unwrap_or_else(|error| panic!("{sql}: {error}"))
    };
    for (one, other) in ORDER_ONLY {
        let (one, other) = (taken(one), taken(other));
        assert!(!compare(&one, &other, ColumnOrder::Counts).is_empty());
        assert_eq!(compare(&one, &other, ColumnOrder::Ignored), Vec::<String>::new());
    }
    for (one, other) in MORE_THAN_ORDER {
        assert_ne!(compare(&taken(one), &taken(other), ColumnOrder::Ignored), Vec::<String>::new(), "{one} / {other}");
    }
}
