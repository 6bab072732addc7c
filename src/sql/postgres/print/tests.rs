//! The cases beside this file: operations and the statements they print. A case is an operation in its JSON form, a
//! line `=>`, and the statement; a line `---` ends it. A case without `=>` is a statement that only prepares the next
//! ones. The statements of one file run in order on an empty database, which the live test does.

use super::print;
use crate::ir::Op;

const FILES: &[(&str, &str)] = &[
    ("block", include_str!("cases/block.txt")),
    ("column", include_str!("cases/column.txt")),
    ("constraint", include_str!("cases/constraint.txt")),
    ("grant", include_str!("cases/grant.txt")),
    ("index", include_str!("cases/index.txt")),
    ("object", include_str!("cases/object.txt")),
    ("reference", include_str!("cases/reference.txt")),
    ("routine", include_str!("cases/routine.txt")),
    ("rows", include_str!("cases/rows.txt")),
    ("sequence", include_str!("cases/sequence.txt")),
    ("table", include_str!("cases/table.txt")),
    ("types", include_str!("cases/types.txt")),
];

/// The cases of a file: the operation, if there is one, and the statement.
fn cases(file: &str, text: &str) -> Vec<(Option<Op>, String)> {
    let case = |case: &str| match case.split_once("\n=>\n") {
        None => (None, case.trim_matches('\n').to_owned()),
        Some((json, sql)) => match serde_json::from_str(json) {
            Ok(op) => (Some(op), sql.trim_start_matches('\n').to_owned()),
            Err(error) => panic!("{file}: {error}: {json}"),
        },
    };
    text.split("\n---\n").filter(|text| !text.trim().is_empty()).map(case).collect()
}

#[test]
fn operations_print_as_written_in_the_cases() {
    for (file, text) in FILES {
        for (op, sql) in cases(file, text) {
            if let Some(op) = op {
                assert_eq!(print(&op), sql, "{file}");
            }
        }
    }
}

#[test]
fn what_is_printed_runs() {
    let Ok(url) = std::env::var("TRANSMIGRATE_PG_URL") else {
        assert_ne!(std::env::var("VERIFY").as_deref(), Ok("required"), "TRANSMIGRATE_PG_URL is not set");
        println!("skipped: TRANSMIGRATE_PG_URL is not set");
        return;
    };
    let mut admin = postgres::Client::connect(&url, postgres::NoTls).expect("the server answers");
    let mut failures = Vec::new();
    for (file, text) in FILES {
        let database = format!("transmigrate_print_{file}_{}", std::process::id());
        admin.batch_execute(&format!("CREATE DATABASE {database}")).expect("databases can be made");
        let mut config: postgres::Config = url.parse().expect("it was connected to");
        let mut client = config.dbname(&database).connect(postgres::NoTls).expect("the database was just made");
        for (_, sql) in cases(file, text) {
            if let Err(error) = client.batch_execute(&format!("{sql};")) {
                let why = error.as_db_error().map_or(error.to_string(), ToString::to_string);
                failures.push(format!("{file}: {sql}\n  {why}"));
            }
        }
        drop(client);
        admin.batch_execute(&format!("DROP DATABASE {database}")).expect("it is ours");
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
