//! What a project says about its migrations: `.sequelizerc` and the configuration that it names, read without being run.
//! `sequelize-cli` 6 defaults to `migrations`, `seeders` and `config/config.json` (`src/helpers/path-helper.js`).

use crate::ir::Dialect;
use crate::source::SourceTree;
use std::collections::BTreeSet;

/// What one `.sequelizerc` says; paths are below the tree's root.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Settings {
    /// The folder that it stands in.
    pub folder: String,
    /// `migrations-path`.
    pub migrations: Option<String>,
    /// `seeders-path`.
    pub seeders: Option<String>,
    /// `config`.
    pub config: Option<String>,
}

/// The settings of every `.sequelizerc` in the tree.
pub(super) fn all(tree: &SourceTree) -> Vec<Settings> {
    let files = tree.files().filter(|(_, file)| file.name() == ".sequelizerc");
    files.filter_map(|(id, file)| tree.read(id).ok().map(|text| read(text, file.folder()))).collect()
}

fn read(text: &str, folder: &str) -> Settings {
    let path = |key: &str| value(text, key).and_then(|parts| resolve(folder, &parts));
    Settings {
        folder: folder.to_owned(),
        migrations: path("migrations-path"),
        seeders: path("seeders-path"),
        config: path("config"),
    }
}

/// The pieces of the path that a key is given: of a string, or of `path.resolve(__dirname, 'a', 'b')`. `None` when there
/// is anything else in it.
fn value(text: &str, key: &str) -> Option<Vec<String>> {
    let pattern = format!(r#"(?m)(?:^|[{{,\s])['"]?{}['"]?\s*:\s*(.*(?:\n\s+[^:]*$)*)"#, regex::escape(key));
    let found = regex::Regex::new(&pattern).ok()?.captures(text)?.get(1)?.as_str();
    let mut parts = Vec::new();
    let mut rest = found.trim_start();
    if let Some(inner) =
        ["path.resolve(", "path.join(", "resolve(", "join("].iter().find_map(|call| rest.strip_prefix(call))
    {
        rest = inner;
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix("__dirname").or_else(|| rest.strip_prefix("process.cwd()")) {
                rest = after;
            } else {
                let (part, after) = string(rest)?;
                parts.push(part);
                rest = after;
            }
            rest = rest.trim_start();
            match rest.strip_prefix(',') {
                Some(after) => rest = after.trim_start(),
                None => return rest.starts_with(')').then_some(parts),
            }
            if rest.starts_with(')') {
                return Some(parts);
            }
        }
    }
    let (part, after) = string(rest)?;
    let ends = after.trim_start();
    (ends.is_empty() || ends.starts_with([',', '}', '/', '\n'])).then(|| vec![part])
}

/// A string at the start of a text, and what follows.
fn string(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|quote| ['\'', '"', '`'].contains(quote))?;
    let (inner, rest) = text[1..].split_once(quote)?;
    (!inner.contains(['\\', '\n']) && !inner.contains("${")).then(|| (inner.to_owned(), rest))
}

/// A path from a folder, below the root; `None` when it leads out of it.
fn resolve(folder: &str, parts: &[String]) -> Option<String> {
    let mut out: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in parts.iter().flat_map(|part| part.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(out.pop()?),
            part => out.push(part),
        }
    }
    Some(out.join("/"))
}

/// The text of the configuration of a history's project.
fn configuration<'a>(tree: &'a SourceTree, migrations: &str) -> Option<&'a str> {
    let settings = all(tree).into_iter().find(|settings| settings.migrations.as_deref() == Some(migrations));
    let mut paths: Vec<String> = settings.and_then(|settings| settings.config).into_iter().collect();
    let above = migrations.rsplit_once('/').map_or("", |(above, _)| above);
    let join = |name: &str| if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") };
    for extension in ["json", "js", "cjs", "ts"] {
        paths.push(join(&format!("config/config.{extension}")));
        paths.push(format!("config/config.{extension}"));
    }
    paths.iter().find_map(|path| tree.find(path).and_then(|id| tree.read(id).ok()))
}

/// A setting of the project's configuration under which the same calls send other statements than those that are read here
/// (6.37.8 `sequelize.js`, `Sequelize` options): without quotes names fold to lower case, and rows lose their nulls.
pub(super) fn refused(tree: &SourceTree, migrations: &str) -> Option<&'static str> {
    let text = configuration(tree, migrations)?;
    let settings = [("quoteIdentifiers", "false", "quoteIdentifiers: false"), ("omitNull", "true", "omitNull: true")];
    let said = |(name, value, _): &&(&str, &str, &str)| {
        let pattern = format!(r#"\b{name}['"]?\s*:\s*{value}\b"#);
        regex::Regex::new(&pattern).is_ok_and(|pattern| pattern.is_match(text))
    };
    settings.iter().find(said).map(|(_, _, words)| *words)
}

/// The database that the project's configuration names: that of every environment, or of all but those that are for
/// tests on SQLite. `None` when there is no telling; `Err` with the name of one that is not known here.
pub(super) fn dialect(tree: &SourceTree, migrations: &str) -> Result<Option<Dialect>, String> {
    let Some(text) = configuration(tree, migrations) else { return Ok(None) };
    let mut found = dialects(text);
    if found.len() > 1 {
        found.remove("sqlite");
    }
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(one), None) => word(one).map(Some).ok_or_else(|| one.to_owned()),
        _ => Ok(None),
    }
}

/// The words that a configuration gives as `dialect`.
fn dialects(text: &str) -> BTreeSet<&str> {
    let pattern = regex::Regex::new(r#"\bdialect['"]?\s*:\s*['"](\w+)['"]"#);
    let Ok(pattern) = pattern else { return BTreeSet::new() };
    pattern.captures_iter(text).filter_map(|found| found.get(1)).map(|found| found.as_str()).collect()
}

fn word(word: &str) -> Option<Dialect> {
    Some(match word {
        "postgres" => Dialect::Postgres,
        "mysql" => Dialect::Mysql,
        "mariadb" => Dialect::Mariadb,
        "sqlite" => Dialect::Sqlite,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_change_every_statement_are_refused() {
        let refused_in = |text: &str| {
            let tree = SourceTree::of([("config/config.js".to_owned(), text.to_owned())]);
            refused(&tree, "migrations")
        };
        assert_eq!(refused_in("module.exports = { quoteIdentifiers: false }"), Some("quoteIdentifiers: false"));
        assert_eq!(refused_in("{\"omitNull\": true}"), Some("omitNull: true"));
        assert_eq!(refused_in("module.exports = { quoteIdentifiers: true, omitNull: false }"), None);
    }

    #[test]
    fn settings_are_read_without_being_run() {
        let text = "const path = require('path');\nmodule.exports = {\n  config: path.resolve(__dirname, 'server', 'sequelize.json'),\n  'migrations-path': path.resolve('src/db', './migrations',),\n  \"seeders-path\": './src/seeders',\n 'models-path': models(),\n};";
        let settings = read(text, "app");
        assert_eq!(settings.config.as_deref(), Some("app/server/sequelize.json"));
        assert_eq!(settings.migrations.as_deref(), Some("app/src/db/migrations"));
        assert_eq!(settings.seeders.as_deref(), Some("app/src/seeders"));
        assert_eq!(read("module.exports = { 'migrations-path': process.env.X || 'a' }", "").migrations, None);
        assert_eq!(
            dialects("{\"development\": {\"dialect\": \"sqlite\"}, \"production\": {\"dialect\":\"postgres\"}}").len(),
            2
        );
    }
}
