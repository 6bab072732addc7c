//! SQLite itself, as it is built into the program: databases in memory.

use super::catalogue::{Catalogue, ORDER};
use super::database::{About, Complaint, Database, LEFT_OPEN, Script, Server};
use super::definition::{self, Spelling};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, ErrorCode, Row, backup::Backup};
use std::time::Duration;

/// Makes databases in memory.
pub struct Embedded;

impl Server for Embedded {
    fn database(&self) -> Result<Box<dyn Database>, String> {
        Ok(Box::new(Memory { live: open()? }))
    }

    fn about(&self) -> String {
        format!("SQLite {}", rusqlite::version())
    }
}

/// A database in memory.
struct Memory {
    live: Connection,
}

impl Database for Memory {
    fn run(&mut self, script: &Script) -> Result<(), Complaint> {
        let ran = self.send_all(script);
        let open = !self.live.is_autocommit();
        if open {
            // An error is none: the transaction ended by itself.
            let _ = self.live.execute_batch("ROLLBACK");
        }
        // What belongs to a connection ends with it.
        self.live = copy(&self.live).map_err(|text| Complaint { text, about: About::Other })?;
        match ran {
            Ok(()) if open => Err(Complaint { text: LEFT_OPEN.to_owned(), about: About::Other }),
            ran => ran,
        }
    }

    fn empty(&mut self) -> Result<(), String> {
        let tables = "SELECT format('DELETE FROM \"%w\"', name) FROM pragma_table_list \
                      WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
        let emptied = || -> rusqlite::Result<()> {
            self.live.execute_batch("PRAGMA foreign_keys=OFF")?;
            texts(&self.live, tables)?.iter().try_for_each(|delete| self.live.execute_batch(delete))?;
            self.live.execute_batch(SETTINGS)
        };
        emptied().map_err(|error| error.to_string())
    }

    fn catalogue(&mut self) -> Result<Catalogue, String> {
        take(&self.live).map_err(|error| error.to_string())
    }

    fn copy(&mut self) -> Result<Box<dyn Database>, String> {
        Ok(Box::new(Memory { live: copy(&self.live)? }))
    }
}

impl Memory {
    fn send_all(&self, script: &Script) -> Result<(), Complaint> {
        if script.is_whole() {
            self.send("BEGIN")?;
        }
        script.texts().iter().try_for_each(|text| self.send(text))?;
        if script.is_whole() { self.send("COMMIT") } else { Ok(()) }
    }

    fn send(&self, sql: &str) -> Result<(), Complaint> {
        self.live.execute_batch(sql).map_err(|error| {
            let text = words(&error, sql);
            let about = match error.sqlite_error_code() {
                Some(ErrorCode::ConstraintViolation) => About::Rows,
                _ if text.starts_with("no such ") => About::Absent,
                _ => About::Other,
            };
            Complaint { text, about }
        })
    }
}

/// As the tools open theirs: with foreign keys.
const SETTINGS: &str = "PRAGMA foreign_keys=ON";

/// An empty database. It reaches no file: none can be attached to it or written by it.
fn open() -> Result<Connection, String> {
    let opened = Connection::open_in_memory().and_then(|live| {
        live.execute_batch(SETTINGS)?;
        live.authorizer(Some(|context: AuthContext<'_>| match context.action {
            // `VACUUM` attaches a database without a name. A name that is worked out is not told.
            AuthAction::Attach { filename: "" | ":memory:" } => Authorization::Allow,
            AuthAction::Attach { .. } | AuthAction::Unknown { .. } => Authorization::Deny,
            _ => Authorization::Allow,
        }));
        Ok(live)
    });
    opened.map_err(|error| error.to_string())
}

fn copy(db: &Connection) -> Result<Connection, String> {
    let mut other = open()?;
    Backup::new(db, &mut other)
        .and_then(|backup| backup.run_to_completion(1000, Duration::ZERO, None))
        .map_err(|error| error.to_string())?;
    Ok(other)
}

/// SQLite's complaint, with the line of the script that it is about.
fn words(error: &rusqlite::Error, sql: &str) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, offset, .. } => {
            let at = usize::try_from(*offset).ok().and_then(|at| sql.get(..at).map(|head| (at, head)));
            let Some((at, head)) = at else { return msg.clone() };
            let start = head.rfind('\n').map_or(0, |line| line + 1);
            let line: String = sql[start..].lines().next().unwrap_or_default().trim().chars().take(100).collect();
            match sql[at..].is_empty() {
                true => msg.clone(),
                false => format!("{msg}, at line {}: {line}", head.matches('\n').count() + 1),
            }
        }
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        error => error.to_string(),
    }
}

fn texts(db: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = db.prepare(sql)?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// All that a database holds but rows. Names are in lower case: SQLite tells none apart by it, and goes on spelling each as
/// some statement did.
pub fn take(db: &Connection) -> rusqlite::Result<Catalogue> {
    let mut catalogue = Catalogue::new();
    for setting in ["application_id", "user_version"] {
        let value: i64 = db.query_row(&format!("SELECT {setting} FROM pragma_{setting}"), [], |row| row.get(0))?;
        catalogue.insert(format!("pragma {setting}"), value.to_string());
    }
    let spelling = Spelling::of(texts(db, NAMES)?);
    let mut objects =
        db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")?;
    let object = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let objects =
        objects.query_map([], object)?.collect::<rusqlite::Result<Vec<(String, String, String, Option<String>)>>>()?;
    for (kind, name, table, sql) in objects {
        let key = format!("{kind} {}", name.to_lowercase());
        let sql = sql.unwrap_or_default();
        match kind.as_str() {
            "table" => self::table(db, &name, &sql, &spelling, &mut catalogue)?,
            "index" => drop(catalogue.insert(key, index(db, &name, &table, &sql, &spelling)?)),
            // What they are is nothing but their text.
            _ => drop(catalogue.insert(key, spelling.spelled(&sql))),
        }
    }
    Ok(catalogue)
}

/// All names of tables, views and columns.
const NAMES: &str = "SELECT name FROM sqlite_schema UNION SELECT c.name FROM sqlite_schema AS s, \
    pragma_table_xinfo(s.name) AS c WHERE s.type IN ('table', 'view')";

fn index(db: &Connection, name: &str, table: &str, sql: &str, spelling: &Spelling) -> rusqlite::Result<String> {
    let unique = "SELECT iif(\"unique\", 'unique ', '') FROM pragma_index_list(?) WHERE name = ?";
    let unique: String = db.query_row(unique, [table, name], |row| row.get(0))?;
    let condition = spelling.condition(sql).map(|text| format!(" where {text}")).unwrap_or_default();
    let keys = self::keys(db, name, Some(sql), spelling)?;
    Ok(format!("{unique}on {} ({keys}){condition}", table.to_lowercase()))
}

/// A table: its options, columns, keys and checks, each by itself.
fn table(
    db: &Connection,
    name: &str,
    sql: &str,
    spelling: &Spelling,
    catalogue: &mut Catalogue,
) -> rusqlite::Result<()> {
    let lower = name.to_lowercase();
    let options = "SELECT format('%s%s%s', type, iif(wr, ' without rowid', ''), iif(strict, ' strict', '')) \
                   FROM pragma_table_list(?) WHERE schema = 'main'";
    let mut about: String = db.query_row(options, [name], |row| row.get(0))?;
    if about.starts_with("virtual") {
        catalogue.insert(format!("table {lower}"), format!("{about} {}", spelling.spelled(sql)));
        return Ok(());
    }
    if definition::counts(sql) {
        about += " autoincrement";
    }
    catalogue.insert(format!("table {lower}"), about);
    columns(db, name, &lower, spelling, catalogue)?;
    for key in texts_of(db, FOREIGN_KEYS, name)? {
        once_more(catalogue, format!("foreign key {lower} {key}"));
    }
    for (origin, what) in [("u", "unique"), ("pk", "primary key")] {
        let indexes = format!("SELECT name FROM pragma_index_list(?) WHERE origin = '{origin}'");
        for index in texts_of(db, &indexes, name)? {
            once_more(catalogue, format!("{what} {lower} ({})", self::keys(db, &index, None, spelling)?));
        }
    }
    for clause in spelling.untold(sql) {
        once_more(catalogue, format!("clause {lower} {clause}"));
    }
    Ok(())
}

fn columns(
    db: &Connection,
    name: &str,
    lower: &str,
    spelling: &Spelling,
    catalogue: &mut Catalogue,
) -> rusqlite::Result<()> {
    let mut order = Vec::new();
    let mut columns =
        db.prepare("SELECT lower(name), lower(type), \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?)")?;
    let rows = columns.query_map([name], |row| {
        let (column, mut text, not_null): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (default, key, hidden): (Option<String>, i64, i64) = (row.get(3)?, row.get(4)?, row.get(5)?);
        if not_null {
            text += " not null";
        }
        // No default is NULL.
        if let Some(default) = default.map(|default| spelling.spelled(&default)).filter(|text| text != "null") {
            text += &format!(" default {default}");
        }
        if key > 0 {
            text += &format!(" key {key}");
        }
        match hidden {
            2 => text += " generated virtual",
            3 => text += " generated stored",
            _ => {}
        }
        Ok((column, text))
    })?;
    for row in rows {
        let (column, text) = row?;
        catalogue.insert(format!("column {lower}.{column}"), text);
        order.push(column);
    }
    catalogue.insert(format!("{ORDER}{lower}"), order.join(", "));
    Ok(())
}

/// The foreign keys of a table, which need not have names.
const FOREIGN_KEYS: &str = "SELECT lower(format('(%s) references %s (%s) on update %s on delete %s match %s',
        group_concat(\"from\", ', '), \"table\", group_concat(\"to\", ', '), on_update, on_delete, match))
    FROM (SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq) GROUP BY id";

/// Counts what has no name of its own.
fn once_more(catalogue: &mut Catalogue, key: String) {
    let times = catalogue.get(&key).and_then(|times| times.parse::<usize>().ok()).unwrap_or_default();
    catalogue.insert(key, (times + 1).to_string());
}

fn texts_of(db: &Connection, sql: &str, name: &str) -> rusqlite::Result<Vec<String>> {
    db.prepare(sql)?.query_map([name], |row| row.get(0))?.collect()
}

/// The parts of an index: columns with order and collation, expressions as its statement has them.
fn keys(db: &Connection, index: &str, sql: Option<&str>, spelling: &Spelling) -> rusqlite::Result<String> {
    let mut statement =
        db.prepare("SELECT lower(name), \"desc\", lower(coll) FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno")?;
    let expressions = sql.map(|sql| spelling.index_parts(sql)).unwrap_or_default();
    let part = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let parts = statement
        .query_map([index], part)?
        .collect::<rusqlite::Result<Vec<(Option<String>, bool, Option<String>)>>>()?;
    let parts = parts.into_iter().enumerate().map(|(at, (name, descending, collation))| {
        let name = name.or_else(|| expressions.get(at).cloned()).unwrap_or_default();
        let collation = collation.filter(|collation| collation != "binary").map(|of| format!(" collate {of}"));
        format!("{name}{}{}", collation.unwrap_or_default(), if descending { " desc" } else { "" })
    });
    Ok(parts.collect::<Vec<_>>().join(", "))
}
