//! What has to happen to turn one state back into another: which objects go, which come, which change in place, and
//! which stand in the way and are made again.

use super::values;
use crate::ir::{ConstraintKind, DataType, Finder, KeyPart, TypeName};
use crate::schema::{
    Change, Entry, Id, Object, Part, RoutineState, Schema, TableState, ViewState, dependants, resting_on,
};
use std::collections::{BTreeMap, BTreeSet};

/// What has to happen.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Objects to drop: those that the earlier state did not have, and those to be made again.
    pub drop: BTreeSet<Id>,
    /// Objects to make: those that are gone, and those to be made again.
    pub create: BTreeSet<Id>,
    /// Objects that change in place.
    pub alter: BTreeSet<Id>,
    /// Enums that lose values: another type takes their place.
    pub swap: BTreeSet<Id>,
    /// Default privileges that differ.
    pub defaults: BTreeSet<Id>,
    /// What tables need beyond their own differences.
    pub tables: BTreeMap<Id, TableWork>,
    /// Why it cannot be done.
    pub refusals: BTreeSet<String>,
}

/// What a table needs beyond its own differences.
#[derive(Debug, Default)]
pub(super) struct TableWork {
    /// Constraints to drop and add again.
    pub constraints: BTreeSet<String>,
    /// Defaults to drop and set again.
    pub defaults: BTreeSet<String>,
    /// Columns whose type is another although it has the same name.
    pub retype: BTreeSet<String>,
    /// Generated columns to drop and add again.
    pub columns: BTreeSet<String>,
}

impl Plan {
    /// The plan that turns `from` into `to`.
    pub(super) fn new(from: &Schema, to: &Schema) -> Plan {
        let mut plan = Plan::default();
        let changes = from.changes(to);
        for change in changes.iter().filter(|change| !change.id.is_temporary()) {
            plan.classify(change);
        }
        plan.detach_indexes(from, to);
        plan.let_go_of_keys(from, to);
        plan.clear_the_way(from, to);
        plan
    }

    fn classify(&mut self, change: &Change<'_>) {
        let id = change.id.clone();
        if let Id::Defaults { .. } = id {
            self.defaults.insert(id);
            return;
        }
        match (change.before, change.after) {
            (Some(_), None) => {
                self.drop.insert(id);
            }
            (None, Some(_)) => {
                self.create.insert(id);
            }
            (Some(now), Some(wanted)) if now.object != wanted.object => match in_place(now, wanted) {
                InPlace::Yes => {
                    self.alter.insert(id);
                }
                InPlace::Swap => {
                    self.swap.insert(id);
                }
                InPlace::No => self.again(&id),
                InPlace::Never(why) => {
                    self.refusals.insert(format!("{id} {why}"));
                }
            },
            (Some(_), Some(_)) => {
                self.alter.insert(id);
            }
            (None, None) => {}
        }
    }

    /// An index can leave a partitioned one only with its table, or when that one goes.
    fn detach_indexes(&mut self, from: &Schema, to: &Schema) {
        for id in self.alter.clone() {
            let (Some(now), Some(wanted)) = (from.get(&id), to.get(&id)) else { continue };
            let (Object::Index(now), Object::Index(wanted)) = (&now.object, &wanted.object) else { continue };
            let (Some(parent), None) = (&now.attached_to, &wanted.attached_to) else { continue };
            if let Some(parent) = from.relation(parent)
                && to.has(&parent)
                && !leaves(from, to, &now.index.table)
            {
                self.again(&parent);
                self.again(&id);
            }
        }
    }

    /// A key constraint can go only when no foreign key rests on it.
    fn let_go_of_keys(&mut self, from: &Schema, to: &Schema) {
        for id in self.alter.clone() {
            let (Some(now), Some(wanted)) = (from.table(&id), to.table(&id)) else { continue };
            let goes = now.table.constraints.iter().filter(|found| !wanted.table.constraints.contains(found));
            for (table, key) in
                goes.filter_map(|found| found.name.as_deref()).flat_map(|name| resting_on(from, &id, name))
            {
                let stays = to
                    .table(&table)
                    .is_some_and(|state| state.table.constraints.iter().any(|found| found.name.as_ref() == Some(&key)));
                if stays && !self.drop.contains(&table) {
                    self.tables.entry(table).or_default().constraints.insert(key);
                }
            }
        }
    }

    fn again(&mut self, id: &Id) {
        self.alter.remove(id);
        self.drop.insert(id.clone());
        self.create.insert(id.clone());
    }

    /// Finds what stands in the way, until nothing more does.
    fn clear_the_way(&mut self, from: &Schema, to: &Schema) {
        let mut done: BTreeSet<(Id, Option<String>)> = BTreeSet::new();
        loop {
            let mut open: Vec<(Id, Option<String>, Touch)> = Vec::new();
            for id in self.drop.intersection(&self.create) {
                open.push((id.clone(), None, Touch::Gone));
            }
            for id in &self.swap {
                open.push((id.clone(), None, Touch::Swapped));
            }
            for id in self.alter.iter().chain(self.tables.keys()) {
                let (Some(now), Some(wanted)) = (from.table(id), to.table(id)) else { continue };
                for (column, touch) in self.touched_columns(id, now, wanted) {
                    open.push((id.clone(), Some(column), touch));
                }
            }
            open.retain(|(id, column, _)| done.insert((id.clone(), column.clone())));
            if open.is_empty() {
                return;
            }
            for (id, column, touch) in open {
                self.in_the_way(from, to, &id, column.as_deref(), touch);
            }
        }
    }

    fn touched_columns(&self, id: &Id, now: &TableState, wanted: &TableState) -> Vec<(String, Touch)> {
        let work = self.tables.get(id);
        let mut touched = Vec::new();
        let mut others = Finder::new(&wanted.table.columns);
        for column in &now.table.columns {
            let name = &column.name;
            let Some(other) = others.find(name) else {
                touched.push((name.clone(), Touch::Gone));
                continue;
            };
            let retype = work.is_some_and(|work| work.retype.contains(name));
            if retype || column.data_type != other.data_type || column.collation != other.collation {
                let plain = !retype && same_base(&column.data_type, &other.data_type);
                touched.push((name.clone(), if plain { Touch::Resized } else { Touch::Retyped }));
            }
            if made_anew(column.generated.as_ref(), other.generated.as_ref())
                || work.is_some_and(|work| work.columns.contains(name))
            {
                touched.push((name.clone(), Touch::Gone));
            }
        }
        touched
    }

    fn in_the_way(&mut self, from: &Schema, to: &Schema, id: &Id, column: Option<&str>, touch: Touch) {
        if let (Some(column), Some(state)) = (column, from.table(id)) {
            self.own_parts(from, to, id, state, column, touch);
        }
        for dependant in dependants(from, id, column) {
            // What is not there afterwards is dropped anyway; what is not there before depends on something else.
            let (Some(entry), Some(wanted)) = (from.get(&dependant.id), to.get(&dependant.id)) else { continue };
            if self.drop.contains(&dependant.id) {
                continue;
            }
            match (&entry.object, &dependant.part) {
                (Object::Index(state), _) => {
                    let has_expression = state.index.predicate.is_some()
                        || state.index.keys.iter().any(|key| matches!(key.part, KeyPart::Expr(_)));
                    if touch == Touch::Gone || (touch != Touch::Resized && has_expression) {
                        self.again(&dependant.id);
                    }
                }
                (
                    Object::View(_) | Object::Trigger(_) | Object::Policy(_) | Object::Routine(_) | Object::Defined(_),
                    _,
                ) => {
                    self.again(&dependant.id);
                }
                (Object::Table(state), Part::Column(name)) => {
                    let generated =
                        state.table.columns.iter().any(|found| found.name == *name && found.generated.is_some());
                    let still = wanted
                        .object
                        .as_table()
                        .is_some_and(|wanted| wanted.table.columns.iter().any(|found| found.name == *name));
                    if !still {
                        continue;
                    }
                    let work = self.tables.entry(dependant.id.clone()).or_default();
                    if touch == Touch::Swapped && !generated {
                        work.retype.insert(name.clone());
                    } else if generated {
                        work.columns.insert(name.clone());
                    } else {
                        self.refusals.insert(format!(
                            "column {}.{name} is of the type {id}, which has to be made again",
                            dependant.id
                        ));
                    }
                }
                (Object::Table(_), Part::Default(name)) => {
                    self.tables.entry(dependant.id.clone()).or_default().defaults.insert(name.clone());
                }
                (Object::Table(state), Part::Constraint(name)) => {
                    let kept = wanted.object.as_table().is_some_and(|wanted| {
                        wanted.table.constraints.iter().any(|found| found.name.as_ref() == Some(name))
                    });
                    let is_key = state.table.constraints.iter().any(|found| {
                        found.name.as_ref() == Some(name) && matches!(found.kind, ConstraintKind::ForeignKey(_))
                    });
                    if kept && (touch != Touch::Resized || is_key) {
                        self.tables.entry(dependant.id.clone()).or_default().constraints.insert(name.clone());
                    }
                }
                (Object::Table(_), Part::Whole) if touch == Touch::Swapped => {
                    self.refusals.insert(format!("table {} is partitioned by, or made of, type {id}", dependant.id));
                }
                (Object::Domain(_) | Object::Composite(_), _) if touch == Touch::Swapped => {
                    self.refusals
                        .insert(format!("{} is built on {id}, whose values cannot be taken away", dependant.id));
                }
                _ => {}
            }
        }
    }

    /// The table's own constraints and generated columns over a column.
    fn own_parts(&mut self, from: &Schema, to: &Schema, id: &Id, state: &TableState, column: &str, touch: Touch) {
        if touch == Touch::Resized {
            return;
        }
        let Some(entry) = from.get(id) else { return };
        let wanted = to.table(id);
        for used in entry.uses.iter().filter(|used| used.id == *id && used.column.as_deref() == Some(column)) {
            match &used.part {
                Part::Constraint(name) => {
                    let key = state.table.constraints.iter().any(|found| {
                        found.name.as_ref() == Some(name)
                            && matches!(found.kind, ConstraintKind::PrimaryKey(_) | ConstraintKind::Unique(_))
                    });
                    let kept = wanted.is_some_and(|wanted| {
                        wanted.table.constraints.iter().any(|found| found.name.as_ref() == Some(name))
                    });
                    if kept && (touch == Touch::Gone || !key) {
                        self.tables.entry(id.clone()).or_default().constraints.insert(name.clone());
                    }
                }
                Part::Column(name) if name != column => {
                    self.tables.entry(id.clone()).or_default().columns.insert(name.clone());
                }
                Part::Column(_) | Part::Default(_) | Part::Whole => {}
            }
        }
    }
}

/// What happens to something that others use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Touch {
    /// It goes, to come again or not.
    Gone,
    /// Its type becomes another kind.
    Retyped,
    /// Its type keeps its kind and gets other arguments.
    Resized,
    /// It is an enum whose place another takes.
    Swapped,
}

fn same_base(one: &DataType, other: &DataType) -> bool {
    one.name == other.name && one.dimensions == other.dimensions
}

/// Whether a generation expression can only be had by making the column anew.
pub(super) fn made_anew(now: Option<&crate::ir::Expr>, wanted: Option<&crate::ir::Expr>) -> bool {
    wanted.is_some() && now != wanted
}

enum InPlace {
    Yes,
    No,
    Swap,
    Never(&'static str),
}

fn in_place(now: &Entry, wanted: &Entry) -> InPlace {
    match (&now.object, &wanted.object) {
        (Object::Table(_), Object::Table(_))
        | (Object::Sequence(_), Object::Sequence(_))
        | (Object::Composite(_), Object::Composite(_))
        | (Object::Schema(_), Object::Schema(_)) => InPlace::Yes,
        (Object::Domain(one), Object::Domain(other)) if one.data_type == other.data_type => InPlace::Yes,
        (Object::Enum(one), Object::Enum(other)) => {
            let mut rest = other.values.iter();
            let extends = one.values.iter().all(|value| rest.any(|found| found == value));
            if extends { InPlace::Yes } else { InPlace::Swap }
        }
        (Object::View(one), Object::View(other)) => replaceable_view(one, other),
        (Object::Routine(one), Object::Routine(other)) => replaceable_routine(one, other),
        (Object::Index(one), Object::Index(other)) => {
            let (mut one, mut other) = (one.clone(), other.clone());
            one.index.with.clear();
            other.index.with.clear();
            one.attached_to = None;
            other.attached_to = None;
            if one == other { InPlace::Yes } else { InPlace::No }
        }
        (Object::Trigger(one), Object::Trigger(other)) if one.trigger == other.trigger => InPlace::Yes,
        (Object::Policy(one), Object::Policy(other)) => {
            let can = one.command == other.command
                && one.restrictive == other.restrictive
                && (other.using.is_some() || one.using.is_none())
                && (other.check.is_some() || one.check.is_none());
            if can { InPlace::Yes } else { InPlace::No }
        }
        (Object::Publication(one), Object::Publication(other)) if one.all_tables == other.all_tables => InPlace::Yes,
        (Object::Extension(_), Object::Extension(_)) => {
            InPlace::Never("was at another version or in another schema, and cannot be taken back")
        }
        _ => InPlace::No,
    }
}

/// Whether a table that is there on both sides is not the same parents' child.
pub(super) fn leaves(from: &Schema, to: &Schema, table: &crate::ir::Name) -> bool {
    let Some(id) = from.relation(table) else { return false };
    match (from.table(&id), to.table(&id)) {
        (Some(now), Some(wanted)) => !same_family(now, wanted),
        _ => false,
    }
}

/// Whether a table has the same parents in both states.
pub(super) fn same_family(now: &TableState, wanted: &TableState) -> bool {
    now.table.partition_of == wanted.table.partition_of && now.table.inherits == wanted.table.inherits
}

/// `CREATE OR REPLACE VIEW` can neither drop nor reorder columns.
fn replaceable_view(now: &ViewState, wanted: &ViewState) -> InPlace {
    if now.view.materialized {
        let mut refreshed = now.clone();
        refreshed.view.with_no_data = wanted.view.with_no_data;
        return if refreshed == *wanted { InPlace::Yes } else { InPlace::No };
    }
    let plain = !now.view.materialized && !wanted.view.materialized && !wanted.view.recursive;
    if plain && now.columns.is_some() && now.columns == wanted.columns && now.view.columns == wanted.view.columns {
        InPlace::Yes
    } else {
        InPlace::No
    }
}

/// `CREATE OR REPLACE FUNCTION` can change neither names of arguments, nor take defaults away, nor the result.
fn replaceable_routine(now: &RoutineState, wanted: &RoutineState) -> InPlace {
    let (one, other) = (&now.routine, &wanted.routine);
    let same = one.kind == other.kind
        && one.returns == other.returns
        && one.arguments.len() == other.arguments.len()
        && one.arguments.iter().zip(&other.arguments).all(|(one, other)| {
            one.mode == other.mode
                && (one.name.is_none() || one.name == other.name)
                && (one.default.is_none() || other.default.is_some())
        });
    if same { InPlace::Yes } else { InPlace::No }
}

/// Whether a type is, or holds, a user-defined one.
pub(super) fn is_user(data_type: &DataType) -> bool {
    matches!(data_type.name, TypeName::User(_))
}

/// Whether a conversion from one type to another may change values for good.
pub(super) fn may_lose(from: &DataType, to: &DataType) -> bool {
    !values::keeps_values(from, to)
}
