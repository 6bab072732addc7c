create table city (name text primary key);
create table trip (id int not null, day date not null, city text references city (name), km int default 1 check (km > 0), primary key (id, day), unique (day, id)) partition by range (day);
create index trip_city on trip (city);
create table trip_2023 partition of trip (km default 5 not null) for values from ('2023-01-01') to ('2024-01-01');
create table trip_rest (id int not null, day date not null, city text, km int, constraint trip_km_check check (km > 0));
insert into city values ('Bonn');
insert into trip values (1, '2023-05-05', 'Bonn', 3);
insert into trip_rest values (2, '2024-05-05', 'Bonn', 4);
