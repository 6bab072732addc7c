//! Downs put into the migrations' own files: each folder of `tests/fill` is a project before and after.

use crate::program::Project;
use std::path::{Path, PathBuf};

/// The files of a folder, as paths below it with their bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    let held = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).ok()?.to_str()?.to_owned();
        Some((path, std::fs::read(entry.path()).ok()?))
    };
    entries.filter_map(held).collect()
}

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fill");
    let entries = walkdir::WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name();
    entries.into_iter().flatten().map(walkdir::DirEntry::into_path).collect()
}

/// Fills a case whose files were changed by `as_it_is`, and holds it against what it should be, changed alike.
fn fill(case: &Path, as_it_is: impl Fn(&str, Vec<u8>) -> Vec<u8>) {
    let project = Project::empty();
    for (path, bytes) in files(&case.join("before")) {
        project.put(&path, as_it_is(&path, bytes));
    }
    let compare = |when: &str| {
        for (path, expected) in files(&case.join("after")) {
            let found = std::fs::read(project.path(&path)).unwrap_or_default();
            let (found, expected) = (String::from_utf8_lossy(&found).into_owned(), as_it_is(&path, expected));
            let expected = String::from_utf8_lossy(&expected);
            assert!(found == expected, "{} {when}: {path}:\n{found}", case.display());
        }
    };
    project.run(&["down", "--write"]).exits(0);
    compare("once");
    let again = project.run(&["down", "--write"]);
    again.exits(0);
    assert!(again.stderr.contains("0 files written"), "{}: {}", case.display(), again.stderr);
    compare("twice");
}

#[test]
fn downs_are_filled_and_every_other_byte_stays() {
    for case in cases() {
        fill(&case, |_, bytes| bytes);
    }
}

#[test]
fn line_ends_and_byte_order_marks_stay() {
    let change = |path: &str, bytes: Vec<u8>| {
        if !path.contains("migrations/") {
            return bytes;
        }
        let text = String::from_utf8(bytes).expect("the cases are UTF-8");
        format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes()
    };
    for case in cases() {
        fill(&case, change);
    }
}

#[test]
fn a_down_that_somebody_changed_is_theirs() {
    let project = Project::empty();
    project.put("knexfile.js", "module.exports = { client: 'pg' };\n");
    let up = "exports.up = (knex) => knex.schema.createTable('a', (t) => { t.text('b'); });\n";
    project.put("migrations/20240101000000_a.js", up);
    project.run(&["down", "--write"]).exits(0);
    let path = "migrations/20240101000000_a.js";
    let filled = project.read(path);
    project.run(&["down", "--check"]).exits(0);
    let changed = filled.replace("dropTable('a')", "dropTableIfExists('a')");
    assert_ne!(filled, changed);
    project.put(path, &changed);
    project.run(&["down", "--write"]).exits(0);
    assert_eq!(project.read(path), changed);
    // One that is as we made it is renewed.
    let renamed = filled.replace("createTable('a'", "createTable('c'");
    project.put(path, &renamed);
    project.run(&["down", "--write"]).exits(0);
    assert!(project.read(path).contains("dropTable('c')"), "{}", project.read(path));
}

#[test]
fn a_file_of_no_certain_shape_is_left_alone_and_named() {
    let project = Project::empty();
    project.put("knexfile.js", "module.exports = { client: 'pg' };\n");
    let wrapped = "const wrap = (f) => (knex) => f(knex);\n\
        exports.up = wrap((knex) => knex.schema.createTable('a', (t) => { t.text('b'); }));\n";
    project.put("migrations/20240101000000_a.js", wrapped);
    let before = project.contents();
    let run = project.run(&["down", "--write"]);
    assert!(run.stderr.contains("D006"), "{}", run.stderr);
    assert_eq!(project.contents(), before);
    project.run(&["down", "--check"]).exits(1);
}

#[test]
fn a_down_that_cannot_be_written_is_not_counted_as_made() {
    let project = Project::empty();
    project.put("knexfile.js", "module.exports = { client: 'pg' };\n");
    let start = "const wrap = (f) => (knex) => f(knex);\nexports.up = wrap(async (knex) => {";
    let table = |name: &str| format!("await knex.schema.createTable('{name}', (t) => {{ t.text('b'); }});");
    project.put("migrations/20240101000000_a.js", format!("{start} {} }});\n", table("a")));
    let empty = "exports.down = wrap(async () => {});\n";
    project.put("migrations/20240102000000_b.js", format!("{start} {} }});\n{empty}", table("b")));
    project.put("migrations/20240103000000_c.js", format!("exports.up = async (knex) => {{ {} }};\n", table("c")));
    let meant = "exports.down = () => { /* transmigrate: nothing to undo */ };\n";
    project
        .put("migrations/20240104000000_d.js", format!("exports.up = async (knex) => {{ {} }};\n{meant}", table("d")));

    let shown = project.run(&["show", "--format", "json"]).json();
    assert_eq!(
        shown["summary"]["downs"],
        serde_json::json!({ "written": 0, "empty": 2, "missing": 2, "exact": 1, "schema_only": 0, "refused": 0 })
    );
    assert!(shown["migrations"][0]["down"]["barred"].is_string());
    let shown = project.run(&["show"]);
    assert!(
        shown.stdout.contains("1 exact, 0 schema only, 0 refused, and 2 that cannot be written"),
        "{}",
        shown.stdout
    );
    let summary = project.run(&["down", "--format", "json"]).json()["summary"].clone();
    assert_eq!(
        [&summary["made"], &summary["refused"], &summary["kept"], &summary["barred"]],
        [&serde_json::json!(1), &serde_json::json!(0), &serde_json::json!(1), &serde_json::json!(2)]
    );
    let written = project.run(&["down", "--write"]);
    written.says(&["1 file written; downs: 1 exact", "1 written by hand, 2 that cannot be written"]);

    // What is offered can be done.
    let checked = project.run(&["down", "--check"]);
    checked.says(&["D004", "D005", "write it yourself"]);
    assert!(!checked.stderr.contains("run `transmigrate down --write`"), "{}", checked.stderr);
}

#[test]
fn a_down_that_the_up_may_call_is_left_alone() {
    let made = "await knex.schema.createTable('a', (t) => { t.text('b'); });";
    for text in [
        format!(
            "const after = async (knex) => {{}};\nexports.up = async (knex) => {{ {made} await after(knex); }};\nexports.down = after;\n"
        ),
        format!(
            "exports.up = async (knex) => {{ await exports.down(knex); {made} }};\nexports.down = async (knex) => {{}};\n"
        ),
        format!(
            "exports.up = async function (knex) {{ await this.down(knex); {made} }};\nexports.down = async (knex) => {{}};\n"
        ),
        format!(
            "exports.up = async (knex) => {{ {made} await exports.after(knex); }};\nexports.after = exports.down = async (knex) => {{}};\n"
        ),
        // Found by running it alone.
        format!(
            "exports.up = async (knex) => {{ {made} for (const key of Object.keys(exports)) if (key !== 'up') await exports[key](knex); }};\nexports.down = async (knex) => {{}};\n"
        ),
    ] {
        let project = Project::empty();
        project.put("knexfile.js", "module.exports = { client: 'pg' };\n");
        project.put("migrations/20240101000000_a.js", &text);
        let run = project.run(&["down", "--write"]);
        assert!(run.stderr.contains("D006"), "{text}: {}", run.stderr);
        assert_eq!(project.read("migrations/20240101000000_a.js"), text);
    }
}

#[test]
fn what_a_context_is_has_to_show() {
    let table = "createTable('a', { id: DataTypes.INTEGER });";
    for (up, expected) in [
        (format!("{{ context: c }}) => {{ await c.{table} }}"), Some("c.dropTable('a')")),
        (format!("{{ context: c }}) => {{ await c.queryInterface.{table} }}"), Some("c.queryInterface.dropTable('a')")),
        (
            "{ context: c }) => { await c.sequelize.query('create table a (b text)'); }".to_owned(),
            Some("c.sequelize.getQueryInterface().dropTable('a')"),
        ),
        (
            format!("queryInterface) => {{ const q = queryInterface; await q.{table} }}"),
            Some("queryInterface.dropTable('a')"),
        ),
        // Any of these may be an object that holds it.
        (format!("{{ context: c }}) => {{ const {{ queryInterface: q }} = c; await q.{table} }}"), None),
        (format!("{{ context: c }}) => {{ const q = c; await q.{table} }}"), None),
        (format!("params) => {{ const {{ context: c }} = params; await c.{table} }}"), None),
    ] {
        let project = Project::empty();
        project.put("config/config.json", r#"{ "development": { "dialect": "postgres" } }"#);
        let path = "migrations/20240101000000-a.js";
        let start = "const { DataTypes } = require('sequelize');\nmodule.exports = { down: async () => {}, up: async (";
        let text = format!("{start}{up} }};\n");
        project.put(path, &text);
        let run = project.run(&["down", "--write", "--from", "sequelize"]);
        let filled = project.read(path);
        match expected {
            Some(expected) => assert!(filled.contains(&format!("await {expected}")), "{text}: {filled}{}", run.stderr),
            None => assert!(run.stderr.contains("D006") && filled == text, "{text}: {filled}{}", run.stderr),
        }
    }
}

#[test]
fn a_down_that_is_meant_to_be_empty_is_accepted() {
    let project = Project::empty();
    project.put("knexfile.js", "module.exports = { client: 'pg' };\n");
    let text = "exports.up = (knex) => knex.schema.createTable('a', (t) => { t.text('b'); });\n\
        exports.down = () => { /* transmigrate: nothing to undo */ };\n";
    project.put("migrations/20240101000000_a.js", text);
    project.run(&["down", "--check"]).exits(0);
    project.run(&["down", "--write"]).exits(0);
    assert_eq!(project.read("migrations/20240101000000_a.js"), text);
    project.put("migrations/20240101000000_a.js", text.replace("transmigrate:", "todo:"));
    project.run(&["down", "--check"]).exits(1);
}

/// A project of TypeORM, with a migration for each of the ups; those with names say what stands around them.
fn typeorm(ups: &[&str], settings: &str) -> Project {
    let project = Project::empty();
    let source =
        "export default new DataSource({ type: 'postgres', migrations: ['src/migrations/*.ts'], SETTINGS });\n";
    project.put("src/data-source.ts", source.replace("SETTINGS", settings));
    for (at, up) in ups.iter().enumerate() {
        let text = "import { MigrationInterface, QueryRunner, Table, TableColumn, View } from 'typeorm';\n\n\
            export class AN implements MigrationInterface {\n  async up(queryRunner: QueryRunner) {\n    UP;\n  }\n\n  \
            async down(queryRunner: QueryRunner) {}\n}\n";
        let text = text.replace("AN", &format!("A170000000000{at}")).replace("UP", up);
        project.put(&format!("src/migrations/170000000000{at}-A.ts"), text);
    }
    project
}

/// What stands in the down of a migration, without our comments.
fn down_of(project: &Project, at: usize) -> String {
    let text = project.read(&format!("src/migrations/170000000000{at}-A.ts"));
    let down = text.split_once("async down").map_or("", |(_, down)| down);
    let lines = down.lines().skip(1).map(str::trim).filter(|line| !line.starts_with("//") && *line != "}");
    lines.collect::<Vec<_>>().join(" ")
}

#[test]
fn what_typeorm_keeps_of_views_and_stored_columns_is_undone_by_its_own_methods() {
    let stored = "{ name: 'g', type: 'int', isNullable: true, generatedType: 'STORED', asExpression: 'n * 2' }";
    let table = format!(
        "await queryRunner.createTable(new Table({{ name: 'a', columns: [{{ name: 'n', type: 'int' }}, {stored}] }}))"
    );
    let project = typeorm(
        &[
            &table,
            "await queryRunner.createView(new View({ name: 'v', expression: 'select n from a' }), true)",
            "await queryRunner.dropView('v')",
            "await queryRunner.createView(new View({ name: 'w', expression: 'select n from a' }))",
            "await queryRunner.dropColumn('a', 'g')",
            "await queryRunner.query('ALTER TABLE a ADD h int GENERATED ALWAYS AS (n * 3) STORED')",
            "await queryRunner.dropColumn('a', 'h')",
            "await queryRunner.createView(new View({ name: 'x', expression: 'select n from a' }), true); \
             await queryRunner.query('DROP VIEW w')",
        ],
        "",
    );
    let run = project.run(&["down", "--write"]);
    run.exits(0).says(&["D006", "whether typeorm_metadata has a row for the stored column a.h is not known"]);
    run.says(&["SQL in the down would leave typeorm_metadata as it is"]);
    assert_eq!(down_of(&project, 0), "await queryRunner.dropTable('a');");
    assert_eq!(down_of(&project, 1), "await queryRunner.dropView('v');");
    assert_eq!(
        down_of(&project, 2),
        "await queryRunner.createView(new View({ name: 'v', expression: 'select n from a' }), true);"
    );
    assert!(down_of(&project, 3).contains("queryRunner.query(`DROP VIEW \"w\"`)"), "{}", down_of(&project, 3));
    assert!(down_of(&project, 4).contains("asExpression: 'n * 2'"), "{}", down_of(&project, 4));
    assert!(down_of(&project, 4).starts_with("await queryRunner.addColumn('a', new TableColumn("));
    assert_eq!([down_of(&project, 6), down_of(&project, 7)], ["", ""]);
}

#[test]
fn names_that_a_strategy_of_the_project_gives_are_not_made_up() {
    let table = "await queryRunner.createTable(new Table({ name: 'a', columns: [{ name: 'id', type: 'int', isPrimary: true }, { name: 'n', type: 'int', isUnique: true }] }))";
    let ups = [table, "await queryRunner.query('DROP TABLE a')"];
    let project = typeorm(&ups, "namingStrategy: new Names()");
    let run = project.run(&["down", "--write"]);
    run.exits(0).says(&["R022", "naming strategy of its own", "D006", "is the name that TypeORM gives"]);
    assert_eq!(down_of(&project, 0), "await queryRunner.dropTable('a');");
    assert_eq!(down_of(&project, 1), "");
    let project = typeorm(&ups, "");
    project.run(&["down", "--write"]).exits(0);
    assert!(down_of(&project, 1).contains("CONSTRAINT \"UQ_278ab95d3a54aae8eaa25c34af6\""), "{}", down_of(&project, 1));
}
