create materialized view visit as select name, born from guest;
create extension btree_gin;
create index on visit using gin (born);
create extension bloom;
create index on room using bloom (id);
