//! What is known of the transactions that scripts open by themselves.

use crate::program::Project;

/// The ups of Sequelize migrations, what each counts as, and the line of R036 if there is one.
const UPS: [(&str, &str, &str, Option<u64>); 11] = [
    (
        "whole",
        "await q.sequelize.transaction(async (transaction) => { await ADD({ transaction }); });",
        "explicit",
        None,
    ),
    (
        "asks-first",
        "await q.sequelize.query('SELECT 1');\nawait q.sequelize.transaction(async (transaction) => { await ADD({ transaction }); });",
        "explicit",
        None,
    ),
    (
        "one-of-two-asks",
        "await q.sequelize.transaction(async (transaction) => q.sequelize.query('SELECT 1', { transaction }));\n\
         await q.sequelize.transaction(async (transaction) => { await ADD({ transaction }); });",
        "explicit",
        None,
    ),
    ("none", "await ADD({});", "none", None),
    ("forgotten", "const t = await q.sequelize.transaction();\nawait ADD({});\nawait t.commit();", "none", None),
    (
        "before",
        "await ADD({});\nawait q.sequelize.transaction(async (transaction) => { await ADD({ transaction }); });",
        "none",
        Some(3),
    ),
    (
        "behind",
        "await q.sequelize.transaction(async (transaction) => { await ADD({ transaction }); });\nawait ADD({});",
        "none",
        Some(2),
    ),
    (
        "two",
        "await q.sequelize.transaction(async (transaction) => { await ADD({ transaction }); });\n\
         await q.sequelize.transaction(async (transaction) => { await ADD({ transaction }); });",
        "none",
        Some(2),
    ),
    (
        "code-behind",
        "await q.sequelize.transaction(async (transaction) => { await ADD({ transaction }); });\nawait helper.run(q);",
        "none",
        Some(2),
    ),
    (
        "one-a-row",
        "const [rows] = await q.sequelize.query('SELECT id FROM a');\n\
         for (const row of rows) await q.sequelize.transaction((transaction) => q.bulkUpdate('a', { b: 1 }, { id: row.id }, { transaction }));",
        "none",
        Some(3),
    ),
    (
        "rows-inside",
        "await q.sequelize.transaction(async (transaction) => {\n  const [rows] = await q.sequelize.query('SELECT id FROM a', { transaction });\n  \
         for (const row of rows) await q.bulkUpdate('a', { b: 1 }, { id: row.id }, { transaction });\n});",
        "explicit",
        None,
    ),
];

#[test]
fn a_transaction_counts_where_it_holds_all_that_changes_anything() {
    let project = Project::empty();
    project.put("package.json", r#"{ "dependencies": { "sequelize": "6", "pg": "8" } }"#);
    project.put(
        "migrations/20240101000000-first.js",
        "module.exports = { up: (q, S) => q.createTable('a', { id: { type: S.INTEGER, primaryKey: true }, b: S.INTEGER }), down: (q) => q.dropTable('a') };",
    );
    for (number, (name, up, ..)) in UPS.iter().enumerate() {
        let mut columns = 0;
        let mut text = String::new();
        for part in up.split_inclusive("ADD(") {
            columns += 1;
            text += &part.replace("ADD(", &format!("q.addColumn('a', 'c{number}_{columns}', S.INTEGER, "));
        }
        let text = format!(
            "const helper = require('helper'); module.exports = {{ up: async (q, S) => {{\n{text}\n}}, down: async () => {{}} }};"
        );
        project.put(&format!("migrations/{}-{name}.js", 20_240_102_000_000_u64 + number as u64), text);
    }
    let shown = project.run(&["show", "migrations", "--from", "sequelize", "--format", "json"]).json();
    let migrations = shown["migrations"].as_array().expect("migrations");
    let findings = shown["findings"].as_array().expect("findings");
    for (name, _, wanted, line) in UPS {
        let own = |text: &serde_json::Value| text.as_str().is_some_and(|text| text.ends_with(&format!("-{name}.js")));
        let migration = migrations.iter().find(|one| own(&one["name"])).expect(name);
        assert_eq!(migration["transaction"], wanted, "{name}");
        let told = findings.iter().find(|one| one["code"] == "R036" && own(&one["file"]));
        assert_eq!(told.and_then(|one| one["line"].as_u64()), line, "{name}");
    }
}
