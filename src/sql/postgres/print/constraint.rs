//! Table constraints.

use super::index::key;
use super::text::{ident, idents, join, name, parens, plain, sealed};
use crate::ir::{Constraint, ConstraintKind, Deferrable, Exclusion, ForeignKey, KeyColumns, Match, ReferentialAction};

/// `CONSTRAINT name …`, as `CREATE TABLE` and `ADD` take it.
pub(super) fn definition(constraint: &Constraint) -> String {
    let mut out = constraint.name.as_ref().map_or(String::new(), |name| format!("CONSTRAINT {} ", ident(name)));
    out += &match &constraint.kind {
        ConstraintKind::PrimaryKey(key) => format!("PRIMARY KEY{}", key_columns(key)),
        ConstraintKind::Unique(key) => format!("UNIQUE{}", key_columns(key)),
        ConstraintKind::ForeignKey(key) => foreign_key(key),
        ConstraintKind::Check { expr, no_inherit, column: _ } => {
            format!("CHECK {}{}", parens(&expr.0), if *no_inherit { " NO INHERIT" } else { "" })
        }
        ConstraintKind::Exclusion(exclusion) => exclude(exclusion),
    };
    if constraint.deferrable != Deferrable::No {
        out += &format!(" {}", deferrability(constraint.deferrable));
    }
    if constraint.not_valid {
        out += " NOT VALID";
    }
    out
}

/// When a constraint is checked.
pub(super) fn deferrability(deferrable: Deferrable) -> &'static str {
    match deferrable {
        Deferrable::No => "NOT DEFERRABLE",
        Deferrable::Immediate => "DEFERRABLE INITIALLY IMMEDIATE",
        Deferrable::Deferred => "DEFERRABLE INITIALLY DEFERRED",
    }
}

/// What stands behind `PRIMARY KEY` or `UNIQUE`.
fn key_columns(key: &KeyColumns) -> String {
    if let Some(index) = &key.using_index {
        return format!(" USING INDEX {}", ident(index));
    }
    let mut out = String::new();
    if key.nulls_not_distinct {
        out += " NULLS NOT DISTINCT";
    }
    out += &format!(" ({})", idents(&key.columns));
    if !key.include.is_empty() {
        out += &format!(" INCLUDE ({})", idents(&key.include));
    }
    if let Some(with) = &key.with {
        out += &format!(" WITH {}", parens(with));
    }
    if let Some(tablespace) = &key.tablespace {
        out += &format!(" USING INDEX TABLESPACE {}", ident(tablespace));
    }
    out
}

/// A foreign key. Prisma Migrate writes both actions, the default ones too.
fn foreign_key(key: &ForeignKey) -> String {
    let mut out = format!("FOREIGN KEY ({}) REFERENCES {}", idents(&key.columns), name(&key.references));
    if !key.referenced.is_empty() {
        out += &format!("({})", idents(&key.referenced));
    }
    if key.matching == Match::Full {
        out += " MATCH FULL";
    }
    out + &format!(" ON DELETE {} ON UPDATE {}", action(&key.on_delete), action(&key.on_update))
}

/// A referential action.
fn action(action: &ReferentialAction) -> String {
    let of = |columns: &[String]| if columns.is_empty() { String::new() } else { format!(" ({})", idents(columns)) };
    match action {
        ReferentialAction::NoAction => "NO ACTION".into(),
        ReferentialAction::Restrict => "RESTRICT".into(),
        ReferentialAction::Cascade => "CASCADE".into(),
        ReferentialAction::SetNull(columns) => format!("SET NULL{}", of(columns)),
        ReferentialAction::SetDefault(columns) => format!("SET DEFAULT{}", of(columns)),
    }
}

/// An exclusion constraint.
fn exclude(exclusion: &Exclusion) -> String {
    let mut out = String::from("EXCLUDE");
    if let Some(method) = &exclusion.method {
        out += &format!(" USING {}", plain(method));
    }
    let elements =
        join(&exclusion.elements, |(element, operator)| format!("{} WITH {}", key(element), sealed(operator)));
    out += &format!(" ({elements})");
    if !exclusion.include.is_empty() {
        out += &format!(" INCLUDE ({})", idents(&exclusion.include));
    }
    if let Some(predicate) = &exclusion.predicate {
        out += &format!(" WHERE {}", parens(&predicate.0));
    }
    out
}
