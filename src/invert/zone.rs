//! Columns that change between a type with a time zone and one without: by a zone that is said, which can be undone by the
//! same, or by that of the session.

use super::note::Note;
use super::restore::Restored;
use super::values;
use crate::ir::{ColumnChange, DataType, Expr, Op, TypeName};
use crate::schema::Schema;
use crate::sql::postgres;

const PLAIN: &str = "timestamp without time zone";
const ZONED: &str = "timestamp with time zone";

fn name(data_type: &DataType) -> Option<&str> {
    match &data_type.name {
        TypeName::Builtin(name) => Some(name),
        TypeName::User(_) => None,
    }
}

/// Whether values are converted by the time zone of the session. Source: `pg_cast` and the functions in it, PostgreSQL 15.
pub(super) fn goes_by_session(from: &DataType, to: &DataType) -> bool {
    const OTHERS: [&str; 4] = ["date", PLAIN, "time without time zone", "time with time zone"];
    match (name(from), name(to)) {
        (Some(ZONED), Some(other)) | (Some(other), Some(ZONED)) => OTHERS.contains(&other),
        (Some("time without time zone"), Some("time with time zone")) => true,
        _ => false,
    }
}

/// Undoes `TYPE … USING column AT TIME ZONE 'zone'` by the same zone. With one whose offset from UTC never changes no
/// value is lost.
pub(super) fn convert_back(op: &Op, before: &Schema, restored: &mut Restored) {
    let Op::AlterColumn { on, column, change: ColumnChange::Type { data_type: to, using: Some(using), .. } } = op
    else {
        return;
    };
    let Some(id) = before.relation(&on.table) else { return };
    let Some(state) = before.table(&id) else { return };
    let Some(from) = state.table.columns.iter().find(|found| found.name == *column).map(|found| &found.data_type)
    else {
        return;
    };
    let is_pair = matches!((name(from), name(to)), (Some(PLAIN), Some(ZONED)) | (Some(ZONED), Some(PLAIN)));
    let Some(zone) = zone_of(&using.0, column).filter(|_| is_pair && from.dimensions == 0 && to.dimensions == 0) else {
        return;
    };
    let mut converted = false;
    for op in &mut restored.ops {
        if let Op::AlterColumn {
            column: name, change: ColumnChange::Type { data_type, using: using @ None, .. }, ..
        } = op
            && name == column
            && data_type == from
        {
            *using = Some(Expr(format!("{} AT TIME ZONE '{zone}'", postgres::quote_identifier(column))));
            converted = true;
        }
    }
    if !converted {
        return;
    }
    restored.notes.retain(|note| !matches!(note, Note::Zoned(name) if *name == format!("{id}.{column}")));
    if is_fixed(&zone) && values::keeps_fraction(from, to) {
        restored.lost.retain(|loss| loss.id.as_ref() != Some(&id) || loss.column != *column);
    }
}

/// The zone of `column AT TIME ZONE 'zone'`.
fn zone_of(using: &str, column: &str) -> Option<String> {
    let mut text = using.trim();
    while let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        text = inner.trim();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let (head, [at, time, zone, literal]) = words.split_last_chunk::<4>()?;
    let says =
        [at, time, zone].into_iter().zip(["AT", "TIME", "ZONE"]).all(|(one, other)| one.eq_ignore_ascii_case(other));
    let head = head.join(" ");
    let is_bare = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let is_column = head == format!("\"{}\"", column.replace('"', "\"\""))
        || (is_bare(&head) && head.to_ascii_lowercase() == column);
    let literal = literal.strip_suffix("::text").unwrap_or(literal);
    let zone = literal.strip_prefix('\'')?.strip_suffix('\'')?;
    let is_plain = zone.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '/' | '+' | '-' | ':'));
    (says && is_column && is_plain && !zone.is_empty()).then(|| zone.to_owned())
}

/// Whether a zone has always had the same offset from UTC.
fn is_fixed(zone: &str) -> bool {
    let upper = zone.to_ascii_uppercase();
    let of_utc = matches!(upper.strip_prefix("ETC/").unwrap_or(&upper), "UTC" | "GMT" | "UCT" | "ZULU" | "UNIVERSAL");
    of_utc
        || upper == "Z"
        || upper.starts_with("ETC/GMT")
        || upper.chars().all(|c| c.is_ascii_digit() || "+-:".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_read_only_off_the_column_itself() {
        let zone = |using: &str| zone_of(using, "at");
        assert_eq!(zone("at at time zone 'UTC'").as_deref(), Some("UTC"));
        assert_eq!(zone("(\"at\" AT TIME  ZONE 'Europe/Berlin')").as_deref(), Some("Europe/Berlin"));
        for other in [
            "other at time zone 'UTC'",
            "at at time zone zone",
            "at + '1 h' at time zone 'UTC'",
            "at",
            "(at) at time zone ('UTC')",
        ] {
            assert_eq!(zone(other), None, "{other}");
        }
        assert_eq!(zone_of("At AT TIME ZONE 'UTC'", "At"), None);
        assert!(is_fixed("utc") && is_fixed("Etc/GMT+3") && is_fixed("+02:30") && !is_fixed("Europe/London"));
    }
}
