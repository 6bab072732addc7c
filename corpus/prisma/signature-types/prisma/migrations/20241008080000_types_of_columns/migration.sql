CREATE TYPE "Mood" AS ENUM ('good', 'bad');
CREATE TABLE "note" ("id" INTEGER, "mood" "Mood", "text" VARCHAR(20), "tags" TEXT[]);
CREATE FUNCTION "feel"(m note.mood%TYPE, t note.text%TYPE, tags note.tags%TYPE DEFAULT NULL) RETURNS SETOF note.mood%TYPE LANGUAGE sql AS $$ SELECT m $$;
CREATE FUNCTION "say"(note.text%TYPE) RETURNS note.text%TYPE LANGUAGE sql AS $$ SELECT $1 $$;
