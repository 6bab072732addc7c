alter table "select" drop column "a""b", drop column "naïve_日本";
drop view "my schema"."vi ew";
alter table "select" rename "Größe" to größe;
alter table "select" drop constraint "check me";
