//! A history as a project of TypeORM: a class a migration, with a data source.

use super::write::Writer;
use super::{TypeOrm, Version};
use crate::emit::{Direction, Language, NewName, Style, Unit};
use crate::ir::Tool;
use crate::js::{self, Import, Parameter};
use crate::sql::postgres::Manner;
use crate::tools::project::{Form, Layout, is_loose};
use crate::tools::script::{Desk, Handle, Lines, Runs, Scribe, mentions, template};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// TypeORM as a target.
pub(in crate::tools) struct Files;

/// The classes that migrations make instances of.
const CLASSES: [&str; 8] =
    ["Table", "TableCheck", "TableColumn", "TableExclusion", "TableForeignKey", "TableIndex", "TableUnique", "View"];

impl Layout for Files {
    fn name(&self) -> &'static str {
        "typeorm"
    }

    fn tool(&self) -> Tool {
        Tool::Typeorm
    }

    fn about(&self) -> &'static str {
        "src/migrations/<milliseconds>-<Name>.ts or .js, with a data source"
    }

    fn unit(&self) -> Unit {
        Unit::Millisecond
    }

    /// `migration:generate` writes SQL.
    fn usual(&self) -> (Style, Language) {
        (Style::Sql, Language::Typescript)
    }

    fn scribe(&self, default_schema: &str) -> Box<dyn Scribe> {
        let meaning = TypeOrm { version: Version::One, search_schema: default_schema.to_owned(), ..TypeOrm::default() };
        Box::new(Writer { meaning, kept: BTreeSet::new(), builds: true })
    }

    fn indent(&self) -> &'static str {
        "    "
    }

    fn path(&self, name: &NewName) -> String {
        format!("src/migrations/{}-{}", name.milliseconds(), name.pascal())
    }

    fn known_as(&self, name: &NewName, _: &str) -> String {
        name.class()
    }

    /// `transaction` of a class is about its up alone.
    fn leaves_transaction(&self, up: &Direction<'_>, _: &Direction<'_>, _: Tool) -> bool {
        is_loose(up)
    }

    fn runs(&self, leaves_transaction: bool) -> (Runs, Runs) {
        match leaves_transaction {
            true => (Runs::Bare, Runs::Wrapped),
            false => (Runs::Wrapped, Runs::Wrapped),
        }
    }

    fn parameters(&self, _: &str) -> String {
        "queryRunner".to_owned()
    }

    fn imports(&self, bodies: [&str; 2]) -> Vec<String> {
        let made = |name: &&&str| bodies.iter().any(|body| mentions(body, &format!("new {name}")));
        CLASSES.iter().filter(made).map(|name| (*name).to_owned()).collect()
    }

    fn template(&self, form: Form) -> &'static str {
        match form {
            Form::Typescript => "typeorm/migration.ts.tera",
            Form::Modules => "typeorm/migration.mjs.tera",
            Form::CommonJs => "typeorm/migration.js.tera",
        }
    }

    fn around(&self, form: Form) -> Vec<(&'static str, &'static str)> {
        let source = match form {
            Form::Typescript => ("src/data-source.ts", "typeorm/data-source.ts.tera"),
            Form::Modules => ("src/data-source.js", "typeorm/data-source.mjs.tera"),
            Form::CommonJs => ("src/data-source.js", "typeorm/data-source.js.tera"),
        };
        let settings = (form == Form::Typescript).then_some(("tsconfig.json", "typeorm/tsconfig.json.tera"));
        let others = [("src/seeds/.gitkeep", "gitkeep.tera"), ("README.md", "typeorm/README.md.tera")];
        [source].into_iter().chain(settings).chain(others).collect()
    }
}

/// What a script of ours has of TypeORM.
fn classes() -> &'static [Import] {
    static IMPORTS: OnceLock<Vec<Import>> = OnceLock::new();
    let import =
        |name: &&str| Import { module: "typeorm".to_owned(), what: (*name).to_owned(), name: (*name).to_owned() };
    IMPORTS.get_or_init(|| CLASSES.iter().map(import).collect())
}

impl Scribe for Writer {
    fn desk<'d>(&self, style: &'d js::Style, typed: bool, own_transaction: bool) -> Desk<'d> {
        let handle = Handle { builder: "queryRunner".to_owned(), sql: "queryRunner".to_owned() };
        Desk { handle, style, own_transaction, typed, second: Parameter::None, imports: classes(), text: "" }
    }

    fn manner(&self) -> Manner {
        Manner::Typeorm
    }

    fn raw(&self, sql: &str, desk: &Desk<'_>) -> Result<Lines, String> {
        Ok(vec![(0, format!("{}.query({})", desk.handle.sql, template(sql)))])
    }

    fn transaction(&self, _: &Desk<'_>) -> (Vec<String>, Vec<String>) {
        let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect();
        (
            lines(&["await queryRunner.startTransaction();", "try {"]),
            lines(&[
                "    await queryRunner.commitTransaction();",
                "} catch (error) {",
                "    await queryRunner.rollbackTransaction();",
                "    throw error;",
                "}",
            ]),
        )
    }

    /// A migration is undone in a transaction whatever it says.
    fn no_transaction(&self, _: &Desk<'_>) -> (Vec<String>, Vec<String>) {
        let note = "// outside of the transaction that TypeORM undoes a migration in";
        (
            vec![note.to_owned(), "await queryRunner.commitTransaction();".to_owned()],
            vec!["await queryRunner.startTransaction();".to_owned()],
        )
    }

    fn outer(&self, style: &js::Style) -> String {
        style.indent.clone()
    }

    fn names<'n>(&self, desk: &'n Desk<'_>) -> (&'n str, Option<&'n str>, &'static [&'static str]) {
        (&desk.handle.sql, None, &CLASSES)
    }

    fn probe(&self, [up, down]: [&str; 2]) -> String {
        let classes = CLASSES.join(", ");
        format!(
            "const {{ {classes} }} = require('typeorm');\n\
             module.exports = class Probe1700000000000 {{\n    async up(queryRunner) {{\n{up}    }}\n    \
             async down(queryRunner) {{\n{down}    }}\n}};\n"
        )
    }
}
