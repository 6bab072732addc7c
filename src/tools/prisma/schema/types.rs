//! What type a field has in a Prisma schema for a column's type in PostgreSQL: one of the language's own with the native type
//! where that is not the one it stands for by itself, an enum, or `Unsupported("…")`. As introspection has it
//! (schema-engine-wasm 8.1.0-2): a domain is the type that it narrows, and what lists hold is told by less.

use super::stored;
use crate::ir::{DataType, Name, TypeName};
use crate::schema::{Id, Key, Object, Schema};

/// What a type is to Prisma.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Int,
    BigInt,
    Float,
    Decimal,
    Boolean,
    String,
    /// `String` too, but no default is read for it.
    Uuid,
    DateTime,
    Json,
    Bytes,
    Enum(Key),
    /// By its name in `pg_type`.
    Unsupported(String),
}

/// A column's type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldType {
    pub family: Family,
    /// `VarChar(255)`, where the family stands for another type by itself.
    pub native: Option<String>,
    pub list: bool,
    /// Whether the type itself refuses NULL: a domain may.
    pub not_null: bool,
    /// The type of the column or of what it lists, as PostgreSQL prints it, without arguments; a domain's is the type that
    /// it narrows.
    pub element: String,
}

/// The type of a column; `None` when it cannot be told.
pub(super) fn field_type(schema: &Schema, data_type: &DataType) -> Option<FieldType> {
    narrowed(schema, data_type, 0)
}

/// How many domains may stand over each other.
const DEEPEST: usize = 16;

fn narrowed(schema: &Schema, data_type: &DataType, depth: usize) -> Option<FieldType> {
    let list = data_type.dimensions > 0;
    let name = match &data_type.name {
        TypeName::Builtin(name) if name == "unknown" => return None,
        TypeName::Builtin(name) => return Some(builtin(name, &data_type.args, list)),
        TypeName::User(name) => name,
    };
    let of_family = |family, element| Some(FieldType { family, native: None, list, not_null: false, element });
    let spelled = spelled(schema, name);
    let Some(id) = schema.type_named(name) else {
        let native = name.name.as_str() == "citext";
        let family = if native { Family::String } else { Family::Unsupported(listed(&name.name, list)) };
        return Some(FieldType {
            family,
            native: native.then(|| "Citext".to_owned()),
            list,
            not_null: false,
            element: spelled,
        });
    };
    match (&schema.get(&id)?.object, &id) {
        (Object::Enum(_), Id::Type(key)) => of_family(Family::Enum(key.clone()), spelled),
        // Of a list of a domain no more is told than its name.
        (Object::Domain(domain), _) if !list && depth < DEEPEST => {
            let mut inner = narrowed(schema, &domain.data_type, depth + 1)?;
            inner.not_null |= domain.not_null;
            Some(inner)
        }
        _ => of_family(Family::Unsupported(listed(&name.name, list)), spelled),
    }
}

/// A type's name as PostgreSQL prints it where it is found by the search path.
fn spelled(schema: &Schema, name: &Name) -> String {
    match name.schema.as_ref().filter(|home| !schema.search_path().contains(home)) {
        Some(home) => format!("{}.{}", stored::quoted(home), stored::quoted(&name.name)),
        None => stored::quoted(&name.name),
    }
}

/// The name that `pg_type` has for a list of a type.
fn listed(name: &str, list: bool) -> String {
    if list { format!("_{name}") } else { name.to_owned() }
}

fn builtin(name: &str, args: &[String], list: bool) -> FieldType {
    let args: Vec<&str> = args.iter().map(|arg| arg.trim()).collect();
    let with = |word: &str, args: &[&str]| match args {
        [] => word.to_owned(),
        args => format!("{word}({})", args.join(", ")),
    };
    // What the precision is when nothing is said; of a list it is not told.
    let precise = |word: &str| match (args.as_slice(), list) {
        ([], false) => format!("{word}(6)"),
        (args, _) => with(word, args),
    };
    let long = |word: &str| match args.as_slice() {
        [] => format!("{word}(1)"),
        args => with(word, args),
    };
    let (family, native) = match name {
        "integer" => (Family::Int, None),
        "smallint" => (Family::Int, Some("SmallInt".to_owned())),
        "oid" => (Family::Int, Some("Oid".to_owned())),
        "bigint" => (Family::BigInt, None),
        "double precision" => (Family::Float, None),
        "real" => (Family::Float, Some("Real".to_owned())),
        "numeric" => match args.as_slice() {
            ["65", "30"] => (Family::Decimal, None),
            // Of a list Prisma reads the pair that PostgreSQL prints.
            [precision] => (Family::Decimal, Some(with("Decimal", &[precision, "0"]))),
            args => (Family::Decimal, Some(with("Decimal", args))),
        },
        "money" => (Family::Decimal, Some("Money".to_owned())),
        "boolean" => (Family::Boolean, None),
        "text" => (Family::String, None),
        "character varying" => (Family::String, Some(with("VarChar", &args))),
        "character" => (Family::String, Some(long("Char"))),
        "bpchar" => (Family::String, Some(with("Char", &args))),
        "\"char\"" => (Family::String, Some("Char".to_owned())),
        "bit" => (Family::String, Some(long("Bit"))),
        "bit varying" => (Family::String, Some(with("VarBit", &args))),
        "xml" => (Family::String, Some("Xml".to_owned())),
        "inet" => (Family::String, Some("Inet".to_owned())),
        "uuid" => (Family::Uuid, Some("Uuid".to_owned())),
        "date" => (Family::DateTime, Some("Date".to_owned())),
        "timestamp without time zone" => match args.as_slice() {
            ["3"] => (Family::DateTime, None),
            _ => (Family::DateTime, Some(precise("Timestamp"))),
        },
        "timestamp with time zone" => (Family::DateTime, Some(precise("Timestamptz"))),
        "time without time zone" => (Family::DateTime, Some(precise("Time"))),
        "time with time zone" => (Family::DateTime, Some(precise("Timetz"))),
        "json" => (Family::Json, Some("Json".to_owned())),
        "jsonb" => (Family::Json, None),
        "bytea" => (Family::Bytes, None),
        other => (Family::Unsupported(listed(other.trim_matches('"'), list)), None),
    };
    FieldType { family, native, list, not_null: false, element: name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, args: &[&str], dimensions: u8) -> (Family, Option<String>) {
        let data_type = DataType {
            name: TypeName::Builtin(name.into()),
            args: args.iter().map(|arg| (*arg).to_owned()).collect(),
            dimensions,
        };
        let found = field_type(&Schema::new("public"), &data_type).unwrap();
        (found.family, found.native)
    }

    #[test]
    fn native_types_are_said_where_they_are_not_the_usual_one() {
        let native = |name: &str, args: &[&str], dimensions| told(name, args, dimensions).1.unwrap_or_default();
        assert_eq!(native("timestamp without time zone", &["3"], 0), "");
        assert_eq!(native("timestamp without time zone", &[], 0), "Timestamp(6)");
        assert_eq!(native("timestamp without time zone", &[], 1), "Timestamp");
        assert_eq!(native("numeric", &["10"], 0), "Decimal(10, 0)");
        assert_eq!(native("numeric", &["65", "30"], 0), "");
        assert_eq!(native("character", &[], 0), "Char(1)");
        assert_eq!(native("bit", &[], 0), "Bit(1)");
    }

    #[test]
    fn what_prisma_has_no_word_for_goes_by_the_name_in_the_catalogue() {
        assert_eq!(told("interval", &[], 0).0, Family::Unsupported("interval".into()));
        assert_eq!(told("interval", &[], 1).0, Family::Unsupported("_interval".into()));
        assert_eq!(told("unknown_to_us", &[], 0).0, Family::Unsupported("unknown_to_us".into()));
    }
}
