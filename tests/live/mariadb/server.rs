//! A MariaDB server to try things on, and databases of our own on it.

use mysql::prelude::Queryable;
use mysql::{Conn, OptsBuilder, Row, Value};
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// A server that we may make databases on.
pub struct Server {
    socket: PathBuf,
}

impl Server {
    /// The server that the environment names. Without one, says so and gives `None`; with `VERIFY=required` that is
    /// a panic instead.
    pub fn from_environment() -> Option<Self> {
        match std::env::var_os("TRANSMIGRATE_MARIADB_URL") {
            Some(socket) => Some(Server { socket: socket.into() }),
            None if std::env::var("VERIFY").is_ok_and(|value| value == "required") => {
                panic!("VERIFY=required, but TRANSMIGRATE_MARIADB_URL names no MariaDB server")
            }
            None => {
                // Past the test harness, which keeps back what a passing test prints.
                let _ = writeln!(std::io::stderr(), "skipped: TRANSMIGRATE_MARIADB_URL names no MariaDB server");
                None
            }
        }
    }

    fn connect(&self, database: Option<&str>) -> Result<Conn, String> {
        let options = OptsBuilder::new().socket(self.socket.to_str()).user(Some("root")).db_name(database);
        Conn::new(options.prefer_socket(true)).map_err(|error| error.to_string())
    }

    /// A new, empty database; it is dropped when the value is.
    pub fn database(&self) -> Database {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("transmigrate_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let make = format!("CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
        let made = self.connect(None).and_then(|mut conn| conn.query_drop(make).map_err(|error| error.to_string()));
        made.unwrap_or_else(|error| panic!("{error}"));
        let conn = self.connect(Some(&name)).unwrap_or_else(|error| panic!("{error}"));
        Database { conn, name }
    }
}

/// A database of our own, with one connection to it.
pub struct Database {
    conn: Conn,
    name: String,
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Err(error) = self.conn.query_drop(format!("DROP DATABASE IF EXISTS {}", self.name)) {
            eprintln!("database {} was left behind: {error}", self.name);
        }
    }
}

impl Database {
    /// Runs a script as Prisma sends it, as one text of several statements. `Err` is the server's complaint.
    pub fn run(&mut self, sql: &str) -> Result<(), String> {
        if sql.trim().is_empty() {
            return Ok(());
        }
        // The results of all statements have to be asked for, or what goes wrong in a later one is not heard of.
        let mut results = self.conn.query_iter(sql).map_err(|error| error.to_string())?;
        while let Some(rows) = results.iter() {
            for row in rows {
                row.map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    }

    /// What a query gives, row by row, as text.
    pub fn rows(&mut self, sql: &str) -> Vec<Vec<String>> {
        let rows: Vec<Row> = self.conn.query(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
        let cell = |value: Value| match value {
            Value::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            other => other.as_sql(true),
        };
        rows.into_iter().map(|row| row.unwrap().into_iter().map(cell).collect()).collect()
    }

    /// All that the catalogue says of what is in the database, as text, an entry a piece.
    pub fn catalogue(&mut self) -> Vec<String> {
        let mut found = Vec::new();
        for row in self.rows("SHOW FULL TABLES") {
            let [table, kind] = row.as_slice() else { continue };
            let quoted = format!("`{}`", table.replace('`', "``"));
            let verb = if kind == "VIEW" { "VIEW" } else { "TABLE" };
            for row in self.rows(&format!("SHOW CREATE {verb} {quoted}")) {
                found.push(row[1].replace(&self.name, "DB"));
            }
        }
        for sql in OTHERS {
            found.extend(self.rows(sql).into_iter().map(|row| row.join(" | ").replace(&self.name, "DB")));
        }
        found
    }

    /// The rows of every table.
    pub fn contents(&mut self) -> Vec<String> {
        let mut found = Vec::new();
        for row in self.rows("SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'") {
            let table = format!("`{}`", row[0].replace('`', "``"));
            let mut rows: Vec<String> =
                self.rows(&format!("SELECT * FROM {table}")).into_iter().map(|row| row.join(" | ")).collect();
            rows.sort();
            found.push(format!("{table}: {rows:?}"));
        }
        found
    }
}

/// What the catalogue holds beside tables and views.
const OTHERS: &[&str] = &[
    "SELECT 'trigger', trigger_name, event_object_table, action_timing, event_manipulation, action_order, action_statement, definer
     FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY trigger_name",
    "SELECT routine_type, routine_name, dtd_identifier, routine_definition, is_deterministic, sql_data_access, security_type, \
     definer FROM information_schema.routines WHERE routine_schema = DATABASE() ORDER BY routine_name",
    "SELECT 'event', event_name, event_definition, interval_value, interval_field, status FROM information_schema.events
     WHERE event_schema = DATABASE() ORDER BY event_name",
    "SELECT 'parameter', specific_name, ordinal_position, parameter_mode, parameter_name, dtd_identifier
     FROM information_schema.parameters WHERE specific_schema = DATABASE() ORDER BY 2, 3",
    // A column's own has the name that the column had when it was made, even where that is another by now.
    "SELECT 'check', table_name, level, if(level = 'Column', '', constraint_name) AS own, check_clause
     FROM information_schema.check_constraints WHERE constraint_schema = DATABASE() ORDER BY table_name, own, check_clause",
];
