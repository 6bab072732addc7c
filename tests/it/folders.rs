//! The targets that are folders: what each writes for one small history, to be read
//! (`snapshots/convert/<target>/small.snap`), what hostile texts cannot do to them, and folders of a user's own.
//!
//! `INSTA_UPDATE=always cargo test --test it folders` writes the snapshots anew.

use super::program::Project;
use std::path::Path;

/// The targets that are folders.
const TARGETS: [&str; 8] = ["dbmate", "drizzle", "flyway", "golang-migrate", "goose", "node-pg-migrate", "sql", "sqlx"];

/// A history with something for every rule: bodies with semicolons, statements that want no transaction, a value of an enum,
/// a down that loses rows, one that is refused.
fn small() -> Project {
    Project::new(&[
        (
            "20240110090000_init",
            "-- CreateTable\nCREATE TABLE \"User\" (\n    \"id\" SERIAL NOT NULL,\n    \"email\" TEXT NOT NULL,\n\n    CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\")\n);\n\nCREATE TYPE \"Role\" AS ENUM ('READER', 'AUTHOR');\n",
        ),
        (
            "20240111090000_touch",
            "-- Every change is dated.\nALTER TABLE \"User\" ADD COLUMN \"seen\" TIMESTAMP(3);\nCREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$\nBEGIN\n  NEW.seen := now(); -- the server's clock\n  RETURN NEW;\nEND\n$$;\n",
        ),
        (
            "20240112090000_fast",
            "ALTER TABLE \"User\" ADD COLUMN \"name\" TEXT;\nCREATE INDEX CONCURRENTLY \"User_email_idx\" ON \"User\" (\"email\");\nCREATE INDEX CONCURRENTLY \"User_name_idx\" ON \"User\" (\"name\");\n",
        ),
        ("20240113090000_editor", "ALTER TYPE \"Role\" ADD VALUE 'EDITOR';\n"),
        ("20240114090000_default", "ALTER TABLE \"User\" ADD COLUMN \"role\" \"Role\" NOT NULL DEFAULT 'EDITOR';\n"),
        ("20240115090000_forget", "ALTER TABLE \"User\" DROP COLUMN \"seen\";\n"),
        (
            "20240116090000_open",
            "DO $$ BEGIN EXECUTE 'CREATE TABLE t' || (SELECT count(*) FROM \"User\") || ' ()'; END $$;\n",
        ),
    ])
}

/// Every file below a folder, by path.
fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let entries = entries.filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).expect("it is below the folder").to_string_lossy().into_owned();
        (path, std::fs::read_to_string(entry.path()).expect("a file that was written is text"))
    };
    entries.map(read).collect()
}

#[test]
fn what_is_written_for_each() {
    let project = small();
    for target in TARGETS {
        let out = project.path(&format!("out-{target}"));
        let run = project.run(&["convert", ".", "--to", target, "--out", &out.to_string_lossy()]);
        assert!(run.code < 2, "{target}: {}", run.stderr);
        let shown = files(&out).into_iter().map(|(path, text)| format!("==> {path}\n{text}")).collect::<Vec<_>>();
        let mut settings = insta::Settings::clone_current();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/convert").join(target);
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("small", shown.join("\n")));
    }
}

/// What each tool takes for its own, on a line of its own.
const MARKERS: [(&str, &str); 5] = [
    ("dbmate", "-- migrate:down"),
    ("drizzle", "--> statement-breakpoint"),
    ("goose", "-- +goose Down"),
    ("node-pg-migrate", "-- Down Migration"),
    ("sqlx", "-- no-transaction"),
];

#[test]
fn no_text_of_a_history_is_taken_for_a_marker() {
    for (target, marker) in MARKERS {
        let words = marker.trim_start_matches("-- ");
        let sql = format!(
            "-- {words}\nCREATE TABLE a (b text DEFAULT '\n{marker}\nDROP TABLE a;\n');\n{marker}\nCREATE TABLE c ();\n"
        );
        let project = Project::new(&[("20240110090000_init", &sql)]);
        let run = project.run(&["convert", ".", "--to", target, "--out", "out"]);
        let written: Vec<String> = files(&project.path("out")).into_iter().map(|(_, text)| text).collect();
        let text = written
            .iter()
            .find(|text| text.contains("CREATE TABLE") && text.contains("\"c\""))
            .expect("the migration is written");
        // sqlx looks at the first line only, where no statement of ours can have it.
        let (refused, left) = if target == "sqlx" { (false, 1) } else { (true, 0) };
        assert_eq!(run.stderr.contains("C005"), refused, "{target}: {}", run.stderr);
        assert_eq!(text.contains("ported by hand"), refused, "{target}: {text}");
        let own = if ["goose", "dbmate", "node-pg-migrate"].contains(&target) { 1 } else { 0 };
        let found = text.lines().filter(|line| line.trim() == marker).count();
        // Those between statements are drizzle's own.
        assert!(found == own + left || target == "drizzle", "{target}: {text}");
        if target == "drizzle" {
            let pieces: Vec<&str> = text.split(marker).collect();
            assert!(pieces.iter().all(|piece| piece.matches('\'').count() % 2 == 0), "{text}");
        }
        assert!(!text.starts_with(marker) || target != "sqlx", "{text}");
    }
}

#[test]
fn a_folder_of_ones_own_is_a_target() {
    let project = small();
    let exported = project.run(&["templates", "--export", "all"]);
    assert_eq!(exported.code, 0, "{}", exported.stderr);
    assert!(project.read("all/README.md").contains("own_transaction"));
    let run = project.run(&["convert", ".", "--to", "./all/goose", "--out", "own"]);
    assert!(run.code < 2, "{}", run.stderr);
    let ours = project.run(&["convert", ".", "--to", "goose", "--out", "ours"]);
    assert!(ours.code < 2, "{}", ours.stderr);
    assert_eq!(files(&project.path("own")), files(&project.path("ours")));
}

#[test]
fn one_template_of_ours_can_be_replaced() {
    let project = small();
    project.put("mine/goose/README.md.tera", "{{ count }} of them\n");
    let run = project.run(&["convert", ".", "--to", "goose", "--templates", "mine", "--out", "out"]);
    assert!(run.code < 2, "{}", run.stderr);
    assert_eq!(project.read("out/README.md"), "7 of them\n");
    assert!(project.read("out/migrations/20240110090000_init.sql").starts_with("-- +goose Up"));
}

#[test]
fn what_is_wrong_with_a_folder_is_said() {
    let project = small();
    let told = |target: &str, words: &[&str]| {
        let run = project.run(&["convert", ".", "--to", target, "--out", "out"]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        for word in words {
            assert!(run.stderr.contains(word), "{word}: {}", run.stderr);
        }
        assert!(!project.path("out").exists());
    };
    told("./nowhere", &["there is no target ./nowhere", "goose"]);
    project.put("empty/a.tera", "");
    told("./empty", &["./empty is a folder without a target.toml", "templates --export"]);
    let settings = "format = 1\nname = \"mine\"\nabout = \"mine\"\norder = \"counter\"\n[migration]\nname = \"{{ stamp }}\"\n[[migration.files]]\npath = \"one.sql\"\ntemplate = \"a.tera\"\n[transaction]\nopens = true\ncan_be_left_out = true\nsends_one_query = false\n";
    project.put("mine/target.toml", settings);
    told("./mine", &["./mine: target.toml: migration.files[0].template = \"a.tera\"", "no .tera file"]);
    project.put("mine/a.tera", "{{ up.nothing }}");
    told("./mine", &["a.tera", "nothing"]);
    project.put("mine/a.tera", "{{ up.statements | length }}");
    told("./mine", &["one.sql would be written for two migrations"]);
    project.put("mine/target.toml", settings.replace("one.sql", "{{ stamp }}{{ oops }}.sql"));
    told("./mine", &["target.toml: migration.files[0].path", "oops"]);
    project.put("mine/target.toml", settings.replace("one.sql", "../{{ stamp }}.sql"));
    told("./mine", &["nothing was written", "0001.sql"]);
}
