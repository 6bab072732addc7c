//! What an object uses: other objects, and columns of relations, part by part, as PostgreSQL records it in
//! `pg_depend`. Where a text cannot be read for certain the answer errs towards more.

use super::operator_class::{self, Source};
use super::{Entry, Id, Object, Part, Schema, Use, keys};
use crate::ir::{
    Column, ConstraintKind, DataType, Dialect, Expr, IndexKey, KeyPart, Name, ObjectKind, ReferentialAction,
};
use crate::sql::query::{self, Uses};
use std::collections::BTreeSet;

/// Everything that `entry` uses in the state `schema`.
pub(super) fn of(schema: &Schema, id: &Id, entry: &Entry) -> Vec<Use> {
    let mut found = Found { schema, uses: BTreeSet::new() };
    if let Some(home) = id.schema() {
        found.add(Part::Whole, Id::Schema(home.to_owned()), None);
    }
    match &entry.object {
        Object::Schema(_) | Object::Extension(_) | Object::Enum(_) => {}
        Object::Domain(domain) => {
            found.data_type(Part::Whole, &domain.data_type);
            for check in &domain.checks {
                if let (Some(name), ConstraintKind::Check { expr, .. }) = (&check.name, &check.kind) {
                    found.expr(Part::Constraint(name.clone()), expr, None);
                }
            }
            if let Some(default) = &domain.default {
                found.expr(Part::Whole, default, None);
            }
        }
        Object::Composite(composite) => {
            for attribute in &composite.attributes {
                found.data_type(Part::Column(attribute.name.clone()), &attribute.data_type);
            }
        }
        Object::Routine(state) => {
            let routine = &state.routine;
            for argument in &routine.arguments {
                found.data_type(Part::Whole, &argument.data_type);
                if let Some(default) = &argument.default {
                    found.expr(Part::Whole, default, None);
                }
            }
            for name in super::routine::returned(routine) {
                found.type_named(Part::Whole, &name);
            }
            if let (true, Some(body)) = (routine.atomic, &routine.body) {
                found.query(Part::Whole, body);
            }
        }
        Object::Table(state) => {
            table(&mut found, id, state);
            for constraint in &state.table.constraints {
                if let (ConstraintKind::ForeignKey(key), Some(name)) = (&constraint.kind, &constraint.name)
                    && let Some(keys::Key::Index(index)) = keys::under(schema, (id, entry), key)
                {
                    found.add(Part::Constraint(name.clone()), index, None);
                }
            }
        }
        Object::View(state) => {
            found.query(Part::Whole, &state.view.query);
            for (column, default) in &state.defaults {
                found.expr(Part::Default(column.clone()), default, None);
            }
        }
        Object::Sequence(sequence) => {
            if let Some((table, column)) = &sequence.owned_by {
                found.column(Part::Whole, table, column);
            }
        }
        Object::Index(state) => {
            let index = &state.index;
            let table = &index.table;
            found.relation(Part::Whole, table);
            for key in &index.keys {
                found.key(Part::Whole, index.method.as_deref(), key, table);
            }
            for column in &index.include {
                found.column(Part::Whole, table, column);
            }
            if let Some(predicate) = &index.predicate {
                found.expr(Part::Whole, predicate, Some(table));
            }
            if let Some(parent) = &state.attached_to {
                found.relation(Part::Whole, parent);
            }
        }
        Object::Trigger(state) => {
            let trigger = &state.trigger;
            found.relation(Part::Whole, &trigger.table);
            if let Some(from) = &trigger.from {
                found.relation(Part::Whole, from);
            }
            for id in trigger.function.iter().flat_map(|function| schema.routines(function)) {
                found.add(Part::Whole, id, None);
            }
            for (_, columns) in &trigger.events {
                for column in columns {
                    found.column(Part::Whole, &trigger.table, column);
                }
            }
            if let Some(when) = &trigger.when {
                found.expr(Part::Whole, when, Some(&trigger.table));
            }
            if let Some(body) = &trigger.body {
                found.words_of(&Part::Whole, body, Some(&trigger.table));
            }
        }
        Object::Policy(policy) => {
            found.relation(Part::Whole, &policy.table);
            for expr in [&policy.using, &policy.check].into_iter().flatten() {
                found.expr(Part::Whole, expr, Some(&policy.table));
            }
        }
        Object::Defaults { .. } => {
            if let Id::Defaults { schema: Some(home), .. } = id {
                found.add(Part::Whole, Id::Schema(home.clone()), None);
            }
        }
        Object::Publication(publication) => {
            for member in &publication.tables {
                let part = Part::Constraint(member.table.to_string());
                found.relation(part.clone(), &member.table);
                for column in &member.columns {
                    found.column(part.clone(), &member.table, column);
                }
                if let Some(filter) = &member.filter {
                    found.expr(part, filter, Some(&member.table));
                }
            }
            for home in &publication.schemas {
                found.add(Part::Default(home.clone()), Id::Schema(home.clone()), None);
            }
        }
        Object::Defined(state) => {
            if let Some(on) = &state.definition.object.on {
                found.relation(Part::Whole, on);
            }
            match super::definition::statistics(state) {
                Some((table, elements)) => {
                    found.relation(Part::Whole, &table);
                    for element in &elements {
                        found.expr(Part::Whole, element, Some(&table));
                    }
                }
                None => found.words(&state.definition.sql),
            }
        }
    }
    found.defined(id, &entry.object);
    found.uses.into_iter().collect()
}

/// The parts of an object that say a name; a table as a whole only where none of its parts does.
fn parts_that_name(object: &Object, name: &str) -> Vec<Part> {
    let says = |text: String| super::doubt::words(&text.replace("\\\"", "\"")).contains(name);
    let mut parts = Vec::new();
    if let Object::Table(state) = object {
        for column in &state.table.columns {
            let bare = Column { default: None, ..column.clone() };
            if says(format!("{bare:?}")) {
                parts.push(Part::Column(column.name.clone()));
            } else if column.default.as_ref().is_some_and(|default| says(default.0.clone())) {
                parts.push(Part::Default(column.name.clone()));
            }
        }
        for constraint in &state.table.constraints {
            if says(format!("{:?}", constraint.kind)) {
                parts.push(Part::Constraint(constraint.name.clone().unwrap_or_default()));
            }
        }
    }
    if parts.is_empty() {
        parts.push(Part::Whole);
    }
    parts
}

fn table(found: &mut Found<'_>, id: &Id, state: &super::TableState) {
    let table = &state.table;
    for column in &table.columns {
        let part = Part::Column(column.name.clone());
        found.data_type(part.clone(), &column.data_type);
        if let Some(generated) = &column.generated {
            found.expr(part, generated, Some(&table.name));
        }
        if let Some(check) = &column.check {
            found.expr(Part::Column(column.name.clone()), check, Some(&table.name));
        }
        if let Some(default) = &column.default {
            found.expr(Part::Default(column.name.clone()), default, None);
        }
    }
    for constraint in &table.constraints {
        let part = Part::Constraint(constraint.name.clone().unwrap_or_default());
        let own = |found: &mut Found<'_>, columns: &[String]| {
            for column in columns {
                found.add(part.clone(), id.clone(), Some(column.clone()));
            }
        };
        match &constraint.kind {
            ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => {
                own(found, &key.columns);
                own(found, &key.include);
            }
            ConstraintKind::ForeignKey(key) => {
                own(found, &key.columns);
                for action in [&key.on_delete, &key.on_update] {
                    if let ReferentialAction::SetNull(columns) | ReferentialAction::SetDefault(columns) = action {
                        own(found, columns);
                    }
                }
                found.relation(part.clone(), &key.references);
                for column in &key.referenced {
                    found.column(part.clone(), &key.references, column);
                }
            }
            ConstraintKind::Check { expr, .. } => found.expr(part, expr, Some(&table.name)),
            ConstraintKind::Exclusion(exclusion) => {
                for (key, _) in &exclusion.elements {
                    found.key(part.clone(), exclusion.method.as_deref(), key, &table.name);
                }
                own(found, &exclusion.include);
                if let Some(predicate) = &exclusion.predicate {
                    found.expr(part, predicate, Some(&table.name));
                }
            }
        }
    }
    if let Some(partition) = &table.partition_of {
        found.relation(Part::Whole, &partition.parent);
    }
    for parent in &table.inherits {
        found.relation(Part::Whole, parent);
    }
    if let Some(of_type) = &table.of_type {
        found.data_type(Part::Whole, of_type);
    }
    if let Some(partition_by) = &table.partition_by {
        found.expr(Part::Whole, &Expr(partition_by.clone()), Some(&table.name));
    }
}

/// Kinds that other objects name in their definitions.
/// Foreign tables are known to views by name only.
fn may_read(object: &Object, kind: ObjectKind) -> bool {
    kind == ObjectKind::ForeignTable && matches!(object, Object::View(_))
}

fn named_by_others(kind: ObjectKind) -> bool {
    matches!(
        kind,
        ObjectKind::Collation
            | ObjectKind::Server
            | ObjectKind::ForeignDataWrapper
            | ObjectKind::TextSearchConfiguration
            | ObjectKind::TextSearchDictionary
            | ObjectKind::Aggregate
            | ObjectKind::Type
            | ObjectKind::OperatorClass
            | ObjectKind::OperatorFamily
    )
}

struct Found<'a> {
    schema: &'a Schema,
    uses: BTreeSet<Use>,
}

impl Found<'_> {
    fn add(&mut self, part: Part, id: Id, column: Option<String>) {
        self.uses.insert(Use { part, id, column });
    }

    /// What a name stands for. On other databases than PostgreSQL it need not be there: what is made under the name later on is meant then.
    fn named(&self, name: &Name) -> Option<Id> {
        let by_name =
            || Some(Id::Relation(self.schema.home(name))).filter(|_| self.schema.dialect() != Dialect::Postgres);
        self.schema.relation(name).or_else(by_name)
    }

    fn relation(&mut self, part: Part, name: &Name) {
        if let Some(id) = self.named(name) {
            self.add(part, id, None);
        }
    }

    fn column(&mut self, part: Part, relation: &Name, column: &str) {
        if let Some(id) = self.named(relation) {
            self.add(part, id, Some(column.to_owned()));
        }
    }

    fn data_type(&mut self, part: Part, data_type: &DataType) {
        if let Some(name) = data_type.user() {
            self.type_named(part, name);
        }
    }

    fn type_named(&mut self, part: Part, name: &Name) {
        if let Some(id) = self.schema.type_named(name) {
            self.add(part, id, None);
        } else if let Some(extension) = super::derive::extension_of_type(&name.name) {
            self.extension(part, extension);
        } else {
            // A range type brings its multirange type, whose name stands in the definition.
            let by: Vec<Id> = self.schema.defined().filter(|id| self.defines_type(id, &name.name)).cloned().collect();
            for id in by {
                self.add(part.clone(), id, None);
            }
        }
    }

    fn defines_type(&self, id: &Id, name: &str) -> bool {
        matches!(id, Id::Defined { kind: ObjectKind::Type, .. })
            && self.schema.get(id).is_some_and(|entry| match &entry.object {
                Object::Defined(state) => super::doubt::words(&state.definition.sql).contains(name),
                _ => false,
            })
    }

    fn extension(&mut self, part: Part, name: &str) {
        let id = Id::Extension(name.to_owned());
        if self.schema.has(&id) {
            self.add(part, id, None);
        }
    }

    fn function(&mut self, part: &Part, name: &Name) {
        for id in self.schema.routines(name) {
            self.add(part.clone(), id, None);
        }
        if let Some(extension) = super::derive::extension_of_function(&name.name) {
            self.extension(part.clone(), extension);
        }
    }

    fn key(&mut self, part: Part, method: Option<&str>, key: &IndexKey, table: &Name) {
        match &key.part {
            KeyPart::Column(column) => self.column(part.clone(), table, column),
            KeyPart::Expr(expr) => self.expr(part.clone(), expr, Some(table)),
        }
        if let Source::Extension(extension) = operator_class::source(self.schema, method, key, table) {
            self.extension(part, extension);
        }
    }

    /// An expression over the columns of `over`, if it stands over a relation.
    fn expr(&mut self, part: Part, expr: &Expr, over: Option<&Name>) {
        match self.schema.readings.expression(&expr.0, self.schema.dialect()) {
            Some(uses) => self.all(&part, &uses, over),
            None => self.words_of(&part, &expr.0, over),
        }
    }

    fn query(&mut self, part: Part, text: &str) {
        match self.schema.readings.query(self.schema, text) {
            Some(uses) => self.all(&part, &uses, None),
            None => self.words_of(&part, text, None),
        }
    }

    fn all(&mut self, part: &Part, uses: &Uses, over: Option<&Name>) {
        let relations: Vec<Id> = uses.relations.iter().filter_map(|name| self.named(name)).collect();
        for (relation, column) in &uses.columns {
            self.column(part.clone(), relation, column);
        }
        for relation in &uses.whole_row {
            if let Some(columns) = query::Catalogue::columns(self.schema, relation) {
                for column in columns {
                    self.column(part.clone(), relation, &column);
                }
            }
        }
        for id in &relations {
            self.add(part.clone(), id.clone(), None);
        }
        let over = over.and_then(|name| self.schema.relation(name));
        for column in &uses.bare {
            for id in relations.iter().chain(&over) {
                self.add(part.clone(), id.clone(), Some(column.clone()));
            }
        }
        for name in &uses.types {
            self.type_named(part.clone(), name);
        }
        for name in &uses.functions {
            self.function(part, name);
        }
        for name in &uses.sequences {
            self.relation(part.clone(), name);
        }
    }

    /// A text that could not be parsed: every word in it that names a column, relation, type or routine.
    fn words_of(&mut self, part: &Part, text: &str, over: Option<&Name>) {
        let over = over.and_then(|name| self.schema.relation(name));
        let words = super::doubt::words(text);
        let relations: Vec<Id> =
            words.iter().filter_map(|word| self.schema.relation(&Name::bare(word))).chain(over).collect();
        for word in &words {
            for id in &relations {
                self.add(part.clone(), id.clone(), Some(word.clone()));
            }
            let name = Name::bare(word);
            if let Some(id) = self.schema.type_named(&name) {
                self.add(part.clone(), id, None);
            }
            self.function(part, &name);
        }
        for id in relations {
            self.add(part.clone(), id, None);
        }
    }

    /// Objects of rarer kinds (collations, servers, text search configurations) are found by their names.
    fn defined(&mut self, own: &Id, object: &Object) {
        let mut all = self.schema.defined().filter(|id| *id != own).peekable();
        if all.peek().is_none() {
            return;
        }
        let words = super::doubt::words(&format!("{object:?}").replace("\\\"", "\""));
        let found: Vec<Id> = all
            .filter(|id| matches!(id, Id::Defined { kind, name, .. } if (named_by_others(*kind) || may_read(object, *kind)) && words.contains(&name.name)))
            .cloned()
            .collect();
        for id in found {
            let Id::Defined { name: named, .. } = &id else { continue };
            for part in parts_that_name(object, &named.name) {
                self.add(part, id.clone(), None);
            }
        }
    }

    fn words(&mut self, text: &str) {
        self.words_of(&Part::Whole, text, None);
    }
}
