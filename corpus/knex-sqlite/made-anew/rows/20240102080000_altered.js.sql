INSERT INTO teams (id, name) VALUES (1, 'red'), (2, 'blue');
INSERT INTO players (id, name, team_id, captain_id, city, country) VALUES (1, 'a', 1, NULL, 'x', 'n'), (5, 'b', 2, 1, 'y', 'm');
INSERT INTO pairs (a, b, c) VALUES (1, 2, 'z');
