create table coin (id int, side text);
create table purse (id int primary key, first coin, all_of_them coin[]);
create function flip(c coin) returns coin language sql as $$ select c.id, case c.side when 'head' then 'tail' else 'head' end $$;
create type pebble as (weight int, colour text);
create table pebbles of pebble (weight with options not null, primary key (weight));
insert into purse values (1, row(1, 'head'), array[row(2, 'tail')::coin]);
insert into pebbles values (3, 'grey');
