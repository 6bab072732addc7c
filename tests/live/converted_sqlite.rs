//! Histories for SQLite that were converted, run by what they were converted for: after every migration, up and down, the
//! catalogue is that of the source.

use crate::node;
use crate::runner::sqlite::{Runner, TARGETS};
use crate::runner::{self};
use std::path::{Path, PathBuf};
use std::process::Command;
use transmigrate::ir::Dialect;
use transmigrate::tools::{self, Given};
use transmigrate::verify::{Catalogue, ColumnOrder, Embedded, compare, trail};

#[test]
fn converted_histories_for_sqlite_do_what_the_source_does() {
    if !node::is_installed() {
        assert!(std::env::var("VERIFY").is_err(), "the tools are not installed: run `npm ci` in tests/judge");
        eprintln!("skipped: the tools are not installed");
        return;
    }
    runner::are_installed().unwrap_or_else(|error| panic!("{error}"));
    let (mut ups, mut downs, mut failures) = (0, 0, Vec::new());
    for case in cases() {
        for target in TARGETS {
            match walk(&case, target) {
                Ok((its_ups, its_downs)) => {
                    ups += its_ups;
                    downs += its_downs;
                }
                Err(error) => failures.push(format!("{} to {target}: {error}", case.display())),
            }
        }
    }
    eprintln!("{ups} migrations run for SQLite by what they were converted for, {downs} undone");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(ups > 0 && downs > 0, "there are cases to try");
}

/// The cases for SQLite, of all tools.
fn cases() -> Vec<PathBuf> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folders = walkdir::WalkDir::new(corpus).min_depth(2).max_depth(2).sort_by_file_name();
    let folders = folders.into_iter().flatten().map(walkdir::DirEntry::into_path);
    let of_sqlite = |folder: &PathBuf| folder.parent().is_some_and(|tool| tool.to_string_lossy().ends_with("-sqlite"));
    folders.filter(of_sqlite).collect()
}

/// How many migrations were run and undone.
fn walk(case: &Path, target: &'static str) -> Result<(usize, usize), String> {
    let states = states(case)?;
    let place = tempfile::tempdir().map_err(|error| error.to_string())?;
    let report = place.path().join("report.json");
    let folder = place.path().join("out");
    let run = Command::new(env!("CARGO_BIN_EXE_transmigrate"))
        .args(["convert", "--dialect", "sqlite", "--downs", "fix", "--to", target, "--out"])
        .args([&folder, Path::new("--report"), &report, case])
        .output()
        .map_err(|error| error.to_string())?;
    if run.status.code() == Some(2) {
        return Err(String::from_utf8_lossy(&run.stderr).into_owned());
    }
    let report = std::fs::read_to_string(report).map_err(|error| error.to_string())?;
    let report: serde_json::Value = serde_json::from_str(&report).map_err(|error| error.to_string())?;
    let migrations = report["migrations"].as_array().ok_or("no migrations in the report")?;
    let names: Vec<&str> = migrations.iter().filter_map(|one| one["new"][0].as_str()).collect();
    let runner = Runner::open(target, &folder)?;
    let is = |wanted: &Catalogue, when: &str| match compare(wanted, &runner.catalogue()?, ColumnOrder::Counts) {
        found if found.is_empty() => Ok(()),
        found => Err(format!("{when}: {}", found.join("; "))),
    };
    for (at, name) in names.iter().enumerate() {
        match runner.up(name) {
            Ok(()) => is(&states[at + 1], name)?,
            // It says so, and has done nothing.
            Err(error) if is_known(target, &error) => {
                is(&states[at], &format!("{name}, which cannot be run"))?;
                return Ok((at, 0));
            }
            Err(error) => return Err(format!("{name}: {error}")),
        }
    }
    for (undone, (at, name)) in names.iter().enumerate().rev().enumerate() {
        // A written down that does not undo its up, and for which none can be made, is carried as it is.
        let old = migrations[at]["old"].as_str().unwrap_or_default();
        let stays = |found: &serde_json::Value| found["message"].as_str().is_some_and(|text| text.contains(old));
        let findings = report["findings"].as_array();
        if findings.into_iter().flatten().any(|found| found["code"] == "C003" && stays(found)) {
            return Ok((names.len(), undone));
        }
        let ran = runner.down(name);
        if migrations[at]["down_is"] == "refused" {
            is(&states[at + 1], &format!("the refused down of {name}"))?;
            return if ran.is_err() {
                Ok((names.len(), undone))
            } else {
                Err(format!("the refused down of {name} runs"))
            };
        }
        match ran {
            Err(error) if is_known(target, &error) => {
                is(&states[at + 1], &format!("the down of {name}, which cannot be run"))?;
                return Ok((names.len(), undone));
            }
            ran => ran.map_err(|error| format!("down of {name}: {error}"))?,
        }
        is(&states[at], &format!("down of {name}"))?;
    }
    Ok((names.len(), names.len()))
}

/// Whether a script says why it cannot be run.
fn is_known(target: &str, error: &str) -> bool {
    error.contains("has to be ported by hand first")
        || target == "sqlx" && error.contains("cannot be run: PRAGMA foreign_keys")
}

/// The catalogues that the history itself leads through.
fn states(case: &Path) -> Result<Vec<Catalogue>, String> {
    let tree = tools::open(case).map_err(|error| error.to_string())?;
    let place = tools::choose(&tree, None).map_err(|_| "no history is chosen")?.value.place;
    let tool = tools::lookup(place.tool).ok_or("the tool is not supported")?;
    let given = Given { dialect: Some(Dialect::Sqlite), base: None };
    let history = tool.read(&tree, &place, given).map_err(|_| "it cannot be read")?.value;
    trail(&history, &tree, &Embedded)
}
