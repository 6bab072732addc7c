-- Everything stands in one schema that the history does not make: it is the one of the connection, and is not said.
-- prelude: CREATE SCHEMA app
CREATE TYPE "app"."mood" AS ENUM ('happy', 'sad');
CREATE TABLE "app"."owner" (id serial PRIMARY KEY, mood "app"."mood" NOT NULL DEFAULT 'sad');
CREATE TABLE "app"."pet" (id serial PRIMARY KEY, "ownerId" int NOT NULL REFERENCES "app"."owner" ON UPDATE CASCADE ON DELETE RESTRICT);
CREATE INDEX "pet_ownerId_idx" ON "app"."pet" ("ownerId") WHERE id > 1;
