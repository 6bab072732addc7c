//! Sequelize's calls in code that is carried over (6.37.8: `sequelize.js` `query`, `dialects/postgres/query.js`,
//! `utils/sql.js` `injectReplacements`, `query-generator.js`). A plain query gives a list that begins with the rows, one with
//! `type: SELECT` the rows, one of another tool is sent with `bind`.

use super::names::{Table, quote};
use crate::js::Value;
use crate::js::bridge::{Argument, Chain, Handle, MARK, Shape, Used};
use crate::tools::script::bridge::{
    Answer, Bridge, Desk, Gives, Meant, Part, Query, parts_of, starts_with, undefined_as_null,
};
use crate::tools::script::{quoted, string_literal};

/// Sequelize's side.
pub(in crate::tools) struct SequelizeBridge;

static MEMBERS: &[(Handle, &str, Handle)] = &[(Handle::Runner, "sequelize", Handle::Connection)];

impl Bridge for SequelizeBridge {
    fn packages(&self) -> &'static [&'static str] {
        &["sequelize", "@sequelize/core"]
    }

    fn parameters(&self) -> &'static [Handle] {
        &[Handle::Runner, Handle::Library]
    }

    fn members(&self) -> &'static [(Handle, &'static str, Handle)] {
        MEMBERS
    }

    fn read(&self, chain: &Chain) -> Result<Meant, String> {
        let names: Vec<&str> = chain.links.iter().map(|link| link.name.as_str()).collect();
        let arguments = chain.links.last().and_then(|link| link.arguments.as_deref());
        let query = match (&chain.handle, names.as_slice(), arguments) {
            (_, [.., name], None) if query_type(chain).is_some() => {
                return Ok(Meant::Expression(string_literal(name, '\'')));
            }
            (Handle::Connection, ["query"], Some(arguments)) => raw(arguments)?,
            (Handle::Connection, ["transaction"], Some([function])) if function.shape == Shape::Function => {
                return Ok(Meant::Transaction { function: function.text.clone()?, takes: false });
            }
            (Handle::Runner, ["bulkInsert"], Some([table, rows, options @ ..])) => insert(table, rows, options)?,
            (Handle::Runner, ["bulkUpdate"], Some([table, values, condition, options @ ..])) => {
                update(table, values, condition, options)?
            }
            (Handle::Runner, ["bulkDelete"], Some([table, rest @ ..])) => delete(table, rest)?,
            _ => return Err(format!("what {} does is not said in terms of another tool", names.join("."))),
        };
        Ok(Meant::Query(query))
    }

    fn write(&self, query: &Query, chain: &Chain, desk: &Desk<'_>) -> Result<String, String> {
        let values = query.values();
        let bound = |text: &str| Ok(if values.is_empty() { text.to_owned() } else { dollars(text) });
        let code = |code: &str| if values.is_empty() { code.to_owned() } else { format!("asBound({code})") };
        let sql = query.spelled(bound, code, |number| format!("${number}"))?;
        let mut options = Vec::new();
        if !values.is_empty() {
            options.push(format!("bind: [{}]", values.join(", ")));
        }
        match desk.transaction {
            Some("transaction") => options.push("transaction".to_owned()),
            Some(name) => options.push(format!("transaction: {name}")),
            None => {}
        }
        let options = if options.is_empty() { String::new() } else { format!(", {{ {} }}", options.join(", ")) };
        let is_insert = starts_with(&query.parts, "insert into");
        if chain.used != Used::Nothing {
            // These texts make other values of what the server gives.
            let special = [
                "show",
                "describe",
                "select table_name from information_schema.tables",
                "select relname from pg_class where oid in",
            ];
            if special.iter().any(|words| starts_with(&query.parts, words) != Some(false)) {
                return Err("what Sequelize makes of the rows is not certain".into());
            }
        }
        let count = match is_insert {
            Some(true) => "result[1]",
            Some(false) => "result[1].rowCount",
            None if matches!(query.gives, Gives::Count | Gives::RowsAndCount | Gives::Result)
                && chain.used != Used::Nothing =>
            {
                return Err("how many rows there were is not said in the same way".into());
            }
            None => "",
        };
        let call = format!("{}.sequelize.query({sql}{options})", desk.handle);
        let answer = Answer { call, parameter: "result", rows: "result[0]".into(), count: count.into(), lazy: false };
        answer.for_chain(query, chain)
    }
}

/// A text in which Sequelize looks for parameters, every other dollar sign escaped (`formatBindParameters`).
fn dollars(text: &str) -> String {
    let mut out = String::new();
    let mut before: Option<char> = None;
    let mut characters = text.chars().peekable();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    while let Some(c) = characters.next() {
        out.push(c);
        if c == '$'
            && !before.is_some_and(is_word)
            && characters.peek().is_some_and(|next| *next == '$' || is_word(*next))
        {
            out.push('$');
        }
        before = Some(c);
    }
    out
}

/// `QueryTypes.SELECT` in any of its forms.
fn query_type(chain: &Chain) -> Option<&str> {
    let names: Vec<&str> = chain.links.iter().map(|link| link.name.as_str()).collect();
    let plain = chain.links.iter().all(|link| link.arguments.is_none());
    let of_types = match (&chain.handle, names.as_slice()) {
        (Handle::Named(name), [_]) => name == "QueryTypes",
        (Handle::Library | Handle::Connection, ["QueryTypes", _]) => true,
        (Handle::Library, ["Sequelize", "QueryTypes", _]) => true,
        (Handle::Connection, ["Sequelize" | "constructor", "QueryTypes", _]) => true,
        (Handle::Named(name), ["QueryTypes", _]) => name == "Sequelize",
        _ => false,
    };
    names.last().copied().filter(|_| plain && of_types)
}

/// Options, of which only these may be given.
fn options<'a>(given: Option<&'a Argument>, known: &[&str]) -> Result<Vec<(&'a str, &'a Argument)>, String> {
    let fields = match given.map(|given| &given.shape) {
        None | Some(Shape::Undefined | Shape::Null) => return Ok(Vec::new()),
        Some(Shape::Object(fields)) => fields,
        Some(Shape::Chain(chain)) if chain.handle == Handle::Transaction => {
            return Err("a transaction stands in place of options".into());
        }
        Some(_) => return Err("options of a query are known only when it runs".into()),
    };
    let mut out = Vec::new();
    for (name, value) in fields {
        match name.as_str() {
            // There is one transaction, or none.
            "transaction" => match &value.shape {
                Shape::Chain(chain) if chain.handle == Handle::Transaction && chain.links.is_empty() => {}
                Shape::Null | Shape::Undefined => {}
                _ => return Err("a transaction of another place".into()),
            },
            "logging" | "benchmark" => {}
            name if known.contains(&name) => out.push((name, value)),
            name => return Err(format!("the option {name} of a query")),
        }
    }
    Ok(out)
}

/// `query(sql, options)`.
fn raw(arguments: &[Argument]) -> Result<Query, String> {
    let (sql, given) = match arguments {
        [sql] => (sql, None),
        [sql, options] => (sql, Some(options)),
        _ => return Err("a query with other than a text and options".into()),
    };
    let mut parts = parts_of(sql)?;
    if let Some(Part::Text(first)) = parts.first_mut() {
        *first = first.trim_start().to_owned();
    }
    let mut written = sql.text.clone().ok();
    let mut kind = "RAW".to_owned();
    let mut plain = false;
    for (name, value) in options(given, &["type", "replacements", "bind", "raw", "plain"])? {
        match (name, &value.shape) {
            ("type", Shape::Chain(chain)) => {
                kind = query_type(chain).ok_or("the type of a query is known only when it runs")?.to_owned();
            }
            ("type", Shape::Text(text)) => kind = text.clone(),
            ("raw", Shape::Bool(_)) => {}
            ("plain", Shape::Bool(truth)) => plain = *truth,
            ("replacements", Shape::Null | Shape::Undefined) => {}
            ("replacements", values) => {
                parts = replaced(&parts, values)?;
                written = None;
            }
            ("bind", Shape::List(_)) => return Err("values that are bound by number".into()),
            ("bind", Shape::Object(_)) => return Err("values that are bound by name".into()),
            (name, _) => return Err(format!("the option {name} of a query is known only when it runs")),
        }
    }
    let special = [
        "show",
        "describe",
        "select table_name from information_schema.tables",
        "select relname from pg_class where oid in",
    ];
    let special = special.iter().any(|words| starts_with(&parts, words) != Some(false));
    let gives = match kind.as_str() {
        _ if special || plain => Gives::Unknown,
        "SELECT" | "DELETE" => Gives::Rows,
        // A plain INSERT is counted (`isInsertQuery`).
        "RAW" if starts_with(&parts, "insert into") == Some(true) => Gives::RowsAndCount,
        "RAW" => Gives::RowsFirst,
        "INSERT" | "UPDATE" => Gives::RowsAndCount,
        "BULKUPDATE" | "BULKDELETE" => Gives::Count,
        _ => Gives::Unknown,
    };
    Ok(Query { parts, written, gives })
}

/// `injectReplacements`: the values in their places, as constants.
fn replaced(parts: &[Part], values: &Shape) -> Result<Vec<Part>, String> {
    let mut out: Vec<Part> = Vec::new();
    let mut count = 0;
    let mut scan = Scan::default();
    for (number, part) in parts.iter().enumerate() {
        let Part::Text(text) = part else {
            out.push(part.clone());
            scan.before = Some('\u{0}');
            continue;
        };
        let is_last = number + 1 == parts.len();
        let characters: Vec<char> = text.chars().collect();
        let mut plain = String::new();
        let mut at = 0;
        while let Some(c) = characters.get(at).copied() {
            let free = scan.step(&characters, at);
            let before = if at > 0 { characters.get(at - 1).copied() } else { scan.before };
            let opens = before.is_none_or(|c| can_precede(c) || c == '[');
            let value = match (values, c) {
                (Shape::Object(fields), ':') if free && opens => {
                    let word: String = characters[at + 1..].iter().take_while(|c| is_word(**c)).collect();
                    let behind: String = characters[at + 1 + word.chars().count()..].iter().take(2).collect();
                    let starts = word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
                    let ends = behind.is_empty() && is_last
                        || behind.starts_with(|c: char| ")],;".contains(c) || c.is_whitespace())
                        || behind == "::";
                    if starts && behind.is_empty() && !is_last {
                        return Err("a place for a value goes on in what is known only when it runs".into());
                    }
                    if starts && ends {
                        let value = fields.iter().find(|(name, _)| *name == word).map(|(_, value)| value);
                        Some((value.ok_or_else(|| format!("there is no value for :{word}"))?, 1 + word.len()))
                    } else {
                        None
                    }
                }
                (Shape::List(values), '?') if free && opens => {
                    let next = characters.get(at + 1);
                    if next.is_some_and(|next| *next == '|' || *next == '&') {
                        None
                    } else {
                        let value = values.get(count).ok_or("there is no value for a question mark")?;
                        count += 1;
                        Some((value, 1))
                    }
                }
                (Shape::Object(_) | Shape::List(_), _) => None,
                _ => return Err("the values of a query are known only when it runs".into()),
            };
            match value {
                Some((value, width)) => {
                    out.push(Part::Text(std::mem::take(&mut plain)));
                    out.push(constant(value, false)?);
                    at += width;
                }
                None => {
                    plain.push(c);
                    at += 1;
                }
            }
        }
        scan.before = characters.last().copied().or(scan.before);
        out.push(Part::Text(plain));
    }
    Ok(out)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// `canPrecedeNewToken`.
fn can_precede(c: char) -> bool {
    c.is_whitespace() || "(,;=<>+-*/%|&^~!@#`{}:".contains(c) && c != ':'
}

/// Where a place in a statement is, as `injectReplacements` sees it.
#[derive(Default)]
struct Scan {
    quote: Option<char>,
    escapes: bool,
    line: bool,
    block: bool,
    dollars: Option<String>,
    before: Option<char>,
    skip: usize,
}

impl Scan {
    /// Whether a value may stand there.
    fn step(&mut self, text: &[char], at: usize) -> bool {
        let c = text[at];
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        let starts = |words: &str| {
            text[at..].iter().zip(words.chars()).filter(|(one, other)| **one == *other).count() == words.len()
        };
        let tag = || -> Option<String> {
            let word: String = text[at + 1..].iter().take_while(|c| is_word(**c)).collect();
            let closes = text.get(at + 1 + word.chars().count()) == Some(&'$');
            (closes && !word.starts_with(|c: char| c.is_ascii_digit())).then_some(word)
        };
        if let Some(quote) = self.quote {
            let backslashes = text[..at].iter().rev().take_while(|c| **c == '\\').count();
            if c == quote && !(self.escapes && backslashes % 2 == 1) {
                self.quote = None;
            }
            return false;
        }
        if let Some(open) = &self.dollars {
            if c == '$' && tag().is_some_and(|tag| tag == *open) {
                self.dollars = None;
            }
            return false;
        }
        if self.line {
            self.line = c != '\n';
            return false;
        }
        if self.block {
            self.block = !starts("*/");
            return false;
        }
        match c {
            '"' => self.quote = Some('"'),
            '\'' => {
                self.quote = Some('\'');
                let e = at > 0 && matches!(text[at - 1], 'e' | 'E');
                self.escapes = e && (at < 2 || can_precede(text[at - 2]));
            }
            '-' if starts("-- ") => self.line = true,
            '/' if starts("/*") => self.block = true,
            '$' if at == 0 || !is_word(text[at - 1]) => {
                if let Some(tag) = tag() {
                    self.skip = tag.chars().count() + 1;
                    self.dollars = Some(tag);
                }
            }
            _ => return true,
        }
        false
    }
}

/// A value as a constant (`SqlString.escape`); `single` where a list is an array rather than several values.
fn constant(value: &Argument, single: bool) -> Result<Part, String> {
    Ok(match &value.shape {
        Shape::Text(text) if !text.contains('\0') => Part::Text(quoted(text)),
        Shape::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => Part::Text(format!("{number}")),
        Shape::Bool(truth) => Part::Text(truth.to_string()),
        Shape::Null => Part::Text("NULL".to_owned()),
        Shape::Undefined if single => Part::Text("NULL".to_owned()),
        Shape::Undefined => return Err("a value is undefined".into()),
        Shape::Chain(_) | Shape::Function | Shape::Object(_) => {
            return Err("a value is an expression of Sequelize's own".into());
        }
        _ => {
            let text = value.text.clone()?;
            Part::Code(if single { format!("asConstant({text}, true)") } else { format!("asConstant({text})") })
        }
    })
}

/// A table in quotes.
fn table(given: &Argument) -> Result<String, String> {
    let value = match &given.shape {
        Shape::Text(name) => Value::Text(name.clone()),
        Shape::Object(fields) => {
            let field = |(name, value): &(String, Argument)| match &value.shape {
                Shape::Text(text) => Ok((name.clone(), Value::Text(text.clone()))),
                _ => Err("the name of a table is known only when it runs".to_owned()),
            };
            Value::Object(fields.iter().map(field).collect::<Result<_, String>>()?)
        }
        _ => return Err("the name of a table is known only when it runs".into()),
    };
    Table::read(Some(&value)).map(|table| table.quoted()).map_err(|unclear| unclear.why)
}

fn no_further(rest: &[Argument]) -> Result<(), String> {
    match rest {
        [] => Ok(()),
        [one] if matches!(&one.shape, Shape::Object(fields) if fields.is_empty()) => Ok(()),
        _ => Err("types of columns are given with rows".into()),
    }
}

/// `bulkInsert`.
fn insert(into: &Argument, rows: &Argument, rest: &[Argument]) -> Result<Query, String> {
    let mut conflict = "";
    for (name, value) in options(rest.first(), &["ignoreDuplicates"])? {
        match (name, &value.shape) {
            ("ignoreDuplicates", Shape::Bool(true)) => conflict = " ON CONFLICT DO NOTHING",
            ("ignoreDuplicates", Shape::Bool(false)) => {}
            _ => return Err(format!("the option {name} of a query is known only when it runs")),
        }
    }
    no_further(rest.get(1..).unwrap_or_default())?;
    let mut parts = vec![Part::Text(format!("INSERT INTO {} ", table(into)?))];
    let fields = |row: &Argument| match &row.shape {
        Shape::Object(fields) => Some(fields.clone()),
        _ => None,
    };
    let known: Option<Vec<_>> = match &rows.shape {
        Shape::List(rows) if !rows.is_empty() => rows.iter().map(fields).collect(),
        _ => None,
    };
    match known {
        None => parts.push(Part::Code(format!("asRows({})", rows.text.clone()?))),
        Some(rows) => {
            let mut columns: Vec<&str> = Vec::new();
            for (name, _) in rows.iter().flatten() {
                if !columns.contains(&name.as_str()) {
                    columns.push(name);
                }
            }
            let names: Vec<String> = columns.iter().map(|name| quote(name)).collect();
            parts.push(Part::Text(format!("({}) VALUES ", names.join(","))));
            for (at, row) in rows.iter().enumerate() {
                parts.push(Part::Text(if at > 0 { ",(" } else { "(" }.to_owned()));
                for (at, column) in columns.iter().enumerate() {
                    if at > 0 {
                        parts.push(Part::Text(",".into()));
                    }
                    let value = row.iter().find(|(name, _)| name == column).map(|(_, value)| value);
                    parts.push(value.map_or(Ok(Part::Text("NULL".into())), |value| constant(value, true))?);
                }
                parts.push(Part::Text(")".into()));
            }
        }
    }
    parts.push(Part::Text(conflict.to_owned()));
    Ok(Query { parts, written: None, gives: Gives::Unknown })
}

/// `bulkUpdate`.
fn update(of: &Argument, values: &Argument, condition: &Argument, rest: &[Argument]) -> Result<Query, String> {
    options(rest.first(), &[])?;
    no_further(rest.get(1..).unwrap_or_default())?;
    let Shape::Object(fields) = &values.shape else {
        return Err("what an update sets is known only when it runs".into());
    };
    if fields.is_empty() {
        return Err("an update of nothing".into());
    }
    let mut parts = vec![Part::Text(format!("UPDATE {} SET ", table(of)?))];
    for (at, (name, value)) in fields.iter().enumerate() {
        parts.push(Part::Text(format!("{}{}=", if at > 0 { "," } else { "" }, quote(name))));
        parts.push(match &value.shape {
            Shape::Chain(_) | Shape::Function => return Err("a value is an expression of Sequelize's own".into()),
            _ => Part::Value(undefined_as_null(value)?),
        });
    }
    parts.extend(conditions(condition)?);
    Ok(Query { parts, written: None, gives: Gives::Count })
}

/// `bulkDelete`.
fn delete(of: &Argument, rest: &[Argument]) -> Result<Query, String> {
    options(rest.get(1), &[])?;
    let mut parts = vec![Part::Text(format!("DELETE FROM {}", table(of)?))];
    match rest.first().map(|condition| &condition.shape) {
        None | Some(Shape::Null | Shape::Undefined) => {}
        Some(_) => parts.extend(conditions(&rest[0])?),
    }
    Ok(Query { parts, written: None, gives: Gives::Unknown })
}

/// `[Op.in]: values`, and that a column is something at all.
fn operator(fields: &[(String, Argument)]) -> Result<Part, String> {
    let [(name, value)] = fields else { return Err("a condition that is more than a value".into()) };
    match (name.strip_prefix(MARK), &value.shape) {
        (Some("in"), Shape::List(_) | Shape::Other) => {
            Ok(Part::Code(format!("asCondition(listOf({}))", value.text.clone()?)))
        }
        (Some("ne" | "not"), Shape::Null) => Ok(Part::Text("IS NOT NULL".into())),
        _ => Err("a condition that is more than a value".into()),
    }
}

/// ` WHERE …`, of columns that are equal to values.
fn conditions(given: &Argument) -> Result<Vec<Part>, String> {
    let Shape::Object(fields) = &given.shape else {
        return Err("a condition is known only when it runs".into());
    };
    let mut parts = Vec::new();
    for (at, (name, value)) in fields.iter().enumerate() {
        if name.contains(['.', '$', ':', '>', MARK]) {
            return Err("a condition on more than a column".into());
        }
        parts.push(Part::Text(format!("{}{} ", if at > 0 { " AND " } else { " WHERE " }, quote(name))));
        let part = match &value.shape {
            Shape::Null => Part::Text("IS NULL".into()),
            Shape::Undefined => return Err("a condition goes by undefined".into()),
            Shape::Bool(truth) => Part::Text(format!("= {truth}")),
            Shape::Text(_) | Shape::Number(_) => {
                parts.push(Part::Text("= ".into()));
                constant(value, false)?
            }
            Shape::Object(fields) => operator(fields)?,
            Shape::Chain(_) | Shape::Function => {
                return Err("a condition that is more than a value".into());
            }
            Shape::List(_) | Shape::Template(_) | Shape::Other => {
                Part::Code(format!("asCondition({})", value.text.clone()?))
            }
        };
        parts.push(part);
    }
    Ok(parts)
}
