CREATE OR REPLACE VIEW "Named" AS SELECT id FROM "Room" WHERE NOT (name = 'hall');
