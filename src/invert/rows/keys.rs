//! The `DELETE` that undoes an `INSERT`: by a key whose values are written in the statement, and only where it is certain
//! that these mean the inserted rows and no others.

use super::reach;
use crate::ir::{ConstraintKind, DataType, Dialect, Expr, Insert, InsertSource, KeyPart, Name, TypeName, WriteKind};
use crate::schema::{Id, Object, Schema, TableState, effects};
use crate::sql::lex::{Lexer, TokenKind};
use crate::sql::postgres::{print_type, quote_identifier, quote_name};

/// A `DELETE`, and the key that it goes by.
pub(super) struct Deletion {
    pub sql: String,
    pub key: Vec<String>,
}

/// The `DELETE` of the rows of an `INSERT`; or why there is none.
pub(super) fn deletion(schema: &Schema, id: &Id, insert: &Insert) -> Result<Deletion, String> {
    let no = |why: &str| Err(why.to_owned());
    let InsertSource::Rows(rows) = &insert.source else { return no("they come from a query") };
    let Some(entry) = schema.get(id) else { return no("their table is not known") };
    let Some(state) = entry.object.as_table() else { return no("their table is not known") };
    if schema.doubt.is_some() || entry.doubt.is_some() {
        return no("their table is not known for certain");
    }
    if state.force_row_security {
        return no("row security is forced on their table");
    }
    let columns = match insert.columns.as_slice() {
        [] if !state.columns_known => return no("the columns of their table are not known"),
        [] => crate::sql::query::Catalogue::columns(schema, &state.table.name).unwrap_or_default(),
        columns => columns.to_vec(),
    };
    let keys = keys(schema, id, state);
    if keys.is_empty() {
        return no("their table has no key");
    }
    let mut why = "their keys are not written in the statement";
    let ignores_identity = words(&insert.sql).windows(3).any(|three| three == ["OVERRIDING", "USER", "VALUE"]);
    for key in keys {
        let own: Option<Vec<&crate::ir::Column>> =
            key.iter().map(|name| state.table.columns.iter().find(|column| column.name == *name)).collect();
        let places: Option<Vec<usize>> =
            key.iter().map(|column| columns.iter().position(|found| found == column)).collect();
        let (Some(own), Some(places)) = (own, places) else { continue };
        if ignores_identity && own.iter().any(|column| column.identity.is_some()) {
            continue;
        }
        let value = |row: &Vec<Expr>, place: usize, column: &crate::ir::Column| {
            comparable(schema, &column.data_type, &row.get(place)?.0)
        };
        let values: Option<Vec<Vec<String>>> = rows
            .iter()
            .map(|row| places.iter().zip(&own).map(|(place, column)| value(row, *place, column)).collect())
            .collect();
        let Some(values) = values else {
            let written =
                |row: &Vec<Expr>| places.iter().all(|at| row.get(*at).is_some_and(|one| literal(&one.0).is_some()));
            if rows.iter().all(written) {
                why = "what their keys mean depends on the session";
            }
            continue;
        };
        watched(schema, id, &key)?;
        let inherited = state.table.partition_by.is_none() && !crate::schema::children(schema, id).is_empty();
        return Ok(Deletion { sql: print(&insert.table, inherited, &key, &values), key });
    }
    no(why)
}

/// The keys of a table, the primary key first.
fn keys(schema: &Schema, id: &Id, state: &TableState) -> Vec<Vec<String>> {
    let mut keys: Vec<Vec<String>> = Vec::new();
    for constraint in &state.table.constraints {
        match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => keys.insert(0, key.columns.clone()),
            ConstraintKind::Unique(key) => keys.push(key.columns.clone()),
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } | ConstraintKind::Exclusion(_) => {}
        }
    }
    for (index_id, index) in schema.indexes(id) {
        let index_doubt = schema.get(index_id).is_some_and(|entry| entry.doubt.is_some());
        // Another collation or operator class may tell apart what `=` does not.
        let plain = index.index.keys.iter().map(|key| match &key.part {
            KeyPart::Column(column) if key.collation.is_none() && key.operator_class.is_none() => Some(column.clone()),
            KeyPart::Column(_) | KeyPart::Expr(_) => None,
        });
        if let (true, false, None, Some(columns)) =
            (index.index.unique, index_doubt, &index.index.predicate, plain.collect::<Option<Vec<String>>>())
        {
            keys.push(columns);
        }
    }
    keys
}

/// Triggers and rules may have changed the rows on their way in, and may keep them from going.
fn watched(schema: &Schema, id: &Id, key: &[String]) -> Result<(), String> {
    let tables = std::iter::once(id.clone()).chain(reach::family(schema, id, WriteKind::Insert));
    for table in tables {
        for (rule_id, rule) in reach::rules(schema, &table) {
            if rule.is_none_or(|rule| rule.event == "INSERT" || rule.event == "DELETE") {
                return Err(format!("{rule_id} may have done something else with them"));
            }
        }
        for (trigger_id, trigger) in reach::triggers(schema, &table) {
            let before = trigger.each_row && trigger.timing == "BEFORE";
            let body = effects::trigger(schema, &trigger);
            if before && reach::fires(&trigger, WriteKind::Insert, &[]) {
                let kept = body.as_ref().is_some_and(|body| {
                    !body.sets_any && !body.skips && !key.iter().any(|column| body.sets.contains(column))
                });
                if !kept {
                    return Err(format!("{trigger_id} may have changed them"));
                }
            }
            if reach::fires(&trigger, WriteKind::Delete, &[]) {
                let lets = body.as_ref().is_some_and(|body| !(body.stops || before && body.skips));
                if !lets {
                    return Err(format!("{trigger_id} may keep them from being deleted"));
                }
            }
        }
    }
    Ok(())
}

fn print(table: &Name, only: bool, key: &[String], rows: &[Vec<String>]) -> String {
    let columns: Vec<String> = key.iter().map(|column| quote_identifier(column)).collect();
    let condition = match columns.as_slice() {
        [column] => {
            let values: Vec<&str> = rows.iter().filter_map(|row| row.first()).map(String::as_str).collect();
            match values.as_slice() {
                [value] => format!("{column} = {value}"),
                _ => format!("{column} IN ({})", values.join(", ")),
            }
        }
        _ => {
            let row = |row: &Vec<String>| {
                let parts: Vec<String> =
                    columns.iter().zip(row).map(|(column, value)| format!("{column} = {value}")).collect();
                parts.join(" AND ")
            };
            match rows {
                [one] => row(one),
                _ => rows.iter().map(|one| format!("({})", row(one))).collect::<Vec<_>>().join("\n   OR "),
            }
        }
    };
    let only = if only { "ONLY " } else { "" };
    format!("DELETE FROM {only}{} WHERE {condition}", quote_name(table))
}

fn words(sql: &str) -> Vec<String> {
    let words = Lexer::new(sql).filter(|token| token.kind == TokenKind::Word);
    words.map(|token| token.text(sql).to_uppercase()).collect()
}

/// A literal, taken apart.
struct Literal<'a> {
    body: &'a str,
    quoted: bool,
    /// The type that it is cast to, lower case; empty when it is not.
    cast: String,
}

/// Reads a plain literal other than NULL, perhaps with a cast.
fn literal(text: &str) -> Option<Literal<'_>> {
    let text = text.trim();
    let (body, cast) = match text.rfind("::") {
        Some(at) if !text[at..].contains('\'') => (text[..at].trim(), &text[at + 2..]),
        _ => (text, ""),
    };
    let plain_cast = cast.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '"' | '.' | ' ' | '(' | ')' | ','));
    let quoted = body.len() >= 2
        && body.starts_with('\'')
        && body.ends_with('\'')
        && !body[1..body.len() - 1].replace("''", "").contains('\'');
    let digits = body.strip_prefix('-').unwrap_or(body);
    let number = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
        && digits.matches('.').count() <= 1;
    let boolean = body.eq_ignore_ascii_case("true") || body.eq_ignore_ascii_case("false");
    (plain_cast && (quoted || number || boolean)).then(|| Literal { body, quoted, cast: cast.trim().to_lowercase() })
}

/// What to compare a key column with so that the row into which the literal was put is found; `None` when a setting of
/// the session, the clock or anything else has a say in what the literal means.
fn comparable(schema: &Schema, data_type: &DataType, text: &str) -> Option<String> {
    let literal = literal(text)?;
    if let Dialect::Mysql | Dialect::Mariadb = schema.dialect() {
        return None; // which rows a value finds goes by collations and the SQL mode
    }
    if schema.dialect() == Dialect::Sqlite {
        // What is compared with a column is turned into its kind of value just as what is put into it.
        return literal.cast.is_empty().then(|| text.trim().to_owned());
    }
    if data_type.dimensions > 0 || literal.cast.contains("date") || literal.cast.contains("interval") {
        return None;
    }
    let inner = literal.body.trim_matches('\'');
    if literal.cast.contains("time")
        && !is_moment(inner, literal.cast.contains("tz") || literal.cast.contains("with time"))
    {
        return None;
    }
    let full = || Some(format!("CAST({text} AS {})", print_type(data_type)));
    let name = match &data_type.name {
        TypeName::Builtin(name) => name.as_str(),
        TypeName::User(name) => {
            let object = schema.type_named(name).and_then(|id| schema.get(&id)).map(|entry| &entry.object);
            return match object {
                Some(Object::Enum(_)) => Some(text.to_owned()),
                Some(Object::Domain(domain)) => comparable(schema, &domain.data_type, text).and_then(|_| full()),
                _ => (name.name == "citext" && literal.quoted && literal.cast.is_empty()).then(|| text.to_owned()),
            };
        }
    };
    let bare = literal.cast.is_empty();
    match name {
        "smallint" | "integer" | "bigint" | "oid" if bare && !literal.body.contains('.') => Some(text.to_owned()),
        "numeric" if bare && data_type.args.is_empty() => Some(text.to_owned()),
        "text" | "uuid" | "boolean" | "inet" | "cidr" | "macaddr" | "macaddr8" | "name" if literal.quoted && bare => {
            Some(text.to_owned())
        }
        "boolean" if bare => Some(text.to_owned()),
        "character varying" | "character" if literal.quoted && bare => {
            let longest = data_type.args.first().and_then(|length| length.parse::<usize>().ok());
            let fits = match longest {
                Some(longest) => inner.chars().count() <= longest,
                None => name == "character varying",
            };
            if fits { Some(text.to_owned()) } else { full() }
        }
        "smallint" | "integer" | "bigint" | "oid" | "numeric" | "real" | "double precision" | "text" | "uuid"
        | "boolean" | "character varying" | "character" | "inet" | "cidr" | "bytea" | "bit" | "bit varying" => full(),
        "date" if is_date(inner) => full(),
        "timestamp without time zone" if is_moment(inner, false) => full(),
        "timestamp with time zone" if is_moment(inner, true) => full(),
        "time without time zone" if inner.starts_with(|c: char| c.is_ascii_digit()) => full(),
        _ => None,
    }
}

/// `2024-01-31`, which no setting reads otherwise.
fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
}

/// A date and time in ISO form; with `zone`, one that says its zone in numbers.
fn is_moment(text: &str, zone: bool) -> bool {
    let Some((date, time)) = text.get(..10).zip(text.get(10..)) else { return false };
    let plain = time.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | 'T' | ':' | '.' | '+' | '-' | 'Z'));
    is_date(date) && plain && (!zone || time.contains(['+', '-', 'Z']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_literal_is_compared_as_the_column_keeps_it() {
        let schema = Schema::new("public");
        let compare = |name: &str, args: &[&str], text: &str| {
            let mut data_type = DataType::builtin(name);
            data_type.args = args.iter().map(|arg| (*arg).to_owned()).collect();
            comparable(&schema, &data_type, text)
        };
        let same = |text: &str| Some(text.to_owned());
        assert_eq!(compare("integer", &[], "-5"), same("-5"));
        assert_eq!(compare("integer", &[], "1.5"), same("CAST(1.5 AS INTEGER)"));
        assert_eq!(compare("numeric", &["10", "2"], "1.005"), same("CAST(1.005 AS DECIMAL(10,2))"));
        assert_eq!(compare("real", &[], "0.1"), same("CAST(0.1 AS REAL)"));
        assert_eq!(compare("text", &[], "'it''s'"), same("'it''s'"));
        assert_eq!(compare("text", &[], "1"), same("CAST(1 AS TEXT)"));
        assert_eq!(compare("character varying", &["3"], "'abc'"), same("'abc'"));
        assert_eq!(compare("character varying", &["3"], "'abc '"), same("CAST('abc ' AS VARCHAR(3))"));
        assert_eq!(compare("timestamp with time zone", &[], "'2024-01-01 10:00:00'"), None);
        assert!(compare("timestamp with time zone", &[], "'2024-01-01T10:00:00Z'").is_some());
        for text in ["'now'", "'01/02/2024'", "'today'::date", "now()", "NULL", "DEFAULT"] {
            assert_eq!(compare("date", &[], text), None, "{text}");
        }
        assert_eq!(compare("text", &[], "'now'::timestamp"), None);
    }
}
