//! Knex's calls in code that is carried over (3.3.0): what the builder's chains send is what our compiler makes of them, with
//! the values that are known only when it runs in the places where Knex binds them. `knex.raw` sends every query of another
//! tool; in its text a question mark is a value unless a backslash stands before it.

use super::compile::{Bindings, Compiler, Config};
use super::query::{Kind, Query as Built};
use super::raw::{HARMLESS, Raw};
use crate::js::bridge::{Argument, Chain, Handle, Link, Run, Shape, Used};
use crate::js::{Call, Hole, Place, Value};
use crate::tools::script::bridge::{Answer, Bridge, Desk, Gives, Meant, Part, Query, parts_of};
use crate::tools::script::string_literal;

/// Knex's side.
pub(in crate::tools) struct KnexBridge;

/// How a value is taken that is known only when it runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// In a condition, where NULL would need other words.
    Compared,
    /// As a list of values.
    Listed,
    /// As a value of a row.
    Stored,
    /// As one or more rows.
    Rows,
}

impl Bridge for KnexBridge {
    fn packages(&self) -> &'static [&'static str] {
        &["knex"]
    }

    fn parameters(&self) -> &'static [Handle] {
        &[Handle::Runner]
    }

    fn read(&self, chain: &Chain) -> Result<Meant, String> {
        if chain.handle != Handle::Runner {
            return Err("it uses a name of Knex's package".into());
        }
        let Some((first, rest)) = chain.links.split_first() else { return Err("Knex itself is a value".into()) };
        match (first.name.as_str(), first.arguments.as_deref(), rest) {
            ("transaction", Some([function]), []) if function.shape == Shape::Function => {
                return Ok(Meant::Transaction { function: function.text.clone()?, takes: true });
            }
            ("schema", ..) => return Err("what it does to the schema rests on what only a run knows".into()),
            ("raw", Some(arguments), rest) if rest.iter().all(is_harmless) => {
                ran(chain)?;
                if let Some(query) = plain(arguments)? {
                    return Ok(Meant::Query(query));
                }
            }
            ("fn" | "client" | "ref" | "migrate" | "seed" | "batchInsert" | "commit" | "rollback", ..) => {
                return Err(format!("what knex.{} does is not said in terms of another tool", first.name));
            }
            _ => {}
        }
        ran(chain)?;
        let mut known = Known::default();
        let calls = known.calls(&chain.links)?;
        compiled(&calls, &known).map(Meant::Query)
    }

    fn write(&self, query: &Query, chain: &Chain, desk: &Desk<'_>) -> Result<String, String> {
        let text = |text: &str| match text.contains("\\?") {
            true => Err("Knex cannot send a backslash before a question mark".to_owned()),
            false => Ok(text.replace('?', "\\?")),
        };
        let ends_in_backslash = |part: &Part| matches!(part, Part::Text(text) if text.ends_with('\\'));
        if query.parts.iter().any(ends_in_backslash) {
            return Err("Knex cannot send a backslash before a value".into());
        }
        let sql = query.spelled(text, |code| format!("asText({code})"), |_| "?".to_owned())?;
        let values = query.values();
        let list = if values.is_empty() { String::new() } else { format!(", [{}]", values.join(", ")) };
        let call = format!("{}.raw({sql}{list})", desk.handle);
        let answer = Answer {
            call,
            parameter: "result",
            rows: "result.rows".into(),
            count: "result.rowCount".into(),
            lazy: true,
        };
        answer.for_chain(query, chain)
    }
}

/// Whether a call in a chain changes nothing about what it does.
fn is_harmless(link: &Link) -> bool {
    HARMLESS.contains(&link.name.as_str()) || is_transacting(link)
}

/// `transacting(trx)`, of the one transaction that there is.
fn is_transacting(link: &Link) -> bool {
    let own = |argument: &Argument| matches!(&argument.shape, Shape::Chain(chain) if chain.handle == Handle::Runner && chain.links.is_empty());
    link.name == "transacting" && matches!(link.arguments.as_deref(), Some([argument]) if own(argument))
}

/// A chain does nothing until somebody waits for it.
fn ran(chain: &Chain) -> Result<(), String> {
    match (chain.run, &chain.used) {
        (Run::Loose, Used::Nothing) => Err("nobody waits for a query, so that Knex does not run it".into()),
        (Run::Loose, _) => Err("when a query is run cannot be told".into()),
        _ => Ok(()),
    }
}

/// `raw(sql)` without values.
fn plain(arguments: &[Argument]) -> Result<Option<Query>, String> {
    let [sql] = arguments else { return Ok(None) };
    let parts: Vec<Part> = parts_of(sql)?;
    let mut escaped = false;
    let parts = parts.into_iter().map(|part| match part {
        Part::Text(text) => {
            escaped |= text.contains('?');
            unescaped(&text).map(Part::Text)
        }
        part => Ok(part),
    });
    let parts = parts.collect::<Result<Vec<_>, String>>()?;
    let written = if escaped { None } else { sql.text.clone().ok() };
    Ok(Some(Query { parts, written, gives: Gives::Result }))
}

/// `positionBindings` of a text without values.
fn unescaped(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('?') {
        let before = rest[..at].trim_end_matches('\\');
        if (at - before.len()).is_multiple_of(2) {
            return Err("a question mark stands for a value that is not given".into());
        }
        out.push_str(before);
        out.push('?');
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

/// Values that are known only when it runs, by number.
#[derive(Default)]
struct Known {
    values: Vec<(String, Taken)>,
}

impl Known {
    /// A chain as the shim would have recorded it.
    fn calls(&mut self, links: &[Link]) -> Result<Vec<Call>, String> {
        let call = |name: &str, args| Call { name: name.to_owned(), args, at: Place::default() };
        let mut calls = Vec::new();
        let mut links = links.iter().peekable();
        match links.peek().map(|link| (link.name.as_str(), &link.arguments)) {
            Some(("", Some(arguments))) => {
                calls.push(call("query", self.all("from", arguments)?));
                links.next();
            }
            Some(("raw", Some(arguments))) => {
                calls.push(call("raw", self.all("raw", arguments)?));
                links.next();
            }
            Some(("fn", None)) => {
                links.next();
                match links.next() {
                    Some(Link { name, arguments: Some(arguments) }) if arguments.is_empty() => {
                        calls.push(call(&format!("fn.{name}"), Vec::new()));
                    }
                    _ => return Err("a function of knex.fn that is not known".into()),
                }
            }
            Some(("queryBuilder", Some(_))) => {
                calls.push(call("query", Vec::new()));
                links.next();
            }
            _ => calls.push(call("query", Vec::new())),
        }
        for link in links {
            if is_transacting(link) {
                continue;
            }
            let Some(arguments) = &link.arguments else {
                match link.name.as_str() {
                    "and" | "or" | "not" => calls.push(call(&link.name, Vec::new())),
                    name => return Err(format!("what {name} of a query is, is not known")),
                }
                continue;
            };
            calls.push(call(&link.name, self.all(&link.name, arguments)?));
        }
        Ok(calls)
    }

    fn all(&mut self, name: &str, arguments: &[Argument]) -> Result<Vec<Value>, String> {
        let stored = ["insert", "update", "merge", "raw"].contains(&name);
        let listed = name.to_lowercase().ends_with("in") && name.to_lowercase().contains("where");
        let count = arguments.len();
        let each = arguments.iter().enumerate().map(|(at, argument)| {
            if name == "insert" && at == 0 && !is_known(argument) {
                return self.rows(argument);
            }
            let taken = match () {
                () if stored => Taken::Stored,
                () if listed && at + 1 == count => Taken::Listed,
                () => Taken::Compared,
            };
            self.value(argument, taken)
        });
        each.collect()
    }

    /// Rows of which the columns are known only when it runs.
    fn rows(&mut self, argument: &Argument) -> Result<Value, String> {
        self.values.push((argument.text.clone()?, Taken::Rows));
        Ok(Value::Hole(Hole { source: format!("#{}", self.values.len() - 1) }))
    }

    fn value(&mut self, argument: &Argument, taken: Taken) -> Result<Value, String> {
        Ok(match &argument.shape {
            Shape::Text(text) => Value::Text(text.clone()),
            Shape::Number(number) => Value::Number(*number),
            Shape::Bool(truth) => Value::Bool(*truth),
            Shape::Null => Value::Null,
            Shape::Undefined => Value::Undefined,
            Shape::List(values) => {
                let inner = if taken == Taken::Listed { Taken::Compared } else { taken };
                Value::List(values.iter().map(|value| self.value(value, inner)).collect::<Result<_, String>>()?)
            }
            Shape::Object(fields) => {
                let field = |(name, value): &(String, Argument)| Ok((name.clone(), self.value(value, taken)?));
                Value::Object(fields.iter().map(field).collect::<Result<_, String>>()?)
            }
            Shape::Chain(chain) if chain.handle == Handle::Runner => Value::Chain(self.calls(&chain.links)?),
            Shape::Chain(_) | Shape::Function => return Err("a function says what a query is".into()),
            Shape::Template(_) | Shape::Other => {
                let text = argument.text.clone()?;
                let text = match taken {
                    Taken::Compared if !argument.something => format!("someValue({text})"),
                    Taken::Stored if !argument.defined => format!("anyValue({text})"),
                    Taken::Listed => format!("listOf({text})"),
                    _ => text,
                };
                self.values.push((text, taken));
                Value::Hole(Hole { source: format!("#{}", self.values.len() - 1) })
            }
        })
    }

    /// The value of a hole, with how it is taken.
    fn hole(&self, hole: &Hole) -> Option<&(String, Taken)> {
        self.values.get(hole.source.strip_prefix('#')?.parse::<usize>().ok()?)
    }

    /// A value that is bound, as JavaScript.
    fn text(&self, value: &Value) -> Result<String, String> {
        Ok(match value {
            Value::Null => "null".to_owned(),
            Value::Bool(truth) => truth.to_string(),
            Value::Number(number) => super::value::number(*number),
            Value::Text(text) => string_literal(text, '\''),
            Value::Hole(hole) => self.hole(hole).ok_or("a value that is not known")?.0.clone(),
            Value::List(values) => {
                let parts = values.iter().map(|value| self.text(value)).collect::<Result<Vec<_>, _>>()?;
                format!("[{}]", parts.join(", "))
            }
            Value::Object(fields) => {
                let field = |(name, value): &(String, Value)| {
                    if name == "__proto__" {
                        return Err("an object with a prototype of its own".to_owned());
                    }
                    Ok(format!("{}: {}", string_literal(name, '\''), self.text(value)?))
                };
                format!("{{ {} }}", fields.iter().map(field).collect::<Result<Vec<_>, String>>()?.join(", "))
            }
            _ => return Err("a value that cannot be sent as one".into()),
        })
    }
}

/// Whether the columns of one row, or of all rows of a list, are known.
fn is_known(rows: &Argument) -> bool {
    match &rows.shape {
        Shape::Object(_) => true,
        Shape::List(rows) => rows.iter().all(|row| matches!(row.shape, Shape::Object(_))),
        _ => false,
    }
}

/// What a chain sends.
fn compiled(calls: &[Call], known: &Known) -> Result<Query, String> {
    let config = Config::default();
    let compiler = Compiler { config: &config };
    let mut b = Bindings::new();
    let why = |unclear: crate::tools::script::Unclear| unclear.why;
    let (sql, gives) = match calls.first().map(|call| call.name.as_str()) {
        Some("query") => {
            let built = Built::read(calls).map_err(why)?;
            let gives = gives(&built)?;
            (built.compile(compiler, &mut b).map_err(why)?.sql, gives)
        }
        Some("raw") => {
            (Raw::read(compiler, calls).and_then(|raw| raw.compile(compiler, &mut b)).map_err(why)?, Gives::Result)
        }
        _ => return Err("what a chain does is not said in terms of another tool".into()),
    };
    if sql.is_empty() || sql.contains("transmigrate_hole") {
        return Err("a part of a query is known only when it runs".into());
    }
    let mut parts = Vec::new();
    let mut values = b.iter();
    let mut rest = sql.as_str();
    let mut text = String::new();
    while let Some(at) = rest.find('?') {
        let before = rest[..at].trim_end_matches('\\');
        text.push_str(before);
        rest = &rest[at + 1..];
        if (at - before.len()) % 2 == 1 {
            text.push('?');
            continue;
        }
        let value = values.next().ok_or("a query with more places than values")?;
        if let Value::Hole(hole) = value
            && let Some((rows, Taken::Rows)) = known.hole(hole)
        {
            let start = text.strip_suffix("select * from ").filter(|start| start.starts_with("insert into "));
            let start = start.ok_or("rows that stand in another place than in an insert")?;
            parts.extend([Part::Text(start.to_owned()), Part::Code(format!("asTuples({rows})"))]);
            text.clear();
            continue;
        }
        let listed =
            matches!(value, Value::Hole(hole) if known.hole(hole).is_some_and(|(_, taken)| *taken == Taken::Listed));
        let in_condition = ["\" = any(", "\" <> all("].iter().any(|words| text.ends_with(words));
        if listed && !in_condition {
            return Err("a list that stands in another place than in a condition".into());
        }
        parts.push(Part::Text(std::mem::take(&mut text)));
        parts.push(Part::Value(known.text(value)?));
    }
    text.push_str(rest);
    if values.next().is_some() {
        return Err("a query with more values than places".into());
    }
    parts.push(Part::Text(text));
    Ok(Query { parts, written: None, gives })
}

/// What a query gives (`lib/dialects/postgres/index.js`, `processResponse`).
fn gives(query: &Built) -> Result<Gives, String> {
    // Before Knex 1.0 the name of one column gave values, not rows.
    let returning = match &query.returning {
        None | Some(Value::Undefined | Value::Null | Value::Bool(false)) => None,
        Some(Value::Text(text)) if text.is_empty() => None,
        Some(Value::Text(text)) if text != "*" => Some(Gives::Unknown),
        Some(_) => Some(Gives::Rows),
    };
    Ok(match (query.kind, returning) {
        (Kind::Select, _) => Gives::Rows,
        (Kind::First, _) => Gives::First,
        (Kind::Pluck, _) => {
            let name = query.columns.iter().find_map(|column| match column {
                super::query::Column::Names { names: Value::Text(name), .. } => Some(name.as_str()),
                _ => None,
            });
            let name = name.ok_or("the column of pluck() is not known")?;
            Gives::Column(name.rsplit('.').next().unwrap_or(name).to_owned())
        }
        (_, Some(gives)) => gives,
        (Kind::Update | Kind::Delete, None) => Gives::Count,
        (Kind::Insert | Kind::Truncate, None) => Gives::Unknown,
        (Kind::ColumnInfo, _) => return Err("columnInfo() is a question of Knex's own".into()),
    })
}
