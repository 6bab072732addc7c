CREATE SCHEMA "feed";
CREATE SCHEMA "news";
CREATE TABLE "sender" ("id" INTEGER NOT NULL, "name" TEXT, "rank" INTEGER, CONSTRAINT "sender_pkey" PRIMARY KEY ("id"));
CREATE TABLE "reader" ("id" INTEGER NOT NULL);
CREATE TABLE "note" ("id" INTEGER NOT NULL);
CREATE TABLE "loud_note" ("volume" INTEGER) INHERITS ("note");
CREATE PUBLICATION "people" FOR TABLE "sender" ("id", "name") WHERE (sender.rank > 3 AND id > 0), ONLY "reader";
CREATE PUBLICATION "feeds" FOR TABLES IN SCHEMA "feed", CURRENT_SCHEMA;
CREATE PUBLICATION "notes" FOR TABLE "note" WHERE ("id" > 3);
