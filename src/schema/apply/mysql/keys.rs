//! The indexes of a table, its foreign keys and checks. Source of the rules: `mysql_prepare_create_table` in `sql_table.cc`
//! of MariaDB 10.11.

use super::{column_of, edit, mark, same, state, table_of};
use crate::ir::{
    Constraint, ConstraintKind, ConstraintWord, ForeignKey, Index, IndexKey, KeyPart, ObjectRef, Place, SortOrder,
    Table, TypeName,
};
use crate::schema::apply::Doing;
use crate::schema::{Id, TableState};
use crate::sql::mysql::Server;
use std::collections::BTreeMap;

/// The name of every primary key.
pub(super) const PRIMARY: &str = "PRIMARY";

/// Which constraint of a name is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Kind(ConstraintWord),
    Whichever,
}

fn is_of_words(index: &Index) -> bool {
    matches!(index.method.as_deref(), Some("fulltext" | "spatial"))
}

/// The columns that an index is of, as far as each is there as a whole.
fn columns(index: &Index) -> Vec<String> {
    let whole = |key: &IndexKey| match &key.part {
        KeyPart::Column(column) if key.length.is_none() => Some(column.to_lowercase()),
        _ => None,
    };
    index.keys.iter().map_while(whole).collect()
}

/// Whether a foreign key of those columns can rest on an index.
fn does_for(index: &Index, own: &[String]) -> bool {
    let own: Vec<String> = own.iter().map(|column| column.to_lowercase()).collect();
    !is_of_words(index) && columns(index).starts_with(&own)
}

/// Whether the primary key does for a foreign key of those columns.
fn primary_does_for(table: &Table, own: &[String]) -> bool {
    let lower = |names: &[String]| names.iter().map(|name| name.to_lowercase()).collect::<Vec<_>>();
    table.constraints.iter().any(|one| match &one.kind {
        ConstraintKind::PrimaryKey(key) => lower(&key.columns).starts_with(&lower(own)),
        _ => false,
    })
}

/// A part of a column that is all of it is the column, and stays so.
pub(super) fn settle_prefixes(table: &mut Table) {
    let whole = |column: &str| {
        let found = table.columns.iter().find(|own| same(&own.name, column))?;
        let is_text = |name: &str| ["char", "varchar", "binary", "varbinary"].contains(&name);
        let known = matches!(&found.data_type.name, TypeName::Builtin(name) if is_text(name));
        found.data_type.args.first().filter(|_| known)?.parse::<u32>().ok()
    };
    let lengths: BTreeMap<String, u32> =
        table.columns.iter().filter_map(|own| Some((own.name.to_lowercase(), whole(&own.name)?))).collect();
    for key in table.indexes.iter_mut().flat_map(|index| &mut index.keys) {
        let KeyPart::Column(column) = &key.part else { continue };
        let all = lengths.get(&column.to_lowercase());
        if key.length.zip(all).is_some_and(|(part, all)| part >= *all) {
            key.length = None;
        }
    }
}

/// Gives names to what has none, and takes out indexes that came with foreign keys and for which another does. They are kept
/// by name: the order in which the catalogue shows them means nothing, and goes by what each was when it was made.
pub(super) fn settle(table: &mut Table) {
    settle_prefixes(table);
    let implied: Vec<usize> = (0..table.indexes.len()).filter(|at| table.indexes[*at].implied).collect();
    let is_needless = |at: &usize| {
        let own = columns(&table.indexes[*at]);
        let other = |other: usize, index: &Index| {
            let more = !index.implied || columns(index).len() > own.len() || (columns(index) == own && other > *at);
            other != *at && more && does_for(index, &own)
        };
        primary_does_for(table, &own) || table.indexes.iter().enumerate().any(|(number, index)| other(number, index))
    };
    let gone: Vec<usize> = implied.into_iter().filter(is_needless).collect();
    let mut at = 0;
    table.indexes.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
    for at in 0..table.indexes.len() {
        if table.indexes[at].name.is_none() {
            table.indexes[at].name = Some(free_name(&table.indexes, at));
        }
    }
    table.indexes.sort_by_key(|index| index.name.as_ref().map(|name| name.to_lowercase()));
}

/// The name of an index that has none: its first column's, with a number where one before it has that.
fn free_name(indexes: &[Index], at: usize) -> String {
    let first = match indexes[at].keys.first().map(|key| &key.part) {
        Some(KeyPart::Column(column)) => column.clone(),
        _ => "functional_index".to_owned(),
    };
    let is_free = |name: &String| {
        let taken = |index: &Index| index.name.as_ref().is_some_and(|own| same(own, name));
        !same(name, PRIMARY) && !indexes[..at].iter().any(taken)
    };
    let numbered = (2..).map(|number| format!("{first}_{number}"));
    std::iter::once(first.clone()).chain(numbered).find(is_free).unwrap_or_default()
}

/// A foreign key with its name, and the index that comes with it.
pub(super) fn settled_key(
    server: &Server,
    table: &Table,
    name: Option<&String>,
    key: &ForeignKey,
) -> (Constraint, Index) {
    let symbol = name.cloned();
    let index_name = symbol.clone().or_else(|| key.index.clone());
    let named = symbol.or_else(|| key.index.clone().filter(|_| server.key_named_by_index == Some(true)));
    let name = named.unwrap_or_else(|| numbered(table));
    let part = |column: &String| IndexKey {
        part: KeyPart::Column(column.clone()),
        length: None,
        collation: None,
        operator_class: None,
        order: None,
        nulls: None,
    };
    let index = Index {
        name: index_name,
        table: table.name.clone(),
        only: false,
        unique: false,
        method: None,
        keys: key.columns.iter().map(part).collect(),
        include: Vec::new(),
        nulls_not_distinct: false,
        with: Vec::new(),
        tablespace: None,
        predicate: None,
        implied: true,
    };
    let key = ForeignKey { index: None, position: 0, ..key.clone() };
    (plain(name, ConstraintKind::ForeignKey(key)), index)
}

fn plain(name: String, kind: ConstraintKind) -> Constraint {
    Constraint { name: Some(name), kind, deferrable: Default::default(), not_valid: false, inline: false }
}

/// The next `<table>_ibfk_<number>`. Source: `dict_table_get_highest_foreign_id` of InnoDB.
fn numbered(table: &Table) -> String {
    let start = format!("{}_ibfk_", table.name.name);
    let number = |one: &Constraint| match &one.kind {
        ConstraintKind::ForeignKey(_) => one.name.as_ref()?.strip_prefix(&start)?.parse::<u64>().ok(),
        _ => None,
    };
    let highest = table.constraints.iter().filter_map(number).max().unwrap_or(0);
    format!("{start}{}", highest.saturating_add(1))
}

/// Gives each check without a name the next one.
pub(super) fn name_checks(server: &Server, table: &mut Table) {
    // Where they are not worked out there is none without a name.
    let Some(start) = server.check_name else { return };
    let is_check = |one: &Constraint| matches!(one.kind, ConstraintKind::Check { .. });
    for at in 0..table.constraints.len() {
        if table.constraints[at].name.is_some() || !is_check(&table.constraints[at]) {
            continue;
        }
        let is_free =
            |name: &String| !table.constraints.iter().any(|one| one.name.as_ref().is_some_and(|own| same(own, name)));
        let name = (1..).map(|number| format!("{start}{number}")).find(is_free);
        table.constraints[at].name = name;
    }
}

/// Spells the columns that an index names as the table does.
fn spelled(doing: &mut Doing<'_>, id: &Id, index: &Index) -> Index {
    let mut index = index.clone();
    for key in &mut index.keys {
        if let KeyPart::Column(column) = &mut key.part
            && let Some(own) = column_of(doing, id, column)
        {
            *column = own;
        }
        // It is the default.
        key.order = key.order.filter(|order| *order == SortOrder::Desc);
    }
    index
}

pub(super) fn create_index(doing: &mut Doing<'_>, index: &Index, if_not_exists: bool) {
    let Some(id) = table_of(doing, &index.table, false) else { return };
    let index = spelled(doing, &id, index);
    let taken = index.name.as_ref().is_some_and(|name| {
        let is_it = |own: &Index| !own.implied && own.name.as_ref().is_some_and(|own| same(own, name));
        state(doing, &id).is_some_and(|state| state.table.indexes.iter().any(is_it))
    });
    if taken {
        if !if_not_exists {
            doing.conflict_on(&id, format!("index {} exists already on {id}", index.name.unwrap_or_default()));
        }
        return;
    }
    edit(doing, &id, |state| {
        state.table.indexes.push(index);
        settle(&mut state.table);
    });
}

pub(super) fn drop_index(doing: &mut Doing<'_>, object: &ObjectRef, if_exists: bool) {
    let Some(on) = &object.on else { return };
    let Some(id) = table_of(doing, on, false) else { return };
    let is_it = |index: &Index| index.name.as_ref().is_some_and(|own| same(own, &object.name.name));
    let Some(table) = state(doing, &id).map(|state| &state.table) else { return };
    if !table.indexes.iter().any(is_it) {
        if !if_exists {
            doing.conflict_on(&id, format!("{object} does not exist here"));
        }
        return;
    }
    edit(doing, &id, |state| state.table.indexes.retain(|index| !is_it(index)));
}

/// A column of a table that counts and is not the first of any key, which the server does not let be.
pub(crate) fn counts_without_key(table: &Table) -> Option<&str> {
    let first = |index: &Index| match index.keys.first().map(|key| &key.part) {
        Some(KeyPart::Column(column)) => Some(column.clone()),
        _ => None,
    };
    let is_first = |column: &str| {
        table.indexes.iter().any(|index| first(index).is_some_and(|own| same(&own, column)))
            || primary_does_for(table, &[column.to_owned()])
    };
    let counts = table.columns.iter().filter(|column| column.auto_increment);
    counts.map(|column| column.name.as_str()).find(|column| !is_first(column))
}

/// A foreign key of a table for which no index does any more: the server does not drop the last one that did.
pub(crate) fn without_index(table: &Table) -> Option<&str> {
    let rests = |columns: &[String]| {
        table.indexes.iter().any(|index| does_for(index, columns)) || primary_does_for(table, columns)
    };
    table.constraints.iter().find_map(|one| match &one.kind {
        ConstraintKind::ForeignKey(key) if !rests(&key.columns) => one.name.as_deref(),
        _ => None,
    })
}

pub(super) fn rename_index(doing: &mut Doing<'_>, object: &ObjectRef, to: &str, if_exists: bool) {
    let Some(id) = object.on.as_ref().and_then(|on| table_of(doing, on, if_exists)) else { return };
    let is_it = |index: &Index| index.name.as_ref().is_some_and(|own| same(own, &object.name.name));
    if !state(doing, &id).is_some_and(|state| state.table.indexes.iter().any(is_it)) {
        doing.conflict_on(&id, format!("{object} does not exist here"));
        return;
    }
    edit(doing, &id, |state| {
        for index in state.table.indexes.iter_mut().filter(|index| is_it(index)) {
            index.name = Some(to.to_owned());
            // From then on it is like any other.
            index.implied = false;
        }
    });
}

pub(super) fn add_constraint(doing: &mut Doing<'_>, on: &Place, constraint: &Constraint) {
    let Some(id) = table_of(doing, &on.table, on.if_exists) else { return };
    let server = Server::of(doing.schema.dialect());
    let mut constraint = constraint.clone();
    match &mut constraint.kind {
        ConstraintKind::PrimaryKey(key) => {
            for column in &mut key.columns {
                *column = column_of(doing, &id, column).unwrap_or_else(|| column.clone());
            }
        }
        ConstraintKind::ForeignKey(key) => {
            for column in &mut key.columns {
                *column = column_of(doing, &id, column).unwrap_or_else(|| column.clone());
            }
        }
        _ => {}
    }
    let has_key = |state: &TableState| {
        state.table.constraints.iter().any(|one| matches!(one.kind, ConstraintKind::PrimaryKey(_)))
    };
    let is_key = matches!(constraint.kind, ConstraintKind::PrimaryKey(_));
    if is_key && state(doing, &id).is_some_and(has_key) {
        doing.conflict_on(&id, format!("{id} has a primary key already"));
        return;
    }
    edit(doing, &id, |state| add(server, &mut state.table, constraint));
}

/// Adds a constraint with all that it brings.
pub(super) fn add(server: &Server, table: &mut Table, constraint: Constraint) {
    match &constraint.kind {
        ConstraintKind::PrimaryKey(key) => {
            for column in &mut table.columns {
                column.not_null |= key.columns.iter().any(|name| same(name, &column.name));
            }
            table.constraints.push(Constraint { name: Some(PRIMARY.to_owned()), ..constraint });
        }
        ConstraintKind::ForeignKey(key) => {
            let (constraint, index) = settled_key(server, table, constraint.name.as_ref(), key);
            table.constraints.push(constraint);
            table.indexes.push(index);
        }
        _ => table.constraints.push(constraint),
    }
    name_checks(server, table);
    settle(table);
}

pub(super) fn drop_constraint(doing: &mut Doing<'_>, on: &Place, name: &str, if_exists: bool, wanted: Wanted) {
    let Some(id) = table_of(doing, &on.table, on.if_exists) else { return };
    let Some(table) = state(doing, &id).map(|state| state.table.clone()) else { return };
    let fits = |one: &Constraint| {
        let kind = match &one.kind {
            ConstraintKind::PrimaryKey(_) => ConstraintWord::PrimaryKey,
            ConstraintKind::ForeignKey(_) => ConstraintWord::ForeignKey,
            _ => ConstraintWord::Check,
        };
        one.name.as_ref().is_some_and(|own| same(own, name))
            && (wanted == Wanted::Whichever || wanted == Wanted::Kind(kind))
    };
    let found = table.constraints.iter().filter(|one| fits(one)).count();
    let is_unique = |index: &Index| index.unique && index.name.as_ref().is_some_and(|own| same(own, name));
    let unique = wanted == Wanted::Whichever && table.indexes.iter().any(is_unique);
    match (found, unique) {
        (0, false) if if_exists => {}
        (0, false) => doing.conflict_on(&id, format!("constraint {name} on {id} does not exist here")),
        (0, true) => edit(doing, &id, |state| state.table.indexes.retain(|index| !is_unique(index))),
        (1, false) => edit(doing, &id, |state| state.table.constraints.retain(|one| !fits(one))),
        _ => mark(doing, &id, format!("which of the constraints named {name} was dropped is not certain")),
    }
}
