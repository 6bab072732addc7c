//! The types that every PostgreSQL database has, by all the names that they go by.

/// Words of the grammar, which name a type only when they are not quoted.
#[rustfmt::skip] // a table
const WORDS: &[(&str, &str)] = &[
    ("bigint", "bigint"), ("boolean", "boolean"), ("dec", "numeric"), ("decimal", "numeric"), ("float", "float"),
    ("int", "integer"), ("integer", "integer"), ("real", "real"), ("smallint", "smallint"),
];

/// Names in `pg_type` that `format_type` shows under another one.
#[rustfmt::skip] // a table
const ALIASES: &[(&str, &str)] = &[
    ("bool", "boolean"), ("char", "\"char\""), ("float4", "real"), ("float8", "double precision"),
    ("int2", "smallint"), ("int4", "integer"), ("int8", "bigint"), ("time", "time without time zone"),
    ("timestamp", "timestamp without time zone"), ("timestamptz", "timestamp with time zone"),
    ("timetz", "time with time zone"), ("varbit", "bit varying"), ("varchar", "character varying"),
];

/// The other types of `pg_catalog` (PostgreSQL 17, `src/include/catalog/pg_type.dat`), without arrays and the
/// catalogs' own row types.
#[rustfmt::skip] // a table
const TYPES: &[&str] = &[
    "aclitem", "any", "anyarray", "anycompatible", "anycompatiblearray", "anycompatiblemultirange",
    "anycompatiblenonarray", "anycompatiblerange", "anyelement", "anyenum", "anymultirange", "anynonarray",
    "anyrange", "bit", "box", "bpchar", "bytea", "cid", "cidr", "circle", "cstring", "date", "datemultirange",
    "daterange", "event_trigger", "fdw_handler", "gtsvector", "index_am_handler", "inet", "int2vector",
    "int4multirange", "int4range", "int8multirange", "int8range", "internal", "interval", "json", "jsonb",
    "jsonpath", "language_handler", "line", "lseg", "macaddr", "macaddr8", "money", "name", "numeric", "nummultirange",
    "numrange", "oid", "oidvector", "path", "pg_brin_bloom_summary", "pg_brin_minmax_multi_summary",
    "pg_ddl_command", "pg_dependencies", "pg_lsn", "pg_mcv_list", "pg_ndistinct", "pg_node_tree", "pg_snapshot",
    "point", "polygon", "record", "refcursor", "regclass", "regcollation", "regconfig", "regdictionary",
    "regnamespace", "regoper", "regoperator", "regproc", "regprocedure", "regrole", "regtype", "table_am_handler",
    "text", "tid", "trigger", "tsm_handler", "tsmultirange", "tsquery", "tsrange", "tstzmultirange", "tstzrange",
    "tsvector", "txid_snapshot", "unknown", "uuid", "void", "xid", "xid8", "xml",
];

/// The canonical name of a type that the database itself has. `word` when the name was written without quotes.
pub(super) fn canonical(name: &str, word: bool) -> Option<&'static str> {
    let find = |list: &[(&str, &'static str)]| list.iter().find(|(alias, _)| *alias == name).map(|(_, to)| *to);
    let by_word = if word { find(WORDS) } else { None };
    by_word.or_else(|| find(ALIASES)).or_else(|| TYPES.binary_search(&name).ok().map(|n| TYPES[n]))
}

/// Whether a folded name is a type of the database itself.
pub(super) fn is_builtin(name: &str) -> bool {
    canonical(name, true).is_some()
}

/// The canonical name of a type of the database itself that was written without quotes, folded.
pub(crate) fn builtin_type(name: &str) -> Option<&'static str> {
    canonical(name, true)
}
