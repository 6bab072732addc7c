MERGE INTO stock s USING delivery d ON s.sku = d.sku
WHEN MATCHED AND s.n + d.n <= 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET n = s.n + d.n
WHEN NOT MATCHED THEN INSERT (sku, n) VALUES (d.sku, d.n);
