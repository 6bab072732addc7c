//! The only thing that changes a [`Schema`]: one operation at a time.

mod column;
mod constraint;
mod like;
mod mysql;
mod objects;
mod publication;
mod redundant;
mod sqlite;
mod table;
mod types;

pub(crate) use column::default_storage;
pub(super) use column::nextval;
pub(super) use constraint::rename_constraint;
pub(crate) use mysql::{counts_without_key, without_index};
pub(super) use objects::{identity_of, routine_kind};
pub(crate) use publication::said;
pub(crate) use redundant::without_repeated;
pub(crate) use sqlite::keeps_column;
pub(super) use sqlite::trigger_named;
pub(super) use table::rename_index;

use super::{Id, Key, Object, Part, Schema, cascade, doubt, facets, keys, operator_class, privileges, rename};
use crate::diag::{Finding, Level};
use crate::ir::{Behaviour, Dialect, Extent, Name, ObjectKind, ObjectRef, Op};
use crate::source::Span;

const REFUSES: &str = "without CASCADE the database refuses to drop it";

/// Applies an operation. `when` and `attempt` have been resolved by replay before. What conflicts with the state is
/// a finding, and the rest is done as far as it makes sense.
pub(super) fn apply(doing: &mut Doing<'_>, op: &Op) {
    match doing.schema.dialect() {
        _ if is_the_same_everywhere(op) => {}
        Dialect::Postgres => {}
        Dialect::Sqlite => return sqlite::apply(doing, op),
        Dialect::Mysql | Dialect::Mariadb => return mysql::apply(doing, op),
    }
    match op {
        Op::CreateTable { table, if_not_exists } => table::create(doing, table, *if_not_exists),
        Op::AlterTable { on, change } => table::alter(doing, on, change),
        Op::AddColumn { on, column, if_not_exists, .. } => column::add(doing, on, column, *if_not_exists),
        Op::AlterColumn { on, column, change } => column::alter(doing, on, column, change),
        Op::DropColumn { on, column, if_exists, behaviour } => column::drop(doing, on, column, *if_exists, *behaviour),
        Op::RenameColumn { on, from, to } => column::rename(doing, on, from, to),
        Op::AddConstraint { on, constraint } => constraint::add(doing, on, constraint),
        Op::ValidateConstraint { on, name } => constraint::validate(doing, on, name),
        Op::AlterConstraint { on, name, deferrable } => constraint::alter(doing, on, name, *deferrable),
        Op::DropConstraint { on, name, if_exists, behaviour, .. } => {
            constraint::drop(doing, on, name, *if_exists, *behaviour);
        }
        Op::RenameConstraint { on, from, to } => constraint::rename(doing, on, from, to),
        Op::CreateIndex { index, if_not_exists, .. } => objects::create_index(doing, index, *if_not_exists),
        Op::AlterIndex { name, set, if_exists } => objects::alter_index(doing, name, set, *if_exists),
        Op::AttachIndex { name, child } => objects::attach_index(doing, name, child),
        Op::CreateView { view, or_replace, if_not_exists } => {
            objects::create_view(doing, view, *or_replace, *if_not_exists);
        }
        Op::RefreshView { name, with_no_data, .. } => objects::refresh_view(doing, name, *with_no_data),
        Op::CreateEnum { definition } => {
            let id = Id::Type(doing.schema.home(&definition.name));
            doing.create(id, Object::Enum(definition.clone()), Existing::Conflicts);
        }
        Op::AddEnumValue { name, value, before, after, if_not_exists } => {
            types::add_value(doing, name, value, before.as_deref(), after.as_deref(), *if_not_exists);
        }
        Op::RenameEnumValue { name, from, to } => types::rename_value(doing, name, from, to),
        Op::CreateDomain { domain } => types::create_domain(doing, domain),
        Op::AlterDomain { name, change } => types::alter_domain(doing, name, change),
        Op::CreateComposite { composite } => {
            let id = Id::Type(doing.schema.home(&composite.name));
            doing.create(id, Object::Composite(composite.clone()), Existing::Conflicts);
        }
        Op::AlterComposite { name, change } => types::alter_composite(doing, name, change),
        Op::CreateSequence { sequence, if_not_exists } => {
            let id = Id::Relation(doing.home_of(&sequence.name, sequence.temporary));
            let mut sequence = sequence.clone();
            column::settle_options(&mut sequence.options);
            doing.create(id, Object::Sequence(sequence), Existing::or_kept(*if_not_exists));
        }
        Op::AlterSequence { name, change, if_exists } => objects::alter_sequence(doing, name, change, *if_exists),
        Op::CreateRoutine { routine, or_replace } => objects::create_routine(doing, routine, *or_replace),
        Op::AlterRoutine { object, attributes } => objects::alter_routine(doing, object, attributes),
        Op::CreateTrigger { trigger, or_replace } => objects::create_trigger(doing, trigger, *or_replace),
        Op::CreatePolicy { policy } => objects::create_policy(doing, policy),
        Op::AlterPolicy { policy } => objects::alter_policy(doing, policy),
        Op::CreateSchema { name, if_not_exists, owner } => {
            let inside = |id: &Id| doing.schema.is_blank(id);
            if *if_not_exists && doing.schema.users(&Id::Schema(name.clone())).any(inside) {
                // What is outside the history is in it, so it was there.
                return;
            }
            let made =
                doing.create(Id::Schema(name.clone()), Object::Schema(name.clone()), Existing::or_kept(*if_not_exists));
            if made && *if_not_exists {
                doing.schema.found.insert(name.clone());
            }
            if let Some(owner) = owner {
                privileges::set_owner(doing.schema, &Id::Schema(name.clone()), owner);
            }
        }
        Op::CreateExtension { extension, if_not_exists } => {
            let id = Id::Extension(extension.name.clone());
            doing.create(id, Object::Extension(extension.clone()), Existing::or_kept(*if_not_exists));
        }
        Op::AlterExtension { name, change } => objects::alter_extension(doing, name, change),
        Op::CreatePublication { publication } => publication::create(doing, publication),
        Op::AlterPublication { action, publication } => publication::alter(doing, action, publication),
        Op::Define { definition, or_replace, if_not_exists } => {
            objects::define(doing, definition, *or_replace, *if_not_exists);
        }
        Op::AlterDefinition { object, sql } => objects::alter_definition(doing, object, sql),
        Op::Drop { object, if_exists, behaviour, .. } => doing.drop(object, *if_exists, *behaviour),
        Op::Rename { object, to, if_exists } => rename::object(doing, object, to, *if_exists),
        Op::SetSchema { object, schema, if_exists } => rename::set_schema(doing, object, schema, *if_exists),
        Op::SetOwner { object, owner } => match facets::target(doing.schema, object) {
            Some((id, _)) => privileges::set_owner(doing.schema, &id, owner),
            None => doing.missing(object),
        },
        Op::Comment { object, text } => {
            if !facets::comment(doing.schema, object, text.as_deref()) {
                doing.missing(object);
            }
        }
        Op::Grant { grant } => {
            if !facets::grant(doing.schema, grant, false) {
                doing.conflict("a grant names something that is not there");
            }
        }
        Op::Revoke { grant, .. } => {
            if !facets::grant(doing.schema, grant, true) {
                doing.conflict("a revoke names something that is not there");
            }
        }
        Op::SetParameter { name, value, local, .. } => set_parameter(doing.schema, name, value.as_deref(), *local),
        Op::Code { rows_only: true, .. } => {}
        Op::Code { source, why, extent, .. } => {
            doing.schema.carried.code(source, extent, doing.schema.now.as_ref());
            let why = &format!("code may have changed it: {why}");
            match extent {
                Extent::Named => doubt::cast(doing.schema, source, why),
                Extent::Also(names) => {
                    let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
                    doubt::cast(doing.schema, &format!("{source} {}", names.join(" ")), why);
                }
                Extent::Anything => doubt::cast(doing.schema, "", why),
            }
        }
        Op::Sql { sql, why } => {
            doing.schema.carried.sql(sql, doing.schema.now.as_ref());
            let is_mysql = matches!(doing.schema.dialect(), Dialect::Mysql | Dialect::Mariadb);
            let hidden = is_mysql && crate::sql::mysql::hides_names(sql);
            doubt::cast(doing.schema, if hidden { "" } else { sql }, why);
        }
        Op::Insert { .. }
        | Op::Update { .. }
        | Op::Delete { .. }
        | Op::Truncate { .. }
        | Op::Write { .. }
        | Op::Query { .. }
        | Op::Transaction { .. }
        | Op::Maintenance { .. }
        | Op::When { .. }
        | Op::Attempt { .. }
        | Op::Call { .. }
        | Op::ByRows { .. } => {}
    }
}

/// Whether an operation does the same on every database.
fn is_the_same_everywhere(op: &Op) -> bool {
    matches!(
        op,
        Op::Code { .. }
            | Op::Sql { .. }
            | Op::Insert { .. }
            | Op::Update { .. }
            | Op::Delete { .. }
            | Op::Write { .. }
            | Op::Query { .. }
            | Op::SetParameter { .. }
            | Op::Transaction { .. }
            | Op::Maintenance { .. }
            | Op::When { .. }
            | Op::Attempt { .. }
            | Op::Call { .. }
            | Op::ByRows { .. }
    )
}

fn set_parameter(schema: &mut Schema, name: &str, value: Option<&str>, local: bool) {
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "role" | "session_authorization" => {
            let role = value.map(identifier).filter(|role| role != "none");
            schema.set(local, |session| session.role.clone_from(&role));
        }
        "search_path" | "all" => {
            let path = match value {
                Some(value) if name == "search_path" => value
                    .split(',')
                    .map(identifier)
                    .filter(|part| !part.is_empty() && part != "$user" && part != "pg_catalog")
                    .collect(),
                _ => schema.usual_path.clone(),
            };
            schema.set(local, |session| session.search_path = path.clone());
        }
        _ => {}
    }
}

/// A name as `SET` writes it: an identifier or a string.
fn identifier(written: &str) -> String {
    let written = written.trim();
    let quoted = |mark: char| written.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    match quoted('"').or_else(|| quoted('\'')) {
        Some(name) => name.to_owned(),
        None => written.to_lowercase(),
    }
}

/// What to do when an object to be made is there already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    /// It is a conflict.
    Conflicts,
    /// It stays as it is.
    Kept,
    /// It is replaced; what hangs on it stays.
    Replaced,
}

impl Existing {
    /// `IF NOT EXISTS` or not.
    pub(super) fn or_kept(kept: bool) -> Self {
        if kept { Existing::Kept } else { Existing::Conflicts }
    }

    /// `OR REPLACE` or not.
    pub(super) fn or_replaced(replaced: bool) -> Self {
        if replaced { Existing::Replaced } else { Existing::Conflicts }
    }
}

/// One operation being applied.
pub(super) struct Doing<'a> {
    /// The state that changes.
    pub schema: &'a mut Schema,
    /// Where the operation stands.
    pub at: Span,
    /// Where findings go.
    pub findings: &'a mut Vec<Finding>,
    /// What the same statement drops too, so that it is not in the way.
    pub together: &'a [Id],
    /// Set when the operation conflicts with the state.
    pub conflicted: &'a mut bool,
}

impl Doing<'_> {
    /// Says that the operation cannot be so.
    pub(super) fn conflict(&mut self, message: impl Into<String>) {
        self.conflict_unless(false, message);
    }

    /// Says that the operation cannot be so for what an object is known to be.
    pub(super) fn conflict_on(&mut self, id: &Id, message: impl Into<String>) {
        let unsure = self.schema.get(id).is_some_and(|entry| entry.is_unsure());
        self.conflict_unless(unsure, message);
    }

    fn conflict_unless(&mut self, unsure: bool, message: impl Into<String>) {
        *self.conflicted = true;
        let finding = match unsure || self.schema.carried.may_be_anything() {
            true => Finding::new("S001", Level::Warning, self.at, message)
                .why("unless what only a real run knows has changed it, the database would refuse this statement"),
            false => Finding::new("S001", Level::Error, self.at, message)
                .why("the database would refuse this statement, so what follows is not certain"),
        };
        self.findings.push(finding.help("check that the history is complete and in order"));
    }

    /// Says that an object is not there; those of the server were there before the history.
    pub(super) fn missing(&mut self, object: &ObjectRef) {
        if object.kind.is_of_server() {
            return;
        }
        self.conflict(format!("{object} does not exist here"));
    }

    /// Where an object of that name is made.
    pub(super) fn home_of(&self, name: &Name, temporary: bool) -> Key {
        if temporary { Key::new(super::TEMPORARY, &name.name) } else { self.schema.home(name) }
    }

    /// Makes an object; false when it was not made.
    pub(super) fn create(&mut self, id: Id, object: Object, existing: Existing) -> bool {
        let found = self.schema.get(&id).cloned();
        // A blank that is made was not there after all.
        let found = found.filter(|entry| entry.outside.is_none() || existing == Existing::Kept);
        match (found, existing) {
            (None, _) => {
                let mut entry = self.schema.newborn(&id, object);
                self.schema.qualify(&id, &mut entry);
                self.schema.put(id, entry);
                true
            }
            (Some(_), Existing::Kept) => false,
            (Some(entry), Existing::Replaced) => {
                let mut entry = (*entry).clone();
                entry.object = object;
                (entry.doubt, entry.cause) = (None, None);
                self.schema.qualify(&id, &mut entry);
                self.schema.put(id, entry);
                true
            }
            (Some(_), Existing::Conflicts) => {
                self.conflict(format!("{id} exists already"));
                doubt::mark(self.schema, &id, &"it was made twice".into());
                false
            }
        }
    }

    /// The relation of that name; says so when there is none, unless that is allowed.
    pub(super) fn relation(&mut self, name: &Name, if_exists: bool) -> Option<Id> {
        let found = self.schema.relation(name);
        if found.is_none() && self.not_followed(name) {
            return None;
        }
        if found.is_none() && !if_exists {
            self.conflict(format!("relation {name} does not exist here"));
        }
        found
    }

    /// Whether the name is a foreign table's: it is kept as the statement that made it, so an `ALTER TABLE` on it makes
    /// it doubtful.
    fn not_followed(&mut self, name: &Name) -> bool {
        let object = ObjectRef::new(ObjectKind::ForeignTable, name.clone());
        let Some(id) = facets::defined(self.schema, &object) else { return false };
        let message = format!("what this changes in {id} is not followed");
        self.findings.push(Finding::new("S002", Level::Warning, self.at, message));
        doubt::mark(self.schema, &id, &"it was changed in a way that is not followed".into());
        *self.conflicted = true;
        true
    }

    /// The table of that name, likewise.
    pub(super) fn table(&mut self, on: &crate::ir::Place) -> Option<Id> {
        self.relation(&on.table, on.if_exists)
    }

    fn drop(&mut self, object: &ObjectRef, if_exists: bool, behaviour: Behaviour) {
        let Some((id, part)) = facets::target(self.schema, object) else {
            // `DROP TRIGGER IF EXISTS t ON missing` is fine as well.
            if !if_exists {
                self.missing(object);
            }
            return;
        };
        if let (ObjectKind::Index, Part::Constraint(name)) = (object.kind, part) {
            self.conflict(format!("index {name} belongs to a constraint"));
            return;
        }
        if !self.kind_fits(object.kind, &id) {
            self.conflict(format!("{id} is not a {}", object.kind));
            return;
        }
        self.drop_id(&id, behaviour);
    }

    /// Drops an object that is there.
    pub(super) fn drop_id(&mut self, id: &Id, behaviour: Behaviour) {
        let mut rules = Vec::new();
        if behaviour == Behaviour::Restrict {
            if let Some((table, key)) = keys::resting_on_index(self.schema, id).into_iter().next() {
                self.conflict(format!("foreign key {key} on {table} rests on index {id}"));
                return;
            }
            self.stopped_by(id, None);
            rules = cascade::rules_in_the_way(self.schema, id, None);
        }
        let unsure = match id {
            Id::Extension(name) => operator_class::perhaps_on(self.schema, name),
            _ => Vec::new(),
        };
        cascade::drop_object(self.schema, id);
        cascade::keep_rules(self.schema, rules);
        for user in unsure {
            if !self.schema.has(&user) {
                continue;
            }
            if behaviour == Behaviour::Cascade {
                let why = format!("an index of its may have gone with {id}");
                doubt::mark(self.schema, &user, &why.into());
            } else {
                self.in_the_way(format!("{user} depends on {id}"), REFUSES);
            }
        }
    }

    /// Says what would stop a drop without `CASCADE`.
    pub(super) fn stopped_by(&mut self, id: &Id, column: Option<&str>) {
        let blocking = cascade::dependants(self.schema, id, column).into_iter().find(|dependant| {
            !dependant.automatic
                && !self.together.contains(&dependant.id)
                && !dependant.id.owner().is_some_and(|on| self.together.contains(&Id::Relation(on.clone())))
                && !matches!(dependant.id, Id::Defined { kind, .. } if kind != ObjectKind::Rule)
        });
        if let Some(blocking) = blocking {
            let what = match column {
                Some(column) => format!("column {id}.{column}"),
                None => id.to_string(),
            };
            self.in_the_way(format!("{} depends on {what}", blocking.id), REFUSES);
        }
    }

    /// Says what stands against an operation, and what the database does about it.
    pub(super) fn in_the_way(&mut self, message: String, refuses: &str) {
        let why = format!("{refuses}, if this reading of the dependency is right");
        self.findings.push(Finding::new("S003", Level::Warning, self.at, message).why(why));
    }

    fn kind_fits(&self, kind: ObjectKind, id: &Id) -> bool {
        let Some(entry) = self.schema.get(id) else { return false };
        match (kind, &entry.object) {
            (ObjectKind::Table, object) => matches!(object, Object::Table(_)),
            (ObjectKind::View, Object::View(state)) => !state.view.materialized,
            (ObjectKind::MaterializedView, Object::View(state)) => state.view.materialized,
            (ObjectKind::View | ObjectKind::MaterializedView, _) => false,
            (ObjectKind::Sequence, object) => matches!(object, Object::Sequence(_)),
            (ObjectKind::Index, object) => matches!(object, Object::Index(_)),
            (ObjectKind::Domain, object) => matches!(object, Object::Domain(_)),
            _ => true,
        }
    }
}
