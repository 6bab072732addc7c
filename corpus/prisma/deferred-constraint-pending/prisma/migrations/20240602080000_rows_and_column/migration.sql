insert into node values (2, 1), (1, null);
-- without this: cannot ALTER TABLE "node" because it has pending trigger events
set constraints all immediate;
alter table node add column depth int default 0;
