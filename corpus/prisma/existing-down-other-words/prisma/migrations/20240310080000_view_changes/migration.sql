CREATE OR REPLACE VIEW "Named" AS SELECT id FROM "Room" WHERE name NOT IN ('hall', 'foyer');
