//! How a column's default comes back from the server: `PostgresQueryRunner.loadTables` (typeorm 0.3.31) takes casts away
//! and puts whole numbers into quotes.

use regex::Regex;
use std::sync::LazyLock;

/// A pattern that is a constant.
fn pattern(text: &str) -> Regex {
    // The tests below compile every one of them.
    Regex::new(text).unwrap_or_else(|_| unreachable!()) // they are well formed
}

static CAST: LazyLock<Regex> = LazyLock::new(|| pattern(r#"::[\w\s.\[\]\-"]+"#));
static WHOLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^-?\d+$"));
static NEXT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:pg_catalog\.)?nextval\('([^']*)'(?:::(?:text|regclass))*\)$"));
static PLAIN_CALL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\w+\(\)$"));
static UUID: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(gen_random_uuid\(\)$|uuid_generate_v\d\(\))"));

/// The default as TypeORM's table model has it; `None` for one that the server does not keep.
pub(super) fn shown(default: &str) -> Option<String> {
    let text = default.trim();
    let text = CAST.replace_all(text, "").into_owned();
    if text.eq_ignore_ascii_case("null") {
        return None;
    }
    if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") || PLAIN_CALL.is_match(&text) {
        return Some(text.to_lowercase());
    }
    if text.starts_with("CURRENT") || text.starts_with("current") {
        return Some(text.to_uppercase());
    }
    if WHOLE.is_match(&text) {
        return Some(format!("'{text}'"));
    }
    Some(text)
}

/// The sequence that a default takes the next value of, without quotes.
pub(super) fn sequence(default: &str) -> Option<String> {
    NEXT.captures(default.trim()).map(|found| found[1].replace('"', ""))
}

/// Whether a default makes a UUID.
pub(super) fn is_uuid(shown: &str) -> bool {
    UUID.is_match(shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_come_back_without_casts() {
        for (written, read) in [
            ("0", Some("'0'")),
            ("'a'::character varying", Some("'a'")),
            ("TRUE", Some("true")),
            ("NOW()", Some("now()")),
            ("NULL::text", None),
            ("1.5", Some("1.5")),
            ("CURRENT_TIMESTAMP", Some("CURRENT_TIMESTAMP")),
        ] {
            assert_eq!(shown(written).as_deref(), read, "{written}");
        }
        assert_eq!(sequence("nextval('public.\"User_id_seq\"'::regclass)").as_deref(), Some("public.User_id_seq"));
        assert!(is_uuid("uuid_generate_v4()") && !is_uuid("now()"));
    }
}
