INSERT INTO "Player" ("id") VALUES ('p2');
