ALTER TABLE note ALTER COLUMN body TYPE bytea USING convert_to(body, 'UTF8');
