//! The view builder (knex 3.3.0 `lib/schema/viewbuilder.js`, `lib/schema/viewcompiler.js`,
//! `lib/dialects/postgres/schema/pg-viewcompiler.js`).

use super::compile::{Bindings, Compiler};
use super::table::Statement;
use super::value::{plain, text, unclear, unknown};
use crate::js::{Call, Value};
use crate::tools::script::Unclear;

/// `create view …`: its query has its values written into it.
pub(super) fn create(compiler: Compiler<'_>, schema: &Option<String>, call: &Call) -> Result<Vec<Statement>, Unclear> {
    let verb = match call.name.as_str() {
        "createViewOrReplace" if !compiler.is_sqlite() => "create or replace view",
        "createMaterializedView" => "create materialized view",
        _ => "create view",
    };
    let Some(Value::Body(chains)) = call.arg(1) else {
        return unclear(format!("{}() without a function", call.name));
    };
    let mut b = Bindings::new();
    let (mut columns, mut query, mut check) = (String::new(), None, "");
    for said in chains.iter().flatten() {
        match said.name.as_str() {
            "columns" => match said.arg(0) {
                Some(names) => columns = format!(" ({})", compiler.columnize(names, &mut b)?),
                None => columns.clear(),
            },
            "as" => {
                query = Some(match said.arg(0) {
                    Some(Value::Chain(calls)) => compiler.to_query(calls)?,
                    query => text("the query of a view", query)?.to_owned(),
                });
            }
            name if compiler.is_sqlite() && name.ends_with("heckOption") => {
                return unclear("a check option, which Knex does not have on SQLite");
            }
            "checkOption" => check = " with check option",
            "localCheckOption" => check = " with local check option",
            "cascadedCheckOption" => check = " with cascaded check option",
            "queryContext" => {}
            name => return unclear(format!("the view builder's {name} is not known")),
        }
    }
    let Some(query) = query else { return unclear("a view without a query") };
    let name = full_name(compiler, schema, call)?;
    let mut out = Vec::new();
    if compiler.is_sqlite() && call.name == "createViewOrReplace" {
        out.push(Statement::plain(format!("drop view if exists {name}")));
    }
    out.push(Statement::Sql(format!("{verb} {name}{columns} as {query}{check}"), b));
    Ok(out)
}

/// `alterView(name, function)`: `view.column(name).rename(other)` and `.defaultTo(value)`.
pub(super) fn alter(compiler: Compiler<'_>, schema: &Option<String>, call: &Call) -> Result<Vec<Statement>, Unclear> {
    let Some(Value::Body(chains)) = call.arg(1) else {
        return unclear(format!("{}() without a function", call.name));
    };
    let view = full_name(compiler, schema, call)?;
    let mut out = Vec::new();
    for chain in chains {
        let Some((first, rest)) = chain.split_first() else { continue };
        if first.name != "column" {
            return unclear(format!("the view builder's {} is not known", first.name));
        }
        let column = compiler.wrap_text(text("the name of a column", first.arg(0))?);
        for said in rest {
            let change = match said.name.as_str() {
                "rename" => {
                    format!("rename {column} to {}", compiler.wrap_text(text("the name of a column", said.arg(0))?))
                }
                "defaultTo" => match said.arg(0) {
                    Some(Value::Chain(calls)) => format!("alter {column} set default {}", compiler.to_query(calls)?),
                    Some(value) => match plain(value) {
                        Some(value) => format!("alter {column} set default {value}"),
                        None => return unknown("a default", value),
                    },
                    None => return unclear("a default that is undefined"),
                },
                name => return unclear(format!("{name} of a view's column is not known")),
            };
            out.push(Statement::plain(format!("alter view {view} {change}")));
        }
    }
    Ok(out)
}

fn full_name(compiler: Compiler<'_>, schema: &Option<String>, call: &Call) -> Result<String, Unclear> {
    let name = text("the name of a view", call.arg(0))?;
    Ok(match schema {
        Some(schema) => compiler.wrap_text(&format!("{schema}.{name}")),
        None => compiler.wrap_text(name),
    })
}
