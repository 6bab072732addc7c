//! Finding Knex's histories, and putting one together: by what `knexfile.*` says and by the shape of the folders,
//! `<digits>_<name>.<extension>` with an `up`.

use super::compile::Config;
use super::knexfile::{Knexfile, LOADED, dialect, knexfiles};
use super::meaning::Calls;
use crate::diag::{Finding, Level, Outcome};
use crate::ir::{self, Tool, TransactionMode};
use crate::js::Value;
use crate::source::{FileId, SourceTree, Span};
use crate::tools::script::{Facts, History, Part, Shape, defines_up, files, histories, history};
use crate::tools::{Given, Place};

/// Every history in the tree.
pub(in crate::tools) fn find(tree: &SourceTree) -> Outcome<Vec<Place>> {
    let mut findings = Vec::new();
    let settings = knexfiles(tree);
    let own: Vec<String> = match settings.first() {
        Some(first) => {
            findings.extend(computed(tree, first));
            first.folders.clone().unwrap_or_default()
        }
        None => Vec::new(),
    };
    let shape = Shape { tool: Tool::Knex, is_name: is_numbered, is_text: is_migration, speaks };
    let mut places = histories(tree, &shape, &own);
    if settings.is_empty() {
        // Where Knex looks unless it is told otherwise.
        places.iter_mut().filter(|place| place.folder == "migrations").for_each(|place| place.own = true);
    }
    // The further folders of a history of several are no histories of their own.
    for said in &settings {
        let Some([_, further @ ..]) = said.folders.as_deref() else { continue };
        places.retain(|place| !further.contains(&place.folder));
    }
    Outcome { value: places, findings }
}

/// Reads the history at a place.
pub(in crate::tools) fn read(
    tree: &SourceTree,
    place: &Place,
    given: Given,
) -> Result<Outcome<ir::History>, Vec<Finding>> {
    let settings = knexfiles(tree);
    let names = |said: &&Knexfile| said.folders.as_ref().is_some_and(|folders| folders.contains(&place.folder));
    let said = settings.iter().find(names).or(settings.first()).cloned().unwrap_or_default();
    let client = match given.dialect {
        Some(asked) => said.client_for(asked),
        None => said.client().unwrap_or("pg"),
    };
    let client = client.to_owned();
    let dialect = match given.dialect.or(dialect(&client)) {
        Some(dialect) => dialect,
        None => {
            let message = format!("{client} is not supported");
            return Err(vec![Finding::new("R016", Level::Error, said.file.map(|file| Span::new(file, 0, 0)), message)]);
        }
    };
    let mut findings = Vec::new();
    if let (Some(mapper), Some(file)) = (&said.mapper, said.file) {
        let path = tree.file(file).map(|file| file.shown.clone()).unwrap_or_default();
        let message = format!("{path} changes names on their way to the database, by {mapper}");
        let finding = Finding::new("R022", Level::Warning, Span::new(file, 0, 0), message)
            .why("the file is not run, so names are read as the migrations write them");
        findings.push(finding);
    }
    let meaning = Calls { config: Config { client, dialect, null_as_default: said.null_as_default } };
    let of = History {
        tool: Tool::Knex,
        dialect,
        base: given.base,
        meaning: &meaning,
        files: ordered(tree, place, &said).into_iter().map(Part::from).collect(),
        default_schema: said.search_path.clone().unwrap_or_else(|| "public".to_owned()),
        facts: if said.no_transactions { without_transactions } else { facts },
    };
    let mut read = history(tree, of)?;
    findings.append(&mut read.findings);
    Ok(Outcome { value: read.value, findings })
}

/// The scripts of a history in the order in which Knex runs them: by the names of the files, whatever their folder, or
/// folder by folder (`sortDirsSeparately`).
fn ordered(tree: &SourceTree, place: &Place, said: &Knexfile) -> Vec<FileId> {
    let folders = match &said.folders {
        Some(folders) if folders.contains(&place.folder) => folders.clone(),
        _ => vec![place.folder.clone()],
    };
    let loads = |name: &str| {
        let extension = name.rfind('.').map_or("", |at| &name[at..]);
        match &said.extensions {
            Some(known) => known.iter().any(|known| known == extension),
            // Without settings the history may be one that a program of the project runs.
            None => LOADED.contains(&extension) || (said.file.is_none() && extension == ".mjs"),
        }
    };
    let mut found: Vec<FileId> = folders.iter().flat_map(|folder| files(tree, folder, is_script)).collect();
    let name = |id: &FileId| tree.file(*id).map(|file| file.name().to_owned()).unwrap_or_default();
    found.retain(|id| loads(&name(id)) && (is_numbered(&name(id)) || tree.read(*id).map_or(true, is_migration)));
    if !said.separately {
        found.sort_by_key(name);
    }
    found
}

/// The finding for settings that are not plain.
fn computed(tree: &SourceTree, said: &Knexfile) -> Option<Finding> {
    let file = said.file?;
    let path = tree.file(file).map(|file| file.shown.clone()).unwrap_or_default();
    let message = match (said.source, &said.folders) {
        (true, _) => format!("{path} takes the migrations from a source of its own"),
        (false, None) => format!("{path} computes where the migrations folder is"),
        (false, Some(_)) => return None,
    };
    Some(
        Finding::new("R022", Level::Warning, Span::new(file, 0, 0), message)
            .why("the file is not run, so the folder is searched for by its shape")
            .help("name the migrations folder as the path"),
    )
}

/// What Knex makes of what a script says: its name is the file's, and it runs in a transaction unless it says otherwise.
fn facts(name: &str, said: Option<&Value>) -> Facts {
    let config = said.and_then(|said| said.get("config"));
    let transaction = match config.and_then(|config| config.get("transaction")) {
        Some(Value::Bool(false)) => TransactionMode::None,
        _ => TransactionMode::Wrapped,
    };
    Facts { name: name.to_owned(), transaction, down_transaction: transaction }
}

/// The same where the settings disable transactions: a script may still ask for one.
fn without_transactions(name: &str, said: Option<&Value>) -> Facts {
    let config = said.and_then(|said| said.get("config"));
    let transaction = match config.and_then(|config| config.get("transaction")) {
        Some(Value::Bool(true)) => TransactionMode::Wrapped,
        _ => TransactionMode::None,
    };
    Facts { name: name.to_owned(), transaction, down_transaction: transaction }
}

/// Whether a file may be a script that Knex loads.
fn is_script(name: &str) -> bool {
    let script = [".js", ".ts", ".cjs", ".mjs", ".mts", ".cts"].iter().any(|extension| name.ends_with(extension));
    script && ![".d.ts", ".d.mts", ".d.cts"].iter().any(|extension| name.ends_with(extension))
}

/// Whether a file has the name of a migration: digits first, as in `20240101080000_users.js` or `2.1.0.js`.
fn is_numbered(name: &str) -> bool {
    let digits = name.find(|c: char| !c.is_ascii_digit()).unwrap_or(name.len());
    is_script(name) && digits > 0 && name[digits..].starts_with(['_', '-', '.'])
}

/// Whether a text may be that of a migration of Knex.
fn is_migration(text: &str) -> bool {
    let other = ["queryInterface", "QueryRunner", "queryRunner", "MigrationInterface", "MigrationParams"];
    defines_up(text) && !other.iter().any(|other| text.contains(other))
}

/// Whether a text speaks of Knex.
fn speaks(text: &str) -> bool {
    text.contains("knex") || text.contains("Knex")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools::Grounds;

    const UP: &str = "exports.up = (knex) => {}; exports.down = () => {};";

    fn tree(files: &[(&str, &str)]) -> SourceTree {
        SourceTree::of(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
    }

    fn order(tree: &SourceTree, folder: &str) -> Vec<String> {
        let place =
            Place { tool: Tool::Knex, folder: folder.into(), own: true, grounds: Grounds::Settings, refused: None };
        let said = knexfiles(tree).into_iter().next().unwrap_or_default();
        let name = |id: FileId| tree.file(id).map(|file| file.path.clone()).unwrap_or_default();
        ordered(tree, &place, &said).into_iter().map(name).collect()
    }

    #[test]
    fn files_are_run_by_name_whatever_their_folder() {
        let several = |settings: &str| {
            let text = format!("module.exports = {{ migrations: {{ directory: ['b', 'a'], {settings} }} }}");
            let files = [
                ("knexfile.js", text.as_str()),
                ("a/1_x.js", UP),
                ("a/3_x.ts", UP),
                ("b/2_x.js", UP),
                ("b/2_x.mjs", UP),
            ];
            let tree = tree(&files);
            assert_eq!(find(&tree).value.iter().map(|place| place.folder.as_str()).collect::<Vec<_>>(), ["b"]);
            order(&tree, "b")
        };
        assert_eq!(several(""), ["a/1_x.js", "b/2_x.js", "a/3_x.ts"]);
        assert_eq!(several("sortDirsSeparately: true"), ["b/2_x.js", "a/1_x.js", "a/3_x.ts"]);
        assert_eq!(several("loadExtensions: ['.mjs']"), ["b/2_x.mjs"]);
    }

    #[test]
    fn folders_are_found_by_their_shape() {
        let files = [
            ("api/db/20240101000000_a.ts", "export async function up(knex: Knex) {}"),
            ("api/db/types.d.ts", ""),
            ("web/migrations/20240101000000-a.js", "module.exports = { up: (queryInterface) => {} }"),
        ];
        let found = find(&tree(&files)).value;
        assert_eq!(found.iter().map(|place| place.folder.as_str()).collect::<Vec<_>>(), ["api/db"]);
    }
}
