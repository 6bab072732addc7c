INSERT INTO "Tag" ("label") VALUES ('new'), ('old'), ('new');
INSERT INTO "Token" ("tagId") SELECT "id" FROM "Tag";
