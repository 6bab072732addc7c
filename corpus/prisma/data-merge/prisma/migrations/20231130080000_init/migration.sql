create table stock (sku text primary key, n int not null);
create table delivery (sku text, n int);
insert into stock values ('a', 1), ('b', 2), ('c', 3);
insert into delivery values ('a', 5), ('b', -2), ('d', 4);
