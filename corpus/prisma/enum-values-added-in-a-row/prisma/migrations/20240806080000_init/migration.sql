create type colour as enum ('red', 'green');
create type size as enum ('s', 'm');
create table shirt (id int primary key, colour colour not null default 'red', sizes size[] not null default '{s}');
create index shirt_colour_idx on shirt (colour);
insert into shirt values (1), (2);
