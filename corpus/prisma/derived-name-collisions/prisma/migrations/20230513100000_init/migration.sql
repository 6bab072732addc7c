create table item (id serial primary key, code text, kind text);
create index on item (code);
create index on item (code);
create index on item (lower(code));
create index on item ((code || kind), kind);
create table item_code (idx int unique, key int);
create table "item_kind_key" (x int);
