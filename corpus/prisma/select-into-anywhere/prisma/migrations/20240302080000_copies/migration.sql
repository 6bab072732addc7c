WITH cheap AS (SELECT item, price FROM sale WHERE price < 5) SELECT item, price INTO sale_cheap FROM cheap;
(SELECT id, price IS DISTINCT FROM 8 AS other INTO sale_other FROM sale);
(SELECT item INTO sale_names FROM sale UNION SELECT 'none') ORDER BY item;
