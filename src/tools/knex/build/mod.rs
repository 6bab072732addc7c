//! Operations by Knex's schema builder. What is written here is only a proposal: it is read back before it is taken, so that
//! a method which says a little more or less than the operation is never used for it.

use super::write::knex;
use crate::ir::{
    Behaviour, Column, ColumnChange, Constraint, ConstraintKind, ForeignKey, Index, KeyPart, Name, ObjectKind, Op,
    ReferentialAction, Table, TypeName,
};
use crate::sql::postgres;
use crate::tools::script::{Desk, Lines, nested, string_literal};

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
pub(super) fn groups(ops: &[Op], desk: &Desk<'_>) -> Vec<(usize, Option<Lines>)> {
    let build = Build { desk };
    let mut groups: Vec<(usize, Option<Lines>)> = Vec::new();
    let mut at = 0;
    while let Some(op) = ops.get(at) {
        if let Some(first) = build.change(op) {
            let mut changes = vec![first];
            while let Some(next) = ops.get(at + changes.len()).and_then(|op| build.change(op)) {
                let fits = changes.last().is_some_and(|last| last.table == next.table && last.turn <= next.turn);
                if !fits {
                    break;
                }
                changes.push(next);
            }
            at += changes.len();
            groups.push((changes.len(), Some(build.alter(&changes))));
        } else if let Op::CreateTable { table, if_not_exists: false } = op {
            let later = ops[at + 1..].iter().map_while(|op| build.belongs(op, &table.name)).collect::<Vec<_>>();
            at += 1 + later.len();
            groups.push((1 + later.len(), build.create(table, later)));
        } else {
            at += 1;
            groups.push((1, build.whole(op)));
        }
    }
    groups
}

struct Build<'d> {
    desk: &'d Desk<'d>,
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

    /// A call on a table's builder.
    fn change(&self, op: &Op) -> Option<Change> {
        let change = |table: &Name, turn, call: String| Some(Change { table: table.clone(), turn, call });
        match op {
            Op::AddColumn { on, column, if_not_exists: false } if !on.only && !on.if_exists => {
                change(&on.table, 0, self.column(column, false))
            }
            Op::DropColumn { on, column, if_exists: false, behaviour: Behaviour::Restrict } => {
                change(&on.table, 2, format!("dropColumn({})", self.text(column)))
            }
            Op::RenameColumn { on, from, to } => {
                change(&on.table, 2, format!("renameColumn({}, {})", self.text(from), self.text(to)))
            }
            Op::AlterColumn { on, column, change: ColumnChange::SetNotNull } => {
                change(&on.table, 2, format!("dropNullable({})", self.text(column)))
            }
            Op::AlterColumn { on, column, change: ColumnChange::DropNotNull } => {
                change(&on.table, 2, format!("setNullable({})", self.text(column)))
            }
            Op::AddConstraint { on, constraint } => change(&on.table, 2, self.constraint(&on.table, constraint)?),
            Op::DropConstraint { on, name, if_exists: false, behaviour: Behaviour::Restrict } => {
                change(&on.table, 2, self.drop_constraint(&on.table, name)?)
            }
            Op::CreateIndex { index, if_not_exists: false, concurrently: false } => {
                change(&index.table, 2, self.index(index)?)
            }
            Op::Drop { object, if_exists: false, behaviour: Behaviour::Restrict, concurrently: false }
                if object.kind == ObjectKind::Index =>
            {
                // Which table it belongs to is known where the migration itself has made it.
                let made = self.desk.up.iter().find_map(|step| match &step.op {
                    Op::CreateIndex { index, .. } if index.name.as_ref() == Some(&object.name.name) => Some(index),
                    _ => None,
                })?;
                let columns = plain_keys(made)?;
                let what = if made.unique { "unique" } else { "index" };
                let call = match default_name(&made.table, &columns, what) == object.name.name {
                    true => format!("dropIndex({})", self.columns(&columns)),
                    false => format!("dropIndex([], {})", self.text(&object.name.name)),
                };
                change(&made.table, 2, call)
            }
            _ => None,
        }
    }

    /// `'a'` or `['a', 'b']`.
    fn columns(&self, columns: &[String]) -> String {
        match columns {
            [one] => self.text(one),
            several => self.list(several),
        }
    }

    /// What belongs to a table that was just made.
    fn belongs(&self, op: &Op, table: &Name) -> Option<String> {
        self.change(op)
            .filter(|change| change.table == *table && change.turn == 2)
            .map(|change| change.call)
            .filter(|_| matches!(op, Op::AddConstraint { .. } | Op::CreateIndex { .. }))
    }

    fn create(&self, table: &Table, later: Vec<String>) -> Option<Lines> {
        let key = table.constraints.iter().find_map(|constraint| match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => Some((constraint, key)),
            _ => None,
        });
        let is_default = |constraint: &Constraint| {
            constraint.name.as_ref().is_none_or(|name| *name == format!("{}_pkey", table.name.name))
        };
        // A number that counts up is the key by itself.
        let counted = key.filter(|(constraint, key)| {
            let serial = |column: &Column| key.columns == [column.name.clone()] && counts(column).is_some();
            is_default(constraint) && table.columns.iter().any(serial)
        });
        let mut calls: Vec<String> = Vec::new();
        for column in &table.columns {
            calls.push(self.column(column, counted.is_some_and(|(_, key)| key.columns.contains(&column.name))));
        }
        for constraint in &table.constraints {
            let is_key = matches!(constraint.kind, ConstraintKind::PrimaryKey(_));
            if !(is_key && counted.is_some()) {
                calls.push(self.constraint(&table.name, constraint)?);
            }
        }
        calls.extend(later);
        Some(self.table("createTable", &table.name, &calls))
    }

    /// A column; `is_key` when it is the primary key and counts up.
    fn column(&self, column: &Column, is_key: bool) -> String {
        let name = self.text(&column.name);
        if let Some(method) = counts(column).filter(|_| is_key) {
            return format!("{method}({name})");
        }
        let mut call = self.typed(&name, column);
        if column.not_null {
            call.push_str(".notNullable()");
        }
        if let Some(default) = &column.default {
            call.push_str(&format!(".defaultTo({})", self.default(&default.0)));
        }
        call
    }

    fn typed(&self, name: &str, column: &Column) -> String {
        let args = &column.data_type.args;
        let plain = match &column.data_type.name {
            TypeName::Builtin(builtin) if column.data_type.dimensions == 0 && column.collation.is_none() => {
                match (builtin.as_str(), args.as_slice()) {
                    ("integer", []) => Some(format!("integer({name})")),
                    ("bigint", []) => Some(format!("bigInteger({name})")),
                    ("smallint", []) => Some(format!("smallint({name})")),
                    ("boolean", []) => Some(format!("boolean({name})")),
                    ("text", []) => Some(format!("text({name})")),
                    ("date", []) => Some(format!("date({name})")),
                    ("json", []) => Some(format!("json({name})")),
                    ("jsonb", []) => Some(format!("jsonb({name})")),
                    ("uuid", []) => Some(format!("uuid({name})")),
                    ("bytea", []) => Some(format!("binary({name})")),
                    ("real", []) => Some(format!("float({name})")),
                    ("double precision", []) => Some(format!("double({name})")),
                    ("timestamp with time zone", []) => Some(format!("timestamp({name})")),
                    ("timestamp without time zone", []) => Some(format!("timestamp({name}, {{ useTz: false }})")),
                    ("time without time zone", []) => Some(format!("time({name})")),
                    ("character varying", [length]) if length == "255" => Some(format!("string({name})")),
                    ("character varying", [length]) => Some(format!("string({name}, {length})")),
                    ("numeric", [precision]) => Some(format!("decimal({name}, {precision}, 0)")),
                    ("numeric", [precision, scale]) => Some(format!("decimal({name}, {precision}, {scale})")),
                    _ => None,
                }
            }
            _ => None,
        };
        plain.unwrap_or_else(|| {
            let written = postgres::print_type(&column.data_type);
            // In lower case, as people write types; a type of the user's own keeps its name.
            let written = if column.data_type.user().is_some() { written } else { written.to_lowercase() };
            format!("specificType({name}, {})", self.text(&written))
        })
    }

    fn default(&self, expression: &str) -> String {
        let inner = expression.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        match (expression, inner) {
            ("CURRENT_TIMESTAMP", _) => format!("{}.fn.now()", knex(self.desk)),
            (_, Some(text)) if !text.contains(['\'', '\\', '?']) => self.text(text),
            _ => format!("{}.raw({})", knex(self.desk), self.text(&expression.replace('?', "\\?"))),
        }
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
            ConstraintKind::ForeignKey(key) => {
                self.foreign(table, key, named(default_name(table, &key.columns, "foreign")))
            }
            ConstraintKind::Check { .. } | ConstraintKind::Exclusion(_) => None,
        }
    }

    fn foreign(&self, _: &Name, key: &ForeignKey, name: Option<&str>) -> Option<String> {
        let name = name.map(|name| format!(", {}", self.text(name))).unwrap_or_default();
        let target = match &key.references.schema {
            Some(schema) => format!("{schema}.{}", key.references.name),
            None => key.references.name.clone(),
        };
        let mut call = format!(
            "foreign({}{name}).references({}).inTable({})",
            self.columns(&key.columns),
            self.columns(&key.referenced),
            self.text(&target)
        );
        for (method, action) in [("onUpdate", &key.on_update), ("onDelete", &key.on_delete)] {
            let word = match action {
                ReferentialAction::NoAction => continue,
                ReferentialAction::Restrict => "RESTRICT",
                ReferentialAction::Cascade => "CASCADE",
                ReferentialAction::SetNull(columns) if columns.is_empty() => "SET NULL",
                ReferentialAction::SetDefault(columns) if columns.is_empty() => "SET DEFAULT",
                ReferentialAction::SetNull(_) | ReferentialAction::SetDefault(_) => return None,
            };
            call.push_str(&format!(".{method}({})", self.text(word)));
        }
        Some(call)
    }

    /// A constraint that goes: which kind it is shows where the migration itself has made it.
    fn drop_constraint(&self, table: &Name, name: &str) -> Option<String> {
        let made = |constraint: &Constraint| constraint.name.as_deref() == Some(name);
        let found = self.desk.up.iter().find_map(|step| match &step.op {
            Op::AddConstraint { on, constraint } if on.table == *table && made(constraint) => Some(constraint),
            _ => None,
        })?;
        let by = |method: &str, columns: &[String], what: &str| match default_name(table, columns, what) == name {
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
        if index.unique || !index.include.is_empty() || index.predicate.is_some() {
            return None;
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

/// The method for a column that counts up.
fn counts(column: &Column) -> Option<&'static str> {
    match &column.data_type.name {
        TypeName::Builtin(name) if name == "serial" => Some("increments"),
        TypeName::Builtin(name) if name == "bigserial" => Some("bigIncrements"),
        _ => None,
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
