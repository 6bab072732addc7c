//! The matrix: every case of every tool is converted to every target, and the target's own tool runs what was written. After
//! each migration the database holds what the source's own tool makes of it, column order included; and on the way back
//! each down leads where it should.
//!
//! `LIVE_CASE` limits it to cases whose folder has that in its path, `MATRIX_TARGET` to a target.

mod report;
mod round;
mod source;
mod stage;
mod state;
mod types;
mod walk;

use crate::cluster::Server;
use crate::corpus::{self, CaseOf, tool_name};
use crate::node;
use report::{Cell, Report};
use source::{Seen, Source};
use stage::{Desk, Files, Means, Stage, Texts};
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::time::Instant;
use transmigrate::convert::{self, Conversion, Downs};
use transmigrate::emit::{Job, Language, Options, Style, Templates};
use transmigrate::invert::Verdict;
use transmigrate::ir::Tool;
use walk::Walk;

/// The targets, each with the styles that it is written in; the second is tried with the histories of
/// scripts only, but for TypeORM's, whose methods are not what is usual.
const TARGETS: [(&str, &[Option<Style>]); 5] = [
    ("sql", &[None]),
    ("prisma", &[None]),
    ("knex", &[Some(Style::Builder), Some(Style::Sql)]),
    ("sequelize", &[Some(Style::Builder), Some(Style::Sql)]),
    ("typeorm", &[Some(Style::Sql), Some(Style::Builder)]),
];

#[test]
fn what_is_converted_does_the_same() {
    let Some(server) = Server::from_environment() else { return };
    assert!(node::is_installed(), "the tools are not installed: run `npm ci` in tests/judge, as test.sh does");
    let mut report = Report::default();
    corpus::each(
        cases(),
        || Desk::new(&server),
        |desk, (tool, folder)| {
            let mut cells = Vec::new();
            let ended = case(desk, *tool, folder, &mut cells);
            Ok((cells, ended))
        },
        |(tool, folder), done| {
            let (cells, ended) = done.unwrap_or_else(|error| (Vec::new(), Err(error)));
            cells.into_iter().for_each(|(target, cell)| report.add(tool_name(*tool), target, cell));
            if let Err(error) = ended {
                let case = folder.file_name().unwrap_or_default().to_string_lossy();
                report.fail(format!("{}/{case}: {error}", tool_name(*tool)));
            }
        },
    );
    assert!(report.migrations() > 0, "there are cases to try");
    eprintln!("{report}");
    let failures = report.failures();
    assert!(failures.is_empty(), "{}\n{report}", failures.join("\n"));
}

/// The matrix is shown to fire: what is written of these cases is spoilt, and each spoiling is found.
#[test]
fn the_matrix_finds_what_is_wrong() {
    let Some(server) = Server::from_environment() else { return };
    assert!(node::is_installed(), "the tools are not installed: run `npm ci` in tests/judge, as test.sh does");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/knex/blog");
    let mut desk = Desk::new(&server);
    let source = Source::open(Tool::Knex, &folder).unwrap_or_else(|error| panic!("{error}"));
    let seen = source.run(&mut desk).unwrap_or_else(|error| panic!("{error}"));
    let spoilt = [
        ("sql", "VARCHAR(320)", "VARCHAR(321)", "up: column public.users.email differs"),
        ("prisma", "DROP TABLE \"users\"", "SELECT 1", "the down fails: cannot drop type user_role"),
        ("sql", "DROP TYPE \"user_role\"", "SELECT 1", "down: type public.user_role is too many"),
        ("sql", "CREATE TABLE \"users\"", "CREATE TABEL \"users\"", "the up fails"),
        (
            "typeorm",
            "await queryRunner.query",
            "throw new Error('no down for it'); await queryRunner.query",
            "the up fails",
        ),
    ];
    for (target, text, other, expected) in spoilt {
        let way = Way { target, style: None, downs: Downs::Keep };
        let mut conversion = written(&source, way).unwrap_or_else(|error| panic!("{error}"));
        let whole = conversion.files.clone();
        conversion.files.values_mut().for_each(|file| *file = file.replace(text, other));
        assert_ne!(whole, conversion.files, "{text} stands in what is written for {target}");
        let mut cell = Cell::default();
        let ended = walk(&mut desk, &source, &seen, target, &conversion, &mut cell);
        cell.failures.extend(ended.err());
        assert!(cell.failures.iter().any(|f| f.contains(expected)), "{expected}: {:#?}", cell.failures);
    }
}

/// Every case, those of the tools with the longest ones first.
fn cases() -> VecDeque<CaseOf> {
    let mut tools = corpus::TOOLS;
    tools.reverse();
    corpus::cases(&tools)
}

/// Converts a case to every target, and has each run what was written.
fn case(desk: &mut Desk, tool: Tool, folder: &Path, cells: &mut Vec<(String, Cell)>) -> Result<(), String> {
    let source = Source::open(tool, folder)?;
    let seen = source.run(desk)?;
    let only = std::env::var("MATRIX_TARGET").ok();
    for (target, styles) in TARGETS {
        if only.as_deref().is_some_and(|only| only != target) {
            continue;
        }
        let styles = if tool == Tool::Prisma && target != "typeorm" { &styles[..1] } else { styles };
        for (place, style) in styles.iter().enumerate() {
            one(desk, &source, &seen, Way { target, style: *style, downs: Downs::Keep }, cells);
            let differs = source.undos.iter().any(|undo| matches!(undo.written, Some(Verdict::Differs(_))));
            if place == 0 && differs {
                one(desk, &source, &seen, Way { target, style: *style, downs: Downs::Fix }, cells);
            }
        }
    }
    let missing: Vec<&String> = match only {
        None => source.deviates.iter().filter(|deviates| !cells.iter().any(|(_, cell)| cell.shows(deviates))).collect(),
        Some(_) => Vec::new(),
    };
    match missing.as_slice() {
        [] => Ok(()),
        missing => Err(format!("is said to deviate, and does not: {missing:?}")),
    }
}

/// How a case is converted.
#[derive(Clone, Copy)]
struct Way {
    target: &'static str,
    style: Option<Style>,
    downs: Downs,
}

impl Way {
    /// `knex sql fixed`.
    fn name(self) -> String {
        let style = match self.style {
            None => "",
            Some(Style::Builder) => " builder",
            Some(Style::Sql) => " sql",
        };
        format!("{}{style}{}", self.target, if self.downs == Downs::Fix { " fixed" } else { "" })
    }
}

fn one(desk: &mut Desk, source: &Source, seen: &Seen, way: Way, cells: &mut Vec<(String, Cell)>) {
    let mut cell = Cell { cases: 1, ..Cell::default() };
    let start = Instant::now();
    if let Err(error) = run(desk, source, seen, way, &mut cell) {
        cell.failures.push(error);
        // Whatever it has open is open no more.
        desk.node = None;
    }
    if let Err(error) = rows(desk, source, seen, &mut cell) {
        cell.failures.push(error);
    }
    cell.time = start.elapsed();
    for failure in &mut cell.failures {
        *failure = format!("{} -> {} / {failure}", source.name, way.name());
    }
    cell.expect(&source.deviates);
    cells.push((way.name(), cell));
}

fn run(desk: &mut Desk, source: &Source, seen: &Seen, way: Way, cell: &mut Cell) -> Result<(), String> {
    walk(desk, source, seen, way.target, &written(source, way)?, cell)
}

fn walk(
    desk: &mut Desk,
    source: &Source,
    seen: &Seen,
    target: &'static str,
    conversion: &Conversion,
    cell: &mut Cell,
) -> Result<(), String> {
    let mut stage = Stage::open(desk, &source.prelude, means(target, conversion)?)?;
    Walk { source, seen, conversion }.run(&mut stage, cell)
}

/// Makes failures of rows that are not what they should be.
fn rows(desk: &mut Desk, source: &Source, seen: &Seen, cell: &mut Cell) -> Result<(), String> {
    if !cell.rows.is_empty() {
        let chance = source.chance(seen, desk)?;
        cell.rows.retain(|(table, _)| !chance.contains(table));
    }
    cell.failures.extend(std::mem::take(&mut cell.rows).into_iter().map(|(_, failure)| failure));
    Ok(())
}

/// Converts a case.
fn written(source: &Source, way: Way) -> Result<Conversion, String> {
    let language = if way.target == "typeorm" { Language::Typescript } else { Language::Javascript };
    written_in(source, way, language)
}

/// The same, in a language.
fn written_in(source: &Source, way: Way, language: Language) -> Result<Conversion, String> {
    let found = convert::lookup(way.target)?;
    let options = Options { style: way.style, language: Some(language), esm: false };
    let job = Job {
        tree: &source.tree,
        history: &source.history,
        last: &source.last,
        options: &options,
        templates: Templates::built_in()?,
    };
    convert::convert(found.target(), &job, &source.undos, way.downs)
}

/// How a target's project is run.
fn means(target: &'static str, conversion: &Conversion) -> Result<Means, String> {
    let files = &conversion.files;
    let texts = |up_end: &str, down_end: &str, start: &str| -> Vec<Texts> {
        let ups = files.iter().filter_map(|(path, up)| {
            let name = path.strip_prefix(start)?.strip_suffix(up_end)?.to_owned();
            let down = files.get(&format!("{start}{name}{down_end}")).cloned();
            Some(Texts { name, up: up.clone(), down })
        });
        ups.collect()
    };
    match target {
        "prisma" => Ok(Means::Query(texts("/migration.sql", "/down.sql", "prisma/migrations/"))),
        "sql" => Ok(Means::Psql(texts(".up.sql", ".down.sql", ""))),
        "knex" | "sequelize" | "typeorm" => Ok(Means::Node(target, Files::Written(BTreeMap::clone(files)))),
        _ => Err(format!("there is nothing to run {target} by")),
    }
}
