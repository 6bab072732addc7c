//! Input that is broken: a finding or error with its place, the right exit code, nothing written.

use crate::program::Project;
use std::time::Duration;

const GOOD: (&str, &str) = ("1_good", "CREATE TABLE good (id integer);");
const BAD: &str = "prisma/migrations/2_bad/migration.sql";

/// A good migration, then one with this text.
fn project(bad: impl AsRef<[u8]>) -> Project {
    let project = Project::new(&[GOOD]);
    project.put(BAD, bad);
    project
}

/// Runs `show`, `down` and `down --write` and expects the exit codes and texts; `--write` must write nothing.
#[track_caller]
fn refuses_to_write(project: &Project, code: i32, says: &[&str]) {
    let before = project.contents();
    project.run(&["show"]).exits(code).says(says);
    project.run(&["down"]).exits(code).says(says);
    project.run(&["down", "--write"]).exits(2).says(says);
    assert_eq!(project.contents(), before);
    let document = project.run(&["show", "--format", "json"]).exits(code).json();
    assert_eq!(document["format"], 1);
}

#[test]
fn unclosed_quotes_and_comments() {
    for (text, place) in [
        ("SELECT 1;\nSELECT 'a;\n", "migration.sql:2:8"),
        ("SELECT 1;\nSELECT \"a;\n", "migration.sql:2:8"),
        ("DO $body$ BEGIN\nEND $bod$;\n", "migration.sql:1:4"),
        ("SELECT 1; /* a /* b */ c\n", "migration.sql:1:11"),
    ] {
        refuses_to_write(&project(text), 1, &["R001", place]);
    }
}

#[test]
fn psql_meta_commands() {
    refuses_to_write(&project("CREATE TABLE a (id integer);\n\\connect other\n"), 1, &["R003", "migration.sql:2:1"]);
}

#[test]
fn binary_junk() {
    let junk: Vec<u8> = (0..4096_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    refuses_to_write(&project(junk), 1, &["R010", BAD, "at byte"]);
    refuses_to_write(&project(b"SELECT 1;\0\0"), 1, &["R010", "a zero byte at byte 9"]);
    refuses_to_write(&project(b"-- caf\xE9\n"), 1, &["R010", "invalid UTF-8 at byte 6"]);
}

#[test]
fn what_comes_after_an_unreadable_migration_is_not_vouched_for() {
    let project = project(b"\xFF\xFF\xFF");
    project.put("prisma/migrations/3_after/migration.sql", "ALTER TABLE good DROP COLUMN id;");
    let document = project.run(&["show", "--format", "json"]).exits(1).json();
    let grade = |at: usize| document["migrations"][at]["down"]["grade"].clone();
    assert_eq!([grade(0), grade(1), grade(2)], ["exact", "refused", "refused"]);
    let document = project.run(&["down", "--only", "2_bad", "--format", "json"]).exits(1).json();
    let text = document["migrations"][0]["down"]["sql"].as_str().unwrap_or_default();
    assert!(text.contains("the file cannot be read") && text.contains("RAISE EXCEPTION"), "{text}");
}

#[test]
fn a_truncated_file() {
    let project = project("CREATE TABLE a (\n    id integer,\n    name te");
    let run = project.run(&["show"]);
    run.exits(1).says(&["R001", "migration.sql:1:16"]);
    let document = project.run(&["show", "--format", "json"]).json();
    assert_eq!(document["summary"]["steps"]["sql"], 1);
    assert_eq!(document["migrations"][1]["down"]["grade"], "refused");
}

#[test]
fn deep_nesting() {
    let deep = |open: &str, close: &str| format!("SELECT {}1{};\n", open.repeat(100_000), close.repeat(100_000));
    for text in [deep("(", ")"), deep("(", ""), deep("CASE WHEN ", " END"), deep("- ", ""), deep("/*", "*/")] {
        let run = project(&text).run(&["show", "--format", "json"]);
        assert!([0, 1].contains(&run.code), "{}: {}", run.code, run.stderr);
        assert_eq!(run.json()["summary"]["migrations"], 2);
        assert!(run.took < Duration::from_secs(60), "{:?}", run.took);
    }
    let nested = format!("CREATE TABLE a (id integer CHECK ({}id > 0{}));", "(".repeat(100_000), ")".repeat(100_000));
    let run = project(&nested).run(&["show"]);
    assert!([0, 1].contains(&run.code), "{}: {}", run.code, run.stderr);
}

#[test]
fn a_statement_that_conflicts_with_the_state() {
    let project = project("SELECT 1;\nALTER TABLE nowhere ADD COLUMN a integer;\n");
    let run = project.run(&["down"]);
    run.says(&["S001", "migration.sql:2:1", "nowhere"]);
    let document = project.run(&["show", "--format", "json"]).json();
    assert_eq!(document["migrations"][0]["down"]["grade"], "exact");
    assert_eq!(document["migrations"][1]["down"]["grade"], "refused");
}

#[test]
fn fifty_megabytes() {
    let row = "(1, 'some text that fills the row, so that there are not too many of them in the file'),\n";
    let mut text = String::from("INSERT INTO good (id) VALUES\n");
    while text.len() < 50_000_000 {
        text.push_str(row);
    }
    text.push_str("(1, 'the last');\n");
    let run = project(&text).run(&["show", "--format", "json"]);
    assert!([0, 1].contains(&run.code), "{}: {}", run.code, run.stderr);
    assert_eq!(run.json()["summary"]["migrations"], 2);
    assert!(run.took < Duration::from_secs(180), "{:?}", run.took);
}

#[test]
fn fifty_megabytes_in_one_line_with_an_unclosed_quote() {
    let mut text = "SELECT 1; ".repeat(100);
    text.push('\'');
    text.push_str(&"x".repeat(50_000_000));
    let run = project(&text).run(&["show"]);
    run.exits(1).says(&["R001", "migration.sql:1:1001"]);
    assert!(run.stderr.len() < 10_000, "{} bytes", run.stderr.len());
    assert!(run.took < Duration::from_secs(60), "{:?}", run.took);
}

#[test]
fn a_file_above_the_limit() {
    let project = project("");
    let file = std::fs::File::create(project.path(BAD)).expect("a file");
    file.set_len(65 * 1024 * 1024).expect("a sparse file");
    refuses_to_write(&project, 1, &["R014", BAD]);
}

#[test]
fn a_folder_where_a_file_is_asked_for() {
    let project = Project::new(&[GOOD]);
    std::fs::create_dir_all(project.path(BAD)).expect("a folder");
    refuses_to_write(&project, 1, &["R011", BAD]);
}

#[test]
#[cfg(unix)]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let project = project("SELECT 1;");
    std::fs::set_permissions(project.path(BAD), std::fs::Permissions::from_mode(0o000)).expect("a mode");
    if std::fs::read(project.path(BAD)).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    refuses_to_write(&project, 1, &["R011", BAD]);
}

#[test]
#[cfg(unix)]
fn links_that_lead_nowhere_or_in_a_circle() {
    use std::os::unix::fs::symlink;
    let dangling = Project::new(&[GOOD]);
    std::fs::create_dir_all(dangling.path("prisma/migrations/2_bad")).expect("a folder");
    symlink("gone.sql", dangling.path(BAD)).expect("a link");
    refuses_to_write(&dangling, 1, &["R012", BAD, "leads to nothing"]);

    let circle = Project::new(&[GOOD]);
    std::fs::create_dir_all(circle.path("prisma/migrations/2_bad")).expect("a folder");
    symlink("migration.sql", circle.path(BAD)).expect("a link");
    refuses_to_write(&circle, 1, &["R012", BAD, "leads in a circle"]);

    let above = Project::new(&[GOOD]);
    symlink("..", above.path("prisma/migrations/2_up")).expect("a link");
    let before = above.contents();
    let says = ["R012", "prisma/migrations/2_up", "leads in a circle"];
    above.run(&["show"]).exits(1).says(&says);
    above.run(&["down"]).exits(1).says(&says);
    above.run(&["down", "--write"]).exits(2).says(&says);
    assert_eq!(above.contents(), before);
}

#[test]
#[cfg(unix)]
fn a_link_out_of_the_folder_is_not_written_through() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().expect("a folder");
    std::fs::write(outside.path().join("migration.sql"), "CREATE TABLE a (id integer);").expect("a file");
    let project = Project::new(&[GOOD]);
    symlink(outside.path(), project.path("prisma/migrations/2_out")).expect("a link");
    project.run(&["show"]).exits(0);
    project.run(&["down", "--write"]).exits(2).says(&["lies outside"]);
    assert!(!outside.path().join("down.sql").exists());
    assert!(!project.path("prisma/migrations/1_good/down.sql").exists());
}

#[test]
#[cfg(unix)]
fn a_pipe_is_not_waited_for() {
    let project = Project::new(&[GOOD]);
    std::fs::create_dir_all(project.path("prisma/migrations/2_bad")).expect("a folder");
    let made = std::process::Command::new("mkfifo").arg(project.path(BAD)).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("skipped: no mkfifo here");
        return;
    }
    project.run(&["show"]).exits(1).says(&["R011", BAD]);
}

#[test]
fn paths_that_do_not_exist() {
    let project = Project::new(&[GOOD]);
    project.run(&["show", "nowhere"]).exits(2).says(&["nowhere cannot be opened"]);
    project.run(&["down", BAD]).exits(2);
    project.run(&["show", "prisma/migrations/1_good"]).exits(2).says(&["R013", "a single migration"]);
    project.run(&["show", "prisma/migrations/1_good/migration.sql"]).exits(2).says(&["cannot be opened"]);
    let document = project.run(&["show", "nowhere", "--format", "json"]).exits(2).json();
    assert!(document["error"].is_string());
    Project::empty().run(&["show"]).exits(2).says(&["R013"]);
}

#[test]
fn names_cannot_break_out_of_a_comment() {
    let sql = "CREATE TABLE \"a\nDROP DATABASE x; --\" (id integer); CREATE TABLE \"*/ $$ '\" (id integer);";
    let project = Project::new(&[("1_a", sql), ("2_b", "DROP TABLE \"a\nDROP DATABASE x; --\", \"*/ $$ '\";")]);
    let document = project.run(&["down", "--format", "json"]).json();
    for migration in document["migrations"].as_array().into_iter().flatten() {
        let text = migration["down"]["sql"].as_str().unwrap_or_default();
        let outside = text.lines().filter(|line| line.trim_start().starts_with("DROP DATABASE"));
        // The line may stand only as the second half of a quoted name.
        for line in outside {
            assert!(line.contains("--\""), "{text}");
        }
    }
}

/// A project of Knex with these scripts and nothing else.
fn knex(scripts: &[(&str, &[u8])]) -> Project {
    let project = Project::empty();
    scripts.iter().for_each(|(name, text)| project.put(&format!("migrations/{name}"), text));
    project
}

#[test]
fn a_history_of_nothing_that_can_be_read() {
    let project = knex(&[("1_a.js", b"\x00\xff\xfe junk")]);
    project.run(&["show"]).exits(2).says(&["R010", "1_a.js", "R013"]);
    // The settings say that it is one.
    project.put("knexfile.js", "module.exports = { client: 'pg', migrations: { directory: './migrations' } };");
    let run = project.run(&["show"]);
    run.exits(1).says(&["R010", "1_a.js", "the file cannot be read"]);
    assert!(!run.stderr.contains("R013") && !run.stderr.contains("``"), "{}", run.stderr);
    assert!(run.stdout.contains("1 migration"), "{}", run.stdout);
    project.put("migrations/2_b.js", "exports.up = (knex) => knex.schema.createTable('a', (t) => t.increments());");
    let run = project.run(&["show"]);
    run.exits(1).says(&["R010", "1_a.js"]);
    assert!(run.stdout.contains("2 migrations"), "{}", run.stdout);
}

#[test]
fn sql_of_a_tool_that_does_not_end() {
    let up = |statement: &str| format!("exports.up = (knex) => {statement};\nexports.down = () => {{}};");
    let composed =
        up("knex.schema.createTable('t', (t) => { t.enum('a', [\"it's\"], { useNative: true, enumName: 'e' }); })");
    let run = knex(&[("1_a.js", composed.as_bytes())]).run(&["show"]);
    run.exits(1).says(&["R001", "to the end of what is sent", "the tool composes SQL that does not end"]);
    assert!(!run.stderr.contains("close it"), "{}", run.stderr);
    for own in ["knex.raw(\"select 'abc\")", "knex.schema.raw(`\n  create index on t (a) where b = 'abc`)"] {
        let run = knex(&[("1_a.js", up(own).as_bytes())]).run(&["show"]);
        run.exits(1).says(&["R001", "to the end of what is sent", "close it"]);
        assert!(!run.stderr.contains("composes"), "{}", run.stderr);
    }
}
