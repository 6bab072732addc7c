//! Renaming, with everything that names the renamed thing. PostgreSQL keeps references by number, so whatever uses
//! the object goes on using it; our texts have to follow.

use super::apply::{Doing, Existing};
use super::parts::{Role, TextKind, names, texts};
use super::{Entry, Id, Key, Object, Part, Schema, definition, derive, doubt, facets};
use crate::ir::{Column, Name, ObjectKind, ObjectRef, Op};
use crate::sql::postgres;
use crate::sql::query::{self, Renaming};

/// `ALTER … RENAME TO`.
pub(super) fn object(doing: &mut Doing<'_>, object: &ObjectRef, to: &str, if_exists: bool) {
    let Some((id, part)) = facets::target(doing.schema, object) else {
        if let ObjectKind::Sequence | ObjectKind::Table = object.kind
            && let Some((table, column)) = super::apply::identity_of(doing.schema, &object.name)
        {
            doing.schema.edit(&table, |entry| {
                let Object::Table(state) = &mut entry.object else { return };
                let usual = derive::derived_sequence_name(&state.table.name.name, &column);
                let found = state.table.columns.iter_mut().find(|found| found.name == column);
                if let Some(identity) = found.and_then(|found| found.identity.as_mut()) {
                    identity.sequence = Some(to.to_owned()).filter(|to| *to != usual);
                }
            });
            return;
        }
        if !if_exists {
            doing.missing(object);
        }
        return;
    };
    if let Part::Constraint(from) = &part {
        super::apply::rename_constraint(doing, &id, from, to);
        return;
    }
    let new_id = match &id {
        Id::Schema(_) => Id::Schema(to.to_owned()),
        Id::Extension(_) => Id::Extension(to.to_owned()),
        Id::Publication(_) => Id::Publication(to.to_owned()),
        Id::Type(key) => Id::Type(Key::new(&key.schema, to)),
        Id::Relation(key) => Id::Relation(Key::new(&key.schema, to)),
        Id::Routine(key, args) => Id::Routine(Key::new(&key.schema, to), args.clone()),
        Id::Defaults { .. } => return,
        Id::Trigger(on, _) => Id::Trigger(on.clone(), to.to_owned()),
        Id::Policy(on, _) => Id::Policy(on.clone(), to.to_owned()),
        Id::Defined { kind, name, on, args } => {
            Id::Defined { kind: *kind, name: Key::new(&name.schema, to), on: on.clone(), args: args.clone() }
        }
    };
    if doing.schema.has(&new_id) {
        doing.conflict(format!("{new_id} exists already"));
        return;
    }
    if let Id::Schema(from) = &id {
        schema_moved(doing.schema, from, to);
        return;
    }
    let of_index = match (&id, doing.schema.get(&id).map(|entry| &entry.object)) {
        (Id::Relation(key), Some(Object::Index(state))) => {
            doing.schema.relation(&state.index.table).map(|table| (table, key.name.clone()))
        }
        _ => None,
    };
    if let Some((table, from)) = of_index {
        super::apply::rename_index(doing.schema, &table, &from, to);
    }
    move_object(doing.schema, &id, &new_id);
    defined_moved(doing.schema, &new_id, Op::Rename { object: object.clone(), to: to.to_owned(), if_exists: false });
}

/// `ALTER SCHEMA … RENAME TO`: everything in it moves.
fn schema_moved(schema: &mut Schema, from: &str, to: &str) {
    let (old, new) = (Id::Schema(from.to_owned()), Id::Schema(to.to_owned()));
    let Some(entry) = schema.get(&old).cloned() else { return };
    schema.put(new, Entry { object: Object::Schema(to.to_owned()), ..(*entry).clone() });
    let inside: Vec<Id> = schema.users(&old).cloned().collect();
    for id in inside {
        let moved = match &id {
            Id::Type(key) => Id::Type(Key::new(to, &key.name)),
            Id::Relation(key) => Id::Relation(Key::new(to, &key.name)),
            Id::Routine(key, args) => Id::Routine(Key::new(to, &key.name), args.clone()),
            Id::Publication(_) => {
                publication_schema_moved(schema, &id, from, to);
                continue;
            }
            Id::Defined { .. } => {
                doubt::mark(schema, &id, &format!("its schema {from} was renamed to {to}").into());
                continue;
            }
            Id::Defaults { role, kind, .. } => {
                Id::Defaults { role: role.clone(), schema: Some(to.to_owned()), kind: *kind }
            }
            // These go with their relation.
            Id::Trigger(..) | Id::Policy(..) | Id::Schema(_) | Id::Extension(_) => continue,
        };
        if schema.has(&id) {
            move_object(schema, &id, &moved);
        }
    }
    schema.take(&old);
}

fn publication_schema_moved(schema: &mut Schema, id: &Id, from: &str, to: &str) {
    schema.edit(id, |entry| {
        if let Object::Publication(publication) = &mut entry.object {
            for name in publication.schemas.iter_mut().filter(|name| *name == from) {
                to.clone_into(name);
            }
        }
    });
}

/// An object that is kept as a statement remembers that it was moved; moving it back forgets that.
fn defined_moved(schema: &mut Schema, id: &Id, op: Op) {
    let (Id::Defined { name, .. }, Op::Rename { object, to, .. }) = (id, op) else { return };
    let back = ObjectRef { name: object.name.sibling(&to), ..object.clone() };
    let statement = |object: &ObjectRef, to: &str| {
        postgres::print(&Op::Rename { object: object.clone(), to: to.to_owned(), if_exists: false })
    };
    let (forth, undone) = (statement(&object, &to), statement(&back, &object.name.name));
    schema.edit(id, |entry| {
        if let Object::Defined(state) = &mut entry.object {
            name.name.clone_into(&mut state.definition.object.name.name);
            if state.altered.last() == Some(&undone) {
                state.altered.pop();
            } else {
                state.altered.push(forth);
            }
        }
    });
}

/// `ALTER … SET SCHEMA`.
pub(super) fn set_schema(doing: &mut Doing<'_>, object: &ObjectRef, schema: &str, if_exists: bool) {
    let Some((id, _)) = facets::target(doing.schema, object) else {
        if !if_exists {
            doing.missing(object);
        }
        return;
    };
    // Where it is there already, nothing happens.
    if let Id::Type(key) | Id::Relation(key) | Id::Routine(key, _) = &id
        && *key.schema == *schema
    {
        return;
    }
    let new_id = match &id {
        Id::Type(key) => Id::Type(Key::new(schema, &key.name)),
        Id::Relation(key) => Id::Relation(Key::new(schema, &key.name)),
        Id::Routine(key, args) => Id::Routine(Key::new(schema, &key.name), args.clone()),
        Id::Extension(name) => {
            let id = Id::Extension(name.clone());
            doing.schema.edit(&id, |entry| {
                if let Object::Extension(extension) = &mut entry.object {
                    extension.schema = Some(schema.to_owned());
                }
            });
            // What is written with its types, functions and operator classes names them where they were.
            let users: Vec<Id> = doing.schema.users(&id).cloned().collect();
            let why = format!("it uses what extension {name} brings, which was moved to schema {schema}").into();
            for user in users {
                doubt::mark(doing.schema, &user, &why);
            }
            return;
        }
        Id::Defaults { .. } => return,
        Id::Schema(_) | Id::Publication(_) | Id::Trigger(..) | Id::Policy(..) | Id::Defined { .. } => {
            doubt::mark(doing.schema, &id, &format!("it was moved to schema {schema}").into());
            return;
        }
    };
    if doing.schema.has(&new_id) {
        doing.create(new_id, Object::Schema(schema.to_owned()), Existing::Conflicts);
        return;
    }
    // A table takes its indexes and owned sequences along.
    let followers: Vec<Id> = match &id {
        Id::Relation(_) => doing
            .schema
            .users(&id)
            .filter(|user| match doing.schema.get(user).map(|entry| &entry.object) {
                Some(Object::Index(_)) => true,
                Some(Object::Sequence(sequence)) => sequence
                    .owned_by
                    .as_ref()
                    .is_some_and(|(table, _)| doing.schema.relation(table).as_ref() == Some(&id)),
                _ => false,
            })
            .cloned()
            .collect(),
        _ => Vec::new(),
    };
    move_object(doing.schema, &id, &new_id);
    for follower in followers {
        if let Id::Relation(key) = &follower {
            let target = Id::Relation(Key::new(schema, &key.name));
            move_object(doing.schema, &follower, &target);
        }
    }
}

/// The name of `id` as someone who wrote `like` would write it.
fn written(id: &Id, like: &Name) -> Name {
    let (Id::Relation(key) | Id::Type(key) | Id::Routine(key, _)) = id else { return like.clone() };
    let moved_schema = like.schema.as_ref().is_none_or(|schema| *schema == key.schema);
    if like.schema.is_none() && moved_schema {
        return Name::bare(&key.name);
    }
    Name::in_schema(&key.schema, &key.name)
}

fn move_object(schema: &mut Schema, from: &Id, to: &Id) {
    let Some(entry) = schema.get(from).cloned() else { return };
    let users: Vec<Id> = schema.users(from).filter(|user| *user != from).cloned().collect();
    let other_schema = from.schema() != to.schema();
    let (renaming, back) = (format!("{from:?} -> {to:?}"), format!("{to:?} -> {from:?}"));
    // What the users are to become is worked out while the old name can still be resolved.
    let mut moved: Vec<(Id, Id, Entry)> = Vec::new();
    for user in &users {
        if let Some(old) = schema.get(user) {
            let mut new = (**old).clone();
            match schema.renamings.recall(user, &renaming, &old.object) {
                Some(object) => new.object = object,
                None => follow(schema, &mut new, from, to, other_schema),
            }
            let new_user = match (user, from, to) {
                (Id::Trigger(on, name), Id::Relation(was), Id::Relation(is)) if on == was => {
                    Id::Trigger(is.clone(), name.clone())
                }
                (Id::Policy(on, name), Id::Relation(was), Id::Relation(is)) if on == was => {
                    Id::Policy(is.clone(), name.clone())
                }
                (Id::Defined { kind, name, on: Some(on), args }, Id::Relation(was), Id::Relation(is)) if on == was => {
                    Id::Defined { kind: *kind, name: name.clone(), on: Some(is.clone()), args: args.clone() }
                }
                (Id::Routine(key, _), Id::Type(_) | Id::Relation(_), _) => match &new.object {
                    Object::Routine(state) => Id::Routine(key.clone(), super::signature(&state.routine.arguments)),
                    _ => user.clone(),
                },
                _ => user.clone(),
            };
            moved.push((user.clone(), new_user, new));
        }
    }
    let mut own = (*entry).clone();
    match schema.renamings.recall(from, &renaming, &entry.object) {
        Some(object) => own.object = object,
        None => {
            follow(schema, &mut own, from, to, other_schema);
            rename_self(&mut own.object, to, other_schema);
        }
    }
    for (user, new_user, new) in &moved {
        if let Some(old) = schema.get(user).cloned() {
            schema.renamings.remember(new_user, &back, &new.object, &old.object);
        }
    }
    schema.renamings.remember(to, &back, &own.object, &entry.object);
    schema.take(from);
    for (old, new, _) in &moved {
        if old != new {
            schema.take(old);
        }
    }
    schema.put(to.clone(), own);
    for (_, new, entry) in &moved {
        schema.put(new.clone(), entry.clone());
    }
    for (_, new, _) in &moved {
        schema.refresh(new);
    }
    schema.refresh(to);
}

/// The sequence of an identity column keeps its name when the table or the column gets another.
pub(super) fn keep_sequence(column: &mut Column, (table, name): (&str, &str), (to_table, to_name): (&str, &str)) {
    let Some(identity) = &mut column.identity else { return };
    let own = identity.sequence.take().unwrap_or_else(|| derive::derived_sequence_name(table, name));
    identity.sequence = Some(own).filter(|own| *own != derive::derived_sequence_name(to_table, to_name));
}

pub(super) fn rename_self(object: &mut Object, to: &Id, other_schema: bool) {
    let set = |name: &mut Name| {
        if let Id::Relation(key) | Id::Type(key) | Id::Routine(key, _) = to {
            name.name.clone_from(&key.name);
            if other_schema || name.schema.is_some() {
                name.schema = Some(key.schema.clone());
            }
        }
    };
    match object {
        Object::Table(state) => {
            let old = state.table.name.name.clone();
            set(&mut state.table.name);
            for column in &mut state.table.columns {
                let name = column.name.clone();
                keep_sequence(column, (&old, &name), (&state.table.name.name, &name));
            }
        }
        Object::View(state) => set(&mut state.view.name),
        Object::Sequence(sequence) => set(&mut sequence.name),
        Object::Enum(found) => set(&mut found.name),
        Object::Domain(domain) => set(&mut domain.name),
        Object::Composite(composite) => set(&mut composite.name),
        Object::Routine(state) => set(&mut state.routine.name),
        Object::Index(state) => {
            if let Id::Relation(key) = to {
                state.index.name = Some(key.name.clone());
            }
        }
        Object::Trigger(state) => {
            if let Id::Trigger(_, name) = to {
                state.trigger.name.clone_from(name);
            }
        }
        Object::Policy(policy) => {
            if let Id::Policy(_, name) = to {
                policy.name.clone_from(name);
            }
        }
        Object::Publication(publication) => {
            if let Id::Publication(name) = to {
                publication.name.clone_from(name);
            }
        }
        Object::Extension(_) | Object::Schema(_) | Object::Defaults { .. } | Object::Defined(_) => {}
    }
}

/// Makes `entry` say `to` wherever it says `from`.
fn follow(schema: &Schema, entry: &mut Entry, from: &Id, to: &Id, other_schema: bool) {
    let over = over(&entry.object);
    names(&mut entry.object, &mut |role, name| {
        let resolved = match role {
            Role::Relation => schema.relation(name),
            Role::Type => schema.type_named(name),
            Role::Routine => schema.routines(name).into_iter().find(|id| id == from),
        };
        if resolved.as_ref() == Some(from) {
            let new = written(to, name);
            *name = if other_schema { written_with_schema(to) } else { new };
        }
    });
    sequence_defaults(schema, entry, from, to, other_schema);
    let (
        Id::Relation(old) | Id::Type(old) | Id::Routine(old, _),
        Id::Relation(new) | Id::Type(new) | Id::Routine(new, _),
    ) = (from, to)
    else {
        return;
    };
    let old_name = Name::from(old);
    let mut new_name = Name::from(new);
    if !other_schema && schema.search_path().contains(&old.schema) {
        new_name.schema = None;
    }
    let renaming = match from {
        Id::Relation(_) => Renaming::Relation { from: &old_name, to: &new_name },
        Id::Routine(..) => Renaming::Function { from: &old_name, to: &new_name },
        _ => Renaming::Type { from: &old_name, to: &new_name },
    };
    rewrite(schema, entry, &over, &renaming);
}

/// `nextval('old')` defaults follow the sequence.
fn sequence_defaults(schema: &Schema, entry: &mut Entry, from: &Id, to: &Id, other_schema: bool) {
    let Some(Object::Sequence(_)) = schema.get(from).map(|entry| &entry.object) else { return };
    let Object::Table(state) = &mut entry.object else { return };
    for column in &mut state.table.columns {
        let Some(default) = &mut column.default else { continue };
        let Some(uses) = query::expr_uses(&default.0, schema.dialect()) else { continue };
        if let Some(name) = uses.sequences.iter().find(|name| schema.relation(name).as_ref() == Some(from)) {
            let name = if other_schema { written_with_schema(to) } else { written(to, name) };
            *default = super::apply::nextval(&name);
        }
    }
}

fn written_with_schema(to: &Id) -> Name {
    match to {
        Id::Relation(key) | Id::Type(key) | Id::Routine(key, _) => Name::from(key),
        _ => Name::bare(""),
    }
}

/// The relation over whose columns an object's expressions stand; for a publication, one for each of them.
pub(super) fn over(object: &Object) -> Vec<Name> {
    vec![match object {
        Object::Table(state) => state.table.name.clone(),
        Object::Index(state) => state.index.table.clone(),
        Object::Trigger(state) => state.trigger.table.clone(),
        Object::Policy(policy) => policy.table.clone(),
        Object::Publication(publication) => {
            let filtered = publication.tables.iter().filter(|member| member.filter.is_some());
            return filtered.map(|member| member.table.clone()).collect();
        }
        _ => return Vec::new(),
    }]
}

/// Writes out every `*` over the relation in the views that read it: they go on meaning the columns of today.
pub(super) fn freeze_stars(schema: &mut Schema, id: &Id) {
    let users: Vec<Id> = schema.users(id).cloned().collect();
    for user in users {
        let Some(entry) = schema.get(&user) else { continue };
        let Object::View(state) = &entry.object else { continue };
        if !state.view.query.contains('*') {
            continue;
        }
        let expanded = schema.readings.without_stars(schema, &state.view.query);
        if expanded.as_ref() == Some(&state.view.query) {
            continue;
        }
        let cause = schema.now.clone();
        schema.edit(&user, |entry| match (expanded, &mut entry.object) {
            (Some(expanded), Object::View(state)) => state.view.query = expanded,
            _ => {
                if entry.doubt.is_none() {
                    let why = "a column came to what its `*` stands for, and it could not be written out";
                    (entry.doubt, entry.cause) = (Some(why.into()), cause);
                }
            }
        });
    }
}

/// Rewrites every text of `entry`; one that cannot be followed makes the entry doubtful.
pub(super) fn rewrite(schema: &Schema, entry: &mut Entry, over: &[Name], renaming: &Renaming<'_>) {
    let mut lost = false;
    let one_each = matches!(entry.object, Object::Publication(_));
    let mut over = over.iter().cycle().take(if one_each { over.len() } else { usize::MAX });
    texts(&mut entry.object, &mut |kind, text| {
        let new = match kind {
            TextKind::Expr => match over.next() {
                Some(over) => query::rename_in_expr_over(text, over, renaming, schema),
                None => query::rename_in_expr(text, renaming, schema.dialect()),
            },
            TextKind::Query => query::rename_in_query(text, renaming, schema),
        };
        match new {
            Some(new) => *text = new,
            None => lost = true,
        }
    });
    if let Object::Defined(state) = &mut entry.object {
        lost |= definition::follow(schema, state, renaming).is_none();
    }
    if let Object::Routine(state) = &mut entry.object
        && state.routine.atomic
    {
        lost |= rewrite_body(schema, &mut state.routine, renaming).is_none();
    }
    if lost && entry.doubt.is_none() {
        let what = match renaming {
            Renaming::Relation { from, to } | Renaming::Type { from, to } | Renaming::Function { from, to } => {
                format!("{from} was renamed to {to}")
            }
            Renaming::Column { relation, from, to } => format!("column {relation}.{from} was renamed to {to}"),
        };
        entry.cast(schema, format!("{what}, and its text could not be followed"));
    }
}

/// Rewrites an SQL-standard body, which the database keeps by reference.
fn rewrite_body(schema: &Schema, routine: &mut crate::ir::Routine, renaming: &Renaming<'_>) -> Option<()> {
    let body = routine.body.clone()?;
    let inner = match body.trim().get(..6) {
        Some(word) if word.eq_ignore_ascii_case("return") => {
            let expr = body.trim().get(6..)?;
            body.replacen(expr, &query::rename_in_expr(expr, renaming, schema.dialect())?, 1)
        }
        _ => {
            let start = body.to_ascii_lowercase().find("atomic")? + "atomic".len();
            let end = body.to_ascii_lowercase().rfind("end")?;
            let mut text = body.get(..start)?.to_owned();
            for statement in body.get(start..end)?.split_inclusive(';') {
                match statement.strip_suffix(';') {
                    Some(statement) => {
                        text.push_str(&query::rename_in_query(statement, renaming, schema)?);
                        text.push(';');
                    }
                    None => text.push_str(statement),
                }
            }
            text + body.get(end..)?
        }
    };
    if !routine.rest.contains(&body) {
        return None;
    }
    routine.rest = routine.rest.replacen(&body, &inner, 1);
    routine.body = Some(inner);
    Some(())
}
