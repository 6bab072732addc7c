INSERT INTO "Person" ("id", "email", "fullName") VALUES (1000, 'ada@example.org', 'Ada');
CREATE VIEW "Buyer" AS SELECT p."id", p."email" FROM "Person" p JOIN "Order" o ON o."customerId" = p."id";
