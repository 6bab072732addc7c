create type step as enum ('one');
alter type step add value 'two';
create table walk (id int primary key, s step default 'one');
insert into walk values (1);
