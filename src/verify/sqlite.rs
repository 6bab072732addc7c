//! SQLite itself, as it is built into the program: databases in memory.

use super::catalogue::{Catalogue, ORDER};
use super::database::{Complaint, Database, Script, Server};
use super::definition;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, ErrorCode, Row, backup::Backup};
use std::time::Duration;

/// Makes databases in memory.
pub struct Embedded;

impl Server for Embedded {
    fn database(&self) -> Result<Box<dyn Database>, String> {
        Ok(Box::new(Memory { live: open()?, kept: None }))
    }

    fn about(&self) -> String {
        format!("SQLite {}", rusqlite::version())
    }
}

/// A database in memory.
struct Memory {
    live: Connection,
    /// As it was at the mark.
    kept: Option<Connection>,
}

impl Database for Memory {
    fn run(&mut self, script: &Script) -> Result<(), Complaint> {
        let Script::Statements { statements, whole: true } = script else {
            let ran = script.texts().iter().try_for_each(|text| self.send(text));
            return ran.inspect_err(|_| self.give_up());
        };
        self.send("BEGIN")?;
        let ran = statements.iter().try_for_each(|text| self.send(text)).and_then(|()| self.send("COMMIT"));
        ran.inspect_err(|_| self.give_up())
    }

    fn renew(&mut self) -> Result<(), String> {
        self.give_up();
        let temporary = texts(
            &self.live,
            "SELECT format('DROP %s %Q', type, name) FROM sqlite_temp_schema WHERE type IN ('table', 'view', 'trigger')",
        );
        for drop in temporary.map_err(|error| error.to_string())? {
            // What belongs to another is gone with it.
            let _ = self.live.execute_batch(&drop);
        }
        Ok(self.send(SETTINGS)?)
    }

    fn empty(&mut self) -> Result<(), String> {
        let tables = "SELECT format('DELETE FROM \"%w\"', name) FROM pragma_table_list \
                      WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
        let tables = texts(&self.live, tables).map_err(|error| error.to_string())?;
        self.send("PRAGMA foreign_keys=OFF")?;
        tables.iter().try_for_each(|delete| self.send(delete))?;
        Ok(self.send(SETTINGS)?)
    }

    fn catalogue(&mut self) -> Result<Catalogue, String> {
        take(&self.live).map_err(|error| error.to_string())
    }

    fn mark(&mut self, _: bool) -> Result<(), String> {
        self.kept = Some(copy(&self.live)?);
        Ok(())
    }

    fn back(&mut self) -> Result<bool, String> {
        let Some(kept) = self.kept.take() else { return Ok(false) };
        self.live = kept;
        Ok(true)
    }
}

impl Memory {
    fn send(&self, sql: &str) -> Result<(), Complaint> {
        self.live.execute_batch(sql).map_err(|error| Complaint {
            text: words(&error, sql),
            about_rows: error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation),
        })
    }

    /// Ends a transaction that was left open.
    fn give_up(&self) {
        if !self.live.is_autocommit() {
            let _ = self.live.execute_batch("ROLLBACK");
        }
    }
}

/// As the tools open theirs: with foreign keys.
const SETTINGS: &str = "PRAGMA foreign_keys=ON";

/// An empty database. It reaches no file: none can be attached to it or written by it.
fn open() -> Result<Connection, String> {
    let opened = Connection::open_in_memory().and_then(|live| {
        live.execute_batch(SETTINGS)?;
        live.authorizer(Some(|context: AuthContext<'_>| match context.action {
            // `VACUUM` attaches a database without a name.
            AuthAction::Attach { filename } if !filename.is_empty() && filename != ":memory:" => Authorization::Deny,
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
    let mut objects =
        db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")?;
    let object = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let objects =
        objects.query_map([], object)?.collect::<rusqlite::Result<Vec<(String, String, String, Option<String>)>>>()?;
    for (kind, name, table, sql) in objects {
        let key = format!("{kind} {}", name.to_lowercase());
        match kind.as_str() {
            "table" => self::table(db, &name, sql.as_deref().unwrap_or_default(), &mut catalogue)?,
            "index" => {
                let unique = "SELECT format('%s%s', iif(\"unique\", 'unique ', ''), iif(partial, 'partial', '')) FROM pragma_index_list(?) WHERE name = ?";
                let unique: String = db.query_row(unique, [&table, &name], |row| row.get(0))?;
                let condition = sql
                    .as_deref()
                    .and_then(definition::condition)
                    .map(|text| format!(" where {text}"))
                    .unwrap_or_default();
                let keys = self::keys(db, &name, sql.as_deref())?;
                catalogue.insert(key, format!("{unique} on {} ({keys}){condition}", table.to_lowercase()));
            }
            // What they are is nothing but their text.
            _ => drop(catalogue.insert(key, definition::spelled(sql.as_deref().unwrap_or_default()))),
        }
    }
    Ok(catalogue)
}

/// A table: its options, columns, keys and checks, each by itself.
fn table(db: &Connection, name: &str, sql: &str, catalogue: &mut Catalogue) -> rusqlite::Result<()> {
    let lower = name.to_lowercase();
    let options = "SELECT format('%s%s%s', type, iif(wr, ' without rowid', ''), iif(strict, ' strict', '')) FROM pragma_table_list(?) WHERE schema = 'main'";
    let mut about: String = db.query_row(options, [name], |row| row.get(0))?;
    if about.starts_with("virtual") {
        catalogue.insert(format!("table {lower}"), format!("{about} {}", definition::spelled(sql)));
        return Ok(());
    }
    if definition::counts(sql) {
        about += " autoincrement";
    }
    catalogue.insert(format!("table {lower}"), about);
    let mut order = Vec::new();
    let mut columns =
        db.prepare("SELECT lower(name), lower(type), \"notnull\", dflt_value, pk, hidden FROM pragma_table_xinfo(?)")?;
    let rows = columns.query_map([name], |row| {
        let (column, kind, not_null): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (default, key, hidden): (Option<String>, i64, i64) = (row.get(3)?, row.get(4)?, row.get(5)?);
        let mut text = kind;
        if not_null {
            text += " not null";
        }
        if let Some(default) = default {
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
    for key in texts_of(db, FOREIGN_KEYS, name)? {
        once_more(catalogue, format!("foreign key {lower} {key}"));
    }
    for index in texts_of(db, "SELECT name FROM pragma_index_list(?) WHERE origin = 'u'", name)? {
        once_more(catalogue, format!("unique {lower} ({})", self::keys(db, &index, None)?));
    }
    for clause in definition::untold(sql) {
        once_more(catalogue, format!("clause {lower} {clause}"));
    }
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
fn keys(db: &Connection, index: &str, sql: Option<&str>) -> rusqlite::Result<String> {
    let mut statement = db.prepare(
        "SELECT lower(name), cid, \"desc\", lower(coll) FROM pragma_index_xinfo(?) WHERE key ORDER BY seqno",
    )?;
    let expressions = sql.map(definition::index_parts).unwrap_or_default();
    let part = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    let parts = statement
        .query_map([index], part)?
        .collect::<rusqlite::Result<Vec<(Option<String>, i64, bool, Option<String>)>>>()?;
    let parts = parts.into_iter().enumerate().map(|(at, (name, _, descending, collation))| {
        let name = name.or_else(|| expressions.get(at).cloned()).unwrap_or_default();
        let collation = collation.filter(|collation| collation != "binary").map(|of| format!(" collate {of}"));
        format!("{name}{}{}", collation.unwrap_or_default(), if descending { " desc" } else { "" })
    });
    Ok(parts.collect::<Vec<_>>().join(", "))
}
