//! What becomes of a column's values when its definition changes. The servers are taken to be in the strict mode that they
//! start with, in which a value that does not fit stops the statement; one that is rounded does not.

use crate::ir::{Column, DataType, TypeName};

/// What values of a column may have lost on the way from one definition to another; `None` where each stayed what it was.
pub(super) fn changed(before: &Column, after: &Column) -> Option<&'static str> {
    if after.auto_increment && !before.auto_increment {
        return Some("values 0, which were counted on");
    }
    let is_moment = matches!(&after.data_type.name, TypeName::Builtin(name) if name == "timestamp");
    if is_moment && after.not_null && !before.not_null {
        return Some("values NULL, which became the time of the run");
    }
    if before.charset != after.charset || character_set(before) != character_set(after) {
        return Some("what values lost when their character set changed");
    }
    if before.generated.is_some() && after.generated.is_some() {
        return None;
    }
    (!keeps(&before.data_type, &after.data_type)).then_some("what values lost when the type changed")
}

/// The character set that a collation belongs to, by its name.
fn character_set(column: &Column) -> Option<String> {
    let name = &column.collation.as_ref()?.name;
    Some(name.split('_').next().unwrap_or_default().to_lowercase())
}

/// Whether a type holds every value of another as it is.
fn keeps(from: &DataType, to: &DataType) -> bool {
    let (TypeName::Builtin(one), TypeName::Builtin(other)) = (&from.name, &to.name) else { return false };
    if from == to {
        return true;
    }
    let rank = |ladder: &[&str], name: &str| ladder.iter().position(|word| *word == name);
    let climbs = |ladder: &[&str]| match (rank(ladder, one), rank(ladder, other)) {
        (Some(low), Some(high)) => low <= high,
        _ => false,
    };
    let number = |of: &DataType, at: usize| of.args.get(at).and_then(|text| text.parse::<u32>().ok());
    match one.as_str() {
        // A width says how a number is shown.
        "tinyint" | "smallint" | "mediumint" | "int" | "bigint" => {
            climbs(&["tinyint", "smallint", "mediumint", "int", "bigint"])
        }
        "tinyint unsigned" | "smallint unsigned" | "mediumint unsigned" | "int unsigned" | "bigint unsigned" => {
            climbs(&["tinyint unsigned", "smallint unsigned", "mediumint unsigned", "int unsigned", "bigint unsigned"])
        }
        "tinytext" | "text" | "mediumtext" | "longtext" => {
            from.args.is_empty() && to.args.is_empty() && climbs(&["tinytext", "text", "mediumtext", "longtext"])
        }
        "tinyblob" | "blob" | "mediumblob" | "longblob" => {
            from.args.is_empty() && to.args.is_empty() && climbs(&["tinyblob", "blob", "mediumblob", "longblob"])
        }
        // What is too long is refused, and what is not stays as it is.
        "varchar" | "varbinary" if one == other => number(from, 0) <= number(to, 0),
        "varchar" if matches!(other.as_str(), "mediumtext" | "longtext") => to.args.is_empty(),
        "enum" | "set" if one == other => to.args.starts_with(&from.args),
        "decimal" if one == other => {
            let places = |of: &DataType| (number(of, 0).unwrap_or(10), number(of, 1).unwrap_or(0));
            let ((all, behind), (more, wider)) = (places(from), places(to));
            wider >= behind && more.saturating_sub(wider) >= all.saturating_sub(behind)
        }
        "datetime" | "timestamp" | "time" if one == other => number(from, 0).unwrap_or(0) <= number(to, 0).unwrap_or(0),
        _ => false,
    }
}
