INSERT INTO node VALUES (1, NULL, 'root'), (2, 1, 'leaf'), (3, 1, NULL), (8, NULL, 'gone');
DELETE FROM node WHERE id = 8;
INSERT INTO tag VALUES ('a', 1, 1), ('b', 2, 0.25);
