//! Settings of the session that end with the migration. Tools run several migrations on one connection, and what one of
//! them sets there would be in force in the next.

use crate::ir::Op;
use regex::Regex;
use std::sync::OnceLock;

/// Makes a setting one of the transaction, which the migration is.
pub fn localise(op: &mut Op) {
    match op {
        Op::SetParameter { local, sql, value: Some(_), .. } if !*local => {
            if let Some(shorter) = set_local(sql).or_else(|| called_locally(sql)) {
                *sql = shorter;
                *local = true;
            }
        }
        Op::Query { sql } => {
            if let Some(other) = called_locally(sql) {
                *sql = other;
            }
        }
        _ => {}
    }
}

/// A call of `set_config` for the session as one for the transaction; `None` where there is none.
fn called_locally(sql: &str) -> Option<String> {
    static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
    let call = r"(?i)(\bset_config\s*\(\s*'[^']*'\s*,\s*'[^']*'\s*,\s*)false(\s*\))";
    let pattern = PATTERN.get_or_init(|| Regex::new(call).ok()).as_ref()?;
    pattern.is_match(sql).then(|| pattern.replace_all(sql, "${1}true${2}").into_owned())
}

/// `SET LOCAL …` for `SET …`; `None` for what is said in another way.
fn set_local(sql: &str) -> Option<String> {
    let (first, rest) = sql.trim_start().split_once(char::is_whitespace)?;
    let (second, behind) = rest.trim_start().split_once(char::is_whitespace).unwrap_or((rest.trim_start(), ""));
    if !first.eq_ignore_ascii_case("set") {
        return None;
    }
    let rest = match second.to_ascii_lowercase().as_str() {
        "local" | "constraints" | "transaction" => return None,
        "session" if behind.trim_start().to_ascii_lowercase().starts_with("characteristics") => return None,
        "session" if !behind.trim_start().to_ascii_lowercase().starts_with("authorization") => behind.trim_start(),
        _ => rest.trim_start(),
    };
    Some(format!("SET LOCAL {rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_ends_with_the_migration() {
        let cases = [
            ("SET search_path = app, public", Some("SET LOCAL search_path = app, public")),
            ("set session lock_timeout TO '5s'", Some("SET LOCAL lock_timeout TO '5s'")),
            ("SET SESSION AUTHORIZATION bob", Some("SET LOCAL SESSION AUTHORIZATION bob")),
            ("SET TIME ZONE 'UTC'", Some("SET LOCAL TIME ZONE 'UTC'")),
            ("SET LOCAL a = 1", None),
            ("SET CONSTRAINTS ALL DEFERRED", None),
            ("RESET ALL", None),
        ];
        for (sql, wanted) in cases {
            assert_eq!(set_local(sql).as_deref(), wanted, "{sql}");
        }
        let mut read =
            crate::sql::postgres::lower("SELECT set_config('search_path', '', false)", crate::source::FileId(0));
        let op = &mut read.value.steps[0].op;
        localise(op);
        assert_eq!(crate::sql::postgres::print(op), "SELECT set_config('search_path', '', true)");
        let mut op = Op::Query { sql: "SELECT pg_catalog.set_config('search_path', '', false)".into() };
        localise(&mut op);
        assert_eq!(op, Op::Query { sql: "SELECT pg_catalog.set_config('search_path', '', true)".into() });
    }
}
