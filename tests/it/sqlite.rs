//! SQLite itself as the judge: what is understood and printed again makes the same database, and replay knows at each step
//! what is in it.

use super::lite::{contents, copy, definitions, rebuilt};
use super::program::run_in;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;
use transmigrate::ir::{Dialect, Op, Step};
use transmigrate::schema::{Replay, Schema};
use transmigrate::source::FileId;
use transmigrate::sql::sqlite::{lower, print_together};

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

#[test]
fn replay_knows_what_is_there_after_each_statement() {
    for script in SCRIPTS.iter().chain(HISTORIES) {
        let live = Connection::open_in_memory().unwrap();
        let mut replay = Replay::from(Schema::of(Dialect::Sqlite, ""));
        for statement in ops(script) {
            let sql = print_together(&statement.iter().collect::<Vec<_>>());
            live.execute_batch(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
            let step = |(number, op): (usize, Op)| Step { joined: number > 0, ..Step::new(op, Default::default()) };
            let steps: Vec<Step> = statement.into_iter().enumerate().map(step).collect();
            replay.part(&steps, &mut |_| ());
            assert!(replay.findings.is_empty(), "{sql}: {:?}", replay.findings);
            if sql.contains("CREATE TABLE \"copied\"") {
                break; // what a query gives, only SQLite knows
            }
            assert_eq!(definitions(&live), definitions(&rebuilt(&replay.schema)), "{sql}");
        }
    }
}

/// Histories with what tools do to change a table.
const HISTORIES: &[&str] = &[
    // As Prisma does.
    "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, \"email\" TEXT);
     CREATE TABLE \"Post\" (\"id\" INTEGER NOT NULL PRIMARY KEY, \"authorId\" INTEGER NOT NULL, \
     CONSTRAINT \"Post_authorId_fkey\" FOREIGN KEY (\"authorId\") REFERENCES \"User\" (\"id\") ON DELETE RESTRICT ON UPDATE CASCADE);
     CREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\");
     PRAGMA defer_foreign_keys=ON; PRAGMA foreign_keys=OFF;
     CREATE TABLE \"new_User\" (\"id\" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, \"email\" TEXT NOT NULL, \"name\" TEXT DEFAULT 'x');
     INSERT INTO \"new_User\" (\"email\", \"id\") SELECT \"email\", \"id\" FROM \"User\";
     DROP TABLE \"User\";
     ALTER TABLE \"new_User\" RENAME TO \"User\";
     CREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\");
     PRAGMA foreign_keys=ON; PRAGMA defer_foreign_keys=OFF;",
    // As TypeORM does, both ways.
    "CREATE TABLE \"user\" (\"id\" integer PRIMARY KEY AUTOINCREMENT NOT NULL, \"n\" varchar NOT NULL, CONSTRAINT \"UQ_1\" UNIQUE (\"n\"));
     CREATE TABLE \"post\" (\"id\" integer PRIMARY KEY, \"u\" integer, CONSTRAINT \"FK_1\" FOREIGN KEY (\"u\") REFERENCES \"user\" (\"id\"));
     CREATE INDEX \"IDX_1\" ON \"user\" (\"n\");
     DROP INDEX \"IDX_1\";
     CREATE TABLE \"temporary_user\" (\"id\" integer PRIMARY KEY AUTOINCREMENT NOT NULL, \"n\" varchar NOT NULL, \"m\" text, CONSTRAINT \"UQ_1\" UNIQUE (\"n\"));
     INSERT INTO \"temporary_user\"(\"id\", \"n\") SELECT \"id\", \"n\" FROM \"user\";
     DROP TABLE \"user\"; ALTER TABLE \"temporary_user\" RENAME TO \"user\";
     CREATE INDEX \"IDX_1\" ON \"user\" (\"n\");
     ALTER TABLE \"user\" RENAME TO \"temporary_user\";
     CREATE TABLE \"user\" (\"id\" integer PRIMARY KEY AUTOINCREMENT NOT NULL, \"n\" varchar NOT NULL);
     INSERT INTO \"user\"(\"id\", \"n\") SELECT \"id\", \"n\" FROM \"temporary_user\";
     DROP TABLE \"temporary_user\";",
    // Names in another spelling, and what follows a renaming.
    "CREATE TABLE Item (Id INTEGER PRIMARY KEY, Price REAL CHECK (price > 0), total GENERATED ALWAYS AS (PRICE * 2), CHECK (PRICE < 100));
     CREATE INDEX item_price ON item (PRICE) WHERE price IS NOT NULL;
     CREATE VIEW cheap AS SELECT ID, price FROM ITEM WHERE Price < 5;
     CREATE TABLE line (item_id REFERENCES ITEM (ID));
     CREATE TRIGGER t AFTER UPDATE OF PRICE ON item WHEN NEW.price > old.PRICE BEGIN SELECT 1; END;
     ALTER TABLE ITEM ADD COLUMN note TEXT COLLATE NOCASE;
     ALTER TABLE item RENAME COLUMN PRICE TO cost;
     ALTER TABLE item RENAME TO Thing;
     ALTER TABLE thing DROP COLUMN NOTE; DROP TABLE LINE; DROP INDEX ITEM_PRICE; DROP VIEW CHEAP;",
];

/// Migrations in order, each with rows that are there before it.
const MIGRATIONS: &[&[(&str, &str)]] = &[
    &[
        (
            "CREATE TABLE \"User\" (\"id\" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, \"email\" TEXT, \"old\" TEXT NOT NULL DEFAULT 'o', \"n\" INTEGER);
             CREATE TABLE \"Post\" (\"id\" INTEGER NOT NULL PRIMARY KEY, \"authorId\" INTEGER NOT NULL, \
             CONSTRAINT \"Post_authorId_fkey\" FOREIGN KEY (\"authorId\") REFERENCES \"User\" (\"id\") ON DELETE CASCADE ON UPDATE CASCADE);
             CREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\");
             CREATE TRIGGER touch AFTER UPDATE ON \"User\" BEGIN SELECT 1; END;
             CREATE VIEW names AS SELECT email FROM \"User\";",
            "",
        ),
        // Prisma's, with a column added, one dropped and one narrowed.
        (
            "PRAGMA foreign_keys=OFF;
             DROP VIEW names;
             CREATE TABLE \"new_User\" (\"id\" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, \"email\" TEXT NOT NULL, \"n\" INTEGER, \"name\" TEXT DEFAULT 'x');
             INSERT INTO \"new_User\" (\"email\", \"id\", \"n\") SELECT coalesce(\"email\", '-') AS \"email\", \"id\", \"n\" FROM \"User\";
             DROP TABLE \"User\";
             ALTER TABLE \"new_User\" RENAME TO \"User\";
             CREATE UNIQUE INDEX \"User_email_key\" ON \"User\"(\"email\");
             CREATE VIEW names AS SELECT email, name FROM \"User\";
             PRAGMA foreign_keys=ON;",
            "INSERT INTO \"User\" VALUES (1, 'a', 'p', 7), (5, NULL, 'q', NULL); INSERT INTO \"Post\" VALUES (1, 1), (2, 5);",
        ),
        ("ALTER TABLE \"User\" ADD COLUMN \"bossId\" INTEGER REFERENCES \"User\" (\"id\") ON DELETE SET NULL;
          CREATE INDEX boss ON \"User\"(\"bossId\") WHERE \"bossId\" > 0;", ""),
        ("ALTER TABLE \"User\" RENAME COLUMN \"n\" TO \"number\"; ALTER TABLE \"Post\" RENAME TO \"Article\";", ""),
        ("DROP INDEX boss; ALTER TABLE \"User\" DROP COLUMN \"bossId\"; DROP TABLE \"Article\";", ""),
        ("INSERT INTO \"User\" (\"id\", \"email\") VALUES (9, 'it''s'); UPDATE \"User\" SET \"name\" = 'y';", ""),
        ("CREATE TABLE t (a TEXT PRIMARY KEY, b) WITHOUT ROWID; ALTER TABLE t ADD COLUMN c TEXT NOT NULL DEFAULT 'z' CHECK (c <> ''); DROP TABLE t;", ""),
    ],
    // TypeORM's and Sequelize's.
    &[
        ("CREATE TABLE \"user\" (\"id\" integer PRIMARY KEY AUTOINCREMENT NOT NULL, \"n\" varchar NOT NULL, CONSTRAINT \"UQ_1\" UNIQUE (\"n\"), CONSTRAINT \"CHK_1\" CHECK (n <> ''));
          CREATE TABLE \"post\" (\"id\" integer PRIMARY KEY, \"u\" integer, CONSTRAINT \"FK_1\" FOREIGN KEY (\"u\") REFERENCES \"user\" (\"id\") ON DELETE CASCADE);
          CREATE INDEX \"IDX_1\" ON \"user\" (\"n\" COLLATE NOCASE DESC);", ""),
        ("DROP INDEX \"IDX_1\";
          CREATE TABLE \"temporary_user\" (\"id\" integer PRIMARY KEY AUTOINCREMENT NOT NULL, \"called\" varchar NOT NULL, CONSTRAINT \"UQ_1\" UNIQUE (\"called\"));
          INSERT INTO \"temporary_user\"(\"id\", \"called\") SELECT \"id\", \"n\" FROM \"user\";
          DROP TABLE \"user\"; ALTER TABLE \"temporary_user\" RENAME TO \"user\";
          CREATE INDEX \"IDX_1\" ON \"user\" (\"called\");",
         "INSERT INTO \"user\" VALUES (3, 'x'), (4, 'y'); INSERT INTO \"post\" VALUES (1, 3);"),
        ("ALTER TABLE `post` ADD `extra` TEXT;", ""),
        ("CREATE TABLE IF NOT EXISTS `post_backup` (`id` INTEGER PRIMARY KEY, `u` INTEGER);
          INSERT INTO `post_backup` SELECT `id`, `u` FROM `post`;
          DROP TABLE `post`;
          CREATE TABLE IF NOT EXISTS `post` (`id` INTEGER PRIMARY KEY, `u` INTEGER);
          INSERT INTO `post` SELECT `id`, `u` FROM `post_backup`;
          DROP TABLE `post_backup`;", "UPDATE post SET extra = 'e'"),
        // Values change places, and others are worked out, in a table that is the same afterwards.
        ("CREATE TABLE pair (id INTEGER PRIMARY KEY, x TEXT, y TEXT)", ""),
        ("CREATE TABLE new_pair (id INTEGER PRIMARY KEY, x TEXT, y TEXT); INSERT INTO new_pair (id, x, y) SELECT id, y, x FROM pair;
          DROP TABLE pair; ALTER TABLE new_pair RENAME TO pair;", "INSERT INTO pair VALUES (1, 'a', 'b')"),
        // Back again, by way of the other name.
        ("ALTER TABLE \"user\" RENAME TO \"temporary_user\";
          CREATE TABLE \"user\" (\"id\" integer PRIMARY KEY AUTOINCREMENT NOT NULL, \"n\" varchar NOT NULL, \"more\" text);
          INSERT INTO \"user\"(\"id\", \"n\") SELECT \"id\", \"called\" FROM \"temporary_user\";
          DROP TABLE \"temporary_user\";", ""),
    ],
];

/// Migrations without downs, as Prisma has them.
fn history<'s>(scripts: impl Iterator<Item = &'s str>) -> transmigrate::ir::History {
    let migration = |(number, sql): (usize, &str)| transmigrate::ir::Migration {
        name: number.to_string(),
        file: FileId(0),
        up: lower(sql, FileId(0)).value,
        down: transmigrate::ir::Down::Missing,
        transaction: transmigrate::ir::TransactionMode::None,
        down_transaction: transmigrate::ir::TransactionMode::None,
    };
    transmigrate::ir::History {
        tool: transmigrate::ir::Tool::Prisma,
        dialect: Dialect::Sqlite,
        default_schema: String::new(),
        base: Vec::new(),
        migrations: scripts.enumerate().map(migration).collect(),
    }
}

#[test]
fn what_is_made_to_undo_a_migration_undoes_it() {
    for migrations in MIGRATIONS {
        let history = history(migrations.iter().map(|(sql, _)| *sql));
        let undone = transmigrate::invert::undo(&history, transmigrate::invert::Backfill::Refuse);
        let live = Connection::open_in_memory().unwrap();
        for ((sql, rows), undo) in migrations.iter().zip(undone.value) {
            live.execute_batch("PRAGMA foreign_keys=OFF").unwrap();
            live.execute_batch(rows).unwrap();
            let before = copy(&live);
            live.execute_batch(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
            live.execute_batch("PRAGMA foreign_keys=OFF").unwrap();
            let after = copy(&live);
            let down = print_together(&undo.made.ops.iter().collect::<Vec<_>>());
            if let transmigrate::ir::Grade::Refused(reasons) = &undo.made.grade {
                panic!("refused: {sql}\n{reasons:?}");
            }
            after.execute_batch("PRAGMA foreign_keys=OFF").unwrap();
            after.execute_batch(&down).unwrap_or_else(|error| panic!("{error}: {down}"));
            let violations: i64 =
                after.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
            assert_eq!(violations, 0, "{down}");
            assert_eq!(definitions(&before), definitions(&after), "{down}");
            if undo.made.grade == transmigrate::ir::Grade::Exact {
                assert_eq!(contents(&before), contents(&after), "{down}");
            }
        }
    }
}

/// What `down` writes for the histories of the corpus, run as Prisma runs it: the file as it is, foreign keys on.
#[test]
fn what_is_written_for_prisma_undoes_each_migration() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/prisma-sqlite");
    let mut cases: Vec<_> = std::fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 1);
    for case in cases {
        let place = tempfile::tempdir().unwrap();
        for entry in walkdir::WalkDir::new(&case).into_iter().map(Result::unwrap) {
            let to = place.path().join(entry.path().strip_prefix(&case).unwrap());
            match entry.file_type().is_dir() {
                true => std::fs::create_dir_all(to).unwrap(),
                false => drop(std::fs::copy(entry.path(), to).unwrap()),
            }
        }
        let run = run_in(place.path(), &["down", "--write"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let folder = place.path().join("prisma/migrations");
        let mut migrations: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        migrations.retain(|path| path.is_dir());
        migrations.sort();
        let live = Connection::open_in_memory().unwrap();
        live.execute_batch("PRAGMA foreign_keys=ON").unwrap();
        for migration in migrations {
            let name = migration.file_name().unwrap().to_string_lossy().into_owned();
            let shown = format!("{}: {name}", case.display());
            if let Ok(rows) = std::fs::read_to_string(case.join(format!("rows/{name}.sql"))) {
                live.execute_batch(&rows).unwrap_or_else(|error| panic!("{shown}: {error}"));
            }
            let before = copy(&live);
            let up = std::fs::read_to_string(migration.join("migration.sql")).unwrap();
            live.execute_batch(&up).unwrap_or_else(|error| panic!("{shown}: {error}"));
            let after = copy(&live);
            after.execute_batch("PRAGMA foreign_keys=ON").unwrap();
            let down = std::fs::read_to_string(migration.join("down.sql")).unwrap();
            let ran = after.execute_batch(&down);
            if down.contains("-- Grade: refused") {
                assert!(ran.is_err(), "{shown}");
                assert_eq!(contents(&live), contents(&after), "{shown}");
                continue;
            }
            ran.unwrap_or_else(|error| panic!("{shown}: {error}\n{down}"));
            let violations: i64 =
                after.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0)).unwrap();
            assert_eq!(violations, 0, "{shown}\n{down}");
            assert_eq!(definitions(&before), definitions(&after), "{shown}\n{down}");
            if down.contains("-- Grade: exact") {
                assert_eq!(contents(&before), contents(&after), "{shown}\n{down}");
                // What the up itself has forgotten does not come back.
                let counted = counters(&after);
                let forgotten = |table: &String, count: &i64| counted.get(table).is_some_and(|found| found < count);
                let lost: Vec<_> =
                    counters(&live).into_iter().filter(|(table, count)| forgotten(table, count)).collect();
                assert_eq!(lost, [], "{shown}\n{down}");
            }
        }
    }
}

/// How far each table has counted.
fn counters(db: &Connection) -> BTreeMap<String, i64> {
    let Ok(mut statement) = db.prepare("SELECT name, seq FROM sqlite_sequence") else { return BTreeMap::new() };
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_down_stops_where_a_key_that_comes_back_does_not_hold() {
    let place = tempfile::tempdir().unwrap();
    let migration = |name: &str, sql: &str| {
        let folder = place.path().join("prisma/migrations").join(name);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("migration.sql"), sql).unwrap();
    };
    let table = "id INTEGER PRIMARY KEY, up INTEGER";
    migration("1_a", &format!("CREATE TABLE a ({table} REFERENCES a (id));"));
    migration(
        "2_b",
        &format!(
            "PRAGMA foreign_keys=OFF; CREATE TABLE new_a ({table}); INSERT INTO new_a (id, up) SELECT id, up FROM a; \
             DROP TABLE a; ALTER TABLE new_a RENAME TO a; PRAGMA foreign_keys=ON;"
        ),
    );
    std::fs::write(place.path().join("prisma/migrations/migration_lock.toml"), "provider = \"sqlite\"\n").unwrap();
    assert_eq!(run_in(place.path(), &["down", "--write"]).code, 0);
    let read = |path: &str| std::fs::read_to_string(place.path().join("prisma/migrations").join(path)).unwrap();
    for (row, stops) in [("(1, NULL), (2, 1)", false), ("(1, 7)", true)] {
        let live = Connection::open_in_memory().unwrap();
        live.execute_batch("PRAGMA foreign_keys=ON").unwrap();
        live.execute_batch(&(read("1_a/migration.sql") + &read("2_b/migration.sql"))).unwrap();
        live.execute_batch(&format!("INSERT INTO a VALUES {row}")).unwrap();
        let ran = live.execute_batch(&read("2_b/down.sql"));
        assert_eq!(ran.is_err(), stops, "{ran:?}");
    }
}

#[test]
fn what_values_were_is_not_said_to_come_back() {
    let table = "(id INTEGER PRIMARY KEY, x TEXT, y TEXT)";
    let of_values = ["id, x, x", "id, upper(x), y", "id, NULL, y", "id + 1, x, y"].map(|values| (table, table, values));
    let of_tables = [
        // A key that is NULL gets a number.
        ("(id INT PRIMARY KEY, x TEXT, y TEXT)", table),
        // A text of digits becomes a number.
        ("(id INTEGER PRIMARY KEY, x ANY, y TEXT) STRICT", "(id INTEGER PRIMARY KEY, x NUMERIC, y TEXT)"),
        // Nothing is left of how far it had counted.
        ("(id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT, y TEXT)", table),
    ]
    .map(|(before, after)| (before, after, "id, x, y"));
    for (table, after, values) in of_values.into_iter().chain(of_tables) {
        let anew = format!(
            "CREATE TABLE new_a {after}; INSERT INTO new_a (id, x, y) SELECT {values} FROM a; DROP TABLE a; \
             ALTER TABLE new_a RENAME TO a;"
        );
        let history = history([format!("CREATE TABLE a {table};").as_str(), &anew].into_iter());
        let undone = transmigrate::invert::undo(&history, transmigrate::invert::Backfill::Refuse).value;
        assert!(
            matches!(undone[1].made.grade, transmigrate::ir::Grade::SchemaOnly(_)),
            "{table} {after} {values}: {:?}",
            undone[1].made.grade
        );
    }
}

#[test]
fn rows_that_foreign_keys_take_along_are_named() {
    let anew = "CREATE TABLE new_a (id INTEGER PRIMARY KEY, x TEXT); INSERT INTO new_a (id) SELECT id FROM a; \
                DROP TABLE a; ALTER TABLE new_a RENAME TO a;";
    let tables = "CREATE TABLE a (id INTEGER PRIMARY KEY); \
                  CREATE TABLE b (a INTEGER REFERENCES a (id) ON DELETE CASCADE, c INTEGER REFERENCES a (id) ON DELETE SET NULL);";
    let grade = |up: &str| {
        let history = history([tables, up].into_iter());
        transmigrate::invert::undo(&history, transmigrate::invert::Backfill::Refuse).value[1].made.grade.clone()
    };
    let transmigrate::ir::Grade::SchemaOnly(lost) = grade(anew) else { panic!("{:?}", grade(anew)) };
    assert_eq!(
        lost,
        [
            "rows of b, which refer to a, unless foreign keys are off",
            "former values of column b.c, which refer to a, unless foreign keys are off"
        ]
    );
    assert_eq!(grade(&format!("PRAGMA foreign_keys=OFF; {anew}")), transmigrate::ir::Grade::Exact);
}

/// What is done by the dialect goes by the one that is asked for, else by the project's own.
#[test]
fn the_dialect_is_asked_for_or_found() {
    let script = "exports.up = async (knex) => {\n  const lite = knex.client.config.client.includes('sqlite');\n  \
                  await knex.schema.createTable(lite ? 'lite' : 'large', (table) => table.increments());\n};\n\
                  exports.down = async () => {};\n";
    for (clients, asked, named) in [
        ("a: { client: 'pg' }, b: { client: 'sqlite3' }", Some("sqlite"), "lite"),
        ("a: { client: 'pg' }, b: { client: 'sqlite3' }", None, "large"),
        ("a: { client: 'better-sqlite3' }", None, "lite"),
        ("a: { client: 'pg' }", Some("sqlite"), "lite"),
    ] {
        let project = super::program::Project::empty();
        project.put("knexfile.js", format!("module.exports = {{ {clients} }};"));
        project.put("migrations/20240101000000_a.js", script);
        let mut arguments = vec!["show", "--format", "sql"];
        arguments.extend(asked.iter().flat_map(|dialect| ["--dialect", dialect]));
        let run = project.run(&arguments);
        assert!(run.stdout.contains(&format!("CREATE TABLE \"{named}\"")), "{clients}: {}\n{}", run.stdout, run.stderr);
    }
}

/// A down that would drop a table to which others refer is not written where the tool runs it in a transaction.
#[test]
fn a_down_that_would_take_rows_along_is_not_written() {
    let project = super::program::Project::empty();
    project.put("knexfile.js", "module.exports = { client: 'better-sqlite3' };");
    let scripts = [
        "await knex.schema.createTable('a', (t) => { t.increments(); t.string('x'); });\n  \
         await knex.schema.createTable('b', (t) => t.integer('a').references('id').inTable('a').onDelete('CASCADE'));",
        "await knex.schema.alterTable('a', (t) => t.string('x').notNullable().alter());",
    ];
    for (number, script) in scripts.iter().enumerate() {
        let text =
            format!("exports.up = async (knex) => {{\n  {script}\n}};\n\nexports.down = async (knex) => {{}};\n");
        project.put(&format!("migrations/2024010{number}000000_a.js"), text);
    }
    let run = project.run(&["down", "--write"]);
    run.exits(0).says(&["D006", "it drops table a, to which others refer"]);
    assert!(project.read("migrations/20240100000000_a.js").contains("dropTable('b')"));
    assert!(!project.read("migrations/20240101000000_a.js").contains("made by transmigrate"));
}
