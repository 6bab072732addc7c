ALTER TABLE "sender" RENAME COLUMN "id" TO "number";
ALTER TABLE "sender" RENAME COLUMN "rank" TO "grade";
ALTER TABLE "sender" RENAME TO "author";
ALTER SCHEMA "feed" RENAME TO "stream";
