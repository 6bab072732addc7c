-- DropIndex
DROP INDEX "Alias_name_key";

INSERT INTO "Alias" ("name") VALUES ('ann');
