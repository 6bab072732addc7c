INSERT INTO "Car" ("ownerId", "doors") VALUES (99, 12);
