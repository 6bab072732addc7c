//! The operations that turn one state into another that is close to it, in an order that a server takes, with what
//! gets lost on the way.

use super::enum_swap;
use super::leaf::{is_leaf, is_needed_early};
use super::mysql;
use super::note::Note;
use super::plan::{Plan, leaves};
use super::publication;
use super::sqlite;
use super::table::{self, Phases};
use super::{Backfill, Loss};
use crate::ir::{
    AttributeChange, Behaviour, ColumnChange, Constraint, ConstraintKind, Dialect, DomainChange, Enum, Op, Place,
    SequenceChange, SequenceOptions, TableChange, is_open,
};
use crate::schema::{
    Creation, Entry, Id, Object, Part, Schema, as_serial, create, depth, descendants, facet_changes, facets_of,
    in_order, is_serial, publication_said, reference, resting_on_index,
};
use crate::sql::postgres;
use std::collections::BTreeSet;

/// What it takes to get from one state to another.
#[derive(Debug, Default)]
pub(super) struct Restored {
    /// The operations in order.
    pub ops: Vec<Op>,
    /// What does not come back.
    pub lost: Vec<Loss>,
    /// What is thrown away on the way.
    pub discards: Vec<Loss>,
    /// What to know before running them.
    pub notes: Vec<Note>,
    /// Why it cannot be done, if it cannot.
    pub refusals: Vec<String>,
}

/// Turns `from` into `to`.
pub(super) fn restore(from: &Schema, to: &Schema, backfill: Backfill) -> Restored {
    if from.dialect() == Dialect::Sqlite {
        return sqlite::restore(from, to, None);
    }
    if let Dialect::Mysql | Dialect::Mariadb = from.dialect() {
        return mysql::restore(from, to);
    }
    let plan = Plan::new(from, to);
    let mut work =
        Work { from, to, backfill, done: Restored::default(), phases: Phases::default(), serial: BTreeSet::new() };
    work.done.refusals.extend(plan.refusals.iter().cloned());
    work.check_doubt(&plan);
    work.run(&plan);
    work.done
}

struct Work<'a> {
    from: &'a Schema,
    to: &'a Schema,
    backfill: Backfill,
    done: Restored,
    phases: Phases,
    /// Sequences that come with a serial column that is added back.
    serial: BTreeSet<Id>,
}

impl Work<'_> {
    fn check_doubt(&mut self, plan: &Plan) {
        if let Some(why) = &self.to.doubt {
            self.done.refusals.push(why.to_string());
        }
        for id in plan.create.iter().chain(&plan.alter).chain(&plan.swap) {
            let Some(entry) = self.to.get(id) else { continue };
            let Some(why) = entry.unsure() else { continue };
            let sheds = |now: &std::sync::Arc<Entry>| only_sheds(now, entry) && knows_comments(now, entry);
            let beside = |now: &std::sync::Arc<Entry>| {
                plan.alter.contains(id) && self.to.leaves_open_values(id, self.from) && knows_comments(now, entry)
            };
            if self.from.get(id).is_some_and(|now| sheds(now) || beside(now)) && !plan.create.contains(id) {
                continue;
            }
            self.done.refusals.push(format!("{id} is not known for certain: {why}"));
        }
        // What is computed from a column of a type that is swapped is made again, from its text.
        let remade: BTreeSet<&Id> = plan.swap.iter().flat_map(|id| self.to.users(id)).collect();
        for id in remade {
            let Some(entry) = self.to.get(id) else { continue };
            if let (Some(why), Object::Table(state)) = (entry.unsure(), &entry.object)
                && (state.table.columns.iter().any(|column| column.generated.is_some())
                    || state.table.constraints.iter().any(|part| matches!(part.kind, ConstraintKind::Check { .. })))
            {
                self.done.refusals.push(format!("{id} is not known for certain: {why}"));
            }
        }
    }

    fn run(&mut self, plan: &Plan) {
        let (from, to) = (self.from, self.to);
        self.find_serials(plan);
        let in_front = |schema: &Schema, id: &Id| is_leaf(schema, id);
        let drops: Vec<Id> = in_order(from, &plan.drop).into_iter().rev().collect();
        let creates: BTreeSet<Id> = plan.create.iter().filter(|id| !self.serial.contains(*id)).cloned().collect();
        let mut together = creates.clone();
        together.extend(plan.defaults.iter().filter(|id| !from.has(id)).cloned());
        let (leaves, base): (BTreeSet<Id>, BTreeSet<Id>) = creates.iter().cloned().partition(|id| in_front(to, id));
        // Routines come after the tables they speak of, unless a table or type needs them.
        let (early, late): (BTreeSet<Id>, BTreeSet<Id>) =
            base.iter().cloned().partition(|id| !matches!(id, Id::Routine(..)) || is_needed_early(to, id));
        self.say_indexes_again(plan);
        for id in self.altered(plan) {
            if let (Some(now), Some(wanted)) = (from.get(&id), to.get(&id)) {
                self.alter(plan, &id, now, wanted);
            }
        }
        let mut swaps = Vec::new();
        for id in &plan.swap {
            let (check, begin, note) = enum_swap::begin(from, to, id);
            self.phases.checks.extend(check);
            swaps.extend(begin);
            self.done.notes.extend(note);
        }
        let mut ops = std::mem::take(&mut self.phases.checks);
        ops.append(&mut self.phases.first);
        ops.append(&mut self.phases.drop_keys);
        ops.extend(drops.iter().flat_map(|id| self.keys_resting_on(plan, id)));
        for id in drops.iter().filter(|id| in_front(from, id) || plan.create.contains(*id)) {
            ops.extend(self.drop_op(plan, id));
        }
        ops.append(&mut self.phases.drop_constraints);
        let creation = self.create(&early, &together);
        ops.extend(creation.base);
        ops.append(&mut self.phases.before_types);
        ops.extend(swaps);
        ops.append(&mut self.phases.columns);
        for id in &plan.swap {
            ops.extend(enum_swap::end(from, to, id));
        }
        for id in drops.iter().filter(|id| !in_front(from, id) && !plan.create.contains(*id)) {
            ops.extend(self.drop_op(plan, id));
        }
        ops.append(&mut self.phases.objects);
        let routines = self.create(&late, &together);
        ops.extend(routines.base);
        ops.append(&mut self.phases.add_constraints);
        let hanging = self.create(&leaves, &together);
        ops.extend(hanging.base);
        ops.extend(creation.after);
        ops.extend(routines.after);
        ops.extend(hanging.after);
        ops.append(&mut self.phases.add_keys);
        ops.append(&mut self.phases.last);
        ops.extend(creation.facets);
        ops.extend(routines.facets);
        ops.extend(hanging.facets);
        for id in &plan.defaults {
            let bare = |entry: &Entry| Entry::new(entry.object.clone());
            ops.extend(match (from.get(id), to.get(id)) {
                (Some(now), None) => facet_changes(id, now, &bare(now)),
                (None, Some(wanted)) => facet_changes(id, &bare(wanted), wanted),
                (Some(now), Some(wanted)) => facet_changes(id, now, wanted),
                (None, None) => Vec::new(),
            });
        }
        for id in plan.alter.iter().chain(&plan.swap) {
            if plan.create.contains(id) {
                continue;
            }
            if let (Some(now), Some(wanted)) = (from.get(id), to.get(id)) {
                ops.extend(self.changed_facets(plan, id, now, wanted));
            }
        }
        self.done.ops = ops;
        self.count(plan);
    }

    /// What is altered, parents before their children: what is said of a parent's column reaches the children too, even
    /// those that are to stay as they are.
    fn altered(&self, plan: &Plan) -> Vec<Id> {
        let mut ids: BTreeSet<Id> = plan.alter.iter().chain(plan.tables.keys()).cloned().collect();
        let below: Vec<Id> = ids.iter().flat_map(|id| descendants(self.to, id)).collect();
        ids.extend(below.into_iter().filter(|id| self.from.has(id)));
        let mut ids: Vec<Id> = ids.into_iter().collect();
        ids.sort_by_key(|id| depth(self.to, id));
        ids
    }

    /// An index that is made again is not clustered on, and is nobody's identity, until that is said again.
    fn say_indexes_again(&mut self, plan: &Plan) {
        for id in plan.drop.intersection(&plan.create) {
            let Some(Object::Index(state)) = self.to.get(id).map(|entry| &entry.object) else { continue };
            let (Some(name), Some(table_id)) = (&state.index.name, self.to.relation(&state.index.table)) else {
                continue;
            };
            let (Some(now), Some(wanted)) = (self.from.table(&table_id), self.to.table(&table_id)) else { continue };
            if !plan.create.contains(&table_id) {
                self.phases.last.extend(table::index_settings(now, wanted, name));
            }
        }
    }

    /// What hangs on an object that stays; on parts that are made again it has to be said again.
    fn changed_facets(&self, plan: &Plan, id: &Id, now: &Entry, wanted: &Entry) -> Vec<Op> {
        if plan.swap.contains(id) {
            return facets_of(self.to, id, wanted, &BTreeSet::new());
        }
        let mut now = now.clone();
        for part in self.phases.remade.iter().filter(|(owner, _)| owner == id).map(|(_, part)| part) {
            now.comments.remove(part);
        }
        facet_changes(id, &now, wanted)
    }

    /// Serial columns that are added back bring their sequences with them.
    fn find_serials(&mut self, plan: &Plan) {
        for id in &plan.create {
            let Some(Object::Sequence(sequence)) = self.to.get(id).map(|entry| &entry.object) else { continue };
            let Some((table, column)) = &sequence.owned_by else { continue };
            let Some(table_id) = self.to.relation(table) else { continue };
            let added = self
                .from
                .table(&table_id)
                .is_some_and(|now| !now.table.columns.iter().any(|found| found.name == *column));
            let serial = self.to.table(&table_id).is_some_and(|state| {
                state.table.columns.iter().any(|found| found.name == *column && is_serial(self.to, state, found, id))
            });
            if added && serial && !plan.create.contains(&table_id) {
                self.serial.insert(id.clone());
            }
        }
    }

    fn create(&mut self, ids: &BTreeSet<Id>, together: &BTreeSet<Id>) -> Creation {
        let mut creation = create(self.to, ids, together);
        self.done.refusals.append(&mut creation.unknown);
        creation
    }

    /// Drops the foreign keys that rest on an index which goes, of tables that go later.
    fn keys_resting_on(&self, plan: &Plan, id: &Id) -> Vec<Op> {
        let drop = |(table, name): (Id, String)| {
            let state = self.from.table(&table).filter(|_| plan.drop.contains(&table))?;
            let on = Place::new(state.table.name.clone());
            Some(Op::DropConstraint { on, name, if_exists: false, behaviour: Behaviour::Restrict, kind: None })
        };
        resting_on_index(self.from, id).into_iter().filter_map(drop).collect()
    }

    fn drop_op(&self, plan: &Plan, id: &Id) -> Option<Op> {
        let entry = self.from.get(id)?;
        // What goes with something else needs no statement of its own.
        if let Object::Sequence(sequence) = &entry.object
            && let Some((table, column)) = &sequence.owned_by
            && let Some(table) = self.from.relation(table)
        {
            let column_stays = self
                .to
                .table(&table)
                .is_some_and(|state| state.table.columns.iter().any(|found| found.name == *column));
            if !column_stays {
                return None;
            }
        }
        let goes = |key: &crate::schema::Key| {
            let owner = Id::Relation(key.clone());
            !self.to.has(&owner) && self.from.has(&owner)
        };
        // What else it uses may go before its table.
        let own = id.owner().cloned().map(Id::Relation);
        let reaches = entry.used_ids().into_iter().any(|used| own.as_ref() != Some(used) && plan.drop.contains(used));
        if id.owner().is_some_and(goes) && !reaches {
            return None;
        }
        if let Object::Index(state) = &entry.object
            && let Some(table) = self.from.relation(&state.index.table)
            && !self.to.has(&table)
        {
            return None;
        }
        if let Object::Index(state) = &entry.object
            && let Some(parent) = state.attached_to.as_ref().and_then(|parent| self.from.relation(parent))
            && plan.drop.contains(&parent)
            && !leaves(self.from, self.to, &state.index.table)
        {
            return None;
        }
        let mut object = reference(id, &entry.object);
        if let (Object::Routine(_), Id::Routine(key, _), None) = (&entry.object, id, &object.name.schema)
            && postgres::is_builtin_function(&key.name)
        {
            // A bare name would mean the server's own.
            object.name.schema = Some(key.schema.clone());
        }
        Some(Op::Drop { object, if_exists: false, behaviour: Behaviour::Restrict, concurrently: false })
    }

    fn alter(&mut self, plan: &Plan, id: &Id, now: &Entry, wanted: &Entry) {
        if plan.drop.contains(id) {
            return;
        }
        match (&now.object, &wanted.object) {
            (Object::Table(one), Object::Table(other)) => {
                let mut context = table::Context {
                    from: self.from,
                    to: self.to,
                    id,
                    backfill: self.backfill,
                    work: plan.tables.get(id),
                    serial: &self.serial,
                    phases: &mut self.phases,
                    done: &mut self.done,
                };
                table::alter(&mut context, one, other);
            }
            (Object::Enum(one), Object::Enum(other)) => self.add_values(one, other),
            (Object::View(one), Object::View(other)) => {
                if other.view.materialized {
                    if one.view.with_no_data != other.view.with_no_data {
                        self.phases.last.push(Op::RefreshView {
                            name: other.view.name.clone(),
                            concurrently: false,
                            with_no_data: other.view.with_no_data,
                        });
                    }
                } else if one.view != other.view {
                    let ops = &mut self.phases.objects;
                    ops.push(Op::CreateView { view: other.view.clone(), or_replace: true, if_not_exists: false });
                }
                let names: BTreeSet<&String> = one.defaults.keys().chain(other.defaults.keys()).collect();
                for name in names {
                    let change = match (one.defaults.get(name), other.defaults.get(name)) {
                        (now, wanted) if now == wanted => continue,
                        (_, Some(expr)) => ColumnChange::SetDefault(expr.clone()),
                        (_, None) => ColumnChange::DropDefault,
                    };
                    let on = Place::new(other.view.name.clone());
                    self.phases.objects.push(Op::AlterColumn { on, column: name.clone(), change });
                }
            }
            (Object::Sequence(one), Object::Sequence(other)) if one != other => {
                let change = sequence_change(
                    &one.options,
                    &other.options,
                    other,
                    one.owned_by != other.owned_by,
                    one.unlogged != other.unlogged,
                );
                // Ownership may need a column that comes back; a changed type does not.
                self.phases.last.push(Op::AlterSequence { name: other.name.clone(), change, if_exists: false });
            }
            (Object::Domain(one), Object::Domain(other)) => {
                let changes = domain_changes(one, other);
                self.phases
                    .objects
                    .extend(changes.into_iter().map(|change| Op::AlterDomain { name: other.name.clone(), change }));
            }
            (Object::Composite(one), Object::Composite(other)) => {
                let changes = attribute_changes(one, other);
                if !changes.is_empty() && self.from.users(id).any(|user| matches!(user, Id::Relation(_))) {
                    self.done.lost.push(Loss::rows(id, format!("values of the attributes that {id} had lost")));
                }
                self.phases
                    .objects
                    .extend(changes.into_iter().map(|change| Op::AlterComposite { name: other.name.clone(), change }));
            }
            (Object::Routine(one), Object::Routine(other)) if one != other => {
                self.phases.objects.push(Op::CreateRoutine { routine: other.routine.clone(), or_replace: true });
                for attributes in &other.altered {
                    let object = reference(id, &wanted.object);
                    self.phases.objects.push(Op::AlterRoutine { object, attributes: attributes.clone() });
                }
            }
            (Object::Index(one), Object::Index(other)) if one != other => {
                let mut set = Vec::new();
                for (name, value) in &other.index.with {
                    if !one.index.with.contains(&(name.clone(), value.clone())) {
                        set.push((name.clone(), value.clone()));
                    }
                }
                for (name, _) in &one.index.with {
                    if !other.index.with.iter().any(|(found, _)| found == name) {
                        set.push((name.clone(), String::new()));
                    }
                }
                if let (None, Some(parent)) = (&one.attached_to, &other.attached_to)
                    && !leaves(self.from, self.to, &other.index.table)
                {
                    let child = reference(id, &wanted.object).name;
                    self.phases.last.push(Op::AttachIndex { name: parent.clone(), child });
                }
                if !set.is_empty() {
                    let name = reference(id, &wanted.object).name;
                    self.phases.objects.push(Op::AlterIndex { name, set, if_exists: false });
                }
            }
            (Object::Trigger(one), Object::Trigger(other)) if one.state != other.state => {
                let state = other.state.clone().unwrap_or_else(|| "ENABLE".to_owned());
                let change = TableChange::Trigger { state, name: other.trigger.name.clone(), every: false };
                self.phases.objects.push(Op::AlterTable { on: Place::new(other.trigger.table.clone()), change });
            }
            (Object::Policy(one), Object::Policy(other)) if one != other => {
                let mut policy = other.clone();
                if policy.roles.is_empty() && !one.roles.is_empty() {
                    policy.roles.push("PUBLIC".to_owned());
                }
                policy.command = None;
                policy.restrictive = false;
                self.phases.last.push(Op::AlterPolicy { policy });
            }
            (Object::Publication(one), Object::Publication(other)) if one != other => {
                let ops = publication::alter(
                    self.from.is_blank(id),
                    &publication_said(self.to, one),
                    &publication_said(self.to, other),
                );
                self.phases.last.extend(ops);
            }
            _ => {}
        }
    }

    fn add_values(&mut self, now: &Enum, wanted: &Enum) {
        let mut present = now.values.clone();
        for (at, value) in wanted.values.iter().enumerate() {
            if present.contains(value) {
                continue;
            }
            let before = wanted.values[at..].iter().find(|later| now.values.contains(later)).cloned();
            present.push(value.clone());
            self.phases.objects.push(Op::AddEnumValue {
                name: wanted.name.clone(),
                value: value.clone(),
                before,
                after: None,
                if_not_exists: false,
            });
        }
    }

    /// What comes back empty, and what goes with everything in it.
    fn count(&mut self, plan: &Plan) {
        for id in &plan.create {
            match self.to.get(id).map(|entry| &entry.object) {
                Some(Object::Table(state)) if state.table.partition_by.is_none() => {
                    self.done.lost.push(Loss::table(id, format!("rows of table {id}")));
                }
                Some(Object::Sequence(sequence)) if !self.serial.contains(id) => {
                    let with_table = sequence
                        .owned_by
                        .as_ref()
                        .and_then(|(table, _)| self.to.relation(table))
                        .is_some_and(|table| plan.create.contains(&table));
                    if !with_table {
                        self.done.lost.push(Loss::table(id, format!("the position of sequence {id}")));
                    }
                }
                _ => {}
            }
        }
        for id in &plan.drop {
            if let Some(Object::Table(_)) = self.from.get(id).map(|entry| &entry.object)
                && !self.to.has(id)
            {
                self.done.discards.push(Loss::thrown(id, ""));
            }
        }
    }
}

/// Whether going from `now` to `wanted` only takes things away, so that nothing of the doubtful definition is relied on.
fn only_sheds(now: &Entry, wanted: &Entry) -> bool {
    let (Object::Table(one), Object::Table(other)) = (&now.object, &wanted.object) else {
        return now.object == wanted.object;
    };
    other.table.columns.iter().all(|column| one.table.columns.contains(column))
        && other.table.constraints.iter().all(|constraint: &Constraint| one.table.constraints.contains(constraint))
}

/// Whether no comment comes back that is not known for certain.
fn knows_comments(now: &Entry, wanted: &Entry) -> bool {
    let was_there = |part: &Part| match (part, wanted.object.as_table()) {
        (Part::Column(name), Some(state)) => state.table.columns.iter().any(|column| column.name == *name),
        (Part::Constraint(name), Some(state)) => {
            state.table.constraints.iter().any(|constraint| constraint.name.as_ref() == Some(name))
        }
        _ => true,
    };
    let is_known = |was: Option<&String>| wanted.is_merely_open() && !was.is_some_and(|text| is_open(text));
    let same = |part: &&Part| now.comments.get(part) == wanted.comments.get(part);
    let mut parts = now.comments.keys().chain(wanted.comments.keys()).filter(|part| !same(part) && was_there(part));
    (now.comment == wanted.comment || is_known(wanted.comment.as_ref()))
        && parts.all(|part| is_known(wanted.comments.get(part)))
}

fn sequence_change(
    now: &SequenceOptions,
    wanted: &SequenceOptions,
    sequence: &crate::ir::Sequence,
    owner: bool,
    logged: bool,
) -> SequenceChange {
    let mut change = option_change(now, wanted);
    if owner {
        change.owned_by = Some(sequence.owned_by.clone());
    }
    if logged {
        change.logged = Some(!sequence.unlogged);
    }
    change
}

/// What turns one set of sequence options into another.
pub(super) fn option_change(now: &SequenceOptions, wanted: &SequenceOptions) -> SequenceChange {
    let mut change = SequenceChange::default();
    if now.data_type != wanted.data_type {
        change.data_type = Some(wanted.data_type.clone().unwrap_or_else(|| crate::ir::DataType::builtin("bigint")));
    }
    if now.increment != wanted.increment {
        change.increment = Some(wanted.increment.clone().unwrap_or_else(|| "1".to_owned()));
    }
    if now.min != wanted.min {
        change.min = Some(wanted.min.clone());
    }
    if now.max != wanted.max {
        change.max = Some(wanted.max.clone());
    }
    if now.start != wanted.start {
        let default = wanted.min.clone().unwrap_or_else(|| "1".to_owned());
        change.start = Some(wanted.start.clone().unwrap_or(default));
    }
    if now.cache != wanted.cache {
        change.cache = Some(wanted.cache.clone().unwrap_or_else(|| "1".to_owned()));
    }
    if now.cycle != wanted.cycle {
        change.cycle = Some(wanted.cycle);
    }
    change
}

fn domain_changes(now: &crate::ir::Domain, wanted: &crate::ir::Domain) -> Vec<DomainChange> {
    let mut changes = Vec::new();
    for check in now.checks.iter().filter(|check| !wanted.checks.contains(check)) {
        changes.push(DomainChange::DropConstraint {
            name: check.name.clone().unwrap_or_default(),
            if_exists: false,
            behaviour: Behaviour::Restrict,
        });
    }
    for check in wanted.checks.iter().filter(|check| !now.checks.contains(check)) {
        changes.push(DomainChange::AddConstraint(check.clone()));
    }
    if now.default != wanted.default {
        changes.push(match &wanted.default {
            Some(expr) => DomainChange::SetDefault(expr.clone()),
            None => DomainChange::DropDefault,
        });
    }
    if now.not_null != wanted.not_null {
        changes.push(if wanted.not_null { DomainChange::SetNotNull } else { DomainChange::DropNotNull });
    }
    changes
}

fn attribute_changes(now: &crate::ir::Composite, wanted: &crate::ir::Composite) -> Vec<AttributeChange> {
    let mut changes = Vec::new();
    for attribute in &now.attributes {
        if !wanted.attributes.iter().any(|other| other.name == attribute.name) {
            changes.push(AttributeChange::Drop {
                name: attribute.name.clone(),
                if_exists: false,
                behaviour: Behaviour::Restrict,
            });
        }
    }
    for attribute in &wanted.attributes {
        match now.attributes.iter().find(|other| other.name == attribute.name) {
            None => changes.push(AttributeChange::Add { attribute: attribute.clone(), behaviour: Behaviour::Restrict }),
            Some(other) if other != attribute => {
                changes.push(AttributeChange::Alter { attribute: attribute.clone(), behaviour: Behaviour::Restrict });
            }
            Some(_) => {}
        }
    }
    changes
}

/// A column as `ADD COLUMN` writes it.
pub(super) fn added_column(
    to: &Schema,
    state: &crate::schema::TableState,
    column: &crate::ir::Column,
    serial: &BTreeSet<Id>,
) -> crate::ir::Column {
    let mut column = column.clone();
    if serial.iter().any(|id| is_serial(to, state, &column, id)) {
        as_serial(&mut column);
    }
    column.storage = None;
    column.statistics = None;
    column.options.clear();
    column
}
