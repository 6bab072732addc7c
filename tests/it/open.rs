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
fn a_default_from_a_package_that_is_not_there_is_dropped_but_not_brought_back() {
    let project = sequelize(&[
        "await queryInterface.createTable('visits', { id: { type: DataTypes.INTEGER, defaultValue: kinds.FIRST }, kind: { type: DataTypes.TEXT, defaultValue: kinds.PLAIN } });",
        "await queryInterface.sequelize.query(`ALTER TABLE visits ADD CONSTRAINT known CHECK (kind <> '')`);",
        "await queryInterface.sequelize.query('DROP SEQUENCE IF EXISTS numbers CASCADE');",
        "await queryInterface.dropTable('visits');",
    ]);
    assert_eq!(grades(&project), ["exact", "exact", "refused", "refused"]);
}
