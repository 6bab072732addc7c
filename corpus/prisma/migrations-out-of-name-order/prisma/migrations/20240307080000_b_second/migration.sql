alter table first_table add column b int;
