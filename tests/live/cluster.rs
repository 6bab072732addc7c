//! A PostgreSQL server to try things on, and databases of our own on it. Where the server is comes from the
//! environment variable `TRANSMIGRATE_PG_URL`; who started it is none of our business.

use postgres::{Client, Config, NoTls, SimpleQueryMessage, Statement};
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::atomic::{AtomicU32, Ordering};
use transmigrate::verify::Catalogue;
use transmigrate::verify::postgres::{self as catalogue, words};

/// A server that we may make databases on.
#[derive(Clone)]
pub struct Server {
    config: Config,
}

impl Server {
    /// The server that the environment names. Without one, says so and gives `None`; with `VERIFY=required` that is
    /// a panic instead.
    pub fn from_environment() -> Option<Self> {
        match std::env::var("TRANSMIGRATE_PG_URL") {
            Ok(url) => {
                // A wrong URL is a mistake in the test's set-up, and the test's failure is how it is told.
                let config = url.parse().unwrap_or_else(|error| panic!("TRANSMIGRATE_PG_URL is no address: {error}"));
                Some(Server { config })
            }
            Err(_) if std::env::var("VERIFY").is_ok_and(|value| value == "required") => {
                panic!("VERIFY=required, but TRANSMIGRATE_PG_URL names no PostgreSQL server")
            }
            Err(_) => {
                // Past the test harness, which keeps back what a passing test prints.
                let _ = writeln!(std::io::stderr(), "skipped: TRANSMIGRATE_PG_URL names no PostgreSQL server");
                None
            }
        }
    }

    /// A new, empty database; it is dropped when the value is.
    pub fn database(&self) -> Result<Database, String> {
        self.database_with("")
    }

    /// The same with settings of the session, as `-c name=value -c name=value`.
    pub fn database_with(&self, settings: &str) -> Result<Database, String> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("transmigrate_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        self.administer(&format!("CREATE DATABASE {name} TEMPLATE template0"))?;
        // From here on the database exists, so the guard must too, whatever happens next.
        let guard = Guard { server: self.clone(), name: name.clone() };
        // What is set at the start of the session outlives RESET ALL.
        let settings = format!("-c client_min_messages=error -c jit=off {settings}");
        let mut client = self.config.clone().dbname(&name).options(&settings).connect(NoTls).map_err(describe)?;
        let snapshot = catalogue::prepare(&mut client).map_err(describe)?;
        Ok(Database { client, snapshot, guard })
    }

    /// How a program outside reaches one of its databases.
    pub fn address(&self, database: &Database) -> serde_json::Value {
        let host = match self.config.get_hosts().first() {
            Some(postgres::config::Host::Tcp(host)) => host.clone(),
            Some(postgres::config::Host::Unix(path)) => path.to_string_lossy().into_owned(),
            None => "localhost".to_owned(),
        };
        let password = self.config.get_password().map(|password| String::from_utf8_lossy(password).into_owned());
        serde_json::json!({
            "host": host,
            "port": self.config.get_ports().first().copied().unwrap_or(5432),
            "user": self.config.get_user().unwrap_or("postgres"),
            "password": password,
            "database": database.guard.name,
        })
    }

    /// The same as a URL, for programs that understand no other.
    pub fn url(&self, database: &Database) -> String {
        let of = self.address(database);
        let text = |key: &str| of[key].as_str().unwrap_or_default().to_owned();
        let (user, password, name) = (text("user"), text("password"), text("database"));
        let password = if password.is_empty() { password } else { format!(":{password}") };
        // A host that is a folder is one of Unix sockets, which stands among the parameters.
        format!(
            "postgres://{user}{password}@localhost:{}/{name}?host={}&sslmode=disable",
            of["port"],
            text("host").replace('/', "%2F")
        )
    }

    /// A connection of one's own to one of its databases.
    pub fn connect(&self, database: &Database) -> Result<Client, String> {
        self.config.clone().dbname(&database.guard.name).connect(NoTls).map_err(describe)
    }

    fn administer(&self, sql: &str) -> Result<(), String> {
        let mut client = self.config.connect(NoTls).map_err(describe)?;
        client.batch_execute(sql).map_err(describe)
    }
}

/// A database of our own, with one connection to it.
pub struct Database {
    /// The connection.
    pub client: Client,
    snapshot: Statement,
    // Fields are dropped in order: the connection first, then the database.
    guard: Guard,
}

impl Database {
    /// Runs a script as one simple query, as Prisma does. `Err` is the server's complaint, with the line it is about.
    pub fn run(&mut self, sql: &str) -> Result<(), Complaint> {
        self.client.batch_execute(sql).map_err(|error| Complaint {
            text: words(&error, sql),
            about_rows: error.code().is_some_and(|code| code.code().starts_with("22") || code.code().starts_with("23")),
        })
    }

    /// The catalogue as the open transaction, if any, sees it, without what the tools keep for themselves.
    pub fn catalogue(&mut self) -> Result<Catalogue, String> {
        let mut all = catalogue::take(&mut self.client, &self.snapshot).map_err(describe)?;
        all.retain(|key, _| !OF_TOOLS.iter().any(|own| key.contains(own)));
        Ok(all)
    }

    /// Makes the session as good as new: settings, temporary tables, the role.
    pub fn renew(&mut self) -> Result<(), String> {
        Ok(self.run("RESET SESSION AUTHORIZATION; RESET ALL; DISCARD TEMP; DISCARD SEQUENCES; UNLISTEN *")?)
    }

    /// Takes every row out of every table of ours.
    pub fn empty(&mut self) -> Result<(), String> {
        let tables = self.text(TABLES)?;
        Ok(tables.map_or(Ok(()), |tables| self.run(&format!("TRUNCATE {tables}")))?)
    }

    /// A statement a sequence that sets it to where it stands.
    pub fn sequences(&mut self) -> Result<Vec<String>, String> {
        self.column(SEQUENCES)
    }

    /// The first column of every row that a query gives.
    pub fn column(&mut self, sql: &str) -> Result<Vec<String>, String> {
        let rows = self.client.query(sql, &[]).map_err(|error| words(&error, sql))?;
        rows.iter().map(|row| row.try_get(0).map_err(describe)).collect()
    }

    /// The first column of the first row that a query gives, as text; `None` without rows or when it is NULL.
    pub fn text(&mut self, sql: &str) -> Result<Option<String>, String> {
        let messages = self.client.simple_query(sql).map_err(|error| words(&error, sql))?;
        let row = messages.iter().find_map(|message| match message {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        Ok(row.and_then(|row| row.get(0)).map(str::to_owned))
    }

    /// Runs `body` in a transaction that is rolled back whatever happens. Sequences, which no rollback sets back, are set
    /// back too.
    pub fn trial<T>(&mut self, body: impl FnOnce(&mut Self) -> Result<T, String>) -> Result<T, Spoilt> {
        let sequences = self.sequences().map_err(Spoilt::Failed)?;
        let number = self.text("BEGIN; SELECT pg_current_xact_id()::text").map_err(Spoilt::Failed)?;
        let result = body(self);
        // An error here means that the transaction is still the one we opened, only aborted.
        let left = self.text("SELECT pg_current_xact_id_if_assigned()::text").is_ok_and(|now| now != number);
        let rolled_back = self.client.batch_execute("ROLLBACK").map_err(describe).and_then(|()| {
            let now: BTreeSet<String> = if left { BTreeSet::new() } else { self.sequences()?.into_iter().collect() };
            let moved = sequences.into_iter().filter(|sequence| !left && !now.contains(sequence));
            Ok(self.run(&moved.collect::<Vec<_>>().join("; "))?)
        });
        match (left, rolled_back) {
            (true, _) => Err(Spoilt::Committed),
            (false, Err(error)) => Err(Spoilt::Failed(error)),
            (false, Ok(())) => result.map_err(Spoilt::Failed),
        }
    }
}

/// What stands in the descriptions of what the tools keep for themselves.
const OF_TOOLS: [&str; 6] =
    ["_judge", "schema drizzle", " drizzle.", "_prisma_migrations", "_sqlx_migrations", "\"drizzle\""];

/// Every table but the tools' own, as a list.
const TABLES: &str = "SELECT string_agg(oid::regclass::text, ', ') FROM pg_class
    WHERE relkind IN ('r', 'p') AND oid >= 16384 AND relnamespace NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_' OR nspname IN ('_judge', 'drizzle'))
      AND relname NOT IN ('_prisma_migrations', '_sqlx_migrations')";

/// What [`Database::sequences`] gives.
const SEQUENCES: &str = "SELECT format('SELECT setval(%L, %s, %L)', format('%I.%I', schemaname, sequencename),
    coalesce(last_value, start_value), last_value IS NOT NULL) FROM pg_sequences";

/// Why a script did not run.
#[derive(Clone, Debug)]
pub struct Complaint {
    /// What the server says.
    pub text: String,
    /// Whether it is about rows, so that on empty tables the script might run: a violated constraint, a value that
    /// cannot be cast.
    pub about_rows: bool,
}

impl From<Complaint> for String {
    fn from(complaint: Complaint) -> String {
        complaint.text
    }
}

impl std::fmt::Display for Complaint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// Why a trial gave nothing.
pub enum Spoilt {
    /// It failed with this error; the database is as it was.
    Failed(String),
    /// A script ended the transaction itself; the database is no longer as it was.
    Committed,
}

impl std::fmt::Display for Spoilt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Spoilt::Failed(error) => f.write_str(error),
            Spoilt::Committed => f.write_str("the script ends the transaction that it runs in"),
        }
    }
}

/// Drops a database when it goes out of scope, after a panic too.
struct Guard {
    server: Server,
    name: String,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Err(error) = self.server.administer(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)) {
            eprintln!("database {} was left behind: {error}", self.name);
        }
    }
}

/// Whether a script cannot be tried inside a transaction of ours: it begins or ends its own, or says something that
/// PostgreSQL runs outside of transactions only. Errs towards yes, and a procedure's `END;` is no end of one.
pub fn outside_transaction(sql: &str) -> bool {
    let upper = sql.to_ascii_uppercase();
    let words: Vec<&str> = upper.split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != ';').collect();
    let ends = words.iter().any(|word| {
        let word = word.trim_start_matches(';');
        word.starts_with("BEGIN;")
            || ["COMMIT", "COMMIT;", "ROLLBACK", "ROLLBACK;", "VACUUM", "CONCURRENTLY", "SYSTEM"].contains(&word)
    });
    ends || upper.contains("START TRANSACTION") || upper.contains("BEGIN TRANSACTION") || upper.contains("BEGIN WORK")
}

fn describe(error: postgres::Error) -> String {
    words(&error, "")
}
