//! Operations by TypeORM's query runner, for files whose up is written that way. What is written here is only a proposal: it
//! is read back before it is taken, so that a method which says a little more or less than the operation is never used for
//! it.

mod cache;
mod object;
mod reach;
mod table;

use super::TypeOrm;
use super::kept::Kept;
use super::names::{self, Named};
use crate::ir::{Behaviour, Constraint, ConstraintKind, Name, ObjectKind, Op};
use crate::schema::{Object, Schema};
use crate::tools::script::{Desk, Lines, Stage, string_literal, swaps};
pub(super) use cache::settled;
use object::{Fields, call};
pub(super) use reach::is_found;
use std::collections::BTreeSet;

/// Methods by which a file shows that it is written with the query runner's own.
const METHODS: [&str; 28] = [
    "createSchema",
    "dropSchema",
    "createTable",
    "dropTable",
    "renameTable",
    "addColumn",
    "addColumns",
    "dropColumn",
    "dropColumns",
    "renameColumn",
    "changeColumn",
    "changeColumns",
    "createPrimaryKey",
    "dropPrimaryKey",
    "createUniqueConstraint",
    "dropUniqueConstraint",
    "createCheckConstraint",
    "dropCheckConstraint",
    "createForeignKey",
    "createForeignKeys",
    "dropForeignKey",
    "createIndex",
    "createIndices",
    "dropIndex",
    "createView",
    "dropView",
    "createExclusionConstraint",
    "changeTableComment",
];

/// Whether a file is written that way.
pub(super) fn is_built(text: &str) -> bool {
    METHODS.iter().any(|method| text.contains(&format!(".{method}(")))
}

/// The operations in groups, each with the statement that does all of it; `None` where there is no method for it.
pub(super) fn groups(
    stages: &[Stage<'_>],
    desk: &Desk<'_>,
    tool: &TypeOrm,
    kept: &BTreeSet<Kept>,
) -> Vec<(usize, Option<Vec<Lines>>)> {
    let build = Build { desk, tool, kept, swaps: swaps(stages) };
    let mut groups = Vec::new();
    let mut rest = stages;
    while let Some(first) = rest.first() {
        let group = build.definition(rest).or_else(|| build.renamed(rest)).or_else(|| build.dropped(rest));
        let (count, built) = match group {
            Some((count, lines)) => (count, Some(lines)),
            None => (1, build.whole(first)),
        };
        groups.push((count, built.map(|lines| vec![lines])));
        rest = rest.get(count..).unwrap_or_default();
    }
    groups
}

struct Build<'d> {
    desk: &'d Desk<'d>,
    tool: &'d TypeOrm,
    /// What the up keeps in `typeorm_metadata`, or keeps no longer.
    kept: &'d BTreeSet<Kept>,
    /// Whether a type gives way to another.
    swaps: bool,
}

impl Build<'_> {
    fn text(&self, text: &str) -> String {
        string_literal(text, self.desk.style.quote)
    }

    /// A table's name, with its schema before it.
    fn table(&self, name: &Name) -> Option<String> {
        let path = path(name)?;
        Some(self.text(&path))
    }

    /// The name by which the file has a class of TypeORM.
    fn class(&self, name: &str) -> Option<String> {
        let from_it = |what: &str| self.desk.imports.iter().find(|one| one.module == "typeorm" && one.what == what);
        let whole = || from_it("*").map(|one| format!("{}.{name}", one.name));
        from_it(name).map(|one| one.name.clone()).or_else(whole)
    }

    /// A name, unless it is the one that TypeORM gives.
    fn name(&self, own: Option<&str>, named: Named, table: &Name, columns: &[String], filter: &str) -> Option<String> {
        let usual = names::of_columns(self.tool.version, named, &table.name, columns, filter);
        // What a strategy of the project's own would give is not known, so that every name is written out.
        own.filter(|own| self.tool.own_names || *own != usual).map(|own| self.text(own))
    }

    /// A call with plain arguments.
    fn line(&self, method: &str, arguments: &[String]) -> Lines {
        vec![(0, format!("{}.{method}({})", self.desk.handle.builder, arguments.join(", ")))]
    }

    /// A call whose last argument is an instance of a class.
    fn made(&self, method: &str, first: Option<String>, class: &str, fields: Fields) -> Option<Lines> {
        let first = first.map(|first| format!("{first}, ")).unwrap_or_default();
        let head = format!("{}.{method}({first}new {}(", self.desk.handle.builder, self.class(class)?);
        Some(call(&head, fields, "))"))
    }

    /// Whether the up keeps rows of a view, or no longer.
    fn keeps(&self, view: &Name) -> bool {
        self.kept.contains(&Kept::View(view.name.clone()))
    }

    /// A statement that does one operation.
    fn whole(&self, stage: &Stage<'_>) -> Option<Lines> {
        match stage.op {
            Op::Drop { object, behaviour: Behaviour::Restrict, concurrently: false, if_exists: false } => {
                match object.kind {
                    ObjectKind::Table => Some(self.line("dropTable", &[self.table(&object.name)?])),
                    ObjectKind::Schema => Some(self.line("dropSchema", &[self.text(&object.name.name)])),
                    ObjectKind::Index => {
                        let id = stage.at.before.relation(&object.name)?;
                        let Object::Index(state) = &stage.at.before.get(&id)?.object else { return None };
                        // Views have methods of their own, which want the view to be among what TypeORM keeps of them.
                        stage.at.before.table(&stage.at.before.relation(&state.index.table)?)?;
                        let table = self.table(&state.index.table)?;
                        Some(self.line("dropIndex", &[table, self.text(&object.name.name)]))
                    }
                    ObjectKind::View | ObjectKind::MaterializedView if self.keeps(&object.name) => {
                        Some(self.line("dropView", &[self.table(&object.name)?]))
                    }
                    _ => None,
                }
            }
            Op::DropConstraint { on, name, if_exists: false, behaviour: Behaviour::Restrict, .. } => {
                let table = self.table(&on.table)?;
                let method = match constraint(&stage.at.before, &on.table, name)?.kind {
                    ConstraintKind::ForeignKey(_) => "dropForeignKey",
                    ConstraintKind::Unique(_) => "dropUniqueConstraint",
                    ConstraintKind::Check { .. } => "dropCheckConstraint",
                    ConstraintKind::Exclusion(_) => "dropExclusionConstraint",
                    ConstraintKind::PrimaryKey(_) => return Some(self.line("dropPrimaryKey", &[table])),
                };
                Some(self.line(method, &[table, self.text(name)]))
            }
            Op::AddConstraint { on, constraint } => self.constraint(&on.table, constraint),
            Op::CreateIndex { index, if_not_exists: false, concurrently: false } => {
                stage.at.before.table(&stage.at.before.relation(&index.table)?)?;
                let table = self.table(&index.table)?;
                self.made("createIndex", Some(table), "TableIndex", self.index(index)?)
            }
            Op::CreateView { view, or_replace: false, if_not_exists: false } if self.keeps(&view.name) => {
                let mut fields = Fields::default();
                fields.say("name", self.table(&view.name)?);
                if view.materialized {
                    fields.say("materialized", "true");
                }
                fields.say("expression", self.sql(view.query.trim()));
                let head = format!("{}.createView(new {}(", self.desk.handle.builder, self.class("View")?);
                Some(call(&head, fields, "), true)"))
            }
            Op::Comment { object, text } if object.kind == ObjectKind::Table => {
                let mut arguments = vec![self.table(&object.name)?];
                arguments.extend(text.as_ref().map(|text| self.text(text)));
                Some(self.line("changeTableComment", &arguments))
            }
            Op::CreateSchema { name, if_not_exists: false, owner: None } => {
                Some(self.line("createSchema", &[self.text(name)]))
            }
            _ => None,
        }
    }

    /// A column that goes, with an enum that goes after it.
    fn dropped(&self, stages: &[Stage<'_>]) -> Option<(usize, Lines)> {
        let Op::DropColumn { on, column, if_exists: false, behaviour: Behaviour::Restrict } = stages.first()?.op else {
            return None;
        };
        let line = self.line("dropColumn", &[self.table(&on.table)?, self.text(column)]);
        let own = stages.first()?.at.before.table(&stages.first()?.at.before.relation(&on.table)?)?;
        let own = own.table.columns.iter().find(|own| own.name == *column)?.data_type.user();
        let goes = |stage: &Stage<'_>| match stage.op {
            Op::Drop { object, behaviour: Behaviour::Restrict, .. } if object.kind == ObjectKind::Type => {
                own.is_some_and(|own| stage.at.before.type_named(own) == stage.at.before.type_named(&object.name))
            }
            _ => false,
        };
        let count = if stages.get(1).is_some_and(goes) { 2 } else { 1 };
        Some((count, line))
    }

    /// A table or column that gets another name, with everything that has its name from it.
    fn renamed(&self, stages: &[Stage<'_>]) -> Option<(usize, Lines)> {
        let is_one = |stage: &&Stage<'_>| {
            matches!(stage.op, Op::Rename { .. } | Op::RenameColumn { .. } | Op::RenameConstraint { .. })
        };
        let run: Vec<&Stage<'_>> = stages.iter().take_while(is_one).collect();
        let mut lines = run.iter().filter_map(|stage| match stage.op {
            Op::Rename { object, to, if_exists: false } if object.kind == ObjectKind::Table => {
                Some(self.table(&object.name).map(|table| self.line("renameTable", &[table, self.text(to)])))
            }
            Op::RenameColumn { on, from, to } => Some(
                self.table(&on.table).map(|table| self.line("renameColumn", &[table, self.text(from), self.text(to)])),
            ),
            _ => None,
        });
        match (lines.next(), lines.next()) {
            (Some(Some(line)), None) => Some((run.len(), line)),
            // Of several each is tried with what stands next to it.
            (Some(_), Some(_)) => {
                let first = run.iter().position(|stage| {
                    matches!(stage.op, Op::RenameColumn { .. })
                        || matches!(stage.op, Op::Rename { object, .. } if object.kind == ObjectKind::Table)
                })?;
                self.renamed(&stages[..=first])
            }
            _ => None,
        }
    }
}

/// A table's path as TypeORM takes it.
fn path(name: &Name) -> Option<String> {
    // TypeORM parts a path at its point, and asks the catalogue with the name in quotes as it is.
    let plain = |part: &str| !part.contains(['.', '\'']);
    match &name.schema {
        Some(schema) if plain(schema) && plain(&name.name) => Some(format!("{schema}.{}", name.name)),
        None if plain(&name.name) => Some(name.name.clone()),
        _ => None,
    }
}

/// The constraint of that name on a table.
fn constraint<'s>(schema: &'s Schema, table: &Name, name: &str) -> Option<&'s Constraint> {
    let state = schema.table(&schema.relation(table)?)?;
    state.table.constraints.iter().find(|constraint| constraint.name.as_deref() == Some(name))
}
