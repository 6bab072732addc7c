create schema old;
create type old.state as enum ('x', 'y');
create table old.thing (id serial primary key, state old.state default 'x');
create function old.f() returns int language sql as 'select 1';
create table outside (id int primary key, thing_id int references old.thing, state old.state, n int default old.f());
insert into old.thing default values;
insert into outside values (1, 1, 'y');
