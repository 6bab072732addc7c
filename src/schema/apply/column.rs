//! Columns: added, altered, dropped, renamed.

use super::{Doing, cascade, table};
use crate::ir::{
    Behaviour, Column, ColumnChange, ConstraintKind, DataType, Expr, Identity, Name, Place, Sequence, SequenceChange,
    SequenceOptions, TypeName,
};
use crate::schema::{
    Id, Key, Object, Part, Schema, Use, alterable, derive, facets, family, keys, rename as renaming, rename_column,
};

pub(super) fn add(doing: &mut Doing<'_>, on: &Place, column: &Column, if_not_exists: bool) {
    let Some(id) = doing.table(on) else { return };
    let Id::Relation(key) = id.clone() else { return };
    if doing.schema.table(&id).is_none() {
        doing.conflict(format!("{} is not a table", on.table));
        return;
    }
    if table::has_column(doing, &id, &column.name) {
        if !if_not_exists {
            doing.conflict_on(&id, format!("column {id}.{} exists already", column.name));
            crate::schema::doubt::mark(doing.schema, &id, &format!("column {} was added twice", column.name).into());
        }
        return;
    }
    renaming::freeze_stars(doing.schema, &id);
    table::edit(doing, &id, |state| state.table.columns.push(settled(column)));
    expand_serial(doing, &id, &key, &column.name);
    let added = doing.schema.table(&id).and_then(|state| state.table.columns.last().cloned());
    if let Some(added) = added {
        family::add_column(doing.schema, &id, &added);
    }
}

/// A column with what follows from its definition: an identity is never NULL.
pub(super) fn settled(column: &Column) -> Column {
    Column { not_null: column.not_null || column.identity.is_some(), ..column.clone() }
}

/// Turns a serial column into what the database makes of it: an integer, a sequence, a default, NOT NULL.
pub(super) fn expand_serial(doing: &mut Doing<'_>, id: &Id, key: &Key, column: &str) {
    let Some(state) = doing.schema.table(id) else { return };
    let Some(found) = state.table.columns.iter().find(|found| found.name == column) else { return };
    let base = match &found.data_type.name {
        TypeName::Builtin(name) => match name.as_str() {
            "smallserial" => "smallint",
            "serial" => "integer",
            "bigserial" => "bigint",
            _ => return,
        },
        TypeName::User(_) => return,
    };
    let table_name = state.table.name.clone();
    let sequence_name = derive::sequence_name(doing.schema, key, column);
    let written = Name { schema: table_name.schema.clone(), name: sequence_name.clone() };
    let sequence = Sequence {
        name: written.clone(),
        options: SequenceOptions {
            data_type: (base != "bigint").then(|| DataType::builtin(base)),
            ..SequenceOptions::default()
        },
        owned_by: Some((table_name, column.to_owned())),
        temporary: false,
        unlogged: false,
    };
    table::edit(doing, id, |state| {
        if let Some(found) = state.table.columns.iter_mut().find(|found| found.name == column) {
            found.data_type = DataType::builtin(base);
            found.not_null = true;
            found.default = Some(nextval(&written));
        }
    });
    let sequence_id = Id::Relation(Key::new(&key.schema, sequence_name));
    let owner = doing.schema.get(id).and_then(|entry| entry.owner.clone());
    let entry = doing.schema.newborn_of(&sequence_id, Object::Sequence(sequence), owner, &Default::default());
    doing.schema.put(sequence_id, entry);
    doing.schema.refresh(id);
}

/// `nextval('"name"'::regclass)`.
pub(crate) fn nextval(name: &Name) -> Expr {
    let quoted = |part: &str| format!("\"{}\"", part.replace('"', "\"\"")).replace('\'', "''");
    let text = match &name.schema {
        Some(schema) => format!("{}.{}", quoted(schema), quoted(&name.name)),
        None => quoted(&name.name),
    };
    Expr(format!("nextval('{text}'::regclass)"))
}

pub(super) fn alter(doing: &mut Doing<'_>, on: &Place, column: &str, change: &ColumnChange) {
    let Some(id) = doing.table(on) else { return };
    if let Some(entry) = doing.schema.get(&id)
        && let Object::View(_) = &entry.object
    {
        doing.schema.edit(&id, |entry| {
            if let Object::View(state) = &mut entry.object {
                match change {
                    ColumnChange::SetDefault(expr) => {
                        state.defaults.insert(column.to_owned(), expr.clone());
                    }
                    ColumnChange::DropDefault => {
                        state.defaults.remove(column);
                    }
                    _ => {}
                }
            }
        });
        return;
    }
    let there =
        doing.schema.table(&id).is_some_and(|state| state.table.columns.iter().any(|found| found.name == column));
    if !there && !table::has_column(doing, &id, column) {
        doing.conflict_on(&id, format!("column {id}.{column} does not exist here"));
        return;
    }
    if let ColumnChange::DropExpression { if_exists: false } | ColumnChange::DropIdentity { if_exists: false } = change
    {
        let has =
            doing.schema.table(&id).and_then(|state| state.table.columns.iter().find(|found| found.name == column));
        if has.is_some_and(|found| found.generated.is_none() && found.identity.is_none()) {
            doing.conflict_on(&id, format!("column {id}.{column} is not generated"));
        }
    }
    if let Some(why) = alterable::barred(doing.schema, &id, column, change) {
        doing.conflict(why);
    } else if let ColumnChange::Type { .. } = change
        && let Some(user) = alterable::keeps_type(doing.schema, &id, column)
    {
        let message = format!("{user} depends on column {id}.{column}");
        doing.in_the_way(message, "the database refuses to change its type");
    }
    let mut targets = vec![id.clone()];
    if !on.only && reaches_children(change) {
        targets.extend(table::descendants(doing, &id));
    }
    if let ColumnChange::DropIdentity { .. } = change {
        doing.schema.edit_facets(&id, |entry| {
            entry.grants.retain(|key, _| key.column != column || !key.privilege.starts_with(facets::OF_SEQUENCE));
        });
    }
    if let ColumnChange::Type { .. } = change {
        for target in &targets {
            family::doubt_names_chosen_anew(doing.schema, target, column);
        }
    }
    for target in targets {
        table::edit(doing, &target, |state| {
            if let Some(found) = state.table.columns.iter_mut().find(|found| found.name == column) {
                change_column(found, change);
            }
        });
        if let ColumnChange::Type { .. } = change {
            // An index takes the new type's operator class.
            let indexes: Vec<Id> = doing.schema.indexes(&target).map(|(id, _)| id.clone()).collect();
            indexes.iter().for_each(|index| doing.schema.refresh(index));
        }
    }
}

/// Whether a change of a column changes it in partitions and inheriting tables too. Source: `ATPrepCmd`, PostgreSQL 15.
fn reaches_children(change: &ColumnChange) -> bool {
    match change {
        ColumnChange::Type { .. }
        | ColumnChange::SetDefault(_)
        | ColumnChange::DropDefault
        | ColumnChange::SetNotNull
        | ColumnChange::DropNotNull
        | ColumnChange::SetExpression(_)
        | ColumnChange::DropExpression { .. }
        | ColumnChange::SetStorage(_)
        | ColumnChange::SetStatistics(_) => true,
        ColumnChange::AddIdentity(_)
        | ColumnChange::SetIdentity { .. }
        | ColumnChange::DropIdentity { .. }
        | ColumnChange::SetCompression(_)
        | ColumnChange::SetOptions(_)
        | ColumnChange::ResetOptions(_)
        | ColumnChange::Redefine { .. } => false,
    }
}

fn change_column(column: &mut Column, change: &ColumnChange) {
    match change {
        ColumnChange::Type { data_type, collation, .. } => {
            keep_literal(column, data_type);
            column.data_type = data_type.clone();
            column.collation = collation.clone();
            // Another type brings its own storage and compression, and keeps the statistics target.
            column.compression = None;
            column.storage = None;
        }
        ColumnChange::SetDefault(expr) => column.default = Some(expr.clone()),
        ColumnChange::DropDefault => column.default = None,
        ColumnChange::SetNotNull => column.not_null = true,
        ColumnChange::DropNotNull => column.not_null = false,
        ColumnChange::SetExpression(expr) => column.generated = Some(expr.clone()),
        ColumnChange::DropExpression { .. } => column.generated = None,
        ColumnChange::AddIdentity(identity) => column.identity = Some(identity.clone()),
        ColumnChange::SetIdentity { always, change } => {
            if let Some(identity) = &mut column.identity {
                if let Some(always) = always {
                    identity.always = *always;
                }
                change_sequence(identity, change);
            }
        }
        ColumnChange::DropIdentity { .. } => column.identity = None,
        ColumnChange::SetStorage(storage) => {
            let usual = default_storage(&column.data_type);
            column.storage = (storage != "DEFAULT" && usual != Some(storage)).then(|| storage.clone());
        }
        ColumnChange::SetCompression(method) => {
            column.compression = (method != "default").then(|| method.clone());
        }
        ColumnChange::SetStatistics(target) => column.statistics = (*target >= 0).then_some(*target),
        ColumnChange::SetOptions(options) => {
            for (name, value) in options {
                table::set_option(&mut column.options, name, value);
            }
        }
        ColumnChange::ResetOptions(names) => column.options.retain(|(name, _)| !names.contains(name)),
        ColumnChange::Redefine { column: wanted, .. } => *column = (**wanted).clone(),
    }
}

/// A string default keeps the type that it was read as: `'a'` of a `varchar` column that becomes `text` is
/// `'a'::character varying` from then on.
fn keep_literal(column: &mut Column, to: &DataType) {
    let TypeName::Builtin(from) = &column.data_type.name else { return };
    if let Some(Expr(text)) = &mut column.default
        && column.data_type.name != to.name
        && column.data_type.dimensions == 0
        && text.starts_with('\'')
        && text.ends_with('\'')
        && !text.contains("::")
    {
        *text = format!("{text}::{from}");
    }
}

fn change_sequence(identity: &mut Identity, change: &SequenceChange) {
    change_options(&mut identity.options, change);
}

/// Changes a sequence's options as `ALTER SEQUENCE` does.
pub(super) fn change_options(options: &mut SequenceOptions, change: &SequenceChange) {
    if let Some(data_type) = &change.data_type {
        options.data_type = Some(data_type.clone());
    }
    if let Some(increment) = &change.increment {
        options.increment = Some(increment.clone());
    }
    if let Some(min) = &change.min {
        options.min = min.clone();
    }
    if let Some(max) = &change.max {
        options.max = max.clone();
    }
    if let Some(start) = &change.start {
        options.start = Some(start.clone());
    }
    if let Some(cache) = &change.cache {
        options.cache = Some(cache.clone());
    }
    if let Some(cycle) = change.cycle {
        options.cycle = cycle;
    }
    settle_options(options);
}

/// Leaves out of a sequence's options what goes without saying. Source: `init_params`, PostgreSQL 15.
pub(super) fn settle_options(options: &mut SequenceOptions) {
    let default = |value: &mut Option<String>, default: &str| {
        if value.as_deref() == Some(default) {
            *value = None;
        }
    };
    // `bigint` is the default of a sequence that stands by itself.
    options.data_type.take_if(|data_type| *data_type == DataType::builtin("bigint"));
    if options.increment.as_deref().is_none_or(|increment| !increment.starts_with('-')) {
        let largest = match options.data_type.as_ref().map(|data_type| &data_type.name) {
            None => "9223372036854775807",
            Some(TypeName::Builtin(name)) if name == "integer" => "2147483647",
            Some(_) => "32767",
        };
        default(&mut options.max, largest);
        default(&mut options.min, "1");
        let first = options.min.clone().unwrap_or_else(|| "1".to_owned());
        default(&mut options.start, &first);
    }
    default(&mut options.increment, "1");
    default(&mut options.cache, "1");
}

pub(super) fn drop(doing: &mut Doing<'_>, on: &Place, column: &str, if_exists: bool, behaviour: Behaviour) {
    let Some(id) = doing.table(on) else { return };
    let there =
        doing.schema.table(&id).is_some_and(|state| state.table.columns.iter().any(|found| found.name == column));
    if !there {
        if !if_exists {
            doing.conflict_on(&id, format!("column {id}.{column} does not exist here"));
        }
        return;
    }
    let mut rules = Vec::new();
    if behaviour == Behaviour::Restrict {
        rules = cascade::rules_in_the_way(doing.schema, &id, Some(column));
        stops_drop(doing, &id, column);
    }
    if on.only {
        for child in cascade::children(doing.schema, &id) {
            table::edit(doing, &child, |state| {
                state.inherited.remove(&Part::Column(column.to_owned()));
            });
        }
    }
    cascade::drop_column(doing.schema, &id, column);
    cascade::keep_rules(doing.schema, rules);
}

/// Says what would stop the drop of a column without `CASCADE`: what uses it elsewhere, foreign keys that rest on a key which
/// goes with it, and columns that are generated from it.
fn stops_drop(doing: &mut Doing<'_>, id: &Id, column: &str) {
    let Some(state) = doing.schema.table(id) else { return };
    let keys = state.table.constraints.iter().filter(|constraint| match &constraint.kind {
        ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => key.columns.iter().any(|own| own == column),
        ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } | ConstraintKind::Exclusion(_) => false,
    });
    let resting = keys.filter_map(|key| key.name.as_ref()).flat_map(|key| keys::resting_on(doing.schema, id, key));
    let own_too =
        |(table, key): &(Id, String)| table != id || !uses_it(doing.schema, id, column, &Part::Constraint(key.clone()));
    let generated = alterable::generated_from(doing.schema, id, column);
    if let Some((table, key)) = resting.into_iter().find(own_too) {
        doing.in_the_way(format!("foreign key {key} on {table} depends on column {id}.{column}"), super::REFUSES);
    } else if let Some(generated) = generated {
        doing.in_the_way(format!("column {id}.{generated} depends on column {id}.{column}"), super::REFUSES);
    } else {
        doing.stopped_by(id, Some(column));
    }
}

/// Whether a part of a table uses a column of it.
fn uses_it(schema: &Schema, id: &Id, column: &str, part: &Part) -> bool {
    let of_it = |used: &Use| used.id == *id && used.column.as_deref() == Some(column) && used.part == *part;
    schema.get(id).is_some_and(|entry| entry.uses.iter().any(of_it))
}

pub(super) fn rename(doing: &mut Doing<'_>, on: &Place, from: &str, to: &str) {
    let Some(id) = doing.table(on) else { return };
    let columns = table::columns_of(doing, &id);
    if !columns.iter().any(|found| found == from) {
        doing.conflict_on(&id, format!("column {id}.{from} does not exist here"));
        return;
    }
    if columns.iter().any(|found| found == to) {
        doing.conflict_on(&id, format!("column {id}.{to} exists already"));
        return;
    }
    let children = if on.only { Vec::new() } else { table::descendants(doing, &id) };
    rename_column::column(doing.schema, &id, from, to);
    for child in children {
        rename_column::column(doing.schema, &child, from, to);
    }
}

/// A type's own storage. Source: `pg_type.typstorage`, PostgreSQL 15.
pub(crate) fn default_storage(data_type: &DataType) -> Option<&'static str> {
    let TypeName::Builtin(name) = &data_type.name else { return None };
    if data_type.dimensions > 0 {
        return Some("EXTENDED");
    }
    Some(match name.as_str() {
        "text" | "character varying" | "character" | "bytea" | "json" | "jsonb" | "xml" | "tsvector" => "EXTENDED",
        "numeric" | "inet" | "cidr" => "MAIN",
        "integer"
        | "bigint"
        | "smallint"
        | "boolean"
        | "real"
        | "double precision"
        | "uuid"
        | "date"
        | "timestamp without time zone"
        | "timestamp with time zone" => "PLAIN",
        _ => return None,
    })
}
