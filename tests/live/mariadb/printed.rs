//! What is understood, printed and run makes the same database as what was written; what is not understood is carried.

use super::server::Server;
use transmigrate::ir::{Dialect, Op, Step};
use transmigrate::source::FileId;
use transmigrate::sql::lower;
use transmigrate::sql::mysql::{in_one_statement, print_together};

/// Scripts that each begin on an empty database.
pub const SCRIPTS: &[&str] = &[
    // As Prisma writes.
    "CREATE TABLE `User` (
        `id` INTEGER NOT NULL AUTO_INCREMENT,
        `email` VARCHAR(191) NOT NULL,
        `name` VARCHAR(191) NULL,
        `role` ENUM('USER', 'ADMIN') NOT NULL DEFAULT 'USER',
        `at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
        `score` DECIMAL(65, 30) NOT NULL DEFAULT -1.5,
        `flag` BOOLEAN NOT NULL DEFAULT true,
        `data` JSON NOT NULL, `big` BIGINT UNSIGNED NULL, `bytes` LONGBLOB NULL,
        UNIQUE INDEX `User_email_key`(`email`),
        INDEX `User_name_idx`(`name`(20) DESC),
        FULLTEXT INDEX `User_name_email_idx`(`name`, `email`),
        PRIMARY KEY (`id`)
    ) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    CREATE TABLE `Post` (`id` INTEGER NOT NULL AUTO_INCREMENT, `authorId` INTEGER NULL, `title` TEXT NOT NULL, PRIMARY KEY (`id`))
    DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
    ALTER TABLE `Post` ADD CONSTRAINT `Post_authorId_fkey` FOREIGN KEY (`authorId`) REFERENCES `User`(`id`) ON DELETE SET NULL ON UPDATE CASCADE;
    ALTER TABLE `Post` ADD COLUMN `views` INTEGER NOT NULL DEFAULT 0, MODIFY `title` VARCHAR(255) NOT NULL, DROP PRIMARY KEY, ADD PRIMARY KEY (`id`);
    ALTER TABLE `User` MODIFY `role` ENUM('USER', 'ADMIN', 'OWNER') NOT NULL DEFAULT 'USER';
    CREATE UNIQUE INDEX `Post_title_key` ON `Post`(`title`);
    DROP INDEX `Post_title_key` ON `Post`;
    ALTER TABLE `Post` DROP FOREIGN KEY `Post_authorId_fkey`;
    DROP INDEX `Post_authorId_fkey` ON `Post`;
    ALTER TABLE `Post` DROP COLUMN `views`, ADD COLUMN `n` INT FIRST;",
    "create table p(id int primary key, a int unique, b int unsigned zerofill, key(b), index using btree (a), key `x` (b desc));
     create table t(a int, b int(5), c varchar(50) character set latin1 collate latin1_bin, key(a), unique(a), key(a,b),
        fulltext key(c), constraint fk foreign key ix (a) references p(id), foreign key (b) references p(id) on delete no action on update restrict,
        check (a>0), constraint k check(b>0), d int comment 'it''s' check (d > 1), e int default (1+2), f int default (1),
        g timestamp, h timestamp not null default '2020-01-01 00:00:00', i datetime(3) default now(3) on update current_timestamp(3),
        j bool default false, l double precision, m dec, n national varchar(4), q enum('a','b') default 'a', r set('x','y'),
        u year(4), v bit(3) default b'101', w float(7,3), aa int as (a+1), bb int generated always as (a+2) stored,
        cc binary(3) default x'616263', dd tinyint unsigned default 1, ee int references p(id) on delete cascade,
        ff varchar(36) default (uuid()), gg longtext invisible, hh uuid, ii inet6, jj text default _latin1'x', kk point)
        engine=innodb, comment='x; -- y' auto_increment = 7 row_format=dynamic stats_persistent=1;
     create table o(a int, b int, foreign key (a, b) references pp(id, a), key(a), key(b)) engine=myisam;
     create table o2(a int, b int, foreign key (a) references p(id), key(b), c int unique);
     alter table t add key mine (b) comment 'k', drop foreign key t_ibfk_1, add constraint zz foreign key (b) references p(id);
     alter table t drop constraint k, drop constraint CONSTRAINT_1, alter f set default 3, alter column dd drop default, rename column q to qq;
     alter table t modify column e bigint after b, change d dx int not null default 4 first, add (new1 int, new2 int not null), add new3 int after new1;
     alter table t engine=InnoDB, comment 'z', algorithm=copy, lock=shared;
     alter table p convert to character set utf8mb4 collate utf8mb4_bin;
     alter table t rename key mine to theirs, rename to t2;
     rename table t2 to t3, p to p2; rename table p2 to p;
     alter table if exists t3 drop column if exists nil, add column if not exists nothing int; alter table t3 drop index if exists none, add index if not exists i9 (nothing);
     alter table t3 default charset latin1;",
    "CREATE TABLE `we``ird table` (`a b` INT DEFAULT 1, `sel;ect` VARCHAR(9) DEFAULT 'a\\'b\"c\\\\' COMMENT \"say \"\"hi\"\" it's\") # a note; here
     ;
     CREATE TABLE log(a text, b int); -- another; note
     CREATE TRIGGER tr AFTER UPDATE ON `we``ird table` FOR EACH ROW
     BEGIN
        -- inside; of it
        DECLARE n INT DEFAULT 0;
        IF NEW.`a b` > 1 THEN INSERT INTO log (a) VALUES (CASE WHEN 1 THEN 'a;b' ELSE 'end' END); ELSEIF 2 THEN SET n = IF(1, 2, 3); END IF;
        lp: LOOP SET n = n + 1; IF n > 3 THEN LEAVE lp; END IF; END LOOP lp;
        WHILE n > 0 DO SET n = n - 1; END WHILE;
        REPEAT SET n = n + 1; UNTIL n > 2 END REPEAT;
        CASE n WHEN 1 THEN SET n = 2; ELSE BEGIN END; END CASE;
     END;
     CREATE TRIGGER tr0 BEFORE INSERT ON log FOR EACH ROW SET NEW.b = REPEAT('1', 2);
     CREATE TRIGGER tr1 BEFORE INSERT ON log FOR EACH ROW PRECEDES tr0 IF NEW.b IS NULL THEN SET NEW.b = 1; END IF;
     CREATE DEFINER=`root`@`localhost` PROCEDURE pr(IN a INT, OUT b INT) SQL SECURITY INVOKER COMMENT 'c' BEGIN SELECT a; SET b = a; END;
     CREATE FUNCTION fn(a INT, b VARCHAR(10)) RETURNS VARCHAR(20) DETERMINISTIC RETURN CONCAT(a, b);
     CREATE OR REPLACE FUNCTION fn(a INT) RETURNS INT READS SQL DATA BEGIN DECLARE x INT; SELECT COUNT(*) INTO x FROM log; RETURN x; END;
     CREATE EVENT ev ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE DO DELETE FROM log;
     CREATE OR REPLACE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW vw (x, y) AS SELECT a, b FROM log WHERE b > 0 WITH CASCADED CHECK OPTION;
     CREATE VIEW gone AS SELECT 1 AS one; DROP VIEW IF EXISTS gone; DROP TRIGGER tr0; DROP PROCEDURE pr; DROP FUNCTION IF EXISTS nothing; DROP EVENT ev;
     CREATE TABLE one LIKE log; DROP TABLE IF EXISTS one, none; CREATE TEMPORARY TABLE tmp (a INT); DROP TABLE tmp;",
    "/*!40101 SET NAMES utf8mb4 */;
     /*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
     CREATE TABLE t (a INT) /*!50100 PARTITION BY RANGE (a) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE) */;
     /*!50001 CREATE ALGORITHM=UNDEFINED */ /*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
     /*!50001 VIEW v AS SELECT t.a AS a FROM t */;
     /*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER tr AFTER INSERT ON t FOR EACH ROW BEGIN SET @x = 1; END */;
     SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS;",
    "SET NAMES utf8mb4; SET @a = 1, SESSION sql_mode = 'STRICT_ALL_TABLES'; SET FOREIGN_KEY_CHECKS = 0; SET @@session.unique_checks = 1;
     CREATE TABLE /*! a */ (id INT PRIMARY KEY AUTO_INCREMENT, b VARCHAR(10) UNIQUE, c INT) /*M!100201 COMMENT='m' */ /*!99999 COMMENT='n' */;
     INSERT INTO a (b, c) VALUES ('x', 1), ('y', (SELECT 2)); INSERT INTO a SET b = 'w', c = 3; INSERT INTO a VALUE (DEFAULT, 'q', 4);
     INSERT IGNORE INTO a (b) SELECT b FROM a; INSERT INTO a (b, c) VALUES ('x', 9) ON DUPLICATE KEY UPDATE c = VALUES(c) + 1, b = 'xx';
     REPLACE INTO a (id, b) VALUES (1, 'v'); UPDATE a SET c = 7, a.b = 'zz' WHERE id = 2; DELETE FROM a WHERE c = 3; TRUNCATE TABLE a;
     INSERT INTO a () VALUES (); START TRANSACTION; UPDATE a SET c = 1; COMMIT; LOCK TABLES a WRITE; UNLOCK TABLES; SELECT 1;",
];

/// Each statement's operations, together.
pub fn statements(text: &str) -> Vec<Vec<Op>> {
    let script = lower(Dialect::Mariadb, text, FileId(0));
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

/// Fails with what differs.
pub fn same(wanted: &[String], found: &[String], what: &str) {
    let only = |of: &[String], other: &[String]| -> Vec<String> {
        of.iter().filter(|entry| !other.contains(entry)).cloned().collect()
    };
    let (missing, beside) = (only(wanted, found), only(found, wanted));
    assert!(wanted == found, "{what}\nwanted: {missing:#?}\nfound: {beside:#?}");
}

#[test]
fn mariadb_what_is_printed_again_makes_the_same_database() {
    let Some(server) = Server::from_environment() else { return };
    for script in SCRIPTS {
        let (mut written, mut printed) = (server.database(), server.database());
        written.run(script).unwrap_or_else(|error| panic!("{error}: {script}"));
        for statement in statements(script) {
            let ops: Vec<&Op> = statement.iter().collect();
            let sql = print_together(&ops);
            printed.run(&sql).unwrap_or_else(|error| panic!("{error}: {sql}"));
            assert_eq!(statements(&sql), vec![statement.clone()], "{sql}");
            assert!(in_one_statement(&ops), "{sql}");
        }
        same(&written.catalogue(), &printed.catalogue(), script);
        assert_eq!(written.contents(), printed.contents());
    }
}

#[test]
fn mariadb_what_is_not_understood_is_carried() {
    for sql in [
        "CREATE TABLE x.a (b INT)",
        "CREATE TABLE a (b SERIAL)",
        "CREATE TABLE a (b INT, )",
        "CREATE TABLE a ()",
        "CREATE TABLE a (b INT) DATA DIRECTORY = '/tmp'",
        "CREATE OR REPLACE TABLE a (b INT)",
        "CREATE TABLE a (b INT) AS SELECT 1 AS c",
        "CREATE TABLE a (b INT, PRIMARY KEY (b DESC))",
        "CREATE TABLE a (b INT, FOREIGN KEY (b) REFERENCES c (d) MATCH FULL)",
        "ALTER TABLE a DROP COLUMN b, ADD COLUMN b INT",
        "ALTER TABLE a RENAME COLUMN b TO c, RENAME COLUMN c TO b",
        "ALTER TABLE a ADD PARTITION (PARTITION p VALUES LESS THAN (1))",
        "ALTER TABLE a DROP COLUMN b TYPE int",
        "ALTER DATABASE CHARACTER SET latin1",
        "SET GLOBAL sql_mode = ''",
        "SET sql_mode = 'ANSI_QUOTES'",
        "USE other",
        "PREPARE s FROM 'DROP TABLE a'",
        "EXECUTE s",
        "CALL p()",
        "ROLLBACK",
        "UPDATE a, b SET a.c = 1",
        "DELETE a FROM a JOIN b",
        "LOAD DATA INFILE 'x' INTO TABLE a",
        "CREATE TABLE a (b INT) /*!200000 COMMENT='x' */",
        "DELIMITER ;;",
        "GRANT ALL ON *.* TO x",
        "CREATE PROCEDURE p() BEGIN SELECT 1;",
        "CREATE INDEX a ON b ((c + 1))",
        "SELECT 'a' 'b'",
    ] {
        let script = lower(Dialect::Mariadb, sql, FileId(0)).value;
        assert!(matches!(script.steps.as_slice(), [Step { op: Op::Sql { .. }, .. }]), "{sql}: {script:?}");
    }
    for sql in [
        "CREATE TABLE a (b INT, CHECK (b > 1))",
        "CREATE TABLE a (b INT CHECK (b > 1))",
        "ALTER TABLE a ADD FOREIGN KEY only_its_index (b) REFERENCES c (d)",
        "CREATE TABLE a (b INT REFERENCES c (d))",
        "CREATE TABLE a (b INT); CREATE INDEX c ON a (b); DROP INDEX IF EXISTS c ON a",
    ] {
        let script = lower(Dialect::Mysql, sql, FileId(0)).value;
        assert!(matches!(script.steps.last(), Some(Step { op: Op::Sql { .. }, .. })), "{sql}: {script:?}");
    }
}

#[test]
fn mariadb_what_changes_how_the_rest_is_read_has_it_carried() {
    for sql in ["USE other; CREATE TABLE a (b INT)", "SET sql_mode = 'ANSI'; CREATE TABLE a (b INT)"] {
        let script = lower(Dialect::Mariadb, sql, FileId(0)).value;
        assert!(script.steps.iter().all(|step| matches!(step.op, Op::Sql { .. })), "{sql}: {script:?}");
        assert_eq!(script.steps.len(), 2, "{sql}");
    }
}

#[test]
fn mariadb_statements_end_where_the_client_is_told() {
    let sql = "DELIMITER //\nCREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.b = 1; END//\nDELIMITER $$\n\
               CREATE TRIGGER u BEFORE INSERT ON a FOR EACH ROW SET NEW.b = 1$$ DROP TABLE a$$\nDELIMITER ;\nDROP TABLE b;";
    let script = lower(Dialect::Mariadb, sql, FileId(0)).value;
    let kinds: Vec<&str> = script.steps.iter().map(|step| step.op.kind()).collect();
    assert_eq!(kinds, ["sql", "create_trigger", "sql", "create_trigger", "drop", "sql", "drop"]);
}
