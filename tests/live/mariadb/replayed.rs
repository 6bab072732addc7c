//! Replay knows what is there after each statement: printed on an empty database, it makes the same catalogue.

use super::printed::{SCRIPTS, same, statements};
use super::server::{Database, Server};
use transmigrate::ir::{Dialect, Op, Step};
use transmigrate::schema::{Replay, Schema};
use transmigrate::sql::mysql::{print, print_together};

/// What replay says that a database holds, made in another.
fn rebuilt(server: &Server, schema: &Schema) -> Database {
    let mut database = server.database();
    for op in schema.to_ops() {
        let sql = print(&op);
        database.run(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
    }
    database
}

/// The catalogue, but for how far tables have counted, which is about rows, and for the order of a table's indexes, which
/// goes by what the columns were when each was made.
pub fn definitions(database: &mut Database) -> Vec<String> {
    let counted = |text: String| match text.split_once(" AUTO_INCREMENT=") {
        Some((before, rest)) if before.contains(") ENGINE=") => {
            format!("{before}{}", rest.trim_start_matches(|c: char| c.is_ascii_digit()))
        }
        _ => text,
    };
    let is_index = |line: &&str| {
        ["KEY", "UNIQUE KEY", "FULLTEXT KEY", "SPATIAL KEY"].iter().any(|word| line.trim_start().starts_with(word))
    };
    let sorted = |text: String| {
        let lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches(',')).collect();
        let mut indexes: Vec<&str> = lines.iter().copied().filter(|line| is_index(line)).collect();
        indexes.sort();
        let others = lines.iter().copied().filter(|line| !is_index(line));
        others.chain(indexes).collect::<Vec<_>>().join("\n")
    };
    database.catalogue().into_iter().map(|text| sorted(counted(text))).collect()
}

/// Histories with what names, indexes and columns do.
const HISTORIES: &[&str] = &[
    // Indexes that come with foreign keys, and go when another comes.
    "CREATE TABLE p (id INT PRIMARY KEY, a INT, b INT, KEY (a));
     CREATE TABLE t (a INT, b INT, c INT, FOREIGN KEY (a) REFERENCES p (id), KEY (b), CONSTRAINT named FOREIGN KEY ix (c) REFERENCES p (id));
     ALTER TABLE t DROP FOREIGN KEY t_ibfk_1;
     ALTER TABLE t ADD KEY mine (a);
     ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES p (a);
     ALTER TABLE t ADD FOREIGN KEY other (b) REFERENCES p (id), ADD FOREIGN KEY (b) REFERENCES p (a);
     RENAME TABLE t TO u;
     ALTER TABLE u ADD FOREIGN KEY (c) REFERENCES p (a);
     ALTER TABLE u RENAME INDEX c TO renamed;
     ALTER TABLE u ADD UNIQUE KEY (c), DROP KEY renamed;
     CREATE TABLE l LIKE u;
     ALTER TABLE p RENAME TO q;
     ALTER TABLE u ADD COLUMN d INT REFERENCES q (id) ON DELETE CASCADE;
     ALTER TABLE u DROP FOREIGN KEY named, DROP FOREIGN KEY u_ibfk_4;
     CREATE TABLE two (x INT, y INT, CONSTRAINT k1 FOREIGN KEY (x) REFERENCES q (id), CONSTRAINT k2 FOREIGN KEY (x) REFERENCES q (a));
     ALTER TABLE two ADD PRIMARY KEY (x);
     CREATE TABLE three (x INT PRIMARY KEY, y INT, z INT UNIQUE, FOREIGN KEY (y) REFERENCES three (x), KEY (y, z), UNIQUE (y), KEY (y));
     ALTER TABLE three DROP COLUMN z;",
    // Checks, defaults and generated columns, and what follows a renaming.
    "CREATE TABLE k (a INT CHECK (a > 1), b INT DEFAULT (a + 1), c INT AS (a * 2) VIRTUAL, CHECK (a > 2), CONSTRAINT CONSTRAINT_1 CHECK (b > 1), CHECK (b > 2));
     ALTER TABLE k ADD CHECK (a > 9), DROP CONSTRAINT CONSTRAINT_2;
     ALTER TABLE k ADD CONSTRAINT CHECK (b > 8), ADD CONSTRAINT n CHECK (`A` > 7 AND b > 7);
     ALTER TABLE k RENAME COLUMN a TO z;
     ALTER TABLE k CHANGE b bb BIGINT NOT NULL DEFAULT 4 CHECK (bb > 3) FIRST;
     ALTER TABLE k ALTER bb DROP DEFAULT, ADD COLUMN d VARCHAR(20) DEFAULT NULL AFTER Z;
     ALTER TABLE k DROP CONSTRAINT n, MODIFY d TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP;
     ALTER TABLE k ALTER COLUMN Z SET DEFAULT 3;",
    // Keys, their order and what a column takes with it.
    "CREATE TABLE u (A INT, b INT NOT NULL, c VARCHAR(300), UNIQUE u1 (a), UNIQUE u2 (b), KEY (c(10)), UNIQUE (c(20)), FULLTEXT (c), KEY (a, b), UNIQUE (b));
     ALTER TABLE u MODIFY b INT;
     ALTER TABLE u ADD PRIMARY KEY (a);
     ALTER TABLE u DROP PRIMARY KEY;
     ALTER TABLE u DROP INDEX u1, DROP CONSTRAINT u2;
     ALTER TABLE u DROP COLUMN b;
     ALTER TABLE u ADD COLUMN id INT AUTO_INCREMENT PRIMARY KEY FIRST;
     CREATE INDEX again ON u (a DESC, C(5));
     ALTER TABLE u DROP PRIMARY KEY, DROP COLUMN id;
     DROP INDEX AGAIN ON u;
     ALTER TABLE u RENAME KEY a TO a2;",
    // Character sets.
    "CREATE TABLE s (a VARCHAR(10), b CHAR(3) CHARACTER SET latin1, n INT) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
     ALTER TABLE s DEFAULT CHARACTER SET utf8mb3;
     ALTER TABLE s ADD COLUMN d VARCHAR(10), COMMENT = 'x', AUTO_INCREMENT = 9;
     ALTER TABLE s CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci, ENGINE = InnoDB;",
    // Triggers in their order.
    "CREATE TABLE a (x INT, y INT);
     CREATE TRIGGER t2 BEFORE INSERT ON a FOR EACH ROW SET NEW.x = 2;
     CREATE TRIGGER t1 BEFORE INSERT ON a FOR EACH ROW SET NEW.x = 1;
     CREATE TRIGGER t0 BEFORE INSERT ON a FOR EACH ROW PRECEDES t1 SET NEW.x = 0;
     CREATE TRIGGER u BEFORE UPDATE ON a FOR EACH ROW SET NEW.x = 0;
     DROP TRIGGER t2;
     CREATE OR REPLACE TRIGGER t0 BEFORE INSERT ON a FOR EACH ROW SET NEW.x = 5;
     ALTER TABLE a RENAME TO b;
     CREATE VIEW v1 AS SELECT x FROM b; CREATE VIEW v0 AS SELECT x FROM v1; CREATE OR REPLACE VIEW v1 AS SELECT x, y FROM b;
     CREATE PROCEDURE p() SELECT 1; ALTER PROCEDURE p COMMENT 'c'; DROP PROCEDURE p;
     DROP TABLE IF EXISTS nothing; CREATE TABLE IF NOT EXISTS b (z INT); DROP VIEW v0, v1; DROP TABLE b;",
];

#[test]
fn mariadb_replay_knows_what_is_there_after_each_statement() {
    let Some(server) = Server::from_environment() else { return };
    for script in SCRIPTS.iter().chain(HISTORIES) {
        let mut live = server.database();
        let mut replay = Replay::from(Schema::of(Dialect::Mariadb, ""));
        for statement in statements(script) {
            let sql = print_together(&statement.iter().collect::<Vec<&Op>>());
            live.run(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
            let step = |(number, op): (usize, Op)| Step { joined: number > 0, ..Step::new(op, Default::default()) };
            let steps: Vec<Step> = statement.into_iter().enumerate().map(step).collect();
            replay.part(&steps, &mut |_| ());
            assert!(replay.findings.is_empty(), "{sql}: {:?}", replay.findings);
            if !replay.schema.is_certain() {
                assert!(SCRIPTS.contains(script), "{sql}: not certain any more");
                break;
            }
            let mut made = rebuilt(&server, &replay.schema);
            same(&definitions(&mut live), &definitions(&mut made), &sql);
        }
    }
}
