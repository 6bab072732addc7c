ALTER TABLE "Account" DROP COLUMN "email";
