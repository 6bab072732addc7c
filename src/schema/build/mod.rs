//! From objects back to operations: what makes them, in an order that works.

mod mysql;
mod sqlite;
mod table;

pub(crate) use table::{DANGLING, as_serial, is_serial, settings_of};

use super::reference::{facet_changes, facets_of, routine_ref};
use super::{Id, Object, Part, Schema};
use crate::ir::{ColumnChange, ConstraintKind, Dialect, ObjectKind, ObjectRef, Op, Place, SequenceChange, TableChange};
use std::collections::{BTreeMap, BTreeSet};

impl Schema {
    /// The operations that build this schema on an empty database, in an order that works.
    pub fn to_ops(&self) -> Vec<Op> {
        self.to_ops_and_gaps().0
    }

    /// The same, with what could not be said, in words.
    pub fn to_ops_and_gaps(&self) -> (Vec<Op>, Vec<String>) {
        let there = |id: &Id| matches!(id, Id::Schema(name) if self.search_path().contains(name));
        let ids: BTreeSet<Id> =
            self.iter().map(|(id, _)| id.clone()).filter(|id| !id.is_temporary() && !there(id)).collect();
        let (mut ops, unknown) = create_all(self, &ids);
        let usual = Schema::of(self.dialect(), self.search_path().first().map_or("public", String::as_str));
        for (id, entry) in self.iter().filter(|(id, _)| there(id)) {
            if let Some(bare) = usual.get(id) {
                ops.extend(facet_changes(id, bare, entry));
            }
        }
        ops.extend(self.done_to_others());
        (ops, unknown)
    }
}

/// The operations that make the objects `ids` of `target`, in an order that works; and what could not be said.
pub fn create_all(target: &Schema, ids: &BTreeSet<Id>) -> (Vec<Op>, Vec<String>) {
    let Creation { base: mut ops, after, facets, unknown } = create(target, ids, ids);
    ops.extend(after);
    ops.extend(facets);
    (ops, unknown)
}

/// What makes a set of objects, by when it can run.
#[derive(Debug, Default)]
pub(crate) struct Creation {
    /// The objects themselves.
    pub base: Vec<Op>,
    /// What needs other objects beside those that the object uses: foreign keys, ownership of sequences, settings that
    /// name an index.
    pub after: Vec<Op>,
    /// Comments, owners, grants.
    pub facets: Vec<Op>,
    /// What could not be said, in words.
    pub unknown: Vec<String>,
}

/// What makes the objects `ids` of `target`, of all those that are made together.
pub(crate) fn create(target: &Schema, ids: &BTreeSet<Id>, together: &BTreeSet<Id>) -> Creation {
    if target.dialect() == Dialect::Sqlite {
        return Creation { base: sqlite::create(target, ids), ..Creation::default() };
    }
    if let Dialect::Mysql | Dialect::Mariadb = target.dialect() {
        return Creation { base: mysql::create(target, ids), ..Creation::default() };
    }
    let mut build = Build {
        target,
        ids,
        together,
        serial: BTreeSet::new(),
        ops: Vec::new(),
        keys: Vec::new(),
        last: Vec::new(),
        unknown: Vec::new(),
        waiting: Vec::new(),
    };
    build.find_serials();
    for id in in_order(target, ids) {
        build.create(&id);
    }
    let Build { ops: mut base, keys: mut after, last, unknown, waiting, .. } = build;
    base.extend(waiting.into_iter().flat_map(|(_, ops)| ops));
    if ids.iter().any(|id| body_is_checked(target, id)) {
        base.insert(0, bodies_checked(false));
        base.push(bodies_checked(true));
    }
    after.extend(last);
    // Default privileges would reach what is made after them.
    let (defaults, objects): (Vec<&Id>, Vec<&Id>) = ids.iter().partition(|id| matches!(id, Id::Defaults { .. }));
    let facets = objects
        .into_iter()
        .chain(defaults)
        .filter_map(|id| Some(facets_of(target, id, target.get(id)?, together)))
        .flatten();
    let facets = facets.collect();
    Creation { base, after, facets, unknown }
}

/// Whether a routine's body is checked when it is made although it is kept as text: what it names may be gone by now.
fn body_is_checked(target: &Schema, id: &Id) -> bool {
    let Some(Object::Routine(state)) = target.get(id).map(|entry| &entry.object) else { return false };
    !state.routine.atomic && state.routine.language.as_deref() == Some("sql")
}

/// `SET check_function_bodies`, as `pg_dump` uses it.
pub(crate) fn bodies_checked(checked: bool) -> Op {
    let name = "check_function_bodies".to_owned();
    let (value, sql) = if checked {
        (None, "RESET check_function_bodies".to_owned())
    } else {
        (Some("off".to_owned()), "SET check_function_bodies = off".to_owned())
    };
    Op::SetParameter { name, value, local: false, sql }
}

/// What each object needs to stand before it, among `ids`.
fn needs(target: &Schema, ids: &BTreeSet<Id>, id: &Id) -> BTreeSet<Id> {
    let Some(entry) = target.get(id) else { return BTreeSet::new() };
    let later = |part: &Part| match (&entry.object, part) {
        (Object::Table(state), Part::Constraint(name)) => state.table.constraints.iter().any(|constraint| {
            constraint.name.as_ref() == Some(name) && matches!(constraint.kind, ConstraintKind::ForeignKey(_))
        }),
        (Object::Sequence(_), _) => true,
        _ => false,
    };
    let mut found: BTreeSet<Id> = entry
        .uses
        .iter()
        .filter(|used| {
            (matches!(used.id, Id::Schema(_) | Id::Extension(_)) || !later(&used.part))
                && ids.contains(&used.id)
                && used.id != *id
        })
        .map(|used| used.id.clone())
        .collect();
    // A serial column's sequence comes with its table, which others that draw from it have to wait for.
    if let Object::Table(_) = &entry.object {
        let owners = entry.uses.iter().filter_map(|used| match &target.get(&used.id)?.object {
            Object::Sequence(sequence) => target.relation(&sequence.owned_by.as_ref()?.0),
            _ => None,
        });
        found.extend(owners.filter(|owner| owner != id && ids.contains(owner)));
    }
    if let Object::Table(state) = &entry.object {
        let read = state.reads.iter().flatten().map(|(id, _)| id);
        found.extend(read.filter(|read| *read != id && ids.contains(read)).cloned());
    }
    // A routine whose body is checked when it is made wants what it names to be there.
    if let Object::Routine(state) = &entry.object
        && state.routine.language.as_deref() == Some("sql")
        && let Some(body) = &state.routine.body
    {
        for named in super::doubt::named_in(target, body) {
            if named != *id
                && ids.contains(&named)
                && matches!(named, Id::Relation(_) | Id::Type(_) | Id::Routine(..))
                && named.owner().is_none()
            {
                found.insert(named);
            }
        }
    }
    found
}

/// `ids` so that each comes after what it needs; ties by kind, then name.
pub(crate) fn in_order(target: &Schema, ids: &BTreeSet<Id>) -> Vec<Id> {
    fn visit(target: &Schema, ids: &BTreeSet<Id>, id: &Id, state: &mut BTreeMap<Id, bool>, order: &mut Vec<Id>) {
        if state.contains_key(id) {
            // Done, or a circle: the order of kinds decides then.
            return;
        }
        state.insert(id.clone(), false);
        for need in needs(target, ids, id) {
            visit(target, ids, &need, state, order);
        }
        order.push(id.clone());
    }
    let mut sorted: Vec<&Id> = ids.iter().collect();
    sorted.sort_by_key(|id| (rank(target, id), (*id).clone()));
    let (mut state, mut order) = (BTreeMap::new(), Vec::new());
    for id in sorted {
        visit(target, ids, id, &mut state, &mut order);
    }
    order
}

fn rank(target: &Schema, id: &Id) -> u8 {
    match target.get(id).map(|entry| &entry.object) {
        Some(Object::Schema(_) | Object::Defaults { .. }) => 0,
        Some(Object::Extension(_)) => 1,
        Some(Object::Defined(state)) if state.definition.object.kind == ObjectKind::Role => 0,
        Some(Object::Enum(_) | Object::Domain(_) | Object::Composite(_)) => 2,
        Some(Object::Sequence(_)) => 3,
        Some(Object::Table(_)) => 4,
        Some(Object::Routine(_)) => 5,
        Some(Object::View(_)) => 6,
        Some(Object::Index(_)) => 7,
        Some(Object::Defined(_)) => 8,
        Some(Object::Policy(_)) => 9,
        Some(Object::Trigger(_)) => 10,
        Some(Object::Publication(_)) => 11,
        None => 12,
    }
}

struct Build<'a> {
    target: &'a Schema,
    ids: &'a BTreeSet<Id>,
    /// Everything that is made, `ids` among it.
    together: &'a BTreeSet<Id>,
    /// Sequences that come with a serial column.
    serial: BTreeSet<Id>,
    ops: Vec<Op>,
    /// Foreign keys, after all tables and indexes.
    keys: Vec<Op>,
    /// What comes last: ownership of sequences, settings that need an index.
    last: Vec<Op>,
    unknown: Vec<String>,
    /// Columns that wait for the tables that inherit them: these tables, and what adds the columns.
    waiting: Vec<(BTreeSet<Id>, Vec<Op>)>,
}

impl Build<'_> {
    fn find_serials(&mut self) {
        for id in self.ids {
            let Some(Object::Sequence(sequence)) = self.target.get(id).map(|entry| &entry.object) else { continue };
            let Some((table, column)) = &sequence.owned_by else { continue };
            let Some(table_id) = self.target.relation(table) else { continue };
            let Some(state) = self.target.table(&table_id) else { continue };
            let found = state.table.columns.iter().find(|found| found.name == *column);
            if self.ids.contains(&table_id) && found.is_some_and(|column| is_serial(self.target, state, column, id)) {
                self.serial.insert(id.clone());
            }
        }
    }

    fn create(&mut self, id: &Id) {
        let Some(entry) = self.target.get(id).cloned() else { return };
        match &entry.object {
            Object::Schema(name) => {
                self.ops.push(Op::CreateSchema { name: name.clone(), if_not_exists: name == "public", owner: None });
            }
            Object::Extension(extension) => {
                self.ops.push(Op::CreateExtension { extension: extension.clone(), if_not_exists: true });
            }
            Object::Enum(definition) => self.ops.push(Op::CreateEnum { definition: definition.clone() }),
            Object::Domain(domain) => self.ops.push(Op::CreateDomain { domain: domain.clone() }),
            Object::Composite(composite) => self.ops.push(Op::CreateComposite { composite: composite.clone() }),
            Object::Sequence(sequence) => {
                if self.serial.contains(id) {
                    return;
                }
                let mut sequence = sequence.clone();
                let object = ObjectRef::new(ObjectKind::Sequence, sequence.name.clone());
                let mut given = None;
                if let Some(owner) = sequence.owned_by.take() {
                    // It can be owned by a table of the same owner only, and follows that table's owner then.
                    let with_table = self.target.relation(&owner.0).is_some_and(|id| self.together.contains(&id));
                    given = entry.owner.clone().filter(|_| !with_table);
                    let change = SequenceChange { owned_by: Some(Some(owner)), ..SequenceChange::default() };
                    self.last.push(Op::AlterSequence { name: sequence.name.clone(), change, if_exists: false });
                }
                self.ops.push(Op::CreateSequence { sequence, if_not_exists: false });
                self.ops.extend(given.map(|owner| Op::SetOwner { object, owner }));
            }
            Object::Table(state) => {
                self.table(id, state);
                self.catch_up(id);
            }
            Object::View(state) => {
                self.ops.push(Op::CreateView { view: state.view.clone(), or_replace: false, if_not_exists: false });
                for (column, expr) in &state.defaults {
                    self.ops.push(Op::AlterColumn {
                        on: Place::new(state.view.name.clone()),
                        column: column.clone(),
                        change: ColumnChange::SetDefault(expr.clone()),
                    });
                }
            }
            Object::Index(state) => self.index(id, state),
            Object::Routine(state) => {
                self.ops.push(Op::CreateRoutine { routine: state.routine.clone(), or_replace: false });
                for attributes in &state.altered {
                    self.ops
                        .push(Op::AlterRoutine { object: routine_ref(&state.routine), attributes: attributes.clone() });
                }
            }
            Object::Trigger(state) => {
                self.ops.push(Op::CreateTrigger { trigger: state.trigger.clone(), or_replace: false });
                if let Some(found) = &state.state {
                    let change =
                        TableChange::Trigger { state: found.clone(), name: state.trigger.name.clone(), every: false };
                    self.ops.push(Op::AlterTable { on: Place::new(state.trigger.table.clone()), change });
                }
            }
            Object::Policy(policy) => self.ops.push(Op::CreatePolicy { policy: policy.clone() }),
            Object::Publication(publication) => {
                let publication = super::publication_said(self.target, publication);
                self.ops.push(Op::CreatePublication { publication });
            }
            // Nothing but what hangs on it.
            Object::Defaults { .. } => {}
            Object::Defined(state) => {
                let definition = state.definition.clone();
                for sql in &state.altered {
                    self.last.push(Op::AlterDefinition { object: definition.object.clone(), sql: sql.clone() });
                }
                self.ops.push(Op::Define { definition, or_replace: false, if_not_exists: false });
            }
        }
    }
}
