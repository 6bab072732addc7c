//! The operations that turn one state into another. `ALTER TABLE` adds and drops columns; for everything else a table is made
//! anew under another name, filled, and given its own.

use super::Moved;
use crate::invert::Loss;
use crate::invert::note::Note;
use crate::invert::restore::Restored;
use crate::ir::{Behaviour, Column, Constraint, ConstraintKind, Name, ObjectRef, Op, Place, Table, TypeName};
use crate::schema::{Id, Object, Replay, Schema, TableState, keeps_column, reference};
use crate::source::Span;
use crate::sql::sqlite::{self, CopiedValue, Rebuild};
use std::collections::BTreeSet;

/// Turns `from` into `to`. `moved` is what became of the rows of a table on the way that is gone back.
pub(in crate::invert) fn restore(from: &Schema, to: &Schema, moved: Option<&Moved>) -> Restored {
    let mut work = Work { from, to, moved, done: Restored::default(), now: Replay::from(from.clone()) };
    if let Some(why) = &to.doubt {
        work.done.refusals.push(why.to_string());
    }
    work.run();
    work.done
}

struct Work<'a> {
    from: &'a Schema,
    to: &'a Schema,
    moved: Option<&'a Moved>,
    done: Restored,
    /// The state that the operations so far lead to.
    now: Replay,
}

impl Work<'_> {
    fn put(&mut self, op: Op) {
        self.now.part(&[crate::ir::Step::new(op.clone(), Span::default())], &mut |_| ());
        self.done.ops.push(op);
    }

    fn run(&mut self) {
        let changes: Vec<(Id, bool, bool)> = self
            .from
            .changes(self.to)
            .into_iter()
            .filter(|change| !change.id.is_temporary())
            .map(|change| (change.id.clone(), change.before.is_some(), change.after.is_some()))
            .collect();
        for (id, _, _) in changes.iter().filter(|(_, _, after)| *after) {
            if let Some(why) = self.to.get(id).and_then(|entry| entry.unsure()) {
                self.done.refusals.push(format!("{id} is not known for certain: {why}"));
            }
        }
        let is_table = |schema: &Schema, id: &Id| schema.table(id).is_some();
        let mut altered: Vec<Id> = (changes.iter())
            .filter(|(id, before, after)| *before && *after && is_table(self.from, id) && is_table(self.to, id))
            .map(|(id, ..)| id.clone())
            .collect();
        // One that is as it was may hold other values.
        let moved = self.moved.and_then(|moved| self.to.relation(&Name::bare(&moved.table)));
        altered.extend(moved.filter(|id| !altered.contains(id) && !self.keeps_values(id)));
        let anew: Vec<Id> = altered.iter().filter(|id| !self.is_native(id)).cloned().collect();
        // What says the name of a table that is gone for a moment keeps another from being given its name.
        let mut again: BTreeSet<Id> = BTreeSet::new();
        for id in &anew {
            self.find_in_the_way(id, &mut again);
        }
        // What is no table is changed by dropping and making it.
        let is_dropped = |id: &Id, before: bool, after: bool| before && (!after || !is_table(self.from, id));
        let gone = changes.iter().filter(|(id, before, after)| is_dropped(id, *before, *after)).map(|(id, ..)| id);
        let mut drops: BTreeSet<Id> = gone.chain(&again).cloned().collect();
        // An index that is kept is in the way of a column that goes as well.
        for id in altered.iter().filter(|id| !anew.contains(id)) {
            drops.extend(self.from.users(id).filter(|user| !self.to.has(user)).cloned());
        }
        let with_it = |id: &Id, table: &Id| match self.from.get(id).map(|entry| &entry.object) {
            Some(Object::Index(state)) => self.from.relation(&state.index.table).as_ref() == Some(table),
            Some(Object::Trigger(_)) => matches!(table, Id::Relation(key) if id.owner() == Some(key)),
            _ => false,
        };
        let tables: Vec<Id> = drops.iter().filter(|id| is_table(self.from, id)).cloned().collect();
        let goes_along = |id: &Id| tables.iter().chain(&anew).any(|table| with_it(id, table));
        let mut others: Vec<&Id> = drops.iter().filter(|id| !is_table(self.from, id) && !goes_along(id)).collect();
        others.sort_by_key(|id| std::cmp::Reverse(rank(self.from, id)));
        for id in others {
            self.drop(id);
        }
        for id in &altered {
            match anew.contains(id) {
                true => self.make_anew(id),
                false => self.alter(id),
            }
        }
        for id in &tables {
            self.done.discards.push(Loss::thrown(id, ""));
            self.drop(id);
        }
        let mut creates: Vec<Id> = (self.to.iter().map(|(id, _)| id))
            .filter(|id| !id.is_temporary() && !self.now.schema.has(id))
            .cloned()
            .collect();
        creates.sort_by_key(|id| (rank(self.to, id), id.clone()));
        for id in creates {
            self.create(&id);
        }
    }

    /// Views that read a table, those that read them, and triggers elsewhere whose statements name it.
    fn find_in_the_way(&self, id: &Id, found: &mut BTreeSet<Id>) {
        for user in self.from.users(id) {
            let Some(entry) = self.from.get(user) else { continue };
            let is_elsewhere = !matches!(id, Id::Relation(key) if user.owner() == Some(key));
            match &entry.object {
                Object::View(_) if found.insert(user.clone()) => {
                    found.extend(self.from.attached(user));
                    self.find_in_the_way(user, found);
                }
                Object::Trigger(_) if is_elsewhere => drop(found.insert(user.clone())),
                _ => {}
            }
        }
    }

    fn drop(&mut self, id: &Id) {
        let Some(entry) = self.from.get(id).filter(|_| self.now.schema.has(id)) else { return };
        let mut object = reference(id, &entry.object);
        object.on = None;
        self.put(Op::Drop { object, if_exists: false, behaviour: Behaviour::Restrict, concurrently: false });
    }

    fn create(&mut self, id: &Id) {
        let Some(entry) = self.to.get(id) else { return };
        if let Object::Table(state) = &entry.object {
            if !state.columns_known {
                self.done.refusals.push(format!("the columns of {id} are known to SQLite alone"));
            }
            self.done.lost.push(Loss::table(id, format!("rows of table {id}")));
        }
        let (ops, _) = crate::schema::create_all(self.to, &BTreeSet::from([id.clone()]));
        for op in ops {
            self.put(op);
        }
    }

    fn states(&self, id: &Id) -> Option<(TableState, TableState)> {
        Some((self.from.table(id)?.clone(), self.to.table(id)?.clone()))
    }

    /// Whether each column that a table has before and after holds what it held, as far as rows were moved.
    fn keeps_values(&self, id: &Id) -> bool {
        let Some((now, wanted)) = self.states(id) else { return true };
        let Some(moved) = self.moved.filter(|moved| moved.table == wanted.table.name.name) else { return true };
        let is_kept = |column: &&Column| {
            let value = moved.values.get(&column.name);
            matches!(value, Some(CopiedValue::Column(before)) if *before == column.name)
        };
        let stays = |column: &&Column| {
            column.generated.is_none()
                && now.table.columns.iter().any(|found| found.name == column.name && found.generated.is_none())
        };
        wanted.table.columns.iter().filter(stays).all(|column| is_kept(&column))
    }

    /// Whether a table can be changed by adding and dropping columns alone.
    fn is_native(&self, id: &Id) -> bool {
        if !self.keeps_values(id) {
            return false;
        }
        let Some((now, wanted)) = self.states(id) else { return true };
        let is_of = |name: &str, table: &Table| table.columns.iter().any(|column| column.name == *name);
        // What uses a column that goes is dropped before, unless it stays.
        let going: Vec<Id> = self.from.users(id).filter(|user| !self.to.has(user)).cloned().collect();
        let mut without = Replay::from(self.from.clone());
        for user in going.iter().filter(|user| self.from.table(user).is_none()) {
            let Some(entry) = self.from.get(user) else { continue };
            let object = ObjectRef { on: None, ..reference(user, &entry.object) };
            let op = Op::Drop { object, if_exists: true, behaviour: Behaviour::Restrict, concurrently: false };
            without.part(&[crate::ir::Step::new(op, Span::default())], &mut |_| ());
        }
        for column in now.table.columns.iter().filter(|column| !is_of(&column.name, &wanted.table)) {
            if keeps_column(&without.schema, id, &column.name).is_some() {
                return false;
            }
        }
        // What is left, with what is added behind it, has to be all of it.
        let mut rest = now.table.clone();
        rest.columns.retain(|column| is_of(&column.name, &wanted.table));
        rest.constraints.retain(|constraint| wanted.table.constraints.contains(constraint));
        let added: Vec<&Column> =
            wanted.table.columns.iter().filter(|column| !is_of(&column.name, &now.table)).collect();
        for column in added {
            let its: Vec<_> =
                wanted.table.constraints.iter().filter(|one| one.inline && one.is_on(&column.name)).collect();
            if !sqlite::can_add(column, &its) {
                return false;
            }
            rest.columns.push(column.clone());
            rest.constraints.extend(its.into_iter().cloned());
        }
        let same = |one: &Table, other: &Table| {
            let constraints = |table: &Table| {
                let mut all: Vec<String> = table.constraints.iter().map(|one| format!("{one:?}")).collect();
                all.sort();
                all
            };
            constraints(one) == constraints(other)
                && Table { constraints: Vec::new(), ..one.clone() }
                    == Table { constraints: Vec::new(), ..other.clone() }
        };
        same(&rest, &wanted.table)
    }

    fn alter(&mut self, id: &Id) {
        let Some((now, wanted)) = self.states(id) else { return };
        let on = Place::new(wanted.table.name.clone());
        let is_of = |name: &str, table: &Table| table.columns.iter().any(|column| column.name == *name);
        for column in now.table.columns.iter().filter(|column| !is_of(&column.name, &wanted.table)) {
            self.done.discards.push(Loss::thrown(id, &column.name));
            let name = column.name.clone();
            let drop =
                Op::DropColumn { on: on.clone(), column: name, if_exists: false, behaviour: Behaviour::Restrict };
            self.put(drop);
        }
        for column in wanted.table.columns.iter().filter(|column| !is_of(&column.name, &now.table)) {
            if column.generated.is_none() {
                let text = format!("values of column {id}.{}", column.name);
                self.done.lost.push(Loss::column(id, &column.name, text));
            }
            let of = column.clone();
            self.put(Op::AddColumn { on: on.clone(), column: of, if_not_exists: false, position: None });
            for constraint in wanted.table.constraints.iter().filter(|one| one.inline && one.is_on(&column.name)) {
                self.put(Op::AddConstraint { on: on.clone(), constraint: constraint.clone() });
            }
        }
    }

    fn make_anew(&mut self, id: &Id) {
        let Some((now, wanted)) = self.states(id) else { return };
        if !now.columns_known || !wanted.columns_known {
            self.done.refusals.push(format!("the columns of {id} are known to SQLite alone"));
            return;
        }
        let own = |name: &String| now.table.columns.iter().find(|column| column.name == *name);
        let moved = self.moved.filter(|moved| moved.table == wanted.table.name.name);
        let mut values = Vec::new();
        for column in wanted.table.columns.iter().filter(|column| column.generated.is_none()) {
            // Where the values of the column are by now.
            let kept = match moved {
                Some(moved) => moved.values.iter().find_map(|(name, value)| match value {
                    CopiedValue::Column(before) if *before == column.name => Some(name),
                    _ => None,
                }),
                None => Some(&column.name),
            };
            // One that an expression went over is the nearest there is.
            let near = || moved.and_then(|moved| moved.values.get(&column.name)).map(|_| &column.name);
            match (kept.and_then(own), near().and_then(own)) {
                (Some(found), _) => {
                    let changes = affinity(found, &now.table) != affinity(column, &wanted.table);
                    let gave_keys =
                        is_row_id(found, &now.table) && !is_row_id(column, &wanted.table) && !column.not_null;
                    if changes || gave_keys {
                        let text = format!("what values of column {id}.{} lost when its type changed", column.name);
                        self.done.lost.push(Loss::values(id, &column.name, text));
                    }
                    values.push((column.name.clone(), sqlite::quote_identifier(&found.name)));
                }
                (None, Some(found)) => {
                    let text = format!("what values of column {id}.{} were before they were changed", column.name);
                    self.done.lost.push(Loss::values(id, &column.name, text));
                    values.push((column.name.clone(), sqlite::quote_identifier(&found.name)));
                }
                (None, None) => {
                    let text = format!("values of column {id}.{}", column.name);
                    self.done.lost.push(Loss::column(id, &column.name, text));
                    if column.not_null && column.default.is_none() {
                        self.done.notes.push(Note::Required(format!("{id}.{}", column.name)));
                    }
                }
            }
        }
        if counts(&wanted.table) && !counts(&now.table) {
            self.done.lost.push(Loss::rows(id, format!("how far table {id} had counted its rows")));
        }
        let taken: BTreeSet<&String> = values.iter().map(|(_, from)| from).collect();
        for column in now.table.columns.iter().filter(|column| column.generated.is_none()) {
            if !taken.contains(&sqlite::quote_identifier(&column.name)) {
                self.done.discards.push(Loss::thrown(id, &column.name));
            }
        }
        let ops = sqlite::rebuild(&Rebuild {
            old: &now.table.name,
            new: &wanted.table,
            meanwhile: self.free_name(&wanted.table.name.name),
            values: &values,
            counts: counts(&now.table) && counts(&wanted.table),
        });
        for op in ops {
            self.put(op);
        }
    }

    /// A name that nothing has.
    fn free_name(&self, table: &str) -> String {
        let is_free = |name: &String| {
            let id = self.now.schema.relation(&crate::ir::Name::bare(name));
            id.is_none() && self.to.relation(&crate::ir::Name::bare(name)).is_none()
        };
        let names = std::iter::once(format!("new_{table}")).chain((2..).map(|number| format!("new_{table}_{number}")));
        names.into_iter().find(is_free).unwrap_or_default()
    }
}

/// Whether a table counts its rows.
fn counts(table: &Table) -> bool {
    table.columns.iter().any(|column| column.auto_increment)
}

fn rank(schema: &Schema, id: &Id) -> u8 {
    match schema.get(id).map(|entry| &entry.object) {
        Some(Object::Table(_)) => 0,
        Some(Object::Index(_)) => 1,
        Some(Object::View(_)) => 2,
        _ => 3,
    }
}

/// Whether a table has an option.
fn has_option(table: &Table, option: &str) -> bool {
    table.options.iter().any(|(name, _)| name.eq_ignore_ascii_case(option))
}

/// Whether a column is the number of the row itself, which gives a key to a row that has none. Source: "ROWIDs and the INTEGER
/// PRIMARY KEY" in SQLite's documentation.
fn is_row_id(column: &Column, table: &Table) -> bool {
    let is_key = |constraint: &Constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey(key) => key.columns == [column.name.as_str()],
        _ => false,
    };
    let is_integer = matches!(&column.data_type.name, TypeName::Builtin(name) if name.eq_ignore_ascii_case("INTEGER"));
    is_integer && !has_option(table, "WITHOUT ROWID") && table.constraints.iter().any(is_key)
}

/// How SQLite treats the values of a column. Source: "Determination Of Column Affinity" in its documentation.
fn affinity(column: &Column, table: &Table) -> &'static str {
    let TypeName::Builtin(name) = &column.data_type.name else { return "BLOB" };
    let name = name.to_ascii_uppercase();
    let has = |word: &str| name.contains(word);
    match () {
        () if name == "ANY" && has_option(table, "STRICT") => "ANY",
        () if has("INT") => "INTEGER",
        () if has("CHAR") || has("CLOB") || has("TEXT") => "TEXT",
        () if has("BLOB") || name.is_empty() => "BLOB",
        () if has("REAL") || has("FLOA") || has("DOUB") => "REAL",
        () => "NUMERIC",
    }
}
