//! Turning one table back into what it was, in phases that fit between those of other objects.

use super::enum_swap;
use super::note::Note;
use super::plan::{TableWork, is_user, made_anew, may_lose};
use super::restore::{Restored, added_column, option_change};
use super::{Backfill, Loss, values, zone};
use crate::ir::{
    Behaviour, Column, ColumnChange, Constraint, ConstraintKind, DataType, Finder, Name, Op, PartitionOf, Persistence,
    Place, TableChange,
};
use crate::schema::{DANGLING, Id, Inherited, Part, Schema, TableState, default_storage, is_serial, settings_of};
use crate::sql::postgres;
use std::collections::BTreeSet;

/// The operations of a restoration, by when they can run.
#[derive(Debug, Default)]
pub(super) struct Phases {
    /// What looks at the rows first, and may stop everything.
    pub checks: Vec<Op>,
    /// Tables that leave their parents.
    pub first: Vec<Op>,
    /// Foreign keys that go.
    pub drop_keys: Vec<Op>,
    /// Other constraints that go.
    pub drop_constraints: Vec<Op>,
    /// Defaults that would stop a change of type, columns that are made anew.
    pub before_types: Vec<Op>,
    /// Everything about columns.
    pub columns: Vec<Op>,
    /// Objects other than tables that change in place.
    pub objects: Vec<Op>,
    /// Constraints that come back.
    pub add_constraints: Vec<Op>,
    /// Foreign keys that come back, after all keys and unique indexes.
    pub add_keys: Vec<Op>,
    /// What needs everything else to be there.
    pub last: Vec<Op>,
    /// Parts that were made anew, so that comments on them have to be made again.
    pub remade: BTreeSet<(Id, Part)>,
}

/// A table on its way back.
pub(super) struct Context<'a> {
    pub from: &'a Schema,
    pub to: &'a Schema,
    pub id: &'a Id,
    pub backfill: Backfill,
    pub work: Option<&'a TableWork>,
    pub serial: &'a BTreeSet<Id>,
    pub phases: &'a mut Phases,
    pub done: &'a mut Restored,
}

impl Context<'_> {
    fn asked(&self, choose: impl Fn(&TableWork) -> &BTreeSet<String>, name: &str) -> bool {
        self.work.is_some_and(|work| choose(work).contains(name))
    }
}

pub(super) fn alter(ctx: &mut Context<'_>, now: &TableState, wanted: &TableState) {
    let place = Place::new(wanted.table.name.clone());
    constraints(ctx, now, wanted, &place);
    columns(ctx, now, wanted, &place);
    settings(ctx, now, wanted, &place);
}

fn constraints(ctx: &mut Context<'_>, now: &TableState, wanted: &TableState, place: &Place) {
    let find = |list: &[Constraint], name: &Option<String>| list.iter().find(|found| found.name == *name).cloned();
    for constraint in &now.table.constraints {
        let name = constraint.name.clone().unwrap_or_default();
        let other = find(&wanted.table.constraints, &constraint.name);
        let again = ctx.asked(|work| &work.constraints, &name);
        if let Some(other) = &other
            && !again
        {
            if other == constraint {
                continue;
            }
            if let Some(op) = constraint_in_place(place, constraint, other) {
                ctx.phases.add_constraints.push(op);
                continue;
            }
        }
        let part = Part::Constraint(name.clone());
        if ctx.follows(now, wanted, &part) {
            ctx.phases.remade.insert((ctx.id.clone(), part));
            continue;
        }
        // A constraint over a column that goes, goes with it.
        let with_column = other.is_none() && goes_with_column(ctx, constraint, now, wanted);
        if !with_column {
            let drop = Op::DropConstraint {
                on: place.clone(),
                name: name.clone(),
                if_exists: false,
                behaviour: Behaviour::Restrict,
                kind: None,
            };
            if is_key(constraint) {
                ctx.phases.drop_keys.push(drop);
            } else {
                ctx.phases.drop_constraints.push(drop);
            }
        }
        ctx.phases.remade.insert((ctx.id.clone(), Part::Constraint(name)));
    }
    for constraint in &wanted.table.constraints {
        let name = constraint.name.clone().unwrap_or_default();
        let kept = find(&now.table.constraints, &constraint.name);
        let again = ctx.asked(|work| &work.constraints, &name);
        let in_place = kept.as_ref().is_some_and(|kept| {
            !again && (kept == constraint || constraint_in_place(place, kept, constraint).is_some())
        });
        if in_place || ctx.follows(now, wanted, &Part::Constraint(name.clone())) {
            continue;
        }
        if kept.is_some() {
            ctx.phases.last.extend(index_settings(now, wanted, &name));
        }
        let add = Op::AddConstraint { on: place.clone(), constraint: constraint.clone() };
        if is_key(constraint) {
            ctx.phases.add_keys.push(add);
        } else {
            ctx.phases.add_constraints.push(add);
        }
        if kept.is_none() && !constraint.not_valid {
            ctx.done.notes.push(Note::Constraint(format!("{name} on {}", ctx.id)));
        }
    }
}

/// What a table that keeps its settings has to say again because the index `name` was made anew.
pub(super) fn index_settings(now: &TableState, wanted: &TableState, name: &str) -> Vec<Op> {
    let alter = |change| Op::AlterTable { on: Place::new(wanted.table.name.clone()), change };
    let mut ops = Vec::new();
    if let Some((mode, Some(index))) = &wanted.replica_identity
        && index == name
        && now.replica_identity == wanted.replica_identity
    {
        ops.push(alter(TableChange::ReplicaIdentity { mode: mode.clone(), index: Some(index.clone()) }));
    }
    if wanted.cluster_on.as_deref() == Some(name) && now.cluster_on == wanted.cluster_on {
        ops.push(alter(TableChange::ClusterOn { index: Some(name.to_owned()) }));
    }
    ops
}

fn is_key(constraint: &Constraint) -> bool {
    matches!(constraint.kind, ConstraintKind::ForeignKey(_))
}

/// A constraint over columns that all or partly go is dropped by the server with them.
fn goes_with_column(ctx: &Context<'_>, constraint: &Constraint, now: &TableState, wanted: &TableState) -> bool {
    let Some(entry) = ctx.from.get(ctx.id) else { return false };
    let part = Part::Constraint(constraint.name.clone().unwrap_or_default());
    let gone = |name: &String| {
        now.table.columns.iter().any(|found| found.name == *name)
            && !wanted.table.columns.iter().any(|found| found.name == *name)
    };
    // The referenced side of a self-reference counts too.
    entry.uses.iter().any(|used| used.part == part && used.id == *ctx.id && used.column.as_ref().is_some_and(gone))
}

fn constraint_in_place(place: &Place, now: &Constraint, wanted: &Constraint) -> Option<Op> {
    let name = wanted.name.clone()?;
    let validated = Constraint { not_valid: wanted.not_valid, ..now.clone() };
    if validated == *wanted && !wanted.not_valid {
        return Some(Op::ValidateConstraint { on: place.clone(), name });
    }
    let deferred = Constraint { deferrable: wanted.deferrable, ..now.clone() };
    if deferred == *wanted && is_key(wanted) {
        return Some(Op::AlterConstraint { on: place.clone(), name, deferrable: wanted.deferrable });
    }
    None
}

fn columns(ctx: &mut Context<'_>, now: &TableState, wanted: &TableState, place: &Place) {
    let mut added = Vec::new();
    let mut others = Finder::new(&wanted.table.columns);
    for column in &now.table.columns {
        match others.find(&column.name) {
            None => {
                let follows = ctx.follows(now, wanted, &Part::Column(column.name.clone()));
                if !follows {
                    drop_column(ctx, place, column);
                }
                // A partition's values are named with the partitioned table's.
                if follows && now.table.partition_of.is_some() {
                    continue;
                }
                ctx.done.discards.push(Loss::thrown(ctx.id, &column.name));
            }
            Some(other) => {
                let again = made_anew(column.generated.as_ref(), other.generated.as_ref())
                    || ctx.asked(|work| &work.columns, &column.name);
                if ctx.follows(now, wanted, &Part::Column(column.name.clone())) {
                    if again {
                        ctx.phases.remade.insert((ctx.id.clone(), Part::Column(column.name.clone())));
                    } else {
                        let column = ctx.after_parents(now, column, place);
                        change_column(ctx, place, &column, other, Said::ByParents);
                    }
                } else if again {
                    drop_column(ctx, place, column);
                    ctx.phases.remade.insert((ctx.id.clone(), Part::Column(column.name.clone())));
                    added.push(other);
                } else {
                    change_column(ctx, place, column, other, Said::Here);
                }
            }
        }
    }
    let mut others = Finder::new(&now.table.columns);
    for column in &wanted.table.columns {
        if others.find(&column.name).is_none() {
            if !ctx.follows(now, wanted, &Part::Column(column.name.clone())) {
                added.push(column);
            }
            if column.generated.is_none() {
                let draws =
                    column.identity.is_some() || ctx.serial.iter().any(|id| is_serial(ctx.to, wanted, column, id));
                let sequence = if draws { ", and the position of its sequence" } else { "" };
                ctx.done.lost.push(Loss::column(
                    ctx.id,
                    &column.name,
                    format!("values of column {}.{}{}{sequence}", ctx.id, column.name, inheriting(ctx.to, ctx.id)),
                ));
            }
        }
    }
    // Generated columns come last: they read the others.
    added.sort_by_key(|column| column.generated.is_some());
    for column in added {
        add_column(ctx, place, wanted, column);
    }
}

/// The tables that hold the same column because they inherit it.
fn inheriting(schema: &Schema, id: &Id) -> String {
    let family = super::rows::family(schema, id);
    let names: Vec<String> = family.iter().map(Id::to_string).collect();
    if names.is_empty() { String::new() } else { format!(" (with those of {})", names.join(", ")) }
}

fn drop_column(ctx: &mut Context<'_>, place: &Place, column: &Column) {
    let drop = Op::DropColumn {
        on: place.clone(),
        column: column.name.clone(),
        if_exists: false,
        behaviour: Behaviour::Restrict,
    };
    if column.generated.is_some() {
        ctx.phases.before_types.push(drop);
    } else {
        ctx.phases.columns.push(drop);
    }
}

fn add_column(ctx: &mut Context<'_>, place: &Place, state: &TableState, column: &Column) {
    if column.data_type == DataType::builtin("unknown") {
        ctx.done.refusals.push(format!("the type of column {}.{} is known to the server alone", ctx.id, column.name));
        return;
    }
    let mut written = added_column(ctx.to, state, column, ctx.serial);
    let serial = written.data_type != column.data_type;
    let needs_value = written.not_null
        && written.default.is_none()
        && written.generated.is_none()
        && written.identity.is_none()
        && !serial;
    let mut fill = None;
    if needs_value {
        match ctx.backfill {
            Backfill::Refuse => ctx.done.notes.push(Note::Required(format!("{}.{}", ctx.id, column.name))),
            Backfill::Zero => match values::zero(ctx.to, &written.data_type) {
                Some(zero) => {
                    let filled = Note::Filled(format!("{}.{}", ctx.id, column.name), zero.to_string());
                    ctx.done.notes.push(filled);
                    for what in against(state, &column.name) {
                        ctx.done.notes.push(Note::FilledAgainst(format!("{}.{}", ctx.id, column.name), what));
                    }
                    written.default = Some(zero);
                    fill = Some(ColumnChange::DropDefault);
                }
                None => ctx.done.notes.push(Note::NoZero(format!("{}.{}", ctx.id, column.name))),
            },
        }
    }
    ctx.phases.columns.push(Op::AddColumn { on: place.clone(), column: written, if_not_exists: false, position: None });
    if let Some(change) = fill {
        ctx.phases.columns.push(Op::AlterColumn { on: place.clone(), column: column.name.clone(), change });
    }
    ctx.phases.columns.extend(settings_of(&place.table, column));
}

/// What constraints say of a column that has the same value in every row.
fn against(state: &TableState, column: &String) -> Vec<String> {
    let told = |constraint: &Constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) if key.columns == [column.clone()] => {
            Some("is unique, so a second row breaks it".to_owned())
        }
        ConstraintKind::ForeignKey(key) if key.columns.contains(column) => {
            Some(format!("refers to {}, which has to have such a row", key.references))
        }
        ConstraintKind::Check { expr, .. } if expr.0.contains(column.as_str()) => {
            Some(format!("is checked by {}", constraint.name.as_deref().unwrap_or("a constraint")))
        }
        _ => None,
    };
    state.table.constraints.iter().filter_map(told).collect()
}

/// Who says what becomes of a column's type.
#[derive(Clone, Copy, PartialEq)]
enum Said {
    Here,
    ByParents,
}

fn change_column(ctx: &mut Context<'_>, place: &Place, now: &Column, wanted: &Column, said: Said) {
    let name = &wanted.name;
    let alter = |change: ColumnChange| Op::AlterColumn { on: place.clone(), column: name.clone(), change };
    let retype = said == Said::Here && ctx.asked(|work| &work.retype, name);
    let other_type = now.data_type != wanted.data_type || now.collation != wanted.collation;
    let other_kind = retype
        || (other_type
            && (now.data_type.name != wanted.data_type.name
                || now.data_type.dimensions != wanted.data_type.dimensions));
    let again = ctx.asked(|work| &work.defaults, name);
    let mut default = now.default.clone();
    if now.generated.is_some() && wanted.generated.is_none() {
        ctx.phases.columns.push(alter(ColumnChange::DropExpression { if_exists: false }));
        default = None;
    }
    if default.is_some() && (other_kind || again || wanted.default.is_none()) {
        let drop = alter(ColumnChange::DropDefault);
        // One that came with the parents' goes after it came.
        match said {
            Said::Here => ctx.phases.before_types.push(drop),
            Said::ByParents => ctx.phases.columns.push(drop),
        }
        default = None;
    }
    if now.identity.is_some() && wanted.identity.is_none() {
        ctx.phases.columns.push(alter(ColumnChange::DropIdentity { if_exists: false }));
    }
    if other_type || retype {
        let change = type_change(ctx, place, now, wanted, retype);
        ctx.phases.columns.push(alter(change));
    }
    if default != wanted.default
        && let Some(expr) = &wanted.default
    {
        // A default may call something that is made again later on.
        let late = again;
        let op = alter(ColumnChange::SetDefault(expr.clone()));
        if late { ctx.phases.last.push(op) } else { ctx.phases.columns.push(op) }
    }
    if now.not_null != wanted.not_null {
        if wanted.not_null {
            if ctx.backfill == Backfill::Zero {
                if let Some(zero) = wanted.default.clone().or_else(|| values::zero(ctx.to, &wanted.data_type)) {
                    let sql = format!(
                        "UPDATE {} SET {column} = {zero} WHERE {column} IS NULL",
                        postgres::quote_name(&place.table),
                        column = postgres::quote_identifier(name)
                    );
                    let write = crate::ir::Writes {
                        writes: vec![crate::ir::Write {
                            kind: crate::ir::WriteKind::Update,
                            table: place.table.clone(),
                            columns: vec![name.clone()],
                        }],
                        sql,
                    };
                    ctx.phases.columns.push(Op::Update { write });
                    ctx.done.notes.push(Note::NullsFilled(format!("{}.{name}", ctx.id), zero.to_string()));
                }
            } else {
                ctx.done.notes.push(Note::NotNull(format!("{}.{name}", ctx.id)));
            }
            ctx.phases.columns.push(alter(ColumnChange::SetNotNull));
        } else {
            // A primary key has to go first, which it does.
            ctx.phases.columns.push(alter(ColumnChange::DropNotNull));
        }
    }
    match (&now.identity, &wanted.identity) {
        (None, Some(identity)) => {
            ctx.phases.columns.push(alter(ColumnChange::AddIdentity(identity.clone())));
            let set = values::behind_the_highest(&place.table, name, identity);
            let on = if set.is_some() { ", which goes on behind the highest value" } else { "" };
            ctx.phases.last.extend(set);
            let what = format!("the position of the sequence of column {}.{name}{on}", ctx.id);
            ctx.done.lost.push(Loss::values(ctx.id, name, what));
        }
        (Some(one), Some(other)) if one != other => ctx.phases.columns.push(alter(ColumnChange::SetIdentity {
            always: (one.always != other.always).then_some(other.always),
            change: option_change(&one.options, &other.options),
        })),
        _ => {}
    }
    column_settings(ctx, place, now, wanted, other_kind);
}

fn type_change(ctx: &mut Context<'_>, place: &Place, now: &Column, wanted: &Column, retype: bool) -> ColumnChange {
    let name = &wanted.name;
    let printed = postgres::print_type(&wanted.data_type);
    let quoted = postgres::quote_identifier(name);
    let conversion = values::conversion(&now.data_type, &wanted.data_type, &quoted, &printed);
    let through = retype || is_user(&now.data_type) || is_user(&wanted.data_type);
    let using = match conversion.using {
        Some(using) => Some(using),
        None if through && now.data_type != wanted.data_type => None,
        None if retype => {
            let text = if wanted.data_type.dimensions > 0 { "text[]" } else { "text" };
            Some(crate::ir::Expr(format!("{quoted}::{text}::{printed}")))
        }
        None => None,
    };
    if !retype && may_lose(&wanted.data_type, &now.data_type) {
        ctx.done.lost.push(Loss::values(
            ctx.id,
            name,
            format!("what values of column {}.{name}{} lost when its type changed", ctx.id, inheriting(ctx.to, ctx.id)),
        ));
    } else if !retype && let Some((check, note)) = enum_swap::before_moving(ctx.from, ctx.to, &place.table, now, wanted)
    {
        ctx.phases.checks.extend(check);
        ctx.done.notes.extend(note);
    } else if !conversion.certain {
        ctx.done.notes.push(Note::ReadAs(format!("{}.{name}", ctx.id), printed.clone()));
    }
    if zone::goes_by_session(&now.data_type, &wanted.data_type) {
        ctx.done.notes.push(Note::Zoned(format!("{}.{name}", ctx.id)));
    }
    ColumnChange::Type { data_type: wanted.data_type.clone(), collation: wanted.collation.clone(), using }
}

fn column_settings(ctx: &mut Context<'_>, place: &Place, now: &Column, wanted: &Column, other_kind: bool) {
    let alter = |change: ColumnChange| Op::AlterColumn { on: place.clone(), column: wanted.name.clone(), change };
    let mut ops = Vec::new();
    if now.storage != wanted.storage && !(other_kind && wanted.storage.is_none()) {
        match &wanted.storage {
            Some(storage) => ops.push(alter(ColumnChange::SetStorage(storage.clone()))),
            None => match default_storage(&wanted.data_type) {
                Some(storage) => ops.push(alter(ColumnChange::SetStorage(storage.to_owned()))),
                None => ctx.done.refusals.push(format!("the storage that column {} had is not known", wanted.name)),
            },
        }
    }
    if now.compression != wanted.compression {
        let method = wanted.compression.clone().unwrap_or_else(|| "default".to_owned());
        ops.push(alter(ColumnChange::SetCompression(method)));
    }
    if now.statistics != wanted.statistics {
        ops.push(alter(ColumnChange::SetStatistics(wanted.statistics.unwrap_or(-1))));
    }
    let set: Vec<(String, String)> =
        wanted.options.iter().filter(|option| !now.options.contains(option)).cloned().collect();
    if !set.is_empty() {
        ops.push(alter(ColumnChange::SetOptions(set)));
    }
    let reset: Vec<String> = now
        .options
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !wanted.options.iter().any(|(found, _)| found == *name))
        .cloned()
        .collect();
    if !reset.is_empty() {
        ops.push(alter(ColumnChange::ResetOptions(reset)));
    }
    ctx.phases.columns.extend(ops);
}

fn settings(ctx: &mut Context<'_>, now: &TableState, wanted: &TableState, place: &Place) {
    let alter = |change: TableChange| Op::AlterTable { on: place.clone(), change };
    let last = &mut ctx.phases.last;
    if now.row_security != wanted.row_security {
        last.push(alter(TableChange::RowSecurity { enabled: wanted.row_security }));
    }
    if now.force_row_security != wanted.force_row_security {
        last.push(alter(TableChange::ForceRowSecurity { forced: wanted.force_row_security }));
    }
    if now.replica_identity != wanted.replica_identity {
        let (mode, index) = wanted.replica_identity.clone().unwrap_or_else(|| ("DEFAULT".to_owned(), None));
        if mode == DANGLING && index.is_none() {
            ctx.done.refusals.push(format!(
                "the replica identity of {} was an index that had been dropped, which no statement can bring about",
                ctx.id
            ));
        } else {
            last.push(alter(TableChange::ReplicaIdentity { mode, index }));
        }
    }
    if now.cluster_on != wanted.cluster_on {
        last.push(alter(TableChange::ClusterOn { index: wanted.cluster_on.clone() }));
    }
    if now.table.persistence != wanted.table.persistence {
        last.push(alter(TableChange::Logged { logged: wanted.table.persistence == Persistence::Permanent }));
    }
    if now.table.tablespace != wanted.table.tablespace {
        let name = wanted.table.tablespace.clone().unwrap_or_else(|| "pg_default".to_owned());
        last.push(alter(TableChange::Tablespace { name }));
    }
    if now.table.method != wanted.table.method {
        let name = wanted.table.method.clone().unwrap_or_else(|| "heap".to_owned());
        last.push(alter(TableChange::AccessMethod { name }));
    }
    if now.table.of_type != wanted.table.of_type {
        last.push(alter(TableChange::OfType { data_type: wanted.table.of_type.clone() }));
    }
    let set: Vec<(String, String)> =
        wanted.table.with.iter().filter(|option| !now.table.with.contains(option)).cloned().collect();
    if !set.is_empty() {
        last.push(alter(TableChange::SetOptions(set)));
    }
    let reset: Vec<String> = now
        .table
        .with
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !wanted.table.with.iter().any(|(found, _)| found == *name))
        .cloned()
        .collect();
    if !reset.is_empty() {
        last.push(alter(TableChange::ResetOptions(reset)));
    }
    let gone = |list: &[Name], other: &[Name]| -> Vec<Name> {
        list.iter().filter(|name| !other.contains(name)).cloned().collect()
    };
    for parent in gone(&now.table.inherits, &wanted.table.inherits) {
        ctx.phases.first.push(alter(TableChange::NoInherit { parent }));
    }
    for parent in gone(&wanted.table.inherits, &now.table.inherits) {
        let becomes = |part: &Part, how: &Inherited| *how == Inherited::Only && !now.inherited.contains_key(part);
        if wanted.inherited.iter().any(|(part, how)| becomes(part, how)) {
            ctx.done.refusals.push(format!(
                "{} had columns or checks from {parent} alone; they became its own when it left, and INHERIT leaves them so",
                ctx.id
            ));
        }
        last.push(alter(TableChange::Inherit { parent }));
    }
    if now.table.partition_of != wanted.table.partition_of {
        partition(ctx, now, wanted);
    }
}

fn partition(ctx: &mut Context<'_>, now: &TableState, wanted: &TableState) {
    let child = wanted.table.name.clone();
    if let Some(PartitionOf { parent, .. }) = &now.table.partition_of {
        let change = TableChange::DetachPartition { child: child.clone(), concurrently: false };
        ctx.phases.first.push(Op::AlterTable { on: Place::new(parent.clone()), change });
    }
    if let Some(PartitionOf { parent, bound }) = &wanted.table.partition_of {
        let change = TableChange::AttachPartition { child, bound: bound.clone() };
        ctx.phases.last.push(Op::AlterTable { on: Place::new(parent.clone()), change });
        if !bound.eq_ignore_ascii_case("default") {
            ctx.done.notes.push(Note::Other(format!("fails if {} holds rows by then that are not {bound}", ctx.id)));
        }
    }
}
