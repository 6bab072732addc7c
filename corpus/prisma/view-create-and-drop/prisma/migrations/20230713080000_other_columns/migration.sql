DROP VIEW home_wins;
CREATE VIEW home_wins (winner, margin) AS SELECT home, hg - gg FROM game WHERE hg > gg;
