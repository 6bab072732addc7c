PRAGMA foreign_keys=OFF;
CREATE TABLE "new_node" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "above" INTEGER REFERENCES "new_node" ("id") ON DELETE SET NULL,
    "label" TEXT NOT NULL COLLATE NOCASE CHECK ("label" <> ''),
    "depth" INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "new_node" ("id", "above", "label") SELECT "id", "parent", coalesce("label", '-') FROM "node";
DROP TABLE "node";
ALTER TABLE "new_node" RENAME TO "node";
CREATE INDEX "node_label" ON "node"("label");
CREATE TABLE "new_tag" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "weight" REAL DEFAULT 0.5,
    "node" INTEGER REFERENCES "node" ("id") ON DELETE CASCADE
);
INSERT INTO "new_tag" ("name", "node", "weight") SELECT "name", "node", "weight" FROM "tag";
DROP TABLE "tag";
ALTER TABLE "new_tag" RENAME TO "tag";
PRAGMA foreign_keys=ON;
