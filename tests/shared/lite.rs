//! What is in a database of SQLite's, as text to be compared: what the catalogue says, and the rows.

use rusqlite::Connection;
use transmigrate::ir::{ConstraintKind, Op};
use transmigrate::schema::Schema;
use transmigrate::source::FileId;
use transmigrate::sql::sqlite::{lower, print};

/// All that a database holds, as text, a line for each thing: what the catalogue says of each object, and the rows of each
/// table. In which order a table's columns stand is a line of its own; in which order its keys do means nothing.
pub fn contents(db: &Connection) -> Vec<String> {
    let mut found = said_only(db);
    for (kind, name, table) in objects(db) {
        let of = format!("'{}'", name.replace('\'', "''"));
        let mut say =
            |what: &str, rows: Vec<String>| found.extend(rows.into_iter().map(|row| format!("{table} {what} {row}")));
        match kind.as_str() {
            "table" => {
                let columns = format!("FROM pragma_table_xinfo({of})");
                say("column", list(db, &format!("SELECT name, type, \"notnull\", dflt_value, pk, hidden {columns}")));
                say("order", list(db, &format!("SELECT group_concat(name) {columns}")));
                let pairs = format!(
                    "SELECT id, \"table\", \"from\", \"to\", on_update, on_delete, match FROM pragma_foreign_key_list({of}) ORDER BY id, seq"
                );
                let key = "SELECT \"table\", group_concat(\"from\"), group_concat(\"to\"), on_update, on_delete, match";
                say("key", list(db, &format!("{key} FROM ({pairs}) GROUP BY id")));
                say("is", list(db, &format!("SELECT type, ncol, wr, strict FROM pragma_table_list({of})")));
                say("row", list(db, &format!("SELECT {} FROM \"{}\"", names(db, &of), name.replace('"', "\"\""))));
            }
            "index" => {
                let what = if name.starts_with("sqlite_autoindex") { "key index" } else { &format!("index {name}") };
                let rows = list(db, &format!("SELECT seqno, name, \"desc\", coll, key FROM pragma_index_xinfo({of})"));
                let partial = list(
                    db,
                    &format!(
                        "SELECT \"unique\", origin, partial FROM pragma_index_list('{}') WHERE name = {of}",
                        table.replace('\'', "''")
                    ),
                );
                say(what, vec![format!("{rows:?} {partial:?}")]);
            }
            kind => say(kind, vec![name.clone()]),
        }
    }
    found.sort();
    found
}

/// Kind, name and table of each object.
fn objects(db: &Connection) -> Vec<(String, String, String)> {
    let sql = "SELECT type, name, tbl_name FROM sqlite_schema WHERE name <> 'sqlite_sequence'";
    let mut statement = db.prepare(sql).expect("a catalogue");
    let objects = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("objects");
    objects.collect::<Result<_, _>>().expect("objects")
}

/// The columns of a table, in an order of their own.
fn names(db: &Connection, of: &str) -> String {
    let sql = format!("SELECT name FROM pragma_table_xinfo({of}) WHERE hidden <> 1 ORDER BY lower(name)");
    let mut statement = db.prepare(&sql).expect(&sql);
    let names = statement.query_map([], |row| row.get::<_, String>(0)).expect(&sql);
    let names: Vec<String> = names.map(|name| format!("\"{}\"", name.unwrap().replace('"', "\"\""))).collect();
    names.join(", ")
}

/// The rows of a query.
fn list(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(sql).expect(sql);
    let width = statement.column_count();
    let row = |row: &rusqlite::Row<'_>| {
        let cells = (0..width).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<Result<Vec<_>, _>>()?;
        Ok(format!("{cells:?}"))
    };
    statement.query_map([], row).expect(sql).collect::<Result<_, _>>().expect(sql)
}

/// What no pragma tells: checks, and which tables count.
fn said_only(db: &Connection) -> Vec<String> {
    let mut statement = db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL").unwrap();
    let all: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let plain = |text: &str| text.to_lowercase().replace(|c: char| c.is_whitespace() || "`\"[]".contains(c), "");
    let mut found = Vec::new();
    for sql in all {
        for step in lower(&sql, FileId(0)).value.steps {
            let Op::CreateTable { table, .. } = step.op else { continue };
            let name = &table.name.name;
            found
                .extend(table.columns.iter().filter(|c| c.auto_increment).map(|c| format!("{name}.{} counts", c.name)));
            found.extend(table.constraints.iter().filter_map(|one| match &one.kind {
                ConstraintKind::Check { expr, .. } => Some(format!("{name} check {:?} {}", one.name, plain(&expr.0))),
                ConstraintKind::Unique(key) => Some(format!("{name} unique {:?} {:?}", one.name, key.columns)),
                ConstraintKind::PrimaryKey(key) => Some(format!("{name} primary key {:?} {:?}", one.name, key.columns)),
                ConstraintKind::ForeignKey(key) => Some(format!("{name} foreign key {:?} {:?}", one.name, key.columns)),
                _ => None,
            }));
        }
    }
    found.sort();
    found
}

/// What replay says that a database holds, made in another.
pub fn rebuilt(schema: &Schema) -> Connection {
    let db = Connection::open_in_memory().unwrap();
    for op in schema.to_ops() {
        let sql = print(&op);
        db.execute_batch(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    db
}

/// The same without rows, which replay does not know.
pub fn definitions(db: &Connection) -> Vec<String> {
    let empty = Connection::open_in_memory().unwrap();
    let mut statement = db
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid")
        .unwrap();
    let all: Vec<String> = statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    for sql in all {
        empty.execute_batch(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    // SQLite goes on spelling a name as each statement did.
    let mut lines: Vec<String> = contents(&empty).iter().map(|line| line.to_lowercase().replace(", ", ",")).collect();
    lines.sort();
    lines
}

/// The same without the order of columns, which a way back need not restore.
#[allow(dead_code)]
pub fn loosely(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().filter(|line| !line.contains(" order [")).collect()
}

/// The same database once more.
pub fn copy(db: &Connection) -> Connection {
    let mut other = Connection::open_in_memory().unwrap();
    rusqlite::backup::Backup::new(db, &mut other)
        .and_then(|backup| backup.run_to_completion(1000, std::time::Duration::ZERO, None))
        .unwrap();
    other
}
