-- AlterTable
ALTER TABLE "User" ADD COLUMN     "pastRoles" "Role"[] DEFAULT ARRAY[]::"Role"[];

UPDATE "User" SET "pastRoles" = '{USER,MODERATOR}' WHERE "email" = 'a@example.com';
UPDATE "User" SET "role" = 'OWNER' WHERE "email" = 'a@example.com';
