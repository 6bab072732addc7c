create table present (id int, note text);
insert into present values (1, 'still here');
create view present_view as select id from present;
create type present_type as enum ('a');
create function present_function(int) returns int language sql as 'select $1';
create index present_index on present (id);
