create table after_it (id int);
create function hidden() returns int language sql as 'select 1';
