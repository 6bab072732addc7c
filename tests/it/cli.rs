//! The commands as users and scripts run them: flags, exit codes, the shapes of the JSON, what is written and what not.

use crate::program::{Project, run_in};

const INIT: (&str, &str) = (
    "20260103120000_init",
    "-- CreateTable\nCREATE TABLE \"User\" (\n    \"id\" SERIAL NOT NULL,\n    \"email\" TEXT NOT NULL,\n\n    CONSTRAINT \"User_pkey\" PRIMARY KEY (\"id\")\n);\n\n-- CreateIndex\nCREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\");\n",
);
const AGE: (&str, &str) =
    ("20260203120000_age", "-- AlterTable\nALTER TABLE \"User\" ADD COLUMN \"age\" INTEGER, DROP COLUMN \"email\";\n");
const INIT_DOWN: &str = "prisma/migrations/20260103120000_init/down.sql";
const AGE_DOWN: &str = "prisma/migrations/20260203120000_age/down.sql";

fn project() -> Project {
    Project::new(&[INIT, AGE])
}

#[test]
fn show_has_a_line_for_each_migration() {
    let run = project().run(&["show"]);
    run.exits(0);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert!(lines[0].starts_with("20260103120000_init  down missing, exact"), "{}", run.stdout);
    assert!(lines[0].ends_with("create_table, create_index"), "{}", run.stdout);
    assert!(lines[1].starts_with("20260203120000_age"), "{}", run.stdout);
    assert!(run.stdout.contains("2 migrations, 4 steps (all understood)"), "{}", run.stdout);
}

#[test]
fn show_as_json_has_the_shape_that_scripts_rely_on() {
    let document = project().run(&["show", ".", "--format", "json"]).exits(0).json();
    assert_eq!(document["format"], 1);
    assert_eq!(document["tool"], "prisma");
    assert_eq!(document["dialect"], "postgres");
    assert_eq!(document["seeds"], serde_json::json!([]));
    assert_eq!(document["findings"], serde_json::json!([]));
    let first = &document["migrations"][0];
    assert_eq!(first["name"], INIT.0);
    let step = &first["up"]["steps"][0];
    assert_eq!(step["op"], "create_table");
    assert_eq!(step["table"]["name"]["name"], "User");
    assert_eq!(step["notes"], serde_json::json!(["CreateTable"]));
    let file = format!("prisma/migrations/{}/migration.sql", INIT.0);
    assert_eq!(step["at"], serde_json::json!({ "file": file, "line": 2, "column": 1 }));
    assert_eq!(first["down"]["kind"], "made");
    assert_eq!(first["down"]["grade"], "exact");
    assert_eq!(
        document["summary"],
        serde_json::json!({
            "migrations": 2,
            "steps": { "typed": 4, "sql": 0, "code": 0 },
            "downs": { "written": 0, "empty": 0, "missing": 2, "exact": 1, "schema_only": 1, "refused": 0 },
            "findings": { "error": 0, "warning": 0, "info": 0 },
        })
    );
}

#[test]
fn show_at_a_migration_prints_the_schema_there() {
    let project = project();
    let sql = project.run(&["show", "--at", "20260103120000_init", "--format", "sql"]);
    assert!(sql.exits(0).stdout.contains("CREATE TABLE \"User\"") && sql.stdout.contains("email"), "{}", sql.stdout);
    let last = project.run(&["show", "--format", "sql"]);
    assert!(last.exits(0).stdout.contains("age") && !last.stdout.contains("email"), "{}", last.stdout);
    let mermaid = project.run(&["show", "--at", "20260103", "--format", "mermaid"]);
    assert!(mermaid.exits(0).stdout.starts_with("erDiagram\n    \"User\" {\n"), "{}", mermaid.stdout);
    let json = project.run(&["show", "--at", "20260103", "--format", "json"]).exits(0).json();
    assert_eq!(json["at"], INIT.0);
    assert!(json["schema"].as_array().is_some_and(|ops| !ops.is_empty()), "{json}");
    project.run(&["show", "--at", "2026"]).exits(2).says(&["several migrations"]);
    project.run(&["show", "--at", "nothing"]).exits(2).says(&["there is no migration nothing"]);
    project.run(&["show", "--at", "2026_init"]).exits(2).says(&["is it 20260103120000_init?"]);
    project.run(&["show", "--at", "prisma/migrations/20260103120000_init/"]).exits(0);
}

#[test]
fn a_schema_that_is_not_certain_says_so() {
    let project = Project::new(&[INIT, ("20260104_do", "DO $$ BEGIN EXECUTE (SELECT s FROM todo); END $$;"), AGE]);
    let says = ["warning[S006]: the schema is not certain from here on", "20260104_do/migration.sql:1:1", "User"];
    let sql = project.run(&["show", "--at", "20260203", "--format", "sql"]);
    sql.exits(0).says(&says);
    let head = "-- This schema is not certain: it may be otherwise after\n--   20260104_do, line 1\n-- Not known for certain:\n";
    assert!(sql.stdout.starts_with(head), "{}", sql.stdout);
    let mermaid = project.run(&["show", "--format", "mermaid"]);
    assert!(mermaid.stdout.starts_with("erDiagram\n    %% This schema is not certain"), "{}", mermaid.stdout);
    let json = project.run(&["show", "--at", "20260203", "--format", "json"]).exits(0).json();
    assert_eq!(json["certain"], false);
    assert_eq!(json["uncertain_since"][0]["migration"], "20260104_do");
    assert_eq!(json["doubtful"][0]["since"], "20260104_do");
    let before = project.run(&["show", "--at", "20260103", "--format", "json"]).exits(0).json();
    assert_eq!(before["certain"], true);
    assert!(project.run(&["show"]).stdout.contains("(1 not understood)"));
    project.run(&["down"]).says(&["(since 20260104_do)"]);
}

#[test]
fn a_schema_that_may_have_been_there_says_why() {
    let said = |sql: &str| {
        let grant = "GRANT SELECT ON ALL TABLES IN SCHEMA r TO PUBLIC;";
        let project = Project::new(&[("1_a", &format!("CREATE TABLE t (id integer);\n{sql}\n{grant}"))]);
        let document = project.run(&["show", "--format", "json"]).json();
        let down = &document["migrations"][0]["down"];
        (down["grade"].as_str().unwrap_or_default().to_owned(), down["reasons"][0]["why"].to_string())
    };
    let view = "CREATE VIEW r.v AS SELECT id FROM t;";
    assert_eq!(said(&format!("CREATE SCHEMA r; {view}")).0, "exact");
    assert_eq!(said("CREATE SCHEMA IF NOT EXISTS r; CREATE TABLE r.u (id integer);").0, "exact");
    let (grade, why) = said(&format!("CREATE SCHEMA IF NOT EXISTS r; {view}"));
    assert!(grade == "refused" && why.contains("made only if it is missing"), "{grade} {why}");
    // It is not the one that bare names mean, as there is another.
    let (grade, why) = said(&format!("{view} CREATE VIEW s.v AS SELECT id FROM t;"));
    assert!(
        grade == "refused" && why.contains("the history does not make it, and makes no table in it"),
        "{grade} {why}"
    );
    let (grade, why) = said("");
    assert!(grade == "refused" && why.contains("the history does not build in it"), "{grade} {why}");
}

#[test]
fn a_function_that_is_assigned_twice_is_reached() {
    let project = Project::empty();
    project.put("package.json", "{ \"dependencies\": { \"knex\": \"^3.1.0\" } }\n");
    project.put("knexfile.js", "module.exports = { client: 'pg' };\n");
    let text = "exports.up = async (knex) => { await knex.schema.createTable('foo', (t) => t.increments()); };\nexports.down = async (knex) => {};\nconst create = exports.up;\nexports.up = async (knex) => {\n  await knex.raw('create table bar (id int)');\n  await create(knex);\n};\n";
    project.put("migrations/1_a.js", text);
    let run = project.run(&["show", "--level", "info"]);
    assert!(!run.stderr.contains("R031") && run.stdout.contains("create_table x2"), "{}{}", run.stderr, run.stdout);
}

#[test]
fn a_migration_may_be_named_by_its_stamp_or_its_file() {
    let project = Project::empty();
    project.put("package.json", "{ \"dependencies\": { \"typeorm\": \"^0.3.20\", \"pg\": \"^8.0.0\" } }\n");
    for (stamp, name) in [("1706000000000", "Init"), ("1706000000001", "Next")] {
        let text = format!(
            "import {{ MigrationInterface, QueryRunner }} from 'typeorm';\nexport class {name}{stamp} implements MigrationInterface {{\n  async up(queryRunner: QueryRunner) {{ await queryRunner.query('CREATE TABLE {name} (id integer)'); }}\n  async down(queryRunner: QueryRunner) {{}}\n}}\n"
        );
        project.put(&format!("src/migrations/{stamp}-{name}.ts"), text);
    }
    let at = |name: &str| project.run(&["show", "--from", "typeorm", "--dialect", "postgres", "--at", name]);
    for name in ["1706000000000", "1706000000000-Init.ts", "src/migrations/1706000000000-Init.ts", "Init"] {
        let shown = at(name);
        assert!(shown.exits(0).stdout.contains("CREATE TABLE \"init\""), "{name}: {}", shown.stdout);
        assert!(!shown.stdout.contains("next"), "{name}: {}", shown.stdout);
    }
    at("17060000").exits(2).says(&["several migrations"]);
}

#[test]
fn what_code_may_have_made_is_not_said_to_be_others() {
    let project = Project::empty();
    project.put("package.json", "{ \"dependencies\": { \"knex\": \"^3.1.0\" } }\n");
    project.put("knexfile.js", "module.exports = { client: 'pg' };\n");
    let up = |text: &str| format!("exports.up = async (knex) => {{ {text} }};\nexports.down = () => {{}};\n");
    project.put("migrations/1_a.js", up("if (process.env.A) await knex.schema.createTable('z', (t) => t.text('a'));"));
    project.put("migrations/2_b.js", up("await knex.schema.dropTable('z');"));
    let origin =
        "what table z was before is not known: a statement of 1_a.js whose effect is not known may have made it";
    project.run(&["down"]).says(&[origin]);
    assert!(project.run(&["show"]).stdout.contains("(1 of code whose effect is not known)"));
    // What is written is refused, and so is not judged as well.
    project.run(&["down", "--write"]).exits(0);
    let check = project.run(&["down", "--check"]);
    check.exits(1).says(&["D001", "2 migrations checked, 2 without"]);
    assert!(!check.stderr.contains("D002") && !check.stderr.contains("D003"), "{}", check.stderr);
}

#[test]
fn down_prints_what_it_would_write_and_writes_nothing() {
    let project = project();
    let before = project.contents();
    let run = project.run(&["down"]);
    run.exits(0).says(&["2 files to write"]);
    assert!(run.stdout.contains(&format!("==> {INIT_DOWN} <==\n-- Undoes {}", INIT.0)), "{}", run.stdout);
    assert!(run.stdout.contains("DROP TABLE \"User\";"), "{}", run.stdout);
    assert_eq!(project.contents(), before);
}

#[test]
fn down_as_json_gives_each_down_with_its_text() {
    let document = project().run(&["down", "--format", "json"]).exits(0).json();
    assert_eq!(document["format"], 1);
    let second = &document["migrations"][1]["down"];
    assert_eq!(second["kind"], "made");
    assert_eq!(second["grade"], "schema_only");
    assert_eq!(second["path"], AGE_DOWN);
    for list in ["lost", "discards", "notes", "reasons"] {
        assert!(second[list].is_array(), "{second}");
    }
    assert!(second["sql"].as_str().is_some_and(|sql| sql.contains("ADD COLUMN \"email\"")), "{second}");
    assert_eq!(document["summary"]["made"], 2);
}

#[test]
fn writing_twice_changes_nothing_and_the_ups_stay_as_they_are() {
    let project = project();
    project.run(&["down", "--check"]).exits(1).says(&["D004", "migration 20260103120000_init has no down"]);
    project.run(&["down", "--write"]).exits(0).says(&["2 files written"]);
    assert_eq!(project.read(&format!("prisma/migrations/{}/migration.sql", INIT.0)), INIT.1);
    let once = project.contents();
    project.run(&["down", "--write"]).exits(0).says(&["0 files written"]);
    assert_eq!(project.contents(), once);
    project.run(&["down", "--check"]).exits(0);
    let names: Vec<_> = once.iter().filter(|(path, _)| path.is_file()).map(|(path, _)| path.file_name()).collect();
    assert_eq!(names.len(), 5, "{names:?}");
}

#[test]
fn only_and_since_choose_migrations() {
    let project = project();
    let names = |arguments: &[&str]| {
        let document = project.run(arguments).exits(0).json();
        let migrations = document["migrations"].as_array().cloned().unwrap_or_default();
        migrations.iter().map(|one| one["name"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&["down", "--format", "json", "--only", AGE.0]), [AGE.0]);
    assert_eq!(names(&["down", ".", "--format", "json", "--only", AGE.0, "--only", INIT.0]), [INIT.0, AGE.0]);
    assert_eq!(names(&["down", "--format", "json", "--since", AGE.0]), [AGE.0]);
    project.run(&["down", "--write", "--only", AGE.0]).exits(0).says(&["1 file written"]);
    assert!(project.path(AGE_DOWN).exists() && !project.path(INIT_DOWN).exists());
}

#[test]
fn a_down_that_somebody_wrote_is_judged_and_never_touched() {
    let project = project();
    let written = "-- mine\nALTER TABLE \"User\" DROP COLUMN \"age\";\n";
    project.put(AGE_DOWN, written);
    let run = project.run(&["down", "--write"]);
    run.says(&["D002", "1 written by hand"]);
    assert_eq!(project.read(AGE_DOWN), written);
    project.run(&["down", "--check", "--only", AGE.0]).exits(1);
    project.put(AGE_DOWN, "ALTER TABLE \"User\" DROP COLUMN \"age\", ADD COLUMN \"email\" TEXT NOT NULL;\nCREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\");\n");
    project.run(&["down", "--check", "--only", AGE.0]).exits(0);
}

#[test]
fn a_down_without_statements_is_filled_and_its_notes_stay() {
    let project = project();
    project.put(INIT_DOWN, "-- remember the backups\n");
    project.run(&["down", "--check", "--only", INIT.0]).exits(1).says(&["D005"]);
    let shown = project.run(&["down", "--only", INIT.0]);
    assert!(shown.exits(0).stdout.starts_with(&format!("--- {INIT_DOWN}\n+++ {INIT_DOWN}\n")), "{}", shown.stdout);
    project.run(&["down", "--write", "--only", INIT.0]).exits(0);
    assert!(
        project.read(INIT_DOWN).starts_with("-- remember the backups\n\n-- Undoes "),
        "{}",
        project.read(INIT_DOWN)
    );
    let once = project.contents();
    project.run(&["down", "--write", "--only", INIT.0]).exits(0);
    assert_eq!(project.contents(), once);
}

#[test]
fn a_down_that_we_made_is_renewed_until_somebody_changes_it() {
    let project = Project::new(&[("1_a", "CREATE TABLE a (id integer);"), ("2_b", "ALTER TABLE a DROP COLUMN id;")]);
    project.run(&["down", "--write"]).exits(0);
    let path = "prisma/migrations/1_a/down.sql";
    project.put("prisma/migrations/1_a/migration.sql", "CREATE TABLE a (id integer); CREATE TABLE b (id integer);");
    project.run(&["down", "--write"]).exits(0).says(&["1 file written"]);
    assert!(project.read(path).contains("DROP TABLE \"b\""), "{}", project.read(path));
    let changed = project.read(path) + "-- and this\n";
    project.put(path, &changed);
    project.put("prisma/migrations/1_a/migration.sql", "CREATE TABLE a (id integer);");
    project.run(&["down", "--write"]);
    assert_eq!(project.read(path), changed);
}

#[test]
fn writing_is_all_or_nothing() {
    let project = project();
    std::fs::create_dir_all(project.path(AGE_DOWN).join("folder")).expect("a folder");
    let before = project.contents();
    project.run(&["down", "--write"]).exits(2).says(&["nothing was written"]);
    assert_eq!(project.contents(), before);
}

#[test]
fn several_histories_are_listed_with_the_arguments_that_choose_each() {
    let project = Project::empty();
    for package in ["packages/a", "packages/b c"] {
        project.put(&format!("{package}/prisma/migrations/migration_lock.toml"), "provider = \"postgresql\"\n");
        project.put(&format!("{package}/prisma/migrations/1_a/migration.sql"), "CREATE TABLE a (id integer);");
    }
    let run = project.run(&["down", "--write"]);
    run.exits(2).says(&["R020", "down packages/a/prisma/migrations", "down 'packages/b c/prisma/migrations'"]);
    let document = project.run(&["show", "--format", "json"]).exits(2).json();
    assert_eq!(document["choices"][0], "show packages/a/prisma/migrations");
    project.run(&["show", "packages/a"]).exits(0);
}

#[test]
fn the_projects_own_history_goes_before_those_further_down() {
    let project = project();
    project.put("examples/x/prisma/migrations/1_a/migration.sql", "CREATE TABLE a (id integer);");
    let run = project.run(&["show", "--level", "info"]);
    run.exits(1).says(&["R021", "examples/x/prisma/migrations (Prisma)"]);
    assert!(run.stdout.contains("2 migrations"), "{}", run.stdout);
}

#[test]
fn settings_say_where_the_history_is() {
    let project = Project::empty();
    project.put("db/schema/main.prisma", "datasource db {\n  provider = \"postgresql\"\n}\n");
    project.put("elsewhere/migs/1_a/migration.sql", "CREATE TABLE a (id integer);");
    project.put("old/migrations/1_a/migration.sql", "CREATE TABLE b (id integer);");
    project.put(
        "prisma.config.ts",
        "import path from 'node:path'\nexport default defineConfig({ schema: path.join('db', 'schema'), migrations: { path: 'elsewhere/migs' } })\n",
    );
    let document = project.run(&["show", "--format", "json"]).exits(0).json();
    assert_eq!(document["migrations"][0]["file"], "elsewhere/migs/1_a/migration.sql");
}

#[test]
fn what_is_not_supported_is_named_and_refused() {
    let project = Project::empty();
    let lock = "prisma/migrations/migration_lock.toml";
    project.put("prisma/migrations/1_a/migration.sql", "CREATE TABLE a (id integer);");
    project.run(&["show"]).exits(2).says(&["R016", "--dialect postgres"]);
    project.run(&["show", "--dialect", "postgres"]).exits(0);
    project.run(&["show", "--dialect", "mysql"]).exits(0);
    project.run(&["show", "--dialect", "mariadb"]).exits(0);
    project.put(lock, "provider = \"sqlserver\"\n");
    project.run(&["show"]).exits(2).says(&["R016", "sqlserver"]);
    project.put(lock, "# comment\nprovider = \"postgresql\"\n");
    project.put("prisma/schema.prisma", "datasource db {\n  provider = \"mysql\"\n}\n");
    project.run(&["show"]).exits(2).says(&["R017", "prisma/migrations/migration_lock.toml:1:1"]);
    project.run(&["show", "prisma/migrations"]).exits(2).says(&["R017"]);
    project.run(&["show", "--from", "knex"]).exits(2).says(&["R013", "no history of Knex"]);

    let knex = Project::empty();
    knex.put("knexfile.js", "module.exports = { client: 'mssql' }");
    knex.put("migrations/1_a.js", "exports.up = (knex) => knex.raw('select 1');");
    knex.run(&["show"]).exits(2).says(&["R016", "mssql"]);

    let eight = Project::empty();
    eight.put("migrations/app/20260103T1200_init/migration.json", "{}");
    eight.put("migrations/app/20260103T1200_init/ops.json", "[]");
    eight.run(&["show"]).exits(2).says(&["R015", "Prisma 8"]);
}

#[test]
fn folders_and_files_that_are_no_migrations_are_told() {
    let project = project();
    std::fs::create_dir_all(project.path("prisma/migrations/20260301000000_nothing")).expect("a folder");
    project.put("prisma/migrations/stray.sql", "SELECT 1;");
    let document = project.run(&["show", "--format", "json"]).json();
    let codes: Vec<_> = document["findings"].as_array().into_iter().flatten().map(|one| one["code"].clone()).collect();
    assert_eq!(codes, ["R018", "R024"]);
    assert_eq!(document["summary"]["migrations"], 2);
}

#[test]
fn migrations_are_in_byte_order() {
    let project = Project::new(&[("2_b", ""), ("10_a", ""), ("B", ""), ("a", "")]);
    let document = project.run(&["show", "--format", "json"]).json();
    let names: Vec<_> =
        document["migrations"].as_array().into_iter().flatten().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["10_a", "2_b", "B", "a"]);
}

#[test]
fn levels_decide_the_exit_code() {
    let project = Project::new(&[("1_a", "")]);
    project.run(&["show"]).exits(0);
    project.run(&["show", "--level", "info"]).exits(1).says(&["R018"]);
}

#[test]
fn colours_are_as_asked_for() {
    let project = Project::new(&[("1_a", "")]);
    let coloured = |arguments: &[&str]| project.run(arguments).stderr.contains('\u{1b}');
    assert!(coloured(&["show", "--level", "info", "--color", "always"]));
    assert!(!coloured(&["show", "--level", "info", "--color", "never"]));
    assert!(!coloured(&["show", "--level", "info"]));
}

#[test]
fn explain_knows_every_code() {
    let folder = std::env::temp_dir();
    let all = run_in(&folder, &["explain"]);
    all.exits(0);
    for line in all.stdout.lines() {
        let run = run_in(&folder, &["explain", &line[..4]]);
        assert!(run.exits(0).stdout.contains("bad:") && run.stdout.contains("good:"), "{}", run.stdout);
    }
    assert_eq!(run_in(&folder, &["explain", "r001", "--format", "json"]).exits(0).json()["code"], "R001");
    run_in(&folder, &["explain", "X999"]).exits(2);
}

#[test]
fn completions_and_help_are_printed() {
    let folder = std::env::temp_dir();
    assert!(run_in(&folder, &["completions", "bash"]).exits(0).stdout.contains("_transmigrate"));
    let help = run_in(&folder, &["--help"]);
    assert!(help.exits(0).stdout.contains("Exit codes"), "{}", help.stdout);
    for absent in ["rollback", "handover", "audit"] {
        assert!(!help.stdout.contains(absent), "{absent} does not exist yet");
    }
    run_in(&folder, &["no-such-command"]).exits(2);
    run_in(&folder, &["down", "--write", "--check"]).exits(2);
    run_in(&folder, &["down", "--format", "mermaid"]).exits(2);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::{Command, Stdio};
    let project = project();
    let mut child = Command::new(env!("CARGO_BIN_EXE_transmigrate"))
        .args(["show", "--format", "json"])
        .current_dir(project.root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
