//! Rows on SQLite: the statements of PostgreSQL's, as far as both say the same. What SQLite has no word for is not
//! understood.

use super::name;
use crate::js::{Call, Value};
use crate::tools::script::Unclear;
use crate::tools::sequelize::condition::MARK;
use crate::tools::sequelize::reading::{is_set, option};
use crate::tools::sequelize::rows;

/// The statements of a call.
pub(super) fn rows(method: &str, call: &Call) -> Result<Vec<String>, Unclear> {
    is_plain(call)?;
    let options = match method {
        "bulkInsert" | "bulkDelete" => call.arg(2),
        _ => call.arg(3),
    };
    for option in ["updateOnDuplicate", "returning"] {
        if is_set(options, option)? {
            return Err(Unclear::new(format!("`{option}` on SQLite")));
        }
    }
    match method {
        "bulkInsert" if call.arg(3).is_some() => Err(Unclear::new("rows with a map of attributes on SQLite")),
        "bulkInsert" => Ok(ignoring(rows::bulk_insert(call)?, is_set(options, "ignoreDuplicates")?)),
        "insert" => Ok(ignoring(rows::insert(call)?, is_set(options, "ignoreDuplicates")?)),
        "bulkUpdate" => rows::bulk_update(call),
        "bulkDelete" => delete(call, options),
        "increment" => rows::arithmetic(call, '+').map(without_returning),
        _ => rows::arithmetic(call, '-').map(without_returning),
    }
}

/// `INSERT OR IGNORE`, where duplicates are passed over.
fn ignoring(sent: Vec<String>, ignores: bool) -> Vec<String> {
    let one = |sql: String| match ignores {
        true => sql.replacen(" ON CONFLICT DO NOTHING", "", 1).replacen("INSERT INTO", "INSERT OR IGNORE INTO", 1),
        false => sql,
    };
    sent.into_iter().map(one).collect()
}

fn without_returning(sent: Vec<String>) -> Vec<String> {
    sent.into_iter().map(|sql| sql.split(" RETURNING ").next().unwrap_or_default().to_owned()).collect()
}

fn delete(call: &Call, options: Option<&Value>) -> Result<Vec<String>, Unclear> {
    if option(options, "limit")?.is_some() {
        return Err(Unclear::new("a delete with a limit on SQLite"));
    }
    if is_set(options, "truncate")? {
        if is_set(options, "restartIdentity")? {
            return Err(Unclear::new("two statements in one text, of which the driver runs the first"));
        }
        return Ok(vec![format!("DELETE FROM {}", name(call.arg(0))?)]);
    }
    rows::bulk_delete(call)
}

/// The operators that SQLite does not have, or the tool spells otherwise for it.
static OTHERS: [&str; 20] = [
    "iLike",
    "notILike",
    "regexp",
    "notRegexp",
    "iRegexp",
    "notIRegexp",
    "overlap",
    "contains",
    "contained",
    "adjacent",
    "strictLeft",
    "strictRight",
    "noExtendRight",
    "noExtendLeft",
    "any",
    "all",
    "match",
    "col",
    "values",
    "json",
];

/// `Err` when there is a value in a call that SQLite gets in another form: bytes, and operators of PostgreSQL's.
pub(super) fn is_plain(call: &Call) -> Result<(), Unclear> {
    call.args.iter().try_for_each(plain)
}

fn plain(value: &Value) -> Result<(), Unclear> {
    match value {
        Value::Bytes(_) => Err(Unclear::new("a value of bytes on SQLite")),
        Value::List(values) => values.iter().try_for_each(plain),
        Value::Object(fields) | Value::Made(_, fields) => fields.iter().try_for_each(|(key, value)| {
            let other = key.strip_prefix(MARK).is_some_and(|name| OTHERS.contains(&name));
            match other {
                true => Err(Unclear::new("a condition that SQLite does not have")),
                false => plain(value),
            }
        }),
        _ => Ok(()),
    }
}
