CREATE EXTENSION citext;
CREATE TABLE "Account" ("id" SERIAL PRIMARY KEY, "email" citext NOT NULL, "name" TEXT);
