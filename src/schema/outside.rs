//! Objects outside the history: those in schemas that it never builds in, those of the server, publications and the like
//! that were made by hand. What the history does to them can be undone where that needs no former state; they are kept as
//! blanks that hold nothing but what the history put there.

use super::{Entry, GrantKey, Id, Object, Part, Schema, TableState, facet_changes, facets};
use crate::ir::{
    ConstraintKind, Definition, Grant, Grantable, Name, ObjectKind, ObjectRef, Op, Place, Publication,
    PublicationTable, Sequence, SequenceOptions, Table,
};
use std::sync::Arc;

/// Makes blanks of what an operation names outside the history. `Err` when undoing it would need to know what was there
/// before: why.
pub(super) fn prepare(schema: &mut Schema, op: &Op) -> Result<(), String> {
    match op {
        Op::CreateTable { table, .. } => {
            let keys = table.constraints.iter().filter_map(|constraint| match &constraint.kind {
                ConstraintKind::ForeignKey(key) => Some(&key.references),
                _ => None,
            });
            for name in keys.filter(|name| **name != table.name).collect::<Vec<_>>() {
                schema.blank_relation(name);
            }
        }
        Op::AddConstraint { on, constraint } => {
            schema.blank_relation(&on.table);
            if let ConstraintKind::ForeignKey(key) = &constraint.kind {
                schema.blank_relation(&key.references);
            }
        }
        Op::CreateTrigger { trigger, .. } => schema.blank_relation(&trigger.table),
        Op::CreatePolicy { policy } => schema.blank_relation(&policy.table),
        Op::CreateIndex { index, .. } => schema.blank_relation(&index.table),
        Op::AddColumn { on, .. } => schema.blank_relation(&on.table),
        Op::CreatePublication { publication } => published(schema, publication),
        Op::AlterPublication { action, publication } => return alter_publication(schema, action, publication),
        Op::DropColumn { on, column, .. } => return part(schema, on, Part::Column(column.clone())),
        Op::DropConstraint { on, name, .. }
        | Op::ValidateConstraint { on, name }
        | Op::AlterConstraint { on, name, .. }
        | Op::RenameConstraint { on, from: name, .. } => return part(schema, on, Part::Constraint(name.clone())),
        Op::AlterTable { on, .. } | Op::AlterColumn { on, .. } | Op::RenameColumn { on, .. } => {
            return part(schema, on, Part::Whole);
        }
        Op::AlterPolicy { policy } => {
            let object = ObjectRef::on(ObjectKind::Policy, &policy.name, policy.table.clone());
            return known(schema, &object);
        }
        Op::Drop { object, if_exists, .. } if *if_exists && facets::target(schema, object).is_none() => {}
        // Those of the server are undone elsewhere, or not.
        Op::AlterDefinition { object, .. } | Op::Drop { object, .. } | Op::Rename { object, .. }
            if object.kind.is_of_server() => {}
        Op::Rename { if_exists: true, .. } | Op::SetSchema { if_exists: true, .. } => {}
        Op::Drop { object, .. }
        | Op::Rename { object, .. }
        | Op::SetSchema { object, .. }
        | Op::SetOwner { object, .. }
        | Op::Comment { object, .. }
        | Op::AlterRoutine { object, .. }
        | Op::AlterDefinition { object, .. } => return known(schema, object),
        Op::AlterSequence { name, .. } => return known(schema, &ObjectRef::new(ObjectKind::Sequence, name.clone())),
        Op::AddEnumValue { name, .. } | Op::RenameEnumValue { name, .. } | Op::AlterComposite { name, .. } => {
            return known(schema, &ObjectRef::new(ObjectKind::Type, name.clone()));
        }
        Op::AlterDomain { name, .. } => return known(schema, &ObjectRef::new(ObjectKind::Domain, name.clone())),
        Op::AlterIndex { name, .. } => return known(schema, &ObjectRef::new(ObjectKind::Index, name.clone())),
        Op::RefreshView { name, .. } => {
            return known(schema, &ObjectRef::new(ObjectKind::MaterializedView, name.clone()));
        }
        Op::AlterExtension { name, .. } => {
            return known(schema, &ObjectRef::new(ObjectKind::Extension, Name::bare(name)));
        }
        Op::Grant { grant } => return granted(schema, grant),
        Op::Revoke { grant, .. } => return revoked(schema, grant),
        Op::CreateView { .. }
        | Op::CreateEnum { .. }
        | Op::CreateDomain { .. }
        | Op::CreateComposite { .. }
        | Op::CreateSequence { .. }
        | Op::CreateRoutine { .. }
        | Op::CreateSchema { .. }
        | Op::CreateExtension { .. }
        | Op::Define { .. }
        | Op::AttachIndex { .. }
        | Op::Insert { .. }
        | Op::Update { .. }
        | Op::Delete { .. }
        | Op::Truncate { .. }
        | Op::Write { .. }
        | Op::Query { .. }
        | Op::SetParameter { .. }
        | Op::Transaction { .. }
        | Op::Maintenance { .. }
        | Op::When { .. }
        | Op::Attempt { .. }
        | Op::Call { .. }
        | Op::Code { .. }
        | Op::ByRows { .. }
        | Op::Sql { .. } => {}
    }
    Ok(())
}

fn unknown(schema: &Schema, object: &ObjectRef) -> String {
    format!("what {object} was before is not known: {}", origin(schema, object))
}

/// Where something may come from that replay does not know.
fn origin(schema: &Schema, object: &ObjectRef) -> String {
    match schema.carried.maker(&object.on.as_ref().unwrap_or(&object.name).name) {
        Some(maker) => format!("a statement of {} whose effect is not known may have made it", maker.migration),
        None => "the history does not make it".to_owned(),
    }
}

/// An operation on a whole object needs to know what it was.
fn known(schema: &Schema, object: &ObjectRef) -> Result<(), String> {
    match facets::target(schema, object) {
        Some((id, _)) if schema.is_blank(&id) => Err(unknown(schema, object)),
        Some(_) => Ok(()),
        None if schema.may_be_outside(object) => Err(unknown(schema, object)),
        None => Ok(()),
    }
}

/// An operation on a part of a relation needs to know that part.
fn part(schema: &Schema, on: &Place, part: Part) -> Result<(), String> {
    let object = ObjectRef::new(ObjectKind::Table, on.table.clone());
    let named = |kind: ObjectKind, name: &str| unknown(schema, &ObjectRef::on(kind, name, on.table.clone()));
    let state = match schema.relation(&on.table) {
        Some(id) if !schema.is_blank(&id) => return Ok(()),
        None if on.if_exists || !schema.may_be_outside(&object) => return Ok(()),
        found => found.and_then(|id| schema.table(&id)),
    };
    match part {
        Part::Column(name) if state.is_some_and(|state| state.table.columns.iter().any(|c| c.name == name)) => Ok(()),
        Part::Constraint(name)
            if state.is_some_and(|state| state.table.constraints.iter().any(|c| c.name.as_ref() == Some(&name))) =>
        {
            Ok(())
        }
        Part::Column(name) => Err(named(ObjectKind::Column, &name)),
        Part::Constraint(name) => Err(named(ObjectKind::Constraint, &name)),
        Part::Default(_) | Part::Whole => Err(unknown(schema, &object)),
    }
}

fn published(schema: &mut Schema, publication: &Publication) {
    for PublicationTable { table, .. } in &publication.tables {
        schema.blank_relation(table);
    }
}

fn alter_publication(schema: &mut Schema, action: &str, change: &Publication) -> Result<(), String> {
    let id = Id::Publication(change.name.clone());
    let why = |schema: &Schema| unknown(schema, &ObjectRef::new(ObjectKind::Publication, Name::bare(&change.name)));
    if !schema.has(&id) {
        if action != "ADD" {
            return Err(why(schema));
        }
        let publication = Publication {
            name: change.name.clone(),
            all_tables: false,
            tables: Vec::new(),
            schemas: Vec::new(),
            with: Vec::new(),
        };
        schema.put_blank(id.clone(), Object::Publication(publication));
    }
    published(schema, change);
    if !schema.is_blank(&id) || action == "ADD" {
        return Ok(());
    }
    let Some(Object::Publication(found)) = schema.get(&id).map(|entry| &entry.object) else { return Ok(()) };
    let has = |name: &Name| found.tables.iter().any(|member| schema.home(&member.table) == schema.home(name));
    let all = change.tables.iter().all(|member| has(&member.table))
        && change.schemas.iter().all(|name| found.schemas.contains(name));
    if action == "DROP" && all { Ok(()) } else { Err(why(schema)) }
}

/// What is granted can be taken back; what else there is does not matter.
fn granted(schema: &mut Schema, grant: &Grant) -> Result<(), String> {
    let objects = match &grant.on {
        Grantable::Objects(objects) => objects,
        on => return all_known(schema, on),
    };
    for object in objects {
        if facets::target(schema, object).is_none() && schema.may_be_outside(object) {
            schema.blank(object);
        }
    }
    Ok(())
}

/// What is taken must be known to have been given.
fn revoked(schema: &Schema, grant: &Grant) -> Result<(), String> {
    let objects = match &grant.on {
        Grantable::Objects(objects) => objects,
        on => return all_known(schema, on),
    };
    for object in objects {
        let Some((id, _)) = facets::target(schema, object) else {
            known(schema, object)?;
            continue;
        };
        let Some(entry) = schema.get(&id).filter(|entry| entry.outside.is_some()) else { continue };
        let given = |grantee: &String, privilege: &String, column: &str| {
            let key = GrantKey { grantee: grantee.clone(), privilege: privilege.clone(), column: column.to_owned() };
            entry.grants.contains_key(&key)
        };
        let all = grant.grantees.iter().all(|grantee| {
            grant.privileges.iter().all(|(privilege, columns)| match columns.as_slice() {
                [] => given(grantee, privilege, ""),
                columns => columns.iter().all(|column| given(grantee, privilege, column)),
            })
        });
        if !all {
            let origin = origin(schema, object);
            return Err(format!("whether anybody has privileges on {object} is not known: {origin}"));
        }
    }
    Ok(())
}

fn all_known(schema: &Schema, on: &Grantable) -> Result<(), String> {
    let Grantable::AllInSchema { schemas, .. } = on else { return Ok(()) };
    match schemas.iter().find(|home| schema.is_outside(home)) {
        Some(home) => Err(format!("what there is in schema {home} is not known: {}", schema.whose(home))),
        None => Ok(()),
    }
}

impl Schema {
    /// Whether a schema is none that the history builds in.
    pub(super) fn is_outside(&self, home: &str) -> bool {
        if home == "pg_catalog" || home == "information_schema" {
            return true;
        }
        let id = Id::Schema(home.to_owned());
        let certain = self.get(&id).is_some_and(|entry| entry.outside.is_none()) && !self.found.contains(home);
        !certain && !self.users(&id).any(|user| self.table(user).is_some() && !self.is_blank(user))
    }

    /// Why others may have made things in a schema. A table in it tells that it is the history's; a view or a function may
    /// be all that it has there.
    fn whose(&self, home: &str) -> &'static str {
        let id = Id::Schema(home.to_owned());
        let builds = self.users(&id).any(|user| user.schema() == Some(home) && !self.is_blank(user));
        match (self.found.contains(home), builds) {
            (true, _) => {
                "it is made only if it is missing, so it may have been there, and the history makes no table in it"
            }
            (false, true) => "the history does not make it, and makes no table in it",
            (false, false) => "the history does not build in it",
        }
    }

    /// Whether an object that is not known may be there all the same.
    fn may_be_outside(&self, object: &ObjectRef) -> bool {
        use ObjectKind::*;
        let elsewhere = |name: &Name| self.is_outside(&self.home(name).schema);
        if self.carried.some() {
            return true;
        }
        match object.kind {
            Schema => self.is_outside(&object.name.name),
            Column | Constraint | Trigger | Policy | Rule | DomainConstraint => {
                object.on.as_ref().is_some_and(elsewhere)
            }
            Table | View | MaterializedView | Sequence | Index | ForeignTable | Type | Domain | Statistics => {
                elsewhere(&object.name)
            }
            Function | Procedure | Routine | Aggregate => {
                let name = &object.name;
                let extended = self.objects.keys().any(|id| matches!(**id, Id::Extension(_)));
                let builtin = name.schema.is_none() && crate::sql::postgres::is_builtin_function(&name.name);
                elsewhere(name) || builtin || (name.schema.is_none() && extended)
            }
            Role | Database | Tablespace | Language | EventTrigger | Extension | Publication | Subscription
            | Server | ForeignDataWrapper | AccessMethod | LargeObject => true,
            _ => object.name.schema.is_some() && elsewhere(&object.name),
        }
    }

    /// Whether an object is outside the history.
    pub(crate) fn is_blank(&self, id: &Id) -> bool {
        self.get(id).is_some_and(|entry| entry.outside.is_some())
    }

    /// Whether what a statement names is outside the history, or may be.
    pub(crate) fn is_of_others(&self, object: &ObjectRef) -> bool {
        match facets::target(self, object) {
            Some((id, _)) => self.is_blank(&id),
            None => self.may_be_outside(object),
        }
    }

    /// What grants, comments and publications the history gave to objects outside it.
    pub(super) fn done_to_others(&self) -> Vec<Op> {
        let mut ops = Vec::new();
        for (id, entry) in &self.objects {
            let Some(blank) = &entry.outside else { continue };
            ops.extend(facet_changes(id, blank, entry));
            if let Object::Publication(publication) = &entry.object
                && **entry != **blank
            {
                ops.push(Op::AlterPublication { action: "ADD".to_owned(), publication: publication.clone() });
            }
        }
        ops
    }

    fn blank_relation(&mut self, name: &Name) {
        let object = ObjectRef::new(ObjectKind::Table, name.clone());
        let foreign = ObjectRef::new(ObjectKind::ForeignTable, name.clone());
        if self.relation(name).is_none() && facets::defined(self, &foreign).is_none() && self.may_be_outside(&object) {
            self.blank(&object);
        }
    }

    /// Puts a blank in for an object.
    fn blank(&mut self, object: &ObjectRef) {
        let relation = Id::Relation(self.home(&object.name));
        let name = object.name.clone();
        let (id, blank) = match object.kind {
            ObjectKind::Table | ObjectKind::View | ObjectKind::MaterializedView => {
                (relation, Object::Table(Box::new(TableState::unseen(name))))
            }
            ObjectKind::Sequence => {
                let options = SequenceOptions::default();
                let sequence = Sequence { name, options, owned_by: None, temporary: false, unlogged: false };
                (relation, Object::Sequence(sequence))
            }
            ObjectKind::Schema => (Id::Schema(name.name.clone()), Object::Schema(name.name)),
            _ => {
                let definition = Definition { object: object.clone(), sql: String::new() };
                let state = super::DefinedState { definition, altered: Vec::new() };
                (facets::defined_id(self, object), Object::Defined(state))
            }
        };
        self.put_blank(id, blank);
    }

    fn put_blank(&mut self, id: Id, object: Object) {
        let blank = Entry::new(object);
        let outside = Some(Arc::new(blank.clone()));
        self.put(id, Entry { outside, ..blank });
    }
}

impl TableState {
    /// A relation of which nothing is known but its name.
    fn unseen(name: Name) -> Self {
        TableState { columns_known: false, ..TableState::new(Table::new(name)) }
    }
}
