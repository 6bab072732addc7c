INSERT INTO teams (id, name, note) VALUES (2, 'red', 'n'), (5, 'blue', 'm');
INSERT INTO pairs (a, b, c) VALUES (2, 'x', 'y'), (5, 'z', 'q');
INSERT INTO named (key, value) VALUES ('k', 1.5);
