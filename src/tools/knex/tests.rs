//! What the real Knex sent for our own scripts, against what we make of their tapes. `cases/record.mjs` records both
//! (knex 3.3.0, pg 8.23).

use super::compile::Config;
use super::meaning::Calls;
use crate::ir::Dialect;
use crate::js::{Call, Hole, Place, Value};
use crate::schema::Schema;
use crate::tools::script::{Meaning, Memory, State};
use std::path::Path;

/// The statements of a tape, one text each.
fn said(tape: &[Call]) -> Vec<String> {
    let memory = Memory::default();
    let schema = Schema::new("public");
    let state = State::new(&schema, Dialect::Postgres, &memory);
    let knex = Calls { config: Config::default() };
    let mut out = Vec::new();
    for call in tape {
        match knex.sends(call, &state) {
            Ok(sql) => out.extend(sql),
            Err(unclear) => out.push(format!("unclear: {}", unclear.why)),
        }
    }
    out
}

#[test]
fn statements_are_those_of_the_real_tool() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tools/knex/cases");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the cases") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let tape = std::fs::read_to_string(&path).expect("a tape");
        let tape: Vec<Call> = serde_json::from_str(&tape).expect("the form of a tape");
        let expected = std::fs::read_to_string(path.with_extension("sql")).expect("what the tool sent");
        let expected: Vec<&str> = expected.split("\n;;\n").filter(|sql| !sql.is_empty()).collect();
        let found = said(&tape);
        for at in 0..expected.len().max(found.len()) {
            let (expected, found) = (expected.get(at), found.get(at).map(String::as_str));
            count += 1;
            if expected.copied() != found {
                wrong.push(format!("{}\n  tool: {expected:?}\n  ours: {found:?}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} statements\n{}", wrong.len(), wrong.join("\n"));
}

/// Seen with knex 3.3.0: `lib/formatter/formatterUtils.js` trims each part of a name.
#[test]
fn names_are_trimmed_as_in_javascript() {
    let call = |name: &str, args| Call { name: name.to_owned(), args, at: Place::default() };
    let table = Value::Text("\u{feff}s.\u{a0}t\u{feff} as \u{85}u ".into());
    let chain = vec![call("query", vec![table]), call("del", vec![])];
    assert_eq!(said(&[call("knex", vec![Value::Chain(chain)])]), ["delete from \"s\".\"t\" as \"\u{85}u\""]);
}

#[test]
fn rows_that_are_not_known_come_from_a_query() {
    let call = |name: &str, args| Call { name: name.to_owned(), args, at: Place::default() };
    let rows = Value::Hole(Hole { source: "rows".into() });
    let table = Value::Text("t".into());
    let insert = vec![call("query", vec![table.clone()]), call("insert", vec![rows.clone()])];
    let batch = vec![call("batchInsert", vec![table, rows])];
    for chain in [insert, batch] {
        let sent = said(&[call("knex", vec![Value::Chain(chain)])]);
        assert_eq!(sent, ["insert into \"t\" select * from transmigrate_hole('rows')"]);
    }
}
