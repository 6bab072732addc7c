//! An expression as PostgreSQL gives it back once it has stored it (`pg_get_expr`, checked against 15): every operation in
//! parentheses, every literal with its type. Prisma compares defaults by that text, so what is not certain is `None`.

use super::expression::{Term, Type};
use super::literal;
use crate::schema::{Id, Object, Schema};
use crate::sql::postgres::is_keyword;

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub schema: &'a Schema,
    /// The type of each column that it may name, as `FieldType::element` has it; `None` for lists and what is not known.
    pub columns: &'a dyn Fn(&str) -> Option<String>,
}

/// What an expression is stored as, where a value of type `wanted` is asked for.
pub(super) fn stored(ground: Ground<'_>, term: &Term, wanted: Option<&str>) -> Option<String> {
    match (term, wanted) {
        (Term::Text(text), Some(wanted)) => literal::typed(text, wanted),
        (Term::Text(_) | Term::Array(_), _) => None,
        _ => ground.print(term).map(|(text, _)| text),
    }
}

/// A name as PostgreSQL prints it: in quotes where it would be read as something else without.
pub(super) fn quoted(name: &str) -> String {
    /// Keywords that can be names of columns but not of everything (`COL_NAME_KEYWORD` of PostgreSQL 17).
    #[rustfmt::skip] // a table
    const COLUMN_NAMES: &[&str] = &[
        "between", "bigint", "bit", "boolean", "char", "character", "coalesce", "dec", "decimal", "exists", "extract",
        "float", "greatest", "grouping", "inout", "int", "integer", "interval", "json", "least", "national", "nchar",
        "none", "normalize", "nullif", "numeric", "out", "overlay", "position", "precision", "real", "row", "setof",
        "smallint", "substring", "time", "timestamp", "treat", "trim", "values", "varchar",
    ];
    let plain = name.starts_with(|c: char| c.is_ascii_lowercase() || c == '_')
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    match plain && !is_keyword(name) && !COLUMN_NAMES.contains(&name) {
        true => name.to_owned(),
        false => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

/// The usual functions of the database and its usual extensions: what they take, what they give.
#[rustfmt::skip] // a table
const FUNCTIONS: &[(&str, &[&str], &str)] = &[
    ("clock_timestamp", &[], ZONED), ("date_trunc", &["text", ZONED], ZONED), ("encode", &["bytea", "text"], "text"),
    ("floor", &["double precision"], "double precision"), ("gen_random_bytes", &["integer"], "bytea"),
    ("gen_random_uuid", &[], "uuid"), ("lower", &["text"], "text"), ("md5", &["text"], "text"),
    ("nextval", &["regclass"], "bigint"), ("now", &[], ZONED), ("random", &[], "double precision"),
    ("statement_timestamp", &[], ZONED), ("timezone", &["text", ZONED], UNZONED), ("to_char", &[ZONED, "text"], "text"),
    ("to_timestamp", &["double precision"], ZONED), ("transaction_timestamp", &[], ZONED), ("upper", &["text"], "text"),
    ("uuid_generate_v1", &[], "uuid"), ("uuid_generate_v1mc", &[], "uuid"), ("uuid_generate_v4", &[], "uuid"),
];

const ZONED: &str = "timestamp with time zone";
const UNZONED: &str = "timestamp without time zone";

/// A text and the type of what it gives, where that is known.
type Typed = (String, Option<String>);

fn of(text: impl Into<String>, data_type: &str) -> Option<Typed> {
    Some((text.into(), Some(data_type.to_owned())))
}

impl Ground<'_> {
    fn print(self, term: &Term) -> Option<Typed> {
        match term {
            Term::Text(_) | Term::Null => None,
            Term::Number(number) => {
                let (text, data_type) = literal::number(number, false)?;
                of(text, data_type)
            }
            Term::Minus(inner) => match &**inner {
                Term::Number(number) => {
                    let (text, data_type) = literal::number(number, true)?;
                    of(text, data_type)
                }
                _ => None,
            },
            Term::Bool(value) => of(value.to_string(), "boolean"),
            Term::Keyword(word) => {
                let data_type = match word.split('(').next().unwrap_or_default() {
                    "CURRENT_TIMESTAMP" => ZONED,
                    "CURRENT_DATE" => "date",
                    "LOCALTIMESTAMP" => UNZONED,
                    "LOCALTIME" => "time without time zone",
                    "CURRENT_TIME" => "time with time zone",
                    _ => "name",
                };
                of(if word == "USER" { "CURRENT_USER" } else { word.as_str() }, data_type)
            }
            Term::Column(name) => Some((quoted(name), Some((self.columns)(name)?))),
            Term::Call(schema, name, args) => self.call(schema.as_deref(), name, args),
            Term::Cast(inner, data_type) => self.cast(inner, data_type),
            Term::Not(inner) => of(format!("(NOT {})", self.print(inner)?.0), "boolean"),
            Term::Is(inner, what) => of(format!("({} IS {what})", self.print(inner)?.0), "boolean"),
            Term::Chain(word, parts) => {
                let parts: Option<Vec<String>> = parts.iter().map(|part| Some(self.print(part)?.0)).collect();
                of(format!("({})", parts?.join(&format!(" {word} "))), "boolean")
            }
            Term::AtZone(inner, zone) => {
                let (inner, data_type) = self.print(inner)?;
                let result = match data_type?.as_str() {
                    ZONED => UNZONED,
                    UNZONED => ZONED,
                    _ => return None,
                };
                of(format!("({inner} AT TIME ZONE {})", self.give(zone, "text")?), result)
            }
            Term::Between(inner, low, high) => {
                let low = Term::Binary(">=".into(), inner.clone(), low.clone());
                let high = Term::Binary("<=".into(), inner.clone(), high.clone());
                self.print(&Term::Chain("AND", vec![low, high]))
            }
            Term::In(inner, items, outside) => self.among(inner, items, *outside),
            Term::Binary(operator, left, right) => self.binary(operator, left, right),
            Term::Array(_) => None,
        }
    }

    /// A value of a type, with the cast that PostgreSQL puts there by itself.
    fn give(self, term: &Term, wanted: &str) -> Option<String> {
        if let Term::Text(text) = term {
            return literal::typed(text, wanted);
        }
        let (text, data_type) = self.print(term)?;
        let data_type = data_type?;
        match (data_type.as_str(), wanted) {
            (is, wanted) if is == wanted => Some(text),
            ("integer", "bigint" | "numeric" | "double precision")
            | ("bigint", "numeric" | "double precision")
            | ("numeric", "double precision")
            | ("double precision" | "integer" | "bigint" | "numeric", "text")
            | ("character varying" | "bpchar" | "character" | "name", "text") => Some(format!("({text})::{wanted}")),
            _ => None,
        }
    }

    fn call(self, schema: Option<&str>, name: &str, args: &[Term]) -> Option<Typed> {
        let elsewhere = |home: &&str| *home != "pg_catalog" && !self.schema.search_path().iter().any(|one| one == home);
        let spelled = match schema.filter(elsewhere) {
            Some(home) => format!("{}.{}", quoted(home), quoted(name)),
            None => quoted(name),
        };
        let own = FUNCTIONS.iter().find(|(known, takes, _)| *known == name && takes.len() == args.len());
        let Some((_, takes, gives)) = own else {
            // What it gives does not matter where nothing is done with it.
            return args.is_empty().then(|| (format!("{spelled}()"), None));
        };
        let args: Option<Vec<String>> = args.iter().zip(*takes).map(|(arg, takes)| self.give(arg, takes)).collect();
        of(format!("{spelled}({})", args?.join(", ")), gives)
    }

    fn cast(self, inner: &Term, data_type: &Type) -> Option<Typed> {
        let name = self.spelled(data_type)?;
        if let Term::Null = inner {
            return of(format!("NULL::{name}"), &name);
        }
        if let Term::Text(text) = inner {
            let plain = data_type.args.is_none() && !data_type.list;
            return of(literal::typed(text, &name).filter(|_| plain)?, &name);
        }
        let (text, is) = self.print(inner)?;
        if is.as_ref()? == &name && data_type.args.is_none() {
            return Some((text, is));
        }
        let args = data_type.args.as_ref().map(|args| format!("({args})")).unwrap_or_default();
        of(format!("({text})::{}", with_arguments(&name, &args)), &name)
    }

    /// A type's name as PostgreSQL prints it.
    fn spelled(self, data_type: &Type) -> Option<String> {
        if data_type.list {
            return None;
        }
        if data_type.builtin {
            return Some(if data_type.name == "character" { "bpchar".to_owned() } else { data_type.name.clone() });
        }
        let name = crate::ir::Name { schema: data_type.schema.clone(), name: data_type.name.clone() };
        let id = self.schema.type_named(&name)?;
        let (Id::Type(key), Object::Enum(_)) = (&id, &self.schema.get(&id)?.object) else { return None };
        let found = self.schema.search_path().contains(&key.schema);
        Some(if found { quoted(&key.name) } else { format!("{}.{}", quoted(&key.schema), quoted(&key.name)) })
    }

    /// `= ANY (ARRAY[…])`, or `<> ALL` of it.
    fn among(self, inner: &Term, items: &[Term], outside: bool) -> Option<Typed> {
        let (text, data_type) = self.print(inner)?;
        let data_type = data_type?;
        let items: Option<Vec<String>> = items.iter().map(|item| self.give(item, &data_type)).collect();
        let list = format!("ARRAY[{}]", items?.join(", "));
        let (text, list) = match data_type.as_str() {
            "character varying" => (format!("({text})::text"), format!("({list})::text[]")),
            _ => (text, list),
        };
        let operator = if outside { "<> ALL" } else { "= ANY" };
        of(format!("({text} {operator} ({list}))"), "boolean")
    }

    fn binary(self, operator: &str, left: &Term, right: &Term) -> Option<Typed> {
        let type_of = |term: &Term| self.print(term).and_then(|(_, data_type)| data_type);
        let (is_left, is_right) = (type_of(left), type_of(right));
        let print = |left: String, right: String, gives: &str| of(format!("({left} {operator} {right})"), gives);
        if operator == "||" {
            return print(self.give(left, "text")?, self.give(right, "text")?, "text");
        }
        let compares = ["=", "<>", "<", ">", "<=", ">=", "~~", "~~*", "!~~", "!~~*"].contains(&operator);
        let moment = |data_type: &Option<String>| data_type.as_deref().is_some_and(|is| is == ZONED || is == UNZONED);
        if !compares && moment(&is_left) && (is_right.is_none() || is_right.as_deref() == Some("interval")) {
            let (left, is_left) = self.print(left)?;
            return print(left, self.give(right, "interval")?, is_left?.as_str());
        }
        let common = match (is_left.as_deref(), is_right.as_deref()) {
            (Some("character varying"), _) | (_, Some("character varying")) => "text",
            (Some(one), None) | (None, Some(one)) => one,
            (Some(one), Some(other)) if one == other => one,
            // These have operators of their own between them.
            (Some(one @ ("integer" | "bigint" | "smallint")), Some("integer" | "bigint" | "smallint")) => {
                let gives = if compares { "boolean" } else { one };
                return print(self.print(left)?.0, self.print(right)?.0, gives);
            }
            (Some("double precision"), Some(_)) | (Some(_), Some("double precision")) => "double precision",
            (Some("numeric"), Some(_)) | (Some(_), Some("numeric")) => "numeric",
            _ => return None,
        };
        print(self.give(left, common)?, self.give(right, common)?, if compares { "boolean" } else { common })
    }
}

/// A type with arguments, which stand before `with time zone` and the like.
fn with_arguments(name: &str, args: &str) -> String {
    match name.split_once(' ') {
        Some((word @ ("timestamp" | "time"), rest)) => format!("{word}{args} {rest}"),
        _ => format!("{name}{args}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::expression::read;
    use super::*;

    fn put(text: &str, wanted: Option<&str>) -> Option<String> {
        let schema = Schema::new("public");
        let columns = |name: &str| match name {
            "a" => Some("integer".to_owned()),
            "t" => Some("text".to_owned()),
            "v" => Some("character varying".to_owned()),
            _ => None,
        };
        stored(Ground { schema: &schema, columns: &columns }, &read(text)?, wanted)
    }

    /// Each of these was seen on a server.
    #[test]
    fn expressions_are_worded_as_the_server_words_them() {
        for (text, stored) in [
            ("NOW() + INTERVAL '1 day'", "(now() + '1 day'::interval)"),
            ("current_timestamp(3)", "CURRENT_TIMESTAMP(3)"),
            ("lower('ABC')", "lower('ABC'::text)"),
            ("1+2", "(1 + 2)"),
            ("now() at time zone 'utc'", "(now() AT TIME ZONE 'utc'::text)"),
            ("md5(random()::text)", "md5((random())::text)"),
            ("'a' || 'b'", "('a'::text || 'b'::text)"),
            ("timezone('utc', now())", "timezone('utc'::text, now())"),
            ("t is not null and a > 1", "((t IS NOT NULL) AND (a > 1))"),
            ("t in ('a','b')", "(t = ANY (ARRAY['a'::text, 'b'::text]))"),
            ("a between 1 and 5", "((a >= 1) AND (a <= 5))"),
            ("t != 'y'", "(t <> 'y'::text)"),
            ("v = 'y'", "((v)::text = 'y'::text)"),
            ("public.gen_random_uuid()", "gen_random_uuid()"),
            ("5::bigint", "(5)::bigint"),
        ] {
            assert_eq!(put(text, None).as_deref(), Some(stored), "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_is_not_said() {
        for text in ["f('a')", "'a'", "x = 1", "'2 days'::public.mine"] {
            assert_eq!(put(text, None), None, "{text}");
        }
    }
}
