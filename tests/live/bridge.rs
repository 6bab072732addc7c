//! Code that is carried over to another tool does what it did: the real tools run the script as it was and the code in
//! its new place, each on a database of its own, and the rows are the same afterwards.

use crate::cluster::{Database, Server};
use crate::node::{self, Node, Project};
use crate::rows::digests;
use crate::trail::fresh;
use std::collections::BTreeMap;
use std::path::Path;
use transmigrate::ir::Tool;
use transmigrate::tools::{self, Carried, Passage};

/// Marks what is carried over in the script of a case.
const MARKS: [&str; 2] = ["// carried\n", "// end\n"];

/// The tools with their folders, what reaches the database, and the version that a project asks for.
const TOOLS: [(Tool, &str, &str, &str); 4] = [
    (Tool::Knex, "knex", "knex", ""),
    (Tool::Sequelize, "sequelize", "queryInterface", ""),
    (Tool::Typeorm, "typeorm", "queryRunner", "^1.0.0"),
    (Tool::Typeorm, "typeorm", "queryRunner", "^0.3.20"),
];

/// What a `case.toml` says.
struct Case {
    name: String,
    from: String,
    prelude: Vec<String>,
    script: String,
    typed: bool,
    /// Where it cannot be carried to, with words of the reason.
    refused: BTreeMap<String, String>,
}

#[test]
fn carried_code_does_what_it_did() {
    let Some(server) = Server::from_environment() else { return };
    assert!(node::is_installed(), "the tools are not installed: run `npm ci` in tests/judge, as test.sh does");
    let mut node = Node::start().unwrap_or_else(|error| panic!("{error}"));
    let mut failures = Vec::new();
    let mut count = 0;
    let wanted = std::env::var("LIVE_CASE").unwrap_or_default();
    for case in cases().iter().filter(|case| case.name.contains(&wanted)) {
        let before = failures.len();
        match told(&server, &mut node, case) {
            Ok((tried, found)) => {
                count += tried;
                failures.extend(found);
            }
            Err(error) => failures.push(error),
        }
        for failure in &mut failures[before..] {
            *failure = format!("{}: {failure}", case.name);
        }
    }
    eprintln!("{count} scripts carried over");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(count > 0, "there are cases to try");
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bridge");
    let entries = walkdir::WalkDir::new(folder).min_depth(1).max_depth(1).sort_by_file_name().into_iter().flatten();
    let read = |entry: walkdir::DirEntry| {
        let text = |name: &str| std::fs::read_to_string(entry.path().join(name));
        let typed = entry.path().join("up.ts").is_file();
        let script = text(if typed { "up.ts" } else { "up.js" }).expect("a case has a script");
        let keys: toml::Table = text("case.toml").expect("a case says what it shows").parse().expect("it is TOML");
        let texts = |key: &str| -> Vec<String> {
            let list = keys.get(key).and_then(toml::Value::as_array).cloned().unwrap_or_default();
            list.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect()
        };
        let refused = keys.get("refused").and_then(toml::Value::as_table).cloned().unwrap_or_default();
        let refused = refused.into_iter().filter_map(|(tool, why)| Some((tool, why.as_str()?.to_owned()))).collect();
        let from = keys.get("from").and_then(toml::Value::as_str).expect("a case names its tool").to_owned();
        let name = entry.file_name().to_string_lossy().into_owned();
        Case { name, from, prelude: texts("prelude"), script, typed, refused }
    };
    entries.map(read).collect()
}

/// Runs a case as it was and in each other tool. Gives how often it was carried over, and what is wrong.
fn told(server: &Server, node: &mut Node, case: &Case) -> Result<(usize, Vec<String>), String> {
    let (from, folder, _, version) =
        TOOLS.into_iter().find(|(_, name, ..)| *name == case.from).ok_or("its tool is not known")?;
    let untouched = rows(&mut fresh(server, &case.prelude)?)?;
    let mut database = fresh(server, &case.prelude)?;
    run(server, node, folder, version, &case.script, case.typed, &database)?;
    let expected = rows(&mut database)?;
    let mut failures = Vec::new();
    if untouched == expected {
        failures.push("it changes nothing".to_owned());
    }
    let mut count = 0;
    for (to, folder, handle, version) in TOOLS.into_iter().filter(|(to, ..)| *to != from) {
        let carried = match (carry(case, from, to, handle), case.refused.get(folder)) {
            (Ok(carried), None) => carried,
            (Err(why), Some(expected)) if why.contains(expected) => continue,
            (Err(why), _) => {
                failures.push(format!("to {folder}: {why}"));
                continue;
            }
            (Ok(_), Some(_)) => {
                failures.push(format!("to {folder}: is carried and should not be"));
                continue;
            }
        };
        count += 1;
        let text = script(to, &carried);
        let mut database = fresh(server, &case.prelude)?;
        let done = run(server, node, folder, version, &text, false, &database).and_then(|()| rows(&mut database));
        match done {
            Ok(found) if found == expected => {}
            Ok(found) => {
                let other = expected.iter().filter(|(table, rows)| found.get(*table) != Some(rows));
                let tables: Vec<&str> = other.map(|(table, _)| table.as_str()).collect();
                failures.push(format!("to {folder} {version}: {} differ\n{text}", tables.join(", ")));
            }
            Err(error) => failures.push(format!("to {folder} {version}: {error}\n{text}")),
        }
    }
    Ok((count, failures))
}

fn carry(case: &Case, from: Tool, to: Tool, handle: &str) -> Result<Carried, String> {
    let [start, end] = MARKS.map(|mark| case.script.find(mark).expect("a script says what is carried over"));
    let inside = &case.script[start + MARKS[0].len()..end];
    let start = start + MARKS[0].len() + (inside.len() - inside.trim_start().len());
    let passage = Passage {
        path: if case.typed { "up.ts" } else { "up.js" },
        text: &case.script,
        at: start..start + inside.trim().len(),
        direction: "up",
        handle,
        transaction: (to == Tool::Sequelize).then_some("transaction"),
        taken: &[],
        was_in_transaction: from != Tool::Sequelize,
        in_transaction: true,
        same_values: true,
        indent: "  ",
    };
    tools::carry(&passage, from, to)
}

/// A migration that does nothing but what is carried over.
fn script(to: Tool, carried: &Carried) -> String {
    let mut module: Vec<String> = carried.imports.iter().map(import).collect();
    module.extend(carried.helpers.iter().map(|&helper| helper.to_owned()));
    module.extend(carried.module.iter().map(|piece| piece.text.clone()));
    let mut body: Vec<&str> = carried.before.iter().map(|piece| piece.text.as_str()).collect();
    body.push(&carried.statements);
    let (module, body) = (module.join("\n"), body.join("\n"));
    match to {
        Tool::Sequelize => format!(
            "{module}\nmodule.exports = {{ up: (queryInterface) => queryInterface.sequelize.transaction(async (transaction) => {{\n{body}\n}}) }};\n"
        ),
        Tool::Typeorm => format!(
            "{module}\nmodule.exports = class Carried1700000000000 {{ async up(queryRunner) {{\n{body}\n}} async down() {{}} }};\n"
        ),
        _ => format!("{module}\nexports.up = async (knex) => {{\n{body}\n}};\nexports.down = async () => {{}};\n"),
    }
}

fn import(taken: &tools::Taken) -> String {
    match taken.what.as_str() {
        "*" => format!("const {} = require('{}');", taken.name, taken.module),
        what => format!("const {{ {what}: {} }} = require('{}');", taken.name, taken.module),
    }
}

/// Runs one migration with the real tool.
fn run(
    server: &Server,
    node: &mut Node,
    folder: &str,
    version: &str,
    script: &str,
    typed: bool,
    database: &Database,
) -> Result<(), String> {
    let files = tempfile::tempdir().map_err(|error| error.to_string())?;
    let end = if typed { "ts" } else { "js" };
    let put = |path: &str, text: &str| {
        let path = files.path().join(path);
        path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, text))
    };
    let settings = match folder {
        "knex" => ("knexfile.js", "module.exports = { client: 'pg', migrations: { directory: './migrations' } };"),
        "sequelize" => ("config/config.json", "{ \"development\": { \"dialect\": \"postgres\" } }"),
        _ => (
            "src/data-source.js",
            "const { DataSource } = require('typeorm');\nmodule.exports = { source: new DataSource({ type: 'postgres', \
             url: process.env.DATABASE_URL, migrations: [__dirname + '/../migrations/*.{js,ts}'] }) };",
        ),
    };
    let package = match version {
        "" => "{ \"name\": \"carried\" }".to_owned(),
        version => format!("{{ \"name\": \"carried\", \"dependencies\": {{ \"typeorm\": \"{version}\" }} }}"),
    };
    let written = put("package.json", &package)
        .and_then(|()| put(settings.0, settings.1))
        .and_then(|()| put(&format!("migrations/1700000000000-carried.{end}"), script));
    written.map_err(|error| error.to_string())?;
    let project = Project::copy(files.path())?;
    node.open(folder, &project.folder, &server.address(database))?;
    let ran = node.up();
    let closed = node.close();
    ran.and_then(|name| name.ok_or_else(|| "nothing was run".to_owned())).and(closed)
}

/// The digest of every table that is no tool's own.
fn rows(database: &mut Database) -> Result<BTreeMap<String, String>, String> {
    Ok(digests(database)?.into_iter().filter(|(table, _)| !table.starts_with("_judge.")).collect())
}
