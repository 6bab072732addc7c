//! What is in a database of SQLite's, as text to be compared: what the catalogue says, and the rows.

use rusqlite::Connection;
use transmigrate::ir::{ConstraintKind, Op};
use transmigrate::schema::Schema;
use transmigrate::source::FileId;
use transmigrate::sql::sqlite::{lower, print};

/// All that a database holds, as text: what the catalogue says of each object, and the rows of each table.
pub fn contents(db: &Connection) -> Vec<String> {
    let list = |sql: &str| -> Vec<String> {
        let mut statement = db.prepare(sql).expect(sql);
        let width = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            let cells = (0..width).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<Result<Vec<_>, _>>()?;
            Ok(format!("{cells:?}"))
        };
        statement.query_map([], row).expect(sql).collect::<Result<_, _>>().expect(sql)
    };
    let quoted = |name: &str| format!("'{}'", name.replace('\'', "''"));
    let mut found = said_only(db);
    let mut statement = db
        .prepare("SELECT type, name, tbl_name FROM sqlite_schema WHERE name <> 'sqlite_sequence' ORDER BY 1, 2")
        .expect("a catalogue");
    let objects: Vec<(String, String, String)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .expect("objects")
        .collect::<Result<_, _>>()
        .expect("objects");
    for (kind, name, table) in objects {
        found.push(format!("{kind} {name} on {table}"));
        let of = quoted(&name);
        match kind.as_str() {
            "table" => {
                found.extend(list(&format!("SELECT * FROM pragma_table_xinfo({of})")));
                found.extend(list(&format!("SELECT * FROM pragma_foreign_key_list({of})")));
                found.extend(list(&format!("SELECT type, ncol, wr, strict FROM pragma_table_list({of})")));
                found.extend(list(&format!("SELECT * FROM \"{}\"", name.replace('"', "\"\""))));
            }
            "index" => found.extend(list(&format!("SELECT * FROM pragma_index_xinfo({of})"))),
            _ => {}
        }
    }
    found
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
    contents(&empty).iter().map(|line| line.to_lowercase().replace(", ", ",")).collect()
}

/// The same database once more.
pub fn copy(db: &Connection) -> Connection {
    let mut other = Connection::open_in_memory().unwrap();
    rusqlite::backup::Backup::new(db, &mut other)
        .and_then(|backup| backup.run_to_completion(1000, std::time::Duration::ZERO, None))
        .unwrap();
    other
}
