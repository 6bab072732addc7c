drop table copy_commented, copy_checks, copy_indexes;
