//! Types as Prisma Migrate spells them: `TEXT`, `TIMESTAMP(3)`, `"Role"[]`.

use super::text::{is_plain, name};
use crate::ir::{DataType, TypeName};

/// A type with its arguments and dimensions.
pub(super) fn data_type(data_type: &DataType) -> String {
    let dimensions = "[]".repeat(usize::from(data_type.dimensions));
    let (base, args) = match &data_type.name {
        TypeName::Builtin(builtin) => (spelling(builtin), arguments(builtin, &data_type.args)),
        TypeName::User(user) => (name(user), arguments("", &data_type.args)),
    };
    format!("{base}{args}{dimensions}")
}

/// What stands in parentheses behind a type.
fn arguments(builtin: &str, args: &[String]) -> String {
    match args {
        [] => String::new(),
        // An interval's fields stand before its precision and in no parentheses.
        [fields, precision @ ..] if builtin == "interval" && fields.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            format!(" {fields}{}", arguments("", precision))
        }
        args => format!("({})", args.join(",")),
    }
}

/// The name that Prisma Migrate 6 writes for a type, where it has one of its own; else the canonical name in upper case.
fn spelling(builtin: &str) -> String {
    match builtin {
        "numeric" => "DECIMAL".into(),
        "character varying" => "VARCHAR".into(),
        "character" => "CHAR".into(),
        "bit varying" => "VARBIT".into(),
        "timestamp without time zone" => "TIMESTAMP".into(),
        "timestamp with time zone" => "TIMESTAMPTZ".into(),
        "time without time zone" => "TIME".into(),
        "time with time zone" => "TIMETZ".into(),
        // `"char"` is another type than `char`.
        _ if builtin.split(' ').all(is_plain) => builtin.to_ascii_uppercase(),
        _ => builtin.to_owned(),
    }
}
