//! A PostgreSQL server that the user names, and databases of our own on it.

use super::catalogue::Catalogue;
use super::database::{About, Complaint, Database, LEFT_OPEN, Script, Server};
use postgres::error::ErrorPosition;
use postgres::{Client, Config, Error, NoTls, SimpleQueryMessage, Statement};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

/// The query: one row an object, in two columns.
const QUERY: &str = include_str!("catalogue.sql");

/// The first version of PostgreSQL that the query is for.
const OLDEST: i32 = 15;

/// A server that we may make databases on.
pub struct Remote {
    config: Config,
    about: String,
    /// The databases that could not be dropped.
    left: Arc<Mutex<Vec<String>>>,
}

/// With which rights the scripts of a history may be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// Those of a role that can do nothing but make databases: no script reaches beyond its own.
    Plain,
    /// Any, on a server that nobody misses.
    Any,
}

impl Remote {
    /// Reaches a server by its URL: `postgres://user:password@host:5432/database`; the database is the one that is connected
    /// to in order to make others, `postgres` if none is named. `Err` in words when it cannot be reached, or its role could
    /// do more than the rights allow.
    pub fn new(url: &str, rights: Rights) -> Result<Self, String> {
        let mut config: Config = plain(url).parse().map_err(|error| format!("the URL cannot be read: {error}"))?;
        if config.get_dbname().is_none() {
            config.dbname("postgres");
        }
        config.application_name("transmigrate verify");
        let reached = |error: Error| format!("the server cannot be reached: {}", words(&error, ""));
        let mut client = config.connect(NoTls).map_err(reached)?;
        let version = text(&mut client, "SHOW server_version").map_err(reached)?.unwrap_or_default();
        let major = version.split(['.', ' ']).next().and_then(|major| major.parse::<i32>().ok());
        if major.is_none_or(|major| major < OLDEST) {
            return Err(format!("the server is PostgreSQL {version}; verify knows {OLDEST} and later"));
        }
        if let (Rights::Plain, Some(what)) = (rights, text(&mut client, MIGHTY).map_err(reached)?) {
            return Err(format!(
                "the role may do more than make databases ({what}): a migration could change the whole server\n\
                 use another one (CREATE ROLE verify LOGIN CREATEDB), or say --throwaway if nobody misses the server"
            ));
        }
        Ok(Remote { config, about: format!("PostgreSQL {version}"), left: Arc::default() })
    }

    /// A database made as another one.
    fn made(&self, template: &str) -> Result<Own, String> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let moment = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_micros();
        let name = format!("transmigrate_verify_{}_{moment}_{number}", std::process::id());
        let failed = |error: Error| format!("no database can be made on the server: {}", words(&error, ""));
        let mut client = self.config.connect(NoTls).map_err(failed)?;
        open_ones(|all| all.push((self.config.clone(), name.clone())));
        let guard = Guard { config: self.config.clone(), name, left: self.left.clone() };
        client.batch_execute(&format!("CREATE DATABASE {} TEMPLATE {template}", guard.name)).map_err(failed)?;
        let mut config = self.config.clone();
        // What is set at the start of the session is what a script's own settings begin with.
        let settings = format!("{} -c client_min_messages=error -c jit=off", config.get_options().unwrap_or_default());
        config.dbname(&guard.name).options(settings.trim());
        let server = Remote { config: self.config.clone(), about: self.about.clone(), left: self.left.clone() };
        Ok(Own { config, server, guard })
    }
}

impl Server for Remote {
    fn database(&self) -> Result<Box<dyn Database>, String> {
        Ok(Box::new(self.made("template0")?))
    }

    fn about(&self) -> String {
        self.about.clone()
    }

    fn left_behind(&self) -> Vec<String> {
        self.left.lock().map(|left| left.clone()).unwrap_or_default()
    }
}

/// What a role may do beyond a database of its own, in words; no row, or NULL, where it is nothing.
const MIGHTY: &str = "SELECT string_agg(what, ', ') FROM (
    SELECT unnest(ARRAY[CASE WHEN rolsuper THEN 'it is a superuser' END, CASE WHEN rolcreaterole THEN 'it makes roles' END,
        CASE WHEN rolreplication THEN 'it replicates' END]) AS what FROM pg_roles WHERE rolname = current_user
    UNION ALL
    SELECT 'it is a member of ' || rolname FROM pg_roles
    WHERE rolname ~ '^pg_' AND rolname <> 'pg_database_owner' AND pg_has_role(current_user, oid, 'MEMBER')
      AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)) found";

/// The databases that are there now, for whoever ends the program.
fn open_ones<T>(see: impl FnOnce(&mut Vec<(Config, String)>) -> T) -> Option<T> {
    static OPEN: Mutex<Vec<(Config, String)>> = Mutex::new(Vec::new());
    OPEN.lock().ok().map(|mut open| see(&mut open))
}

/// Drops all databases that are there now: the program is about to end.
pub fn drop_all() {
    for (config, name) in open_ones(std::mem::take).unwrap_or_default() {
        dropped(&config, &name);
    }
}

/// Drops a database; whether it is gone.
fn dropped(config: &Config, name: &str) -> bool {
    let Ok(mut client) = config.connect(NoTls) else { return false };
    client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).is_ok()
}

/// Drops a database when it goes out of scope, after a panic too.
struct Guard {
    config: Config,
    name: String,
    left: Arc<Mutex<Vec<String>>>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        open_ones(|all| all.retain(|(_, name)| *name != self.name));
        if !dropped(&self.config, &self.name)
            && let Ok(mut left) = self.left.lock()
        {
            left.push(self.name.clone());
        }
    }
}

/// A database of our own. No connection to it stays, so that it can be copied.
struct Own {
    config: Config,
    server: Remote,
    guard: Guard,
}

impl Own {
    fn connect(&self) -> Result<Client, Error> {
        self.config.connect(NoTls)
    }
}

impl Database for Own {
    fn run(&mut self, script: &Script) -> Result<(), Complaint> {
        let other = |error: Error| complaint(&error, "");
        let mut client = self.connect().map_err(other)?;
        let mut send = |sql: &str| client.batch_execute(sql).map_err(|error| complaint(&error, sql));
        if script.is_whole() {
            send("BEGIN")?;
        }
        // What fails leaves a transaction that ends with the connection.
        script.texts().iter().try_for_each(|text| send(text))?;
        if script.is_whole() {
            send("COMMIT")?;
        }
        // In no transaction, the two are of the same moment each time.
        let open = "SELECT 1 WHERE now() <> statement_timestamp()";
        match text(&mut client, open).map_err(other)? {
            Some(_) => Err(Complaint { text: LEFT_OPEN.to_owned(), about: About::Other }),
            None => Ok(()),
        }
    }

    fn empty(&mut self) -> Result<(), String> {
        let emptied = || -> Result<(), Error> {
            let mut client = self.connect()?;
            let tables = text(&mut client, TABLES)?;
            client.batch_execute(&tables.map(|tables| format!("TRUNCATE {tables}")).unwrap_or_default())
        };
        emptied().map_err(|error| words(&error, ""))
    }

    fn catalogue(&mut self) -> Result<Catalogue, String> {
        let taken = || -> Result<Catalogue, Error> {
            let mut client = self.connect()?;
            let query = prepare(&mut client)?;
            take(&mut client, &query)
        };
        taken().map_err(|error| words(&error, ""))
    }

    fn copy(&mut self) -> Result<Box<dyn Database>, String> {
        Ok(Box::new(self.server.made(&self.guard.name)?))
    }
}

/// The parameters of a URL that tools keep for themselves. Source: Prisma's documentation of connection URLs, 6.
const OF_TOOLS: [&str; 9] = [
    "schema",
    "connection_limit",
    "pool_timeout",
    "pgbouncer",
    "socket_timeout",
    "statement_cache_size",
    "single_use_connections",
    "sslaccept",
    "sslidentity",
];

/// A URL without the parameters that only a tool knows.
fn plain(url: &str) -> String {
    let Some((base, parameters)) = url.split_once('?').filter(|(base, _)| base.contains("://")) else {
        return url.to_owned();
    };
    let is_ours = |one: &&str| !OF_TOOLS.contains(&one.split('=').next().unwrap_or_default());
    let kept: Vec<&str> = parameters.split('&').filter(is_ours).collect();
    format!("{base}?{}", kept.join("&"))
}

/// Every table, as a list.
const TABLES: &str = "SELECT string_agg(oid::regclass::text, ', ') FROM pg_class
    WHERE relkind IN ('r', 'p') AND oid >= 16384 AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_')";

fn complaint(error: &Error, sql: &str) -> Complaint {
    // Appendix A of PostgreSQL's manual.
    let about = match error.code().map(|code| code.code()).unwrap_or_default() {
        "42501" => About::Rights,
        "42P01" | "42703" | "42704" | "42883" | "3F000" => About::Absent,
        code if code.starts_with("22") || code.starts_with("23") => About::Rows,
        _ => About::Other,
    };
    Complaint { text: words(error, sql), about }
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
        // What asks for more than can be done is not left out.
        assert!(plain("postgres://h/d?sslmode=verify-full").parse::<postgres::Config>().is_err());
        assert_eq!(plain("host=/tmp user=a password=b?c"), "host=/tmp user=a password=b?c");
    }
}
