//! A PostgreSQL server that the user names, and databases of our own on it.

use super::catalogue::Catalogue;
use super::database::{Complaint, Database, Script, Server};
use postgres::error::ErrorPosition;
use postgres::{Client, Config, Error, NoTls, SimpleQueryMessage, Statement};
use std::sync::atomic::{AtomicU32, Ordering};

/// The query: one row an object, in two columns.
const QUERY: &str = include_str!("catalogue.sql");

/// A server that we may make databases on.
pub struct Remote {
    config: Config,
    about: String,
}

impl Remote {
    /// Reaches a server by its URL: `postgres://user:password@host:5432/database`; the database is the one that is connected
    /// to in order to make others, `postgres` if none is named. `Err` in words when it cannot be reached.
    pub fn new(url: &str) -> Result<Self, String> {
        let mut config: Config = plain(url).parse().map_err(|error| format!("the URL cannot be read: {error}"))?;
        if config.get_dbname().is_none() {
            config.dbname("postgres");
        }
        config.application_name("transmigrate verify");
        let mut client =
            config.connect(NoTls).map_err(|error| format!("the server cannot be reached: {}", words(&error, "")))?;
        let version = text(&mut client, "SHOW server_version").map_err(|error| words(&error, ""))?.unwrap_or_default();
        Ok(Remote { config, about: format!("PostgreSQL {version}") })
    }

    fn administer(&self, sql: &str) -> Result<(), String> {
        let mut client = self.config.connect(NoTls).map_err(|error| words(&error, ""))?;
        client.batch_execute(sql).map_err(|error| words(&error, ""))
    }
}

impl Server for Remote {
    fn database(&self) -> Result<Box<dyn Database>, String> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("transmigrate_verify_{}_{number}", std::process::id());
        let failed = |error: String| format!("no database can be made on the server: {error}");
        self.administer(&format!("CREATE DATABASE {name}")).map_err(failed)?;
        let guard = Guard { config: self.config.clone(), name };
        let mut config = self.config.clone();
        // What is set at the start of the session outlives RESET ALL.
        let settings = format!("{} -c client_min_messages=error -c jit=off", config.get_options().unwrap_or_default());
        config.dbname(&guard.name).options(settings.trim());
        let open = || -> Result<(Client, Statement), Error> {
            let mut client = config.connect(NoTls)?;
            let query = prepare(&mut client)?;
            Ok((client, query))
        };
        let (client, query) = open().map_err(|error| failed(words(&error, "")))?;
        Ok(Box::new(Own { client, query, marked: None, _guard: guard }))
    }

    fn about(&self) -> String {
        self.about.clone()
    }
}

/// Drops a database when it goes out of scope, after a panic too.
struct Guard {
    config: Config,
    name: String,
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Nothing is left to be said to whoever does not wait for it.
        if let Ok(mut client) = self.config.connect(NoTls) {
            let forced = client.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
            if forced.is_err() {
                let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {}", self.name));
            }
        }
    }
}

/// A database of our own, with one connection to it. Fields are dropped in order: the connection first.
struct Own {
    client: Client,
    query: Statement,
    /// The number of the transaction that was opened at a mark.
    marked: Option<String>,
    _guard: Guard,
}

impl Database for Own {
    fn run(&mut self, script: &Script) -> Result<(), Complaint> {
        let send = |client: &mut Client, sql: &str| client.batch_execute(sql).map_err(|error| complaint(&error, sql));
        let own = matches!(script, Script::Statements { whole: true, .. }) && self.marked.is_none();
        let mut ran = if own { send(&mut self.client, "BEGIN") } else { Ok(()) };
        for text in script.texts() {
            ran = ran.and_then(|()| send(&mut self.client, text));
        }
        if own {
            ran = ran.and_then(|()| send(&mut self.client, "COMMIT"));
        }
        if ran.is_err() && self.marked.is_none() {
            self.client.batch_execute("ROLLBACK").map_err(|error| complaint(&error, ""))?;
        }
        ran
    }

    fn empty(&mut self) -> Result<(), String> {
        let tables = text(&mut self.client, TABLES).map_err(|error| words(&error, ""))?;
        let truncate = tables.map(|tables| format!("TRUNCATE {tables}")).unwrap_or_default();
        self.client.batch_execute(&truncate).map_err(|error| words(&error, ""))
    }

    fn renew(&mut self) -> Result<(), String> {
        let renew = "RESET SESSION AUTHORIZATION; RESET ALL; DISCARD TEMP; DISCARD SEQUENCES; UNLISTEN *";
        self.client.batch_execute(renew).map_err(|error| words(&error, ""))
    }

    fn catalogue(&mut self) -> Result<Catalogue, String> {
        take(&mut self.client, &self.query).map_err(|error| words(&error, ""))
    }

    fn mark(&mut self, as_one: bool) -> Result<(), String> {
        if as_one {
            let number = text(&mut self.client, "BEGIN; SELECT pg_current_xact_id()::text");
            self.marked = number.map_err(|error| words(&error, ""))?;
        }
        Ok(())
    }

    fn back(&mut self) -> Result<bool, String> {
        let Some(number) = self.marked.take() else { return Ok(false) };
        // An error here means that the transaction is still the one that was opened, only aborted.
        let now = text(&mut self.client, "SELECT pg_current_xact_id_if_assigned()::text");
        let left = now.is_ok_and(|now| now != Some(number));
        self.client.batch_execute("ROLLBACK").map_err(|error| words(&error, ""))?;
        Ok(!left)
    }
}

/// A URL without the parameters that only a tool knows: Prisma's `?schema=public`.
fn plain(url: &str) -> String {
    let Some((url, parameters)) = url.split_once('?') else { return url.to_owned() };
    let is_known = |one: &&str| format!("postgres://host/?{one}").parse::<Config>().is_ok();
    let known: Vec<&str> = parameters.split('&').filter(is_known).collect();
    format!("{url}?{}", known.join("&"))
}

/// Every table, as a list.
const TABLES: &str = "SELECT string_agg(oid::regclass::text, ', ') FROM pg_class
    WHERE relkind IN ('r', 'p') AND oid >= 16384 AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_')";

fn complaint(error: &Error, sql: &str) -> Complaint {
    let code = error.code().map(|code| code.code()).unwrap_or_default();
    Complaint { text: words(error, sql), about_rows: code.starts_with("22") || code.starts_with("23") }
}

/// Prepares the query for [`take`] on one connection.
pub fn prepare(client: &mut Client) -> Result<Statement, Error> {
    with_empty_path(client, |client| client.prepare(QUERY))
}

/// Takes the catalogue of the connection's database, inside its transaction if one is open. `query` is what [`prepare`]
/// gave for this connection.
pub fn take(client: &mut Client, query: &Statement) -> Result<Catalogue, Error> {
    let rows = with_empty_path(client, |client| client.query(query, &[]))?;
    let mut catalogue = Catalogue::new();
    for row in rows {
        let (key, definition): (String, Option<String>) = (row.try_get(0)?, row.try_get(1)?);
        let definition = definition.unwrap_or_default();
        // Two objects with one description would hide each other, so they are kept side by side.
        catalogue.entry(key).and_modify(|d| *d = format!("{d}\nand {definition}")).or_insert(definition);
    }
    Ok(catalogue)
}

/// Runs `body` with an empty search path, so that every name comes out qualified, and puts the old one back.
fn with_empty_path<T>(client: &mut Client, body: impl FnOnce(&mut Client) -> Result<T, Error>) -> Result<T, Error> {
    let before: String = client.query_one("SELECT current_setting('search_path')", &[])?.try_get(0)?;
    client.batch_execute("SET search_path = ''")?;
    let value = body(client)?;
    client.execute("SELECT set_config('search_path', $1, false)", &[&before])?;
    Ok(value)
}

/// The first column of the first row that a query gives, as text; `None` without rows or when it is NULL.
fn text(client: &mut Client, sql: &str) -> Result<Option<String>, Error> {
    let messages = client.simple_query(sql)?;
    let row = messages.iter().find_map(|message| match message {
        SimpleQueryMessage::Row(row) => Some(row),
        _ => None,
    });
    Ok(row.and_then(|row| row.get(0)).map(str::to_owned))
}

/// The server's complaint on one line, with the line of the script that it is about.
pub fn words(error: &Error, sql: &str) -> String {
    let Some(server) = error.as_db_error() else { return error.to_string() };
    let mut text = server.message().to_owned();
    if let Some(detail) = server.detail() {
        text = format!("{text} ({})", detail.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    if let Some(ErrorPosition::Original(at)) = server.position() {
        // The position counts characters from 1.
        let head: String = sql.chars().take(*at as usize).collect();
        let number = head.lines().count().max(1);
        let line = sql.lines().nth(number - 1).unwrap_or_default().trim();
        text = format!("{text}, at line {number}: {}", line.chars().take(100).collect::<String>());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn parameters_of_a_tool_are_left_out() {
        let url = "postgres://u:p@h/d?schema=app&sslmode=disable&connection_limit=5&connect_timeout=3";
        assert_eq!(plain(url), "postgres://u:p@h/d?sslmode=disable&connect_timeout=3");
        assert!(plain(url).parse::<postgres::Config>().is_ok());
        assert_eq!(plain("host=/tmp user=a"), "host=/tmp user=a");
    }
}
