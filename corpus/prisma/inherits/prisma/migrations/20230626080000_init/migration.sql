create table vehicle (id serial primary key, plate text not null, constraint plate_set check (plate <> ''));
create table car (doors int default 4) inherits (vehicle);
create table truck (plate text, load_kg int) inherits (vehicle);
insert into vehicle (plate) values ('V-1');
insert into car (plate, doors) values ('C-1', 5);
insert into truck (plate, load_kg) values ('T-1', 12000);
