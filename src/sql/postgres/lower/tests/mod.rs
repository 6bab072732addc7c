//! What each family of statements is understood as: `cases/*.txt` hold statements with the operations they become (a
//! line of JSON each, what is the default left out) and the findings they make (code, the text they point at, message).
//! With `UPDATE_CASES=1` the files are written anew, to be read before they are kept.

mod laws;
mod script;

use super::lower;
use crate::source::FileId;
use serde_json::Value;
use std::path::Path;

const MEANS: &str = "-- means";

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/sql/postgres/lower/tests/cases");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).expect("the cases' folder").flatten().map(|f| f.path()).collect();
    files.sort();
    assert!(!files.is_empty());
    let mut wrong = String::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a case file");
        let found: Vec<String> =
            text.split("\n\n").map(str::trim).filter(|case| !case.is_empty()).map(answer).collect();
        let found = found.join("\n\n") + "\n";
        if std::env::var_os("UPDATE_CASES").is_some() {
            std::fs::write(&file, &found).expect("the case file can be written");
        } else if found != text {
            let lines = found.lines().zip(text.lines());
            let line = lines.clone().position(|(found, text)| found != text).unwrap_or_default();
            let (found, text) = lines.clone().nth(line).unwrap_or_default();
            wrong.push_str(&format!("{}:{}\n  is     {found}\n  should {text}\n", file.display(), line + 1));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A case with what it means now.
fn answer(case: &str) -> String {
    let statement = case.split(MEANS).next().unwrap_or(case).trim();
    let outcome = lower(statement, FileId(0));
    let mut lines = vec![statement.to_string(), MEANS.to_string()];
    for step in &outcome.value.steps {
        lines.push(short(serde_json::to_value(&step.op).expect("operations are serialisable")).to_string());
    }
    for finding in &outcome.findings {
        let at = finding.at.and_then(|at| statement.get(at.range())).unwrap_or_default();
        lines.push(format!("{} `{at}` {}", finding.code, finding.message));
    }
    lines.join("\n")
}

/// The same without what is the default.
fn short(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            Value::Object(map.into_iter().filter(|(k, v)| !is_default(k, v)).map(|(k, v)| (k, short(v))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(short).collect()),
        other => other,
    }
}

fn is_default(key: &str, value: &Value) -> bool {
    const SAID: &[&str] = &["always", "cycle", "logged", "forced", "enabled"];
    match value {
        Value::Null => ["schema", "table", "name"].contains(&key),
        Value::Bool(false) => !SAID.contains(&key),
        Value::Number(number) => key == "dimensions" && number.as_u64() == Some(0),
        Value::String(text) => matches!(
            (key, text.as_str()),
            ("behaviour", "restrict")
                | ("deferrable", "no")
                | ("persistence", "permanent")
                | ("matching", "simple")
                | ("on_delete" | "on_update", "no_action")
                | ("mode", "in")
        ),
        Value::Array(_) | Value::Object(_) | Value::Bool(true) => false,
    }
}
