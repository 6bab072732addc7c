//! What the calls of Knex's shim mean: the statements that Knex sends for them, and the answers to its questions.
//!
//! The tape holds `knex` for every chain that takes effect, the whole chain as its argument: the first call of the chain
//! says what it is (`query`, `schema`, `raw`, `batchInsert` …).

use super::compile::{Bindings, Compiler, Config, sent};
use super::query::{Kind, Query};
use super::raw::{HARMLESS, Raw};
use super::remake::Course;
use super::table::Statement;
use super::value::{integer, unclear, unknown};
use super::{answer, schema};
use crate::js::{Call, Place, Shim, Value};
use crate::tools::script::{Meaning, State, Unclear};

/// What Knex makes of a history's calls.
pub(in crate::tools) struct Calls {
    /// What the project's settings say.
    pub(super) config: Config,
}

impl Meaning for Calls {
    fn shim(&self) -> Shim {
        Shim { main: include_str!("shim.js"), parts: &[] }
    }

    fn sends(&self, call: &Call, state: &State<'_>) -> Result<Vec<String>, Unclear> {
        match call.name.as_str() {
            // What the exports say is for whoever asked for the run; an isolation level changes no statement.
            "module" | "knex.begin" | "knex.commit" => Ok(Vec::new()),
            "knex.rollback" => unclear("a transaction that is rolled back"),
            "knex.elsewhere" => unclear("a statement on a connection that the script opens itself"),
            "knex" => {
                let statements = self.chain(call.arg(0))?;
                self.sent(statements, state)
            }
            name => unclear(format!("{name} is not known")),
        }
    }

    fn is_about_state(&self, _: &Call) -> bool {
        true
    }

    fn answer(&self, call: &Call, state: &State<'_>) -> Option<Value> {
        match (call.name.as_str(), call.arg(0)) {
            ("knex.client", _) => Some(Value::Text(self.config.client.clone())),
            ("knex.toString", Some(Value::Chain(calls))) => self.text(calls).ok().map(Value::Text),
            ("knex", Some(Value::Chain(calls))) => answer::answer(calls, state),
            _ => None,
        }
    }
}

impl Calls {
    fn compiler(&self) -> Compiler<'_> {
        Compiler { config: &self.config }
    }

    /// The statements as the driver gets them.
    fn sent(&self, statements: Vec<Statement>, state: &State<'_>) -> Result<Vec<String>, Unclear> {
        let dialect = self.config.dialect;
        let remakes = statements.iter().any(|one| matches!(one, Statement::Remake(_)));
        let mut course = remakes.then(|| Course::new(state.schema()));
        let mut out = Vec::new();
        for statement in statements {
            let these = match (&statement, &course) {
                (Statement::Sql(sql, _), _) if sql.is_empty() => continue,
                (Statement::Sql(sql, b), _) => vec![sent(sql, b, dialect)?],
                (Statement::Remake(remake), Some(course)) => course.remade(remake)?,
                (Statement::Remake(_), None) => continue,
            };
            if let Some(course) = &mut course {
                these.iter().for_each(|sql| course.take(sql));
            }
            out.extend(these);
        }
        Ok(out)
    }

    /// The statements of a chain.
    fn chain(&self, chain: Option<&Value>) -> Result<Vec<Statement>, Unclear> {
        let Some(Value::Chain(calls)) = chain else { return unclear("what runs is no chain") };
        let Some((first, rest)) = calls.split_first() else { return unclear("a chain of no calls") };
        let compiler = self.compiler();
        let mut b = Bindings::new();
        match first.name.as_str() {
            "schema" => schema::statements(compiler, rest),
            "batchInsert" => self.batch(first, rest),
            "query" | "clone" => {
                let query = Query::read(calls)?;
                if query.reads() && !effects(calls) {
                    return Ok(Vec::new());
                }
                let sql = query.compile(compiler, &mut b)?.sql;
                let sequence = match query.kind {
                    // Where the table counts, it begins anew.
                    Kind::Truncate if compiler.is_sqlite() => query.counter()?,
                    _ => None,
                };
                Ok(std::iter::once(Statement::Sql(sql, b)).chain(sequence.map(Statement::plain)).collect())
            }
            _ => {
                let sql = Raw::read(compiler, calls)?.compile(compiler, &mut b)?;
                Ok(vec![Statement::Sql(sql, b)])
            }
        }
    }

    /// `batchInsert(table, rows, size)`: an insert for every so many rows.
    fn batch(&self, first: &Call, rest: &[Call]) -> Result<Vec<Statement>, Unclear> {
        let rows = match first.arg(1) {
            Some(Value::List(rows)) => rows.as_slice(),
            Some(rows @ Value::Hole(_)) => std::slice::from_ref(rows),
            Some(other) => return unknown("the rows of batchInsert()", other),
            None => return unclear("batchInsert() without rows"),
        };
        let size = match first.arg(2) {
            None => 1000,
            Some(size @ Value::Number(_)) => integer(size).unwrap_or_default(),
            Some(other) => return unknown("the size of a batch", other),
        };
        let Some(size) = usize::try_from(size).ok().filter(|size| *size > 0) else {
            return unclear("batches of no rows");
        };
        let mut returning = Value::Undefined;
        for call in rest {
            match call.name.as_str() {
                "returning" => returning = call.args.first().cloned().unwrap_or(Value::Undefined),
                name if HARMLESS.contains(&name) => {}
                name => return unclear(format!("batchInsert(…).{name} is not known")),
            }
        }
        let mut out = Vec::new();
        for rows in rows.chunks(size) {
            let call = |name: &str, args| Call { name: name.to_owned(), args, at: Place::default() };
            let table = first.args.first().cloned().unwrap_or(Value::Undefined);
            let rows = match rows {
                [hole @ Value::Hole(_)] => hole.clone(),
                rows => Value::List(rows.to_vec()),
            };
            let insert = call("insert", vec![rows, returning.clone()]);
            let mut b = Bindings::new();
            let query = Query::read(&[call("query", vec![table]), insert])?;
            out.push(Statement::Sql(query.compile(self.compiler(), &mut b)?.sql, b));
        }
        Ok(out)
    }

    /// `toString()` of a chain.
    fn text(&self, calls: &[Call]) -> Result<String, Unclear> {
        match calls.split_first() {
            Some((first, rest)) if first.name == "schema" => {
                let mut out: Vec<String> = Vec::new();
                for statement in schema::statements(self.compiler(), rest)? {
                    let Statement::Sql(sql, b) = statement else {
                        return unclear("the text of a change that rests on the table");
                    };
                    if !b.is_empty() {
                        return unclear("the text of a statement with values");
                    }
                    out.push(sql);
                }
                Ok(out.join(";\n"))
            }
            _ => self.compiler().to_query(calls),
        }
    }
}

/// Whether a select may do more than read: there is raw SQL in it, or a query that is none.
fn effects(calls: &[Call]) -> bool {
    let writes = ["insert", "update", "del", "delete", "truncate", "increment", "decrement"];
    calls.iter().any(|call| {
        let name = call.name.as_str();
        (name == "raw" || name.ends_with("Raw") || writes.contains(&name)) || call.args.iter().any(value_effects)
    })
}

fn value_effects(value: &Value) -> bool {
    match value {
        Value::Chain(calls) => effects(calls),
        Value::Body(chains) => chains.iter().any(|calls| effects(calls)),
        Value::List(values) => values.iter().any(value_effects),
        Value::Object(fields) | Value::Made(_, fields) => fields.iter().any(|(_, value)| value_effects(value)),
        _ => false,
    }
}
