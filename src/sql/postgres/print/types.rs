//! Types as Prisma Migrate spells them: `TEXT`, `TIMESTAMP(3)`, `"Role"[]`; or as TypeORM does: `character varying(20)`.

use super::text::{is_plain, name};
use crate::ir::{DataType, TypeName};

/// In whose manner statements are spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// Prisma Migrate's: a line a column, types in upper case.
    #[default]
    Prisma,
    /// That of TypeORM's `migration:generate`: a statement on one line, types by their long names.
    Typeorm,
}

/// A type with its arguments and dimensions, in Prisma's manner.
pub(super) fn data_type(data_type: &DataType) -> String {
    data_type_in(data_type, Manner::Prisma)
}

/// A type with its arguments and dimensions.
pub(super) fn data_type_in(data_type: &DataType, manner: Manner) -> String {
    let dimensions = "[]".repeat(usize::from(data_type.dimensions));
    if let (Manner::Typeorm, TypeName::Builtin(builtin)) = (manner, &data_type.name) {
        return format!("{}{dimensions}", long(builtin, &data_type.args));
    }
    let (base, args) = match &data_type.name {
        TypeName::Builtin(builtin) => (spelling(builtin), arguments(builtin, &data_type.args)),
        TypeName::User(user) => (name(user), arguments("", &data_type.args)),
    };
    format!("{base}{args}{dimensions}")
}

/// A built-in type as TypeORM spells it (`createFullType` of `driver/postgres/PostgresDriver.js`, typeorm 1.1.1).
fn long(builtin: &str, args: &[String]) -> String {
    let args = arguments(builtin, args);
    match builtin {
        "timestamp without time zone" => format!("TIMESTAMP{args}"),
        "timestamp with time zone" => format!("TIMESTAMP{args} WITH TIME ZONE"),
        "time without time zone" => format!("TIME{args}"),
        "time with time zone" => format!("TIME{args} WITH TIME ZONE"),
        "serial" | "bigserial" | "smallserial" => builtin.to_ascii_uppercase(),
        _ => format!("{builtin}{args}"),
    }
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
