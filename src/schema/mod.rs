//! The state that a history has built: every object with what it uses and what hangs on it. `apply` is the only
//! thing that changes it; a copy costs nothing, because all parts are shared.

mod alterable;
mod apply;
mod ask;
mod build;
mod canonical;
mod carried;
mod cascade;
mod cause;
mod compare;
mod definition;
mod derive;
mod doubt;
pub(crate) mod effects;
mod enum_swap;
mod facets;
mod family;
mod id;
mod keys;
mod object;
mod open;
mod operator_class;
mod output;
mod outside;
mod parts;
mod privileges;
mod readings;
mod reference;
mod remember;
mod rename;
mod rename_column;
mod rename_value;
mod replay;
mod routine;
mod spelling;
mod untouched;
mod uses;

pub(crate) use alterable::barred;
pub(crate) use apply::said as publication_said;
pub(crate) use apply::{counts_without_key, default_storage, keeps_column, without_index};
pub use build::create_all;
pub(crate) use build::{Creation, DANGLING, as_serial, bodies_checked, create, in_order, is_serial, settings_of};
pub(crate) use cascade::children;
pub use cascade::{Dependant, dependants};
pub use cause::{Cause, Uncertain};
pub use compare::{Difference, differences};
pub use derive::derived_sequence_name;
pub(crate) use doubt::{named_in, words};
pub use enum_swap::{EnumSwap, enum_swaps};
pub(crate) use family::{depth, descendants};
pub use id::{Id, Key, TEMPORARY};
pub(crate) use keys::{resting_on, resting_on_index};
pub use object::{
    DefinedState, Entry, GrantKey, Granted, IndexState, Inherited, Object, Part, RoutineState, TableState,
    TriggerState, Use, ViewState,
};
pub(crate) use privileges::SUPERUSER;
pub(crate) use reference::facets_of;
pub use reference::{facet_changes, reference};
pub use replay::{Event, Replay, Taken, replay};
pub use routine::signature;
pub use untouched::is_left;

use crate::ir::{Constraint, ConstraintKind, Dialect, Name, ObjectKind};
use crate::sql::query::Catalogue;
use carried::Carried;
use imbl::ordmap::DiffItem;
use imbl::{OrdMap, OrdSet};
use readings::Readings;
use remember::Renamings;
use std::sync::Arc;

/// Every object that exists at one point of a history.
#[derive(Clone, Debug)]
pub struct Schema {
    /// The identities are shared, so that copying a part of the map copies no name.
    objects: OrdMap<Arc<Id>, Arc<Entry>>,
    /// For each object, those that use it.
    users: OrdMap<Arc<Id>, OrdSet<Arc<Id>>>,
    /// Where bare names are looked for, first to last.
    search_path: Arc<[String]>,
    /// The same when nobody has set another.
    usual_path: Arc<[String]>,
    /// `SET ROLE`: the role that owns what is made; `None`: the one that runs the migrations.
    role: Option<String>,
    /// The search path and role that hold again after the transaction; `None`: those that hold now.
    lasting: Option<Arc<Session>>,
    /// Why nothing at all is certain any more.
    pub doubt: Option<Arc<str>>,
    /// How many key constraints of tables have that name: their indexes are relations.
    key_names: OrdMap<Key, usize>,
    /// Whether there may be temporary objects.
    has_temporary: bool,
    /// What objects were before they were renamed, or followed a renaming.
    renamings: Renamings,
    /// What texts were found to say.
    readings: Readings,
    /// Schemas that were made if they were missing.
    found: OrdSet<String>,
    /// How many indexes there have been.
    clock: u64,
    /// What was carried without being understood: there may be more than is known here.
    carried: Carried,
    /// The statement that is replayed, where its migration is known.
    now: Option<Cause>,
    /// Whether there may be definitions that hold a value which only a real run can know.
    has_open: bool,
    /// Whose database it is.
    dialect: Dialect,
}

impl Schema {
    /// An empty database of PostgreSQL's in which bare names mean `default_schema`.
    pub fn new(default_schema: &str) -> Self {
        Schema::of(Dialect::Postgres, default_schema)
    }

    /// An empty database in which bare names mean `default_schema`.
    pub fn of(dialect: Dialect, default_schema: &str) -> Self {
        let mut search_path = vec![default_schema.to_owned()];
        if dialect == Dialect::Postgres && default_schema != "public" {
            search_path.push("public".to_owned());
        }
        let search_path: Arc<[String]> = search_path.into();
        let mut schema = Schema {
            objects: OrdMap::new(),
            users: OrdMap::new(),
            usual_path: search_path.clone(),
            search_path,
            role: None,
            lasting: None,
            doubt: None,
            key_names: OrdMap::new(),
            has_temporary: false,
            renamings: Renamings::default(),
            readings: Readings::default(),
            found: OrdSet::new(),
            clock: 0,
            carried: Carried::default(),
            now: None,
            has_open: false,
            dialect,
        };
        for name in schema.search_path.clone().iter().cloned() {
            schema.put(Id::Schema(name.clone()), Entry::new(Object::Schema(name)));
        }
        schema
    }

    /// Whose database it is.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Every object of the history in the order of its identity.
    pub fn iter(&self) -> impl Iterator<Item = (&Id, &Arc<Entry>)> {
        self.objects.iter().filter(|(_, entry)| entry.outside.is_none()).map(|(id, entry)| (&**id, entry))
    }

    /// The object of that identity.
    pub fn get(&self, id: &Id) -> Option<&Arc<Entry>> {
        self.objects.get(id)
    }

    /// Whether the object is there.
    pub fn has(&self, id: &Id) -> bool {
        self.objects.contains_key(id)
    }

    /// The objects that use `id`.
    pub fn users(&self, id: &Id) -> impl Iterator<Item = &Id> {
        self.users.get(id).into_iter().flatten().map(|user| &**user)
    }

    /// The table of that identity.
    pub fn table(&self, id: &Id) -> Option<&TableState> {
        self.get(id).and_then(|entry| entry.object.as_table())
    }

    /// Whether both hold the very same state (a quick test; false may still be equal).
    pub fn same(&self, other: &Schema) -> bool {
        self.objects.ptr_eq(&other.objects)
    }

    /// What changed from `self` to `other`: each identity with the entry on either side. What is outside the history was
    /// there before it was first spoken of.
    pub fn changes<'a>(&'a self, other: &'a Schema) -> Vec<Change<'a>> {
        let outside = |entry: &&Arc<Entry>| entry.outside.is_some();
        let differ = |change: &Change<'_>| match (change.before, change.after) {
            (Some(before), Some(after)) if outside(&after) => before != after,
            (Some(before), Some(after)) => !Arc::ptr_eq(before, after),
            _ => true,
        };
        self.objects
            .diff(&other.objects)
            .map(|item| match item {
                DiffItem::Add(id, entry) => Change { id, before: entry.outside.as_ref(), after: Some(entry) },
                DiffItem::Remove(id, entry) => Change { id, before: Some(entry), after: entry.outside.as_ref() },
                // What is made was not there, whatever had been spoken of before.
                DiffItem::Update { old: (id, old), new: (_, new) } if outside(&old) != outside(&new) => Change {
                    id,
                    before: Some(old).filter(|entry| !outside(entry)),
                    after: Some(new).filter(|entry| !outside(entry)),
                },
                DiffItem::Update { old: (id, old), new: (_, new) } => {
                    Change { id, before: Some(old), after: Some(new) }
                }
            })
            .filter(differ)
            .collect()
    }

    /// Puts an object in, or in place of what stood there, and works out what it uses.
    fn put(&mut self, id: Id, mut entry: Entry) {
        keys::settle_ages(&mut entry, &mut self.clock);
        entry.uses = Arc::new(uses::of(self, &id, &entry));
        self.put_as_is(id, Arc::new(entry));
    }

    fn put_as_is(&mut self, id: Id, entry: Arc<Entry>) {
        let (id, old) = match self.objects.get_key_value(&id) {
            Some((id, old)) => (id.clone(), Some(old.clone())),
            None => (Arc::new(id), None),
        };
        let was = old.as_ref().map(|old| old.used_ids()).unwrap_or_default();
        let is = entry.used_ids();
        for gone in was.difference(&is) {
            self.forget_user(gone, &id);
        }
        for new in is.difference(&was).filter(|used| ***used != *id) {
            match self.users.get_mut(*new) {
                Some(users) => drop(users.insert(id.clone())),
                None => drop(self.users.insert(Arc::new((*new).clone()), OrdSet::unit(id.clone()))),
            }
        }
        drop((was, is));
        self.count_keys(&id, old.as_deref(), Some(&entry));
        self.has_temporary |= id.is_temporary();
        self.objects.insert(id, entry);
    }

    /// Keeps the count of key constraints by name.
    fn count_keys(&mut self, id: &Id, old: Option<&Entry>, new: Option<&Entry>) {
        let Id::Relation(key) = id else { return };
        let (was, is) = (old.map(key_names).unwrap_or_default(), new.map(key_names).unwrap_or_default());
        if was == is {
            return;
        }
        for name in was {
            let key = Key::new(&key.schema, name);
            match self.key_names.get(&key).copied() {
                Some(0 | 1) | None => self.key_names.remove(&key),
                Some(many) => self.key_names.insert(key, many - 1),
            };
        }
        for name in is {
            *self.key_names.entry(Key::new(&key.schema, name)).or_default() += 1;
        }
    }

    /// Whether a key constraint of any table in the schema has that name.
    fn has_key_named(&self, home: &str, name: &str) -> bool {
        self.key_names.contains_key(&Key::new(home, name))
    }

    fn forget_user(&mut self, used: &Id, user: &Id) {
        if let Some(users) = self.users.get_mut(used) {
            users.remove(user);
        }
    }

    /// Puts a changed object in without working out its uses yet: others that it names are about to change too.
    fn put_unresolved(&mut self, id: Id, entry: Entry) {
        self.objects.insert(Arc::new(id), Arc::new(entry));
    }

    /// Takes an object out; what used it is left to the caller.
    fn take(&mut self, id: &Id) -> Option<Arc<Entry>> {
        let old = self.objects.remove(id)?;
        for used in old.used_ids() {
            self.forget_user(used, id);
        }
        self.count_keys(id, Some(&old), None);
        Some(old)
    }

    /// Changes an object in place; nothing happens when it is not there.
    fn edit(&mut self, id: &Id, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.objects.get(id) {
            let mut entry = (**entry).clone();
            change(&mut entry);
            self.put(id.clone(), entry);
        }
    }

    /// Changes what hangs on an object (comments, grants, owner, doubt), which cannot change what it uses.
    fn edit_facets(&mut self, id: &Id, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = self.objects.get_mut(id) {
            change(Arc::make_mut(entry));
        }
    }

    /// Works out anew what an object uses, after something else has changed.
    fn refresh(&mut self, id: &Id) {
        self.edit(id, |_| ());
    }

    /// The schema in which an object of this name would be made.
    pub fn home(&self, name: &Name) -> Key {
        let schema = match &name.schema {
            Some(schema) => schema.clone(),
            None => self.search_path.first().cloned().unwrap_or_else(|| "public".to_owned()),
        };
        Key::new(schema, &name.name)
    }

    fn find<T>(&self, name: &Name, mut there: impl FnMut(Key) -> Option<T>) -> Option<T> {
        if let Some(schema) = &name.schema {
            return there(Key::new(schema, &name.name));
        }
        std::iter::once(TEMPORARY)
            .chain(self.search_path.iter().map(String::as_str))
            .find_map(|schema| there(Key::new(schema, &name.name)))
    }

    /// The relation that a name means here.
    pub fn relation(&self, name: &Name) -> Option<Id> {
        self.find(name, |key| Some(Id::Relation(key)).filter(|id| self.has(id)))
    }

    /// The type that a name means here; a relation's row type is the relation.
    pub fn type_named(&self, name: &Name) -> Option<Id> {
        self.find(name, |key| {
            [Id::Type(key.clone()), Id::Relation(key)].into_iter().find(|id| match id {
                Id::Relation(_) => {
                    matches!(self.get(id).map(|entry| &entry.object), Some(Object::Table(_) | Object::View(_)))
                }
                _ => self.has(id),
            })
        })
    }

    /// Every routine that a name means here, in the first schema that has one.
    pub fn routines(&self, name: &Name) -> Vec<Id> {
        self.find(name, |key| {
            let first = Id::Routine(key.clone(), String::new());
            let found: Vec<Id> = self
                .objects
                .range(first..)
                .map(|(id, _)| &**id)
                .take_while(|id| matches!(id, Id::Routine(other, _) if *other == key))
                .cloned()
                .collect();
            (!found.is_empty()).then_some(found)
        })
        .unwrap_or_default()
    }

    /// The objects of rarer kinds.
    fn defined(&self) -> impl Iterator<Item = &Id> {
        let first = Id::Defined { kind: ObjectKind::Table, name: Key::new("", ""), on: None, args: String::new() };
        self.objects.range(first..).map(|(id, _)| &**id)
    }

    /// The triggers on statements that change the schema.
    pub(crate) fn event_triggers(&self) -> impl Iterator<Item = (&Id, &DefinedState)> {
        self.defined().filter_map(|id| match (id, &self.get(id)?.object) {
            (Id::Defined { kind: ObjectKind::EventTrigger, .. }, Object::Defined(state)) => Some((id, state)),
            _ => None,
        })
    }

    /// Whether there is any of those.
    pub(crate) fn has_event_triggers(&self) -> bool {
        self.event_triggers().next().is_some()
    }

    /// The triggers, policies and rules of a relation.
    pub fn attached(&self, relation: &Id) -> Vec<Id> {
        let Id::Relation(key) = relation else { return Vec::new() };
        self.users(relation).filter(|id| id.owner() == Some(key)).cloned().collect()
    }

    /// The indexes on a relation.
    pub fn indexes<'a>(&'a self, relation: &'a Id) -> impl Iterator<Item = (&'a Id, &'a IndexState)> {
        self.users(relation).filter_map(move |id| match &self.get(id)?.object {
            Object::Index(index) if self.relation(&index.index.table).as_ref() == Some(relation) => Some((id, index)),
            _ => None,
        })
    }

    /// Whether everything in it is known for certain.
    pub fn is_certain(&self) -> bool {
        self.doubt.is_none() && !self.carried.some() && self.objects.values().all(|entry| entry.doubt.is_none())
    }

    /// Whether something that is not known may be there all the same: what was not understood may have made it.
    pub(crate) fn may_have(&self, name: &Name) -> bool {
        self.carried.may_have_made(&name.name)
    }

    /// Whether there may be definitions that hold a value which only a real run can know.
    pub(crate) fn has_open(&self) -> bool {
        self.has_open
    }

    /// Where bare names are looked for, first to last.
    pub fn search_path(&self) -> &[String] {
        &self.search_path
    }

    /// Whether bare names are looked for elsewhere than usual.
    fn is_elsewhere(&self) -> bool {
        self.search_path != self.usual_path
    }

    /// Names inside an object that was written under another search path than the usual are given their schemas.
    fn qualify(&self, id: &Id, entry: &mut Entry) {
        if !self.is_elsewhere() {
            return;
        }
        parts::names(&mut entry.object, &mut |role, name| {
            let found = match role {
                parts::Role::Relation => self.relation(name),
                parts::Role::Type => self.type_named(name),
                parts::Role::Routine => self.routines(name).into_iter().next(),
            };
            if let (None, Some(home)) = (&name.schema, found.as_ref().and_then(Id::schema)) {
                name.schema = Some(home.to_owned());
            }
        });
        rename::rename_self(&mut entry.object, id, true);
        if let Object::View(state) = &entry.object
            && let Some(uses) = self.readings.query(self, &state.view.query)
            && uses.relations.iter().any(|name| name.schema.is_none())
        {
            entry.cast(self, "its query was written under another search_path");
        }
    }

    /// The object that a statement names, or the one that it is a part of.
    pub(crate) fn found(&self, object: &crate::ir::ObjectRef) -> Option<Id> {
        facets::target(self, object).map(|(id, _)| id)
    }

    /// The name by which a statement can always reach an object that `object` names, and the same for what it is on.
    pub fn reachable(&self, object: &crate::ir::ObjectRef) -> crate::ir::ObjectRef {
        let mut found = object.clone();
        if let Some((id, Part::Whole)) = facets::target(self, object)
            && let Some(entry) = self.get(&id)
        {
            found.name = reference(&id, &entry.object).name;
        }
        if let Some(on) = &object.on {
            found.on = Some(self.reachable_relation(on));
        }
        found
    }

    /// The name by which a statement can always reach a relation.
    pub fn reachable_relation(&self, name: &Name) -> Name {
        self.relation(name)
            .and_then(|id| self.get(&id).map(|entry| reference(&id, &entry.object).name))
            .unwrap_or_else(|| name.clone())
    }

    fn set_search_path(&mut self, path: Arc<[String]>) {
        self.search_path = path;
    }

    /// Changes a setting of the session, for this transaction alone or for longer.
    fn set(&mut self, local: bool, change: impl Fn(&mut Session)) {
        let mut now = Session { search_path: self.search_path.clone(), role: self.role.clone() };
        if local {
            self.lasting.get_or_insert_with(|| Arc::new(now.clone()));
        } else if let Some(lasting) = &mut self.lasting {
            change(Arc::make_mut(lasting));
        }
        change(&mut now);
        (self.search_path, self.role) = (now.search_path, now.role);
    }

    /// What was set for the transaction alone is forgotten.
    fn end_transaction(&mut self) {
        if let Some(lasting) = self.lasting.take() {
            self.search_path = lasting.search_path.clone();
            self.role.clone_from(&lasting.role);
        }
    }
}

/// The settings of a session that decide what statements mean.
#[derive(Clone, Debug)]
struct Session {
    search_path: Arc<[String]>,
    role: Option<String>,
}

/// The names of a table's constraints that have an index.
fn key_names(entry: &Entry) -> Vec<&str> {
    let Object::Table(state) = &entry.object else { return Vec::new() };
    let has_index = |constraint: &&Constraint| {
        use ConstraintKind::{Exclusion, PrimaryKey, Unique};
        matches!(constraint.kind, PrimaryKey(_) | Unique(_) | Exclusion(_))
    };
    state.table.constraints.iter().filter(has_index).filter_map(|constraint| constraint.name.as_deref()).collect()
}

/// One object that differs between two states.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// Which.
    pub id: &'a Id,
    /// How it was, if it was there.
    pub before: Option<&'a Arc<Entry>>,
    /// How it is, if it is there.
    pub after: Option<&'a Arc<Entry>>,
}

impl Catalogue for Schema {
    fn dialect(&self) -> Dialect {
        self.dialect
    }

    fn same(&self, one: &Name, other: &Name) -> bool {
        match (self.relation(one), self.relation(other)) {
            (Some(one), Some(other)) => one == other,
            (None, None) => match (self.type_named(one), self.type_named(other)) {
                (Some(one), Some(other)) => one == other,
                _ => {
                    let (routines, others) = (self.routines(one), self.routines(other));
                    self.home(one) == self.home(other) || (!routines.is_empty() && routines == others)
                }
            },
            _ => false,
        }
    }

    fn columns(&self, relation: &Name) -> Option<Vec<String>> {
        match &self.get(&self.relation(relation)?)?.object {
            Object::Table(state) if state.columns_known => {
                Some(state.table.columns.iter().map(|column| column.name.clone()).collect())
            }
            Object::View(state) => state.columns.clone(),
            _ => None,
        }
    }
}
