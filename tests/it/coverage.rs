//! The page of what each target does with each operation: by its own methods (native), as SQL (raw) or not at all
//! (refused). `snapshots/coverage.snap` is to be read whenever it changes.

use crate::program::Project;
use regex::Regex;
use std::collections::BTreeSet;
use std::path::Path;

/// What every sample stands on.
const GROUND: &str = r#"
CREATE SCHEMA app; CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE SEQUENCE counter; CREATE DOMAIN short AS text;
CREATE TYPE pair AS (a integer);
CREATE TABLE parent (id serial PRIMARY KEY, n integer, t text, u text NOT NULL DEFAULT 'x', CONSTRAINT parent_n_check CHECK (n > 0));
CREATE TABLE child (id integer PRIMARY KEY, parent_id integer CONSTRAINT child_parent_fk REFERENCES parent(id) DEFERRABLE);
CREATE TABLE lots (id integer, day date) PARTITION BY RANGE (day);
CREATE INDEX parent_n ON parent (n); CREATE INDEX lots_day ON ONLY lots (day);
CREATE VIEW seen AS SELECT id FROM parent; CREATE MATERIALIZED VIEW kept AS SELECT id FROM parent;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE FUNCTION fill() RETURNS void LANGUAGE sql AS $$ INSERT INTO parent (n) VALUES (1) $$;
CREATE POLICY own ON parent USING (n = 1); CREATE PUBLICATION news; CREATE EXTENSION citext;
CREATE TABLE part PARTITION OF lots FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE INDEX part_day ON part (day); CREATE STATISTICS two ON n, t FROM parent;
"#;

/// A sample of every operation, and of the forms of some that targets tell apart.
const SAMPLES: &[(&str, &str)] = &[
    ("create_table", "CREATE TABLE a (id serial PRIMARY KEY, n integer NOT NULL REFERENCES parent (id))"),
    ("create_table if_not_exists", "CREATE TABLE IF NOT EXISTS a (id integer)"),
    ("create_table partitioned", "CREATE TABLE a (id integer) PARTITION BY LIST (id)"),
    ("alter_table", "ALTER TABLE parent ENABLE ROW LEVEL SECURITY"),
    ("add_column", "ALTER TABLE parent ADD COLUMN c text NOT NULL DEFAULT 'x'"),
    ("add_column generated", "ALTER TABLE parent ADD COLUMN c integer GENERATED ALWAYS AS (n + 1) STORED"),
    ("alter_column type", "ALTER TABLE parent ALTER COLUMN n TYPE bigint"),
    ("alter_column using", "ALTER TABLE parent ALTER COLUMN t TYPE integer USING length(t)"),
    ("alter_column default", "ALTER TABLE parent ALTER COLUMN t SET DEFAULT 'x'"),
    ("alter_column not_null", "ALTER TABLE parent ALTER COLUMN t SET NOT NULL"),
    ("alter_column storage", "ALTER TABLE parent ALTER COLUMN t SET STORAGE EXTERNAL"),
    ("drop_column", "ALTER TABLE parent DROP COLUMN t"),
    ("rename_column", "ALTER TABLE parent RENAME COLUMN t TO text"),
    ("add_constraint primary_key", "CREATE TABLE a (id integer); ALTER TABLE a ADD CONSTRAINT a_pkey PRIMARY KEY (id)"),
    ("add_constraint unique", "ALTER TABLE parent ADD CONSTRAINT parent_t_unique UNIQUE (t)"),
    (
        "add_constraint foreign_key",
        "ALTER TABLE child ADD CONSTRAINT own FOREIGN KEY (id) REFERENCES parent (id) ON DELETE CASCADE",
    ),
    ("add_constraint check", "ALTER TABLE parent ADD CONSTRAINT long CHECK (length(t) > 3)"),
    ("add_constraint exclusion", "ALTER TABLE parent ADD CONSTRAINT apart EXCLUDE USING btree (n WITH =)"),
    ("add_constraint not_valid", "ALTER TABLE parent ADD CONSTRAINT later CHECK (n < 9) NOT VALID"),
    (
        "validate_constraint",
        "ALTER TABLE parent ADD CONSTRAINT later CHECK (n < 9) NOT VALID; ALTER TABLE parent VALIDATE CONSTRAINT later",
    ),
    ("alter_constraint", "ALTER TABLE child ALTER CONSTRAINT child_parent_fk DEFERRABLE INITIALLY DEFERRED"),
    ("drop_constraint", "ALTER TABLE parent DROP CONSTRAINT parent_n_check"),
    ("rename_constraint", "ALTER TABLE parent RENAME CONSTRAINT parent_n_check TO positive"),
    ("create_index", "CREATE INDEX parent_t ON parent (t)"),
    ("create_index unique", "CREATE UNIQUE INDEX parent_t ON parent (t)"),
    ("create_index partial", "CREATE INDEX parent_t ON parent (t) WHERE n > 1"),
    ("create_index expression", "CREATE INDEX parent_t ON parent (lower(t))"),
    ("create_index concurrently", "CREATE INDEX CONCURRENTLY parent_t ON parent (t)"),
    ("alter_index", "ALTER INDEX parent_n SET (fillfactor = 70)"),
    ("attach_index", "ALTER INDEX lots_day ATTACH PARTITION part_day"),
    ("create_view", "CREATE VIEW v AS SELECT n FROM parent"),
    ("refresh_view", "REFRESH MATERIALIZED VIEW kept"),
    ("create_enum", "CREATE TYPE e AS ENUM ('a', 'b')"),
    ("add_enum_value", "ALTER TYPE mood ADD VALUE 'glad'"),
    ("rename_enum_value", "ALTER TYPE mood RENAME VALUE 'ok' TO 'fine'"),
    ("create_domain", "CREATE DOMAIN d AS integer CHECK (VALUE > 0)"),
    ("alter_domain", "ALTER DOMAIN short SET NOT NULL"),
    ("create_composite", "CREATE TYPE c AS (a integer, b text)"),
    ("alter_composite", "ALTER TYPE pair ADD ATTRIBUTE b text"),
    ("create_sequence", "CREATE SEQUENCE s START 10"),
    ("alter_sequence", "ALTER SEQUENCE counter INCREMENT BY 5"),
    ("create_routine", "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$"),
    ("alter_routine", "ALTER FUNCTION fill() STABLE"),
    ("create_trigger", "CREATE TRIGGER touched BEFORE UPDATE ON parent FOR EACH ROW EXECUTE FUNCTION touch()"),
    ("create_policy", "CREATE POLICY p ON parent USING (true)"),
    ("alter_policy", "ALTER POLICY own ON parent USING (n = 2)"),
    ("create_schema", "CREATE SCHEMA s"),
    ("create_extension", "CREATE EXTENSION hstore"),
    ("alter_extension", "ALTER EXTENSION citext UPDATE"),
    ("create_publication", "CREATE PUBLICATION p FOR TABLE parent"),
    ("alter_publication", "ALTER PUBLICATION news ADD TABLE parent"),
    ("define", "CREATE STATISTICS st ON n, u FROM parent"),
    ("alter_definition", "ALTER STATISTICS two SET STATISTICS 10"),
    ("drop table", "DROP TABLE child"),
    ("drop index", "DROP INDEX parent_n"),
    ("drop view", "DROP VIEW seen"),
    ("drop type", "DROP TYPE mood"),
    ("rename table", "ALTER TABLE parent RENAME TO elder"),
    ("rename index", "ALTER INDEX parent_n RENAME TO elder_n"),
    ("set_schema", "ALTER TABLE child SET SCHEMA app"),
    ("set_owner", "ALTER TABLE child OWNER TO postgres"),
    ("comment", "COMMENT ON TABLE parent IS 'elders'"),
    ("grant", "GRANT SELECT ON parent TO PUBLIC"),
    ("revoke", "REVOKE SELECT ON parent FROM PUBLIC"),
    ("default_privileges", "ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC"),
    ("insert", "INSERT INTO parent (n, t) VALUES (1, 'a')"),
    ("update", "UPDATE parent SET n = 2 WHERE n = 1"),
    ("delete", "DELETE FROM parent WHERE n = 1"),
    ("truncate", "TRUNCATE child"),
    ("write", "WITH gone AS (DELETE FROM child RETURNING id) INSERT INTO parent (n) SELECT id FROM gone"),
    ("query", "SELECT setval('counter', 5)"),
    ("set_parameter", "SET lock_timeout = '5s'"),
    ("maintenance", "ANALYZE parent"),
    (
        "when",
        "DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'e') THEN CREATE TYPE e AS ENUM ('a'); END IF; END $$",
    ),
    ("attempt", "DO $$ BEGIN CREATE TYPE mood AS ENUM ('a'); EXCEPTION WHEN duplicate_object THEN NULL; END $$"),
    ("call", "SELECT fill()"),
    ("transaction", "COMMIT"),
    ("sql", "DO $$ BEGIN EXECUTE current_setting('my.statement'); END $$"),
];

/// The columns of the page: a target, with the style asked for.
const COLUMNS: &[(&str, &str, &str)] = &[
    ("prisma", "prisma", ""),
    ("sql", "sql", ""),
    ("knex", "knex", "builder"),
    ("sequelize", "sequelize", "builder"),
    ("typeorm", "typeorm", "builder"),
];

#[test]
fn of_every_operation() {
    let mut seen = BTreeSet::new();
    let mut page = vec![vec![String::new()]];
    page[0].extend(COLUMNS.iter().map(|(title, ..)| (*title).to_owned()));
    page.extend(SAMPLES.iter().map(|(label, _)| vec![(*label).to_owned()]));
    let project = |sql: &str| Project::new(&[("20230101000000_ground", GROUND), ("20240101000000_sample", sql)]);
    for (at, (label, sql)) in SAMPLES.iter().enumerate() {
        let project = project(sql);
        let shown = project.run(&["show", "prisma", "--format", "json"]);
        let shown: serde_json::Value = serde_json::from_str(&shown.stdout).expect("a document");
        let steps = shown["migrations"][1]["up"]["steps"].as_array().expect("steps");
        let kinds: Vec<&str> = steps.iter().filter_map(|step| step["op"].as_str()).collect();
        let kind = label.split(' ').next().unwrap_or_default();
        // A grant of default privileges is one of the words for grants.
        assert!(kinds.contains(&kind) || kind == "default_privileges", "{label} is a sample of {kinds:?}");
        seen.insert(kind.to_owned());
        seen.extend(kinds.into_iter().map(str::to_owned));
        for (number, (_, target, style)) in COLUMNS.iter().enumerate() {
            let out = format!("out{number}");
            let mut arguments = vec!["convert", "prisma", "--to", target, "--out", &out, "--format", "json"];
            if !style.is_empty() {
                arguments.extend(["--style", style]);
            }
            let run = project.run(&arguments);
            let report: serde_json::Value = serde_json::from_str(&run.stdout).expect("a document");
            page[at + 1].push(said(&report["migrations"][1]["up"]));
        }
    }
    // What only a script can say is refused where there is no script, and carried where it can be.
    let missing: Vec<String> = kinds()
        .into_iter()
        .filter(|kind| !["code", "by_rows"].contains(&&**kind))
        .filter(|kind| !seen.contains(kind))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "each kind of operation has a sample");
    crate::snapshots::of("coverage", &table(&page));
}

/// Every kind of operation there is.
fn kinds() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ir/kind.rs");
    let text = std::fs::read_to_string(path).expect("the table of kinds");
    let word = Regex::new(r#"=> "([a-z_]+)","#).expect("a pattern");
    word.captures_iter(&text).map(|found| found[1].to_owned()).collect()
}

/// How a migration's operations came to be said.
fn said(tally: &serde_json::Value) -> String {
    let words = ["native", "raw", "refused"].into_iter().filter(|word| tally[*word].as_u64().unwrap_or(0) > 0);
    words.collect::<Vec<_>>().join(" + ")
}

fn table(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().map(|row| row.get(column).map_or(0, String::len)).max().unwrap_or(0);
    let line = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(column, cell)| format!("{cell:<width$}", width = width(column)));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}
