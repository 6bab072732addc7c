create unlogged table cache (key text primary key, value jsonb);
create table session (id uuid primary key);
insert into cache values ('a', '{"x": 1}');
