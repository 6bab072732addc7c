//! What is said of downs that somebody wrote.

use crate::program::Project;

/// The verdict on the down of a Knex migration, and what is said beside it.
fn judged(script: &str) -> (String, String) {
    let project = Project::empty();
    project.put("knexfile.js", "module.exports = { client: 'pg' };");
    project.put("migrations/1_a.js", "exports.up = (knex) => knex.schema.createTable('first', (t) => t.increments());\nexports.down = (knex) => knex.schema.dropTable('first');");
    project.put("migrations/2_b.js", script);
    let run = project.run(&["show", "--format", "json"]);
    let document = run.json();
    let down = &document["migrations"][1]["down"];
    let findings: Vec<String> = (document["findings"].as_array().into_iter().flatten())
        .filter(|finding| finding["code"].as_str().is_some_and(|code| code.starts_with('D')))
        .map(|finding| format!("{} {} {}", finding["code"], finding["message"], finding["why"]))
        .collect();
    (down["verdict"].as_str().unwrap_or_default().to_owned(), findings.join("\n"))
}

#[test]
fn no_down_is_vouched_for_where_the_up_is_not_understood() {
    let makes = "await knex.schema.createTable('t', (t) => t.increments());";
    let ups = [
        format!("{makes} await knex.raw('FROBNICATE TABLE t');"),
        format!("{makes} await knex.raw('ALTER TABLE t SET FOO BAR');"),
        // What it makes may be something that nobody knows.
        format!("{makes} await knex.raw('FROBNICATE');"),
        format!("{makes} await knex.raw('FROBNICATE TABLE other');"),
        format!("{makes} await knex.raw(\"SELECT make_partitions('t')\");"),
        "await knex.schema.createTable('t', (t) => { t.increments(); require('columns').add(t); });".to_owned(),
        format!("{makes} await knex.raw('ALTER TABLE elsewhere.x ALTER COLUMN y SET NOT NULL');"),
    ];
    for up in ups {
        let down = "exports.down = (knex) => knex.schema.dropTable('t');";
        let (verdict, findings) = judged(&format!("exports.up = async (knex) => {{ {up} }};\n{down}"));
        assert_eq!(verdict, "unknown", "{up}");
        assert!(findings.contains("D003") && findings.contains("in its up, "), "{up}\n{findings}");
        // That none could be made says nothing of the one that is there.
        assert!(!findings.contains("D001"), "{up}\n{findings}");
    }
    let rows = format!("{makes} for (const row of await knex('first')) await knex('t').insert({{ id: row.id }});");
    let down = "exports.down = (knex) => knex.schema.dropTable('t');";
    assert_eq!(judged(&format!("exports.up = async (knex) => {{ {rows} }};\n{down}")).0, "undoes");
    // What is wrong for certain is wrong whatever the rest does.
    let up = format!("{makes} await knex.raw('FROBNICATE TABLE other');");
    let down = "exports.down = async (knex) => { await knex.raw('SELECT 1'); };";
    let (verdict, findings) = judged(&format!("exports.up = async (knex) => {{ {up} }};\n{down}"));
    assert!(verdict == "differs" && findings.contains("t is left over"), "{verdict}\n{findings}");
    // What was there may have been made again.
    let down = "exports.down = async (knex) => { await knex.raw('SELECT 1'); };";
    let again = "await knex.schema.dropTable('first'); await knex.raw('FROBNICATE TABLE first');";
    assert_eq!(judged(&format!("exports.up = async (knex) => {{ {again} }};\n{down}")).0, "unknown");
    let gone = "await knex.schema.dropTable('first'); await knex.raw('FROBNICATE TABLE other');";
    assert_eq!(judged(&format!("exports.up = async (knex) => {{ {gone} }};\n{down}")).0, "differs");
}

#[test]
fn a_down_that_may_find_something_else_is_not_vouched_for() {
    let up = "exports.up = (knex) => knex.raw('FROBNICATE TABLE other');";
    let (verdict, _) = judged(&format!("{up}\nexports.down = (knex) => knex.schema.dropTable('other');"));
    assert_eq!(verdict, "unknown");
    let up = "exports.up = (knex) => knex.schema.createTable('t', (t) => t.increments());";
    let down = "if (await knex.schema.hasTable(process.env.OTHER)) { await knex.schema.dropTable('other'); }";
    let down = format!("exports.down = async (knex) => {{ await knex.schema.dropTable('t'); {down} }};");
    assert_eq!(judged(&format!("{up}\n{down}")).0, "unknown");
}

#[test]
fn a_down_that_leaves_what_the_up_has_put_does_not_undo_it() {
    let check = |values: &str| format!("ALTER TABLE first ADD CONSTRAINT c CHECK (s IN ({values}))");
    let first = |more: &str| {
        let up = format!("ALTER TABLE first ADD COLUMN s text; {}; {more}", check("'a', 'b'"));
        let down = "ALTER TABLE first DROP COLUMN s";
        format!("exports.up = (knex) => knex.raw(`{up}`);\nexports.down = (knex) => knex.raw(`{down}`);")
    };
    let verdict = |more: &str, up: &str, down: &str| {
        let project = Project::empty();
        project.put("knexfile.js", "module.exports = { client: 'pg' };");
        project.put(
            "migrations/1_a.js",
            "exports.up = (knex) => knex.schema.createTable('first', (t) => t.increments());",
        );
        project.put("migrations/2_b.js", first(more));
        let script = format!("exports.up = (knex) => knex.raw(`{up}`);\nexports.down = (knex) => knex.raw(`{down}`);");
        project.put("migrations/3_c.js", script);
        let document = project.run(&["show", "--format", "json"]).json();
        let down = document["migrations"][2]["down"].clone();
        (down["verdict"].as_str().unwrap_or_default().to_owned(), down["differences"].to_string())
    };
    let wider = format!("ALTER TABLE first DROP CONSTRAINT c; {}", check("'a', 'b', 'c'"));
    let (found, differences) = verdict("", &wider, "SELECT 1");
    assert!(found == "differs" && differences.contains("constraint c differs"), "{found} {differences}");
    // Beside it, something is undone.
    let more = format!("{wider}; ALTER TABLE first ADD COLUMN x integer");
    assert_eq!(verdict("", &more, "ALTER TABLE first DROP COLUMN x").0, "differs");
    let back = format!("ALTER TABLE first DROP CONSTRAINT c; {}", check("'a', 'b'"));
    assert_eq!(verdict("", &wider, &back).0, "undoes");
    // In other words it may be the same.
    let worded = "ALTER TABLE first DROP CONSTRAINT c; ALTER TABLE first ADD CONSTRAINT c CHECK (s = ANY (ARRAY['a'::text, 'b'::text]))";
    assert_eq!(verdict("", &wider, worded).0, "unknown");
    assert_eq!(verdict("", worded, "SELECT 1").0, "unknown");
    let view = |columns: &str| format!("CREATE OR REPLACE VIEW v AS SELECT {columns} FROM first");
    assert_eq!(verdict(&view("id"), &view("id, s"), "SELECT 1").0, "differs");
    assert_eq!(verdict(&view("*"), &view("id, s"), "SELECT 1").0, "unknown");
}

#[test]
fn a_down_that_throws_is_said_to() {
    let up = "exports.up = (knex) => knex.schema.createTable('t', (t) => t.increments());";
    let judged = |down: &str| judged(&format!("{up}\nexports.down = {down};"));
    let says = |down: &str, what: &str| {
        let (verdict, findings) = judged(down);
        assert!(verdict == "differs" && findings.contains(what), "{down}\n{verdict}\n{findings}");
    };
    let nothing = "it throws, and so undoes nothing: irreversible";
    says("async () => { throw new Error('irreversible'); }", nothing);
    says("() => { return Promise.reject(new Error('irreversible')); }", nothing);
    // What it did before is rolled back.
    says("async (knex) => { await knex.schema.dropTable('t'); throw new Error('irreversible'); }", nothing);
    says("async (knex) => { if (await knex.schema.hasTable('t')) throw new Error('irreversible'); }", nothing);
    let alone = "async (knex) => { await knex.schema.dropTable('t'); throw new Error('irreversible'); };\nexports.config = { transaction: false }";
    says(alone, "it throws: irreversible");
    for caught in [
        "async (knex) => { try { throw new Error('no'); } catch { await knex.schema.dropTable('t'); } }",
        "async (knex) => { const throws = async () => {}; await throws(); await knex.schema.dropTable('t'); }",
        // Whether it does, only the rows can tell.
        "async (knex) => { if ((await knex('t')).length) throw new Error('no'); await knex.schema.dropTable('t'); }",
    ] {
        assert_eq!(judged(caught).0, "undoes", "{caught}");
    }
}

#[test]
fn no_down_is_vouched_for_where_a_package_may_have_reached_the_database() {
    let down = "exports.down = (knex) => knex.schema.dropTable('t');";
    let up = |does: &str| {
        format!(
            "const acme = require('acme');\nconst {{ build }} = acme;\nexports.up = async (knex) => {{ await knex.schema.createTable('t', (t) => \
             t.integer('a')); {does}; await knex('t').insert({{ a: n }}); }};\n{down}"
        )
    };
    for given in [
        "knex",
        "{ knex }",
        "[[[[knex]]]]",
        "() => knex",
        "function () { return knex; }",
        "{ run: () => knex('t') }",
        "{ get it() { return knex; } }",
        "new Map([['it', knex]])",
        "new Set([knex])",
        "Object.create({ knex })",
        "Promise.resolve(knex)",
        "new (class { #it = knex; })()",
    ] {
        let (verdict, findings) = judged(&up(&format!("const n = build({given})")));
        assert_eq!(verdict, "unknown", "{given}\n{findings}");
    }
    for does in
        ["acme.it = knex; const n = build(1)", "acme.log(knex); const n = 1", "const n = new acme.It(() => knex).n"]
    {
        assert_eq!(judged(&up(does)).0, "unknown", "{does}");
    }
    for given in ["1", "{ a: [1, { b: new Date(0) }] }", "/x/", "(a) => a + 1", "'x', null"] {
        assert_eq!(judged(&up(&format!("const n = build({given})"))).0, "undoes", "{given}");
    }
}
