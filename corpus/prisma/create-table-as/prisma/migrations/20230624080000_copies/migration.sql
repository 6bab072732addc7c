CREATE TABLE sale_backup AS SELECT * FROM sale;
CREATE TABLE sale_shape AS TABLE sale WITH NO DATA;
CREATE TABLE IF NOT EXISTS sale_by_item (item, total) AS
  SELECT item, sum(price) FROM sale GROUP BY item;
SELECT item, price INTO sale_cheap FROM sale WHERE price < 5;
