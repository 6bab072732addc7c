//! Indexes.

use super::text::{ident, idents, is_call, join, name, options, parens, plain, sealed};
use crate::ir::{Index, IndexKey, KeyPart, Name, NullsOrder, SortOrder};

/// `CREATE INDEX …`.
pub(super) fn create(index: &Index, if_not_exists: bool, concurrently: bool) -> String {
    let mut out = String::from("CREATE ");
    out += if index.unique { "UNIQUE INDEX " } else { "INDEX " };
    out += if concurrently { "CONCURRENTLY " } else { "" };
    out += if if_not_exists { "IF NOT EXISTS " } else { "" };
    if let Some(name) = &index.name {
        out += &format!("{} ", ident(name));
    }
    out += &format!("ON {}{}", if index.only { "ONLY " } else { "" }, name(&index.table));
    if let Some(method) = &index.method {
        out += &format!(" USING {} ", spelling(method));
    }
    out += &format!("({})", join(&index.keys, key));
    if !index.include.is_empty() {
        out += &format!(" INCLUDE ({})", idents(&index.include));
    }
    if index.nulls_not_distinct {
        out += " NULLS NOT DISTINCT";
    }
    if !index.with.is_empty() {
        out += &format!(" WITH {}", options(&index.with));
    }
    if let Some(tablespace) = &index.tablespace {
        out += &format!(" TABLESPACE {}", ident(tablespace));
    }
    if let Some(predicate) = &index.predicate {
        out += &format!(" WHERE {}", sealed(&predicate.0));
    }
    out
}

/// `ALTER INDEX … SET (…), RESET (…)`.
pub(super) fn alter(index: &Name, set: &[(String, String)], if_exists: bool) -> String {
    let (reset, set): (Vec<_>, Vec<_>) = set.iter().cloned().partition(|(_, value)| value.is_empty());
    let mut actions = Vec::new();
    if !set.is_empty() {
        actions.push(format!("SET {}", options(&set)));
    }
    if !reset.is_empty() {
        actions.push(format!("RESET {}", options(&reset)));
    }
    format!("ALTER INDEX {}{} {}", super::reference::if_exists(if_exists), name(index), actions.join(", "))
}

/// One key of an index or exclusion constraint.
pub(super) fn key(key: &IndexKey) -> String {
    let mut out = match &key.part {
        KeyPart::Column(column) => ident(column),
        KeyPart::Expr(expr) if is_call(&expr.0) => expr.0.clone(),
        KeyPart::Expr(expr) => parens(&expr.0),
    };
    if let Some(collation) = &key.collation {
        out += &format!(" COLLATE {}", name(collation));
    }
    if let Some(class) = &key.operator_class {
        out += &format!(" {class}");
    }
    out += match key.order {
        Some(SortOrder::Asc) => " ASC",
        Some(SortOrder::Desc) => " DESC",
        None => "",
    };
    out += match key.nulls {
        Some(NullsOrder::First) => " NULLS FIRST",
        Some(NullsOrder::Last) => " NULLS LAST",
        None => "",
    };
    out
}

/// An access method; Prisma Migrate writes the built-in ones in upper case.
fn spelling(method: &str) -> String {
    match method {
        "btree" | "hash" | "gist" | "gin" | "spgist" | "brin" => method.to_ascii_uppercase(),
        _ => plain(method),
    }
}
