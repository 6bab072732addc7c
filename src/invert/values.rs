//! What types mean for values: which conversions keep them, which casts exist, what a zero is.

use crate::ir::{DataType, Expr, Identity, Name, Op, SequenceOptions, TypeName};
use crate::schema::{Id, Object, Schema};
use crate::sql::postgres;

fn builtin(data_type: &DataType) -> Option<&str> {
    match &data_type.name {
        TypeName::Builtin(name) => Some(name),
        TypeName::User(_) => None,
    }
}

fn is_text(name: &str) -> bool {
    matches!(name, "text" | "character varying" | "character" | "bpchar" | "name")
}

fn integer_width(name: &str) -> Option<u8> {
    Some(match name {
        "smallint" => 2,
        "integer" => 4,
        "bigint" => 8,
        _ => return None,
    })
}

fn is_number(name: &str) -> bool {
    integer_width(name).is_some() || matches!(name, "numeric" | "real" | "double precision")
}

fn first_arg(data_type: &DataType) -> Option<u32> {
    data_type.args.first().and_then(|arg| arg.trim().parse().ok())
}

/// Whether every value that goes from one type to the other can be had back by going the other way.
pub(super) fn keeps_values(from: &DataType, to: &DataType) -> bool {
    if from == to {
        return true;
    }
    if from.dimensions != to.dimensions {
        return false;
    }
    let (Some(one), Some(other)) = (builtin(from), builtin(to)) else {
        // Enums and other user types through text: a value that does not fit stops the up itself.
        let text = |data_type: &DataType| builtin(data_type).is_none_or(is_text);
        return text(from) && text(to);
    };
    if let (Some(narrow), Some(wide)) = (integer_width(one), integer_width(other)) {
        return narrow <= wide;
    }
    match (one, other) {
        (one, "numeric") if integer_width(one).is_some() => to.args.is_empty(),
        ("smallint" | "integer", "double precision") | ("smallint", "real") | ("real", "double precision") => true,
        ("numeric", "numeric") => to.args.is_empty(),
        ("character varying" | "text", "character varying" | "text") => true,
        ("timestamp without time zone", "timestamp without time zone")
        | ("timestamp with time zone", "timestamp with time zone") => keeps_fraction(from, to),
        ("date", "timestamp without time zone") => true,
        (one, other) if is_text(other) && other != "character" => {
            integer_width(one).is_some() || matches!(one, "uuid" | "boolean" | "numeric" | "date" | "inet" | "cidr")
        }
        _ => false,
    }
}

/// Whether a time keeps its fractions of a second.
pub(super) fn keeps_fraction(from: &DataType, to: &DataType) -> bool {
    first_arg(to).unwrap_or(6) >= first_arg(from).unwrap_or(6)
}

/// The `USING` expression that converts a column back, when an assignment would not do it by itself. `certain` is
/// false when the values have to go through text and may not be readable as the target.
pub(super) struct Conversion {
    /// The expression; `None` when the assignment cast does it (and refuses what does not fit).
    pub using: Option<Expr>,
    /// Whether every value is sure to convert.
    pub certain: bool,
}

/// How a column of type `from` becomes `to`; `printed` is `to` as SQL, `column` the quoted column.
pub(super) fn conversion(from: &DataType, to: &DataType, column: &str, printed: &str) -> Conversion {
    let assigned = Conversion { using: None, certain: true };
    let through_text = |certain: bool| {
        let text = if from.dimensions > 0 && to.dimensions > 0 { "text[]" } else { "text" };
        Conversion { using: Some(Expr(format!("{column}::{text}::{printed}"))), certain }
    };
    if from.dimensions != to.dimensions {
        return through_text(false);
    }
    match (builtin(from), builtin(to)) {
        (Some(one), Some(other)) => {
            if one == other || is_text(other) || (is_number(one) && is_number(other)) {
                return assigned;
            }
            let dates =
                |name: &str| matches!(name, "date" | "timestamp without time zone" | "timestamp with time zone");
            if dates(one) && dates(other)
                || matches!((one, other), ("json", "jsonb") | ("jsonb", "json") | ("cidr", "inet"))
            {
                return assigned;
            }
            let explicit = matches!((one, other), ("integer", "boolean") | ("boolean", "integer"))
                || is_text(one)
                || matches!((one, other), ("jsonb", other) if is_number(other) || other == "boolean");
            if explicit {
                return Conversion { using: Some(Expr(format!("{column}::{printed}"))), certain: false };
            }
            through_text(false)
        }
        (None, Some(other)) if is_text(other) => assigned,
        _ => through_text(true),
    }
}

/// The type's zero value as an SQL expression, if it has an obvious one.
pub(super) fn zero(schema: &Schema, data_type: &DataType) -> Option<Expr> {
    if data_type.dimensions > 0 {
        return Some(Expr("'{}'".to_owned()));
    }
    let text = match &data_type.name {
        TypeName::Builtin(name) => match name.as_str() {
            name if is_text(name) || name == "bytea" => "''",
            name if is_number(name) || name == "money" => "0",
            "boolean" => "false",
            "date" | "timestamp without time zone" | "timestamp with time zone" => "'epoch'",
            "time without time zone" | "time with time zone" => "'00:00'",
            "interval" => "'0'",
            "uuid" => "'00000000-0000-0000-0000-000000000000'",
            "json" | "jsonb" => "'{}'",
            "inet" | "cidr" => "'0.0.0.0'",
            "tsvector" => "''",
            _ => return None,
        },
        TypeName::User(name) => {
            let id = schema.type_named(name)?;
            match (&id, &schema.get(&id)?.object) {
                (Id::Type(_), Object::Enum(found)) => {
                    return found.values.first().map(|value| Expr(format!("'{}'", value.replace('\'', "''"))));
                }
                (Id::Type(_), Object::Domain(domain)) => return zero(schema, &domain.data_type),
                _ => return (name.name == "citext").then(|| Expr("''".to_owned())),
            }
        }
    };
    Some(Expr(text.to_owned()))
}

/// Sets the sequence of an identity column that was just made behind the values that the column has; `None` when it does
/// not count upwards from one.
pub(super) fn behind_the_highest(table: &Name, column: &str, identity: &Identity) -> Option<Op> {
    let SequenceOptions { data_type: _, increment, min, max: _, start, cache: _, cycle } = &identity.options;
    if increment.is_some() || min.is_some() || start.is_some() || *cycle {
        return None;
    }
    let (name, quoted) = (postgres::quote_name(table), postgres::quote_identifier(column));
    let text = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let sql = format!(
        "SELECT setval(pg_get_serial_sequence({}, {}), GREATEST((SELECT max({quoted}) FROM {name}) + 1, 1), false)",
        text(&name),
        text(column)
    );
    Some(Op::Query { sql })
}
