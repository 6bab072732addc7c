//! The schema that bare names mean. Prisma sets the search path from the connection string, which a repository seldom
//! holds; but where it is not `public`, the statements themselves show it.

use crate::ir::{Migration, Name, ObjectKind, ObjectRef, Op, Step};
use std::collections::BTreeSet;

/// `public`, unless the history creates its objects in exactly one other schema that it never creates itself: that one
/// must have been there, so it is the one that Prisma was pointed at.
pub(super) fn default_schema(base: &[Step], migrations: &[Migration]) -> String {
    let mut seen = Seen::default();
    for step in base.iter().chain(migrations.iter().flat_map(|migration| &migration.up.steps)) {
        seen.step(step);
    }
    let mut left = seen.used.difference(&seen.created);
    match (left.next(), left.next()) {
        (Some(only), None) if seen.holding.contains(*only) => (*only).to_owned(),
        _ => "public".to_owned(),
    }
}

#[derive(Default)]
struct Seen<'a> {
    /// Schemas used as a qualifier, but for `public` and the system's own.
    used: BTreeSet<&'a str>,
    /// Schemas in which something is created.
    holding: BTreeSet<&'a str>,
    /// Schemas that the history creates, or gives their name.
    created: BTreeSet<&'a str>,
}

impl<'a> Seen<'a> {
    fn name(&mut self, name: &'a Name) {
        if let Some(schema) = name.schema.as_deref()
            && schema != "public"
            && schema != "information_schema"
            && !schema.starts_with("pg_")
        {
            self.used.insert(schema);
        }
    }

    fn creates(&mut self, name: &'a Name) {
        self.name(name);
        self.holding.extend(name.schema.as_deref());
    }

    fn object(&mut self, object: &'a ObjectRef) {
        self.name(object.on.as_ref().unwrap_or(&object.name));
    }

    fn step(&mut self, step: &'a Step) {
        match &step.op {
            Op::CreateTable { table, .. } => self.creates(&table.name),
            Op::CreateView { view, .. } => self.creates(&view.name),
            Op::CreateEnum { definition } => self.creates(&definition.name),
            Op::CreateDomain { domain } => self.creates(&domain.name),
            Op::CreateComposite { composite } => self.creates(&composite.name),
            Op::CreateSequence { sequence, .. } => self.creates(&sequence.name),
            Op::CreateRoutine { routine, .. } => self.creates(&routine.name),
            Op::CreateSchema { name, .. } => drop(self.created.insert(name)),
            Op::CreateExtension { extension, .. } => self.created.extend(extension.schema.as_deref()),
            Op::SetSchema { object, schema, .. } => {
                self.object(object);
                self.used.insert(schema);
            }
            Op::AlterTable { on, .. }
            | Op::AddColumn { on, .. }
            | Op::AlterColumn { on, .. }
            | Op::DropColumn { on, .. }
            | Op::RenameColumn { on, .. }
            | Op::AddConstraint { on, .. }
            | Op::ValidateConstraint { on, .. }
            | Op::AlterConstraint { on, .. }
            | Op::DropConstraint { on, .. }
            | Op::RenameConstraint { on, .. } => self.name(&on.table),
            Op::CreateIndex { index, .. } => self.name(&index.table),
            Op::AlterIndex { name, .. }
            | Op::AttachIndex { name, .. }
            | Op::RefreshView { name, .. }
            | Op::AddEnumValue { name, .. }
            | Op::RenameEnumValue { name, .. }
            | Op::AlterDomain { name, .. }
            | Op::AlterComposite { name, .. }
            | Op::AlterSequence { name, .. } => self.name(name),
            Op::CreateTrigger { trigger, .. } => self.name(&trigger.table),
            Op::CreatePolicy { policy } | Op::AlterPolicy { policy } => self.name(&policy.table),
            Op::Rename { object, to, .. } if object.kind == ObjectKind::Schema => drop(self.created.insert(to)),
            Op::AlterRoutine { object, .. }
            | Op::AlterDefinition { object, .. }
            | Op::Drop { object, .. }
            | Op::Rename { object, .. }
            | Op::SetOwner { object, .. }
            | Op::Comment { object, .. } => self.object(object),
            Op::Define { definition, .. } => self.object(&definition.object),
            Op::Insert { insert } => self.name(&insert.table),
            Op::Update { write } | Op::Delete { write } | Op::Write { write } => {
                for write in &write.writes {
                    self.name(&write.table);
                }
            }
            Op::Truncate { tables, .. } => {
                for table in tables {
                    self.name(table);
                }
            }
            Op::When { then, otherwise, .. } => {
                for step in then.iter().chain(otherwise) {
                    self.step(step);
                }
            }
            Op::Attempt { steps, .. } | Op::Call { then: steps, .. } | Op::ByRows { steps, .. } => {
                for step in steps {
                    self.step(step);
                }
            }
            Op::AlterExtension { .. }
            | Op::CreatePublication { .. }
            | Op::AlterPublication { .. }
            | Op::Grant { .. }
            | Op::Revoke { .. }
            | Op::Query { .. }
            | Op::SetParameter { .. }
            | Op::Transaction { .. }
            | Op::Maintenance { .. }
            | Op::Code { .. }
            | Op::Sql { .. } => {}
        }
    }
}
