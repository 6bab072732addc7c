create schema shop;
set search_path = shop, public;
create type size as enum ('s', 'm');
create table shirt (id int primary key);
create function usual_size() returns size language sql as $$ select 's'::shop.size $$;
create function larger(of size) returns setof size language sql as $$ select 'm'::shop.size $$;
