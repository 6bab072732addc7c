/*
  Warnings:

  - The values [HELD] on the enum `State` will be removed. If these variants are still used in the database, this will fail.

*/
-- these two stand in the way of the new type
drop view new_letters;
drop index letter_new;
update "Letter" set state = 'NEW' where state = 'HELD';

-- AlterEnum
BEGIN;
CREATE TYPE "State_new" AS ENUM ('NEW', 'SENT');
ALTER TABLE "public"."Letter" ALTER COLUMN "state" DROP DEFAULT;
ALTER TABLE "Letter" ALTER COLUMN "state" TYPE "State_new" USING ("state"::text::"State_new");
ALTER TYPE "State" RENAME TO "State_old";
ALTER TYPE "State_new" RENAME TO "State";
DROP TYPE "public"."State_old";
ALTER TABLE "Letter" ALTER COLUMN "state" SET DEFAULT 'NEW';
COMMIT;

create index letter_new on "Letter" (id) where state = 'NEW';
create view new_letters as select id from "Letter" where state = 'NEW';
