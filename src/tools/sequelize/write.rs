//! Downs as a user of Sequelize writes them.

use super::{Sequelize, build};
use crate::ir::Dialect;
use crate::ir::Op;
use crate::js::Parameter;
use crate::sql::postgres;
use crate::tools::script::{
    Desk, Handle, Lines, Meaning, Stage, Uses, Writing, Written, lite, mentions, nested, sql_string,
};

/// How Sequelize's downs are written.
pub(super) struct Writer;

impl Writing for Writer {
    fn meaning(&self) -> &dyn Meaning {
        &Sequelize
    }

    /// `sequelize-cli` gives the query interface; umzug gives an object whose `context` is what the project chose: the query
    /// interface, an instance of Sequelize, or an object that holds one of them.
    fn handle(&self, of: Uses<'_>) -> Option<Handle> {
        let context =
            |fields: &[(String, String)]| fields.iter().find(|(key, _)| key == "context").map(|(_, name)| name.clone());
        let uses = |expression: &str| mentions(of.text, expression);
        match (of.parameter, of.up) {
            (Parameter::Object(fields), _) => {
                let Some(name) = context(fields) else {
                    // Of the query interface alone it can be taken.
                    let (_, name) = fields.iter().find(|(key, _)| key == "sequelize")?;
                    return Some(Handle { builder: format!("{name}.getQueryInterface()"), sql: name.clone() });
                };
                // What shows how it is used is the up's own name for it.
                let shown = match of.up {
                    Parameter::Object(fields) => context(fields)?,
                    Parameter::Named(up) => format!("{up}.context"),
                    Parameter::None | Parameter::Other => return None,
                };
                of_kind(&name, &shown, &uses)
            }
            (Parameter::Named(name), Parameter::Object(fields)) => {
                of_kind(&format!("{name}.context"), &context(fields)?, &uses)
            }
            (Parameter::Named(name), Parameter::Named(up)) if uses(&format!("{up}.context")) => {
                of_kind(&format!("{name}.context"), &format!("{up}.context"), &uses)
            }
            (Parameter::Named(name), Parameter::Named(up)) => of_kind(name, up, &uses),
            (Parameter::Named(name), Parameter::None) => of_kind(name, name, &uses),
            (Parameter::Named(_) | Parameter::None | Parameter::Other, _) => None,
        }
    }

    fn parameters(&self, typed: bool) -> &'static str {
        if typed { "queryInterface: import('sequelize').QueryInterface" } else { "queryInterface" }
    }

    fn default_schema(&self) -> Option<&str> {
        Some("public")
    }

    fn second(&self, of: Uses<'_>, typed: bool) -> Option<&'static str> {
        // umzug gives one parameter. What is not typed is an error in many a TypeScript project.
        let by_cli = match of.parameter {
            Parameter::Named(name) => {
                let up = if let Parameter::Named(up) = of.up { up } else { name };
                !mentions(of.text, &format!("{up}.context"))
            }
            Parameter::None | Parameter::Object(_) | Parameter::Other => false,
        };
        (by_cli && !typed).then_some("Sequelize")
    }

    fn statements(&self, stages: &[Stage<'_>], desk: &Desk<'_>) -> Result<Vec<Written>, String> {
        if stages.first().is_some_and(|first| first.at.before.dialect() == Dialect::Sqlite) {
            // The query interface makes tables anew with losses; SQL does not.
            let written = |these: &[Stage<'_>]| {
                let sql = lite::statements(these).iter().map(|sql| query_sql(sql, desk)).collect();
                Written { ops: these.len(), built: None, sql }
            };
            return Ok(lite::apart(stages).into_iter().map(written).collect());
        }
        let mut rest = stages;
        let written = build::groups(stages, desk).into_iter().map(|(count, built)| {
            let (these, others) = rest.split_at(count.min(rest.len()));
            rest = others;
            Written { ops: count, built, sql: these.iter().map(|stage| query(stage.op, desk)).collect() }
        });
        Ok(written.collect())
    }

    fn in_transaction(&self, statements: Vec<Lines>, desk: &Desk<'_>) -> Option<Lines> {
        let head = format!("{}.transaction(async (transaction) => {{", desk.handle.sql);
        Some(nested(head, statements, "await", desk.end(), "})"))
    }
}

/// What the query interface has, and neither an instance of Sequelize nor what umzug gives.
const METHODS: [&str; 27] = [
    "addColumn",
    "addConstraint",
    "addIndex",
    "bulkDelete",
    "bulkInsert",
    "bulkUpdate",
    "changeColumn",
    "createFunction",
    "createTable",
    "createTrigger",
    "describeTable",
    "dropAllTables",
    "dropEnum",
    "dropFunction",
    "dropTable",
    "dropTrigger",
    "rawSelect",
    "removeColumn",
    "removeConstraint",
    "removeIndex",
    "renameColumn",
    "renameTable",
    "showAllTables",
    "showConstraint",
    "showIndex",
    "tableExists",
    "upsert",
];

/// The handle that `name` is, told from how `shown`, which is the same in the up, is used. `None` when nothing shows it.
fn of_kind(name: &str, shown: &str, uses: &dyn Fn(&str) -> bool) -> Option<Handle> {
    // What else a context may hold is the project's own.
    if uses(&format!("{shown}.queryInterface")) {
        let builder = format!("{name}.queryInterface");
        return Some(Handle { sql: format!("{builder}.sequelize"), builder });
    }
    if uses(&format!("{shown}.getQueryInterface")) || uses(&format!("{shown}.query")) {
        return Some(Handle { builder: format!("{name}.getQueryInterface()"), sql: name.to_owned() });
    }
    let sql = format!("{name}.sequelize");
    if is_called_so(shown) || METHODS.iter().any(|method| uses(&format!("{shown}.{method}"))) {
        return Some(Handle { builder: name.to_owned(), sql });
    }
    // The query interface has it, and so may an object of the project's own.
    uses(&format!("{shown}.sequelize")).then(|| Handle { builder: format!("{sql}.getQueryInterface()"), sql })
}

/// Whether a name says that it is the query interface.
fn is_called_so(name: &str) -> bool {
    let name = name.to_lowercase().replace('_', "");
    name.ends_with("queryinterface") && !name.contains('.') || name == "qi"
}

/// An operation as SQL. Nothing in it is replaced, because nothing to replace is given.
fn query(op: &Op, desk: &Desk<'_>) -> Lines {
    query_sql(&postgres::print(op), desk)
}

/// The same for a text of SQL.
pub(super) fn query_sql(sql: &str, desk: &Desk<'_>) -> Lines {
    let sql = sql_string(sql, desk.style.quote);
    let option = if desk.own_transaction { ", { transaction }" } else { "" };
    vec![(0, format!("{}.query({sql}{option})", desk.handle.sql))]
}
