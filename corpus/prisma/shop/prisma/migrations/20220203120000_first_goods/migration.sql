INSERT INTO "Category" ("name") VALUES ('Tea'), ('Cups');
INSERT INTO "Product" ("id", "sku", "name", "price", "labels") VALUES
  ('6f1c3c1e-0b0d-4a52-9d6b-000000000001', 'TEA-1', 'Green tea', 4.50, '{loose,organic}'),
  ('6f1c3c1e-0b0d-4a52-9d6b-000000000002', 'CUP-1', 'Cup', 12.00, NULL);
INSERT INTO "_CategoryToProduct" VALUES (1, '6f1c3c1e-0b0d-4a52-9d6b-000000000001'), (2, '6f1c3c1e-0b0d-4a52-9d6b-000000000002');
INSERT INTO "Client" ("id", "email") VALUES ('6f1c3c1e-0b0d-4a52-9d6b-0000000000aa', 'kate@example.net');
INSERT INTO "Order" ("clientId", "placedAt") VALUES ('6f1c3c1e-0b0d-4a52-9d6b-0000000000aa', '2022-02-03 12:00:00+01');
INSERT INTO "_OrderToProduct" ("A", "B") SELECT 1, "id" FROM "Product";
