alter table thing add column age int default 3 check (age >= 0);
alter table thing add column note text;
create table moss () inherits (leaf);
