//! What each call of a migration does: the SQL that Sequelize sends to PostgreSQL for it; `lite` says it for SQLite.

use super::reading::{is_set, option};
use super::{Sequelize, catalogue, index, lite, object, query, rows, table};
use crate::ir::Dialect;
use crate::js::{Call, Shim, Value};
use crate::tools::script::{Meaning, State, Unclear};

impl Meaning for Sequelize {
    fn shim(&self) -> Shim {
        Shim { main: include_str!("shim.js"), parts: &[("library", include_str!("library.js"))] }
    }

    fn sends(&self, call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
        match state.dialect {
            Dialect::Sqlite => lite::statements(call, state),
            _ => statements(call, state),
        }
    }

    fn opens_transaction(&self, call: &Call) -> bool {
        call.name == OPENS
    }

    fn is_in_transaction(&self, call: &Call) -> bool {
        call.args.iter().any(|argument| names_transaction(argument, 2))
    }

    fn is_about_state(&self, question: &Call) -> bool {
        catalogue::is_about_state(question)
    }

    fn answer(&self, call: &Call, state: &State<'_>) -> Option<Value> {
        match state.dialect {
            Dialect::Sqlite => lite::answer(call, state),
            _ => catalogue::answer(call, state),
        }
    }
}

/// What opens a transaction.
const OPENS: &str = "sequelize.transaction";

/// Whether options, or an object in them, hold a transaction.
fn names_transaction(value: &Value, depth: usize) -> bool {
    match value {
        Value::Made(class, _) => class == "Transaction",
        Value::Object(fields) if depth > 0 => fields.iter().any(|(_, value)| names_transaction(value, depth - 1)),
        _ => false,
    }
}

/// The statements of a call, in order. One text may hold several, as the tool sends them at once.
pub(super) fn statements(call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
    let Some(method) = call.name.strip_prefix("queryInterface.") else {
        return others(call);
    };
    injected(call)?;
    match method {
        "createTable" => table::create(call, state),
        "dropAllTables" => table::drop_all(call, state),
        "dropTable" => table::drop(call),
        "renameTable" => table::rename(call),
        "addColumn" => table::add_column(call),
        "removeColumn" => table::remove_column(call),
        "changeColumn" => table::change_column(call),
        "renameColumn" => table::rename_column(call),
        "addIndex" => index::add(call),
        "removeIndex" => index::remove(call),
        "addConstraint" => index::add_constraint(call),
        "removeConstraint" => index::remove_constraint(call),
        "bulkInsert" => rows::bulk_insert(call),
        "insert" => rows::insert(call),
        "bulkUpdate" => rows::bulk_update(call),
        "bulkDelete" => rows::bulk_delete(call),
        "increment" => rows::arithmetic(call, '+'),
        "decrement" => rows::arithmetic(call, '-'),
        "createSchema" => object::create_schema(call),
        "dropSchema" => object::drop_schema(call),
        "createDatabase" => object::create_database(call),
        "dropDatabase" => object::drop_database(call),
        "dropEnum" => object::drop_enum(call),
        "createFunction" => object::create_function(call),
        "dropFunction" => object::drop_function(call),
        "renameFunction" => object::rename_function(call),
        "createTrigger" => object::create_trigger(call),
        "dropTrigger" => object::drop_trigger(call),
        "renameTrigger" => object::rename_trigger(call),
        // Questions.
        "describeTable"
        | "showAllTables"
        | "showIndex"
        | "tableExists"
        | "showConstraint"
        | "showConstraints"
        | "showAllSchemas"
        | "getForeignKeyReferencesForTable"
        | "getForeignKeysForTables"
        | "assertTableHasColumn"
        | "databaseVersion"
        | "fetchDatabaseVersion"
        | "pgListEnums"
        | "rawSelect"
        | "select"
        | "showAllDatabases"
        | "listTables"
        | "listSchemas"
        | "listDatabases" => Ok(Vec::new()),
        other => Err(Unclear::new(format!("what `queryInterface.{other}` does is not known"))),
    }
}

/// Calls that are none of the query interface.
pub(super) fn others(call: &Call) -> Result<Vec<String>, Unclear> {
    match call.name.as_str() {
        "sequelize.sql" => query::sql(call).map(|sql| vec![sql]),
        // That everything between is one transaction changes nothing in what it does.
        OPENS | "transaction.commit" | "module" => Ok(Vec::new()),
        // The rows of a statement, which was told before.
        "sequelize.query" => Ok(Vec::new()),
        "transaction.rollback" => Err(Unclear::new("a transaction is rolled back")),
        "model.write" => {
            let name = call.arg(0).and_then(Value::text).unwrap_or("a model's method");
            Err(Unclear::new(format!("`{name}`: what a model does is not known")))
        }
        other => Err(Unclear::new(format!("what `{other}` does is not known"))),
    }
}

/// Options of every call reach `sequelize.query`: there, replacements and parameters would change the statement.
pub(super) fn injected(call: &Call) -> Result<(), Unclear> {
    let row_method = ["bulkInsert", "insert"].iter().any(|name| call.name.ends_with(name));
    for (index, arg) in call.args.iter().enumerate().skip(1) {
        let Value::Object(_) = arg else { continue };
        // Not where the object holds columns or rows.
        let options = match call.name.as_str() {
            "queryInterface.createTable" | "queryInterface.bulkDelete" => index == 2,
            "queryInterface.bulkUpdate" | "queryInterface.addColumn" | "queryInterface.changeColumn" => index == 3,
            "queryInterface.removeColumn" | "queryInterface.removeIndex" | "queryInterface.removeConstraint" => {
                index == 2
            }
            "queryInterface.addIndex" | "queryInterface.addConstraint" => true,
            _ => row_method && index > 2,
        };
        if options && (is_set(Some(arg), "replacements")? || option(Some(arg), "bind")?.is_some()) {
            return Err(Unclear::new("replacements or parameters outside of `sequelize.query`"));
        }
    }
    Ok(())
}
