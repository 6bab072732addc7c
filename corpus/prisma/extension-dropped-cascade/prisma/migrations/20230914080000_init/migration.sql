create extension citext;
create extension hstore;
create extension pg_trgm;
create extension "uuid-ossp";

create table tenant (
  id uuid primary key default uuid_generate_v4(),
  slug citext unique,
  name text,
  attrs hstore default 'a=>1'
);
create index tenant_name_trgm on tenant using gin (name gin_trgm_ops);
create function attr(t hstore, k text) returns text language sql as 'select t -> k';
insert into tenant (slug, name) values ('Acme', 'Acme Inc.');
