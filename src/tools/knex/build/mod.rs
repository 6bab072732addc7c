//! Operations by Knex's schema builder. What is written here is only a proposal: it is read back before it is taken, so that
//! a method which says a little more or less than the operation is never used for it.

mod column;

use super::write::knex;
use crate::ir::{
    Behaviour, ColumnChange, Constraint, ConstraintKind, Enum, ForeignKey, Index, KeyPart, Name, ObjectKind, Op,
};
use crate::schema::{Object, Schema};
use crate::tools::script::{Desk, Lines, Stage, casts, changed_column, nested, sql_string, string_literal, swaps};
use column::Beside;

/// One call on a table's builder.
struct Change {
    /// The table.
    table: Name,
    /// Knex adds columns first, changes them next, and does the rest in order (`TableCompiler.alter` of knex 3.3.0).
    turn: u8,
    /// The call, without the builder in front of it.
    call: String,
}

/// The operations in groups, each with the statement that does all of it; `None` where there is no method for it.
pub(super) fn groups(stages: &[Stage<'_>], desk: &Desk<'_>) -> Vec<(usize, Option<Lines>)> {
    let build = Build { desk, swaps: swaps(stages) };
    let mut groups: Vec<(usize, Option<Lines>)> = Vec::new();
    let mut rest = stages;
    while let Some(first) = rest.first() {
        let group = build.created(rest).or_else(|| build.changed(rest));
        let (count, built) = group.unwrap_or_else(|| (1, build.whole(first.op)));
        groups.push((count, built));
        rest = rest.get(count..).unwrap_or_default();
    }
    groups
}

struct Build<'d> {
    desk: &'d Desk<'d>,
    /// Whether a type gives way to another.
    swaps: bool,
}

impl Build<'_> {
    fn text(&self, text: &str) -> String {
        string_literal(text, self.desk.style.quote)
    }

    /// `['a', 'b']`.
    fn list(&self, names: &[String]) -> String {
        let names: Vec<String> = names.iter().map(|name| self.text(name)).collect();
        format!("[{}]", names.join(", "))
    }

    /// `knex.schema`, in the schema of a name.
    fn schema(&self, name: &Name) -> String {
        let start = format!("{}.schema", knex(self.desk));
        match &name.schema {
            Some(schema) => format!("{start}.withSchema({})", self.text(schema)),
            None => start,
        }
    }

    /// The head of the function that a table's builder is given to, and the builder's name, as the file has them.
    fn builder(&self) -> (&'static str, &'static str) {
        const HEADS: [(&str, &str); 8] = [
            ("(table) =>", "table"),
            ("function (table)", "table"),
            ("function(table)", "table"),
            ("table =>", "table"),
            ("(t) =>", "t"),
            ("function (t)", "t"),
            ("function(t)", "t"),
            ("t =>", "t"),
        ];
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let used = |head: &str| {
            let mut found = self.desk.text.match_indices(head);
            found.any(|(at, _)| !self.desk.text[..at].chars().next_back().is_some_and(is_word))
        };
        HEADS.into_iter().find(|(head, _)| used(head)).unwrap_or(HEADS[0])
    }

    fn table(&self, method: &str, name: &Name, calls: &[String]) -> Lines {
        let (head, builder) = self.builder();
        let start = format!("{}.{method}({}, {head} {{", self.schema(name), self.text(&name.name));
        let calls = calls.iter().map(|call| vec![(0, format!("{builder}.{call}"))]).collect();
        nested(start, calls, "", self.desk.end(), "})")
    }

    fn alter(&self, changes: &[Change]) -> Lines {
        let calls: Vec<String> = changes.iter().map(|change| change.call.clone()).collect();
        let none = Name::bare("");
        self.table("alterTable", changes.first().map_or(&none, |change| &change.table), &calls)
    }

    /// A statement of its own.
    fn whole(&self, op: &Op) -> Option<Lines> {
        let line = |text: String| Some(vec![(0, text)]);
        match op {
            Op::Drop { object, if_exists, behaviour: Behaviour::Restrict, concurrently: false } => {
                let method = match (object.kind, if_exists) {
                    (ObjectKind::Table, false) => "dropTable",
                    (ObjectKind::Table, true) => "dropTableIfExists",
                    (ObjectKind::View, false) => "dropView",
                    (ObjectKind::MaterializedView, false) => "dropMaterializedView",
                    (ObjectKind::Schema, false) => "dropSchema",
                    _ => return None,
                };
                line(format!("{}.{method}({})", self.schema(&object.name), self.text(&object.name.name)))
            }
            Op::Rename { object, to, if_exists: false } if object.kind == ObjectKind::Table => {
                let (from, to) = (self.text(&object.name.name), self.text(to));
                line(format!("{}.renameTable({from}, {to})", self.schema(&object.name)))
            }
            Op::CreateSchema { name, if_not_exists: false, owner: None } => {
                line(format!("{}.schema.createSchema({})", knex(self.desk), self.text(name)))
            }
            _ => None,
        }
    }

    /// Changes of one table that stand together.
    fn changed(&self, stages: &[Stage<'_>]) -> Option<(usize, Option<Lines>)> {
        let (mut count, first) = self.change(stages)?;
        let mut changes = vec![first];
        while let Some((more, next)) = stages.get(count..).and_then(|rest| self.change(rest)) {
            let fits = changes.last().is_some_and(|last| last.table == next.table && last.turn <= next.turn);
            if !fits {
                break;
            }
            changes.push(next);
            count += more;
        }
        Some((count, Some(self.alter(&changes))))
    }

    /// A call on a table's builder, with the number of operations that it does.
    fn change(&self, stages: &[Stage<'_>]) -> Option<(usize, Change)> {
        let stage = stages.first()?;
        let change = |table: &Name, turn, call: String| Change { table: table.clone(), turn, call };
        let one = match stage.op {
            Op::AddColumn { .. } | Op::CreateEnum { .. } => return self.added(stages),
            Op::AlterColumn { .. } => return self.altered_column(stages),
            Op::DropColumn { on, column, behaviour: Behaviour::Restrict, .. } => {
                change(&on.table, 2, format!("dropColumn({})", self.text(column)))
            }
            Op::RenameColumn { on, from, to } => {
                change(&on.table, 2, format!("renameColumn({}, {})", self.text(from), self.text(to)))
            }
            Op::AddConstraint { on, constraint } => change(&on.table, 2, self.constraint(&on.table, constraint)?),
            Op::DropConstraint { on, name, behaviour: Behaviour::Restrict, .. } => {
                change(&on.table, 2, self.drop_constraint(&on.table, name, &stage.at.before)?)
            }
            Op::CreateIndex { index, if_not_exists: false, concurrently: false } => {
                change(&index.table, 2, self.index(index)?)
            }
            Op::Comment { object, text: Some(text) } if object.kind == ObjectKind::Table => {
                change(&object.name, 3, format!("comment({})", self.text(text)))
            }
            Op::Drop { object, behaviour: Behaviour::Restrict, concurrently: false, .. }
                if object.kind == ObjectKind::Index =>
            {
                let id = stage.at.before.relation(&object.name)?;
                let Object::Index(made) = &stage.at.before.get(&id)?.object else { return None };
                let table = &made.index.table;
                let name = &object.name.name;
                let usual =
                    |what: &str| plain_keys(&made.index).filter(|columns| default_name(table, columns, what) == *name);
                let call = match usual("index") {
                    Some(columns) => format!("dropIndex({})", self.columns(&columns)),
                    None => format!("dropIndex([], {})", self.text(name)),
                };
                change(table, 2, call)
            }
            _ => return None,
        };
        Some((1, one))
    }

    /// A column that comes, with an enum that is made for it just before and the constraints that come just behind it.
    fn added(&self, stages: &[Stage<'_>]) -> Option<(usize, Change)> {
        let (made, rest) = match stages.first()?.op {
            Op::CreateEnum { definition } => (Some(definition), stages.get(1..)?),
            _ => (None, stages),
        };
        let Op::AddColumn { on, column, if_not_exists: false, position: None } = rest.first()?.op else { return None };
        if on.only || on.if_exists || made.is_some_and(|made| column.data_type.user() != Some(&made.name)) {
            return None;
        }
        let mut beside = Beside { made, ..Beside::default() };
        let mut count = 1;
        while let Some(Op::AddConstraint { on: place, constraint }) = rest.get(count).map(|stage| stage.op) {
            let fits = place.table == on.table && beside.take(&on.table, column, constraint);
            if !fits {
                break;
            }
            count += 1;
        }
        let turn = if beside.comes_later() { 2 } else { 0 };
        let call = self.column(column, &beside)?;
        Some((count + usize::from(made.is_some()), Change { table: on.table.clone(), turn, call }))
    }

    /// Changes of a column in place.
    fn altered_column(&self, stages: &[Stage<'_>]) -> Option<(usize, Change)> {
        let (table, name, first) = changed_column(stages.first()?.op)?;
        let is_it = |stage: &Stage<'_>| {
            changed_column(stage.op).is_some_and(|(other, column, _)| other == table && column == name)
        };
        let run: Vec<&Stage<'_>> = stages.iter().take_while(|stage| is_it(stage) && is_cast(stage)).collect();
        let nullability = match first {
            ColumnChange::SetNotNull => Some("dropNullable"),
            ColumnChange::DropNotNull => Some("setNullable"),
            _ => None,
        };
        if let (Some(method), [_]) = (nullability, run.as_slice()) {
            return Some((1, Change { table: table.clone(), turn: 2, call: format!("{method}({})", self.text(name)) }));
        }
        let after = &run.last()?.at.after;
        let state = after.table(&after.relation(table)?)?;
        let column = state.table.columns.iter().find(|column| column.name == *name)?;
        // In the midst of statements about the type, whoever reads them is to see what the column goes through.
        if self.swaps && column.data_type.user().is_some() {
            return None;
        }
        Some((run.len(), Change { call: self.altered(column), table: table.clone(), turn: 1 }))
    }

    /// `'a'` or `['a', 'b']`.
    fn columns(&self, columns: &[String]) -> String {
        match columns {
            [one] => self.text(one),
            several => self.list(several),
        }
    }

    /// A table with what belongs to it: enums that are made for it just before, and what comes just behind it.
    fn created(&self, stages: &[Stage<'_>]) -> Option<(usize, Option<Lines>)> {
        let enums: Vec<&Enum> = stages
            .iter()
            .map_while(|stage| if let Op::CreateEnum { definition } = stage.op { Some(definition) } else { None })
            .collect();
        let Op::CreateTable { table, if_not_exists: false } = stages.get(enums.len())?.op else { return None };
        let later = &stages[enums.len() + 1..];
        let mut besides: Vec<Beside<'_>> = table.columns.iter().map(|_| Beside::default()).collect();
        for own in &enums {
            let mut columns = table.columns.iter().zip(&mut besides);
            let (_, beside) = columns.find(|(column, _)| column.data_type.user() == Some(&own.name))?;
            beside.made = Some(own);
        }
        let mut apart = Vec::new();
        for constraint in &table.constraints {
            let mut columns = table.columns.iter().zip(&mut besides);
            if !columns.any(|(column, beside)| beside.take(&table.name, column, constraint)) {
                apart.push(match &constraint.kind {
                    ConstraintKind::Check { expr, .. } => self.check(&expr.0.replace('?', "\\?"), constraint)?,
                    _ => self.constraint(&table.name, constraint)?,
                });
            }
        }
        let mut count = 0;
        while let Some((1, change)) = later.get(count..).and_then(|rest| self.change(rest)) {
            let op = later[count].op;
            let belongs = matches!(op, Op::AddConstraint { .. } | Op::CreateIndex { .. } | Op::Comment { .. });
            if change.table != table.name || !belongs {
                break;
            }
            let taken = match op {
                Op::AddConstraint { constraint, .. } => {
                    let mut columns = table.columns.iter().zip(&mut besides);
                    columns.any(|(column, beside)| beside.take(&table.name, column, constraint))
                }
                _ => false,
            };
            if !taken {
                apart.push(change.call);
            }
            count += 1;
        }
        let mut calls = Vec::new();
        let mut at = 0;
        while let (Some(column), Some(beside)) = (table.columns.get(at), besides.get(at)) {
            if self.are_timestamps(table, at) {
                calls.push("timestamps(true, true)".to_owned());
                at += 1;
            } else {
                calls.push(self.column(column, beside)?);
            }
            at += 1;
        }
        calls.extend(apart);
        Some((enums.len() + 1 + count, Some(self.table("createTable", &table.name, &calls))))
    }

    fn constraint(&self, table: &Name, constraint: &Constraint) -> Option<String> {
        let name = constraint.name.as_deref();
        let named = |default: String| name.filter(|name| *name != default);
        match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => Some(match named(format!("{}_pkey", table.name)) {
                Some(name) => {
                    format!("primary({}, {{ constraintName: {} }})", self.list(&key.columns), self.text(name))
                }
                None => format!("primary({})", self.list(&key.columns)),
            }),
            ConstraintKind::Unique(key) => Some(match named(default_name(table, &key.columns, "unique")) {
                Some(name) => format!("unique({}, {{ indexName: {} }})", self.list(&key.columns), self.text(name)),
                None => format!("unique({})", self.list(&key.columns)),
            }),
            ConstraintKind::ForeignKey(key) => self.foreign(key, named(default_name(table, &key.columns, "foreign"))),
            ConstraintKind::Check { expr, .. } => self.check(&expr.0, constraint),
            ConstraintKind::Exclusion(_) => None,
        }
    }

    /// A check; Knex writes its name without quotes.
    fn check(&self, condition: &str, constraint: &Constraint) -> Option<String> {
        let condition = sql_string(condition, self.desk.style.quote);
        Some(format!("check({condition}, [], {})", self.text(constraint.name.as_deref()?)))
    }

    fn foreign(&self, key: &ForeignKey, name: Option<&str>) -> Option<String> {
        let name = name.map(|name| format!(", {}", self.text(name))).unwrap_or_default();
        Some(format!("foreign({}{name}){}", self.columns(&key.columns), self.target(key)?))
    }

    /// A constraint that goes; which kind it is shows in the state.
    fn drop_constraint(&self, table: &Name, name: &str, schema: &Schema) -> Option<String> {
        let state = schema.table(&schema.relation(table)?)?;
        let found = state.table.constraints.iter().find(|constraint| constraint.name.as_deref() == Some(name))?;
        let by = |method: &str, columns: &[String], what: &str| match default_name(table, columns, what) == name {
            // Its types take a single name for an index or a foreign key only.
            true if method == "dropUnique" => format!("{method}({})", self.list(columns)),
            true => format!("{method}({})", self.columns(columns)),
            false => format!("{method}([], {})", self.text(name)),
        };
        match &found.kind {
            ConstraintKind::Unique(key) => Some(by("dropUnique", &key.columns, "unique")),
            ConstraintKind::ForeignKey(key) => Some(by("dropForeign", &key.columns, "foreign")),
            ConstraintKind::PrimaryKey(_) if name == format!("{}_pkey", table.name) => Some("dropPrimary()".to_owned()),
            ConstraintKind::PrimaryKey(_) => Some(format!("dropPrimary({})", self.text(name))),
            ConstraintKind::Check { .. } => Some(format!("dropChecks({})", self.text(name))),
            ConstraintKind::Exclusion(_) => None,
        }
    }

    fn index(&self, index: &Index) -> Option<String> {
        let columns = plain_keys(index)?;
        let name = index.name.as_deref()?;
        if !index.include.is_empty() || index.predicate.is_some() {
            return None;
        }
        if index.unique {
            let options = format!("{{ indexName: {}, useConstraint: false }}", self.text(name));
            return Some(format!("unique({}, {options})", self.list(&columns)));
        }
        let method = index.method.as_deref().filter(|method| *method != "btree");
        let default = default_name(&index.table, &columns, "index") == name;
        let columns = self.columns(&columns);
        Some(match (default, method) {
            (true, None) => format!("index({columns})"),
            (false, None) => format!("index({columns}, {})", self.text(name)),
            (_, Some(method)) => format!("index({columns}, {}, {})", self.text(name), self.text(method)),
        })
    }
}

/// Whether a change of a column may be said by `alter()`, which always casts.
fn is_cast(stage: &Stage<'_>) -> bool {
    match changed_column(stage.op) {
        Some((table, name, ColumnChange::Type { data_type, using, .. })) => {
            let state = stage.at.before.relation(table).and_then(|id| stage.at.before.table(&id));
            let columns = state.map(|state| state.table.columns.as_slice()).unwrap_or_default();
            let mut columns = columns.iter().filter(|column| column.name == *name);
            columns.any(|column| casts(using.as_ref(), name, &column.data_type, data_type))
        }
        other => other.is_some(),
    }
}

/// The columns of an index that has nothing but columns.
fn plain_keys(index: &Index) -> Option<Vec<String>> {
    let keys = index.keys.iter().map(|key| match &key.part {
        KeyPart::Column(name) if key.order.is_none() && key.nulls.is_none() && key.operator_class.is_none() => {
            Some(name.clone())
        }
        _ => None,
    });
    keys.collect()
}

/// The name that Knex gives (`_indexCommand` of knex 3.3.0, `lib/schema/tablecompiler.js`).
fn default_name(table: &Name, columns: &[String], what: &str) -> String {
    let table = table.name.replace(['.', '-'], "_");
    format!("{table}_{}_{what}", columns.join("_")).to_lowercase()
}
