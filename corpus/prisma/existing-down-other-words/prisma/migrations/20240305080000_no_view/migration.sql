DROP VIEW "BigRoom";
