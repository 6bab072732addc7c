INSERT INTO "user" ("id", "name") VALUES (1, 'a'), (4, 'b');
INSERT INTO "note" ("id", "text", "userId") VALUES (1, 'x', 1), (2, 'y', 4), (9, 'z', NULL);
