create type state as enum ('on', 'off');
create table lamp (id int primary key, state state not null default 'off', wish state);
insert into lamp values (1, 'on', 'off'), (2, default, null);
