-- Written by hand: what Prisma has no word for.
ALTER TABLE `Post` ADD COLUMN `slug` VARCHAR(191) AS (LOWER(`title`)) STORED AFTER `title`;
CREATE INDEX `Post_slug_idx` ON `Post`(`slug`(50));
CREATE FULLTEXT INDEX `Post_title_idx` ON `Post`(`title`);
CREATE VIEW `titles` AS SELECT `id`, `title` FROM `Post` WHERE `authorId` IS NOT NULL;
CREATE TRIGGER `post_title` BEFORE INSERT ON `Post` FOR EACH ROW
BEGIN
    IF NEW.`title` = '' THEN
        SET NEW.`title` = 'untitled; as yet';
    END IF;
END;
ALTER TABLE `User` ADD CONSTRAINT `User_email_check` CHECK (CHAR_LENGTH(`email`) > 2);
