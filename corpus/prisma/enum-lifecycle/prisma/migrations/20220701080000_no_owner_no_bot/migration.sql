/*
  Warnings:

  - The values [BOT,MODERATOR,OWNER] on the enum `Role` will be removed. If these variants are still used in the database, this will fail.

*/
UPDATE "User" SET "role" = 'ADMIN' WHERE "role" = 'OWNER';
UPDATE "User" SET "pastRoles" = array_remove(array_remove(array_remove("pastRoles", 'OWNER'), 'BOT'), 'MODERATOR');

-- AlterEnum
BEGIN;
CREATE TYPE "Role_new" AS ENUM ('GUEST', 'USER', 'EDITOR', 'ADMIN');
ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "pastRoles" DROP DEFAULT;
ALTER TABLE "Invite" ALTER COLUMN "role" DROP DEFAULT;
ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TABLE "User" ALTER COLUMN "pastRoles" TYPE "Role_new"[] USING ("pastRoles"::text::"Role_new"[]);
ALTER TABLE "Invite" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
ALTER TYPE "Role" RENAME TO "Role_old";
ALTER TYPE "Role_new" RENAME TO "Role";
DROP TYPE "Role_old";
ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
ALTER TABLE "User" ALTER COLUMN "pastRoles" SET DEFAULT ARRAY[]::"Role"[];
ALTER TABLE "Invite" ALTER COLUMN "role" SET DEFAULT 'USER';
COMMIT;
