//! Calls of a migration against the SQL that the real tool sent. Each case is a script, the calls that it makes through the
//! shim and what Sequelize 6.37.8 sent to PostgreSQL 15 for it, without its questions and the bounds of transactions.

use super::meaning::statements;
use crate::ir::Dialect;
use crate::js::Call;
use crate::schema::Replay;
use crate::source::FileId;
use crate::sql::postgres;
use crate::tools::script::Memory;
use crate::tools::script::State;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    tape: Vec<Call>,
    sql: Vec<String>,
}

/// What we say that a tape sends; each call sees the state that those before it built.
fn said(tape: &[Call]) -> Vec<String> {
    let memory = Memory::default();
    let mut replay = Replay::new("public");
    let mut all = Vec::new();
    for call in tape {
        let state = State::new(&replay.schema, Dialect::Postgres, &memory);
        match statements(call, &state) {
            Ok(found) => {
                for sql in found {
                    let steps = postgres::lower(&sql, FileId(0)).value.steps;
                    replay.migration(&steps, &mut |_| ());
                    all.push(sql);
                }
            }
            Err(unclear) => all.push(format!("{}: {}", call.name, unclear.why)),
        }
    }
    all
}

#[test]
fn the_sql_is_what_the_tool_sends() {
    let cases = [
        ("columns", include_str!("cases/columns.json")),
        ("defaults", include_str!("cases/defaults.json")),
        ("indexes", include_str!("cases/indexes.json")),
        ("routines", include_str!("cases/routines.json")),
        ("rows", include_str!("cases/rows.json")),
        ("tables", include_str!("cases/tables.json")),
        ("types", include_str!("cases/types.json")),
    ];
    let mut wrong = Vec::new();
    for (name, text) in cases {
        let case: Case = serde_json::from_str(text).unwrap();
        let said = said(&case.tape);
        for at in 0..said.len().max(case.sql.len()) {
            if said.get(at).map(String::as_str).map(str::trim) != case.sql.get(at).map(String::as_str).map(str::trim) {
                wrong.push(format!("{name} {at}\n  we   {:?}\n  tool {:?}", said.get(at), case.sql.get(at)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
