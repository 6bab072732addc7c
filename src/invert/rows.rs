//! What undoes changes of rows, as far as anything can.

use super::{Born, Loss};
use crate::ir::{ConstraintKind, Expr, Insert, InsertSource, Name, Op, Write, WriteKind, Writes};
use crate::schema::{Id, Object, Schema};
use crate::sql::postgres::{quote_identifier, quote_name};

/// The way back of one change of rows.
#[derive(Debug, Default)]
pub(super) struct RowsBack {
    pub ops: Vec<Op>,
    pub lost: Vec<Loss>,
    pub notes: Vec<String>,
}

/// Undoes an `INSERT` by deleting its rows, when their keys are written in it.
pub(super) fn insert(schema: &Schema, insert: &Insert, born: &Born) -> RowsBack {
    let mut back = RowsBack::default();
    let Some(id) = schema.relation(&insert.table) else {
        back.lost.push(Loss::named(&insert.table, format!("rows inserted into {} stay", insert.table)));
        return back;
    };
    if id.is_temporary() || born.has(&id) {
        return back;
    }
    let stay = |why: &str| Loss::rows(&id, format!("rows inserted into {id} stay: {why}"));
    if insert.on_conflict {
        back.lost.push(stay("ON CONFLICT does not tell which were there before"));
        return back;
    }
    match deletions(schema, &id, insert) {
        Ok(sql) => {
            for sql in sql {
                let write = Write { kind: WriteKind::Delete, table: insert.table.clone(), columns: Vec::new() };
                back.ops.push(Op::Delete { write: Writes { writes: vec![write], sql } });
            }
            if has_triggers(schema, &id, "INSERT") {
                back.lost.push(Loss::rows(&id, format!("what triggers on {id} did stays")));
            }
        }
        Err(why) => back.lost.push(stay(why)),
    }
    back
}

/// Undoes nothing, and says what is gone.
pub(super) fn writes(schema: &Schema, writes: &[Write], born: &Born) -> RowsBack {
    let mut back = RowsBack::default();
    for write in writes {
        let Some(id) = schema.relation(&write.table) else {
            let what = match write.kind {
                WriteKind::Insert => format!("rows inserted into {} stay", write.table),
                WriteKind::Update => format!("former values in {}", write.table),
                WriteKind::Delete | WriteKind::Truncate => format!("rows deleted from {}", write.table),
            };
            back.lost.push(Loss::named(&write.table, what));
            continue;
        };
        if id.is_temporary() || born.has(&id) {
            continue;
        }
        match write.kind {
            WriteKind::Insert => {
                back.lost.push(Loss::rows(&id, format!("rows inserted into {id} stay: their keys are not known")));
            }
            WriteKind::Delete => back.lost.push(Loss::rows(&id, format!("rows deleted from {id}"))),
            WriteKind::Truncate => back.lost.push(Loss::rows(&id, format!("rows of table {id} (truncated)"))),
            WriteKind::Update if write.columns.is_empty() => {
                back.lost.push(Loss::rows(&id, format!("former values in {id}")));
            }
            WriteKind::Update => {
                for column in write.columns.iter().filter(|column| !born.has_column(&id, column)) {
                    let what = format!("former values of column {id}.{column}");
                    back.lost.push(Loss::values(&id, column, what));
                }
            }
        }
    }
    back
}

fn has_triggers(schema: &Schema, id: &Id, event: &str) -> bool {
    schema.attached(id).iter().filter_map(|id| schema.get(id)).any(|entry| match &entry.object {
        Object::Trigger(state) => {
            state.state.as_deref() != Some("DISABLE") && state.trigger.events.iter().any(|(found, _)| found == event)
        }
        _ => false,
    })
}

/// The `DELETE` for each row, by the first key of which every row says every column.
fn deletions(schema: &Schema, id: &Id, insert: &Insert) -> Result<Vec<String>, &'static str> {
    let InsertSource::Rows(rows) = &insert.source else { return Err("they come from a query") };
    let Some(state) = schema.table(id) else { return Err("their table is not known") };
    let all: Vec<String>;
    let columns = if insert.columns.is_empty() {
        if !state.columns_known {
            return Err("the columns of their table are not known");
        }
        all = crate::sql::query::Catalogue::columns(schema, &state.table.name).unwrap_or_default();
        &all
    } else {
        &insert.columns
    };
    let mut keys: Vec<Vec<String>> = Vec::new();
    for constraint in &state.table.constraints {
        match &constraint.kind {
            ConstraintKind::PrimaryKey(key) => keys.insert(0, key.columns.clone()),
            ConstraintKind::Unique(key) => keys.push(key.columns.clone()),
            ConstraintKind::ForeignKey(_) | ConstraintKind::Check { .. } | ConstraintKind::Exclusion(_) => {}
        }
    }
    for (_, index) in schema.indexes(id) {
        let plain: Option<Vec<String>> = index
            .index
            .keys
            .iter()
            .map(|key| match &key.part {
                crate::ir::KeyPart::Column(column) => Some(column.clone()),
                crate::ir::KeyPart::Expr(_) => None,
            })
            .collect();
        if let (true, None, Some(columns)) = (index.index.unique, &index.index.predicate, plain) {
            keys.push(columns);
        }
    }
    if keys.is_empty() {
        return Err("their table has no key");
    }
    let table: &Name = &insert.table;
    for key in keys {
        let places: Option<Vec<usize>> =
            key.iter().map(|column| columns.iter().position(|found| found == column)).collect();
        let Some(places) = places else { continue };
        let values: Option<Vec<Vec<&Expr>>> = rows
            .iter()
            .map(|row| places.iter().map(|at| row.get(*at).filter(|value| is_literal(&value.0))).collect())
            .collect();
        let Some(values) = values else { continue };
        return Ok(vec![deletion(table, &key, &values)]);
    }
    Err("their keys are not written in the statement")
}

fn deletion(table: &Name, key: &[String], rows: &[Vec<&Expr>]) -> String {
    let columns: Vec<String> = key.iter().map(|column| quote_identifier(column)).collect();
    let mut condition = String::new();
    if let [column] = columns.as_slice() {
        let values: Vec<&str> = rows.iter().filter_map(|row| row.first()).map(|value| value.0.as_str()).collect();
        condition = match values.as_slice() {
            [value] => format!("{column} = {value}"),
            _ => format!("{column} IN ({})", values.join(", ")),
        };
    } else {
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                condition.push_str("\n   OR ");
            }
            let parts: Vec<String> =
                columns.iter().zip(row).map(|(column, value)| format!("{column} = {value}")).collect();
            condition.push_str(&format!("({})", parts.join(" AND ")));
        }
    }
    format!("DELETE FROM {} WHERE {condition}", quote_name(table))
}

/// Whether an expression is a plain literal other than NULL, perhaps with a cast.
fn is_literal(text: &str) -> bool {
    let text = text.trim();
    let (body, cast) = match text.rfind("::") {
        Some(at) if text.ends_with('\'') || !text[at..].contains('\'') => (text[..at].trim(), &text[at + 2..]),
        _ => (text, ""),
    };
    let plain_cast = cast.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '"' | '.' | ' ' | '(' | ')' | ','));
    let quoted = body.len() >= 2
        && body.starts_with('\'')
        && body.ends_with('\'')
        && !body[1..body.len() - 1].replace("''", "").contains('\'');
    let number = {
        let digits = body.strip_prefix('-').unwrap_or(body);
        !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
    };
    let boolean = body.eq_ignore_ascii_case("true") || body.eq_ignore_ascii_case("false");
    plain_cast && (quoted || number || boolean)
}
