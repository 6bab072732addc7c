//! What undoes a migration undoes it: the catalogue is what it was, the order of columns included, and where the way back is
//! graded exact the rows are.

use super::printed::same;
use super::replayed::definitions;
use super::server::Server;
use transmigrate::invert::{Backfill, undo};
use transmigrate::ir::{Dialect, Down, Grade, History, Migration, Op, Tool, TransactionMode};
use transmigrate::source::FileId;
use transmigrate::sql::lower;
use transmigrate::sql::mysql::{Server as Spoken, print_together, together};

/// Migrations in order, each with rows that are there before it and whether its way back is exact; `None`: refused.
type Steps = &'static [(&'static str, &'static str, Option<bool>)];

const MIGRATIONS: &[Steps] = &[
    // As Prisma writes.
    &[
        ("CREATE TABLE `User` (`id` INTEGER NOT NULL AUTO_INCREMENT, `email` VARCHAR(191) NOT NULL, `name` VARCHAR(50) NULL, `old` INT NULL, \
          UNIQUE INDEX `User_email_key`(`email`), PRIMARY KEY (`id`)) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
          CREATE TABLE `Post` (`id` INTEGER NOT NULL AUTO_INCREMENT, `authorId` INTEGER NULL, `title` VARCHAR(20) NOT NULL, INDEX `Post_title_idx`(`title`), \
          PRIMARY KEY (`id`)) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
          ALTER TABLE `Post` ADD CONSTRAINT `Post_authorId_fkey` FOREIGN KEY (`authorId`) REFERENCES `User`(`id`) ON DELETE SET NULL ON UPDATE CASCADE;",
         "", Some(true)),
        ("ALTER TABLE `User` DROP COLUMN `old`, ADD COLUMN `role` ENUM('USER', 'ADMIN') NOT NULL DEFAULT 'USER', MODIFY `name` VARCHAR(191) NULL;",
         "INSERT INTO User (email, name, old) VALUES ('a', 'n', 7), ('b', NULL, NULL); INSERT INTO Post (authorId, title) VALUES (1, 't'), (NULL, 'u');",
         Some(false)),
        ("ALTER TABLE `Post` DROP FOREIGN KEY `Post_authorId_fkey`;
          DROP INDEX `Post_authorId_fkey` ON `Post`;
          DROP INDEX `Post_title_idx` ON `Post`;
          ALTER TABLE `Post` MODIFY `authorId` BIGINT NULL;
          CREATE UNIQUE INDEX `Post_title_key` ON `Post`(`title`);", "", Some(true)),
        ("ALTER TABLE `User` MODIFY `role` ENUM('USER', 'ADMIN', 'OWNER') NOT NULL DEFAULT 'ADMIN'; ALTER TABLE `User` ALTER COLUMN `role` DROP DEFAULT;", "", Some(true)),
        ("ALTER TABLE `User` MODIFY `name` VARCHAR(10) NULL;", "", Some(false)),
        ("ALTER TABLE `User` DROP PRIMARY KEY, MODIFY `id` INTEGER NOT NULL, ADD COLUMN `key` INT NOT NULL AUTO_INCREMENT FIRST, ADD PRIMARY KEY (`key`);", "", Some(true)),
        ("ALTER TABLE `User` RENAME TO `Person`; ALTER TABLE `Person` RENAME COLUMN `email` TO `mail`; ALTER TABLE `Person` RENAME INDEX `User_email_key` TO `Person_mail_key`;", "", Some(true)),
        // The server stops at neither, because they are undone together.
        ("CREATE TABLE `Line` (`i` INT PRIMARY KEY, `pid` INT, CONSTRAINT `Line_fk` FOREIGN KEY (`pid`) REFERENCES `Post` (`id`));", "", Some(true)),
        ("ALTER TABLE `Line` DROP PRIMARY KEY, ADD COLUMN `k` INT AUTO_INCREMENT PRIMARY KEY FIRST; CREATE INDEX `cov` ON `Line` (`pid`, `i`);", "", Some(true)),
        ("ALTER TABLE `Line` DROP FOREIGN KEY `Line_fk`; ALTER TABLE `Post` MODIFY `id` BIGINT NOT NULL AUTO_INCREMENT; ALTER TABLE `Line` MODIFY `pid` BIGINT;
          ALTER TABLE `Line` ADD CONSTRAINT `Line_fk` FOREIGN KEY (`pid`) REFERENCES `Post` (`id`) ON DELETE CASCADE;", "", Some(true)),
        ("SET FOREIGN_KEY_CHECKS = 0; DROP TABLE `Post`; CREATE TABLE `Post` (`id` BIGINT PRIMARY KEY); SET FOREIGN_KEY_CHECKS = 1;", "", Some(false)),
        ("DROP TABLE `Line`;", "", Some(false)),
        ("DROP TABLE `Post`; CREATE TABLE `Extra` (`id` INT PRIMARY KEY);", "", Some(false)),
    ],
    // Columns in their order, under other names and definitions.
    &[
        ("CREATE TABLE t (a INT, b VARCHAR(20) NOT NULL DEFAULT 'x' COMMENT 'c', c INT CHECK (c > 0), d DATETIME(3) DEFAULT NOW(3) ON UPDATE NOW(3), \
          e INT AS (a + 1), f TEXT, KEY (a), UNIQUE (b), CHECK (a < 100)) COMMENT = 'one';", "", Some(true)),
        ("ALTER TABLE t MODIFY f TEXT FIRST, MODIFY a BIGINT AFTER d, DROP INDEX a, ADD KEY other (a, c);", "INSERT INTO t (a, b, c, f) VALUES (1, 'p', 2, 'f'), (5, 'q', NULL, NULL);", Some(true)),
        ("ALTER TABLE t CHANGE b bee VARCHAR(30) NULL AFTER c; ALTER TABLE t CHANGE COLUMN a aa BIGINT;", "", Some(true)),
        ("ALTER TABLE t DROP COLUMN c, DROP CONSTRAINT CONSTRAINT_1, ADD COLUMN g INT NOT NULL DEFAULT 3 AFTER f;", "", Some(false)),
        ("ALTER TABLE t MODIFY e INT AS (aa + 2), COMMENT = 'two'; ALTER TABLE t ADD COLUMN h INT AS (g * 2) STORED, ADD KEY (h);", "", Some(true)),
        ("ALTER TABLE t MODIFY d DATETIME(0);", "", Some(false)),
        ("ALTER TABLE t AUTO_INCREMENT = 50, ALGORITHM = COPY;", "", Some(true)),
    ],
    // Objects beside tables.
    &[
        ("CREATE TABLE a (x INT, y INT); CREATE TABLE log (x INT);
          CREATE TRIGGER t1 AFTER INSERT ON a FOR EACH ROW INSERT INTO log VALUES (NEW.x);
          CREATE TRIGGER t2 AFTER INSERT ON a FOR EACH ROW BEGIN INSERT INTO log VALUES (NEW.y); END;
          CREATE VIEW v AS SELECT x FROM a; CREATE PROCEDURE p() SELECT 1;", "", Some(true)),
        ("DROP TRIGGER t2; CREATE OR REPLACE VIEW v AS SELECT x, y FROM a; DROP PROCEDURE p; CREATE FUNCTION f() RETURNS INT RETURN 2;", "INSERT INTO a VALUES (1, 2);", Some(true)),
        ("CREATE OR REPLACE TRIGGER t1 AFTER INSERT ON a FOR EACH ROW SET @x = 1; DROP VIEW v; RENAME TABLE a TO b;", "", Some(true)),
        ("INSERT INTO log VALUES (7); UPDATE log SET x = 8;", "", Some(false)),
        ("CREATE TABLE one (i INT PRIMARY KEY, j INT, KEY (j)); CREATE TABLE two (i INT PRIMARY KEY, j INT, CONSTRAINT two_one FOREIGN KEY (j) REFERENCES one (i));
          ALTER TABLE one ADD CONSTRAINT one_two FOREIGN KEY (j) REFERENCES two (i);", "", Some(true)),
        ("SET @s = 'ALTER TABLE log ADD hidden INT'; PREPARE s FROM @s; EXECUTE s;", "", None),
        ("ALTER TABLE log ADD COLUMN shown INT;", "", None),
        ("CREATE TABLE fresh (i INT);", "", Some(true)),
    ],
    // What the server does beside what is said.
    &[
        ("CREATE TABLE t (id INT PRIMARY KEY, a TIMESTAMP NULL, d DECIMAL(6,3), s VARCHAR(20), KEY p (s(20)),
            u DATETIME(3) NOT NULL DEFAULT '2020-01-01' ON UPDATE CURRENT_TIMESTAMP(3));
          CREATE TABLE n (i INT);", "", Some(true)),
        ("ALTER TABLE t ADD COLUMN slug VARCHAR(10); UPDATE t SET slug = 'x';",
            "INSERT INTO t (id, a, d, s) VALUES (1, NULL, 1.234, 'abc');", Some(false)),
        ("ALTER TABLE t MODIFY a TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP;", "UPDATE t SET a = NULL;", Some(false)),
        ("ALTER TABLE t CHANGE d e DECIMAL(6,1);", "", Some(false)),
        ("ALTER TABLE t MODIFY s VARCHAR(40);", "", Some(true)),
        ("DROP INDEX p ON t;", "", Some(true)),
        ("CREATE VIEW v AS SELECT id, s FROM t; RENAME TABLE v TO w;", "", Some(true)),
        ("RENAME TABLE w TO v;", "", Some(true)),
        ("CREATE FUNCTION f() RETURNS INT BEGIN UPDATE t SET s = 'f'; RETURN 1; END;", "", Some(true)),
        ("INSERT INTO n VALUES (f());", "", Some(false)),
        ("CREATE VIEW x AS SELECT * FROM n;", "", None),
    ],
];

/// Migrations without downs, as Prisma has them.
fn history(steps: Steps) -> History {
    let migration = |(number, (sql, ..)): (usize, &(&str, &str, Option<bool>))| Migration {
        name: number.to_string(),
        file: FileId(0),
        up: lower(Dialect::Mariadb, sql, FileId(0)).value,
        down: Down::Missing,
        transaction: TransactionMode::None,
        down_transaction: TransactionMode::None,
    };
    History {
        tool: Tool::Prisma,
        dialect: Dialect::Mariadb,
        default_schema: String::new(),
        base: Vec::new(),
        migrations: steps.iter().enumerate().map(migration).collect(),
    }
}

/// A script of operations, as it is written for Prisma.
fn script(ops: &[Op]) -> String {
    let runs = together(Spoken::of(Dialect::Mariadb), ops);
    runs.into_iter().map(|run| print_together(&run.iter().collect::<Vec<_>>()) + ";\n").collect()
}

#[test]
fn mariadb_what_is_made_to_undo_a_migration_undoes_it() {
    let Some(server) = Server::from_environment() else { return };
    for steps in MIGRATIONS {
        let undone = undo(&history(steps), Backfill::Refuse).value;
        let mut live = server.database();
        for ((sql, rows, exact), undo) in steps.iter().zip(undone) {
            live.run(rows).unwrap_or_else(|error| panic!("{error}: {rows}"));
            let (catalogue, contents) = (definitions(&mut live), live.contents());
            let grade = match &undo.made.grade {
                Grade::Exact => Some(true),
                Grade::SchemaOnly(_) => Some(false),
                Grade::Refused(_) => None,
            };
            assert_eq!(grade, *exact, "{sql}\n{:?}", undo.made.grade);
            if grade.is_none() {
                live.run(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
                continue;
            }
            let down = script(&undo.made.ops);
            live.run(sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
            live.run(&down).unwrap_or_else(|error| panic!("{error}: {sql}\n--\n{down}"));
            same(&catalogue, &definitions(&mut live), &format!("{sql}\n--\n{down}"));
            if grade == Some(true) {
                same(&contents, &live.contents(), &down);
            }
            // The way there again, for what comes after it.
            live.run(sql).unwrap_or_else(|error| panic!("{error}: {sql} once more"));
        }
    }
}
