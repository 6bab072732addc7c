//! What a project says of its data source, read as text and never run: `data-source.*`, `ormconfig.*` and other files that
//! make a `DataSource`, and `package.json` (TypeORM 0.2 to 1.x). Only plain texts are taken.

use super::{TypeOrm, Version};
use crate::ir::{Dialect, TransactionMode};
use crate::source::{FileId, SourceTree};
use crate::tools::package::{dependency, package};
use regex::Regex;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A data source as far as its file says.
#[derive(Clone, Debug)]
pub(super) struct DataSource {
    /// Its file.
    pub file: FileId,
    /// The folder of its file.
    pub folder: String,
    /// The names in its `migrations`, which are classes or lists of them.
    pub names: Vec<String>,
    /// `type`, if it is one plain text.
    pub kind: Option<Dialect>,
    /// That text.
    pub word: Option<String>,
    /// The same, where it is a database that is not supported.
    pub unsupported: Option<String>,
    /// `schema`.
    pub schema: Option<String>,
    /// The texts among its `migrations`.
    pub migrations: Vec<String>,
    /// `uuidExtension: 'pgcrypto'`.
    pub pgcrypto: bool,
    /// `migrationsTransactionMode`.
    pub transaction: Option<String>,
    /// Whether a `namingStrategy` may give other names than TypeORM does.
    pub naming: bool,
}

/// What `type` means.
fn dialect(kind: &str) -> Option<Dialect> {
    Some(match kind {
        "postgres" | "aurora-postgres" => Dialect::Postgres,
        "mysql" | "aurora-mysql" => Dialect::Mysql,
        "mariadb" => Dialect::Mariadb,
        "sqlite" | "better-sqlite3" | "sqljs" | "expo" | "react-native" | "capacitor" | "cordova" => Dialect::Sqlite,
        _ => return None,
    })
}

/// Other databases that TypeORM knows (1.1.1 `driver/types/DatabaseType.ts`).
const UNSUPPORTED: [&str; 6] = ["cockroachdb", "mongodb", "mssql", "oracle", "sap", "spanner"];

/// The data sources of a project, those nearest to its root first.
pub(super) fn data_sources(tree: &SourceTree) -> Vec<DataSource> {
    let likely = |name: &str| {
        let name = name.to_lowercase();
        let script = [".ts", ".js", ".mts", ".cts", ".mjs", ".cjs", ".json"].iter().any(|end| name.ends_with(end));
        let words = ["data-source", "datasource", "data_source", "ormconfig", "orm.config", "typeorm"];
        script && !name.ends_with(".d.ts") && words.iter().any(|word| name.contains(word))
    };
    let inside = tree.files().filter(|(_, file)| !file.path.starts_with("../") && likely(file.name()));
    let mut found: Vec<(FileId, &str)> = inside.map(|(id, file)| (id, file.path.as_str())).collect();
    found.sort_by_key(|(_, path)| (path.matches('/').count(), *path));
    found.into_iter().filter_map(|(id, path)| data_source(id, path, tree.read(id).ok()?)).collect()
}

fn data_source(file: FileId, path: &str, text: &str) -> Option<DataSource> {
    let settings = Settings { text: without_comments(text) };
    let migrations = settings.list("migrations");
    let kinds = settings.texts("type");
    let names = settings.names("migrations");
    if kinds.is_empty() && migrations.is_empty() && names.is_empty() {
        return None;
    }
    let mut dialects: Vec<Dialect> = kinds.iter().filter_map(|kind| dialect(kind)).collect();
    dialects.dedup();
    Some(DataSource {
        file,
        names,
        folder: path.rsplit_once('/').map(|(folder, _)| folder.to_owned()).unwrap_or_default(),
        kind: if let [one] = dialects[..] { Some(one) } else { None },
        word: kinds.iter().find(|kind| dialect(kind).is_some() && dialects.len() == 1).cloned(),
        unsupported: kinds.into_iter().find(|kind| dialects.is_empty() && UNSUPPORTED.contains(&kind.as_str())),
        schema: settings.texts("schema").into_iter().next(),
        migrations,
        pgcrypto: settings.texts("uuidExtension").iter().any(|name| name == "pgcrypto"),
        transaction: settings.texts("migrationsTransactionMode").into_iter().next(),
        naming: settings.naming(),
    })
}

/// A pattern, which is compiled once a thread: a history's settings are asked for with every down of it.
fn pattern(text: &str) -> Option<Regex> {
    thread_local! {
        static PATTERNS: RefCell<BTreeMap<String, Regex>> = const { RefCell::new(BTreeMap::new()) };
    }
    PATTERNS.with_borrow_mut(|known| match known.get(text) {
        Some(pattern) => Some(pattern.clone()),
        None => {
            let pattern = Regex::new(text).ok()?;
            known.insert(text.to_owned(), pattern.clone());
            Some(pattern)
        }
    })
}

/// A text without its comments; a `//` behind a colon is taken for an address.
fn without_comments(text: &str) -> String {
    let Some(comment) = pattern(r"(?s)/\*.*?\*/|(?m:(^|[^:'\x22\x60\w])//[^\n]*)") else { return text.to_owned() };
    // A glob such as `/**/*.ts` opens what looks like a comment; those stand in quotes.
    let Some(glob) = pattern(r"/\*\*?/") else { return text.to_owned() };
    comment.replace_all(&glob.replace_all(text, "/"), "$1").into_owned()
}

/// Settings in a text, by name.
struct Settings {
    text: String,
}

impl Settings {
    /// Whether there is a `namingStrategy` that may name constraints and indexes; the one of `typeorm-naming-strategies` for
    /// snake case leaves that to TypeORM (4.1.0 `snake-naming.strategy.js`).
    fn naming(&self) -> bool {
        let Some(set) = pattern(r#"\bnamingStrategy["']?\s*(?::\s*(?:new\s+([\w$.]+))?|[,}\n])"#) else { return false };
        let is_usual = |class: &str| {
            class == "DefaultNamingStrategy"
                || (class == "SnakeNamingStrategy" && self.text.contains("typeorm-naming-strategies"))
        };
        set.captures_iter(&self.text).any(|found| !found.get(1).is_some_and(|class| is_usual(class.as_str())))
    }

    /// Every plain text that stands behind a name.
    fn texts(&self, name: &str) -> Vec<String> {
        let pattern = format!(r#"(?:\b|["']){name}["']?\s*:\s*(?:["'`])([^"'`$\n]*)["'`]"#);
        let Some(pattern) = self::pattern(&pattern) else { return Vec::new() };
        pattern.captures_iter(&self.text).map(|found| found[1].to_owned()).collect()
    }

    /// The names behind a name: `migrations`, `migrations: X`, `migrations: [X, Y]`. None where it stands for more than one
    /// such value.
    fn names(&self, name: &str) -> Vec<String> {
        let pattern = format!(
            r#"(?m)\b{name}["']?\s*:\s*(?:\[([\w$,\s.]*)\]|([A-Za-z_$][\w$]*)\s*[,}}\n])|^\s*({name})\s*,?\s*$"#
        );
        let Some(pattern) = self::pattern(&pattern) else { return Vec::new() };
        let found: Vec<regex::Captures<'_>> = pattern.captures_iter(&self.text).collect();
        let [one] = &found[..] else { return Vec::new() };
        let value = one.get(1).or(one.get(2)).or(one.get(3)).map_or("", |value| value.as_str());
        let names = value.split(|c: char| c == ',' || c.is_whitespace()).map(|name| name.trim_start_matches("..."));
        names
            .filter(|name| !name.is_empty() && !["undefined", "null", "process"].contains(name))
            .map(str::to_owned)
            .collect()
    }

    /// The texts in the list that stands behind a name.
    fn list(&self, name: &str) -> Vec<String> {
        let Some(list) = pattern(&format!(r#"\b{name}["']?\s*:\s*\[([^\]]*)\]"#)) else { return Vec::new() };
        let Some(text) = pattern(r#"["'`]([^"'`\n]*)["'`]"#) else { return Vec::new() };
        let lists = list.captures_iter(&self.text);
        lists
            .flat_map(|found| {
                text.captures_iter(found.get(1).map_or("", |list| list.as_str()))
                    .map(|one| one[1].to_owned())
                    .collect::<Vec<_>>()
            })
            .collect()
    }
}

impl DataSource {
    /// The folders that its migrations may be in, seen from the root: a glob's folder, taken from the root and from the
    /// file's own folder, and with the folder of compiled files in place of that of the sources.
    pub fn folders(&self) -> Vec<String> {
        let mut found = Vec::new();
        for glob in &self.migrations {
            let path = glob.replace("${__dirname}", "").replace('\\', "/");
            let path = match path.find(['*', '{', '?', '[']) {
                Some(at) => path[..at].rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
                None => path,
            };
            for base in ["", self.folder.as_str()] {
                let Some(folder) = resolve(base, path.trim_start_matches('/')) else { continue };
                for compiled in ["dist/", "build/", "lib/", "out/"] {
                    if let Some(rest) = folder.strip_prefix(compiled) {
                        found.extend([rest.to_owned(), format!("src/{rest}")]);
                    }
                }
                found.push(folder);
            }
        }
        found
    }

    /// How a migration is run that says nothing of its own.
    pub fn transaction(&self) -> TransactionMode {
        match self.transaction.as_deref() {
            Some("none") => TransactionMode::None,
            _ => TransactionMode::Wrapped,
        }
    }
}

/// A path seen from a folder below the root; `None` when it leads out of the root.
fn resolve(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The version of TypeORM that a folder's project uses; without any word of it, 0.3.
pub(super) fn version(tree: &SourceTree, folder: &str) -> Version {
    let wanted = package(tree, folder, |package| dependency(package, "typeorm").map(str::to_owned));
    let number = wanted.as_deref().map(|wanted| wanted.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned());
    match number.as_deref().and_then(|number| number.split('.').next()?.parse::<u32>().ok()) {
        Some(major) if major >= 1 => Version::One,
        _ => Version::Zero,
    }
}

/// The driver of a database that is not supported, where a folder's project uses no other.
pub(super) fn unsupported_driver(tree: &SourceTree, folder: &str) -> Option<&'static str> {
    const DRIVERS: [&str; 5] = ["@google-cloud/spanner", "@sap/hana-client", "mongodb", "mssql", "oracledb"];
    let used = package(tree, folder, |package| DRIVERS.into_iter().find(|name| dependency(package, name).is_some()));
    used.filter(|_| driver(tree, folder).is_none())
}

/// The database whose driver a folder's project uses, if it is one alone.
pub(super) fn driver(tree: &SourceTree, folder: &str) -> Option<Dialect> {
    package(tree, folder, |package| {
        let drivers = [
            ("pg", Dialect::Postgres),
            ("mysql2", Dialect::Mysql),
            ("mysql", Dialect::Mysql),
            ("mariadb", Dialect::Mariadb),
            ("better-sqlite3", Dialect::Sqlite),
            ("sqlite3", Dialect::Sqlite),
        ];
        let mut used =
            drivers.iter().filter(|(name, _)| dependency(package, name).is_some()).map(|(_, dialect)| *dialect);
        let first = used.next()?;
        Some(used.all(|other| other == first).then_some(first))
    })
    .flatten()
}

/// What a project's TypeORM makes of the calls of its migrations.
pub(super) fn meaning(tree: &SourceTree, folder: &str, source: Option<&DataSource>) -> TypeOrm {
    TypeOrm {
        version: version(tree, folder),
        schema: source.and_then(|source| source.schema.clone()),
        uuid_by_pgcrypto: source.is_some_and(|source| source.pgcrypto),
        kind: source.and_then(|source| source.word.clone()),
        own_names: source.is_some_and(|source| source.naming),
        ..TypeOrm::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_source_is_read_without_running_it() {
        let text = "export default new DataSource({ type: 'postgres', // 'mysql'\n schema: \"app\",\n migrations: [path.join(__dirname, './migrations/**/*.ts'), 'dist/db/migrations/*{.ts,.js}'], uuidExtension: 'pgcrypto', migrationsTransactionMode: 'each' })";
        let source = data_source(FileId(0), "src/db/data-source.ts", text).expect("it is one");
        assert_eq!(source.kind, Some(Dialect::Postgres));
        assert_eq!(source.schema.as_deref(), Some("app"));
        assert!(source.pgcrypto);
        let folders = source.folders();
        for folder in ["src/db/migrations", "src/db/migrations", "db/migrations", "src/db/migrations"] {
            assert!(folders.iter().any(|found| found == folder), "{folder} in {folders:?}");
        }
    }

    #[test]
    fn strategies_that_name_constraints_are_noticed() {
        let naming = |strategy: &str| {
            let text =
                format!("import 'typeorm-naming-strategies';\nnew DataSource({{ type: 'postgres', {strategy} }})");
            data_source(FileId(0), "data-source.ts", &text).is_some_and(|source| source.naming)
        };
        assert!(naming("namingStrategy: new N(),") && naming("namingStrategy,") && naming("namingStrategy: names"));
        assert!(!naming("namingStrategy: new SnakeNamingStrategy(),") && !naming("// namingStrategy: new N()"));
        assert!(!naming("namingStrategy: new DefaultNamingStrategy()") && !naming(""));
    }

    #[test]
    fn databases_that_are_not_supported_are_named() {
        let kind = |kind: &str| {
            let source = data_source(FileId(0), "data-source.ts", &format!("new DataSource({{ type: '{kind}' }})"));
            source.map(|source| (source.kind, source.unsupported))
        };
        assert_eq!(kind("mssql"), Some((None, Some("mssql".to_owned()))));
        assert_eq!(kind("cockroachdb"), Some((None, Some("cockroachdb".to_owned()))));
        assert_eq!(kind("aurora-postgres"), Some((Some(Dialect::Postgres), None)));
        let package = |name: &str| {
            let text = format!(r#"{{"dependencies":{{"typeorm":"1","{name}":"1"}}}}"#);
            let tree = SourceTree::of([("package.json".to_owned(), text)]);
            unsupported_driver(&tree, "src/migrations")
        };
        assert_eq!((package("oracledb"), package("pg")), (Some("oracledb"), None));
    }

    #[test]
    fn several_databases_are_none() {
        let text = "const a = { type: 'postgres' }; const b = { type: 'sqlite', migrations: [`${__dirname}/../migrations/*.js`] };";
        let source = data_source(FileId(0), "src/config/ormconfig.ts", text).expect("it is one");
        assert_eq!(source.kind, None);
        assert!(source.folders().iter().any(|folder| folder == "src/migrations"), "{:?}", source.folders());
    }

    #[test]
    fn versions_are_read_from_the_nearest_package() {
        let tree = SourceTree::of([
            ("package.json".to_owned(), r#"{"dependencies":{"typeorm":"^1.1.0","pg":"8"}}"#.to_owned()),
            ("old/package.json".to_owned(), r#"{"dependencies":{"typeorm":"~0.3.20","mysql2":"3"}}"#.to_owned()),
        ]);
        assert_eq!(version(&tree, "src/migrations"), Version::One);
        assert_eq!(version(&tree, "old/src"), Version::Zero);
        assert_eq!(driver(&tree, "src"), Some(Dialect::Postgres));
        assert_eq!(driver(&tree, "old"), Some(Dialect::Mysql));
    }
}
