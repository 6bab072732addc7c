REFRESH MATERIALIZED VIEW ranking;
CREATE UNIQUE INDEX ranking_player ON ranking (player);
INSERT INTO score VALUES ('c', 9);
