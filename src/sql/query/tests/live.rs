//! The views beside this file, read and renamed here and by a real PostgreSQL. What PostgreSQL says of a view after a
//! renaming must be what it says of the view made from our text.

use super::*;
use postgres::{Client, NoTls};
use std::collections::{BTreeMap, BTreeSet};

const VIEWS: &str = include_str!("views.txt");

const SCHEMA: &str = r#"
CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN');
CREATE SEQUENCE users_seq;
CREATE FUNCTION twice(integer) RETURNS integer LANGUAGE sql AS 'SELECT 2 * $1';
CREATE TABLE users (id integer PRIMARY KEY, email text, role "Role", created timestamptz);
CREATE TABLE posts (id integer PRIMARY KEY, author_id integer, title text, created timestamptz, meta jsonb, labels text[]);
CREATE TABLE tags (id integer, label text);
CREATE SCHEMA other;
CREATE TABLE other.users (id integer, note text);
"#;

/// The tables of the schema, searched as PostgreSQL does.
struct Tables(BTreeMap<(String, String), Vec<String>>);

impl Tables {
    fn new() -> Self {
        let table = |schema: &str, name: &str, columns: &[&str]| {
            ((schema.to_owned(), name.to_owned()), columns.iter().map(ToString::to_string).collect())
        };
        Tables(BTreeMap::from([
            table("public", "users", &["id", "email", "role", "created"]),
            table("public", "posts", &["id", "author_id", "title", "created", "meta", "labels"]),
            table("public", "tags", &["id", "label"]),
            table("other", "users", &["id", "note"]),
        ]))
    }
}

impl Catalogue for Tables {
    fn columns(&self, relation: &Name) -> Option<Vec<String>> {
        let schema = relation.schema.clone().unwrap_or("public".into());
        self.0.get(&(schema, relation.name.clone())).cloned()
    }

    fn same(&self, a: &Name, b: &Name) -> bool {
        let schema = |name: &Name| name.schema.clone().unwrap_or("public".into());
        a.name == b.name && schema(a) == schema(b)
    }
}

/// What PostgreSQL says of a view `v`: its columns, its definition, and the columns it depends on.
#[derive(Debug, PartialEq)]
struct Seen {
    columns: Vec<String>,
    definition: String,
    depends: BTreeSet<(String, String)>,
}

fn seen(client: &mut Client) -> Seen {
    let list = |client: &mut Client, sql: &str| client.query(sql, &[]).expect("the catalogue answers");
    let columns =
        "SELECT attname::text FROM pg_attribute WHERE attrelid = 'v'::regclass AND attnum > 0 ORDER BY attnum";
    let depends = "SELECT c.oid::regclass::text, a.attname::text FROM pg_rewrite r
        JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        JOIN pg_class c ON d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
        WHERE r.ev_class = 'v'::regclass AND c.oid <> r.ev_class AND d.refobjsubid > 0";
    Seen {
        columns: list(client, columns).iter().map(|row| row.get(0)).collect(),
        depends: list(client, depends).iter().map(|row| (row.get(0), row.get(1))).collect(),
        definition: list(client, "SELECT pg_get_viewdef('v'::regclass, true)")[0].get(0),
    }
}

/// Runs statements and looks at the view, then undoes it all; the error's text when it fails.
fn trial(client: &mut Client, statements: &[&str]) -> Result<Seen, String> {
    client.batch_execute("BEGIN").expect("a transaction begins");
    let done = client.batch_execute(&statements.join(";\n"));
    let result =
        done.map(|()| seen(client)).map_err(|error| error.as_db_error().map_or(error.to_string(), ToString::to_string));
    client.batch_execute("ROLLBACK").expect("a transaction ends");
    result
}

/// The renamings to try, each with the statement that does it.
fn renamings(tables: &Tables, try_one: &mut dyn FnMut(&Renaming<'_>, &str)) {
    for ((schema, table), columns) in &tables.0 {
        let name = Name::in_schema(schema, table);
        let others = ["email", "Label", "label"];
        for from in columns {
            for to in others.into_iter().filter(|to| !columns.contains(&(*to).to_owned())) {
                let renaming = Renaming::Column { relation: &name, from, to };
                try_one(&renaming, &format!("ALTER TABLE {schema}.{table} RENAME COLUMN {from} TO \"{to}\""));
            }
        }
        for to in ["People", "recent", "u"] {
            let bare = if schema == "public" { Name::bare(to) } else { Name::in_schema(schema, to) };
            let renaming = Renaming::Relation { from: &name, to: &bare };
            try_one(&renaming, &format!("ALTER TABLE {schema}.{table} RENAME TO \"{to}\""));
        }
        let moved = Name::in_schema("third", table);
        let renaming = Renaming::Relation { from: &name, to: &moved };
        try_one(&renaming, &format!("CREATE SCHEMA third; ALTER TABLE {schema}.{table} SET SCHEMA third"));
    }
    let (from, to) = (Name::bare("Role"), Name::bare("kind"));
    try_one(&Renaming::Type { from: &from, to: &to }, "ALTER TYPE \"Role\" RENAME TO kind");
    let (from, to) = (Name::bare("users_seq"), Name::bare("Seq"));
    try_one(&Renaming::Relation { from: &from, to: &to }, "ALTER SEQUENCE users_seq RENAME TO \"Seq\"");
    let (from, to) = (Name::bare("twice"), Name::bare("double"));
    try_one(&Renaming::Function { from: &from, to: &to }, "ALTER FUNCTION twice RENAME TO double");
}

#[test]
fn views_follow_renamings_as_in_postgresql() {
    let Ok(url) = std::env::var("TRANSMIGRATE_PG_URL") else {
        assert_ne!(std::env::var("VERIFY").as_deref(), Ok("required"), "TRANSMIGRATE_PG_URL is not set");
        println!("skipped: TRANSMIGRATE_PG_URL is not set");
        return;
    };
    let mut admin = Client::connect(&url, NoTls).expect("the server answers");
    let database = format!("transmigrate_query_{}", std::process::id());
    admin.batch_execute(&format!("CREATE DATABASE {database}")).expect("databases can be made");
    let mut config: postgres::Config = url.parse().expect("it was connected to");
    let mut client = config.dbname(&database).connect(NoTls).expect("the database was just made");
    client.batch_execute(SCHEMA).expect("the schema is made");
    let tables = Tables::new();
    let mut failures = Vec::new();
    let (mut tried, mut refused, mut covered) = (0, Vec::new(), Vec::new());
    for view in VIEWS.split("\n---\n") {
        let create = format!("CREATE VIEW v AS {view}");
        let before = match trial(&mut client, &[&create]) {
            Ok(before) => before,
            Err(error) => {
                failures.push(format!("PostgreSQL refuses {view}\n  {error}"));
                continue;
            }
        };
        check_reading(&mut client, &tables, view, &before, &mut failures);
        renamings(&tables, &mut |renaming, statement| {
            tried += 1;
            let Some(text) = rename_in_query(view, renaming, &tables) else {
                refused.push(format!("{statement}: {view}"));
                return;
            };
            let expected = trial(&mut client, &[&create, statement]);
            let made = trial(&mut client, &[statement, &format!("CREATE VIEW v AS {text}")]);
            let agree = match (&expected, &made) {
                (Ok(expected), Ok(made)) => {
                    let same = expected.definition == made.definition;
                    if !same {
                        covered.push(format!("{statement}: {text}"));
                    }
                    expected.columns == made.columns
                        && expected.depends == made.depends
                        && (same || is_covered(&tables, renaming, &text))
                }
                _ => false,
            };
            if !agree {
                failures.push(format!("{statement}\n{view}\n->\n{text}\n{expected:#?}\n{made:#?}"));
            }
        });
    }
    drop(client);
    admin.batch_execute(&format!("DROP DATABASE {database}")).expect("it is ours");
    println!("{tried} renamings, {} said otherwise:\n{}", covered.len(), covered.join("\n"));
    assert!(refused.is_empty(), "{} refused:\n{}", refused.len(), refused.join("\n"));
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n\n"));
}

/// Whether a text keeps the old names by an alias, which PostgreSQL's own text has no need of.
fn is_covered(tables: &Tables, renaming: &Renaming<'_>, text: &str) -> bool {
    match renaming {
        Renaming::Column { relation, .. } => {
            tables.columns(relation).is_some_and(|columns| text.contains(&format!("({})", columns.join(", "))))
        }
        Renaming::Relation { from, .. } => text.contains(&format!(" AS {}", from.name)),
        Renaming::Type { .. } | Renaming::Function { .. } => false,
    }
}

/// Output names and dependencies as PostgreSQL has them, stars written out and not.
fn check_reading(client: &mut Client, tables: &Tables, view: &str, before: &Seen, failures: &mut Vec<String>) {
    let (Some(uses), columns) = (query_uses(view, tables), output_columns(view, tables)) else {
        failures.push(format!("not read: {view}"));
        return;
    };
    if columns.as_ref() != Some(&before.columns) {
        failures.push(format!("{view}\noutputs {columns:?}, {:?}", before.columns));
    }
    let qualified = |name: &Name| match name.schema.as_deref() {
        None | Some("public") => name.name.clone(),
        Some(schema) => format!("{schema}.{}", name.name),
    };
    let mut ours: BTreeSet<_> =
        uses.columns.iter().map(|(relation, column)| (qualified(relation), column.clone())).collect();
    for relation in &uses.whole_row {
        let columns = tables.columns(relation).unwrap_or_default();
        ours.extend(columns.into_iter().map(|column| (qualified(relation), column)));
    }
    if ours != before.depends || !uses.bare.is_empty() {
        failures.push(format!("{view}\nuses {ours:?}, {:?}, bare {:?}", before.depends, uses.bare));
    }
    match expand_stars(view, tables) {
        None => failures.push(format!("stars not written out: {view}")),
        Some(text) => match trial(client, &[&format!("CREATE VIEW v AS {text}")]) {
            Ok(seen) if seen == *before => {}
            other => failures.push(format!("{view}\n->\n{text}\n{other:#?}")),
        },
    }
}
