//! The way back of one operation, from the states on either side of it.

use super::note::Note;
use super::restore::{Restored, restore};
use super::{Backfill, Loss, mysql, zone};
use crate::ir::{
    AttributeChange, Behaviour, ColumnChange, DataType, DomainChange, Grantable, Name, ObjectKind, ObjectRef, Op, Place,
};
use crate::schema::{Id, Object, SUPERUSER, Schema, Taken};

const ROLES: &str = "roles that the up makes if they are missing stay: whether they were there is not known";
const CREATORS: &str = "before version 15 everyone may create objects in schema public unless that is revoked; that right \
    is not given back";
const OWNER: &str = "what is granted to postgres stays: it is a superuser and may be the owner";
const SEQUENCES: &str = "sequences stay where the up has set them";

/// Undoes what one operation did to the schema.
pub(super) fn step(taken: &Taken<'_>, backfill: Backfill) -> Restored {
    if let Some(why) = untold(taken).or_else(|| in_doubt(taken)) {
        return refused(why);
    }
    let before = taken.before;
    match &taken.step.op {
        // What these do to rows is undone elsewhere.
        Op::Insert { .. } | Op::Update { .. } | Op::Delete { .. } | Op::Write { .. } | Op::Truncate { .. } => {
            Restored::default()
        }
        Op::ByRows { steps, .. } => {
            let restored = steps.iter().map(|inner| step(&Taken { step: inner, ..*taken }, backfill));
            Restored { notes: restored.flat_map(|restored| restored.notes).collect(), ..Restored::default() }
        }
        Op::Query { sql } if sql.to_lowercase().contains("setval") => {
            Restored { notes: vec![Note::Other(SEQUENCES.to_owned())], ..Restored::default() }
        }
        Op::AlterSequence { change, .. } if change.restart.is_some() => {
            let mut restored = restore(taken.after, before, backfill);
            restored.notes.push(Note::Other(SEQUENCES.to_owned()));
            restored
        }
        Op::Query { .. } | Op::SetParameter { .. } | Op::Transaction { .. } | Op::Maintenance { .. } => {
            Restored::default()
        }
        Op::SetOwner { object, .. } if is_given(object, before) => {
            refused(format!("the former owner of {object} is not known"))
        }
        Op::Code { rows_only: true, source, .. } => Restored {
            lost: vec![Loss::other(format!("what {} does to rows stays", excerpt(source)))],
            ..Restored::default()
        },
        Op::AlterDefinition { object, .. } | Op::Drop { object, .. } | Op::Rename { object, .. }
            if object.kind.is_of_server()
                && (before.same(taken.after) || !matches!(taken.step.op, Op::Drop { .. })) =>
        {
            refused(format!("what {object} was before is not known: it belongs to the server, not to the database"))
        }
        Op::Grant { grant } if matches!(grant.on, Grantable::Roles(_)) => Restored {
            ops: vec![Op::Revoke { grant: grant.clone(), behaviour: Behaviour::Restrict }],
            ..Restored::default()
        },
        Op::Revoke { grant, .. } if matches!(grant.on, Grantable::Roles(_)) => {
            Restored { ops: vec![Op::Grant { grant: grant.clone() }], ..Restored::default() }
        }
        op @ (Op::When { .. } | Op::Attempt { .. }) if op.is_about_server() => {
            Restored { notes: vec![Note::Other(ROLES.to_owned())], ..Restored::default() }
        }
        op => {
            let mut notes = if shuts_public(op) { vec![Note::Other(CREATORS.to_owned())] } else { Vec::new() };
            if let Op::Grant { grant } = op
                && grant.grantees.iter().any(|role| role == SUPERUSER)
            {
                notes.push(Note::Other(OWNER.to_owned()));
            }
            notes.extend(of_others(op, before));
            if before.same(taken.after) {
                return Restored { notes, ..Restored::default() };
            }
            let renamed = renaming_back(op, before).map(|ops| Restored { ops, ..Restored::default() });
            match renamed.or_else(|| mysql::changed_back(op, before)) {
                Some(restored) => restored,
                None => {
                    let mut restored = restore(taken.after, before, backfill);
                    widen_losses(op, before, &mut restored);
                    zone::convert_back(op, before, &mut restored);
                    if restored.ops.is_empty() && restored.refusals.is_empty() {
                        restored.refusals.extend(subject_in_doubt(op, before));
                    }
                    restored.notes.extend(notes);
                    restored
                }
            }
        }
    }
}

/// Why it is not known what an operation does to the schema, if it is not: then nothing is known to undo it.
pub(super) fn untold(taken: &Taken<'_>) -> Option<String> {
    if let Some(why) = taken.unfit {
        return Some(why.to_owned());
    }
    match &taken.step.op {
        Op::Code { rows_only: true, .. } => None,
        Op::Code { source, why, .. } if source.is_empty() => Some(format!("what it does is not known: {why}")),
        Op::Code { source, why, .. } => Some(format!("{} is known only when it runs: {why}", excerpt(source))),
        Op::Sql { sql, why } if sql.is_empty() => Some(why.clone()),
        Op::Sql { sql, why } => Some(format!("{} is not understood: {why}", excerpt(sql))),
        op @ (Op::When { .. } | Op::Attempt { .. }) => {
            (!op.is_about_server()).then(|| "a condition cannot be answered from the history".to_owned())
        }
        _ => None,
    }
}

/// Why it cannot be told whether an operation did anything, if it cannot.
fn in_doubt(taken: &Taken<'_>) -> Option<String> {
    let (op, before) = (&taken.step.op, taken.before);
    match op {
        Op::Code { .. } => None,
        op if op.is_about_server() => None,
        op => guarded_in_doubt(op, before)
            .or_else(|| before.same(taken.after).then(|| subject_in_doubt(op, before)).flatten()),
    }
}

/// Whether an operation is carried without its effect on the schema being known.
pub(super) fn is_carried(op: &Op) -> bool {
    match op {
        Op::Sql { .. } | Op::Code { rows_only: false, .. } => true,
        Op::When { .. } | Op::Attempt { .. } => !op.is_about_server(),
        _ => false,
    }
}

fn refused(why: String) -> Restored {
    Restored { refusals: vec![why], ..Restored::default() }
}

/// What cannot be told of objects outside the history.
fn of_others(op: &Op, before: &Schema) -> Option<Note> {
    let (object, what) = match op {
        Op::Drop { object, if_exists: true, .. } => (object, "if it was there before, it does not come back"),
        Op::Grant { grant } => match &grant.on {
            Grantable::Objects(objects) => (
                objects.iter().find(|object| before.is_of_others(object))?,
                "privileges that are granted again are taken back, even if they were there before",
            ),
            _ => return None,
        },
        _ => return None,
    };
    let seen = object.on.is_some() || matches!(op, Op::Grant { .. });
    (seen && before.is_of_others(object)).then(|| Note::Other(format!("{object} is not made by the history: {what}")))
}

/// `REVOKE CREATE ON SCHEMA public FROM PUBLIC`.
fn shuts_public(op: &Op) -> bool {
    let Op::Revoke { grant, .. } = op else { return false };
    let Grantable::Objects(objects) = &grant.on else { return false };
    objects.iter().any(|object| object.kind == ObjectKind::Schema && object.name.name == "public")
        && grant.grantees.iter().any(|role| role == "PUBLIC")
        && grant.privileges.iter().any(|(privilege, _)| privilege == "CREATE" || privilege.starts_with("ALL"))
}

/// Whether it is a schema that was there before the history, whose owner depends on the server.
fn is_given(object: &ObjectRef, before: &Schema) -> bool {
    object.kind == ObjectKind::Schema
        && before.search_path().contains(&object.name.name)
        && before.get(&Id::Schema(object.name.name.clone())).is_some_and(|entry| entry.owner.is_none())
}

/// The first words of a statement, on one line.
fn excerpt(sql: &str) -> String {
    let words: Vec<&str> = sql.split_whitespace().take(8).collect();
    let mut text: String = words.join(" ").chars().take(70).collect();
    if sql.split_whitespace().count() > 8 {
        text.push_str(" …");
    }
    format!("`{text}`")
}

/// `IF EXISTS` and `IF NOT EXISTS` on what is not known for certain, or not known and yet may be there: it cannot be told
/// whether anything happened.
fn guarded_in_doubt(op: &Op, before: &Schema) -> Option<String> {
    let doubtful = |id: &Id| {
        let why = before.get(id)?.unsure()?;
        Some(format!("{id} is not known for certain: {why}"))
    };
    let hidden =
        |name: &Name| before.may_have(name).then(|| format!("whether there is {name} is not known for certain"));
    let relation = |name: &Name| match before.relation(name) {
        // That it is there, and what its parts are called, is known all the same.
        Some(id) if before.leaves_open_values(&id, before) => None,
        Some(id) => doubtful(&id),
        None => hidden(name),
    };
    let kind = |name: &Name| match before.type_named(name) {
        Some(id) => doubtful(&id),
        None => hidden(name),
    };
    match op {
        Op::CreateTable { table, if_not_exists: true } => relation(&table.name),
        Op::AddColumn { on, if_not_exists: true, .. }
        | Op::DropColumn { on, if_exists: true, .. }
        | Op::DropConstraint { on, if_exists: true, .. } => relation(&on.table),
        Op::AddColumn { on, .. }
        | Op::DropColumn { on, .. }
        | Op::AlterColumn { on, .. }
        | Op::RenameColumn { on, .. }
        | Op::AddConstraint { on, .. }
        | Op::DropConstraint { on, .. }
        | Op::RenameConstraint { on, .. }
        | Op::AlterTable { on, .. }
            if on.if_exists && before.relation(&on.table).is_none() =>
        {
            hidden(&on.table)
        }
        Op::CreateIndex { index, if_not_exists: true, .. } => {
            relation(&index.table).or_else(|| index.name.as_ref().and_then(|name| relation(&index.table.sibling(name))))
        }
        Op::CreateView { view, or_replace, if_not_exists } if *or_replace || *if_not_exists => relation(&view.name),
        Op::CreateSequence { sequence, if_not_exists: true, .. } => relation(&sequence.name),
        Op::AddEnumValue { name, if_not_exists: true, .. } => kind(name),
        Op::CreateRoutine { routine, or_replace: true } if before.routines(&routine.name).is_empty() => {
            hidden(&routine.name)
        }
        Op::CreateSchema { name, if_not_exists: true, .. } if !before.has(&Id::Schema(name.clone())) => {
            hidden(&Name::bare(name))
        }
        Op::CreateExtension { extension, if_not_exists: true }
            if !before.has(&Id::Extension(extension.name.clone())) =>
        {
            hidden(&Name::bare(&extension.name))
        }
        Op::Drop { object, if_exists: true, .. }
        | Op::Rename { object, if_exists: true, .. }
        | Op::SetSchema { object, if_exists: true, .. }
            if before.found(object).is_none() =>
        {
            let on = object.on.as_ref();
            hidden(&object.name).or_else(|| on.and_then(|on| before.relation(on)).and_then(|id| doubtful(&id)))
        }
        _ => None,
    }
}

/// An operation that changes nothing of what is known may change what is not known for certain.
fn subject_in_doubt(op: &Op, before: &Schema) -> Option<String> {
    let id = match op {
        Op::AlterColumn { on, column, change } => {
            before.relation(&on.table).filter(|id| !before.is_beside_open_values(id, column, change))
        }
        Op::AlterTable { on, .. } | Op::AddConstraint { on, .. } | Op::DropConstraint { on, .. } => {
            before.relation(&on.table)
        }
        Op::Comment { object, .. } | Op::SetOwner { object, .. } => before.found(object),
        Op::AlterDomain { name, .. } | Op::AlterComposite { name, .. } => before.type_named(name),
        Op::CreateRoutine { routine, .. } => before.routines(&routine.name).into_iter().next(),
        _ => None,
    }?;
    let why = before.get(&id)?.unsure()?;
    Some(format!("{id} is not known for certain: {why}"))
}

/// Renamings are undone by name: the state alone would read them as one thing gone and another made.
fn renaming_back(op: &Op, before: &Schema) -> Option<Vec<Op>> {
    let place = |on: &Place| Place { table: before.reachable_relation(&on.table), if_exists: false, only: on.only };
    Some(vec![match op {
        Op::RenameColumn { on, from, to } => Op::RenameColumn { on: place(on), from: to.clone(), to: from.clone() },
        Op::RenameConstraint { on, from, to } => {
            Op::RenameConstraint { on: place(on), from: to.clone(), to: from.clone() }
        }
        Op::RenameEnumValue { name, from, to } => {
            Op::RenameEnumValue { name: name.clone(), from: to.clone(), to: from.clone() }
        }
        Op::Rename { object, to, .. } => {
            let object = before.reachable(object);
            let name = object.name.sibling(to);
            Op::Rename { object: ObjectRef { name, ..object.clone() }, to: object.name.name.clone(), if_exists: false }
        }
        Op::SetSchema { object, .. } if object.kind == ObjectKind::Extension => {
            let entry = before.get(&Id::Extension(object.name.name.clone()))?;
            let Object::Extension(extension) = &entry.object else { return None };
            let home = extension.schema.as_ref().or_else(|| before.search_path().first())?;
            Op::SetSchema { object: object.clone(), schema: home.clone(), if_exists: false }
        }
        Op::SetSchema { object, schema, .. } => {
            let name = Name::in_schema(schema, &object.name.name);
            let home = before
                .relation(&object.name)
                .or_else(|| before.type_named(&object.name))
                .and_then(|id| id.schema().map(str::to_owned))
                .unwrap_or_else(|| before.home(&object.name).schema);
            Op::SetSchema { object: ObjectRef { name, ..object.clone() }, schema: home, if_exists: false }
        }
        Op::AlterComposite { name, change: AttributeChange::Rename { from, to, behaviour } } => Op::AlterComposite {
            name: name.clone(),
            change: AttributeChange::Rename { from: to.clone(), to: from.clone(), behaviour: *behaviour },
        },
        Op::AlterDomain { name, change: DomainChange::RenameConstraint { from, to } } => Op::AlterDomain {
            name: name.clone(),
            change: DomainChange::RenameConstraint { from: to.clone(), to: from.clone() },
        },
        _ => return None,
    }])
}

/// A change of type with a `USING` of its own loses what that expression loses.
fn widen_losses(op: &Op, before: &Schema, restored: &mut Restored) {
    let Op::AlterColumn { on, column, change: ColumnChange::Type { data_type, using: Some(using), .. } } = op else {
        return;
    };
    if is_plain_cast(&using.0, column, data_type) {
        return;
    }
    let Some(id) = before.relation(&on.table) else { return };
    if !restored.lost.iter().any(|loss| loss.id.as_ref() == Some(&id) && loss.column == *column) {
        let what = format!("what values of column {id}.{column} lost when its type changed");
        restored.lost.push(Loss::values(&id, column, what));
    }
}

/// `"c"::type`, `c::text::type`, `CAST(c AS type)`.
fn is_plain_cast(using: &str, column: &str, data_type: &DataType) -> bool {
    let mut text = using.trim();
    while let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        text = inner.trim();
    }
    let quoted = format!("\"{column}\"");
    let head = text.split("::").next().unwrap_or_default().trim().trim_start_matches('(').trim_end_matches(')').trim();
    let is_column = head == quoted || head.eq_ignore_ascii_case(column);
    let casts_only = text.contains("::") && !text.split("::").skip(1).any(|cast| cast.contains(['+', '*', '\'', '|']));
    let _ = data_type;
    is_column && casts_only
}
