create schema target;
create type tint as enum ('x');
create sequence free_seq;
create table moved (id serial primary key, t tint default 'x', n int default nextval('free_seq') unique);
create view moved_view as select id from moved;
create function moved_function() returns bigint language sql as 'select count(*) from moved';
insert into moved default values;
