-- AlterTable
ALTER TABLE `User` CHANGE COLUMN `email` `mail` VARCHAR(100) NOT NULL COMMENT 'where it goes';
ALTER TABLE `User` RENAME INDEX `User_email_key` TO `User_mail_key`;
RENAME TABLE `Post` TO `Article`;
DROP VIEW `titles`;
