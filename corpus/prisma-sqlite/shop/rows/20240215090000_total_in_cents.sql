UPDATE "Order" SET "note" = 'soon' WHERE "id" = 3;
INSERT INTO "Item" VALUES (3, 'x', 2), (4, 'y', 1);
