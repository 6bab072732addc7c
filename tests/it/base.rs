//! `--base`: histories that begin on a database that is there already.

use crate::program::Project;

const BASE: &str = "\\restrict x\nSET client_encoding = 'UTF8';\nSELECT pg_catalog.set_config('search_path', '', false);\n\
    CREATE TABLE public.users (id integer NOT NULL, name text);\n\
    ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);\n\\unrestrict x\n";

/// A Knex history whose first migration alters a table that only the base has, and asks for it.
fn knex() -> Project {
    let project = Project::empty();
    project.put("knexfile.js", "module.exports = { client: 'pg', migrations: { directory: './migrations' } };\n");
    project.put(
        "migrations/20240101000000_email.js",
        "exports.up = async (knex) => {\n  if (await knex.schema.hasTable('users')) {\n    await knex.schema.alterTable('users', (t) => { t.string('email'); t.dropColumn('name'); });\n  }\n};\nexports.down = async () => {};\n",
    );
    project.put("db/base.sql", BASE);
    project
}

#[test]
fn a_history_begins_on_its_base() {
    let project = knex();
    let run = project.run(&["show", "--base", "db/base.sql"]);
    run.exits(0);
    assert!(run.stdout.contains("down empty, schema only"), "{}\n{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("base: 4 steps from db/base.sql"), "{}", run.stdout);

    let schema = project.run(&["show", "--base", "db/base.sql", "--format", "sql"]);
    schema.exits(0);
    for part in ["CREATE TABLE \"public\".\"users\"", "\"email\" VARCHAR(255)", "\"users_pkey\" PRIMARY KEY"] {
        assert!(schema.stdout.contains(part), "{part} is missing in\n{}", schema.stdout);
    }
    assert!(!schema.stdout.contains("name"), "{}", schema.stdout);
}

#[test]
fn what_is_made_on_a_base_is_undone_down_to_it() {
    let project =
        Project::new(&[("1_age", "ALTER TABLE \"users\" ADD COLUMN \"age\" INTEGER, DROP COLUMN \"name\";\n")]);
    project.put("base.sql", BASE);
    let run = project.run(&["down", "--base", "base.sql"]);
    run.exits(0);
    for part in ["DROP COLUMN \"age\"", "ADD COLUMN \"name\" TEXT"] {
        assert!(run.stdout.contains(part), "{part} is missing in\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("DROP TABLE"), "{}", run.stdout);
}

#[test]
fn the_base_may_stand_anywhere_and_its_findings_have_their_place() {
    let project = Project::new(&[("1_a", "CREATE TABLE \"a\" (\"id\" INTEGER);\n")]);
    let elsewhere = Project::empty();
    elsewhere.put("dump.sql", "CREATE FOO;\nCREATE TABLE public.a (id integer);\n");
    let path = elsewhere.path("dump.sql").display().to_string();
    let run = project.run(&["show", "--base", &path]);
    run.says(&[&format!("{path}:1:8"), "R002", "S001"]);
    let document = project.run(&["show", "--base", &path, "--format", "json"]).json();
    assert_eq!(document["base"], serde_json::json!({ "file": path, "steps": 2 }));
}

#[test]
fn a_base_that_cannot_be_read_stops_the_work() {
    let project = knex();
    project.put("db/binary.sql", b"\xff\xfe\xfd\0\0".as_slice());
    for (path, says) in
        [("nothing.sql", "nothing.sql cannot be read"), ("db", "db is not a file"), ("db/binary.sql", "is not text")]
    {
        let run = project.run(&["show", "--base", path]);
        run.exits(2).says(&[says]);
        assert_eq!(run.stdout, "");
    }
}
