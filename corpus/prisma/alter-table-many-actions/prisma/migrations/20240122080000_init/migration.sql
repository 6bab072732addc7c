create table mix (id serial primary key, a int, b text default 'b', c int not null default 0, d text);
insert into mix (a, d) values (1, 'd'), (2, 'e');
