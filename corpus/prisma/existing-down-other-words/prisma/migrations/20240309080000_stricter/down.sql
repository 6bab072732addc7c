DROP VIEW "Named";
