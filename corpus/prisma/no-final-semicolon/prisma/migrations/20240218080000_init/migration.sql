CREATE TABLE note (id int primary key, body text);
INSERT INTO note VALUES (1, 'x')
