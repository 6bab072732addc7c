//! A history as a project of `sequelize-cli`: a script a migration, with `.sequelizerc` and `config/config.json`.

use super::write::{Writer, query_sql};
use crate::emit::{Direction, Language, NewName, Style, Unit};
use crate::ir::Tool;
use crate::js::{self, Parameter};
use crate::tools::project::{Form, Layout};
use crate::tools::script::{Desk, Handle, Lines, Runs, Scribe, mentions};

/// Sequelize as a target.
pub(in crate::tools) struct Files;

impl Layout for Files {
    fn name(&self) -> &'static str {
        "sequelize"
    }

    fn tool(&self) -> Tool {
        Tool::Sequelize
    }

    fn about(&self) -> &'static str {
        "migrations/<stamp>-<name>.js for sequelize-cli, with its configuration"
    }

    fn unit(&self) -> Unit {
        Unit::Second
    }

    fn usual(&self) -> (Style, Language) {
        (Style::Builder, Language::Javascript)
    }

    fn barred(&self, language: Language) -> Option<&'static str> {
        match language {
            Language::Typescript => Some("sequelize-cli loads no TypeScript; leave --typescript out"),
            Language::Javascript => None,
        }
    }

    fn scribe(&self, _: &str) -> Box<dyn Scribe> {
        Box::new(Writer)
    }

    fn path(&self, name: &NewName) -> String {
        format!("migrations/{}-{}", name.seconds(), name.kebab())
    }

    fn leaves_transaction(&self, _: &Direction<'_>, _: &Direction<'_>, _: Tool) -> bool {
        false
    }

    /// The tool opens none.
    fn runs(&self, _: bool) -> (Runs, Runs) {
        (Runs::Bare, Runs::Bare)
    }

    /// What `sequelize-cli` hands over second is the library.
    fn parameters(&self, body: &str) -> String {
        let used: Vec<&str> = ["DataTypes", "Sequelize"].into_iter().filter(|name| uses(body, name)).collect();
        match used.as_slice() {
            [] => "queryInterface".to_owned(),
            names => format!("queryInterface, {{ {} }}", names.join(", ")),
        }
    }

    fn imports(&self, _: [&str; 2]) -> Vec<String> {
        Vec::new()
    }

    fn template(&self, _: Form) -> &'static str {
        "sequelize/migration.js.tera"
    }

    /// `sequelize-cli` loads migrations by `require`.
    fn extension(&self, form: Form) -> &'static str {
        match form {
            Form::Modules => "cjs",
            Form::Typescript | Form::CommonJs => "js",
        }
    }

    fn around(&self, _: Form) -> Vec<(&'static str, &'static str)> {
        vec![
            (".sequelizerc", "sequelize/sequelizerc.tera"),
            ("config/config.json", "sequelize/config.json.tera"),
            ("seeders/.gitkeep", "gitkeep.tera"),
            ("README.md", "sequelize/README.md.tera"),
        ]
    }
}

/// Whether a body uses a member of what a name stands for.
fn uses(body: &str, name: &str) -> bool {
    body.contains(&format!("{name}.")) && mentions(body, name)
}

impl Scribe for Writer {
    fn desk<'d>(&self, style: &'d js::Style, typed: bool, own_transaction: bool) -> Desk<'d> {
        let handle = Handle { builder: "queryInterface".to_owned(), sql: "queryInterface.sequelize".to_owned() };
        let field = |name: &str| (name.to_owned(), name.to_owned());
        let second = Parameter::Object(vec![field("DataTypes"), field("Sequelize")]);
        Desk { handle, style, own_transaction, typed, second, imports: &[], text: "" }
    }

    fn raw(&self, sql: &str, desk: &Desk<'_>) -> Result<Lines, String> {
        Ok(query_sql(sql, desk))
    }

    fn transaction(&self, _: &Desk<'_>) -> (Vec<String>, Vec<String>) {
        let head = "await queryInterface.sequelize.transaction(async (transaction) => {";
        (vec![head.to_owned()], vec!["});".to_owned()])
    }

    fn outer(&self, style: &js::Style) -> String {
        style.indent.clone()
    }

    fn names<'n>(&self, desk: &'n Desk<'_>) -> (&'n str, Option<&'n str>, &'static [&'static str]) {
        let transaction = desk.own_transaction.then_some("transaction");
        (&desk.handle.builder, transaction, &["queryInterface", "DataTypes", "Sequelize", "transaction"])
    }

    fn probe(&self, [up, down]: [&str; 2]) -> String {
        let parameters = "queryInterface, { DataTypes, Sequelize }";
        format!(
            "module.exports = {{\n  async up({parameters}) {{\n{up}  }},\n  async down({parameters}) {{\n{down}  }},\n}};\n"
        )
    }
}
