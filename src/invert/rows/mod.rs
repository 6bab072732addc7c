//! What undoes changes of rows, as far as anything can; and what a change of rows or of the schema leaves behind that
//! nothing undoes.

mod keys;
mod reach;

use super::Loss;
use crate::ir::{ConstraintKind, Insert, ObjectKind, Op, ReferentialAction, Write, WriteKind, Writes};
use crate::schema::{Id, Schema, effects};
use crate::sql::postgres;
use reach::{Cause, Reach, Reached};

/// The way back of one change of rows.
#[derive(Debug, Default)]
pub(super) struct RowsBack {
    pub ops: Vec<Op>,
    pub lost: Vec<Loss>,
    /// The rows that `ops` delete again.
    pub inserted: Option<Inserted>,
    /// The columns that are set, by table; none named is any.
    pub set: Vec<(Id, Vec<String>)>,
}

/// Inserted rows that are deleted again by their key.
#[derive(Clone, Debug)]
pub(super) struct Inserted {
    /// Their table.
    pub id: Id,
    /// The columns of the key.
    pub key: Vec<String>,
}

/// The tables that inherit from a table or are its partitions, and those under them.
pub(super) fn family(schema: &Schema, id: &Id) -> Vec<Id> {
    reach::family(schema, id, WriteKind::Update)
}

/// Undoes what an operation does to rows; nothing for one that does nothing to them.
pub(super) fn undo(schema: &Schema, op: &Op, is_born: impl Fn(&Id) -> bool) -> RowsBack {
    let mut back = RowsBack::default();
    let Some(mut reach) = reached(schema, op) else { return back };
    if let Op::Insert { insert } = op
        && let Some(id) = schema.relation(&insert.table)
        && let Some(at) = reach.found.iter().position(|found| found.cause == Cause::Itself && found.id == id)
        && !id.is_temporary()
        && !is_born(&id)
    {
        match undo_insert(schema, &id, insert) {
            Ok(deletion) => {
                reach.found.remove(at);
                let write = Write { kind: WriteKind::Delete, table: insert.table.clone(), columns: Vec::new() };
                back.ops.push(Op::Delete { write: Writes { writes: vec![write], sql: deletion.sql } });
                back.inserted = Some(Inserted { id, key: deletion.key });
            }
            Err(why) => {
                let found = reach.found.remove(at);
                back.lost.push(Loss::more(&id, format!("rows inserted into {} stay: {why}", with_family(&found))));
            }
        }
    }
    let updates = reach.found.iter().filter(|found| found.kind == WriteKind::Update);
    back.set = updates.map(|found| (found.id.clone(), found.columns.clone())).collect();
    back.lost.extend(losses(&reach));
    if let Op::Truncate { tables, sql } = op
        && sql.to_uppercase().contains("RESTART")
    {
        for id in tables.iter().filter_map(|table| schema.relation(table)) {
            back.lost.push(Loss::rows(&id, format!("where the sequences of table {id} stood")));
        }
    }
    back
}

/// The first of the tables whose rows keep those of `target` from being deleted: by a foreign key that neither cascades
/// nor lets go.
pub(super) fn holder<'a>(schema: &Schema, target: &Id, tables: impl IntoIterator<Item = &'a Id>) -> Option<&'a Id> {
    let holds = |table: &&Id| {
        schema.table(table).is_some_and(|state| {
            state.table.constraints.iter().any(|constraint| match &constraint.kind {
                ConstraintKind::ForeignKey(key) => {
                    matches!(key.on_delete, ReferentialAction::NoAction | ReferentialAction::Restrict)
                        && schema.relation(&key.references).as_ref() == Some(target)
                }
                _ => false,
            })
        })
    };
    tables.into_iter().find(holds)
}

/// What running an operation of a down leaves behind that no up has made: what does not come back, and what is thrown
/// away with the rows that the operation itself is about.
pub(super) fn aftermath(schema: &Schema, op: &Op) -> (Vec<Loss>, Vec<Loss>) {
    let (mut lost, mut discards) = (events(schema, op), Vec::new());
    let Some(mut reach) = reached(schema, op) else { return (lost, discards) };
    for found in reach.found.extract_if(.., |found| !matches!(found.cause, Cause::Along(_))) {
        let Cause::Key(of) = &found.cause else { continue };
        match found.kind {
            WriteKind::Update => discards.extend(found.columns.iter().map(|column| {
                Loss::values(
                    &found.id,
                    column,
                    format!("values of column {}.{column} that refer to rows of {of} deleted here", found.id),
                )
            })),
            _ => discards
                .push(Loss::rows(&found.id, format!("rows of {} that refer to rows of {of} deleted here", found.id))),
        }
    }
    lost.extend(losses(&reach));
    (lost, discards)
}

/// What event triggers do when the schema changes.
pub(super) fn events(schema: &Schema, op: &Op) -> Vec<Loss> {
    if !changes_schema(op) {
        return Vec::new();
    }
    let mut words: Option<Vec<String>> = None;
    let mut lost = Vec::new();
    for (id, state) in schema.event_triggers() {
        if effects::is_disabled(state) {
            continue;
        }
        let mut reach = Reach::of(schema, &[]);
        match effects::event_trigger(state) {
            Some(trigger) => {
                let words = words.get_or_insert_with(|| {
                    postgres::print(op).split_whitespace().take(8).map(str::to_uppercase).collect()
                });
                if trigger.tags.is_empty() || trigger.tags.iter().any(|tag| may_be_tagged(words, tag)) {
                    reach.event_trigger(id, &trigger);
                }
            }
            None => reach.unread.push(id.to_string()),
        }
        lost.extend(losses(&reach));
    }
    lost
}

/// Whether a statement of these first words may have that command tag: `CREATE UNIQUE INDEX` is a `CREATE INDEX`.
fn may_be_tagged(words: &[String], tag: &str) -> bool {
    let mut tag = tag.split_whitespace().filter(|word| *word != "AS");
    let mut words = words.iter();
    tag.next() == words.next().map(String::as_str) && tag.all(|wanted| words.any(|word| word == wanted))
}

/// Whether event triggers take notice of an operation.
fn changes_schema(op: &Op) -> bool {
    let about = |kind: ObjectKind| {
        !matches!(kind, ObjectKind::EventTrigger | ObjectKind::Role | ObjectKind::Database | ObjectKind::Tablespace)
    };
    match op {
        Op::Define { definition, .. } => about(definition.object.kind),
        Op::AlterDefinition { object, .. }
        | Op::Drop { object, .. }
        | Op::Rename { object, .. }
        | Op::SetOwner { object, .. }
        | Op::Comment { object, .. } => about(object.kind),
        op => {
            (matches!(op, Op::CreateTable { .. }) || effects::plain(op).is_none())
                && !matches!(
                    op,
                    Op::Query { .. }
                        | Op::SetParameter { .. }
                        | Op::Transaction { .. }
                        | Op::Maintenance { .. }
                        | Op::When { .. }
                        | Op::Attempt { .. }
                        | Op::Call { .. }
                        | Op::Code { .. }
                        | Op::ByRows { .. }
                        | Op::Sql { .. }
                )
        }
    }
}

/// How far an operation on rows reaches; `None` for any other.
fn reached<'a>(schema: &'a Schema, op: &Op) -> Option<Reach<'a>> {
    let mut reach = Reach::of(schema, &effects::plain(op)?);
    functions(schema, op, &mut reach);
    Some(reach)
}

/// The functions that an operation on rows calls.
fn functions(schema: &Schema, op: &Op, reach: &mut Reach<'_>) {
    match op {
        Op::ByRows { steps, .. } => steps.iter().for_each(|step| functions(schema, &step.op, reach)),
        Op::Insert { insert } => {
            reach.functions_in(&insert.sql);
            if let Some(state) = schema.relation(&insert.table).and_then(|id| schema.table(&id)) {
                let left_out = state.table.columns.iter().filter(|column| !insert.columns.contains(&column.name));
                for default in left_out.filter_map(|column| column.default.as_ref()) {
                    reach.functions_in(&default.0);
                }
            }
        }
        Op::Update { write } | Op::Delete { write } | Op::Write { write } => reach.functions_in(&write.sql),
        Op::CreateTable { table, .. } => table.as_query.iter().for_each(|query| reach.functions_in(query)),
        _ => {}
    }
}

fn undo_insert(schema: &Schema, id: &Id, insert: &Insert) -> Result<keys::Deletion, String> {
    if insert.on_conflict {
        return Err("ON CONFLICT does not tell which were there before".to_owned());
    }
    keys::deletion(schema, id, insert)
}

fn losses(reach: &Reach<'_>) -> Vec<Loss> {
    let mut lost: Vec<Loss> = reach.found.iter().filter(|found| !found.id.is_temporary()).flat_map(told).collect();
    lost.extend(reach.unknown.iter().map(|write| {
        Loss::other(match write.kind {
            WriteKind::Insert => format!("rows inserted into {} stay", write.table),
            WriteKind::Update => format!("former values in {}", write.table),
            WriteKind::Delete | WriteKind::Truncate => format!("rows deleted from {}", write.table),
        })
    }));
    lost.extend(reach.unread.iter().map(|what| Loss::other(format!("what {what} did, which cannot be read"))));
    lost
}

/// What is lost in one table.
fn told(found: &Reached) -> Vec<Loss> {
    let Reached { kind, id, columns, cause, .. } = found;
    let table = with_family(found);
    match kind {
        WriteKind::Insert => vec![Loss::more(
            id,
            match cause {
                Cause::Along(what) => format!("rows inserted into {table} {what} stay"),
                Cause::Itself | Cause::Key(_) => format!("rows inserted into {table} stay: their keys are not known"),
            },
        )],
        WriteKind::Delete => vec![Loss::rows(
            id,
            match cause {
                Cause::Itself => format!("rows deleted from {table}"),
                Cause::Key(of) => format!("rows deleted from {table} with those of {of}"),
                Cause::Along(what) => format!("rows deleted from {table} {what}"),
            },
        )],
        WriteKind::Truncate => vec![Loss::table(
            id,
            match cause {
                Cause::Itself => format!("rows of table {table} (truncated)"),
                Cause::Key(of) => format!("rows of table {table} (truncated with {of})"),
                Cause::Along(what) => format!("rows of table {table} (truncated {what})"),
            },
        )],
        WriteKind::Update => {
            let cause = match cause {
                Cause::Itself => String::new(),
                Cause::Key(of) => format!(" (it refers to {of})"),
                Cause::Along(what) => format!(" (set {what})"),
            };
            if columns.is_empty() {
                return vec![Loss::rows(id, format!("former values in {table}{cause}"))];
            }
            let family = relatives(found);
            let one = |column: &String| {
                Loss::values(id, column, format!("former values of column {id}.{column}{family}{cause}"))
            };
            columns.iter().map(one).collect()
        }
    }
}

/// A table's name, with those that change with it.
fn with_family(found: &Reached) -> String {
    format!("{}{}", found.id, relatives(found))
}

fn relatives(found: &Reached) -> String {
    if found.family.is_empty() {
        return String::new();
    }
    let names: Vec<String> = found.family.iter().map(Id::to_string).collect();
    format!(" (with {})", names.join(", "))
}
