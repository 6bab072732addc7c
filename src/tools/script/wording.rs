//! What statements do to a state, in one wording, so that a tool's own way to say a thing is known as the same thing: names
//! that PostgreSQL gives are filled in, and what changes nothing in this state is left out.

use super::stage::changed_column;
use super::{Built, order};
use crate::emit::Stage;
use crate::ir::{
    Behaviour, Column, ColumnChange, Constraint, ConstraintKind, DataType, Dialect, Expr, KeyPart, Name, ObjectKind,
    Op, Place, Step, Table, TypeName,
};
use crate::schema::{Entry, Event, Id, Object, Replay, Schema, TableState, barred, children};
use crate::source::FileId;
use crate::sql::postgres;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Operations on their way from one state to another.
pub(super) struct Wording {
    from: Schema,
    /// All steps, one after the other.
    steps: Vec<Step>,
    /// What they lead through, as soon as it is asked for.
    done: OnceCell<Done>,
}

/// Steps that have been replayed.
struct Done {
    replay: Replay,
    taken: Vec<Taken>,
}

impl Done {
    fn go_on(&mut self, steps: &[Step]) {
        let taken = &mut self.taken;
        self.replay.part(steps, &mut |event| {
            // There are no transactions among them, and so nothing that is rolled back.
            if let Event::Taken(one) = event {
                taken.push(Taken { op: one.step.op.clone(), before: one.before.clone(), after: one.after.clone() });
            }
        });
    }
}

/// An operation that is carried out, with the states on either side.
struct Taken {
    op: Op,
    before: Schema,
    after: Schema,
}

impl Wording {
    /// Nothing so far.
    pub fn from(state: &Schema) -> Self {
        Wording { from: state.clone(), steps: Vec::new(), done: OnceCell::new() }
    }

    /// These steps, with the states that they are known to lead through.
    pub fn along(stages: &[Stage<'_>]) -> Option<Self> {
        let from = stages.first()?.at.before.clone();
        let last = stages.last()?.at.after.clone();
        let taken = |stage: &Stage<'_>| {
            let (op, before, after) = (stage.op.clone(), stage.at.before.clone(), stage.at.after.clone());
            stage.at.alone.then_some(Taken { op, before, after })
        };
        let taken = stages.iter().map(taken).collect::<Option<Vec<Taken>>>()?;
        let steps = stages.iter().map(|stage| stage.step.clone()).collect();
        Some(Wording { from, steps, done: OnceCell::from(Done { replay: Replay::from(last), taken }) })
    }

    /// Whether these are its steps.
    pub fn is_of(&self, steps: &[Step]) -> bool {
        let alike = |(one, other): (&Step, &Step)| one.joined == other.joined && one.op == other.op;
        self.steps.len() == steps.len() && self.steps.iter().zip(steps).all(alike)
    }

    /// Goes on with these steps.
    pub fn take(&mut self, steps: Vec<Step>) {
        if let Some(done) = self.done.get_mut() {
            done.go_on(&steps);
        }
        self.steps.extend(steps);
    }

    fn done(&self) -> &Done {
        self.done.get_or_init(|| {
            let mut done = Done { replay: Replay::from(self.from.clone()), taken: Vec::new() };
            done.go_on(&self.steps);
            done
        })
    }

    /// Whether both do the same, from the same state. `default_schema` is the schema that bare names mean, where the tool
    /// writes it out.
    pub fn is_like(&self, other: &Wording, default_schema: Option<&str>) -> bool {
        // SQLite gives no names, and has one way to say each thing.
        let is_sqlite = self.from.dialect() == Dialect::Sqlite;
        self.is_of(&other.steps) || !is_sqlite && self.texts(default_schema) == other.texts(default_schema)
    }

    /// Each operation as text.
    fn texts(&self, default_schema: Option<&str>) -> Vec<String> {
        let all = &self.done().taken;
        let mut texts = Vec::new();
        let mut kept: Vec<Op> = Vec::with_capacity(all.len());
        let mut at = 0;
        while let Some(taken) = all.get(at) {
            let run = &all[at..at + renamings(&all[at..])];
            if run.len() > 1 {
                texts.extend(spelled(std::mem::take(&mut kept), default_schema));
                texts.extend(renamed(run));
                at += run.len();
                continue;
            }
            let run = columns(&all[at..]);
            if let Some(net) = Some(run).filter(|run| *run > 0).and_then(|run| net(&all[at..at + run])) {
                kept.extend(net);
                at += run;
                continue;
            }
            at += 1;
            if !is_idle(taken) && !goes_anyway(&all[at - 1..]) {
                put(&mut kept, taken);
            }
        }
        texts.extend(spelled(kept, default_schema));
        texts
    }
}

impl Built for Wording {
    fn schema(&self) -> &Schema {
        &self.done().replay.schema
    }
}

/// Operations as text, in one order.
fn spelled(ops: Vec<Op>, default_schema: Option<&str>) -> Vec<String> {
    let text = |op: Op| {
        let text = postgres::print(&in_one_form(op));
        match default_schema {
            Some(schema) => text.replace(&format!("{}.", postgres::quote_identifier(schema)), ""),
            None => text,
        }
    };
    order::together(ops).into_iter().map(text).collect()
}

/// How many of these give things other names and do nothing else.
fn renamings(taken: &[Taken]) -> usize {
    let renames = |taken: &&Taken| {
        let is_one = matches!(taken.op, Op::Rename { .. } | Op::RenameColumn { .. } | Op::RenameConstraint { .. });
        is_one && is_certain(taken)
    };
    taken.iter().take_while(renames).count()
}

/// What a run of renamings comes to, in whatever order: everything that changes, before and after.
fn renamed(run: &[Taken]) -> Option<String> {
    let (first, last) = (run.first()?, run.last()?);
    let changes = first.before.changes(&last.after);
    let parts = changes.iter().map(|change| {
        let object = |entry: Option<&Arc<Entry>>| entry.map(|entry| entry.object.clone());
        format!("{:?}: {:?}, {:?}", change.id, object(change.before), object(change.after))
    });
    Some(parts.collect::<Vec<_>>().join("; "))
}

/// Whether the first of these drops a constraint or index that would go just as well with the table or column that is
/// dropped right behind it.
fn goes_anyway(taken: &[Taken]) -> bool {
    let Some((first, rest)) = taken.split_first() else { return false };
    let parts = rest.iter().take_while(|taken| part(taken).is_some()).count();
    let (Some((id, columns)), Some(whole)) = (part(first), rest.get(parts)) else { return false };
    match &whole.op {
        Op::Drop { object, .. } if object.kind == ObjectKind::Table => whole.before.relation(&object.name) == Some(id),
        Op::DropColumn { on, column, .. } => {
            whole.before.relation(&on.table) == Some(id) && columns.iter().any(|own| own == column)
        }
        _ => false,
    }
}

/// The table of a constraint or index that is dropped, and the columns that it is on.
fn part(taken: &Taken) -> Option<(Id, Vec<String>)> {
    match &taken.op {
        Op::DropConstraint { on, name, behaviour: Behaviour::Restrict, .. } => {
            let id = taken.before.relation(&on.table)?;
            let state = taken.before.table(&id)?;
            let found = state.table.constraints.iter().find(|one| one.name.as_ref() == Some(name))?;
            let columns = match &found.kind {
                ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => key.columns.clone(),
                ConstraintKind::ForeignKey(key) => key.columns.clone(),
                ConstraintKind::Check { .. } | ConstraintKind::Exclusion(_) => Vec::new(),
            };
            Some((id, columns))
        }
        Op::Drop { object, behaviour: Behaviour::Restrict, concurrently: false, .. }
            if object.kind == ObjectKind::Index =>
        {
            let Object::Index(state) = &taken.before.get(&taken.before.relation(&object.name)?)?.object else {
                return None;
            };
            let columns = state.index.keys.iter().filter_map(|key| match &key.part {
                KeyPart::Column(name) => Some(name.clone()),
                KeyPart::Expr(_) => None,
            });
            Some((taken.before.relation(&state.index.table)?, columns.collect()))
        }
        _ => None,
    }
}

/// Whether an operation that could be left out changes nothing here, for certain.
fn is_idle(taken: &Taken) -> bool {
    let may_be = match &taken.op {
        Op::CreateSchema { if_not_exists, .. } => *if_not_exists,
        _ => false,
    };
    may_be && is_certain(taken) && changes_nothing(taken)
}

fn is_certain(taken: &Taken) -> bool {
    taken.before.doubt.is_none()
        && taken
            .before
            .changes(&taken.after)
            .iter()
            .all(|change| change.before.is_none_or(|entry| entry.doubt.is_none()))
}

fn changes_nothing(taken: &Taken) -> bool {
    taken.before.changes(&taken.after).iter().all(|change| change.before == change.after)
}

/// Adds an operation to those before it.
fn put(kept: &mut Vec<Op>, taken: &Taken) {
    match unguarded(taken) {
        // A constraint may come with its table or right after it.
        Op::AddConstraint { on, constraint } => {
            let constraint = named(constraint, &on.table, taken);
            match home(kept, &on.table) {
                Some(table) => table.constraints.push(constraint),
                None => kept.push(Op::AddConstraint { on, constraint }),
            }
        }
        Op::CreateTable { mut table, if_not_exists } => {
            let made = taken.before.relation(&table.name).is_none().then(|| taken.after.relation(&table.name));
            let made = made.flatten().and_then(|id| taken.after.table(&id));
            if let Some(made) = made {
                table.constraints.clone_from(&made.table.constraints);
            }
            kept.push(Op::CreateTable { table, if_not_exists: if_not_exists && made.is_none() });
        }
        op => kept.push(op),
    }
}

/// How many of these change columns of one and the same table in place.
fn columns(taken: &[Taken]) -> usize {
    let table = |taken: &Taken| changed_column(&taken.op).map(|(table, ..)| table.clone());
    let Some(first) = taken.first().and_then(table) else { return 0 };
    taken.iter().take_while(|taken| table(taken).is_some_and(|table| table == first)).count()
}

/// What a run of changes to columns of one table comes to: at most one change of each kind for each column. `None` when it
/// cannot be told, or where one of them does more than that.
fn net(run: &[Taken]) -> Option<Vec<Op>> {
    let (first, last) = (run.first()?, run.last()?);
    let Op::AlterColumn { on, .. } = &first.op else { return None };
    let id = first.before.relation(&on.table)?;
    let (before, after) = (first.before.get(&id)?, last.after.get(&id)?);
    if first.before.doubt.is_some() || before.doubt.is_some() || after.doubt.is_some() {
        return None;
    }
    if has_family(&first.before, &id) || run.iter().any(|taken| is_refused(taken, &id)) {
        return None;
    }
    let values = values(run, &id)?;
    let names: BTreeSet<&String> = run
        .iter()
        .filter_map(|taken| if let Op::AlterColumn { column, .. } = &taken.op { Some(column) } else { None })
        .collect();
    let changes = first.before.changes(&last.after);
    let elsewhere = changes.iter().any(|change| *change.id != id && change.before != change.after);
    if elsewhere || !only_columns_change(before, after, &names) {
        return None;
    }
    let (before, after) = (before.object.as_table()?, after.object.as_table()?);
    let mut net = Vec::new();
    for name in names {
        let find = |table: &Table| table.columns.iter().find(|column| column.name == *name).cloned();
        let (old, new): (Column, Column) = (find(&before.table)?, find(&after.table)?);
        let using = values.get(name.as_str()).cloned().flatten();
        let mut say = |change| {
            net.push(Op::AlterColumn { on: Place::new(on.table.clone()), column: name.clone(), change });
        };
        if old.data_type != new.data_type || old.collation != new.collation || using.is_some() {
            say(ColumnChange::Type { data_type: new.data_type.clone(), collation: new.collation.clone(), using });
        }
        if old.default != new.default {
            say(new.default.clone().map_or(ColumnChange::DropDefault, ColumnChange::SetDefault));
        }
        if old.not_null != new.not_null {
            say(if new.not_null { ColumnChange::SetNotNull } else { ColumnChange::DropNotNull });
        }
    }
    Some(net)
}

/// How values get into each column's other type. `None` when that cannot be told, or a type that stays is more than that.
fn values<'r>(run: &'r [Taken], id: &Id) -> Option<BTreeMap<&'r str, Option<Expr>>> {
    let mut values: BTreeMap<&str, Option<Expr>> = BTreeMap::new();
    for taken in run {
        let Op::AlterColumn { column, change: ColumnChange::Type { using, data_type, .. }, .. } = &taken.op else {
            continue;
        };
        let state = taken.before.table(id)?;
        let old = &state.table.columns.iter().find(|old| old.name == *column)?.data_type;
        let using = match cast(using.as_ref(), column, old, data_type) {
            Cast::Left | Cast::Said { alike: true } => None,
            Cast::Said { alike: false } => Some(Expr(format!("the cast of {column}"))),
            Cast::Other => using.clone(),
        };
        if old == data_type && using.is_none() {
            if is_in_use(&taken.before, id, state) {
                return None;
            }
        } else if values.insert(column, using).is_some() {
            return None;
        }
    }
    Some(values)
}

/// Whether something stands in the way of a column's type even when it stays as it is: a view and the like, or a generated
/// column.
fn is_in_use(schema: &Schema, id: &Id, state: &TableState) -> bool {
    let in_the_way = |user: &Id| {
        let user = schema.get(user).map(|entry| &entry.object);
        !matches!(user, Some(Object::Index(_) | Object::Table(_) | Object::Sequence(_)))
    };
    schema.users(id).any(in_the_way) || state.table.columns.iter().any(|column| column.generated.is_some())
}

/// Whether PostgreSQL refuses a change, even one that changes nothing.
fn is_refused(taken: &Taken, id: &Id) -> bool {
    match &taken.op {
        Op::AlterColumn { column, change, .. } => barred(&taken.before, id, column, change).is_some(),
        _ => false,
    }
}

/// Whether a table has partitions or inheriting tables, which a change reaches even where the table itself stays as it is,
/// or is one, or may have them.
fn has_family(schema: &Schema, id: &Id) -> bool {
    let Some(TableState { table, inherited, .. }) = schema.table(id) else { return true };
    let is_child = table.partition_of.is_some() || !table.inherits.is_empty() || !inherited.is_empty();
    is_child || table.partition_by.is_some() || table.of_type.is_some() || !children(schema, id).is_empty()
}

/// Whether the type, collation, default and nullability of these columns are all that differs. Another type, and even the
/// same one given again, resets a column's storage and compression.
fn only_columns_change(before: &Entry, after: &Entry, names: &BTreeSet<&String>) -> bool {
    let Some(former) = before.object.as_table() else { return false };
    let mut after = after.clone();
    let Object::Table(state) = &mut after.object else { return false };
    for column in state.table.columns.iter_mut().filter(|column| names.contains(&column.name)) {
        let Some(old) = former.table.columns.iter().find(|old| old.name == column.name) else { return false };
        column.data_type.clone_from(&old.data_type);
        column.collation.clone_from(&old.collation);
        column.default.clone_from(&old.default);
        column.not_null = old.not_null;
    }
    *before == after
}

/// What a change of a type says of the values.
enum Cast {
    /// Nothing.
    Left,
    /// That they are cast to the new type.
    Said {
        /// Whether saying nothing is the same.
        alike: bool,
    },
    /// Something else.
    Other,
}

fn cast(using: Option<&Expr>, column: &str, from: &DataType, to: &DataType) -> Cast {
    let Some(using) = using else { return Cast::Left };
    let inner = using.0.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(&using.0);
    let Some((value, written)) = inner.split_once("::") else { return Cast::Other };
    let is_column = value == column || value == postgres::quote_identifier(column);
    match is_column && type_of(written).is_some_and(|written| written == *to) {
        true => Cast::Said { alike: from == to || fits(from, to) },
        false => Cast::Other,
    }
}

/// Whether a change of a type does just what a cast of the values does.
pub(in crate::tools) fn casts(using: Option<&Expr>, column: &str, from: &DataType, to: &DataType) -> bool {
    match cast(using, column, from, to) {
        Cast::Left => from == to || fits(from, to),
        Cast::Said { .. } => true,
        Cast::Other => false,
    }
}

/// The type that a text names.
fn type_of(text: &str) -> Option<DataType> {
    let steps = postgres::lower(&format!("ALTER TABLE a ALTER b TYPE {text}"), FileId(0)).value.steps;
    match steps.into_iter().map(|step| step.op).collect::<Vec<_>>().as_slice() {
        [Op::AlterColumn { change: ColumnChange::Type { data_type, using: None, .. }, .. }] => Some(data_type.clone()),
        _ => None,
    }
}

/// Whether values get from one type into another by themselves, and no cast that is written could do more: PostgreSQL has a
/// cast for assignments (`pg_cast` of 15), and no text is cut, which only a cast that is written does.
fn fits(from: &DataType, to: &DataType) -> bool {
    let (TypeName::Builtin(old), TypeName::Builtin(new)) = (&from.name, &to.name) else { return false };
    if from.dimensions + to.dimensions > 0 {
        return false;
    }
    const NUMBERS: [&str; 6] = ["smallint", "integer", "bigint", "numeric", "real", "double precision"];
    const TIMES: [&str; 2] = ["timestamp without time zone", "timestamp with time zone"];
    let (old, new) = (old.as_str(), new.as_str());
    let both = |group: &[&str]| group.contains(&old) && group.contains(&new);
    match new {
        "text" => true,
        "character varying" | "character" => {
            let number = |of: &DataType| of.args.first().and_then(|length| length.parse::<u32>().ok());
            let longest = match (old, number(from)) {
                ("character varying" | "character", Some(length)) if old == new => Some(length),
                ("numeric", Some(precision)) => Some(precision + 3),
                ("smallint" | "integer" | "bigint" | "boolean" | "uuid", None) => Some(36),
                _ => None,
            };
            match number(to) {
                Some(length) => longest.is_some_and(|longest| longest <= length),
                None => new == "character varying",
            }
        }
        "date" => TIMES.contains(&old),
        "json" | "jsonb" => both(&["json", "jsonb"]),
        _ => both(&NUMBERS) || both(&TIMES) || (old == "date" && TIMES.contains(&new)),
    }
}

/// The operation, without `IF EXISTS` where what is dropped is certain to be there.
fn unguarded(taken: &Taken) -> Op {
    let mut op = taken.op.clone();
    let is_there = is_certain(taken) && !changes_nothing(taken);
    if is_there
        && let Op::Drop { if_exists, .. } | Op::DropColumn { if_exists, .. } | Op::DropConstraint { if_exists, .. } =
            &mut op
    {
        *if_exists = false;
    }
    op
}

/// The table that a constraint is added to, if nothing but its constraints, indexes and comments came since it was made.
fn home<'k>(kept: &'k mut [Op], name: &Name) -> Option<&'k mut Table> {
    let between = kept.iter().rev().take_while(|op| matches!(op, Op::CreateIndex { .. } | Op::Comment { .. })).count();
    let at = kept.len().checked_sub(between + 1)?;
    match kept.get_mut(at) {
        Some(Op::CreateTable { table, .. }) if table.name == *name => Some(table),
        _ => None,
    }
}

/// With the name that it gets.
fn named(constraint: Constraint, table: &Name, taken: &Taken) -> Constraint {
    if constraint.name.is_some() {
        return constraint;
    }
    let constraints = |schema: &Schema| {
        let state =
            schema.relation(table).and_then(|id| schema.table(&id).map(|state| state.table.constraints.clone()));
        state.unwrap_or_default()
    };
    let before = constraints(&taken.before);
    let made = constraints(&taken.after).into_iter().find(|one| !before.contains(one));
    made.unwrap_or(constraint)
}

/// The operation without what says nothing.
fn in_one_form(op: Op) -> Op {
    match op {
        Op::AddColumn { on, mut column, if_not_exists, position } => {
            column.default = column.default.map(|default| literal(default, &column.data_type));
            without_scale(&mut column.data_type);
            Op::AddColumn { on, column, if_not_exists, position }
        }
        Op::CreateTable { table, if_not_exists } => Op::CreateTable { table: tidied(table), if_not_exists },
        Op::CreateIndex { mut index, if_not_exists, concurrently } => {
            index.method = index.method.filter(|method| method != "btree");
            Op::CreateIndex { index, if_not_exists, concurrently }
        }
        Op::AlterColumn { on, column, change: ColumnChange::Type { mut data_type, collation, using } } => {
            without_scale(&mut data_type);
            Op::AlterColumn { on, column, change: ColumnChange::Type { data_type, collation, using } }
        }
        op => op,
    }
}

/// A number with a precision has no scale but 0 unless it says one ("Numeric Types" in the manual of PostgreSQL 15).
fn without_scale(of: &mut DataType) {
    let is_numeric = matches!(&of.name, TypeName::Builtin(name) if name == "numeric");
    if is_numeric && matches!(of.args.as_slice(), [_, scale] if scale == "0") {
        of.args.pop();
    }
}

/// A default in the form that PostgreSQL keeps it in, where it keeps several alike: a number in quotes is a number to an
/// integer column, and so is a truth value to a boolean one (`pg_get_expr` of 15).
fn literal(default: Expr, of: &DataType) -> Expr {
    let TypeName::Builtin(builtin) = &of.name else { return default };
    let Some(text) = default.0.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) else { return default };
    match (builtin.as_str(), text) {
        _ if of.dimensions > 0 => default,
        ("integer", text) if text.parse::<u32>().is_ok_and(|number| number.to_string() == text) => {
            Expr(text.to_owned())
        }
        ("boolean", "0" | "f" | "false") => Expr("false".to_owned()),
        ("boolean", "1" | "t" | "true") => Expr("true".to_owned()),
        _ => default,
    }
}

/// A table whose columns say that they are NOT NULL where they are, and whose constraints stand in one order.
fn tidied(mut table: Table) -> Table {
    for column in &mut table.columns {
        column.default = column.default.take().map(|default| literal(default, &column.data_type));
        let serial = matches!(&column.data_type.name, TypeName::Builtin(name) if name.ends_with("serial"));
        let key = table.constraints.iter().any(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => key.columns.contains(&column.name),
            _ => false,
        });
        column.not_null |= serial || key;
        without_scale(&mut column.data_type);
    }
    table.constraints.sort_by_cached_key(|constraint| serde_json::to_string(constraint).unwrap_or_default());
    table
}
