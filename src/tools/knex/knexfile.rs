//! What `knexfile.*` says, read as tokens and never run: where the migrations are, in which order, for which database
//! (knex 3.3.0 `bin/cli.js`, `lib/migrations/migrate/migrator-configuration-merger.js`). Only values that are plain are
//! taken; anything computed is said to be unknown.

use super::token::{Token, tokens};
use crate::ir::Dialect;
use crate::source::{FileId, SourceTree};

/// The extensions that Knex loads when the settings name none (`lib/migrations/common/MigrationsLoader.js`), as far as
/// they are JavaScript.
pub(super) static LOADED: [&str; 3] = [".js", ".cjs", ".ts"];

/// What a project says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Knexfile {
    /// The file.
    pub file: Option<FileId>,
    /// The folders of the migrations in the order in which they are named, below the tree's root; `None` when they are
    /// computed.
    pub folders: Option<Vec<String>>,
    /// Whether the files of each folder stand together (`sortDirsSeparately`).
    pub separately: bool,
    /// `loadExtensions`; `None` when they are not said.
    pub extensions: Option<Vec<String>>,
    /// Whether migrations come from elsewhere (`migrationSource`).
    pub source: bool,
    /// `disableTransactions`.
    pub no_transactions: bool,
    /// `useNullAsDefault`.
    pub null_as_default: bool,
    /// Every `client` in the file.
    pub clients: Vec<String>,
    /// The first schema of `searchPath`.
    pub search_path: Option<String>,
    /// What changes names on their way to the database (`wrapIdentifier`, `knexSnakeCaseMappers`), if anything does.
    pub mapper: Option<String>,
}

impl Knexfile {
    /// The client: the first that is PostgreSQL, else the first.
    pub fn client(&self) -> Option<&str> {
        let postgres = self.clients.iter().find(|client| dialect(client) == Some(Dialect::Postgres));
        postgres.or(self.clients.first()).map(String::as_str)
    }

    /// The client for a database: the first of it in the file, else the one that its users take.
    pub fn client_for(&self, asked: Dialect) -> &str {
        let usual = match asked {
            Dialect::Postgres => "pg",
            Dialect::Mysql | Dialect::Mariadb => "mysql2",
            Dialect::Sqlite => "better-sqlite3",
        };
        self.clients.iter().map(String::as_str).find(|client| dialect(client) == Some(asked)).unwrap_or(usual)
    }
}

/// The dialect of a client; `None` for those that are not supported at all.
pub(super) fn dialect(client: &str) -> Option<Dialect> {
    Some(match client {
        "pg" | "postgres" | "postgresql" | "pgnative" => Dialect::Postgres,
        "mysql" | "mysql2" => Dialect::Mysql,
        "mariadb" => Dialect::Mariadb,
        "sqlite" | "sqlite3" | "better-sqlite3" => Dialect::Sqlite,
        _ => return None,
    })
}

/// Every `knexfile.*` of a tree, those further up first.
pub(super) fn knexfiles(tree: &SourceTree) -> Vec<Knexfile> {
    let mut found: Vec<(usize, FileId)> = tree
        .files()
        .filter(|(_, file)| {
            let extension = file.name().strip_prefix("knexfile.");
            extension.is_some_and(|extension| ["js", "ts", "mjs", "cjs", "mts", "cts"].contains(&extension))
        })
        .map(|(id, file)| (file.path.matches('/').count(), id))
        .collect();
    found.sort();
    let read = |(_, id): (usize, FileId)| {
        let folder = tree.file(id).map(|file| file.folder().to_owned()).unwrap_or_default();
        let text = tree.read(id).ok()?;
        Some(Knexfile { file: Some(id), ..knexfile(text, &folder) })
    };
    found.into_iter().filter_map(read).collect()
}

/// What the text of a knexfile in a folder says. Of several environments `development` is the one that Knex takes unless it
/// is told otherwise.
pub(super) fn knexfile(text: &str, folder: &str) -> Knexfile {
    let tokens = tokens(text);
    let word = |at: usize, name: &str| match tokens.get(at) {
        Some(Token::Word(word) | Token::Text(word)) => word == name,
        _ => false,
    };
    let mark = |at: usize, mark: char| tokens.get(at) == Some(&Token::Mark(mark));
    let is_key = |at: usize, name: &str| word(at, name) && mark(at + 1, ':');
    let keys = |name: &'static str| (0..tokens.len()).filter(move |at| is_key(*at, name)).map(|at| at + 2);
    let is_true = |name: &'static str| keys(name).any(|at| word(at, "true"));
    let mut said = Knexfile { null_as_default: is_true("useNullAsDefault"), ..Knexfile::default() };
    for at in keys("client") {
        match tokens.get(at) {
            Some(Token::Text(client)) if !said.clients.contains(client) => said.clients.push(client.clone()),
            _ => {}
        }
    }
    said.mapper = tokens.iter().find_map(|token| match token {
        Token::Word(word) => {
            let last = word.rsplit('.').next().unwrap_or(word);
            let known = last == "wrapIdentifier" || last.to_lowercase().ends_with("snakecasemappers");
            known.then(|| last.to_owned())
        }
        _ => None,
    });
    said.search_path = keys("searchPath").find_map(|at| match (tokens.get(at), tokens.get(at + 1)) {
        (Some(Token::Text(schema)), _) | (Some(Token::Mark('[')), Some(Token::Text(schema))) => Some(schema.clone()),
        _ => None,
    });
    // The first block behind `development`, else the first at all.
    let blocks: Vec<usize> = keys("migrations").filter(|at| mark(*at, '{')).collect();
    let development = (0..tokens.len())
        .find(|at| word(*at, "development") && (mark(at + 1, ':') || mark(at + 1, '=')) && mark(at + 2, '{'));
    let block = development.and_then(|start| {
        let end = closing(&tokens, start + 2)?;
        blocks.iter().copied().find(|at| (start..end).contains(at))
    });
    match block.or(blocks.first().copied()) {
        Some(start) => migrations(&tokens, start, folder, &mut said),
        // A block that is no object is computed.
        None if keys("migrations").next().is_some() => {}
        None => said.folders = resolve(folder, "./migrations").map(|folder| vec![folder]),
    }
    said
}

/// What the object `migrations: {` says that opens at `start`.
fn migrations(tokens: &[Token], start: usize, folder: &str, said: &mut Knexfile) {
    let end = closing(tokens, start).unwrap_or(tokens.len());
    let key = |name: &str| {
        (start..end).find(|at| {
            matches!(&tokens[*at], Token::Word(word) | Token::Text(word) if word == name)
                && tokens.get(at + 1) == Some(&Token::Mark(':'))
        })
    };
    let is_true = |name: &str| key(name).is_some_and(|at| tokens.get(at + 2) == Some(&Token::Word("true".into())));
    said.separately = is_true("sortDirsSeparately");
    said.no_transactions = is_true("disableTransactions");
    said.source = (start..end).any(|at| tokens[at] == Token::Word("migrationSource".into()));
    said.extensions = key("loadExtensions").and_then(|at| {
        let end = closing(tokens, at + 2)?;
        let texts = tokens[at + 3..end].iter().filter(|token| **token != Token::Mark(','));
        texts.map(|token| if let Token::Text(text) = token { Some(text.clone()) } else { None }).collect()
    });
    said.folders = match key("directory") {
        None => resolve(folder, "./migrations").map(|folder| vec![folder]),
        Some(at) if tokens.get(at + 2) == Some(&Token::Mark('[')) => closing(tokens, at + 2).and_then(|end| {
            let entries = entries(&tokens[at + 3..end]);
            entries.into_iter().map(|entry| path(entry, folder)).collect()
        }),
        Some(at) => {
            let rest = &tokens[at + 2..end];
            entries(rest).first().and_then(|entry| path(entry, folder)).map(|folder| vec![folder])
        }
    };
}

/// Where the bracket closes that opens at `start`.
fn closing(tokens: &[Token], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        match token {
            Token::Mark('{' | '(' | '[') => depth += 1,
            Token::Mark('}' | ')' | ']') => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at);
                }
            }
            Token::Word(_) | Token::Text(_) | Token::Mark(_) => {}
        }
    }
    None
}

/// The pieces between commas that stand in no bracket.
fn entries(tokens: &[Token]) -> Vec<&[Token]> {
    let mut depth = 0_usize;
    let split = |token: &Token| {
        match token {
            Token::Mark('{' | '(' | '[') => depth += 1,
            Token::Mark('}' | ')' | ']') => depth = depth.saturating_sub(1),
            Token::Mark(',') if depth == 0 => return true,
            Token::Word(_) | Token::Text(_) | Token::Mark(_) => {}
        }
        false
    };
    tokens.split(split).filter(|entry| !entry.is_empty()).collect()
}

/// A plain path: a string, strings that are joined, perhaps behind `__dirname` and its like.
fn path(tokens: &[Token], folder: &str) -> Option<String> {
    let here = |word: &str| ["__dirname", "import.meta.dirname"].contains(&word);
    match tokens {
        [Token::Text(text)] => {
            let text = text.strip_prefix("${__dirname}/").or(text.strip_prefix("${process.cwd()}/")).unwrap_or(text);
            if text.contains("${") { None } else { resolve(folder, text) }
        }
        [Token::Word(word), Token::Mark('+'), Token::Text(text)] if here(word) => {
            resolve(folder, text.trim_start_matches('/'))
        }
        [Token::Word(call), Token::Mark('('), rest @ .., Token::Mark(')')]
            if ["path.join", "path.resolve", "join", "resolve"].contains(&call.as_str()) =>
        {
            let mut joined = String::from(".");
            for (at, entry) in entries(rest).into_iter().enumerate() {
                match entry {
                    [Token::Text(part)] if !part.contains("${") => joined = format!("{joined}/{part}"),
                    [Token::Word(word)] if at == 0 && here(word) => {}
                    [Token::Word(word), Token::Mark('('), Token::Mark(')')] if at == 0 && word == "process.cwd" => {}
                    _ => return None,
                }
            }
            resolve(folder, &joined)
        }
        [Token::Word(call), Token::Mark('('), rest @ .., Token::Mark(')')] if call.ends_with("fileURLToPath") => {
            path(rest, folder)
        }
        [Token::Word(new), Token::Word(url), Token::Mark('('), rest @ .., Token::Mark(')')]
            if new == "new" && url == "URL" =>
        {
            match entries(rest).as_slice() {
                [[Token::Text(text)], [Token::Word(base)]] if base == "import.meta.url" => resolve(folder, text),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A path as written, seen from a folder below the root; `None` when it leads out of the root.
fn resolve(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            // A folder beside the root is `..`, and what stands in it from there is the root's own.
            ".." if parts.last().is_none_or(|last| *last == "..") => return None,
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(text: &str, folder: &str) -> Option<Vec<String>> {
        knexfile(text, folder).folders
    }

    fn some(names: &[&str]) -> Option<Vec<String>> {
        Some(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn plain_folders_are_read() {
        let text = "module.exports = { client: 'pg', migrations: { directory: './db/migrations', extension: 'ts' } };";
        assert_eq!(folders(text, ""), some(&["db/migrations"]));
        assert_eq!(folders(text, "api"), some(&["api/db/migrations"]));
        assert_eq!(folders("module.exports = { client: 'pg' }", "api"), some(&["api/migrations"]));
        let text = "export default { migrations: { directory: [path.join(__dirname, 'a', 'b'), `${__dirname}/c`, __dirname + '/d'], sortDirsSeparately: true, loadExtensions: ['.js', '.mjs'] } }";
        let said = knexfile(text, "");
        assert_eq!(said.folders, some(&["a/b", "c", "d"]));
        assert!(said.separately);
        assert_eq!(said.extensions, some(&[".js", ".mjs"]));
        let text = "const c = { migrations: { directory: fileURLToPath(new URL('./migrations', import.meta.url)) } };";
        assert_eq!(folders(text, ""), some(&["migrations"]));
    }

    #[test]
    fn the_environment_is_development_unless_there_is_none() {
        let text = "const test = { client: 'sqlite3', migrations: { directory: ['a', 'b'] } };\nconst development = { ...shared, client: 'pg', migrations: { directory: 'c' } };\nexport default { test, development };";
        let said = knexfile(text, "");
        assert_eq!(said.folders, some(&["c"]));
        assert_eq!(said.client(), Some("pg"));
    }

    #[test]
    fn computed_folders_are_said_to_be_computed() {
        assert_eq!(folders("module.exports = { migrations: { directory: process.env.DIR || 'a' } }", ""), None);
        assert_eq!(folders("module.exports = { migrations: shared }", ""), None);
        assert_eq!(folders("module.exports = { migrations: { directory: '../../a' } }", "b"), None);
        assert_eq!(
            folders("module.exports = { migrations: { directory: './migrations' } }", ".."),
            some(&["../migrations"])
        );
    }

    #[test]
    fn what_changes_names_is_noticed() {
        assert_eq!(knexfile("x = { ...knexSnakeCaseMappers() }", "").mapper.as_deref(), Some("knexSnakeCaseMappers"));
        assert_eq!(knexfile("x = { searchPath: ['app', 'public'] }", "").search_path.as_deref(), Some("app"));
    }

    #[test]
    fn broken_files_yield_nothing_worse() {
        for text in
            ["{", "migrations: {", "migrations: { directory: [", "`${", "'", "}}}}", "migrations: { directory: }"]
        {
            let _ = knexfile(text, "");
        }
    }
}
