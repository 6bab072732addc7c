//! The comment above each statement, in the words that Prisma's own generator uses where it has some.

use crate::ir::{ConstraintKind, Grantable, ObjectKind, Op, TableChange};

/// `CreateTable`, `AddForeignKey`, `DropIndex` and the like.
pub fn heading(op: &Op) -> String {
    let text = match op {
        Op::CreateTable { .. } => "CreateTable",
        Op::AlterTable { change: TableChange::RowSecurity { .. } | TableChange::ForceRowSecurity { .. }, .. } => {
            "AlterRowSecurity"
        }
        Op::AlterTable { .. }
        | Op::AddColumn { .. }
        | Op::AlterColumn { .. }
        | Op::DropColumn { .. }
        | Op::RenameColumn { .. } => "AlterTable",
        Op::AddConstraint { constraint, .. } => match constraint.kind {
            ConstraintKind::ForeignKey(_) => "AddForeignKey",
            ConstraintKind::PrimaryKey(_)
            | ConstraintKind::Unique(_)
            | ConstraintKind::Check { .. }
            | ConstraintKind::Exclusion(_) => "AddConstraint",
        },
        Op::ValidateConstraint { .. } => "ValidateConstraint",
        Op::AlterConstraint { .. } => "AlterConstraint",
        Op::DropConstraint { .. } => "DropConstraint",
        Op::RenameConstraint { .. } => "RenameConstraint",
        Op::CreateIndex { .. } => "CreateIndex",
        Op::AlterIndex { .. } | Op::AttachIndex { .. } => "AlterIndex",
        Op::CreateView { .. } => "CreateView",
        Op::RefreshView { .. } => "RefreshView",
        Op::CreateEnum { .. } => "CreateEnum",
        Op::AddEnumValue { .. } | Op::RenameEnumValue { .. } => "AlterEnum",
        Op::CreateDomain { .. } => "CreateDomain",
        Op::AlterDomain { .. } => "AlterDomain",
        Op::CreateComposite { .. } => "CreateType",
        Op::AlterComposite { .. } => "AlterType",
        Op::CreateSequence { .. } => "CreateSequence",
        Op::AlterSequence { .. } => "AlterSequence",
        Op::CreateRoutine { .. } => "CreateFunction",
        Op::AlterRoutine { .. } => "AlterFunction",
        Op::CreateTrigger { .. } => "CreateTrigger",
        Op::CreatePolicy { .. } => "CreatePolicy",
        Op::AlterPolicy { .. } => "AlterPolicy",
        Op::CreateSchema { .. } => "CreateSchema",
        Op::CreateExtension { .. } => "CreateExtension",
        Op::AlterExtension { .. } => "AlterExtension",
        Op::CreatePublication { .. } => "CreatePublication",
        Op::AlterPublication { .. } => "AlterPublication",
        Op::Define { definition, .. } => return named("Create", definition.object.kind),
        Op::AlterDefinition { object, .. } => return named("Alter", object.kind),
        Op::Drop { object, .. } => return named("Drop", object.kind),
        Op::Rename { object, .. } => return named("Rename", object.kind),
        Op::SetSchema { object, .. } | Op::SetOwner { object, .. } => return named("Alter", object.kind),
        Op::Comment { .. } => "Comment",
        Op::Grant { grant } | Op::Revoke { grant, .. } if matches!(grant.on, Grantable::Future { .. }) => {
            "AlterDefaultPrivileges"
        }
        Op::Grant { .. } => "Grant",
        Op::Revoke { .. } => "Revoke",
        Op::Insert { .. } => "InsertRows",
        Op::Update { .. } => "UpdateRows",
        Op::Delete { .. } => "DeleteRows",
        Op::Truncate { .. } => "TruncateTable",
        Op::Write { .. } | Op::ByRows { .. } => "WriteRows",
        Op::Query { sql } if sql.starts_with("DO ") => "CheckRows",
        Op::Query { .. } => "Query",
        Op::SetParameter { .. } => "SetParameter",
        Op::Transaction { .. } => "Transaction",
        Op::Maintenance { .. } => "Maintenance",
        Op::When { .. } | Op::Attempt { .. } => "Guarded",
        Op::Call { .. } | Op::Code { .. } | Op::Sql { .. } => "Sql",
    };
    text.to_owned()
}

/// Whether a comment is one that Prisma's generator puts above each statement: `CreateTable`, `RenameForeignKey`.
pub fn is_heading(note: &str) -> bool {
    const VERBS: [&str; 6] = ["Add", "Alter", "Create", "Drop", "Redefine", "Rename"];
    const NOUNS: [&str; 15] = [
        "Column",
        "Constraint",
        "Enum",
        "Extension",
        "ForeignKey",
        "Function",
        "Index",
        "PrimaryKey",
        "Procedure",
        "Schema",
        "Table",
        "Tables",
        "Type",
        "UserDefinedType",
        "View",
    ];
    VERBS.iter().any(|verb| note.strip_prefix(verb).is_some_and(|noun| NOUNS.contains(&noun)))
}

/// A verb and a kind of object as one word: `DropMaterializedView`. Prisma calls a type that it drops an enum, because
/// it makes no others; we cannot know, and say `DropType`.
fn named(verb: &str, kind: ObjectKind) -> String {
    let mut text = verb.to_owned();
    for word in kind.keywords().split(' ') {
        let (first, rest) = word.split_at(1); // keywords are ASCII and not empty
        text.push_str(first);
        text.push_str(&rest.to_lowercase());
    }
    text
}
