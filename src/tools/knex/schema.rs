//! The schema builder: the statements of a chain of its calls, in order (knex 3.3.0 `lib/schema/builder.js`,
//! `lib/schema/compiler.js`, `lib/dialects/postgres/schema/pg-compiler.js`).

use super::column::truth;
use super::compile::{Bindings, Compiler};
use super::query::schema as schema_of;
use super::raw::{HARMLESS, Raw};
use super::table::{Purpose, Statement, Table};
use super::value::{text, unclear, unknown};
use super::view;
use crate::js::{Call, Value};
use crate::tools::script::Unclear;

/// The methods that ask and change nothing.
pub(super) static QUESTIONS: [&str; 2] = ["hasTable", "hasColumn"];

/// What the names of methods have in them that Knex has for PostgreSQL only.
static OF_POSTGRES: [&str; 6] = ["Materialized", "Schema", "Extension", "alterView", "renameView", "view"];

/// The statements of the calls behind `schema`. The last `withSchema` holds for all of them.
pub(super) fn statements(compiler: Compiler<'_>, calls: &[Call]) -> Result<Vec<Statement>, Unclear> {
    let schema = schema(calls)?;
    let mut out = Vec::new();
    for call in calls {
        let plain = |sql: String| vec![Statement::plain(sql)];
        let name = |at: usize| text(&format!("the name that {}() needs", call.name), call.arg(at));
        let wrapped = |at: usize| name(at).map(|name| compiler.wrap_text(name));
        let prefixed = |at: usize| {
            name(at).map(|name| match &schema {
                Some(schema) => compiler.wrap_text(&format!("{schema}.{name}")),
                None => compiler.wrap_text(name),
            })
        };
        let cascade = || {
            let cascade = call.arg(1).map_or(Ok(false), |value| truth("cascade", value))?;
            Ok::<&str, Unclear>(if cascade { " cascade" } else { "" })
        };
        if compiler.is_sqlite()
            && call.name != "withSchema"
            && OF_POSTGRES
                .iter()
                .any(|word| call.name.starts_with(word) || (*word != "view" && call.name.contains(word)))
        {
            return unclear(format!("{}() is nothing that Knex does on SQLite", call.name));
        }
        out.extend(match call.name.as_str() {
            "createTable" => table(compiler, Purpose::Create, &schema, call, 1)?,
            "createTableIfNotExists" => table(compiler, Purpose::CreateIfNot, &schema, call, 1)?,
            "createTableLike" => table(compiler, Purpose::CreateLike, &schema, call, 2)?,
            "alterTable" | "table" => table(compiler, Purpose::Alter, &schema, call, 1)?,
            "dropTable" => plain(format!("drop table {}", prefixed(0)?)),
            "dropTableIfExists" => plain(format!("drop table if exists {}", prefixed(0)?)),
            "renameTable" => plain(format!("alter table {} rename to {}", prefixed(0)?, wrapped(1)?)),
            "createView" | "createViewOrReplace" | "createMaterializedView" => view::create(compiler, &schema, call)?,
            "alterView" | "view" => view::alter(compiler, &schema, call)?,
            "renameView" => plain(format!("alter view {} rename to {}", wrapped(0)?, wrapped(1)?)),
            "dropView" => plain(format!("drop view {}", prefixed(0)?)),
            "dropViewIfExists" => plain(format!("drop view if exists {}", prefixed(0)?)),
            "dropMaterializedView" => plain(format!("drop materialized view {}", prefixed(0)?)),
            "dropMaterializedViewIfExists" => plain(format!("drop materialized view if exists {}", prefixed(0)?)),
            "refreshMaterializedView" => {
                let concurrently = call.arg(1).map_or(Ok(false), |value| truth("concurrently", value))?;
                let word = if concurrently { " concurrently" } else { "" };
                plain(format!("refresh materialized view{word} {}", wrapped(0)?))
            }
            "createSchema" => plain(format!("create schema {}", wrapped(0)?)),
            "createSchemaIfNotExists" => plain(format!("create schema if not exists {}", wrapped(0)?)),
            "dropSchema" => plain(format!("drop schema {}{}", wrapped(0)?, cascade()?)),
            "dropSchemaIfExists" => plain(format!("drop schema if exists {}{}", wrapped(0)?, cascade()?)),
            "createExtension" => plain(format!("create extension {}", wrapped(0)?)),
            "createExtensionIfNotExists" => plain(format!("create extension if not exists {}", wrapped(0)?)),
            "dropExtension" => plain(format!("drop extension {}", wrapped(0)?)),
            "dropExtensionIfExists" => plain(format!("drop extension if exists {}", wrapped(0)?)),
            "raw" => {
                let mut b = Bindings::new();
                let sql = Raw::of(&call.args)?.compile(compiler, &mut b)?;
                vec![Statement::Sql(sql, b)]
            }
            "withSchema" => Vec::new(),
            name if QUESTIONS.contains(&name) || HARMLESS.contains(&name) => Vec::new(),
            name => return unclear(format!("the schema builder's {name} is not known")),
        });
    }
    Ok(out)
}

/// The schema that the last `withSchema` names.
pub(super) fn schema(calls: &[Call]) -> Result<Option<String>, Unclear> {
    match calls.iter().rev().find(|call| call.name == "withSchema") {
        Some(call) => schema_of(&call.args),
        None => Ok(None),
    }
}

/// `createTable(name, function)` and its like; the function is argument number `at`.
fn table(
    compiler: Compiler<'_>,
    purpose: Purpose,
    schema: &Option<String>,
    call: &Call,
    at: usize,
) -> Result<Vec<Statement>, Unclear> {
    let mut table = Table::new(compiler, purpose, schema.clone(), text("the name of a table", call.arg(0))?);
    if purpose == Purpose::CreateLike {
        table.like = Some(text("the name of a table", call.arg(1))?.to_owned());
    }
    match call.arg(at) {
        Some(Value::Body(chains)) => table.read(chains)?,
        None if purpose == Purpose::CreateLike => {}
        Some(other) => return unknown("what a table is made of", other),
        None => return unclear(format!("{}() without a function", call.name)),
    }
    table.statements()
}
