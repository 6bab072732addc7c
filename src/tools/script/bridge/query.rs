//! A query between two tools: its text with the values in their places, and what its value is to the code around it.

use crate::js::bridge::{self, Argument, Chain, Run, Shape, TRUTH, Used};
use crate::tools::script::{sql_string, template};

/// A query.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tools) struct Query {
    /// Its text.
    pub parts: Vec<Part>,
    /// The text as the script has it, an expression, when it is nothing but that.
    pub written: Option<String>,
    /// What it gives.
    pub gives: Gives,
}

/// A part of a query's text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::tools) enum Part {
    /// What the server gets.
    Text(String),
    /// A value that is sent beside the text: an expression, never `undefined`.
    Value(String),
    /// An expression that gives a part of the text.
    Code(String),
}

/// What a query gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tools) enum Gives {
    /// A list of rows.
    Rows,
    /// A list of rows, and how many there were.
    RowsAndCount,
    /// An object that has `rows` and `rowCount`.
    Result,
    /// A list that begins with a list of rows.
    RowsFirst,
    /// The first row, or `undefined`.
    First,
    /// How many rows.
    Count,
    /// A list of what this column holds.
    Column(String),
    /// Something at which nobody may look.
    Unknown,
}

/// The first word of a statement, in capitals; `None` when it is not certain, or when there may be several statements.
pub(in crate::tools) fn command(parts: &[Part]) -> Option<String> {
    let Some(Part::Text(first)) = parts.first() else { return None };
    let mut rest = first.trim_start();
    loop {
        if let Some(comment) = rest.strip_prefix("--") {
            rest = comment.split_once('\n')?.1.trim_start();
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/")?.1.trim_start();
        } else {
            break;
        }
    }
    let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let several = self::several(parts);
    let word = rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())].to_uppercase();
    if word == "WITH" && parts.iter().all(|part| !matches!(part, Part::Code(_))) && !several {
        // What it comes to is the statement behind its queries; a select, where there is no other word.
        let others = ["insert", "update", "delete", "merge"];
        let is_other = |part: &Part| matches!(part, Part::Text(text) if others.iter().any(|word| text.to_lowercase().contains(word)));
        return (!parts.iter().any(is_other)).then(|| "SELECT".to_owned());
    }
    // A word that goes on in what is not known.
    let cut = end == rest.len() && parts.len() > 1;
    (end > 0 && !several && !cut).then(|| rest[..end].to_uppercase())
}

/// Whether a text may hold several statements.
fn several(parts: &[Part]) -> bool {
    let last = parts.len().saturating_sub(1);
    parts.iter().enumerate().any(|(at, part)| match part {
        Part::Text(text) if at == last => text.trim_end().trim_end_matches(';').contains(';'),
        Part::Text(text) => text.contains(';'),
        _ => false,
    })
}

/// Whether a statement certainly does, or certainly does not, begin with some words; `None` when it is not certain.
pub(in crate::tools) fn starts_with(parts: &[Part], words: &str) -> Option<bool> {
    let texts = parts.iter().map_while(|part| if let Part::Text(text) = part { Some(text.as_str()) } else { None });
    let known = texts.clone().count();
    let first: String = texts.collect();
    let (first, words) = (first.trim_start().to_lowercase(), words.to_lowercase());
    if first.starts_with(&words) {
        return Some(true);
    }
    (known == parts.len() || !words.starts_with(&first)).then_some(false)
}

/// The text of a query that is given as an argument.
pub(in crate::tools) fn parts_of(sql: &Argument) -> Result<Vec<Part>, String> {
    Ok(match &sql.shape {
        Shape::Text(text) => vec![Part::Text(text.clone())],
        Shape::Template(parts) => {
            let part = |part: &bridge::Part| match part {
                bridge::Part::Text(text) => Ok(Part::Text(text.clone())),
                bridge::Part::Expression(expression) => expression.text.clone().map(Part::Code),
            };
            parts.iter().map(part).collect::<Result<_, String>>()?
        }
        Shape::Other => vec![Part::Code(sql.text.clone()?)],
        _ => return Err("the text of a query is none".into()),
    })
}

/// A value of which the driver sends `undefined` as NULL.
pub(in crate::tools) fn undefined_as_null(value: &Argument) -> Result<String, String> {
    let text = value.text.clone()?;
    Ok(match value.shape {
        _ if value.defined => text,
        Shape::Undefined => "null".to_owned(),
        _ if is_simple(&text) => format!("{text} ?? null"),
        _ => format!("({text}) ?? null"),
    })
}

/// Whether an expression is a name, or members and calls of one, so that an operator can stand behind it.
fn is_simple(text: &str) -> bool {
    let first = text.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_' || c == '$');
    first && text.chars().all(|c| c.is_alphanumeric() || "_$.[]".contains(c))
}

impl Query {
    /// Whether it may change anything.
    pub fn acts(&self) -> bool {
        !matches!(command(&self.parts).as_deref(), Some("SELECT" | "SHOW" | "TABLE" | "VALUES"))
    }

    /// The values, in order.
    pub fn values(&self) -> Vec<&str> {
        let values = self.parts.iter().filter_map(|part| match part {
            Part::Value(value) => Some(value.as_str()),
            Part::Text(_) | Part::Code(_) => None,
        });
        values.collect()
    }

    /// The text as an expression: `text` spells what stands there, `code` what is known only when it runs, and `value`
    /// says what stands for a value, by its number from 1 on. `None` for `text` where it can be sent as it is.
    pub fn spelled(
        &self,
        text: impl Fn(&str) -> Result<String, String>,
        code: impl Fn(&str) -> String,
        value: impl Fn(usize) -> String,
    ) -> Result<String, String> {
        let mut same = true;
        let mut out = String::new();
        let mut plain = String::new();
        let mut is_plain = true;
        let mut count = 0;
        for part in &self.parts {
            match part {
                Part::Text(given) => {
                    let spelled = text(given)?;
                    same &= spelled == *given;
                    let quoted = template(&spelled);
                    // An expression behind `$` would open in another place.
                    out.push_str(&quoted[1..quoted.len() - 1]);
                    plain.push_str(&spelled);
                }
                Part::Value(_) => {
                    count += 1;
                    out.push_str(&value(count));
                    plain.push_str(&value(count));
                    same = false;
                }
                Part::Code(given) => {
                    is_plain = false;
                    let spelled = code(given);
                    same &= spelled == *given;
                    if out.ends_with('$') {
                        out.pop();
                        out.push_str("\\$");
                    }
                    out.push_str(&format!("${{{spelled}}}"));
                }
            }
        }
        if same && let Some(written) = &self.written {
            return Ok(written.clone());
        }
        Ok(if is_plain { sql_string(&plain, '\'') } else { format!("`{out}`") })
    }

    /// Whether the code looks at nothing but what the value has.
    pub fn check(&self, used: &Used) -> Result<(), String> {
        let has = |names: &[&str]| match used {
            Used::Nothing => Ok(()),
            Used::Members(members) if members.iter().all(|member| names.contains(&member.as_str())) => Ok(()),
            _ => Err("more is looked at of what a query gives than another tool has".to_owned()),
        };
        match self.gives {
            Gives::Unknown => {
                has(&[]).map_err(|_| "what this query gives is not the same in every version of its tool".to_owned())
            }
            // These are there in any case.
            Gives::Result => has(&["rows", "rowCount", TRUTH]),
            Gives::RowsFirst => has(&["0", TRUTH]),
            _ => Ok(()),
        }
    }
}

/// A call whose value has `rows` and `count` as these expressions of `parameter`, run and used as a chain is.
pub(in crate::tools) struct Answer<'a> {
    /// The call, which gives a promise.
    pub call: String,
    /// The name that its value is given.
    pub parameter: &'a str,
    /// The rows of it.
    pub rows: String,
    /// How many there were.
    pub count: String,
    /// Whether the call runs nothing until somebody waits for it.
    pub lazy: bool,
}

impl Answer<'_> {
    /// The expression that takes the place of a chain.
    pub fn for_chain(&self, query: &Query, chain: &Chain) -> Result<String, String> {
        query.check(&chain.used)?;
        let unseen = matches!(&chain.used, Used::Members(members) if members.is_empty());
        if chain.used != Used::Nothing && !unseen && several(&query.parts) {
            return Err("what several statements give is not the same for every tool".into());
        }
        let (rows, count) = (&self.rows, &self.count);
        let value = match &query.gives {
            _ if chain.used == Used::Nothing => None,
            Gives::Rows => Some(rows.clone()),
            Gives::First => Some(format!("{rows}[0]")),
            Gives::Count => Some(count.clone()),
            Gives::RowsAndCount => Some(format!("[{rows}, {count}]")),
            Gives::RowsFirst => Some(format!("[{rows}]")),
            Gives::Result => Some(format!("({{ rows: {rows}, rowCount: {count} }})")),
            Gives::Column(name) => {
                let name = sql_string(name, '\'');
                Some(format!("{rows}.map((row) => row[{name}])"))
            }
            Gives::Unknown => None,
        };
        let value = value.filter(|value| value != self.parameter);
        let Answer { call, parameter, lazy, .. } = self;
        Ok(match (chain.run, value) {
            (Run::Awaited, None) => format!("await {call}"),
            (Run::Awaited, Some(value)) => match value.strip_prefix(&format!("{parameter}.")) {
                Some(member) if !member.contains(parameter) => format!("(await {call}).{member}"),
                _ => match value.strip_prefix(&format!("{parameter}[")) {
                    Some(member) if !member.contains(parameter) => format!("(await {call})[{member}"),
                    _ => format!("await {call}.then(({parameter}) => {value})"),
                },
            },
            (Run::Promised, None) => call.clone(),
            (Run::Loose, None) if !lazy => call.clone(),
            (Run::Loose, None) => format!("{call}.then(({parameter}) => {parameter})"),
            (_, Some(value)) => format!("{call}.then(({parameter}) => {value})"),
        })
    }
}
