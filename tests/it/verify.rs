//! `verify` on SQLite, which is built in: what comes of a history is told, and what is wrong in it is found.

use crate::program::{Project, run_in};
use std::path::Path;

/// A project for SQLite with these migrations: each a name, its up, and its down if it has one.
fn project(migrations: &[(&str, &str, Option<&str>)]) -> Project {
    let project = Project::empty();
    project.put("prisma/migrations/migration_lock.toml", "provider = \"sqlite\"\n");
    for (name, up, down) in migrations {
        project.put(&format!("prisma/migrations/{name}/migration.sql"), up);
        if let Some(down) = down {
            project.put(&format!("prisma/migrations/{name}/down.sql"), down);
        }
    }
    project
}

const TABLE: &str = "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT);";

#[test]
fn every_down_of_the_corpus_is_shown_to_undo_its_up() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/prisma-sqlite");
    for entry in std::fs::read_dir(corpus).expect("the corpus").flatten() {
        let run = run_in(&entry.path(), &["verify"]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains("the down that would be made undoes it"), "{}", run.stdout);
    }
}

#[test]
fn downs_that_do_not_undo_are_found() {
    let project = project(&[
        ("1_a", TABLE, Some("DROP TABLE a;")),
        ("2_left", "ALTER TABLE a ADD COLUMN c; CREATE INDEX i ON a (c);", Some("DROP INDEX i;")),
        ("3_stops", "CREATE VIEW v AS SELECT id FROM a;", Some("DROP VIEW w;")),
        (
            "4_check",
            "ALTER TABLE a ADD COLUMN d INT CHECK (d > 0);",
            Some("ALTER TABLE a DROP COLUMN d; ALTER TABLE a ADD COLUMN d INT;"),
        ),
        ("5_again", "CREATE TABLE IF NOT EXISTS r (id INTEGER); INSERT INTO a (id) VALUES (7);", Some("DROP TABLE r;")),
        ("6_order", "ALTER TABLE a DROP COLUMN b;", Some("ALTER TABLE a ADD COLUMN b TEXT;")),
    ]);
    let run = project.run(&["verify"]);
    run.exits(1);
    for text in [
        "1_a: up, down, up: its down undoes it\n",
        "2_left: FAILED: its down does not undo it\n    column a.c is too many",
        "3_stops: FAILED: its down does not run: no such view: w\n",
        "4_check: FAILED: its down does not undo it\n    column a.d is too many",
        "5_again: FAILED: after its down, its up does not run again: UNIQUE constraint failed: a.id\n",
        "6_order: up, down, up: its down undoes it, but for the order of columns\n",
    ] {
        assert!(run.stdout.contains(text), "{text}: {}", run.stdout);
    }
    assert!(
        run.stderr.contains("V002")
            && run.stderr.contains("2 undone and done again, 0 without a down to try, 4 failed"),
        "{}",
        run.stderr
    );
    let document = project.run(&["verify", "--format", "json"]).exits(1).json();
    let outcomes: Vec<_> =
        document["migrations"].as_array().expect("a list").iter().map(|one| &one["outcome"]).collect();
    assert_eq!(outcomes, ["undone", "down_differs", "down_fails", "down_differs", "again_fails", "undone"]);
    assert_eq!(document["summary"]["failed"], 4);
}

/// What no pragma tells is seen all the same; each down makes another table than was there.
#[test]
fn the_catalogue_sees_what_only_the_text_tells() {
    for (before, after) in [
        (
            "CREATE TABLE t (a, b, PRIMARY KEY (a DESC, b)) WITHOUT ROWID",
            "CREATE TABLE t (a, b, PRIMARY KEY (a, b)) WITHOUT ROWID",
        ),
        ("CREATE TABLE t (a INTEGER PRIMARY KEY DESC)", "CREATE TABLE t (a INTEGER PRIMARY KEY)"),
        ("CREATE TABLE t (a TEXT CHECK (a <> \"A\"))", "CREATE TABLE t (a TEXT CHECK (a <> \"z\"))"),
        (
            "CREATE TABLE t (a INT, CONSTRAINT x CHECK (a > 0), CONSTRAINT y CHECK (a < 9))",
            "CREATE TABLE t (a INT, CONSTRAINT y CHECK (a > 0), CONSTRAINT x CHECK (a < 9))",
        ),
        (
            "CREATE TABLE t (a INT, b INT, UNIQUE (a) ON CONFLICT IGNORE, UNIQUE (b))",
            "CREATE TABLE t (a INT, b INT, UNIQUE (a), UNIQUE (b) ON CONFLICT IGNORE)",
        ),
        (
            "CREATE TABLE t (a INT REFERENCES u DEFERRABLE INITIALLY DEFERRED)",
            "CREATE TABLE t (a INT REFERENCES u NOT DEFERRABLE INITIALLY DEFERRED)",
        ),
        ("CREATE TABLE t (a TEXT COLLATE NOCASE)", "CREATE TABLE t (a TEXT)"),
        ("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT)", "CREATE TABLE t (a INTEGER PRIMARY KEY)"),
        ("CREATE TABLE t (a INT) STRICT", "CREATE TABLE t (a INT)"),
        (
            "CREATE TABLE t (a INT); CREATE INDEX i ON t (a) WHERE a > 1",
            "CREATE TABLE t (a INT); CREATE INDEX i ON t (a) WHERE a > 2",
        ),
        ("CREATE TABLE t (a INT); PRAGMA user_version = 1", "CREATE TABLE t (a INT); PRAGMA user_version = 2"),
    ] {
        let down = format!("{after};");
        let run = project(&[("1_a", &format!("{before};"), None), ("2_b", "DROP TABLE t;", Some(&down))]);
        let run = run.run(&["verify"]);
        assert!(run.stdout.contains("2_b: FAILED: its down does not undo it"), "{before}: {}", run.stdout);
    }
    for (before, after) in [
        (
            "CREATE TABLE t (a TEXT DEFAULT CURRENT_TIMESTAMP)",
            "create table \"T\" (\"A\" text default current_timestamp)",
        ),
        (
            "CREATE TABLE t (a TEXT); CREATE INDEX i ON t (lower(a))",
            "CREATE TABLE t (a TEXT DEFAULT NULL); CREATE INDEX i ON t (lower(a) ASC)",
        ),
        ("CREATE TABLE t (a TEXT COLLATE BINARY)", "CREATE TABLE t (a TEXT)"),
    ] {
        let down = format!("{after};");
        let run = project(&[("1_a", &format!("{before};"), None), ("2_b", "DROP TABLE t;", Some(&down))]);
        let run = run.run(&["verify"]);
        assert!(run.stdout.contains("2_b: up, down, up: its down undoes it"), "{before}: {}", run.stdout);
    }
}

#[test]
fn what_a_script_leaves_of_its_session_is_no_matter() {
    let project = project(&[("1_open", "BEGIN; CREATE TABLE a (id INTEGER);", None), ("2_b", TABLE, None)]);
    let run = project.run(&["verify"]);
    assert!(
        run.stdout.contains("1_open: FAILED: its up does not run: it begins a transaction and does not end it"),
        "{}",
        run.stdout
    );
    let project = self::project(&[
        ("1_a", TABLE, None),
        (
            "2_b",
            "CREATE TABLE b (id INTEGER); ATTACH ':memory:' AS x; CREATE TEMP TABLE z (a);",
            Some("DROP TABLE b; PRAGMA query_only=ON;"),
        ),
    ]);
    project.run(&["verify"]).exits(0);
}

#[test]
fn a_migration_that_does_not_run_ends_it() {
    let project = project(&[("1_a", TABLE, None), ("2_b", "ALTER TABLE b ADD COLUMN c;", None), ("3_c", TABLE, None)]);
    let run = project.run(&["verify"]);
    run.exits(1);
    assert!(run.stdout.contains("2_b: FAILED: its up does not run: no such table: b\n"), "{}", run.stdout);
    assert!(!run.stdout.contains("3_c") && run.stderr.contains("1 not reached"), "{}", run.stderr);
}

#[test]
fn no_file_is_reached() {
    for (up, complaint) in [
        ("ATTACH 'other.db' AS o; CREATE TABLE o.t (a);", "not authorized"),
        ("ATTACH 'other' || '.db' AS o; CREATE TABLE o.t (a);", "not authorized"),
        ("VACUUM INTO 'other.db';", "authorization denied"),
    ] {
        let project = project(&[("1_a", up, None)]);
        project.run(&["verify"]).exits(1).says(&[complaint]);
        assert!(project.contents().iter().all(|(path, _)| !path.ends_with("other.db")));
    }
}

#[test]
fn two_histories_are_compared_by_what_they_lead_to() {
    let first =
        project(&[("1_a", TABLE, None), ("2_b", "ALTER TABLE a ADD COLUMN c INTEGER NOT NULL DEFAULT 1;", None)]);
    let same =
        project(&[("1_a", "CREATE TABLE \"A\" (c INTEGER NOT NULL DEFAULT 1, id INTEGER PRIMARY KEY, b TEXT);", None)]);
    let other = project(&[("1_a", TABLE, None)]);
    let against = |second: &Project| first.run(&["verify", "--against", &second.root().display().to_string()]);
    against(&same).exits(0).says(&["both histories lead to the same schema"]);
    let run = against(&other);
    run.exits(1).says(&["1 difference"]);
    assert!(run.stdout.starts_with("column a.c is gone"), "{}", run.stdout);
}

#[test]
fn a_history_for_a_server_asks_which() {
    let project = Project::new(&[("1_a", TABLE)]);
    project.run(&["verify"]).exits(2).says(&["--url postgres://"]);
    project.run(&["verify", "--url", "postgres://127.0.0.1:1/x"]).exits(2).says(&["the server cannot be reached"]);
    project.run(&["verify", "--url", "nonsense"]).exits(2).says(&["the URL cannot be read"]);
}
