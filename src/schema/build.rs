//! From objects back to operations: what makes them, in an order that works.

use super::reference::{facets_of, routine_ref};
use super::{Id, IndexState, Inherited, Object, Part, Schema, TableState, apply, derive, family};
use crate::ir::{
    Column, ColumnChange, Constraint, ConstraintKind, DataType, Index, IndexKey, KeyPart, Name, ObjectKind, ObjectRef,
    Op, Place, SequenceChange, SequenceOptions, Table, TableChange, TypeName,
};
use crate::sql::query;
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
        create_all(self, &ids)
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
    let facets = ids.iter().filter_map(|id| Some(facets_of(target, id, target.get(id)?))).flatten().collect();
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
        Some(Object::Schema(_)) => 0,
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
                if let Some(owner) = sequence.owned_by.take() {
                    let change = SequenceChange { owned_by: Some(Some(owner)), ..SequenceChange::default() };
                    self.last.push(Op::AlterSequence { name: sequence.name.clone(), change, if_exists: false });
                }
                self.ops.push(Op::CreateSequence { sequence, if_not_exists: false });
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
                self.ops.push(Op::CreatePublication { publication: publication.clone() });
            }
            Object::Defined(state) => {
                let definition = state.definition.clone();
                for sql in &state.altered {
                    self.last.push(Op::AlterDefinition { object: definition.object.clone(), sql: sql.clone() });
                }
                self.ops.push(Op::Define { definition, or_replace: false, if_not_exists: false });
            }
        }
    }

    fn table(&mut self, id: &Id, state: &TableState) {
        let mut table = state.table.clone();
        let place = Place::new(table.name.clone());
        let only = |part: &Part| state.inherited.get(part) == Some(&Inherited::Only);
        let (inline, later): (Vec<Constraint>, Vec<Constraint>) =
            std::mem::take(&mut table.constraints).into_iter().partition(stands_inline);
        // A partition's foreign keys come with the parent's.
        let inherits = |constraint: &Constraint| only(&Part::Constraint(constraint.name.clone().unwrap_or_default()));
        let later = later.into_iter().filter(|constraint| !inherits(constraint));
        self.keys.extend(later.map(|constraint| Op::AddConstraint { on: place.clone(), constraint }));
        self.last.extend(table_settings(state));
        if let Some(partition) = table.partition_of.take() {
            if let Some(made) = family::made_as_partition(self.target, id, self.together) {
                self.ops.push(made);
                self.ops.extend(column_settings(&state.table));
                return;
            }
            let change = TableChange::AttachPartition { child: table.name.clone(), bound: partition.bound };
            self.last.push(Op::AlterTable { on: Place::new(partition.parent), change });
        }
        let mut differing = Vec::new();
        let inline: Vec<Constraint> = if table.inherits.is_empty() {
            inline
        } else if family::inherits_later(self.target, id) {
            table.columns.retain(|column| !only(&Part::Column(column.name.clone())));
            let change = |parent| Op::AlterTable { on: place.clone(), change: TableChange::Inherit { parent } };
            differing.extend(std::mem::take(&mut table.inherits).into_iter().map(change));
            inline.into_iter().filter(|constraint| !inherits(constraint)).collect()
        } else {
            differing = self.inherited_differences(state);
            table.columns.retain(|column| !only(&Part::Column(column.name.clone())));
            inline.into_iter().filter(|constraint| !inherits(constraint)).collect()
        };
        if table.as_query.is_some() || !state.columns_known {
            self.table_as_query(state, table, &place);
            self.ops.extend(inline.into_iter().map(|constraint| Op::AddConstraint { on: place.clone(), constraint }));
        } else {
            table.constraints = inline;
            self.leave_for_later(id, state, &mut table);
            for column in &mut table.columns {
                let sequence = self.serial_sequence(state, column);
                if sequence.is_some() {
                    as_serial(column);
                }
            }
            let settings = column_settings(&table);
            for column in &mut table.columns {
                column.statistics = None;
                column.options.clear();
                column.storage = None;
                if let Some(identity) = &mut column.identity {
                    identity.options.data_type = None;
                }
            }
            if table.of_type.is_some() {
                // The type says the rest.
                table.columns.retain(|column| {
                    column.not_null
                        || column.default.is_some()
                        || column.generated.is_some()
                        || column.identity.is_some()
                });
            }
            self.ops.push(Op::CreateTable { table, if_not_exists: false });
            self.ops.extend(settings);
            self.ops.extend(differing);
        }
        if matches!(&state.replica_identity, Some((mode, None)) if mode == DANGLING) {
            self.dangling_identity(state);
        }
    }

    /// Keeps back the columns that came after the tables that inherit them, so that all stand in the right order.
    fn leave_for_later(&mut self, id: &Id, state: &TableState, table: &mut Table) {
        let early = family::columns_before_children(self.target, id);
        let children = family::descendants(self.target, id);
        let Some(entry) = self.target.get(id) else { return };
        if early >= table.columns.len() || !children.iter().all(|child| self.ids.contains(child)) {
            return;
        }
        let late: Vec<Column> = table.columns.split_off(early);
        let on_late = |constraint: &Constraint| {
            let part = Part::Constraint(constraint.name.clone().unwrap_or_default());
            entry.uses.iter().any(|used| {
                used.part == part
                    && used.id == *id
                    && used.column.as_ref().is_some_and(|name| late.iter().any(|column| column.name == *name))
            })
        };
        let on = Place::new(table.name.clone());
        let mut ops = Vec::new();
        for column in &late {
            let mut written = column.clone();
            if self.serial_sequence(state, column).is_some() {
                as_serial(&mut written);
            }
            written.storage = None;
            written.statistics = None;
            written.options.clear();
            ops.push(Op::AddColumn { on: on.clone(), column: written, if_not_exists: false });
            ops.extend(settings_of(&table.name, column));
        }
        let (later, inline) = std::mem::take(&mut table.constraints).into_iter().partition(on_late);
        table.constraints = inline;
        let later: Vec<Constraint> = later;
        ops.extend(later.into_iter().map(|constraint| Op::AddConstraint { on: on.clone(), constraint }));
        self.waiting.push((children, ops));
    }

    /// Adds the columns that waited for the table that was just made.
    fn catch_up(&mut self, id: &Id) {
        for (children, ops) in &mut self.waiting {
            if children.remove(id) && children.is_empty() {
                self.ops.append(ops);
            }
        }
    }

    /// An index. One that PostgreSQL makes under a partitioned table's needs no statement.
    fn index(&mut self, id: &Id, state: &IndexState) {
        let mut index = state.index.clone();
        if let (Some(parent), Some(name)) = (&state.attached_to, &index.name)
            && let Some(parent_id) = self.target.relation(parent)
        {
            let table_id = self.target.relation(&index.table);
            let by_table = table_id.as_ref().is_some_and(|table| {
                self.together.contains(table) && family::made_as_partition(self.target, table, self.together).is_some()
            });
            let made = if self.together.contains(&parent_id) {
                !family::is_made_by_hand(self.target, &parent_id)
            } else {
                by_table
            };
            if made {
                return;
            }
            let child = index.table.sibling(name);
            self.last.push(Op::AttachIndex { name: parent.clone(), child });
        }
        index.only = family::is_made_by_hand(self.target, id);
        self.ops.push(Op::CreateIndex { index, if_not_exists: false, concurrently: false });
    }

    /// What an inheriting table says differently of the columns that it has from its parents.
    fn inherited_differences(&self, state: &TableState) -> Vec<Op> {
        let parents = family::parents(self.target, state);
        let mut ops = Vec::new();
        for column in &state.table.columns {
            // What is its own too, its definition says, unless it says less.
            let Some(how) = state.inherited.get(&Part::Column(column.name.clone())) else { continue };
            let only = *how == Inherited::Only;
            let theirs: Vec<&Column> = parents
                .iter()
                .filter_map(|parent| self.target.table(parent))
                .filter_map(|parent| parent.table.columns.iter().find(|found| found.name == column.name))
                .collect();
            let alter = |change| Op::AlterColumn {
                on: Place::new(state.table.name.clone()),
                column: column.name.clone(),
                change,
            };
            if theirs.first().is_some_and(|theirs| theirs.default != column.default)
                && (only || column.default.is_none())
            {
                ops.push(alter(match &column.default {
                    Some(default) => ColumnChange::SetDefault(default.clone()),
                    None => ColumnChange::DropDefault,
                }));
            }
            if column.not_null != theirs.iter().any(|theirs| theirs.not_null) && (only || !column.not_null) {
                ops.push(alter(if column.not_null { ColumnChange::SetNotNull } else { ColumnChange::DropNotNull }));
            }
        }
        ops
    }

    /// A replica identity whose index is gone: made by such an index for a moment.
    fn dangling_identity(&mut self, state: &TableState) {
        let table = &state.table.name;
        let Some(column) = state.table.columns.iter().find(|column| column.not_null && column.generated.is_none())
        else {
            self.unknown.push(format!("the index that was the replica identity of {table} is gone"));
            return;
        };
        let name = format!("{}_replica_identity", table.name);
        let key = IndexKey {
            part: KeyPart::Column(column.name.clone()),
            collation: None,
            operator_class: None,
            order: None,
            nulls: None,
        };
        let index = Index {
            name: Some(name.clone()),
            table: table.clone(),
            only: false,
            unique: true,
            method: None,
            keys: vec![key],
            include: Vec::new(),
            nulls_not_distinct: false,
            with: Vec::new(),
            tablespace: None,
            predicate: None,
        };
        self.last.push(Op::CreateIndex { index, if_not_exists: false, concurrently: false });
        let change = TableChange::ReplicaIdentity { mode: DANGLING.to_owned(), index: Some(name.clone()) };
        self.last.push(Op::AlterTable { on: Place::new(table.clone()), change });
        self.last.push(Op::Drop {
            object: ObjectRef::new(ObjectKind::Index, table.sibling(name)),
            if_exists: false,
            behaviour: crate::ir::Behaviour::Restrict,
            concurrently: false,
        });
    }

    /// The sequence in `ids` that makes `column` a serial one.
    fn serial_sequence(&self, state: &TableState, column: &Column) -> Option<&Id> {
        self.serial.iter().find(|id| is_serial(self.target, state, column, id))
    }

    /// A table whose column types only its query knows.
    fn table_as_query(&mut self, state: &TableState, mut table: Table, place: &Place) {
        let (columns, reads) = (&state.table.columns, &state.reads);
        let name = table.name.clone();
        let text = table.as_query.clone().unwrap_or_default();
        let outputs = query::output_columns(&super::output::as_select(&text), self.target);
        let (Some(outputs), Some(reads)) = (outputs, reads) else {
            self.unknown.push(format!("the columns of {name} are known to the server alone"));
            return;
        };
        if super::output::reads(self.target, &text).as_ref() != Some(reads) {
            self.unknown.push(format!(
                "the types of the columns of {name} came from a query, and what that query reads is not what it was when \
                 the table was made"
            ));
            return;
        }
        let unknown = DataType::builtin("unknown");
        let given = super::output::columns(self.target, &text).unwrap_or_default();
        table.columns.clear();
        table.with_no_data = true;
        self.ops.push(Op::CreateTable { table, if_not_exists: false });
        for output in outputs.iter().filter(|output| !columns.iter().any(|column| column.name == **output)) {
            self.ops.push(Op::DropColumn {
                on: place.clone(),
                column: output.clone(),
                if_exists: false,
                behaviour: crate::ir::Behaviour::Restrict,
            });
        }
        for column in columns {
            let alter = |change| Op::AlterColumn { on: place.clone(), column: column.name.clone(), change };
            if !outputs.contains(&column.name) {
                if column.data_type == unknown {
                    self.unknown
                        .push(format!("the type of column {name}.{} is known to the server alone", column.name));
                    return;
                }
                self.ops.push(Op::AddColumn { on: place.clone(), column: column.clone(), if_not_exists: false });
                continue;
            }
            let same = given.iter().any(|found| {
                found.name == column.name && found.data_type == column.data_type && found.collation == column.collation
            });
            if column.data_type != unknown && !same {
                let (data_type, collation) = (column.data_type.clone(), column.collation.clone());
                self.ops.push(alter(ColumnChange::Type { data_type, collation, using: None }));
            }
            if let Some(default) = &column.default {
                self.ops.push(alter(ColumnChange::SetDefault(default.clone())));
            }
            if column.not_null {
                self.ops.push(alter(ColumnChange::SetNotNull));
            }
        }
    }
}

/// Whether a constraint can stand in `CREATE TABLE`: foreign keys wait for their targets, and `NOT VALID` means
/// nothing there.
fn stands_inline(constraint: &Constraint) -> bool {
    !matches!(constraint.kind, ConstraintKind::ForeignKey(_)) && !constraint.not_valid
}

/// Whether `column` is just what `SERIAL` makes, with the sequence `id`.
pub(crate) fn is_serial(target: &Schema, state: &TableState, column: &Column, id: &Id) -> bool {
    let Some(entry) = target.get(id) else { return false };
    let (Object::Sequence(sequence), Id::Relation(key)) = (&entry.object, id) else { return false };
    let TypeName::Builtin(base) = &column.data_type.name else { return false };
    let expected = match base.as_str() {
        "integer" | "smallint" => Some(DataType::builtin(base)),
        "bigint" => None,
        _ => return false,
    };
    let owned = sequence.owned_by.as_ref().is_some_and(|(table, owner)| {
        *owner == column.name && target.relation(table) == target.relation(&state.table.name)
    });
    owned
        && column.not_null
        && column.identity.is_none()
        && column.data_type.dimensions == 0
        && key.name == derive::derived_sequence_name(&state.table.name.name, &column.name)
        && sequence.options == SequenceOptions { data_type: expected, ..SequenceOptions::default() }
        && column.default.as_ref().is_some_and(|default| {
            *default == apply::nextval(&sequence.name)
                || query::expr_uses(&default.0).is_some_and(|uses| {
                    uses.functions.iter().any(|name| name.name == "nextval")
                        && uses.sequences.iter().any(|name| target.relation(name).as_ref() == Some(id))
                })
        })
}

/// Writes an integer column with its own sequence as the serial type.
pub(crate) fn as_serial(column: &mut Column) {
    let TypeName::Builtin(base) = &column.data_type.name else { return };
    let serial = match base.as_str() {
        "smallint" => "smallserial",
        "bigint" => "bigserial",
        _ => "serial",
    };
    column.data_type = DataType::builtin(serial);
    column.default = None;
}

/// Column settings that `CREATE TABLE` and `ADD COLUMN` cannot say.
pub(crate) fn settings_of(on: &Name, column: &Column) -> Vec<Op> {
    let alter = |change| Op::AlterColumn { on: Place::new(on.clone()), column: column.name.clone(), change };
    let mut ops = Vec::new();
    if let Some(storage) = &column.storage {
        ops.push(alter(ColumnChange::SetStorage(storage.clone())));
    }
    if let Some(target) = column.statistics {
        ops.push(alter(ColumnChange::SetStatistics(target)));
    }
    if !column.options.is_empty() {
        ops.push(alter(ColumnChange::SetOptions(column.options.clone())));
    }
    if let Some(identity) = &column.identity
        && let Some(data_type) = &identity.options.data_type
    {
        // A definition cannot say it: the sequence has the column's type then.
        let change = SequenceChange {
            data_type: Some(data_type.clone()),
            min: identity.options.min.clone().map(Some),
            max: identity.options.max.clone().map(Some),
            ..SequenceChange::default()
        };
        let name = on.sibling(derive::derived_sequence_name(&on.name, &column.name));
        ops.push(Op::AlterSequence { name, change, if_exists: false });
    }
    ops
}

fn column_settings(table: &Table) -> Vec<Op> {
    table.columns.iter().flat_map(|column| settings_of(&table.name, column)).collect()
}

/// The mode of a replica identity by an index; without one, the index is gone.
pub(crate) const DANGLING: &str = "USING INDEX";

/// What `CREATE TABLE` cannot say of the table itself.
fn table_settings(state: &TableState) -> Vec<Op> {
    let alter = |change| Op::AlterTable { on: Place::new(state.table.name.clone()), change };
    let mut ops = Vec::new();
    if state.row_security {
        ops.push(alter(TableChange::RowSecurity { enabled: true }));
    }
    if state.force_row_security {
        ops.push(alter(TableChange::ForceRowSecurity { forced: true }));
    }
    if let Some((mode, index)) = &state.replica_identity
        && (index.is_some() || mode != DANGLING)
    {
        ops.push(alter(TableChange::ReplicaIdentity { mode: mode.clone(), index: index.clone() }));
    }
    if let Some(index) = &state.cluster_on {
        ops.push(alter(TableChange::ClusterOn { index: Some(index.clone()) }));
    }
    ops
}
