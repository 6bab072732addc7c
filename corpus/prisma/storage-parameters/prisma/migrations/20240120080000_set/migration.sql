ALTER TABLE heap SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_enabled = false);
ALTER TABLE heap ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE heap ALTER COLUMN body SET COMPRESSION pglz;
ALTER TABLE heap ALTER COLUMN n SET STATISTICS 1000;
ALTER TABLE heap ALTER COLUMN n SET (n_distinct = -0.5);
ALTER INDEX heap_n SET (fillfactor = 50);
ALTER TABLE heap CLUSTER ON heap_n;
