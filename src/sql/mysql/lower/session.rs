//! Settings, transactions, and what leaves no trace.

use super::atom;
use crate::ir::Op;
use crate::sql::cursor::{Cursor, Parse};
use crate::sql::lex::{Lexer, TokenKind};
use crate::sql::rules::MYSQL;

/// Statements that leave no trace in schema or rows.
pub(super) const MAINTENANCE: &[&str] = &[
    "LOCK TABLES",
    "LOCK TABLE",
    "UNLOCK TABLES",
    "UNLOCK TABLE",
    "ANALYZE TABLE",
    "ANALYZE LOCAL TABLE",
    "OPTIMIZE TABLE",
    "CHECK TABLE",
    "CHECKSUM TABLE",
    "FLUSH",
];

/// Transactions that begin or are ended well. One that is rolled back takes back rows and no more, which is not followed.
pub(super) const TRANSACTION: &[&str] = &["START TRANSACTION", "BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT"];

/// SQL modes in which texts are cut otherwise than here, or mean something else.
const OTHER_SYNTAX: &[&str] = &[
    "ansi",
    "ansi_quotes",
    "no_backslash_escapes",
    "pipes_as_concat",
    "ignore_space",
    "real_as_float",
    "oracle",
    "mssql",
    "postgresql",
    "db2",
    "maxdb",
];

/// From behind `SET`.
pub(super) fn set(c: &mut Cursor<'_>) -> Parse<Op> {
    let sql = atom::whole(c);
    if c.eat("NAMES") || c.eat_any(&["CHARACTER SET", "CHARSET"]).is_some() {
        let value = c.rest().value()?;
        return Ok(Op::SetParameter { name: "names".to_owned(), value: Some(value), local: false, sql });
    }
    asks_only(c)?;
    let mut first = None;
    for mut piece in c.rest().commas() {
        let (name, value) = one(&mut piece)?;
        first.get_or_insert((name, value));
    }
    let (name, value) = first.ok_or_else(|| c.stop("a variable"))?;
    Ok(Op::SetParameter { name, value: Some(value), local: false, sql })
}

/// `name = value`, of the session or of the user.
fn one(c: &mut Cursor<'_>) -> Parse<(String, String)> {
    if ["GLOBAL", "PERSIST", "PERSIST_ONLY", "PASSWORD", "ROLE", "DEFAULT", "STATEMENT", "TRANSACTION", "RESOURCE"]
        .iter()
        .any(|word| c.is(word))
    {
        return Err(c.refuse(format!("SET {}, which reaches beyond the session", c.text(0).to_uppercase())));
    }
    c.eat_any(&["SESSION", "LOCAL"]);
    let written = c.text(0).to_ascii_lowercase();
    let name = match c.kind(0) {
        Some(TokenKind::Word | TokenKind::Param) => written,
        Some(TokenKind::Quoted) => written.trim_matches('`').to_owned(),
        _ => return Err(c.stop("a variable")),
    };
    c.skip(1);
    let is_of_session = ["@@session.", "@@local."].iter().any(|scope| name.starts_with(scope));
    if name.starts_with("@@") && name.contains('.') && !is_of_session {
        return Err(c.refuse("variable of the server"));
    }
    if !c.eat_mark("=") {
        c.expect_mark(":=")?;
    }
    let value = c.rest().value()?;
    let bare = name.rsplit(['.', '@']).next().unwrap_or_default();
    if bare == "sql_mode" && !name.starts_with("@sql") {
        if changes_syntax(&value) {
            return Err(c.refuse("SQL mode in which what follows is read otherwise"));
        }
        if !is_strict(&value) {
            return Err(c.refuse("SQL mode that may not be strict, in which values change instead of being refused"));
        }
    }
    if OF_DEFINITIONS.contains(&bare) && name != format!("@{bare}") {
        return Err(c.refuse(format!("{bare}, by which definitions mean something else")));
    }
    Ok((name, value))
}

/// Settings that what is defined afterwards goes by.
const OF_DEFINITIONS: &[&str] = &[
    "character_set_database",
    "character_set_server",
    "collation_database",
    "collation_server",
    "default_storage_engine",
    "default_tmp_storage_engine",
    "explicit_defaults_for_timestamp",
    "storage_engine",
];

/// Whether a value of the SQL mode is certainly strict: a list that says so.
fn is_strict(value: &str) -> bool {
    let value = value.trim().to_ascii_lowercase();
    let is_list = value.starts_with('\'') || value.starts_with('"');
    is_list && ["strict_trans_tables", "strict_all_tables", "traditional"].iter().any(|mode| value.contains(mode))
}

/// Whether a value of the SQL mode says, or may say, more than how values are checked.
fn changes_syntax(value: &str) -> bool {
    // What it was before is what it is taken for anyhow.
    let words = value.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).map(str::to_ascii_lowercase);
    words.filter(|word| !word.is_empty()).any(|word| OTHER_SYNTAX.contains(&word.as_str()))
}

/// Words before a parenthesis that change nothing, whatever they are given. Others may be functions of the history's own.
#[rustfmt::skip] // a table
const HARMLESS: &[&str] = &[
    "abs", "all", "and", "any", "as", "avg", "bin", "by", "cast", "ceil", "ceiling", "char_length", "coalesce", "concat",
    "concat_ws", "convert", "count", "current_timestamp", "database", "date", "date_add", "date_format", "date_sub",
    "distinct", "except", "exists", "find_in_set", "floor", "format", "from", "greatest", "group_concat", "having", "hex",
    "if", "ifnull", "in", "intersect", "interval", "join", "json_extract", "json_unquote", "json_valid", "lcase", "least",
    "left", "length", "locate", "lower", "lpad", "ltrim", "max", "md5", "min", "mod", "not", "now", "nullif", "on", "or",
    "order", "over", "partition", "replace", "right", "round", "row_number", "rpad", "rtrim", "select", "sha1", "sha2", "some",
    "substr", "substring", "substring_index", "sum", "then", "trim", "ucase", "union", "unix_timestamp", "upper", "using",
    "uuid", "values", "varchar", "char", "decimal", "version", "when", "where", "year", "else", "limit", "is",
];

/// A stop at a call that may change something.
pub(super) fn asks_only(c: &Cursor<'_>) -> Parse<()> {
    let is_call = |at: usize| matches!(c.kind(at), Some(TokenKind::Word | TokenKind::Quoted)) && c.is_mark(at + 1, "(");
    let is_harmless = |at: usize| HARMLESS.contains(&c.text(at).to_ascii_lowercase().as_str());
    match (0..c.tokens().len()).find(|at| is_call(*at) && !is_harmless(*at)) {
        Some(at) => Err(c.refuse(format!("query that calls {}, which may change something", c.text(at)))),
        None => Ok(()),
    }
}

/// Whether what stands behind a statement is to be read otherwise than it stands, or is about another database.
pub(super) fn turns(c: &Cursor<'_>) -> Option<&'static str> {
    if c.is("USE") {
        return Some("a database is chosen before it, which may be another than the history's");
    }
    let text = c.sql().to_ascii_lowercase();
    if c.is("SET") && OF_DEFINITIONS.iter().any(|name| text.contains(name)) {
        return Some("a setting that is set before it changes what it defines");
    }
    let sets = c.is("SET") && text.contains("sql_mode");
    (sets && changes_syntax(&text)).then_some("the SQL mode that is set before it changes how it is read")
}

/// Whether a statement that was not understood may change what it does not name: what it runs stands elsewhere.
pub(crate) fn hides_names(sql: &str) -> bool {
    let first = Lexer::by(&MYSQL, sql).find(|token| token.kind != TokenKind::Comment);
    let word = first.map_or("", |token| token.text(sql));
    ["EXECUTE", "PREPARE", "CALL", "SELECT", "SET", "DO", "USE", "SOURCE"]
        .iter()
        .any(|verb| word.eq_ignore_ascii_case(verb))
}
