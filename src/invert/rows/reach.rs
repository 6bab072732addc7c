//! How far a change of rows reaches: through foreign keys, triggers, rules, views, and down to the tables that inherit.

use crate::ir::{ConstraintKind, ForeignKey, Name, ReferentialAction, Trigger, Write, WriteKind};
use crate::schema::{Id, Object, Schema, children, effects};
use crate::sql::query;
use std::collections::BTreeSet;

/// What made a table change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// The statement says so.
    Itself,
    /// A foreign key that refers to rows of this table.
    Key(Id),
    /// Something that runs along: `by trigger stamp on posts`.
    Along(String),
}

/// A table that changes.
#[derive(Clone, Debug)]
pub(super) struct Reached {
    pub kind: WriteKind,
    pub id: Id,
    /// The columns, for `UPDATE`; empty is any.
    pub columns: Vec<String>,
    pub cause: Cause,
    /// The partitions and inheriting tables that change with it.
    pub family: Vec<Id>,
}

/// Everything that a change of rows reaches.
pub(super) struct Reach<'a> {
    schema: &'a Schema,
    seen: BTreeSet<(WriteKind, Id, Option<String>)>,
    /// The tables that change.
    pub found: Vec<Reached>,
    /// Tables that replay does not know.
    pub unknown: Vec<Write>,
    /// What runs along, and cannot be read: `trigger stamp on posts`.
    pub unread: Vec<String>,
}

impl<'a> Reach<'a> {
    /// Follows what a statement writes.
    pub(super) fn of(schema: &'a Schema, writes: &[Write]) -> Self {
        let (seen, found) = (BTreeSet::new(), Vec::new());
        let mut reach = Reach { schema, seen, found, unknown: Vec::new(), unread: Vec::new() };
        reach.writes(writes, &Cause::Itself);
        reach
    }

    /// Follows the functions of the history's own that a text calls.
    pub(super) fn functions_in(&mut self, text: &str) {
        let mut names = effects::calls(text);
        names.sort();
        names.dedup();
        for name in names.into_iter().filter(|name| !self.schema.routines(name).is_empty()) {
            let function = format!("function {name}");
            match effects::of(self.schema, std::slice::from_ref(&name)) {
                Ok(writes) => self.writes(&writes, &Cause::Along(format!("by {function}"))),
                Err(_) if self.cannot_write(&name) => {}
                Err(_) => self.unread(function),
            }
        }
    }

    /// What runs because of a change of the schema.
    pub(super) fn event_trigger(&mut self, id: &Id, trigger: &effects::EventTrigger) {
        match effects::function(self.schema, &trigger.function) {
            Some(body) => self.writes(&body.writes, &Cause::Along(format!("by {id}"))),
            None => self.unread(id.to_string()),
        }
    }

    /// A function that is not volatile does not write.
    fn cannot_write(&self, name: &Name) -> bool {
        self.schema.routines(name).iter().all(|id| match self.schema.get(id).map(|entry| &entry.object) {
            Some(Object::Routine(state)) => {
                let rest = state.routine.rest.to_uppercase();
                rest.split_whitespace().any(|word| matches!(word.trim_end_matches(';'), "IMMUTABLE" | "STABLE"))
            }
            _ => false,
        })
    }

    fn unread(&mut self, what: String) {
        if !self.unread.contains(&what) {
            self.unread.push(what);
        }
    }

    fn writes(&mut self, writes: &[Write], cause: &Cause) {
        for write in writes {
            match self.schema.relation(&write.table) {
                Some(id) => self.relation(write.kind, &id, &write.columns, cause, true),
                None => self.unknown.push(write.clone()),
            }
        }
    }

    /// One relation that is written; `told` is whether it has to be told, rather than being told with its parent.
    fn relation(&mut self, kind: WriteKind, id: &Id, columns: &[String], cause: &Cause, told: bool) {
        let columns = match (kind, columns) {
            (WriteKind::Update, [_, ..]) if !self.seen.contains(&(kind, id.clone(), None)) => {
                let fresh =
                    columns.iter().filter(|column| self.seen.insert((kind, id.clone(), Some((*column).clone()))));
                let fresh: Vec<String> = fresh.cloned().collect();
                if fresh.is_empty() {
                    return;
                }
                fresh
            }
            _ => {
                if !self.seen.insert((kind, id.clone(), None)) {
                    return;
                }
                Vec::new()
            }
        };
        let replaced = self.rules(kind, id);
        if replaced {
            return;
        }
        match self.schema.get(id).map(|entry| &entry.object) {
            Some(Object::View(state)) => {
                let query = state.view.query.clone();
                self.view(kind, id, &query, &columns);
            }
            _ => self.table(kind, id, columns, cause, told),
        }
    }

    fn table(&mut self, kind: WriteKind, id: &Id, columns: Vec<String>, cause: &Cause, told: bool) {
        let family = family(self.schema, id, kind);
        if told {
            let (id, columns, cause) = (id.clone(), columns.clone(), cause.clone());
            self.found.push(Reached { kind, id, columns, cause, family });
        }
        for child in below(self.schema, id, kind) {
            self.relation(kind, &child, &columns, cause, false);
        }
        self.keys(kind, id, &columns);
        self.triggers(kind, id, &columns);
    }

    /// The foreign keys that refer to a table or to what it is a partition of.
    fn keys(&mut self, kind: WriteKind, id: &Id, columns: &[String]) {
        for target in std::iter::once(id.clone()).chain(ancestors(self.schema, id)) {
            let users: Vec<Id> = self.schema.users(&target).chain([&target]).cloned().collect();
            for user in users {
                let Some(state) = self.schema.table(&user) else { continue };
                for constraint in &state.table.constraints {
                    let ConstraintKind::ForeignKey(key) = &constraint.kind else { continue };
                    if self.schema.relation(&key.references).as_ref() == Some(&target) {
                        self.key(kind, &target, &user, key, columns);
                    }
                }
            }
        }
    }

    fn key(&mut self, kind: WriteKind, target: &Id, user: &Id, key: &ForeignKey, columns: &[String]) {
        let cause = Cause::Key(target.clone());
        let action = match kind {
            WriteKind::Insert => return,
            // Without CASCADE it would fail.
            WriteKind::Truncate => return self.relation(kind, user, &[], &cause, true),
            WriteKind::Delete => &key.on_delete,
            WriteKind::Update => {
                let referenced = referenced(self.schema, target, key);
                let touched = columns.is_empty() || referenced.iter().any(|column| columns.contains(column));
                if !touched {
                    return;
                }
                &key.on_update
            }
        };
        match action {
            ReferentialAction::NoAction | ReferentialAction::Restrict => {}
            ReferentialAction::Cascade if kind == WriteKind::Delete => self.relation(kind, user, &[], &cause, true),
            ReferentialAction::Cascade => self.relation(WriteKind::Update, user, &key.columns, &cause, true),
            ReferentialAction::SetNull(some) | ReferentialAction::SetDefault(some) => {
                let columns = if some.is_empty() { &key.columns } else { some };
                self.relation(WriteKind::Update, user, columns, &cause, true);
            }
        }
    }

    fn triggers(&mut self, kind: WriteKind, id: &Id, columns: &[String]) {
        for (trigger_id, trigger) in triggers(self.schema, id) {
            if !fires(&trigger, kind, columns) {
                continue;
            }
            match effects::trigger(self.schema, &trigger) {
                Some(body) => {
                    let cause = Cause::Along(format!("by {trigger_id}"));
                    if kind == WriteKind::Update && trigger.timing == "BEFORE" {
                        if body.sets_any {
                            self.relation(kind, id, &[], &cause, true);
                        } else if !body.sets.is_empty() {
                            let sets: Vec<String> = body.sets.iter().cloned().collect();
                            self.relation(kind, id, &sets, &cause, true);
                        }
                    }
                    self.writes(&body.writes, &cause);
                }
                None => self.unread(trigger_id.to_string()),
            }
        }
    }

    /// Whether a rule stands in for the statement.
    fn rules(&mut self, kind: WriteKind, id: &Id) -> bool {
        let mut replaced = false;
        for (rule_id, rule) in rules(self.schema, id) {
            match rule {
                Some(rule) if rule.event != event(kind) => {}
                Some(rule) => {
                    replaced |= rule.replaces;
                    match rule.writes {
                        Some(writes) => self.writes(&writes, &Cause::Along(format!("by {rule_id}"))),
                        None => self.unread(rule_id.to_string()),
                    }
                }
                None => self.unread(rule_id.to_string()),
            }
        }
        replaced
    }

    /// A view is written through to its table, unless triggers stand in.
    fn view(&mut self, kind: WriteKind, id: &Id, query: &str, columns: &[String]) {
        let instead = triggers(self.schema, id).iter().any(|(_, trigger)| {
            trigger.timing == "INSTEAD OF" && trigger.events.iter().any(|(found, _)| found == event(kind))
        });
        self.triggers(kind, id, columns);
        if instead {
            return;
        }
        let cause = Cause::Along(format!("through view {id}"));
        let below = query::query_uses(query, self.schema).map(|uses| uses.relations).unwrap_or_default();
        if below.is_empty() {
            self.unread(format!("view {id}"));
        }
        for name in below {
            match self.schema.relation(&name) {
                Some(table) => self.relation(kind, &table, &[], &cause, true),
                None => self.unread(format!("view {id}")),
            }
        }
    }
}

/// The enabled triggers of a relation, with the row triggers of what it is a partition of.
pub(super) fn triggers(schema: &Schema, id: &Id) -> Vec<(Id, Trigger)> {
    let mut found = Vec::new();
    for (at, owner) in std::iter::once(id.clone()).chain(ancestors(schema, id)).enumerate() {
        for attached in schema.attached(&owner) {
            if let Some(Object::Trigger(state)) = schema.get(&attached).map(|entry| &entry.object)
                && !matches!(state.state.as_deref(), Some("DISABLE" | "ENABLE REPLICA"))
                && (at == 0 || state.trigger.each_row)
            {
                found.push((attached, state.trigger.clone()));
            }
        }
    }
    found
}

/// The rules of a relation; `None` for one that cannot be read. Disabled ones are left out.
pub(super) fn rules(schema: &Schema, id: &Id) -> Vec<(Id, Option<effects::Rule>)> {
    let attached = schema.attached(id).into_iter();
    attached
        .filter_map(|id| match schema.get(&id).map(|entry| &entry.object) {
            Some(Object::Defined(state)) if !effects::is_disabled(state) => Some((id, effects::rule(state))),
            _ => None,
        })
        .collect()
}

/// Whether a trigger fires on a statement of that kind.
pub(super) fn fires(trigger: &Trigger, kind: WriteKind, columns: &[String]) -> bool {
    trigger.events.iter().any(|(found, of)| {
        found == event(kind)
            && (of.is_empty() || columns.is_empty() || of.iter().any(|column| columns.contains(column)))
    })
}

/// The tables that are written with a table, and those under them.
pub(super) fn family(schema: &Schema, id: &Id, kind: WriteKind) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    let mut open = below(schema, id, kind);
    while let Some(child) = open.pop() {
        if child != *id && !found.contains(&child) {
            open.extend(below(schema, &child, kind));
            found.push(child);
        }
    }
    found.sort();
    found
}

/// Rows that are inserted go down to partitions only.
fn below(schema: &Schema, id: &Id, kind: WriteKind) -> Vec<Id> {
    let parted = schema.table(id).is_some_and(|state| state.table.partition_by.is_some());
    if kind == WriteKind::Insert && !parted { Vec::new() } else { children(schema, id) }
}

/// What a table is a partition of, upwards.
fn ancestors(schema: &Schema, id: &Id) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    let parent = |id: &Id| schema.relation(&schema.table(id)?.table.partition_of.as_ref()?.parent);
    let mut next = parent(id);
    while let Some(above) = next.filter(|above| !found.contains(above)) {
        next = parent(&above);
        found.push(above);
    }
    found
}

/// The columns that a foreign key refers to.
fn referenced(schema: &Schema, target: &Id, key: &ForeignKey) -> Vec<String> {
    if !key.referenced.is_empty() {
        return key.referenced.clone();
    }
    let constraints = schema.table(target).map(|state| state.table.constraints.as_slice()).unwrap_or_default();
    let primary = constraints.iter().find_map(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey(key) => Some(key.columns.clone()),
        _ => None,
    });
    primary.unwrap_or_default()
}

fn event(kind: WriteKind) -> &'static str {
    match kind {
        WriteKind::Insert => "INSERT",
        WriteKind::Update => "UPDATE",
        WriteKind::Delete => "DELETE",
        WriteKind::Truncate => "TRUNCATE",
    }
}
