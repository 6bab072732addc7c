create schema reports;
create table reports.figure (id serial primary key, name text, value int);
create function reports.total() returns bigint language sql as 'select sum(value) from reports.figure';
create type reports.kind as enum ('x');
create view reports.top as select * from reports.figure order by value desc limit 3;
