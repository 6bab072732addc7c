//! The moment of the run. A script that writes `new Date()` into a column of time means the time at which it runs, which
//! SQL has a word for.

use crate::ir::{Insert, InsertSource, Name, Op, TypeName};
use crate::schema::Schema;
use regex::Regex;
use std::sync::OnceLock;

/// What stands for it in a statement.
const HELD: &str = "transmigrate_hole('new Date()')";
/// What SQL says for it.
const NOW: &str = "CURRENT_TIMESTAMP";

/// Says the moment of the run in SQL, where it is the value of columns of time and nothing else.
pub fn say(op: &mut Op, before: &Schema) {
    match op {
        Op::Insert { insert } if insert.sql.contains(HELD) => inserted(insert, before),
        Op::Update { write } if write.sql.contains(HELD) => {
            static PATTERN: OnceLock<Option<Regex>> = OnceLock::new();
            let set = r#"(?:"((?:[^"]|"")+)"|\b([A-Za-z_]\w*))\s*=\s*transmigrate_hole\('new Date\(\)'\)"#;
            let (Some(pattern), [one]) =
                (PATTERN.get_or_init(|| Regex::new(set).ok()).as_ref(), write.writes.as_slice())
            else {
                return;
            };
            let column = |set: regex::Captures<'_>| match (set.get(1), set.get(2)) {
                (Some(quoted), _) => quoted.as_str().replace("\"\"", "\""),
                (None, bare) => bare.map_or_else(String::new, |name| name.as_str().to_lowercase()),
            };
            let columns: Vec<String> = pattern.captures_iter(&write.sql).map(column).collect();
            let all = columns.len() == write.sql.matches(HELD).count();
            if all && columns.iter().all(|column| takes_time(before, &one.table, column)) {
                write.sql = write.sql.replace(HELD, NOW);
            }
        }
        _ => {}
    }
}

fn inserted(insert: &mut Insert, before: &Schema) {
    let InsertSource::Rows(rows) = &mut insert.source else { return };
    let mut said = 0;
    for row in rows.iter() {
        for (value, column) in row.iter().zip(&insert.columns) {
            if value.0.contains(HELD) && (value.0 != HELD || !takes_time(before, &insert.table, column)) {
                return;
            }
            said += usize::from(value.0 == HELD);
        }
    }
    if said != insert.sql.matches(HELD).count() {
        return;
    }
    insert.sql = insert.sql.replace(HELD, NOW);
    for value in rows.iter_mut().flatten().filter(|value| value.0 == HELD) {
        value.0 = NOW.to_owned();
    }
}

/// Whether a column takes a time. Of one that the history does not define that is not known: it may keep texts.
fn takes_time(schema: &Schema, table: &Name, column: &str) -> bool {
    let state = schema.relation(table).and_then(|id| schema.table(&id));
    let column = state.and_then(|state| state.table.columns.iter().find(|one| one.name == column));
    column.is_some_and(|column| match &column.data_type.name {
        TypeName::Builtin(name) => {
            column.data_type.dimensions == 0 && (name.starts_with("timestamp") || name == "date")
        }
        TypeName::User(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Replay;
    use crate::source::FileId;
    use crate::sql::postgres;

    #[test]
    fn only_columns_of_time_hold_the_moment() {
        let steps = |sql: &str| postgres::lower(sql, FileId(0)).value.steps;
        let mut replay = Replay::new("public");
        replay.migration(&steps("CREATE TABLE a (at timestamptz, said text)"), &mut |_| ());
        let said = |sql: &str| {
            let mut op = steps(sql).remove(0).op;
            say(&mut op, &replay.schema);
            postgres::print(&op)
        };
        let insert = |column: &str, value: &str| format!("INSERT INTO \"a\" (\"{column}\") VALUES ({value})");
        assert_eq!(said(&insert("at", HELD)), insert("at", NOW));
        assert_eq!(said(&insert("said", HELD)), insert("said", HELD));
        let update = |column: &str, value: &str| format!("UPDATE \"a\" SET \"{column}\" = {value}");
        assert_eq!(said(&update("at", HELD)), update("at", NOW));
        assert_eq!(said(&update("said", HELD)), update("said", HELD));
        let bare = |table: &str, value: &str| format!("UPDATE {table} SET At = {value} FROM b WHERE b.id = 1");
        assert_eq!(said(&bare("a", HELD)), bare("a", NOW));
        assert_eq!(said(&bare("elsewhere", HELD)), bare("elsewhere", HELD));
    }
}
