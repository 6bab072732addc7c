create schema store;
create table store.stock (id int primary key, n int);
create table crate (id int primary key, n int);
insert into store.stock values (1, 1);
insert into crate values (1, 1);
