create table parcel (id serial primary key, weight int);
create function weigh() returns int language sql as 'select 1';
create type fragility as enum ('low', 'high');
create view heavy as select id from parcel where weight > 10;
create schema depot;
