create table vehicle (id int primary key, sign text);
create table truck (load_kg int) inherits (vehicle);
insert into truck values (1, 'T-1', 100);
