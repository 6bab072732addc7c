//! The words that cannot be names, from `src/include/parser/kwlist.h` of PostgreSQL 17. All other keywords can.

/// Words that name nothing unless quoted.
#[rustfmt::skip] // a table
const RESERVED: &[&str] = &[
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "both", "case", "cast", "check",
    "collate", "column", "constraint", "create", "current_catalog", "current_date", "current_role", "current_time",
    "current_timestamp", "current_user", "default", "deferrable", "desc", "distinct", "do", "else", "end", "except",
    "false", "fetch", "for", "foreign", "from", "grant", "group", "having", "in", "initially", "intersect", "into",
    "lateral", "leading", "limit", "localtime", "localtimestamp", "not", "null", "offset", "on", "only", "or",
    "order", "placing", "primary", "references", "returning", "select", "session_user", "some", "symmetric",
    "system_user", "table", "then", "to", "trailing", "true", "union", "unique", "user", "using", "variadic", "when",
    "where", "window", "with",
];

/// Words that name functions and types, but no columns and tables.
#[rustfmt::skip] // a table
const TYPE_OR_FUNCTION: &[&str] = &[
    "authorization", "binary", "collation", "concurrently", "cross", "current_schema", "freeze", "full", "ilike",
    "inner", "is", "isnull", "join", "left", "like", "natural", "notnull", "outer", "overlaps", "right", "similar",
    "tablesample", "verbose",
];

/// Whether a folded word is reserved for everything.
pub(super) fn is_reserved(word: &str) -> bool {
    RESERVED.binary_search(&word).is_ok()
}

/// Whether a folded word is reserved for all but functions and types.
pub(super) fn is_type_or_function(word: &str) -> bool {
    TYPE_OR_FUNCTION.binary_search(&word).is_ok()
}

/// Whether a folded word means something else when it is not quoted.
pub(crate) fn is_keyword(word: &str) -> bool {
    is_reserved(word) || is_type_or_function(word)
}
