//! How long histories take whose migrations are programs: `cargo bench --bench scripts`. Reads 300 migrations of each tool
//! as a user has them, from the disk and with processes of their own, beside the time that Node takes to load Sequelize
//! alone, and says what one evaluation costs.

use mimalloc::MiMalloc;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use transmigrate::ir::{Op, Tool};
use transmigrate::js::{self, Answer, Call, Event, Found, Host, Module, Script, Shim, Worker};
use transmigrate::tools::{self, Given};

/// The program's own allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// How many migrations a history has.
const SIZE: usize = 300;

/// Runs of each; the median counts, and the fastest is said beside it.
const RUNS: usize = 9;

/// Where the real tools are installed.
const JUDGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judge");

struct Kind {
    tool: Tool,
    name: &'static str,
    shim: Shim,
    folder: &'static str,
    write: fn(usize) -> (String, String),
}

const KINDS: [Kind; 3] = [
    Kind {
        tool: Tool::Sequelize,
        name: "sequelize",
        shim: Shim {
            main: include_str!("../src/tools/sequelize/shim.js"),
            parts: &[("library", include_str!("../src/tools/sequelize/library.js"))],
        },
        folder: "migrations",
        write: sequelize,
    },
    Kind {
        tool: Tool::Knex,
        name: "knex",
        shim: Shim { main: include_str!("../src/tools/knex/shim.js"), parts: &[] },
        folder: "migrations",
        write: knex,
    },
    Kind {
        tool: Tool::Typeorm,
        name: "typeorm",
        shim: Shim {
            main: include_str!("../src/tools/typeorm/shim.js"),
            parts: &[
                ("runner", include_str!("../src/tools/typeorm/runner.js")),
                ("tables", include_str!("../src/tools/typeorm/tables.js")),
                ("rows", include_str!("../src/tools/typeorm/rows.js")),
            ],
        },
        folder: "src/migrations",
        write: typeorm,
    },
];

fn main() {
    js::use_program(PathBuf::from(env!("CARGO_BIN_EXE_transmigrate")));
    install();
    println!("{SIZE} migrations, up and down; ms, median of {RUNS} (fastest)");
    println!(
        "tool        reading            node -e \"require('sequelize')\"   ratio   one evaluation: median     p95"
    );
    for kind in &KINDS {
        let folder = match tempfile::tempdir() {
            Ok(folder) => folder,
            Err(error) => return println!("no temporary folder: {error}"),
        };
        let scripts: Vec<(String, String)> = (0..SIZE).map(kind.write).collect();
        if let Err(error) = lay_out(folder.path(), kind, &scripts) {
            return println!("{error}");
        }
        // In turn, so that whatever else the machine does meets both.
        let (mut ours, mut node) = (Vec::new(), Vec::new());
        for _ in 0..RUNS {
            ours.push(read(folder.path(), kind));
            node.extend(load());
        }
        let evaluations = evaluate(kind, &scripts);
        let millis = |time: Duration| time.as_secs_f64() * 1e3;
        let of = |times: &mut Vec<Duration>, part: f64| {
            times.sort();
            times.get(((times.len() as f64 - 1.0).max(0.0) * part) as usize).copied().map_or(f64::NAN, millis)
        };
        let mut evaluations = evaluations;
        println!(
            "{:<10} {:>7.1} ({:>6.1})   {:>16.1} ({:>6.1})          {:>8.2}   {:>18.3}   {:>10.3}",
            kind.name,
            of(&mut ours, 0.5),
            of(&mut ours, 0.0),
            of(&mut node, 0.5),
            of(&mut node, 0.0),
            of(&mut ours, 0.5) / of(&mut node, 0.5),
            of(&mut evaluations, 0.5),
            of(&mut evaluations, 0.95),
        );
    }
}

/// Installs the real tools where they are missing; without Node there is nothing to compare with.
fn install() {
    if !Path::new(JUDGE).join("node_modules/sequelize").is_dir() {
        let mut npm = Command::new("npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(JUDGE).stdout(Stdio::null());
        let _ = npm.status();
    }
}

/// How long Node takes to load the tool; `None` when it cannot.
fn load() -> Option<Duration> {
    let began = Instant::now();
    let status = Command::new("node").args(["-e", "require('sequelize')"]).current_dir(JUDGE).status().ok()?;
    status.success().then(|| began.elapsed())
}

fn lay_out(root: &Path, kind: &Kind, scripts: &[(String, String)]) -> std::io::Result<()> {
    std::fs::create_dir_all(root.join(kind.folder))?;
    std::fs::write(root.join("package.json"), "{}")?;
    if kind.tool == Tool::Knex {
        std::fs::write(root.join("knexfile.js"), "module.exports = { client: 'pg' };\n")?;
    }
    if kind.tool == Tool::Sequelize {
        std::fs::create_dir_all(root.join("config"))?;
        std::fs::write(root.join("config/config.json"), "{ \"development\": { \"dialect\": \"postgres\" } }\n")?;
    }
    scripts.iter().try_for_each(|(name, text)| std::fs::write(root.join(kind.folder).join(name), text))
}

/// Reads the history as the program does.
fn read(root: &Path, kind: &Kind) -> Duration {
    let began = Instant::now();
    let Ok(tree) = tools::open(root) else { return Duration::MAX };
    let history = tools::choose(&tree, Some(kind.tool))
        .ok()
        .and_then(|chosen| tools::lookup(kind.tool)?.read(&tree, &chosen.value.place, Given::default()).ok());
    let took = began.elapsed();
    let read = history.as_ref().map_or(0, |history| history.value.migrations.len());
    let understood = history.iter().flat_map(|history| &history.value.migrations).all(|migration| {
        !migration.up.steps.is_empty() && !migration.up.steps.iter().any(|step| matches!(step.op, Op::Code { .. }))
    });
    assert!(read == SIZE && understood, "{}: {read} migrations, understood: {understood}", kind.name);
    took
}

/// A host that keeps what it is told.
#[derive(Default)]
struct Tape(Vec<Event>);

impl Host for Tape {
    fn import(&mut self, _: u32, _: &str) -> Found {
        Found::Nothing
    }

    fn read(&mut self, _: &str) -> Option<String> {
        None
    }

    fn tell(&mut self, events: Vec<Event>) {
        self.0.extend(events);
    }

    fn ask(&mut self, _: &Call) -> Answer {
        Answer::Unknown
    }

    fn restart(&mut self) {
        self.0.clear();
    }
}

/// How long each direction of each script takes in a worker that runs already.
fn evaluate(kind: &Kind, scripts: &[(String, String)]) -> Vec<Duration> {
    let mut worker = Worker::new();
    let mut times = Vec::new();
    for (at, (path, text)) in scripts.iter().enumerate() {
        let module = Module { id: at as u32, path: path.clone(), text: text.clone() };
        for direction in ["up", "down"] {
            let script = Script { shim: kind.shim, dialect: "postgres", module: &module, direction, part: "" };
            let mut tape = Tape::default();
            let began = Instant::now();
            let end = worker.run(script, &mut tape);
            times.push(began.elapsed());
            assert!(end.is_ok_and(|end| end.failure.is_none()), "{path}\n{text}");
        }
    }
    times.remove(0); // the process starts with it
    times
}

/// What migration number `at` is about: a table that is there, or that it makes.
fn subject(at: usize) -> (usize, String) {
    (at % 5, format!("table_{}", at / 5))
}

fn sequelize(at: usize) -> (String, String) {
    let (kind, table) = subject(at);
    let mut up = String::new();
    let down = match kind {
        0 => {
            let _ = write!(
                up,
                "await queryInterface.createTable('{table}', {{\n      id: {{ allowNull: false, autoIncrement: true, primaryKey: true, type: Sequelize.INTEGER }},\n      name: {{ type: Sequelize.STRING(120), allowNull: false, defaultValue: '' }},\n      email: {{ type: Sequelize.STRING }},\n      active: {{ type: Sequelize.BOOLEAN, defaultValue: true }},\n      createdAt: {{ allowNull: false, type: Sequelize.DATE }},\n      updatedAt: {{ allowNull: false, type: Sequelize.DATE }},\n    }});"
            );
            format!("await queryInterface.dropTable('{table}');")
        }
        1 => {
            let _ = write!(
                up,
                "await queryInterface.addColumn('{table}', 'note', {{ type: Sequelize.TEXT, allowNull: true }});\n    await queryInterface.addColumn('{table}', 'amount', {{ type: Sequelize.DECIMAL(10, 2) }});"
            );
            format!(
                "await queryInterface.removeColumn('{table}', 'amount');\n    await queryInterface.removeColumn('{table}', 'note');"
            )
        }
        2 => {
            let _ = write!(
                up,
                "await queryInterface.addIndex('{table}', ['email'], {{ name: '{table}_email', unique: true }});"
            );
            format!("await queryInterface.removeIndex('{table}', '{table}_email');")
        }
        3 => {
            let _ = write!(
                up,
                "await queryInterface.sequelize.query(`UPDATE \"{table}\" SET \"note\" = 'none' WHERE \"note\" IS NULL`);"
            );
            format!("await queryInterface.sequelize.query(`UPDATE \"{table}\" SET \"note\" = NULL`);")
        }
        _ => {
            let _ = write!(
                up,
                "await queryInterface.sequelize.transaction(async (transaction) => {{\n      await queryInterface.renameColumn('{table}', 'name', 'title', {{ transaction }});\n    }});"
            );
            format!("await queryInterface.renameColumn('{table}', 'title', 'name');")
        }
    };
    let text = format!(
        "'use strict';\n\n/** @type {{import('sequelize-cli').Migration}} */\nmodule.exports = {{\n  async up(queryInterface, Sequelize) {{\n    {up}\n  }},\n\n  async down(queryInterface, Sequelize) {{\n    {down}\n  }},\n}};\n"
    );
    (format!("{}-change-{table}.js", 20_240_101_000_000_usize + at), text)
}

fn knex(at: usize) -> (String, String) {
    let (kind, table) = subject(at);
    let (up, down) = match kind {
        0 => (
            format!(
                "await knex.schema.createTable('{table}', (table) => {{\n    table.increments('id').primary();\n    table.string('name', 120).notNullable().defaultTo('');\n    table.string('email');\n    table.boolean('active').defaultTo(true);\n    table.timestamps(true, true);\n  }});"
            ),
            format!("await knex.schema.dropTable('{table}');"),
        ),
        1 => (
            format!(
                "await knex.schema.alterTable('{table}', (table) => {{\n    table.text('note').nullable();\n    table.decimal('amount', 10, 2);\n  }});"
            ),
            format!(
                "await knex.schema.alterTable('{table}', (table) => {{\n    table.dropColumn('amount');\n    table.dropColumn('note');\n  }});"
            ),
        ),
        2 => (
            format!(
                "await knex.schema.alterTable('{table}', (table) => {{\n    table.unique(['email']);\n    table.index(['name', 'active']);\n  }});"
            ),
            format!(
                "await knex.schema.alterTable('{table}', (table) => {{\n    table.dropIndex(['name', 'active']);\n    table.dropUnique(['email']);\n  }});"
            ),
        ),
        3 => (
            format!("await knex('{table}').whereNull('note').update({{ note: 'none' }});"),
            format!("await knex.raw(`UPDATE {table} SET note = NULL`);"),
        ),
        _ => (
            format!(
                "await knex.schema.table('{table}', (table) => {{\n    table.renameColumn('name', 'title');\n  }});"
            ),
            format!(
                "await knex.schema.table('{table}', (table) => {{\n    table.renameColumn('title', 'name');\n  }});"
            ),
        ),
    };
    let text = format!(
        "/**\n * @param {{ import(\"knex\").Knex }} knex\n * @returns {{ Promise<void> }}\n */\nexports.up = async function (knex) {{\n  {up}\n}};\n\n/**\n * @param {{ import(\"knex\").Knex }} knex\n * @returns {{ Promise<void> }}\n */\nexports.down = async function (knex) {{\n  {down}\n}};\n"
    );
    (format!("{}_change_{table}.js", 20_240_101_000_000_usize + at), text)
}

fn typeorm(at: usize) -> (String, String) {
    let (kind, table) = subject(at);
    let query = |sql: String| format!("await queryRunner.query(`{sql}`);");
    let (up, down) = match kind {
        0 => (
            query(format!(
                "CREATE TABLE \"{table}\" (\"id\" SERIAL NOT NULL, \"name\" character varying(120) NOT NULL DEFAULT '', \"email\" character varying, \"active\" boolean NOT NULL DEFAULT true, CONSTRAINT \"PK_{at:027}\" PRIMARY KEY (\"id\"))"
            )),
            query(format!("DROP TABLE \"{table}\"")),
        ),
        1 => (
            format!(
                "await queryRunner.addColumn(\"{table}\", new TableColumn({{ name: \"note\", type: \"text\", isNullable: true }}));"
            ),
            format!("await queryRunner.dropColumn(\"{table}\", \"note\");"),
        ),
        2 => (
            query(format!("CREATE UNIQUE INDEX \"IDX_{at:026}\" ON \"{table}\" (\"email\") ")),
            query(format!("DROP INDEX \"public\".\"IDX_{at:026}\"")),
        ),
        3 => (
            query(format!("UPDATE \"{table}\" SET \"note\" = 'none' WHERE \"note\" IS NULL")),
            query(format!("UPDATE \"{table}\" SET \"note\" = NULL")),
        ),
        _ => (
            query(format!("ALTER TABLE \"{table}\" RENAME COLUMN \"name\" TO \"title\"")),
            query(format!("ALTER TABLE \"{table}\" RENAME COLUMN \"title\" TO \"name\"")),
        ),
    };
    let stamp = 1_704_067_200_000_usize + at;
    let text = format!(
        "import {{ MigrationInterface, QueryRunner, TableColumn }} from \"typeorm\";\n\nexport class Change{stamp} implements MigrationInterface {{\n    name = 'Change{stamp}'\n\n    public async up(queryRunner: QueryRunner): Promise<void> {{\n        {up}\n    }}\n\n    public async down(queryRunner: QueryRunner): Promise<void> {{\n        {down}\n    }}\n\n}}\n"
    );
    (format!("{stamp}-Change.ts"), text)
}
