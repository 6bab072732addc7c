//! Against what the real TypeORM sent and answered: `cases/*.json`, recorded by `cases/record.mjs`. Each call of a tape is
//! spelled with the state that the statements before it have built, so that the state is tested too.

use super::*;
use crate::schema::Replay;
use crate::source::FileId;
use crate::tools::script::Memory;
use serde::Deserialize;
use serde_json::Value as Json;

#[derive(Deserialize)]
struct Run {
    migration: String,
    direction: String,
    tape: Vec<Entry>,
    sql: Vec<Json>,
}

#[derive(Deserialize)]
struct Entry {
    tell: Option<Call>,
    ask: Option<Call>,
    answer: Option<Json>,
}

/// What a table has that the state does not know, that is another server's, or that the server spells in its own way.
const UNSEEN: [&str; 11] = [
    "@instanceof",
    "database",
    "referencedDatabase",
    "justCreated",
    "withoutRowid",
    "zerofill",
    "unsigned",
    "isNullFiltered",
    "parser",
    "charset",
    "expression",
];

#[test]
fn the_real_tool_sends_the_same() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tools/typeorm/cases");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        seen += 1;
        let text = std::fs::read_to_string(&path).expect("a case is text");
        let runs: Vec<Run> = serde_json::from_str(&text).expect("a case is as it was recorded");
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let version = if file.contains(".1.") && !file.contains(".0.3.") { Version::One } else { Version::Zero };
        let tool = TypeOrm { version, ..TypeOrm::default() };
        let mut replay = Replay::new("public");
        for run in &runs {
            check(&tool, &mut replay, run, &file, &mut wrong);
        }
    }
    assert!(seen > 0, "no cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(tool: &TypeOrm, replay: &mut Replay, run: &Run, file: &str, wrong: &mut Vec<String>) {
    let place = format!("{file} {} {}", run.migration, run.direction);
    let memory = Memory::default();
    let mut expected = run.sql.iter();
    for entry in &run.tape {
        let schema = replay.schema.clone();
        let state = State::new(&schema, Dialect::Postgres, &memory);
        if let (Some(call), Some(answer)) = (&entry.ask, &entry.answer) {
            let ours = tool.answer(call, &state).map_or(Json::String("unknown".into()), |value| json(&value));
            differences(&format!("{place} {}", call.name), &ours, answer, wrong);
        }
        let Some(call) = &entry.tell else { continue };
        let said = match tool.sends(call, &state) {
            Ok(said) => said,
            Err(unclear) => {
                wrong.push(format!("{place}: {} is unclear: {}", call.name, unclear.why));
                return;
            }
        };
        for sql in said {
            let theirs = expected.next().map(sent).unwrap_or_default();
            let plain = sql.lines().filter(|line| !line.starts_with("-- kept in typeorm_metadata: "));
            let sql = plain.collect::<Vec<_>>().join("\n");
            if sql != theirs {
                wrong.push(format!("{place} {}\n  ours   {sql}\n  theirs {theirs}", call.name));
            }
            let lowered = crate::sql::postgres::lower(&sql, FileId(0));
            replay.migration(&lowered.value.steps, &mut |_| ());
            for finding in std::mem::take(&mut replay.findings).iter().chain(&lowered.findings) {
                wrong.push(format!("{place}: {sql}: {}", finding.message));
            }
        }
    }
    wrong.extend(expected.map(|sql| format!("{place}: not sent by us: {}", sent(sql))));
}

/// A statement that the real tool sent, with its parameters in their places.
fn sent(sql: &Json) -> String {
    match sql {
        Json::String(text) => text.clone(),
        _ => {
            let parameters: Vec<Value> = sql["parameters"].as_array().expect("a list").iter().map(value).collect();
            query::fill(sql["text"].as_str().expect("a text"), &parameters).unwrap_or_else(|unclear| unclear.why)
        }
    }
}

fn value(json: &Json) -> Value {
    match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Bool(*truth),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or_default()),
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(items) => Value::List(items.iter().map(value).collect()),
        Json::Object(fields) => Value::Object(fields.iter().map(|(key, json)| (key.clone(), value(json))).collect()),
    }
}

fn json(value: &Value) -> Json {
    match value {
        Value::Bool(truth) => Json::Bool(*truth),
        Value::Number(number) => serde_json::json!(number),
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        Value::Object(fields) => {
            let given = fields.iter().filter(|(_, value)| *value != Value::Undefined);
            Json::Object(given.map(|(key, value)| (key.clone(), json(value))).collect())
        }
        _ => Json::Null,
    }
}

fn differences(place: &str, ours: &Json, theirs: &Json, wrong: &mut Vec<String>) {
    match (ours, theirs) {
        (Json::Object(our_fields), Json::Object(their_fields)) => {
            let keys: BTreeSet<&String> = our_fields.keys().chain(their_fields.keys()).collect();
            for key in keys.into_iter().filter(|key| !UNSEEN.contains(&key.as_str())) {
                let empty =
                    |json: &Json| matches!(json, Json::Null | Json::Bool(false)) || json == "" || json == "btree";
                let (our, their) = (&ours[key], &theirs[key]);
                if !(empty(our) && empty(their)) {
                    differences(&format!("{place}.{key}"), our, their, wrong);
                }
            }
        }
        (Json::Array(ours), Json::Array(theirs)) if ours.len() == theirs.len() => {
            for (at, (our, their)) in ours.iter().zip(theirs).enumerate() {
                differences(&format!("{place}[{at}]"), our, their, wrong);
            }
        }
        (Json::Number(our), Json::Number(their)) if our.as_f64() == their.as_f64() => {}
        _ if ours == theirs => {}
        _ => wrong.push(format!("{place}\n  ours   {ours}\n  theirs {theirs}")),
    }
}
