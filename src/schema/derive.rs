//! Names that PostgreSQL derives when the author leaves them out, and what well-known extensions bring.
//! Source: `makeObjectName`, `ChooseRelationName` and `ChooseConstraintName` in PostgreSQL's `indexcmds.c` and
//! `pg_constraint.c`, checked against 15.

use super::{Id, Key, Schema};
use crate::ir::{
    Constraint, ConstraintKind, Definition, Dialect, Index, IndexKey, KeyPart, Name, ObjectKind, ObjectRef,
};
use crate::sql::postgres::quote_name;
use crate::sql::query;

/// Longest identifier in bytes: `NAMEDATALEN - 1`.
const LONGEST: usize = 63;

/// `name1_name2_label`, the first two shortened in turn until it fits.
fn object_name(name1: &str, name2: &str, label: &str) -> String {
    let overhead = if name2.is_empty() { 0 } else { 1 } + if label.is_empty() { 0 } else { 1 + label.len() };
    let (mut len1, mut len2) = (name1.len(), name2.len());
    while len1 + len2 > LONGEST - overhead {
        if len1 > len2 { len1 -= 1 } else { len2 -= 1 }
    }
    let cut = |text: &str, len: usize| {
        let end = (0..=len.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        text[..end].to_owned()
    };
    let mut name = cut(name1, len1);
    if !name2.is_empty() {
        name = format!("{name}_{}", cut(name2, len2));
    }
    if !label.is_empty() {
        name = format!("{name}_{label}");
    }
    name
}

/// The first of `…label`, `…label1`, `…label2` that is free.
fn choose(name1: &str, name2: &str, label: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut name = object_name(name1, name2, label);
    let mut pass = 0;
    while taken(&name) {
        pass += 1;
        name = object_name(name1, name2, &format!("{label}{pass}"));
    }
    name
}

/// `a_b_c`, cut as PostgreSQL cuts it when it collects column names.
fn columns_part<'a>(columns: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for column in columns {
        if !joined.is_empty() {
            joined.push('_');
        }
        joined.push_str(column);
        if joined.len() > LONGEST {
            break;
        }
    }
    joined
}

/// The name of the sequence that a serial or identity column gets when no other relation has it.
pub fn derived_sequence_name(table: &str, column: &str) -> String {
    object_name(table, column, "seq")
}

/// The name of a serial column's sequence in this state.
pub(super) fn sequence_name(schema: &Schema, table: &Key, column: &str) -> String {
    choose(&table.name, column, "seq", |name| relation_taken(schema, &table.schema, name))
}

fn relation_taken(schema: &Schema, home: &str, name: &str) -> bool {
    schema.has(&Id::Relation(Key::new(home, name))) || schema.has_key_named(home, name)
}

/// The name of a constraint that was written without one, on a table that has `siblings`.
pub(super) fn constraint_name(
    schema: &Schema,
    table: &Key,
    siblings: &[Constraint],
    constraint: &Constraint,
) -> String {
    let sibling = |name: &str| siblings.iter().any(|other| other.name.as_deref() == Some(name));
    let in_schema = |name: &str| sibling(name) || relation_taken(schema, &table.schema, name);
    constraint_name_unless(table, constraint, sibling, in_schema)
}

/// The name that it gets when nothing else has it.
pub(super) fn first_constraint_name(table: &Key, constraint: &Constraint) -> String {
    constraint_name_unless(table, constraint, |_| false, |_| false)
}

fn constraint_name_unless(
    table: &Key,
    constraint: &Constraint,
    sibling: impl Fn(&str) -> bool,
    in_schema: impl Fn(&str) -> bool,
) -> String {
    match &constraint.kind {
        ConstraintKind::PrimaryKey(_) => choose(&table.name, "", "pkey", in_schema),
        ConstraintKind::Unique(key) => {
            let columns = columns_part(key.columns.iter().chain(&key.include).map(String::as_str));
            choose(&table.name, &columns, "key", in_schema)
        }
        ConstraintKind::ForeignKey(key) => {
            choose(&table.name, &columns_part(key.columns.iter().map(String::as_str)), "fkey", sibling)
        }
        ConstraintKind::Check { expr, column, .. } => {
            let column = column.clone().or_else(|| only_column(&expr.0)).unwrap_or_default();
            choose(&table.name, &column, "check", sibling)
        }
        ConstraintKind::Exclusion(exclusion) => {
            let names: Vec<String> = exclusion.elements.iter().map(|(key, _)| key_name(key)).collect();
            choose(&table.name, &columns_part(names.iter().map(String::as_str)), "excl", in_schema)
        }
    }
}

/// The name of a domain's check that was written without one.
pub(super) fn domain_check_name(domain: &str, siblings: &[Constraint]) -> String {
    choose(domain, "", "check", |name| siblings.iter().any(|other| other.name.as_deref() == Some(name)))
}

/// The copy that `LIKE … INCLUDING STATISTICS` makes of a statistics object; `None` when its definition is not read.
pub(super) fn copied_statistics(schema: &Schema, table: &Key, definition: &Definition) -> Option<Definition> {
    let words = definition.sql.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = words.to_ascii_lowercase();
    let (on, from) = (lower.find(" on ")?, lower.rfind(" from ")?);
    let columns: Vec<&str> = words.get(on + 4..from)?.split(',').map(str::trim).collect();
    let plain = |text: &&str| !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !columns.iter().all(plain) {
        return None;
    }
    // The name says the columns in the order of the table.
    let state = schema.table(&Id::Relation(table.clone()))?;
    let folded: Vec<String> = columns.iter().map(|column| column.to_ascii_lowercase()).collect();
    let ordered: Vec<&str> = state
        .table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .filter(|name| folded.iter().any(|c| c == name))
        .collect();
    if ordered.len() != folded.len() {
        return None;
    }
    let taken = |name: &str| {
        let object = ObjectRef::new(ObjectKind::Statistics, Name::in_schema(&table.schema, name));
        schema.has(&super::facets::defined_id(schema, &object))
    };
    let name = choose(&table.name, &columns_part(ordered.into_iter()), "stat", taken);
    let kinds = match (words[..on].find('('), words[..on].rfind(')')) {
        (Some(open), Some(close)) => format!(" {}", words.get(open..=close)?),
        _ => String::new(),
    };
    let name = Name::in_schema(&table.schema, name);
    let sql = format!(
        "CREATE STATISTICS {}{kinds} ON {} FROM {}",
        quote_name(&name),
        columns.join(", "),
        quote_name(&Name::from(table))
    );
    Some(Definition { object: ObjectRef::new(ObjectKind::Statistics, name), sql })
}

/// The single column that an expression uses, if it uses exactly one.
fn only_column(expr: &str) -> Option<String> {
    let uses = query::expr_uses(expr, Dialect::Postgres)?;
    let mut columns: Vec<&String> = uses.bare.iter().chain(uses.columns.iter().map(|(_, column)| column)).collect();
    columns.sort();
    columns.dedup();
    match columns.as_slice() {
        [column] => Some((*column).clone()),
        _ => None,
    }
}

/// The name of an index that was written without one.
pub(super) fn index_name(schema: &Schema, table: &Key, index: &Index) -> String {
    index_name_unless(table, index, |name| relation_taken(schema, &table.schema, name))
}

/// The name that it gets when no other relation has it.
pub(super) fn first_index_name(table: &Key, index: &Index) -> String {
    index_name_unless(table, index, |_| false)
}

fn index_name_unless(table: &Key, index: &Index, taken: impl Fn(&str) -> bool) -> String {
    let mut names: Vec<String> = Vec::new();
    for key in &index.keys {
        let base = key_name(key);
        let mut name = base.clone();
        let mut pass = 0;
        while names.contains(&name) {
            pass += 1;
            name = format!("{base}{pass}");
        }
        names.push(name);
    }
    names.extend(index.include.iter().cloned());
    // CREATE UNIQUE INDEX too gives …_idx; …_key is for constraints.
    choose(&table.name, &columns_part(names.iter().map(String::as_str)), "idx", taken)
}

fn key_name(key: &IndexKey) -> String {
    match &key.part {
        KeyPart::Column(column) => column.clone(),
        KeyPart::Expr(expr) => expression_name(&expr.0),
    }
}

/// What PostgreSQL calls an expression column: the outermost function's name, else `expr`.
fn expression_name(expr: &str) -> String {
    called(expr).unwrap_or_else(|| "expr".to_owned())
}

/// The function of which an expression is one call, without its schema.
pub(super) fn called(expr: &str) -> Option<String> {
    let trimmed = expr.trim();
    let name: String = trimmed.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '.')).collect();
    let rest = trimmed[name.len()..].trim_start();
    let whole_call = rest.starts_with('(') && closes_at_end(rest);
    match name.rsplit('.').next() {
        Some(function) if whole_call && !function.is_empty() => Some(function.to_lowercase()),
        _ => None,
    }
}

/// Whether the parenthesis that `text` opens with is closed by its last character.
fn closes_at_end(text: &str) -> bool {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1 == text.len();
                }
            }
            _ => {}
        }
    }
    false
}

/// The extension that brings a type. Source: the control and script files of the extensions named.
pub(super) fn extension_of_type(name: &str) -> Option<&'static str> {
    Some(match name {
        "citext" => "citext",
        "hstore" => "hstore",
        "ltree" | "lquery" | "ltxtquery" => "ltree",
        "cube" => "cube",
        "seg" => "seg",
        "isbn" | "isbn13" | "ean13" | "issn" | "upc" => "isn",
        "vector" | "halfvec" | "sparsevec" => "vector",
        "geometry" | "geography" | "box2d" | "box3d" => "postgis",
        "gbtreekey4" | "gbtreekey8" => "btree_gist",
        "intset" | "query_int" => "intarray",
        _ => return None,
    })
}

/// The extension that brings a function.
pub(super) fn extension_of_function(name: &str) -> Option<&'static str> {
    Some(match name {
        "uuid_generate_v1" | "uuid_generate_v1mc" | "uuid_generate_v3" | "uuid_generate_v4" | "uuid_generate_v5"
        | "uuid_nil" => "uuid-ossp",
        "gen_random_bytes" | "crypt" | "gen_salt" | "digest" | "hmac" | "pgp_sym_encrypt" | "pgp_sym_decrypt" => {
            "pgcrypto"
        }
        "unaccent" => "unaccent",
        "similarity" | "word_similarity" | "strict_word_similarity" | "show_trgm" => "pg_trgm",
        "levenshtein" | "soundex" | "metaphone" | "dmetaphone" => "fuzzystrmatch",
        "earth_distance" | "ll_to_earth" | "earth_box" => "earthdistance",
        _ => return None,
    })
}

/// The extension that brings an operator class.
pub(super) fn extension_of_operator_class(name: &str) -> Option<&'static str> {
    Some(match name {
        "gin_trgm_ops" | "gist_trgm_ops" => "pg_trgm",
        "gin_hstore_ops" | "gist_hstore_ops" => "hstore",
        "gist_ltree_ops" => "ltree",
        "gin__int_ops" | "gist__int_ops" | "gist__intbig_ops" => "intarray",
        "vector_l2_ops" | "vector_ip_ops" | "vector_cosine_ops" | "halfvec_l2_ops" | "halfvec_cosine_ops" => "vector",
        _ => return None,
    })
}
