//! Tables: made, given other options, renamed.

use super::{column, edit, keys, mark, same, state, table_of};
use crate::ir::{
    Column, Constraint, ConstraintKind, Index, Name, ObjectRef, Persistence, Place, Table, TableChange, TypeName,
};
use crate::schema::apply::{Doing, Existing};
use crate::schema::{Id, Key, Object, TableState};
use crate::sql::mysql::Server;

/// Words for how a statement is carried out, and how far rows are counted, which leave no trace in the definition.
const HOW: [&str; 3] = ["ALGORITHM", "LOCK", "AUTO_INCREMENT"];

pub(super) fn create(doing: &mut Doing<'_>, written: &Table, if_not_exists: bool) {
    let temporary = written.persistence == Persistence::Temporary;
    let id = Id::Relation(doing.home_of(&written.name, temporary));
    let server = Server::of(doing.schema.dialect());
    let Some(table) = (match written.like.first() {
        Some(like) => copied(doing, written, &like.source),
        None => Some(settled(server, written)),
    }) else {
        return;
    };
    // What a query gives only the database can tell.
    let columns_known = table.as_query.is_none();
    let state = TableState { columns_known, ..TableState::new(table) };
    doing.create(id, Object::Table(Box::new(state)), Existing::or_kept(if_not_exists));
}

/// A table with the names of all that it holds.
fn settled(server: &Server, written: &Table) -> Table {
    let mut table = Table { constraints: Vec::new(), indexes: Vec::new(), ..written.clone() };
    table.columns = written.columns.iter().map(column::settled).collect();
    let spell = |name: &String| {
        let own = written.columns.iter().find(|column| same(&column.name, name));
        own.map_or_else(|| name.clone(), |column| column.name.clone())
    };
    let mut rest = written.indexes.iter();
    let mut passed = 0;
    for one in &written.constraints {
        let mut one = one.clone();
        match &mut one.kind {
            ConstraintKind::PrimaryKey(key) => {
                key.columns = key.columns.iter().map(spell).collect();
                for column in &mut table.columns {
                    column.not_null |= key.columns.contains(&column.name);
                }
                one.name = Some(keys::PRIMARY.to_owned());
                table.constraints.push(one);
            }
            ConstraintKind::ForeignKey(key) => {
                while passed < key.position
                    && let Some(index) = rest.next()
                {
                    table.indexes.push(spelled(index, &spell));
                    passed += 1;
                }
                key.columns = key.columns.iter().map(spell).collect();
                let (constraint, index) = keys::settled_key(server, &table, one.name.as_ref(), key);
                table.constraints.push(constraint);
                table.indexes.push(index);
            }
            _ => table.constraints.push(one),
        }
    }
    table.indexes.extend(rest.map(|index| spelled(index, &spell)));
    keys::name_checks(server, &mut table);
    keys::settle(&mut table);
    table
}

fn spelled(index: &Index, spell: &dyn Fn(&String) -> String) -> Index {
    let mut index = index.clone();
    for key in &mut index.keys {
        if let crate::ir::KeyPart::Column(column) = &mut key.part {
            *column = spell(column);
        }
    }
    index
}

/// A table like another: all of it but the foreign keys, whose indexes stay what they are.
fn copied(doing: &mut Doing<'_>, written: &Table, source: &Name) -> Option<Table> {
    let id = table_of(doing, source, false)?;
    let found = state(doing, &id)?.table.clone();
    let mut table = Table { name: written.name.clone(), persistence: written.persistence, ..found };
    table.constraints.retain(|one| !matches!(one.kind, ConstraintKind::ForeignKey(_)));
    table.options.retain(|(name, _)| name != "AUTO_INCREMENT");
    for index in &mut table.indexes {
        index.table = written.name.clone();
    }
    Some(table)
}

pub(super) fn alter(doing: &mut Doing<'_>, on: &Place, change: &TableChange) {
    let Some(id) = table_of(doing, &on.table, on.if_exists) else { return };
    match change {
        TableChange::SetOptions(set) => set_options(doing, &id, set),
        TableChange::Convert { charset, collation } => convert(doing, &id, charset, collation.as_deref()),
        _ => doing.conflict(format!("neither MySQL nor MariaDB changes {id} so")),
    }
}

fn is_text(column: &Column) -> bool {
    let TypeName::Builtin(name) = &column.data_type.name else { return false };
    matches!(name.as_str(), "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" | "enum" | "set")
}

fn option<'t>(table: &'t Table, name: &str) -> Option<&'t String> {
    table.options.iter().find(|(own, _)| own == name).map(|(_, value)| value)
}

fn set_options(doing: &mut Doing<'_>, id: &Id, set: &[(String, String)]) {
    if set.iter().all(|(name, _)| HOW.contains(&name.as_str())) {
        return;
    }
    let is_charset = |name: &str| ["CHARACTER SET", "COLLATE"].contains(&name);
    let Some(table) = state(doing, id).map(|state| state.table.clone()) else { return };
    let inherits = |column: &&Column| is_text(column) && column.charset.is_none() && column.collation.is_none();
    let changes = set.iter().any(|(name, _)| is_charset(name));
    let (charset, collation) = (option(&table, "CHARACTER SET").cloned(), option(&table, "COLLATE").cloned());
    if changes && charset.is_none() && collation.is_none() && table.columns.iter().any(|column| inherits(&column)) {
        mark(doing, id, "its columns keep the character set of the database, which is not known");
    }
    edit(doing, id, |state| {
        let table = &mut state.table;
        if changes {
            // What columns have from the table stays theirs.
            for column in table.columns.iter_mut().filter(|column| inherits(&&**column)) {
                column.charset.clone_from(&charset);
                column.collation = collation.clone().map(Name::bare);
            }
            table.options.retain(|(name, _)| !is_charset(name));
        }
        for (name, value) in set.iter().filter(|(name, _)| !HOW.contains(&name.as_str())) {
            table.options.retain(|(own, _)| own != name);
            let is_none = name == "COMMENT" && ["''", "\"\""].contains(&value.as_str());
            table.options.extend((!is_none).then(|| (name.clone(), value.clone())));
        }
    });
}

fn convert(doing: &mut Doing<'_>, id: &Id, charset: &str, collation: Option<&str>) {
    let grows = |column: &Column| {
        let TypeName::Builtin(name) = &column.data_type.name else { return false };
        matches!(name.as_str(), "tinytext" | "text" | "mediumtext" | "json" | "varchar")
            && !(name == "varchar" && column.data_type.args.first().is_some_and(|length| length.len() < 4))
    };
    if state(doing, id).is_some_and(|state| state.table.columns.iter().any(grows)) {
        mark(doing, id, "a type of its columns may be another since they were converted");
    }
    edit(doing, id, |state| {
        for column in state.table.columns.iter_mut().filter(|column| is_text(column)) {
            (column.charset, column.collation) = (None, None);
        }
        let options = &mut state.table.options;
        options.retain(|(name, _)| !["CHARACTER SET", "COLLATE"].contains(&name.as_str()));
        options.push(("CHARACTER SET".to_owned(), charset.to_owned()));
        options.extend(collation.map(|name| ("COLLATE".to_owned(), name.to_owned())));
    });
}

/// Renames a table: its triggers go with it, the foreign keys that refer to it follow, and those of its own that are named
/// after it.
pub(super) fn rename(doing: &mut Doing<'_>, object: &ObjectRef, to: &str, if_exists: bool) {
    let Some(id) = doing.relation(&object.name, if_exists) else { return };
    let Id::Relation(key) = &id else { return };
    let new_key = Key::new(&key.schema, to);
    let new = Id::Relation(new_key.clone());
    if doing.schema.has(&new) {
        doing.conflict(format!("{new} exists already"));
        return;
    }
    let attached = doing.schema.attached(&id);
    let users: Vec<Id> = doing.schema.users(&id).filter(|user| doing.schema.table(user).is_some()).cloned().collect();
    let Some(entry) = doing.schema.take(&id) else { return };
    let mut entry = (*entry).clone();
    match &mut entry.object {
        Object::Table(state) => rename_own(&mut state.table, &key.name, to),
        Object::View(state) => state.view.name.name = to.to_owned(),
        _ => {}
    }
    doing.schema.put(new.clone(), entry);
    for user in users.iter().filter(|user| **user != id).chain([&new]) {
        edit(doing, user, |state| refer(&mut state.table.constraints, &key.name, to));
    }
    for trigger in attached {
        let (Id::Trigger(_, name), Some(entry)) = (&trigger, doing.schema.take(&trigger)) else { continue };
        let mut entry = (*entry).clone();
        if let Object::Trigger(state) = &mut entry.object {
            state.trigger.table = Name::bare(to);
        }
        doing.schema.put(Id::Trigger(new_key.clone(), name.clone()), entry);
    }
}

fn refer(constraints: &mut [Constraint], from: &str, to: &str) {
    for one in constraints {
        if let ConstraintKind::ForeignKey(key) = &mut one.kind
            && key.references.name == from
        {
            key.references = Name::bare(to);
        }
    }
}

fn rename_own(table: &mut Table, from: &str, to: &str) {
    table.name = Name::bare(to);
    for index in &mut table.indexes {
        index.table = Name::bare(to);
    }
    let start = format!("{from}_ibfk_");
    for one in &mut table.constraints {
        if let (ConstraintKind::ForeignKey(_), Some(name)) = (&one.kind, &mut one.name)
            && let Some(number) = name.strip_prefix(&start)
        {
            *name = format!("{to}_ibfk_{number}");
        }
    }
}
