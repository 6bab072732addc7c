//! Domains.

use super::constraint;
use super::reference::{behaviour, if_exists};
use super::text::{ident, name, restricted, sealed};
use super::types::data_type;
use crate::ir::{Constraint, Domain, DomainChange, Name};

/// `CREATE DOMAIN …`. Its grammar has no `NOT VALID`, so such a check is added by a statement of its own.
pub(super) fn create(domain: &Domain) -> String {
    let mut out = format!("CREATE DOMAIN {} AS {}", name(&domain.name), data_type(&domain.data_type));
    if let Some(collation) = &domain.collation {
        out += &format!(" COLLATE {}", name(collation));
    }
    if let Some(default) = &domain.default {
        out += &format!(" DEFAULT {}", restricted(default));
    }
    if domain.not_null {
        out += " NOT NULL";
    }
    let (later, checks): (Vec<_>, Vec<_>) = domain.checks.iter().partition(|check| check.not_valid);
    for check in checks {
        out += &format!(" {}", constraint::definition(check));
    }
    for check in later {
        out += &format!(";\n{}", add(&domain.name, check));
    }
    out
}

/// `ALTER DOMAIN …`.
pub(super) fn alter(domain: &Name, change: &DomainChange) -> String {
    let action = match change {
        DomainChange::SetDefault(expr) => format!("SET DEFAULT {}", sealed(&expr.0)),
        DomainChange::DropDefault => "DROP DEFAULT".into(),
        DomainChange::SetNotNull => "SET NOT NULL".into(),
        DomainChange::DropNotNull => "DROP NOT NULL".into(),
        DomainChange::AddConstraint(check) => return add(domain, check),
        DomainChange::DropConstraint { name, if_exists: guard, behaviour: then } => {
            format!("DROP CONSTRAINT {}{}{}", if_exists(*guard), ident(name), behaviour(*then))
        }
        DomainChange::RenameConstraint { from, to } => format!("RENAME CONSTRAINT {} TO {}", ident(from), ident(to)),
        DomainChange::ValidateConstraint(name) => format!("VALIDATE CONSTRAINT {}", ident(name)),
    };
    format!("ALTER DOMAIN {} {action}", name(domain))
}

fn add(domain: &Name, check: &Constraint) -> String {
    format!("ALTER DOMAIN {} ADD {}", name(domain), constraint::definition(check))
}
