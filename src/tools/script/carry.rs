//! Code that is carried over into the body of a function, with what it needs beside it.

use super::bridge::{Carried, Passage};
use super::mentions;
use crate::emit::Stage;
use crate::ir::{Migration, Op, Step, Tool, TypeName, is_open};
use crate::js::bridge::{Piece, Taken, statements_around};
use crate::schema::{Object, Schema};
use crate::source::{FileId, SourceTree, Span};
use crate::sql::postgres;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Whether a stretch lies within another.
fn inside(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

/// Whether an operation is carried whole.
pub(super) fn is_code(op: &Op) -> bool {
    matches!(op, Op::Code { .. } | Op::ByRows { .. })
}

/// How code gets from one tool's script into another's.
#[derive(Clone, Copy)]
pub(in crate::tools) struct Carrier<'a> {
    /// The files that the history was read from.
    pub tree: &'a SourceTree,
    /// The migration.
    pub migration: &'a Migration,
    /// The tools.
    pub from: Tool,
    pub to: Tool,
    /// Carries one statement over.
    pub carry: fn(&Passage<'_>, Tool, Tool) -> Result<Carried, String>,
    /// Whether two tools give the same values for a column of a type; `None`: whatever it is.
    pub same_values: fn(Tool, Tool, Option<&str>) -> bool,
}

/// What the new place is like.
pub(in crate::tools) struct Place<'a> {
    /// `up` or `down`.
    pub direction: &'a str,
    /// What reaches the database.
    pub handle: &'a str,
    /// The transaction that calls have to name.
    pub transaction: Option<&'a str>,
    /// Other names that are taken there.
    pub taken: &'a [&'a str],
    /// Whether it is in a transaction.
    pub in_transaction: bool,
    /// What its lines are indented with.
    pub indent: &'a str,
}

/// What carried code needs in its module.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::tools) struct Beside {
    /// What it takes from other modules.
    pub imports: BTreeSet<Taken>,
    /// Declarations, by where they stood.
    pub declarations: BTreeMap<(usize, usize), String>,
    /// The names of these.
    pub declared: BTreeSet<String>,
    /// Functions of ours.
    pub helpers: BTreeSet<&'static str>,
}

impl Beside {
    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        *self == Beside::default()
    }

    /// Whether it gives the module that name.
    pub fn names(&self, name: &str) -> bool {
        self.declared.contains(name) || self.imports.iter().any(|taken| taken.name == name)
    }

    /// Takes in what another function needs.
    pub fn extend(&mut self, other: Beside) {
        self.imports.extend(other.imports);
        self.declarations.extend(other.declarations);
        self.declared.extend(other.declared);
        self.helpers.extend(other.helpers);
    }
}

/// What becomes of the code of a direction.
#[derive(Default)]
pub(super) struct Plan {
    /// For each step that is code, by its number: the statement in its new form, or why it is not carried.
    pub statements: BTreeMap<usize, Result<String, String>>,
    /// What has to stand before them, in order.
    pub before: Vec<Piece>,
    /// What they need in the module.
    pub beside: Beside,
    /// Statements that are carried for a value in them, with all that they do.
    whole: Vec<Range<usize>>,
    /// The file that places are in.
    file: FileId,
}

impl Plan {
    /// Whether it is known where a step stands in the file.
    pub fn is_placed(&self, step: &Step) -> bool {
        step.at.file == self.file && !step.at.range().is_empty()
    }

    /// Whether something else does what a step does that is no statement itself.
    pub fn covers(&self, number: usize, step: &Step) -> bool {
        let at = step.at.range();
        let before = self.before.iter().any(|piece| inside(&at, &piece.at));
        let within = !self.statements.contains_key(&number) && self.whole.iter().any(|whole| inside(&at, whole));
        self.is_placed(step) && (before || within)
    }
}

impl Carrier<'_> {
    /// Carries all code of a direction that can be carried.
    pub(super) fn plan(&self, stages: &[Stage<'_>], was_in_transaction: bool, place: &Place<'_>) -> Plan {
        let mut plan = Plan { file: self.migration.file, ..Plan::default() };
        let own = |step: &Step| step.at.file == self.migration.file && step.at != Span::default();
        let Ok(text) = self.tree.read(self.migration.file) else { return plan };
        let path = self.tree.file(self.migration.file).map(|file| file.path.as_str()).unwrap_or_default();
        let starts: Vec<u32> = stages.iter().filter(|stage| own(stage.step)).map(|stage| stage.step.at.start).collect();
        let open = self.open(stages, path, text);
        for (number, stage) in stages.iter().enumerate() {
            let (at, source) = match (stage.op, open.get(&number)) {
                (Op::Code { source, .. } | Op::ByRows { source, .. }, _) => (stage.step.at.range(), source.as_str()),
                (_, Some(at)) => (at.clone(), text.get(at.clone()).unwrap_or_default()),
                (_, None) => continue,
            };
            // One statement does all that stands in it.
            if plan.whole.iter().any(|whole| inside(&at, whole)) {
                continue;
            }
            let passage = Passage {
                path,
                text,
                at: at.clone(),
                direction: place.direction,
                handle: place.handle,
                transaction: place.transaction,
                taken: place.taken,
                was_in_transaction,
                in_transaction: place.in_transaction,
                same_values: self.same_values(&stage.at.before, source),
                indent: place.indent,
            };
            let carried = match own(stage.step) && text.get(passage.at.clone()) == Some(source) {
                true => (self.carry)(&passage, self.from, self.to),
                false => Err("it stands in another file".to_owned()),
            };
            let carried = carried.and_then(|carried| self.certain(carried, &starts));
            if carried.is_ok() && open.contains_key(&number) {
                plan.whole.push(at);
            }
            plan.statements.insert(
                number,
                carried.map(|carried| {
                    plan.before.extend(carried.before);
                    let declared = |piece: Piece| ((piece.at.start, piece.at.end), piece.text);
                    plan.beside.declarations.extend(carried.module.into_iter().map(declared));
                    plan.beside.declared.extend(carried.declared);
                    plan.beside.imports.extend(carried.imports);
                    plan.beside.helpers.extend(carried.helpers);
                    carried.statements
                }),
            );
        }
        plan.before.sort_by_key(|piece| (piece.at.start, piece.at.end));
        plan.before.dedup_by(|one, other| one.at == other.at);
        // What stands in a statement that is carried anyway is the same code.
        let carried: Vec<_> = plan.statements.iter().filter(|(_, carried)| carried.is_ok()).collect();
        let carried: Vec<_> = carried.into_iter().map(|(number, _)| stages[*number].step.at.range()).collect();
        let is_within = |piece: &Piece| carried.iter().any(|at| at.start <= piece.at.start && piece.at.end <= at.end);
        plan.before.retain(|piece| !is_within(piece));
        plan
    }

    /// The statements of steps that hold a value which only a real run can know, by their numbers.
    fn open(&self, stages: &[Stage<'_>], path: &str, text: &str) -> BTreeMap<usize, Range<usize>> {
        let is_open = |(_, stage): &(usize, &Stage<'_>)| {
            stage.step.at.file == self.migration.file && !is_code(stage.op) && is_open(&postgres::print(stage.op))
        };
        let open: Vec<(usize, &Stage<'_>)> = stages.iter().enumerate().filter(is_open).collect();
        if open.is_empty() {
            return BTreeMap::new();
        }
        let places: Vec<Range<usize>> = open.iter().map(|(_, stage)| stage.step.at.range()).collect();
        let around = statements_around(path, text, &places);
        open.iter().zip(around).filter_map(|((number, _), at)| Some((*number, at?))).collect()
    }

    /// What is carried, if its place among the other statements is certain and all that it takes is there.
    fn certain(&self, carried: Carried, starts: &[u32]) -> Result<Carried, String> {
        if let Some(taken) = carried.imports.iter().find(|taken| taken.relative) {
            return Err(format!("it takes {} from {}, a file of the project", taken.name, taken.module));
        }
        if !carried.before.is_empty() && !starts.is_sorted() {
            return Err("it needs other statements, and these are not done in the order in which they stand".to_owned());
        }
        Ok(carried)
    }

    /// Whether both tools give the same values for every column of the tables that code names. What is not known may be
    /// another.
    fn same_values(&self, schema: &Schema, source: &str) -> bool {
        if (self.same_values)(self.from, self.to, None) {
            return true;
        }
        let mut all = true;
        let mut some = false;
        for (id, entry) in schema.iter() {
            let Object::Table(state) = &entry.object else { continue };
            if !mentions(source, &state.table.name.name) && !id.to_string().split('.').any(|part| source.contains(part))
            {
                continue;
            }
            some = true;
            all &= entry.doubt.is_none()
                && state.table.columns.iter().all(|column| self.is_alike(schema, &column.data_type));
        }
        all && some
    }

    fn is_alike(&self, schema: &Schema, of: &crate::ir::DataType) -> bool {
        let builtin = match &of.name {
            TypeName::Builtin(name) => name.as_str(),
            TypeName::User(name) => {
                let found = schema.type_named(name).and_then(|id| schema.get(&id).map(|entry| entry.object.clone()));
                // A value of an enum is a text.
                if matches!(found, Some(Object::Enum(_))) && of.dimensions == 0 { "text" } else { return false }
            }
        };
        let plain = match builtin {
            "serial" => "integer",
            "bigserial" => "bigint",
            "smallserial" => "smallint",
            other => other,
        };
        (self.same_values)(self.from, self.to, Some(&format!("{plain}{}", "[]".repeat(usize::from(of.dimensions)))))
    }
}
