INSERT INTO authors (id, name) VALUES (9, 'Kept');
INSERT INTO books (id, author_id, title) VALUES (7, 9, 'Kept too');
INSERT INTO members (id, name, score) VALUES ('m', 'Reader', 1.5);
