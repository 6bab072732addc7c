WITH gone AS (DELETE FROM sale RETURNING id, item) SELECT id, item INTO sale_gone FROM gone;
