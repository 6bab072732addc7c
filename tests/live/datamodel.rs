//! The `schema.prisma` of each case's last state, held against the real Prisma: it is valid, `prisma format` leaves it as it
//! is, between it and a database of that state the schema engine finds no difference, and what `prisma db pull` makes of the
//! database is the same models.

use crate::case;
use crate::cluster::Server;
use crate::corpus;
use crate::node::{self, Node};
use crate::past::reasons;
use crate::trail::fresh;
use std::collections::BTreeMap;
use std::path::Path;
use transmigrate::ir::{Dialect, Tool};
use transmigrate::schema::{self, Schema};
use transmigrate::sql::postgres;
use transmigrate::tools::{self, Given, schema_prisma};

#[test]
fn prisma_finds_no_difference() {
    let Some(server) = Server::from_environment() else { return };
    assert!(node::is_installed(), "the tools are not installed: run `npm ci` in tests/judge, as test.sh does");
    let mut report = Report::default();
    corpus::each(
        corpus::cases(&corpus::TOOLS),
        || None,
        |node, (tool, folder)| {
            let mut one = Report::default();
            if let Err(error) = hold(&server, node, *tool, folder, &mut one) {
                one.failures.push(error);
                *node = None;
            }
            Ok(one)
        },
        |(_, folder), one| {
            let one = one.unwrap_or_else(|error| Report { failures: vec![error], ..Report::default() });
            report.add(folder, one);
        },
    );
    assert!(report.states > 0, "there are cases to try");
    eprintln!("{}", report.summary());
    assert!(report.failures.is_empty(), "{}\n{}", report.failures.join("\n"), report.summary());
}

/// States beside those of the corpus, each built by one file of SQL. A line `-- drift: …` in it is a statement that Prisma
/// finds necessary all the same, a line `-- prelude: …` one that the database needs before.
#[test]
fn prisma_finds_no_difference_in_what_is_rare() {
    let Some(server) = Server::from_environment() else { return };
    assert!(node::is_installed(), "the tools are not installed: run `npm ci` in tests/judge, as test.sh does");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/live/datamodels");
    let (mut node, mut report) = (None, Report::default());
    for entry in walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name().into_iter().flatten() {
        let mut one = Report::default();
        if let Err(error) = hold_script(&server, &mut node, entry.path(), &mut one) {
            one.failures.push(error);
        }
        report.add(entry.path(), one);
    }
    eprintln!("{}", report.summary());
    assert!(report.skipped.is_empty(), "all of these can be told: {:#?}", report.skipped);
    assert!(report.failures.is_empty(), "{}\n{}", report.failures.join("\n"), report.summary());
}

/// Holds the state that a file of SQL builds against Prisma.
fn hold_script(server: &Server, node: &mut Option<Node>, file: &Path, report: &mut Report) -> Result<(), String> {
    let project = tempfile::tempdir().map_err(|error| error.to_string())?;
    let migration = project.path().join("prisma/migrations/20200101000000_all");
    std::fs::create_dir_all(&migration).map_err(|error| error.to_string())?;
    std::fs::copy(file, migration.join("migration.sql")).map_err(|error| error.to_string())?;
    let (state, home) = last_state(Tool::Prisma, project.path())?;
    let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
    let noted = |word: &str| -> Vec<&str> { text.lines().filter_map(|line| line.strip_prefix(word)).collect() };
    let prelude: Vec<String> = noted("-- prelude: ").into_iter().map(str::to_owned).collect();
    hold_state(server, node, &prelude, (&state, &home), report)?;
    // What Prisma cannot be told stands in the file, and has to show.
    let known = noted("-- drift: ");
    if !known.is_empty() {
        let before = report.failures.len();
        report.failures.retain(|failure| !known.iter().all(|known| failure.contains(known)));
        if report.failures.len() == before {
            report.failures.push(format!("is said to be known, and does not show: {known:?}"));
        }
    }
    Ok(())
}

/// The judge is shown to fire: a text that is invalid, badly laid out and of another database is told to be each of these.
#[test]
fn the_real_prisma_finds_what_is_wrong() {
    let Some(server) = Server::from_environment() else { return };
    assert!(node::is_installed(), "the tools are not installed: run `npm ci` in tests/judge, as test.sh does");
    let mut database = fresh(&server, &[]).unwrap_or_else(|error| panic!("{error}"));
    database.run("CREATE TABLE a (id integer PRIMARY KEY, b text)").unwrap_or_else(|error| panic!("{error}"));
    let mut node = Node::start().unwrap_or_else(|error| panic!("{error}"));
    let mut judge = |models: &str| {
        let text = format!("datasource db {{\n  provider = \"postgresql\"\n}}\n\n{models}");
        node.datamodel(&server.address(&database), &text, "public", &[]).unwrap_or_else(|error| panic!("{error}"))
    };
    let right = judge("model a {\n  id Int     @id\n  b  String?\n}\n");
    assert_eq!((right.invalid.as_deref(), right.drift.as_deref()), (None, Some("")));
    let wrong = judge("model a {\n  id Int @id\n}\n");
    assert!(wrong.drift.unwrap_or_default().contains("DROP COLUMN"));
    let crooked = "model a {\n  id Int @id\n  b String?\n}\n";
    assert!(!judge(crooked).formatted.ends_with(crooked));
    assert!(judge("model a {\n  id Nothing @id\n}\n").invalid.is_some());
}

/// The state after the last migration, and the schema that bare names mean.
fn last_state(tool: Tool, folder: &Path) -> Result<(Schema, String), String> {
    let tool = tools::lookup(tool).ok_or("its tool is not supported")?;
    let tree = tools::open(folder).map_err(|error| error.to_string())?;
    let places = tool.find(&tree).value;
    let place = places.iter().find(|place| place.own).or(places.first()).ok_or("no history found")?;
    let read = tool.read(&tree, place, Given { dialect: Some(Dialect::Postgres), base: None });
    let history = read.map_err(|findings| format!("cannot be read: {}", reasons(&findings)))?.value;
    let state = schema::replay(&history, history.migrations.len()).value;
    Ok((state, history.default_schema))
}

/// Holds one case's last state against Prisma.
fn hold(
    server: &Server,
    node: &mut Option<Node>,
    tool: Tool,
    folder: &Path,
    report: &mut Report,
) -> Result<(), String> {
    let (prelude, _) = case::keys(folder)?;
    let (state, home) = last_state(tool, folder)?;
    hold_state(server, node, &prelude, (&state, &home), report)
}

/// Holds a state, whose bare names mean a schema, against Prisma.
fn hold_state(
    server: &Server,
    node: &mut Option<Node>,
    prelude: &[String],
    (state, home): (&Schema, &str),
    report: &mut Report,
) -> Result<(), String> {
    report.states += 1;
    if !state.is_certain() {
        let why = state.iter().find_map(|(id, entry)| entry.doubt.as_ref().map(|doubt| format!("{id}: {doubt}")));
        let why = why.or(state.doubt.as_deref().map(str::to_owned)).unwrap_or("there may be more".into());
        report.skipped.push(format!("it is not certain: {why}"));
        return Ok(());
    }
    let file = schema_prisma(state, home);
    let mut database = fresh(server, prelude)?;
    let others = database.column(TABLES)?;
    let script: String = state.to_ops().iter().map(|op| postgres::print(op) + "\n;\n").collect();
    if let Err(error) = database.run(&script) {
        // Roles are the server's, and what made them is not what a state is built by.
        match error.text.starts_with("role ") {
            true => report.skipped.push(format!("it cannot be built alone: {error}")),
            false => report.failures.push(format!("the state cannot be built: {error}")),
        }
        return Ok(());
    }
    let node = match node {
        Some(node) => node,
        none => none.insert(Node::start()?),
    };
    let found = match node.datamodel(&server.address(&database), &file.text, home, &others) {
        Err(error) if error.contains("Cross schema references") => {
            report.skipped.push(format!("Prisma cannot read its database: {error}"));
            return Ok(());
        }
        found => found?,
    };
    report.models += file.text.lines().filter(|line| line.starts_with("model ")).count();
    report.bare += file.text.matches("dbgenerated()").count();
    let failures = &mut report.failures;
    if let Some(error) = found.invalid {
        failures.push(format!("it is not valid: {error}\n{}", file.text));
        return Ok(());
    }
    if found.formatted != file.text {
        failures.push(format!("it is laid out otherwise:\n{}\nis\n{}", file.text, found.formatted));
    }
    let (drift, own) = (found.drift.unwrap_or_default(), found.pulled_drift);
    if !drift.is_empty() {
        match &own {
            Some(own) if no_more(&drift, own) => report.as_prisma.push(drift.replace('\n', " ")),
            _ => {
                failures.push(format!("it differs from the database:\n{drift}\nPrisma's own:\n{own:?}\n{}", file.text))
            }
        }
    }
    let mut found = differences(&file.text, &found.pulled);
    found.retain(|line| !others.iter().any(|other| is_pulled(line, other)));
    let lossy = own.as_deref() != Some("");
    match found.is_empty() {
        true => report.same += 1,
        false if lossy => report.lossy.push(found.join("; ")),
        false => failures.push(format!("it is not what Prisma pulls: {}", found.join("\n  "))),
    }
    Ok(())
}

/// Every table, with its schema.
const TABLES: &str = "SELECT schemaname || '.' || tablename FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')";

/// Whether a difference is that a table of others is pulled.
fn is_pulled(difference: &str, table: &str) -> bool {
    table.split_once('.').is_some_and(|(_, name)| difference == format!("model {name} {{ is pulled"))
}

/// Whether every statement of a script is among those of another.
fn no_more(script: &str, other: &str) -> bool {
    let statements = |text: &str| -> Vec<String> { text.split(";\n").map(|part| part.trim().to_owned()).collect() };
    let others = statements(other);
    statements(script).iter().all(|statement| others.contains(statement))
}

/// What two schemas say differently, but for what is meant to be: documentation, the settings on top, the wording of
/// conditions and of defaults that ours leaves to the database.
fn differences(ours: &str, pulled: &str) -> Vec<String> {
    let (ours, pulled) = (blocks(ours), blocks(pulled));
    let mut found = Vec::new();
    for (name, lines) in &ours {
        let Some(others) = pulled.get(name) else {
            found.push(format!("{name} is not pulled"));
            continue;
        };
        let more = |these: &[String], those: &[String]| -> Vec<String> {
            these.iter().filter(|line| !those.iter().any(|other| alike(line, other))).cloned().collect()
        };
        found.extend(more(lines, others).iter().map(|line| format!("{name}: ours: {line}")));
        found.extend(more(others, lines).iter().map(|line| format!("{name}: pulled: {line}")));
    }
    found.extend(pulled.keys().filter(|name| !ours.contains_key(*name)).map(|name| format!("{name} is pulled")));
    found
}

/// Whether two lines say the same, where either may leave a default to the database.
fn alike(one: &str, other: &str) -> bool {
    const BARE: &str = "@default(dbgenerated())";
    let fits = |bare: &str, full: &str| {
        bare.split_once(BARE).is_some_and(|(before, after)| {
            full.starts_with(&format!("{before}@default(dbgenerated(")) && full.ends_with(after)
        })
    };
    one == other || fits(one, other) || fits(other, one)
}

/// The lines of each model and enum, blanks between words put together.
fn blocks(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut blocks = BTreeMap::new();
    let mut open: Option<(String, Vec<String>)> = None;
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        match &mut open {
            None if line.starts_with("model ") || line.starts_with("enum ") => open = Some((line, Vec::new())),
            Some(_) if line == "}" => blocks.extend(open.take()),
            Some((_, lines)) if !line.is_empty() && !line.starts_with("//") => {
                // A condition is compared by the engine itself.
                let line = match line.split_once("where: raw(") {
                    Some((before, _)) => format!("{before}where"),
                    None => line,
                };
                lines.push(line);
            }
            _ => {}
        }
    }
    blocks
}

/// What came of one or several cases.
#[derive(Default)]
struct Report {
    states: usize,
    models: usize,
    /// Defaults whose wording in the database is not certain.
    bare: usize,
    /// States that are exactly what Prisma pulls.
    same: usize,
    /// States that could not be held against Prisma, with the reason.
    skipped: Vec<String>,
    /// States of which we say no less than Prisma, and Prisma itself loses something.
    as_prisma: Vec<String>,
    /// States that Prisma pulls otherwise, and loses something by it.
    lossy: Vec<String>,
    failures: Vec<String>,
}

impl Report {
    fn add(&mut self, folder: &Path, other: Report) {
        let tool = folder.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let named = |lines: Vec<String>| lines.into_iter().map(|line| format!("{tool}/{name} / {line}"));
        self.states += other.states;
        self.models += other.models;
        self.bare += other.bare;
        self.same += other.same;
        self.skipped.extend(named(other.skipped));
        self.as_prisma.extend(named(other.as_prisma));
        self.lossy.extend(named(other.lossy));
        self.failures.extend(named(other.failures));
        for list in [&mut self.skipped, &mut self.as_prisma, &mut self.lossy, &mut self.failures] {
            list.sort();
        }
    }

    fn summary(&self) -> String {
        let listed = |lines: &[String]| lines.iter().map(|line| format!("\n  {line}")).collect::<String>();
        format!(
            "{} last states, {} models, {} defaults left to the database; {} are what Prisma pulls; {} skipped{}; {} with no more drift than Prisma's own{}; {} that Prisma pulls with a loss{}; {} failures",
            self.states,
            self.models,
            self.bare,
            self.same,
            self.skipped.len(),
            listed(&self.skipped),
            self.as_prisma.len(),
            listed(&self.as_prisma),
            self.lossy.len(),
            listed(&self.lossy),
            self.failures.len()
        )
    }
}
