//! Which tool a folder of scripts is taken for: where another one fits as well, and the project does not decide, none.

use crate::program::Project;

/// A migration that says by its words which tool it is for.
const SEQUELIZE: &str = "module.exports = { async up(queryInterface, Sequelize) { await queryInterface.createTable('a', { id: Sequelize.INTEGER }); }, async down() {} };";
/// One that does not.
const PLAIN: &str = "exports.up = async ({ context: q }) => { await q.createTable('b', { id: 'INTEGER' }); };\nexports.down = async () => {};\n";
/// One of Knex without its name.
const KNEX: &str =
    "exports.up = (db) => db.schema.createTable('a', (t) => { t.text('b'); });\nexports.down = () => {};\n";

fn project(dependencies: &[&str], scripts: &[&str]) -> Project {
    let project = Project::empty();
    let named: Vec<String> = dependencies.iter().map(|name| format!("\"{name}\": \"*\"")).collect();
    project.put("package.json", format!("{{ \"dependencies\": {{ {} }} }}", named.join(", ")));
    for (at, script) in scripts.iter().enumerate() {
        project.put(&format!("migrations/2024010100000{at}-m.js"), script);
    }
    project
}

/// The tool that a project is taken for.
fn tool(project: &Project) -> String {
    let document = project.run(&["show", "--format", "json"]).exits(0).json();
    document["tool"].as_str().unwrap_or_default().to_owned()
}

/// A project is not taken for any tool: the arguments that choose each are listed, and nothing is written.
fn asks(project: &Project, choices: &[&str]) {
    let before = project.contents();
    project.run(&["down", "--write"]).exits(2).says(&["R020"]);
    assert_eq!(project.contents(), before);
    let document = project.run(&["show", "--format", "json"]).exits(2).json();
    let found: Vec<&str> =
        document["choices"].as_array().into_iter().flatten().filter_map(|one| one.as_str()).collect();
    assert_eq!(found, choices);
}

#[test]
fn one_script_without_the_tools_words_does_not_change_what_the_others_say() {
    let other = "module.exports = { async up(qi, Sequelize) { await qi.addColumn('a', 'n', Sequelize.INTEGER); }, async down() {} };";
    let scripts = [SEQUELIZE, other, SEQUELIZE, SEQUELIZE];
    assert_eq!(tool(&project(&["sequelize"], &scripts)), "sequelize");
    assert_eq!(tool(&project(&[], &scripts)), "sequelize");
}

#[test]
fn the_package_decides_where_words_do_not() {
    assert_eq!(tool(&project(&["sequelize", "umzug"], &[PLAIN])), "sequelize");
    assert_eq!(tool(&project(&["knex"], &[KNEX])), "knex");
}

#[test]
fn where_nothing_decides_the_user_is_asked() {
    let both = ["show migrations --from knex", "show migrations --from sequelize"];
    asks(&project(&["sequelize", "knex"], &[PLAIN]), &both);
    asks(&project(&[], &[KNEX]), &both);
    // Scripts of other tools look alike.
    asks(&project(&["kysely"], &[KNEX]), &both);
    asks(&project(&["kysely", "knex"], &[KNEX]), &both);
    let asked = project(&["node-pg-migrate"], &[KNEX]);
    asked.run(&["show", "migrations", "--from", "knex"]).exits(0);
    asked.run(&["show", "--from", "sequelize"]).exits(0);
}

#[test]
fn words_against_the_package_decide_nothing() {
    let words = "const { DataTypes } = require('sequelize');\nexports.up = async ({ context }) => {};\nexports.down = async () => {};\n";
    asks(&project(&["knex"], &[words]), &["show migrations --from knex", "show migrations --from sequelize"]);
    assert_eq!(tool(&project(&["sequelize"], &[words])), "sequelize");
}

#[test]
fn settings_that_name_the_folder_of_another_tool_decide_nothing() {
    let project = project(&["sequelize"], &[SEQUELIZE, SEQUELIZE, KNEX]);
    project.put("knexfile.js", "module.exports = { client: 'pg' };\n");
    asks(&project, &["show migrations --from knex", "show migrations --from sequelize"]);
}
