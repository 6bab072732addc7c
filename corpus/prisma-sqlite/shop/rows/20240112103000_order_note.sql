INSERT INTO "Customer" ("id", "email", "name") VALUES (1, 'a@example.org', 'A'), (7, 'b@example.org', 'B'), (9, 'c@example.org', 'C');
DELETE FROM "Customer" WHERE "id" = 9;
INSERT INTO "Order" ("id", "customerId", "total") VALUES (3, 7, 12.5), (4, 1, 2);
