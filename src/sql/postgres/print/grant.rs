//! Privileges.

use super::reference::{behaviour, designation};
use super::text::{idents, join, role};
use crate::ir::{Behaviour, Grant, Grantable, ObjectKind, ObjectRef};

/// `GRANT …`.
pub(super) fn grant(grant: &Grant) -> String {
    let option = match (grant.grant_option, &grant.on) {
        (false, _) => "",
        (true, Grantable::Roles(_)) => " WITH ADMIN OPTION",
        (true, Grantable::Objects(_) | Grantable::AllInSchema { .. } | Grantable::Future { .. }) => {
            " WITH GRANT OPTION"
        }
    };
    let to = join(&grant.grantees, |name| role(name));
    each(grant, |what| format!("{}GRANT {what} TO {to}{option}{}", by_default(grant), granted_by(grant)))
}

/// `REVOKE …`.
pub(super) fn revoke(grant: &Grant, then: Behaviour) -> String {
    let option = match (grant.grant_option, &grant.on) {
        (false, _) => "",
        (true, Grantable::Roles(_)) => "ADMIN OPTION FOR ",
        (true, Grantable::Objects(_) | Grantable::AllInSchema { .. } | Grantable::Future { .. }) => "GRANT OPTION FOR ",
    };
    let from = join(&grant.grantees, |name| role(name));
    each(grant, |what| {
        let (head, by) = (by_default(grant), granted_by(grant));
        format!("{head}REVOKE {option}{what} FROM {from}{by}{}", behaviour(then))
    })
}

/// A statement for each kind of object, since one names objects of one kind only.
fn each(grant: &Grant, statement: impl Fn(String) -> String) -> String {
    let privileges = join(&grant.privileges, |(privilege, columns)| match columns.as_slice() {
        [] => privilege.clone(),
        columns => format!("{privilege} ({})", idents(columns)),
    });
    match &grant.on {
        Grantable::Roles(roles) => statement(join(roles, |name| role(name))),
        Grantable::AllInSchema { kind, schemas } => {
            statement(format!("{privileges} ON ALL {}S IN SCHEMA {}", kind.keywords(), idents(schemas)))
        }
        Grantable::Future { kind, .. } => statement(format!("{privileges} ON {}S", kind.keywords())),
        Grantable::Objects(objects) => objects
            .chunk_by(|a, b| keywords(a) == keywords(b))
            .map(|group| statement(format!("{privileges} ON {} {}", keywords(&group[0]), join(group, designation))))
            .collect::<Vec<_>>()
            .join(";\n"),
    }
}

/// The keywords for a kind of object in `GRANT`, which differ for some.
fn keywords(object: &ObjectRef) -> &'static str {
    match object.kind {
        ObjectKind::View | ObjectKind::MaterializedView | ObjectKind::ForeignTable => "TABLE",
        ObjectKind::Aggregate => "FUNCTION",
        ObjectKind::Server => "FOREIGN SERVER",
        kind => kind.keywords(),
    }
}

/// `ALTER DEFAULT PRIVILEGES … `, or nothing.
fn by_default(grant: &Grant) -> String {
    let Grantable::Future { schemas, roles, .. } = &grant.on else { return String::new() };
    let mut head = "ALTER DEFAULT PRIVILEGES ".to_owned();
    if !roles.is_empty() {
        head.push_str(&format!("FOR ROLE {} ", join(roles, |name| role(name))));
    }
    if !schemas.is_empty() {
        head.push_str(&format!("IN SCHEMA {} ", idents(schemas)));
    }
    head
}

/// ` GRANTED BY role`, or nothing.
fn granted_by(grant: &Grant) -> String {
    grant.granted_by.as_ref().map_or(String::new(), |by| format!(" GRANTED BY {}", role(by)))
}
