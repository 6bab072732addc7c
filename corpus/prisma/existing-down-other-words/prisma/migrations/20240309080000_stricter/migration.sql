ALTER TABLE "Room" ADD CONSTRAINT "Room_name_check" CHECK (name <> '');
ALTER TABLE "Room" DROP CONSTRAINT "Room_name_check";
CREATE VIEW "Named" AS SELECT id FROM "Room" WHERE name <> 'hall';
