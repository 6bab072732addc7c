//! Operator classes of indexes: which are the usual ones for their types, and which Prisma wants to be told (found by its own
//! validation, prisma-schema-wasm 8.1.0-2). It asks for classes of the methods GIN, GiST, SP-GiST and BRIN only.

use super::print::text;
use super::types::{Family, FieldType};

/// What stands behind `ops:` for a column of an index; `None` where nothing has to be said. `class` is the one written,
/// with its parameters, which Prisma does not know.
pub(super) fn said(method: Option<&str>, class: Option<&str>, kind: &FieldType) -> Option<String> {
    let method = method.filter(|method| ["gin", "gist", "spgist", "brin"].contains(method))?;
    let class = class.map(|class| class.split('(').next().unwrap_or(class).trim());
    let class = class.map(|class| class.rsplit('.').next().unwrap_or(class).trim_matches('"'));
    let class = match class {
        Some(class) if takes_bare(method, kind) && is_usual(method, class) => return None,
        Some(class) => class.to_owned(),
        None if takes_bare(method, kind) => return None,
        None => usual(method, kind)?,
    };
    let named = ["inet_ops", "jsonb_path_ops", "array_ops", "text_ops"].contains(&class.as_str()) && method != "gin"
        || class == "jsonb_path_ops"
        || method == "brin" && ["_bloom_ops", "_minmax_ops", "_minmax_multi_ops"].iter().any(|e| class.ends_with(e));
    Some(if named { class.split('_').map(capital).collect() } else { format!("raw({})", text(&class)) })
}

/// Whether Prisma cannot be told the class that an index of the method has for a column: it takes each class of that name for
/// the one of another method, and makes the index anew in every migration.
pub(super) fn is_mistaken(method: Option<&str>, said: Option<&str>) -> bool {
    method == Some("gin") && [Some("raw(\"text_ops\")"), Some("raw(\"inet_ops\")")].contains(&said)
}

/// Whether Prisma takes a column of that type without a class, meaning the usual one.
fn takes_bare(method: &str, kind: &FieldType) -> bool {
    let is = |names: &[&str]| names.contains(&kind.element.as_str());
    if let Family::Unsupported(_) = kind.family {
        return true;
    }
    match method {
        "gist" => is(&["text"]),
        "gin" => kind.list || is(&["jsonb"]),
        "spgist" => is(&["text", "character varying", "character", "bpchar", "inet"]),
        _ => !is(&["money", "boolean", "xml", "citext", "json", "jsonb"]) && !matches!(kind.family, Family::Enum(_)),
    }
}

/// Whether a class is the usual one for its type, in the database itself or in one of its usual extensions (`opcdefault`
/// of `pg_opclass`, 15).
fn is_usual(method: &str, class: &str) -> bool {
    #[rustfmt::skip] // a table
    const USUAL: &[(&str, &[&str])] = &[
        ("gin", &["array_ops", "jsonb_ops", "tsvector_ops", "gin_hstore_ops"]),
        ("gist", &["box_ops", "circle_ops", "gist_hstore_ops", "gist_ltree_ops", "gist_text_ops", "multirange_ops",
            "point_ops", "poly_ops", "range_ops", "tsquery_ops", "tsvector_ops"]),
        ("spgist", &["box_ops", "inet_ops", "poly_ops", "quad_point_ops", "range_ops", "text_ops"]),
        ("brin", &["box_inclusion_ops", "inet_inclusion_ops", "range_inclusion_ops"]),
    ];
    let smallest = method == "brin" && class.ends_with("_minmax_ops") && class != "inet_minmax_ops";
    smallest || USUAL.iter().any(|(of, classes)| *of == method && classes.contains(&class))
}

/// The usual class for a type that Prisma does not take without one: those of the extensions btree_gist, btree_gin and
/// intarray. `None` when there is none.
fn usual(method: &str, kind: &FieldType) -> Option<String> {
    if kind.list {
        return (method == "gist" && kind.element == "integer").then(|| "gist__int_ops".to_owned());
    }
    let short = match kind.element.as_str() {
        "integer" => "int4",
        "bigint" => "int8",
        "smallint" => "int2",
        "double precision" => "float8",
        "real" => "float4",
        "boolean" => "bool",
        "money" if method == "gist" => "cash",
        "character varying" if method == "gist" => "text",
        "character varying" => "varchar",
        "character" => "bpchar",
        "bit varying" if method == "gist" => "vbit",
        "bit varying" => "varbit",
        "timestamp without time zone" => "timestamp",
        "timestamp with time zone" => "timestamptz",
        "time without time zone" => "time",
        "time with time zone" => "timetz",
        same @ ("numeric" | "money" | "text" | "bpchar" | "bit" | "bytea" | "date" | "inet" | "oid" | "uuid") => same,
        _ if matches!(kind.family, Family::Enum(_)) => "enum",
        _ => return None,
    };
    match method {
        "gist" => Some(format!("gist_{short}_ops")),
        "gin" => Some(format!("{short}_ops")),
        _ => None,
    }
}

/// A word of an operator class as Prisma writes it.
fn capital(word: &str) -> String {
    match word {
        "minmax" => "MinMax".to_owned(),
        "timestamptz" => "TimestampTz".to_owned(),
        "timetz" => "TimeTz".to_owned(),
        "varbit" => "VarBit".to_owned(),
        word => {
            let (first, rest) = word.split_at(word.len().min(1));
            first.to_ascii_uppercase() + rest
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::types::field_type;
    use super::*;
    use crate::ir::DataType;
    use crate::schema::Schema;

    fn told(method: &str, class: &str, data_type: &str, dimensions: u8) -> String {
        let data_type = DataType { dimensions, ..DataType::builtin(data_type) };
        let kind = field_type(&Schema::new("public"), &data_type).unwrap();
        said(Some(method), Some(class).filter(|class| !class.is_empty()), &kind).unwrap_or_default()
    }

    #[test]
    fn classes_are_said_where_they_are_not_the_usual_ones() {
        assert_eq!(told("gin", "jsonb_ops", "jsonb", 0), "");
        assert_eq!(told("gin", "jsonb_path_ops", "jsonb", 0), "JsonbPathOps");
        assert_eq!(told("gin", "gin_trgm_ops", "text", 0), "raw(\"gin_trgm_ops\")");
        assert_eq!(told("gist", "gist_trgm_ops(siglen=32)", "text", 0), "raw(\"gist_trgm_ops\")");
        assert_eq!(told("gist", "inet_ops", "inet", 0), "InetOps");
        assert_eq!(told("brin", "timestamptz_minmax_multi_ops", "date", 0), "TimestampTzMinMaxMultiOps");
        assert_eq!(told("btree", "text_pattern_ops", "text", 0), "");
    }

    #[test]
    fn usual_classes_are_said_where_prisma_asks_for_them() {
        assert_eq!(told("gist", "", "integer", 0), "raw(\"gist_int4_ops\")");
        assert_eq!(told("gist", "", "integer", 1), "raw(\"gist__int_ops\")");
        assert_eq!(told("gist", "", "int4range", 0), "");
        assert_eq!(told("gin", "", "text", 0), "raw(\"text_ops\")");
        assert_eq!(told("gin", "", "text", 1), "");
        assert_eq!(told("brin", "", "date", 0), "");
    }
}
