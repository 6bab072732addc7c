ALTER TABLE heap RESET (fillfactor, autovacuum_vacuum_scale_factor);
ALTER TABLE heap ALTER COLUMN n SET STATISTICS -1;
ALTER TABLE heap ALTER COLUMN n RESET (n_distinct);
ALTER INDEX heap_n RESET (fillfactor);
ALTER TABLE heap SET WITHOUT CLUSTER;
