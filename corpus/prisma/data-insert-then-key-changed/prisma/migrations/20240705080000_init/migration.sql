create table tag (id serial primary key, name text not null);
create table label (name text primary key, colour text);
create table owned (name text references label on update cascade, n int);
insert into tag (name) values ('a'), ('b');
insert into label values ('a', 'red');
