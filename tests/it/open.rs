//! Definitions that hold what only a real run knows, where no real tool can be the judge: what they name is not there.

use crate::program::Project;

/// A Sequelize history of these migrations, each the body of an `up`.
fn sequelize(ups: &[&str]) -> Project {
    let project = Project::empty();
    project.put("package.json", "{ \"dependencies\": { \"sequelize\": \"^6.37.0\" } }\n");
    for (number, up) in ups.iter().enumerate() {
        let text = format!(
            "const {{ DataTypes }} = require('sequelize');\nconst kinds = require('@shop/kinds');\nmodule.exports = {{\n  async up(queryInterface) {{\n    {up}\n  }},\n}};\n"
        );
        project.put(&format!("migrations/2024010{}000000-m.js", number + 1), text);
    }
    project
}

/// How sure each down is said to be.
fn grades(project: &Project) -> Vec<String> {
    let run = project.run(&["down", "--from", "sequelize", "--dialect", "postgres"]);
    let grades = run.stdout.lines().filter_map(|line| line.split("Grade: ").nth(1));
    grades.filter_map(|grade| grade.split([';', ' ']).next()).map(str::to_owned).collect()
}

#[test]
fn a_type_of_the_projects_own_leaves_its_column_open() {
    let project = sequelize(&[
        "await queryInterface.sequelize.query('CREATE DOMAIN stamp AS char(19)');",
        "await queryInterface.createTable('visits', { id: { type: DataTypes.INTEGER, primaryKey: true }, at: { type: DataTypes.STAMP, allowNull: false } });",
        "await queryInterface.addColumn('visits', 'note', { type: DataTypes.TEXT });",
        "await queryInterface.addColumn('visits', 'until', { type: DataTypes.STAMP, defaultValue: '2024' });",
        "await queryInterface.sequelize.query('DROP DOMAIN stamp CASCADE');",
        "await queryInterface.changeColumn('visits', 'at', { type: DataTypes.TEXT });",
        "await queryInterface.removeColumn('visits', 'until');",
    ]);
    let run = project.run(&["show", "--format", "json", "--from", "sequelize", "--dialect", "postgres"]);
    assert!(!run.stdout.contains("\"op\": \"code\""), "{}", run.stdout);
    assert!(run.stdout.contains("transmigrate_hole('DataTypes.STAMP')"), "{}", run.stdout);
    assert!(run.stdout.contains("transmigrate_hole('defaultValue')"), "{}", run.stdout);
    assert_eq!(grades(&project), ["exact", "refused", "exact", "refused", "refused", "refused", "refused"]);
}

#[test]
fn no_other_type_that_is_not_known_is_taken_for_one() {
    for column in [
        "{ type: kinds.STAMP }",
        "{ type: DataTypes.STAMP('a') }",
        "{ type: DataTypes.SMALL_SERIAL }",
        "{ type: DataTypes.STAMP, autoIncrement: true }",
        "{ type: DataTypes.ARRAY(DataTypes.STAMP) }",
    ] {
        let project = sequelize(&[&format!("await queryInterface.addColumn('visits', 'at', {column});")]);
        let run = project.run(&["show", "--format", "json", "--from", "sequelize", "--dialect", "postgres"]);
        assert!(run.stdout.contains("\"op\": \"code\""), "{column}: {}", run.stdout);
    }
}

#[test]
fn a_default_from_a_package_that_is_not_there_is_dropped_but_not_brought_back() {
    let project = sequelize(&[
        "await queryInterface.createTable('visits', { id: { type: DataTypes.INTEGER, defaultValue: kinds.FIRST }, kind: { type: DataTypes.TEXT, defaultValue: kinds.PLAIN } });",
        "await queryInterface.sequelize.query(`ALTER TABLE visits ADD CONSTRAINT known CHECK (kind <> '')`);",
        "await queryInterface.sequelize.query('DROP SEQUENCE IF EXISTS numbers CASCADE');",
        "await queryInterface.dropTable('visits');",
    ]);
    assert_eq!(grades(&project), ["exact", "exact", "refused", "refused"]);
}

#[test]
fn an_enum_of_values_from_a_package_that_is_not_there_is_known_by_its_name() {
    let project = sequelize(&[
        "await queryInterface.createTable('visits', { kind: { type: DataTypes.ENUM(kinds.ALL), defaultValue: 'plain' }, other: DataTypes.ENUM(Object.values(kinds.KEYS)) });",
        "await queryInterface.addColumn('visits', 'note', { type: DataTypes.TEXT });",
        "const { kind } = await queryInterface.describeTable('visits'); if (kind.special.includes('plain')) await queryInterface.removeColumn('visits', 'note');",
        "await queryInterface.sequelize.query(`ALTER TYPE enum_visits_kind ADD VALUE 'late'`);",
        "await queryInterface.dropTable('visits');",
        "await queryInterface.sequelize.query('DROP TYPE enum_visits_kind');",
    ]);
    let run = project.run(&["show", "--format", "json", "--from", "sequelize", "--dialect", "postgres"]);
    assert!(run.stdout.contains("transmigrate_hole(require(\\\"@shop/kinds\\\").ALL)"), "{}", run.stdout);
    assert_eq!(run.stdout.matches("\"op\": \"code\"").count(), 1, "{}", run.stdout);
    assert_eq!(grades(&project), ["exact", "exact", "refused", "refused", "refused", "refused"]);
}

#[test]
fn what_is_unknown_is_no_place_for_a_value_of_the_statement() {
    let project = Project::empty();
    project.put("knexfile.js", "module.exports = { client: 'pg', migrations: { directory: './migrations' } };\n");
    let column = "table.text('a').defaultTo(who.is('plain?'))";
    let text = format!(
        "const who = require('@shop/who');\nexports.up = (knex) => knex.schema.createTable('t', (table) => {{ {column}; }});\nexports.down = async () => {{}};\n"
    );
    project.put("migrations/20240101000000_t.js", text);
    let run = project.run(&["show", "--format", "json", "--dialect", "postgres"]);
    assert!(run.stdout.contains("\"op\": \"code\""), "{}", run.stdout);
}

#[test]
fn no_down_that_can_be_run_holds_what_is_unknown() {
    let project = sequelize(&[
        "await queryInterface.createTable('visits', { kind: { type: DataTypes.ENUM(kinds.ALL), defaultValue: 'plain' }, at: DataTypes.DATE });",
        "await queryInterface.createTable('shirts', { size: { type: DataTypes.ENUM('s', 'l'), defaultValue: kinds.SIZE } });",
        "await queryInterface.removeColumn('visits', 'kind');",
        "await queryInterface.sequelize.query(`COMMENT ON TABLE visits IS '${process.env.NOTE}'`);",
        "await queryInterface.sequelize.query(`COMMENT ON TABLE visits IS 'all of them'`);",
        "await queryInterface.sequelize.query(`COMMENT ON COLUMN visits.at IS 'when'`);",
        "await queryInterface.sequelize.query(`ALTER TYPE enum_shirts_size ADD VALUE 'm'`);",
    ]);
    assert_eq!(grades(&project), ["exact", "exact", "schema", "exact", "refused", "exact", "refused"]);
    let run = project.run(&["down", "--from", "sequelize", "--dialect", "postgres"]);
    assert!(run.stdout.contains("type: '\"public\".\"enum_visits_kind\"'"), "{}", run.stdout);
    assert!(!run.stdout.contains("transmigrate_hole"), "{}", run.stdout);
}

#[test]
fn what_code_may_have_made_is_neither_there_nor_missing() {
    let project = sequelize(&[
        "if (process.env.ALL) await queryInterface.createTable('visits', { kind: DataTypes.ENUM('a', 'b') });",
        "await queryInterface.sequelize.query('CREATE TABLE IF NOT EXISTS visits (id integer)');",
        "await queryInterface.sequelize.query('CREATE TABLE IF NOT EXISTS users (id integer)');",
        "await queryInterface.sequelize.query('DROP TYPE IF EXISTS enum_visits_kind');",
        "await queryInterface.sequelize.query('DROP SEQUENCE IF EXISTS numbers');",
        "await queryInterface.sequelize.query(`DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'enum_visits_kind') THEN CREATE TYPE enum_visits_kind AS ENUM ('a'); END IF; END $$`);",
        "await queryInterface.createTable('shirts', { size: DataTypes.ENUM(kinds.SIZES) });",
        "await queryInterface.sequelize.query(`DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE t.typname = 'enum_shirts_size' AND e.enumlabel = 'm') THEN ALTER TYPE enum_shirts_size ADD VALUE 'm'; END IF; END $$`);",
    ]);
    let expected = ["refused", "refused", "exact", "refused", "exact", "refused", "exact", "refused"];
    assert_eq!(grades(&project), expected);
}

#[test]
fn what_is_in_doubt_is_not_left_as_it_was() {
    let project = sequelize(&[
        "await queryInterface.createTable('visits', { at: { type: DataTypes.STAMP } });",
        "await queryInterface.sequelize.query('ALTER TABLE visits ALTER at DROP NOT NULL');",
        "await queryInterface.sequelize.query('ALTER TABLE visits ALTER at DROP DEFAULT');",
    ]);
    assert_eq!(grades(&project), ["refused", "refused", "refused"]);
}

#[test]
fn a_written_down_that_sets_what_is_unknown_is_not_said_to_undo() {
    let set = "await queryInterface.sequelize.query(`COMMENT ON TABLE visits IS '${process.env.NOTE}'`);";
    let project = sequelize(&[
        "await queryInterface.createTable('visits', { at: DataTypes.DATE });",
        set,
        &format!(
            "await queryInterface.sequelize.query(`COMMENT ON TABLE visits IS NULL`);\n  }},\n  async down(queryInterface) {{\n    {set}"
        ),
    ]);
    let run = project.run(&["down", "--from", "sequelize", "--dialect", "postgres"]);
    let all = format!("{}{}", run.stdout, run.stderr);
    assert!(all.contains("it sets a value that is known only in a real run"), "{all}");
}

#[test]
fn what_stands_beside_an_open_default_is_undone() {
    let open = "await queryInterface.createTable('visits', { id: { type: DataTypes.INTEGER, primaryKey: true }, note: DataTypes.TEXT, at: { type: DataTypes.TEXT, defaultValue: process.env.AT } }); await queryInterface.createSchema('notes');";
    let project = sequelize(&[
        open,
        "await queryInterface.sequelize.query('ALTER TABLE visits ALTER COLUMN note SET NOT NULL');",
        "await queryInterface.removeColumn('visits', 'note');",
        "await queryInterface.sequelize.query('ALTER TABLE visits DROP COLUMN IF EXISTS nothing');",
        "await queryInterface.sequelize.query('ALTER TABLE visits ALTER COLUMN at SET NOT NULL');",
        "await queryInterface.dropSchema('notes');",
        "if ((await queryInterface.showAllTables()).includes('visits') && await queryInterface.tableExists('visits')) await queryInterface.addColumn('visits', 'more', { type: DataTypes.TEXT });",
    ]);
    assert_eq!(grades(&project), ["exact", "exact", "schema", "exact", "exact", "exact", "exact"]);
    let run = project.run(&["show", "--format", "json", "--from", "sequelize", "--dialect", "postgres"]);
    assert!(!run.stdout.contains("\"op\": \"code\""), "{}", run.stdout);
}

#[test]
fn what_an_open_value_may_be_part_of_is_refused() {
    let open = "await queryInterface.createTable('visits', { id: { type: DataTypes.INTEGER, primaryKey: true }, note: DataTypes.TEXT, at: { type: DataTypes.TEXT, defaultValue: process.env.AT } });";
    let checked = "await queryInterface.createTable('visits', { id: DataTypes.INTEGER, note: DataTypes.TEXT }); await queryInterface.sequelize.query(`ALTER TABLE visits ADD CONSTRAINT known CHECK (${process.env.CHECK})`);";
    let query = |sql: &str| format!("await queryInterface.sequelize.query(`{sql}`);");
    for (first, then) in [
        (open, query("ALTER TABLE visits DROP COLUMN note CASCADE")),
        (open, query("ALTER TABLE visits DROP COLUMN at")),
        (open, query("ALTER TABLE visits ALTER COLUMN at DROP DEFAULT")),
        (open, query("ALTER TABLE visits ALTER COLUMN at TYPE varchar(20)")),
        (open, query("CREATE SCHEMA notes; CREATE SEQUENCE notes.number; DROP SCHEMA notes CASCADE")),
        (checked, query("ALTER TABLE visits DROP COLUMN note")),
        (checked, query("ALTER TABLE visits DROP CONSTRAINT IF EXISTS visits_note_check")),
    ] {
        assert_eq!(grades(&sequelize(&[first, &then]))[1], "refused", "{then}");
    }
}

#[test]
fn what_code_may_have_made_is_not_told_to_be_missing() {
    let project = Project::empty();
    project.put("package.json", "{ \"dependencies\": { \"typeorm\": \"^0.3.20\", \"pg\": \"^8.0.0\" } }\n");
    let asked = "if (!(await queryRunner.hasTable('z'))) await queryRunner.query('CREATE TABLE z AS TABLE b');";
    let other = "if (!(await queryRunner.hasTable('y'))) await queryRunner.query('CREATE TABLE y (a int)');";
    let ups = ["if (process.env.A) await queryRunner.query('CREATE TABLE z AS TABLE b');", asked, other];
    for (number, up) in ups.iter().enumerate() {
        let text = format!(
            "export class A170600000000{number} {{\n  async up(queryRunner) {{\n    {up}\n  }}\n  async down(queryRunner) {{}}\n}}\n"
        );
        project.put(&format!("src/migrations/170600000000{number}-A.ts"), text);
    }
    let run = project.run(&["show", "--from", "typeorm", "--dialect", "postgres"]);
    let kinds: Vec<&str> = run.stdout.lines().take(3).filter_map(|line| line.split_whitespace().last()).collect();
    assert_eq!(kinds, ["code", "code", "create_table"], "{}", run.stdout);
}
