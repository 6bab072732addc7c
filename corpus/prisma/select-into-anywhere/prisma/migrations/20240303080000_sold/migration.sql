(WITH gone AS (DELETE FROM sale WHERE price > 5 RETURNING id) SELECT count(*) FROM gone);
