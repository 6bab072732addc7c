//! Scripts with very many statements that go by rows: they come out whole.

use crate::program::Project;
use std::fmt::Write;

/// How many loops the script has. A run is begun anew for each of them.
const LOOPS: usize = 130;

fn history() -> Project {
    let mut script = String::from("exports.up = async (knex) => {\n");
    for at in 0..LOOPS {
        let _ = write!(
            script,
            "  for (const row of await knex('t').where('a', {at})) {{\n    \
             await knex('t').where('id', row.id).update({{ b: {at} }});\n  }}\n"
        );
    }
    script.push_str("};\nexports.down = async () => {};\n");
    let project = Project::empty();
    project.put("package.json", "{}");
    project.put("knexfile.js", "module.exports = { client: 'pg' };");
    project.put(
        "migrations/1_first.js",
        "exports.up = (knex) => knex.schema.createTable('t', (t) => { t.increments('id'); t.integer('a'); t.integer('b'); });\n\
         exports.down = (knex) => knex.schema.dropTable('t');\n",
    );
    project.put("migrations/2_many.js", script);
    project
}

#[test]
fn as_many_loops_as_there_are_come_out_whole() {
    let run = history().run(&["show", "--format", "json"]);
    let document = run.json();
    let steps = document["migrations"][1]["up"]["steps"].as_array().cloned().unwrap_or_default();
    assert_eq!(steps.len(), LOOPS, "{}", document["findings"]);
    assert!(steps.iter().all(|step| step["op"] == "by_rows"), "{}", steps[0]);
}
