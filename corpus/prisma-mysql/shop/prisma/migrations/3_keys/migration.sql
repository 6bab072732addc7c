-- DropForeignKey
ALTER TABLE `Post` DROP FOREIGN KEY `Post_authorId_fkey`;
-- DropIndex
DROP INDEX `Post_authorId_fkey` ON `Post`;
-- AlterTable
ALTER TABLE `Post` MODIFY `authorId` INTEGER NULL;
-- AddForeignKey
ALTER TABLE `Post` ADD CONSTRAINT `Post_authorId_fkey` FOREIGN KEY (`authorId`) REFERENCES `User`(`id`) ON DELETE SET NULL ON UPDATE CASCADE;
