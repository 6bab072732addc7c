//! Finding and reading TypeORM's histories: folders of files with a class that implements `MigrationInterface`, run in the
//! order of the 13 digits at the end of the class's name, or of its `name` property (`migration/MigrationExecutor.js`,
//! typeorm 0.3.31 and 1.1.1).

use super::TypeOrm;
use super::classes::{Class, classes};
use super::listed::{self, Listed};
use super::source::{self, DataSource};
use super::strategy;
use crate::diag::{Finding, Level, Outcome};
use crate::ir::{Dialect, History, Tool, TransactionMode};
use crate::js::Value;
use crate::source::{FileId, SourceTree, Span};
use crate::tools::script::Part;
use crate::tools::{Given, Grounds, Place};
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A pattern that is a constant.
pub(super) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|_| unreachable!()) // they are well formed: the tests below compile every one
}

static CLASS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bclass\s+([\w$]+)(?:\s+implements\s+|[^{]*)[^{]*\{"));
static IMPLEMENTS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\bclass\b[^{]*\bimplements\b[^{]*\bMigrationInterface\b"));
static STAMPED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bclass\s+[\w$]*\d{13}\b|=\s*class\s+[\w$]*\d{13}\b"));
pub(super) static NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?m)^\s*(?:(?:public|readonly|static|override)\s+)*(?:this\.)?name\s*(?::\s*string\s*)?=\s*["'`]([^"'`]+)["'`]"#,
    )
});
pub(super) static DIGITS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\d{13}"));

/// Whether a file of that name may be a migration.
fn is_name(name: &str) -> bool {
    let script = [".ts", ".js", ".mts", ".cts", ".mjs", ".cjs"].iter().any(|end| name.ends_with(end));
    let other = [".d.ts", ".d.mts", ".d.cts", ".spec.ts", ".test.ts", ".spec.js", ".test.js"];
    script && !other.iter().any(|end| name.ends_with(end)) && (DIGITS.is_match(name) || !name.starts_with("index."))
}

/// Whether a file with that text is one.
pub(super) fn is_text(text: &str) -> bool {
    IMPLEMENTS.is_match(text) || (STAMPED.is_match(text) && text.contains("queryRunner"))
}

/// When a migration was written, in milliseconds, as TypeORM takes it from its class; `None` when its name says nothing.
fn stamp(text: &str) -> Option<u64> {
    let class = CLASS.captures_iter(text).map(|found| found[1].to_owned()).find(|name| DIGITS.is_match(name));
    let any = CLASS.captures(text).map(|found| found[1].to_owned());
    let named = NAME.captures(text).map(|found| found[1].to_owned());
    [named, class, any].into_iter().flatten().find_map(|name| time_of(&name))
}

/// The last 13 characters of a name as a number, as `parseInt` has it.
pub(super) fn time_of(name: &str) -> Option<u64> {
    let units: Vec<char> = name.chars().collect();
    let last: String = units[units.len().saturating_sub(13)..].iter().collect();
    let digits: String = last.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|time| *time > 0)
}

/// Every history in the tree.
pub(super) fn find(tree: &SourceTree) -> Outcome<Vec<Place>> {
    let is_stamped = |name: &str| is_name(name) && DIGITS.is_match(name);
    let shape = super::Shape { tool: Tool::Typeorm, is_name: is_stamped, is_text, speaks: is_text };
    let sources = source::data_sources(tree);
    let mut own: Vec<String> = sources.iter().flat_map(DataSource::folders).collect();
    own.extend(sources.iter().filter_map(|source| listed::listed(tree, source)).map(|listed| listed.folder));
    let mut places = super::histories(tree, &shape, &own);
    // What a data source names, or is called so, may have files without the digits.
    let called = tree.folders().iter().filter(|folder| folder.rsplit('/').next().is_some_and(is_called));
    let folders: BTreeSet<&String> = own.iter().chain(called).collect();
    for folder in folders {
        let is_one = |id: &FileId| tree.read(*id).is_ok_and(|text| IMPLEMENTS.is_match(text));
        let known = places.iter().any(|place| place.folder == *folder);
        if !known && super::files(tree, folder, is_name).iter().any(is_one) {
            let own = own.contains(folder);
            let grounds = if own { Grounds::Settings } else { Grounds::Words };
            places.push(Place { tool: Tool::Typeorm, folder: folder.clone(), own, grounds, refused: None });
        }
    }
    places.sort_by(|a, b| a.folder.cmp(&b.folder));
    Outcome { value: places, findings: Vec::new() }
}

/// Whether a folder of that name most likely holds migrations.
fn is_called(name: &str) -> bool {
    name.to_lowercase().contains("migration")
}

/// Reads the history at a place.
pub(super) fn read(tree: &SourceTree, place: &Place, given: Given) -> Result<Outcome<History>, Vec<Finding>> {
    if let Some(refused) = &place.refused {
        return Err(vec![refused.clone()]);
    }
    let sources = source::data_sources(tree);
    let source = source_of(tree, place, &sources);
    let said = given
        .dialect
        .or_else(|| of_folder(&place.folder))
        .or_else(|| source.and_then(|source| source.kind))
        .or_else(|| source::driver(tree, &place.folder))
        .or_else(|| of_root(tree));
    let dialect = match said {
        Some(dialect) => dialect,
        None => match unsupported(tree, place, source) {
            Some(finding) => return Err(vec![finding]),
            None => Dialect::Postgres,
        },
    };
    let mut findings = Vec::new();
    findings.extend(source.and_then(|source| strategy::finding(tree, source)));
    let listed = source.and_then(|source| listed::listed(tree, source));
    let listed = listed.filter(|listed| listed.folder == place.folder && listed.is_all);
    let files = files(tree, &place.folder, dialect, listed.as_ref(), &mut findings);
    let meaning = source::meaning(tree, &place.folder, source);
    let default_schema = meaning.schema.clone().unwrap_or_else(|| "public".to_owned());
    let each = source.map_or(TransactionMode::Wrapped, DataSource::transaction);
    let facts = if each == TransactionMode::None { facts_without } else { facts_within };
    let of = super::Scripts {
        tool: Tool::Typeorm,
        dialect,
        base: given.base,
        meaning: &meaning,
        files,
        default_schema,
        facts,
    };
    let mut read = super::history(tree, of)?;
    findings.append(&mut read.findings);
    read.findings = findings;
    Ok(read)
}

/// That the project is for a database that is not supported.
fn unsupported(tree: &SourceTree, place: &Place, source: Option<&DataSource>) -> Option<Finding> {
    let told = source.and_then(|source| Some((source.unsupported.as_deref()?, Some(Span::new(source.file, 0, 0)))));
    let (name, at) = told.or_else(|| Some((source::unsupported_driver(tree, &place.folder)?, None)))?;
    let message = format!("the history is for {name}, which is not supported");
    Some(Finding::new("R016", Level::Error, at, message))
}

/// What the history's TypeORM makes of calls.
pub(super) fn meaning(tree: &SourceTree, place: &Place) -> TypeOrm {
    source::meaning(tree, &place.folder, source_of(tree, place, &source::data_sources(tree)))
}

/// The data source that a history is of.
fn source_of<'s>(tree: &SourceTree, place: &Place, sources: &'s [DataSource]) -> Option<&'s DataSource> {
    let is_here = |source: &&DataSource| {
        source.folders().contains(&place.folder)
            || listed::listed(tree, source).is_some_and(|listed| listed.folder == place.folder)
    };
    sources.iter().find(is_here).or(if let [one] = sources { Some(one) } else { None })
}

/// The database that a folder is for by its name.
fn of_folder(folder: &str) -> Option<Dialect> {
    let words = folder.rsplit('/').take(2).collect::<Vec<_>>();
    words.into_iter().find_map(of_word)
}

/// The database that the folder is for in which the history is looked for: `migrations/mysql`.
fn of_root(tree: &SourceTree) -> Option<Dialect> {
    let root = std::path::absolute(tree.root()).ok()?;
    of_folder(root.to_str()?)
}

fn of_word(word: &str) -> Option<Dialect> {
    match word.to_lowercase().as_str() {
        "postgres" | "postgresql" | "pg" | "psql" => Some(Dialect::Postgres),
        "mysql" => Some(Dialect::Mysql),
        "mariadb" => Some(Dialect::Mariadb),
        "sqlite" | "sqlite3" => Some(Dialect::Sqlite),
        _ => None,
    }
}

/// The database that a file is for by its name: `postgres-1700000000000-Init.ts`.
fn of_file(name: &str) -> Option<Dialect> {
    name.split(['-', '.', '_']).find_map(of_word)
}

/// The migrations of a folder in TypeORM's order. `listed` are the classes that the data source names, if it names all.
fn files(
    tree: &SourceTree,
    folder: &str,
    dialect: Dialect,
    listed: Option<&Listed>,
    findings: &mut Vec<Finding>,
) -> Vec<Part> {
    let mut found = Vec::new();
    for id in super::files(tree, folder, is_name) {
        let name = tree.file(id).map(|file| file.name()).unwrap_or_default();
        let text = match tree.read(id) {
            Ok(text) => text,
            // One that cannot be read is one all the same, if its name is like that of one.
            Err(_) => {
                if DIGITS.is_match(name) {
                    found.push((time_of_file(name), Part::from(id), of_file(name)));
                }
                continue;
            }
        };
        if !is_text(text) {
            if DIGITS.is_match(name) {
                let message = format!("{name} holds no class that TypeORM takes for a migration");
                findings.push(Finding::new("R024", Level::Warning, Span::new(id, 0, 0), message));
            }
            continue;
        }
        if let Some(listed) = listed.filter(|listed| !listed.files.contains(&id)) {
            let list = tree.file(listed.by).map(|file| file.shown.clone()).unwrap_or_default();
            let message = format!("{name} is not among the migrations that {list} lists, so TypeORM does not run it");
            findings.push(Finding::new("R024", Level::Warning, Span::new(id, 0, 0), message));
            continue;
        }
        let classes = classes(text);
        if let [_, _, ..] = &classes[..] {
            let part = |class: Class| (class.time, Part { file: id, name: class.name, at: class.at }, of_file(name));
            found.extend(classes.into_iter().map(part));
        } else {
            found.push((stamp(text).or_else(|| time_of_file(name)), Part::from(id), of_file(name)));
        }
    }
    // Where files say for which database they are, those for others are none of this history.
    if found.iter().any(|(_, _, of)| *of == Some(dialect)) {
        found.retain(|(_, _, of)| of.is_none_or(|of| of == dialect));
    }
    found.sort_by_key(|(time, ..)| *time);
    found.into_iter().map(|(_, part, _)| part).collect()
}

fn time_of_file(name: &str) -> Option<u64> {
    DIGITS.find(name).and_then(|digits| digits.as_str().parse().ok())
}

fn facts_within(file: &str, told: Option<&Value>) -> super::Facts {
    facts(file, told, TransactionMode::Wrapped)
}

fn facts_without(file: &str, told: Option<&Value>) -> super::Facts {
    facts(file, told, TransactionMode::None)
}

/// What a class says of itself: its name, and `transaction`, which only counts where each migration has one of its own,
/// and not when it is undone (`undoLastMigration` of `migration/MigrationExecutor.js`, typeorm 0.3.31 and 1.1.1).
fn facts(file: &str, told: Option<&Value>, usual: TransactionMode) -> super::Facts {
    let get = |key: &str| told.and_then(|told| told.get(key));
    let stem = file.split('.').next().unwrap_or(file);
    let name = get("name").and_then(Value::text).filter(|name| !name.is_empty()).unwrap_or(stem).to_owned();
    let transaction = match get("transaction").and_then(Value::truth) {
        Some(false) => TransactionMode::None,
        Some(true) => TransactionMode::Wrapped,
        None => usual,
    };
    super::Facts { name, transaction, down_transaction: usual }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_known_by_their_class() {
        assert!(is_text("export class Init1700000000000 implements MigrationInterface {"));
        assert!(is_text("module.exports = class Init1700000000000 { async up(queryRunner) {} }"));
        assert!(!is_text("export class Helper { async up(queryRunner) {} }"));
        assert!(is_name("1700000000000-Init.ts") && !is_name("1700000000000-Init.d.ts") && !is_name("index.ts"));
    }

    #[test]
    fn the_time_is_at_the_end_of_the_name() {
        assert_eq!(stamp("export class Init1700000000000 implements MigrationInterface {}"), Some(1_700_000_000_000));
        let named = "class Init implements MigrationInterface {\n  name = 'Init1700000000001'\n}";
        assert_eq!(stamp(named), Some(1_700_000_000_001));
        assert_eq!(stamp("class Init implements MigrationInterface {}"), None);
    }

    #[test]
    fn a_history_is_found_and_put_in_order() {
        let class =
            |name: &str| format!("export class {name} implements MigrationInterface {{ async up(queryRunner) {{}} }}");
        let tree = SourceTree::of([
            (
                "src/data-source.ts".to_owned(),
                "new DataSource({ type: 'postgres', migrations: ['src/m/*.ts'] })".to_owned(),
            ),
            ("src/m/1-1700000000002-A.ts".to_owned(), class("A1700000000002")),
            ("src/m/1700000000009-B.ts".to_owned(), class("B1700000000001")),
            ("src/m/sqlite-1700000000000-C.ts".to_owned(), class("C1700000000000")),
            ("src/m/postgres-1700000000003-D.ts".to_owned(), class("D1700000000003")),
            ("src/m/helper.ts".to_owned(), "export const x = 1;".to_owned()),
        ]);
        let places = find(&tree).value;
        assert_eq!(places.len(), 1);
        assert!(places[0].own);
        let mut findings = Vec::new();
        let files = files(&tree, "src/m", Dialect::Postgres, None, &mut findings);
        let names: Vec<&str> = files.iter().filter_map(|part| tree.file(part.file)).map(|file| file.name()).collect();
        assert_eq!(names, ["1700000000009-B.ts", "1-1700000000002-A.ts", "postgres-1700000000003-D.ts"]);
        assert!(findings.is_empty());
    }
}
