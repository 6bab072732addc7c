//! Settings and transactions.

use super::atom;
use crate::ir::Op;
use crate::sql::cursor::{Cursor, Parse};

/// The words that start a statement about the transaction.
pub(super) const TRANSACTION: &[&str] = &["BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"];

/// The settings that a connection has to itself. Source: the SQLite documentation's list of pragmas, 3.50.
const OF_THE_CONNECTION: &[&str] = &[
    "analysis_limit",
    "automatic_index",
    "busy_timeout",
    "cache_size",
    "cache_spill",
    "case_sensitive_like",
    "cell_size_check",
    "checkpoint_fullfsync",
    "defer_foreign_keys",
    "foreign_keys",
    "fullfsync",
    "hard_heap_limit",
    "ignore_check_constraints",
    "locking_mode",
    "mmap_size",
    "query_only",
    "read_uncommitted",
    "recursive_triggers",
    "reverse_unordered_selects",
    "secure_delete",
    "soft_heap_limit",
    "synchronous",
    "temp_store",
    "threads",
    "trusted_schema",
];

/// What only asks, or tidies.
const HARMLESS: &[&str] = &[
    "collation_list",
    "compile_options",
    "database_list",
    "foreign_key_check",
    "foreign_key_list",
    "freelist_count",
    "function_list",
    "incremental_vacuum",
    "index_info",
    "index_list",
    "index_xinfo",
    "integrity_check",
    "module_list",
    "optimize",
    "page_count",
    "pragma_list",
    "quick_check",
    "shrink_memory",
    "table_info",
    "table_list",
    "table_xinfo",
    "wal_checkpoint",
];

/// From behind `PRAGMA`.
pub(super) fn pragma(c: &mut Cursor<'_>) -> Parse<Op> {
    let sql = c.sql();
    let mut name = atom::name(c)?;
    if c.eat_mark(".") {
        name = atom::name(c)?;
    }
    let name = name.to_ascii_lowercase();
    if HARMLESS.contains(&name.as_str()) {
        return Ok(Op::Maintenance { sql });
    }
    if c.at_end() {
        return Ok(Op::Query { sql });
    }
    if !OF_THE_CONNECTION.contains(&name.as_str()) {
        return Err(c.refuse(format!("PRAGMA {name} sets what is kept in the database itself")));
    }
    let value = if c.eat_mark("=") { c.rest() } else { c.parens()? };
    let value = value.value()?;
    Ok(Op::SetParameter { name, value: Some(value), local: false, sql })
}
