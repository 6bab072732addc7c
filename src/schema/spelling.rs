//! Names on databases that do not tell capitals from small letters: an operation is given the spelling that the things it
//! names have, so that everything else can compare names as they are.

use super::{Id, Schema};
use crate::ir::{Constraint, ConstraintKind, Expr, Index, KeyPart, Name, ObjectKind, Op, Table};
use crate::sql::lex::{Lexer, TokenKind, unquote};
use crate::sql::rules::SQLITE;
use crate::sql::sqlite::quote_identifier;

/// An operation of SQLite's in the spelling of what is there.
pub(super) fn spelled(schema: &Schema, op: &Op) -> Op {
    let mut op = op.clone();
    let tables = Tables(schema);
    match &mut op {
        Op::CreateTable { table, .. } => tables.table(table),
        Op::AddColumn { on, column, .. } => {
            tables.relation(&mut on.table);
            let columns: Vec<String> = tables.columns(&on.table).into_iter().chain([column.name.clone()]).collect();
            for expr in [&mut column.default, &mut column.generated].into_iter().flatten() {
                respell(expr, &columns);
            }
        }
        Op::AddConstraint { on, constraint } => {
            tables.relation(&mut on.table);
            let columns = tables.columns(&on.table);
            tables.constraint(constraint, &columns);
        }
        Op::DropColumn { on, column, .. } | Op::RenameColumn { on, from: column, .. } => {
            tables.relation(&mut on.table);
            spell(column, &tables.columns(&on.table));
        }
        Op::CreateIndex { index, .. } => tables.index(index),
        Op::CreateView { view, .. } => view.query = tables.text(&view.query),
        Op::CreateTrigger { trigger, .. } => {
            tables.relation(&mut trigger.table);
            let columns = tables.columns(&trigger.table);
            trigger.events.iter_mut().flat_map(|(_, names)| names).for_each(|name| spell(name, &columns));
            if let Some(when) = &mut trigger.when {
                respell(when, &columns);
            }
            if let Some(body) = &mut trigger.body {
                *body = tables.text(body);
            }
        }
        Op::Drop { object, .. } | Op::Rename { object, .. } if object.kind != ObjectKind::Trigger => {
            tables.relation(&mut object.name);
        }
        Op::Insert { insert } => {
            tables.relation(&mut insert.table);
            let columns = tables.columns(&insert.table);
            insert.columns.iter_mut().chain(&mut insert.updates).for_each(|name| spell(name, &columns));
        }
        Op::Update { write } | Op::Delete { write } | Op::Write { write } => {
            for write in &mut write.writes {
                tables.relation(&mut write.table);
                let columns = tables.columns(&write.table);
                write.columns.iter_mut().for_each(|name| spell(name, &columns));
            }
        }
        _ => {}
    }
    op
}

struct Tables<'a>(&'a Schema);

impl Tables<'_> {
    fn relation(&self, name: &mut Name) {
        if self.0.relation(name).is_some() {
            return;
        }
        let same = self.0.iter().find_map(|(id, _)| match id {
            Id::Relation(key) if key.name.eq_ignore_ascii_case(&name.name) => Some(key.name.clone()),
            _ => None,
        });
        name.name = same.unwrap_or_else(|| name.name.clone());
    }

    fn columns(&self, table: &Name) -> Vec<String> {
        let state = self.0.relation(table).and_then(|id| self.0.table(&id).cloned());
        state.map(|state| names(&state.table)).unwrap_or_default()
    }

    fn table(&self, table: &mut Table) {
        let columns = names(table);
        for column in &mut table.columns {
            for expr in [&mut column.default, &mut column.generated].into_iter().flatten() {
                respell(expr, &columns);
            }
        }
        let own = table.name.name.clone();
        for constraint in &mut table.constraints {
            let refers_to_itself = matches!(&constraint.kind, ConstraintKind::ForeignKey(key) if key.references.name.eq_ignore_ascii_case(&own));
            self.constraint(constraint, &columns);
            if let (true, ConstraintKind::ForeignKey(key)) = (refers_to_itself, &mut constraint.kind) {
                key.references.name.clone_from(&own);
                key.referenced.iter_mut().for_each(|name| spell(name, &columns));
            }
        }
        if let Some(query) = &mut table.as_query {
            *query = self.text(query);
        }
    }

    fn constraint(&self, constraint: &mut Constraint, columns: &[String]) {
        match &mut constraint.kind {
            ConstraintKind::PrimaryKey(key) | ConstraintKind::Unique(key) => {
                key.columns.iter_mut().for_each(|name| spell(name, columns));
            }
            ConstraintKind::ForeignKey(key) => {
                key.columns.iter_mut().for_each(|name| spell(name, columns));
                self.relation(&mut key.references);
                let others = self.columns(&key.references);
                key.referenced.iter_mut().for_each(|name| spell(name, &others));
            }
            ConstraintKind::Check { expr, column, .. } => {
                respell(expr, columns);
                column.iter_mut().for_each(|name| spell(name, columns));
            }
            ConstraintKind::Exclusion(_) => {}
        }
    }

    fn index(&self, index: &mut Index) {
        self.relation(&mut index.table);
        let columns = self.columns(&index.table);
        for key in &mut index.keys {
            match &mut key.part {
                KeyPart::Column(name) => spell(name, &columns),
                KeyPart::Expr(expr) => respell(expr, &columns),
            }
        }
        if let Some(predicate) = &mut index.predicate {
            respell(predicate, &columns);
        }
    }

    /// A text that may name any table, and the columns of those that it names.
    fn text(&self, text: &str) -> String {
        let words: Vec<String> = names_in(text).map(|name| name.to_lowercase()).collect();
        let mut known = Vec::new();
        for (id, entry) in self.0.iter() {
            let Id::Relation(key) = id else { continue };
            if !words.contains(&key.name.to_lowercase()) {
                continue;
            }
            known.push(key.name.clone());
            known.extend(entry.object.as_table().map(|state| names(&state.table)).unwrap_or_default());
        }
        respelled(text, &known)
    }
}

fn names(table: &Table) -> Vec<String> {
    table.columns.iter().map(|column| column.name.clone()).collect()
}

fn spell(name: &mut String, known: &[String]) {
    if let Some(same) = known.iter().find(|known| known.eq_ignore_ascii_case(name)) {
        name.clone_from(same);
    }
}

fn respell(expr: &mut Expr, known: &[String]) {
    expr.0 = respelled(&expr.0, known);
}

fn names_in(text: &str) -> impl Iterator<Item = String> {
    let name = |token: crate::sql::lex::Token| match token.kind {
        TokenKind::Word => Some(token.text(text).to_owned()),
        TokenKind::Quoted => unquote(token.text(text)),
        _ => None,
    };
    Lexer::by(&SQLITE, text).filter_map(name)
}

/// A text with the names in it that are spelled otherwise than those that are known.
fn respelled(text: &str, known: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for token in Lexer::by(&SQLITE, text) {
        let written = token.text(text);
        let name = match token.kind {
            TokenKind::Word => Some(written.to_owned()),
            TokenKind::Quoted => unquote(written),
            _ => None,
        };
        let Some(name) = name else { continue };
        let same = known.iter().find(|known| known.eq_ignore_ascii_case(&name));
        if let Some(same) = same.filter(|same| **same != name && !known.contains(&name)) {
            out.push_str(text.get(at..token.start).unwrap_or_default());
            out.push_str(&quote_identifier(same));
            at = token.end;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
