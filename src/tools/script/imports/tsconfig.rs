//! What a `tsconfig.json` says of where imports lead: `paths` and `baseUrl`, also of the configurations that it extends
//! (TypeScript 5.9).

use super::{file, fits, upward, within, workspace};
use crate::source::{FileId, SourceTree};
use serde_json::{Map, Value};

/// How many configurations may extend one another.
const DEPTH: usize = 8;

/// What one configuration says.
#[derive(Clone, Default)]
struct Paths {
    /// The folder that bare names are looked for in.
    base: Option<String>,
    /// Patterns with what they stand for, and the folder that those paths start from.
    patterns: Option<(String, Map<String, Value>)>,
}

/// What an import of a script in a folder leads to by the nearest configuration.
pub(super) fn find(tree: &SourceTree, folder: &str, specifier: &str) -> Option<FileId> {
    let path = upward(folder).find_map(|folder| {
        let path = within(folder, "tsconfig.json")?;
        tree.reach(&path).map(|_| path)
    })?;
    let paths = tree.kept(&path, || read(tree, &path, DEPTH).unwrap_or_default());
    if let Some((from, patterns)) = &paths.patterns {
        let fitting = patterns.iter().filter_map(|(pattern, to)| Some((pattern, to, fits(pattern, specifier)?)));
        let length = |pattern: &String| (!pattern.contains('*'), pattern.find('*').unwrap_or(pattern.len()));
        if let Some((_, to, star)) = fitting.max_by_key(|(pattern, ..)| length(pattern)) {
            let targets = to.as_array().into_iter().flatten().filter_map(Value::as_str);
            return targets
                .filter(|to| !to.contains("node_modules"))
                .find_map(|to| file(tree, &within(from, &to.replacen('*', star, 1))?));
        }
    }
    paths.base.as_ref().and_then(|base| file(tree, &within(base, specifier)?))
}

/// A configuration with what it extends.
fn read(tree: &SourceTree, path: &str, depth: usize) -> Option<Paths> {
    let text = tree.read(tree.reach(path)?).ok()?;
    let json: Value = serde_json::from_str(&plain(text)).ok()?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let extends = match json.get("extends") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let mut found = Paths::default();
    for other in extends.into_iter().filter(|_| depth > 0) {
        let inherited = extended(tree, folder, other).and_then(|path| read(tree, &path, depth - 1)).unwrap_or_default();
        found.base = inherited.base.or(found.base);
        found.patterns = inherited.patterns.or(found.patterns);
    }
    let options = json.get("compilerOptions");
    let option = |name: &str| options.and_then(|options| options.get(name));
    if let Some(base) = option("baseUrl").and_then(Value::as_str) {
        found.base = within(folder, base);
        // Inherited patterns start from the base that is in force.
        if let (Some((from, _)), Some(base)) = (&mut found.patterns, &found.base) {
            from.clone_from(base);
        }
    }
    if let Some(patterns) = option("paths").and_then(Value::as_object) {
        let from = found.base.clone().unwrap_or_else(|| folder.to_owned());
        found.patterns = Some((from, patterns.clone()));
    }
    Some(found)
}

/// The path of a configuration that another one extends.
fn extended(tree: &SourceTree, folder: &str, name: &str) -> Option<String> {
    if !name.starts_with('.') {
        let id =
            workspace::find(tree, folder, name).or_else(|| workspace::find(tree, folder, &format!("{name}.json")))?;
        return Some(super::project_path(tree, id));
    }
    let path = within(folder, name)?;
    let there = |path: String| tree.reach(&path).map(|_| path);
    there(path.clone()).or_else(|| there(format!("{path}.json")))
}

/// JSON with comments and commas before what closes, without them.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('"', _) => {
                out.push(c);
                while let Some(c) = rest.next() {
                    out.push(c);
                    match c {
                        '\\' => out.extend(rest.next()),
                        '"' => break,
                        _ => {}
                    }
                }
            }
            ('/', Some('/')) => while rest.next_if(|c| *c != '\n').is_some() {},
            ('/', Some('*')) => {
                rest.next();
                let mut last = ' ';
                for c in rest.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
            }
            ('}' | ']', _) => {
                let kept = out.trim_end().len();
                if out[..kept].ends_with(',') {
                    out.truncate(kept - 1);
                }
                out.push(c);
            }
            _ => out.push(c),
        }
    }
    out
}
