create table sale (id serial primary key, item varchar(20) not null, price numeric(8,2), at timestamptz default now());
insert into sale (item, price, at) values ('pen', 1.20, '2023-06-01 10:00+00'), ('ink', 8, '2023-06-02 10:00+00'), ('pen', 1.30, '2023-06-03 10:00+00');
