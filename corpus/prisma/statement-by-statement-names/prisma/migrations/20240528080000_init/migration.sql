CREATE TABLE "public"."Mixed" ("id" SERIAL PRIMARY KEY, "v" "pg_catalog"."text", "n" pg_catalog.int4);
INSERT INTO public."Mixed" ("v") VALUES ('x'::"text");
