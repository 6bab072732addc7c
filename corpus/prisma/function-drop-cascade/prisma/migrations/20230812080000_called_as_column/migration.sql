CREATE FUNCTION length_of(page) RETURNS INTEGER LANGUAGE sql AS 'SELECT length($1.body)';
CREATE VIEW lengths AS SELECT page.length_of FROM page;
CREATE VIEW others AS SELECT page.body FROM page;
