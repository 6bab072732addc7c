//! `convert` as users run it: what is laid down where, what is refused, and that nothing of a hostile history gets out of
//! its place.

use crate::program::{Project, run_in};
use std::collections::BTreeMap;
use std::path::Path;
use transmigrate::js;

/// Two migrations that say a little of everything.
fn shop() -> Project {
    Project::new(&[
        (
            "20240101120000_init",
            "CREATE TABLE \"users\" (\"id\" SERIAL NOT NULL, \"email\" VARCHAR(255) NOT NULL, CONSTRAINT \"users_pkey\" \
             PRIMARY KEY (\"id\"));\nCREATE UNIQUE INDEX \"users_email_key\" ON \"users\"(\"email\");",
        ),
        ("20240102120000_name", "ALTER TABLE \"users\" ADD COLUMN \"name\" TEXT;"),
    ])
}

/// The files below a folder, each with its text.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let file = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned();
        (path, std::fs::read_to_string(entry.path()).expect("text"))
    };
    entries.map(file).collect()
}

#[test]
fn each_target_lays_down_what_it_should() {
    let wanted: [(&str, &[&str]); 5] = [
        (
            "prisma",
            &[
                "prisma/migrations/20240101120000_init/migration.sql",
                "prisma/migrations/20240101120000_init/down.sql",
                "prisma/migrations/migration_lock.toml",
                "prisma.config.ts",
            ],
        ),
        ("knex", &["knexfile.js", "migrations/20240101120000_init.js", "seeds/.gitkeep"]),
        ("sequelize", &[".sequelizerc", "config/config.json", "migrations/20240101120000-init.js", "seeders/.gitkeep"]),
        ("typeorm", &["src/data-source.ts", "src/migrations/1704110400000-Init.ts", "src/seeds/.gitkeep"]),
        ("sql", &["20240101120000_init.up.sql", "20240101120000_init.down.sql"]),
    ];
    let project = shop();
    for (target, paths) in wanted {
        let out = format!("out-{target}");
        let run = project.run(&["convert", "prisma", "--to", target, "--out", &out]);
        assert_eq!(run.code, 0, "{target}: {}", run.stderr);
        assert!(run.stdout.contains("20240101120000_init -> "), "{}", run.stdout);
        let laid = files(&project.path(&out));
        for path in paths.iter().chain(&["README.md"]) {
            assert!(laid.contains_key(*path), "{target} lays down {path}: {:?}", laid.keys());
        }
    }
}

#[test]
fn nothing_is_written_over_unasked() {
    let project = shop();
    project.put("out/mine.txt", "mine");
    let run = project.run(&["convert", "prisma", "--to", "knex", "--out", "out"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("is not empty"), "{}", run.stderr);
    assert_eq!(files(&project.path("out")).len(), 1);
    let run = project.run(&["convert", "prisma", "--to", "knex", "--out", "out", "--force"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(project.read("out/mine.txt"), "mine");
    assert!(project.path("out/knexfile.js").is_file());
}

#[test]
fn the_same_history_gives_the_same_bytes() {
    let project = shop();
    for out in ["one", "two"] {
        let run = project.run(&["convert", "prisma", "--to", "typeorm", "--out", out, "--style", "builder"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    assert_eq!(files(&project.path("one")), files(&project.path("two")));
}

/// TypeORM makes the extension when it connects, where entities have generated UUIDs.
#[test]
fn what_typeorm_makes_when_it_connects_is_said() {
    let project = Project::empty();
    let migration = |stamp: u64, body: &str| {
        let text = format!(
            "export class M{stamp} {{ async up(queryRunner) {{ {body} }} async down(queryRunner) {{ await \
             queryRunner.query('DROP TABLE \"t{stamp}\"'); }} }}"
        );
        project.put(&format!("src/migrations/{stamp}-M.js"), &text);
    };
    let table = |stamp: u64| {
        format!(
            "await queryRunner.query('CREATE TABLE \"t{stamp}\" (\"id\" uuid NOT NULL DEFAULT uuid_generate_v4())');"
        )
    };
    migration(1_704_110_400_000, &table(1_704_110_400_000).replace(" DEFAULT uuid_generate_v4()", ""));
    migration(1_704_110_500_000, &table(1_704_110_500_000));
    migration(1_704_110_600_000, &table(1_704_110_600_000));
    let given = ["--from", "typeorm", "--dialect", "postgres", "--to", "sql", "--out"];
    let convert = |out: &'static str| project.run(&[&["convert", "."], given.as_slice(), &[out]].concat());
    let run = convert("out");
    assert!(run.code < 2, "{}", run.stderr);
    let laid = files(&project.path("out"));
    let with: Vec<&String> = laid.iter().filter(|(_, text)| text.contains("uuid-ossp")).map(|(path, _)| path).collect();
    assert_eq!(with, ["20240101120140_m.up.sql"], "{laid:#?}");
    assert!(laid[with[0]].contains("CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\";"), "{}", laid[with[0]]);
    migration(1_704_110_300_000, "await queryRunner.query('CREATE EXTENSION \"uuid-ossp\"');");
    let run = convert("own");
    assert!(run.code < 2, "{}", run.stderr);
    assert!(files(&project.path("own")).values().all(|text| !text.contains("IF NOT EXISTS \"uuid-ossp\"")));
}

/// A schema is the user's, and may be called anything.
#[test]
fn the_name_of_a_schema_stays_in_its_place() {
    let name = "x'], evil: process.exit(1), y: ['";
    let project = Project::new(&[("20240101120000_a", &format!("CREATE TABLE \"{name}\".\"t\" (\"id\" INTEGER);"))]);
    for (target, file) in
        [("knex", "knexfile.js"), ("typeorm", "src/data-source.ts"), ("sequelize", "config/config.json")]
    {
        let run = project.run(&["convert", "prisma", "--to", target, "--out", target]);
        assert!(run.code < 2, "{}", run.stderr);
        let text = project.read(&format!("{target}/{file}"));
        assert!(text.contains("evil"), "{text}");
        match target {
            "sequelize" => assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}"),
            _ => assert!(!text.contains("['x']"), "{text}"),
        }
    }
    assert!(project.read("sequelize/config/config.json").contains(r#"-c search_path=\"x'],\\ evil:"#));
}

/// What cannot be said at the end is said at the start.
#[test]
fn a_report_that_cannot_be_written_leaves_nothing_behind() {
    let project = shop();
    for report in
        ["nowhere/report.json", "prisma", "out", "out/README.md", "out/migrations", "out/README.md/x", "out/a/b"]
    {
        let run = project.run(&["convert", "prisma", "--to", "knex", "--out", "out", "--report", report]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("nothing was written"), "{}", run.stderr);
        assert!(!project.path("out").exists(), "{report}");
    }
    let run = project.run(&["convert", "prisma", "--to", "knex", "--out", "out", "--report", "out/report.json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(project.path("out/report.json").is_file());
}

#[test]
fn code_stops_what_is_written_or_nothing_is() {
    let project = Project::empty();
    project.put("knexfile.js", "module.exports = { client: 'pg' };");
    project.put(
        "migrations/20240101120000_code.js",
        "exports.up = async (knex) => {\n  await knex.schema.createTable('a', (t) => t.increments());\n  for (const row of \
         await knex('b')) await knex.schema.dropTable(row.name);\n};\nexports.down = (knex) => knex.schema.dropTable('a');",
    );
    let run = project.run(&["convert", ".", "--to", "sql", "--out", "out", "--report", "report.json"]);
    assert!(run.stderr.contains("C001"), "{}", run.stderr);
    let up = project.read("out/20240101120000_code.up.sql");
    assert!(up.starts_with("DO $refuse$ BEGIN RAISE EXCEPTION '20240101120000_code has to be ported by hand"), "{up}");
    assert!(up.contains("migrations/20240101120000_code.js:3"), "{up}");
    assert!(up.contains("--   for (const row of await knex('b'))"), "{up}");
    let report: serde_json::Value = serde_json::from_str(&project.read("report.json")).expect("JSON");
    assert_eq!(report["migrations"][0]["old"], "20240101120000_code.js");
    assert_eq!(report["migrations"][0]["new"][0], "20240101120000_code");
    assert_eq!(report["migrations"][0]["up"]["refused"], 1);

    let run = project.run(&["convert", ".", "--to", "sql", "--out", "none", "--on-loss", "fail"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("nothing was written"), "{}", run.stderr);
    assert!(!project.path("none").exists());
}

#[test]
fn what_cannot_be_read_is_not_converted() {
    let project = shop();
    project.put("prisma/migrations/20240103120000_open/migration.sql", "SELECT 'no end");
    let run = project.run(&["convert", "prisma", "--to", "knex", "--out", "out"]);
    assert_eq!(run.code, 2);
    assert!(!project.path("out").exists());
}

#[test]
fn templates_can_be_changed_file_by_file() {
    let project = shop();
    let run = project.run(&["templates", "--export", "own"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(project.path("own/knex/migration.js.tera").is_file());
    let own = Project::empty();
    own.put(
        "knex/migration.js.tera",
        "// {{ name }} of {{ source.name }}\nexports.up = async (knex) => {\n{{ up.body }}};\n",
    );
    let folder = own.root().to_string_lossy().into_owned();
    let run = project.run(&["convert", "prisma", "--to", "knex", "--out", "out", "--templates", &folder]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = project.read("out/migrations/20240102120000_name.js");
    assert!(text.starts_with("// 20240102120000_name.js of 20240102120000_name\n"), "{text}");
    own.put("knex/migration.js.tera", "{{ what }}");
    let run = project.run(&["convert", "prisma", "--to", "knex", "--out", "broken", "--templates", &folder]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("what"), "{}", run.stderr);
    assert!(!project.path("broken").exists());
}

#[test]
fn what_a_target_cannot_be_is_said() {
    let project = shop();
    let run = project.run(&["convert", "prisma", "--to", "sequelize", "--out", "out", "--typescript"]);
    assert!(run.code == 2 && run.stderr.contains("TypeScript"), "{}", run.stderr);
    let run = project.run(&["convert", "prisma", "--to", "rails", "--out", "out"]);
    assert!(run.code == 2 && run.stderr.contains("there is no target rails"), "{}", run.stderr);
    assert!(!project.path("out").exists());
}

/// Text that ends strings, templates, comments, dollar quotes and lines of other languages.
const HOSTILE: &str = "`${process.exit(1)}` '; DROP TABLE \"x\"; -- */ $$ \\ ?";

#[test]
fn nothing_of_a_hostile_history_gets_out_of_its_place() {
    let quoted = HOSTILE.replace('\'', "''");
    let ident = HOSTILE.replace('"', "\"\"");
    let sql = format!(
        "-- {HOSTILE}\nCREATE TABLE \"{ident}\" (\"id\" SERIAL NOT NULL, \"{ident}\" TEXT NOT NULL DEFAULT '{quoted}', \
         CONSTRAINT \"c {ident}\" PRIMARY KEY (\"id\"));\n/* {} */\nCOMMENT ON TABLE \"{ident}\" IS '{quoted}';\n\
         INSERT INTO \"{ident}\" (\"{ident}\") VALUES ('{quoted}');\nCREATE INDEX \"i {ident}\" ON \"{ident}\"(\"{ident}\");",
        HOSTILE.replace("*/", "")
    );
    let names = ["20240101120000_..", "20240102120000_a b`${x}'\"", "20240103120000_\u{202e}ünï\ncode"];
    let mut migrations: Vec<(&str, &str)> = vec![(names[0], sql.as_str())];
    migrations.extend(names[1..].iter().map(|name| (*name, "SELECT 1;")));
    let project = Project::new(&migrations);
    for target in ["prisma", "knex", "sequelize", "typeorm", "sql"] {
        for style in ["builder", "sql"] {
            let out = format!("out/{target}-{style}");
            let run = project.run(&["convert", "prisma", "--to", target, "--out", &out, "--style", style]);
            assert_eq!(run.code, 0, "{target}: {}", run.stderr);
            let laid = files(&project.path(&out));
            assert!(laid.len() > 4, "{laid:?}");
            for (path, text) in laid {
                assert!(path.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c)), "{path}");
                parses(&path, &text);
            }
        }
    }
    assert_eq!(std::fs::read_dir(project.root()).expect("a folder").count(), 2, "only prisma and out");
}

/// Whatever is a script is one for oxc too.
fn parses(path: &str, text: &str) {
    if [".js", ".ts", ".cjs", ".mjs"].iter().any(|end| path.ends_with(end))
        && let Err(formless) = js::outline(path, text)
    {
        panic!("{path}: {}\n{text}", formless.why);
    }
}

#[test]
fn what_is_written_of_every_case_parses() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let cases = walkdir::WalkDir::new(corpus).min_depth(2).max_depth(2).sort_by_file_name().into_iter().flatten();
    let folders: Vec<_> = cases.map(walkdir::DirEntry::into_path).filter(|path| path.is_dir()).collect();
    let place = tempfile::tempdir().expect("a temporary folder");
    let mut count = 0;
    for (number, folder) in folders.iter().enumerate() {
        // Each case for one target, so that every target comes to many.
        let (target, style) = [("knex", "builder"), ("sequelize", "builder"), ("typeorm", "builder")][number % 3];
        let out = place.path().join(number.to_string());
        let shown = out.to_string_lossy().into_owned();
        let run = run_in(
            folder,
            &["convert", ".", "--to", target, "--out", &shown, "--style", style, "--dialect", "postgres"],
        );
        assert!(run.code < 2 || run.stderr.contains("could not be read whole"), "{}: {}", folder.display(), run.stderr);
        for (path, text) in files(&out) {
            parses(&path, &text);
            count += 1;
        }
    }
    assert!(count > 500, "{count} files");
}

#[test]
fn no_script_is_laid_beside_another_that_would_be_loaded_as_well() {
    let project = shop();
    let convert =
        |language: &str| project.run(&["convert", "prisma", "--to", "knex", language, "--out", "out", "--force"]);
    assert_eq!(convert("--javascript").code, 0);
    let before = files(&project.path("out"));
    let run = convert("--typescript");
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("knexfile.js would be loaded beside"), "{}", run.stderr);
    assert_eq!(files(&project.path("out")), before);
    assert_eq!(convert("--javascript").code, 0);
}

#[test]
fn what_a_target_has_not_is_said() {
    let project = shop();
    let run = project.run(&["convert", "prisma", "--to", "sql", "--typescript", "--out", "out"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("sql has no style or language to choose: --typescript changes nothing"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_schema_that_is_meant_anyhow_makes_no_difference() {
    let text = r#"CREATE TYPE P"mood" AS ENUM ('a', 'b');
CREATE TABLE P"users" ("id" SERIAL NOT NULL, "m" TEXT, CONSTRAINT "users_pkey" PRIMARY KEY ("id"));
CREATE TABLE P"posts" ("id" SERIAL NOT NULL, "by" INTEGER NOT NULL, CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "posts_by_fkey" FOREIGN KEY ("by") REFERENCES P"users"("id") ON DELETE CASCADE);
ALTER TABLE P"users" ALTER COLUMN "m" TYPE P"mood" USING ("m"::text::"mood");
ALTER TABLE P"users" ALTER COLUMN "m" SET NOT NULL;
CREATE INDEX "users_m_idx" ON P"users"("m");
DROP INDEX P"users_m_idx";"#;
    for target in ["knex", "sequelize", "typeorm"] {
        let laid = ["", "\"public\"."].map(|schema| {
            let project = Project::new(&[("20240101120000_init", &text.replace("P\"", &format!("{schema}\"")))]);
            let run = project.run(&["convert", "prisma", "--to", target, "--style", "builder", "--out", "out"]);
            assert_eq!(run.code, 0, "{}", run.stderr);
            let laid = files(&project.path("out"));
            laid.into_iter().find(|(path, _)| path.to_lowercase().contains("init")).expect("a migration").1
        });
        let up = |text: &str| text.split("down").next().map(str::to_owned);
        assert_eq!(up(&laid[0]), up(&laid[1]), "{target}");
    }
}

/// A project of Knex's with these migrations.
fn knex(migrations: &[(&str, &str)]) -> Project {
    let project = Project::empty();
    project.put("package.json", r#"{ "dependencies": { "knex": "^3.0.0", "pg": "^8.0.0" } }"#);
    for (name, text) in migrations {
        project.put(&format!("migrations/{name}"), text);
    }
    project
}

#[test]
fn what_does_not_parse_is_told_once() {
    let project =
        knex(&[("20240101000000_a.js", "exports.up = (knex) => { ;\nexports.down = (knex) => knex.raw('x');\n")]);
    let run = project.run(&["convert", "--to", "sql", "--out", "out"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let codes = run.stderr.lines().filter(|line| line.starts_with("error[") || line.starts_with("warning["));
    assert_eq!(codes.count(), 1, "{}", run.stderr);
}

#[test]
fn what_a_script_calls_config_is_not_taken_for_the_settings_of_the_migration() {
    let project = Project::empty();
    project.put("package.json", r#"{ "dependencies": { "sequelize": "^6.0.0", "pg": "^8.0.0" } }"#);
    project.put(
        "migrations/20240101000000-a.js",
        "const config = require('config');\nmodule.exports = {\n  async up(queryInterface) {\n    \
         if (config.isSmall) return;\n    await queryInterface.sequelize.query('CREATE TABLE a (id int)');\n  },\n  \
         async down() {},\n};\n",
    );
    for language in ["--typescript", "--javascript"] {
        let out = format!("out{language}");
        let run =
            project.run(&["convert", "migrations", "--from", "sequelize", "--to", "knex", language, "--out", &out]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let laid = files(&project.path(&out));
        let (path, text) = laid.iter().find(|(path, _)| path.starts_with("migrations/")).expect("a migration");
        assert!(text.contains("config.isSmall"), "{text}");
        assert!(!text.contains("const config = {"), "{text}");
        assert!(text.contains("ownConfig as config") || text.contains("exports.config = {"), "{text}");
        parses(path, text);
    }
}

#[test]
fn each_part_of_a_migration_that_becomes_several_undoes_itself() {
    let create = "exports.up = (knex) => knex.schema.createTable('t', (t) => { t.integer('a'); t.integer('b'); });\n\
                  exports.down = (knex) => knex.schema.dropTable('t');\n";
    let script = |down: [&str; 2]| {
        let raw = |sql: &str| format!("await knex.raw('{sql}');");
        let ups = ["CREATE INDEX CONCURRENTLY t_a ON t (a)", "CREATE INDEX CONCURRENTLY t_b ON t (b)"].map(raw);
        format!(
            "exports.up = async (knex) => {{ {} }};\nexports.down = async (knex) => {{ {} }};\n\
             exports.config = {{ transaction: false }};\n",
            ups.join(" "),
            down.map(raw).join(" ")
        )
    };
    let drops = ["DROP INDEX CONCURRENTLY t_a", "DROP INDEX CONCURRENTLY t_b"];
    for down in [drops, [drops[1], drops[0]]] {
        let project = knex(&[("20240101000000_t.js", create), ("20240102000000_i.js", &script(down))]);
        let run = project.run(&["convert", "--to", "dbmate", "--out", "out"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(!run.stderr.contains("C002"), "{}", run.stderr);
        for (file, index) in [("20240102000000_i", "t_a"), ("20240102000001_i_2", "t_b")] {
            let text = project.read(&format!("out/db/migrations/{file}.sql"));
            assert!(text.contains(&format!("CREATE INDEX CONCURRENTLY \"{index}\"")), "{text}");
            assert!(text.contains(&format!("DROP INDEX CONCURRENTLY \"{index}\"")), "{text}");
        }
    }
    // In the order in which each would undo its own, two of them come to be one part.
    let merging = "exports.up = async (knex) => { for (const c of ['a', 'b', 'c']) await knex.raw(`CREATE INDEX CONCURRENTLY t_${c} ON t (a)`); };\n\
                   exports.down = async (knex) => { await knex.raw('DROP INDEX t_a'); await knex.raw('DROP INDEX CONCURRENTLY t_c'); await knex.raw('DROP INDEX t_b'); };\n\
                   exports.config = { transaction: false };\n";
    let project = knex(&[("20240101000000_t.js", create), ("20240102000000_i.js", merging)]);
    let run = project.run(&["convert", "--to", "dbmate", "--out", "out"]);
    assert!(run.stderr.contains("warning[C002]"), "{}", run.stderr);
    let project =
        knex(&[("20240101000000_t.js", create), ("20240102000000_i.js", &script(["DROP INDEX t_a, t_b", "SELECT 1"]))]);
    let run = project.run(&["convert", "--to", "dbmate", "--out", "out"]);
    assert!(run.stderr.contains("warning[C002]"), "{}", run.stderr);
}

#[test]
fn typescript_goes_by_the_package_around_it() {
    for (kind, is_esm) in [("module", true), ("commonjs", false)] {
        let project = shop();
        project.put("package.json", format!("{{ \"type\": \"{kind}\" }}"));
        let run = project.run(&["convert", "prisma", "--to", "typeorm", "--typescript", "--out", "out"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(project.read("out/src/data-source.ts").contains("import.meta.url"), is_esm);
        assert_eq!(project.read("out/src/data-source.ts").contains("__dirname"), !is_esm);
        assert_eq!(project.read("out/tsconfig.json").contains("nodenext"), is_esm);
        assert_eq!(project.read("out/README.md").contains("typeorm-ts-node-esm"), is_esm);
    }
}

#[test]
fn what_stands_beside_and_would_be_run_too_is_said() {
    for (target, other) in [
        ("knex", "out/migrations/20240103120000_old.js"),
        ("prisma", "out/prisma/migrations/20240103120000_old/migration.sql"),
        ("sql", "out/20240103120000_old.up.sql"),
        ("typeorm", "out/src/migrations/1704283200000-Old.ts"),
    ] {
        let project = shop();
        project.put(other, "-- of an earlier conversion");
        let run = project.run(&["convert", "prisma", "--to", target, "--out", "out", "--force"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let told: Vec<&str> =
            run.stderr.lines().filter(|line| line.contains("stand beside what was written")).collect();
        assert_eq!(told.len(), 1, "{target}: {}", run.stderr);
        assert!(told[0].contains("ld"), "{}", told[0]);
        let again = project.run(&["convert", "prisma", "--to", target, "--out", "new"]);
        assert!(!again.stderr.contains("stand beside"), "{}", again.stderr);
    }
}
