//! What each operation is called, for counting and for people.

use super::{Grantable, Op, Step};

impl Op {
    /// What a statement of a script throws that does nothing else, in words: it is kept where a run came to it and could
    /// not go on.
    pub fn throws(&self) -> Option<&str> {
        let Op::Code { source, why, .. } = self else { return None };
        let is_word = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || matches!(next, '_' | '$'));
        let throws = source.strip_prefix("throw").is_some_and(is_word) || source.starts_with("return Promise.reject(");
        throws.then_some(why.as_str())
    }

    /// Whether it makes or changes roles and the like and touches nothing in the database, under conditions or not.
    pub fn is_about_server(&self) -> bool {
        match self {
            Op::When { then, otherwise, .. } => then.iter().chain(otherwise).all(|step| step.op.is_about_server()),
            Op::Attempt { steps, .. } => steps.iter().all(|step| step.op.is_about_server()),
            Op::Define { definition, .. } => definition.object.kind.is_of_server(),
            Op::AlterDefinition { object, .. } => object.kind.is_of_server(),
            Op::Grant { grant } | Op::Revoke { grant, .. } => matches!(grant.on, Grantable::Roles(_)),
            Op::Query { .. } | Op::Maintenance { .. } => true,
            _ => false,
        }
    }

    /// The word by which an operation is known in JSON too: `create_table`.
    pub fn kind(&self) -> &'static str {
        match self {
            Op::CreateTable { .. } => "create_table",
            Op::AlterTable { .. } => "alter_table",
            Op::AddColumn { .. } => "add_column",
            Op::AlterColumn { .. } => "alter_column",
            Op::DropColumn { .. } => "drop_column",
            Op::RenameColumn { .. } => "rename_column",
            Op::AddConstraint { .. } => "add_constraint",
            Op::ValidateConstraint { .. } => "validate_constraint",
            Op::AlterConstraint { .. } => "alter_constraint",
            Op::DropConstraint { .. } => "drop_constraint",
            Op::RenameConstraint { .. } => "rename_constraint",
            Op::CreateIndex { .. } => "create_index",
            Op::AlterIndex { .. } => "alter_index",
            Op::AttachIndex { .. } => "attach_index",
            Op::CreateView { .. } => "create_view",
            Op::RefreshView { .. } => "refresh_view",
            Op::CreateEnum { .. } => "create_enum",
            Op::AddEnumValue { .. } => "add_enum_value",
            Op::RenameEnumValue { .. } => "rename_enum_value",
            Op::CreateDomain { .. } => "create_domain",
            Op::AlterDomain { .. } => "alter_domain",
            Op::CreateComposite { .. } => "create_composite",
            Op::AlterComposite { .. } => "alter_composite",
            Op::CreateSequence { .. } => "create_sequence",
            Op::AlterSequence { .. } => "alter_sequence",
            Op::CreateRoutine { .. } => "create_routine",
            Op::AlterRoutine { .. } => "alter_routine",
            Op::CreateTrigger { .. } => "create_trigger",
            Op::CreatePolicy { .. } => "create_policy",
            Op::AlterPolicy { .. } => "alter_policy",
            Op::CreateSchema { .. } => "create_schema",
            Op::CreateExtension { .. } => "create_extension",
            Op::AlterExtension { .. } => "alter_extension",
            Op::CreatePublication { .. } => "create_publication",
            Op::AlterPublication { .. } => "alter_publication",
            Op::Define { .. } => "define",
            Op::AlterDefinition { .. } => "alter_definition",
            Op::Drop { .. } => "drop",
            Op::Rename { .. } => "rename",
            Op::SetSchema { .. } => "set_schema",
            Op::SetOwner { .. } => "set_owner",
            Op::Comment { .. } => "comment",
            Op::Grant { grant } | Op::Revoke { grant, .. } if matches!(grant.on, Grantable::Future { .. }) => {
                "default_privileges"
            }
            Op::Grant { .. } => "grant",
            Op::Revoke { .. } => "revoke",
            Op::Insert { .. } => "insert",
            Op::Update { .. } => "update",
            Op::Delete { .. } => "delete",
            Op::Truncate { .. } => "truncate",
            Op::Write { .. } => "write",
            Op::Query { .. } => "query",
            Op::SetParameter { .. } => "set_parameter",
            Op::Transaction { .. } => "transaction",
            Op::Maintenance { .. } => "maintenance",
            Op::When { .. } => "when",
            Op::Attempt { .. } => "attempt",
            Op::Call { .. } => "call",
            Op::Code { .. } => "code",
            Op::ByRows { .. } => "by_rows",
            Op::Sql { .. } => "sql",
        }
    }

    /// Whether something holds for it or for a step inside of it.
    pub fn any(&self, holds: &dyn Fn(&Op) -> bool) -> bool {
        let inner = |steps: &[Step]| steps.iter().any(|step| step.op.any(holds));
        holds(self)
            || match self {
                Op::When { then, otherwise, .. } => inner(then) || inner(otherwise),
                Op::Attempt { steps, .. } | Op::Call { then: steps, .. } | Op::ByRows { steps, .. } => inner(steps),
                _ => false,
            }
    }

    /// Whether all of it is understood; not so for [`Op::Sql`] and [`Op::Code`], and what holds one.
    pub fn is_typed(&self) -> bool {
        let all = |steps: &[Step]| steps.iter().all(|step| step.op.is_typed());
        if let Op::When { then, otherwise, .. } = self {
            return all(then) && all(otherwise);
        }
        if let Op::Attempt { steps, .. } = self {
            return all(steps);
        }
        if let Op::Call { then: steps, .. } | Op::ByRows { steps, .. } = self {
            return all(steps);
        }
        !matches!(self, Op::Sql { .. } | Op::Code { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_the_word_in_json() {
        let op = Op::CreateSchema { name: "a".into(), if_not_exists: false, owner: None };
        let json = serde_json::to_value(&op).map(|value| value["op"].clone());
        assert_eq!(json.ok(), Some(serde_json::Value::from(op.kind())));
        assert!(op.is_typed());
        let sql = Op::Sql { sql: "x".into(), why: "y".into() };
        assert_eq!(sql.kind(), "sql");
        let held = Op::Attempt { steps: vec![crate::ir::Step::new(sql, Default::default())], unless: Vec::new() };
        assert!(!held.is_typed());
    }
}
