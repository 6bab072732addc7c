ALTER SCHEMA "crm" RENAME TO "sales";
CREATE VIEW "sales"."pipeline" AS SELECT count(*) AS deals, sum("amount") AS total FROM "sales"."Deal";
