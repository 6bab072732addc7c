//! A database that is used again: making one takes far longer than clearing one. It is cleared by dropping whatever the
//! catalogue shows, and what does not come out just as it was made is given up for a new one.

use crate::cluster::{Database, Server};
use transmigrate::verify::Catalogue;

/// A place for one database at a time.
pub struct Ground {
    server: Server,
    used: Option<Database>,
    /// The catalogue of a new database.
    empty: Catalogue,
}

/// Drops all that was made, but for what a new database has; gives no row where there is nothing.
const CLEARING: &str = "
SELECT string_agg(drops, E';\\n' ORDER BY place) FROM (
    SELECT 1 AS place, format('DROP EVENT TRIGGER %I', evtname) AS drops FROM pg_event_trigger
    UNION ALL SELECT 2, format('DROP PUBLICATION %I', pubname) FROM pg_publication
    UNION ALL SELECT 3, format('DROP EXTENSION %I CASCADE', extname) FROM pg_extension WHERE extname <> 'plpgsql'
    UNION ALL SELECT 4, format('DROP FOREIGN DATA WRAPPER %I CASCADE', fdwname) FROM pg_foreign_data_wrapper
    UNION ALL SELECT 5, format('DROP SCHEMA %I CASCADE', nspname) FROM pg_namespace
        WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    UNION ALL SELECT 6, 'CREATE SCHEMA public AUTHORIZATION pg_database_owner'
    UNION ALL SELECT 7, 'GRANT USAGE ON SCHEMA public TO PUBLIC'
    UNION ALL SELECT 8, 'COMMENT ON SCHEMA public IS ''standard public schema'''
) made";

impl Ground {
    /// A place with a new database.
    pub fn new(server: &Server) -> Result<Self, String> {
        let mut used = server.database()?;
        let empty = used.catalogue()?;
        Ok(Ground { server: server.clone(), used: Some(used), empty })
    }

    /// An empty database after a case's prelude, in place of the one before.
    pub fn fresh(&mut self, prelude: &[String]) -> Result<Database, String> {
        let cleared = self.used.take().and_then(|used| self.clear(used).ok().flatten());
        let mut database = match cleared {
            Some(database) => database,
            None => self.server.database()?,
        };
        for script in prelude {
            database.run(script)?;
        }
        database.renew()?;
        Ok(database)
    }

    /// Takes a database back, if there is one.
    pub fn used(&mut self, database: Option<Database>) {
        self.used = database.or(self.used.take());
    }

    /// How a program outside reaches a database of the server.
    pub fn address(&self, database: &Database) -> serde_json::Value {
        self.server.address(database)
    }

    fn clear(&self, mut database: Database) -> Result<Option<Database>, String> {
        // Of a session that was left open no more than this is waited for.
        database.run("ROLLBACK; RESET SESSION AUTHORIZATION; RESET ALL; SET lock_timeout = '3s'")?;
        if let Some(drops) = database.text(CLEARING)? {
            database.run(&drops)?;
        }
        database.renew()?;
        let same = database.catalogue()? == self.empty;
        Ok(same.then_some(database))
    }
}
