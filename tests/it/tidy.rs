//! The rules that the code keeps, checked on its own text. Each guard is shown to fire on a text that breaks it.

use regex::Regex;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// The modules of `src` from the bottom up: one may import those before it.
const LAYERS: [&str; 13] =
    ["threads", "source", "diag", "js", "ir", "sql", "schema", "invert", "emit", "tools", "convert", "verify", "cli"];

/// The most lines that a file of code has.
const LONGEST: usize = 600;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file with the extension below a folder of the repository: its path from the root, and its text.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let entries = WalkDir::new(root().join(folder)).sort_by_file_name().into_iter().flatten();
    let paths =
        entries.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|e| e == extension));
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a file of the repository is text");
        let path = path.strip_prefix(root()).expect("it is below the root").to_string_lossy().into_owned();
        (path, text)
    };
    paths.filter(|path| !path.components().any(|part| part.as_os_str() == "target")).map(read).collect()
}

/// The program's own files, without those that hold nothing but unit tests.
fn program() -> Vec<(String, String)> {
    let tests = |path: &str| path.ends_with("/tests.rs") || path.contains("/tests/");
    files("src", "rs").into_iter().filter(|(path, _)| !tests(path)).collect()
}

/// Our own Rust files.
fn code() -> Vec<(String, String)> {
    ["src", "tests", "benches", "fuzz"].into_iter().flat_map(|folder| files(folder, "rs")).collect()
}

/// The text of a file without its unit tests, which stand at its end.
fn untested(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text)
}

/// The code of a file: without its unit tests and the lines that are nothing but comment.
fn bare(text: &str) -> String {
    let lines = untested(text).lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The layer of a file of `src`, when it belongs to one.
fn layer(path: &str) -> Option<usize> {
    let module = path.strip_prefix("src/")?.split(['/', '.']).next()?;
    LAYERS.iter().position(|layer| *layer == module)
}

fn imports_upwards(path: &str, text: &str) -> Vec<String> {
    let Some(own) = layer(path) else { return Vec::new() };
    let path_of = Regex::new(r"crate::(?:(\w+)|\{([^;]*)\})").expect("a pattern");
    let first = Regex::new(r"(?:^|,)\s*(\w+)").expect("a pattern");
    let mut found = Vec::new();
    for import in path_of.captures_iter(&bare(text)) {
        let names: Vec<&str> = match (import.get(1), import.get(2)) {
            (Some(name), _) => vec![name.as_str()],
            (_, Some(list)) => {
                first.captures_iter(list.as_str()).filter_map(|name| name.get(1)).map(|m| m.as_str()).collect()
            }
            _ => Vec::new(),
        };
        let above = names.into_iter().filter(|name| LAYERS.iter().position(|layer| layer == name) > Some(own));
        found.extend(above.map(|name| format!("{path} imports {name}, which stands above it")));
    }
    found
}

fn opens_without_purpose(path: &str, text: &str) -> Option<String> {
    let fuzz = path.starts_with("fuzz/") && text.starts_with("#![no_main]");
    (!text.starts_with("//! ") && !fuzz).then(|| format!("{path} does not open with //!"))
}

fn outgrown(path: &str, text: &str) -> Option<String> {
    let lines = text.lines().count();
    (lines > LONGEST).then(|| format!("{path} has {lines} lines"))
}

/// What can panic, without a comment on the same line or the one above that says why it does not.
fn unproven(path: &str, text: &str) -> Vec<String> {
    let pattern =
        Regex::new(r"\.unwrap\(\)|\.expect\(|\b(panic|unreachable|todo|unimplemented)!\(").expect("a pattern");
    let lines: Vec<&str> = untested(text).lines().collect();
    let proven = |at: usize| lines[at].contains("//") || (at > 0 && lines[at - 1].trim_start().starts_with("//"));
    // A parser's own `expect` gives a result, which is handed on.
    let handed_on = |line: &str| line.contains(".expect(") && line.contains(")?");
    let bare = (0..lines.len()).filter(|at| pattern.is_match(lines[*at]) && !handed_on(lines[*at]) && !proven(*at));
    bare.map(|at| format!("{path}:{} can panic and no comment proves that it does not", at + 1)).collect()
}

/// Uses of the disk, the environment and the terminal where they do not belong.
fn impure(path: &str, text: &str) -> Vec<String> {
    let rules = [
        (r"\bstd::fs\b|\bFile::(open|create)\b|\bcanonicalize\(", "touches the disk", &["src/source/"][..]),
        (r"\b(print|println|eprint|eprintln|dbg)!\(|std::io::std(out|err)", "prints", &["src/cli/", "src/js/worker/"]),
        (
            r"\bstd::(env|process|net)\b|SystemTime|Instant::now",
            "is not pure",
            &["src/cli/", "src/main.rs", "src/js/pool.rs", "src/js/worker/", "src/verify/"],
        ),
    ];
    let text = &bare(text);
    let broken = rules.iter().filter(|(pattern, _, allowed)| {
        !allowed.iter().any(|allowed| path.starts_with(allowed))
            && Regex::new(pattern).expect("a pattern").is_match(text)
    });
    broken.map(|(_, what, allowed)| format!("{path} {what}, which only {} may", allowed.join(" and "))).collect()
}

/// Tools that import each other.
fn imports_sibling(path: &str, text: &str) -> Vec<String> {
    let Some(own) = path.strip_prefix("src/tools/").and_then(|rest| rest.split_once('/')) else { return Vec::new() };
    let tools: BTreeSet<String> = files("src/tools", "rs")
        .into_iter()
        .filter_map(|(path, _)| path.strip_prefix("src/tools/")?.split_once('/').map(|(tool, _)| tool.to_owned()))
        .collect();
    // `script` is what tools have in common.
    let others = tools.iter().filter(|tool| *tool != own.0 && *tool != "script");
    let imported = others
        .filter(|tool| text.contains(&format!("tools::{tool}")) || text.contains(&format!("super::super::{tool}")));
    imported.map(|tool| format!("{path} imports its sibling {tool}")).collect()
}

fn codes_in(text: &str) -> BTreeSet<String> {
    let pattern = Regex::new(r#""([RSDCV]\d{3})""#).expect("a pattern");
    pattern.captures_iter(untested(text)).map(|found| found[1].to_owned()).collect()
}

#[track_caller]
fn none(broken: impl IntoIterator<Item = String>) {
    let broken: Vec<String> = broken.into_iter().collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn imports_point_down() {
    assert_eq!(imports_upwards("src/ir/a.rs", "use crate::schema::Schema;").len(), 1);
    assert_eq!(imports_upwards("src/ir/a.rs", "use crate::{diag::Finding, invert::Undo};").len(), 1);
    assert_eq!(imports_upwards("src/cli/a.rs", "use crate::schema::Schema;").len(), 0);
    none(program().iter().flat_map(|(path, text)| imports_upwards(path, text)));
}

#[test]
fn every_module_has_a_layer() {
    let modules: BTreeSet<String> = files("src", "rs")
        .into_iter()
        .filter_map(|(path, _)| path.strip_prefix("src/")?.split(['/', '.']).next().map(str::to_owned))
        .filter(|module| !["lib", "main"].contains(&module.as_str()))
        .collect();
    assert_eq!(modules, LAYERS.iter().map(|layer| (*layer).to_owned()).collect());
}

#[test]
fn every_file_says_what_it_is_for() {
    assert!(opens_without_purpose("a.rs", "use x;").is_some());
    none(code().iter().filter_map(|(path, text)| opens_without_purpose(path, text)));
}

#[test]
fn no_file_has_outgrown_itself() {
    assert!(outgrown("a.rs", &"\n".repeat(LONGEST + 1)).is_some());
    none(code().iter().filter_map(|(path, text)| outgrown(path, text)));
}

#[test]
fn nothing_panics_without_a_reason_why_not() {
    assert_eq!(unproven("a.rs", "let a = b.unwrap();").len(), 1);
    assert_eq!(unproven("a.rs", "let a = b.unwrap(); // never empty").len(), 0);
    none(program().iter().flat_map(|(path, text)| unproven(path, text)));
}

#[test]
fn only_source_touches_the_disk_and_only_cli_prints() {
    assert_eq!(impure("src/ir/a.rs", "std::fs::read(x); println!(\"\");").len(), 2);
    none(program().iter().flat_map(|(path, text)| impure(path, text)));
}

#[test]
fn no_tool_imports_a_sibling() {
    none(files("src/tools", "rs").iter().flat_map(|(path, text)| imports_sibling(path, text)));
}

#[test]
fn the_table_of_codes_holds_those_that_are_used_and_no_others() {
    let used = program().into_iter().filter(|(path, _)| !path.starts_with("src/diag/codes/"));
    let used: BTreeSet<String> = used.flat_map(|(_, text)| codes_in(&text)).collect();
    let listed = transmigrate::diag::CODES.iter().flat_map(|group| group.iter());
    let listed: BTreeSet<String> = listed.map(|code| code.code.to_owned()).collect();
    assert_eq!(used, listed);
}

#[test]
fn every_template_is_registered() {
    let registered: BTreeSet<String> =
        transmigrate::emit::TEMPLATES.iter().map(|(path, _)| (*path).to_owned()).collect();
    let there: BTreeSet<String> = files("templates", "tera")
        .into_iter()
        .filter_map(|(path, _)| path.strip_prefix("templates/").map(str::to_owned))
        .collect();
    assert_eq!(registered, there);
}

#[test]
fn every_folder_with_a_target_is_registered() {
    let registered: BTreeSet<String> =
        transmigrate::convert::FOLDERS.iter().map(|(name, _)| format!("templates/{name}/target.toml")).collect();
    let there: BTreeSet<String> = files("templates", "toml").into_iter().map(|(path, _)| path).collect();
    assert_eq!(registered, there);
}

/// The cases of the corpus as `tool/case`.
fn cases() -> BTreeSet<String> {
    let folders = WalkDir::new(root().join("corpus")).min_depth(2).max_depth(2).into_iter().flatten();
    let folders = folders.filter(|entry| entry.file_type().is_dir()).map(walkdir::DirEntry::into_path);
    let name = |path: PathBuf| path.strip_prefix(root().join("corpus")).map(|path| path.to_string_lossy().into_owned());
    folders.filter_map(|path| name(path).ok()).collect()
}

#[test]
fn every_case_says_what_it_shows() {
    none(cases().into_iter().filter(|case| !root().join("corpus").join(case).join("case.toml").is_file()));
}

#[test]
fn no_snapshot_is_left_without_its_case() {
    let cases = cases();
    none(files("snapshots", "snap").into_iter().map(|(path, _)| path).filter(|path| {
        let parts: Vec<&str> = path.split('/').collect();
        // snapshots/convert is by target.
        if let ["snapshots", "convert", target, _] = parts[..] {
            return !root().join("templates").join(target).is_dir();
        }
        // snapshots/coverage.snap and the like are about no single case.
        let case = parts.get(2).map(|case| case.split('.').next().unwrap_or(case));
        case.is_some_and(|case| !cases.contains(&format!("{}/{case}", parts[1])))
    }));
}
