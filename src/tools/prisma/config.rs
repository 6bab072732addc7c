//! Where the project says that its schema and migrations are: `prisma.config.*` (read as text, never run) and
//! `package.json`. Only values that are plain text are taken; anything computed is said to be unknown.

use crate::source::{FileId, SourceTree};

/// A setting of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// The path, below the root.
    Path(String),
    /// It is set to something that is known only when the file runs.
    Computed,
}

/// The settings of the project in one folder.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    /// The file that they are from.
    pub file: Option<FileId>,
    /// `schema`: a file or a folder.
    pub schema: Option<Setting>,
    /// `migrations.path`.
    pub migrations: Option<Setting>,
}

const EXTENSIONS: [&str; 6] = ["ts", "js", "mjs", "cjs", "mts", "cts"];

/// Reads the settings of the project whose root is `folder`. Prisma 6 and 7 resolve them from the file's own folder.
pub(super) fn settings(tree: &SourceTree, folder: &str) -> Settings {
    for name in ["prisma.config", ".config/prisma"] {
        for extension in EXTENSIONS {
            let path = super::join(folder, &format!("{name}.{extension}"));
            let Some(file) = tree.find(&path) else { continue };
            let Ok(text) = tree.read(file) else { continue };
            let (schema, migrations) = read_config(text, super::parent(&path));
            return Settings { file: Some(file), schema, migrations };
        }
    }
    let Some(file) = tree.find(&super::join(folder, "package.json")) else { return Settings::default() };
    let package = tree.read(file).ok().and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok());
    let schema = package.as_ref().and_then(|package| package.get("prisma")?.get("schema")?.as_str());
    let schema = schema.map(|path| resolve(folder, path).map_or(Setting::Computed, Setting::Path));
    Settings { file: schema.is_some().then_some(file), schema, migrations: None }
}

/// A path as written, seen from a folder below the root; `None` when it leads out of the root.
pub(super) fn resolve(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A token of JavaScript, as far as reading plain settings needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A name, with what is joined to it by dots: `path.join`.
    Word(String),
    /// A string without interpolation.
    Text(String),
    /// Any other character, or a template with interpolation (`` ` ``).
    Mark(char),
}

/// `schema` and `migrations.path` of a configuration file in `folder`.
fn read_config(text: &str, folder: &str) -> (Option<Setting>, Option<Setting>) {
    let tokens = tokens(text);
    let Some(start) = object(&tokens) else {
        let mentions = |name: &str| tokens.iter().any(|token| matches!(token, Token::Word(word) if word == name));
        return (mentions("schema").then_some(Setting::Computed), mentions("migrations").then_some(Setting::Computed));
    };
    let setting = |at| value(&tokens[at..], folder).map_or(Setting::Computed, Setting::Path);
    let schema = key(&tokens, start, "schema").map(setting);
    let migrations = key(&tokens, start, "migrations").and_then(|at| match tokens.get(at) {
        Some(Token::Mark('{')) => key(&tokens, at, "path").map(setting),
        _ => Some(Setting::Computed),
    });
    (schema, migrations)
}

/// The index of the `{` of the configuration object itself.
fn object(tokens: &[Token]) -> Option<usize> {
    let word = |at: usize, word: &str| matches!(tokens.get(at), Some(Token::Word(found)) if found == word);
    let mark = |at: usize, mark: char| tokens.get(at) == Some(&Token::Mark(mark));
    (0..tokens.len()).find_map(|at| {
        let after = if word(at, "defineConfig") && mark(at + 1, '(') {
            at + 2
        } else if word(at, "default") || (word(at, "module.exports") && mark(at + 1, '=')) {
            at + if word(at, "default") { 1 } else { 2 }
        } else {
            return None;
        };
        mark(after, '{').then_some(after)
    })
}

/// The index of the value of a key that stands directly in the object which opens at `start`.
fn key(tokens: &[Token], start: usize, name: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for at in start..tokens.len() {
        match &tokens[at] {
            Token::Mark('{' | '(' | '[') => depth += 1,
            Token::Mark('}' | ')' | ']') => depth = depth.checked_sub(1)?,
            Token::Word(word) | Token::Text(word) if depth == 1 && word == name => {
                if tokens.get(at + 1) == Some(&Token::Mark(':')) {
                    return Some(at + 2);
                }
            }
            Token::Word(_) | Token::Text(_) | Token::Mark(_) => {}
        }
        if depth == 0 {
            return None;
        }
    }
    None
}

/// A plain path: a string, or `path.join` / `path.resolve` of strings, perhaps behind `__dirname` and the like.
fn value(tokens: &[Token], folder: &str) -> Option<String> {
    match tokens {
        [Token::Text(path), Token::Mark(',' | '}'), ..] => resolve(folder, path),
        [Token::Word(call), Token::Mark('('), rest @ ..]
            if ["path.join", "path.resolve", "join", "resolve"].contains(&call.as_str()) =>
        {
            let end = rest.iter().position(|token| *token == Token::Mark(')'))?;
            if !matches!(rest.get(end + 1), Some(Token::Mark(',' | '}'))) {
                return None;
            }
            let mut path = String::new();
            for (at, argument) in rest[..end].split(|token| *token == Token::Mark(',')).enumerate() {
                match argument {
                    [Token::Text(part)] => path = format!("{path}/{part}"),
                    [Token::Word(word)] if at == 0 && ["__dirname", "import.meta.dirname"].contains(&word.as_str()) => {
                    }
                    [Token::Word(word), Token::Mark('('), Token::Mark(')')] if at == 0 && word == "process.cwd" => {}
                    [] if at > 0 => {}
                    _ => return None,
                }
            }
            resolve(folder, path.strip_prefix('/').unwrap_or(&path))
        }
        _ => None,
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first.is_whitespace() {
            first.len_utf8()
        } else if matches!(first, '"' | '\'' | '`') {
            string(rest, first, &mut tokens)
        } else if first.is_alphabetic() || matches!(first, '_' | '$') {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '.'))).unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            end
        } else {
            tokens.push(Token::Mark(first));
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    tokens
}

/// Reads one string literal and gives its length; one with an escape or interpolation counts as computed.
fn string(rest: &str, quote: char, tokens: &mut Vec<Token>) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if c == quote {
            let inner = &rest[1..at];
            let computed = inner.contains('\\') || (quote == '`' && inner.contains("${"));
            tokens.push(if computed { Token::Mark('`') } else { Token::Text(inner.to_owned()) });
            return at + 1;
        }
    }
    tokens.push(Token::Mark('`'));
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(path: &str) -> Option<Setting> {
        Some(Setting::Path(path.into()))
    }

    #[test]
    fn plain_paths_are_read() {
        let text = "import path from 'node:path';\nexport default defineConfig({\n  // schema: 'old'\n  schema: path.join(__dirname, 'prisma', \"schema\"),\n  migrations: { path: './db/migrations', seed: `tsx ${x}` },\n  datasource: { url: env('URL') },\n});";
        assert_eq!(read_config(text, ""), (path("prisma/schema"), path("db/migrations")));
        let text = "module.exports = { schema: '../schema.prisma' }";
        assert_eq!(read_config(text, "a/.config"), (path("a/schema.prisma"), None));
    }

    #[test]
    fn computed_paths_are_said_to_be_computed() {
        let text = "export default { schema: process.env.SCHEMA ?? 'a', migrations: { path: 'a' + b } }";
        assert_eq!(read_config(text, ""), (Some(Setting::Computed), Some(Setting::Computed)));
        let text = "const config = { schema: 'a' }; export default config";
        assert_eq!(read_config(text, ""), (Some(Setting::Computed), None));
    }

    #[test]
    fn broken_files_yield_nothing_worse() {
        for text in
            ["export default {", "defineConfig({schema:", "`${", "'", "export default { migrations: { path", "}}}}"]
        {
            let _ = read_config(text, "");
        }
    }

    #[test]
    fn paths_stay_below_the_root() {
        assert_eq!(resolve("a/b", "../c/./d"), Some("a/c/d".into()));
        assert_eq!(resolve("a", "../../c"), None);
        assert_eq!(resolve("a", "/etc"), None);
    }
}
