//! SQLite itself as the judge: what is understood and printed again makes the same database.

use super::{lower, print_together};
use crate::ir::{Op, Step};
use crate::source::FileId;
use rusqlite::Connection;

/// Scripts that each begin on an empty database.
const SCRIPTS: &[&str] = &[
    r#"CREATE TABLE "User" (
        "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        "email" TEXT NOT NULL,
        "at" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
        "score" DECIMAL(10, 2) DEFAULT -1.5,
        "flag" BOOLEAN NOT NULL DEFAULT false,
        "note" TEXT DEFAULT 'it''s',
        CONSTRAINT "User_email_check" CHECK (length("email") > 3)
    );
    CREATE UNIQUE INDEX "User_email_key" ON "User"("email");
    CREATE TABLE "Post" ("id" INTEGER PRIMARY KEY, "authorId" INTEGER,
        CONSTRAINT "Post_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "User" ("id") ON DELETE SET NULL ON UPDATE CASCADE);
    ALTER TABLE "Post" ADD COLUMN "editorId" INTEGER REFERENCES "User" ("id") ON DELETE CASCADE;
    ALTER TABLE "Post" ADD "kind" varchar(20) NOT NULL DEFAULT 'draft' CHECK (kind in ('draft', 'done'));
    ALTER TABLE "Post" RENAME COLUMN "kind" TO "state";
    ALTER TABLE "Post" RENAME TO "Article";
    ALTER TABLE "Article" DROP COLUMN "state";"#,
    "create table `a` (`id` integer not null primary key autoincrement, `b` varchar(255), foreign key(`b`) references `c`(`d`) \
     on delete cascade deferrable initially deferred);
     create table [c] ([d] varchar(255) primary key, e real unique, f, g double precision collate nocase);
     create index `a_b` on `a` (`b` collate nocase desc, lower(`b`), (`b` || 'x')) where `b` is not null and `b` <> '';
     drop index a_b; create index if not exists x on a(b);",
    "CREATE TABLE t(a TEXT, b INT, PRIMARY KEY(a, b)) WITHOUT ROWID;
     CREATE TABLE s(a INTEGER PRIMARY KEY, b ANY, c INT GENERATED ALWAYS AS (a + 1) VIRTUAL, d TEXT AS (upper(b)) STORED) STRICT;
     CREATE TABLE u(a INTEGER, PRIMARY KEY(a AUTOINCREMENT));
     CREATE TABLE v(a, b, CONSTRAINT one UNIQUE (a, b) CONSTRAINT two CHECK (a > b) FOREIGN KEY (a) REFERENCES t);
     CREATE TABLE w(a INT DEFAULT (1 + 2), b TEXT DEFAULT (lower('X')), c DEFAULT \"word\", d DEFAULT TRUE, e DEFAULT x'00ff', \
     f DEFAULT +5, g DEFAULT null, h DEFAULT (NULL));",
    "CREATE TABLE \"we\"\"ird\" (\"a b\" \"my type\"(3), \"sel;ect\" TEXT); -- a note; with a semicolon
     CREATE TABLE log(a);
     CREATE TRIGGER tr AFTER UPDATE OF \"a b\" ON \"we\"\"ird\" FOR EACH ROW WHEN new.\"a b\" > 1 AND (1 = 1)
     BEGIN INSERT INTO log VALUES (CASE WHEN 1 THEN 'a;b' END); UPDATE log SET a = 2; END;
     CREATE TRIGGER tr2 DELETE ON log BEGIN SELECT 1; END;
     CREATE VIEW vw(x) AS SELECT a FROM log WHERE a IS NOT DISTINCT FROM 1;
     CREATE TRIGGER tr3 INSTEAD OF INSERT ON vw BEGIN INSERT INTO log VALUES (new.x); END;
     DROP TRIGGER tr2; CREATE VIEW gone AS VALUES (1); DROP VIEW IF EXISTS gone;",
    "CREATE TABLE a(id INTEGER PRIMARY KEY, b TEXT UNIQUE, c INT);
     INSERT INTO a (b, c) VALUES ('x', 1), ('y', (SELECT 2));
     INSERT INTO a SELECT id + 10, b || 'z', c FROM a WHERE true ON CONFLICT (b) DO UPDATE SET c = excluded.c + 1;
     INSERT OR IGNORE INTO a (b) VALUES ('x'); REPLACE INTO a (id, b) VALUES (1, 'w');
     WITH q AS (SELECT max(c) AS m FROM a) UPDATE a SET (b, c) = ('v', 7) WHERE id = 2;
     UPDATE a SET c = q.m FROM (SELECT 5 AS m) AS q WHERE a.c IS NULL; DELETE FROM a WHERE c = 5;
     CREATE TABLE copied AS SELECT id, b FROM a; PRAGMA foreign_keys=OFF; PRAGMA foreign_key_check; PRAGMA foreign_keys(1);
     BEGIN; SAVEPOINT s; RELEASE s; COMMIT; ANALYZE; REINDEX;",
];

/// All that a database holds, as text: what the catalogue says of each object, and the rows of each table.
fn contents(db: &Connection) -> Vec<String> {
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
    let mut found = Vec::new();
    let mut statement =
        db.prepare("SELECT type, name, tbl_name FROM sqlite_schema ORDER BY 1, 2").expect("a catalogue");
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

fn ops(text: &str) -> Vec<Vec<Op>> {
    let script = lower(text, FileId(0));
    assert!(script.findings.is_empty(), "{text}: {:?}", script.findings);
    let mut statements: Vec<Vec<Op>> = Vec::new();
    for Step { op, joined, .. } in script.value.steps {
        match statements.last_mut() {
            Some(last) if joined => last.push(op),
            _ => statements.push(vec![op]),
        }
    }
    statements
}

#[test]
fn what_is_printed_again_makes_the_same_database() {
    for script in SCRIPTS {
        let (written, printed) = (Connection::open_in_memory().unwrap(), Connection::open_in_memory().unwrap());
        written.execute_batch(script).unwrap_or_else(|error| panic!("{error}: {script}"));
        for statement in ops(script) {
            let sql = print_together(&statement.iter().collect::<Vec<_>>());
            printed.execute_batch(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
            assert_eq!(ops(&sql), vec![statement], "{sql}");
        }
        assert_eq!(contents(&written), contents(&printed));
    }
}

#[test]
fn what_is_not_understood_is_carried() {
    for sql in [
        "ATTACH 'x' AS y",
        "CREATE VIRTUAL TABLE f USING fts5(a)",
        "CREATE TABLE a(b UNIQUE ON CONFLICT IGNORE)",
        "CREATE TABLE a(b INTEGER PRIMARY KEY DESC)",
        "PRAGMA user_version = 5",
        "CREATE TABLE other.a(b)",
        "ALTER TABLE a ALTER COLUMN b TYPE int",
        "CREATE TABLE a(b, )",
        "CREATE TABLE a()",
        "UPDATE sqlite_master SET sql = ''",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;",
    ] {
        let script = lower(sql, FileId(0)).value;
        assert!(matches!(script.steps.as_slice(), [Step { op: Op::Sql { .. }, .. }]), "{sql}: {script:?}");
    }
}
