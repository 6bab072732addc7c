create table spot (id serial primary key, name text, size int);
insert into spot (name, size) values ('a', 1), ('b', 2);
