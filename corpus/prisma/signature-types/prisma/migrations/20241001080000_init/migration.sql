CREATE SCHEMA "shop";
CREATE SCHEMA "archive";
CREATE TYPE "shop"."Size" AS ENUM ('S', 'M');
CREATE TABLE "shop"."parcel" ("id" INTEGER NOT NULL, "size" "shop"."Size", CONSTRAINT "parcel_pkey" PRIMARY KEY ("id"));
CREATE TABLE "label" ("id" INTEGER NOT NULL, "text" TEXT, CONSTRAINT "label_pkey" PRIMARY KEY ("id"));
CREATE VIEW "label_texts" AS SELECT "text" FROM "label";

CREATE FUNCTION "shop"."parcels"() RETURNS SETOF "shop"."parcel" LANGUAGE sql AS $$ SELECT * FROM "shop"."parcel" $$;
CREATE FUNCTION "weigh"(p shop.parcel[], s "shop"."Size" DEFAULT 'S') RETURNS TABLE (id INT, size "shop"."Size")
  LANGUAGE sql AS $$ SELECT 1, s $$;
CREATE FUNCTION "labels"() RETURNS SETOF label LANGUAGE sql AS $$ SELECT * FROM public.label $$;
CREATE FUNCTION "texts"() RETURNS SETOF label_texts LANGUAGE sql AS $$ SELECT text FROM public.label $$;
CREATE FUNCTION "shout"(t label_texts) RETURNS TEXT LANGUAGE sql AS $$ SELECT upper(t.text) $$;
