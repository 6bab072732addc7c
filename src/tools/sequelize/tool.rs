//! Sequelize as a tool: where its histories are and how they are run. `sequelize-cli` 6 takes every script directly in its
//! folder, in the order of their names, and wraps none in a transaction (`src/core/migrator.js`, umzug 2.3).

use super::write::Writer;
use super::{Sequelize, settings};
use crate::diag::{Finding, Level, Outcome};
use crate::invert::MadeDown;
use crate::ir::{self, Dialect, Migration, TransactionMode};
use crate::js::Value;
use crate::source::{FileId, SourceTree};
use crate::tools::script::{self, Facts, Part, Shape};
use crate::tools::{DownFile, Given, Place, Tool};

/// What its migrations look like.
static SHAPE: Shape = Shape { tool: ir::Tool::Sequelize, is_name, is_text: may_be, speaks: is_text };

/// `20240131120000-create-users.js`, `0001_initial.ts`.
fn is_name(name: &str) -> bool {
    is_script(name) && name.starts_with(|first: char| first.is_ascii_digit())
}

/// What `sequelize-cli` and umzug load.
fn is_script(name: &str) -> bool {
    let script = [".js", ".cjs", ".ts", ".cts", ".mjs", ".mts"].iter().any(|extension| name.ends_with(extension));
    script && ![".d.ts", ".d.cts", ".d.mts"].iter().any(|extension| name.ends_with(extension))
}

fn is_text(text: &str) -> bool {
    let speaks = ["queryInterface", "QueryInterface", "equelize"].iter().any(|word| text.contains(word));
    let directions = ["up", "down"].iter().any(|word| has_word(text, word));
    speaks && directions && !text.contains("MigrationInterface")
}

/// Whether a text may be that of a migration: the parameters of a script have any names, and umzug's have a context.
fn may_be(text: &str) -> bool {
    let others = ["MigrationInterface", "queryRunner", "QueryRunner", "knex", "Knex"];
    is_text(text) || (script::defines_up(text) && !others.iter().any(|other| text.contains(other)))
}

fn has_word(text: &str, word: &str) -> bool {
    let is_part = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    text.match_indices(word)
        .any(|(at, _)| !is_part(text[..at].chars().next_back()) && !is_part(text[at + word.len()..].chars().next()))
}

impl Tool for Sequelize {
    fn tool(&self) -> ir::Tool {
        ir::Tool::Sequelize
    }

    fn find(&self, tree: &SourceTree) -> Outcome<Vec<Place>> {
        let all = settings::all(tree);
        let own: Vec<String> = all.iter().filter_map(|settings| settings.migrations.clone()).collect();
        let mut places = script::histories(tree, &SHAPE, &own);
        // Seeds look just like migrations.
        places.retain(|place| {
            let seeds = all.iter().any(|settings| settings.seeders.as_ref() == Some(&place.folder));
            let named = place.folder.rsplit('/').next().is_some_and(|name| name.starts_with("seed"));
            own.contains(&place.folder) || !(seeds || named)
        });
        Outcome { value: places, findings: Vec::new() }
    }

    fn read(&self, tree: &SourceTree, place: &Place, given: Given) -> Result<Outcome<ir::History>, Vec<Finding>> {
        let is_migration = |id: &FileId| {
            let name = tree.file(*id).map(|file| file.name()).unwrap_or_default();
            // One without a number is a migration all the same, but it may be a helper too.
            is_name(name) || tree.read(*id).is_ok_and(is_text)
        };
        let files =
            script::files(tree, &place.folder, is_script).into_iter().filter(is_migration).map(Part::from).collect();
        let said = match given.dialect {
            Some(dialect) => Some(dialect),
            None => settings::dialect(tree, &place.folder).map_err(|word| {
                let message = format!("the project's configuration names the database {word}, which is not supported");
                vec![Finding::new("R016", Level::Error, None, message)]
            })?,
        };
        if let Some(setting) = settings::refused(tree, &place.folder) {
            let message = format!(
                "the project's configuration says `{setting}`, and its statements are not those that are read here"
            );
            return Err(vec![Finding::new("R016", Level::Error, None, message)]);
        }
        script::history(
            tree,
            script::History {
                tool: ir::Tool::Sequelize,
                dialect: said.unwrap_or(Dialect::Postgres),
                base: given.base,
                meaning: self,
                files,
                default_schema: "public".to_owned(),
                facts,
            },
        )
    }

    fn down(
        &self,
        tree: &SourceTree,
        place: &Place,
        migration: &Migration,
        made: &MadeDown,
    ) -> Result<DownFile, String> {
        Ok(script::fill(tree, place, migration, made, &Writer))
    }
}

/// A migration is known by its file's name, and runs in no transaction but its own.
fn facts(file: &str, _: Option<&Value>) -> Facts {
    let none = TransactionMode::None;
    Facts { name: file.to_owned(), transaction: none, down_transaction: none }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_told_by_names_and_texts() {
        assert!(is_name("20240131120000-create-users.js") && is_name("0001_initial.ts"));
        assert!(!is_name("20240131120000-create-users.d.ts") && !is_name("helpers.js"));
        assert!(is_text("module.exports = { up: (queryInterface) => queryInterface.dropTable('a') }"));
        assert!(!is_text("const sequelize = require('sequelize'); // set up_to"));
    }
}
