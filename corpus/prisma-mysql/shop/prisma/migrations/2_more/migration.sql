/*
  Warnings:
  - You are about to drop the column `name` on the `User` table. All the data in the column will be lost.
*/
-- AlterTable
ALTER TABLE `User` DROP COLUMN `name`,
    ADD COLUMN `role` ENUM('USER', 'ADMIN') NOT NULL DEFAULT 'USER',
    MODIFY `email` VARCHAR(100) NOT NULL;
-- AlterTable
ALTER TABLE `Post` ADD COLUMN `at` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3);
