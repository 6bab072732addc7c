//! Operations by Sequelize's query interface. What is written here is only a proposal: it is read back before it is taken,
//! so that a method which says a little more or less than the operation is never used for it.

mod column;
mod library;

use crate::ir::{
    Behaviour, Constraint, ConstraintKind, Deferrable, ForeignKey, Index, KeyPart, Name, ObjectKind, Op, Table,
};
use crate::schema::{Object, Schema};
use crate::tools::script::{Desk, Lines, Stage, changed_column, sql_string, string_literal, swaps};
use column::{Attribute, Beside, words};
use library::Library;

/// The operations in groups, each with the statements that do all of it; `None` where there is no method for it.
pub(super) fn groups(stages: &[Stage<'_>], desk: &Desk<'_>) -> Vec<(usize, Option<Vec<Lines>>)> {
    let build = Build { desk, swaps: swaps(stages) };
    let mut groups = Vec::new();
    let mut rest = stages;
    while let Some(first) = rest.first() {
        let (count, built) = build
            .definition(rest)
            .or_else(|| build.changed_column(rest))
            .map_or_else(|| (1, build.whole(first).map(|one| vec![one])), |(count, built)| (count, Some(built)));
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

    fn list(&self, names: &[String]) -> String {
        let names: Vec<String> = names.iter().map(|name| self.text(name)).collect();
        format!("[{}]", names.join(", "))
    }

    fn table(&self, name: &Name) -> String {
        match &name.schema {
            Some(schema) => format!("{{ schema: {}, tableName: {} }}", self.text(schema), self.text(&name.name)),
            None => self.text(&name.name),
        }
    }

    /// A name as a key of an object.
    fn key(&self, name: &str) -> String {
        let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_' || c == '$')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '$');
        if is_plain { name.to_owned() } else { self.text(name) }
    }

    fn call(&self, method: &str, mut arguments: Vec<String>) -> String {
        if self.desk.own_transaction {
            arguments.push("{ transaction }".to_owned());
        }
        format!("{}.{method}({})", self.desk.handle.builder, arguments.join(", "))
    }

    /// A call whose last argument is an object.
    fn with(&self, method: &str, table: &Name, mut fields: Vec<(&str, String)>) -> Lines {
        if self.desk.own_transaction {
            fields.push(("transaction", String::new()));
        }
        let mut lines = vec![(0, format!("{}.{method}({}, {{", self.desk.handle.builder, self.table(table)))];
        lines.extend(fields.into_iter().map(|(key, value)| match value.as_str() {
            "" => (1, format!("{key},")),
            value => (1, format!("{key}: {value},")),
        }));
        lines.push((0, "})".to_owned()));
        lines
    }

    /// A call that ends in an object of definitions, and the options behind it.
    fn defining(&self, start: String, inner: Lines) -> Lines {
        let mut lines = vec![(0, format!("{start}{{"))];
        lines.extend(inner.into_iter().map(|(depth, line)| (depth + 1, line)));
        let end = if self.desk.own_transaction { "}, { transaction })" } else { "})" };
        lines.push((0, end.to_owned()));
        lines
    }

    /// A statement that does one operation.
    fn whole(&self, stage: &Stage<'_>) -> Option<Lines> {
        let text = |text: &str| self.text(text);
        let line = match stage.op {
            Op::Drop { object, behaviour: Behaviour::Restrict, concurrently: false, .. } => match object.kind {
                ObjectKind::Table => self.call("dropTable", vec![self.table(&object.name)]),
                ObjectKind::Schema => self.call("dropSchema", vec![text(&object.name.name)]),
                ObjectKind::Index => {
                    let table = indexed(&stage.at.before, &object.name)?;
                    self.call("removeIndex", vec![self.table(&table), text(&object.name.name)])
                }
                ObjectKind::Trigger => {
                    self.call("dropTrigger", vec![self.table(object.on.as_ref()?), text(&object.name.name)])
                }
                ObjectKind::Function if object.args.as_deref() == Some("") => {
                    self.call("dropFunction", vec![text(&object.name.name), "[]".to_owned()])
                }
                _ => return None,
            },
            Op::Rename { object, to, if_exists: false } if object.kind == ObjectKind::Table => {
                self.call("renameTable", vec![self.table(&object.name), text(to)])
            }
            Op::RenameColumn { on, from, to } => {
                self.call("renameColumn", vec![self.table(&on.table), text(from), text(to)])
            }
            Op::DropColumn { on, column, behaviour: Behaviour::Restrict, .. } => {
                self.call("removeColumn", vec![self.table(&on.table), text(column)])
            }
            Op::DropConstraint { on, name, behaviour: Behaviour::Restrict, .. } => {
                self.call("removeConstraint", vec![self.table(&on.table), text(name)])
            }
            Op::AddConstraint { on, constraint } => {
                let columns = stage.at.before.relation(&on.table).and_then(|id| stage.at.before.table(&id).cloned());
                let columns: Vec<String> =
                    columns.into_iter().flat_map(|state| state.table.columns).map(|column| column.name).collect();
                return self.constraint(&on.table, &columns, constraint);
            }
            Op::CreateIndex { index, if_not_exists: false, concurrently } => return self.index(index, *concurrently),
            Op::CreateSchema { name, owner: None, .. } => self.call("createSchema", vec![text(name)]),
            _ => return None,
        };
        Some(vec![(0, line)])
    }

    /// A table or column with what belongs to it: enums that are made for it just before, and what comes just behind it.
    fn definition(&self, stages: &[Stage<'_>]) -> Option<(usize, Vec<Lines>)> {
        let enums: Vec<&str> = stages
            .iter()
            .map_while(|stage| match stage.op {
                Op::CreateEnum { definition } => Some(definition.name.name.as_str()),
                _ => None,
            })
            .collect();
        let stage = stages.get(enums.len())?;
        let later = &stages[enums.len() + 1..];
        let made = |table: &Name, columns: &mut dyn Iterator<Item = &String>| {
            let names: Vec<String> = columns.map(|column| format!("enum_{}_{column}", table.name)).collect();
            enums.iter().all(|own| names.iter().any(|name| name == own))
        };
        let (count, built) = match stage.op {
            Op::CreateTable { table, if_not_exists: false } => {
                made(&table.name, &mut table.columns.iter().map(|column| &column.name)).then_some(())?;
                self.create(table, stage, later)?
            }
            Op::AddColumn { on, column, if_not_exists: false, position: None } if !on.only && !on.if_exists => {
                made(&on.table, &mut std::iter::once(&column.name)).then_some(())?;
                let mut beside = Beside::default();
                let mut count = 0;
                for stage in later {
                    let Op::AddConstraint { on: place, constraint } = stage.op else { break };
                    let fits = place.table == on.table && beside.take(&on.table, &column.name, constraint);
                    if !fits {
                        break;
                    }
                    count += 1;
                }
                let attribute = self.attribute(&on.table, column, &beside, &stage.at.before)?;
                (count, vec![self.column("addColumn", &on.table, &column.name, attribute)])
            }
            _ => return None,
        };
        Some((enums.len() + 1 + count, built))
    }

    /// `addColumn` or `changeColumn`.
    fn column(&self, method: &str, table: &Name, column: &str, attribute: Attribute) -> Lines {
        let start = format!("{}.{method}({}, {}, ", self.desk.handle.builder, self.table(table), self.text(column));
        match attribute.fields.as_slice() {
            [(_, of)] => {
                let options = if self.desk.own_transaction { ", { transaction }" } else { "" };
                vec![(0, format!("{start}{of}{options})"))]
            }
            fields => self.defining(start, field_lines(fields)),
        }
    }

    /// `createTable`, and what it cannot say in statements of their own; with the number of later operations that are in it.
    fn create(&self, table: &Table, stage: &Stage<'_>, later: &[Stage<'_>]) -> Option<(usize, Vec<Lines>)> {
        let plain = Table {
            columns: table.columns.clone(),
            constraints: table.constraints.clone(),
            ..Table::new(table.name.clone())
        };
        if *table != plain {
            return None;
        }
        let mut besides: Vec<Beside<'_>> = table.columns.iter().map(|_| Beside::default()).collect();
        let mut apart = Vec::new();
        for constraint in &table.constraints {
            if is_in_keys(table, constraint) {
                let ConstraintKind::PrimaryKey(key) = &constraint.kind else { continue };
                for (column, beside) in table.columns.iter().zip(&mut besides) {
                    beside.is_key |= key.columns.contains(&column.name);
                }
                continue;
            }
            let taken = table.columns.iter().zip(&mut besides).any(|(column, beside)| {
                is_there(stage, table, constraint) && beside.take(&table.name, &column.name, constraint)
            });
            if !taken {
                apart.push(constraint);
            }
        }
        let mut count = 0;
        if apart.is_empty() {
            for later in later {
                let Op::AddConstraint { on, constraint } = later.op else { break };
                let mut columns = table.columns.iter().zip(&mut besides);
                let taken = on.table == table.name
                    && is_there(stage, table, constraint)
                    && columns.any(|(column, beside)| beside.take(&table.name, &column.name, constraint));
                if !taken {
                    break;
                }
                count += 1;
            }
        }
        let mut inner = Vec::new();
        for (column, beside) in table.columns.iter().zip(&besides) {
            let attribute = self.attribute(&table.name, column, beside, &stage.at.before)?;
            let key = self.key(&column.name);
            match attribute.fields.as_slice() {
                [(_, of)] => inner.push((0, format!("{key}: {of},"))),
                fields => {
                    inner.push((0, format!("{key}: {{")));
                    inner.extend(field_lines(fields).into_iter().map(|(depth, line)| (depth + 1, line)));
                    inner.push((0, "},".to_owned()));
                }
            }
        }
        let start = format!("{}.createTable({}, ", self.desk.handle.builder, self.table(&table.name));
        let mut statements = vec![self.defining(start, inner)];
        let columns: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
        // As in a CREATE TABLE, keys are there before what may refer to them.
        apart.sort_by_key(|constraint| matches!(constraint.kind, ConstraintKind::ForeignKey(_)));
        for constraint in apart {
            statements.push(self.constraint(&table.name, &columns, constraint)?);
        }
        Some((count, statements))
    }

    /// Changes of one column as `changeColumn`, which says all of it that it has then.
    fn changed_column(&self, stages: &[Stage<'_>]) -> Option<(usize, Vec<Lines>)> {
        let (table, name, _) = changed_column(stages.first()?.op)?;
        let is_it = |stage: &&Stage<'_>| {
            changed_column(stage.op).is_some_and(|(other, column, _)| other == table && column == name)
        };
        let run: Vec<&Stage<'_>> = stages.iter().take_while(is_it).collect();
        let after = &run.last()?.at.after;
        let column = after.table(&after.relation(table)?)?.table.columns.iter().find(|column| column.name == *name)?;
        // In the midst of statements about the type, whoever reads them is to see what the column goes through.
        if self.swaps && column.data_type.user().is_some() {
            return None;
        }
        let attribute = self.attribute(table, column, &Beside::default(), after)?;
        Some((run.len(), vec![self.column("changeColumn", table, name, attribute)]))
    }

    fn constraint(&self, table: &Name, columns: &[String], constraint: &Constraint) -> Option<Lines> {
        let mut fields = match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => {
                vec![("fields", self.list(&key.columns)), ("type", self.text("primary key"))]
            }
            ConstraintKind::Unique(key) => vec![("fields", self.list(&key.columns)), ("type", self.text("unique"))],
            ConstraintKind::ForeignKey(key) => self.foreign_key(key)?,
            ConstraintKind::Check { expr, .. } => {
                let named: Vec<String> = columns.iter().filter(|column| is_word_of(&expr.0, column)).cloned().collect();
                let condition = sql_string(&expr.0, self.desk.style.quote);
                vec![
                    ("fields", self.list(&named)),
                    ("type", self.text("check")),
                    ("where", format!("{}.literal({condition})", Library::of(self.desk)?.functions)),
                ]
            }
            ConstraintKind::Exclusion(_) => return None,
        };
        fields.push(("name", self.text(constraint.name.as_deref()?)));
        Some(self.with("addConstraint", table, fields))
    }

    fn foreign_key(&self, key: &ForeignKey) -> Option<Vec<(&'static str, String)>> {
        let target = match key.referenced.as_slice() {
            [one] => format!("field: {}", self.text(one)),
            several => format!("fields: {}", self.list(several)),
        };
        let mut fields = vec![
            ("fields", self.list(&key.columns)),
            ("type", self.text("foreign key")),
            ("references", format!("{{ table: {}, {target} }}", self.table(&key.references))),
        ];
        for (field, action) in [("onDelete", &key.on_delete), ("onUpdate", &key.on_update)] {
            let word = words(action)?;
            if word != "NO ACTION" {
                fields.push((field, self.text(word)));
            }
        }
        Some(fields)
    }

    fn index(&self, index: &Index, concurrently: bool) -> Option<Lines> {
        let keys = index.keys.iter().map(|key| match &key.part {
            KeyPart::Column(name) if key.order.is_none() && key.nulls.is_none() && key.operator_class.is_none() => {
                Some(name.clone())
            }
            _ => None,
        });
        if !index.include.is_empty() || index.predicate.is_some() {
            return None;
        }
        let mut fields = vec![
            ("fields", self.list(&keys.collect::<Option<Vec<_>>>()?)),
            ("name", self.text(index.name.as_deref()?)),
        ];
        if index.unique {
            fields.push(("unique", "true".to_owned()));
        }
        if let Some(method) = index.method.as_deref().filter(|method| *method != "btree") {
            fields.push(("using", self.text(method)));
        }
        if concurrently {
            fields.push(("concurrently", "true".to_owned()));
        }
        Some(self.with("addIndex", &index.table, fields))
    }
}

impl<'a> Beside<'a> {
    /// Takes in a constraint that a column's own attribute can say: of one column, and of the name that PostgreSQL gives it.
    fn take(&mut self, table: &Name, column: &str, constraint: &'a Constraint) -> bool {
        let is = |columns: &[String], what: &str| {
            let name = format!("{}_{column}_{what}", table.name);
            columns == [column.to_owned()] && constraint.name.as_ref().is_none_or(|own| *own == name)
        };
        if constraint.deferrable != Deferrable::No || constraint.not_valid {
            return false;
        }
        match &constraint.kind {
            ConstraintKind::Unique(key) if is(&key.columns, "key") && !self.is_unique => {
                self.is_unique = true;
                true
            }
            ConstraintKind::ForeignKey(key) if is(&key.columns, "fkey") && self.refers.is_none() => {
                self.refers = Some(key);
                true
            }
            _ => false,
        }
    }
}

/// Whether a constraint is what `primaryKey` of its columns says.
fn is_in_keys(table: &Table, constraint: &Constraint) -> bool {
    let ConstraintKind::PrimaryKey(key) = &constraint.kind else { return false };
    let columns = table.columns.iter().map(|column| &column.name).filter(|name| key.columns.contains(name));
    let usual = format!("{}_pkey", table.name.name);
    columns.eq(&key.columns) && constraint.name.as_ref().is_none_or(|name| *name == usual)
}

/// Whether what a constraint of a new table refers to is there.
fn is_there(stage: &Stage<'_>, table: &Table, constraint: &Constraint) -> bool {
    match &constraint.kind {
        ConstraintKind::ForeignKey(key) => {
            key.references == table.name || stage.at.before.relation(&key.references).is_some()
        }
        _ => true,
    }
}

/// The table of an index.
fn indexed(schema: &Schema, name: &Name) -> Option<Name> {
    match &schema.get(&schema.relation(name)?)?.object {
        Object::Index(state) => Some(state.index.table.clone()),
        _ => None,
    }
}

fn field_lines(fields: &[(&'static str, String)]) -> Lines {
    fields.iter().map(|(key, value)| (0, format!("{key}: {value},"))).collect()
}

/// Whether an expression has a word.
fn is_word_of(expression: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    expression.split(|c| !is_part(c)).any(|found| found == word)
}
