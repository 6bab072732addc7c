create table tick (id int primary key, code text not null);
create table tock (id int primary key);
create unique index tick_code on tick (code);
alter table tick replica identity using index tick_code;
create publication clockwork for table tick, tock;
insert into tick values (1, 'a');
