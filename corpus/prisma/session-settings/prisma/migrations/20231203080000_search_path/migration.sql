SET search_path = app, public;
create table hand (id serial primary key, clock_id int references clock);
create function hands() returns bigint language sql as 'select count(*) from hand';
insert into hand (clock_id) values (1);
RESET search_path;
