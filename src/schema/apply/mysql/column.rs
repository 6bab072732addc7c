//! Columns: added, changed, dropped and renamed.

use super::{column_of, edit, keys, mark, same, state, table_of};
use crate::ir::{Column, ColumnChange, ColumnPosition, ConstraintKind, Dialect, Expr, KeyPart, Place, Table};
use crate::schema::apply::Doing;
use crate::schema::{Id, Object, TableState};
use crate::sql::lex::{Lexer, TokenKind, unquote};
use crate::sql::mysql::{Server, quote_identifier};
use crate::sql::rules::MYSQL;

pub(super) fn add(
    doing: &mut Doing<'_>,
    on: &Place,
    column: &Column,
    if_not_exists: bool,
    position: Option<&ColumnPosition>,
) {
    let Some(id) = table_of(doing, &on.table, on.if_exists) else { return };
    let is_there = |state: &TableState| state.table.columns.iter().any(|own| same(&own.name, &column.name));
    if state(doing, &id).is_some_and(is_there) {
        if !if_not_exists {
            doing.conflict_on(&id, format!("column {id}.{} exists already", column.name));
        }
        return;
    }
    let Some(position) = settled_position(doing, &id, position) else { return };
    edit(doing, &id, |state| insert(&mut state.table, settled(column), position));
}

/// A column as it is kept: that it is NULL by default goes without saying.
pub(super) fn settled(column: &Column) -> Column {
    let is_null = |default: &Expr| default.0.eq_ignore_ascii_case("null");
    let mut column = column.clone();
    column.default = column.default.filter(|default| !is_null(default));
    column
}

/// Where a column goes; `None` when what it goes behind is not there.
fn settled_position(
    doing: &mut Doing<'_>,
    id: &Id,
    position: Option<&ColumnPosition>,
) -> Option<Option<ColumnPosition>> {
    Some(match position {
        Some(ColumnPosition::After(column)) => Some(ColumnPosition::After(column_of(doing, id, column)?)),
        other => other.cloned(),
    })
}

fn insert(table: &mut Table, column: Column, position: Option<ColumnPosition>) {
    let at = match position {
        Some(ColumnPosition::First) => 0,
        Some(ColumnPosition::After(other)) => {
            let before = table.columns.iter().position(|column| column.name == other);
            before.map_or(table.columns.len(), |before| before + 1)
        }
        None => table.columns.len(),
    };
    table.columns.insert(at.min(table.columns.len()), column);
}

pub(super) fn alter(doing: &mut Doing<'_>, on: &Place, column: &str, change: &ColumnChange) {
    let Some(id) = table_of(doing, &on.table, on.if_exists) else { return };
    let Some(own) = column_of(doing, &id, column) else { return };
    match change {
        ColumnChange::SetDefault(expr) => {
            let wanted =
                settled(&Column { default: Some(expr.clone()), ..Column::new("", crate::ir::DataType::builtin("")) });
            change_one(doing, &id, &own, |column| column.default = wanted.default);
        }
        ColumnChange::DropDefault => {
            let nullable =
                |state: &TableState| state.table.columns.iter().any(|column| column.name == own && !column.not_null);
            if doing.schema.dialect() == Dialect::Mysql && state(doing, &id).is_some_and(nullable) {
                mark(doing, &id, format!("column {own} has no default, not even NULL, which no definition says"));
            }
            change_one(doing, &id, &own, |column| column.default = None);
        }
        ColumnChange::Redefine { column, position } => redefine(doing, &id, &own, column, position.as_ref()),
        _ => doing.conflict(format!("neither MySQL nor MariaDB changes column {id}.{own} so")),
    }
}

fn change_one(doing: &mut Doing<'_>, id: &Id, name: &str, change: impl FnOnce(&mut Column)) {
    edit(doing, id, |state| {
        if let Some(column) = state.table.columns.iter_mut().find(|column| column.name == name) {
            change(column);
        }
    });
}

fn redefine(doing: &mut Doing<'_>, id: &Id, own: &str, wanted: &Column, position: Option<&ColumnPosition>) {
    if own != wanted.name {
        rename_in(doing, id, own, &wanted.name);
    }
    let Some(position) = settled_position(doing, id, position) else { return };
    let mut wanted = settled(wanted);
    edit(doing, id, |state| {
        let table = &mut state.table;
        let is_key = |kind: &ConstraintKind| match kind {
            ConstraintKind::PrimaryKey(key) => key.columns.contains(&wanted.name),
            _ => false,
        };
        // A primary key takes no NULL, whatever is said of its columns.
        wanted.not_null |= table.constraints.iter().any(|one| is_key(&one.kind));
        let Some(at) = table.columns.iter().position(|column| column.name == wanted.name) else { return };
        match position {
            None => table.columns[at] = wanted,
            position => {
                table.columns.remove(at);
                insert(table, wanted, position);
            }
        }
        keys::settle(table);
    });
}

pub(super) fn drop(doing: &mut Doing<'_>, on: &Place, column: &str, if_exists: bool) {
    let Some(id) = table_of(doing, &on.table, on.if_exists) else { return };
    let is_there = |state: &TableState| state.table.columns.iter().any(|own| same(&own.name, column));
    if if_exists && !state(doing, &id).is_some_and(is_there) {
        return;
    }
    let Some(own) = column_of(doing, &id, column) else { return };
    let server = Server::of(doing.schema.dialect());
    if !server.checks_in_columns && state(doing, &id).is_some_and(|state| is_checked(&state.table, &own)) {
        mark(doing, &id, format!("a check says {own}, which was dropped: the server may have dropped it too"));
    }
    if let Some(why) = state(doing, &id).and_then(|state| keeps(server, &state.table, &own)) {
        doing.conflict_on(&id, format!("column {id}.{own} cannot be dropped: {why}"));
        return;
    }
    edit(doing, &id, |state| {
        let table = &mut state.table;
        table.columns.retain(|column| column.name != own);
        for index in &mut table.indexes {
            index.keys.retain(|key| key.part != KeyPart::Column(own.clone()));
        }
        table.indexes.retain(|index| !index.keys.is_empty());
        table.constraints.retain_mut(|one| match &mut one.kind {
            ConstraintKind::PrimaryKey(key) => {
                key.columns.retain(|name| *name != own);
                !key.columns.is_empty()
            }
            _ => true,
        });
        keys::settle(table);
    });
}

fn is_checked(table: &Table, column: &str) -> bool {
    table.constraints.iter().any(|one| match &one.kind {
        ConstraintKind::Check { expr, .. } => says(&expr.0, column),
        _ => false,
    })
}

/// Why a column cannot be dropped, if it cannot. Tried on MariaDB 10.11.
fn keeps(server: &Server, table: &Table, column: &str) -> Option<&'static str> {
    if table.columns.len() == 1 {
        return Some("it is the only one");
    }
    let has = |names: &[String]| names.iter().any(|name| name == column);
    for one in &table.constraints {
        match &one.kind {
            ConstraintKind::PrimaryKey(key)
                if server.keeps_columns_of_keys && has(&key.columns) && key.columns.len() > 1 =>
            {
                return Some("it is one of the columns of the primary key");
            }
            ConstraintKind::ForeignKey(key) if has(&key.columns) => return Some("a foreign key is on it"),
            ConstraintKind::Check { expr, .. } if server.checks_in_columns && says(&expr.0, column) => {
                return Some("a check is on it");
            }
            _ => {}
        }
    }
    let parts = table.columns.iter().filter(|other| other.name != column);
    let others: Vec<&Expr> =
        parts.flat_map(|other| [&other.generated, &other.default, &other.check]).flatten().collect();
    if others.iter().any(|expr| says(&expr.0, column)) {
        return Some("another column says it");
    }
    let in_unique = |index: &crate::ir::Index| {
        server.keeps_columns_of_keys
            && index.unique
            && index.keys.len() > 1
            && index.keys.iter().any(|key| key.part == KeyPart::Column(column.to_owned()))
    };
    table.indexes.iter().any(in_unique).then_some("it is one of the columns of a unique index")
}

/// Whether an expression names a column.
fn says(text: &str, column: &str) -> bool {
    Lexer::by(&MYSQL, text).any(|token| match token.kind {
        TokenKind::Word => same(token.text(text), column),
        TokenKind::Quoted => unquote(token.text(text)).is_some_and(|name| same(&name, column)),
        _ => false,
    })
}

pub(super) fn rename(doing: &mut Doing<'_>, on: &Place, from: &str, to: &str) {
    let Some(id) = table_of(doing, &on.table, on.if_exists) else { return };
    let Some(own) = column_of(doing, &id, from) else { return };
    rename_in(doing, &id, &own, to);
}

/// Gives a column another name, with all in the table that says it, and the foreign keys that refer to it.
fn rename_in(doing: &mut Doing<'_>, id: &Id, from: &str, to: &str) {
    let is_there = |state: &TableState| state.table.columns.iter().any(|own| same(&own.name, to));
    if !same(from, to) && state(doing, id).is_some_and(is_there) {
        doing.conflict_on(id, format!("column {id}.{to} exists already"));
        return;
    }
    let Some(old) = doing.schema.get(id).map(|entry| entry.object.clone()) else { return };
    let (forth, back) = (format!("{id:?} {from} -> {to}"), format!("{id:?} {to} -> {from}"));
    let known = doing.schema.renamings.recall(id, &forth, &old);
    let mut unsure = false;
    match known {
        Some(Object::Table(known)) => edit(doing, id, |state| *state = (*known).clone()),
        _ => edit(doing, id, |state| unsure = !rename_own(&mut state.table, from, to)),
    }
    if let Some(now) = doing.schema.get(id).map(|entry| entry.object.clone()) {
        doing.schema.renamings.remember(id, &back, &now, &old);
    }
    if unsure {
        mark(
            doing,
            id,
            format!("an expression says {from}, which may be the column that was renamed or a word of its own"),
        );
    }
    let others: Vec<Id> = doing.schema.users(id).filter(|user| doing.schema.table(user).is_some()).cloned().collect();
    let Id::Relation(key) = id else { return };
    for other in others.iter().chain([id]) {
        edit(doing, other, |state| {
            for one in &mut state.table.constraints {
                if let ConstraintKind::ForeignKey(foreign) = &mut one.kind
                    && foreign.references.name == key.name
                {
                    swap(&mut foreign.referenced, from, to);
                }
            }
        });
    }
}

fn swap(names: &mut [String], from: &str, to: &str) {
    for name in names.iter_mut().filter(|name| same(name, from)) {
        to.clone_into(name);
    }
}

/// Renames a column in its own table; whether that is certain.
fn rename_own(table: &mut Table, from: &str, to: &str) -> bool {
    let mut certain = true;
    for column in &mut table.columns {
        if column.name == from {
            to.clone_into(&mut column.name);
        }
        for expr in [&mut column.default, &mut column.generated, &mut column.check].into_iter().flatten() {
            certain &= reword(expr, from, to);
        }
    }
    for one in &mut table.constraints {
        match &mut one.kind {
            ConstraintKind::PrimaryKey(key) => swap(&mut key.columns, from, to),
            ConstraintKind::ForeignKey(key) => swap(&mut key.columns, from, to),
            ConstraintKind::Check { expr, column, .. } => {
                certain &= reword(expr, from, to);
                swap(column.as_mut_slice(), from, to);
            }
            _ => {}
        }
    }
    for key in table.indexes.iter_mut().flat_map(|index| &mut index.keys) {
        match &mut key.part {
            KeyPart::Column(column) if same(column, from) => to.clone_into(column),
            KeyPart::Column(_) => {}
            KeyPart::Expr(expr) => certain &= reword(expr, from, to),
        }
    }
    certain
}

/// Puts a column's new name in an expression; whether what was written can be nothing but the column.
fn reword(expr: &mut Expr, from: &str, to: &str) -> bool {
    let text = expr.0.clone();
    let tokens: Vec<_> = Lexer::by(&MYSQL, &text).collect();
    let (mut out, mut at, mut certain) = (String::new(), 0, true);
    for (number, token) in tokens.iter().enumerate() {
        let written = token.text(&text);
        let is_it = match token.kind {
            TokenKind::Word => same(written, from),
            TokenKind::Quoted => unquote(written).is_some_and(|name| same(&name, from)),
            _ => false,
        };
        if !is_it {
            continue;
        }
        let next = tokens.get(number + 1).map_or("", |next| next.text(&text));
        if token.kind == TokenKind::Word {
            // A function, a unit of time, a type: what is not quoted may be any of them.
            let beside = [number.checked_sub(1), Some(number + 1)];
            let mut beside = beside.into_iter().flatten().filter_map(|at| tokens.get(at));
            let words =
                ["and", "or", "not", "is", "in", "like", "between", "xor", "then", "else", "when", "case", "end"];
            certain &= next != "("
                && !beside.any(|other| {
                    other.kind == TokenKind::Word && !words.iter().any(|word| same(word, other.text(&text)))
                });
        }
        out.push_str(text.get(at..token.start).unwrap_or_default());
        out.push_str(&quote_identifier(to));
        at = token.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    expr.0 = out;
    certain
}
