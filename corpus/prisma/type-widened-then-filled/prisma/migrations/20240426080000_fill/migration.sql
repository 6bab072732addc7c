INSERT INTO "Link" ("short", "hits") VALUES ('longer than five', 5000000000);
