//! Reading one history: its folders in Prisma's order, the database that it is for, its ups and written downs.

use super::{
    DOWN, Given, LOCK, Place, UP, base, datasource::Datasource, datasource::datasource, default_schema, find, join,
    parent,
};
use crate::diag::{Finding, Level, Outcome};
use crate::ir::{Dialect, Down, History, Migration, Op, Script, Step, Tool, TransactionMode};
use crate::source::{FileId, SourceTree, Span};
use crate::sql;
use crate::threads;
use std::collections::BTreeSet;

/// Reads the history at a place.
pub(super) fn read(tree: &SourceTree, place: &Place, given: Given) -> Result<Outcome<History>, Vec<Finding>> {
    if let Some(refused) = &place.refused {
        return Err(vec![refused.clone()]);
    }
    let mut findings = Vec::new();
    let datasources = datasources(tree, place);
    let dialect = match given.dialect {
        Some(dialect) => dialect,
        None => {
            let lock = tree.find(&join(&place.folder, LOCK)).and_then(|file| tree.read(file).err());
            findings.extend(lock.as_ref().map(Finding::from));
            match dialect_of(tree, place, &datasources) {
                Ok(dialect) => dialect,
                Err(finding) => {
                    findings.push(*finding);
                    return Err(findings);
                }
            }
        }
    };
    let names: Vec<&str> = names(tree, &place.folder).into_iter().collect();
    let read = threads::map(&names, |name| {
        let mut findings = Vec::new();
        (migration(tree, &place.folder, name, dialect, &mut findings), findings)
    });
    let mut migrations = Vec::with_capacity(read.len());
    for (migration, found) in read {
        migrations.extend(migration);
        findings.extend(found);
    }
    for (id, file) in tree.files().filter(|(_, file)| file.folder() == place.folder && file.path.ends_with(".sql")) {
        if tree.problems().iter().all(|problem| problem.file != Some(id)) {
            let message = format!("{} stands in no folder of its own, so Prisma does not run it", file.shown);
            findings.push(Finding::new("R024", Level::Warning, Span::new(id, 0, 0), message));
        }
    }
    let base = base::base(tree, given.base, dialect);
    findings.extend(base.findings);
    let named = datasources.iter().find_map(|(_, datasource)| datasource.schema.clone());
    let default_schema = match dialect {
        // They have one schema, which has no name of its own.
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => String::new(),
        Dialect::Postgres => named.unwrap_or_else(|| default_schema::default_schema(&base.value, &migrations)),
    };
    let history = History { tool: Tool::Prisma, dialect, default_schema, base: base.value, migrations };
    Ok(Outcome { value: history, findings })
}

/// The migrations' names in the order in which Prisma runs them: byte order. A folder that cannot be entered counts.
fn names<'a>(tree: &'a SourceTree, folder: &str) -> BTreeSet<&'a str> {
    let folders = tree.folders().iter().map(String::as_str);
    let failed = tree.problems().iter().filter_map(|problem| tree.file(problem.file?));
    let failed = failed.map(|file| file.path.as_str()).filter(|path| !path.ends_with(".sql"));
    let inside = |path: &&str| !path.is_empty() && parent(path) == folder;
    folders.chain(failed).filter(inside).filter_map(|path| path.rsplit('/').next()).collect()
}

/// Reads one migration; `None` for a folder that holds none.
fn migration(
    tree: &SourceTree,
    folder: &str,
    name: &str,
    dialect: Dialect,
    findings: &mut Vec<Finding>,
) -> Option<Migration> {
    let path = join(folder, name);
    let up_path = join(&path, UP);
    let Some(file) = tree.find(&up_path).or_else(|| tree.find(&path)) else {
        let message = format!("{} holds no {UP}", tree.shown(&path));
        let why = "Prisma stops at such a folder (P3015)";
        findings.push(Finding::new("R018", Level::Info, None, message).why(why));
        return None;
    };
    let up = script(tree, file, dialect, findings);
    if up.steps.is_empty() {
        let message = format!("migration {name} holds no statement");
        findings.push(Finding::new("R018", Level::Info, Span::new(file, 0, 0), message));
    }
    let down = match tree.find(&join(&path, DOWN)) {
        None => Down::Missing,
        Some(file) => {
            let script = script(tree, file, dialect, findings);
            if script.steps.is_empty() { Down::Empty(file) } else { Down::Written(file, script) }
        }
    };
    // Statements that are sent together are a transaction to PostgreSQL; to all others each is one by itself.
    let transaction = match dialect {
        Dialect::Sqlite | Dialect::Mysql | Dialect::Mariadb => TransactionMode::None,
        Dialect::Postgres => TransactionMode::Implicit,
    };
    Some(Migration { name: name.to_owned(), file, up, down, transaction, down_transaction: transaction })
}

/// Reads a file's statements. A file that cannot be read becomes one step that is not understood, so that nothing
/// which comes after it is vouched for.
fn script(tree: &SourceTree, file: FileId, dialect: Dialect, findings: &mut Vec<Finding>) -> Script {
    match tree.read(file) {
        Ok(text) => {
            let lowered = sql::lower(dialect, text, file);
            findings.extend(lowered.findings);
            lowered.value
        }
        Err(problem) => {
            findings.push(Finding::from(&problem));
            let op = Op::Sql { sql: String::new(), why: "the file cannot be read".into() };
            Script { steps: vec![Step::new(op, Span::new(file, 0, 0))], notes: Vec::new() }
        }
    }
}

fn datasources(tree: &SourceTree, place: &Place) -> Vec<(FileId, Datasource)> {
    let files = find::schema_files(tree, place);
    files.into_iter().filter_map(|file| Some((file, datasource(tree.read(file).ok()?)?))).collect()
}

/// The dialect that the lock file or the datasource names. A database that is not supported is an `Err`, as are two
/// that differ (Prisma itself refuses those, P3014), and none at all.
fn dialect_of(tree: &SourceTree, place: &Place, datasources: &[(FileId, Datasource)]) -> Result<Dialect, Box<Finding>> {
    let lock = tree.find(&join(&place.folder, LOCK));
    let locked = lock.and_then(|file| Some((file, locked_provider(tree.read(file).ok()?)?)));
    let named: Vec<(FileId, &str)> =
        datasources.iter().filter_map(|(file, source)| Some((*file, source.provider.as_deref()?))).collect();
    let error = |code, file: Option<FileId>, message: String| {
        Finding::new(code, Level::Error, file.map(|file| Span::new(file, 0, 0)), message)
    };
    let shown = |file: FileId| tree.file(file).map(|file| file.shown.clone()).unwrap_or_default();
    let (file, provider) = match (&locked, named.as_slice()) {
        (Some((file, provider)), [(schema, other)]) if canonical(provider) != canonical(other) => {
            let message = format!("{} says {provider}, {} says {other}", shown(*file), shown(*schema));
            let finding = error("R017", Some(*file), message)
                .why("which of them the statements were written for is not guessed; Prisma refuses such a history too (P3014)");
            return Err(Box::new(finding.help("say which with --dialect")));
        }
        (Some((file, provider)), _) => (*file, provider.as_str()),
        (None, [(file, provider)]) => (*file, *provider),
        (None, several) => {
            let message = match several {
                [] => format!("nothing says for which database {} was written", tree.shown(&place.folder)),
                _ => format!("several schemas stand beside {}, and it has no {LOCK}", tree.shown(&place.folder)),
            };
            let finding =
                error("R016", None, message).help("say which it is with --dialect postgres, sqlite, mysql or mariadb");
            return Err(Box::new(finding));
        }
    };
    match canonical(provider) {
        "postgresql" => Ok(Dialect::Postgres),
        "sqlite" => Ok(Dialect::Sqlite),
        // It is what Prisma calls MariaDB too: --dialect mariadb says that it is.
        "mysql" => Ok(Dialect::Mysql),
        provider => {
            let message = format!("the history is for {provider}, which is not supported yet");
            Err(Box::new(
                error("R016", Some(file), message)
                    .help("only histories for PostgreSQL, MySQL, MariaDB and SQLite are read at present"),
            ))
        }
    }
}

/// Providers have one name each, but for PostgreSQL's short one.
fn canonical(provider: &str) -> &str {
    if provider == "postgres" { "postgresql" } else { provider }
}

/// The provider in a `migration_lock.toml`. Prisma looks at this line only.
fn locked_provider(text: &str) -> Option<String> {
    let value = text.lines().find_map(|line| line.trim().strip_prefix("provider")?.trim_start().strip_prefix('='))?;
    let value = value.split('#').next().unwrap_or(value).trim();
    Some(value.trim_matches(['"', '\'']).to_owned())
}
