INSERT INTO "owners" ("id", "email", "score") VALUES (1, 'a@b.c', 1.5), (4, 'd@e.f', NULL);
INSERT INTO "pets" ("owner_id", "name", "sitter") VALUES (1, 'rex', 4), (4, 'tom', NULL);
INSERT INTO "plain" ("a", "b", "c") VALUES (1, 'a@b.c', 'x');
